//! What all readers of a document share: references, places, and the shapes that were met.

use std::collections::HashMap;

use super::dialect::{Dialect, is_prose};
use super::values::Budget;
use crate::diag::{Diagnostics, Draft, Rule};
use crate::ingest::grammar::Role;
use crate::ingest::lookup::{Files, Place, clip};
use crate::ingest::operations::layers;
use crate::ingest::reference::unescape_segment;
use crate::ingest::rules;
use crate::ingest::walk::{MAX_REF_STEPS, Walk, found};
use crate::schema::{Discriminator, Shape, ShapeId, Shapes, Use};
use crate::syntax::rules::LIMIT_EXCEEDED;
use crate::syntax::{Key, Kind, Value};
use crate::text::{Span, Spanned};

/// Most text that is copied out of the files of one side, in bytes.
const MAX_COPIED_BYTES: usize = 192 * 1024 * 1024;

/// Longest text that a finding covers as a whole, in bytes; of what is longer it covers the first line.
const MAX_SHOWN_BYTES: usize = 100;

/// A schema whose shape has a number, but no content yet.
pub(super) struct Todo<'t> {
    pub(super) place: Place<'t>,
    pub(super) dialect: Dialect,
    pub(super) id: ShapeId,
}

/// A shape that a discriminator tells by the name in a reference.
#[derive(Clone, Copy)]
pub(super) struct Branch<'t> {
    pub(super) reference: &'t str,
    pub(super) used: Use,
}

/// Reads one side after its walk.
pub(super) struct Reader<'t, 'w> {
    pub(super) files: &'t Files,
    walk: &'w mut Walk,
    /// By number; what is in `queue` is empty yet.
    pub(super) shapes: Vec<Shape>,
    /// By file and value: one more than the number of its shape, 0 without one.
    numbers: Vec<Vec<u32>>,
    pub(super) queue: Vec<Todo<'t>>,
    /// Where references without an `$id` around them lead, by file and text.
    located: HashMap<(usize, &'t str), Option<Place<'t>>>,
    /// By file: the dialect that it asks for.
    dialects: Vec<Option<Option<Dialect>>>,
    pub(super) budget: Budget,
    /// Shapes with a discriminator, and the branches that it tells apart when they are written.
    pub(super) discriminated: Vec<(ShapeId, Option<Vec<Branch<'t>>>)>,
    /// How many keywords had values that their dialects do not allow.
    pub(super) faults: usize,
    /// How many schemas of all files are `$dynamicAnchor`s of a name; made when the first is asked for.
    pub(super) dynamic: Option<HashMap<Box<str>, usize>>,
}

impl<'t, 'w> Reader<'t, 'w> {
    pub(super) fn new(files: &'t Files, walk: &'w mut Walk, head: Span) -> Self {
        Reader {
            files,
            walk,
            shapes: Shapes::new(head).shapes,
            numbers: files.docs.iter().map(|_| Vec::new()).collect(),
            queue: Vec::new(),
            located: HashMap::new(),
            dialects: vec![None; files.docs.len()],
            budget: Budget::new(MAX_COPIED_BYTES),
            discriminated: Vec::new(),
            faults: 0,
            dynamic: None,
        }
    }

    /// Whether the walk reported a circle that a reference at this place is part of.
    pub(super) fn is_circled(&self, at: Span) -> bool {
        self.walk.is_circled(at)
    }

    /// Number of the document that is described.
    pub(super) fn root(&self) -> usize {
        self.walk.root()
    }

    /// Numbers of all files that belong to it.
    pub(super) fn closure(&self) -> Vec<usize> {
        self.walk.closure().collect()
    }

    /// The shapes, once nothing is left to read.
    pub(super) fn into_shapes(self) -> Shapes {
        Shapes {
            shapes: self.shapes,
        }
    }

    // === findings ===

    /// A finding of this side; `None` when there are too many already.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        headline: impl std::fmt::Display,
    ) -> Option<Draft<'_>> {
        self.walk.report(rule, headline)
    }

    /// Takes findings of another reader over.
    pub(super) fn absorb(&mut self, found: Diagnostics) {
        self.walk.absorb(found);
    }

    /// Whether the document is a side of a comparison.
    pub(super) fn is_comparing(&self) -> bool {
        self.walk.may_dangle()
    }

