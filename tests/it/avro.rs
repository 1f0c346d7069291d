//! Pairs of Avro schemas, held to what a real reader does: what is said to be read is read, and every
//! value that is said to be refused is refused.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use cherry_testkit::provision::require_or_skip;
use cherryc::{Outcome as Harm, Side};
use serde_json::{Value, json};

use crate::harness::{memory, root, run};

/// Pairs that are tried.
const PAIRS: u64 = 1_500;

/// A small source of chance (xorshift64), the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % count as u64).expect("it is below a usize")
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

const PRIMITIVES: [&str; 8] = [
    "null", "boolean", "int", "long", "float", "double", "bytes", "string",
];

/// A schema; `next` numbers its named types.
fn schema(chance: &mut Chance, depth: usize, next: &mut usize) -> Value {
    let mut name = |letter: &str| {
        *next += 1;
        format!("{letter}{next}")
    };
    match chance.below(if depth == 0 { 3 } else { 8 }) {
        0 | 1 => json!(PRIMITIVES[chance.below(8)]),
        2 => match chance.one_in(2) {
            true => json!({"type": "fixed", "name": name("F"), "size": 1 + chance.below(3)}),
            false => {
                let mut made = json!({"type": "enum", "name": name("E"),
                    "symbols": &["A", "B", "C"][..=chance.below(3)]});
                if chance.one_in(3) {
                    made["default"] = json!("A");
                }
                made
            }
        },
        3 => json!({"type": "array", "items": schema(chance, depth - 1, next)}),
        4 => json!({"type": "map", "values": schema(chance, depth - 1, next)}),
        5 => {
            let mut branches = vec![json!("null")];
            for _ in 0..=chance.below(2) {
                let made = schema(chance, depth - 1, next);
                if !made.is_array() && !branches.contains(&made) {
                    branches.push(made);
                }
            }
            Value::Array(branches)
        }
        _ => {
            let own = name("R");
            let fields: Vec<Value> = (0..=chance.below(3))
                .map(
                    |at| json!({"name": format!("f{at}"), "type": schema(chance, depth - 1, next)}),
                )
                .collect();
            json!({"type": "record", "name": own, "fields": fields})
        }
    }
}

/// Changes something somewhere in a schema.
fn mutate(chance: &mut Chance, value: &mut Value) {
    match value {
        Value::String(_) => match chance.below(4) {
            0 if *value != "null" => *value = json!(["null", value.clone()]),
            _ => *value = json!(PRIMITIVES[chance.below(8)]),
        },
        Value::Array(branches) => match chance.below(3) {
            0 if branches.len() > 1 => {
                let at = chance.below(branches.len());
                branches.remove(at);
            }
            1 => {
                let made = json!(PRIMITIVES[chance.below(8)]);
                let at = chance.below(branches.len() + 1);
                branches.insert(at, made);
            }
            _ => {
                let at = chance.below(branches.len());
                mutate(chance, &mut branches[at]);
            }
        },
        Value::Object(_) => declared(chance, value),
        _ => {}
    }
}

fn declared(chance: &mut Chance, value: &mut Value) {
    let kind = value["type"].as_str().unwrap_or_default().to_owned();
    if let Some(name) = value["name"].as_str().map(str::to_owned)
        && chance.one_in(8)
    {
        value["name"] = json!(format!("{name}x"));
        if chance.one_in(2) {
            value["aliases"] = json!([name]);
        }
        return;
    }
    match kind.as_str() {
        "array" => mutate(chance, &mut value["items"]),
        "map" => mutate(chance, &mut value["values"]),
        "fixed" => value["size"] = json!(1 + chance.below(3)),
        "enum" => {
            value["symbols"] = json!(&["A", "B", "C", "D"][..=chance.below(4)]);
            if chance.one_in(2) {
                value["default"] = json!("A");
            }
        }
        "record" => {
            let fields = value["fields"].as_array_mut().expect("records have fields");
            let at = chance.below(fields.len());
            match chance.below(5) {
                0 => drop(fields.remove(at)),
                1 => {
                    let mut field = json!({"name": "g", "type": "int"});
                    if chance.one_in(2) {
                        field["default"] = json!(7);
                    }
                    if !fields.iter().any(|field| field["name"] == "g") {
                        fields.insert(at, field);
                    }
                }
                2 => {
                    let name = fields[at]["name"].clone();
                    fields[at]["name"] = json!("h");
                    if chance.one_in(2) {
                        fields[at]["aliases"] = json!([name]);
                    }
                }
                _ => mutate(chance, &mut fields[at]["type"]),
            }
            if fields.is_empty() {
                fields.push(json!({"name": "k", "type": "int", "default": 1}));
            }
        }
        _ => {}
    }
}

#[test]
fn a_real_reader_agrees_with_every_answer() {
    let Some(folder) = require_or_skip("avro", "fastavro") else {
        return;
    };
    let mut asked = String::new();
    let mut told = Vec::new();
    let (mut contained, mut witnesses) = (0, 0);
    for seed in 1..=PAIRS {
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let old = schema(&mut chance, 3, &mut 0);
        let mut new = old.clone();
        for _ in 0..=chance.below(2) {
            mutate(&mut chance, &mut new);
        }
        let (before, after) = (old.to_string(), new.to_string());
        let files = [("old/a.avsc", &*before), ("new/a.avsc", &*after)];
        let outcome = run(&memory(files), "diff old/a.avsc new/a.avsc");
        // A change may make a schema that is none, such as a union of one type twice.
        if outcome.exit_code() == 2 {
            continue;
        }
        let findings = &outcome.report.findings;
        for (writer, reader, side) in [(&old, &new, Side::Old), (&new, &old, Side::New)] {
            let mut is_contained = true;
            let mut values = Vec::new();
            for comparison in findings.iter().filter_map(|found| found.comparison()) {
                let breaks = comparison.breaks.binary.as_ref();
                is_contained &= breaks.is_none_or(|both| match side {
                    Side::Old => both.old_to_new.outcome != Harm::Break,
                    Side::New => both.new_to_old.outcome != Harm::Break,
                });
                let witness = comparison.witness.iter();
                values.extend(
                    witness
                        .filter(|witness| witness.accepted_by == side)
                        .map(|witness| witness.value.to_string()),
                );
            }
            contained += usize::from(is_contained);
            witnesses += values.len();
            let pair = json!({"writer": writer, "reader": reader, "seed": seed,
                "contained": is_contained, "witnesses": values});
            let _ = writeln!(asked, "{pair}");
            told.push(pair);
        }
    }
    let mut child = Command::new("python3")
        .arg(root().join("tests/avro.py"))
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python runs, or the tool would not be there");
    let mut stdin = child.stdin.take().expect("it was piped");
    let writer = std::thread::spawn(move || stdin.write_all(asked.as_bytes()));
    let output = child.wait_with_output().expect("python ends");
    writer
        .join()
        .expect("the writer does not panic")
        .expect("python reads everything");
    assert!(output.status.success());
    let answers = String::from_utf8(output.stdout).expect("answers are text");
    let mut problems = String::new();
    let mut answered = 0;
    for (pair, answer) in told.iter().zip(answers.lines()) {
        answered += 1;
        if answer != "[]" {
            let _ = writeln!(problems, "{pair}\n  {answer}");
        }
    }
    assert_eq!(answered, told.len());
    assert!(problems.is_empty(), "\n{problems}");
    // Both answers are tried, often.
    assert!(
        contained > 500 && witnesses > 300,
        "{contained} {witnesses}"
    );
}
