//! The syntax tree of a `.cherry.yaml` contract, field for field as written.
//!
//! Nothing means anything yet: texts of the micro-syntax stay texts, silence stays silence, and
//! what is not written is `None`. The declarations in `tree.rs` are the only place where the keys
//! of the language stand; reading, the refusal of reserved keys and the published JSON Schema all
//! come from them.

#[macro_use]
mod macros;
mod forms;
mod schema;
mod texts;
mod tree;

use std::sync::Arc;

use super::decode::{Clipped, head};
use super::{Decode, DecodeCx, Mode, Value};
use crate::diag::{Diagnostics, Phase};
use crate::text::{FileId, Span, Spanned};

pub(crate) use forms::{RateLimits, RetryOn};
pub(crate) use schema::contract_schema;
pub(crate) use texts::{DurationText, KeyText, LabelName, PathText};
pub(crate) use tree::{
    BackoffAst, BreakerAst, ConsumeAst, ContractAst, DedupeAst, EncodingWord, EndpointAst,
    EnvelopeWord, EventAst, EventKind, EvolutionWord, IstioAst, Jitter, Normalize, PolicyAst,
    RetryAst, TargetAst, Unlisted,
};

use tree::RateLimitAst;

/// Reads a contract. There is a tree whenever the text is a mapping; whether it is whole is for
/// the findings to say.
pub(crate) fn parse_contract(file: FileId, text: &Arc<str>) -> Phase<Option<ContractAst>> {
    let mut diagnostics = Diagnostics::default();
    let tree = super::parse(file, text, Mode::Contract).into(&mut diagnostics);
    let value = tree.and_then(|tree| {
        let mut cx = DecodeCx::new(&mut diagnostics, "a contract");
        ContractAst::decode(tree.root(), &mut cx)
    });
    Phase { value, diagnostics }
}

/// A mapping of the language, as [`ast_struct!`] declares it.
pub(crate) trait Keys: Sized {
    /// Keys that must be written, each with what its value must be.
    const REQUIRED: &'static [(&'static str, &'static str)];

    /// The mapping with nothing written.
    fn empty(span: Span) -> Self;

