//! A unit that others import is gone.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::finding::{Finding, Place, source_removed};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::{Breaks, Directions};

declare_rule! {
    /// A schema file that others import is gone.
    #[page = "file_removed.md"]
    pub(crate) static FILE_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FILE_NO_DELETE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &FILE_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::UnitRemoved(unit) = change else {
        return None;
    };
    let finding = Finding::new(&FILE_REMOVED, format!("file `{}` is gone", unit.path))
        .at(Place::Gone, "")
        .was_at(unit.dialect.span)
        .in_units(Some(unit), None)
        .breaks(Breaks {
            binary: Some(Directions::SAFE),
            json: Some(Directions::SAFE),
            source: Some(source_removed()),
        })
        .peer("buf:FILE_NO_DELETE", true)
        .help("keep the file; let it import what moved with `import public`");
    Some(finding)
}
