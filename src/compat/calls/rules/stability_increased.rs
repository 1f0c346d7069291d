//! A call promises more stability than it did.

use super::stability_decreased::becomes;
use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::finding::{Effect, Place};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A call promises more stability than it did.
    #[page = "stability_increased.md"]
    pub(crate) static STABILITY_INCREASED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:api-stability-increased"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &STABILITY_INCREASED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::StabilityChanged {
        levels,
        spans,
        is_decrease: false,
    } = &change.what
    else {
        return None;
    };
    let finding = finding(&STABILITY_INCREASED, Directions::SAFE, Directions::SAFE)
        .at(
            Place::At(levels.new.map_or(spans.new, |level| level.span)),
            "",
        )
        .was_at(levels.old.map_or(spans.old, |level| level.span))
        .effect(Effect::Addition)
        .peer("oasdiff:api-stability-increased", true);
    Some(Said::new(finding, "", becomes(levels)))
}
