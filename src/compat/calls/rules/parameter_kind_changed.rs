//! A parameter or header is of another kind, and its texts are read all the same.

use crate::compat::calls::change::{Both, Change, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{Answers, place_words};
use crate::compat::encoding::{SAFE, breaks};
use crate::compat::finding::Place;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A parameter is of another kind, and the texts that are sent are read all the same.
    #[page = "parameter_kind_changed.md"]
    pub(crate) static PARAMETER_KIND_CHANGED = { category: Compat, level: Info, since: "0.3", peers: ["oasdiff:request-parameter-type-generalized"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &PARAMETER_KIND_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::KindOfText {
        params: Both { old, new },
        answers,
        is_read,
    } = &change.what
    else {
        return None;
    };
    let verdict = |is_read| match is_read {
        true => SAFE,
        false => breaks("texts that are no value of the other kind"),
    };
    let json = Directions::new(verdict(is_read.new), verdict(is_read.old));
    let finding = finding(&PARAMETER_KIND_CHANGED, json, Directions::SAFE)
        .at(Place::At(new.name.span), "")
        .was_at(old.name.span)
        .peer(
            "oasdiff:request-parameter-type-generalized",
            answers.is_none(),
        );
    let what = match answers {
        Some(status) => format!("header `{}` of {}", new.name.node, Answers(*status)),
        None => format!("{} `{}`", place_words(new.place), new.name.node),
    };
    Some(Said::new(
        finding,
        what,
        "is of another kind, and its texts are read all the same",
    ))
}
