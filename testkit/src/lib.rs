//! What the tests and benches of the workspace share.

pub mod provision;
