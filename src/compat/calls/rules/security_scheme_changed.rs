//! A scheme that callers use asks for another proof.

use crate::compat::calls::change::{Both, Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Place, both};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A scheme that callers use asks for another proof.
    #[page = "security_scheme_changed.md"]
    pub(crate) static SECURITY_SCHEME_CHANGED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:api-security-component-type-changed", "oasdiff:api-security-component-oauth-url-changed", "oasdiff:api-security-component-oauth-token-url-changed", "oasdiff:api-security-component-oauth-scope-added", "oasdiff:api-security-component-oauth-scope-removed", "oasdiff:api-security-component-oauth-scope-changed"], tally: ["security scheme has changed", "security schemes have changed"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SECURITY_SCHEME_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::SchemeChanged(Both { old, new }) = &change.what else {
        return None;
    };
    // Nobody is asked for what no call requires.
    let json = if !change.calls.is_empty() {
        both(BREAK)
    } else {
        Directions::SAFE
    };
    let finding = finding(&SECURITY_SCHEME_CHANGED, json, Directions::SAFE)
        .at(Place::At(new.name.span), "")
        .was_at(old.name.span)
        .peer("oasdiff:api-security-component-type-changed", true)
        .corrects(true)
        .help("add another scheme, and accept both");
    let becomes = format!("changed from `{}` to `{}`", old.meaning, new.meaning);
    Some(Said::new(
        finding,
        format!("security scheme `{}`", new.name.node),
        becomes,
    ))
}
