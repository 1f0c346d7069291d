//! What a message holds, in whichever language it is described.

use super::{DatumId, Datums, Description, SchemaSet, Use};

/// What a message holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Payload<'s> {
    /// A value that a schema accepts.
    Value(&'s Description, Use),
    /// A record of a set of units, by its full name.
    Record(&'s SchemaSet, &'s str),
    /// A value of a type that readers need the schema of.
    Datum(&'s Datums, DatumId),
}

impl Payload<'_> {
    /// The language in words, for those who cannot read each other's.
    pub(crate) fn form(&self) -> &'static str {
        match self {
            Payload::Value(..) => "a schema of values",
            Payload::Record(..) => "a record with numbered fields",
            Payload::Datum(..) => "a schema that every reader needs",
        }
    }
}
