//! A parameter is new that every call must have.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding, unheard};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::place_words;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Place, both};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A parameter is new that every call must have.
    #[page = "required_parameter_added.md"]
    pub(crate) static REQUIRED_PARAMETER_ADDED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:new-required-request-parameter", "oasdiff:new-required-request-default-parameter-to-existing-path", "oasdiff:new-request-path-parameter"], tally: ["required parameter is new", "required parameters are new"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &REQUIRED_PARAMETER_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ParameterAdded(new) = &change.what else {
        return None;
    };
    if !new.is_required {
        return None;
    }
    let json = Directions::new(BREAK, unheard(change.kind));
    let finding = finding(&REQUIRED_PARAMETER_ADDED, json, both(BREAK))
        .at(Place::At(new.name.span), "")
        .peer("oasdiff:new-required-request-parameter", true)
        .help("let callers leave it out, and say what that means");
    let what = format!("{} `{}`", place_words(new.place), new.name.node);
    Some(Said::new(finding, what, "is new and required"))
}
