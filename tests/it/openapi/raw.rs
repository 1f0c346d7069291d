//! Schemas of a document as plain JSON Schema, without a line of the compiler.

use serde_json::{Map, Value, json};

/// The direction that a body travels in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// To the service.
    Request,
    /// From the service.
    Response,
    /// From whoever had the old schema to whoever has the new one.
    Value,
}

/// Reads YAML or JSON.
pub(super) fn parse(text: &str) -> Value {
    serde_yaml_ng::from_str(text).expect("the document is YAML")
}

/// The schema of the one body of a probe, as a document of JSON Schema 2020-12.
pub(super) fn body(document: &Value, direction: Direction) -> Value {
    if direction == Direction::Value {
        return document.clone();
    }
    let is_old = document["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.0"));
    let mut schema = document.clone();
    lift(&mut schema, is_old);
    leave(&mut schema, direction);
    let item = &document["paths"]["/a"];
    let place = match direction {
        Direction::Request => "post/requestBody".to_owned(),
        Direction::Response => {
            let method = if item["get"].is_object() {
                "get"
            } else {
                "post"
            };
            format!("{method}/responses/200")
        }
        Direction::Value => unreachable!("a schema is returned above"),
    };
    let pointer = format!("#/paths/~1a/{place}/content/application~1json/schema");
    let root = schema.as_object_mut().expect("a document is an object");
    root.insert(
        "$schema".into(),
        "https://json-schema.org/draft/2020-12/schema".into(),
    );
    root.insert("$ref".into(), pointer.into());
    schema
}

/// Writes what OpenAPI adds to JSON Schema in its own words.
fn lift(node: &mut Value, is_old: bool) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(|item| lift(item, is_old)),
        Value::Object(entries) => {
            if is_old {
                lift_old(entries);
            }
            let whole = match entries.get("format").and_then(Value::as_str) {
                Some("int32") => Some((json!(i32::MIN), json!(i32::MAX))),
                Some("int64") => Some((json!(i64::MIN), json!(i64::MAX))),
                _ => None,
            };
            if let Some((low, high)) = whole {
                entries.remove("format");
                let range = json!({
                    "if": {"type": "number"},
                    "then": {"type": "integer", "minimum": low, "maximum": high}
                });
                let all = entries.entry("allOf").or_insert_with(|| json!([]));
                all.as_array_mut().expect("allOf is a list").push(range);
            }
            entries.values_mut().for_each(|entry| lift(entry, is_old));
        }
        _ => {}
    }
}

/// OpenAPI 3.0: siblings of a reference are not read, `nullable` widens a type, and exclusive bounds
/// are flags.
pub(super) fn lift_old(entries: &mut Map<String, Value>) {
    if entries.get("$ref").is_some_and(Value::is_string) {
        entries.retain(|name, _| name == "$ref");
        return;
    }
    if entries.remove("nullable") == Some(json!(true))
        && let Some(kind) = entries.get_mut("type")
    {
        *kind = json!([kind.clone(), "null"]);
    }
    for (flag, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match entries.get(flag) {
            Some(Value::Bool(true)) => {
                if let Some(end) = entries.remove(bound) {
                    entries.insert(flag.into(), end);
                }
            }
            Some(Value::Bool(false)) => {
                entries.remove(flag);
            }
            _ => {}
        }
    }
}

/// Takes out what does not travel, with its requirement.
fn leave(node: &mut Value, direction: Direction) {
    let flag = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
        Direction::Value => return,
    };
    match node {
        Value::Array(items) => items.iter_mut().for_each(|item| leave(item, direction)),
        Value::Object(entries) => {
            let mut gone: Vec<String> = Vec::new();
            if let Some(Value::Object(properties)) = entries.get_mut("properties") {
                properties.retain(|name, schema| {
                    let stays = schema[flag] != json!(true);
                    if !stays {
                        gone.push(name.clone());
                    }
                    stays
                });
            }
            if let Some(Value::Array(required)) = entries.get_mut("required") {
                required.retain(|name| !gone.iter().any(|gone| name == gone));
            }
            entries
                .values_mut()
                .for_each(|entry| leave(entry, direction));
        }
        _ => {}
    }
}
