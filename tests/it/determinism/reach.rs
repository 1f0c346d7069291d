//! A warm build reads what a change can reach and leaves the rest alone; nobody can tell from what
//! it leaves or says.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use cherryc::{EntryKind, MemoryFs, ReadFs, RelPath, WriteFs, rules};

use super::super::harness::{memory, rel};
use super::{Files, build, built, files, good, is_output, same, text};

/// A contract of one endpoint, with lines of its own.
fn contract(name: &str, path: &str, more: &str) -> String {
    format!(
        "contract: {name}\nversion: {}.0.0\n{more}endpoints:\n- {{path: \"{path}\", method: GET, timeout: 1s}}\n",
        name.rsplit_once('v').map_or("1", |(_, major)| major)
    )
}

/// Says something about itself in every build: a POST that is retried.
fn noisy(name: &str, more: &str) -> String {
    format!(
        "contract: {name}\nversion: 1.0.0\n{more}endpoints:\n- {{path: /n, method: POST, timeout: 1s, retry: {{attempts: 2, on: [5xx]}}}}\n"
    )
}

/// A target whose host is `host`.
fn at(host: &str) -> String {
    format!("deploy: {{targets: {{prod: {{host: {host}}}}}}}\n")
}

const IMPORTS: &str = "contract: api/v1
version: 1.0.0
imports:
  api: {openapi: documents/api.yaml}
endpoints:
- {operation: api.get, timeout: 1s}
";

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: api, version: 1.0.0}
paths:
  /api:
    get: {operationId: get, responses: {'200': {description: ok}}}
";

fn workspace() -> Vec<(&'static str, String)> {
    vec![
        ("a.cherry.yaml", contract("a/v1", "/a", "")),
        ("b.cherry.yaml", contract("b/v1", "/b", "")),
        ("b2.cherry.yaml", contract("b/v2", "/b2", "")),
        ("c.cherry.yaml", noisy("c/v1", "")),
        ("d.cherry.yaml", contract("d/v1", "/d", &at("d.example"))),
        ("api.cherry.yaml", IMPORTS.to_owned()),
        ("api2.cherry.yaml", IMPORTS.replace("api/v1", "second/v1")),
        ("documents/api.yaml", DOCUMENT.to_owned()),
    ]
}

/// What can be written into each file, one after the other.
fn versions() -> Vec<(&'static str, Option<String>)> {
    let taken = "generate: {envoy: {out: cherry-out/a.v1/envoy}, bundle: }\n";
    let write = |path, text: String| (path, Some(text));
    vec![
        write("a.cherry.yaml", contract("a/v1", "/a/{x}", "")),
        write("b.cherry.yaml", contract("b/v1", "/b/{x}", "")),
        write("b.cherry.yaml", contract("b/v1", "/b2", "")),
        write("d.cherry.yaml", contract("d/v1", "/b2", "")),
        write("d.cherry.yaml", contract("d/v1", "/d", &at("a.default.svc.cluster.local"))),
        write("d.cherry.yaml", contract("d/v1", "/a", &at("a.default.svc.cluster.local"))),
        write("d.cherry.yaml", contract("a/v1", "/d", "")),
        write("d.cherry.yaml", contract("e/v1", "/d", "")),
        write("d.cherry.yaml", contract("d/v1", "/d", taken)),
        write("d.cherry.yaml", contract("d/v1", "/d", "generate: {envoy: , bundle: }\n")),
        write("d.cherry.yaml", noisy("d/v1", "")),
        write("d.cherry.yaml", noisy("d/v1", &at("c.default.svc.cluster.local"))),
        write("c.cherry.yaml", contract("c/v1", "/c", "")),
        write("c.cherry.yaml", noisy("c/v1", "lint: {rules: {retry-without-idempotency: never}}\n")),
        write("a.cherry.yaml", contract("a/v1", "/a", "deploy: {targets: {prod: {normalize: none}}}\n")),
        write("documents/api.yaml", DOCUMENT.replace("/api:", "/other:")),
        write("documents/api.yaml", DOCUMENT.replace("get: {", "put: {")),
        write("documents/api.yaml", DOCUMENT.replace("operationId: get", "operationId: gone")),
        write(
            "cherry.waivers.toml",
            "[[waiver]]\nrule = \"retry-without-idempotency\"\npath = \"c.cherry.yaml\"\nowner = \"team\"\nreason = \"known\"\nuntil = \"2100-01-01\"\n".to_owned(),
        ),
        ("a.cherry.yaml", None),
        ("documents/api.yaml", None),
    ]
}

