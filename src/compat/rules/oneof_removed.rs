//! A oneof is gone.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::finding::{Finding, Place, breaks, source_removed};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A oneof is gone, and with it the code that asks which member is set.
    #[page = "oneof_removed.md"]
    pub(crate) static ONEOF_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:ONEOF_NO_DELETE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &ONEOF_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::OneofRemoved { records, old } = change else {
        return None;
    };
    let ty = records.types.new;
    let finding = Finding::new(
        &ONEOF_REMOVED,
        format!("oneof `{}` of `{}` is gone", old.name.node, ty.node.name),
    )
    .at(Place::At(ty.node.span), "it was declared in here")
    .was_at(old.span)
    .in_units(Some(records.types.old.unit), Some(ty.unit))
    .breaks(breaks(Directions::SAFE, Directions::SAFE, source_removed()))
    .peer("buf:ONEOF_NO_DELETE", records.is_by_name)
    .note("its members are judged one by one")
    .help("keep the oneof and its name");
    Some(finding)
}
