//! A text holds another kind of document, or is coded otherwise.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{is_named, named_words};
use crate::compat::contain::Travel;
use crate::compat::encoding::{LOSS, SAFE, loss};
use crate::compat::finding::{Place, both};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A text holds another kind of document, or is coded otherwise.
    #[page = "value_content_changed.md"]
    pub(crate) static VALUE_CONTENT_CHANGED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-body-content-media-type-changed", "oasdiff:request-body-content-encoding-changed", "oasdiff:request-property-content-media-type-changed", "oasdiff:request-property-content-encoding-changed", "oasdiff:response-body-content-media-type-changed", "oasdiff:response-body-content-encoding-changed", "oasdiff:response-property-content-media-type-changed", "oasdiff:response-property-content-encoding-changed"], tally: ["content has changed", "contents have changed"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &VALUE_CONTENT_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ValueContentChanged {
        name,
        contents,
        spans,
    } = &change.what
    else {
        return None;
    };
    let is_request = change.travel == Travel::Request;
    let (becomes, json) = match (contents.old, contents.new) {
        (Some(old), Some(new)) => (
            format!("holds {} instead of {}", new.node, old.node),
            both(LOSS),
        ),
        // What was not said before may well have been so.
        (None, Some(new)) => (
            format!("holds {}", new.node),
            Directions::new(loss("texts that hold something else"), SAFE),
        ),
        (Some(old), None) => (
            format!("no longer holds {}", old.node),
            Directions::new(SAFE, loss("texts that hold something else")),
        ),
        (None, None) => return None,
    };
    let finding = finding(&VALUE_CONTENT_CHANGED, json, Directions::SAFE)
        .at(
            Place::At(contents.new.map_or(spans.new, |text| text.span)),
            "",
        )
        .was_at(contents.old.map_or(spans.old, |text| text.span))
        .peer(
            "oasdiff:request-property-content-media-type-changed",
            is_request,
        )
        .peer(
            "oasdiff:response-property-content-media-type-changed",
            !is_request,
        )
        .help("add another property for what is another document");
    let mut said = Said::new(finding, named_words(*name), becomes);
    said.is_named = is_named(*name);
    Some(said)
}
