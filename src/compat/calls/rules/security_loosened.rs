//! Callers may prove less, or something else than before.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::security_words;
use crate::compat::encoding::{SAFE, breaks};
use crate::compat::finding::{Effect, Place};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Callers may prove less, or something else than before.
    #[page = "security_loosened.md"]
    pub(crate) static SECURITY_LOOSENED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:api-security-added", "oasdiff:api-security-removed", "oasdiff:api-security-scope-removed", "oasdiff:api-global-security-added", "oasdiff:api-global-security-removed", "oasdiff:api-global-security-scope-removed"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SECURITY_LOOSENED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::SecurityLoosened(security) = &change.what else {
        return None;
    };
    let json = Directions::new(SAFE, breaks("callers that prove only what is enough now"));
    let finding = finding(&SECURITY_LOOSENED, json, Directions::SAFE)
        .at(Place::At(security.new.span), "")
        .was_at(security.old.span)
        .effect(Effect::Addition)
        .peer("oasdiff:api-security-added", true);
    let wanted = security_words(&security.new.node);
    Some(Said::new(
        finding,
        "callers",
        format!("may call with {wanted}"),
    ))
}
