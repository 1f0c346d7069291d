//! What the tests and benches of the workspace share.

pub mod buf;
pub mod envoy;
mod http1;
pub mod load;
pub mod oasdiff;
pub mod ports;
pub mod provision;
pub mod upstream;
pub mod wasm_host;
