//! OpenAPI and JSON Schema compatibility against what is true.
//!
//! A probe is a folder below `fixtures/compat/openapi` with `old.yaml`, `new.yaml` (or `.json`, or
//! `.cherry.yaml`) and `truth.toml`: whether the change breaks, which is a fact about accepted values,
//! and why in one sentence. `fixtures/compat/openapi/reference.txt` records what the reference (oasdiff) says about each, and
//! `differences.toml` where it is wrong, with the value that proves it. Random pairs of schemas and
//! documents that are rewritten at random come on top.

mod depth;
mod generate;
mod invalid;
mod mutations;
mod pairs;
mod probes;
mod raw;
mod readings;
mod reference;
mod rewrites;