/// Edits in a row, some of which undo what another did, without a cold build between.
#[test]
fn warm_equals_cold_after_edits_in_a_row() {
    let first: BTreeMap<&str, String> = workspace().into_iter().collect();
    let versions = versions();
    let (mut seen_findings, mut seen_errors) = (0, 0);
    for seed in 0..40_usize {
        let warm = memory(&first);
        good(&build(&warm));
        let mut state = seed.wrapping_mul(0x9e37_79b9).wrapping_add(1);
        for step in 0..12 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let (path, text_of) = &versions[(state >> 33) % versions.len()];
            // Every other edit leads back to where it began.
            let back = first.get(path).filter(|_| (state >> 20).is_multiple_of(2));
            match back.or(text_of.as_ref()) {
                Some(text) => warm.write(&rel(path), text.as_bytes()),
                None => warm.remove(&rel(path)),
            }
            .expect("memory takes every file");
            let what = format!("seed {seed}, step {step}, {path}");
            let mut inputs = files(&warm);
            let before = inputs.clone();
            inputs.retain(|path, _| !is_output(path));
            let (cold, said) = built(&inputs);
            let now = build(&warm);
            assert_eq!(text(&now), said, "{what}");
            if now.report.exit_code(None) > 1 {
                seen_errors += 1;
                same(&before, &files(&warm), &format!("{what}, refused"));
                continue;
            }
            seen_findings += usize::from(!said.is_empty());
            same(&cold, &files(&warm), &what);
            let again = build(&warm);
            assert_eq!(text(&again), said, "{what}, again");
            assert_eq!(again.changed, Vec::new(), "{what}, again");
            assert_eq!(
                again.unchanged,
                now.changed.len() + now.unchanged,
                "{what}, again"
            );
        }
    }
    assert!(
        seen_findings > 20 && seen_errors > 20,
        "{seen_findings}, {seen_errors}"
    );
}

/// A disk that remembers how often each file was read.
struct Reading<'m> {
    memory: &'m MemoryFs,
    reads: Mutex<BTreeMap<String, usize>>,
}

impl<'m> Reading<'m> {
    fn of(memory: &'m MemoryFs) -> Self {
        Reading {
            memory,
            reads: Mutex::default(),
        }
    }

    /// The contract files that were read more than once: for their hash, and for what they say.
    fn looked_into(&self) -> Vec<String> {
        let reads = self.reads.lock().expect("no test panics while it reads");
        let twice = reads.iter().filter(|(_, count)| **count > 1);
        twice
            .map(|(path, _)| path.clone())
            .filter(|path| path.ends_with(".cherry.yaml"))
            .collect()
    }
}

impl ReadFs for Reading<'_> {
    fn read(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        let mut reads = self.reads.lock().expect("no test panics while it reads");
        *reads.entry(path.as_str().to_owned()).or_default() += 1;
        self.memory.read(path, limit)
    }
    fn list(&self, dir: &RelPath) -> io::Result<Vec<(RelPath, EntryKind)>> {
        self.memory.list(dir)
    }
    fn kind(&self, path: &RelPath) -> Option<EntryKind> {
        self.memory.kind(path)
    }
}

impl WriteFs for Reading<'_> {
    fn stage(&self, path: &RelPath, bytes: &[u8]) -> io::Result<()> {
        self.memory.stage(path, bytes)
    }
    fn staged(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        self.memory.staged(path, limit)
    }
    fn commit(&self, path: &RelPath) -> io::Result<()> {
        self.memory.commit(path)
    }
    fn discard(&self, path: &RelPath) {
        self.memory.discard(path);
    }
    fn remove(&self, path: &RelPath) -> io::Result<()> {
        self.memory.remove(path)
    }
}