    /// The rule that a thing breaks which is not built as it must be.
    pub(super) fn invalid(&self, role: Role) -> &'static Rule {
        self.walk.invalid(role)
    }

    /// The rule that a schema breaks whose keywords say what they cannot.
    pub(super) fn invalid_schema(&self) -> &'static Rule {
        match self.walk.may_dangle() {
            true => &rules::MALFORMED_SCHEMA,
            false => &rules::INVALID_SCHEMA,
        }
    }

    /// Reports that a limit was passed.
    pub(super) fn past_limit(&mut self, headline: impl std::fmt::Display, at: Span) {
        if let Some(draft) = self.report(&LIMIT_EXCEEDED, headline) {
            draft
                .at(at, "this goes past the limit")
                .help("split the document");
        }
    }

    /// Reports the value of a keyword that its dialect does not allow.
    pub(super) fn bad(&mut self, key: Key<'t>, value: Value<'t>, expected: &str, help: &str) {
        self.faults += 1;
        self.bad_as(self.invalid_schema(), key, value, expected, help);
    }

    /// Reports a value that its specification does not allow.
    pub(super) fn bad_as(
        &mut self,
        rule: &'static Rule,
        key: Key<'t>,
        value: Value<'t>,
        expected: &str,
        help: &str,
    ) {
        let headline = format!(
            "`{}` must be {expected}, found {}",
            clip(key.text),
            found(value)
        );
        let is_point = value.span().start == value.span().end;
        let at = if value.is_mapping() || value.is_sequence() || is_point {
            key.span
        } else {
            value.span()
        };
        if let Some(draft) = self.report(rule, headline) {
            let draft = draft.at(at, format_args!("must be {expected}"));
            if !help.is_empty() {
                draft.help(help);
            }
        }
    }

    // === places ===

    fn source(&self, doc: usize, span: Span) -> &'t str {
        let files: &'t Files = self.files;
        let text = &files.docs[doc].text;
        text.get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// The first line of a value, or all of it when it is short.
    pub(super) fn line(&self, doc: usize, value: Value<'t>) -> Span {
        let mut span = value.span();
        let mut text = self.source(doc, span);
        let first = text.lines().next().unwrap_or("");
        if text.len() > first.len()
            && first.trim_end().len() <= 1
            && let Some((key, _)) = value.entries().next()
        {
            // A bracket alone shows nothing.
            span = Span::new(span.file, key.span.start, span.end);
            text = self.source(doc, span);
        }
        cut(span, text)
    }

    /// A key with its value when both fit a line, else the key.
    pub(super) fn pair(&self, doc: usize, key: Key<'t>, value: Value<'t>) -> Span {
        let (from, to) = (key.span.start, value.span().end);
        let length = to.saturating_sub(from) as usize;
        if length == 0 || length > MAX_SHOWN_BYTES || value.span().file != key.span.file {
            return key.span;
        }
        let span = Span::new(key.span.file, from, to);
        if self.source(doc, span).contains('\n') {
            key.span
        } else {
            span
        }
    }

    /// A copy of a text with its place.
    pub(super) fn copy(&mut self, text: &str, span: Span) -> Spanned<Box<str>> {
        Spanned::new(self.budget.copy(text), span)
    }

    // === references ===

    /// Where a reference leads, when it leads anywhere.
    pub(super) fn locate(&mut self, place: Place<'t>, text: &'t str) -> Option<Place<'t>> {
        if place.resource.is_some() {
            return self.walk.locate(self.files, place, text);
        }
        let key = (place.doc, text);
        if let Some(known) = self.located.get(&key) {
            return *known;
        }
        let located = self.walk.locate(self.files, place, text);
        self.located.insert(key, located);
        located
    }

    /// What stands for a thing that is no schema, behind its references.
    pub(super) fn target(&mut self, mut place: Place<'t>) -> Option<Place<'t>> {
        // Longer rows and circles were reported by the walk, and so was what leads nowhere.
        for _ in 0..=MAX_REF_STEPS {
            match place.value.get("$ref") {
                None => return Some(place),
                Some(text) => place = self.locate(place, text.as_str()?)?,
            }
        }
        None
    }

    /// The dialect that a file asks for, by `$schema` or by its version of OpenAPI.
    fn dialect_of_file(&mut self, doc: usize) -> Option<Dialect> {
        if let Some(known) = self.dialects[doc] {
            return known;
        }
        let files: &'t Files = self.files;
        let root = files.docs[doc].tree().map(|tree| tree.root());
        let text = |key| root?.get(key)?.as_str();
        let dialect = match text("openapi") {
            Some(version) if version.starts_with("3.0") => Some(Dialect::OpenApi30),
            Some(_) => {
                let named = text("jsonSchemaDialect").and_then(Dialect::of);
                Some(named.unwrap_or(Dialect::Draft2020))
            }
            None if text("asyncapi").is_some() => Some(Dialect::Draft07),
            None => text("$schema").and_then(Dialect::of),
        };
        self.dialects[doc] = Some(dialect);
        dialect
    }

    /// The dialect of schemas in a file that one of `around` refers to.
    pub(super) fn dialect_in(&mut self, doc: usize, around: Dialect) -> Dialect {
        self.dialect_of_file(doc).unwrap_or(around)
    }

    /// A path item and those that it refers to, nearest first.
    pub(super) fn layers(&self, item: Place<'t>) -> Vec<Place<'t>> {
        layers(self.files, self.walk, item)
    }

    /// A schema with what holds inside of it: its own `$id` and `$schema`.
    fn enter(&self, mut place: Place<'t>, dialect: Dialect) -> (Place<'t>, Dialect) {
        let files: &'t Files = self.files;
        let doc = &files.docs[place.doc];
        let named = if doc.has_dialects {
            place.value.get("$schema").and_then(Value::as_str)
        } else {
            None
        };
        let dialect = named.and_then(Dialect::of).unwrap_or(dialect);
        if dialect != Dialect::OpenApi30
            && let Some(own) = doc.ids()
        {
            place.resource = own.at_node(place.value.id()).or(place.resource);
        }
        (place, dialect)
    }

    /// The use of a schema where it is written, or of what it refers to.
    pub(super) fn using(&mut self, place: Place<'t>, dialect: Dialect) -> Use {
        let at = self.line(place.doc, place.value);
        self.using_at(place, dialect, at)
    }

    /// The same, of a schema that a reference at `at` names.
    pub(super) fn using_at(&mut self, place: Place<'t>, dialect: Dialect, at: Span) -> Use {
        let (mut place, mut dialect) = self.enter(place, dialect);
        let mut at = at;
        for step in 0..=MAX_REF_STEPS {
            let Some(reference) = bare_reference(place.value, dialect) else {
                break;
            };
            let Some((target, inner, text)) = self.follow(place, dialect, reference) else {
                break;
            };
            if step == 0 {
                at = reference.text_span();
            }
            (place, dialect) = self.enter(target, inner);
            if bare_reference(place.value, dialect).is_none() {
                let shape = self.shape_number(place, dialect);
                self.name(shape, text);
                return Use { shape, at };
            }
        }
        let shape = self.shape_number(place, dialect);
        Use { shape, at }
    }

    /// One step along a reference: where it leads, the dialect there, and its text.
    pub(super) fn follow(
        &mut self,
        place: Place<'t>,
        dialect: Dialect,
        reference: Value<'t>,
    ) -> Option<(Place<'t>, Dialect, &'t str)> {
        let text = reference.as_str()?;
        let target = self.locate(place, text)?;
        let dialect = if target.doc == place.doc {
            dialect
        } else {
            self.dialect_in(target.doc, dialect)
        };
        Some((target, dialect, text))
    }

    /// Gives a shape the last part of its address as a name, unless it has one.
    pub(super) fn name(&mut self, shape: ShapeId, reference: &str) {
        if self.shapes[shape.0 as usize].name.is_some() {
            return;
        }
        let name = last_part(reference);
        if !name.is_empty() {
            let name = self.budget.copy(&name);
            self.shapes[shape.0 as usize].name = Some(name);
        }
    }

    /// Gives a shape a name, whatever it had.
    pub(super) fn rename(&mut self, shape: ShapeId, name: &str) {
        let name = self.budget.copy(name);
        self.shapes[shape.0 as usize].name = Some(name);
    }

    /// The number of the shape of a schema; what is new comes into the queue.
    fn shape_number(&mut self, place: Place<'t>, dialect: Dialect) -> ShapeId {
        let node = place.value.id() as usize;
        let numbers = &mut self.numbers[place.doc];
        if node >= numbers.len() {
            numbers.resize((node + 1).max(numbers.len() * 2), 0);
        }
        if let Some(known) = numbers[node].checked_sub(1) {
            return ShapeId(known);
        }
        // Trees hold fewer values than 32 bits count, and all files together are bounded in bytes.
        let count = u32::try_from(self.shapes.len()).unwrap_or(u32::MAX - 1);
        numbers[node] = count + 1;
        let id = ShapeId(count);
        self.shapes.push(Shape {
            span: self.line(place.doc, place.value),
            name: None,
            constraints: Box::default(),
            notes: None,
        });
        self.queue.push(Todo { place, dialect, id });
        id
    }

    /// The discriminator of a shape.
    pub(super) fn discriminator(&self, shape: ShapeId) -> Option<&Discriminator> {
        let notes = self.shapes[shape.0 as usize].notes.as_deref()?;
        notes.discriminator.as_deref()
    }
}

/// The last part of an address: the name of a component, or that of a file without its ending.
pub(super) fn last_part(reference: &str) -> String {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let last = |text: &str| text.rsplit('/').next().unwrap_or("").to_owned();
    if fragment.is_empty() {
        last(file).split('.').next().unwrap_or("").to_owned()
    } else {
        unescape_segment(&last(fragment)).into_owned()
    }
}

/// The reference that a schema is and nothing else.
pub(super) fn bare_reference<'t>(value: Value<'t>, dialect: Dialect) -> Option<Value<'t>> {
    let reference = value.get("$ref")?;
    reference.as_str()?;
    let is_alone = !dialect.has_siblings() || value.entries().all(|(key, _)| is_prose(key.text));
    is_alone.then_some(reference)
}

/// The first line of a text, and not too much of that.
fn cut(span: Span, text: &str) -> Span {
    let first = text.lines().next().unwrap_or("");
    let first = first.trim_end_matches([' ', '\t', '\r', ',']);
    let mut length = first.len();
    if length > MAX_SHOWN_BYTES {
        length = MAX_SHOWN_BYTES;
        while !first.is_char_boundary(length) {
            length -= 1;
        }
    }
    span.part(0, length)
}

/// Whether a flag is written and true.
pub(super) fn is_true(value: Value<'_>, key: &str) -> bool {
    matches!(value.get(key).map(Value::kind), Some(Kind::Bool(true)))
}
