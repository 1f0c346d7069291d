//! The published JSON Schema of the language, printed from the types that read it.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::ContractAst;
use crate::syntax::{Map, MapKey};
use crate::text::Spanned;

/// The JSON Schema (draft 2020-12) of a contract.
pub(crate) fn contract_schema() -> serde_json::Value {
    let schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<ContractAst>();
    let mut out = serde_json::Map::new();
    // The head of the file says what it is before anything else.
    out.insert(
        "$schema".to_owned(),
        "https://json-schema.org/draft/2020-12/schema".into(),
    );
    out.insert("$id".to_owned(), "urn:cherryc:schema:cherry:1".into());
    out.insert("title".to_owned(), "Service contract, edition 1".into());
    if let serde_json::Value::Object(own) = schema.to_value() {
        for (key, value) in own {
            out.entry(key).or_insert(value);
        }
    }
    out.into()
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<K: MapKey, V: JsonSchema> JsonSchema for Map<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": K::key_schema(),
            "additionalProperties": generator.subschema_for::<V>(),
        })
    }
}
