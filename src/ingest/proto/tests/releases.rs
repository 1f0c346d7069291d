//! Two releases, roots, selections, and what is shared.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::fs::{EntryKind, ReadFs};

const A: &str = "syntax = \"proto3\";\nimport \"b.proto\";\nmessage A { B b = 1; }\n";
const B: &str = "syntax = \"proto3\";\nimport public \"c.proto\";\nmessage B { C c = 1; }\n";
const C: &str = "syntax = \"proto3\";\nmessage C { int32 x = 1; }\n";
const D: &str = "syntax = \"proto3\";\nimport \"b.proto\";\nmessage D { C c = 1; }\n";

fn source<'f>(fs: &'f dyn ReadFs, roots: &[&str], files: Option<&[&str]>) -> Source<'f> {
    Source {
        fs,
        roots: roots.iter().map(|root| path(root)).collect(),
        selection: match files {
            Some(files) => Selection::Files(files.iter().map(|file| path(file)).collect()),
            None => Selection::All,
        },
    }
}

fn pair(old: &MemoryFs, new: &MemoryFs, reuse: Reuse) -> (Loaded, Vec<String>, usize) {
    let mut sources = SourceMap::default();
    let (new, old) = (source(new, &[""], None), source(old, &[""], None));
    let phase = load(&new, Some(&old), reuse, &mut sources);
    let findings = phase.diagnostics.finish(&LevelTable::default());
    let texts = sources.files().len();
    (phase.value, lines(&findings, &sources), texts)
}

#[test]
fn what_is_the_same_is_shared() {
    let files = [
        ("a.proto", A),
        ("b.proto", B),
        ("c.proto", C),
        ("e.proto", ""),
    ];
    let new = tree(&files);
    let old = tree(&files);
    let (loaded, found, texts) = pair(&old, &new, Reuse::Shared);
    assert_eq!(found, [] as [&str; 0]);
    let before = loaded.old.expect("an old release was read").units;
    for (old, new) in before.iter().zip(&loaded.new.units) {
        assert!(Arc::ptr_eq(old, new), "{}", old.path);
    }
    // Four files, and the options of the language.
    assert_eq!(texts, 5);
    let (loaded, _, texts) = pair(&old, &new, Reuse::Apart);
    let before = loaded.old.expect("an old release was read").units;
    for (old, new) in before.iter().zip(&loaded.new.units) {
        assert!(!Arc::ptr_eq(old, new), "{}", old.path);
        assert_eq!(old.closure, new.closure);
    }
    assert_eq!(texts, 10);
}

#[test]
fn a_change_reaches_those_who_import_it() {
    let changed = C.replace("int32", "int64");
    let old = tree(&[
        ("a.proto", A),
        ("b.proto", B),
        ("c.proto", C),
        ("d.proto", D),
    ]);
    let new = tree(&[
        ("a.proto", A),
        ("b.proto", B),
        ("c.proto", &changed),
        ("d.proto", "syntax = \"proto3\";\nmessage D {}\n"),
        ("e.proto", "syntax = \"proto3\";\nmessage E {}\n"),
    ]);
    let (loaded, found, texts) = pair(&old, &new, Reuse::Shared);
    assert_eq!(found, [] as [&str; 0]);
    let before = loaded.old.expect("an old release was read");
    for name in ["a.proto", "b.proto", "c.proto", "d.proto"] {
        let (old, new) = (unit(&before, name), unit(&loaded.new, name));
        assert_ne!(old.closure, new.closure, "{name}");
        // A text that did not change stands in the source map once.
        let is_same_text = matches!(name, "a.proto" | "b.proto");
        assert_eq!(old.file == new.file, is_same_text, "{name}");
    }
    // Five new ones, the options of the language, and the two old ones that differ.
    assert_eq!(texts, 8);
}

