//! Numbers without a name are kept out, or no longer.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE, breaks, loss};
use crate::compat::finding::{Finding, Place, both, breaks as hurts};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// An enum keeps numbers without a name out, or no longer does.
    #[page = "enum_openness_changed.md"]
    pub(crate) static ENUM_OPENNESS_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:ENUM_SAME_TYPE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &ENUM_OPENNESS_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::OpennessChanged(pair) = change else {
        return None;
    };
    let (old, new) = (pair.types.old, pair.types.new);
    let unknown = "numbers without a name are sent";
    let (binary, json, word) = if pair.enums.new.is_closed {
        (
            Directions::new(loss(unknown), SAFE),
            Directions::new(breaks(unknown), SAFE),
            ("closed", "open"),
        )
    } else {
        (
            Directions::new(SAFE, loss(unknown)),
            Directions::new(SAFE, breaks(unknown)),
            ("open", "closed"),
        )
    };
    let place = |def: &crate::schema::EnumDef, at: crate::text::Span| def.closed_at.unwrap_or(at);
    let headline = format!(
        "enum `{}` is {} instead of {}",
        new.node.name, word.0, word.1
    );
    let finding = Finding::new(&ENUM_OPENNESS_CHANGED, headline)
        .at(Place::At(place(pair.enums.new, new.node.span)), "")
        .was_at(place(pair.enums.old, old.node.span))
        .in_units(Some(old.unit), Some(new.unit))
        .breaks(hurts(binary, json, both(BREAK)))
        .peer("buf:ENUM_SAME_TYPE", pair.is_by_name)
        .corrects(true)
        .help("keep it as it was; in an edition `features.enum_type` says so");
    Some(finding)
}
