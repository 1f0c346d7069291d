//! An answer is new that callers do not know.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{Answers, is_or_are};
use crate::compat::encoding::{SAFE, loss};
use crate::compat::finding::{Effect, Place, source_added};
use crate::declare_rule;
use crate::diag::Directions;
use crate::schema::Status;

declare_rule! {
    /// An answer is new that callers do not know.
    #[page = "response_added.md"]
    pub(crate) static RESPONSE_ADDED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:response-success-status-added", "oasdiff:response-non-success-status-added"], tally: ["answer is new", "answers are new"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &RESPONSE_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::AnswerAdded(new) = &change.what else {
        return None;
    };
    let is_success = matches!(new.status.node, Status::Code(200..=299) | Status::Range(2));
    let json = Directions::new(SAFE, loss("calls that are answered so"));
    let finding = finding(&RESPONSE_ADDED, json, source_added())
        .at(Place::At(new.status.span), "")
        .effect(Effect::Addition)
        .peer("oasdiff:response-success-status-added", is_success)
        .peer("oasdiff:response-non-success-status-added", !is_success);
    let status = new.status.node;
    Some(Said::new(
        finding,
        Answers(status).to_string(),
        format!("{} new", is_or_are(status)),
    ))
}
