//! Sides of comparisons that are more than one document, over real repositories and folders.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::diff::{cherryc, git, run};

const API: &str = "openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0}\npaths:\n  /orders:\n    get:\n      parameters:\n      - {name: limit, in: query, schema: {type: integer, maximum: 500}}\n      responses: {'200': {description: Done}}\n";

const CONTRACT: &str = "contract: shop/v1\nversion: 1.0.0\nimports:\n  api: {openapi: ./openapi.yaml}\nendpoints:\n- path: /orders\n  method: GET\n";

const SCHEMA: &str = "$schema: https://json-schema.org/draft/2020-12/schema\nproperties:\n";

fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn commit(dir: &Path, tag: &str) {
    git(dir, &["add", "-A"]);
    git(dir, &["commit", "-q", "-m", tag]);
    git(dir, &["tag", tag]);
}

fn repository() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder can be made");
    git(dir.path(), &["init", "-q", "-b", "main"]);
    dir
}

/// The exit code and the report of a command with `--format json`.
fn report(dir: &Path, args: &[&str]) -> (i32, Value) {
    let args: Vec<&str> = args.iter().copied().chain(["--format", "json"]).collect();
    let out = run(env!("CARGO_BIN_EXE_cherryc"), dir, &args);
    let text = String::from_utf8_lossy(&out.stdout);
    let report = serde_json::from_str(&text).unwrap_or_else(|error| {
        panic!(
            "{args:?}: {error}\n{text}{}",
            String::from_utf8_lossy(&out.stderr)
        )
    });
    (out.status.code().unwrap_or(-1), report)
}

/// Rule and place of each finding.
fn rules(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array();
    let findings = findings.unwrap_or_else(|| panic!("there is no verdict: {report}"));
    findings
        .iter()
        .map(|finding| {
            let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let place = match finding["location"].is_object() {
                true => &finding["location"],
                false => &finding["old_location"],
            };
            format!("{} {}", word(&finding["rule"]), word(&place["path"]))
        })
        .collect()
}

#[test]
fn folders_are_compared_with_revisions() {
    let dir = repository();
    let dir = dir.path();
    write(dir, "api/openapi.yaml", API);
    write(dir, "api/gone.yaml", &API.replace("Shop", "Gone"));
    write(dir, "api/shop.cherry.yaml", CONTRACT);
    write(dir, "api/package.json", "{\"name\": \"x\"}");
    write(
        dir,
        "api/a.proto",
        "syntax = \"proto3\";\npackage a;\nmessage A {\n  string b = 1;\n}\n",
    );
    commit(dir, "v1");
    fs::remove_file(dir.join("api/gone.yaml")).expect("it is there");
    write(dir, "api/openapi.yaml", &API.replace("500", "100"));
    write(
        dir,
        "api/a.proto",
        "syntax = \"proto3\";\npackage a;\nmessage A {\n}\n",
    );
    let expected = [
        "document-removed gone.yaml",
        "document-version-step openapi.yaml",
        "field-removed a.proto",
        "request-range-narrowed openapi.yaml",
        "version-step shop.cherry.yaml",
    ];
    let sorted = |report: &Value| {
        let mut rules = rules(report);
        rules.sort();
        rules
    };
    for args in [
        &["diff", "api"][..],
        &["diff", "api", "--against", "git:v1"],
        &["diff", "git:v1:api", "api"],
        &["diff", "git:v1:api", "dir:api"],
    ] {
        let (code, report) = report(dir, args);
        assert_eq!(code, 1, "{args:?}\n{report:#}");
        assert_eq!(sorted(&report), expected, "{args:?}");
        assert_eq!(report["summary"]["bump"], "major");
    }
    let (code, ignored) = report(
        dir,
        &[
            "diff",
            "api",
            "--ignore",
            "openapi.yaml",
            "--ignore",
            "gone.yaml",
            "--except",
            "field-*",
        ],
    );
    assert_eq!(code, 0, "{ignored:#}");
    commit(dir, "v2");
    let (code, report) = report(dir, &["diff", "git:v1", "git:v2"]);
    assert_eq!(code, 1, "{report:#}");
    assert_eq!(rules(&report).len(), expected.len());
}

