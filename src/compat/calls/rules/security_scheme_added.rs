//! A scheme of proof is new.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::finding::{Effect, Place};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A scheme of proof is new.
    #[page = "security_scheme_added.md"]
    pub(crate) static SECURITY_SCHEME_ADDED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:api-security-component-added"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SECURITY_SCHEME_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::SchemeAdded(new) = &change.what else {
        return None;
    };
    let finding = finding(&SECURITY_SCHEME_ADDED, Directions::SAFE, Directions::SAFE)
        .at(Place::At(new.name.span), "")
        .effect(Effect::Addition)
        .peer("oasdiff:api-security-component-added", true);
    Some(Said::new(
        finding,
        format!("security scheme `{}`", new.name.node),
        "is new",
    ))
}
