//! Callers that had to prove nothing have to prove who they are.

use crate::compat::calls::change::{Change, Tightened, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::security_words;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Callers that had to prove nothing have to prove who they are.
    #[page = "security_added.md"]
    pub(crate) static SECURITY_ADDED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:api-security-added", "oasdiff:api-global-security-added"], tally: ["operation asks for a proof", "operations ask for a proof"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SECURITY_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::SecurityTightened {
        security,
        how: Tightened::Closed,
    } = &change.what
    else {
        return None;
    };
    let finding = finding(
        &SECURITY_ADDED,
        Directions::new(BREAK, SAFE),
        Directions::SAFE,
    )
    .at(Place::At(security.new.span), "")
    .was_at(security.old.span)
    .peer("oasdiff:api-security-added", true)
    .corrects(true)
    .help("go on answering calls without proof, as an empty alternative `{}`");
    let wanted = security_words(&security.new.node);
    Some(Said::new(
        finding,
        "callers",
        format!("must prove who they are: {wanted}"),
    ))
}
