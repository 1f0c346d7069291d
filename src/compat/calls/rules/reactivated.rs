//! Something that was deprecated is not any more.

use crate::compat::calls::change::{Change, Living, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{living_is_named, living_words};
use crate::compat::contain::Travel;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Something that was deprecated is not any more.
    #[page = "reactivated.md"]
    pub(crate) static REACTIVATED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:endpoint-reactivated", "oasdiff:request-parameter-reactivated", "oasdiff:request-property-reactivated", "oasdiff:response-property-reactivated"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &REACTIVATED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::Reactivated { living, old_at, at } = &change.what else {
        return None;
    };
    let is_call = matches!(living, Living::Call);
    let is_param = matches!(living, Living::Parameter(_));
    let is_value = matches!(living, Living::Value(_));
    let finding = finding(&REACTIVATED, Directions::SAFE, Directions::SAFE)
        .at(Place::At(*at), "")
        .was_at(*old_at)
        .peer("oasdiff:endpoint-reactivated", is_call)
        .peer("oasdiff:request-parameter-reactivated", is_param)
        .peer(
            "oasdiff:request-property-reactivated",
            is_value && change.travel == Travel::Request,
        )
        .peer(
            "oasdiff:response-property-reactivated",
            is_value && change.travel == Travel::Response,
        );
    let mut said = Said::new(finding, living_words(*living), "is no longer deprecated");
    said.is_named = living_is_named(*living);
    Some(said)
}
