//! A call promises less stability than it did.

use crate::compat::calls::change::{Both, Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding, users};
use crate::compat::calls::said::Said;
use crate::compat::encoding::breaks;
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;
use crate::text::Spanned;

declare_rule! {
    /// A call promises less stability than it did.
    #[page = "stability_decreased.md"]
    pub(crate) static STABILITY_DECREASED = { category: Compat, level: Error, since: "0.3", peers: ["oasdiff:api-stability-decreased"], tally: ["promise of stability is weaker", "promises of stability are weaker"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &STABILITY_DECREASED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::StabilityChanged {
        levels,
        spans,
        is_decrease: true,
    } = &change.what
    else {
        return None;
    };
    let finding = finding(
        &STABILITY_DECREASED,
        users(
            change.travel,
            breaks("changes that were promised not to come"),
        ),
        Directions::SAFE,
    )
    .at(
        Place::At(levels.new.map_or(spans.new, |level| level.span)),
        "",
    )
    .was_at(levels.old.map_or(spans.old, |level| level.span))
    .some_suffice()
    .peer("oasdiff:api-stability-decreased", true)
    .help("keep the level; what changes more often can be another call");
    Some(Said::new(finding, "", becomes(levels)))
}

/// What became of the level, in words.
pub(super) fn becomes(levels: &Both<Option<&Spanned<Box<str>>>>) -> String {
    let word =
        |level: Option<&Spanned<Box<str>>>| level.map_or("stable", |level| &*level.node).to_owned();
    format!("is {} instead of {}", word(levels.new), word(levels.old))
}
