//! A body that was required may be left out.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A body that was required may be left out.
    #[page = "request_body_became_optional.md"]
    pub(crate) static REQUEST_BODY_BECAME_OPTIONAL = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:request-body-became-optional"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &REQUEST_BODY_BECAME_OPTIONAL,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::BodyRequired {
        spans,
        is_now: false,
    } = &change.what
    else {
        return None;
    };
    let json = Directions::new(SAFE, breaks("calls without a body"));
    let finding = finding(
        &REQUEST_BODY_BECAME_OPTIONAL,
        json,
        Directions::new(SAFE, BREAK),
    )
    .at(Place::At(spans.new), "")
    .was_at(spans.old)
    .some_suffice()
    .peer("oasdiff:request-body-became-optional", true);
    Some(Said::new(finding, "the body", "became optional"))
}
