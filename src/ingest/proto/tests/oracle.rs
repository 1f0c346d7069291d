//! Our descriptors against those of `protoc`, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use cherry_testkit::provision::require_or_skip;
use rayon::prelude::*;

use super::*;
use crate::fs::OsFs;
use crate::ingest::proto::descriptor::descriptors;

/// Runs the reference on files below a folder; gives the set it makes, or what it says.
fn protoc(tool: &Path, folder: &Path, files: &[String]) -> Result<Vec<u8>, String> {
    let work = tempfile::tempdir().expect("a temporary folder can be made");
    let list = work.path().join("list");
    std::fs::write(&list, files.join("\n")).expect("a list can be written");
    let set = work.path().join("set");
    let done = Command::new("python3")
        .args(["-m", "grpc_tools.protoc", "-I.", "--retain_options"])
        .arg(format!("--descriptor_set_out={}", set.display()))
        .arg(format!("@{}", list.display()))
        .env("PYTHONPATH", tool)
        .current_dir(folder)
        .output()
        .expect("python starts, it has just fetched the tool");
    match done.status.success() {
        true => Ok(std::fs::read(set).expect("the set was written")),
        false => Err(String::from_utf8_lossy(&done.stderr).into_owned()),
    }
}

/// A record of the wire format.
#[derive(Debug, Clone, PartialEq)]
enum Wire {
    Number(u64),
    Fixed(u64),
    Bytes(Vec<u8>),
    Group(Vec<(u64, Wire)>),
}

/// Takes a message apart; `None` when the bytes are none.
fn decode(bytes: &[u8]) -> Option<Vec<(u64, Wire)>> {
    let mut rest = bytes;
    let list = records(&mut rest, None)?;
    rest.is_empty().then_some(list)
}

fn records(rest: &mut &[u8], until: Option<u64>) -> Option<Vec<(u64, Wire)>> {
    let mut list = Vec::new();
    while !rest.is_empty() {
        let tag = varint(rest)?;
        let number = tag >> 3;
        let take = |count: usize, rest: &mut &[u8]| -> Option<Vec<u8>> {
            let (head, tail) = rest.split_at_checked(count)?;
            *rest = tail;
            Some(head.to_vec())
        };
        let fixed = |bytes: Vec<u8>| {
            let number = bytes.iter().rev();
            number.fold(0, |all, byte| all << 8 | u64::from(*byte))
        };
        let wire = match tag & 7 {
            0 => Wire::Number(varint(rest)?),
            1 => Wire::Fixed(fixed(take(8, rest)?)),
            5 => Wire::Fixed(fixed(take(4, rest)?)),
            2 => {
                let length = usize::try_from(varint(rest)?).ok()?;
                Wire::Bytes(take(length, rest)?)
            }
            3 => Wire::Group(records(rest, Some(number))?),
            4 if until == Some(number) => return Some(list),
            _ => return None,
        };
        list.push((number, wire));
    }
    until.is_none().then_some(list)
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, tail) = rest.split_first()?;
        *rest = tail;
        value |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Says where two messages differ first.
fn difference(theirs: &[u8], ours: &[u8], at: &str) -> Option<String> {
    if theirs == ours {
        return None;
    }
    let say = |what: String| Some(format!("{at}: {what}"));
    let text = |bytes: &[u8]| format!("{:?}", String::from_utf8_lossy(bytes));
    let (Some(left), Some(right)) = (decode(theirs), decode(ours)) else {
        return say(format!("{} / {}", text(theirs), text(ours)));
    };
    let is_printable = |bytes: &[u8]| bytes.iter().all(|byte| (0x20..0x7F).contains(byte));
    if is_printable(theirs) && is_printable(ours) {
        return say(format!("{} / {}", text(theirs), text(ours)));
    }
    let name = left.iter().find_map(|(number, wire)| match wire {
        Wire::Bytes(bytes) if *number == 1 && is_printable(bytes) => Some(text(bytes)),
        _ => None,
    });
    let here = format!("{at}{}", name.unwrap_or_default());
    for (at, (l, r)) in left.iter().zip(&right).enumerate() {
        if l == r {
            continue;
        }
        if l.0 != r.0 {
            return Some(format!("{here}: record {at} is {l:?} / {r:?}"));
        }
        return match (&l.1, &r.1) {
            (Wire::Bytes(left), Wire::Bytes(right)) => {
                difference(left, right, &format!("{here}.{}", l.0))
            }
            _ => Some(format!("{here}.{}: {:?} / {:?}", l.0, l.1, r.1)),
        };
    }
    Some(format!(
        "{here}: {:?} / {:?}",
        left.get(right.len()..),
        right.get(left.len()..)
    ))
}

