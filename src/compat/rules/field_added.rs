//! A field is new.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, LOSS, SAFE};
use crate::compat::finding::{Effect, Finding, Place, breaks, source_added};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A field is new.
    #[page = "field_added.md"]
    pub(crate) static FIELD_ADDED = { category: Compat, level: Info, since: "0.2" };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &FIELD_ADDED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::FieldAdded {
        records,
        new,
        renumbered_from,
        joins,
    } = change
    else {
        return None;
    };
    if renumbered_from.is_some() {
        return None;
    }
    let ty = records.types.new;
    // Old readers keep what they do not know, but they believe that none of the group is set.
    let binary = Directions::new(SAFE, if joins.is_some() { LOSS } else { SAFE });
    let headline = format!("field `{}` of `{}` is new", new.name.node, ty.node.name);
    let finding = Finding::new(&FIELD_ADDED, headline)
        .at(Place::At(new.span), "")
        .in_units(Some(records.types.old.unit), Some(ty.unit))
        .breaks(breaks(binary, Directions::new(SAFE, BREAK), source_added()))
        .effect(Effect::Addition)
        .help("deploy those who read it first");
    Some(match joins {
        Some(oneof) => finding.note(format!(
            "old readers see oneof `{}` without a member when this one is set",
            oneof.name.node
        )),
        None => finding,
    })
}
