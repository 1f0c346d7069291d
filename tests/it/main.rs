//! The tests of the compiler over its public face: one binary, one link.
//!
//! Tests are data: a case is a folder below `fixtures/`, an example on a rule's page, or a row of a
//! table. [`harness`] is the only clever code here. `BLESS=1 cargo test` rewrites expectations; the
//! difference is then read as carefully as code.
#![allow(clippy::disallowed_methods, reason = "tests touch the disk")]
#![allow(
    clippy::print_stdout,
    reason = "seeds, shares and times are shown to who asks for them"
)]

mod harness;

mod avro;
mod calls;
mod cli;
mod compat;
mod contracts;
mod determinism;
mod diff;
mod emit;
mod envoy;
mod floors;
mod fuzz;
mod hostile;
mod hostile_documents;
mod openapi;
mod pages;
mod pipelines;
mod sarif;
mod schema;
mod sides;
mod simulate;