/// Holds the descriptors of files below a folder against the reference's. Gives how many were held.
fn compare(tool: &Path, folder: &Path) -> usize {
    let fs = OsFs::new(folder).expect("the folder is there");
    let source = Source {
        fs: &fs,
        roots: vec![RelPath::root()],
        selection: Selection::All,
    };
    let mut sources = SourceMap::default();
    let loaded = load(&source, None, Reuse::Shared, &mut sources);
    let findings = loaded.diagnostics.finish(&LevelTable::default());
    // What is broken in itself, or names what is, has no descriptor.
    let mut broken: BTreeSet<String> = BTreeSet::new();
    for finding in findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error)
    {
        for label in finding.labels() {
            broken.insert(sources.file(label.span.file).path().as_str().to_owned());
        }
    }
    loop {
        let before = broken.len();
        for unit in &loaded.value.new.units {
            if unit
                .imports
                .iter()
                .any(|import| broken.contains(&*import.path))
            {
                broken.insert(unit.path.to_string());
            }
        }
        if before == broken.len() {
            break;
        }
    }
    let files: Vec<String> = loaded
        .value
        .new
        .units
        .iter()
        .map(|unit| unit.path.to_string())
        .filter(|path| !broken.contains(path) && folder.join(path).exists())
        .collect();
    let mut sources = SourceMap::default();
    let ours = descriptors(&source, &mut sources).value;
    let set = match protoc(tool, folder, &files) {
        Ok(set) => set,
        Err(said) => panic!("protoc refuses what we take:\n{said}"),
    };
    let mut problems = String::new();
    let mut count = 0;
    for (_, wire) in decode(&set).expect("a set is a message") {
        let Wire::Bytes(theirs) = wire else { continue };
        let records = decode(&theirs).expect("a descriptor is a message");
        let name = records.iter().find_map(|(number, wire)| match wire {
            Wire::Bytes(bytes) if *number == 1 => Some(String::from_utf8_lossy(bytes).into_owned()),
            _ => None,
        });
        let name = name.expect("a file has a name");
        count += 1;
        let Some(ours) = ours.get(&name) else {
            let _ = writeln!(problems, "{name}: we have none");
            continue;
        };
        if let Some(difference) = difference(&theirs, ours, "") {
            let _ = writeln!(problems, "{difference}");
        }
    }
    let shown: Vec<&str> = problems.lines().take(40).collect();
    assert!(
        problems.is_empty(),
        "{} of {count} files differ (theirs / ours):\n{}",
        problems.lines().count(),
        shown.join("\n")
    );
    count
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/proto")
}

#[test]
fn a_large_corpus_has_the_descriptors_of_the_reference() {
    let (Some(tool), Some(corpus)) = (
        require_or_skip("protoc", "protoc"),
        require_or_skip("protos", "google-protos"),
    ) else {
        return;
    };
    let count = compare(&tool, &corpus);
    assert!(count > 7_200, "only {count} files were held");
}

#[test]
fn hard_files_have_the_descriptors_of_the_reference() {
    let Some(tool) = require_or_skip("protoc", "protoc") else {
        return;
    };
    let folder = fixtures().join("accepted");
    let files = std::fs::read_dir(&folder).expect("the folder is there");
    assert_eq!(compare(&tool, &folder), files.count());
}

/// Each text of `refused.txt` is refused by both, each of `taken.txt` by none.
#[test]
fn what_the_reference_refuses_is_refused() {
    let tool = require_or_skip("protoc", "protoc");
    let mut problems = String::new();
    for (name, is_refused) in [("refused.txt", true), ("taken.txt", false)] {
        let text = std::fs::read_to_string(fixtures().join(name)).expect("it can be read");
        let mut cases: BTreeMap<&str, &str> = BTreeMap::new();
        for case in text.split("\n=== ").filter(|case| !case.trim().is_empty()) {
            let (title, body) = case.split_once('\n').unwrap_or((case, ""));
            cases.insert(title.trim_start_matches("=== "), body);
        }
        assert!(cases.len() > 10, "{name} holds {} cases", cases.len());
        let judged = cases.par_iter().map(|(title, body)| {
            let mut problems = String::new();
            let (_, found) = read(&[("case.proto", body)]);
            let has_errors = found.iter().any(|line| !line.contains(": warning "));
            if has_errors != is_refused {
                let _ = writeln!(problems, "{title}: we say {found:?}");
            }
            let Some(tool) = &tool else {
                return problems;
            };
            let folder = tempfile::tempdir().expect("a temporary folder can be made");
            std::fs::write(folder.path().join("case.proto"), body).expect("a case can be written");
            let said = protoc(tool, folder.path(), &["case.proto".to_owned()]);
            if said.is_err() != is_refused {
                let said = said.err().unwrap_or_default();
                let _ = writeln!(problems, "{title}: protoc says {said:?}");
            }
            problems
        });
        problems.extend(judged.collect::<Vec<String>>());
    }
    assert!(problems.is_empty(), "\n{problems}");
}
