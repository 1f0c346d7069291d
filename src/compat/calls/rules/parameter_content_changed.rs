//! A value is written as a document instead of by a style, or the other way round.

use crate::compat::calls::change::{Both, Change, Rewritten, What, form_words};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{Answers, place_words};
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Place, both};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A value is written as a document instead of by a style, or the other way round.
    #[page = "parameter_content_changed.md"]
    pub(crate) static PARAMETER_CONTENT_CHANGED = { category: Compat, level: Error, since: "0.3", tally: ["parameter has another content", "parameters have another content"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &PARAMETER_CONTENT_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::FormChanged {
        params: Both { old, new },
        answers,
        how: Rewritten::Content,
    } = &change.what
    else {
        return None;
    };
    let finding = finding(&PARAMETER_CONTENT_CHANGED, both(BREAK), Directions::SAFE)
        .at(Place::At(new.name.span), "")
        .was_at(old.name.span)
        .help("keep how it is written, or add another parameter");
    let becomes = format!(
        "changed from {} to {}",
        form_words(&old.form),
        form_words(&new.form)
    );
    let what = match answers {
        Some(status) => format!("header `{}` of {}", new.name.node, Answers(*status)),
        None => format!("{} `{}`", place_words(new.place), new.name.node),
    };
    Some(Said::new(finding, what, becomes))
}
