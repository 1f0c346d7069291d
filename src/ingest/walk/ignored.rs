//! Keys that say nothing where they stand.

use std::collections::BTreeMap;

use super::{Frame, Walk};
use crate::ingest::grammar::{Role, Version};
use crate::syntax::{Kind, Value};
use crate::text::Span;

/// Keys that say nothing where they stand, and did in another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest) enum Ignored {
    /// `nullable` since OpenAPI 3.1.
    Nullable,
    /// Keywords beside a `$ref` before OpenAPI 3.1.
    Siblings,
}

impl Walk {
    /// Notes keys beside a reference that are ignored there and would mean something elsewhere.
    pub(super) fn note_siblings(&mut self, value: Value<'_>, role: Role, version: Version) {
        if role != Role::Schema || role.has_siblings(version) || !self.may_dangle {
            return;
        }
        let mut ignored = value.entries().filter(|(key, _)| is_constraint(key.text));
        if let Some((key, _)) = ignored.next() {
            self.note(Ignored::Siblings, key.span);
        }
    }

    /// Notes a `nullable` in a version that has none.
    pub(super) fn note_nullable(&mut self, value: Value<'_>, role: Role, version: Version) {
        let is_newer = version >= Version::V3_1 && self.frame == Frame::OpenApi;
        if role == Role::Schema
            && is_newer
            && let Some((key, flag)) = value.get_entry("nullable")
            && flag.kind() == Kind::Bool(true)
        {
            self.note(Ignored::Nullable, key.span);
        }
    }

    fn note(&mut self, what: Ignored, at: Span) {
        let (first, count) = self.ignored.entry(what).or_insert((at, 0));
        *first = at.min(*first);
        *count += 1;
    }

    /// What says nothing in this document: the first place of each kind, and how many there are.
    pub(in crate::ingest) fn ignored(&self) -> &BTreeMap<Ignored, (Span, usize)> {
        &self.ignored
    }
}

/// Whether a key of a schema refuses values.
pub(super) fn is_constraint(key: &str) -> bool {
    const CONSTRAINTS: [&str; 17] = [
        "type",
        "enum",
        "nullable",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "pattern",
        "minItems",
        "maxItems",
        "uniqueItems",
        "required",
        "minProperties",
        "maxProperties",
    ];
    CONSTRAINTS.contains(&key) || Role::Schema.child(key, Version::V3_0).is_some()
}
