//! A media type of a body or of an answer is gone.

use crate::compat::calls::change::{Change, Part, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::part_words;
use crate::compat::encoding::{SAFE, breaks};
use crate::compat::finding::{Place, both, source_removed};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A media type of a body or of an answer is gone.
    #[page = "media_type_removed.md"]
    pub(crate) static MEDIA_TYPE_REMOVED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:request-body-media-type-removed", "oasdiff:response-media-type-removed", "oasdiff:response-media-type-name-changed"], tally: ["media type is gone", "media types are gone"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &MEDIA_TYPE_REMOVED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::ContentRemoved { part, old, at } = &change.what else {
        return None;
    };
    let is_body = *part == Part::Body;
    let json = if is_body {
        Directions::new(breaks("bodies of this type"), SAFE)
    } else {
        both(breaks("callers that ask for this type"))
    };
    let finding = finding(&MEDIA_TYPE_REMOVED, json, source_removed())
        .at(Place::At(*at), "it was listed in here")
        .was_at(old.media_type.span)
        .some_suffice()
        .peer("oasdiff:request-body-media-type-removed", is_body)
        .peer("oasdiff:response-media-type-removed", !is_body)
        .help("keep it beside the others");
    let what = format!("media type `{}`{}", old.media_type.node, part_words(*part));
    Some(Said::new(finding, what, "is gone"))
}
