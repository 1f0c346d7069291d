//! What this phase can report.

use crate::declare_rule;
use crate::diag::Rule;

declare_rule! {
    /// A contract imports a file that does not exist.
    #[page = "rules/import_not_found.md"]
    pub(crate) static IMPORT_NOT_FOUND = { category: Schema, level: Error, since: "0.1" };

    /// An import or a reference leads out of the workspace.
    #[page = "rules/path_outside_workspace.md"]
    pub(crate) static PATH_OUTSIDE_WORKSPACE = { category: Schema, level: Error, since: "0.1" };

    /// An import or a reference names something on a network.
    #[page = "rules/remote_ref.md"]
    pub(crate) static REMOTE_REF = { category: Schema, level: Error, since: "0.1" };

    /// An imported document is not OpenAPI 3.
    #[page = "rules/not_openapi.md"]
    pub(crate) static NOT_OPENAPI = { category: Schema, level: Error, since: "0.1" };

    /// A part of an OpenAPI document does not have the shape that the specification gives it.
    #[page = "rules/invalid_openapi.md"]
    pub(crate) static INVALID_OPENAPI = { category: Schema, level: Error, since: "0.1" };

    /// Two operations of a document have the same name.
    #[page = "rules/duplicate_operation_id.md"]
    pub(crate) static DUPLICATE_OPERATION_ID = { category: Schema, level: Error, since: "0.1" };

    /// A reference leads nowhere.
    #[page = "rules/unresolved_ref.md"]
    pub(crate) static UNRESOLVED_REF = { category: Schema, level: Error, since: "0.1" };

    /// References lead in a circle and never reach a thing.
    #[page = "rules/ref_cycle.md"]
    pub(crate) static REF_CYCLE = { category: Schema, level: Error, since: "0.1" };

    /// A keyword of a schema does not have the value that its dialect gives it.
    #[page = "rules/invalid_schema.md"]
    pub(crate) static INVALID_SCHEMA = { category: Schema, level: Error, since: "0.2" };

    /// A part of an AsyncAPI document does not have the shape that the specification gives it.
    #[page = "rules/invalid_asyncapi.md"]
    pub(crate) static INVALID_ASYNCAPI = { category: Schema, level: Error, since: "0.2" };

    /// An Avro schema does not have the shape that the specification gives it.
    #[page = "rules/invalid_avro.md"]
    pub(crate) static INVALID_AVRO = { category: Schema, level: Error, since: "0.3" };

    /// A schema that is compared refers to something that does not exist.
    #[page = "rules/dangling_ref.md"]
    pub(crate) static DANGLING_REF = { category: Compat, level: Warning, since: "0.2" };

    /// A schema that is compared says something that its dialect does not know how to read.
    #[page = "rules/malformed_schema.md"]
    pub(crate) static MALFORMED_SCHEMA = { category: Compat, level: Warning, since: "0.2" };

    /// A part of an OpenAPI document that is compared does not have the shape of such a part.
    #[page = "rules/malformed_openapi.md"]
    pub(crate) static MALFORMED_OPENAPI = { category: Compat, level: Warning, since: "0.2" };

    /// Keywords of a schema that is compared contradict each other, so that no value satisfies it.
    #[page = "rules/schema_unsatisfiable.md"]
    pub(crate) static SCHEMA_UNSATISFIABLE = { category: Compat, level: Warning, since: "0.2" };

    /// A keyword says nothing in the version that a document has now.
    #[page = "rules/keyword_ignored.md"]
    pub(crate) static KEYWORD_IGNORED = { category: Compat, level: Info, since: "0.2" };

    /// An import of a Protobuf file leads nowhere, stands twice, or closes a circle.
    #[page = "rules/proto_import.md"]
    pub(crate) static PROTO_IMPORT = { category: Schema, level: Error, since: "0.1" };

    /// A Protobuf file names a type that does not exist, or that it cannot use.
    #[page = "rules/proto_unresolved_type.md"]
    pub(crate) static PROTO_UNRESOLVED_TYPE = { category: Schema, level: Error, since: "0.1" };

    /// Protobuf files declare two things with one name.
    #[page = "rules/proto_duplicate_name.md"]
    pub(crate) static PROTO_DUPLICATE_NAME = { category: Schema, level: Error, since: "0.1" };

    /// A number in a Protobuf file is taken, or out of its range.
    #[page = "rules/proto_number.md"]
    pub(crate) static PROTO_NUMBER = { category: Schema, level: Error, since: "0.1" };

    /// A Protobuf file uses a number or a name that it reserves.
    #[page = "rules/proto_reserved.md"]
    pub(crate) static PROTO_RESERVED = { category: Schema, level: Error, since: "0.1" };

    /// Two fields or values of a Protobuf file have one name in JSON.
    #[page = "rules/proto_json_name.md"]
    pub(crate) static PROTO_JSON_NAME = { category: Schema, level: Error, since: "0.1" };

    /// An option of a Protobuf file does not exist, or its value does not fit.
    #[page = "rules/proto_option.md"]
    pub(crate) static PROTO_OPTION = { category: Schema, level: Error, since: "0.1" };

    /// A Protobuf file says something that its edition or the place does not allow.
    #[page = "rules/proto_not_allowed.md"]
    pub(crate) static PROTO_NOT_ALLOWED = { category: Schema, level: Error, since: "0.1" };
}

/// The rules of this phase, in the order of their pages.
pub(crate) static RULES: &[&Rule] = &[
    &IMPORT_NOT_FOUND,
    &PATH_OUTSIDE_WORKSPACE,
    &REMOTE_REF,
    &NOT_OPENAPI,
    &INVALID_OPENAPI,
    &DUPLICATE_OPERATION_ID,
    &UNRESOLVED_REF,
    &REF_CYCLE,
    &INVALID_SCHEMA,
    &INVALID_ASYNCAPI,
    &INVALID_AVRO,
    &DANGLING_REF,
    &MALFORMED_SCHEMA,
    &MALFORMED_OPENAPI,
    &SCHEMA_UNSATISFIABLE,
    &KEYWORD_IGNORED,
    &PROTO_IMPORT,
    &PROTO_UNRESOLVED_TYPE,
    &PROTO_DUPLICATE_NAME,
    &PROTO_NUMBER,
    &PROTO_RESERVED,
    &PROTO_JSON_NAME,
    &PROTO_OPTION,
    &PROTO_NOT_ALLOWED,
];
