//! The same contracts give the same bytes: whenever, wherever, with however many threads; a warm
//! build equals a cold one; and a build touches nothing beside its product.

mod lock;
mod reach;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cherryc::{
    Built, Choices, Compiler, EntryKind, Format, MemoryFs, OsFs, OutFolder, ReadFs, RelPath,
    RenderOptions, Wanted, WriteFs, render,
};

use super::harness::{cases, memory, read_tree, rel};

type Files = BTreeMap<String, Arc<[u8]>>;

/// A workspace with what can go wrong when things are rebuilt: two majors on one host, documents
/// that refer to a third, defaults, a limit of the whole contract, and a folder of its own.
const WORKSPACE: &[(&str, &str)] = &[
    (
        "user.v1.cherry.yaml",
        "contract: user/v1
version: 1.2.0
endpoints:
- path: /users/{id}
  method: GET
  rate_limit: \"100r/s per client_ip\"
  circuit_breaker: {failure_threshold: 5, timeout_ms: 2000}
- path: /v1/users
  method: POST
  timeout: 2s
",
    ),
    (
        "user.v2.cherry.yaml",
        "contract: user/v2
version: 2.0.1
rate_limit: \"500r/s per global\"
endpoints:
- path: /v2/users/{id}
  method: GET
  rate_limit: \"100r/s per header(X-Team)+path(id)\"
",
    ),
    (
        "order/order.cherry.yaml",
        "contract: order/v1
version: 1.0.0
imports:
  api: {openapi: ../documents/order.yaml}
defaults:
  timeout: 1500ms
  rate_limit: \"50r/s per client_ip burst 100\"
endpoints:
- operation: api.getOrder
- operation: api.createOrder
  rate_limit: \"100r/m per client_ip\"
",
    ),
    (
        "documents/order.yaml",
        "openapi: 3.1.0
info: {title: orders, version: 1.0.0}
paths:
  /orders/{orderId}:
    get:
      operationId: getOrder
      parameters:
      - {name: orderId, in: path, required: true, schema: {$ref: './common.yaml#/Id'}}
      responses: {'200': {description: ok}}
  /orders:
    post:
      operationId: createOrder
      responses: {'201': {description: made}}
",
    ),
    ("documents/common.yaml", "Id: {type: string}\n"),
    (
        "billing/billing.cherry.yaml",
        "contract: billing/v3
version: 3.1.4
unlisted: reject
endpoints:
- path: /invoices/{rest=**}
  method: GET
  rate_limit: \"100r/h per cookie(sid)\"
- path: /invoices/latest
  method: GET
  circuit_breaker: {failure_threshold: 3}
",
    ),
];

fn workspace() -> MemoryFs {
    memory(WORKSPACE.iter().copied())
}

fn out_in<'a>(fs: &'a dyn WriteFs, base: &str) -> OutFolder<'a> {
    OutFolder {
        fs,
        base: rel(base),
        is_given: base != "cherry-out",
    }
}

fn build_as(fs: &dyn WriteFs, roots: &[&str], wanted: &Wanted, base: &str) -> Built {
    let roots: Vec<RelPath> = roots.iter().map(|root| rel(root)).collect();
    Compiler::new(fs).build(&roots, &Choices::default(), wanted, &out_in(fs, base))
}

fn build(fs: &dyn WriteFs) -> Built {
    build_as(fs, &[""], &Wanted::default(), "cherry-out")
}

#[track_caller]
fn good(built: &Built) {
    let code = built.report.exit_code(None);
    assert!(code < 2, "exit {code}\n{}", text(built));
}

fn text(built: &Built) -> String {
    render(
        &built.report.findings,
        &built.report.sources,
        Format::Text,
        RenderOptions::default(),
    )
}

fn emit(ids: &[&str]) -> Wanted {
    let ids = ids
        .iter()
        .map(|id| Wanted::emitter_id(id).unwrap_or_else(|| panic!("there is no emitter `{id}`")));
    Wanted {
        emitters: Some(ids.collect()),
        ..Wanted::default()
    }
}

fn files(fs: &MemoryFs) -> Files {
    let files = fs.files().into_iter();
    files
        .map(|(path, bytes)| (path.as_str().to_owned(), bytes))
        .collect()
}

fn is_output(path: &str) -> bool {
    path == "cherry.lock" || path.starts_with("cherry-out/")
}

