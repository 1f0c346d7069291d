//! Protobuf files to units: imports and names resolved, options and features read.
//!
//! [`load`] reads one release, or two that are to be compared, and gives a
//! [`SchemaSet`](crate::schema::SchemaSet) for each. Of two, a file with the same path whose text
//! and imports are the same is read, parsed and resolved once; both sets share its unit.

mod attrs;
mod builtin;
mod checks;
mod closure;
#[cfg(test)]
mod descriptor;
mod extensions;
mod features;
mod fields;
mod import;
mod load;
mod lower;
mod model;
mod names;
mod options;
mod scopes;
mod services;
mod style;
mod symbols;
#[cfg(test)]
mod texts;
mod units;
mod values;
mod visible;

pub(crate) use import::{folder_hash, read_proto_tree};
pub(crate) use load::{Reuse, Selection, Source};
pub(crate) use units::{Loaded, load};

use super::rules;

#[cfg(test)]
mod tests;
