//! One import's walk over everything that its document reaches.
//!
//! A walk owns no part of a tree, so it can wait while files are read: it stops when nothing is
//! left but references into files that are not loaded, names them, and goes on in the next round.
//! Each value is visited once per role; data is never visited.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use indexmap::IndexMap;

use super::grammar::{METHODS, Role, Shape, Version};
use super::load::{leads_outside, report_link_outside, report_refused, report_remote};
use super::lookup::{Files, Lost, Place, State, clip, nearest, nearest_key};
use super::reference::{Goal, Refused, escape_segment, scheme};
use super::rules;
use crate::diag::{Diagnostics, Draft, Rule};
use crate::syntax::rules::LIMIT_EXCEEDED;
use crate::syntax::{Key, Kind, Tree, Value, report_unreadable};
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

/// Longest name of an operation or a parameter, in bytes; an alias repeats these cheaply as well.
pub(super) const MAX_NAME_BYTES: usize = 256;

/// Most operations with methods of its own that a path item may have; HTTP knows about forty methods.
pub(super) const MAX_ADDITIONAL: usize = 64;

/// Most findings about the documents of one import; the rest is counted.
pub(super) const MAX_FINDINGS: usize = 200;

/// Most places that a finding about a circle of references shows.
const MAX_SHOWN_STEPS: usize = 8;

type NodeKey = (usize, u32);

/// The walk of one import.
pub(super) struct Walk {
    root: usize,
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
    /// What `$id`s name: file and number of the resource.
    ids: BTreeMap<Goal, (usize, usize)>,
    /// From each value that is a reference to what it refers to.
    steps: IndexMap<NodeKey, Step>,
    operation_ids: Vec<(Box<str>, Span)>,
    findings: Findings,
    past_limit: bool,
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

/// Findings, of which there may not be arbitrarily many.
#[derive(Default)]
struct Findings {
    sink: Diagnostics,
    said: usize,
    unsaid: usize,
}

impl Findings {
    fn room(&mut self) -> bool {
        let room = self.said < MAX_FINDINGS;
        if room {
            self.said += 1;
        } else {
            self.unsaid += 1;
        }
        room
    }

    fn report(
        &mut self,
        rule: &'static Rule,
        headline: impl std::fmt::Display,
    ) -> Option<Draft<'_>> {
        self.room().then(|| self.sink.report(rule, headline))
    }
}

