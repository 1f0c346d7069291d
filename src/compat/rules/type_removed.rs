//! A message or enum is gone.

use crate::compat::change::{Change, Removed};
use crate::compat::cx::Cx;
use crate::compat::finding::{Effect, Finding, Place, breaks, source_removed};
use crate::compat::index::Kind;
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A message or enum is gone.
    #[page = "type_removed.md"]
    pub(crate) static TYPE_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:MESSAGE_NO_DELETE", "buf:ENUM_NO_DELETE", "buf:PACKAGE_MESSAGE_NO_DELETE", "buf:PACKAGE_ENUM_NO_DELETE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &TYPE_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::Removed(removed) = change else {
        return None;
    };
    let (in_unit, in_package) = match removed.kind {
        Kind::Record | Kind::Entry => ("buf:MESSAGE_NO_DELETE", "buf:PACKAGE_MESSAGE_NO_DELETE"),
        Kind::Enum => ("buf:ENUM_NO_DELETE", "buf:PACKAGE_ENUM_NO_DELETE"),
        Kind::Extension | Kind::Service => return None,
    };
    if removed.moved_to.is_some() {
        return None;
    }
    let finding = Finding::new(
        &TYPE_REMOVED,
        format!("{} `{}` is gone", removed.kind.word(), removed.name),
    )
    .at(place(removed), "it was declared in here")
    .was_at(removed.old_at)
    .in_units(Some(removed.old_unit), removed.new_unit)
    .breaks(breaks(Directions::SAFE, Directions::SAFE, source_removed()))
    .peer(in_unit, fires_in_unit(removed))
    .peer(
        in_package,
        fires_in_package(removed) && removed.has_package_kind,
    )
    .effect(if removed.kind == Kind::Entry {
        Effect::Repetition
    } else {
        Effect::Change
    })
    .note("what held it is compared field by field; a value in `Any` carries this name")
    .corrects(!removed.has_package_kind)
    .help("mark it deprecated, and remove it when nobody refers to it any more");
    Some(finding)
}

/// The nearest thing around what is gone.
pub(super) fn place(removed: &Removed<'_>) -> Place {
    match (removed.new_unit, removed.parent) {
        (_, Some(parent)) => Place::At(parent.span),
        (Some(unit), None) => Place::Top(unit.file),
        (None, None) => Place::Gone,
    }
}

/// Whether the unit of the old path misses it.
pub(super) fn fires_in_unit(removed: &Removed<'_>) -> bool {
    removed.new_unit.is_some() && !removed.is_in_unit
}

/// Whether a package that lives on misses it.
pub(super) fn fires_in_package(removed: &Removed<'_>) -> bool {
    removed.is_package_alive && !removed.is_in_package
}
