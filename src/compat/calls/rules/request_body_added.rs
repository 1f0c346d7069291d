//! Something may be sent where nothing was.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding, unheard};
use crate::compat::calls::said::Said;
use crate::compat::encoding::SAFE;
use crate::compat::finding::{Effect, Place, source_added};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Something may be sent where nothing was.
    #[page = "request_body_added.md"]
    pub(crate) static REQUEST_BODY_ADDED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:request-body-added-optional"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &REQUEST_BODY_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::BodyAdded {
        at,
        is_required: false,
    } = &change.what
    else {
        return None;
    };
    let json = Directions::new(SAFE, unheard(change.kind));
    let finding = finding(&REQUEST_BODY_ADDED, json, source_added())
        .at(Place::At(*at), "")
        .effect(Effect::Addition)
        .peer("oasdiff:request-body-added-optional", true);
    Some(Said::new(finding, "the body", "is new"))
}
