//! A value that proves a finding, in words.

use std::borrow::Cow;

use crate::diag::Witness;
use crate::text::Side;

/// Bytes of a value or of what can be tried that people are shown; programs get the whole.
const SHOWN: usize = 600;

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
    format!(
        "{accepts} accepts, {refuses} refuses{place}: {}",
        witness.reason
    )
}

/// What can be tried, else the value itself; the beginning of it when it is very long.
pub(super) fn example(witness: &Witness) -> Cow<'_, str> {
    let whole = witness.example.as_deref().unwrap_or(&witness.value);
    if whole.len() <= SHOWN {
        return Cow::Borrowed(whole);
    }
    let cut = whole.floor_char_boundary(SHOWN);
    let left = whole.len() - cut;
    Cow::Owned(format!("{}... ({left} bytes more)", &whole[..cut]))
}
