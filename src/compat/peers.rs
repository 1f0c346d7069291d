//! Rules of `buf breaking` 1.75.0: categories, and what its compatibility tables hold to be the same.
//!
//! Source: `buf config ls-breaking-rules` and the documentation of its breaking-change rules. Which
//! of them fire at a change stands with our rule that reports it.

use super::cx::Cx;
use crate::schema::{FieldType, IntCoding, Scalar};

/// A category of the reference: rules that are asked for together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Category {
    /// Generated code per file.
    File = 1,
    /// Generated code per package.
    Package = 2,
    /// Binary and JSON form.
    WireJson = 4,
    /// Binary form.
    Wire = 8,
    /// What a schema registry asks for.
    Csr = 16,
}

/// Categories by name.
pub(super) const CATEGORIES: [(&str, Category); 5] = [
    ("FILE", Category::File),
    ("PACKAGE", Category::Package),
    ("WIRE_JSON", Category::WireJson),
    ("WIRE", Category::Wire),
    ("CSR", Category::Csr),
];

const F: u8 = Category::File as u8;
const P: u8 = Category::Package as u8;
const J: u8 = Category::WireJson as u8;
const W: u8 = Category::Wire as u8;
const C: u8 = Category::Csr as u8;

/// Every rule with the categories that it is in.
pub(super) const RULES: [(&str, u8); 64] = [
    ("buf:ENUM_NO_DELETE", F | C),
    ("buf:ENUM_SAME_JSON_FORMAT", F | P | J | C),
    ("buf:ENUM_SAME_TYPE", F | P),
    ("buf:ENUM_VALUE_NO_DELETE", F | P | C),
    ("buf:ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED", J | C),
    ("buf:ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED", J | W | C),
    ("buf:ENUM_VALUE_SAME_NAME", F | P | J | C),
    ("buf:EXTENSION_MESSAGE_NO_DELETE", F | P | C),
    ("buf:EXTENSION_NO_DELETE", F),
    ("buf:FIELD_NO_DELETE", F | P | C),
    ("buf:FIELD_NO_DELETE_UNLESS_NAME_RESERVED", J | C),
    ("buf:FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED", J | W | C),
    ("buf:FIELD_SAME_CARDINALITY", F | P),
    ("buf:FIELD_SAME_CPP_STRING_TYPE", F | P),
    ("buf:FIELD_SAME_DEFAULT", F | P | J | W | C),
    ("buf:FIELD_SAME_JAVA_UTF8_VALIDATION", F | P),
    ("buf:FIELD_SAME_JSON_NAME", F | P | J | C),
    ("buf:FIELD_SAME_JSTYPE", F | P),
    ("buf:FIELD_SAME_NAME", F | P | J | C),
    ("buf:FIELD_SAME_ONEOF", F | P | J | W | C),
    ("buf:FIELD_SAME_TYPE", F | P | C),
    ("buf:FIELD_SAME_UTF8_VALIDATION", F | P),
    ("buf:FIELD_WIRE_COMPATIBLE_CARDINALITY", W),
    ("buf:FIELD_WIRE_COMPATIBLE_TYPE", W),
    ("buf:FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY", J | C),
    ("buf:FIELD_WIRE_JSON_COMPATIBLE_TYPE", J | C),
    ("buf:FILE_NO_DELETE", F | C),
    ("buf:FILE_SAME_CC_ENABLE_ARENAS", F | P),
    ("buf:FILE_SAME_CC_GENERIC_SERVICES", F | P),
    ("buf:FILE_SAME_CSHARP_NAMESPACE", F | P),
    ("buf:FILE_SAME_GO_PACKAGE", F | P),
    ("buf:FILE_SAME_JAVA_GENERIC_SERVICES", F | P),
    ("buf:FILE_SAME_JAVA_MULTIPLE_FILES", F | P),
    ("buf:FILE_SAME_JAVA_OUTER_CLASSNAME", F | P),
    ("buf:FILE_SAME_JAVA_PACKAGE", F | P),
    ("buf:FILE_SAME_OBJC_CLASS_PREFIX", F | P),
    ("buf:FILE_SAME_OPTIMIZE_FOR", F | P),
    ("buf:FILE_SAME_PACKAGE", F | P | J | W | C),
    ("buf:FILE_SAME_PHP_CLASS_PREFIX", F | P),
    ("buf:FILE_SAME_PHP_METADATA_NAMESPACE", F | P),
    ("buf:FILE_SAME_PHP_NAMESPACE", F | P),
    ("buf:FILE_SAME_PY_GENERIC_SERVICES", F | P),
    ("buf:FILE_SAME_RUBY_PACKAGE", F | P),
    ("buf:FILE_SAME_SWIFT_PREFIX", F | P),
    ("buf:FILE_SAME_SYNTAX", F | P | C),
    ("buf:MESSAGE_NO_DELETE", F | C),
    (
        "buf:MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR",
        F | P | C,
    ),
    ("buf:MESSAGE_SAME_JSON_FORMAT", F | P | J | C),
    ("buf:MESSAGE_SAME_REQUIRED_FIELDS", F | P | J | W | C),
    ("buf:ONEOF_NO_DELETE", F | P | C),
    ("buf:PACKAGE_ENUM_NO_DELETE", P),
    ("buf:PACKAGE_EXTENSION_NO_DELETE", P),
    ("buf:PACKAGE_MESSAGE_NO_DELETE", P),
    ("buf:PACKAGE_NO_DELETE", P),
    ("buf:PACKAGE_SERVICE_NO_DELETE", P),
    ("buf:RESERVED_ENUM_NO_DELETE", F | P | J | W | C),
    ("buf:RESERVED_MESSAGE_NO_DELETE", F | P | J | W | C),
    ("buf:RPC_NO_DELETE", F | P),
    ("buf:RPC_SAME_CLIENT_STREAMING", F | P | J | W | C),
    ("buf:RPC_SAME_IDEMPOTENCY_LEVEL", F | P | J | W | C),
    ("buf:RPC_SAME_REQUEST_TYPE", F | P | J | W | C),
    ("buf:RPC_SAME_RESPONSE_TYPE", F | P | J | W | C),
    ("buf:RPC_SAME_SERVER_STREAMING", F | P | J | W | C),
    ("buf:SERVICE_NO_DELETE", F),
];

