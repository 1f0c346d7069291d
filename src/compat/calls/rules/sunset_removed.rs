//! Something that is deprecated no longer says when it ends.

use crate::compat::calls::change::{Change, Living, What};
use crate::compat::calls::rules::{CallRule, Cx, finding, users};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{living_is_named, living_words};
use crate::compat::encoding::breaks;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Something that is deprecated no longer says when it ends.
    #[page = "sunset_removed.md"]
    pub(crate) static SUNSET_REMOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:sunset-deleted", "oasdiff:request-parameter-sunset-deleted"], tally: ["end is taken back", "ends are taken back"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SUNSET_REMOVED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::SunsetRemoved { living, old, at } = &change.what else {
        return None;
    };
    let is_call = matches!(living, Living::Call);
    let is_param = matches!(living, Living::Parameter(_));
    let finding = finding(
        &SUNSET_REMOVED,
        users(change.travel, breaks("calls after a day that nobody knows")),
        Directions::SAFE,
    )
    .at(Place::At(*at), "")
    .was_at(old.span)
    .some_suffice()
    .peer("oasdiff:sunset-deleted", is_call)
    .peer("oasdiff:request-parameter-sunset-deleted", is_param)
    .help("name the day again, or take the deprecation back");
    let mut said = Said::new(
        finding,
        living_words(*living),
        format!("no longer ends on {}", old.node),
    );
    said.is_named = living_is_named(*living);
    Some(said)
}
