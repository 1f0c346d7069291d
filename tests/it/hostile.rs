//! Bad input and bad disks: a clear error, exit 2, and nothing half-written.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cherryc::{
    Choices, Compiler, EntryKind, MemoryFs, OsFs, OutFolder, ReadFs, RelPath, Wanted, WriteFs,
};

use super::harness::{Outcome, Tree, memory, read_tree, rel, run};

const CHERRYC: &str = env!("CARGO_BIN_EXE_cherryc");

const CONTRACT: &str = "contract: user/v1
version: 1.2.0
endpoints:
- path: /users/{id}
  method: GET
  rate_limit: \"100r/s per client_ip\"
  circuit_breaker:
    failure_threshold: 5
    timeout_ms: 2000
";

/// The same contract with another limit: every artifact differs.
fn changed(limit: &str) -> String {
    CONTRACT.replace("100r/s", limit)
}

/// Files named as no contract is named, that a broken document must not show.
const SECRET: &str = "root:x:0:0:secret";

fn importing(path: &str) -> String {
    format!(
        "contract: user/v1\nversion: 1.2.0\nimports:\n  api: {{openapi: {path}}}\nendpoints:\n- operation: api.getUser\n"
    )
}

fn check(files: &[(&str, &[u8])]) -> Outcome {
    run(&memory(files.iter().copied()), "check")
}

/// Asserts that a check exits with 2 and says `expected` at a place of a file.
#[track_caller]
fn refused(outcome: &Outcome, rule: &str, place: &str) {
    let text = outcome.text();
    assert_eq!(outcome.exit_code(), 2, "{text}");
    assert!(outcome.rules().contains(&rule), "no `{rule}` in\n{text}");
    assert!(text.contains(place), "no `{place}` in\n{text}");
}

