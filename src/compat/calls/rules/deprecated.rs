//! Something should not be used any more.

use crate::compat::calls::change::{Change, Living, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{living_is_named, living_words};
use crate::compat::contain::Travel;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Something should not be used any more.
    #[page = "deprecated.md"]
    pub(crate) static DEPRECATED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:endpoint-deprecated", "oasdiff:endpoint-deprecated-with-sunset", "oasdiff:api-deprecated-sunset-missing", "oasdiff:request-parameter-deprecated", "oasdiff:request-parameter-deprecated-sunset-missing", "oasdiff:request-property-deprecated", "oasdiff:request-property-deprecated-with-sunset", "oasdiff:request-property-deprecated-sunset-missing", "oasdiff:response-property-deprecated", "oasdiff:response-property-deprecated-with-sunset", "oasdiff:response-property-deprecated-sunset-missing"], tally: ["part is deprecated", "parts are deprecated"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &DEPRECATED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::Deprecated {
        living,
        at,
        old_at,
        sunset,
    } = &change.what
    else {
        return None;
    };
    let is_call = matches!(living, Living::Call);
    let is_param = matches!(living, Living::Parameter(_));
    let finding = finding(&DEPRECATED, Directions::SAFE, Directions::SAFE)
        .at(Place::At(*at), "")
        .was_at(*old_at)
        .peer("oasdiff:endpoint-deprecated", is_call && sunset.is_none())
        .peer(
            "oasdiff:endpoint-deprecated-with-sunset",
            is_call && sunset.is_some(),
        )
        .peer("oasdiff:request-parameter-deprecated", is_param)
        .peers(value_peers(*living, change.travel, sunset.is_some()));
    let becomes = match sunset {
        Some(day) => format!("is deprecated and ends on {}", day.node),
        None => "is deprecated".to_owned(),
    };
    let mut said = Said::new(finding, living_words(*living), becomes);
    said.is_named = living_is_named(*living);
    Some(said)
}

/// What the reference calls it when it is a part of a value.
fn value_peers(living: Living<'_>, travel: Travel, has_day: bool) -> Option<&'static str> {
    match (living, travel, has_day) {
        (Living::Call | Living::Parameter(_), _, _) | (_, Travel::Plain, _) => None,
        (_, Travel::Request, false) => Some("oasdiff:request-property-deprecated"),
        (_, Travel::Request, true) => Some("oasdiff:request-property-deprecated-with-sunset"),
        (_, Travel::Response, false) => Some("oasdiff:response-property-deprecated"),
        (_, Travel::Response, true) => Some("oasdiff:response-property-deprecated-with-sunset"),
    }
}
