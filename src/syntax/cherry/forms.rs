//! Values that can be written in more than one way, and numbers with bounds.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::RateLimitAst;
use super::texts::RateText;
use crate::diag::Level;
use crate::syntax::decode::{Clipped, Decode, DecodeCx, MapKey};
use crate::syntax::{Key, Kind, Value, rules};
use crate::text::{Span, Spanned};

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Int<const MIN: u32, const MAX: u32>(pub(crate) u32);

impl<const MIN: u32, const MAX: u32> Decode for Int<MIN, MAX> {
    const EXPECTED: &'static str = "a whole number";

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        whole(value, MIN, MAX, cx).map(Int)
    }
}

impl<const MIN: u32, const MAX: u32> JsonSchema for Int<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Int{MIN}To{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}

/// Reads a whole number from `min` to `max`, both included.
fn whole(value: Value<'_>, min: u32, max: u32, cx: &mut DecodeCx<'_>) -> Option<u32> {
    let expected = if min == max {
        format!("{min}, the only one there is")
    } else if max == u32::MAX {
        format!("a whole number of at least {min}")
    } else {
        format!("a whole number from {min} to {max}")
    };
    let Kind::Number(text) = value.kind() else {
        // `"5"` is a text that could be the number.
        let quoted = value.as_str().and_then(|text| text.parse::<u32>().ok());
        let draft = cx.wrong_type(value, &expected);
        if let Some(number) = quoted {
            draft.fix("remove the quotes", value.span(), number);
        }
        return None;
    };
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        cx.wrong_type(value, &expected);
        return None;
    }
    // `-0` is 0; every other negative number is below every minimum.
    let number = match digits.parse::<u32>() {
        Ok(0) => Some(0),
        Ok(number) if !text.starts_with('-') => Some(number),
        _ => None,
    };
    let inside = number.filter(|number| (min..=max).contains(number));
    if inside.is_none() {
        cx.out_of_range(value, &expected);
    }
    inside
}

/// Consecutive failures that open a breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FailureThreshold(pub(crate) u32);

impl Decode for FailureThreshold {
    const EXPECTED: &'static str = "a count of failures such as `5`";

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        if let Some(share) = value.as_str().and_then(|text| text.strip_suffix('%'))
            && share.parse::<f64>().is_ok()
        {
            let what = format!("{}: a percentage of a window", cx.subject());
            cx.reserved(what, value.text_span())
                .help("write a count of consecutive failures such as `5`");
            return None;
        }
        whole(value, 1, u32::MAX, cx).map(FailureThreshold)
    }
}

impl JsonSchema for FailureThreshold {
    fn schema_name() -> Cow<'static, str> {
        "FailureThreshold".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer",
            "minimum": 1,
            "maximum": u32::MAX,
            "description": "Consecutive failures that open a breaker.",
        })
    }
}

/// Milliseconds, from 1 to an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Millis(pub(crate) u32);

/// An hour; a breaker that stays open longer is an outage of its own.
const MAX_MILLIS: u32 = 3_600_000;

impl Decode for Millis {
    const EXPECTED: &'static str = "a whole number of milliseconds such as `2000`";

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        let Some(text) = value.as_str() else {
            return whole(value, 1, MAX_MILLIS, cx).map(Millis);
        };
        let millis = simple_millis(text);
        let example = millis.unwrap_or(2000);
        let headline = format!("{}: `_ms` takes an integer, `{example}`", cx.subject());
        let draft = cx
            .sink()
            .report(&rules::WRONG_TYPE, headline)
            .at(value.span(), format_args!("the text `{}`", Clipped(text)));
        match millis {
            Some(millis) => draft.fix(format_args!("write `{millis}`"), value.span(), millis),
            None => draft.help("write a whole number of milliseconds"),
        };
        None
    }
}

impl JsonSchema for Millis {
    fn schema_name() -> Cow<'static, str> {
        "Millis".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer",
            "minimum": 1,
            "maximum": MAX_MILLIS,
            "description": "Milliseconds, at most an hour.",
        })
    }
}

/// The milliseconds of a duration of one whole number and one unit.
fn simple_millis(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    let number: u64 = digits.trim_end().parse().ok()?;
    let scale = match &text[digits.len()..] {
        "" | "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.checked_mul(scale)
}

/// One or more limits; all must let a request pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RateLimits {
    /// The whole value.
    pub(crate) span: Span,
    /// The limits in written order.
    pub(crate) items: Vec<RateLimitAst>,
}

