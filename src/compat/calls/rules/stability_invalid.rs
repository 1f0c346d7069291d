//! What a call promises about its stability is none of the words for it.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding, users};
use crate::compat::calls::said::Said;
use crate::compat::encoding::breaks;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// What a call promises about its stability is none of the words for it.
    #[page = "stability_invalid.md"]
    pub(crate) static STABILITY_INVALID = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:api-invalid-stability-level"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &STABILITY_INVALID,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::StabilityInvalid(level) = &change.what else {
        return None;
    };
    let finding = finding(
        &STABILITY_INVALID,
        users(
            change.travel,
            breaks("changes that nobody can tell from the level"),
        ),
        Directions::SAFE,
    )
    .at(Place::At(level.span), "")
    .some_suffice()
    .peer("oasdiff:api-invalid-stability-level", true)
    .help("write `draft`, `alpha`, `beta` or `stable`");
    Some(Said::new(
        finding,
        "",
        format!("has the stability `{}`, which is no level", level.node),
    ))
}
