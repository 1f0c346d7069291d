//! The reference as data: its rules by category, its findings per case.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use cherry_testkit::buf::{Buf, Fired};
use serde_json::Value;

use crate::harness::{blessing, expect_file, root};

/// The categories of the newest version of the reference's configuration.
pub(super) const CATEGORIES: [&str; 5] = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"];

/// The versions of the reference's configuration.
pub(super) const VERSIONS: [&str; 3] = ["v2", "v1", "v1beta1"];

/// Where the rules of a version are on record.
pub(super) fn rules_file(version: &str) -> String {
    format!("fixtures/compat/buf-rules-{version}.json")
}

/// The ids of the rules that are not deprecated, with the categories of each.
pub(super) fn rules(version: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = root().join(rules_file(version));
    let text = std::fs::read_to_string(&path).expect("the rules are on record");
    let all: Vec<Value> = serde_json::from_str(&text).expect("the record is JSON");
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    let live = all.iter().filter(|rule| rule["deprecated"] == false);
    let pairs = live.map(|rule| {
        let categories = rule["categories"].as_array().expect("categories");
        (word(&rule["id"]), categories.iter().map(word).collect())
    });
    pairs.collect()
}

/// Findings as a text with one line each, sorted by path, line and rule.
pub(super) fn text_of(fired: &[Fired]) -> String {
    let mut sorted: Vec<&Fired> = fired.iter().collect();
    sorted.sort();
    let mut out = String::new();
    for place in sorted {
        writeln!(out, "{place}").expect("a text takes lines");
    }
    out
}

/// Reads what [`text_of`] writes.
pub(super) fn fired_in(text: &str) -> Vec<Fired> {
    let lines = text.lines();
    let read = |line| Fired::parse(line).unwrap_or_else(|| panic!("`{line}` is no finding"));
    lines.map(read).collect()
}

#[test]
fn the_rules_of_the_reference_are_those_on_record() {
    let Some(buf) = Buf::find() else { return };
    for version in VERSIONS {
        let said = buf.rules(version).expect("buf lists its rules");
        let mut lines: Vec<&str> = said.lines().collect();
        lines.sort_unstable();
        let text = format!("[\n{}\n]\n", lines.join(",\n"));
        expect_file(&rules_file(version), text.as_bytes());
    }
}

#[test]
fn the_versions_of_the_reference_have_the_rules_that_we_know_of() {
    if blessing() {
        // The records are being written.
        return;
    }
    let count = |version, category: &str| {
        let rules = rules(version);
        let of_category = rules.values().filter(|all| all.contains(category));
        of_category.count()
    };
    assert_eq!(rules("v2").len(), 64);
    assert_eq!(CATEGORIES.map(|one| count("v2", one)), [51, 51, 22, 15, 32]);
    assert_eq!((rules("v1").len(), rules("v1beta1").len()), (61, 59));
}
