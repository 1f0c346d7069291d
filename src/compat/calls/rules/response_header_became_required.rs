//! A header that answers could lack is always there.

use crate::compat::calls::change::{Both, Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::Answers;
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A header that answers could lack is always there.
    #[page = "response_header_became_required.md"]
    pub(crate) static RESPONSE_HEADER_BECAME_REQUIRED = { category: Compat, level: Info, since: "0.3" };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &RESPONSE_HEADER_BECAME_REQUIRED,
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
    if !new.is_required {
        return None;
    }
    let json = Directions::new(breaks("answers without it"), SAFE);
    let finding = finding(
        &RESPONSE_HEADER_BECAME_REQUIRED,
        json,
        Directions::new(SAFE, BREAK),
    )
    .at(Place::At(new.name.span), "")
    .was_at(old.name.span)
    .some_suffice();
    let what = format!("header `{}` of {}", new.name.node, Answers(*answers));
    Some(Said::new(finding, what, "became required"))
}
