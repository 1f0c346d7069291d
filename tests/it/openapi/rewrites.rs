//! Ways to write a schema otherwise that keep the values it accepts, and a document rewritten by many
//! of them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::generate::Random;
use super::raw::lift_old;

/// Words that say more than which values are accepted, so that their place counts.
const MORE: [&str; 6] = [
    "readOnly",
    "writeOnly",
    "default",
    "deprecated",
    "discriminator",
    "nullable",
];

/// Words that say the same wherever they stand beside others.
const MOVABLE: [&str; 10] = [
    "minLength",
    "maxLength",
    "pattern",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "required",
    "minProperties",
    "maxProperties",
];

/// What a rewrite works on.
pub(super) struct Rewriter<'r> {
    pub(super) document: Value,
    pub(super) random: &'r mut Random,
    /// Whether the document is one of OpenAPI 3.0.
    is_old: bool,
    /// What was done so far.
    pub(super) done: Vec<&'static str>,
}

type Rewrite = fn(&mut Rewriter<'_>, &str) -> bool;

/// Every rewrite of a schema, by name. Each returns whether it found something to do.
const REWRITES: [(&str, Rewrite); 21] = [
    ("a conjunction of one", |it, at| {
        it.replace(at, |schema| json!({"allOf": [schema]}))
    }),
    ("a conjunction with itself", |it, at| {
        it.replace(at, |schema| json!({"allOf": [schema, schema]}))
    }),
    ("a choice of itself", |it, at| {
        it.replace(at, |schema| json!({"anyOf": [schema, schema]}))
    }),
    ("words moved into a conjunction", split_words),
    ("properties moved into a conjunction", split_properties),
    ("values reordered", |it, at| it.reversed(at, "enum")),
    ("names reordered", |it, at| it.reversed(at, "required")),
    ("choices reordered", |it, at| it.reversed(at, "anyOf")),
    ("conjunction reordered", |it, at| it.reversed(at, "allOf")),
    ("a constant as a list", |it, at| {
        it.edit(at, |schema, _| {
            let value = schema.remove("const")?;
            schema.insert("enum".into(), json!([value]));
            Some(())
        })
    }),
    ("a list of one as a constant", |it, at| {
        it.edit(at, |schema, is_old| {
            let values = schema.get("enum")?.as_array()?;
            if is_old || values.len() != 1 || schema.contains_key("const") {
                return None;
            }
            let value = values[0].clone();
            schema.remove("enum");
            schema.insert("const".into(), value);
            Some(())
        })
    }),
    ("kinds as a choice", |it, at| {
        it.edit(at, |schema, is_old| {
            let kinds = schema.get("type")?.as_array()?.clone();
            if is_old || schema.contains_key("anyOf") {
                return None;
            }
            schema.remove("type");
            let kinds: Vec<Value> = kinds.iter().map(|kind| json!({"type": kind})).collect();
            schema.insert("anyOf".into(), kinds.into());
            Some(())
        })
    }),
    ("a kind as a list", |it, at| {
        it.edit(at, |schema, is_old| {
            let kind = schema.get("type")?.as_str()?.to_owned();
            if is_old {
                return None;
            }
            schema.insert("type".into(), json!([kind]));
            Some(())
        })
    }),
    ("an exclusive bound of whole numbers", exclusive_bound),
    ("exactly one of different kinds as any", |it, at| {
        it.edit(at, |schema, _| choice(schema, "oneOf", "anyOf"))
    }),
    ("any of different kinds as exactly one", |it, at| {
        it.edit(at, |schema, _| choice(schema, "anyOf", "oneOf"))
    }),
    ("whole numbers by their steps", |it, at| {
        it.edit(at, |schema, _| {
            let is_plain = schema.get("type")? == "integer"
                && !schema.contains_key("multipleOf")
                && !schema.contains_key("format");
            if !is_plain {
                return None;
            }
            schema.insert("type".into(), json!("number"));
            schema.insert("multipleOf".into(), json!(1));
            Some(())
        })
    }),
    ("items as positions", |it, at| {
        it.edit(at, |schema, is_old| {
            let most = schema.get("maxItems")?.as_u64().filter(|most| *most <= 3)?;
            let others = ["prefixItems", "contains", "unevaluatedItems"];
            if is_old || others.iter().any(|word| schema.contains_key(*word)) {
                return None;
            }
            let items = schema.remove("items")?;
            let positions = usize::try_from(most).expect("it is small");
            if positions > 0 {
                schema.insert("prefixItems".into(), vec![items; positions].into());
            }
            Some(())
        })
    }),
    ("bounds that bind nothing", |it, at| {
        it.edit(at, |schema, _| {
            let words = ["minLength", "minItems", "minProperties"];
            let word = words.iter().find(|word| !schema.contains_key(**word))?;
            (!schema.contains_key("$ref")).then_some(())?;
            schema.insert((*word).into(), json!(0));
            Some(())
        })
    }),
    ("a pattern in a group", |it, at| {
        it.edit(at, |schema, _| {
            let pattern = schema.get("pattern")?.as_str()?;
            let pattern = format!("(?:{pattern})");
            schema.insert("pattern".into(), pattern.into());
            Some(())
        })
    }),
    ("not the opposite", |it, at| {
        let plain = ["string", "integer", "number", "boolean"];
        let schema = it.document.pointer(at).expect("it is there");
        let is_plain = schema["type"]
            .as_str()
            .is_some_and(|kind| plain.contains(&kind));
        is_plain && it.replace(at, |schema| json!({"not": {"not": schema}}))
    }),
];

impl<'r> Rewriter<'r> {
    pub(super) fn new(document: Value, random: &'r mut Random) -> Self {
        let version = document["openapi"].as_str().unwrap_or_default();
        Rewriter {
            is_old: version.starts_with("3.0"),
            document,
            random,
            done: Vec::new(),
        }
    }

    /// Rewrites it a number of times; how often there was something to do.
    pub(super) fn rewrite(&mut self, times: usize) {
        for _ in 0..times {
            let places = places(&self.document);
            if places.is_empty() {
                return;
            }
            let at = self.random.of(&places).clone();
            match self.random.below(REWRITES.len() + 4) {
                0 | 1 => self.outline(&at),
                2 | 3 => self.inline(&at),
                number => {
                    let (name, rewrite) = REWRITES[number - 4];
                    if rewrite(self, &at) {
                        self.done.push(name);
                    }
                }
            }
        }
    }

    /// The schema at a place that may be written otherwise.
    fn free(&self, at: &str) -> Option<&Value> {
        let schema = self.document.pointer(at)?;
        let entries = schema.as_object()?;
        let is_more = |word: &String| MORE.contains(&word.as_str()) || word.starts_with("x-");
        // What stands beside a reference is not read in 3.0.
        let is_ignored = self.is_old && entries.contains_key("$ref") && entries.len() > 1;
        (!is_ignored && !entries.keys().any(is_more)).then_some(schema)
    }

    fn replace(&mut self, at: &str, write: impl Fn(&Value) -> Value) -> bool {
        let Some(schema) = self.free(at) else {
            return false;
        };
        // What grows by every rewrite would soon be all that there is.
        if schema.to_string().len() > 600 {
            return false;
        }
        let written = write(schema);
        *self.document.pointer_mut(at).expect("it is there") = written;
        true
    }

    fn edit(
        &mut self,
        at: &str,
        edit: impl Fn(&mut Map<String, Value>, bool) -> Option<()>,
    ) -> bool {
        if self.free(at).is_none() {
            return false;
        }
        let is_old = self.is_old;
        let schema = self.document.pointer_mut(at).expect("it is there");
        let entries = schema.as_object_mut().expect("it is an object");
        edit(entries, is_old).is_some()
    }

    fn reversed(&mut self, at: &str, word: &str) -> bool {
        self.edit(at, |schema, _| {
            let list = schema.get_mut(word)?.as_array_mut()?;
            list.reverse();
            (list.len() > 1).then_some(())
        })
    }

    /// Gives a schema a name.
    fn outline(&mut self, at: &str) {
        let Some(schema) = self.free(at).cloned() else {
            return;
        };
        let components = self.document["components"]["schemas"].as_object();
        let name = format!("Moved{}", components.map_or(0, Map::len));
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        *self.document.pointer_mut(at).expect("it is there") = reference;
        self.document["components"]["schemas"][&*name] = schema;
        self.done.push("a name for a schema");
    }

    /// Writes a schema where its name stands.
    fn inline(&mut self, at: &str) {
        let reference = self.document.pointer(at).and_then(|schema| {
            let entries = schema.as_object()?;
            (entries.len() == 1).then_some(())?;
            entries.get("$ref")?.as_str()
        });
        let Some(target) = reference.and_then(|text| text.strip_prefix('#')) else {
            return;
        };
        let Some(schema) = self.free(target).cloned() else {
            return;
        };
        *self.document.pointer_mut(at).expect("it is there") = schema;
        self.done.push("a schema for its name");
    }

    /// Makes a document of OpenAPI 3.0 one of 3.1.
    pub(super) fn lift(&mut self) {
        if !self.is_old || self.random.one_in(2) {
            return;
        }
        for at in places(&self.document) {
            // What stood beside a reference is gone with its schemas.
            if let Some(Value::Object(entries)) = self.document.pointer_mut(&at) {
                lift_old(entries);
            }
        }
        self.document["openapi"] = json!("3.1.0");
        self.is_old = false;
        self.done.push("another version of OpenAPI");
    }

    /// Calls the parameters of paths otherwise.
    pub(super) fn rename_path_parameters(&mut self) {
        let Some(paths) = self.document["paths"].as_object_mut() else {
            return;
        };
        let old = std::mem::take(paths);
        for (path, mut item) in old {
            let named = item.to_string().contains("\"in\":\"path\"");
            if !named || path.matches('{').count() != 1 || item.to_string().contains("$ref") {
                paths.insert(path, item);
                continue;
            }
            rename(&mut item);
            paths.insert(path.replace('}', "Key}"), item);
            self.done.push("a path parameter renamed");
        }
    }
}

fn rename(node: &mut Value) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(rename),
        Value::Object(entries) => {
            if entries.get("in").is_some_and(|place| place == "path")
                && let Some(Value::String(name)) = entries.get_mut("name")
            {
                name.push_str("Key");
            }
            entries.values_mut().for_each(rename);
        }
        _ => {}
    }
}

