//! Names that schemas give themselves: `$id`, `$anchor` and `$dynamicAnchor`.
//!
//! Made only for a file that is asked for one of them; most files never are.

use std::collections::{BTreeMap, BTreeSet};

use super::grammar::{is_data, is_map_of_names};
use super::reference::{Base, Goal, escape_segment, resolve};
use crate::syntax::{Kind, Tree, Value};
use crate::text::RelPath;

/// Most bytes of pointers that are made to index one file. A long key above many values would
/// repeat itself in each; what lies behind the limit has no name, and references to it lead nowhere.
const MAX_POINTER_BYTES: usize = 128 * 1024 * 1024;

/// What the address of draft 04 holds and no other.
pub(super) const DRAFT_04: &str = "json-schema.org/draft-04/";

/// The names in one file. Places are JSON pointers from its root.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By `$anchor` and `$dynamicAnchor`; of several with one name the first written counts.
    pub(super) anchors: BTreeMap<Box<str>, Box<str>>,
    /// Names of `$dynamicAnchor`s, one for each; the empty name for each `$recursiveAnchor`.
    pub(super) dynamic: Vec<Box<str>>,
    /// By what an `$id` resolves to.
    pub(super) ids: BTreeMap<Goal, usize>,
    /// Schemas with an `$id`, in the order found.
    pub(super) resources: Vec<Resource>,
    /// Whether the file is of draft 04.
    has_plain_ids: bool,
    by_node: BTreeMap<u32, usize>,
    by_pointer: BTreeMap<Box<str>, usize>,
}

/// A schema with an `$id`: what stands in it is relative to it.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) pointer: Box<str>,
    pub(super) base: Base,
}

struct Step<'t> {
    value: Value<'t>,
    pointer: String,
    /// Whether the keys are names that the author chose, and so never keywords.
    names: bool,
    base: Option<usize>,
}

impl Index {
    /// The names in the file at `path`.
    pub(super) fn of(tree: &Tree, path: &RelPath) -> Self {
        let dialect = tree.root().get("$schema").and_then(Value::as_str);
        let mut index = Index {
            has_plain_ids: dialect.is_some_and(|name| name.contains(DRAFT_04)),
            ..Index::default()
        };
        let file = Base::File(path.clone());
        // Version 3.2 lets a document name itself.
        if let Some(name) = tree.root().get("$self").and_then(Value::as_str) {
            index.name(&file, name, "", None);
        }
        let mut stack = vec![Step {
            value: tree.root(),
            pointer: String::new(),
            names: false,
            base: None,
        }];
        // Aliases share their children, so a small file may have very many paths to a node.
        let mut seen = BTreeSet::new();
        let mut spent = 0;
        while let Some(mut step) = stack.pop() {
            if !seen.insert(step.value.id()) {
                continue;
            }
            spent += step.value.len() * (step.pointer.len() + 8);
            if spent > MAX_POINTER_BYTES {
                break;
            }
            if !step.names {
                index.read(&mut step, &file);
            }
            let first_child = stack.len();
            for (key, value) in step.value.entries() {
                let holds_more = value.is_mapping() || value.is_sequence();
                if !holds_more || (!step.names && is_data(key.text)) {
                    continue;
                }
                stack.push(Step {
                    value,
                    pointer: format!("{}/{}", step.pointer, escape_segment(key.text)),
                    names: !step.names && is_map_of_names(key.text) && value.is_mapping(),
                    base: step.base,
                });
            }
            for (at, value) in step.value.items().enumerate() {
                stack.push(Step {
                    value,
                    pointer: format!("{}/{at}", step.pointer),
                    names: false,
                    base: step.base,
                });
            }
            // The stack hands out what was pushed last, and the first written must come first.
            stack[first_child..].reverse();
        }
        index
    }

    fn read(&mut self, step: &mut Step<'_>, file: &Base) {
        let text = |key: &str| step.value.get(key).and_then(Value::as_str);
        // Before draft 2019-09 an `$id` that is a fragment was what an `$anchor` is now, and in
        // draft 04 an `id` was what an `$id` is.
        let own = if self.has_plain_ids { "id" } else { "$id" };
        if let Some(name) = text(own).and_then(|id| id.strip_prefix('#')) {
            self.anchor(name, &step.pointer);
        }
        if let Some(id) = text(own) {
            let base = match step.base {
                Some(at) => self.resources[at].base.clone(),
                None => file.clone(),
            };
            let node = Some(step.value.id());
            if let Some(at) = self.name(&base, id, &step.pointer, node) {
                step.base = Some(at);
            }
        }
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = text(key) {
                self.anchor(name, &step.pointer);
            }
        }
        self.dynamic
            .extend(text("$dynamicAnchor").map(<Box<str>>::from));
        let recursive = step.value.get("$recursiveAnchor").map(Value::kind);
        if recursive == Some(Kind::Bool(true)) {
            self.dynamic.push(Box::default());
        }
    }

    fn anchor(&mut self, name: &str, pointer: &str) {
        self.anchors
            .entry(name.into())
            .or_insert_with(|| pointer.into());
    }

    fn name(&mut self, base: &Base, id: &str, pointer: &str, node: Option<u32>) -> Option<usize> {
        let address = id.split('#').next().filter(|address| !address.is_empty())?;
        let goal = match resolve(address, base) {
            Ok(goal) => goal,
            // An `$id` is a name and opens no file, so `/schemas/a` is as good as any.
            Err(_) => Goal::File(RelPath::new(address.trim_start_matches('/'))?),
        };
        let base = match &goal {
            Goal::File(path) => Base::File(path.clone()),
            Goal::Uri(uri) => Base::Uri(uri.clone()),
            Goal::Same => return None,
        };
        let at = self.resources.len();
        self.resources.push(Resource {
            pointer: pointer.into(),
            base,
        });
        self.ids.entry(goal).or_insert(at);
        if let Some(node) = node {
            self.by_node.insert(node, at);
            self.by_pointer.insert(pointer.into(), at);
        }
        Some(at)
    }

    /// The resource that begins at a node.
    pub(super) fn at_node(&self, node: u32) -> Option<usize> {
        self.by_node.get(&node).copied()
    }

    /// The innermost resource around a pointer.
    pub(super) fn around(&self, pointer: &str) -> Option<usize> {
        let mut at = pointer;
        loop {
            if let Some(resource) = self.by_pointer.get(at) {
                return Some(*resource);
            }
            at = &at[..at.rfind('/')?];
        }
    }
}
