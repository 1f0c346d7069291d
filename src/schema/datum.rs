//! Data that carries nothing but itself: no names, no numbers, no types. Who reads it needs the
//! schema that it was written with, and holds his own against it.
//!
//! A [`Datums`] holds every type of one schema. A type refers to others by number, so what is
//! recursive is a graph.

use std::fmt;

use super::json::Json;
use crate::text::{Span, Spanned};

/// The number of a type within its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DatumId(pub(crate) u32);

/// Every type of one schema.
#[derive(Debug, Clone)]
pub(crate) struct Datums {
    /// By number.
    pub(crate) types: Vec<Datum>,
    /// The type of a whole value.
    pub(crate) root: DatumId,
    /// The head of the schema.
    pub(crate) span: Span,
}

impl Datums {
    /// The type with this number.
    pub(crate) fn get(&self, id: DatumId) -> &Datum {
        &self.types[id.0 as usize]
    }

    /// The named type with this full name, or else the only one whose last part is this name.
    pub(crate) fn named(&self, name: &str) -> Option<DatumId> {
        let ids = || (0..self.types.len()).map(|at| DatumId(u32::try_from(at).unwrap_or(u32::MAX)));
        let own = |id: &DatumId| self.get(*id).kind.name();
        let full = ids().find(|id| own(id).is_some_and(|own| *own.full == *name));
        full.or_else(|| {
            let mut short = ids().filter(|id| own(id).is_some_and(|own| own.short() == name));
            short.next().filter(|_| short.next().is_none())
        })
    }
}

/// One type.
#[derive(Debug, Clone)]
pub(crate) struct Datum {
    /// Where it is written; of a long one the first line.
    pub(crate) span: Span,
    /// What its values are.
    pub(crate) kind: DatumKind,
    /// What its values stand for, such as `date`.
    pub(crate) meaning: Option<Meaning>,
}

/// What values stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A number with so many digits, so many of them behind the point.
    Decimal {
        /// All digits.
        precision: u64,
        /// Those behind the point.
        scale: u64,
    },
    /// Anything else, which changes nothing about how it is read.
    Other(Box<str>),
}

impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Meaning::Decimal { precision, scale } => write!(f, "decimal({precision}, {scale})"),
            Meaning::Other(name) => f.write_str(name),
        }
    }
}

/// The name of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DatumName {
    /// With its name space in front, as in `com.example.Order`.
    pub(crate) full: Box<str>,
    /// Full names that it had before.
    pub(crate) aliases: Box<[Box<str>]>,
    /// Where the name is written.
    pub(crate) span: Span,
}

impl DatumName {
    /// The last part.
    pub(crate) fn short(&self) -> &str {
        short(&self.full)
    }
}

/// The last part of a full name.
pub(crate) fn short(full: &str) -> &str {
    full.rsplit('.').next().unwrap_or(full)
}

/// What values of a type are.
#[derive(Debug, Clone)]
pub(crate) enum DatumKind {
    /// Nothing.
    Null,
    /// True or false.
    Bool,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Long,
    /// A binary floating-point number of 32 bits.
    Float,
    /// A binary floating-point number of 64 bits.
    Double,
    /// Bytes.
    Bytes,
    /// Unicode text.
    Text,
    /// So many bytes.
    Fixed {
        /// Its name.
        name: DatumName,
        /// How many.
        size: u64,
    },
    /// One of several names.
    Enum {
        /// Its name.
        name: DatumName,
        /// The names.
        symbols: Box<[Spanned<Box<str>>]>,
        /// What stands for a name that the reader does not know.
        default: Option<Spanned<Box<str>>>,
    },
    /// A list.
    Array(DatumId),
    /// Texts with values.
    Map(DatumId),
    /// A value of one of these.
    Union(Box<[DatumId]>),
    /// A value per field.
    Record {
        /// Its name.
        name: DatumName,
        /// The fields.
        fields: Box<[DatumField]>,
    },
}

impl DatumKind {
    /// Its name, when it is of a kind that has one.
    pub(crate) fn name(&self) -> Option<&DatumName> {
        match self {
            DatumKind::Fixed { name, .. }
            | DatumKind::Enum { name, .. }
            | DatumKind::Record { name, .. } => Some(name),
            _ => None,
        }
    }

    /// The word for it in a schema.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            DatumKind::Null => "null",
            DatumKind::Bool => "boolean",
            DatumKind::Int => "int",
            DatumKind::Long => "long",
            DatumKind::Float => "float",
            DatumKind::Double => "double",
            DatumKind::Bytes => "bytes",
            DatumKind::Text => "string",
            DatumKind::Fixed { .. } => "fixed",
            DatumKind::Enum { .. } => "enum",
            DatumKind::Array(_) => "array",
            DatumKind::Map(_) => "map",
            DatumKind::Union(_) => "union",
            DatumKind::Record { .. } => "record",
        }
    }
}

/// A field of a record.
#[derive(Debug, Clone)]
pub(crate) struct DatumField {
    /// Its name.
    pub(crate) name: Spanned<Box<str>>,
    /// Names that it had before.
    pub(crate) aliases: Box<[Box<str>]>,
    /// What its values are.
    pub(crate) ty: DatumId,
    /// What stands for it in the eyes of a reader when the writer has no such field.
    pub(crate) default: Option<Spanned<Json>>,
    /// The whole declaration; of a long one the first line.
    pub(crate) span: Span,
}
