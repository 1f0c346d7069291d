//! Cases from folders, expectations in folders, and one way to run a command in memory.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use cherryc::{
    Choices, Compiler, DiffChoices, Format, MemoryFs, Mode, OutFolder, RelPath, Release,
    RenderOptions, Report, Severity, Stability, Strictness, Wanted, WriteFs, render,
};

/// Set to rewrite expectations instead of comparing with them.
const BLESS: &str = "BLESS";

/// Lines shown of each side where two texts part.
const SHOWN_LINES: usize = 6;

/// The outputs that a test may ask for.
const OUTPUTS: [&str; 4] = ["wasm", "envoy", "istio", "bundle"];

/// Files by path with forward slashes.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Whether expectations are to be rewritten.
pub(crate) fn blessing() -> bool {
    std::env::var_os(BLESS).is_some_and(|value| value == "1")
}

/// A path of a workspace; the tests name only good ones.
pub(crate) fn rel(path: &str) -> RelPath {
    RelPath::new(path).unwrap_or_else(|| panic!("`{path}` is no path of a workspace"))
}

// === Cases ===

/// A folder that is a case.
#[derive(Debug)]
pub(crate) struct Case {
    /// Name of the folder.
    pub(crate) name: String,
    /// Everything in it.
    pub(crate) files: Tree,
}

impl Case {
    /// The command that the file `cmd` of the case holds.
    pub(crate) fn command(&self) -> Option<&str> {
        let bytes = self.files.get("cmd")?;
        let text = std::str::from_utf8(bytes).expect("commands are UTF-8");
        Some(text.trim())
    }

    /// The workspace of the case: its files without the command.
    pub(crate) fn workspace(&self) -> MemoryFs {
        memory(self.files.iter().filter(|(path, _)| *path != "cmd"))
    }
}

/// The cases below a folder of the repository, sorted by name.
pub(crate) fn cases(folder: &str) -> Vec<Case> {
    let mut cases: BTreeMap<String, Tree> = BTreeMap::new();
    for (path, bytes) in read_tree(&root().join(folder)) {
        let (name, rest) = path
            .split_once('/')
            .unwrap_or_else(|| panic!("{folder}/{path} belongs to no case"));
        cases
            .entry(name.to_owned())
            .or_default()
            .insert(rest.to_owned(), bytes);
    }
    assert!(!cases.is_empty(), "{folder} holds no case");
    let cases = cases.into_iter();
    cases.map(|(name, files)| Case { name, files }).collect()
}

/// Every file below a folder; none when the folder is missing.
pub(crate) fn read_tree(dir: &Path) -> Tree {
    fn walk(dir: &Path, prefix: &str, tree: &mut Tree) {
        let entries = fs::read_dir(dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
        for entry in entries {
            let entry = entry.expect("the folder can be listed");
            let name = entry.file_name();
            let name = name.to_str().expect("names in the repository are UTF-8");
            let path = format!("{prefix}{name}");
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{path}/"), tree);
            } else {
                let bytes = fs::read(entry.path()).unwrap_or_else(|e| panic!("{path}: {e}"));
                tree.insert(path, bytes);
            }
        }
    }
    let mut tree = Tree::new();
    if dir.exists() {
        walk(dir, "", &mut tree);
    }
    tree
}

/// Files in memory.
pub(crate) fn memory<P: AsRef<str>, B: AsRef<[u8]>>(
    files: impl IntoIterator<Item = (P, B)>,
) -> MemoryFs {
    let memory = MemoryFs::new();
    for (path, bytes) in files {
        memory
            .write(&rel(path.as_ref()), bytes.as_ref())
            .expect("memory takes every file");
    }
    memory
}

// === Commands ===

/// What a command did.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// What it printed beside findings.
    pub(crate) printed: String,
    /// What it found, and the texts that this is about.
    pub(crate) report: Report,
    /// A comparison as a terminal shows it.
    compared: Option<String>,
}

impl Outcome {
    /// The findings as a terminal of 80 columns without colours shows them.
    pub(crate) fn text(&self) -> String {
        if let Some(compared) = &self.compared {
            return compared.clone();
        }
        let options = RenderOptions::default();
        render(
            &self.report.findings,
            &self.report.sources,
            Format::Text,
            options,
        )
    }

