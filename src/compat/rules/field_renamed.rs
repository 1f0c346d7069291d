//! A field has another name.

use crate::compat::change::{Change, FieldOwner};
use crate::compat::cx::{Cx, is_reuse, keys, reuse};
use crate::compat::encoding::BREAK;
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

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
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
    let (binary, json) = match pair.owner {
        // Extensions stand in JSON under their full name.
        FieldOwner::Extension(_) => (Directions::SAFE, both(BREAK)),
        FieldOwner::Record(_) if is_reuse(pair) => reuse(old, new),
        FieldOwner::Record(_) => (Directions::SAFE, keys(old, new)),
    };
    let headline = if is_reuse(pair) {
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
        .breaks(breaks(binary, json, both(BREAK)))
        .peer("buf:FIELD_SAME_NAME", pair.is_by_name())
        .note("text format, field masks, HTTP paths and queries use the name, too")
        .help("keep the name; a `json_name` with the old key keeps JSON readable at least");
    Some(finding)
}
