//! Messages: those of contracts, which promise more than a payload, and those of AsyncAPI documents.
//!
//! # The reading of payloads
//!
//! Messages stay in logs, so both sides meet: `backward` asks that the new version accepts every value
//! that the old one accepts, `forward` the reverse, `full` both, `none` neither. What counts is the
//! promise that the older version made, whatever the new one says of itself. A payload travels as it
//! is: it is no request and no answer, so `readOnly` and `writeOnly` leave nothing out. A transitive
//! mode holds against every version of a history when one is given, else against the one there is.
//!
//! Messages of AsyncAPI documents carry no promise of their own and are held to the mode of the
//! comparison. What is sent is to its listeners what an answer is to its callers, and what is received
//! is a request.

mod contracts;
mod documents;
mod ranges;
mod records;
mod rules;

use super::finding::{Effect, Finding, Place};
use crate::diag::Rule;
use crate::text::Span;

pub(crate) use contracts::{EventSide, Scope, check_events};
pub(super) use documents::{datums, messages};
pub(crate) use ranges::check_ranges;
pub(crate) use rules::RULES;

/// Something that is refused from now on.
fn broken(
    rule: &'static Rule,
    headline: String,
    at: (Span, &str),
    old_at: Span,
    help: &'static str,
) -> Finding<'static> {
    Finding::new(rule, headline)
        .at(Place::At(at.0), at.1)
        .was_at(old_at)
        .effect(Effect::Proved)
        .help(help)
}
