//! The end of something that is deprecated comes earlier than was said.

use crate::compat::calls::change::{Change, Living, What};
use crate::compat::calls::rules::{CallRule, Cx, finding, users};
use crate::compat::calls::said::Said;
use crate::compat::calls::walk::day;
use crate::compat::calls::words::{living_is_named, living_words};
use crate::compat::contain::Travel;
use crate::compat::encoding::breaks;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// The end of something that is deprecated comes earlier than was said.
    #[page = "sunset_earlier.md"]
    pub(crate) static SUNSET_EARLIER = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:api-sunset-date-too-small", "oasdiff:api-sunset-date-changed-too-small", "oasdiff:request-parameter-sunset-date-too-small", "oasdiff:request-parameter-sunset-date-changed-too-small", "oasdiff:request-property-sunset-date-too-small", "oasdiff:response-property-sunset-date-too-small"], tally: ["end is earlier", "ends are earlier"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SUNSET_EARLIER,
    check,
};

fn check(change: &Change<'_>, cx: &Cx<'_>) -> Option<Said> {
    let What::SunsetEarlier { living, old, new } = &change.what else {
        return None;
    };
    let is_call = matches!(living, Living::Call);
    let is_param = matches!(living, Living::Parameter(_));
    let is_value = matches!(living, Living::Value(_));
    // A day that is still to come leaves time; one that has passed leaves none.
    let is_over = day(&new.node)
        .zip(cx.today)
        .is_some_and(|(end, today)| today > end);
    let json = users(change.travel, breaks(&format!("calls after {}", new.node)));
    let mut finding = finding(&SUNSET_EARLIER, json, Directions::SAFE)
        .at(Place::At(new.span), "")
        .peer(
            "oasdiff:api-sunset-date-too-small",
            is_call && old.is_none() && is_over,
        )
        .peer(
            "oasdiff:api-sunset-date-changed-too-small",
            is_call && old.is_some() && is_over,
        )
        .peer(
            "oasdiff:request-parameter-sunset-date-too-small",
            is_param && old.is_none() && is_over,
        )
        .peer(
            "oasdiff:request-parameter-sunset-date-changed-too-small",
            is_param && old.is_some() && is_over,
        )
        .peer(
            "oasdiff:request-property-sunset-date-too-small",
            is_value && is_over && change.travel == Travel::Request,
        )
        .peer(
            "oasdiff:response-property-sunset-date-too-small",
            is_value && is_over && change.travel == Travel::Response,
        )
        .help("name a day that gives its users as long as was said");
    finding.some_suffice = is_over;
    finding.old_at = old.map(|old| old.span);
    let becomes = match old {
        Some(old) => format!("ends on {} instead of {}", new.node, old.node),
        None => format!("is deprecated and ended on {}", new.node),
    };
    let mut said = Said::new(finding, living_words(*living), becomes);
    said.is_named = living_is_named(*living);
    Some(said)
}
