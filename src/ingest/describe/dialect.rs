//! What each dialect of JSON Schema knows, as tables.

use crate::schema::Kinds;

/// A dialect of JSON Schema, oldest first; OpenAPI 3.0 has one of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dialect {
    OpenApi30,
    Draft04,
    Draft06,
    Draft07,
    Draft2019,
    Draft2020,
}

use Dialect::{Draft04, Draft06, Draft07, Draft2019, Draft2020, OpenApi30};

/// Addresses of dialects without scheme and `#`, by their beginning.
const ADDRESSES: [(&str, Dialect); 6] = [
    ("json-schema.org/draft-04/", Draft04),
    ("json-schema.org/draft-06/", Draft06),
    ("json-schema.org/draft-07/", Draft07),
    ("json-schema.org/draft/2019-09/", Draft2019),
    ("json-schema.org/draft/2020-12/", Draft2020),
    ("spec.openapis.org/oas/3.0/", OpenApi30),
];

impl Dialect {
    /// The dialect that a `$schema` names; `None` when it names another one. Dialects that extend
    /// 2020-12, such as the one of OpenAPI 3.1, are read as what they extend.
    pub(super) fn of(address: &str) -> Option<Self> {
        let bare = address
            .strip_prefix("https://")
            .or_else(|| address.strip_prefix("http://"))?;
        let row = ADDRESSES.iter().find(|(begin, _)| bare.starts_with(begin));
        row.map(|(_, dialect)| *dialect)
    }

    /// Whether the keys beside a `$ref` count.
    pub(super) fn has_siblings(self) -> bool {
        self >= Draft2019
    }

    /// Whether `true` and `false` are schemas everywhere.
    pub(super) fn has_booleans(self) -> bool {
        self >= Draft06
    }

    /// Whether an exclusive end is a flag beside the end.
    pub(super) fn has_exclusive_flags(self) -> bool {
        self <= Draft04
    }

    /// Whether `items` may list what each position holds.
    pub(super) fn has_item_lists(self) -> bool {
        matches!(self, Draft04 | Draft06 | Draft07 | Draft2019)
    }

    /// The keyword that a key is, when this dialect knows it. A key that it does not know refuses
    /// nothing.
    pub(super) fn keyword(self, key: &str) -> Option<Keyword> {
        let (keyword, since, until) = keyword(key)?;
        (since <= self && self <= until).then_some(keyword)
    }
}

/// A keyword that says something about values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    Ref,
    DynamicRef,
    RecursiveRef,
    Type,
    Enum,
    Const,
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
    MinLength,
    MaxLength,
    Pattern,
    Format,
    MinItems,
    MaxItems,
    UniqueItems,
    PrefixItems,
    Items,
    Contains,
    MinProperties,
    MaxProperties,
    Required,
    Properties,
    PatternProperties,
    AdditionalProperties,
    PropertyNames,
    Dependencies,
    DependentRequired,
    DependentSchemas,
    UnevaluatedProperties,
    UnevaluatedItems,
    AllOf,
    AnyOf,
    OneOf,
    Not,
    If,
    /// Something that [`Notes`](crate::schema::Notes) hold.
    Note,
}

