//! A parameter that was required may be left out.

use crate::compat::calls::change::{Both, Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::place_words;
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A parameter that was required may be left out.
    #[page = "parameter_became_optional.md"]
    pub(crate) static PARAMETER_BECAME_OPTIONAL = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:request-parameter-became-optional"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &PARAMETER_BECAME_OPTIONAL,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ParameterRequired(Both { old, new }) = &change.what else {
        return None;
    };
    if new.is_required {
        return None;
    }
    let json = Directions::new(SAFE, breaks("calls that leave it out"));
    let finding = finding(
        &PARAMETER_BECAME_OPTIONAL,
        json,
        Directions::new(SAFE, BREAK),
    )
    .at(Place::At(new.name.span), "")
    .was_at(old.name.span)
    .some_suffice()
    .peer("oasdiff:request-parameter-became-optional", true);
    let what = format!("{} `{}`", place_words(new.place), new.name.node);
    Some(Said::new(finding, what, "became optional"))
}