fn inputs(files: &Files) -> Files {
    let inputs = files.iter().filter(|(path, _)| !is_output(path));
    inputs
        .map(|(path, bytes)| (path.clone(), Arc::clone(bytes)))
        .collect()
}

/// What differs between two trees, by path.
fn differing(left: &Files, right: &Files) -> Vec<String> {
    let mut paths: Vec<&String> = left.keys().chain(right.keys()).collect();
    paths.sort();
    paths.dedup();
    let differing = paths
        .into_iter()
        .filter(|path| left.get(*path) != right.get(*path));
    differing.cloned().collect()
}

#[track_caller]
fn same(left: &Files, right: &Files, what: &str) {
    let differing = differing(left, right);
    assert!(differing.is_empty(), "{what}: {differing:?} differ");
}

/// The lock without its memory of the last command line, which is no part of the output.
fn without_last(files: &Files) -> Files {
    let mut files = files.clone();
    if let Some(bytes) = files.get("cherry.lock") {
        let mut lock: serde_json::Value = serde_json::from_slice(bytes).expect("a lock is JSON");
        let outputs = lock["outputs"].as_object_mut().expect("outputs by folder");
        for output in outputs.values_mut() {
            let output = output.as_object_mut().expect("an output is an object");
            output.remove("last");
        }
        files.insert(
            "cherry.lock".to_owned(),
            lock.to_string().into_bytes().into(),
        );
    }
    files
}

// === Twice, in threads, elsewhere, shuffled ===

/// A disk that hands listings over in another order each time.
struct Shuffled<'m> {
    memory: &'m MemoryFs,
    state: AtomicUsize,
}

impl ReadFs for Shuffled<'_> {
    fn read(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        self.memory.read(path, limit)
    }
    fn list(&self, dir: &RelPath) -> io::Result<Vec<(RelPath, EntryKind)>> {
        let mut list = self.memory.list(dir)?;
        let turn = self.state.fetch_add(7, Ordering::SeqCst);
        let length = list.len().max(1);
        list.rotate_left(turn % length);
        if turn.is_multiple_of(2) {
            list.reverse();
        }
        Ok(list)
    }
    fn kind(&self, path: &RelPath) -> Option<EntryKind> {
        self.memory.kind(path)
    }
}

/// What a build of `inputs` leaves, and what it says.
fn built(inputs: &Files) -> (Files, String) {
    let memory = memory(inputs);
    let built = build(&memory);
    (files(&memory), text(&built))
}

/// The workspace above, and every case of the fixtures.
fn subjects() -> Vec<(String, Files)> {
    let mut subjects = vec![("workspace".to_owned(), files(&workspace()))];
    for case in cases("fixtures/contracts") {
        subjects.push((case.name.clone(), files(&case.workspace())));
    }
    subjects
}

#[test]
fn the_workspace_builds() {
    let memory = workspace();
    let built = build(&memory);
    good(&built);
    let made = files(&memory);
    for path in [
        "cherry.lock",
        "cherry-out/user.v1/wasm/user.v1.wasm",
        "cherry-out/order.v1/bundle/bundle.json",
    ] {
        assert!(made.contains_key(path), "{path} is missing");
    }
    for (path, bytes) in &made {
        assert!(
            !path.ends_with(".json") || !String::from_utf8_lossy(bytes).contains("\"2.220446"),
            "{path}"
        );
    }
}

#[test]
fn twice_in_threads_and_shuffled() {
    for (name, inputs) in subjects() {
        let (expected, said) = built(&inputs);
        let again = built(&inputs);
        same(&expected, &again.0, &format!("{name}, again"));
        assert_eq!(said, again.1, "{name}, again");
        for threads in [1, 8] {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .expect("a pool can be made");
            let (made, told) = pool.install(|| built(&inputs));
            same(&expected, &made, &format!("{name}, {threads} threads"));
            assert_eq!(said, told, "{name}, {threads} threads");
        }
        for start in 0..4 {
            let memory = memory(&inputs);
            let shuffled = Shuffled {
                memory: &memory,
                state: AtomicUsize::new(start),
            };
            let built = Compiler::new(&shuffled).build(
                &[RelPath::root()],
                &Choices::default(),
                &Wanted::default(),
                &out_in(&memory, "cherry-out"),
            );
            same(&expected, &files(&memory), &format!("{name}, shuffled"));
            assert_eq!(said, text(&built), "{name}, shuffled");
        }
    }
}

