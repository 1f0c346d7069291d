//! One import's walk over everything that its document reaches.
//!
//! A walk owns no part of a tree, so it can wait while files are read: it stops when nothing is
//! left but references into files that are not loaded, names them, and goes on in the next round.
//! Each value is visited once per role; data is never visited.

mod dead_ends;
mod findings;
mod ignored;
mod shapes;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use self::findings::Findings;
pub(super) use self::ignored::Ignored;
use super::grammar::{Role, Shape, Version};
use super::load::report_refused;
use super::lookup::{Files, Place, State, clip};
use super::reference::{Goal, Refused, scheme};
use super::rules;
use crate::diag::{Diagnostics, Draft, Rule};
use crate::syntax::rules::LIMIT_EXCEEDED;
use crate::syntax::{Key, Kind, Value};
use crate::text::{RelPath, Span};

/// Most files that one import may reach. Hand-written descriptions take some hundreds; what takes
/// more is generated or hostile, and each file costs a round trip to the disk.
pub(super) const MAX_FILES: usize = 10_000;

/// Most text that one import may reach, in bytes: trees take about three times as much memory.
pub(super) const MAX_BYTES: usize = 96 * 1024 * 1024;

/// Most references in a row, where each leads to the next, before a thing is reached.
pub(super) const MAX_REF_STEPS: usize = 64;

/// Longest reference and longest path, in bytes. An alias repeats a long text for a few bytes, and references wait in
/// memory until their files are read.
pub(super) const MAX_REF_BYTES: usize = 2_048;

/// Most references of one import that wait for files at a time.
pub(super) const MAX_WAITING: usize = 100_000;

/// How often the `$id`s of an import are gathered: each time they led to further files. What is
/// named only by files behind that many steps is not found.
const MAX_INDEXINGS: usize = 256;

/// Longest name of an operation or a parameter, in bytes; an alias repeats these cheaply as well.
pub(super) const MAX_NAME_BYTES: usize = 256;

/// Most operations with methods of its own that a path item may have; HTTP knows about forty methods.
pub(super) const MAX_ADDITIONAL: usize = 64;

/// Most places that a finding about a circle of references shows.
const MAX_SHOWN_STEPS: usize = 8;

type NodeKey = (usize, u32);

/// What a walk is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// An import of a contract: an OpenAPI document, and every reference has to lead somewhere.
    Import,
    /// A side of a comparison: a bare schema will do, and a schema that refers to nothing is
    /// reported, but keeps nobody from comparing the rest.
    Comparison,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// An OpenAPI document.
    OpenApi,
    /// An AsyncAPI document.
    AsyncApi,
    /// A schema alone.
    Schema,
}

/// The walk of one import.
pub(super) struct Walk {
    root: usize,
    purpose: Purpose,
    /// Whether a schema may refer to what is not there, for others to be read all the same.
    may_dangle: bool,
    frame: Frame,
    /// Where the references of circles stand that were reported.
    circled: BTreeSet<Span>,
    /// The version, once the root is known to be an OpenAPI document.
    version: Option<Version>,
    started: bool,
    finished: bool,
    seen: BTreeMap<usize, Seen>,
    closure: BTreeSet<usize>,
    bytes: usize,
    /// References into files that are not loaded yet.
    pending: Vec<Pending>,
    /// References that only an `$id` somewhere can satisfy.
    deferred: Vec<Pending>,
    /// Those of them that no `$id` of the files so far satisfies.
    unknown: Vec<Pending>,
    /// How many files `ids` was made of, and how often it was made.
    indexed: (usize, usize),
    /// What `$id`s name: file and number of the resource.
    ids: BTreeMap<Goal, (usize, usize)>,
    /// From each value that is a reference to what it refers to.
    steps: IndexMap<NodeKey, Step>,
    operation_ids: Vec<(Box<str>, Span)>,
    findings: Findings,
    past_limit: bool,
    ignored: BTreeMap<Ignored, (Span, usize)>,
}

