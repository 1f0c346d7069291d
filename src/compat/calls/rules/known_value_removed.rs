//! A value is gone from a list of values that may grow without notice.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{is_named, named_words};
use crate::compat::contain::Travel;
use crate::compat::encoding::{SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A value is gone from a list of values that may grow without notice.
    #[page = "known_value_removed.md"]
    pub(crate) static KNOWN_VALUE_REMOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-parameter-x-extensible-enum-value-removed", "oasdiff:request-property-x-extensible-enum-value-removed"], tally: ["known value is gone", "known values are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &KNOWN_VALUE_REMOVED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::KnownValuesRemoved {
        name,
        removed,
        spans,
    } = &change.what
    else {
        return None;
    };
    let values: Vec<String> = removed.iter().map(|value| format!("`{value}`")).collect();
    let values = values.join(", ");
    let is_request = change.travel == Travel::Request;
    let json = Directions::new(breaks(&format!("values {values}")), SAFE);
    let finding = finding(&KNOWN_VALUE_REMOVED, json, Directions::SAFE)
        .at(Place::At(spans.new), "")
        .was_at(spans.old)
        .some_suffice()
        .peer(
            "oasdiff:request-property-x-extensible-enum-value-removed",
            is_request && name.property.is_some(),
        )
        .peer(
            "oasdiff:request-parameter-x-extensible-enum-value-removed",
            is_request && name.property.is_none(),
        )
        .help("go on accepting it");
    let mut said = Said::new(
        finding,
        named_words(*name),
        format!("no longer knows {values}"),
    );
    said.is_named = is_named(*name);
    Some(said)
}
