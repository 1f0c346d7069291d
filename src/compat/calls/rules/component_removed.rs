//! A named schema is gone, or has another name.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::finding::{Place, source_removed};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A named schema is gone, or has another name.
    #[page = "component_removed.md"]
    pub(crate) static COMPONENT_REMOVED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:api-schema-removed"], tally: ["component is gone", "components are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &COMPONENT_REMOVED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ComponentRemoved { old, at } = &change.what else {
        return None;
    };
    let finding = finding(&COMPONENT_REMOVED, Directions::SAFE, source_removed())
        .at(Place::At(*at), "")
        .was_at(old.span)
        .peer("oasdiff:api-schema-removed", true)
        .help("keep the name: code that was generated has a type of it");
    Some(Said::new(
        finding,
        format!("schema `{}`", old.node),
        "is gone",
    ))
}
