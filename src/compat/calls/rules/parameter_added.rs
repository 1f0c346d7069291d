//! A parameter is new that callers may leave out.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding, unheard};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::place_words;
use crate::compat::encoding::SAFE;
use crate::compat::finding::{Effect, Place, source_added};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A parameter is new that callers may leave out.
    #[page = "parameter_added.md"]
    pub(crate) static PARAMETER_ADDED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:new-optional-request-parameter", "oasdiff:new-optional-request-default-parameter-to-existing-path"], tally: ["parameter is new", "parameters are new"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &PARAMETER_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ParameterAdded(new) = &change.what else {
        return None;
    };
    if new.is_required {
        return None;
    }
    let json = Directions::new(SAFE, unheard(change.kind));
    let finding = finding(&PARAMETER_ADDED, json, source_added())
        .at(Place::At(new.name.span), "")
        .effect(Effect::Addition)
        .peer("oasdiff:new-optional-request-parameter", true);
    let what = format!("{} `{}`", place_words(new.place), new.name.node);
    Some(Said::new(finding, what, "is new"))
}
