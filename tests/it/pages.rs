//! Every rule's page is an explanation and a test: what it says breaks does, with the message it
//! shows, and what it says stays valid does.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use cherryc::{Category, MemoryFs, Rule, Severity, named, rules, rules_markdown};

use crate::harness::{Outcome, blessing, difference, expect_file, memory, read_tree, root, run};

/// The sections of a page, in this order.
const SECTIONS: [&str; 5] = [
    "What it means",
    "Why it hurts",
    "Breaks",
    "Stays valid",
    "Waive it",
];

/// Pages whose `Breaks` tells what to do instead of showing files, and why it must.
const TOLD: [(&str, &str); 3] = [
    (
        "artifact-edited",
        "it takes a build, an edit, and another build",
    ),
    ("output-stale", "it takes a build and a change of mind"),
    (
        "output-unwritable",
        "it takes a disk that refuses; memory takes everything",
    ),
];

/// What pages of comparison rules say besides, in front of how to waive them.
const DIFFERS: [&str; 2] = ["Differs from buf", "Differs from oasdiff"];

/// Rules that never come alone, those that come with them, and why.
const BESIDE: [(&str, &[&str], &str); 16] = [
    (
        "avro-value-altered",
        &["avro-type-changed"],
        "what is promoted one way is refused the other way",
    ),
    (
        "breaker-tightened",
        &["version-step"],
        "within one major no version makes the step that it asks for",
    ),
    (
        "import-removed",
        &["version-step"],
        "within one major no version makes the step that it asks for",
    ),
    (
        "event-payload-replaced",
        &["import-removed", "import-added"],
        "another language is another import",
    ),
    (
        "rate-limit-lowered",
        &["version-step"],
        "within one major no version makes the step that it asks for",
    ),
    (
        "timeout-shortened",
        &["version-step"],
        "within one major no version makes the step that it asks for",
    ),
    (
        "unlisted-rejected",
        &["version-step"],
        "within one major no version makes the step that it asks for",
    ),
    (
        "version-step",
        &["retry-raised"],
        "a step is asked for by a change",
    ),
    (
        "encoding-option-changed",
        &["generated-code-changed"],
        "one feature decides for all languages, and Java has one of its own that follows it",
    ),
    (
        "oneof-removed",
        &["field-oneof-changed"],
        "a oneof has members, and they leave it",
    ),
    (
        "package-changed",
        &["package-removed"],
        "the only file of a package takes it along",
    ),
    (
        "package-removed",
        &["file-removed"],
        "a package goes with its last file",
    ),
    (
        "required-field-added",
        &["field-added"],
        "what is required and new is new",
    ),
    (
        "required-field-removed",
        &["field-removed"],
        "what was required and is gone is gone",
    ),
    (
        "syntax-changed",
        &["enum-openness-changed"],
        "what follows from it is reported where it shows",
    ),
    (
        "document-version-step",
        &["operation-removed"],
        "it is told beside what breaks",
    ),
];

/// Path of a contract whose fence names none.
const CONTRACT: &str = "user.cherry.yaml";

/// Path of a schema file whose fence names none.
const PROTO: &str = "api.proto";

/// Path of a document of a release whose fence names none.
const DOCUMENT: &str = "api.yaml";

/// One example of a page: files, the command that is run on them, and what it reports.
#[derive(Debug, Default)]
pub(crate) struct Example<'p> {
    /// The command, without the program's name.
    pub(crate) command: Option<&'p str>,
    /// Files by path.
    pub(crate) files: BTreeMap<String, &'p str>,
    /// The report fence.
    report: Option<&'p str>,
}

impl Example<'_> {
    fn workspace(&self) -> MemoryFs {
        memory(&self.files)
    }

    fn run(&self) -> Outcome {
        let has = |is: fn(&str) -> bool| self.files.keys().any(|path| is(path));
        let of_release = |path: &&String| path.starts_with("new/") && !path.ends_with(".proto");
        let of_contract = |path: &&String| of_release(path) && path.ends_with(".cherry.yaml");
        // A contract is compared with the documents that lie beside it.
        let document =
            (self.files.keys().find(of_contract)).or_else(|| self.files.keys().find(of_release));
        let documents = document.map(|new| format!("diff old/{} {new}", &new["new/".len()..]));
        let usual = if let Some(documents) = &documents {
            documents
        } else if has(|path| path.starts_with("new/")) {
            "diff old new"
        } else if has(|path| path.ends_with(".proto")) {
            // Schema files are read to be compared; what is wrong with one shows at once.
            "diff . ."
        } else {
            "check"
        };
        run(&self.workspace(), self.command.unwrap_or(usual))
    }
}