#[test]
fn from_two_folders() {
    let (expected, _) = built(&files(&workspace()));
    for _ in 0..2 {
        let dir = tempfile::tempdir().expect("a folder can be made");
        for (path, text) in WORKSPACE {
            let full = dir.path().join(path);
            std::fs::create_dir_all(full.parent().expect("a file lies in a folder"))
                .and_then(|()| std::fs::write(full, text))
                .expect("a file can be written");
        }
        let disk = OsFs::new(dir.path()).expect("the folder is there");
        good(&build(&disk));
        same(&expected, &on_disk(dir.path()), "on a disk");
        let name = dir.path().to_str().expect("the path is UTF-8");
        for (path, bytes) in on_disk(dir.path()) {
            let holds = bytes
                .windows(name.len())
                .any(|part| part == name.as_bytes());
            assert!(!holds, "{path} names the folder it was made in");
        }
    }
}

fn on_disk(dir: &Path) -> Files {
    let tree = read_tree(dir).into_iter();
    tree.map(|(path, bytes)| (path, bytes.into())).collect()
}

#[test]
fn the_order_of_paths_does_not_matter() {
    let paths: Vec<&str> = WORKSPACE
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| path.ends_with(".cherry.yaml"))
        .collect();
    let (expected, _) = built(&files(&workspace()));
    let mut backwards = paths.clone();
    backwards.reverse();
    let twice: Vec<&str> = paths.iter().chain(&backwards).copied().collect();
    for roots in [paths, backwards, twice] {
        let memory = workspace();
        good(&build_as(&memory, &roots, &Wanted::default(), "cherry-out"));
        same(&expected, &files(&memory), &format!("{roots:?}"));
    }
}

// === Warm and cold ===

/// A change of one file.
enum Edit {
    Write(String, Vec<u8>),
    Remove(String),
    Rename(String, String),
}

impl Edit {
    fn name(&self) -> String {
        match self {
            Edit::Write(path, bytes) => format!("{path} becomes {} bytes", bytes.len()),
            Edit::Remove(path) => format!("{path} is removed"),
            Edit::Rename(from, to) => format!("{from} becomes {to}"),
        }
    }

    fn apply(&self, files: &mut Files) {
        match self {
            Edit::Write(path, bytes) => {
                files.insert(path.clone(), bytes.as_slice().into());
            }
            Edit::Remove(path) => {
                files.remove(path);
            }
            Edit::Rename(from, to) => {
                let bytes = files.remove(from).expect("what is renamed is there");
                files.insert(to.clone(), bytes);
            }
        }
    }
}

fn edits(inputs: &Files) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (path, bytes) in inputs {
        let text = String::from_utf8_lossy(bytes);
        let write = |text: String| Edit::Write(path.clone(), text.into_bytes());
        edits.push(write(format!("{text}# a remark\n")));
        edits.push(write(format!("# a line above\n{text}")));
        edits.push(write(text.replace("100r/", "101r/")));
        edits.push(write(text.replace("version: ", "version:  ")));
        edits.push(write(text.replace(".0.", ".7.")));
        edits.push(write(text.replace("GET", "PUT").replace("get:", "put:")));
        edits.push(write(text.replace("/v1\n", "/v1\nowner: team\n")));
        edits.push(write(text.replace("endpoints:", "endpunkte:")));
        edits.push(write(String::new()));
        edits.push(Edit::Remove(path.clone()));
        let at = path.rfind('/').map_or(0, |slash| slash + 1);
        let (dir, name) = path.split_at(at);
        edits.push(Edit::Rename(path.clone(), format!("{dir}z-{name}")));
        edits.push(Edit::Rename(path.clone(), format!("moved/{name}")));
    }
    let more =
        "contract: user/v3\nversion: 3.0.0\nendpoints:\n- {path: /v3, method: GET, timeout: 1s}\n";
    edits.push(Edit::Write("more/user.v3.cherry.yaml".into(), more.into()));
    // It sorts before every other contract of its host.
    let less = "contract: user/v1\nversion: 1.0.0\nendpoints: [{path: /x, method: GET}]\n";
    edits.push(Edit::Write("a.cherry.yaml".into(), less.into()));
    edits
}