    /// The exit code.
    pub(crate) fn exit_code(&self) -> u8 {
        self.report.exit_code(Some(Severity::Error))
    }

    /// Names of the rules that spoke, in the order of the findings.
    pub(crate) fn rules(&self) -> Vec<&'static str> {
        let findings = self.report.findings.iter();
        findings.map(|finding| finding.rule().name).collect()
    }
}

/// Runs `check`, `build`, `diff` or `explain --placement` with flags over a workspace, as the command
/// line does. The same words, a smaller door: a test of the command line itself starts the program.
pub(crate) fn run(workspace: &MemoryFs, command: &str) -> Outcome {
    let mut words = command.split_whitespace();
    let name = words.next().unwrap_or_default();
    if name == "diff" {
        return run_diff(workspace, command);
    }
    let mut choices = Choices::default();
    let mut wanted = Wanted::default();
    let mut roots = Vec::new();
    while let Some(word) = words.next() {
        let mut value = || {
            words
                .next()
                .unwrap_or_else(|| panic!("`{word}` needs a value: {command}"))
        };
        match word {
            "--target" => choices.target(value()),
            "--as-of" => choices.today(value()),
            "--profile" => assert!(choices.profile(value()), "no such profile: {command}"),
            "--set" => choices.set(value()).expect("the tests set what exists"),
            "--check" => wanted.check = true,
            "--emit" => {
                let ids = value().split(',').filter_map(|id| {
                    // The outputs that the language promises; one that is not built is left out.
                    assert!(OUTPUTS.contains(&id), "there is no emitter `{id}`");
                    Wanted::emitter_id(id)
                });
                wanted.emitters = Some(ids.collect());
            }
            "--placement" => {}
            flag if flag.starts_with('-') => panic!("`{flag}` is not known here: {command}"),
            path => roots.push(rel(path)),
        }
    }
    if roots.is_empty() {
        roots.push(RelPath::root());
    }
    let compiler = Compiler::new(workspace);
    let mut printed = String::new();
    let report = match name {
        "check" => compiler.check(&roots, &choices),
        "build" => {
            let out = OutFolder {
                fs: workspace,
                base: rel("cherry-out"),
                is_given: false,
            };
            compiler.build(&roots, &choices, &wanted, &out).report
        }
        "explain" => {
            let (table, report) = compiler.placement(&roots, &choices);
            printed = table.unwrap_or_default();
            report
        }
        _ => panic!("`{name}` is not known here: {command}"),
    };
    Outcome {
        printed,
        report,
        compared: None,
    }
}

/// Runs `diff OLD NEW` with flags over a workspace.
fn run_diff(workspace: &MemoryFs, command: &str) -> Outcome {
    let mut words = command.split_whitespace().skip(1);
    let mut choices = DiffChoices::default();
    let mut sides = Vec::new();
    while let Some(word) = words.next() {
        let mut value = || {
            words
                .next()
                .unwrap_or_else(|| panic!("`{word}` needs a value: {command}"))
        };
        let names = |value: &str| value.split(',').map(str::to_owned).collect::<Vec<_>>();
        match word {
            "--mode" => choices.mode(match value() {
                "none" => Mode::None,
                "backward" => Mode::Backward,
                "forward" => Mode::Forward,
                "full" => Mode::Full,
                other => panic!("`{other}` is no mode: {command}"),
            }),
            "--as-of" => choices.today(value()),
            "--min-stability" => choices.min_stability(match value() {
                "draft" => Stability::Draft,
                "alpha" => Stability::Alpha,
                "beta" => Stability::Beta,
                "stable" => Stability::Stable,
                other => panic!("`{other}` is no stability: {command}"),
            }),
            "--strictness" => choices.strictness(match value() {
                "wire" => Strictness::Wire,
                "json" => Strictness::Json,
                "source" => Strictness::Source,
                other => panic!("`{other}` is no strictness: {command}"),
            }),
            "--rules" => choices
                .rules(&names(value()))
                .expect("the tests name rules"),
            "--except" => choices
                .except(&names(value()))
                .expect("the tests name rules"),
            flag if flag.starts_with('-') => panic!("`{flag}` is not known here: {command}"),
            path => sides.push(Release {
                fs: workspace,
                paths: vec![if path == "." {
                    RelPath::root()
                } else {
                    rel(path)
                }],
                name: path.to_owned(),
                may_lack: false,
            }),
        }
    }
    let [old, new] = sides.as_slice() else {
        panic!("`diff` is about two releases: {command}")
    };
    let compared = Compiler::new(workspace).diff(old, new, &choices);
    let text = compared.render(Format::Text, RenderOptions::default());
    Outcome {
        printed: String::new(),
        report: compared.report,
        compared: Some(text),
    }
}

