//! Text to trees with spans; nothing means anything yet.
//!
//! One reader for YAML and JSON fills one arena ([`Tree`]), typed reading ([`Decode`]) turns it
//! into the syntax tree of a contract ([`cherry`]). Problems are reported where they stand and
//! reading goes on as far as it can.

mod build;
mod bytes;
mod json;
mod yaml;

mod cherry;
mod decode;
mod node;
pub(crate) mod proto;
pub(crate) mod rules;

pub(crate) use bytes::{
    MAX_FILE_BYTES, TextProblem, bytes_to_text, report_lost, report_unreadable,
};
pub(crate) use cherry::*;
pub(crate) use decode::{Decode, DecodeCx, Map, MapKey};
pub(crate) use node::{Key, Kind, Tree, Value};
pub(crate) use yaml::{Mode, parse};
