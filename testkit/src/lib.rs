//! Testkit.

pub mod wasm_host;