/// The text of a section, without its heading.
fn section<'p>(page: &'p str, name: &str) -> Option<&'p str> {
    let body = page.split_once(&format!("\n## {name}\n"))?.1;
    Some(body.split("\n## ").next().unwrap_or(body))
}

/// The examples of a section. A file whose path is taken begins the next example, and so does
/// everything behind a report. `proto old` and `proto new` are files of two releases, and so are
/// `yaml old` and `yaml new`.
pub(crate) fn examples<'p>(page: &'p str, name: &str) -> Vec<Example<'p>> {
    let mut examples: Vec<Example<'p>> = Vec::new();
    let mut command = None;
    let mut rest = section(page, name).unwrap_or_default();
    while let Some((line, after)) = rest.split_once('\n') {
        rest = after;
        if let Some(named) = line.strip_prefix("`cherryc ") {
            command = Some(named.trim_end_matches('`'));
        }
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let end = match rest.starts_with("```") {
            true => 0,
            false => rest.find("\n```").expect("every fence ends") + 1,
        };
        let text = &rest[..end];
        rest = &rest[end + 3..];
        let (language, path) = info.split_once(' ').unwrap_or((info, CONTRACT));
        let usual = if language == "proto" { PROTO } else { DOCUMENT };
        let path = match path.split_once(' ').unwrap_or((path, usual)) {
            (release @ ("old" | "new"), path) => format!("{release}/{path}"),
            _ => path.to_owned(),
        };
        let is_full = examples.last().is_none_or(|example| {
            let is_next = path.starts_with("old/")
                && example.files.keys().any(|taken| taken.starts_with("new/"));
            let is_taken = example.files.contains_key(&path);
            example.report.is_some() || (language != "report" && (is_taken || is_next))
        });
        if is_full {
            examples.push(Example {
                command: command.take(),
                ..Example::default()
            });
        }
        let example = examples.last_mut().expect("one was just pushed");
        match language {
            "report" => example.report = Some(text),
            "yaml" | "json" | "toml" | "proto" => {
                example.files.insert(path, text);
            }
            other => panic!("a fence `{other}` in {name}"),
        }
    }
    examples
}

/// What is wrong with a page; nothing when it tells the truth. The page is changed under `BLESS=1`.
fn judge(rule: &Rule, page: &mut String, problems: &mut String) {
    let mut problem = |text: std::fmt::Arguments<'_>| {
        let _ = writeln!(problems, "{}: {text}", rule.name);
    };
    let before = page.clone();
    if before.lines().next() != Some(&format!("# {}", rule.name)) {
        problem(format_args!("the heading is not the name of the rule"));
    }
    let headings: Vec<&str> = before
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    let is_told = TOLD.iter().any(|(name, _)| *name == rule.name);
    let compares = rule.category == Category::Compat;
    let mut wanted: Vec<&str> = SECTIONS
        .into_iter()
        .filter(|section| !is_told || *section != "Stays valid" || headings.contains(section))
        .collect();
    for differs in DIFFERS {
        if compares && headings.contains(&differs) {
            wanted.insert(wanted.len() - 1, differs);
        }
    }
    if headings != wanted {
        problem(format_args!("its sections are {headings:?}"));
    }
    for name in &headings {
        if section(&before, name).is_none_or(|body| body.trim().is_empty()) {
            problem(format_args!("`{name}` is empty"));
        }
    }
    let breaking = examples(&before, "Breaks");
    if breaking.is_empty() != is_told {
        problem(format_args!("`Breaks` shows {} examples", breaking.len()));
    }
    let mut reports = Vec::new();
    for example in &breaking {
        let outcome = example.run();
        let spoke = outcome.rules();
        let beside = BESIDE.iter().find(|(name, _, _)| *name == rule.name);
        let beside = beside.map_or(&[][..], |(_, others, _)| *others);
        let is_strange = |name: &&str| *name != rule.name && !beside.contains(name);
        if !spoke.contains(&rule.name) || spoke.iter().any(is_strange) {
            let text = outcome.text();
            problem(format_args!(
                "an example of `Breaks` reports {spoke:?}\n{text}"
            ));
        }
        match example.report {
            None => problem(format_args!("an example of `Breaks` has no report")),
            Some(report) => {
                let text = outcome.text();
                if let Some(difference) = difference(Some(report.as_bytes()), text.as_bytes())
                    && !blessing()
                {
                    problem(format_args!("the report: {difference}"));
                }
                reports.push(text);
            }
        }
    }
    for example in examples(&before, "Stays valid") {
        let outcome = example.run();
        // What two releases differ in is always told; what nobody is hurt by is a remark.
        let hurts = |severity: Severity| !compares || severity > Severity::Info;
        let mut findings = outcome.report.findings.iter();
        if findings.any(|finding| hurts(finding.severity())) {
            let text = outcome.text();
            problem(format_args!(
                "an example of `Stays valid` is reported\n{text}"
            ));
        }
    }
    if blessing() {
        *page = with_reports(&before, &reports);
    }
}

