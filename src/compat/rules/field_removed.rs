//! A field is gone.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, LOSS, SAFE};
use crate::compat::finding::{Finding, Place, breaks, source_removed};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A field is gone; what old writers send for it is lost.
    #[page = "field_removed.md"]
    pub(crate) static FIELD_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FIELD_NO_DELETE", "buf:FIELD_NO_DELETE_UNLESS_NAME_RESERVED", "buf:FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &FIELD_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::FieldRemoved {
        records,
        old,
        renumbered_to: None,
        is_number_reserved,
        is_name_reserved,
    } = change
    else {
        return None;
    };
    let ty = records.types.new;
    let headline = format!("field `{}` of `{}` is gone", old.name.node, ty.node.name);
    let mut finding = Finding::new(&FIELD_REMOVED, headline)
        .at(Place::At(ty.node.span), "it was declared in here")
        .was_at(old.span)
        .in_units(Some(records.types.old.unit), Some(ty.unit))
        .breaks(breaks(
            Directions::new(LOSS, SAFE),
            Directions::new(BREAK, SAFE),
            source_removed(),
        ))
        .peer("buf:FIELD_NO_DELETE", records.is_by_name)
        .peer(
            "buf:FIELD_NO_DELETE_UNLESS_NAME_RESERVED",
            records.is_by_name && !is_name_reserved,
        )
        .peer(
            "buf:FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
            records.is_by_name && !is_number_reserved,
        )
        .help("mark it deprecated; when nobody uses it any more, reserve its number and its name");
    finding = match (is_number_reserved, is_name_reserved) {
        (true, true) => finding,
        (false, true) => finding.note(format!(
            "number {} is free to be used for something else",
            old.number.node
        )),
        (true, false) => finding.note(format!(
            "name `{}` is free to be used for something else",
            old.name.node
        )),
        (false, false) => finding.note(format!(
            "number {} and name `{}` are free to be used for something else",
            old.number.node, old.name.node
        )),
    };
    Some(finding)
}
