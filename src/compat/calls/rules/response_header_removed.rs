//! A header that answers had is gone.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::Answers;
use crate::compat::encoding::{BREAK, SAFE, loss};
use crate::compat::finding::{Place, source_removed};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A header that answers had is gone.
    #[page = "response_header_removed.md"]
    pub(crate) static RESPONSE_HEADER_REMOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:required-response-header-removed", "oasdiff:optional-response-header-removed"], tally: ["header is gone", "headers are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &RESPONSE_HEADER_REMOVED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::HeaderRemoved { answers, old, at } = &change.what else {
        return None;
    };
    let new_to_old = if old.is_required {
        BREAK
    } else {
        loss("callers that read it")
    };
    let json = Directions::new(SAFE, new_to_old);
    let finding = finding(&RESPONSE_HEADER_REMOVED, json, source_removed())
        .at(Place::At(*at), "it was described in here")
        .was_at(old.name.span)
        .peer("oasdiff:required-response-header-removed", old.is_required)
        .peer("oasdiff:optional-response-header-removed", !old.is_required)
        .help("go on sending it");
    let what = format!("header `{}` of {}", old.name.node, Answers(*answers));
    Some(Said::new(finding, what, "is gone"))
}