/// A reference on its way.
struct Pending {
    from: NodeKey,
    resource: Option<usize>,
    at: Span,
    role: Role,
    text: Box<str>,
    /// Whether it stands in the place of the thing, so that a circle of such never ends.
    stands_for: bool,
}

struct Step {
    to: NodeKey,
    at: Span,
    text: Box<str>,
}

struct Item<'t> {
    place: Place<'t>,
    role: Role,
    /// The reference that leads here.
    via: Option<Span>,
}

/// The roles in which each value of a file was visited, in pages so that a visit to a corner of a
/// large file stays small.
#[derive(Default)]
struct Seen {
    pages: Vec<Option<Box<[u32; PAGE]>>>,
}

const PAGE: usize = 1024;

impl Seen {
    /// Marks a value; whether it was new in this role.
    fn mark(&mut self, node: u32, role: Role) -> bool {
        let (page, at) = (node as usize / PAGE, node as usize % PAGE);
        if page >= self.pages.len() {
            self.pages.resize_with(page + 1, || None);
        }
        let cell = &mut self.pages[page].get_or_insert_with(|| Box::new([0; PAGE]))[at];
        let bit = 1 << role as u16;
        let new = *cell & bit == 0;
        *cell |= bit;
        new
    }
}

impl Walk {
    /// The walk from the document with this number.
    pub(super) fn new(root: usize) -> Self {
        Walk {
            root,
            purpose: Purpose::Import,
            may_dangle: false,
            frame: Frame::OpenApi,
            circled: BTreeSet::new(),
            version: None,
            started: false,
            finished: false,
            seen: BTreeMap::new(),
            closure: BTreeSet::from([root]),
            bytes: 0,
            pending: Vec::new(),
            deferred: Vec::new(),
            unknown: Vec::new(),
            indexed: (0, 0),
            ids: BTreeMap::new(),
            steps: IndexMap::new(),
            operation_ids: Vec::new(),
            findings: Findings::default(),
            past_limit: false,
            ignored: BTreeMap::new(),
        }
    }

    /// The walk from a document that is to be compared.
    pub(super) fn comparing(root: usize) -> Self {
        Walk {
            purpose: Purpose::Comparison,
            may_dangle: true,
            ..Walk::new(root)
        }
    }

    /// The walk from an imported document of any kind that is compared.
    pub(super) fn importing(root: usize) -> Self {
        Walk {
            may_dangle: false,
            ..Walk::comparing(root)
        }
    }

    /// What the root is.
    pub(super) fn frame(&self) -> Frame {
        self.frame
    }

    /// Whether a reference at this place is part of a circle that was reported.
    pub(super) fn is_circled(&self, at: Span) -> bool {
        self.circled.contains(&at)
    }