/// What a revision does not have yet is new, whatever it is, and alone or among others.
#[test]
fn what_a_revision_does_not_have_is_new() {
    let dir = repository();
    let dir = dir.path();
    write(dir, "openapi.yaml", API);
    commit(dir, "v1");
    write(dir, "shop.cherry.yaml", CONTRACT);
    write(dir, "more.openapi.yaml", API);
    for path in ["shop.cherry.yaml", "more.openapi.yaml"] {
        let (code, text) = cherryc(dir, &["diff", path, "--against", "git:HEAD"]);
        assert_eq!(code, 0, "{text}");
        let words = text.split_whitespace().filter(|word| *word != "│");
        let text = words.collect::<Vec<_>>().join(" ");
        let said = "is not in `git:HEAD`: it is new, there is nothing to compare";
        assert!(
            text.contains("info[document-added]") && text.contains(said),
            "{text}"
        );
    }
    write(dir, "openapi.yaml", &API.replace("500", "100"));
    let files = ["openapi.yaml", "shop.cherry.yaml", "more.openapi.yaml"];
    let (code, report) = report(
        dir,
        &[&["diff", "--against", "git:HEAD"][..], &files].concat(),
    );
    assert_eq!(code, 1, "{report:#}");
    assert_eq!(
        rules(&report),
        [
            "document-added shop.cherry.yaml",
            "document-version-step openapi.yaml",
            "request-range-narrowed openapi.yaml",
            "document-added more.openapi.yaml",
        ]
    );
    // A path that somebody wrote is no place where a file may be missing.
    let (code, text) = cherryc(
        dir,
        &["diff", "git:v1:shop.cherry.yaml", "shop.cherry.yaml"],
    );
    assert_eq!(code, 2, "{text}");
    // A new file that is broken is not new, but broken.
    write(dir, "broken.openapi.yaml", "openapi: 3.1.0\n");
    let (code, text) = cherryc(dir, &["diff", "broken.openapi.yaml"]);
    assert_eq!(code, 2, "{text}");
}

/// Every version counts under a transitive mode, in the order of their numbers.
#[test]
fn histories_are_files_folders_and_tags() {
    let dir = repository();
    let dir = dir.path();
    let number = format!("{SCHEMA}  b: {{type: integer}}\n");
    let none = format!("{SCHEMA}  c: {{type: object}}\n");
    let text = format!("{SCHEMA}  b: {{type: string}}\n");
    for (folder, names) in [
        ("files", ["v1.2.yaml", "v1.10.yaml"]),
        ("named", ["s-1.2.0.yaml", "s-1.10.0.yaml"]),
        ("folders", ["1.2.0/s.yaml", "1.10.0/s.yaml"]),
        ("others", ["1.2.0/old.yaml", "1.10.0/new.yaml"]),
    ] {
        write(dir, &format!("{folder}/{}", names[0]), &number);
        write(dir, &format!("{folder}/{}", names[1]), &none);
        // No versions, whatever they hold.
        write(dir, &format!("{folder}/notes.yaml"), "a: 1\n");
        write(dir, &format!("{folder}/docs/s.yaml"), &number);
        // One that lacks it.
        write(dir, &format!("{folder}/1.0.0/README.md"), "");
    }
    write(dir, "empty/README.md", "");
    write(dir, "s.yaml", &number);
    commit(dir, "v1.2.0");
    write(dir, "s.yaml", &none);
    commit(dir, "v1.10.0");
    write(dir, "s.yaml", &text);
    for against in [
        "dir:files",
        "dir:named",
        "dir:folders",
        "dir:others",
        "git:v*",
    ] {
        let args = ["diff", "s.yaml", "--against", against];
        let (code, last) = report(dir, &args);
        assert_eq!(code, 0, "{against}\n{last:#}");
        let all = [&args[..], &["--mode", "backward_transitive"]].concat();
        let (code, text) = cherryc(dir, &all);
        assert_eq!(code, 1, "{against}\n{text}");
        assert!(
            text.contains("1.2") && !text.contains("1.0.0"),
            "{against}\n{text}"
        );
    }
    for (against, said) in [
        (
            "dir:empty",
            "`empty` holds no version: a file such as `1.0.0-s.yaml`",
        ),
        ("git:w*", "no tag matches `w*`"),
    ] {
        let (code, text) = cherryc(dir, &["diff", "s.yaml", "--against", against]);
        assert_eq!(code, 2, "{text}");
        assert!(text.contains(said), "{text}");
    }
}

