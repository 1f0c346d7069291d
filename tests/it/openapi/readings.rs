//! The closed and the open reading, each held to another way of saying what it means.
//!
//! Closed is written out as `unevaluatedProperties: false` at the outermost schema of every value.
//! Open leaves values out that have a name which the writer does not send.

use std::collections::BTreeSet;

use cherryc::Reading;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::generate::verdict::verdict_by;
use super::generate::{Random, Verdict, pair, samples, validator};

/// Pairs of a run.
const PAIRS: u64 = 600;

const SEED: u64 = 11_241_956;

fn seed() -> u64 {
    let named = std::env::var("CHERRY_PAIRS_SEED").ok();
    named.and_then(|text| text.parse().ok()).unwrap_or(SEED)
}

// === Closed ===

/// The document with the closed reading written out.
fn closed(document: &Value) -> Value {
    let mut inner = written_out(document, document);
    if is_closed(document, document) {
        inner = json!({
            "$schema": document["$schema"],
            "$defs": inner["$defs"],
            "allOf": inner["allOf"],
            "unevaluatedProperties": false
        });
    }
    inner
}

/// The schema of a whole value, closed where it is to be.
fn outermost(schema: &Value, document: &Value) -> Value {
    let inner = written_out(schema, document);
    match is_closed(schema, document) {
        true => json!({"allOf": [inner], "unevaluatedProperties": false}),
        false => inner,
    }
}

/// The schema with what it says of parts closed.
fn written_out(schema: &Value, document: &Value) -> Value {
    let Value::Object(entries) = schema else {
        return schema.clone();
    };
    let each = |value: &Value, write: &dyn Fn(&Value, &Value) -> Value| match value {
        Value::Array(items) => items.iter().map(|item| write(item, document)).collect(),
        Value::Object(rows) => {
            let rows = rows.iter();
            let rows = rows.map(|(name, row)| (name.clone(), write(row, document)));
            Value::Object(rows.collect())
        }
        other => other.clone(),
    };
    let entries = entries.iter().map(|(keyword, value)| {
        let written = match keyword.as_str() {
            "properties" | "patternProperties" | "prefixItems" => each(value, &outermost),
            "items"
            | "contains"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "propertyNames" => outermost(value, document),
            "allOf" | "anyOf" | "oneOf" | "dependentSchemas" | "$defs" => each(value, &written_out),
            "not" | "if" | "then" | "else" => written_out(value, document),
            _ => value.clone(),
        };
        (keyword.clone(), written)
    });
    Value::Object(entries.collect())
}

/// Whether a schema declares a name somewhere in place and has no written rest.
fn is_closed(schema: &Value, document: &Value) -> bool {
    let mut declares = false;
    let mut has_rest = false;
    in_place(schema, document, 0, &mut |entries| {
        for keyword in ["properties", "patternProperties"] {
            declares |= entries.get(keyword).is_some_and(|rows| *rows != json!({}));
        }
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            has_rest |= entries.contains_key(keyword);
        }
    });
    declares && !has_rest
}

/// Every schema that applies to the same value.
fn in_place(
    schema: &Value,
    document: &Value,
    depth: usize,
    visit: &mut dyn FnMut(&serde_json::Map<String, Value>),
) {
    let Value::Object(entries) = schema else {
        return;
    };
    assert!(
        depth < 40,
        "definitions refer to themselves below a name only"
    );
    visit(entries);
    for (keyword, value) in entries {
        match keyword.as_str() {
            "$ref" => in_place(&document["$defs"]["D"], document, depth + 1, visit),
            "allOf" | "anyOf" | "oneOf" => {
                for one in value.as_array().into_iter().flatten() {
                    in_place(one, document, depth + 1, visit);
                }
            }
            "dependentSchemas" => {
                for (_, one) in value.as_object().into_iter().flatten() {
                    in_place(one, document, depth + 1, visit);
                }
            }
            "not" | "if" | "then" | "else" => in_place(value, document, depth + 1, visit),
            _ => {}
        }
    }
}

// === Open ===

/// What a schema says of names in place.
#[derive(Debug, Default)]
struct Names {
    declared: BTreeSet<String>,
    required: BTreeSet<String>,
    /// Whether a rest is written, or names are declared by a pattern.
    is_wider: bool,
}

