//! Random pairs: a verdict of containment is never contradicted by a value that is found by trying,
//! and every value that the judge names is what it is said to be.
//!
//! The first seed of a run is printed when it fails; `seed` in a failure reproduces one pair.

use serde_json::{Value, json};

use super::super::mistake::{MISTAKES, Mistake};
use super::super::{Judge, Reading, Sided, Travel, Verdict};
use super::read::{json as plain, read_value};
use crate::schema::Json;
use crate::text::Side;

#[test]
fn random_pairs_are_never_contradicted() {
    check(0..1_000);
}

#[test]
#[ignore = "the long run: a minute with optimisation"]
fn many_random_pairs_are_never_contradicted() {
    check(1_000..31_000);
}

fn check(seeds: std::ops::Range<u64>) {
    let (mut unknown, mut breaking) = (0, 0);
    let count = seeds.end - seeds.start;
    for seed in seeds {
        match pair(seed) {
            Verdict::Unknown => unknown += 1,
            Verdict::NotContained => breaking += 1,
            Verdict::Contained => {}
        }
    }
    // The generator must make both kinds, and little that nobody can decide.
    let all = format!("of {count}: {breaking} breaking, {unknown} unknown");
    assert!((count / 10..count * 9 / 10).contains(&breaking), "{all}");
    assert!(unknown <= count / 50, "{all}");
}

/// What says the same in other words accepts the same values, whichever way the question is put.
#[test]
fn rewrites_change_nothing() {
    let mut unknown = 0;
    for seed in 0..200 {
        let mut chance = Chance(seed * 7_919 + 13);
        let schema = chance.schema(2);
        let rewrites = [
            json!({"anyOf": [schema]}),
            json!({"oneOf": [schema]}),
            json!({"allOf": [schema, true]}),
            json!({"$ref": "#/$defs/s", "$defs": {"s": schema}}),
            json!({"if": true, "then": schema}),
            json!({"not": {"not": schema}}),
        ];
        for reading in [Reading::Plain, Reading::Open, Reading::Closed] {
            for rewrite in &rewrites {
                // Nothing is looked at behind `not`, so that all is rest there.
                if reading == Reading::Closed && rewrite.get("not").is_some() {
                    continue;
                }
                for (writer, reader) in [(&schema, rewrite), (rewrite, &schema)] {
                    let verdict = quick_verdict(writer, reader, reading);
                    let context = format!("{reading:?}: {writer} into {reader}");
                    assert_ne!(verdict, Verdict::NotContained, "{context}");
                    unknown += usize::from(verdict == Verdict::Unknown);
                }
            }
        }
    }
    assert!(unknown <= 30, "{unknown}");
}

/// Names that are not sent only make a writer smaller.
#[test]
fn what_is_inside_to_the_letter_is_inside_in_the_open_reading() {
    for seed in 0..400 {
        let mut chance = Chance(seed * 104_729 + 5);
        let writer = chance.schema(2);
        let reader = chance.changed(&writer, 2);
        if quick_verdict(&writer, &reader, Reading::Plain) == Verdict::Contained {
            let open = quick_verdict(&writer, &reader, Reading::Open);
            assert_ne!(open, Verdict::NotContained, "{writer} into {reader}");
        }
    }
}

fn quick_verdict(writer: &Value, reader: &Value, reading: Reading) -> Verdict {
    let (old, old_root) = read_value(writer);
    let (new, new_root) = read_value(reader);
    let mut judge = Judge::new(&old, &new, reading);
    let [made, taken] = [(Side::Old, old_root), (Side::New, new_root)];
    let sided = |(side, shape)| Sided { side, shape };
    let question = judge.ask(sided(made), sided(taken), Travel::Plain);
    judge.verdict(question)
}

/// One pair, checked.
fn pair(seed: u64) -> Verdict {
    match judged(seed, None) {
        Ok(verdict) => verdict,
        Err(problem) => panic!("{problem}"),
    }
}