/// A folder of folders that are versions is the history of a folder.
#[test]
fn folders_have_histories() {
    let dir = repository();
    let dir = dir.path();
    for (version, maximum) in [("1.2.0", "500"), ("1.10.0", "100")] {
        write(
            dir,
            &format!("versions/{version}/openapi.yaml"),
            &API.replace("500", maximum),
        );
        write(
            dir,
            &format!("versions/{version}/shop.cherry.yaml"),
            CONTRACT,
        );
    }
    write(dir, "api/openapi.yaml", &API.replace("500", "100"));
    write(dir, "api/shop.cherry.yaml", CONTRACT);
    let args = ["diff", "api", "--against", "dir:versions"];
    let (code, last) = report(dir, &args);
    assert_eq!(code, 0, "{last:#}");
    assert_eq!(rules(&last), [""; 0]);
    let (code, all) = report(
        dir,
        &[&args[..], &["--mode", "backward_transitive"]].concat(),
    );
    assert_eq!(code, 1, "{all:#}");
    assert!(
        rules(&all).contains(&"request-range-narrowed openapi.yaml".to_owned()),
        "{all:#}"
    );
}

/// What a build says and what its contracts break is one document.
#[test]
fn a_build_with_a_comparison_prints_one_document() {
    let dir = repository();
    let dir = dir.path();
    write(dir, "openapi.yaml", API);
    write(dir, "shop.cherry.yaml", CONTRACT);
    let other = "contract: other/v1\nversion: 1.0.0\nendpoints:\n- path: /other\n  method: GET\n";
    write(dir, "other.cherry.yaml", other);
    let waiver = "[[waiver]]\nrule = \"norway-value\"\npath = \"other.cherry.yaml\"\nowner = \"a\"\nreason = \"b\"\nuntil = \"2020-06-30\"\n";
    write(dir, "cherry.waivers.toml", waiver);
    commit(dir, "v1");
    let build = ["build", "--emit", "envoy", "--against", "git:v1"];
    let (code, equal) = report(dir, &build);
    assert_eq!(code, 0, "{equal:#}");
    assert_eq!(equal["summary"]["bump"], "none", "{equal:#}");
    write(dir, "openapi.yaml", &API.replace("500", "100"));
    write(
        dir,
        "other.cherry.yaml",
        &format!("{other}  rate_limit: \"5r/s per client_ip\"\n"),
    );
    let (code, broken) = report(dir, &build);
    assert_eq!(code, 1, "{broken:#}");
    let found = rules(&broken);
    for rule in [
        "request-range-narrowed openapi.yaml",
        "rate-limit-lowered other.cherry.yaml",
        "version-step shop.cherry.yaml",
        "version-step other.cherry.yaml",
    ] {
        assert!(found.contains(&rule.to_owned()), "{rule}\n{found:?}");
    }
    // The build says it, and it is about no comparison.
    let over = found
        .iter()
        .filter(|rule| rule.starts_with("waiver-expired"));
    assert_eq!(over.count(), 1, "{found:?}");
    assert_eq!(broken["summary"]["bump"], "major", "{broken:#}");
    for format in ["sarif", "gitlab"] {
        let out = run(
            env!("CARGO_BIN_EXE_cherryc"),
            dir,
            &[&build[..], &["--format", format]].concat(),
        );
        let text = String::from_utf8_lossy(&out.stdout);
        assert!(
            serde_json::from_str::<Value>(&text).is_ok(),
            "{format}\n{text}"
        );
    }
    // What does not build is not compared.
    write(dir, "shop.cherry.yaml", "contract: [\n");
    let (code, wrong) = report(dir, &build);
    assert_eq!(code, 2, "{wrong:#}");
    assert!(wrong["summary"].get("bump").is_none(), "{wrong:#}");
}
