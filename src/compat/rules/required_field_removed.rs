//! A field that had to be there needs not be any more, or is gone.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, LOSS, SAFE, breaks};
use crate::compat::fields::is_label;
use crate::compat::finding::{Finding, Place, breaks as hurts};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A field that had to be there may be absent now, which old readers refuse.
    #[page = "required_field_removed.md"]
    pub(crate) static REQUIRED_FIELD_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:MESSAGE_SAME_REQUIRED_FIELDS"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &REQUIRED_FIELD_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::RequiredRemoved { records, old } = change else {
        return None;
    };
    let ty = records.types.new;
    let same = |field: &&crate::schema::Field| field.number.node == old.number.node;
    let left = records.records.new.fields.iter().find(same);
    let (binary, json) = match left {
        None => (
            Directions::new(LOSS, BREAK),
            Directions::new(BREAK, breaks("the reader checks required fields")),
        ),
        Some(_) => (
            Directions::new(SAFE, breaks("the field is absent")),
            Directions::new(SAFE, breaks("the field is absent")),
        ),
    };
    let headline = match left {
        None => format!(
            "required field `{}` of `{}` is gone",
            old.name.node, ty.node.name
        ),
        Some(_) => format!(
            "field `{}` of `{}` is no longer required",
            old.name.node, ty.node.name
        ),
    };
    let finding = Finding::new(&REQUIRED_FIELD_REMOVED, headline)
        .at(
            Place::At(ty.node.span),
            "old readers refuse a message without it",
        )
        .was_at(old.span)
        .in_units(Some(records.types.old.unit), Some(ty.unit))
        .breaks(hurts(binary, json, Directions::SAFE))
        .peer(
            "buf:MESSAGE_SAME_REQUIRED_FIELDS",
            records.is_by_name && is_label(records.types.old),
        )
        .corrects(true)
        .help("keep it required and send it, until every reader has been replaced");
    Some(finding)
}
