//! A header that every answer had may be missing.

use crate::compat::calls::change::{Both, Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::Answers;
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A header that every answer had may be missing.
    #[page = "response_header_became_optional.md"]
    pub(crate) static RESPONSE_HEADER_BECAME_OPTIONAL = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:response-header-became-optional"], tally: ["header may be missing", "headers may be missing"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &RESPONSE_HEADER_BECAME_OPTIONAL,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::HeaderRequired {
        answers,
        headers: Both { old, new },
    } = &change.what
    else {
        return None;
    };
    if new.is_required {
        return None;
    }
    let json = Directions::new(SAFE, breaks("answers without it"));
    let finding = finding(
        &RESPONSE_HEADER_BECAME_OPTIONAL,
        json,
        Directions::new(BREAK, SAFE),
    )
    .at(Place::At(new.name.span), "")
    .was_at(old.name.span)
    .some_suffice()
    .peer("oasdiff:response-header-became-optional", true)
    .help("go on sending it with every answer");
    let what = format!("header `{}` of {}", new.name.node, Answers(*answers));
    Some(Said::new(finding, what, "became optional"))
}
