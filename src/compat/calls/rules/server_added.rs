//! An address is new.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Effect, Place};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// An address is new.
    #[page = "server_added.md"]
    pub(crate) static SERVER_ADDED = { category: Compat, level: Info, since: "0.3" };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SERVER_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ServerAdded(new) = &change.what else {
        return None;
    };
    let finding = finding(
        &SERVER_ADDED,
        Directions::new(SAFE, BREAK),
        Directions::SAFE,
    )
    .at(Place::At(new.url.span), "")
    .effect(Effect::Addition);
    Some(Said::new(
        finding,
        format!("server `{}`", new.url.node),
        "is new",
    ))
}
