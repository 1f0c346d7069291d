//! Nothing is taken where something was sent.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::finding::{Place, source_removed};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Nothing is taken where something was sent.
    #[page = "request_body_removed.md"]
    pub(crate) static REQUEST_BODY_REMOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-body-removed"], tally: ["body is gone", "bodies are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &REQUEST_BODY_REMOVED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::BodyRemoved {
        old_at,
        at,
        is_required,
    } = &change.what
    else {
        return None;
    };
    let new_to_old = if *is_required { BREAK } else { SAFE };
    let json = Directions::new(breaks("calls that send one"), new_to_old);
    let finding = finding(&REQUEST_BODY_REMOVED, json, source_removed())
        .at(Place::At(*at), "it was described in here")
        .was_at(*old_at)
        .some_suffice()
        .peer("oasdiff:request-body-removed", true)
        .help("take it, and ignore what is no longer needed");
    Some(Said::new(finding, "the body", "is gone"))
}