/// What is said about one pair, by a judge that makes a mistake or by one that makes none; an error
/// says what contradicts it.
pub(super) fn judged(seed: u64, mistake: Option<Mistake>) -> Result<Verdict, String> {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66);
    let depth = 1 + chance.below(3);
    let is_recursive = chance.is(10);
    let (writer, reader) = if is_recursive {
        let writer = chance.recursive();
        (writer.clone(), chance.recursive_beside(writer))
    } else {
        let writer = chance.schema(depth);
        let reader = match chance.below(3) {
            0 => chance.schema(depth),
            _ => chance.changed(&writer, depth),
        };
        (writer, reader)
    };
    let reading = [Reading::Plain, Reading::Open, Reading::Closed][chance.below(3)];
    let told = |what: &dyn std::fmt::Display| {
        format!("seed {seed}, {reading:?}: {writer} into {reader}: {what}")
    };
    let (old, old_root) = read_value(&writer);
    let (new, new_root) = read_value(&reader);
    let mut judge = Judge::new(&old, &new, reading);
    if let Some(mistake) = mistake {
        judge = judge.mistaken(mistake);
    }
    let made = Sided {
        side: Side::Old,
        shape: old_root,
    };
    let taken = Sided {
        side: Side::New,
        shape: new_root,
    };
    let question = judge.ask(made, taken, Travel::Plain);
    let verdict = judge.verdict(question);
    let mut named: Vec<Json> = judge.witness(question).into_iter().collect();
    let explained = judge.explain(question);
    named.extend(explained.causes.iter().map(|cause| cause.witness.clone()));
    for below in &explained.below {
        if let Some(inner) = judge.witness(below.question) {
            let lifted = judge.lift(question, below, &inner);
            let lifted = lifted.ok_or_else(|| told(&format!("{below:?} {inner} is not lifted")))?;
            named.push(lifted);
        }
    }
    for value in &named {
        if judge.is_made(made, value, Travel::Plain) != Some(true) {
            return Err(told(&format!("{value} is not made")));
        }
        if judge.is_taken(taken, value, Travel::Plain) != Some(false) {
            return Err(told(&format!("{value} is not refused")));
        }
    }
    if verdict == Verdict::NotContained && explained.causes.len() + explained.below.len() == 0 {
        return Err(told(&format!("{explained:?}")));
    }
    // The open reading is about names that are not sent, which a value by itself does not tell.
    if reading != Reading::Open && verdict == Verdict::Contained {
        for _ in 0..60 {
            let value = match is_recursive {
                true => json!({"a": chance.value(0), "x": [chance.value(0)]}),
                false => chance.value(depth + 1),
            };
            let value = plain(&value);
            let is_made = judge.is_made(made, &value, Travel::Plain) == Some(true);
            if is_made && judge.is_taken(taken, &value, Travel::Plain) == Some(false) {
                return Err(told(&format!("contained, but {value} is not")));
            }
        }
    }
    Ok(verdict)
}

/// Pairs among which each mistake must show.
const PAIRS_PER_MISTAKE: u64 = 20_000;

/// A mistake of the search itself, in one fragment, contradicts what is found by trying.
#[test]
fn a_mistake_in_any_fragment_of_the_search_is_caught() {
    for mistake in MISTAKES {
        let caught = (0..PAIRS_PER_MISTAKE).find_map(|seed| judged(seed, Some(mistake)).err());
        let Some(caught) = caught else {
            panic!("nobody sees in {PAIRS_PER_MISTAKE} pairs that the search {mistake:?}");
        };
        println!("{mistake:?}: {caught}");
    }
}

