//! Units, records, enums and services: what a release declares, whatever it was written in.
//!
//! A [`Unit`] holds what one source file declares and refers to other units by full name only. So a
//! unit whose text and imports did not change is the same value in both releases and can be shared.

use std::sync::Arc;

use super::attrs::{AttrTable, Attrs};
use crate::text::{ContentHash, FileId, Span, Spanned};

/// Everything that one release declares.
#[derive(Debug, Clone)]
pub(crate) struct SchemaSet {
    /// Source files in the order of their paths.
    pub(crate) units: Vec<Arc<Unit>>,
    /// What the attributes of units, types, fields, values and operations mean.
    pub(crate) attr_table: AttrTable,
}

/// What one source file declares.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// Its path as other units import it, with `/`.
    pub(crate) path: Box<str>,
    /// Its text.
    pub(crate) file: FileId,
    /// Hash of its text and of the texts of all units that it can see. Units with one hash declare
    /// the same.
    pub(crate) closure: ContentHash,
    /// Whether it came with the compiler because no file of the release has its path.
    pub(crate) is_builtin: bool,
    /// Which dialect of its language it is written in, such as `proto3`.
    pub(crate) dialect: Spanned<Box<str>>,
    /// The name space of what it declares; empty when none is written.
    pub(crate) package: Spanned<Box<str>>,
    /// Units that it refers to.
    pub(crate) imports: Vec<UnitImport>,
    /// Facts about the whole unit.
    pub(crate) attrs: Attrs,
    /// Types, an outer one before those declared in it.
    pub(crate) types: Vec<TypeDef>,
    /// Fields that it adds to records of this or other units.
    pub(crate) extensions: Vec<Extension>,
    /// Services.
    pub(crate) services: Vec<Service>,
}

/// A reference to another unit.
#[derive(Debug, Clone)]
pub(crate) struct UnitImport {
    /// The path of the other unit.
    pub(crate) path: Box<str>,
    /// Whether those who import this unit see the other one, too.
    pub(crate) is_public: bool,
    /// The whole statement.
    pub(crate) span: Span,
}

/// The full name of a type, `package.Outer.Inner`, shared by all who refer to it.
pub(crate) type TypeName = Arc<str>;

/// A named type.
#[derive(Debug, Clone)]
pub(crate) struct TypeDef {
    /// Its full name.
    pub(crate) name: TypeName,
    /// The whole declaration.
    pub(crate) span: Span,
    /// Whether other units may refer to it.
    pub(crate) is_exported: bool,
    /// Numbers and names that must not be used again.
    pub(crate) reserved: Reserved,
    /// Facts of the formats that it is carried in.
    pub(crate) attrs: Attrs,
    /// What values it has.
    pub(crate) kind: TypeKind,
}

/// What values a type has.
#[derive(Debug, Clone)]
pub(crate) enum TypeKind {
    /// A value per field.
    Record(Record),
    /// One of several named numbers.
    Enum(EnumDef),
}

/// A type with fields.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    /// Fields in the order of declaration.
    pub(crate) fields: Vec<Field>,
    /// Groups of fields of which at most one is set. What has one member only because the language
    /// marks presence so is no group.
    pub(crate) oneofs: Vec<Oneof>,
    /// Numbers that other units may use for fields of their own.
    pub(crate) extension_ranges: Vec<NumberRange>,
}

/// Fields of which at most one is set.
#[derive(Debug, Clone)]
pub(crate) struct Oneof {
    /// Its name.
    pub(crate) name: Spanned<Box<str>>,
    /// The whole declaration.
    pub(crate) span: Span,
    /// Facts of the formats.
    pub(crate) attrs: Attrs,
}

/// A field of a record.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: Spanned<Box<str>>,
    /// The number that identifies it where a format does so.
    pub(crate) number: Spanned<u32>,
    /// The name that identifies it in JSON; the span is that of its own declaration, absent when it
    /// follows from the name.
    pub(crate) json_name: JsonName,
    /// What a single value of it is.
    pub(crate) ty: FieldType,
    /// The place of the type; for a map the whole `map<...>`.
    pub(crate) ty_span: Span,
    /// How many values it has, and whether an absent one can be told.
    pub(crate) cardinality: Cardinality,
    /// The group that it is a member of, as a position in [`Record::oneofs`].
    pub(crate) oneof: Option<u32>,
    /// What a reader sees when it is absent, where the schema says so itself.
    pub(crate) default: Option<Spanned<Literal>>,
    /// Facts of the formats.
    pub(crate) attrs: Attrs,
    /// The whole declaration.
    pub(crate) span: Span,
}

/// The key of a field in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonName {
    /// The key.
    pub(crate) name: Box<str>,
    /// Where it is declared, when it is.
    pub(crate) written: Option<Span>,
}

