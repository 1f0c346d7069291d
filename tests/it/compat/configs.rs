//! What a `buf.yaml` or `buf.work.yaml` makes of a change, here and in the reference.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use cherry_testkit::buf::{Buf, Fired};
use serde::Deserialize;

use super::ours::compare;
use super::reference::{fired_in, text_of};
use super::verdicts::surplus;
use crate::harness::{Tree, blessing, expect_file, read_tree, root};

/// The cases, the trees that they lie above, and what the reference says.
const FOLDER: &str = "fixtures/compat/buf-config";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// What it shows, for a person.
    why: String,
    /// Files of both sides.
    #[serde(default)]
    files: BTreeMap<String, String>,
}

impl Case {
    fn trees(&self) -> [Tree; 2] {
        ["old", "new"].map(|side| {
            let mut tree = read_tree(&root().join(FOLDER).join(side));
            let files = self.files.iter();
            tree.extend(files.map(|(path, text)| (path.clone(), text.clone().into_bytes())));
            tree
        })
    }
}

fn all() -> Vec<Case> {
    let text = std::fs::read_to_string(root().join(FOLDER).join("cases.toml"));
    let read: Cases =
        toml::from_str(&text.expect("the cases")).unwrap_or_else(|error| panic!("{error}"));
    read.case
}

/// The findings on record, by case.
fn on_record() -> BTreeMap<String, Vec<Fired>> {
    let text = std::fs::read_to_string(root().join(FOLDER).join("expected.txt"));
    let text = text.expect("the record");
    let sections = text.split("== ").filter(|section| !section.is_empty());
    let read = sections.map(|section| {
        let (name, findings) = section.split_once('\n').expect("a section has a name");
        (name.to_owned(), fired_in(findings.trim_end()))
    });
    read.collect()
}

#[test]
fn the_reference_makes_of_a_configuration_what_is_on_record() {
    let Some(buf) = Buf::find() else { return };
    let mut text = String::new();
    for case in all() {
        let dir = tempfile::tempdir().expect("a folder can be made");
        for (side, tree) in ["old", "new"].into_iter().zip(case.trees()) {
            for (path, bytes) in tree {
                let path = dir.path().join(side).join(path);
                std::fs::create_dir_all(path.parent().expect("it lies in a folder"))
                    .expect("it can be made");
                std::fs::write(path, bytes).expect("it can be written");
            }
        }
        let [old, new] = ["old", "new"].map(|side| dir.path().join(side));
        let said = buf.breaking_as_configured(&old, &new);
        let said = said.unwrap_or_else(|problem| panic!("{}: {problem}", case.name));
        let fired: Vec<Fired> = said.into_iter().map(|one| one.fired).collect();
        writeln!(text, "== {}\n{}", case.name, text_of(&fired)).expect("a text takes lines");
    }
    expect_file(&format!("{FOLDER}/expected.txt"), text.as_bytes());
}

#[test]
fn we_make_of_a_configuration_what_the_reference_does() {
    if blessing() {
        // The record is being written.
        return;
    }
    let (cases, record) = (all(), on_record());
    let names: BTreeSet<&String> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names, record.keys().collect(), "one record a case");
    assert!(names.len() == cases.len() && cases.len() >= 25);
    let mut problems = Vec::new();
    for case in &cases {
        assert!(case.why.ends_with('.'), "{}", case.name);
        let [old, new] = case.trees();
        let found = match compare(&old, &new, &[]) {
            Ok(found) => found,
            Err(text) => {
                problems.push(format!("{} has no verdict: {text}", case.name));
                continue;
            }
        };
        let found: Vec<Fired> = found.iter().flat_map(|finding| finding.fired()).collect();
        let expected = &record[&case.name];
        for (what, places) in [
            ("lacks", surplus(expected, &found)),
            ("has also", surplus(&found, expected)),
        ] {
            for place in places {
                problems.push(format!("{} {what} {place}: {}", case.name, case.why));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
