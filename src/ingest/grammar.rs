//! Which key of an OpenAPI document holds what, as one table.
//!
//! What the table does not name is data: `example`, `default`, `const`, `enum`, the `value` of an
//! example and every extension. Nothing in data is ever taken for a reference.

/// Versions of OpenAPI, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V3_0,
    V3_1,
    V3_2,
}

/// What a value stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    Responses,
    Response,
    MediaType,
    Encoding,
    Schema,
    /// Schemas by names, where a reference stands in the place of all of them.
    Schemas,
    Callback,
    Link,
    Example,
    SecurityScheme,
    AsyncDocument,
    AsyncComponents,
    Channel,
    AsyncOperation,
    Reply,
    Message,
    MessageBindings,
    KafkaBinding,
    /// A schema of AsyncAPI, which may be one of another language with its name beside it.
    Payload,
}

/// How the value of a key is built from things of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The thing itself.
    One(Role),
    /// A list of things.
    List(Role),
    /// Things by names that the author chooses, so `$ref` and `x-a` are names like any other.
    Map(Role),
    /// A thing, or a list of them: `items` before JSON Schema 2020-12.
    OneOrList(Role),
    /// Things by name, where a list of texts may stand in a thing's place: `dependencies`.
    MapOrNames(Role),
}

/// Keys of a path item that hold operations in every version.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Role {
    /// The role as a phrase.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Role::Document => "an OpenAPI document",
            Role::Components => "the components of a document",
            Role::Paths => "the paths of a document",
            Role::PathItem => "a path item",
            Role::Operation => "an operation",
            Role::Parameter => "a parameter",
            Role::Header => "a header",
            Role::RequestBody => "a request body",
            Role::Responses => "the responses of an operation",
            Role::Response => "a response",
            Role::MediaType => "a media type",
            Role::Encoding => "an encoding",
            Role::Schema => "a schema",
            Role::Schemas => "a mapping of schemas",
            Role::Callback => "a callback",
            Role::Link => "a link",
            Role::Example => "an example",
            Role::SecurityScheme => "a security scheme",
            Role::AsyncDocument => "an AsyncAPI document",
            Role::AsyncComponents => "the components of a document",
            Role::Channel => "a channel",
            Role::AsyncOperation => "an operation",
            Role::Reply => "a reply",
            Role::Message => "a message",
            Role::MessageBindings => "the bindings of a message",
            Role::KafkaBinding => "a binding for Kafka",
            Role::Payload => "a schema",
        }
    }

    /// Whether it is a schema, or many.
    pub(super) fn is_schema(self) -> bool {
        matches!(self, Role::Schema | Role::Schemas | Role::Payload)
    }

    /// Whether it holds the document together: without it nothing is left to read.
    pub(super) fn is_frame(self) -> bool {
        matches!(self, Role::Document | Role::Components | Role::Paths)
    }

    /// Whether `{$ref: ...}` may stand in its place.
    pub(super) fn may_be_reference(self) -> bool {
        !matches!(
            self,
            Role::Document
                | Role::Components
                | Role::Paths
                | Role::Operation
                | Role::Responses
                | Role::Encoding
                | Role::AsyncDocument
                | Role::AsyncComponents
                | Role::KafkaBinding
        )
    }

    /// Whether the keys beside `$ref` count. Everywhere else they are ignored, as specified.
    pub(super) fn has_siblings(self, version: Version) -> bool {
        match self {
            Role::PathItem | Role::Schemas => true,
            Role::Schema => version >= Version::V3_1,
            _ => false,
        }
    }

    /// What the value of `key` is; `None` for data and for keys that the specification lacks.
    pub(super) fn child(self, key: &str, version: Version) -> Option<Shape> {
        use Shape::{List, Map, MapOrNames, One, OneOrList};
        if self == Role::Schemas {
            return Some(One(Role::Schema));
        }
        if key.starts_with("x-") {
            return None;
        }
        let new = version >= Version::V3_2;
        Some(match (self, key) {
            (Role::Document, "paths") => One(Role::Paths),
            (Role::Document, "webhooks") => Map(Role::PathItem),
            (Role::Document, "components") => One(Role::Components),

            (Role::Components, "schemas") => Map(Role::Schema),
            (Role::Components, "responses") => Map(Role::Response),
            (Role::Components, "parameters") => Map(Role::Parameter),
            (Role::Components, "examples") => Map(Role::Example),
            (Role::Components, "requestBodies") => Map(Role::RequestBody),
            (Role::Components, "headers") => Map(Role::Header),
            (Role::Components, "links") => Map(Role::Link),
            (Role::Components, "callbacks") => Map(Role::Callback),
            (Role::Components, "pathItems") => Map(Role::PathItem),
            (Role::Components, "securitySchemes") => Map(Role::SecurityScheme),
            (Role::Components, "mediaTypes") if new => Map(Role::MediaType),

            (Role::Paths, path) if path.starts_with('/') => One(Role::PathItem),

            (Role::PathItem, "parameters") => List(Role::Parameter),
            (Role::PathItem, method) if METHODS.contains(&method) => One(Role::Operation),
            (Role::PathItem, "query") if new => One(Role::Operation),
            (Role::PathItem, "additionalOperations") if new => Map(Role::Operation),

            (Role::Operation, "parameters") => List(Role::Parameter),
            (Role::Operation, "requestBody") => One(Role::RequestBody),
            (Role::Operation, "responses") => One(Role::Responses),
            (Role::Operation, "callbacks") => Map(Role::Callback),

            (Role::Parameter | Role::Header, "schema") => One(Role::Schema),
            (Role::Parameter | Role::Header, "content") => Map(Role::MediaType),
            (Role::Parameter | Role::Header, "examples") => Map(Role::Example),

            (Role::RequestBody, "content") => Map(Role::MediaType),
            // Status codes and `default`; anything else would be refused by the specification too.
            (Role::Responses, _) => One(Role::Response),
            (Role::Response, "headers") => Map(Role::Header),
            (Role::Response, "content") => Map(Role::MediaType),
            (Role::Response, "links") => Map(Role::Link),

            (Role::MediaType, "schema") => One(Role::Schema),
            (Role::MediaType, "itemSchema") if new => One(Role::Schema),
            (Role::MediaType, "examples") => Map(Role::Example),
            (Role::MediaType | Role::Encoding, "encoding") => Map(Role::Encoding),
            (Role::MediaType | Role::Encoding, "itemEncoding") if new => One(Role::Encoding),
            (Role::MediaType | Role::Encoding, "prefixEncoding") if new => List(Role::Encoding),
            (Role::Encoding, "headers") => Map(Role::Header),

            // The keys of a callback are expressions such as `{$request.body#/url}`.
            (Role::Callback, _) => One(Role::PathItem),

            (Role::AsyncDocument, "channels") => Map(Role::Channel),
            (Role::AsyncDocument, "operations") => Map(Role::AsyncOperation),
            (Role::AsyncDocument, "components") => One(Role::AsyncComponents),
            (Role::AsyncComponents, "schemas") => Map(Role::Payload),
            (Role::AsyncComponents, "channels") => Map(Role::Channel),
            (Role::AsyncComponents, "operations") => Map(Role::AsyncOperation),
            (Role::AsyncComponents, "replies") => Map(Role::Reply),
            (Role::AsyncComponents, "messages" | "messageTraits") => Map(Role::Message),
            (Role::AsyncComponents, "messageBindings") => Map(Role::MessageBindings),
            (Role::Channel, "messages") => Map(Role::Message),
            (Role::AsyncOperation | Role::Reply, "channel") => One(Role::Channel),
            (Role::AsyncOperation | Role::Reply, "messages") => List(Role::Message),
            (Role::AsyncOperation, "reply") => One(Role::Reply),
            (Role::Message, "payload" | "headers") => One(Role::Payload),
            (Role::Message, "traits") => List(Role::Message),
            (Role::Message, "bindings") => One(Role::MessageBindings),
            (Role::MessageBindings, "kafka") => One(Role::KafkaBinding),
            (Role::KafkaBinding, "key") => One(Role::Payload),
            (Role::Payload, "schema") => One(Role::Schema),
            (Role::Payload, key) => return Role::Schema.child(key, version),

            (Role::Schema, "properties") => Map(Role::Schema),
            (Role::Schema, "additionalProperties" | "not") => One(Role::Schema),
            (Role::Schema, "items") => OneOrList(Role::Schema),
            (Role::Schema, "allOf" | "anyOf" | "oneOf") => List(Role::Schema),
            // What JSON Schema 2020-12 adds, and what its forerunners called the same. Documents of
            // version 3.0 have none of it, but the files they share with others may.
            (Role::Schema, "patternProperties" | "$defs" | "definitions" | "dependentSchemas") => {
                Map(Role::Schema)
            }
            (Role::Schema, "prefixItems") => List(Role::Schema),
            (
                Role::Schema,
                "contains"
                | "propertyNames"
                | "if"
                | "then"
                | "else"
                | "unevaluatedItems"
                | "unevaluatedProperties"
                | "additionalItems"
                | "contentSchema",
            ) => One(Role::Schema),
            (Role::Schema, "dependencies") => MapOrNames(Role::Schema),
            _ => return None,
        })
    }
}

/// Keys whose values are data, for readers that do not know the role of what they look at.
pub(super) fn is_data(key: &str) -> bool {
    matches!(
        key,
        "example" | "examples" | "default" | "const" | "enum" | "value" | "dataValue"
    ) || key.starts_with("x-")
}

/// Keys whose values are things by names, for the same readers.
pub(super) fn is_map_of_names(key: &str) -> bool {
    matches!(
        key,
        "properties"
            | "patternProperties"
            | "$defs"
            | "definitions"
            | "dependentSchemas"
            | "dependencies"
            | "schemas"
            | "responses"
            | "parameters"
            | "requestBodies"
            | "headers"
            | "callbacks"
            | "pathItems"
            | "mediaTypes"
            | "content"
            | "paths"
            | "webhooks"
    )
}
