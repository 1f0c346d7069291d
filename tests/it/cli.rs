//! The command line as people and pipelines meet it: the program itself, started in a folder.
//!
//! A case is a file of `fixtures/cli`: directives in `#` lines, then the files of a workspace, each
//! below a line `-- path --`. What the commands print is in `snapshots/cli`, question and answer
//! together. Directives, in order:
//!
//! - `# RUN: ARGS` runs `cherryc ARGS`, which exits with 0; `# FAIL: CODE ARGS` exits with `CODE`.
//!   A word may stand in single quotes.
//! - `# ENV: NAME=VALUE` and `# DIR: FOLDER` hold for the commands that follow.
//! - `# STDIN: FILE` feeds the next command.
//! - `# WRITE: FILE TEXT`, `# REPLACE: FILE OLD NEW`, `# REMOVE: FILE` change the workspace.
//! - `# LIST: FOLDER` and `# SHOW: FILE` put the names in a folder and the text of a file down.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::harness::{Snapshots, read_tree, root};

const CHERRYC: &str = env!("CARGO_BIN_EXE_cherryc");

/// Variables that would change what is printed.
const CLEARED: [&str; 6] = [
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "FORCE_COLOR",
    "RUST_BACKTRACE",
    "RUST_LIB_BACKTRACE",
];

fn program(dir: &Path) -> Command {
    let mut command = Command::new(CHERRYC);
    command.current_dir(dir).env("COLUMNS", "80");
    for name in CLEARED {
        command.env_remove(name);
    }
    command
}

#[test]
fn commands_print_what_is_expected() {
    let mut snapshots = Snapshots::new("snapshots/cli");
    let cases = read_tree(&root().join("fixtures/cli"));
    assert!(cases.len() > 10, "only {} cases", cases.len());
    for (name, bytes) in cases {
        let text = String::from_utf8(bytes).expect("cases are UTF-8");
        let stem = name.strip_suffix(".txt").expect("cases are named *.txt");
        snapshots.file(format!("{stem}.txt"), play(stem, &text));
    }
    snapshots.finish();
}

/// Plays a case and tells what happened.
fn play(name: &str, case: &str) -> String {
    let dir = tempfile::tempdir().expect("a folder can be made");
    // Its links resolved, because that is how the program names it.
    let top = fs::canonicalize(dir.path()).expect("the folder is there");
    let work = top.join("mono");
    fs::create_dir_all(work.join(".git")).expect("a folder can be made");
    let (directives, files) = parse(case);
    for (path, text) in files {
        write(&work.join(path), &text);
    }
    let mut story = String::new();
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    let mut here = work.clone();
    let mut input: Option<Vec<u8>> = None;
    for (word, rest) in directives {
        let (first, tail) = rest.split_once(' ').unwrap_or((rest, ""));
        match word {
            "RUN" | "FAIL" => {
                let (expected, args) = match word {
                    "RUN" => (0, rest),
                    _ => (first.parse().expect("FAIL names an exit code"), tail),
                };
                let mut command = program(&here);
                command.args(words(args)).envs(&variables);
                let output = feed(&mut command, input.take());
                let code = output.status.code();
                let told = tell(args, &output).replace(&*top.to_string_lossy(), "[TOP]");
                assert_eq!(code, Some(expected), "{name}\n{told}");
                story.push_str(&told);
                story.push('\n');
            }
            "ENV" => {
                let (key, value) = rest.split_once('=').expect("ENV has the form NAME=VALUE");
                variables.insert(key.to_owned(), value.to_owned());
            }
            "DIR" => here = work.join(rest),
            "STDIN" => input = Some(fs::read(work.join(rest)).expect("the input is there")),
            "WRITE" => write(&work.join(first), &format!("{tail}\n")),
            "REPLACE" => {
                let (old, new) = tail
                    .split_once(' ')
                    .expect("REPLACE has an old and a new text");
                let text = fs::read_to_string(work.join(first)).expect("the file is there");
                assert!(text.contains(old), "{name}: no `{old}` in {first}");
                write(&work.join(first), &text.replace(old, new));
            }
            "REMOVE" => fs::remove_file(work.join(rest)).expect("the file is there"),
            "LIST" => {
                let _ = writeln!(story, "[{rest} holds]");
                for path in read_tree(&work.join(rest)).keys() {
                    let _ = writeln!(story, "{path}");
                }
                story.push('\n');
            }
            "SHOW" => {
                let text = fs::read_to_string(work.join(rest)).expect("the file is there");
                let _ = writeln!(story, "[{rest}]\n{text}");
            }
            _ => panic!("{name}: unknown directive `{word}`"),
        }
    }
    let version = format!("cherryc {}", env!("CARGO_PKG_VERSION"));
    let story = story.replace(&version, "cherryc [VERSION]");
    format!("{}\n", story.trim_end())
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder"))
        .and_then(|()| fs::write(path, text))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

type Directives<'c> = Vec<(&'c str, &'c str)>;
type CaseFiles<'c> = Vec<(&'c str, String)>;

