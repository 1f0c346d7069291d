//! A parameter is gone; what callers send for it is not heard.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, Stage, ending, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::place_words;
use crate::compat::encoding::{BREAK, SAFE, loss};
use crate::compat::finding::{Place, source_removed};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A parameter is gone; what callers send for it is not heard.
    #[page = "parameter_removed.md"]
    pub(crate) static PARAMETER_REMOVED = { category: Compat, level: Warning, since: "0.3", peers: ["oasdiff:request-parameter-removed", "oasdiff:request-parameter-removed-with-deprecation", "oasdiff:request-parameter-removed-before-sunset", "oasdiff:request-parameter-sunset-parse"], tally: ["parameter is gone", "parameters are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &PARAMETER_REMOVED,
    check,
};

fn check(change: &Change<'_>, cx: &Cx<'_>) -> Option<Said> {
    let What::ParameterRemoved { old, at } = &change.what else {
        return None;
    };
    let end = ending(&old.life, cx);
    let is_promised = matches!(end.stage, Stage::TooEarly | Stage::Unreadable);
    let new_to_old = if old.is_required { BREAK } else { SAFE };
    let json = Directions::new(loss("calls that send it"), new_to_old);
    let mut finding = finding(&PARAMETER_REMOVED, json, source_removed())
        .at(Place::At(*at), "it was a parameter of this")
        .was_at(old.name.span)
        .effect(end.effect)
        .peers(peer(end.stage))
        .help("mark it deprecated first, with the day of its end as `x-sunset`");
    finding.some_suffice = is_promised;
    finding.notes.extend(end.note);
    let what = format!("{} `{}`", place_words(old.place), old.name.node);
    Some(Said::new(finding, what, "is gone"))
}

/// What the reference calls it.
fn peer(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Unannounced => Some("oasdiff:request-parameter-removed"),
        Stage::Announced => Some("oasdiff:request-parameter-removed-with-deprecation"),
        Stage::TooEarly => Some("oasdiff:request-parameter-removed-before-sunset"),
        Stage::Unreadable => Some("oasdiff:request-parameter-sunset-parse"),
        Stage::Over => None,
    }
}