#[test]
fn warm_equals_cold_after_each_edit() {
    for (name, inputs) in subjects() {
        let start = memory(&inputs);
        if build(&start).report.exit_code(None) > 1 {
            continue;
        }
        let start = files(&start);
        for edit in edits(&inputs) {
            let what = format!("{name}: {}", edit.name());
            let mut warm = start.clone();
            edit.apply(&mut warm);
            let before = warm.clone();
            let mut cold = inputs.clone();
            edit.apply(&mut cold);

            let (cold, cold_said) = built(&cold);
            let memory = memory(&warm);
            let warm = build(&memory);
            assert_eq!(text(&warm), cold_said, "{what}");
            let after = files(&memory);
            if warm.report.exit_code(None) > 1 {
                same(&before, &after, &format!("{what}, refused"));
            } else {
                same(&cold, &after, &what);
                writes_nothing(&memory, &what);
            }

            // Undone, everything is as it was.
            let mut undone = after;
            undone.retain(|path, _| is_output(path));
            undone.extend(inputs.clone());
            let (undone, _) = built(&undone);
            same(&start, &undone, &format!("{what}, undone"));
        }
    }
}

/// A unit that is skipped because nothing changed still owns its files.
#[test]
fn a_collision_is_found_by_a_warm_build_too() {
    let contract = |name: &str, out: &str| {
        format!(
            "contract: {name}/v1\nversion: 1.0.0\ngenerate: {{envoy: {{out: {out}}}}}\nendpoints:\n- {{path: /{name}, method: GET, timeout: 1s}}\n"
        )
    };
    let (a, b) = (contract("a", "deploy/a"), contract("b", "deploy/b"));
    let memory = memory([("a.cherry.yaml", &a), ("b.cherry.yaml", &b)]);
    good(&build(&memory));
    for (path, edit) in [
        ("b.cherry.yaml", contract("b", "deploy/a")),
        ("a.cherry.yaml", contract("a", "deploy/b")),
    ] {
        let mut edited = files(&memory);
        edited.insert(path.to_owned(), edit.into_bytes().into());
        let (_, said) = built(
            &inputs(&edited)
                .into_iter()
                .filter(|(path, _)| !path.starts_with("deploy/"))
                .collect(),
        );
        assert!(said.contains("artifact-collision"), "{said}");
        let warm = super::harness::memory(&edited);
        assert_eq!(text(&build(&warm)), said, "{path}");
        same(&edited, &files(&warm), path);
        // Built alone, it still may not take what another contract owns.
        let apart = build_as(&warm, &[path], &Wanted::default(), "cherry-out");
        assert_eq!(apart.report.exit_code(None), 2, "{path}");
        let said = text(&apart);
        assert!(said.contains("artifact-collision"), "{said}");
        same(&edited, &files(&warm), path);
    }
}

/// A disk that counts what is done to it.
struct Counting<'m> {
    memory: &'m MemoryFs,
    touched: AtomicUsize,
}

impl ReadFs for Counting<'_> {
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

impl WriteFs for Counting<'_> {
    fn stage(&self, path: &RelPath, bytes: &[u8]) -> io::Result<()> {
        self.touched.fetch_add(1, Ordering::SeqCst);
        self.memory.stage(path, bytes)
    }
    fn staged(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        self.memory.staged(path, limit)
    }
    fn commit(&self, path: &RelPath) -> io::Result<()> {
        self.touched.fetch_add(1, Ordering::SeqCst);
        self.memory.commit(path)
    }
    fn discard(&self, path: &RelPath) {
        self.touched.fetch_add(1, Ordering::SeqCst);
        self.memory.discard(path);
    }
    fn remove(&self, path: &RelPath) -> io::Result<()> {
        self.touched.fetch_add(1, Ordering::SeqCst);
        self.memory.remove(path)
    }
}

#[track_caller]
fn writes_nothing(memory: &MemoryFs, what: &str) {
    let counting = Counting {
        memory,
        touched: AtomicUsize::new(0),
    };
    let built = build(&counting);
    assert!(
        built.changed.is_empty() && built.removed.is_empty(),
        "{what}"
    );
    let touched = counting.touched.load(Ordering::SeqCst);
    assert_eq!(touched, 0, "{what}: an unchanged build writes nothing");
}

#[test]
fn an_unchanged_build_writes_nothing_and_says_the_same() {
    for (name, inputs) in subjects() {
        let memory = memory(&inputs);
        let first = build(&memory);
        if first.report.exit_code(None) > 1 {
            continue;
        }
        writes_nothing(&memory, &name);
        let second = build(&memory);
        assert_eq!(text(&first), text(&second), "{name}");
        let all = files(&memory).keys().filter(|path| is_output(path)).count() - 1;
        assert_eq!(second.unchanged, all, "{name}");
    }
}

// === What a build may touch ===

