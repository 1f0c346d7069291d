//! An answer that callers know is gone.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{Answers, is_or_are};
use crate::compat::encoding::{BREAK, SAFE, loss};
use crate::compat::finding::{Place, both, source_removed};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// An answer that callers know is gone.
    #[page = "response_removed.md"]
    pub(crate) static RESPONSE_REMOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-success-status-removed", "oasdiff:response-non-success-status-removed"], tally: ["answer is gone", "answers are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &RESPONSE_REMOVED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::AnswerRemoved {
        old,
        at,
        is_success,
    } = &change.what
    else {
        return None;
    };
    let json = if *is_success {
        both(BREAK)
    } else {
        Directions::new(loss("calls that are answered so"), SAFE)
    };
    let finding = finding(&RESPONSE_REMOVED, json, source_removed())
        .at(Place::At(*at), "it was described in here")
        .was_at(old.status.span)
        .peer("oasdiff:response-success-status-removed", *is_success)
        .peer("oasdiff:response-non-success-status-removed", !is_success)
        .help("go on answering so: callers wait for it");
    let status = old.status.node;
    Some(Said::new(
        finding,
        Answers(status).to_string(),
        format!("{} gone", is_or_are(status)),
    ))
}