/// What a single value of a field is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FieldType {
    /// A value without parts.
    Scalar(Scalar),
    /// A record, framed by its length or by an end mark.
    Record {
        /// Which.
        name: TypeName,
        /// Whether an end mark closes it rather than a length that precedes it.
        is_delimited: bool,
    },
    /// An enum.
    Enum {
        /// Which.
        name: TypeName,
        /// Whether numbers without a name are kept out. It is what the reader of this field does,
        /// which a unit can decide for enums of others.
        is_closed: bool,
    },
    /// A table; its field is then neither singular nor repeated.
    Map(Box<MapType>),
}

/// Keys and values of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MapType {
    /// What keys are.
    pub(crate) key: Scalar,
    /// What values are; never a table.
    pub(crate) value: FieldType,
    /// The full name of the record that an entry is, where the format has one.
    pub(crate) entry: TypeName,
}

/// A value without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    /// True or false.
    Bool,
    /// A whole number.
    Int {
        /// Whether it can be negative.
        signed: bool,
        /// 32 or 64.
        bits: u8,
        /// How its bits travel.
        coding: IntCoding,
    },
    /// A binary floating-point number of 32 or 64 bits.
    Float {
        /// 32 or 64.
        bits: u8,
    },
    /// Unicode text.
    Text,
    /// Bytes.
    Bytes,
}

/// How the bits of a whole number travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum IntCoding {
    /// Small numbers short, negative ones long.
    Varint,
    /// Numbers near zero short, negative ones too.
    ZigZag,
    /// All bits, always.
    Fixed,
}

/// How many values a field has, and whether an absent one can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Cardinality {
    /// One; absent and the default are the same.
    Implicit,
    /// One; absent can be told from the default.
    Explicit,
    /// Exactly one, or the record does not hold.
    Required,
    /// Any number.
    Repeated {
        /// Whether a writer puts them into one piece.
        packed: bool,
    },
    /// A table.
    Map,
}

/// A value that a schema writes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A binary floating-point number.
    Float(f64),
    /// Text.
    Text(Box<str>),
    /// Bytes.
    Bytes(Box<[u8]>),
    /// A named value of an enum.
    Name(Box<str>),
}

/// An enum.
#[derive(Debug, Clone)]
pub(crate) struct EnumDef {
    /// Values in the order of declaration; several may have one number.
    pub(crate) values: Vec<EnumValue>,
    /// Whether numbers without a name are kept out.
    pub(crate) is_closed: bool,
    /// Where the enum itself says so.
    pub(crate) closed_at: Option<Span>,
}

/// A named number.
#[derive(Debug, Clone)]
pub(crate) struct EnumValue {
    /// Its name.
    pub(crate) name: Spanned<Box<str>>,
    /// Its number.
    pub(crate) number: Spanned<i32>,
    /// Facts of the formats.
    pub(crate) attrs: Attrs,
    /// The whole declaration.
    pub(crate) span: Span,
}

/// Numbers and names that must not be used again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reserved {
    /// Ranges of numbers.
    pub(crate) ranges: Vec<NumberRange>,
    /// Names.
    pub(crate) names: Vec<Spanned<Box<str>>>,
}

/// A range of numbers, both ends included.
#[derive(Debug, Clone)]
pub(crate) struct NumberRange {
    /// The first.
    pub(crate) start: i32,
    /// The last.
    pub(crate) end: i32,
    /// The range as written.
    pub(crate) span: Span,
}

/// A field that a unit adds to a record declared elsewhere.
#[derive(Debug, Clone)]
pub(crate) struct Extension {
    /// The full name of the record.
    pub(crate) extendee: TypeName,
    /// Its own full name.
    pub(crate) name: TypeName,
    /// The field.
    pub(crate) field: Field,
}

/// A service.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    /// Its full name.
    pub(crate) name: TypeName,
    /// The whole declaration.
    pub(crate) span: Span,
    /// Facts of the formats.
    pub(crate) attrs: Attrs,
    /// Its procedures in the order of declaration.
    pub(crate) methods: Vec<Method>,
}

/// A procedure of a service.
#[derive(Debug, Clone)]
pub(crate) struct Method {
    /// Its name.
    pub(crate) name: Spanned<Box<str>>,
    /// What a caller sends.
    pub(crate) input: Message,
    /// What a caller gets.
    pub(crate) output: Message,
    /// Facts of the formats.
    pub(crate) attrs: Attrs,
    /// The whole declaration.
    pub(crate) span: Span,
}

/// One direction of a procedure.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    /// The full name of the record.
    pub(crate) name: TypeName,
    /// Whether any number of them travel rather than exactly one.
    pub(crate) is_stream: bool,
    /// The place of the name.
    pub(crate) span: Span,
}