fn below<'f>(files: &'f Files, folder: &str) -> Vec<&'f String> {
    files
        .keys()
        .filter(|path| path.starts_with(folder))
        .collect()
}

#[test]
fn orphans_are_removed_inside_the_product_only() {
    let memory = workspace();
    good(&build(&memory));
    good(&build_as(&memory, &[""], &Wanted::default(), "elsewhere"));
    let put = |path: &str, text: &str| {
        memory
            .write(&rel(path), text.as_bytes())
            .expect("memory takes every file");
    };
    let mine = [
        "cherry-out/order.v1/notes.txt",
        "cherry-out/order.v1/wasm/mine.wasm",
    ];
    for path in mine {
        put(path, "mine");
    }
    let full = files(&memory);

    // One emitter of one contract leaves the others alone.
    put(
        "user.v1.cherry.yaml",
        &WORKSPACE[0].1.replace("100r/s", "90r/s"),
    );
    good(&build_as(
        &memory,
        &["user.v1.cherry.yaml"],
        &emit(&["wasm", "bundle"]),
        "cherry-out",
    ));
    let after = files(&memory);
    for path in differing(&full, &after) {
        let expected = ["cherry-out/user.v1/", "cherry.lock", "user.v1.cherry.yaml"];
        assert!(
            expected.iter().any(|start| path.starts_with(start)),
            "{path} was touched"
        );
    }
    assert_eq!(
        full.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>(),
        "nothing was removed"
    );

    // A contract that is gone takes its artifacts with it, those of this folder, and no other file.
    memory
        .remove(&rel("order/order.cherry.yaml"))
        .expect("it is there");
    good(&build(&memory));
    let after = files(&memory);
    assert_eq!(below(&after, "cherry-out/order.v1/"), mine);
    assert_eq!(
        below(&after, "elsewhere/"),
        below(&full, "elsewhere/"),
        "the other folder is not this build's"
    );
    assert!(!below(&after, "elsewhere/order.v1/").is_empty());

    // A build of some contracts does not take those away that it was not asked for.
    memory
        .remove(&rel("billing/billing.cherry.yaml"))
        .expect("it is there");
    good(&build_as(
        &memory,
        &["user.v1.cherry.yaml"],
        &Wanted::default(),
        "cherry-out",
    ));
    assert!(!below(&files(&memory), "cherry-out/billing.v3/").is_empty());
}

#[test]
fn a_host_built_apart_is_the_host_built_together() {
    let (first, second) = ("user.v1.cherry.yaml", "user.v2.cherry.yaml");
    let together = memory(WORKSPACE[..2].iter().copied());
    good(&build_as(
        &together,
        &[first, second],
        &Wanted::default(),
        "cherry-out",
    ));
    let together = without_last(&files(&together));
    for order in [[first, second], [second, first]] {
        let apart = memory(WORKSPACE[..2].iter().copied());
        for path in order {
            good(&build_as(&apart, &[path], &Wanted::default(), "cherry-out"));
        }
        // Who came first sees the other one when it is built again.
        good(&build_as(
            &apart,
            &[order[0]],
            &Wanted::default(),
            "cherry-out",
        ));
        let apart = without_last(&files(&apart));
        same(&together, &apart, &format!("{order:?}"));
    }
}

#[test]
fn emitters_apart_make_what_they_make_together() {
    let memory_all = workspace();
    good(&build(&memory_all));
    let all = files(&memory_all);
    for id in ["wasm", "envoy", "istio", "bundle"] {
        if Wanted::emitter_id(id).is_none() {
            continue;
        }
        let memory = workspace();
        let wanted = match id {
            // Alone it enforces nothing, which is an error.
            "wasm" => emit(&["wasm", "bundle"]),
            id => emit(&[id]),
        };
        good(&build_as(&memory, &[""], &wanted, "cherry-out"));
        let folder = format!("/{id}/");
        let own = |files: &Files| -> Files {
            let own = files
                .iter()
                .filter(|(path, _)| path.starts_with("cherry-out/") && path.contains(&folder));
            own.map(|(path, bytes)| (path.clone(), Arc::clone(bytes)))
                .collect()
        };
        let (alone, together) = (own(&files(&memory)), own(&all));
        if id == "bundle" {
            // The manifest lists what was made with it.
            assert_eq!(
                alone.keys().collect::<Vec<_>>(),
                together.keys().collect::<Vec<_>>()
            );
        } else {
            same(&together, &alone, id);
        }
    }
}
