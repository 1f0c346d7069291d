//! The one meaning of every policy: a typed program per contract that can be run.
//!
//! [`lower`] turns a contract into a [`PolicyProgram`] before anybody asks where a step will be
//! enforced. The simulator runs the program; every back end lowers its steps and is right when it
//! agrees with that run.

mod answer;
pub(crate) mod cost;
mod interp;
mod lower;
mod program;

pub(crate) use answer::Answer;
pub(crate) use interp::{Asked, Interpreter, Outcome, Ticket, Verdict};
pub(crate) use lower::lower;
pub(crate) use program::{Admit, EndpointProgram, KeySource, PolicyProgram, Step, StepKind, Take};
