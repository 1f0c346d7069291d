//! What stands for an absent part of a value is something else.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{is_named, named_words};
use crate::compat::contain::Travel;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// What stands for an absent part of a value is something else.
    #[page = "value_default_changed.md"]
    pub(crate) static VALUE_DEFAULT_CHANGED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:request-body-default-value-added", "oasdiff:request-body-default-value-changed", "oasdiff:request-body-default-value-removed", "oasdiff:request-property-default-value-added", "oasdiff:request-property-default-value-changed", "oasdiff:request-property-default-value-removed", "oasdiff:response-body-default-value-added", "oasdiff:response-body-default-value-changed", "oasdiff:response-body-default-value-removed", "oasdiff:response-property-default-value-added", "oasdiff:response-property-default-value-changed", "oasdiff:response-property-default-value-removed"], tally: ["default has changed", "defaults have changed"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &VALUE_DEFAULT_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ValueDefaultChanged {
        name,
        defaults,
        spans,
    } = &change.what
    else {
        return None;
    };
    let is_request = change.travel == Travel::Request;
    let (becomes, ids) = match (defaults.old, defaults.new) {
        (Some(old), Some(new)) => (
            format!("has the default `{}` instead of `{}`", new.node, old.node),
            [
                "oasdiff:request-body-default-value-changed",
                "oasdiff:request-property-default-value-changed",
                "oasdiff:response-body-default-value-changed",
                "oasdiff:response-property-default-value-changed",
            ],
        ),
        (None, Some(new)) => (
            format!("has the default `{}`", new.node),
            [
                "oasdiff:request-body-default-value-added",
                "oasdiff:request-property-default-value-added",
                "oasdiff:response-body-default-value-added",
                "oasdiff:response-property-default-value-added",
            ],
        ),
        (Some(old), None) => (
            format!("no longer has the default `{}`", old.node),
            [
                "oasdiff:request-body-default-value-removed",
                "oasdiff:request-property-default-value-removed",
                "oasdiff:response-body-default-value-removed",
                "oasdiff:response-property-default-value-removed",
            ],
        ),
        (None, None) => return None,
    };
    let finding = finding(&VALUE_DEFAULT_CHANGED, Directions::SAFE, Directions::SAFE)
        .at(
            Place::At(defaults.new.map_or(spans.new, |default| default.span)),
            "",
        )
        .was_at(defaults.old.map_or(spans.old, |default| default.span))
        .peer(ids[usize::from(!name.is_body)], is_request)
        .peer(
            ids[2 + usize::from(!name.is_body)],
            change.travel == Travel::Response,
        );
    let mut said = Said::new(finding, named_words(*name), becomes);
    said.is_named = is_named(*name);
    Some(said)
}