fn cherryc(dir: &Path, args: &[&str]) -> Output {
    Command::new(CHERRYC)
        .args(args)
        .current_dir(dir)
        .output()
        .expect("the program starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| {
        panic!(
            "{}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A workspace on the disk, marked as one.
fn on_disk(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(dir.path().join(".git")).expect("a folder can be made");
    for (path, text) in files {
        put(dir.path(), path, text.as_bytes());
    }
    dir
}

fn put(dir: &Path, path: &str, bytes: &[u8]) {
    let full = dir.join(path);
    fs::create_dir_all(full.parent().expect("a file lies in a folder"))
        .and_then(|()| fs::write(&full, bytes))
        .unwrap_or_else(|error| panic!("{path}: {error}"));
}

// === Out of the workspace ===

#[test]
fn imports_stay_in_the_workspace() {
    for (path, column) in [
        ("../../etc/passwd", 18),
        ("/etc/passwd", 18),
        ("a/../../b", 18),
    ] {
        let contract = importing(path);
        let outcome = check(&[("user.cherry.yaml", contract.as_bytes())]);
        let place = format!("user.cherry.yaml:4:{column}");
        let rule = outcome.rules()[0];
        refused(&outcome, rule, &place);
        assert!(outcome.text().contains("workspace"), "{}", outcome.text());
    }
    for (path, word) in [
        ("https://example.com/a.yaml", "never fetched"),
        ("file:///etc/passwd", "never fetched"),
    ] {
        let contract = importing(&format!("\"{path}\""));
        let outcome = check(&[("user.cherry.yaml", contract.as_bytes())]);
        refused(&outcome, "remote-ref", "user.cherry.yaml:4:19");
        let text = outcome.text().replace("\n  │", "");
        assert!(text.contains(word), "{}", outcome.text());
    }
}

#[test]
fn references_of_documents_stay_in_the_workspace() {
    for reference in [
        "../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://example.com/a.yaml#/x",
    ] {
        let document = format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n  /users/{{id}}:\n    get:\n      operationId: getUser\n      responses:\n        '200':\n          description: ok\n          content:\n            application/json:\n              schema:\n                $ref: '{reference}'\n"
        );
        let outcome = check(&[
            ("user.cherry.yaml", importing("./api.yaml").as_bytes()),
            ("api.yaml", document.as_bytes()),
        ]);
        refused(&outcome, outcome.rules()[0], "api.yaml:13:");
    }
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a folder can be made");
    put(outside.path(), "secret.yaml", SECRET.as_bytes());
    put(outside.path(), "user.cherry.yaml", CONTRACT.as_bytes());
    let dir = on_disk(&[("user.cherry.yaml", &importing("./api.yaml"))]);
    let link = |to: &Path, from: &str| {
        symlink(to, dir.path().join(from)).expect("a link can be made");
    };

    link(&outside.path().join("secret.yaml"), "api.yaml");
    let output = cherryc(dir.path(), &["check"]);
    let text = stdout(&output);
    assert_eq!(code(&output), 2, "{text}");
    assert!(text.contains("user.cherry.yaml:4:18"), "{text}");
    assert!(text.contains("leads out of the workspace"), "{text}");
    assert!(
        !text.contains("secret:") && !text.contains(SECRET),
        "{text}"
    );

    // Links to folders are not walked: one that goes round would never end, one inside would find
    // every contract twice, and one to the outside is as good as absent.
    put(dir.path(), "user.cherry.yaml", CONTRACT.as_bytes());
    put(
        dir.path(),
        "inner/order.cherry.yaml",
        changed("3r/s").replace("user/", "order/").as_bytes(),
    );
    link(outside.path(), "elsewhere");
    link(dir.path(), "round");
    link(&dir.path().join("inner"), "again");
    link(Path::new("nowhere"), "dangling.cherry.yaml");
    let output = cherryc(dir.path(), &["check"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));

    // An output folder that is a link to the outside is not written to.
    link(outside.path(), "cherry-out");
    let before = read_tree(outside.path());
    let output = cherryc(dir.path(), &["build"]);
    assert_eq!(code(&output), 2, "{}", stdout(&output));
    assert_eq!(read_tree(outside.path()), before);
    assert!(!dir.path().join("cherry.lock").exists());

    // Nor does a link that waits under the name of a temporary file.
    fs::remove_file(dir.path().join("cherry-out")).expect("a link can be removed");
    let wasm = dir.path().join("cherry-out/user.v1/wasm");
    fs::create_dir_all(&wasm).expect("a folder can be made");
    let trap = wasm.join(".user.v1.wasm.cherry-tmp");
    symlink(outside.path().join("secret.yaml"), trap).expect("a link can be made");
    let output = cherryc(dir.path(), &["build"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert_eq!(read_tree(outside.path()), before);
}

#[test]
fn a_lock_cannot_name_files_outside() {
    let dir = on_disk(&[("work/user.cherry.yaml", CONTRACT)]);
    let work = dir.path().join("work");
    put(&work, "cherry.lock", b"{}");
    put(dir.path(), "precious.txt", b"precious");
    let output = cherryc(&work, &["build"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    let lock = fs::read_to_string(work.join("cherry.lock")).expect("a lock was written");
    let stolen = lock.replace("cherry-out/user.v1/wasm/user.v1.wat", "../precious.txt");
    assert_ne!(lock, stolen, "the lock names the artifacts");
    put(&work, "cherry.lock", stolen.as_bytes());
    put(&work, "user.cherry.yaml", changed("5r/s").as_bytes());
    for args in [&["build"][..], &["build", "--force"]] {
        cherryc(&work, args);
        let kept = fs::read(dir.path().join("precious.txt")).expect("it is still there");
        assert_eq!(kept, b"precious");
    }
}

// === Documents ===

const PATHS: &str = "paths:\n  /users/{id}:\n    get:\n      operationId: getUser\n      parameters:\n      - {name: id, in: path, required: true, schema: {type: string}}\n      responses: {'200': {description: ok}}\n";

#[test]
fn documents_that_refer_to_one_another_end() {
    let api = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{PATHS}components:\n  schemas:\n    A: {{$ref: './b.yaml#/B'}}\n    Self: {{$ref: '#/components/schemas/Self'}}\n"
    );
    let outcome = check(&[
        ("user.cherry.yaml", importing("./api.yaml").as_bytes()),
        ("api.yaml", api.as_bytes()),
        (
            "b.yaml",
            b"B: {type: object, properties: {a: {$ref: './api.yaml#/components/schemas/A'}}}\n",
        ),
    ]);
    assert_ne!(outcome.exit_code(), 3);
    for rule in outcome.rules() {
        assert!(rule.contains("ref"), "{}", outcome.text());
    }
}

/// An alias bomb: nine levels of nine.
fn bomb() -> String {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let below = format!("*a{}", level - 1);
        text.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            [below.as_str(); 9].join(", ")
        ));
    }
    text
}

#[test]
fn alias_bombs_do_not_go_off() {
    let started = Instant::now();
    let contract = format!("{}{CONTRACT}", bomb());
    let outcome = check(&[("user.cherry.yaml", contract.as_bytes())]);
    assert_eq!(outcome.exit_code(), 2, "{}", outcome.text());
    let document = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{PATHS}x-bomb:\n  {}",
        bomb().replace('\n', "\n  ")
    );
    let outcome = check(&[
        ("user.cherry.yaml", importing("./api.yaml").as_bytes()),
        ("api.yaml", document.trim_end().as_bytes()),
    ]);
    refused(&outcome, "limit-exceeded", "api.yaml:");
    // An anchor that holds itself.
    let outcome = check(&[(
        "user.cherry.yaml",
        format!("x-a: &a [*a]\n{CONTRACT}").as_bytes(),
    )]);
    assert_eq!(outcome.exit_code(), 2, "{}", outcome.text());
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[test]
fn bytes_that_are_no_text() {
    let cases: &[(&str, Vec<u8>, &str)] = &[
        (
            "NUL",
            CONTRACT.replace("GET", "G\0T").into_bytes(),
            "user.cherry.yaml:5:12",
        ),
        (
            "invalid UTF-8",
            [CONTRACT.as_bytes(), b"# \xff\n"].concat(),
            "user.cherry.yaml:10:3",
        ),
        (
            "cut character",
            [CONTRACT.as_bytes(), b"# \xe2\x82"].concat(),
            "user.cherry.yaml:10:3",
        ),
        ("UTF-16 LE", utf16(u16::to_le_bytes), "user.cherry.yaml:1:1"),
        ("UTF-16 BE", utf16(u16::to_be_bytes), "user.cherry.yaml:1:1"),
        (
            "a program",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0".to_vec(),
            "user.cherry.yaml:1:8",
        ),
    ];
    for (name, bytes, place) in cases {
        let outcome = check(&[("user.cherry.yaml", bytes)]);
        refused(&outcome, "file-unreadable", place);
        assert_eq!(outcome.rules().len(), 1, "{name}: {}", outcome.text());
        let document = check(&[
            ("user.cherry.yaml", importing("./api.yaml").as_bytes()),
            ("api.yaml", bytes),
        ]);
        assert_eq!(document.exit_code(), 2, "{name}");
        assert!(document.text().contains("api.yaml:"), "{name}");
    }
}

fn utf16(bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF)
        .chain(CONTRACT.encode_utf16())
        .flat_map(bytes)
        .collect()
}

#[test]
fn marks_and_line_ends_do_not_matter() {
    let plain = check(&[("user.cherry.yaml", CONTRACT.as_bytes())]);
    assert!(plain.report.findings.is_empty(), "{}", plain.text());
    let windows = CONTRACT.replace('\n', "\r\n");
    let marked = format!("\u{FEFF}{CONTRACT}");
    let both = format!("\u{FEFF}{windows}");
    let unended = CONTRACT.trim_end().to_owned();
    for text in [&windows, &marked, &both, &unended] {
        let outcome = check(&[("user.cherry.yaml", text.as_bytes())]);
        assert!(outcome.report.findings.is_empty(), "{}", outcome.text());
        // A place is that of the text without the mark.
        let broken = text.replace("100r/s", "100/s");
        let outcome = check(&[("user.cherry.yaml", broken.as_bytes())]);
        refused(&outcome, outcome.rules()[0], "user.cherry.yaml:6:19");
    }
}

#[test]
fn nesting_ends() {
    let started = Instant::now();
    let deep = 100_000;
    let cases = [
        format!("{CONTRACT}x-a: {}{}\n", "[".repeat(deep), "]".repeat(deep)),
        format!(
            "{CONTRACT}x-a: {}{}\n",
            "{a: ".repeat(deep),
            "}".repeat(deep)
        ),
        format!("{CONTRACT}x-a: {}\n", "[".repeat(deep)),
        format!("{CONTRACT}x-a:\n  {}x\n", "- ".repeat(deep)),
        format!("{}x\n", "? ".repeat(deep)),
        format!("{}\n", "!".repeat(deep)),
        format!("{}\n", "*".repeat(deep)),
        format!("{CONTRACT}x-a: {}\n", "\"".repeat(deep + 1)),
    ];
    for text in cases {
        let outcome = check(&[("user.cherry.yaml", text.as_bytes())]);
        assert_eq!(outcome.exit_code(), 2, "{}", &text[text.len() - 20..]);
        assert!(outcome.text().contains("user.cherry.yaml:"));
        let json = check(&[
            ("user.cherry.yaml", importing("./api.json").as_bytes()),
            ("api.json", text.as_bytes()),
        ]);
        assert_eq!(json.exit_code(), 2);
    }
    assert!(
        started.elapsed() < Duration::from_secs(16),
        "{:?}",
        started.elapsed()
    );
}

/// 64 MB, in less than a second and with less than 500 MB, which the shell holds it to.
#[cfg(target_os = "linux")]
#[test]
fn a_file_of_64_megabytes() {
    let dir = on_disk(&[("small.cherry.yaml", &importing("./big.yaml"))]);
    let big = "- aaaaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(64 * 1024 * 1024 / 31);
    put(dir.path(), "big.yaml", big.as_bytes());
    put(dir.path(), "big.cherry.yaml", big.as_bytes());
    for (args, place) in [
        ("check small.cherry.yaml", "small.cherry.yaml:4:18"),
        ("check big.cherry.yaml", "big.cherry.yaml"),
        ("build big.cherry.yaml", "big.cherry.yaml"),
        ("init --from big.yaml made", "big.yaml"),
    ] {
        let started = Instant::now();
        let output = Command::new("sh")
            .arg("-c")
            .arg(format!("ulimit -v 512000; exec \"$0\" --jobs 2 {args}"))
            .arg(CHERRYC)
            .current_dir(dir.path())
            .output()
            .expect("a shell starts");
        let took = started.elapsed();
        let text = stdout(&output);
        assert_eq!(code(&output), 2, "{args}: {text}");
        assert!(text.contains(place), "{args}: {text}");
        assert!(text.contains("33554432"), "{args}: {text}");
        assert!(took < Duration::from_secs(1), "{args} took {took:?}");
    }
}

// === Disks ===

fn build(fs: &dyn WriteFs, force: bool) -> cherryc::Built {
    let out = OutFolder {
        fs,
        base: rel("cherry-out"),
        is_given: false,
    };
    let wanted = Wanted {
        force,
        ..Wanted::default()
    };
    Compiler::new(as_read(fs)).build(&[RelPath::root()], &Choices::default(), &wanted, &out)
}

fn as_read(fs: &dyn WriteFs) -> &dyn ReadFs {
    fs
}

/// A disk with room for so many bytes, files that are replaced included.
struct Full<'m> {
    memory: &'m MemoryFs,
    room: AtomicU64,
}

