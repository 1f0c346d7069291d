//! A service is gone.

use super::type_removed::{fires_in_package, fires_in_unit};
use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Finding, Place, breaks, source_removed};
use crate::compat::index::Kind;
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A service is gone.
    #[page = "service_removed.md"]
    pub(crate) static SERVICE_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:SERVICE_NO_DELETE", "buf:PACKAGE_SERVICE_NO_DELETE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &SERVICE_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::Removed(removed) = change else {
        return None;
    };
    if removed.kind != Kind::Service {
        return None;
    }
    let (headline, calls) = match removed.moved_to {
        Some((unit, _)) => (
            format!("service `{}` moved to `{}`", removed.name, unit.path),
            Directions::SAFE,
        ),
        None => (
            format!("service `{}` is gone", removed.name),
            Directions::new(BREAK, SAFE),
        ),
    };
    let at = removed
        .new_unit
        .map_or(Place::Gone, |unit| Place::Top(unit.file));
    let finding = Finding::new(&SERVICE_REMOVED, headline)
        .at(at, "")
        .was_at(removed.old_at)
        .in_units(Some(removed.old_unit), removed.new_unit)
        .breaks(breaks(calls.clone(), calls, source_removed()))
        .peer("buf:SERVICE_NO_DELETE", fires_in_unit(removed))
        .peer("buf:PACKAGE_SERVICE_NO_DELETE", fires_in_package(removed))
        .corrects(true)
        .help("keep it until no client calls it: its calls are answered with UNIMPLEMENTED");
    Some(finding)
}
