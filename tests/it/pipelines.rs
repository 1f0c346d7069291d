//! What others run us by: the hooks of pre-commit, the GitHub Action and the line for GitLab, read
//! from their files and run as their runners do.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_yaml_ng::Value;

use crate::harness::root;

const ORDER: &str = "syntax = \"proto3\";\npackage shop.v1;\nmessage Order {\n  string id = 1;\n  string note = 2;\n}\n";
const CONTRACT: &str =
    "contract: user/v1\nversion: 1.2.0\nendpoints:\n- path: /users/{id}\n  method: GET\n";

const API: &str = "openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0}\npaths:\n  /orders:\n    get:\n      parameters:\n      - {name: limit, in: query, schema: {type: integer, maximum: 500}}\n      responses: {'200': {description: Done}}\n";

/// A repository with one commit, and folders that stand for a runner.
struct Scratch {
    dir: tempfile::TempDir,
}

impl Scratch {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder can be made");
        let scratch = Scratch { dir };
        fs::create_dir(scratch.repo()).expect("it can be made");
        scratch.write("proto/shop/v1/order.proto", ORDER);
        scratch.write("user.cherry.yaml", CONTRACT);
        scratch.write("api/openapi.yaml", API);
        scratch.git(&["init", "-q", "-b", "main"]);
        scratch.commit("first");
        scratch
    }

    fn repo(&self) -> PathBuf {
        self.dir.path().join("repo")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.repo().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }

    /// Takes a field out of the message.
    fn break_it(&self) {
        let without = ORDER.replace("  string note = 2;\n", "");
        self.write("proto/shop/v1/order.proto", &without);
    }

    fn git(&self, args: &[&str]) {
        let out = self.command("git").args(args).output().expect("git runs");
        let error = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "git {args:?}: {error}");
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// A program in the repository, with nothing of this machine's settings; ours is on its path.
    fn command(&self, program: &str) -> Command {
        let ours = Path::new(env!("CARGO_BIN_EXE_cherryc"));
        let folder = ours.parent().expect("it lies in a folder").to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(folder).chain(std::env::split_paths(&path));
        let mut command = Command::new(program);
        command
            .current_dir(self.repo())
            .env_clear()
            .env("PATH", std::env::join_paths(folders).expect("a path"))
            .env("HOME", self.dir.path())
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for name in [
            "AUTHOR_NAME",
            "AUTHOR_EMAIL",
            "COMMITTER_NAME",
            "COMMITTER_EMAIL",
        ] {
            command.env(format!("GIT_{name}"), "a@example.org");
        }
        command
    }

    /// Runs a script as GitHub does for `shell: bash`.
    fn bash(&self, script: &str, env: &[(&str, &str)]) -> (i32, String) {
        let file = self.dir.path().join("step.sh");
        fs::write(&file, script).expect("it can be written");
        let mut command = self.command("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail"]);
        command.arg(file).envs(env.iter().copied());
        told(&command.output().expect("bash runs"))
    }
}

/// The exit code, and what was printed on both streams.
fn told(out: &Output) -> (i32, String) {
    let text = String::from_utf8_lossy(&out.stdout) + String::from_utf8_lossy(&out.stderr);
    (out.status.code().unwrap_or(-1), text.into_owned())
}

fn yaml(text: &str) -> Value {
    serde_yaml_ng::from_str(text).expect("it is YAML")
}

fn file(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("the file is there")
}

