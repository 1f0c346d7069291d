//! A call that the service makes to listeners is gone.

use crate::compat::calls::change::{Change, Kind, What};
use crate::compat::calls::rules::{CallRule, Cx, ending, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Place, both, source_removed};
use crate::declare_rule;

declare_rule! {
    /// A call that the service makes to listeners is gone.
    #[page = "webhook_removed.md"]
    pub(crate) static WEBHOOK_REMOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:webhook-removed"], tally: ["webhook is gone", "webhooks are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &WEBHOOK_REMOVED,
    check,
};

fn check(change: &Change<'_>, cx: &Cx<'_>) -> Option<Said> {
    let What::CallRemoved { old, at, .. } = &change.what else {
        return None;
    };
    if change.kind != Kind::Webhook {
        return None;
    }
    let end = ending(&old.life, cx);
    let mut finding = finding(&WEBHOOK_REMOVED, both(BREAK), source_removed())
        .at(Place::At(*at), "it was listed here")
        .was_at(old.span)
        .effect(end.effect)
        .peer("oasdiff:webhook-removed", true)
        .help("send it until nobody listens any more");
    finding.notes.extend(end.note);
    Some(Said::new(finding, "", "is gone"))
}
