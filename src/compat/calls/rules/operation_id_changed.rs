//! A call has another name in generated code.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Place, both};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A call has another name in generated code.
    #[page = "operation_id_changed.md"]
    pub(crate) static OPERATION_ID_CHANGED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:api-operation-id-removed", "oasdiff:api-operation-id-added"], tally: ["operation has another id", "operations have another id"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &OPERATION_ID_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::IdChanged { ids, spans } = &change.what else {
        return None;
    };
    let finding = finding(&OPERATION_ID_CHANGED, Directions::SAFE, both(BREAK))
        .at(Place::At(ids.new.map_or(spans.new, |id| id.span)), "")
        .was_at(ids.old.map_or(spans.old, |id| id.span))
        .peer("oasdiff:api-operation-id-removed", ids.old.is_some())
        .peer("oasdiff:api-operation-id-added", ids.old.is_none())
        .help("keep the name: code that was generated calls it by that");
    let becomes = match (ids.old, ids.new) {
        (Some(old), Some(new)) => format!("changed from `{}` to `{}`", old.node, new.node),
        (Some(old), None) => format!("is no longer `{}`", old.node),
        (None, Some(new)) => format!("is now `{}`", new.node),
        (None, None) => return None,
    };
    Some(Said::new(finding, "the operationId", becomes))
}
