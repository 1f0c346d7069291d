//! A proof that was enough no longer is.

use crate::compat::calls::change::{Change, Tightened, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{alternative_words, security_words};
use crate::compat::encoding::{SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A proof that was enough no longer is.
    #[page = "security_tightened.md"]
    pub(crate) static SECURITY_TIGHTENED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:api-security-removed", "oasdiff:api-global-security-removed", "oasdiff:api-security-added", "oasdiff:api-global-security-added"], tally: ["operation refuses a proof that was enough", "operations refuse a proof that was enough"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SECURITY_TIGHTENED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::SecurityTightened {
        security,
        how: Tightened::Alternative(alternative),
    } = &change.what
    else {
        return None;
    };
    let was = alternative_words(alternative);
    let json = Directions::new(breaks(&format!("callers with {was}")), SAFE);
    let finding = finding(&SECURITY_TIGHTENED, json, Directions::SAFE)
        .at(Place::At(security.new.span), "")
        .was_at(security.old.span)
        .some_suffice()
        .peer("oasdiff:api-security-removed", true)
        .corrects(true)
        .help("keep it as one of the alternatives");
    let wanted = security_words(&security.new.node);
    Some(Said::new(
        finding,
        "callers",
        format!("need {wanted}: {was} is no longer enough"),
    ))
}
