//! A value is written into text by another style.

use crate::compat::calls::change::{Both, Change, Rewritten, What, form_words};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{Answers, place_words};
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::finding::{Place, both};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A value is written into text by another style.
    #[page = "parameter_style_changed.md"]
    pub(crate) static PARAMETER_STYLE_CHANGED = { category: Compat, level: Error, since: "0.3", tally: ["parameter has another style", "parameters have another style"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &PARAMETER_STYLE_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::FormChanged {
        params: Both { old, new },
        answers,
        how,
    } = &change.what
    else {
        return None;
    };
    let reserved = || breaks("values with reserved characters");
    let (json, becomes) = match how {
        Rewritten::Content => return None,
        Rewritten::Style => {
            let becomes = format!(
                "changed from {} to {}",
                form_words(&old.form),
                form_words(&new.form)
            );
            (both(BREAK), becomes)
        }
        Rewritten::ReservedEscaped => {
            let becomes = "no longer has reserved characters as they are".to_owned();
            (Directions::new(reserved(), SAFE), becomes)
        }
        Rewritten::ReservedPlain => {
            let becomes = "has reserved characters as they are".to_owned();
            (Directions::new(SAFE, reserved()), becomes)
        }
    };
    let finding = finding(&PARAMETER_STYLE_CHANGED, json, Directions::SAFE)
        .at(Place::At(new.name.span), "")
        .was_at(old.name.span)
        .help("keep the style, or add another parameter");
    let what = match answers {
        Some(status) => format!("header `{}` of {}", new.name.node, Answers(*status)),
        None => format!("{} `{}`", place_words(new.place), new.name.node),
    };
    Some(Said::new(finding, what, becomes))
}