impl ReadFs for Full<'_> {
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

impl WriteFs for Full<'_> {
    fn stage(&self, path: &RelPath, bytes: &[u8]) -> io::Result<()> {
        let size = bytes.len() as u64;
        let taken = self
            .room
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |room| {
                room.checked_sub(size)
            });
        match taken {
            Ok(_) => self.memory.stage(path, bytes),
            Err(_) => Err(io::ErrorKind::StorageFull.into()),
        }
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

type Files = BTreeMap<RelPath, std::sync::Arc<[u8]>>;

fn fresh(files: &Files) -> MemoryFs {
    memory(files.iter().map(|(path, bytes)| (path.as_str(), bytes)))
}

#[test]
fn a_full_disk_leaves_the_old_output() {
    let memory = memory([("user.cherry.yaml", CONTRACT)]);
    assert_eq!(build(&memory, false).report.exit_code(None), 0);
    let old = memory.files();
    memory
        .write(&rel("user.cherry.yaml"), changed("7r/s").as_bytes())
        .expect("memory takes every file");
    let edited = memory.files();
    build(&memory, false);
    let new = memory.files();
    let mut sizes: Vec<u64> = new
        .iter()
        .filter(|(path, bytes)| edited.get(*path) != Some(*bytes))
        .map(|(_, bytes)| bytes.len() as u64)
        .collect();
    sizes.sort_unstable();
    assert!(sizes.len() > 3, "a change of the limit changes artifacts");
    let total: u64 = sizes.iter().sum();

    // Every boundary between two files in ascending order, a byte to each side of it, and between.
    let mut rooms = vec![0, 1, total / 2, total - 1];
    let mut sum = 0;
    for size in &sizes {
        sum += size;
        rooms.extend([sum - 1, sum, sum + 1]);
    }
    rooms.retain(|room| *room < total);
    for room in rooms {
        let memory = fresh(&edited);
        let full = Full {
            memory: &memory,
            room: AtomicU64::new(room),
        };
        let built = build(&full, false);
        assert_eq!(built.report.exit_code(None), 2, "room for {room}");
        let finding = built.report.findings.iter().next().expect("it says why");
        assert_eq!(finding.rule().name, "output-unwritable");
        assert!(built.changed.is_empty() && built.removed.is_empty());
        assert_eq!(
            memory.files(),
            edited,
            "room for {room}: nothing is touched"
        );

        // A third version builds without `--force`: nothing on the disk is unknown.
        memory
            .write(&rel("user.cherry.yaml"), changed("8r/s").as_bytes())
            .expect("memory takes every file");
        assert_eq!(build(&memory, false).report.exit_code(None), 0);
    }
    let memory = fresh(&edited);
    let full = Full {
        memory: &memory,
        room: AtomicU64::new(total),
    };
    assert_eq!(build(&full, false).report.exit_code(None), 0);
    assert_eq!(memory.files(), new);
    assert_ne!(old, new);
}