    /// Every key that is read.
    fn allowed(out: &mut Vec<&'static str>);

    /// Every key that is refused because nothing enforces it yet.
    fn reserved(out: &mut Vec<&'static str>);

    /// Reads the value of a key; `false` when the key is not one of these.
    fn take(&mut self, key: &str, value: Value<'_>, cx: &mut DecodeCx<'_>) -> bool;

    /// Adds the JSON Schema of each key.
    fn properties(
        generator: &mut schemars::SchemaGenerator,
        out: &mut serde_json::Map<String, serde_json::Value>,
    );

    /// What the JSON Schema demands beyond required keys.
    fn also_schema() -> Option<serde_json::Value> {
        None
    }

    /// What is demanded beyond required keys.
    fn also(&self, _: Value<'_>, _: &mut DecodeCx<'_>) {}
}

/// The phrase of a field's type.
const fn expected_of<S, T: Decode>(_: fn(&S) -> &Option<Spanned<T>>) -> &'static str {
    T::EXPECTED
}

/// Reads a mapping key by key.
fn decode_keys<T: Keys + Decode>(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<T> {
    if !value.is_mapping() {
        cx.wrong_type(value, T::EXPECTED);
        return None;
    }
    let mut out = T::empty(value.span());
    let mut met_reserved = false;
    for (key, value) in value.entries() {
        if key.text.starts_with("x-") || out.take(key.text, value, cx) {
            continue;
        }
        let mut reserved = Vec::new();
        T::reserved(&mut reserved);
        if reserved.contains(&key.text) {
            met_reserved = true;
            cx.reserved(format_args!("`{}`", Clipped(key.text)), key.span);
        } else {
            let mut allowed = Vec::new();
            T::allowed(&mut allowed);
            cx.unknown_key(key, &allowed);
        }
    }
    // `{proto: ./proto}` names no `openapi`: a reserved key may stand for the only required one.
    let stands_in = met_reserved && T::REQUIRED.len() == 1;
    for (key, expected) in T::REQUIRED.iter().filter(|_| !stands_in) {
        if value.get(key).is_none() {
            cx.missing_key(value, key, expected);
        }
    }
    out.also(value, cx);
    Some(out)
}

/// The JSON Schema of a mapping: its keys, `x-` keys, and nothing else. Reserved keys are not in
/// it, so the schema refuses them too.
fn keys_schema<T: Keys>(
    generator: &mut schemars::SchemaGenerator,
    description: &str,
) -> schemars::Schema {
    let mut properties = serde_json::Map::new();
    T::properties(generator, &mut properties);
    let mut schema = schemars::json_schema!({
        "type": "object",
        "description": description,
        "properties": properties,
        "patternProperties": { "^x-": true },
        "additionalProperties": false,
    });
    if !T::REQUIRED.is_empty() {
        let required: Vec<&str> = T::REQUIRED.iter().map(|(key, _)| *key).collect();
        schema.insert("required".to_owned(), required.into());
    }
    if let Some(serde_json::Value::Object(also)) = T::also_schema() {
        for (key, value) in also {
            schema.insert(key, value);
        }
    }
    schema
}

/// A contract is about calls, about messages, or both.
struct PromisesSomething;

impl PromisesSomething {
    fn schema() -> Option<serde_json::Value> {
        Some(serde_json::json!({
            "anyOf": [{ "required": ["endpoints"] }, { "required": ["events"] }],
        }))
    }

    fn check(value: Value<'_>, cx: &mut DecodeCx<'_>) {
        if value.get("endpoints").is_some() || value.get("events").is_some() {
            return;
        }
        cx.sink()
            .report(
                &super::rules::MISSING_KEY,
                "a contract needs `endpoints` or `events`",
            )
            .at(head(value), "neither is written")
            .help("add `endpoints:` with a list such as `- {path: /users/{id}, method: GET}`");
    }
}

/// An import names one document.
struct NamesADocument;

impl NamesADocument {
    /// Kinds of documents, in the order of the language.
    const KINDS: [&'static str; 4] = ["openapi", "asyncapi", "schema", "proto"];

    fn schema() -> Option<serde_json::Value> {
        let kinds = Self::KINDS.map(|kind| serde_json::json!({ "required": [kind] }));
        let together = serde_json::json!({ "include": ["proto"] });
        Some(serde_json::json!({ "oneOf": kinds, "dependentRequired": together }))
    }

    fn check(value: Value<'_>, cx: &mut DecodeCx<'_>) {
        if let Some((key, _)) = value.get_entry("include")
            && value.get("proto").is_none()
        {
            cx.sink()
                .report(
                    &super::rules::MISSING_KEY,
                    "`include` names files of a folder, and `proto` is missing",
                )
                .at(key.span, "files of which folder?")
                .help("add the folder, such as `{proto: ./proto, include: [order/v1/*.proto]}`");
            return;
        }
        let written: Vec<_> = value
            .entries()
            .map(|(key, _)| key)
            .filter(|key| Self::KINDS.contains(&key.text))
            .collect();
        match written.as_slice() {
            [_] => {}
            [] => {
                cx.sink()
                    .report(
                        &super::rules::MISSING_KEY,
                        "an import names no document: `openapi`, `asyncapi`, `schema` or `proto` is missing",
                    )
                    .at(head(value), "")
                    .help("write the kind and the path, such as `{openapi: ./user.openapi.yaml}`");
            }
            [first, second, ..] => {
                cx.sink()
                    .report(
                        &super::rules::WRONG_TYPE,
                        format_args!(
                            "an import names one document, not both `{}` and `{}`",
                            first.text, second.text
                        ),
                    )
                    .at(second.span, "a second document")
                    .also(first.span, "the first one")
                    .help("give the second document an alias of its own");
            }
        }
    }
}

/// An endpoint is named by an operation of an imported document, or by its path and method.
struct NamesAnEndpoint;

impl NamesAnEndpoint {
    fn schema() -> Option<serde_json::Value> {
        Some(serde_json::json!({
            "anyOf": [{ "required": ["path", "method"] }, { "required": ["operation"] }],
        }))
    }

    fn check(value: Value<'_>, cx: &mut DecodeCx<'_>) {
        let has = |key: &str| value.get(key).is_some();
        if has("operation") || (has("path") && has("method")) {
            return;
        }
        let missing = match (has("path"), has("method")) {
            (true, _) => "`method` is missing",
            (_, true) => "`path` is missing",
            _ => "`path` and `method` are missing",
        };
        cx.sink()
            .report(
                &super::rules::MISSING_KEY,
                "an endpoint needs `path` and `method`, or `operation`",
            )
            .at(head(value), missing)
            .help("add `path: /users/{id}` and `method: GET`, or `operation: alias.operationId`");
    }
}

#[cfg(test)]
mod tests;
