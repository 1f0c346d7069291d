//! No unit is in a package any more.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Finding, Place, breaks, source_removed};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A package has no file any more.
    #[page = "package_removed.md"]
    pub(crate) static PACKAGE_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:PACKAGE_NO_DELETE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &PACKAGE_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::PackageRemoved {
        name,
        units,
        replaced_by,
    } = change
    else {
        return None;
    };
    // Procedures are called by their full name, on every transport.
    let calls = if units.iter().any(|unit| !unit.services.is_empty()) {
        match replaced_by {
            Some(_) => Directions::new(BREAK, BREAK),
            None => Directions::new(BREAK, SAFE),
        }
    } else {
        Directions::SAFE
    };
    let mut finding = Finding::new(&PACKAGE_REMOVED, format!("package `{name}` is gone"))
        .at(Place::Gone, "")
        .in_units(units.first().copied(), None)
        .breaks(breaks(calls.clone(), calls, source_removed()))
        .peer("buf:PACKAGE_NO_DELETE", true)
        .corrects(true)
        .help("keep the package and add the new one beside it");
    if let Some(unit) = units.first() {
        finding = finding.was_at(unit.package.span);
    }
    if let Some(other) = replaced_by {
        finding = finding.note(format!(
            "package `{other}` declares what it did: paths of procedures and type URLs in `Any` change"
        ));
    }
    Some(finding)
}