/// Whatever cannot be put in its place, the next good build needs no `--force`.
#[test]
fn a_disk_that_fails_late_is_mended_by_the_next_build() {
    struct Late<'m> {
        memory: &'m MemoryFs,
        path: RelPath,
    }
    impl ReadFs for Late<'_> {
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
    impl WriteFs for Late<'_> {
        fn stage(&self, path: &RelPath, bytes: &[u8]) -> io::Result<()> {
            self.memory.stage(path, bytes)
        }
        fn staged(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
            self.memory.staged(path, limit)
        }
        fn commit(&self, path: &RelPath) -> io::Result<()> {
            if *path == self.path {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            self.memory.commit(path)
        }
        fn discard(&self, path: &RelPath) {
            self.memory.discard(path);
        }
        fn remove(&self, path: &RelPath) -> io::Result<()> {
            self.memory.remove(path)
        }
    }
    let start = memory([("user.cherry.yaml", CONTRACT)]);
    build(&start, false);
    start
        .write(&rel("user.cherry.yaml"), changed("7r/s").as_bytes())
        .expect("memory takes every file");
    let edited = start.files();
    build(&start, false);
    let new = start.files();
    let written = new
        .iter()
        .filter(|(path, bytes)| edited.get(*path) != Some(*bytes));
    for (path, _) in written {
        let memory = fresh(&edited);
        let late = Late {
            memory: &memory,
            path: path.clone(),
        };
        let built = build(&late, false);
        assert_eq!(built.report.exit_code(None), 2, "{path}");
        assert_eq!(
            memory.files().get(&rel("cherry.lock")),
            edited.get(&rel("cherry.lock")),
            "{path}: the lock is written last"
        );
        assert_eq!(build(&memory, false).report.exit_code(None), 0, "{path}");
        assert_eq!(memory.files(), new, "{path}");
    }
}