/// Directives as word and rest, and files as path and text.
fn parse(case: &str) -> (Directives<'_>, CaseFiles<'_>) {
    let mut directives = Vec::new();
    let mut files: CaseFiles<'_> = Vec::new();
    for line in case.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let header = bare
            .strip_prefix("-- ")
            .and_then(|rest| rest.strip_suffix(" --"));
        if let Some(path) = header {
            files.push((path, String::new()));
        } else if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
        } else if let Some(directive) = bare.strip_prefix("# ")
            && let Some((word, rest)) = directive.split_once(':')
            && !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
        {
            directives.push((word, rest.trim_start()));
        } else {
            // Anything else above the files is a remark for readers.
            assert!(bare.is_empty() || bare.starts_with('#'), "{bare}");
        }
    }
    (directives, files)
}

fn words(args: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in args.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn feed(command: &mut Command, input: Option<Vec<u8>>) -> Output {
    use std::io::Write;
    let stdin = if input.is_some() {
        Stdio::piped()
    } else {
        Stdio::null()
    };
    let mut child = command
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    if let Some(input) = input {
        let mut pipe = child.stdin.take().expect("the input is a pipe");
        pipe.write_all(&input).expect("the program reads its input");
    }
    child.wait_with_output().expect("the program ends")
}

fn tell(args: &str, output: &Output) -> String {
    let mut story = format!("$ cherryc {args}");
    story.truncate(story.trim_end().len());
    story.push('\n');
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        // Escape sequences are shown, so that the snapshot is text.
        let text = String::from_utf8_lossy(bytes).replace('\u{1b}', "<ESC>");
        if !text.is_empty() {
            let _ = writeln!(story, "--- {name}");
            story.push_str(&text);
            if !text.ends_with('\n') {
                story.push_str("[no newline at the end]\n");
            }
        }
    }
    let code = output.status.code();
    let _ = writeln!(story, "--- exit {}", code.map_or(-1, |code| code));
    story
}

// === What is too long, or no text ===

fn output(args: &[&str]) -> Output {
    feed(program(&root()).args(args), None)
}

fn printed(args: &[&str]) -> String {
    let output = output(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    assert!(output.stderr.is_empty(), "{args:?}");
    String::from_utf8(output.stdout).expect("it prints UTF-8")
}

const COMMANDS: [&str; 10] = [
    "init",
    "check",
    "build",
    "diff",
    "explain",
    "rules",
    "schema",
    "simulate",
    "completions",
    "man",
];

#[test]
fn every_shell_completes_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for command in COMMANDS {
            assert!(script.contains(command), "{shell}: {command}");
        }
        assert!(script.contains("fail-on"), "{shell}");
    }
    // The one shell that is nearly everywhere reads its script.
    let script = printed(&["completions", "bash"]);
    let mut bash = Command::new("bash");
    if bash.arg("-c").arg("exit 0").output().is_ok() {
        let mut bash = Command::new("bash");
        bash.arg("-n");
        let read = feed(&mut bash, Some(script.into_bytes()));
        assert!(read.status.success(), "{read:?}");
    }
}

