//! A scheme of proof is gone.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A scheme of proof is gone.
    #[page = "security_scheme_removed.md"]
    pub(crate) static SECURITY_SCHEME_REMOVED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:api-security-component-removed"], tally: ["security scheme is gone", "security schemes are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SECURITY_SCHEME_REMOVED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::SchemeRemoved { old, at } = &change.what else {
        return None;
    };
    // Calls that required it are told on their own.
    let finding = finding(&SECURITY_SCHEME_REMOVED, Directions::SAFE, Directions::SAFE)
        .at(Place::At(*at), "")
        .was_at(old.name.span)
        .peer("oasdiff:api-security-component-removed", true);
    Some(Said::new(
        finding,
        format!("security scheme `{}`", old.name.node),
        "is gone",
    ))
}