#[test]
fn imports_are_read_relative_to_the_roots() {
    let fs = tree(&[
        (
            "proto/x/a.proto",
            "syntax = \"proto3\";\nimport \"y/b.proto\";\nmessage A { B b = 1; }\n",
        ),
        ("vendor/y/b.proto", "syntax = \"proto3\";\nmessage B {}\n"),
        (
            "proto/google/protobuf/any.proto",
            "syntax = \"proto3\";\npackage google.protobuf;\nmessage Any {}\n",
        ),
    ]);
    let mut sources = SourceMap::default();
    let loaded = load(
        &source(&fs, &["proto", "vendor"], None),
        None,
        Reuse::Shared,
        &mut sources,
    );
    assert!(loaded.diagnostics.is_empty());
    let paths: Vec<(&str, bool)> = loaded
        .value
        .new
        .units
        .iter()
        .map(|unit| (&*unit.path, unit.is_builtin))
        .collect();
    assert_eq!(
        paths,
        [
            ("google/protobuf/any.proto", false),
            ("x/a.proto", false),
            ("y/b.proto", false)
        ]
    );
}

/// Counts what is asked of a file system.
struct Counting<'f> {
    fs: &'f MemoryFs,
    reads: AtomicUsize,
    lists: AtomicUsize,
}

impl ReadFs for Counting<'_> {
    fn read(&self, path: &RelPath, limit: u64) -> std::io::Result<Vec<u8>> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.fs.read(path, limit)
    }

    fn list(&self, dir: &RelPath) -> std::io::Result<Vec<(RelPath, EntryKind)>> {
        self.lists.fetch_add(1, Ordering::Relaxed);
        self.fs.list(dir)
    }

    fn kind(&self, path: &RelPath) -> Option<EntryKind> {
        self.fs.kind(path)
    }
}

#[test]
fn one_file_reads_what_it_imports_and_nothing_else() {
    let fs = tree(&[
        ("a.proto", A),
        ("b.proto", B),
        ("c.proto", C),
        ("d.proto", D),
    ]);
    let fs = Counting {
        fs: &fs,
        reads: AtomicUsize::new(0),
        lists: AtomicUsize::new(0),
    };
    let mut sources = SourceMap::default();
    let one = source(&fs, &[""], Some(&["a.proto"]));
    let loaded = load(&one, None, Reuse::Shared, &mut sources);
    assert!(loaded.diagnostics.is_empty());
    assert_eq!(loaded.value.new.units.len(), 3);
    assert_eq!(fs.reads.load(Ordering::Relaxed), 3);
    assert_eq!(fs.lists.load(Ordering::Relaxed), 0);
}

#[test]
fn names_are_seen_through_public_imports_only() {
    let (_, found) = read(&[
        ("a.proto", A),
        ("b.proto", B),
        ("c.proto", C),
        ("d.proto", D),
    ]);
    assert_eq!(found, [] as [&str; 0]);
    let plain = B.replace("import public", "import");
    let (_, found) = read(&[("b.proto", &plain), ("c.proto", C), ("d.proto", D)]);
    assert_eq!(
        found,
        ["d.proto:3: proto-unresolved-type: there is no type `C`"]
    );
}

#[test]
fn local_types_stay_in_their_files() {
    let one = "edition = \"2024\";\nlocal message Kept {}\nmessage Shown { message Inner {} export message Out {} }\n";
    let two = "edition = \"2023\";\nimport \"one.proto\";\nmessage M { Kept a = 1; Shown b = 2; Shown.Inner c = 3; Shown.Out d = 4; }\n";
    let (_, found) = read(&[("one.proto", one), ("two.proto", two)]);
    assert_eq!(
        found,
        [
            "two.proto:3: proto-unresolved-type: `Kept` is local to `one.proto`",
            "two.proto:3: proto-unresolved-type: `Shown.Inner` is local to `one.proto`",
        ]
    );
}

#[test]
fn two_files_may_not_declare_one_name() {
    let (_, found) = read(&[
        (
            "a.proto",
            "syntax = \"proto3\";\npackage p;\nmessage M { message Inner {} }\nenum E { X = 0; }\n",
        ),
        (
            "b.proto",
            "syntax = \"proto3\";\npackage p;\nmessage M { message Inner {} }\nmessage X {}\n",
        ),
        ("c.proto", "syntax = \"proto3\";\nmessage p {}\n"),
    ]);
    assert_eq!(
        found,
        [
            "a.proto:4: proto-duplicate-name: two files declare `p.X`",
            "b.proto:3: proto-duplicate-name: two files declare `p.M`",
            "c.proto:2: proto-duplicate-name: `p` is a package as well",
        ]
    );
}
