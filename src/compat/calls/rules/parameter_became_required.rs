//! A parameter that callers could leave out is required.

use crate::compat::calls::change::{Both, Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::place_words;
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A parameter that callers could leave out is required.
    #[page = "parameter_became_required.md"]
    pub(crate) static PARAMETER_BECAME_REQUIRED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-parameter-became-required"], tally: ["parameter is now required", "parameters are now required"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &PARAMETER_BECAME_REQUIRED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ParameterRequired(Both { old, new }) = &change.what else {
        return None;
    };
    if !new.is_required {
        return None;
    }
    let json = Directions::new(breaks("calls that leave it out"), SAFE);
    let finding = finding(
        &PARAMETER_BECAME_REQUIRED,
        json,
        Directions::new(BREAK, SAFE),
    )
    .at(Place::At(new.name.span), "")
    .was_at(old.name.span)
    .some_suffice()
    .peer("oasdiff:request-parameter-became-required", true)
    .help("let callers leave it out, as they do");
    let what = format!("{} `{}`", place_words(new.place), new.name.node);
    Some(Said::new(finding, what, "became required"))
}
