//! An extension is gone.

use super::type_removed::{fires_in_package, fires_in_unit, place};
use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, LOSS, SAFE};
use crate::compat::finding::{Effect, Finding, breaks, source_removed};
use crate::compat::index::Kind;
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// An extension is gone.
    #[page = "extension_removed.md"]
    pub(crate) static EXTENSION_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:EXTENSION_NO_DELETE", "buf:PACKAGE_EXTENSION_NO_DELETE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &EXTENSION_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, cx: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::Removed(removed) = change else {
        return None;
    };
    if removed.kind != Kind::Extension {
        return None;
    }
    let old = (removed.old_unit.extensions.iter()).find(|ext| &*ext.name == removed.name)?;
    // What still has the number is the same extension under another name; its rename is told there.
    let is_left = cx
        .new
        .extension(&old.extendee, old.field.number.node)
        .is_some();
    let (binary, json) = if is_left {
        (Directions::SAFE, Directions::SAFE)
    } else {
        (Directions::new(LOSS, SAFE), Directions::new(BREAK, SAFE))
    };
    let finding = Finding::new(
        &EXTENSION_REMOVED,
        format!("extension `{}` is gone", removed.name),
    )
    .at(place(removed), "it was declared in here")
    .was_at(removed.old_at)
    .in_units(Some(removed.old_unit), removed.new_unit)
    .breaks(breaks(binary, json, source_removed()))
    .peer("buf:EXTENSION_NO_DELETE", fires_in_unit(removed))
    .peer(
        "buf:PACKAGE_EXTENSION_NO_DELETE",
        fires_in_package(removed) && removed.has_package_kind,
    )
    .effect(if is_left {
        Effect::Repetition
    } else {
        Effect::Change
    })
    .corrects(!removed.has_package_kind)
    .help("mark it deprecated, and keep its number out of use");
    Some(finding)
}
