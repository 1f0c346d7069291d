//! Is every value that the writer's schema accepts a value that the reader's accepts?
//!
//! A [`Judge`] knows the shapes of both sides and answers questions about pairs of them, each once. A
//! question is settled by looking for a *counterexample*: a value that satisfies the writer's shape and
//! violates the reader's. So a negative answer comes with its proof, and the constraint of the reader
//! that was chosen to be violated is the reason.

mod number;
mod pick;

use crate::schema::{Json, ShapeId, Shapes};
use crate::text::Side;

/// How names that nobody wrote down are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Reading {
    /// A name that the writer leaves to an unwritten rest is not sent when the reader declares it.
    #[default]
    Open,
    /// To the letter of JSON Schema.
    Plain,
    /// An object that declares a name and has no written rest has no other names.
    Closed,
}

/// Which way values travel, which decides what `readOnly` and `writeOnly` take out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Travel {
    /// To the service: what is read-only is taken out.
    Request,
    /// From the service: what is write-only is taken out.
    Response,
    /// Neither: nothing is taken out.
    Plain,
}

/// A shape of one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Sided {
    pub(crate) side: Side,
    pub(crate) shape: ShapeId,
}

/// Whether what a writer's shape accepts is accepted by a reader's; equal questions are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Question(pub(crate) u32);

/// What was found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Verdict {
    Contained,
    NotContained,
    /// Neither a proof nor a counterexample was found.
    Unknown,
}

/// One step from a place to the next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    /// To the value of a name.
    Property(Box<str>),
    /// To the item at a position.
    Item(u32),
    /// To a name itself, as a text.
    Name(Box<str>),
    /// Within the reader's shape, at the same value: constraint number and number of the part of it
    /// (branch of `AllOf`, `AnyOf`, `OneOf`, `DependentSchemas`; test 0, then 1 and otherwise 2 of `If`).
    InPlace { constraint: u32, part: u32 },
}

/// A constraint of the reader that refuses a value which the writer accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cause {
    /// From the shapes of the question to the reader's shape with the constraint; only steps in place,
    /// as all that lies deeper is a question of its own.
    pub(crate) steps: Vec<Step>,
    /// The reader's shape.
    pub(crate) reader: ShapeId,
    /// The number of the constraint in it.
    pub(crate) constraint: u32,
    /// What about it: a name that is missing, a value that is refused, a name that may not be there.
    pub(crate) detail: Option<Json>,
    /// A value that the writer's shape of the question accepts and the reader's does not.
    pub(crate) witness: Json,
    /// A JSON Pointer into the witness: what is refused, or the missing name itself.
    pub(crate) at: String,
}

/// A question within another: what is refused there is refused here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Below {
    /// From the shapes of the outer question to those of the inner one.
    pub(crate) steps: Vec<Step>,
    /// The reader's and the writer's shape of the inner question where each is a single one.
    pub(crate) reader: Option<ShapeId>,
    pub(crate) writer: Option<ShapeId>,
    pub(crate) question: Question,
}

/// Why a question could not be settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Doubt {
    /// In words, such as "the pattern looks ahead".
    pub(crate) why: Box<str>,
    /// Where, as in [`Cause::steps`], with steps through values.
    pub(crate) steps: Vec<Step>,
    /// The shape that cannot be decided, when it is one.
    pub(crate) shape: Option<Sided>,
}

/// Everything that is wrong at a place; all of it, and not only the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Explained {
    pub(crate) causes: Vec<Cause>,
    pub(crate) below: Vec<Below>,
    pub(crate) doubts: Vec<Doubt>,
}

/// Settles questions about the shapes of two sides.
#[derive(Debug)]
pub(crate) struct Judge<'a> {
    old: &'a Shapes,
    new: &'a Shapes,
    reading: Reading,
}