impl RateLimits {
    fn one(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<RateLimitAst> {
        if value.is_mapping() {
            return RateLimitAst::decode(value, cx);
        }
        let limit = Spanned::<RateText>::decode(value, cx)?;
        Some(RateLimitAst {
            span: limit.span,
            limit: Some(limit),
            scope: None,
        })
    }
}

impl Decode for RateLimits {
    const EXPECTED: &'static str = "a rate such as `100r/s per client_ip`, or a list of them";

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        let items = if value.is_sequence() {
            value
                .items()
                .filter_map(|item| cx.item::<OneLimit>(item))
                .map(|item| item.0)
                .collect()
        } else {
            vec![Self::one(value, cx)?]
        };
        Some(RateLimits {
            span: value.text_span(),
            items,
        })
    }
}

/// An item of a list of limits.
struct OneLimit(RateLimitAst);

impl Decode for OneLimit {
    const EXPECTED: &'static str = RateText::EXPECTED;

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        RateLimits::one(value, cx).map(OneLimit)
    }
}

impl JsonSchema for RateLimits {
    fn schema_name() -> Cow<'static, str> {
        "RateLimits".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<RateText>();
        let long = generator.subschema_for::<RateLimitAst>();
        json_schema!({
            "description": "A rate, its long form, or a list of them that must all pass.",
            "anyOf": [
                text,
                long,
                { "type": "array", "items": { "anyOf": [text, long] } },
            ],
        })
    }
}

/// What is tried again: a status, a class of statuses or an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RetryOn(Box<str>);

impl RetryOn {
    /// The word as it was written; the status `503` is the text "503".
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Decode for RetryOn {
    const EXPECTED: &'static str = "a status such as `503`, or a word such as `connect`";

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        if let Kind::Number(text) = value.kind() {
            return Some(RetryOn(text.into()));
        }
        cx.text(value, Self::EXPECTED)
            .map(|text| RetryOn(text.into()))
    }
}

impl JsonSchema for RetryOn {
    fn schema_name() -> Cow<'static, str> {
        "RetryOn".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A status such as 503, or a word such as `connect`, `reset` or `5xx`.",
            "anyOf": [
                { "type": "integer", "minimum": 100, "maximum": 599 },
                { "type": "string", "minLength": 1 },
            ],
        })
    }
}

/// The level of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LevelWord(pub(crate) Level);

impl Decode for LevelWord {
    const EXPECTED: &'static str = "`error`, `warning`, `info` or `never`";

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        let Some(word) = value.as_str() else {
            cx.wrong_type(value, Self::EXPECTED);
            return None;
        };
        let level = Level::from_name(word);
        if level.is_none() {
            let noun = format!("level of {}:", cx.subject());
            cx.unknown(&noun, word, value.text_span(), LEVELS);
        }
        level.map(LevelWord)
    }
}

const LEVELS: &[&str] = &["error", "warning", "info", "never"];

impl JsonSchema for LevelWord {
    fn schema_name() -> Cow<'static, str> {
        "Level".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "The level of a rule.", "enum": LEVELS })
    }
}

/// The id of an emitter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EmitterId(&'static str);

impl EmitterId {
    /// The id as it is written.
    pub(crate) fn as_str(&self) -> &'static str {
        self.0
    }
}

/// Emitters that exist.
const EMITTERS: &[&str] = &["bundle", "envoy", "istio", "wasm"];

/// Emitters that the language knows and nothing implements yet.
const RESERVED_EMITTERS: &[&str] = &[
    "argocd",
    "client-go",
    "client-java",
    "client-python",
    "client-rust",
    "client-typescript",
    "ebpf",
    "grafana",
    "karmada",
    "litmus",
    "logs",
    "otel",
    "prometheus",
    "tekton",
];

impl MapKey for EmitterId {
    fn read(key: Key<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        if let Some(id) = EMITTERS.iter().find(|id| **id == key.text) {
            return Some(EmitterId(id));
        }
        if RESERVED_EMITTERS.contains(&key.text) {
            cx.reserved(format_args!("the output `{}`", key.text), key.span);
        } else {
            cx.unknown_output(key, EMITTERS);
        }
        None
    }

    fn key_schema() -> serde_json::Value {
        serde_json::json!({ "enum": EMITTERS })
    }
}
