//! Schema documents to the waist: what an import of a contract names, read and checked.
//!
//! A [`Loader`] lives for one run. It reads each file once, whatever the number of imports that lead
//! to it, and gives each import its operations ([`Api`](crate::schema::Api)) and its closure: every
//! file that was read or looked for. It never leaves the workspace and never uses a network.
//!
//! Reading goes in rounds. In a round all imports walk what is loaded (in parallel), then the files
//! they miss are read and parsed (in parallel) and enter the source map in the order of their paths.
//! So the numbers of files, and with them every finding, are the same with one thread and with eight.
//!
//! A parameter of a path may hold `/` when the document says so: `x-multi-segment: true`,
//! `allowReserved: true`, or a schema with `format: path` or a `pattern` that names `/` outside a
//! negated class (`^[^/]+$` forbids it and does not count).

mod avro;
mod describe;
mod fetch;
mod grammar;
mod index;
mod load;
mod lookup;
mod operations;
pub(crate) mod proto;
mod reference;
pub(crate) mod rules;
mod walk;

pub(crate) use avro::{AVRO_SUFFIX, read_avro};
pub(crate) use describe::{Described, Document, Part, Parted, describe_all, describe_parts};
pub(crate) use load::{ImportRef, Imported, Input, Loader};

#[cfg(test)]
mod tests;
