//! What the facts of Protobuf mean that the waist has no words for.

use crate::schema::AttrChange::{Any, Except, From, To};
use crate::schema::AttrHurt::{Json, Nobody, Source};
use crate::schema::AttrOwner::{Enum, Field, Method, Record, Unit};
use crate::schema::{AttrChange, AttrDef, AttrHurt, AttrOwner, AttrTable, FieldGuard};

/// How a string is held in C++.
pub(super) const CPP_STRING_TYPE: &str = "(pb.cpp).string_type";
/// Whether Java refuses text that is not UTF-8.
pub(super) const JAVA_UTF8_VALIDATION: &str = "(pb.java).utf8_validation";
/// Where Java puts a class.
pub(super) const JAVA_NEST_IN_FILE_CLASS: &str = "(pb.java).nest_in_file_class";
/// Whether Java splits an enum with many values.
pub(super) const JAVA_LARGE_ENUM: &str = "(pb.java).large_enum";
/// Which code Go gets for a message.
pub(super) const GO_API_LEVEL: &str = "(pb.go).api_level";
/// How Go names the values of an enum.
pub(super) const GO_STRIP_ENUM_PREFIX: &str = "(pb.go).strip_enum_prefix";
/// Whether readers refuse text that is not UTF-8.
pub(super) const UTF8_VALIDATION: &str = "utf8_validation";
/// Whether JSON is promised.
pub(super) const JSON_FORMAT: &str = "json_format";
/// Whether extensions travel as type and message instead of as fields.
pub(super) const MESSAGE_SET: &str = "message_set_wire_format";

const fn row(
    key: &'static str,
    of: AttrOwner,
    default: &'static str,
    counts: AttrChange,
    hurts: AttrHurt,
    peers: &'static [&'static str],
) -> AttrDef {
    AttrDef {
        key,
        of,
        default,
        counts,
        hurts,
        follows: match (key.as_bytes(), of) {
            (b"(pb.java).utf8_validation", Field(_)) => Some(UTF8_VALIDATION),
            _ => None,
        },
        reaches_entries: matches!(of, Record) && is_inherited(key),
        peers,
    }
}

/// Whether a fact is a feature, which what is declared inside inherits.
const fn is_inherited(key: &str) -> bool {
    matches!(key.as_bytes(), b"json_format")
}

/// The rows. Options are told apart from their absence by value alone, as the reference does.
#[rustfmt::skip]
pub(super) static TABLE: AttrTable = &[
    // Generated code has these in its names or its shape.
    row("cc_enable_arenas", Unit, "true", Any, Source, &["buf:FILE_SAME_CC_ENABLE_ARENAS"]),
    row("cc_generic_services", Unit, "false", Any, Source, &["buf:FILE_SAME_CC_GENERIC_SERVICES"]),
    row("csharp_namespace", Unit, "", Any, Source, &["buf:FILE_SAME_CSHARP_NAMESPACE"]),
    row("go_package", Unit, "", Any, Source, &["buf:FILE_SAME_GO_PACKAGE"]),
    row("java_generic_services", Unit, "false", Any, Source, &["buf:FILE_SAME_JAVA_GENERIC_SERVICES"]),
    row("java_multiple_files", Unit, "false", Any, Source, &["buf:FILE_SAME_JAVA_MULTIPLE_FILES"]),
    row("java_outer_classname", Unit, "", Any, Source, &["buf:FILE_SAME_JAVA_OUTER_CLASSNAME"]),
    row("java_package", Unit, "", Any, Source, &["buf:FILE_SAME_JAVA_PACKAGE"]),
    row("objc_class_prefix", Unit, "", Any, Source, &["buf:FILE_SAME_OBJC_CLASS_PREFIX"]),
    row("optimize_for", Unit, "SPEED", Any, Source, &["buf:FILE_SAME_OPTIMIZE_FOR"]),
    row("php_class_prefix", Unit, "", Any, Source, &["buf:FILE_SAME_PHP_CLASS_PREFIX"]),
    row("php_metadata_namespace", Unit, "", Any, Source, &["buf:FILE_SAME_PHP_METADATA_NAMESPACE"]),
    row("php_namespace", Unit, "", Any, Source, &["buf:FILE_SAME_PHP_NAMESPACE"]),
    row("py_generic_services", Unit, "false", Any, Source, &["buf:FILE_SAME_PY_GENERIC_SERVICES"]),
    row("ruby_package", Unit, "", Any, Source, &["buf:FILE_SAME_RUBY_PACKAGE"]),
    row("swift_prefix", Unit, "", Any, Source, &["buf:FILE_SAME_SWIFT_PREFIX"]),
    row("deprecated", Unit, "false", Any, Nobody, &[]),

    // The accessor is in generated C++ and Java until it is turned off.
    row("no_standard_descriptor_accessor", Record, "false", To("true"), Source,
        &["buf:MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR"]),
    // Only a promise that is taken back hurts.
    row(JSON_FORMAT, Record, "ALLOW", From("ALLOW"), Json, &["buf:MESSAGE_SAME_JSON_FORMAT"]),
    row(MESSAGE_SET, Record, "false", Any, AttrHurt::Binary, &[]),
    row(JAVA_NEST_IN_FILE_CLASS, Record, "NO", Any, Source, &[]),
    row(GO_API_LEVEL, Record, "API_LEVEL_UNSPECIFIED", Any, Source, &[]),
    row("deprecated", Record, "false", Any, Nobody, &[]),

    row(JSON_FORMAT, Enum, "ALLOW", From("ALLOW"), Json, &["buf:ENUM_SAME_JSON_FORMAT"]),
    row(JAVA_NEST_IN_FILE_CLASS, Enum, "NO", Any, Source, &[]),
    row(JAVA_LARGE_ENUM, Enum, "false", Any, Source, &[]),
    row(GO_STRIP_ENUM_PREFIX, Enum, "STRIP_ENUM_PREFIX_KEEP", Any, Source, &[]),
    row("deprecated", Enum, "false", Any, Nobody, &[]),

    // In C++ both of the excepted values give a `std::string`.
    row(CPP_STRING_TYPE, Field(FieldGuard::TextOrBytes), "STRING",
        Except("STRING_PIECE", "STRING"), Source, &["buf:FIELD_SAME_CPP_STRING_TYPE"]),
    row(JAVA_UTF8_VALIDATION, Field(FieldGuard::Text), "VERIFY", Any, AttrHurt::Binary,
        &["buf:FIELD_SAME_JAVA_UTF8_VALIDATION"]),
    row(UTF8_VALIDATION, Field(FieldGuard::Text), "VERIFY", Any, AttrHurt::Binary,
        &["buf:FIELD_SAME_UTF8_VALIDATION"]),
    // JavaScript has whole numbers of 64 bits as texts or as numbers.
    row("jstype", Field(FieldGuard::Int64), "JS_NORMAL", Any, Source, &["buf:FIELD_SAME_JSTYPE"]),
    row("deprecated", Field(FieldGuard::Any), "false", Any, Nobody, &[]),

    // Clients that send calls without side effects by GET notice.
    row("idempotency_level", Method, "IDEMPOTENCY_UNKNOWN", Any, Json,
        &["buf:RPC_SAME_IDEMPOTENCY_LEVEL"]),
    row("deprecated", Method, "false", Any, Nobody, &[]),
];
