//! Random pairs of schemas; beside them values for a pair (`values`), and what the compiler and a
//! validator make of it (`verdict`).
//!
//! Everything follows from a seed and the number of the pair. The tests run a thousand pairs, the
//! bench twenty thousand; both use this folder.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

mod values;
pub(crate) mod verdict;

pub(crate) use self::values::samples;
pub(crate) use self::verdict::{Verdict, validator, verdict};

/// SplitMix64: small, and the same everywhere.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64, run: u64) -> Self {
        let mut random = Random(seed ^ run.wrapping_mul(0xD134_2543_DE82_EF95));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is above zero.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("it is below a usize")
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

// === Schemas ===

const NAMES: [&str; 5] = ["a", "b", "k", "x-a", ""];
const TEXTS: [&str; 12] = [
    "", "a", "b", "ab", "aa", "abc", "ba", "A", "1", "12", "é🍒", "a\n",
];
const PATTERNS: [&str; 12] = [
    "^a",
    "b$",
    "^[ab]*$",
    "^[a-c]{2}$",
    "a|b",
    "^(a|ab)$",
    r"^\d+$",
    "^.$",
    "^[^a]+$",
    "aa?b",
    "^x-",
    "",
];
const KINDS: [&str; 7] = [
    "null", "boolean", "integer", "number", "string", "array", "object",
];
const FORMATS: [&str; 5] = ["date", "uuid", "ipv4", "date-time", "ipv6"];

/// Texts that have a format, nearly or not.
const FORMATTED: [&str; 8] = [
    "2026-11-24",
    "2026-13-24",
    "2026-11-24T10:00:00Z",
    "2026-11-24T10:00:00+01:00",
    "00000000-0000-0000-0000-000000000000",
    "127.0.0.1",
    "256.0.0.1",
    "::1",
];

/// Whole numbers that binary floating point does not tell apart.
const LARGE: [i64; 4] = [
    9_007_199_254_740_992,
    9_007_199_254_740_993,
    -9_007_199_254_740_993,
    i64::MAX,
];

/// A number, mostly one that binary floating point holds exactly.
fn number(random: &mut Random) -> Value {
    if random.one_in(12) {
        return json!(*random.of(&LARGE));
    }
    if random.one_in(8) {
        return hundredths(random.below(300));
    }
    let quarters = i64::try_from(random.below(48)).expect("it is small") - 16;
    if random.one_in(3) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a quarter of a small number is exact"
        )]
        let exact = quarters as f64 / 4.0;
        if quarters % 4 == 0 {
            json!(quarters / 4)
        } else {
            json!(exact)
        }
    } else {
        json!(quarters / 4)
    }
}

/// So many hundredths, as the number that is written with two digits behind the point.
fn hundredths(count: usize) -> Value {
    let text = format!("{}.{:02}", count / 100, count % 100);
    match count % 100 {
        0 => json!(count / 100),
        _ => serde_json::from_str(&text).expect("two digits make a number"),
    }
}

fn constant(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth == 0 { 4 } else { 6 }) {
        0 => Value::Null,
        1 => json!(random.one_in(2)),
        2 => number(random),
        3 => text(random),
        4 => (0..random.below(3))
            .map(|_| constant(random, depth - 1))
            .collect(),
        _ => {
            let entries = (0..random.below(3)).map(|_| {
                let name = (*random.of(&NAMES)).to_owned();
                (name, constant(random, depth - 1))
            });
            Value::Object(entries.collect())
        }
    }
}

fn text(random: &mut Random) -> Value {
    if random.one_in(10) {
        return json!(*random.of(&FORMATTED));
    }
    json!(*random.of(&TEXTS))
}