#[test]
fn only_what_a_change_reaches_is_looked_into() {
    // A contract that has something to say is looked into by every build, so that it is said.
    let cases: [(&str, String, &[&str]); 4] = [
        ("a.cherry.yaml", contract("a/v1", "/a/{x}", ""), &["a", "c"]),
        // Two majors share a host.
        (
            "b.cherry.yaml",
            contract("b/v1", "/b/{x}", ""),
            &["b", "b2", "c"],
        ),
        (
            "documents/api.yaml",
            DOCUMENT.replace("/api:", "/other:"),
            &["api", "api2", "c"],
        ),
        ("README.md", String::new(), &["c"]),
    ];
    for (path, text, expected) in cases {
        let memory = memory(workspace());
        good(&build(&memory));
        memory
            .write(&rel(path), text.as_bytes())
            .expect("memory takes every file");
        let reading = Reading::of(&memory);
        let built = build(&reading);
        good(&built);
        let rule = rules()
            .find(|rule| rule.name == "retry-without-idempotency")
            .expect("there is such a rule");
        assert!(
            built
                .report
                .findings
                .iter()
                .any(|finding| std::ptr::eq(finding.rule(), rule)),
            "{path}"
        );
        let expected: Vec<String> = expected
            .iter()
            .map(|name| format!("{name}.cherry.yaml"))
            .collect();
        assert_eq!(reading.looked_into(), expected, "{path}");
    }
}

/// Two branches each bring a contract to a host of a third, and their locks are merged line by
/// line: what the two contracts mean together was seen by neither.
#[test]
fn a_merged_lock_hides_nothing() {
    let host = at("shared.example");
    let start = [
        ("a.cherry.yaml", contract("a/v1", "/same", "")),
        ("b.cherry.yaml", contract("b/v1", "/same", "")),
    ];
    let moved = |which: &[usize]| -> Files {
        let memory = memory(start.clone());
        good(&build(&memory));
        for index in which {
            let (path, name) = [("a.cherry.yaml", "a/v1"), ("b.cherry.yaml", "b/v1")][*index];
            memory
                .write(&rel(path), contract(name, "/same", &host).as_bytes())
                .expect("memory takes every file");
        }
        good(&build(&memory));
        files(&memory)
    };
    let (base, ours, theirs) = (moved(&[]), moved(&[0]), moved(&[1]));
    let lock = |files: &Files| -> serde_json::Value {
        serde_json::from_slice(&files["cherry.lock"]).expect("a lock is JSON")
    };
    let merged_lock = merged(&lock(&base), &lock(&ours), &lock(&theirs));
    let mut merged: Files = ours.clone();
    for (path, bytes) in &theirs {
        if base.get(path) != Some(bytes) {
            merged.insert(path.clone(), Arc::clone(bytes));
        }
    }
    merged.insert(
        "cherry.lock".to_owned(),
        merged_lock.to_string().into_bytes().into(),
    );
    let built = build(&memory(&merged));
    let said = text(&built);
    assert!(said.contains("endpoint-overlap"), "{said}");
}

/// What both sides made of a value; where they agree with nobody, ours.
fn merged(
    base: &serde_json::Value,
    ours: &serde_json::Value,
    theirs: &serde_json::Value,
) -> serde_json::Value {
    match (ours, theirs) {
        (serde_json::Value::Object(one), serde_json::Value::Object(two)) => {
            let mut keys: Vec<&String> = one.keys().chain(two.keys()).collect();
            keys.sort();
            keys.dedup();
            let pairs = keys.into_iter().map(|key| {
                let of = |value: &serde_json::Value| value.get(key).cloned().unwrap_or_default();
                (key.clone(), merged(&of(base), &of(ours), &of(theirs)))
            });
            pairs.filter(|(_, value)| !value.is_null()).collect()
        }
        _ if ours == base => theirs.clone(),
        _ => ours.clone(),
    }
}
