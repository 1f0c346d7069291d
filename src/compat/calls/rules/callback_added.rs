//! A call that the service makes because of another one is new.

use crate::compat::calls::change::{Change, Kind, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::{SAFE, breaks};
use crate::compat::finding::{Effect, Place, source_added};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A call that the service makes because of another one is new.
    #[page = "callback_added.md"]
    pub(crate) static CALLBACK_ADDED = { category: Compat, level: Info, since: "0.3", tally: ["callback is new", "callbacks are new"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &CALLBACK_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::CallAdded(new) = &change.what else {
        return None;
    };
    if change.kind != Kind::Callback {
        return None;
    }
    let finding = finding(
        &CALLBACK_ADDED,
        Directions::new(SAFE, breaks("the service sends it")),
        source_added(),
    )
    .at(Place::At(new.span), "")
    .effect(Effect::Addition);
    Some(Said::new(finding, "", "is new"))
}