/// A value of a kind; any value when the kind is none.
fn constant_of(random: &mut Random, kind: &str, depth: usize) -> Value {
    match kind {
        "null" => Value::Null,
        "boolean" => json!(random.one_in(2)),
        "integer" => json!(i64::try_from(random.below(9)).expect("it is small") - 2),
        "number" => number(random),
        "string" => text(random),
        "array" => (0..random.below(3))
            .map(|_| constant(random, depth.saturating_sub(1)))
            .collect(),
        "object" => {
            let entries = (0..random.below(3)).map(|_| {
                let name = (*random.of(&NAMES)).to_owned();
                (name, constant(random, depth.saturating_sub(1)))
            });
            Value::Object(entries.collect())
        }
        _ => constant(random, depth),
    }
}

/// A schema; `#/$defs/D` may be referred to when the document defines it.
fn schema(random: &mut Random, depth: usize) -> Value {
    schema_of(random, depth, "")
}

/// A schema for values of a kind, mostly: what does not fit together accepts nothing, and says little.
fn schema_of(random: &mut Random, depth: usize, kind: &str) -> Value {
    let kind = if kind.is_empty() || random.one_in(8) {
        *random.of(&KINDS)
    } else {
        kind
    };
    if depth == 0 {
        return match random.below(8) {
            0 => json!(true),
            1 => json!({"const": constant_of(random, kind, 0)}),
            2 if random.one_in(4) => json!(false),
            _ => json!({ "type": kind }),
        };
    }
    if random.one_in(14) {
        return json!({"$ref": "#/$defs/D"});
    }
    let mut out = Map::new();
    match random.below(8) {
        0 => {}
        1 => {
            let other = if random.one_in(2) {
                "null"
            } else {
                *random.of(&KINDS)
            };
            let kinds = BTreeSet::from([kind, other]);
            out.insert("type".into(), json!(kinds));
        }
        _ => {
            out.insert("type".into(), json!(kind));
        }
    }
    for _ in 0..=random.below(3) {
        let (keyword, value) = constraint(random, depth, kind);
        out.insert(keyword.into(), value);
    }
    if out.contains_key("contains") {
        for keyword in ["minContains", "maxContains"] {
            if random.one_in(3) {
                out.insert(keyword.into(), json!(random.below(3)));
            }
        }
    }
    if out.contains_key("if") {
        for keyword in ["then", "else"] {
            if !random.one_in(3) {
                out.insert(keyword.into(), schema_of(random, depth - 1, kind));
            }
        }
    }
    Value::Object(out)
}

