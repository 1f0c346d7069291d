//! A media type became a range that holds it.

use crate::compat::calls::change::{Both, Change, Part, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::part_words;
use crate::compat::encoding::{SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A media type became a range that holds it.
    #[page = "media_type_widened.md"]
    pub(crate) static MEDIA_TYPE_WIDENED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-body-media-type-added", "oasdiff:response-media-type-name-generalized"], tally: ["media type is wider", "media types are wider"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &MEDIA_TYPE_WIDENED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ContentRanged {
        part,
        contents: Both { old, new },
        is_wider: true,
    } = &change.what
    else {
        return None;
    };
    let is_body = *part == Part::Body;
    let json = Directions::new(SAFE, breaks("bodies of other types"));
    let finding = finding(&MEDIA_TYPE_WIDENED, json, Directions::SAFE)
        .at(Place::At(new.media_type.span), "")
        .was_at(old.media_type.span)
        .some_suffice()
        .peer("oasdiff:request-body-media-type-added", is_body)
        .peer("oasdiff:response-media-type-name-generalized", !is_body)
        .help("name the types that there are");
    let what = format!("media type `{}`{}", old.media_type.node, part_words(*part));
    Some(Said::new(
        finding,
        what,
        format!("is held by `{}`", new.media_type.node),
    ))
}