fn word(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn list(value: &Value) -> Vec<&Value> {
    value
        .as_sequence()
        .map(|all| all.iter().collect())
        .unwrap_or_default()
}

// === pre-commit ===

#[derive(Debug)]
struct Hook {
    id: String,
    entry: Vec<String>,
    args: Vec<String>,
    files: String,
}

/// The hooks by their ids.
fn hooks() -> BTreeMap<String, Hook> {
    let all = yaml(&file(".pre-commit-hooks.yaml"));
    let hooks = list(&all).into_iter().map(|hook| {
        assert_eq!(hook["language"], "rust", "{hook:?}");
        // One process sees everything that a commit changes.
        assert_eq!(hook["require_serial"], true, "{hook:?}");
        let hook = Hook {
            id: word(&hook["id"]).to_owned(),
            entry: word(&hook["entry"]).split(' ').map(str::to_owned).collect(),
            args: list(&hook["args"])
                .into_iter()
                .map(|arg| word(arg).to_owned())
                .collect(),
            files: word(&hook["files"]).to_owned(),
        };
        (hook.id.clone(), hook)
    });
    hooks.collect()
}

impl Hook {
    /// Runs it as pre-commit does: the entry, the arguments, then files of the commit.
    fn run(&self, scratch: &Scratch, args: Option<&[&str]>, files: &[&str]) -> (i32, String) {
        // These patterns mean the same to Python, which asks them, and to grep.
        let is_meant = |file: &&str| {
            let script = "printf '%s\\n' \"$FILE\" | grep -Eq -e \"$PATTERN\"";
            scratch
                .bash(script, &[("FILE", file), ("PATTERN", &self.files)])
                .0
                == 0
        };
        assert!(files.iter().all(is_meant), "{self:?}");
        let (program, command) = self.entry.split_first().expect("an entry");
        let mut run = scratch.command(program);
        run.args(command);
        match args {
            Some(args) => run.args(args),
            None => run.args(&self.args),
        };
        told(&run.args(files).output().expect("it runs"))
    }
}

#[test]
fn hooks_name_commands_and_flags_that_exist() {
    let scratch = Scratch::new();
    let hooks = hooks();
    assert_eq!(
        hooks.keys().collect::<Vec<_>>(),
        ["cherryc-check", "cherryc-diff"]
    );
    for hook in hooks.values() {
        assert_eq!(hook.entry[0], env!("CARGO_PKG_NAME"));
        let mut run = scratch.command(&hook.entry[0]);
        let (code, help) = told(
            &run.args(&hook.entry[1..])
                .arg("--help")
                .output()
                .expect("it runs"),
        );
        assert_eq!(code, 0, "{help}");
        for flag in hook.args.iter().filter(|arg| arg.starts_with("--")) {
            assert!(help.contains(&format!("{flag} ")), "{flag}\n{help}");
        }
    }
}

#[test]
fn the_diff_hook_stops_a_commit_that_breaks() {
    let scratch = Scratch::new();
    let hook = &hooks()["cherryc-diff"];
    let order = "proto/shop/v1/order.proto";
    scratch.write(
        order,
        &ORDER.replace("note = 2;", "note = 2;\n  string more = 3;"),
    );
    scratch.write(
        "proto/shop/v1/added.proto",
        &ORDER.replace("Order", "Added"),
    );
    let (code, text) = hook.run(&scratch, None, &["proto/shop/v1/added.proto", order]);
    assert_eq!(code, 0, "{text}");
    scratch.break_it();
    let (code, text) = hook.run(&scratch, None, &[order]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("error[field-removed]"), "{text}");
    // A configuration that names another revision replaces the one of the hook.
    scratch.commit("second");
    let (code, text) = hook.run(&scratch, None, &[order]);
    assert_eq!(code, 0, "{text}");
    let (code, text) = hook.run(&scratch, Some(&["--against", "git:HEAD~1"]), &[order]);
    assert_eq!(code, 1, "{text}");
}

/// Whatever a commit changes is told in one report.
#[test]
fn the_diff_hook_takes_documents_and_contracts() {
    let scratch = Scratch::new();
    let hook = &hooks()["cherryc-diff"];
    let (api, contract, order) = (
        "api/openapi.yaml",
        "user.cherry.yaml",
        "proto/shop/v1/order.proto",
    );
    let files = [api, contract, order];
    let (code, text) = hook.run(&scratch, None, &files);
    assert_eq!(code, 0, "{text}");
    scratch.write(api, &API.replace("500", "100"));
    let (code, text) = hook.run(&scratch, None, &[api]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("error[request-range-narrowed]"), "{text}");
    // What a contract promises is compared like the rest of it.
    let limited = format!("{CONTRACT}  rate_limit: \"100r/s per client_ip\"\n");
    scratch.write(contract, &limited);
    scratch.break_it();
    scratch.write(
        "new/shop.asyncapi.json",
        "{\"asyncapi\": \"3.0.0\", \"info\": {\"title\": \"Shop\", \"version\": \"1.0.0\"}}",
    );
    let mut files = files.to_vec();
    files.push("new/shop.asyncapi.json");
    let (code, text) = hook.run(&scratch, None, &files);
    assert_eq!(code, 1, "{text}");
    for said in [
        "error[request-range-narrowed]",
        "error[rate-limit-lowered]",
        "error[field-removed]",
        "info[document-added]",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert_eq!(text.matches("version step").count(), 1, "{text}");
    // An entry of a configuration may say which files are meant; the page names a document so.
    let page = snippets();
    let entries = page.iter().flat_map(|snippet| list(&snippet["repos"]));
    let mut entries = entries.flat_map(|repo| list(&repo["hooks"]));
    let named = entries.find(|entry| entry["files"].is_string());
    let mut own = hooks().remove("cherryc-diff").expect("the hook");
    own.files = word(&named.expect("an entry for documents")["files"]).to_owned();
    scratch.write("api/shop.yaml", API);
    let (code, text) = own.run(&scratch, None, &["api/shop.yaml"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn the_check_hook_stops_a_contract_that_is_wrong() {
    let scratch = Scratch::new();
    let hook = &hooks()["cherryc-check"];
    let (code, text) = hook.run(&scratch, None, &["user.cherry.yaml"]);
    assert_eq!(code, 0, "{text}");
    scratch.write("user.cherry.yaml", &CONTRACT.replace("method", "methud"));
    let (code, text) = hook.run(&scratch, None, &["user.cherry.yaml"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("did you mean `method`?"), "{text}");
}

// === GitHub ===

#[derive(Debug)]
struct Action {
    inputs: BTreeMap<String, String>,
    /// By name, the environment and the script.
    steps: BTreeMap<String, (BTreeMap<String, String>, String)>,
}

impl Action {
    fn read() -> Self {
        let action = yaml(&file("action.yml"));
        assert_eq!(action["runs"]["using"], "composite");
        let mapping = |value: &Value| -> BTreeMap<String, Value> {
            let entries = value.as_mapping().expect("a mapping");
            let entries = entries.iter();
            entries
                .map(|(key, value)| (word(key).to_owned(), value.clone()))
                .collect()
        };
        let inputs = mapping(&action["inputs"]).into_iter();
        let steps = list(&action["runs"]["steps"]).into_iter().map(|step| {
            assert_eq!(step["shell"], "bash", "a composite step says its shell");
            let env = mapping(&step["env"]).into_iter();
            let env = env.map(|(key, value)| (key, word(&value).to_owned()));
            (
                word(&step["name"]).to_owned(),
                (env.collect(), word(&step["run"]).to_owned()),
            )
        });
        Action {
            inputs: inputs
                .map(|(key, value)| (key, word(&value["default"]).to_owned()))
                .collect(),
            steps: steps.collect(),
        }
    }

    /// Runs a step with the environment that a runner makes of inputs and of what it knows.
    fn step(&self, scratch: &Scratch, name: &str, known: &[(&str, &str)]) -> (i32, String) {
        let (env, script) = &self.steps[name];
        let value = |expression: &str| {
            let said = known.iter().find(|(name, _)| *name == expression);
            let input = expression
                .strip_prefix("inputs.")
                .map(|name| self.inputs[name].as_str());
            said.map(|(_, value)| *value)
                .or(input)
                .unwrap_or_default()
                .to_owned()
        };
        let mut env: Vec<(&str, String)> = env
            .iter()
            .map(|(key, text)| {
                let inner = text
                    .strip_prefix("${{ ")
                    .and_then(|text| text.strip_suffix(" }}"));
                (
                    key.as_str(),
                    value(inner.unwrap_or_else(|| panic!("`{text}`"))),
                )
            })
            .collect();
        let summary = scratch.dir.path().join("summary.md");
        env.push(("GITHUB_STEP_SUMMARY", summary.display().to_string()));
        let env: Vec<(&str, &str)> = env
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .collect();
        scratch.bash(script, &env)
    }
}

/// What the action wrote for people; the next step begins a new one.
fn summary(scratch: &Scratch) -> String {
    let path = scratch.dir.path().join("summary.md");
    let text = fs::read_to_string(&path).unwrap_or_default();
    fs::write(&path, "").expect("it can be written");
    text
}

#[test]
fn every_input_of_the_action_is_read_and_nothing_else() {
    let action = Action::read();
    let mut read = Vec::new();
    for (env, script) in action.steps.values() {
        assert!(
            !script.contains("${{"),
            "values come through the environment\n{script}"
        );
        read.extend(env.values().filter_map(|text| {
            let name = text.strip_prefix("${{ inputs.")?.strip_suffix(" }}")?;
            Some(name.to_owned())
        }));
        for name in env.keys() {
            assert!(script.contains(&format!("${name}")), "nothing reads {name}");
        }
    }
    read.sort();
    assert_eq!(read, action.inputs.keys().cloned().collect::<Vec<_>>());
}

#[test]
fn the_action_annotates_and_sums_up() {
    let scratch = Scratch::new();
    let action = Action::read();
    scratch.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    scratch.break_it();
    scratch.commit("second");
    let annotation = "::error file=proto/shop/v1/order.proto,line=3,";
    let zeros = "0".repeat(40);
    for (case, known) in [
        ("a pull request", &[("github.base_ref", "main")][..]),
        ("a push", &[("github.event.before", "HEAD~1")]),
        ("a new branch", &[("github.event.before", zeros.as_str())]),
        ("anything else", &[]),
        (
            "named",
            &[("inputs.against", "git:HEAD~1"), ("inputs.path", "proto")],
        ),
        (
            "lines of flags",
            &[("inputs.args", "--strictness\nsource\n--fail-on warning\n")],
        ),
    ] {
        let (code, text) = action.step(&scratch, "Compare", known);
        assert_eq!(code, 1, "{case}: {text}");
        assert!(text.contains(annotation), "{case}: {text}");
        let summary = summary(&scratch);
        assert!(summary.contains("field-removed"), "{case}: {summary}");
    }
    // A document is a path like any other.
    scratch.write("api/openapi.yaml", &API.replace("500", "100"));
    scratch.commit("third");
    let document = [("inputs.path", "api/openapi.yaml")];
    let (code, text) = action.step(&scratch, "Compare", &document);
    assert_eq!(code, 1, "{text}");
    assert!(
        text.contains("::error file=api/openapi.yaml,line=7,"),
        "{text}"
    );
    let told = summary(&scratch);
    assert!(told.contains("request-range-narrowed"), "{told}");
    scratch.git(&["reset", "-q", "--hard", "HEAD~1"]);
    // What the flags leave out breaks nothing, and the summary agrees.
    for args in [
        "--except field-removed",
        "--strictness source\n--fail-on never",
    ] {
        let (code, text) = action.step(&scratch, "Compare", &[("inputs.args", args)]);
        assert_eq!(code, 0, "{args}: {text}");
        assert!(!summary(&scratch).is_empty(), "{args}");
    }
    // Without a verdict there is no summary, and the job fails for this reason.
    let missing = [("inputs.against", "git:origin/gone")];
    let (code, text) = action.step(&scratch, "Compare", &missing);
    assert_eq!((code, summary(&scratch)), (2, String::new()), "{text}");
    assert!(
        text.contains("revision `origin/gone` is not in this repository"),
        "{text}"
    );
}

#[test]
fn the_action_installs_what_it_belongs_to_unless_it_is_there() {
    let scratch = Scratch::new();
    let action = Action::read();
    let (code, text) = action.step(&scratch, "Install cherryc", &[]);
    assert_eq!((code, text.as_str()), (0, ""), "it is on the path");
    // A machine without it, whose `cargo` says what it was asked for.
    let bin = scratch.dir.path().join("bin");
    fs::create_dir(&bin).expect("it can be made");
    let cargo = bin.join("cargo");
    fs::write(&cargo, "#!/bin/sh\necho cargo \"$@\"\n").expect("it can be written");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("it can be run");
    let (env, script) = &action.steps["Install cherryc"];
    assert_eq!(env["ACTION"], "${{ github.action_path }}");
    for (version, expected) in [
        ("", "cargo install --locked --bin cherryc --path /action\n"),
        ("1.2.3", "cargo install --locked cherryc --version 1.2.3\n"),
    ] {
        let bin = bin.display().to_string();
        let env = [
            ("VERSION", version),
            ("ACTION", "/action"),
            ("PATH", bin.as_str()),
        ];
        let bash = which("bash");
        let mut run = Command::new(bash);
        run.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .env_clear()
            .envs(env);
        assert_eq!(
            told(&run.output().expect("bash runs")),
            (0, expected.to_owned())
        );
    }
    let manifest = file("Cargo.toml");
    assert!(
        manifest.contains("[[bin]]\nname = \"cherryc\"\n"),
        "the binary is called so"
    );
}

/// Where a program lies.
fn which(program: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found = std::env::split_paths(&path).map(|folder| folder.join(program));
    found
        .find(|path| path.is_file())
        .expect("the program is there")
}

// === What the page says ===

/// The blocks of YAML on the page about comparing.
fn snippets() -> Vec<Value> {
    let page = file("docs/diff.md");
    let blocks = page.split("```yaml\n").skip(1);
    blocks
        .map(|rest| yaml(rest.split("```").next().expect("a block ends")))
        .collect()
}

#[test]
fn the_page_names_hooks_and_inputs_that_exist() {
    let (mut ids, mut inputs) = (Vec::new(), Vec::new());
    for snippet in snippets() {
        for repo in list(&snippet["repos"]) {
            ids.extend(
                list(&repo["hooks"])
                    .into_iter()
                    .map(|hook| word(&hook["id"]).to_owned()),
            );
        }
        for step in list(&snippet) {
            if word(&step["uses"]).contains("/cherryc@") {
                let with = step["with"].as_mapping().expect("inputs");
                inputs.extend(with.keys().map(|key| word(key).to_owned()));
            }
        }
    }
    // An id stands there once per entry that it takes.
    ids.dedup();
    assert_eq!(ids, hooks().into_keys().collect::<Vec<_>>());
    let known = Action::read().inputs;
    assert!(
        !inputs.is_empty() && inputs.iter().all(|name| known.contains_key(name)),
        "{inputs:?}"
    );
}

#[test]
fn the_line_for_gitlab_runs() {
    let snippets = snippets();
    let job = snippets
        .iter()
        .find(|snippet| snippet["proto"].is_mapping())
        .expect("the job");
    let script = word(&job["proto"]["script"]);
    let report = word(&job["proto"]["artifacts"]["reports"]["codequality"]);
    let scratch = Scratch::new();
    scratch.git(&["remote", "add", "origin", "."]);
    scratch.git(&["switch", "-q", "-c", "change"]);
    scratch.break_it();
    let target = [("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")];
    let (code, text) = scratch.bash(script, &target);
    assert_eq!(code, 1, "{text}");
    let found = fs::read_to_string(scratch.repo().join(report)).expect("the report is written");
    let found: Vec<serde_json::Value> = serde_json::from_str(&found).expect("it is JSON");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["location"]["path"], "proto/shop/v1/order.proto");
    scratch.git(&["checkout", "-q", "--", "."]);
    let (code, text) = scratch.bash(script, &target);
    assert_eq!(code, 0, "{text}");
}