/// A key with the first and the last dialect that know it. `additionalItems`, `then`, `else` and
/// the counts of `contains` are read with the key that they belong to.
fn keyword(key: &str) -> Option<(Keyword, Dialect, Dialect)> {
    use Keyword as K;
    let (first, last) = (OpenApi30, Draft2020);
    Some(match key {
        "$ref" => (K::Ref, first, last),
        "$dynamicRef" => (K::DynamicRef, Draft2020, last),
        "$recursiveRef" => (K::RecursiveRef, Draft2019, Draft2019),
        "type" => (K::Type, first, last),
        "enum" => (K::Enum, first, last),
        "const" => (K::Const, Draft06, last),
        "minimum" => (K::Minimum, first, last),
        "maximum" => (K::Maximum, first, last),
        "exclusiveMinimum" => (K::ExclusiveMinimum, first, last),
        "exclusiveMaximum" => (K::ExclusiveMaximum, first, last),
        "multipleOf" => (K::MultipleOf, first, last),
        "minLength" => (K::MinLength, first, last),
        "maxLength" => (K::MaxLength, first, last),
        "pattern" => (K::Pattern, first, last),
        "format" => (K::Format, first, last),
        "minItems" => (K::MinItems, first, last),
        "maxItems" => (K::MaxItems, first, last),
        "uniqueItems" => (K::UniqueItems, first, last),
        "prefixItems" => (K::PrefixItems, Draft2020, last),
        "items" => (K::Items, first, last),
        "contains" => (K::Contains, Draft06, last),
        "minProperties" => (K::MinProperties, first, last),
        "maxProperties" => (K::MaxProperties, first, last),
        "required" => (K::Required, first, last),
        "properties" => (K::Properties, first, last),
        "patternProperties" => (K::PatternProperties, Draft04, last),
        "additionalProperties" => (K::AdditionalProperties, first, last),
        "propertyNames" => (K::PropertyNames, Draft06, last),
        "dependencies" => (K::Dependencies, Draft04, Draft07),
        "dependentRequired" => (K::DependentRequired, Draft2019, last),
        "dependentSchemas" => (K::DependentSchemas, Draft2019, last),
        "unevaluatedProperties" => (K::UnevaluatedProperties, Draft2019, last),
        "unevaluatedItems" => (K::UnevaluatedItems, Draft2019, last),
        "allOf" => (K::AllOf, first, last),
        "anyOf" => (K::AnyOf, first, last),
        "oneOf" => (K::OneOf, first, last),
        "not" => (K::Not, first, last),
        "if" => (K::If, Draft07, last),
        "default" | "deprecated" | "readOnly" | "writeOnly" | "discriminator" | "x-sunset"
        | "x-stability-level" | "x-extensible-enum" => (K::Note, first, last),
        "contentMediaType" | "contentEncoding" | "contentSchema" => (K::Note, Draft07, last),
        _ => return None,
    })
}

/// Keys that describe for people and change nothing: a reference with only these beside it is the
/// reference alone.
pub(super) fn is_prose(key: &str) -> bool {
    matches!(
        key,
        "$ref"
            | "$comment"
            | "title"
            | "summary"
            | "description"
            | "example"
            | "examples"
            | "externalDocs"
            | "xml"
    )
}

/// Formats that somebody wrote down as a set of values, with the kind of values they are about: those
/// of JSON Schema 2020-12 (Validation, section 7.3) and of the registry of OpenAPI. What is left out
/// refuses nothing: `password`, `html` and `commonmark` tell how to show a text, `float` and `double`
/// how to keep a number, `binary` that it is no text at all, and `byte` what is in it, which
/// [`Notes::content`](crate::schema::Notes::content) says.
const FORMATS: [(&str, Kinds); 33] = [
    ("date", Kinds::STRING),
    ("time", Kinds::STRING),
    ("date-time", Kinds::STRING),
    ("date-time-local", Kinds::STRING),
    ("time-local", Kinds::STRING),
    ("http-date", Kinds::STRING),
    ("duration", Kinds::STRING),
    ("uuid", Kinds::STRING),
    ("ipv4", Kinds::STRING),
    ("ipv6", Kinds::STRING),
    ("email", Kinds::STRING),
    ("idn-email", Kinds::STRING),
    ("hostname", Kinds::STRING),
    ("idn-hostname", Kinds::STRING),
    ("uri", Kinds::STRING),
    ("uri-reference", Kinds::STRING),
    ("uri-template", Kinds::STRING),
    ("iri", Kinds::STRING),
    ("iri-reference", Kinds::STRING),
    ("json-pointer", Kinds::STRING),
    ("json-pointer-uri-fragment", Kinds::STRING),
    ("relative-json-pointer", Kinds::STRING),
    ("regex", Kinds::STRING),
    ("media-range", Kinds::STRING),
    ("char", Kinds::STRING),
    ("int8", Kinds::NUMBER),
    ("int16", Kinds::NUMBER),
    ("int32", Kinds::NUMBER),
    ("int64", Kinds::NUMBER),
    ("uint8", Kinds::NUMBER),
    ("uint16", Kinds::NUMBER),
    ("uint32", Kinds::NUMBER),
    ("uint64", Kinds::NUMBER),
];

/// The kind of values that a format refuses some of; `None` for one that refuses nothing.
pub(super) fn format_kinds(name: &str) -> Option<Kinds> {
    let row = FORMATS.iter().find(|(format, _)| *format == name);
    row.map(|(_, kinds)| *kinds)
}