    /// The rule that a thing breaks which does not have its shape. In a comparison of documents that
    /// others wrote, one thing of many keeps nobody from comparing the rest.
    pub(super) fn invalid(&self, role: Role) -> &'static Rule {
        if self.may_dangle && role.is_schema() {
            return &rules::MALFORMED_SCHEMA;
        }
        match self.frame {
            Frame::OpenApi if self.may_dangle && !role.is_frame() => &rules::MALFORMED_OPENAPI,
            Frame::OpenApi => &rules::INVALID_OPENAPI,
            Frame::AsyncApi => &rules::INVALID_ASYNCAPI,
            Frame::Schema => &rules::INVALID_SCHEMA,
        }
    }

    /// The rule that a reference breaks which leads nowhere.
    fn rule(&self, reference: &Pending, rule: &'static Rule) -> &'static Rule {
        if reference.role.is_schema() && self.may_dangle {
            &rules::DANGLING_REF
        } else {
            rule
        }
    }

    /// Whether a schema may be faulty, for others to be read all the same.
    pub(super) fn may_dangle(&self) -> bool {
        self.may_dangle
    }

    /// Number of the document that the import names.
    pub(super) fn root(&self) -> usize {
        self.root
    }

    /// The version of a root that is an OpenAPI document.
    pub(super) fn version(&self) -> Option<Version> {
        self.version
    }

    /// Numbers of all files that were reached.
    pub(super) fn closure(&self) -> impl Iterator<Item = usize> {
        self.closure.iter().copied()
    }

    /// Walks as far as the loaded files allow; the files that are needed to go on.
    pub(super) fn run(&mut self, files: &Files) -> BTreeSet<RelPath> {
        if self.finished {
            return BTreeSet::new();
        }
        let mut stack = Vec::new();
        if !self.started {
            self.started = true;
            self.bytes = files.docs[self.root].text.len();
            if let Some(tree) = files.docs[self.root].tree() {
                self.start(tree, &mut stack);
            }
        }
        let mut wanted = BTreeSet::new();
        for reference in std::mem::take(&mut self.pending) {
            self.follow(files, reference, &mut stack, &mut wanted);
        }
        loop {
            while let Some(item) = stack.pop() {
                self.visit(files, item, &mut stack, &mut wanted);
            }
            if !wanted.is_empty() {
                return wanted;
            }
            if !self.settle(files, &mut stack, &mut wanted) {
                break;
            }
        }
        self.finished = true;
        self.seen = BTreeMap::new();
        self.judge_steps();
        self.judge_operation_ids();
        self.judge_repeated_keys(files);
        BTreeSet::new()
    }

    /// What there is to say, at the end of everything.
    pub(super) fn finish(self) -> Diagnostics {
        self.findings.finish()
    }

    /// A finding of this import.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        headline: impl std::fmt::Display,
    ) -> Option<Draft<'_>> {
        self.findings.report(rule, headline)
    }

    /// Takes findings of another reader over, which bounds them itself.
    pub(super) fn absorb(&mut self, found: Diagnostics) {
        self.findings.sink.absorb(found);
    }

    // === values ===

    fn visit<'t>(
        &mut self,
        files: &'t Files,
        item: Item<'t>,
        stack: &mut Vec<Item<'t>>,
        wanted: &mut BTreeSet<RelPath>,
    ) {
        let Item {
            mut place,
            role,
            via,
        } = item;
        let value = place.value;
        let version = self.version.unwrap_or(Version::V3_0);
        if !self
            .seen
            .entry(place.doc)
            .or_default()
            .mark(value.id(), role)
        {
            return;
        }
        if !value.is_mapping() {
            let is_schema = matches!(role, Role::Schema | Role::Payload);
            let is_boolean_schema = is_schema && matches!(value.kind(), Kind::Bool(_));
            if !is_boolean_schema {
                self.wrong_thing(value, role, via);
            }
            return;
        }
        if matches!(role, Role::Schema | Role::Payload)
            && version >= Version::V3_1
            && let Some(own) = files.docs[place.doc].ids()
        {
            place.resource = own.at_node(value.id()).or(place.resource);
        }
        // Not by the specification, but large descriptions are cut into files like this.
        let is_compared = role == Role::Operation && self.purpose == Purpose::Comparison;
        if (role.may_be_reference() || is_compared)
            && let Some(target) = value.get("$ref")
            && (role != Role::Schemas || target.as_str().is_some())
        {
            self.note_siblings(value, role, version);
            self.meet(files, place, role, target, true, stack, wanted);
            if !role.has_siblings(version) {
                return;
            }
        }
        if role == Role::Schema
            && version >= Version::V3_1
            && let Some(target) = value.get("$dynamicRef")
        {
            self.meet(files, place, role, target, false, stack, wanted);
        }
        self.judge(value, role);
        self.note_nullable(value, role, version);
        for (key, child) in value.entries() {
            let Some(shape) = role.child(key.text, version) else {
                if key.text == "discriminator" && self.purpose == Purpose::Comparison {
                    let mapping = child.get("mapping");
                    for (_, target) in mapping.into_iter().flat_map(Value::entries) {
                        if role == Role::Schema && self.is_mapped_elsewhere(files, target) {
                            self.meet(files, place, role, target, false, stack, wanted);
                        }
                    }
                }
                continue;
            };
            if role == Role::Schemas && key.text == "$ref" && child.as_str().is_some() {
                continue;
            }
            self.descend((key, child), role, shape, place, stack);
        }
    }

    /// Whether a mapping of a discriminator names a place and no component of the document.
    fn is_mapped_elsewhere(&self, files: &Files, target: Value<'_>) -> bool {
        let text = target.as_str().filter(|text| names_place(text));
        let root = files.docs[self.root].tree().map(|tree| tree.root());
        let schemas = root.and_then(|root| root.pointer("/components/schemas"));
        text.is_some_and(|text| schemas.is_none_or(|schemas| schemas.get(text).is_none()))
    }

    /// Puts the things below a key on the stack.
    fn descend<'t>(
        &mut self,
        (key, child): (Key<'t>, Value<'t>),
        parent: Role,
        shape: Shape,
        place: Place<'t>,
        stack: &mut Vec<Item<'t>>,
    ) {
        let mut push = |value, role| {
            stack.push(Item {
                place: Place { value, ..place },
                role,
                via: None,
            });
        };
        match shape {
            Shape::One(role) => push(child, role),
            Shape::OneOrList(role) if !child.is_sequence() => push(child, role),
            Shape::List(role) | Shape::OneOrList(role) if child.is_sequence() => {
                child.items().for_each(|item| push(item, role));
            }
            Shape::Map(Role::Schema) if self.is_one_reference(child) => {
                self.no_reference_here(key, child, Role::Schema);
                push(child, Role::Schemas);
            }
            Shape::Map(role) | Shape::MapOrNames(role) if child.is_mapping() => {
                for (name, value) in child.entries() {
                    let lists_names = matches!(shape, Shape::MapOrNames(_)) && value.is_sequence();
                    if name.text == "$ref" && value.as_str().is_some() {
                        self.no_reference_here(key, child, role);
                    } else if !lists_names {
                        push(value, role);
                    }
                }
            }
            Shape::List(_) => self.wrong_type(parent, key, child, "a list"),
            Shape::OneOrList(_) | Shape::Map(_) | Shape::MapOrNames(_) => {
                self.wrong_type(parent, key, child, "a mapping");
            }
        }
    }

    /// Whether a reference stands in the place of all schemas of a mapping, and is followed.
    fn is_one_reference(&self, child: Value<'_>) -> bool {
        self.may_dangle
            && child
                .get("$ref")
                .is_some_and(|target| target.as_str().is_some())
    }

    // === references ===

    #[expect(
        clippy::too_many_arguments,
        reason = "the work lists of a round are borrowed apart from the walk"
    )]
    fn meet<'t>(
        &mut self,
        files: &'t Files,
        place: Place<'t>,
        role: Role,
        target: Value<'t>,
        stands_for: bool,
        stack: &mut Vec<Item<'t>>,
        wanted: &mut BTreeSet<RelPath>,
    ) {
        let Some(text) = target.as_str() else {
            let headline = format!("a reference must be a text, found {}", found(target));
            if let Some(draft) = self.report(self.invalid(role), headline) {
                draft.at(target.span(), "no reference");
            }
            return;
        };
        if text.len() > MAX_REF_BYTES {
            self.too_long("a reference", MAX_REF_BYTES, target.span());
            return;
        }
        let reference = Pending {
            from: (place.doc, place.value.id()),
            resource: place.resource,
            at: target.text_span(),
            role,
            text: text.into(),
            stands_for,
        };
        self.follow(files, reference, stack, wanted);
    }

    fn follow<'t>(
        &mut self,
        files: &'t Files,
        reference: Pending,
        stack: &mut Vec<Item<'t>>,
        wanted: &mut BTreeSet<RelPath>,
    ) {
        let (doc, _) = reference.from;
        let parsed = match files.reference(doc, reference.resource, &reference.text) {
            Ok(parsed) => parsed,
            Err(refused) => {
                self.refused(&reference, refused);
                return;
            }
        };
        let (to, resource) = match parsed.goal {
            Goal::Same => (doc, reference.resource),
            Goal::File(path) => match files.by_path.get(&path) {
                Some(to) => {
                    self.reach(files, *to);
                    (*to, None)
                }
                None => {
                    let waits = wanted.contains(&path);
                    let files = wanted.len() + usize::from(!waits);
                    if self.may_reach_more(files, &reference) {
                        wanted.insert(path);
                        self.pending.push(reference);
                    }
                    return;
                }
            },
            Goal::Uri(_) => {
                self.put_off(reference);
                return;
            }
        };
        match &files.docs[to].state {
            State::Ready(_) => {}
            // What is wrong with it was said where it was read.
            State::Broken => return,
            State::Unread { .. } => {
                self.put_off(reference);
                return;
            }
        }
        match files.find(to, resource, parsed.fragment) {
            Ok(place) => self.arrive(reference, place, stack),
            Err(lost) => self.lost(files, &reference, to, &lost),
        }
    }

    fn refused(&mut self, reference: &Pending, refused: Refused) {
        let rule = self.rule(reference, &rules::PATH_OUTSIDE_WORKSPACE);
        if self.findings.room(rule) {
            let sink = &mut self.findings.sink;
            report_refused(rule, &reference.text, refused, reference.at, sink);
        }
    }

    fn reach(&mut self, files: &Files, doc: usize) {
        if self.closure.insert(doc) {
            self.bytes = self.bytes.saturating_add(files.docs[doc].text.len());
        }
    }

    fn put_off(&mut self, reference: Pending) {
        if self.may_reach_more(0, &reference) {
            self.deferred.push(reference);
        }
    }

    fn may_reach_more(&mut self, wanted: usize, reference: &Pending) -> bool {
        let headline = if self.closure.len() + wanted > MAX_FILES {
            format!("an import reaches more than {MAX_FILES} files")
        } else if self.bytes > MAX_BYTES {
            format!("the files that an import reaches hold more than {MAX_BYTES} bytes")
        } else if self.pending.len() + self.deferred.len() + self.unknown.len() >= MAX_WAITING {
            format!("more than {MAX_WAITING} references wait for other files")
        } else {
            return true;
        };
        if !self.past_limit {
            self.past_limit = true;
            if let Some(draft) = self.report(&LIMIT_EXCEEDED, headline) {
                draft
                    .at(reference.at, "this one goes past the limit")
                    .help("import a smaller document");
            }
        }
        false
    }

    fn arrive<'t>(&mut self, reference: Pending, place: Place<'t>, stack: &mut Vec<Item<'t>>) {
        // Only rows of references can be too long or a circle, so what leads to a thing is no step.
        if reference.stands_for && place.value.get("$ref").is_some() {
            let step = Step {
                to: (place.doc, place.value.id()),
                at: reference.at,
                text: clip(&reference.text).into(),
            };
            self.steps.insert(reference.from, step);
        }
        stack.push(Item {
            place,
            role: reference.role,
            via: Some(reference.at),
        });
    }

    /// Asks the `$id`s of all files for what no file satisfies; whether that led further.
    fn settle<'t>(
        &mut self,
        files: &'t Files,
        stack: &mut Vec<Item<'t>>,
        wanted: &mut BTreeSet<RelPath>,
    ) -> bool {
        if self.deferred.is_empty() && self.unknown.is_empty() {
            return false;
        }
        let (indexed, times) = self.indexed;
        if self.closure.len() > indexed && times < MAX_INDEXINGS {
            self.indexed = (self.closure.len(), times + 1);
            self.index(files);
            self.deferred.append(&mut self.unknown);
        }
        let mut progress = false;
        for reference in std::mem::take(&mut self.deferred) {
            let (doc, _) = reference.from;
            let parsed = files.reference(doc, reference.resource, &reference.text);
            let named = parsed
                .ok()
                .and_then(|parsed| Some((*self.ids.get(&parsed.goal)?, parsed.fragment)));
            let Some(((to, resource), fragment)) = named else {
                self.unknown.push(reference);
                continue;
            };
            progress = true;
            match files.find(to, Some(resource), fragment) {
                Ok(place) => self.arrive(reference, place, stack),
                Err(lost) => self.lost(files, &reference, to, &lost),
            }
        }
        if progress {
            return true;
        }
        // To the letter `customer.json` in a schema with an `$id` is an address beside that `$id`.
        // Folders of schemas with one such address each are common, and mean the file as well.
        let (relative, others): (Vec<Pending>, Vec<Pending>) = std::mem::take(&mut self.unknown)
            .into_iter()
            .partition(|unknown| unknown.resource.is_some() && scheme(&unknown.text).is_none());
        if relative.is_empty() {
            for reference in others {
                self.unreachable(files, &reference);
            }
            return false;
        }
        self.unknown = others;
        for reference in relative {
            let as_file = Pending {
                resource: None,
                ..reference
            };
            self.follow(files, as_file, stack, wanted);
        }
        true
    }

    /// Gathers the `$id`s of all files that were reached.
    fn index(&mut self, files: &Files) {
        self.ids = BTreeMap::new();
        if self.version < Some(Version::V3_1) {
            return;
        }
        // By path, so that of two files with one `$id` always the same one counts.
        let mut docs: Vec<usize> = self.closure.iter().copied().collect();
        docs.sort_by(|l, r| files.docs[*l].path.cmp(&files.docs[*r].path));
        for doc in docs {
            let Some(index) = files.docs[doc].ids() else {
                continue;
            };
            for (goal, resource) in &index.ids {
                self.ids.entry(goal.clone()).or_insert((doc, *resource));
            }
        }
    }

    /// Where a reference leads, after the walk: for readers that look things up again.
    pub(super) fn locate<'t>(
        &self,
        files: &'t Files,
        place: Place<'t>,
        text: &str,
    ) -> Option<Place<'t>> {
        let parsed = files.reference(place.doc, place.resource, text).ok()?;
        let (doc, resource) = match &parsed.goal {
            Goal::Same => (place.doc, place.resource),
            goal => {
                let file = match goal {
                    Goal::File(path) => files.by_path.get(path).copied(),
                    Goal::Same | Goal::Uri(_) => None,
                };
                match file.filter(|doc| files.docs[*doc].tree().is_some()) {
                    Some(doc) => (doc, None),
                    None => match self.ids.get(goal) {
                        Some((doc, resource)) => (*doc, Some(*resource)),
                        None if place.resource.is_none() => return None,
                        None => {
                            let outside = Place {
                                resource: None,
                                ..place
                            };
                            return self.locate(files, outside, text);
                        }
                    },
                }
            }
        };
        files.find(doc, resource, parsed.fragment).ok()
    }
}

/// Whether a text of a discriminator's mapping may be a reference; it may be a name as well.
pub(super) fn names_place(text: &str) -> bool {
    text.contains(['/', '#', '.'])
}

/// The beginning of a container, so that a label does not cover a whole file.
pub(super) fn head(value: Value<'_>) -> Span {
    match value.entries().next() {
        Some((key, _)) => key.span,
        None => value.span(),
    }
}

/// A value as a phrase.
pub(super) fn found(value: Value<'_>) -> String {
    match value.kind() {
        Kind::Null => "nothing".to_owned(),
        Kind::Bool(flag) => format!("the boolean `{flag}`"),
        Kind::Number(text) => format!("the number `{}`", clip(text)),
        Kind::String(text) => format!("the text `{}`", clip(text)),
        Kind::Sequence => "a list".to_owned(),
        Kind::Mapping => "a mapping".to_owned(),
    }
}
