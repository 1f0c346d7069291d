//! The proof of callers has to allow more.

use crate::compat::calls::change::{Change, Tightened, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::{SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// The proof of callers has to allow more.
    #[page = "security_scope_added.md"]
    pub(crate) static SECURITY_SCOPE_ADDED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:api-security-scope-added", "oasdiff:api-global-security-scope-added"], tally: ["operation asks for more scopes", "operations ask for more scopes"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SECURITY_SCOPE_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::SecurityTightened {
        security,
        how: Tightened::Scopes(scopes),
    } = &change.what
    else {
        return None;
    };
    let scopes: Vec<String> = scopes.iter().map(|scope| format!("`{scope}`")).collect();
    let scopes = scopes.join(", ");
    let json = Directions::new(breaks(&format!("proofs without {scopes}")), SAFE);
    let finding = finding(&SECURITY_SCOPE_ADDED, json, Directions::SAFE)
        .at(Place::At(security.new.span), "")
        .was_at(security.old.span)
        .some_suffice()
        .peer("oasdiff:api-security-scope-added", true)
        .corrects(true)
        .help("let the scopes that callers have be enough");
    Some(Said::new(finding, "callers", format!("need {scopes}")))
}