fn split_words(it: &mut Rewriter<'_>, at: &str) -> bool {
    let word = *it.random.of(&MOVABLE);
    it.edit(at, |schema, _| {
        let value = schema.remove(word)?;
        let rest = Value::Object(std::mem::take(schema));
        schema.insert("allOf".into(), json!([rest, {word: value}]));
        Some(())
    })
}

fn split_properties(it: &mut Rewriter<'_>, at: &str) -> bool {
    it.edit(at, |schema, _| {
        let others = [
            "additionalProperties",
            "patternProperties",
            "unevaluatedProperties",
            "allOf",
        ];
        if others.iter().any(|word| schema.contains_key(*word)) {
            return None;
        }
        let properties = schema.get_mut("properties")?.as_object_mut()?;
        let name = properties.keys().next()?.clone();
        let moved = properties.remove(&name)?;
        let half = json!({"properties": {name: moved}});
        schema.insert("allOf".into(), json!([half]));
        Some(())
    })
}

fn exclusive_bound(it: &mut Rewriter<'_>, at: &str) -> bool {
    let (bound, flag, by) = *it.random.of(&[
        ("minimum", "exclusiveMinimum", -1),
        ("maximum", "exclusiveMaximum", 1),
    ]);
    it.edit(at, |schema, is_old| {
        if schema.get("type")? != "integer" || schema.contains_key(flag) {
            return None;
        }
        let end = schema.get(bound)?.as_i64()?.checked_add(by)?;
        if is_old {
            schema.insert(bound.into(), json!(end));
            schema.insert(flag.into(), json!(true));
        } else {
            schema.remove(bound);
            schema.insert(flag.into(), json!(end));
        }
        Some(())
    })
}

