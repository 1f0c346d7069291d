//! Other units may no longer refer to a type.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::finding::{Finding, Place, breaks, source_removed};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Other files may no longer refer to a type.
    #[page = "visibility_narrowed.md"]
    pub(crate) static VISIBILITY_NARROWED = { category: Compat, level: Error, since: "0.2" };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &VISIBILITY_NARROWED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::VisibilityNarrowed(types) = change else {
        return None;
    };
    let finding = Finding::new(
        &VISIBILITY_NARROWED,
        format!("`{}` is local to its file now", types.new.node.name),
    )
    .at(
        Place::At(types.new.node.span),
        "files that refer to it no longer compile",
    )
    .was_at(types.old.node.span)
    .in_units(Some(types.old.unit), Some(types.new.unit))
    .breaks(breaks(Directions::SAFE, Directions::SAFE, source_removed()))
    .corrects(true)
    .help("write `export` in front of it");
    Some(finding)
}