/// A generator of numbers (xorshift*), the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).expect("31 bits") % end
    }

    fn one<'v, T>(&mut self, values: &'v [T]) -> &'v T {
        &values[self.below(values.len())]
    }

    fn is(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn name(&mut self) -> &'static str {
        ["a", "b", "c", "ab"][self.below(4)]
    }

    fn value(&mut self, depth: usize) -> Value {
        let kinds = if depth == 0 { 6 } else { 9 };
        match self.below(kinds) {
            0 => Value::Null,
            1 => json!(self.is(50)),
            2 | 3 => self
                .one(&[
                    json!(-1),
                    json!(0),
                    json!(1),
                    json!(2),
                    json!(3),
                    json!(4),
                    json!(6),
                    json!(0.5),
                    json!(2.5),
                ])
                .clone(),
            4 | 5 => json!(*self.one(&["", "a", "b", "ab", "abc", "bb", "aaaa"])),
            6 => {
                let count = self.below(4);
                (0..count).map(|_| self.value(depth - 1)).collect()
            }
            _ => {
                let count = self.below(4);
                let entries = (0..count).map(|_| {
                    let name = self.one(&["a", "b", "c", "ab", "x"]);
                    ((*name).to_owned(), self.value(depth - 1))
                });
                Value::Object(entries.collect())
            }
        }
    }

    fn schema(&mut self, depth: usize) -> Value {
        if self.is(4) {
            return json!(self.is(70));
        }
        let mut schema = json!({});
        if self.is(75) {
            schema["type"] = match self.below(10) {
                0 => json!("null"),
                1 => json!("boolean"),
                2 => json!("integer"),
                3 => json!("number"),
                4 => json!("string"),
                5 => json!(["string", "null"]),
                6 if depth > 0 => json!("array"),
                7..=9 if depth > 0 => json!("object"),
                _ => json!(["integer", "string"]),
            };
        }
        let count = 1 + self.below(3);
        for _ in 0..count {
            self.keyword(&mut schema, depth);
        }
        schema
    }

    /// Two shapes that use each other, and an object that needs both.
    fn recursive(&mut self) -> Value {
        let object = json!({
            "type": "object",
            "required": ["x"],
            "properties": {"x": {"$ref": "#/$defs/X"}}
        });
        let mut branches = vec![object, self.schema(0)];
        if self.is(30) {
            branches.reverse();
        }
        let list = json!({
            "type": "array",
            "minItems": self.below(2),
            "items": {"$ref": "#/$defs/T"}
        });
        json!({
            "type": "object",
            "required": ["a", "x"],
            "properties": {"a": {"$ref": "#/$defs/T"}, "x": {"$ref": "#/$defs/X"}},
            "$defs": {"T": {"anyOf": branches}, "X": list}
        })
    }

    /// The same with one thing changed.
    fn recursive_beside(&mut self, mut schema: Value) -> Value {
        match self.below(4) {
            0 => schema["$defs"]["T"] = json!({"anyOf": [self.schema(0), self.schema(0)]}),
            1 => schema["properties"]["a"] = self.schema(0),
            2 => schema["$defs"]["X"]["maxItems"] = json!(self.below(3)),
            _ => {
                for at in 0..2 {
                    let branch = &mut schema["$defs"]["T"]["anyOf"][at];
                    if branch.get("required").is_none() {
                        *branch = self.schema(0);
                    }
                }
            }
        }
        schema
    }

    fn list(&mut self, depth: usize) -> Value {
        let count = 1 + self.below(3);
        (0..count).map(|_| self.schema(depth)).collect()
    }

    fn keyword(&mut self, schema: &mut Value, depth: usize) {
        let kind = schema
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or("")
            .to_owned();
        let choice = match (kind.as_str(), depth) {
            ("integer" | "number", _) => self.below(5),
            ("string", _) => 5 + self.below(4),
            ("array", 1..) => 9 + self.below(8),
            ("object", 1..) => 17 + self.below(13),
            (_, 1..) => self.below(38),
            _ => self.below(9),
        };
        let choice = if depth > 0 && self.is(20) {
            30 + self.below(8)
        } else {
            choice
        };
        let inner = depth.saturating_sub(1);
        let small = self.below(4);
        let mut set = |name: &str, value: Value| schema[name] = value;
        match choice {
            0 => set(
                "minimum",
                self.one(&[json!(0), json!(1), json!(2.5), json!(3)])
                    .clone(),
            ),
            1 => set(
                "maximum",
                self.one(&[json!(0), json!(2), json!(2.5), json!(5)])
                    .clone(),
            ),
            2 => set(
                "multipleOf",
                self.one(&[json!(1), json!(2), json!(3), json!(0.5), json!(0.25)])
                    .clone(),
            ),
            3 => set("exclusiveMinimum", json!(small)),
            4 => set("exclusiveMaximum", json!(small)),
            5 => set("minLength", json!(small)),
            6 => set("maxLength", json!(small)),
            7 => set("pattern", json!(*self.one(&["^a", "b$", "^ab$", "a"]))),
            8 | 37 => {
                let count = 1 + self.below(3);
                let values: Vec<Value> = (0..count).map(|_| self.value(depth.min(2))).collect();
                set("enum", json!(values));
            }
            9 | 10 => set("items", self.schema(inner)),
            11 => set("minItems", json!(small)),
            12 => set("maxItems", json!(small)),
            13 => set("uniqueItems", json!(true)),
            14 | 15 => set("prefixItems", self.list(inner)),
            16 => {
                set("contains", self.schema(inner));
                if self.is(40) {
                    set("minContains", json!(self.below(3)));
                }
                if self.is(40) {
                    set("maxContains", json!(self.below(3)));
                }
            }
            17..=20 => {
                let count = 1 + self.below(3);
                let rows = (0..count).map(|_| (self.name().to_owned(), self.schema(inner)));
                set("properties", Value::Object(rows.collect()));
            }
            21 | 22 => {
                let names = [self.name(), self.name()];
                let count = if names[0] == names[1] {
                    1
                } else {
                    1 + self.below(2)
                };
                set("required", json!(names[..count]));
            }
            23 => {
                let pattern = *self.one(&["^a", "b$"]);
                set("patternProperties", json!({pattern: self.schema(inner)}));
            }
            24 => set(
                "additionalProperties",
                if self.is(50) {
                    json!(false)
                } else {
                    self.schema(inner)
                },
            ),
            25 => set("minProperties", json!(small)),
            26 => set("maxProperties", json!(small)),
            27 => set(
                "propertyNames",
                json!({"pattern": *self.one(&["^a", "b$", "a"])}),
            ),
            28 => set("dependentRequired", json!({self.name(): [self.name()]})),
            29 => set("dependentSchemas", json!({self.name(): self.schema(inner)})),
            30 | 31 => set("allOf", self.list(inner)),
            32 => set("anyOf", self.list(inner)),
            33 => set("oneOf", self.list(inner)),
            34 => set("not", self.schema(inner)),
            35 => {
                set("if", self.schema(inner));
                set("then", self.schema(inner));
                if self.is(50) {
                    set("else", self.schema(inner));
                }
            }
            _ => set(
                "unevaluatedProperties",
                if self.is(60) {
                    json!(false)
                } else {
                    self.schema(inner)
                },
            ),
        }
    }

    /// The schema with something else somewhere.
    fn changed(&mut self, schema: &Value, depth: usize) -> Value {
        let Value::Object(entries) = schema else {
            return self.schema(depth);
        };
        let mut changed = schema.clone();
        if entries.is_empty() || self.is(25) {
            self.keyword(&mut changed, depth);
            return changed;
        }
        let names: Vec<&String> = entries.keys().collect();
        let name = *self.one(&names);
        let inner = depth.saturating_sub(1);
        match (name.as_str(), &entries[name]) {
            ("properties" | "patternProperties" | "dependentSchemas", Value::Object(rows)) => {
                let keys: Vec<&String> = rows.keys().collect();
                let key = (*self.one(&keys)).clone();
                changed[name][&key] = self.changed(&rows[&key], inner);
            }
            ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(list)) => {
                let at = self.below(list.len());
                changed[name][at] = self.changed(&list[at], inner);
            }
            (
                "items"
                | "contains"
                | "not"
                | "if"
                | "then"
                | "else"
                | "additionalProperties"
                | "unevaluatedProperties",
                one,
            ) => changed[name] = self.changed(one, inner),
            _ => {
                if let Value::Object(entries) = &mut changed {
                    entries.remove(name);
                }
                if self.is(60) {
                    self.keyword(&mut changed, depth);
                }
            }
        }
        changed
    }
}