/// The page with the texts of its report fences replaced, in order.
fn with_reports(page: &str, reports: &[String]) -> String {
    let mut out = String::new();
    let mut reports = reports.iter();
    let mut inside = false;
    for line in page.split_inclusive('\n') {
        if inside && line.trim_end() != "```" {
            continue;
        }
        inside = false;
        out.push_str(line);
        if line.trim_end() == "```report"
            && let Some(report) = reports.next()
        {
            out.push_str(report);
            inside = true;
        }
    }
    out
}

#[test]
fn every_page_tells_the_truth() {
    let pages: Vec<(String, Vec<u8>)> = read_tree(&root().join("src"))
        .into_iter()
        .filter(|(path, _)| path.contains("/rules/") && path.ends_with(".md"))
        .collect();
    let mut problems = String::new();
    let mut unclaimed: Vec<&String> = pages.iter().map(|(path, _)| path).collect();
    for rule in rules() {
        let Some((path, _)) = pages
            .iter()
            .find(|(_, bytes)| bytes == rule.page.as_bytes())
        else {
            let _ = writeln!(problems, "{}: its page is no file of a floor", rule.name);
            continue;
        };
        unclaimed.retain(|other| *other != path);
        let mut page = rule.page.to_owned();
        judge(rule, &mut page, &mut problems);
        if page != rule.page {
            fs::write(root().join("src").join(path), page).expect("a page can be written");
        }
    }
    for path in unclaimed {
        let _ = writeln!(problems, "src/{path}: the page of no rule");
    }
    assert!(
        problems.is_empty(),
        "\n{problems}\n`BLESS=1 cargo test` rewrites the reports; read the difference\n"
    );
}

#[test]
fn names_are_unique_and_kebab_case() {
    let mut seen: Vec<&str> = Vec::new();
    for rule in rules() {
        let words = rule.name.split('-');
        let is_kebab = words.into_iter().all(|word| {
            let letters = word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
            !word.is_empty() && letters
        });
        assert!(is_kebab, "{}", rule.name);
        assert!(
            !seen.contains(&rule.name),
            "two rules are called {}",
            rule.name
        );
        // Another tool may tell apart less: its id names each of ours.
        assert!(
            rule.peers.iter().all(|peer| peer.contains(':')),
            "{}",
            rule.name
        );
        seen.push(rule.name);
        let sentence = rule.summary.ends_with('.') && rule.summary.trim() == rule.summary;
        assert!(sentence, "{}: {:?}", rule.name, rule.summary);
    }
}

/// Rules of the reference, as it lists them.
const REFERENCE_RULES: &str = "fixtures/compat/buf-rules-v2.json";

#[test]
fn every_rule_of_the_reference_has_a_page() {
    let text = fs::read_to_string(root().join(REFERENCE_RULES)).expect("the list is there");
    let listed: Vec<serde_json::Value> = serde_json::from_str(&text).expect("the list is JSON");
    let live: Vec<&str> = listed
        .iter()
        .filter(|rule| rule["deprecated"] == false)
        .map(|rule| rule["id"].as_str().expect("rules have ids"))
        .collect();
    assert!(live.len() > 60, "{} rules", live.len());
    for id in &live {
        assert!(named(id).next().is_some(), "nothing stands for {id}");
        assert!(named(&format!("buf:{id}")).next().is_some(), "{id}");
    }
    for rule in rules() {
        let ids = rule
            .peers
            .iter()
            .filter_map(|peer| peer.strip_prefix("buf:"));
        for id in ids {
            assert!(live.contains(&id), "{}: there is no {id}", rule.name);
        }
    }
}

#[test]
fn every_rule_is_reported_by_something() {
    let source: String = read_tree(&root().join("src"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(_, bytes)| String::from_utf8(bytes).expect("sources are UTF-8"))
        .collect();
    for rule in rules() {
        // Once where it is declared, once in the list of its floor, and once more in use.
        let name = rule.name.replace('-', "_").to_uppercase();
        let is_word = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        };
        let uses = source.match_indices(&name).filter(|(at, _)| {
            let bytes = source.as_bytes();
            !is_word(at.checked_sub(1).and_then(|before| bytes.get(before)))
                && !is_word(bytes.get(at + name.len()))
        });
        assert!(uses.count() > 2, "nothing reports {}", rule.name);
    }
}

#[test]
fn the_reference_is_fresh() {
    // Made from the pages that are compiled in: after they were rewritten, a second run rewrites it.
    expect_file("docs/rules.md", rules_markdown().as_bytes());
}
