//! A body that callers could leave out is required.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A body that callers could leave out is required.
    #[page = "request_body_became_required.md"]
    pub(crate) static REQUEST_BODY_BECAME_REQUIRED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-body-became-required"], tally: ["body is now required", "bodies are now required"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &REQUEST_BODY_BECAME_REQUIRED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::BodyRequired {
        spans,
        is_now: true,
    } = &change.what
    else {
        return None;
    };
    let json = Directions::new(breaks("calls without a body"), SAFE);
    let finding = finding(
        &REQUEST_BODY_BECAME_REQUIRED,
        json,
        Directions::new(BREAK, SAFE),
    )
    .at(Place::At(spans.new), "")
    .was_at(spans.old)
    .some_suffice()
    .peer("oasdiff:request-body-became-required", true)
    .help("take calls without a body, as they come");
    Some(Said::new(finding, "the body", "became required"))
}
