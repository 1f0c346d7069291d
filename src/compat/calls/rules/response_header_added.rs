//! A header of an answer is new.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, added, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::Answers;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Effect, Place, source_added};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A header of an answer is new.
    #[page = "response_header_added.md"]
    pub(crate) static RESPONSE_HEADER_ADDED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:response-header-added"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &RESPONSE_HEADER_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::HeaderAdded { answers, new } = &change.what else {
        return None;
    };
    let old_to_new = if new.is_required { BREAK } else { SAFE };
    let effect = if new.is_required {
        added(change.kind)
    } else {
        Effect::Addition
    };
    let json = Directions::new(old_to_new, SAFE);
    let finding = finding(&RESPONSE_HEADER_ADDED, json, source_added())
        .at(Place::At(new.name.span), "")
        .effect(effect)
        .peer("oasdiff:response-header-added", true);
    let what = format!("header `{}` of {}", new.name.node, Answers(*answers));
    Some(Said::new(finding, what, "is new"))
}
