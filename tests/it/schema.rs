//! The published schemas are what the types say, and the schema of the language agrees with the
//! compiler about every contract there is, as far as a schema can judge.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cherryc::{rules, schemas};
use jsonschema::Validator;
use serde_json::Value;

use crate::harness::{Outcome, cases, expect_file, read_tree, root, run};
use crate::pages::examples;

/// Rules that a schema can hold as well: what they refuse, it must refuse.
const HELD_BY_SCHEMA: [&str; 5] = [
    "missing-key",
    "out-of-range",
    "reserved-key",
    "unknown-key",
    "wrong-type",
];

#[test]
fn the_published_schemas_are_fresh() {
    let mut made = Vec::new();
    for (name, schema) in schemas() {
        let file = match name {
            "contract" => "cherry",
            other => other,
        };
        let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        text.push('\n');
        let path = format!("{file}.schema.json");
        expect_file(&format!("schemas/{path}"), text.as_bytes());
        made.push(path);
    }
    let found = read_tree(&root().join("schemas")).into_keys();
    let stray = found.filter(|path| path.ends_with(".schema.json") && !made.contains(path));
    assert_eq!(stray.collect::<Vec<_>>(), [""; 0], "schemas of nothing");
}

#[test]
fn every_schema_is_one() {
    for (name, schema) in schemas() {
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        let dialect = schema.get("$schema").and_then(Value::as_str);
        assert_eq!(
            dialect,
            Some("https://json-schema.org/draft/2020-12/schema"),
            "{name}"
        );
    }
}

fn language() -> Validator {
    let schemas = schemas();
    let (_, schema) = schemas
        .iter()
        .find(|(name, _)| *name == "contract")
        .expect("the language has a schema");
    jsonschema::draft202012::new(schema).expect("the schema compiles")
}

/// Rules that refuse something in each file of a workspace.
fn refusals(outcome: &Outcome) -> BTreeMap<String, Vec<&'static str>> {
    let mut by_file: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for finding in outcome.report.findings.iter() {
        let Some(span) = finding.primary() else {
            continue;
        };
        if finding.severity() == cherryc::Severity::Error {
            let path = outcome.report.sources.file(span.file).path().to_string();
            by_file.entry(path).or_default().push(finding.rule().name);
        }
    }
    for rules in by_file.values_mut() {
        rules.sort_unstable();
        rules.dedup();
    }
    by_file
}

/// What the schema says to a text; `None` when another reader of YAML cannot read it at all.
fn accepts(schema: &Validator, text: &[u8]) -> Option<bool> {
    let value: Value = serde_yaml_ng::from_slice(text).ok()?;
    Some(schema.is_valid(&value))
}

#[test]
fn the_schema_of_the_language_agrees_with_the_compiler() {
    let schema = language();
    let mut table = String::new();
    let mut problems = String::new();
    for case in cases("fixtures/contracts") {
        let refused = refusals(&run(&case.workspace(), "check"));
        for (path, text) in &case.files {
            if !path.ends_with(".cherry.yaml") {
                continue;
            }
            let name = format!("{}/{path}", case.name);
            let rules = refused.get(path).map_or(&[][..], Vec::as_slice);
            let verdict = accepts(&schema, text);
            let must_refuse = rules.iter().any(|rule| HELD_BY_SCHEMA.contains(rule));
            match verdict {
                Some(true) if must_refuse => {
                    let _ = writeln!(problems, "{name}: accepted in spite of {rules:?}");
                }
                Some(false) if rules.is_empty() => {
                    let value: Value = serde_yaml_ng::from_slice(text).expect("it was read above");
                    for error in schema.iter_errors(&value) {
                        let _ = writeln!(
                            problems,
                            "{name}: refused at `{}`: {error}",
                            error.instance_path()
                        );
                    }
                }
                _ => {}
            }
            let word = match verdict {
                Some(true) => "accepts",
                Some(false) => "refuses",
                None => "cannot read",
            };
            let _ = writeln!(table, "{word:<12} {name}  {}", rules.join(" "));
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
    let table: String = table
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect();
    expect_file("snapshots/schema.txt", table.as_bytes());
}

#[test]
fn the_schema_accepts_what_the_pages_call_valid() {
    let schema = language();
    for rule in rules() {
        for example in examples(rule.page, "Stays valid") {
            for (path, text) in &example.files {
                if path.ends_with(".cherry.yaml") {
                    let verdict = accepts(&schema, text.as_bytes());
                    assert_eq!(verdict, Some(true), "{}: {path}", rule.name);
                }
            }
        }
    }
}
