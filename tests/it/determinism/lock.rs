//! The lock may be lost, artifacts may be edited by hand, and `--check` says so without touching them.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use cherryc::{EntryKind, MemoryFs, ReadFs, RelPath, Wanted, WriteFs};

use super::super::harness::{self, rel};
use super::{build, build_as, built, edits, files, good, inputs, same, text, workspace};

#[test]
fn a_lock_that_is_lost_or_damaged_changes_nothing() {
    let memory = workspace();
    good(&build(&memory));
    let expected = files(&memory);
    let lock = rel("cherry.lock");
    let text = memory.read(&lock, u64::MAX - 1).expect("there is a lock");
    let damages: Vec<Option<Vec<u8>>> = vec![
        None,
        Some(Vec::new()),
        Some(b"\xff\0".to_vec()),
        Some(text[..text.len() / 2].to_vec()),
        Some(b"{\"format\": 99, \"outputs\": {}}".to_vec()),
        Some(
            String::from_utf8_lossy(&text)
                .replace("\"input\": \"", "\"input\": \"0")
                .replace("\"request\": \"", "\"request\": \"0")
                .into_bytes(),
        ),
        Some(
            String::from_utf8_lossy(&text)
                .replace("cherry-out/", "../../")
                .into_bytes(),
        ),
    ];
    for damage in damages {
        match &damage {
            None => memory.remove(&lock),
            Some(bytes) => memory.write(&lock, bytes),
        }
        .expect("memory takes every file");
        good(&build(&memory));
        let what = damage.map_or("lost".to_owned(), |bytes| {
            String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned()
        });
        same(&expected, &files(&memory), &what);
    }
}

#[test]
fn what_was_edited_by_hand_is_kept() {
    let memory = workspace();
    good(&build(&memory));
    let expected = files(&memory);
    let artifact = rel("cherry-out/user.v1/wasm/user.v1.wat");
    memory
        .write(&artifact, b"edited")
        .expect("memory takes every file");
    let edited = files(&memory);
    let check = Wanted {
        check: true,
        ..Wanted::default()
    };

    let refused = build(&memory);
    assert_eq!(refused.report.exit_code(None), 2);
    let finding = refused.report.findings.iter().next().expect("it says why");
    assert_eq!(finding.rule().name, "artifact-edited");
    assert!(finding.headline().contains(artifact.as_str()));
    same(&edited, &files(&memory), "refused");

    let stale = build_as(&memory, &[""], &check, "cherry-out");
    assert_eq!(
        stale.report.exit_code(Some(cherryc::Severity::Error)),
        1,
        "{}",
        text(&stale)
    );
    same(&edited, &files(&memory), "checked");

    let force = Wanted {
        force: true,
        ..Wanted::default()
    };
    good(&build_as(&memory, &[""], &force, "cherry-out"));
    same(&expected, &files(&memory), "forced");

    // What was removed by hand is simply made again.
    memory.remove(&artifact).expect("it is there");
    good(&build(&memory));
    same(&expected, &files(&memory), "made again");

    // The artifact of a contract that is gone is not taken away from who edited it.
    memory
        .write(&artifact, b"edited")
        .expect("memory takes every file");
    memory
        .remove(&rel("user.v1.cherry.yaml"))
        .expect("it is there");
    assert_eq!(build(&memory).report.exit_code(None), 2);
    assert!(files(&memory).contains_key(artifact.as_str()));
}

/// A process that is killed after so many files are in their place: nobody tidies up after it.
struct Killed<'m> {
    memory: &'m MemoryFs,
    left: AtomicUsize,
}

impl ReadFs for Killed<'_> {
    fn read(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        self.memory.read(path, limit)
    }
    fn list(&self, dir: &RelPath) -> io::Result<Vec<(RelPath, EntryKind)>> {
        self.memory.list(dir)
    }
    fn kind(&self, path: &RelPath) -> Option<EntryKind> {
        self.memory.kind(path)
    }
}

impl WriteFs for Killed<'_> {
    fn stage(&self, path: &RelPath, bytes: &[u8]) -> io::Result<()> {
        self.memory.stage(path, bytes)
    }
    fn staged(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        self.memory.staged(path, limit)
    }
    fn commit(&self, path: &RelPath) -> io::Result<()> {
        let left = |left: usize| left.checked_sub(1);
        match self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, left)
        {
            Ok(_) => self.memory.commit(path),
            Err(_) => Err(io::ErrorKind::Interrupted.into()),
        }
    }
    fn discard(&self, _: &RelPath) {}
    fn remove(&self, _: &RelPath) -> io::Result<()> {
        Err(io::ErrorKind::Interrupted.into())
    }
}

#[test]
fn what_an_interrupted_build_wrote_was_not_edited_by_hand() {
    let contract = "user.v1.cherry.yaml";
    let original = workspace();
    let text_of = |rate: &str| {
        let text = original.read(&rel(contract), u64::MAX - 1);
        let text = String::from_utf8(text.expect("it is there")).expect("it is text");
        text.replace("100r/s", rate)
    };
    for after in [0, 1, 3, 5] {
        let memory = workspace();
        good(&build(&memory));
        let change = |rate: &str| {
            memory
                .write(&rel(contract), text_of(rate).as_bytes())
                .expect("memory takes every file");
        };
        change("90r/s");
        let killed = Killed {
            memory: &memory,
            left: AtomicUsize::new(after),
        };
        assert_eq!(build(&killed).report.exit_code(None), 2, "{after}");
        // The contract has changed once more before anybody builds again.
        change("80r/s");
        good(&build(&memory));
        let (cold, _) = built(&inputs(&files(&memory)));
        same(&cold, &files(&memory), &format!("killed after {after}"));
    }
}

#[test]
fn check_says_stale_and_writes_nothing() {
    let check = Wanted {
        check: true,
        ..Wanted::default()
    };
    let error = Some(cherryc::Severity::Error);
    let memory = workspace();
    let fresh = files(&memory);
    let built = build_as(&memory, &[""], &check, "cherry-out");
    assert_eq!(built.report.exit_code(error), 1, "nothing is built yet");
    same(&fresh, &files(&memory), "not built");

    good(&build(&memory));
    let built = build_as(&memory, &[""], &check, "cherry-out");
    assert_eq!(built.report.exit_code(error), 0, "{}", text(&built));

    let clean = files(&memory);
    for edit in edits(&inputs(&clean)) {
        let mut edited = clean.clone();
        edit.apply(&mut edited);
        let memory = harness::memory(&edited);
        let checked = build_as(&memory, &[""], &check, "cherry-out");
        same(&edited, &files(&memory), &edit.name());
        let built = build(&memory);
        let code = built.report.exit_code(error);
        let expected = match code {
            2 => 2,
            code => code.max(u8::from(
                !built.changed.is_empty() || !built.removed.is_empty(),
            )),
        };
        assert_eq!(
            checked.report.exit_code(error),
            expected,
            "{}\n{}",
            edit.name(),
            text(&checked)
        );
        if code < 2 {
            assert_eq!(checked.changed, built.changed, "{}", edit.name());
            assert_eq!(checked.removed, built.removed, "{}", edit.name());
        }
    }
}
