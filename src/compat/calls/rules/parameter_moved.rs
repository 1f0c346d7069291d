//! A parameter is sent in another place.

use crate::compat::calls::change::{Both, Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::place_words;
use crate::compat::encoding::{BREAK, loss};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A parameter is sent in another place.
    #[page = "parameter_moved.md"]
    pub(crate) static PARAMETER_MOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-parameter-removed", "oasdiff:new-required-request-parameter", "oasdiff:new-optional-request-parameter"], tally: ["parameter has moved", "parameters have moved"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &PARAMETER_MOVED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ParameterMoved(Both { old, new }) = &change.what else {
        return None;
    };
    let lacks = |is_required: bool| {
        if is_required {
            BREAK
        } else {
            loss("calls that send it")
        }
    };
    let json = Directions::new(lacks(new.is_required), lacks(old.is_required));
    let finding = finding(&PARAMETER_MOVED, json, Directions::SAFE)
        .at(Place::At(new.name.span), "")
        .was_at(old.name.span)
        .peer("oasdiff:request-parameter-removed", true)
        .peer("oasdiff:new-required-request-parameter", new.is_required)
        .peer("oasdiff:new-optional-request-parameter", !new.is_required)
        .help("accept it in both places");
    let what = format!("{} `{}`", place_words(old.place), old.name.node);
    Some(Said::new(
        finding,
        what,
        format!("became a {}", place_words(new.place)),
    ))
}
