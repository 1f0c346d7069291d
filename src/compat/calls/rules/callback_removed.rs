//! A call that the service makes because of another one is gone.

use crate::compat::calls::change::{Change, Kind, What};
use crate::compat::calls::rules::{CallRule, Cx, ending, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Place, both, source_removed};
use crate::declare_rule;

declare_rule! {
    /// A call that the service makes because of another one is gone.
    #[page = "callback_removed.md"]
    pub(crate) static CALLBACK_REMOVED = { category: Compat, level: Error, since: "0.3", tally: ["callback is gone", "callbacks are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &CALLBACK_REMOVED,
    check,
};

fn check(change: &Change<'_>, cx: &Cx<'_>) -> Option<Said> {
    let What::CallRemoved { old, at, .. } = &change.what else {
        return None;
    };
    if change.kind != Kind::Callback {
        return None;
    }
    let end = ending(&old.life, cx);
    let mut finding = finding(&CALLBACK_REMOVED, both(BREAK), source_removed())
        .at(Place::At(*at), "it was listed here")
        .was_at(old.span)
        .effect(end.effect)
        .help("send it until nobody waits for it any more");
    finding.notes.extend(end.note);
    Some(Said::new(finding, "", "is gone"))
}
