//! Something must be sent where nothing was.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding, unheard};
use crate::compat::calls::said::Said;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Place, both};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Something must be sent where nothing was.
    #[page = "required_request_body_added.md"]
    pub(crate) static REQUIRED_REQUEST_BODY_ADDED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-body-added-required"], tally: ["required body is new", "required bodies are new"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &REQUIRED_REQUEST_BODY_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::BodyAdded {
        at,
        is_required: true,
    } = &change.what
    else {
        return None;
    };
    let json = Directions::new(BREAK, unheard(change.kind));
    let finding = finding(&REQUIRED_REQUEST_BODY_ADDED, json, both(BREAK))
        .at(Place::At(*at), "")
        .peer("oasdiff:request-body-added-required", true)
        .help("let callers leave it out, and say what that means");
    Some(Said::new(finding, "the body", "is new and required"))
}
