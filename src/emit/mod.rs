//! The program to artifacts: emitters are pure functions.

pub(crate) mod wasm;