/// The ids in a category.
pub(super) fn in_category(category: Category) -> impl Iterator<Item = &'static str> {
    RULES
        .iter()
        .filter(move |(_, categories)| categories & category as u8 != 0)
        .map(|(id, _)| *id)
}

/// Whether a rule is in a category.
pub(super) fn is_in(id: &str, category: Category) -> bool {
    RULES
        .iter()
        .any(|(rule, categories)| *rule == id && categories & category as u8 != 0)
}

/// The id with its tool in front, for an id with or without it.
pub(super) fn id(name: &str) -> Option<&'static str> {
    let bare = name.strip_prefix("buf:").unwrap_or(name);
    let found = RULES
        .iter()
        .find(|(id, _)| id.strip_prefix("buf:") == Some(bare));
    found.map(|(id, _)| *id)
}

/// A scalar type as Protobuf spells it.
pub(super) fn word(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::Float { bits: 32 } => "float",
        Scalar::Float { .. } => "double",
        Scalar::Text => "string",
        Scalar::Bytes => "bytes",
        Scalar::Int {
            signed,
            bits,
            coding,
        } => match (coding, signed, bits) {
            (IntCoding::Varint, true, 32) => "int32",
            (IntCoding::Varint, true, _) => "int64",
            (IntCoding::Varint, false, 32) => "uint32",
            (IntCoding::Varint, false, _) => "uint64",
            (IntCoding::ZigZag, _, 32) => "sint32",
            (IntCoding::ZigZag, _, _) => "sint64",
            (IntCoding::Fixed, true, 32) => "sfixed32",
            (IntCoding::Fixed, true, _) => "sfixed64",
            (IntCoding::Fixed, false, 32) => "fixed32",
            (IntCoding::Fixed, false, _) => "fixed64",
        },
    }
}

/// Whether the reference takes a change of type for compatible in JSON and in binary.
pub(super) fn is_json_compatible(cx: &Cx<'_>, old: &FieldType, new: &FieldType) -> bool {
    match (old, new) {
        (
            FieldType::Scalar(Scalar::Int {
                bits: old_bits,
                coding: old,
                ..
            }),
            FieldType::Scalar(Scalar::Int { bits, coding, .. }),
        ) => old == coding && old_bits == bits,
        (FieldType::Scalar(old), FieldType::Scalar(new)) => old == new,
        _ => is_same_name(cx, old, new),
    }
}

/// Whether the reference takes a change of type for compatible in binary.
pub(super) fn is_wire_compatible(cx: &Cx<'_>, old: &FieldType, new: &FieldType) -> bool {
    let group = |scalar: Scalar| match scalar {
        Scalar::Bool => 1,
        Scalar::Int {
            coding: IntCoding::Varint,
            ..
        } => 1,
        Scalar::Int {
            coding: IntCoding::ZigZag,
            ..
        } => 2,
        Scalar::Text => 3,
        Scalar::Bytes => 4,
        Scalar::Int {
            coding: IntCoding::Fixed,
            bits: 32,
            ..
        } => 5,
        Scalar::Int {
            coding: IntCoding::Fixed,
            ..
        } => 6,
        Scalar::Float { bits: 32 } => 7,
        Scalar::Float { .. } => 8,
    };
    match (old, new) {
        (FieldType::Scalar(Scalar::Text), FieldType::Scalar(Scalar::Bytes)) => true,
        (FieldType::Scalar(old), FieldType::Scalar(new)) => group(*old) == group(*new),
        _ => is_same_name(cx, old, new),
    }
}

/// Named types: by name, save an enum of the same short name that holds all it held.
fn is_same_name(cx: &Cx<'_>, old: &FieldType, new: &FieldType) -> bool {
    if let (FieldType::Enum { name: old, .. }, FieldType::Enum { name: new, .. }) = (old, new) {
        let short = |name: &str| name.rsplit('.').next().map(str::to_owned);
        let defs = cx.old.enumeration(old).zip(cx.new.enumeration(new));
        return old == new
            || short(old) == short(new)
                && defs.is_some_and(|((_, old), (_, new))| {
                    (old.values.iter()).all(|value| {
                        (new.values.iter()).any(|other| {
                            other.name.node == value.name.node
                                && other.number.node == value.number.node
                        })
                    })
                });
    }
    match (super::fields::record_of(old), super::fields::record_of(new)) {
        (Some(old), Some(new)) => old == new,
        _ => false,
    }
}
