//! A call that clients can make is new.

use crate::compat::calls::change::{Change, Kind, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Effect, Place, source_added};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A call that clients can make is new.
    #[page = "operation_added.md"]
    pub(crate) static OPERATION_ADDED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:endpoint-added"], tally: ["operation is new", "operations are new"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &OPERATION_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::CallAdded(new) = &change.what else {
        return None;
    };
    if change.kind != Kind::Operation {
        return None;
    }
    let finding = finding(
        &OPERATION_ADDED,
        Directions::new(SAFE, BREAK),
        source_added(),
    )
    .at(Place::At(new.span), "")
    .effect(Effect::Addition)
    .peer("oasdiff:endpoint-added", true);
    Some(Said::new(finding, "", "is new"))
}
