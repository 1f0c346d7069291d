//! What is said about shapes and refuses nothing, and what follows from it once all are read.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::Dialect;
use super::reader::{Branch, Reader, bare_reference, is_true, last_part};
use super::shapes::Schema;
use crate::ingest::lookup::{Place, clip};
use crate::ingest::rules;
use crate::ingest::walk::names_place;
use crate::schema::{Constraint, Discriminator, Json, Life, Notes, ShapeId, Use};
use crate::syntax::Value;
use crate::text::{Span, Spanned};

/// Most values of discriminators that are implied by names of shapes. Each shape of a long row of
/// shapes that extend one another is a child of all before it.
pub(super) const MAX_IMPLIED: usize = 200_000;

impl<'t> Reader<'t, '_> {
    /// The notes of a schema; `None` when there are none after all.
    pub(super) fn notes(&mut self, schema: Schema<'t>, id: ShapeId) -> Option<Notes> {
        let value = schema.place.value;
        let default = value.get("default").and_then(|value| {
            // A number that cannot be read exactly is not compared either.
            let json = self.budget.json(value).ok()?;
            Some(Spanned::new(json, value.span()))
        });
        let notes = Notes {
            is_read_only: is_true(value, "readOnly"),
            is_write_only: is_true(value, "writeOnly"),
            default,
            life: self.life(schema.place),
            discriminator: self.written_discriminator(schema).map(Box::new),
            known_values: self.known_values(value),
            content: self.content(schema),
        };
        if notes.discriminator.is_some() {
            let branches = self.branches(schema);
            self.discriminated.push((id, branches));
        }
        let is_empty = !notes.is_read_only
            && !notes.is_write_only
            && notes.default.is_none()
            && notes.life == Life::default()
            && notes.discriminator.is_none()
            && notes.known_values.is_none()
            && notes.content.is_none();
        (!is_empty).then_some(notes)
    }

    /// Deprecation, end of life and stability of anything.
    pub(super) fn life(&mut self, place: Place<'t>) -> Life {
        let value = place.value;
        let mut text = |key: &str| {
            let value = value.get(key)?;
            let text = value.scalar_text()?;
            Some(self.copy(text, value.text_span()))
        };
        let sunset = text("x-sunset");
        let stability = text("x-stability-level");
        let deprecated = value
            .get_entry("deprecated")
            .filter(|_| is_true(value, "deprecated"));
        Life {
            deprecated: deprecated.map(|(key, value)| self.pair(place.doc, key, value)),
            sunset,
            stability,
        }
    }

    fn known_values(&mut self, value: Value<'t>) -> Option<Spanned<Box<[Json]>>> {
        let (key, list) = value.get_entry("x-extensible-enum")?;
        let values = list.items().map(|item| self.budget.json(item));
        // Only a remark depends on them, so values that cannot be read exactly are none.
        let values: Vec<Json> = values.collect::<Result<_, _>>().ok()?;
        Some(Spanned::new(values.into(), key.span))
    }

    /// What a text holds: its encoding, its media type and a schema of it, in this order.
    fn content(&mut self, schema: Schema<'t>) -> Option<Spanned<Box<str>>> {
        let value = schema.place.value;
        let mut parts: Vec<String> = Vec::new();
        let mut place: Option<Span> = None;
        for key in ["contentEncoding", "contentMediaType", "contentSchema"] {
            let known = schema.dialect.keyword(key);
            let Some((key, value)) = value.get_entry(key).filter(|_| known.is_some()) else {
                continue;
            };
            place.get_or_insert(self.pair(schema.place.doc, key, value));
            match value.as_str() {
                Some(text) => parts.push(text.to_ascii_lowercase()),
                None => parts.push(self.budget.compact(value)),
            }
        }
        // What older versions of OpenAPI call a format is an encoding in newer ones.
        if parts.is_empty()
            && let Some((key, value)) = value.get_entry("format")
            && value.as_str() == Some("byte")
        {
            place = Some(self.pair(schema.place.doc, key, value));
            parts.push("base64".to_owned());
        }
        let place = place?;
        Some(self.copy(&parts.join(" "), place))
    }

    // === discriminators ===

    fn written_discriminator(&mut self, schema: Schema<'t>) -> Option<Discriminator> {
        let (key, value) = schema.place.value.get_entry("discriminator")?;
        let old_dialects = Dialect::Draft04..=Dialect::Draft07;
        let name = match value.as_str() {
            // So in AsyncAPI.
            Some(_) if old_dialects.contains(&schema.dialect) => Some(value),
            _ => value.get("propertyName"),
        };
        let Some(name) = name.and_then(|name| {
            let text = name.as_str()?;
            Some(self.copy(text, name.text_span()))
        }) else {
            let expected = "a mapping with the key `propertyName`";
            self.bad(key, value, expected, "");
            return None;
        };
        let mut mapping = Vec::new();
        for (word, target) in value.get("mapping").into_iter().flat_map(Value::entries) {
            let Some(text) = target.as_str() else {
                self.bad(word, target, "the name of a schema or a reference", "");
                continue;
            };
            let Some(place) = self.mapped(schema.place, text) else {
                // The walk reported references.
                if names_place(text) {
                    continue;
                }
                let headline = format!("`{}` leads nowhere", clip(text));
                if let Some(draft) = self.report(&rules::DANGLING_REF, headline) {
                    draft.at(target.span(), "no schema has this name or place");
                }
                continue;
            };
            let used = self.using(place, schema.dialect);
            self.name(used.shape, text);
            mapping.push((self.copy(word.text, word.span), used.shape));
        }
        Some(Discriminator {
            property: name,
            mapping: mapping.into(),
        })
    }

    /// The schema that a mapping of a discriminator names: a component, else what it refers to.
    fn mapped(&mut self, from: Place<'t>, text: &'t str) -> Option<Place<'t>> {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if text.bytes().all(is_name) {
            for doc in [self.root(), from.doc] {
                let files = self.files;
                let root = files.docs[doc].tree().map(|tree| tree.root());
                let schemas = root.and_then(|root| root.pointer("/components/schemas"));
                if let Some(value) = schemas.and_then(|schemas| schemas.get(text)) {
                    let resource = None;
                    return Some(Place {
                        doc,
                        value,
                        resource,
                    });
                }
            }
        }
        self.locate(from, text)
    }

    /// The references among the branches of a choice; `None` without a choice.
    fn branches(&mut self, schema: Schema<'t>) -> Option<Vec<Branch<'t>>> {
        let choices = ["oneOf", "anyOf"].into_iter();
        let choices: Vec<Value<'t>> = choices
            .filter_map(|key| schema.place.value.get(key))
            .collect();
        if choices.is_empty() {
            return None;
        }
        let mut branches = Vec::new();
        for value in choices.into_iter().flat_map(Value::items) {
            let reference = bare_reference(value, schema.dialect);
            if let Some(reference) = reference.and_then(Value::as_str) {
                let place = Place {
                    value,
                    ..schema.place
                };
                let used = self.using(place, schema.dialect);
                branches.push(Branch { reference, used });
            }
        }
        Some(branches)
    }

    /// Adds what names imply: a shape that no value of the mapping means is meant by its own name.
    /// These are the branches of a choice, by the names in their references; without a choice they
    /// are the named shapes that extend the one with the discriminator.
    pub(super) fn imply_mappings(&mut self) {
        if self.discriminated.is_empty() {
            return;
        }
        let children = self.children();
        let mut left = MAX_IMPLIED;
        for (parent, branches) in std::mem::take(&mut self.discriminated) {
            let implied: Vec<(String, Use)> = match branches {
                Some(branches) => branches
                    .into_iter()
                    .map(|branch| (last_part(branch.reference), branch.used))
                    .collect(),
                None => self
                    .descendants(parent, &children, left)
                    .into_iter()
                    .filter_map(|used| {
                        let name = self.shapes[used.shape.0 as usize].name.as_deref()?;
                        Some((name.to_owned(), used))
                    })
                    .collect(),
            };
            let Some(written) = self.discriminator(parent) else {
                continue;
            };
            let mut mapping = written.mapping.to_vec();
            let meant: BTreeSet<ShapeId> = mapping.iter().map(|(_, shape)| *shape).collect();
            for (name, used) in implied {
                if !meant.contains(&used.shape) {
                    left = left.saturating_sub(1);
                    mapping.push((self.copy(&name, used.at), used.shape));
                }
            }
            let shape = &mut self.shapes[parent.0 as usize];
            if left == 0 {
                let at = shape.span;
                let headline = format!("discriminators imply more than {MAX_IMPLIED} values");
                self.past_limit(headline, at);
                return;
            }
            if let Some(notes) = shape.notes.as_deref_mut()
                && let Some(discriminator) = notes.discriminator.as_deref_mut()
            {
                discriminator.mapping = mapping.into();
            }
        }
    }

    /// From each shape to those that extend it: itself and where they name it.
    fn children(&self) -> BTreeMap<ShapeId, Vec<Use>> {
        let mut children: BTreeMap<ShapeId, Vec<Use>> = BTreeMap::new();
        for (child, parent) in extensions(self) {
            children.entry(parent.shape).or_default().push(Use {
                shape: child,
                at: parent.at,
            });
        }
        children
    }

    /// All that extends a shape, nearest first, `most` at most.
    fn descendants(
        &self,
        parent: ShapeId,
        children: &BTreeMap<ShapeId, Vec<Use>>,
        most: usize,
    ) -> Vec<Use> {
        let mut seen = BTreeSet::from([parent]);
        let mut row: Vec<Use> = Vec::new();
        let mut next = 0;
        let mut at = parent;
        loop {
            for child in children.get(&at).into_iter().flatten() {
                if row.len() < most && seen.insert(child.shape) {
                    row.push(*child);
                }
            }
            match row.get(next) {
                Some(child) => at = child.shape,
                None => break,
            }
            next += 1;
        }
        row
    }

    // === direction ===

    /// Gives each property the direction of what it uses: a shape travels one way when one that it
    /// extends does.
    pub(super) fn direct_properties(&mut self) {
        let own = |note: fn(&Notes) -> bool| -> Vec<bool> {
            let shapes = self.shapes.iter();
            let notes = shapes.map(|shape| shape.notes.as_deref().is_some_and(note));
            notes.collect()
        };
        let mut read_only = own(|notes| notes.is_read_only);
        let mut write_only = own(|notes| notes.is_write_only);
        if !read_only.contains(&true) && !write_only.contains(&true) {
            return;
        }
        let children = self.children();
        for flags in [&mut read_only, &mut write_only] {
            let all = 0..u32::try_from(flags.len()).unwrap_or(u32::MAX);
            let mut stack: Vec<ShapeId> =
                all.filter(|at| flags[*at as usize]).map(ShapeId).collect();
            while let Some(parent) = stack.pop() {
                for child in children.get(&parent).into_iter().flatten() {
                    if !std::mem::replace(&mut flags[child.shape.0 as usize], true) {
                        stack.push(child.shape);
                    }
                }
            }
        }
        for shape in &mut self.shapes {
            for constraint in &mut shape.constraints {
                if let Constraint::Properties(list) = &mut constraint.node {
                    for property in list {
                        let used = property.value.shape.0 as usize;
                        property.is_read_only = read_only[used];
                        property.is_write_only = write_only[used];
                    }
                }
            }
        }
    }

    // === circles ===

    /// Reports shapes that contain themselves as a whole: no value is ever looked at.
    pub(super) fn judge_circles(&mut self) {
        let mut parents: Vec<Vec<Use>> = self.shapes.iter().map(|_| Vec::new()).collect();
        for (child, parent) in extensions(self) {
            parents[child.0 as usize].push(parent);
        }
        // 0: not seen, 1: on the row, 2: done.
        let mut state = vec![0_u8; parents.len()];
        let mut circles: Vec<Vec<Use>> = Vec::new();
        for start in 0..parents.len() {
            if state[start] != 0 || parents[start].is_empty() {
                continue;
            }
            let mut row: Vec<(usize, usize)> = vec![(start, 0)];
            state[start] = 1;
            while let Some((shape, next)) = row.last_mut() {
                let Some(parent) = parents[*shape].get(*next) else {
                    state[*shape] = 2;
                    row.pop();
                    continue;
                };
                *next += 1;
                let to = parent.shape.0 as usize;
                match state[to] {
                    0 => {
                        state[to] = 1;
                        row.push((to, 0));
                    }
                    1 => {
                        let begins = row.iter().position(|(on, _)| *on == to).unwrap_or(0);
                        let steps = row[begins..].iter();
                        circles.push(steps.map(|(on, next)| parents[*on][next - 1]).collect());
                    }
                    _ => {}
                }
            }
        }
        for circle in circles {
            // One of nothing but references was reported by the walk.
            if !circle.iter().all(|step| self.is_circled(step.at)) {
                self.circle(circle);
            }
        }
    }

    fn circle(&mut self, mut circle: Vec<Use>) {
        /// Most places that a finding about a circle shows.
        const MAX_SHOWN_STEPS: usize = 8;
        // A circle has no beginning; the first place in reading order makes the message stable.
        let first = circle.iter().enumerate().min_by_key(|(_, step)| step.at);
        let first = first.map_or(0, |(at, _)| at);
        circle.rotate_left(first);
        let Some((head, others)) = circle.split_first() else {
            return;
        };
        let headline = if others.is_empty() {
            "a schema is to satisfy itself".to_owned()
        } else {
            format!("{} schemas are to satisfy one another", circle.len())
        };
        let Some(mut draft) = self.report(&rules::REF_CYCLE, headline) else {
            return;
        };
        draft = draft.at(head.at, "begins here");
        for step in others.iter().take(MAX_SHOWN_STEPS) {
            draft = draft.also(step.at, "leads on");
        }
        draft.help("take one of them out of `allOf`, or refer to it from a property");
    }
}

/// Each shape with what it extends: the parts of its `allOf`s.
fn extensions<'r>(reader: &'r Reader<'_, '_>) -> impl Iterator<Item = (ShapeId, Use)> + 'r {
    let shapes = (0_u32..).map(ShapeId).zip(&reader.shapes);
    shapes.flat_map(|(id, shape)| {
        let constraints = shape.constraints.iter();
        let parts = constraints.filter_map(|constraint| match &constraint.node {
            Constraint::AllOf(list) => Some(list),
            _ => None,
        });
        parts.flatten().map(move |parent| (id, *parent))
    })
}
