//! A field has another name.

use crate::compat::change::{Change, FieldOwner};
use crate::compat::cx::{Cx, is_reuse, keys, reuse};
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
    let taken = cx.taken_from(pair);
    let (binary, json) = match (pair.owner, taken) {
        // Extensions stand in JSON under their full name.
        (FieldOwner::Extension(_), _) => (Directions::SAFE, both(BREAK)),
        (FieldOwner::Record(_), Some(taken)) => {
            let json = cx.moved_keys(pair, taken);
            if is_reuse(pair) {
                (reuse(old, new, cx.values(pair).0).0, json)
            } else {
                // The value is read, and as that of the other field.
                (both(LOSS), json)
            }
        }
        (FieldOwner::Record(_), None) if is_reuse(pair) => reuse(old, new, cx.values(pair).0),
        (FieldOwner::Record(_), None) => (Directions::SAFE, keys(old, new)),
    };
    // Code that goes by names finds both, when they only changed places.
    let source = match pair.owner {
        FieldOwner::Record(records) if taken.is_some() && cx.has_name(records, from) => {
            Directions::SAFE
        }
        _ => both(BREAK),
    };
    let headline = if is_reuse(pair) || taken.is_some() {
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
        .help(if taken.is_some() {
            "give both names their numbers back"
        } else {
            "keep the name; a `json_name` with the old key keeps JSON readable at least"
        });
    Some(finding)
}