/// Nothing of an interrupted write lies about.
#[track_caller]
fn no_leftovers(tree: &Tree) {
    for path in tree.keys() {
        assert!(!path.contains("cherry-tmp"), "{path} was left");
    }
}

#[cfg(unix)]
#[test]
fn files_that_may_not_grow() {
    let dir = on_disk(&[("user.cherry.yaml", CONTRACT)]);
    let first = cherryc(dir.path(), &["build"]);
    assert_eq!(code(&first), 0, "{}", stdout(&first));
    put(dir.path(), "user.cherry.yaml", changed("7r/s").as_bytes());
    let before = read_tree(dir.path());
    let mut refused = 0;
    // Blocks of 512 or of 1024 bytes, as the shell likes.
    for blocks in [0, 1, 2, 4] {
        let output = Command::new("sh")
            .arg("-c")
            .arg(format!(
                "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" build"
            ))
            .arg(CHERRYC)
            .current_dir(dir.path())
            .output()
            .expect("a shell starts");
        let text = stdout(&output);
        if code(&output) == 0 {
            assert!(refused > 0, "nothing fits in {blocks} blocks");
            break;
        }
        assert_eq!(code(&output), 2, "{text}");
        assert!(text.contains("make room and build again"), "{text}");
        assert_eq!(read_tree(dir.path()), before, "{blocks} blocks");
        refused += 1;
    }
    assert!(refused > 0);
    put(dir.path(), "user.cherry.yaml", changed("8r/s").as_bytes());
    let good = cherryc(dir.path(), &["build"]);
    assert_eq!(code(&good), 0, "{}", stdout(&good));
    no_leftovers(&read_tree(dir.path()));
}

