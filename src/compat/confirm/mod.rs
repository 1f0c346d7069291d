//! A second opinion on every witness before anybody reads it.
//!
//! A witness comes out of an argument about shapes. Here it is held, as the plain value that it is,
//! against a JSON Schema document of either side by a validator that shares nothing with that
//! argument: the writer's document must accept it, the reader's must refuse it, and under the open
//! reading no name may be in it that the writer would not send. What is not confirmed is a mistake of
//! ours and never printed as a proof.
//!
//! The documents say no more than the value can reach: a property whose name is nowhere in the value
//! is left out, and so is a listed value that is no part of it. So a witness of a description with a thousand schemas is held
//! against the few that it touches, and nothing has to be kept between two witnesses.

mod admissible;
mod exact;
mod keywords;
mod print;
#[cfg(test)]
mod tests;

use std::fmt;
use std::thread;

use serde_json::Value;

use super::contain::{Reading, Travel};
use crate::schema::{Json, ShapeId, Shapes};
use exact::Exact;
use keywords::Constants;
use print::{Assumed, Document};

/// Values that are deeper, and documents with more schemas, are judged on a stack of their own.
const MAX_ON_THIS_STACK: usize = 64;

/// Size of that stack; pages that are not touched cost nothing.
const DEEP_STACK_BYTES: usize = 256 << 20;

/// Why a witness is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unconfirmed {
    /// The writer's schema refuses it.
    WriterRefuses,
    /// The reader's schema accepts it.
    ReaderAccepts,
    /// The writer does not send this name under the open reading; a JSON Pointer to it.
    NotSent(String),
    /// It depends on something that nobody can decide, such as a format that is not known.
    Undecided,
    /// The validator does not take a document of ours.
    NoDocument(String),
}

impl fmt::Display for Unconfirmed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unconfirmed::WriterRefuses => f.write_str("the writer's schema refuses the value"),
            Unconfirmed::ReaderAccepts => f.write_str("the reader's schema accepts the value"),
            Unconfirmed::NotSent(at) => write!(f, "the writer does not send the name at {at}"),
            Unconfirmed::Undecided => {
                f.write_str("a format or keyword that nobody can decide has a say")
            }
            Unconfirmed::NoDocument(why) => write!(f, "no document to judge by: {why}"),
        }
    }
}

/// Whether `value` proves that the reader refuses something which the writer may send.
///
/// # Errors
/// Why it proves nothing.
pub(crate) fn confirm(
    writer: (&Shapes, ShapeId),
    reader: (&Shapes, ShapeId),
    travel: Travel,
    reading: Reading,
    value: &Json,
) -> Result<(), Unconfirmed> {
    match accepts(writer, travel, reading, value)? {
        Answer::Yes => {}
        Answer::No => return Err(Unconfirmed::WriterRefuses),
        Answer::Depends => return Err(Unconfirmed::Undecided),
    }
    match accepts(reader, travel, reading, value)? {
        Answer::No => {}
        Answer::Yes => return Err(Unconfirmed::ReaderAccepts),
        Answer::Depends => return Err(Unconfirmed::Undecided),
    }
    if reading == Reading::Open
        && let Some(at) = admissible::not_sent(writer, reader, travel, value)
    {
        return Err(Unconfirmed::NotSent(at));
    }
    Ok(())
}

/// Whether a schema accepts a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    No,
    /// It depends on what nobody can decide.
    Depends,
}

/// What the validator says about a value and the closure of one shape.
pub(crate) fn accepts(
    of: (&Shapes, ShapeId),
    travel: Travel,
    reading: Reading,
    value: &Json,
) -> Result<Answer, Unconfirmed> {
    let kept = print::Kept::of(value);
    // What cannot be decided is taken for satisfied, and then for violated: a verdict that is the
    // same both times does not depend on it.
    let mut verdicts = Vec::with_capacity(2);
    for assumed in [Assumed::Satisfied, Assumed::Violated] {
        let document = print::document(of, travel, reading, assumed, &kept);
        let is_decided = !document.has_doubts;
        verdicts.push(judge(document, value, kept.depth)?);
        if is_decided {
            break;
        }
    }
    Ok(match verdicts.as_slice() {
        [true] | [true, true] => Answer::Yes,
        [false] | [false, false] => Answer::No,
        _ => Answer::Depends,
    })
}

fn judge(document: Document, value: &Json, depth: usize) -> Result<bool, Unconfirmed> {
    if depth <= MAX_ON_THIS_STACK && document.schemas <= MAX_ON_THIS_STACK {
        return validate(&document.text, document.constants, value);
    }
    // The validator recurses over schemas when it reads them and over the value when it judges.
    thread::scope(|scope| {
        let deep = thread::Builder::new()
            .stack_size(DEEP_STACK_BYTES)
            .spawn_scoped(scope, || {
                validate(&document.text, document.constants, value)
            });
        let why = match deep.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(verdict)) => return verdict,
            Ok(Err(_)) => "the validator panicked".to_owned(),
            Err(problem) => format!("no thread: {problem}"),
        };
        Err(Unconfirmed::NoDocument(why))
    })
}

fn validate(document: &Value, constants: Constants, value: &Json) -> Result<bool, Unconfirmed> {
    let options = keywords::register(jsonschema::options_for::<Exact>(), constants);
    let validator = options
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(document)
        .map_err(|problem| Unconfirmed::NoDocument(problem.to_string()))?;
    Ok(validator.is_valid(value))
}