// === Expectations ===

/// What is expected in a folder of the repository, file by file.
#[derive(Debug)]
pub(crate) struct Snapshots {
    folder: &'static str,
    made: Tree,
}

impl Snapshots {
    /// Expectations in `folder`, which holds nothing else.
    pub(crate) fn new(folder: &'static str) -> Self {
        Snapshots {
            folder,
            made: Tree::new(),
        }
    }

    /// Says what a file should be.
    pub(crate) fn file(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let path = path.into();
        let taken = self.made.insert(path.clone(), bytes.into());
        assert!(taken.is_none(), "two cases make {}/{path}", self.folder);
    }

    /// Compares, or rewrites under `BLESS=1`. A file that no case makes is an orphan and fails.
    ///
    /// # Panics
    /// When something differs.
    pub(crate) fn finish(self) {
        let folder = root().join(self.folder);
        let old = read_tree(&folder);
        let mut problems = String::new();
        for (path, bytes) in &self.made {
            let name = format!("{}/{path}", self.folder);
            if blessing() {
                write_if_changed(&folder.join(path), bytes);
            } else if let Some(problem) = difference(old.get(path).map(Vec::as_slice), bytes) {
                let _ = writeln!(problems, "{name}: {problem}");
            }
        }
        for path in old.keys().filter(|path| !self.made.contains_key(*path)) {
            if blessing() {
                fs::remove_file(folder.join(path)).expect("an orphan can be removed");
            } else {
                let _ = writeln!(problems, "{}/{path}: no case makes it", self.folder);
            }
        }
        assert!(
            problems.is_empty(),
            "\n{problems}\n`{BLESS}=1 cargo test` rewrites them; read the difference\n"
        );
    }
}

/// Compares one file of the repository with what it should be, or rewrites it under `BLESS=1`.
pub(crate) fn expect_file(path: &str, bytes: &[u8]) {
    let full = root().join(path);
    if blessing() {
        write_if_changed(&full, bytes);
        return;
    }
    let old = fs::read(&full).ok();
    if let Some(problem) = difference(old.as_deref(), bytes) {
        panic!("\n{path}: {problem}\n`{BLESS}=1 cargo test` rewrites it; read the difference\n");
    }
}

fn write_if_changed(path: &Path, bytes: &[u8]) {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return;
    }
    let dir = path.parent().expect("expectations lie in folders");
    fs::create_dir_all(dir)
        .and_then(|()| fs::write(path, bytes))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Where two texts part, shown for a person; `None` when they are equal.
pub(crate) fn difference(old: Option<&[u8]>, new: &[u8]) -> Option<String> {
    let Some(old) = old else {
        return Some("it is missing".to_owned());
    };
    if old == new {
        return None;
    }
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let same = old.iter().zip(&new).take_while(|(o, n)| o == n).count();
    let mut out = format!("line {} differs", same + 1);
    for (mark, lines) in [('-', &old), ('+', &new)] {
        for line in lines.iter().skip(same).take(SHOWN_LINES) {
            let _ = write!(out, "\n  {mark} {line}");
        }
    }
    Some(out)
}

#[test]
fn a_difference_shows_where_two_texts_part() {
    assert_eq!(difference(Some(b"a\nb\n"), b"a\nb\n"), None);
    assert_eq!(
        difference(Some(b"a\nb\n"), b"a\nc\n").as_deref(),
        Some("line 2 differs\n  - b\n  - \n  + c\n  + ")
    );
    assert_eq!(
        difference(Some(b"a"), b"a\n").as_deref(),
        Some("line 2 differs\n  + ")
    );
    assert_eq!(difference(None, b"").as_deref(), Some("it is missing"));
}
