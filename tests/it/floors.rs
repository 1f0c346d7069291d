//! The walls of the house stand: imports run down the floors, and only the outer hands touch the
//! world.

use std::fmt::Write as _;
use std::process::Command;

use crate::harness::{read_tree, root};

/// Every room with its floor, counted so that `fs` stands above `text`, whose paths it takes. What
/// stands on one floor is sisters that do not know each other.
const FLOORS: [(&str, u8); 20] = [
    ("text", 1),
    ("fs", 2),
    ("git", 3),
    ("schema", 3),
    ("diag", 3),
    ("syntax", 4),
    ("ingest", 5),
    ("contract", 5),
    ("policy", 6),
    ("link", 7),
    ("compat", 8),
    ("lint", 8),
    ("emit", 8),
    ("rules", 9),
    ("driver", 10),
    ("fuzz", 11),
    ("measure", 11),
    ("lib", 12),
    ("cli", 13),
    ("main", 14),
];

/// Rooms that a room above them still must not know.
const WALLS: [(&str, &str); 6] = [
    ("compat", "syntax"),
    ("compat", "ingest"),
    ("lint", "syntax"),
    ("lint", "ingest"),
    ("emit", "syntax"),
    ("emit", "ingest"),
];

/// Names of the world outside, which only the outer hands may say.
const WORLD: [&str; 7] = [
    "std::fs",
    "std::env",
    "SystemTime",
    "Instant",
    "std::process",
    "TcpStream",
    "UdpSocket",
];

/// Longest file that can still be read in one go.
const MAX_LINES: usize = 800;

/// Packages that would make the compiler something else.
const FOREIGN: [&str; 5] = ["wasmtime", "kube", "aya", "hyper", "tokio"];

fn floor(room: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == room)
        .map(|(_, floor)| *floor)
}

/// Sources of the compiler by path below `src/`.
fn sources() -> Vec<(String, String)> {
    let files = read_tree(&root().join("src")).into_iter();
    files
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("sources are UTF-8")))
        .collect()
}

/// The room that a file belongs to.
fn room(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or(path);
    first.trim_end_matches(".rs")
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("tests.rs") || path.ends_with("/testing.rs")
}

/// The code of a file: without comments, and without the tests at its end.
fn code(text: &str) -> String {
    let body = text
        .split("\n#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    body.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |mut code, line| {
            code.push_str(line);
            code.push('\n');
            code
        })
}

/// The rooms that code names by `crate::`, also in lists such as `use crate::{contract, diag};`.
fn named_rooms(code: &str) -> Vec<&str> {
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(['$', '_']) {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let word = |text: &'_ str| text.find(|c: char| !c.is_alphanumeric() && c != '_');
        match rest.strip_prefix('{') {
            None => rooms.extend(word(rest).map(|end| &rest[..end])),
            Some(list) => {
                let mut depth = 0_u32;
                let mut start = true;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && c.is_alphanumeric() => {
                            start = false;
                            rooms.extend(word(&list[at..]).map(|end| &list[at..at + end]));
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    rooms
}

#[test]
fn imports_run_down_the_floors() {
    let mut problems = String::new();
    for (path, text) in sources() {
        let code = code(&text);
        let here = room(&path);
        let Some(own) = floor(here) else {
            let _ = writeln!(problems, "{path}: `{here}` stands on no floor");
            continue;
        };
        for named in named_rooms(&code) {
            // Macros and the items of lib.rs are no rooms; cli/ is a crate of its own with main.rs.
            let Some(other) = floor(named) else { continue };
            let down = named == here || other < own;
            let walled = WALLS.contains(&(here, named)) && !is_test(&path);
            if !down || walled {
                let _ = writeln!(problems, "{path}: `{here}` names `{named}`");
            }
        }
        if here != "cli" && here != "main" && code.contains("cherryc::") {
            let _ = writeln!(problems, "{path}: the library names itself from outside");
        }
        for (at, _) in code.match_indices("cherry_runtime::") {
            if !code[at..].starts_with("cherry_runtime::bundle") && !is_test(&path) {
                let _ = writeln!(problems, "{path}: takes more of the runtime than `bundle`");
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn only_the_outer_hands_touch_the_world() {
    for (path, text) in sources() {
        let outer = ["cli", "main", "fs", "git", "build_script"].contains(&room(&path));
        if outer || is_test(&path) {
            continue;
        }
        let code = code(&text);
        for word in WORLD {
            assert!(!code.contains(word), "{path} names {word}");
        }
    }
}

#[test]
fn folders_have_faces_and_files_can_be_read() {
    let sources = sources();
    let mut problems = String::new();
    for (path, text) in &sources {
        let lines = text.lines().count();
        if lines > MAX_LINES {
            let _ = writeln!(problems, "{path} has {lines} lines");
        }
        let is_face = path.ends_with("/mod.rs") || !path.contains('/');
        if is_face && !is_test(path) && !text.starts_with("//! ") {
            let _ = writeln!(problems, "{path} does not say what it is");
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn the_compiler_stays_a_compiler() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let tree = Command::new(cargo)
        .args(["tree", "--offline", "--package", "cherryc"])
        .args(["--edges", "normal", "--prefix", "none"])
        .current_dir(root())
        .output()
        .expect("cargo runs the tests, so it is there");
    let text = String::from_utf8_lossy(&tree.stdout);
    let problem = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "{problem}");
    let names: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(
        names.contains(&"serde"),
        "the tree is not what it was: {text}"
    );
    for foreign in FOREIGN {
        assert!(!names.contains(&foreign), "cherryc depends on {foreign}");
    }
}

#[test]
fn names_in_lists_are_seen() {
    let code = "use crate::{contract, diag::{Rule, rules::RULES}, fs};\nlet x = crate::text::y; $crate::emit::z";
    assert_eq!(named_rooms(code), ["contract", "diag", "fs", "text"]);
}
