//! Something should not be used any more.

use crate::compat::calls::change::{Change, Living, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::living_words;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Something should not be used any more.
    #[page = "deprecated.md"]
    pub(crate) static DEPRECATED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:endpoint-deprecated", "oasdiff:endpoint-deprecated-with-sunset", "oasdiff:api-deprecated-sunset-missing", "oasdiff:request-parameter-deprecated", "oasdiff:request-parameter-deprecated-sunset-missing"] };
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
    let finding = finding(&DEPRECATED, Directions::SAFE, Directions::SAFE)
        .at(Place::At(*at), "")
        .was_at(*old_at)
        .peer("oasdiff:endpoint-deprecated", is_call && sunset.is_none())
        .peer(
            "oasdiff:endpoint-deprecated-with-sunset",
            is_call && sunset.is_some(),
        )
        .peer("oasdiff:request-parameter-deprecated", !is_call);
    let becomes = match sunset {
        Some(day) => format!("is deprecated and ends on {}", day.node),
        None => "is deprecated".to_owned(),
    };
    Some(Said::new(finding, living_words(*living), becomes))
}
