//! The direction matrix, executed: what one side writes is read by the other, with a real runtime.
//!
//! A row is a folder below `fixtures/compat/matrix`: `old.proto`, `new.proto` and `expected.toml`
//! with the worst outcome for each encoding and direction. `tests/matrix.py` tells what a runtime
//! makes of the pair. What no runtime can show, such as calls, stands under `unproved`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cherry_testkit::buf::Buf;
use cherry_testkit::provision::require_or_skip;
use serde::Deserialize;

use crate::harness::root;

/// Where the rows are.
const FOLDER: &str = "fixtures/compat/matrix";

/// Rows of the matrix that two files alone cannot show: options that other tools give a meaning to.
const ROWS_OF_OPTIONS: [u32; 2] = [77, 78];

/// The number of the last row.
const LAST_ROW: u32 = 79;

/// A row as it is on record.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    /// Its number in the matrix.
    pub(super) row: u32,
    pub(super) binary: Both,
    pub(super) json: Both,
    /// Code that was written against the old side and is compiled against the new one.
    pub(super) source: Option<String>,
    /// Verdicts that no runtime can show.
    #[serde(default)]
    pub(super) unproved: Vec<String>,
    /// Names that mean one thing on both sides, old to new.
    #[serde(default)]
    pub(super) same: BTreeMap<String, String>,
}

/// Both directions: `safe`, `loss` or `break`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Both {
    pub(super) old_to_new: String,
    pub(super) new_to_old: String,
}

/// What the script tells of a row: outcomes, each with a value that comes to it.
#[derive(Debug, Deserialize)]
struct Observed {
    row: String,
    binary: ObservedBoth,
    json: ObservedBoth,
}

#[derive(Debug, Deserialize)]
struct ObservedBoth {
    old_to_new: (String, Option<String>),
    new_to_old: (String, Option<String>),
}

/// Every row with its folder, by name.
pub(super) fn rows() -> BTreeMap<String, (PathBuf, Expected)> {
    let entries = std::fs::read_dir(root().join(FOLDER)).expect("the rows are there");
    let rows = entries.map(|entry| {
        let entry = entry.expect("the folder can be listed");
        let name = entry.file_name().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(entry.path().join("expected.toml"));
        let text = text.unwrap_or_else(|error| panic!("{name}: {error}"));
        let expected = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, (entry.path(), expected))
    });
    rows.collect()
}

#[test]
fn every_row_of_the_matrix_is_on_record() {
    let rows = rows();
    let there: BTreeSet<u32> = rows.values().map(|(_, expected)| expected.row).collect();
    let all: BTreeSet<u32> = (1..=LAST_ROW)
        .filter(|row| !ROWS_OF_OPTIONS.contains(row))
        .collect();
    assert_eq!(there, all);
    for (name, (_, expected)) in &rows {
        let verdicts =
            [&expected.binary, &expected.json].map(|both| [&both.old_to_new, &both.new_to_old]);
        let words = verdicts.into_iter().flatten().chain(&expected.source);
        for word in words {
            assert!(
                ["safe", "loss", "break"].contains(&word.as_str()),
                "{name}: {word}"
            );
        }
    }
}

#[test]
fn every_verdict_of_the_matrix_is_what_a_runtime_does() {
    let (Some(buf), Some(python)) = (Buf::find(), require_or_skip("protobuf", "python-protobuf"))
    else {
        return;
    };
    let rows = rows();
    let folder = tempfile::tempdir().expect("a folder for descriptors");
    let images = ["old", "new"].map(|side| image(&buf, folder.path(), side, &rows));
    let observed = observe(&python, &images, &rows);
    assert_eq!(observed.len(), rows.len(), "the script tells of every row");
    let mut problems = Vec::new();
    let mut proved = 0;
    for told in &observed {
        let (_, expected) = &rows[&told.row];
        let cells = [
            (
                "binary.old_to_new",
                &expected.binary.old_to_new,
                &told.binary.old_to_new,
            ),
            (
                "binary.new_to_old",
                &expected.binary.new_to_old,
                &told.binary.new_to_old,
            ),
            (
                "json.old_to_new",
                &expected.json.old_to_new,
                &told.json.old_to_new,
            ),
            (
                "json.new_to_old",
                &expected.json.new_to_old,
                &told.json.new_to_old,
            ),
        ];
        for (cell, expected_word, (word, value)) in cells {
            if expected.unproved.iter().any(|unproved| unproved == cell) {
                continue;
            }
            proved += 1;
            if expected_word != word {
                let name = &told.row;
                problems.push(format!(
                    "{name}: {cell} is `{expected_word}` on record, and `{word}` for {value:?}"
                ));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    // Nearly all of the cells are shown and not only told.
    assert!(proved >= rows.len() * 7 / 2, "{proved} cells");
}

/// One side of every row, compiled at once.
fn image(
    buf: &Buf,
    folder: &Path,
    side: &str,
    rows: &BTreeMap<String, (PathBuf, Expected)>,
) -> PathBuf {
    let tree = folder.join(side);
    std::fs::create_dir(&tree).expect("the folder takes folders");
    for (name, (row, _)) in rows {
        let copied = std::fs::copy(
            row.join(format!("{side}.proto")),
            tree.join(format!("{name}.proto")),
        );
        copied.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let out = folder.join(format!("{side}.binpb"));
    buf.image(&tree, &out)
        .unwrap_or_else(|problem| panic!("{problem}"));
    out
}

/// What the script tells of the rows.
fn observe(
    python: &Path,
    images: &[PathBuf],
    rows: &BTreeMap<String, (PathBuf, Expected)>,
) -> Vec<Observed> {
    let same: BTreeMap<_, _> = rows
        .iter()
        .map(|(name, (_, row))| (name, &row.same))
        .collect();
    let mut script = Command::new("python3")
        .arg(root().join("tests/matrix.py"))
        .args(images)
        .args(rows.keys())
        .env("PYTHONPATH", python)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python starts, for it provisioned the runtime");
    let mut stdin = script.stdin.take().expect("it was asked for");
    let text = serde_json::to_string(&same).expect("names are JSON");
    stdin.write_all(text.as_bytes()).expect("the script reads");
    drop(stdin);
    let done = script.wait_with_output().expect("the script ends");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let stdout = String::from_utf8(done.stdout).expect("the script writes UTF-8");
    let lines = stdout.lines();
    let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    lines.map(read).collect()
}
