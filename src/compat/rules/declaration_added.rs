//! A declaration or unit is new.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Effect, Finding, Place, breaks, source_added};
use crate::compat::index::Kind;
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A message, enum, extension, service or file is new.
    #[page = "declaration_added.md"]
    pub(crate) static DECLARATION_ADDED = { category: Compat, level: Info, since: "0.2" };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &DECLARATION_ADDED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let (headline, at, calls, unit) = match change {
        Change::UnitAdded(unit) => (
            format!("file `{}` is new", unit.path),
            Place::Top(unit.file),
            !unit.services.is_empty(),
            Some(*unit),
        ),
        Change::Added { kind, name, at } => (
            format!("{} `{name}` is new", kind.word()),
            Place::At(*at),
            matches!(kind, Kind::Service),
            None,
        ),
        _ => return None,
    };
    // Nobody sends a type that nobody refers to; a new service is called by new clients only.
    let calls = if calls {
        Directions::new(SAFE, BREAK)
    } else {
        Directions::SAFE
    };
    let finding = Finding::new(&DECLARATION_ADDED, headline)
        .at(at, "")
        .in_units(None, unit)
        .breaks(breaks(calls.clone(), calls, source_added()))
        .effect(Effect::Addition);
    Some(finding)
}