#[test]
fn something_stands_in_the_way() {
    // What stands where, and what is named in the message.
    let cases = [
        ("cherry-out", "cherry-out"),
        ("cherry-out/user.v1", "cherry-out/user.v1"),
        ("cherry-out/user.v1/wasm", "cherry-out/user.v1/wasm"),
        ("cherry-out/user.v1/wasm/user.v1.wasm/x", "user.v1.wasm"),
        ("cherry.lock/x", "cherry.lock"),
    ];
    for (obstacle, named) in cases {
        let dir = on_disk(&[("user.cherry.yaml", CONTRACT), (obstacle, "mine")]);
        let before = read_tree(dir.path());
        let output = cherryc(dir.path(), &["build"]);
        let text = stdout(&output);
        assert_eq!(code(&output), 2, "{obstacle}: {text}");
        assert!(text.contains(named), "{obstacle}: {text}");
        assert!(text.contains("stands where"), "{obstacle}: {text}");
        assert_eq!(read_tree(dir.path()), before, "{obstacle}");
        let top = obstacle.split('/').next().expect("a path has a first part");
        let top = dir.path().join(top);
        if top.is_dir() {
            fs::remove_dir_all(top).expect("a folder can be removed");
        } else {
            fs::remove_file(top).expect("a file can be removed");
        }
        let output = cherryc(dir.path(), &["build"]);
        assert_eq!(code(&output), 0, "{obstacle}: {}", stdout(&output));
    }
}

