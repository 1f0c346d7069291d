//! The cases of `fixtures/compat/proto`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use cherry_testkit::buf::{Buf, Fired};

use super::reference::{CATEGORIES, fired_in, rules, text_of};
use crate::harness::{blessing, difference, read_tree, root};

/// Where the cases are.
const FOLDER: &str = "fixtures/compat/proto";

/// Processes of the reference at a time.
const WORKERS: usize = 2;

/// A case on record.
#[derive(Debug)]
pub(super) struct Case {
    /// Name of its folder.
    pub(super) name: String,
    /// Its folder.
    pub(super) folder: PathBuf,
    /// The findings of the reference over all categories.
    pub(super) expected: String,
}

impl Case {
    /// The findings on record.
    pub(super) fn fired(&self) -> Vec<Fired> {
        fired_in(&self.expected)
    }
}

/// Every case, sorted by name.
pub(super) fn all() -> Vec<Case> {
    let folder = root().join(FOLDER);
    let entries = std::fs::read_dir(&folder).expect("the cases are there");
    let mut cases: Vec<Case> = entries
        .map(|entry| {
            let entry = entry.expect("the folder can be listed");
            let folder = entry.path();
            assert!(folder.is_dir(), "{} is no case", folder.display());
            // Absent before it is written for the first time.
            let expected = std::fs::read_to_string(folder.join("expected.txt")).unwrap_or_default();
            Case {
                name: entry.file_name().to_string_lossy().into_owned(),
                folder,
                expected,
            }
        })
        .collect();
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    cases
}

#[test]
fn every_case_says_in_a_sentence_what_it_shows() {
    let cases = all();
    assert!(cases.len() >= 150, "{} cases", cases.len());
    for case in &cases {
        let sides = ["old", "new"].map(|side| read_tree(&case.folder.join(side)));
        assert!(sides.iter().all(|side| !side.is_empty()), "{}", case.name);
        let mut first_lines = sides[1].values().filter_map(|bytes| {
            let text = std::str::from_utf8(bytes).expect("the cases are UTF-8");
            text.lines().next()
        });
        assert!(
            first_lines.any(|line| line.starts_with("// ") && line.ends_with('.')),
            "{}: no file of the new side begins with a sentence",
            case.name
        );
    }
}

#[test]
fn every_rule_of_the_reference_speaks_in_two_cases() {
    if blessing() {
        // The records are being written.
        return;
    }
    let mut cases_of: BTreeMap<String, usize> = BTreeMap::new();
    for case in all() {
        let mut ids: Vec<String> = case.fired().into_iter().map(|one| one.rule).collect();
        ids.sort();
        ids.dedup();
        for id in ids {
            *cases_of.entry(id).or_default() += 1;
        }
    }
    let rules = rules("v2");
    let few = rules
        .keys()
        .filter(|id| cases_of.get(*id).is_none_or(|count| *count < 2));
    assert_eq!(few.collect::<Vec<_>>(), Vec::<&String>::new());
    let unknown = cases_of.keys().filter(|id| !rules.contains_key(*id));
    assert_eq!(unknown.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn the_findings_of_the_reference_are_those_on_record() {
    let Some(buf) = Buf::find() else { return };
    let cases = all();
    let next = AtomicUsize::new(0);
    let problems: Vec<String> = std::thread::scope(|scope| {
        let work = || {
            let mut problems = Vec::new();
            while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                problems.extend(fresh(&buf, case));
            }
            problems
        };
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter();
        done.flat_map(|worker| worker.join().expect("a worker ends"))
            .collect()
    });
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// Compares a record with what the reference says today, or rewrites it under `BLESS=1`.
fn fresh(buf: &Buf, case: &Case) -> Option<String> {
    let [old, new] = ["old", "new"].map(|side| case.folder.join(side));
    let said = match buf.breaking(&old, &new, &CATEGORIES) {
        Ok(said) => said,
        Err(problem) => return Some(format!("{}: {problem}", case.name)),
    };
    let fired: Vec<Fired> = said.into_iter().map(|one| one.fired).collect();
    let text = text_of(&fired);
    if blessing() {
        let path = case.folder.join("expected.txt");
        std::fs::write(path, text).expect("the record can be written");
        return None;
    }
    let problem = difference(Some(case.expected.as_bytes()), text.as_bytes())?;
    Some(format!("{}: {problem}", case.name))
}
