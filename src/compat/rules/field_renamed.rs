//! A field has another name.

use crate::compat::change::{Change, FieldOwner};
use crate::compat::cx::{Cx, exchanged, is_reuse, keys, reuse};
use crate::compat::encoding::{BREAK, LOSS};
use crate::compat::finding::{Finding, Place, both, breaks};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A field has another name.
    #[page = "field_renamed.md"]
    pub(crate) static FIELD_RENAMED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FIELD_SAME_NAME"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &FIELD_RENAMED,
    check,
};

fn check<'a>(change: &Change<'a>, cx: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::FieldRenamed(pair) = change else {
        return None;
    };
    let (old, new) = (pair.fields.old, pair.fields.new);
    let (from, to, owner): (&str, &str, &str) = match pair.owner {
        FieldOwner::Record(records) => {
            (&old.name.node, &new.name.node, &records.types.new.node.name)
        }
        FieldOwner::Extension(extension) => {
            (extension.names.old, extension.names.new, extension.extendee)
        }
    };
    let exchanged = exchanged(pair);
    let (binary, json, source) = match pair.owner {
        // Extensions stand in JSON under their full name.
        FieldOwner::Extension(_) => (Directions::SAFE, both(BREAK), both(BREAK)),
        // The name went to another number: JSON finds it there.
        FieldOwner::Record(records) if let Some(other) = exchanged => {
            let source = if old.ty == other.new.ty && old.cardinality == other.new.cardinality {
                Directions::SAFE
            } else {
                both(BREAK)
            };
            (both(LOSS), cx.moved_values(records, old, other.new), source)
        }
        FieldOwner::Record(_) if is_reuse(pair) => {
            let (binary, json) = reuse(old, new, cx.values(pair).0);
            (binary, json, both(BREAK))
        }
        FieldOwner::Record(_) => (Directions::SAFE, keys(old, new), both(BREAK)),
    };
    let headline = if exchanged.is_some() {
        format!("fields `{from}` and `{to}` of `{owner}` exchanged their numbers")
    } else if is_reuse(pair) {
        format!(
            "number {} of `{owner}` was given from `{from}` to `{to}`",
            new.number.node
        )
    } else {
        format!("field `{from}` of `{owner}` is now called `{to}`")
    };
    let finding = Finding::new(&FIELD_RENAMED, headline)
        .at(Place::At(new.name.span), "")
        .was_at(old.name.span)
        .in_units(Some(pair.units().old), Some(pair.units().new))
        .breaks(breaks(binary, json, source))
        .peer("buf:FIELD_SAME_NAME", pair.is_by_name())
        .note("text format, field masks, HTTP paths and queries use the name, too")
        .help("keep the name; a `json_name` with the old key keeps JSON readable at least");
    Some(finding)
}
