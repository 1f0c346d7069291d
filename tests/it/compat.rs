//! Protobuf compatibility against the reference: cases on record, mutants of a real corpus, and
//! what a real runtime makes of bytes and JSON.
//!
//! A case is a folder below `fixtures/compat/proto` with `old/`, `new/` and `expected.txt`, the
//! findings of `buf breaking` over all categories. What its configuration leaves of one change stands in
//! `fixtures/compat/buf-config`. Where we differ on purpose,
//! `fixtures/compat/differences.toml` says so with a reason.

mod cases;
mod configs;
mod matrix;
mod mutants;
mod ours;
mod reference;
mod verdicts;