fn constraint(random: &mut Random, depth: usize, kind: &str) -> (&'static str, Value) {
    let below = depth - 1;
    let count = json!(random.below(4));
    // What fits the kind is more often said than what does not.
    let fitting: &[usize] = match kind {
        "integer" | "number" => &[0, 1, 2, 3, 4],
        "string" => &[5, 6, 7, 8],
        "array" => &[9, 10, 11, 12, 13, 14, 12, 30],
        "object" => &[15, 16, 17, 18, 19, 20, 21, 15, 16, 21, 28],
        _ => &[22, 23, 24, 25, 26, 27],
    };
    let which = match random.below(12) {
        0 => random.below(31),
        1 | 2 => *random.of(&[22, 23, 24, 25, 26, 27, 29]),
        _ => *random.of(fitting),
    };
    let schemas = |random: &mut Random, least: usize| -> Value {
        let count = least + random.below(3);
        (0..count).map(|_| schema_of(random, below, kind)).collect()
    };
    let names = |random: &mut Random| -> Value {
        let names: BTreeSet<&str> = (0..=random.below(2)).map(|_| *random.of(&NAMES)).collect();
        json!(names)
    };
    match which {
        0 => ("minimum", number(random)),
        1 => ("maximum", number(random)),
        2 => ("exclusiveMinimum", number(random)),
        3 => ("exclusiveMaximum", number(random)),
        4 => (
            "multipleOf",
            random
                .of(&[
                    json!(1),
                    json!(2),
                    json!(3),
                    json!(0.5),
                    json!(1.5),
                    json!(0.01),
                    json!(0.1),
                    json!(0.05),
                ])
                .clone(),
        ),
        5 => ("minLength", count),
        6 => ("maxLength", count),
        7 => ("pattern", json!(*random.of(&PATTERNS))),
        8 => ("format", json!(*random.of(&FORMATS))),
        9 => ("minItems", count),
        10 => ("maxItems", count),
        11 => ("uniqueItems", json!(true)),
        12 => ("items", schema(random, below)),
        13 => ("prefixItems", schemas(random, 1)),
        14 => ("contains", schema(random, below)),
        15 => {
            let mut properties = Map::new();
            for _ in 0..=random.below(3) {
                properties.insert((*random.of(&NAMES)).into(), schema(random, below));
            }
            ("properties", Value::Object(properties))
        }
        16 => ("required", names(random)),
        17 => {
            let rest = match random.below(3) {
                0 => json!(false),
                1 => json!(true),
                _ => schema(random, below),
            };
            ("additionalProperties", rest)
        }
        18 => ("minProperties", count),
        19 => ("maxProperties", count),
        20 => {
            let pattern = *random.of(&PATTERNS);
            (
                "patternProperties",
                json!({ pattern: schema(random, below) }),
            )
        }
        21 => match random.below(4) {
            0 => ("propertyNames", json!({"pattern": *random.of(&PATTERNS)})),
            1 => (
                "propertyNames",
                random
                    .of(&[
                        json!({"maxLength": 1}),
                        json!({"enum": ["a", "b", "x-a"]}),
                        json!({"minLength": 1}),
                        json!({"not": {"const": "k"}}),
                    ])
                    .clone(),
            ),
            2 => {
                let mut rows = Map::new();
                for _ in 0..=random.below(2) {
                    rows.insert((*random.of(&NAMES)).into(), names(random));
                }
                ("dependentRequired", Value::Object(rows))
            }
            _ => {
                let name = *random.of(&NAMES);
                ("dependentSchemas", json!({ name: schema(random, below) }))
            }
        },
        22 => {
            let values = 1 + random.below(3);
            let mut distinct: Vec<Value> = Vec::new();
            for _ in 0..values {
                let value = constant_of(random, kind, 1);
                if !distinct.contains(&value) {
                    distinct.push(value);
                }
            }
            ("enum", Value::Array(distinct))
        }
        23 => ("anyOf", schemas(random, 1)),
        24 => ("oneOf", schemas(random, 1)),
        25 => ("allOf", schemas(random, 1)),
        26 => ("not", schema_of(random, below, kind)),
        27 => ("const", constant_of(random, kind, 1)),
        28 => match random.below(3) {
            0 => ("unevaluatedProperties", schema(random, below)),
            _ => ("unevaluatedProperties", json!(false)),
        },
        29 => ("if", schema_of(random, below, kind)),
        _ => match random.below(3) {
            0 => ("unevaluatedItems", schema(random, below)),
            _ => ("unevaluatedItems", json!(false)),
        },
    }
}

