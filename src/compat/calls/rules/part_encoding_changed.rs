//! A part of a form is written otherwise.

use crate::compat::calls::change::{Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::part_words;
use crate::compat::encoding::breaks;
use crate::compat::finding::{Place, both};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A part of a form is written otherwise.
    #[page = "part_encoding_changed.md"]
    pub(crate) static PART_ENCODING_CHANGED = { category: Compat, level: Warning, since: "0.3", tally: ["encoding of a part has changed", "encodings of parts have changed"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &PART_ENCODING_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::EncodingChanged {
        part,
        contents,
        name,
        spans,
    } = &change.what
    else {
        return None;
    };
    let finding = finding(
        &PART_ENCODING_CHANGED,
        both(breaks("forms with this part")),
        Directions::SAFE,
    )
    .at(
        Place::At(spans.new.unwrap_or(contents.new.media_type.span)),
        "",
    )
    .was_at(spans.old.unwrap_or(contents.old.media_type.span))
    .help("keep how it is written, or add another part");
    let new = &contents.new.media_type.node;
    let what = format!("part `{name}` of the `{new}` form{}", part_words(*part));
    Some(Said::new(finding, what, "is written otherwise"))
}
