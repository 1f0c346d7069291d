//! A unit no longer hands on what another one declares.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::finding::{Finding, Place, breaks, source_removed};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A file no longer hands on another one by `import public`.
    #[page = "public_import_removed.md"]
    pub(crate) static PUBLIC_IMPORT_REMOVED = { category: Compat, level: Error, since: "0.2" };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &PUBLIC_IMPORT_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::PublicImportRemoved { units, import } = change else {
        return None;
    };
    let headline = format!("`{}` no longer hands on `{}`", units.new.path, import.path);
    let finding = Finding::new(&PUBLIC_IMPORT_REMOVED, headline)
        .at(Place::Top(units.new.file), "")
        .was_at(import.span)
        .in_units(Some(units.old), Some(units.new))
        .breaks(breaks(Directions::SAFE, Directions::SAFE, source_removed()))
        .corrects(true)
        .help("keep `import public`: files that import this one may rely on it");
    Some(finding)
}
