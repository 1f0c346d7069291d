//! An address that clients call is gone.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// An address that clients call is gone.
    #[page = "server_removed.md"]
    pub(crate) static SERVER_REMOVED = { category: Compat, level: Error, since: "0.3", tally: ["server is gone", "servers are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SERVER_REMOVED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ServerRemoved { old, address, at } = &change.what else {
        return None;
    };
    let finding = finding(
        &SERVER_REMOVED,
        Directions::new(BREAK, SAFE),
        Directions::SAFE,
    )
    .at(Place::At(*at), "")
    .was_at(old.url.span)
    .corrects(true)
    .help("keep it in the list for as long as it answers");
    Some(Said::new(finding, format!("server `{address}`"), "is gone"))
}
