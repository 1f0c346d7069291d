//! A unit is in another package.

use crate::compat::change::{Change, Pair};
use crate::compat::cx::Cx;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Finding, Place, both, breaks};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;
use crate::schema::Unit;

declare_rule! {
    /// A schema file is in another package, so the full names of all it declares change.
    #[page = "package_changed.md"]
    pub(crate) static PACKAGE_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FILE_SAME_PACKAGE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &PACKAGE_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::PackageChanged(units) = change else {
        return None;
    };
    let calls = if units.old.services.is_empty() {
        Directions::SAFE
    } else {
        both(BREAK)
    };
    let headline = format!(
        "the package of `{}` changed from {} to {}",
        units.new.path,
        spell(&units.old.package.node),
        spell(&units.new.package.node)
    );
    // A package that is not written any more has no place.
    let at = if units.new.package.node.is_empty() {
        Place::Top(units.new.file)
    } else {
        Place::At(units.new.package.span)
    };
    let finding = Finding::new(&PACKAGE_CHANGED, headline)
        .at(at, "every full name in this file changes")
        .was_at(units.old.package.span)
        .in_units(Some(units.old), Some(units.new))
        .breaks(breaks(calls.clone(), calls, both(BREAK)))
        .peer("buf:FILE_SAME_PACKAGE", true)
        .note("a value in `Any` carries the full name of its type")
        .help("leave this file in its package and add a file for the new one");
    Some(finding)
}

fn spell(package: &str) -> String {
    match package {
        "" => "none".to_owned(),
        name => format!("`{name}`"),
    }
}

/// Whether two names are one within the packages of two units that changed theirs: the type went
/// along, and the change of the package says so.
pub(super) fn went_along(units: Pair<&Unit>, old: &str, new: &str) -> bool {
    let Pair {
        old: old_unit,
        new: new_unit,
    } = units;
    let within = |unit: &Unit, name: &str| {
        let package = &*unit.package.node;
        let rest = if package.is_empty() {
            Some(name)
        } else {
            name.strip_prefix(package)?.strip_prefix('.')
        };
        rest.map(str::to_owned)
    };
    let inside = within(old_unit, old);
    old_unit.package.node != new_unit.package.node
        && inside.is_some()
        && inside == within(new_unit, new)
}