impl Names {
    fn of(document: &Value) -> Self {
        let mut names = Names::default();
        in_place(document, document, 0, &mut |entries| {
            let properties = entries.get("properties").and_then(Value::as_object);
            names
                .declared
                .extend(properties.into_iter().flat_map(|rows| rows.keys().cloned()));
            let required = entries.get("required").and_then(Value::as_array);
            let required = required.into_iter().flatten().filter_map(Value::as_str);
            names.required.extend(required.map(str::to_owned));
            names.is_wider |= [
                "additionalProperties",
                "unevaluatedProperties",
                "patternProperties",
            ]
            .iter()
            .any(|keyword| entries.contains_key(*keyword));
        });
        names
    }
}

/// Whether a writer sends the value, as far as its outermost names tell; none where more would have
/// to be known.
fn is_sent(value: &Value, writer: &Names, reader: &Names) -> Option<bool> {
    fn has_objects(value: &Value) -> bool {
        match value {
            Value::Object(_) => true,
            Value::Array(items) => items.iter().any(has_objects),
            _ => false,
        }
    }
    let Value::Object(entries) = value else {
        return (!has_objects(value)).then_some(true);
    };
    if writer.is_wider || reader.is_wider || entries.values().any(has_objects) {
        return None;
    }
    Some(entries.keys().all(|name| {
        writer.declared.contains(name)
            || writer.required.contains(name)
            || !reader.declared.contains(name)
    }))
}

// === The runs ===

/// What a pair comes to by a reading, checked.
fn checked(run: u64, reading: Reading) -> Result<&'static str, String> {
    let mut random = Random::new(seed(), run);
    let (old, new) = pair(&mut random);
    let told = |what: &str| {
        format!(
            "seed {}, {reading:?} pair {run}: {what}\nold: {old}\nnew: {new}",
            seed()
        )
    };
    let verdict = verdict_by(&old, &new, reading).map_err(|refusal| told(&refusal))?;
    let said = match reading {
        Reading::Closed => [closed(&old), closed(&new)],
        _ => [old.clone(), new.clone()],
    };
    let [writer, reader] = [0, 1].map(|at| validator(&said[at]));
    let names = [Names::of(&old), Names::of(&new)];
    let is_proof = |value: &Value| writer.is_valid(value) && !reader.is_valid(value);
    match verdict {
        Verdict::Unknown => Ok("unknown"),
        Verdict::Unjudged => Ok("unjudged"),
        Verdict::Contained => {
            for value in samples(&old, &new, &mut random) {
                let is_sent =
                    reading != Reading::Open || is_sent(&value, &names[0], &names[1]) == Some(true);
                if is_sent && is_proof(&value) {
                    return Err(told(&format!("said to be contained, but {value} is not")));
                }
            }
            Ok("contained")
        }
        Verdict::NotContained(witnesses) => {
            for value in witnesses {
                if !is_proof(&value) {
                    return Err(told(&format!("{value} proves nothing")));
                }
                if reading == Reading::Open && is_sent(&value, &names[0], &names[1]) == Some(false)
                {
                    return Err(told(&format!("{value} is not sent")));
                }
            }
            Ok("not contained")
        }
    }
}

fn check(reading: Reading) {
    let answers: Vec<_> = (0..PAIRS)
        .into_par_iter()
        .map(|run| checked(run, reading))
        .collect();
    let failures: Vec<&str> = answers
        .iter()
        .filter_map(|one| one.as_ref().err().map(String::as_str))
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {PAIRS} pairs\n{}",
        failures.len(),
        failures[..failures.len().min(3)].join("\n\n")
    );
    let count = |word| answers.iter().flatten().filter(|one| **one == word).count();
    let (contained, refused) = (count("contained"), count("not contained"));
    println!(
        "{reading:?}: {contained} contained, {refused} not, {} unknown",
        count("unknown")
    );
    assert!(
        contained > 80 && refused > 80,
        "{contained} contained, {refused} not"
    );
}

#[test]
fn the_closed_reading_is_what_its_rewriting_says() {
    check(Reading::Closed);
}

#[test]
fn the_open_reading_leaves_out_what_is_not_sent() {
    check(Reading::Open);
}