/// Two schemas that have much in common, as schemas of two releases do.
pub(crate) fn pair(random: &mut Random) -> (Value, Value) {
    let mut old = json!({"allOf": [schema(random, 3)], "$defs": {"D": schema(random, 2)}});
    if let Value::Object(definition) = &mut old["$defs"]["D"]
        && random.one_in(2)
    {
        // A definition that refers to itself, below a name or in a list.
        let inner = json!({"$ref": "#/$defs/D"});
        match random.below(3) {
            0 => definition.insert("items".into(), inner),
            1 => definition.insert("additionalProperties".into(), inner),
            _ => definition.insert("properties".into(), json!({ "k": inner })),
        };
    }
    let mut new = old.clone();
    if random.one_in(10) {
        new["allOf"][0] = schema(random, 3);
    }
    for _ in 0..=random.below(3) {
        change(&mut new, random);
    }
    // Most changes hit a place that says nothing; a pair of equals tests little.
    for _ in 0..8 {
        if new["allOf"] != old["allOf"] {
            break;
        }
        change(&mut new["allOf"][0], random);
    }
    for side in [&mut old, &mut new] {
        side["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        guard(side);
    }
    if random.one_in(2) {
        (old, new)
    } else {
        (new, old)
    }
}

/// A definition that refers to itself without a step into a value means nothing.
fn guard(document: &mut Value) {
    fn in_place(schema: &mut Value) {
        let Value::Object(entries) = schema else {
            return;
        };
        entries.remove("$ref");
        for (keyword, value) in entries.iter_mut() {
            match keyword.as_str() {
                "allOf" | "anyOf" | "oneOf" => {
                    let branches = value.as_array_mut().into_iter().flatten();
                    branches.for_each(in_place);
                }
                "not" | "if" | "then" | "else" => in_place(value),
                "dependentSchemas" => {
                    let branches = value.as_object_mut().into_iter().flatten();
                    branches.for_each(|(_, branch)| in_place(branch));
                }
                _ => {}
            }
        }
    }
    in_place(&mut document["$defs"]["D"]);
}

/// Changes one thing somewhere.
fn change(schema: &mut Value, random: &mut Random) {
    let mut places = Vec::new();
    collect(schema, String::new(), &mut places);
    let place = random.of(&places).clone();
    let target = schema.pointer_mut(&place).expect("the place was collected");
    let Value::Object(entries) = target else {
        *target = self::schema(random, 1);
        return;
    };
    if entries.contains_key("$defs") {
        return change_at(&mut entries["allOf"][0], random);
    }
    change_at(target, random);
}

fn change_at(target: &mut Value, random: &mut Random) {
    let whole = target.clone();
    let Value::Object(entries) = target else {
        return;
    };
    let keywords: Vec<String> = entries.keys().cloned().collect();
    match random.below(12) {
        0 | 1 if !keywords.is_empty() => {
            entries.remove(random.of(&keywords));
        }
        0..=4 => {
            let kind = entries
                .get("type")
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_owned();
            let (keyword, value) = constraint(random, 1, &kind);
            entries.insert(keyword.into(), value);
        }
        // Rewrites that change nothing.
        5 => *target = json!({"allOf": [whole]}),
        6 => *target = json!({"not": {"not": whole}}),
        7 => *target = json!({"anyOf": [whole, false]}),
        _ => {
            // A number becomes another one, a list shorter.
            for value in entries.values_mut() {
                match value {
                    Value::Number(_) if random.one_in(2) => {
                        let moved = value.as_f64().unwrap_or_default() + 1.0;
                        #[expect(clippy::cast_possible_truncation, reason = "small and whole")]
                        if moved.fract() == 0.0 && moved > 0.0 {
                            *value = json!(moved as i64);
                        }
                    }
                    Value::Array(items) if items.len() > 1 => {
                        let at = random.below(items.len());
                        items.remove(at);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Pointers to every schema.
fn collect(schema: &Value, at: String, places: &mut Vec<String>) {
    let Value::Object(entries) = schema else {
        return;
    };
    places.push(at.clone());
    for (keyword, value) in entries {
        let at = format!("{at}/{keyword}");
        match keyword.as_str() {
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                for (number, branch) in value.as_array().into_iter().flatten().enumerate() {
                    collect(branch, format!("{at}/{number}"), places);
                }
            }
            "properties" | "patternProperties" | "dependentSchemas" | "$defs" => {
                for (name, part) in value.as_object().into_iter().flatten() {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    collect(part, format!("{at}/{name}"), places);
                }
            }
            "items"
            | "contains"
            | "not"
            | "if"
            | "then"
            | "else"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "unevaluatedItems" => collect(value, at, places),
            _ => {}
        }
    }
}
