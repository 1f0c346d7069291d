//! The end of something that is deprecated is no day.

use crate::compat::calls::change::{Change, Living, What};
use crate::compat::calls::rules::{CallRule, Cx, finding, users};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{living_is_named, living_words};
use crate::compat::contain::Travel;
use crate::compat::encoding::breaks;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// The end of something that is deprecated is no day.
    #[page = "sunset_invalid.md"]
    pub(crate) static SUNSET_INVALID = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:api-deprecated-sunset-parse", "oasdiff:api-path-sunset-parse", "oasdiff:request-parameter-sunset-parse", "oasdiff:request-property-deprecated-sunset-invalid", "oasdiff:response-property-deprecated-sunset-invalid"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &SUNSET_INVALID,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::SunsetInvalid {
        living,
        sunset,
        old,
    } = &change.what
    else {
        return None;
    };
    let is_call = matches!(living, Living::Call);
    let is_param = matches!(living, Living::Parameter(_));
    let is_value = matches!(living, Living::Value(_));
    let mut finding = finding(
        &SUNSET_INVALID,
        users(change.travel, breaks("calls after a day that nobody knows")),
        Directions::SAFE,
    )
    .at(Place::At(sunset.span), "")
    .some_suffice()
    .peer("oasdiff:api-deprecated-sunset-parse", is_call)
    .peer("oasdiff:request-parameter-sunset-parse", is_param)
    .peer(
        "oasdiff:request-property-deprecated-sunset-invalid",
        is_value && change.travel == Travel::Request,
    )
    .peer(
        "oasdiff:response-property-deprecated-sunset-invalid",
        is_value && change.travel == Travel::Response,
    )
    .help("write a day, such as `2027-01-31`");
    finding.old_at = old.map(|old| old.span);
    let mut said = Said::new(
        finding,
        living_words(*living),
        format!("ends on `{}`, which is no day", sunset.node),
    );
    said.is_named = living_is_named(*living);
    Some(said)
}