/// The roles in which each value of a file was visited, in pages so that a visit to a corner of a
/// large file stays small.
#[derive(Default)]
struct Seen {
    pages: Vec<Option<Box<[u16; PAGE]>>>,
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
            version: None,
            started: false,
            finished: false,
            seen: BTreeMap::new(),
            closure: BTreeSet::from([root]),
            bytes: 0,
            pending: Vec::new(),
            deferred: Vec::new(),
            ids: BTreeMap::new(),
            steps: IndexMap::new(),
            operation_ids: Vec::new(),
            findings: Findings::default(),
            past_limit: false,
        }
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
            self.bytes = files.docs[self.root].bytes;
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
            if !self.settle(files, &mut stack) {
                break;
            }
        }
        self.finished = true;
        self.seen = BTreeMap::new();
        self.judge_steps();
        self.judge_operation_ids();
        BTreeSet::new()
    }

    /// What there is to say, at the end of everything.
    pub(super) fn finish(self) -> Diagnostics {
        let mut sink = self.findings.sink;
        if self.findings.unsaid > 0 {
            sink.report(
                &LIMIT_EXCEEDED,
                format_args!(
                    "{} further findings about this import are not shown",
                    self.findings.unsaid
                ),
            )
            .help("mend the others first");
        }
        sink
    }

    /// A finding of this import.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        headline: impl std::fmt::Display,
    ) -> Option<Draft<'_>> {
        self.findings.report(rule, headline)
    }

    // === the root ===

    fn start<'t>(&mut self, tree: &'t Tree, stack: &mut Vec<Item<'t>>) {
        let root = tree.root();
        self.version = self.judge_version(root);
        let Some(version) = self.version else { return };
        let something_else = ["webhooks", "components"]
            .iter()
            .any(|key| root.get(key).is_some());
        if root.get("paths").is_none() && (version < Version::V3_1 || !something_else) {
            let at = head(root);
            if let Some(draft) = self.report(
                &rules::INVALID_OPENAPI,
                "an OpenAPI document needs the key `paths`",
            ) {
                draft
                    .at(at, "`paths` is missing")
                    .help("add `paths`; write `paths: {}` when there are none");
            }
        }
        stack.push(Item {
            place: Place {
                doc: self.root,
                value: root,
                resource: None,
            },
            role: Role::Document,
            via: None,
        });
    }

    fn judge_version(&mut self, root: Value<'_>) -> Option<Version> {
        if let Some((key, value)) = root.get_entry("openapi") {
            return self.judge_openapi(key, value);
        }
        let (at, headline, help) = if let Some((key, value)) = root.get_entry("swagger") {
            let version = value.scalar_text().unwrap_or("2.0");
            (
                key.span,
                format!("this is Swagger {}, which is not read", clip(version)),
                "convert it to OpenAPI 3, for example with `swagger2openapi`",
            )
        } else if let Some((key, _)) = root.get_entry("asyncapi") {
            (
                key.span,
                "this is an AsyncAPI document, not OpenAPI".to_owned(),
                "name an OpenAPI document here",
            )
        } else if root.is_mapping() {
            (
                head(root),
                "this is not an OpenAPI document: the key `openapi` is missing".to_owned(),
                "add `openapi: \"3.1.0\"` if it is one",
            )
        } else {
            (
                root.span(),
                format!(
                    "an OpenAPI document must be a mapping, found {}",
                    found(root)
                ),
                "name an OpenAPI document here",
            )
        };
        if let Some(draft) = self.report(&rules::NOT_OPENAPI, headline) {
            draft.at(at, "").help(help);
        }
        None
    }

    fn judge_openapi(&mut self, key: Key<'_>, value: Value<'_>) -> Option<Version> {
        let Some(text) = value.as_str() else {
            let number = value.scalar_text().filter(|text| text.starts_with("3."));
            let headline = format!(
                "`openapi` must be a text such as \"3.1.0\", found {}",
                found(value)
            );
            let span = value.span();
            if let Some(draft) = self.report(&rules::NOT_OPENAPI, headline) {
                let draft = draft.at(if value.is_mapping() { key.span } else { span }, "");
                if let Some(number) = number {
                    let fixed = format!("\"{number}.0\"");
                    draft.fix(format_args!("write `{fixed}`"), span, &fixed);
                }
            }
            return None;
        };
        let mut parts = text.splitn(3, '.');
        let patch_is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
        match (parts.next(), parts.next(), parts.next()) {
            (Some("3"), Some("0"), Some(patch)) if patch_is_number(patch) => Some(Version::V3_0),
            (Some("3"), Some("1"), Some(patch)) if patch_is_number(patch) => Some(Version::V3_1),
            (Some("3"), Some("2"), Some(patch)) if patch_is_number(patch) => Some(Version::V3_2),
            _ => {
                let headline = format!("OpenAPI `{}` is not a version that is read", clip(text));
                if let Some(draft) = self.report(&rules::NOT_OPENAPI, headline) {
                    draft
                        .at(value.span(), "")
                        .help("write the document in OpenAPI 3.0.x, 3.1.x or 3.2.x");
                }
                None
            }
        }
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
            let is_boolean_schema = role == Role::Schema && matches!(value.kind(), Kind::Bool(_));
            if !is_boolean_schema {
                self.wrong_thing(value, role, via);
            }
            return;
        }
        if role == Role::Schema
            && version >= Version::V3_1
            && let Some(own) = files.docs[place.doc].ids()
        {
            place.resource = own.at_node(value.id()).or(place.resource);
        }
        if role.may_be_reference()
            && let Some(target) = value.get("$ref")
        {
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
        for (key, child) in value.entries() {
            let Some(shape) = role.child(key.text, version) else {
                continue;
            };
            self.descend(key, child, shape, place, stack);
        }
    }

    /// Puts the things below a key on the stack.
    fn descend<'t>(
        &mut self,
        key: Key<'t>,
        child: Value<'t>,
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
            Shape::Map(role) | Shape::MapOrNames(role) if child.is_mapping() => {
                for (name, value) in child.entries() {
                    let lists_names = matches!(shape, Shape::MapOrNames(_)) && value.is_sequence();
                    if name.text == "$ref" && value.as_str().is_some() {
                        self.no_reference_here(key, name);
                    } else if !lists_names {
                        push(value, role);
                    }
                }
            }
            Shape::List(_) => self.wrong_type(key, child, "a list"),
            Shape::OneOrList(_) | Shape::Map(_) | Shape::MapOrNames(_) => {
                self.wrong_type(key, child, "a mapping");
            }
        }
    }

    /// What the specification says about the values of a thing, beyond where other things stand.
    fn judge(&mut self, value: Value<'_>, role: Role) {
        match role {
            Role::Operation => {
                if let Some((key, id)) = value.get_entry("operationId") {
                    match id.as_str() {
                        Some(text) if text.len() > MAX_NAME_BYTES => {
                            self.too_long("a name", MAX_NAME_BYTES, id.span())
                        }
                        Some(text) => self.operation_ids.push((text.into(), id.span())),
                        None => self.wrong_type(key, id, "a text"),
                    }
                }
            }
            Role::Parameter => self.judge_parameter(value),
            Role::Paths => {
                for (key, _) in value.entries() {
                    if !key.text.starts_with('/') && !key.text.starts_with("x-") {
                        self.bad_path(key);
                    } else if key.text.len() > MAX_REF_BYTES {
                        self.too_long("a path", MAX_REF_BYTES, key.span);
                    }
                }
            }
            Role::PathItem => {
                if let Some((key, more)) = value.get_entry("additionalOperations")
                    && more.len() > MAX_ADDITIONAL
                    && self.version >= Some(Version::V3_2)
                {
                    let headline =
                        format!("a path item has more than {MAX_ADDITIONAL} further methods");
                    if let Some(draft) = self.report(&LIMIT_EXCEEDED, headline) {
                        draft.at(key.span, "too many").help("remove some of them");
                    }
                }
                for (key, _) in value.entries() {
                    let lower = key.text.to_ascii_lowercase();
                    if lower != key.text && METHODS.contains(&&*lower) {
                        let headline = format!("`{}` is no key of a path item", key.text);
                        if let Some(draft) = self.report(&rules::INVALID_OPENAPI, headline) {
                            draft.at(key.span, "methods are written in lower case").fix(
                                format_args!("write `{lower}`"),
                                key.span,
                                &lower,
                            );
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn bad_path(&mut self, key: Key<'_>) {
        let headline = format!("the path `{}` must begin with `/`", clip(key.text));
        if let Some(draft) = self.report(&rules::INVALID_OPENAPI, headline) {
            draft
                .at(key.span, "no path")
                .help("write the path as it stands behind the host, such as `/users`");
        }
    }

    fn judge_parameter(&mut self, value: Value<'_>) {
        for key in ["name", "in"] {
            match value.get_entry(key) {
                None => {
                    let headline = format!("a parameter needs the key `{key}`");
                    let at = head(value);
                    if let Some(draft) = self.report(&rules::INVALID_OPENAPI, headline) {
                        draft.at(at, format_args!("`{key}` is missing"));
                    }
                }
                Some((_, text)) if text.as_str().is_some_and(|t| t.len() > MAX_NAME_BYTES) => {
                    self.too_long("a name", MAX_NAME_BYTES, text.span());
                }
                Some((_, text)) if text.as_str().is_some() => {}
                Some((key, other)) => self.wrong_type(key, other, "a text"),
            }
        }
        let Some(place) = value.get("in") else { return };
        let Some(text) = place.as_str() else { return };
        let places: &[&str] = match self.version {
            Some(Version::V3_2) => &["path", "query", "header", "cookie", "querystring"],
            _ => &["path", "query", "header", "cookie"],
        };
        if !places.contains(&text) {
            let headline = format!(
                "a parameter is sent in `path`, `query`, `header` or `cookie`, found `{}`",
                clip(text)
            );
            if let Some(draft) = self.report(&rules::INVALID_OPENAPI, headline) {
                let draft = draft.at(place.span(), "no such place");
                match nearest(text, places.iter().copied()) {
                    Some(near) => {
                        draft.fix(format_args!("write `{near}`"), place.text_span(), near)
                    }
                    None => draft.help("describe a body with `requestBody`"),
                };
            }
        }
    }

    fn too_long(&mut self, what: &str, limit: usize, at: Span) {
        let headline = format!("{what} is longer than {limit} bytes");
        if let Some(draft) = self.report(&LIMIT_EXCEEDED, headline) {
            draft.at(at, "too long").help("shorten it");
        }
    }

    fn wrong_type(&mut self, key: Key<'_>, value: Value<'_>, expected: &str) {
        let headline = format!(
            "`{}` must be {expected}, found {}",
            clip(key.text),
            found(value)
        );
        let at = if value.is_mapping()
            || value.is_sequence()
            || value.span().start == value.span().end
        {
            key.span
        } else {
            value.span()
        };
        if let Some(draft) = self.report(&rules::INVALID_OPENAPI, headline) {
            draft.at(at, format_args!("must be {expected}"));
        }
    }

    fn wrong_thing(&mut self, value: Value<'_>, role: Role, via: Option<Span>) {
        let headline = format!("{} must be a mapping, found {}", role.noun(), found(value));
        if let Some(draft) = self.report(&rules::INVALID_OPENAPI, headline) {
            let draft = draft.at(value.span(), format_args!("no {}", bare(role.noun())));
            if let Some(via) = via {
                draft.also(via, format_args!("named here as {}", role.noun()));
            }
        }
    }

    fn no_reference_here(&mut self, parent: Key<'_>, key: Key<'_>) {
        let headline = format!(
            "`$ref` cannot stand for all of `{}`: each of its entries is a thing of its own",
            clip(parent.text)
        );
        if let Some(draft) = self.report(&rules::INVALID_OPENAPI, headline) {
            draft
                .at(key.span, "read as a name here")
                .help("write the entries, each with a `$ref` of its own");
        }
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
            if let Some(draft) = self.report(&rules::INVALID_OPENAPI, headline) {
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
        if self.findings.room() {
            let sink = &mut self.findings.sink;
            report_refused(&reference.text, refused, reference.at, sink);
        }
    }

    fn reach(&mut self, files: &Files, doc: usize) {
        if self.closure.insert(doc) {
            self.bytes = self.bytes.saturating_add(files.docs[doc].bytes);
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
        } else if self.pending.len() + self.deferred.len() >= MAX_WAITING {
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
    fn settle<'t>(&mut self, files: &'t Files, stack: &mut Vec<Item<'t>>) -> bool {
        if self.deferred.is_empty() {
            return false;
        }
        self.ids = BTreeMap::new();
        if self.version >= Some(Version::V3_1) {
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
        let mut unknown = Vec::new();
        let mut progress = false;
        for reference in std::mem::take(&mut self.deferred) {
            let (doc, _) = reference.from;
            let parsed = files.reference(doc, reference.resource, &reference.text);
            let named = parsed
                .ok()
                .and_then(|parsed| Some((*self.ids.get(&parsed.goal)?, parsed.fragment)));
            let Some(((to, resource), fragment)) = named else {
                unknown.push(reference);
                continue;
            };
            progress = true;
            match files.find(to, Some(resource), fragment) {
                Ok(place) => self.arrive(reference, place, stack),
                Err(lost) => self.lost(files, &reference, to, &lost),
            }
        }
        if progress {
            self.deferred = unknown;
        } else {
            for reference in unknown {
                self.unreachable(files, &reference);
            }
        }
        progress
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
                    None => {
                        let (doc, resource) = *self.ids.get(goal)?;
                        (doc, Some(resource))
                    }
                }
            }
        };
        files.find(doc, resource, parsed.fragment).ok()
    }

    // === references that lead nowhere ===

    fn unreachable(&mut self, files: &Files, reference: &Pending) {
        if !self.findings.room() {
            return;
        }
        let sink = &mut self.findings.sink;
        let (doc, _) = reference.from;
        let parsed = files.reference(doc, reference.resource, &reference.text);
        let path = match parsed.map(|parsed| parsed.goal) {
            Ok(Goal::File(path)) => path,
            Ok(Goal::Uri(uri)) => {
                let is_urn = scheme(&uri).is_some_and(|scheme| scheme.eq_ignore_ascii_case("urn"));
                if is_urn {
                    sink.report(
                        &rules::UNRESOLVED_REF,
                        format_args!("`{}` leads nowhere", clip(&reference.text)),
                    )
                    .at(reference.at, "no `$id` in the files of this import is that");
                } else {
                    report_remote(&reference.text, reference.at, sink);
                }
                return;
            }
            // Neither is ever put off.
            Ok(Goal::Same) | Err(_) => return,
        };
        let Some(State::Unread { error, beside }) =
            files.by_path.get(&path).map(|doc| &files.docs[*doc].state)
        else {
            return;
        };
        if leads_outside(error) {
            report_link_outside(&path, reference.at, sink);
            return;
        }
        if error.kind() != io::ErrorKind::NotFound {
            report_unreadable(&path, error, Some(reference.at), sink);
            return;
        }
        let draft = sink
            .report(
                &rules::UNRESOLVED_REF,
                format_args!(
                    "`{}` leads nowhere: there is no file `{path}`",
                    clip(&reference.text)
                ),
            )
            .at(reference.at, "no such file");
        // `User` for `#/components/schemas/User` was legal once.
        let component = files.docs[doc].tree().and_then(|tree| {
            let schemas = tree.root().pointer("/components/schemas")?;
            schemas.get_entry(&reference.text)
        });
        if let Some((key, _)) = component {
            draft.fix(
                format_args!("write `#/components/schemas/{}`", key.text),
                reference.at,
                format_args!("#/components/schemas/{}", escape_segment(key.text)),
            );
        } else if reference.text.contains('\\') {
            draft.help("write `/` between folders");
        } else if let Some(name) = nearest(path.file_name(), beside.iter().map(|name| &**name)) {
            draft.help(format_args!("did you mean `{name}`?"));
        } else {
            draft.help("the path is read relative to the file that the reference stands in");
        }
    }

    fn lost(&mut self, files: &Files, reference: &Pending, to: usize, lost: &Lost<'_>) {
        if !self.findings.room() {
            return;
        }
        let path = &files.docs[to].path;
        let shown = clip(&reference.text);
        let missing = clip(&lost.missing);
        let sink = &mut self.findings.sink;
        let Some((pointer, value)) = &lost.reached else {
            let draft = sink
                .report(
                    &rules::UNRESOLVED_REF,
                    format_args!("`{shown}` leads nowhere: `{path}` has no anchor `{missing}`"),
                )
                .at(reference.at, "no such anchor");
            let anchors = files.docs[to].index().map(|index| &index.anchors);
            let names = anchors.into_iter().flat_map(|anchors| anchors.keys());
            match nearest(&lost.missing, names.map(|name| &**name)) {
                Some(name) => draft.help(format_args!("did you mean `#{name}`?")),
                None => draft.help("a pointer begins with `#/`; a name needs an `$anchor`"),
            };
            return;
        };
        let parent = if pointer.is_empty() {
            format!("`{path}`")
        } else {
            format!("`{}` in `{path}`", clip(pointer))
        };
        let headline = format!("`{shown}` leads nowhere: {parent} has no `{missing}`");
        let draft = sink
            .report(&rules::UNRESOLVED_REF, headline)
            .at(reference.at, format_args!("`{missing}` does not exist"));
        if let Some(inner) = value.get("$ref").and_then(Value::as_str) {
            draft
                .also(value.span(), "this is a reference itself")
                .help(format_args!(
                    "a pointer does not go through a reference; begin at what it names: `{}`",
                    clip(inner)
                ));
        } else if let Some(key) = nearest_key(&lost.missing, *value) {
            draft
                .also(key.span, format_args!("`{}` is here", clip(key.text)))
                .help(format_args!("did you mean `{}`?", clip(key.text)));
        } else if value.is_mapping() && value.len() > 0 {
            let mut names: Vec<&str> = value.entries().map(|(key, _)| key.text).take(6).collect();
            names.sort_unstable();
            let more = if value.len() > names.len() {
                ", ..."
            } else {
                ""
            };
            let names: Vec<String> = names
                .iter()
                .map(|name| format!("`{}`", clip(name)))
                .collect();
            draft
                .also(head(*value), "these are its names")
                .help(format_args!("there are {}{more}", names.join(", ")));
        }
    }

    // === the whole ===

    /// Circles and long rows of references that stand for one another.
    fn judge_steps(&mut self) {
        const UNKNOWN: usize = usize::MAX;
        let steps = std::mem::take(&mut self.steps);
        // How many references follow one another from here on.
        let mut length = vec![UNKNOWN; steps.len()];
        let mut row = Vec::new();
        let mut on_row = vec![false; steps.len()];
        for start in 0..steps.len() {
            let mut at = Some(start);
            let mut base = 0;
            while let Some(step) = at {
                if length[step] != UNKNOWN {
                    base = length[step];
                    break;
                }
                if on_row[step] {
                    let begins = row.iter().position(|on| *on == step).unwrap_or(0);
                    self.circle(&steps, &row[begins..]);
                    break;
                }
                on_row[step] = true;
                row.push(step);
                at = steps.get_index_of(&steps[step].to);
            }
            for step in row.drain(..).rev() {
                on_row[step] = false;
                base += 1;
                length[step] = base;
                if base == MAX_REF_STEPS {
                    let headline =
                        format!("more than {MAX_REF_STEPS} references follow one another");
                    let at = steps[step].at;
                    if let Some(draft) = self.report(&LIMIT_EXCEEDED, headline) {
                        draft
                            .at(at, "this one goes past the limit")
                            .help("refer to the thing itself");
                    }
                }
            }
        }
    }

    fn circle(&mut self, steps: &IndexMap<NodeKey, Step>, row: &[usize]) {
        // A circle has no beginning; the first place in reading order makes the message stable.
        let first = row
            .iter()
            .enumerate()
            .min_by_key(|(_, step)| steps[**step].at)
            .map_or(0, |(at, _)| at);
        let members: Vec<&Step> = row[first..]
            .iter()
            .chain(&row[..first])
            .map(|step| &steps[*step])
            .collect();
        let [head, others @ ..] = &members[..] else {
            return;
        };
        let headline = if others.is_empty() {
            format!("`{}` refers to itself", clip(&head.text))
        } else {
            format!(
                "{} references lead in a circle and reach no thing",
                members.len()
            )
        };
        let Some(mut draft) = self.report(&rules::REF_CYCLE, headline) else {
            return;
        };
        draft = draft.at(head.at, "begins here");
        for step in others.iter().take(MAX_SHOWN_STEPS) {
            draft = draft.also(step.at, "leads on");
        }
        let mut names: Vec<String> = members
            .iter()
            .take(MAX_SHOWN_STEPS)
            .map(|step| format!("`{}`", clip(&step.text)))
            .collect();
        names.push(if members.len() > MAX_SHOWN_STEPS {
            "...".to_owned()
        } else {
            format!("`{}`", clip(&head.text))
        });
        draft
            .note(format_args!("the circle: {}", names.join(" -> ")))
            .help("replace one of them by the thing that is meant");
    }

    fn judge_operation_ids(&mut self) {
        let mut ids = std::mem::take(&mut self.operation_ids);
        ids.sort();
        for pair in ids.windows(2) {
            let [(id, first), (other, second)] = pair else {
                continue;
            };
            if id == other {
                let headline = format!("two operations are named `{}`", clip(id));
                if let Some(draft) = self.report(&rules::DUPLICATE_OPERATION_ID, headline) {
                    draft
                        .at(*second, "again here")
                        .also(*first, "first here")
                        .help("give one of them another `operationId`");
                }
            }
        }
    }
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

/// A phrase without its article.
fn bare(noun: &str) -> &str {
    noun.split_once(' ').map_or(noun, |(_, noun)| noun)
}
