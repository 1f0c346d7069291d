//! Documents that are rewritten at random keep what they accept, and a break is found behind every
//! rewrite.
//!
//! The seed is fixed; `CHERRY_REWRITES_SEED=<n>` takes another one. A failure prints both documents.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::generate::{Random, validator};
use super::probes::{all, compare};
use super::raw::{Direction, body, parse};
use super::rewrites::{Rewriter, is_bound};
use crate::harness::root;

/// Documents that are rewritten, and breaks that are hidden, in a run.
const RUNS: u64 = 300;

/// Most rewrites of one document.
const MAX_REWRITES: usize = 8;

/// Largest share of runs that may stay unknown, in percent: silent and wrong are none.
const MAX_UNKNOWN_PERCENT: usize = 2;

/// Seed of a run that names none.
const SEED: u64 = 20_261_124;

/// A change that refuses a value.
struct Mutation {
    name: &'static str,
    /// What is accepted before, what after, and a value between them; as JSON.
    wide: &'static str,
    narrow: &'static str,
    value: &'static str,
}

const fn kind(
    name: &'static str,
    wide: &'static str,
    narrow: &'static str,
    value: &'static str,
) -> Mutation {
    Mutation {
        name,
        wide,
        narrow,
        value,
    }
}

/// Kinds of changes that break.
#[rustfmt::skip]
static MUTATIONS: [Mutation; 40] = [
    kind("minimum set", r#"{"type":"integer"}"#, r#"{"type":"integer","minimum":0}"#, "-1"),
    kind("minimum raised", r#"{"type":"number","minimum":1}"#, r#"{"type":"number","minimum":2}"#, "1"),
    kind("maximum lowered", r#"{"type":"integer","maximum":9}"#, r#"{"type":"integer","maximum":8}"#, "9"),
    kind("bound made exclusive", r#"{"type":"number","maximum":9}"#, r#"{"type":"number","exclusiveMaximum":9}"#, "9"),
    kind("multiple set", r#"{"type":"integer"}"#, r#"{"type":"integer","multipleOf":2}"#, "1"),
    kind("multiple changed", r#"{"type":"integer","multipleOf":4}"#, r#"{"type":"integer","multipleOf":6}"#, "4"),
    kind("fractions refused", r#"{"type":"number"}"#, r#"{"type":"integer"}"#, "0.5"),
    kind("kind changed", r#"{"type":"string"}"#, r#"{"type":"integer"}"#, r#""""#),
    kind("kind removed", r#"{"type":["string","boolean"]}"#, r#"{"type":"string"}"#, "true"),
    kind("null refused", r#"{"type":["string","null"]}"#, r#"{"type":"string"}"#, "null"),
    kind("kind set", "{}", r#"{"type":"object"}"#, "0"),
    kind("range of a format set", r#"{"type":"integer"}"#, r#"{"type":"integer","format":"int32"}"#, "2147483648"),
    kind("shortest raised", r#"{"type":"string"}"#, r#"{"type":"string","minLength":1}"#, r#""""#),
    kind("longest lowered", r#"{"type":"string","maxLength":3}"#, r#"{"type":"string","maxLength":2}"#, r#""aaa""#),
    kind("pattern set", r#"{"type":"string"}"#, r#"{"type":"string","pattern":"^[a-z]*$"}"#, r#""0""#),
    kind("pattern narrowed", r#"{"type":"string","pattern":"^[A-Z]{2,3}$"}"#, r#"{"type":"string","pattern":"^[A-Z]{2}$"}"#, r#""AAA""#),
    kind("format set", r#"{"type":"string"}"#, r#"{"type":"string","format":"date"}"#, r#""""#),
    kind("value removed", r#"{"enum":["a","b","c"]}"#, r#"{"enum":["a","c"]}"#, r#""b""#),
    kind("values set", r#"{"type":"string"}"#, r#"{"enum":["a","b"]}"#, r#""c""#),
    kind("constant changed", r#"{"const":1}"#, r#"{"const":2}"#, "1"),
    kind("constant set", r#"{"type":"boolean"}"#, r#"{"const":true}"#, "false"),
    kind("items set", r#"{"type":"array"}"#, r#"{"type":"array","items":{"type":"string"}}"#, "[0]"),
    kind("items narrowed", r#"{"type":"array","items":{"type":"number"}}"#, r#"{"type":"array","items":{"type":"integer"}}"#, "[0.5]"),
    kind("fewest items raised", r#"{"type":"array"}"#, r#"{"type":"array","minItems":1}"#, "[]"),
    kind("most items lowered", r#"{"type":"array","maxItems":2}"#, r#"{"type":"array","maxItems":1}"#, "[0,0]"),
    kind("repetition refused", r#"{"type":"array"}"#, r#"{"type":"array","uniqueItems":true}"#, "[0,0]"),
    kind("position narrowed", r#"{"prefixItems":[{"type":"number"}]}"#, r#"{"prefixItems":[{"type":"integer"}]}"#, "[0.5]"),
    kind("item demanded", r#"{"type":"array"}"#, r#"{"type":"array","contains":{"type":"string"}}"#, "[]"),
    kind("property demanded", r#"{"type":"object","properties":{"p":{"type":"string"}}}"#, r#"{"type":"object","properties":{"p":{"type":"string"}},"required":["p"]}"#, "{}"),
    kind("property narrowed", r#"{"type":"object","properties":{"p":{"type":"number"}}}"#, r#"{"type":"object","properties":{"p":{"type":"integer"}}}"#, r#"{"p":0.5}"#),
    kind("property refused", r#"{"type":"object","properties":{"p":{}}}"#, r#"{"type":"object","properties":{"p":false}}"#, r#"{"p":0}"#),
    kind("rest closed", r#"{"type":"object","properties":{"p":{}}}"#, r#"{"type":"object","properties":{"p":{}},"additionalProperties":false}"#, r#"{"r":0}"#),
    kind("rest narrowed", r#"{"type":"object","additionalProperties":{"type":"number"}}"#, r#"{"type":"object","additionalProperties":{"type":"integer"}}"#, r#"{"r":0.5}"#),
    kind("names narrowed", r#"{"type":"object"}"#, r#"{"type":"object","propertyNames":{"pattern":"^[a-z]*$"}}"#, r#"{"0":0}"#),
    kind("fewest properties raised", r#"{"type":"object"}"#, r#"{"type":"object","minProperties":1}"#, "{}"),
    kind("most properties lowered", r#"{"type":"object"}"#, r#"{"type":"object","maxProperties":1}"#, r#"{"r":0,"s":0}"#),
    kind("companion demanded", r#"{"type":"object"}"#, r#"{"type":"object","dependentRequired":{"r":["s"]}}"#, r#"{"r":0}"#),
    kind("branch removed", r#"{"anyOf":[{"type":"string"},{"type":"boolean"}]}"#, r#"{"anyOf":[{"type":"string"}]}"#, "true"),
    kind("any of became exactly one", r#"{"anyOf":[{"type":"integer"},{"type":"number"}]}"#, r#"{"oneOf":[{"type":"integer"},{"type":"number"}]}"#, "1"),
    kind("value excluded", r#"{"type":"string"}"#, r#"{"type":"string","not":{"const":"root"}}"#, r#""root""#),
];

fn seed() -> u64 {
    let named = std::env::var("CHERRY_REWRITES_SEED").ok();
    named.and_then(|text| text.parse().ok()).unwrap_or(SEED)
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).expect("the table holds JSON")
}

/// Findings of a report that are louder than a remark.
fn loud(said: &Value) -> Vec<String> {
    let findings = said["findings"].as_array().expect("a report has findings");
    let loud = findings.iter().filter(|one| one["severity"] != "info");
    loud.map(|one| format!("{}: {}", one["rule"], one["message"]))
        .collect()
}

/// Documents to rewrite: those of the probes, and the examples that users see.
fn documents() -> Vec<(String, Value)> {
    let mut documents = Vec::new();
    for version in ["v1", "v2"] {
        let path = format!("examples/shop/{version}.openapi.yaml");
        let text = std::fs::read_to_string(root().join(&path)).expect("the example is there");
        documents.push((path, parse(&text)));
    }
    for probe in all() {
        if probe.is_of_the_reference() && probe.truth.inexact.is_none() {
            for (side, text) in [("old", &probe.old.1), ("new", &probe.new.1)] {
                documents.push((format!("{} {side}", probe.name), parse(text)));
            }
        }
    }
    documents.retain(|(_, document)| !is_bound(document));
    documents
}

/// What a run ended with.
enum End {
    Right,
    /// It was not decided.
    Unknown,
    /// Told with both documents.
    Wrong(String),
}

/// Runs them all.
fn check(run: impl Fn(u64) -> End + Send + Sync) {
    let ends: Vec<End> = (0..RUNS).into_par_iter().map(run).collect();
    let unknown = ends.iter().filter(|end| matches!(end, End::Unknown));
    let unknown = unknown.count();
    let wrong: Vec<&str> = (ends.iter())
        .filter_map(|end| match end {
            End::Wrong(told) => Some(told.as_str()),
            End::Right | End::Unknown => None,
        })
        .collect();
    assert!(
        wrong.is_empty() && unknown * 100 <= MAX_UNKNOWN_PERCENT * ends.len(),
        "seed {}: of {RUNS} runs {unknown} are unknown, and {} wrong\n{}",
        seed(),
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n\n")
    );
}

fn is_unknown(said: &Value) -> bool {
    said["summary"]["unknown"] != 0
}

#[test]
fn rewriting_a_document_changes_nothing() {
    let documents = documents();
    check(|run| {
        let mut random = Random::new(seed(), run);
        let (name, document) = random.of(&documents).clone();
        let (done, written) = rewritten(document.clone(), &mut random);
        let (old, new) = (document.to_string(), written.to_string());
        // Neither way may say anything.
        let both = [compare(&old, &new), compare(&new, &old)];
        let said: Vec<String> = both.iter().flat_map(loud).collect();
        if said.is_empty() {
            End::Right
        } else if both.iter().any(is_unknown) {
            End::Unknown
        } else {
            End::Wrong(format!("run {run}, {name}: {done}\n{said:?}\n{old}\n{new}"))
        }
    });
}

/// A document that is written otherwise, and how.
fn rewritten(document: Value, random: &mut Random) -> (String, Value) {
    let times = 1 + random.below(MAX_REWRITES);
    let mut rewriter = Rewriter::new(document, random);
    rewriter.lift();
    rewriter.rewrite(times);
    rewriter.rename_path_parameters();
    (rewriter.done.join(", "), rewriter.document)
}

/// A schema and a value of it within others.
fn within(random: &mut Random, schemas: [Value; 2], value: Value) -> ([Value; 2], Value) {
    let (mut schemas, mut value) = (schemas, value);
    for _ in 0..random.below(4) {
        let is_null = value.is_null();
        let (wrap, outer): (fn(&Value) -> Value, Value) = match random.below(8) {
            0 => (
                |schema| json!({"type": "object", "properties": {"q": schema}}),
                json!({"q": value}),
            ),
            1 => (
                |schema| {
                    json!({"type": "object", "required": ["t"],
                        "properties": {"q": schema, "t": {"type": "boolean"}}})
                },
                json!({"q": value, "t": true}),
            ),
            2 => (
                |schema| json!({"type": "array", "items": schema}),
                json!([value]),
            ),
            3 => (
                |schema| json!({"type": "object", "additionalProperties": schema}),
                json!({"k": value}),
            ),
            4 => (
                |schema| json!({"prefixItems": [{"type": "integer"}, schema], "type": "array"}),
                json!([0, value]),
            ),
            5 => (|schema| json!({"allOf": [schema, {}]}), value),
            6 => (
                |schema| json!({"anyOf": [{"const": "somewhere else"}, schema]}),
                value,
            ),
            _ if !is_null => (|schema| json!({"anyOf": [schema, {"type": "null"}]}), value),
            _ => (|schema| json!({"allOf": [schema]}), value),
        };
        schemas = schemas.map(|schema| wrap(&schema));
        value = outer;
    }
    (schemas, value)
}

/// A document with one body.
fn document(schema: &Value, direction: Direction) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Body"}}});
    let mut call = json!({"responses": {"200": {"description": "Done"}}});
    match direction {
        Direction::Response => call["responses"]["200"]["content"] = content,
        _ => call["requestBody"] = json!({"required": true, "content": content}),
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Probe", "version": "1.0.0"},
        "paths": {"/a": {"post": call}},
        "components": {"schemas": {"Body": schema}}
    })
}

/// What is wrong with what is said about a hidden break.
fn hidden(run: u64) -> End {
    let mut random = Random::new(seed(), run);
    let at = usize::try_from(run).expect("it is small") % MUTATIONS.len();
    let mutation = &MUTATIONS[at];
    let schemas = [json_of(mutation.wide), json_of(mutation.narrow)];
    let ([wide, narrow], value) = within(&mut random, schemas, json_of(mutation.value));
    let direction = match random.one_in(2) {
        true => Direction::Request,
        false => Direction::Response,
    };
    let (wide, narrow) = (document(&wide, direction), document(&narrow, direction));
    let (old, new) = match direction {
        Direction::Response => (narrow, wide),
        _ => (wide, narrow),
    };
    let times = random.below(MAX_REWRITES);
    let mut rewriter = Rewriter::new(new, &mut random);
    rewriter.rewrite(times);
    let (done, new) = (rewriter.done.join(", "), rewriter.document);
    let told = |what: String| {
        format!(
            "run {run}, {} ({direction:?}), {done}: {what}\n{old}\n{new}",
            mutation.name
        )
    };
    let (old_body, new_body) = (body(&old, direction), body(&new, direction));
    let (writer, reader) = match direction {
        Direction::Response => (new_body, old_body),
        _ => (old_body, new_body),
    };
    let (writer, reader) = (validator(&writer), validator(&reader));
    let is_refused = |value: &Value| writer.is_valid(value) && !reader.is_valid(value);
    assert!(
        is_refused(&value),
        "{}",
        told(format!("{value} is no proof"))
    );
    let said = compare(&old.to_string(), &new.to_string());
    let findings = said["findings"].as_array().expect("a report has findings");
    let mut errors = findings
        .iter()
        .filter(|one| one["severity"] == "error")
        .peekable();
    if errors.peek().is_none() {
        return match is_unknown(&said) {
            true => End::Unknown,
            false => End::Wrong(told(format!("no error: {said}"))),
        };
    }
    let witnesses = errors.filter_map(|one| one["witness"].as_object());
    let mut witnesses = witnesses.filter_map(|witness| witness.get("value"));
    if !witnesses.any(is_refused) {
        return End::Wrong(told(format!("no proof: {said}")));
    }
    End::Right
}

#[test]
fn a_break_is_found_behind_every_rewrite() {
    check(hidden);
}
