//! What stands for a parameter that callers leave out is something else.

use crate::compat::calls::change::{Both, Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::place_words;
use crate::compat::encoding::loss;
use crate::compat::finding::{Place, both};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// What stands for a parameter that callers leave out is something else.
    #[page = "parameter_default_changed.md"]
    pub(crate) static PARAMETER_DEFAULT_CHANGED = { category: Compat, level: Warning, since: "0.3", peers: ["oasdiff:request-parameter-default-value-added", "oasdiff:request-parameter-default-value-changed", "oasdiff:request-parameter-default-value-removed"], tally: ["default has changed", "defaults have changed"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &PARAMETER_DEFAULT_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::DefaultChanged {
        params: Both { old, new },
        defaults,
    } = &change.what
    else {
        return None;
    };
    let (becomes, peer) = match (defaults.old, defaults.new) {
        (Some(old), Some(new)) => (
            format!("has the default `{}` instead of `{}`", new.node, old.node),
            "oasdiff:request-parameter-default-value-changed",
        ),
        (None, Some(new)) => (
            format!("has the default `{}`", new.node),
            "oasdiff:request-parameter-default-value-added",
        ),
        (Some(old), None) => (
            format!("no longer has the default `{}`", old.node),
            "oasdiff:request-parameter-default-value-removed",
        ),
        (None, None) => return None,
    };
    let json = both(loss("calls that leave it out"));
    let finding = finding(&PARAMETER_DEFAULT_CHANGED, json, Directions::SAFE)
        .at(
            Place::At(defaults.new.map_or(new.name.span, |default| default.span)),
            "",
        )
        .was_at(defaults.old.map_or(old.name.span, |default| default.span))
        .peer(peer, true)
        .help("keep what callers who leave it out get");
    let what = format!("{} `{}`", place_words(new.place), new.name.node);
    Some(Said::new(finding, what, becomes))
}
