//! A field has another number.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::LOSS;
use crate::compat::finding::{Finding, Place, both, breaks};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A field has another number, so that neither side finds it in binary data.
    #[page = "field_renumbered.md"]
    pub(crate) static FIELD_RENUMBERED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FIELD_NO_DELETE", "buf:FIELD_NO_DELETE_UNLESS_NAME_RESERVED", "buf:FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &FIELD_RENUMBERED,
    check,
};

fn check<'a>(change: &Change<'a>, cx: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::FieldRemoved {
        records,
        old,
        renumbered_to: Some(new),
        is_number_reserved,
        is_name_reserved,
    } = change
    else {
        return None;
    };
    let ty = records.types.new;
    let headline = format!(
        "field `{}` of `{}` changed its number from {} to {}",
        old.name.node, ty.node.name, old.number.node, new.number.node
    );
    let json = cx.moved_values(*records, old, new);
    let source = if old.ty == new.ty && old.cardinality == new.cardinality {
        Directions::SAFE
    } else {
        both(crate::compat::encoding::BREAK)
    };
    let finding = Finding::new(&FIELD_RENUMBERED, headline)
        .at(Place::At(ty.node.span), "")
        .was_at(old.span)
        .in_units(Some(records.types.old.unit), Some(ty.unit))
        .breaks(breaks(both(LOSS), json, source))
        .peer("buf:FIELD_NO_DELETE", records.is_by_name)
        .peer(
            "buf:FIELD_NO_DELETE_UNLESS_NAME_RESERVED",
            records.is_by_name && !is_name_reserved,
        )
        .peer(
            "buf:FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
            records.is_by_name && !is_number_reserved,
        )
        .help("give it its number back");
    Some(finding)
}
