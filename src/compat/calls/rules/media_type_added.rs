//! A media type of a body or of an answer is new.

use crate::compat::calls::change::{Change, Part, What};
use crate::compat::calls::rules::{CallRule, Cx, added, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::part_words;
use crate::compat::encoding::{SAFE, breaks};
use crate::compat::finding::{Effect, Place, source_added};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A media type of a body or of an answer is new.
    #[page = "media_type_added.md"]
    pub(crate) static MEDIA_TYPE_ADDED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:request-body-media-type-added", "oasdiff:response-media-type-added"], tally: ["media type is new", "media types are new"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &MEDIA_TYPE_ADDED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ContentAdded { part, new } = &change.what else {
        return None;
    };
    let is_body = *part == Part::Body;
    // Who calls chooses what to send, and asks for what to get.
    let effect = if is_body {
        added(change.kind)
    } else {
        Effect::Addition
    };
    let json = Directions::new(SAFE, breaks("bodies of this type"));
    let finding = finding(&MEDIA_TYPE_ADDED, json, source_added())
        .at(Place::At(new.media_type.span), "")
        .effect(effect)
        .some_suffice()
        .peer("oasdiff:request-body-media-type-added", is_body)
        .peer("oasdiff:response-media-type-added", !is_body);
    let what = format!("media type `{}`{}", new.media_type.node, part_words(*part));
    Some(Said::new(finding, what, "is new"))
}
