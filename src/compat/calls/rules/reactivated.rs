//! Something that was deprecated is not any more.

use crate::compat::calls::change::{Change, Living, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::living_words;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Something that was deprecated is not any more.
    #[page = "reactivated.md"]
    pub(crate) static REACTIVATED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:endpoint-reactivated", "oasdiff:request-parameter-reactivated"] };
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
    let finding = finding(&REACTIVATED, Directions::SAFE, Directions::SAFE)
        .at(Place::At(*at), "")
        .was_at(*old_at)
        .peer("oasdiff:endpoint-reactivated", is_call)
        .peer("oasdiff:request-parameter-reactivated", !is_call);
    Some(Said::new(
        finding,
        living_words(*living),
        "is no longer deprecated",
    ))
}
