//! A value that proves a finding, in words.

use crate::diag::Witness;
use crate::text::Side;

/// The sides as reports call them.
pub(super) fn sides(witness: &Witness) -> [&'static str; 2] {
    match witness.accepted_by {
        Side::Old => ["old", "new"],
        Side::New => ["new", "old"],
    }
}

/// Who accepts the value, who refuses it, where and why.
pub(super) fn sentence(witness: &Witness) -> String {
    let [accepts, refuses] = sides(witness);
    let place = match &*witness.at {
        "" => String::new(),
        at => format!(" at `{at}`"),
    };
    // A request says itself which call it is; an answer does not.
    let call = match (&witness.call, &witness.example) {
        (Some(call), Some(example)) if example.starts_with("HTTP/") => {
            format!("in an answer of `{call}`: ")
        }
        _ => String::new(),
    };
    format!(
        "{call}{accepts} accepts, {refuses} refuses{place}: {}",
        witness.reason
    )
}

/// What can be tried, else the value itself, as a whole.
pub(super) fn whole(witness: &Witness) -> &str {
    witness.example.as_deref().unwrap_or(&witness.value)
}

/// The same in a form that people can read, and whether something is left out.
pub(super) fn readable(witness: &Witness) -> (&str, bool) {
    match &witness.brief {
        Some(brief) => (brief, true),
        None => (whole(witness), false),
    }
}

/// What is said about a value that is not shown as a whole.
pub(super) const SHORTENED: &str = "shortened; `--format json` and `html` have the whole";