#[test]
fn manual_pages_exist_for_every_command() {
    let main = printed(&["man"]);
    assert!(main.contains(".TH cherryc 1"), "{main}");
    let dir = tempfile::tempdir().expect("a folder can be made");
    let folder = dir.path().join("man/man1");
    let output = output(&["man", folder.to_str().expect("the path is UTF-8")]);
    assert_eq!(output.status.code(), Some(0));
    let pages = read_tree(&folder);
    assert!(pages.contains_key("cherryc.1"));
    for command in COMMANDS {
        let page = format!("cherryc-{command}.1");
        assert!(pages.contains_key(&page), "{page} is missing");
    }
}

#[test]
fn rules_are_listed_in_three_shapes() {
    let text = printed(&["rules"]);
    let markdown = printed(&["rules", "--format", "markdown"]);
    let json: serde_json::Value =
        serde_json::from_str(&printed(&["rules", "--format", "json"])).expect("it is JSON");
    let listed = json.as_array().expect("a list of rules");
    assert_eq!(listed.len(), cherryc::rules().count());
    assert_eq!(text.lines().count(), listed.len());
    for (rule, listed) in cherryc::rules().zip(listed) {
        assert_eq!(listed["name"], rule.name);
        assert!(text.contains(rule.name) && markdown.contains(rule.name));
        let explained = printed(&["explain", rule.name]);
        let words =
            |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        // Lines are broken anew, as wide as the terminal. A name may be an id of another tool for
        // further rules, which is said below.
        let (said, page) = (words(&explained), words(&cherryc::page(rule)));
        assert_eq!(said[..page.len().min(said.len())], page);
    }
}

#[test]
fn schemas_are_printed() {
    let default = printed(&["schema"]);
    assert_eq!(default, printed(&["schema", "contract"]));
    for (name, schema) in cherryc::schemas() {
        let text = printed(&["schema", name]);
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(value, schema, "{name}");
        assert!(value["$schema"].is_string(), "{name}");
    }
}

#[test]
fn help_fits_into_eighty_columns() {
    let mut pages: Vec<Vec<&str>> = vec![vec!["--help"], vec!["-h"]];
    for command in COMMANDS {
        pages.push(vec![command, "--help"]);
        pages.push(vec![command, "-h"]);
    }
    for page in pages {
        let text = printed(&page);
        for line in text.lines() {
            // A list of possible values is never broken.
            let wide = line.chars().count();
            assert!(
                wide <= 80 || line.contains("possible values"),
                "{page:?} has {wide} columns: {line}"
            );
        }
    }
}

#[test]
fn a_reader_that_went_away_is_no_failure() {
    for args in [
        &["rules", "--format", "markdown"][..],
        &["man"],
        &["schema"],
    ] {
        let mut child = program(&root())
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
        assert!(said.is_empty(), "{args:?}: {said}");
    }
}

/// Findings that nobody could read must not look like none.
#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_said() {
    for args in [&["rules"][..], &["man"], &["completions", "fish"]] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("Linux has it");
        let output = program(&root())
            .args(args)
            .stdout(full)
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.starts_with("error: "), "{said}");
    }
}

/// Nothing is printed about colours or progress where no terminal is.
#[test]
fn no_terminal_no_colours() {
    for args in [&["--help"][..], &["check", "nowhere"], &["rules"]] {
        let output = output(args);
        for bytes in [&output.stdout, &output.stderr] {
            assert!(!bytes.contains(&0x1b), "{args:?}");
        }
    }
}

/// What the README and the page about comparing show of a comparison is what the command prints.
#[test]
fn the_readme_shows_a_real_comparison() {
    for (page, least) in [("README.md", 2), ("docs/diff.md", 1)] {
        let text = fs::read_to_string(root().join(page)).expect("the page is there");
        let mut shown = 0;
        for (at, _) in text.match_indices("```sh\ncherryc diff ") {
            // A command is shown with what it prints, or it is one to be run elsewhere.
            let Some((command, rest)) =
                text[at + "```sh\ncherryc ".len()..].split_once("\n```\n\n```text\n")
            else {
                continue;
            };
            if command.contains('\n') {
                continue;
            }
            let words: Vec<&str> = command.split(' ').collect();
            let output = output(&words);
            assert_eq!(output.status.code(), Some(1), "{page}: {command}");
            let expected = rest.split("```").next().expect("a fence ends");
            assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{page}");
            shown += 1;
        }
        assert!(shown >= least, "{page} shows {shown} comparisons");
    }
}
