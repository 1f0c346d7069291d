//! Values with shared parts: the smallest value of a shape may name another one twice per level.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::budget::{VALUE_DEPTH, VALUE_SIZE};
use crate::schema::Json;

/// A value that shares its parts.
#[derive(Debug, Clone)]
pub(super) struct Tree(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    size: u64,
    depth: u32,
    node: Node,
}

#[derive(Debug)]
enum Node {
    Whole(Json),
    Array(Vec<Tree>),
    Object(BTreeMap<Box<str>, Tree>),
}

impl Tree {
    /// A value as it is.
    pub(super) fn whole(value: Json) -> Self {
        let (size, depth) = measure(&value);
        Tree(Arc::new(Inner {
            size,
            depth,
            node: Node::Whole(value),
        }))
    }

    /// A list; `None` when it is nested too deep.
    pub(super) fn array(items: Vec<Tree>) -> Option<Self> {
        let (size, depth) = sum(items.iter());
        Some(Tree(Arc::new(Inner {
            size,
            depth: checked(depth)?,
            node: Node::Array(items),
        })))
    }

    /// An object; `None` when it is nested too deep.
    pub(super) fn object(entries: BTreeMap<Box<str>, Tree>) -> Option<Self> {
        let (size, depth) = sum(entries.values());
        Some(Tree(Arc::new(Inner {
            size,
            depth: checked(depth)?,
            node: Node::Object(entries),
        })))
    }

    /// The value, unless it is too large to be of use.
    pub(super) fn json(&self) -> Option<Json> {
        (self.0.size <= VALUE_SIZE).then(|| self.unfold())
    }

    fn unfold(&self) -> Json {
        match &self.0.node {
            Node::Whole(value) => value.clone(),
            Node::Array(items) => Json::Array(items.iter().map(Tree::unfold).collect()),
            Node::Object(entries) => Json::Object(
                entries
                    .iter()
                    .map(|(name, value)| (name.clone(), value.unfold()))
                    .collect(),
            ),
        }
    }
}

fn sum<'t>(parts: impl Iterator<Item = &'t Tree>) -> (u64, u32) {
    parts.fold((1, 1), |(size, depth), part| {
        (
            size.saturating_add(part.0.size),
            depth.max(part.0.depth.saturating_add(1)),
        )
    })
}

fn checked(depth: u32) -> Option<u32> {
    (depth <= VALUE_DEPTH).then_some(depth)
}

/// Parts and nesting of a value.
pub(super) fn measure(value: &Json) -> (u64, u32) {
    let inner = |values: &mut dyn Iterator<Item = &Json>| {
        values.map(measure).fold((1, 1), |(size, depth), part| {
            (size + part.0, u32::max(depth, part.1 + 1))
        })
    };
    match value {
        Json::Array(items) => inner(&mut items.iter()),
        Json::Object(entries) => inner(&mut entries.values()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => (1, 1),
    }
}
