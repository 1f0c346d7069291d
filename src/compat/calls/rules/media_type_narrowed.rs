//! A range of media types became one that it holds.

use crate::compat::calls::change::{Both, Change, Part, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::part_words;
use crate::compat::encoding::{SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A range of media types became one that it holds.
    #[page = "media_type_narrowed.md"]
    pub(crate) static MEDIA_TYPE_NARROWED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-body-media-type-removed", "oasdiff:response-media-type-name-specialized"], tally: ["media type is narrower", "media types are narrower"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &MEDIA_TYPE_NARROWED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ContentRanged {
        part,
        contents: Both { old, new },
        is_wider: false,
    } = &change.what
    else {
        return None;
    };
    let is_body = *part == Part::Body;
    let json = Directions::new(breaks("bodies of other types"), SAFE);
    let finding = finding(&MEDIA_TYPE_NARROWED, json, Directions::SAFE)
        .at(Place::At(new.media_type.span), "")
        .was_at(old.media_type.span)
        .some_suffice()
        .peer("oasdiff:request-body-media-type-removed", is_body)
        .peer("oasdiff:response-media-type-name-specialized", !is_body)
        .help("keep the range");
    let what = format!("range `{}`{}", old.media_type.node, part_words(*part));
    Some(Said::new(
        finding,
        what,
        format!("is only `{}`", new.media_type.node),
    ))
}
