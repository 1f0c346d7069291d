//! Our findings against those of the reference, case by case, and our verdicts against a runtime's.

use std::collections::{BTreeMap, BTreeSet};

use cherry_testkit::buf::Fired;
use serde::Deserialize;

use super::cases::{self, Case};
use super::matrix::{self, Both};
use super::ours::{Finding, compare};
use super::reference::{CATEGORIES, rules};
use crate::harness::{read_tree, root};

/// Where we differ from the reference on purpose.
const DIFFERENCES: &str = "fixtures/compat/differences.toml";

/// Where we differ on purpose.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    case: Vec<Difference>,
}

/// How we differ in a case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    case: String,
    /// Findings of the reference that we do not have.
    #[serde(default)]
    left_out: Vec<String>,
    /// Findings under ids of the reference that we have and it has not.
    #[serde(default)]
    more: Vec<String>,
    /// Findings of ours that the reference lacks, as `path:line rule`, with the categories under
    /// which they are errors.
    #[serde(default)]
    ours: Vec<String>,
    #[serde(default)]
    under: Vec<String>,
    /// Why, for a person.
    reason: String,
}

fn differences() -> Vec<Difference> {
    let text = std::fs::read_to_string(root().join(DIFFERENCES)).expect("the differences");
    let read: Differences = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    read.case
}

fn compared(case: &Case, rules: &[&str]) -> Result<Vec<Finding>, String> {
    let [old, new] = ["old", "new"].map(|side| read_tree(&case.folder.join(side)));
    compare(&old, &new, rules)
}

fn fired(findings: &[Finding]) -> Vec<Fired> {
    let mut fired: Vec<Fired> = findings.iter().flat_map(Finding::fired).collect();
    fired.sort();
    fired
}

/// What the one has more of than the other, with repetitions.
pub(super) fn surplus(one: &[Fired], other: &[Fired]) -> Vec<String> {
    let mut left = other.to_vec();
    let mut more = Vec::new();
    for fired in one {
        match left.iter().position(|known| known == fired) {
            Some(at) => drop(left.swap_remove(at)),
            None => more.push(fired.to_string()),
        }
    }
    more
}

#[test]
fn our_findings_are_those_of_the_reference() {
    let all = rules("v2");
    let differences = differences();
    let mut used = vec![false; differences.len()];
    let mut problems = Vec::new();
    for case in cases::all() {
        let on_record = case.fired();
        let ids: BTreeSet<&str> = on_record.iter().map(|one| one.rule.as_str()).collect();
        // The categories, and each rule of the case alone.
        for selection in CATEGORIES.into_iter().chain(ids) {
            let is_asked = |id: &String| id == selection || all[id].contains(selection);
            let mut expected: Vec<Fired> = on_record
                .iter()
                .filter(|one| is_asked(&one.rule))
                .cloned()
                .collect();
            let found = match compared(&case, &[selection]) {
                Ok(found) => found,
                Err(text) => {
                    problems.push(format!("{} does not compile: {text}", case.name));
                    break;
                }
            };
            for (difference, used) in differences.iter().zip(&mut used) {
                if difference.case == case.name {
                    *used |= apply(difference, selection, &mut expected, &found, &mut problems);
                }
            }
            let found = fired(&found);
            for (what, places) in [
                ("lacks", surplus(&expected, &found)),
                ("has also", surplus(&found, &expected)),
            ] {
                for place in places {
                    problems.push(format!("{} under {selection} {what} {place}", case.name));
                }
            }
        }
    }
    for (difference, used) in differences.iter().zip(used) {
        if !used {
            problems.push(format!(
                "{}: the difference is none: {}",
                difference.case, difference.reason
            ));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// Takes a difference into account; whether it had something to say.
fn apply(
    difference: &Difference,
    selection: &str,
    expected: &mut Vec<Fired>,
    found: &[Finding],
    problems: &mut Vec<String>,
) -> bool {
    let mut used = false;
    for text in &difference.left_out {
        if let Some(at) = expected.iter().position(|one| one.to_string() == *text) {
            expected.swap_remove(at);
            used = true;
        }
    }
    for text in &difference.more {
        let more = Fired::parse(text).expect("a difference is a finding");
        // It counts only where this rule is asked for.
        if fired(found).contains(&more) {
            expected.push(more);
            used = true;
        }
    }
    if difference
        .under
        .iter()
        .any(|category| category == selection)
    {
        for text in &difference.ours {
            let is_there = found.iter().any(|finding| {
                let place = finding.location.as_ref();
                let place = place.map_or("-".to_owned(), |place| {
                    format!("{}:{}", place.path, place.start_line)
                });
                format!("{place} {}", finding.rule) == *text
                    && finding.peers.is_empty()
                    && finding.severity == "error"
            });
            used = true;
            if !is_there {
                problems.push(format!(
                    "{} under {selection} has no error {text}",
                    difference.case
                ));
            }
        }
    }
    used
}

#[test]
fn a_selection_makes_errors_of_what_it_names() {
    for case in cases::all() {
        let found = compared(&case, &CATEGORIES);
        for finding in found.unwrap_or_else(|text| panic!("{}: {text}", case.name)) {
            let is_named = !finding.peers.is_empty();
            assert!(
                !is_named || finding.severity == "error",
                "{}: {finding:?}",
                case.name
            );
        }
    }
}

#[test]
fn our_verdicts_are_those_of_a_runtime() {
    let mut problems = Vec::new();
    for (name, (folder, expected)) in matrix::rows() {
        let [old, new] = ["old", "new"].map(|side| {
            let text =
                std::fs::read(folder.join(format!("{side}.proto"))).expect("both sides are there");
            BTreeMap::from([("m.proto".to_owned(), text)])
        });
        let findings = compare(&old, &new, &[]).unwrap_or_else(|text| panic!("{name}: {text}"));
        let breaks = || {
            findings
                .iter()
                .filter_map(|finding| finding.breaks.as_ref())
        };
        let binary = worst(breaks().filter_map(|one| one.binary.as_ref()));
        let json = worst(breaks().filter_map(|one| one.json.as_ref()));
        let source = worst(breaks().filter_map(|one| one.source.as_ref()));
        let row = expected.row;
        for (what, ours, theirs) in [
            ("binary", &binary, &expected.binary),
            ("json", &json, &expected.json),
        ] {
            if ours != theirs {
                problems.push(format!(
                    "row {row} {name}: {what} is {}, not {}",
                    words(theirs),
                    words(ours)
                ));
            }
        }
        if let Some(word) = expected.source.filter(|word| *word != source.old_to_new) {
            problems.push(format!(
                "row {row} {name}: source is {word}, not {}",
                source.old_to_new
            ));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

fn words(both: &Both) -> String {
    format!("{}/{}", both.old_to_new, both.new_to_old)
}

/// The worst of several verdicts, for each direction.
fn worst<'a>(all: impl Iterator<Item = &'a Both> + Clone) -> Both {
    let rank = |word: &&str| {
        ["safe", "loss", "break"]
            .iter()
            .position(|known| known == word)
    };
    let of = |side: fn(&Both) -> &str| {
        let words = all.clone().map(side);
        words.max_by_key(rank).unwrap_or("safe").to_owned()
    };
    Both {
        old_to_new: of(|both| &both.old_to_new),
        new_to_old: of(|both| &both.new_to_old),
    }
}
