//! A call is filed under another word.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A call is filed under another word.
    #[page = "tag_changed.md"]
    pub(crate) static TAG_CHANGED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:api-tag-removed", "oasdiff:api-tag-added"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &TAG_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::TagChanged { tag, is_new, other } = &change.what else {
        return None;
    };
    let (at, old_at) = if *is_new {
        (tag.span, None)
    } else {
        (*other, Some(tag.span))
    };
    let mut finding = finding(&TAG_CHANGED, Directions::SAFE, Directions::SAFE)
        .at(Place::At(at), "")
        .peer("oasdiff:api-tag-added", *is_new)
        .peer("oasdiff:api-tag-removed", !is_new);
    finding.old_at = old_at;
    let becomes = if *is_new { "is new" } else { "is gone" };
    Some(Said::new(finding, format!("tag `{}`", tag.node), becomes))
}
