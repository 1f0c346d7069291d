//! A call that clients make is gone.

use crate::compat::calls::change::{Change, Kind, What};
use crate::compat::calls::rules::{CallRule, Cx, Ending, Stage, ending, finding};
use crate::compat::calls::said::Said;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Place, source_removed};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A call that clients make is gone.
    #[page = "operation_removed.md"]
    pub(crate) static OPERATION_REMOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:api-path-removed-without-deprecation", "oasdiff:api-path-removed-with-deprecation", "oasdiff:api-path-removed-before-sunset", "oasdiff:api-path-sunset-parse", "oasdiff:api-removed-without-deprecation", "oasdiff:api-removed-with-deprecation", "oasdiff:api-removed-before-sunset"], tally: ["operation is gone", "operations are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &OPERATION_REMOVED,
    check,
};

fn check(change: &Change<'_>, cx: &Cx<'_>) -> Option<Said> {
    let What::CallRemoved {
        old,
        at,
        is_path_gone,
    } = &change.what
    else {
        return None;
    };
    if change.kind != Kind::Operation {
        return None;
    }
    let end = ending(&old.life, cx);
    let mut finding = finding(
        &OPERATION_REMOVED,
        Directions::new(BREAK, SAFE),
        source_removed(),
    )
    .at(Place::At(*at), "it was listed here")
    .was_at(old.span)
    .effect(end.effect)
    .peers(peers(&end, *is_path_gone))
    .help("mark it deprecated, with the day of its end as `x-sunset`; remove it on that day");
    finding.is_gone = *is_path_gone;
    finding.notes.extend(end.note);
    Some(Said::new(finding, "", "is gone"))
}

/// What the reference calls it.
fn peers(end: &Ending, is_path_gone: bool) -> Option<&'static str> {
    match (&end.stage, is_path_gone) {
        (Stage::Unannounced, true) => Some("oasdiff:api-path-removed-without-deprecation"),
        (Stage::Unannounced, false) => Some("oasdiff:api-removed-without-deprecation"),
        (Stage::Announced, true) => Some("oasdiff:api-path-removed-with-deprecation"),
        (Stage::Announced, false) => Some("oasdiff:api-removed-with-deprecation"),
        (Stage::TooEarly, true) => Some("oasdiff:api-path-removed-before-sunset"),
        (Stage::TooEarly, false) => Some("oasdiff:api-removed-before-sunset"),
        (Stage::Unreadable, _) => Some("oasdiff:api-path-sunset-parse"),
        (Stage::Over, _) => None,
    }
}