/// Another word for a choice between schemas of different kinds.
fn choice(schema: &mut Map<String, Value>, old: &str, new: &str) -> Option<()> {
    let branches = schema.get(old)?.as_array()?;
    let kinds: Option<BTreeSet<&str>> = branches
        .iter()
        .map(|branch| match branch["type"].as_str()? {
            "integer" => Some("number"),
            kind => (branch["nullable"] != true).then_some(kind),
        })
        .collect();
    if kinds?.len() != branches.len() || schema.contains_key(new) {
        return None;
    }
    let branches = schema.remove(old)?;
    schema.insert(new.into(), branches);
    Some(())
}

// === Where schemas are ===

/// Whether places of schemas count in this document, as something refers to them or tells them apart
/// by name.
pub(super) fn is_bound(document: &Value) -> bool {
    let text = document.to_string();
    let mut references = text.split("\"$ref\":\"").skip(1);
    references.any(|rest| !rest.starts_with("#/components/"))
        || ["discriminator", "$defs", "$anchor"]
            .iter()
            .any(|word| text.contains(word))
}

/// The places of all schemas of a document, as JSON Pointers.
pub(super) fn places(document: &Value) -> Vec<String> {
    let mut out = Vec::new();
    outside(document, String::new(), &mut out);
    out
}

fn below(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Looks for schemas in the rest of a document.
fn outside(node: &Value, at: String, out: &mut Vec<String>) {
    match node {
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                outside(item, below(&at, &number.to_string()), out);
            }
        }
        Value::Object(entries) => {
            for (name, value) in entries {
                let here = below(&at, name);
                match name.as_str() {
                    "schema" | "itemSchema" => inside(value, here, out),
                    "schemas" if at == "/components" => {
                        for (name, schema) in value.as_object().into_iter().flatten() {
                            inside(schema, below(&here, name), out);
                        }
                    }
                    "example" | "examples" => {}
                    _ => outside(value, here, out),
                }
            }
        }
        _ => {}
    }
}

/// A schema and those within it.
fn inside(schema: &Value, at: String, out: &mut Vec<String>) {
    let Some(entries) = schema.as_object() else {
        return;
    };
    for (word, value) in entries {
        let here = below(&at, word);
        match word.as_str() {
            "properties" | "patternProperties" | "dependentSchemas" => {
                for (name, schema) in value.as_object().into_iter().flatten() {
                    inside(schema, below(&here, name), out);
                }
            }
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                for (number, schema) in value.as_array().into_iter().flatten().enumerate() {
                    inside(schema, below(&here, &number.to_string()), out);
                }
            }
            "items"
            | "additionalProperties"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedProperties"
            | "unevaluatedItems" => {
                inside(value, here, out);
            }
            _ => {}
        }
    }
    out.push(at);
}