#[test]
fn an_output_folder_outside_that_cannot_be_made() {
    let dir = on_disk(&[("user.cherry.yaml", CONTRACT)]);
    let elsewhere = tempfile::tempdir().expect("a folder can be made");
    put(elsewhere.path(), "file", b"mine");
    let out = elsewhere.path().join("file");
    for out in [out.join("deeper"), out] {
        let output = cherryc(
            dir.path(),
            &["build", "--out", out.to_str().expect("the path is UTF-8")],
        );
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(code(&output), 2, "{stderr}");
        assert!(stderr.contains("cannot use"), "{stderr}");
    }
    assert_eq!(read_tree(dir.path()).len(), 1, "only the contract is there");
}

/// A folder below `/proc` refuses everybody, the superuser included.
#[cfg(target_os = "linux")]
#[test]
fn a_file_system_that_takes_nothing() {
    let fs = OsFs::new(Path::new("/proc/self")).expect("a process has a folder");
    let memory = memory([("user.cherry.yaml", CONTRACT)]);
    let out = OutFolder {
        fs: &fs,
        base: RelPath::root(),
        is_given: true,
    };
    let built = Compiler::new(&memory).build(
        &[RelPath::root()],
        &Choices::default(),
        &Wanted::default(),
        &out,
    );
    assert_eq!(built.report.exit_code(None), 2);
    let finding = built.report.findings.iter().next().expect("it says why");
    assert_eq!(finding.rule().name, "output-unwritable");
}

/// Names of one number, and names that all changed: each is looked up once, in a few seconds. Looking
/// through the others for each of them takes minutes. The time of the processor is what counts, which
/// does not grow with whatever else the machine does.
#[cfg(unix)]
#[test]
fn many_names_are_compared_in_time() {
    const COUNT: usize = 40_000;
    const HEAD: &str = "syntax = \"proto3\";\npackage a;\n";
    let lines = |line: &dyn Fn(usize) -> String| (1..=COUNT).map(line).collect::<String>();
    let aliases = |prefix: &str| {
        let names = lines(&|at| format!("  {prefix}{at} = 1;\n"));
        format!("{HEAD}enum E {{\n  option allow_alias = true;\n  Z = 0;\n{names}}}\n")
    };
    // The numbers from 19,000 on belong to Protobuf itself.
    let fields = |ty: &str, prefix: &str, shift: usize| {
        let fields = lines(&|at| {
            let name = (at + shift) % COUNT;
            format!("  {ty} {prefix}{name} = {};\n", at + 20_000)
        });
        format!("{HEAD}message M {{\n{fields}}}\n")
    };
    for (case, old, new, said) in [
        (
            "aliases renamed",
            aliases("A"),
            aliases("B"),
            "value 1 of `a.E`",
        ),
        (
            "types changed",
            fields("string", "f", 0),
            fields("int32", "f", 0),
            "its type",
        ),
        (
            "fields renamed",
            fields("string", "f", 0),
            fields("string", "g", 0),
            "is now called",
        ),
        (
            "names shifted",
            fields("string", "f", 0),
            fields("string", "f", 1),
            "was given from",
        ),
    ] {
        let dir = on_disk(&[("old/a.proto", &old), ("new/a.proto", &new)]);
        let script = "TIMEFORMAT=%U; time \"$0\" diff old new 2>/dev/null";
        let output = Command::new("bash")
            .current_dir(dir.path())
            .args(["-c", script, CHERRYC])
            .env("LC_ALL", "C")
            .output()
            .expect("bash runs");
        let text = stdout(&output);
        let took: f64 = String::from_utf8_lossy(&output.stderr)
            .trim()
            .parse()
            .expect("seconds");
        assert_eq!(code(&output), 1, "{case}");
        assert!(text.contains(said), "{case}");
        assert!(took < 20.0, "{case} took {took} s of the processor");
    }
}
