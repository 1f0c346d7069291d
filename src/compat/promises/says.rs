//! How promises and their proofs are put into words.

use crate::diag::Witness;
use crate::text::Side;

/// Milliseconds as people write them: `1500ms`, `2s`, `5m`.
pub(super) fn milliseconds(value: u64) -> String {
    match value {
        0 => "0ms".to_owned(),
        value if value % 60_000 == 0 => format!("{}m", value / 60_000),
        value if value % 1_000 == 0 => format!("{}s", value / 1_000),
        value => format!("{value}ms"),
    }
}

/// What the old release let through and the new one does not: `value` says what happens, in the terms
/// of `cherryc simulate`.
pub(super) fn proof(value: String, reason: String) -> Box<Witness> {
    Box::new(Witness {
        value: value.into(),
        accepted_by: Side::Old,
        at: "".into(),
        reason: reason.into(),
        is_letter: false,
        call: None,
        example: None,
        brief: None,
    })
}
