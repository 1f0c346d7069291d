//! Folders and lists of files in memory.

use crate::diag::{Bump, Format, RenderOptions, Severity};
use crate::driver::Compiler;
use crate::driver::diff::tests::{ONE, TWO, compare, json, side, told, workspace};
use crate::driver::diff::{Compared, DiffChoices, Mode};
use crate::text::RelPath;

mod messages;

const DOCUMENT: &str = "openapi: 3.1.0\ninfo: {title: T, version: 1.0.0}\npaths:\n  /a:\n    get:\n      responses: {'200': {description: Done}}\n";

/// A document with this title and this path.
fn calls(title: &str, path: &str) -> String {
    let titled = DOCUMENT.replace("title: T", &format!("title: {title}"));
    titled.replace("/a:", &format!("{path}:"))
}

/// The document with a call that asks for more.
fn stricter() -> String {
    let parameter =
        "      parameters: [{name: q, in: query, required: true, schema: {type: string}}]\n";
    DOCUMENT.replace("    get:\n", &format!("    get:\n{parameter}"))
}

/// A document whose one call takes a body that another file describes.
fn taking(part: &str) -> String {
    let body = format!(
        "    post:\n      requestBody:\n        content: {{application/json: {{schema: {{$ref: '{part}'}}}}}}\n      responses: {{'200': {{description: Done}}}}\n"
    );
    format!("openapi: 3.1.0\ninfo: {{title: Takes, version: 1.0.0}}\npaths:\n  /b:\n{body}")
}

fn schema(ty: &str, more: &str) -> String {
    format!(
        "{{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", {more}\"type\": \"{ty}\"}}"
    )
}

fn contract(name: &str, imports: &str) -> String {
    format!("contract: {name}\nversion: 1.0.0\n{imports}endpoints:\n- path: /a\n  method: GET\n")
}

const IMPORTS: &str = "imports:\n  api: {openapi: ./api.yaml}\n";

/// What is told, without what only repeats it.
fn said(compared: &Compared) -> Vec<String> {
    let mut said = told(compared);
    said.retain(|line| !line.contains("version-step"));
    said.sort();
    said
}

fn folders(files: &[(&str, &str)]) -> Vec<String> {
    let compared = compare(&workspace(files), "old", "new", &DiffChoices::default());
    said(&compared)
}

/// Kinds are compared one by one and told together; parts of documents are no documents.
#[test]
fn folders_hold_several_kinds() {
    let call = taking("part.yaml#/A");
    let fs = workspace(&[
        ("old/api/a.yaml", &call),
        ("old/api/part.yaml", "A: {type: string}\n"),
        ("old/api/gone.yml", DOCUMENT),
        ("old/a.proto", TWO),
        ("old/node_modules/x/api.yaml", DOCUMENT),
        ("new/api/a.yaml", &call),
        ("new/api/part.yaml", "A: {type: integer}\n"),
        (
            "new/api/added.json",
            "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"U\", \"version\": \"1\"}, \"paths\": {}}",
        ),
        ("new/a.proto", ONE),
        ("new/package.json", "{\"type\": \"module\"}"),
        ("new/.github/workflow.yaml", "openapi: 3.1.0\n"),
        ("new/chart.yaml", "{{ template }}\n"),
        (
            "new/tsconfig.json",
            "{\"$schema\": \"https://json.schemastore.org/tsconfig\"}",
        ),
    ]);
    let compared = compare(&fs, "old", "new", &DiffChoices::default());
    assert_eq!(
        said(&compared),
        [
            "error document-removed old/api/gone.yml",
            "error field-removed new/a.proto",
            "error request-type-narrowed new/api/part.yaml",
            "info document-added new/api/added.json",
        ]
    );
    assert_eq!(compared.exit_code(Some(Severity::Error)), 1);
    assert_eq!(json(&compared)["summary"]["bump"], "major");
}

/// A schema says that it is one. What others refer to is told once.
#[test]
fn folders_of_schemas_are_compared() {
    let refers = schema(
        "object",
        "\"properties\": {\"a\": {\"$ref\": \"a.json\"}}, ",
    );
    let fs = workspace(&[
        ("old/a.json", &schema("string", "")),
        ("old/b/b.json", &schema("object", "")),
        ("old/c.json", &refers),
        ("old/d.json", "{\"type\": \"string\"}"),
        ("new/a.json", &schema("integer", "")),
        ("new/c.json", &refers),
        ("new/d.json", "{\"type\": \"integer\"}"),
    ]);
    let compared = compare(&fs, "old", "new", &DiffChoices::default());
    assert_eq!(
        said(&compared),
        [
            "error document-removed old/b/b.json",
            "error request-type-narrowed new/a.json",
        ]
    );
    // A revision that is older than the folder.
    let (old, new) = (side(&fs, &["absent"], true), side(&fs, &["new"], false));
    let compared = Compiler::new(&fs).diff(&old, &new, &DiffChoices::default());
    assert_eq!(
        told(&compared),
        [
            "info document-added new/a.json",
            "info document-added new/c.json"
        ]
    );
    // A flag that is about nothing in the folder.
    let mut choices = DiffChoices::default();
    choices.ignore_unstable();
    let compared = compare(&fs, "old", "new", &choices);
    assert_eq!(compared.exit_code(None), 2);
    let text = compared.render(Format::Github, RenderOptions::default());
    assert!(
        text.contains("`--ignore-unstable` applies only to Protobuf"),
        "{text}"
    );
}

/// What an OpenAPI document refers to is judged by the way it travels, and only so.
#[test]
fn a_schema_that_a_document_refers_to_is_a_part_of_it() {
    let answers = taking("order.json").replace(
        "      requestBody:\n        content: {application/json: {schema: {$ref: 'order.json'}}}\n      responses: {'200': {description: Done}}\n",
        "      responses: {'200': {description: Done, content: {application/json: {schema: {$ref: 'order.json'}}}}}\n",
    );
    let strict = schema("object", "\"required\": [\"id\"], ");
    // Answers that promise more break nobody; as data it would be a break.
    let lines = folders(&[
        ("old/api.yaml", &answers),
        ("old/order.json", &schema("object", "")),
        ("new/api.yaml", &answers),
        ("new/order.json", &strict),
    ]);
    assert!(
        lines.iter().all(|line| line.starts_with("info")),
        "{lines:?}"
    );
    let lines = folders(&[
        ("old/order.json", &schema("object", "")),
        ("new/order.json", &strict),
    ]);
    assert!(
        lines.iter().any(|line| line.starts_with("error")),
        "{lines:?}"
    );
}

/// A contract brings its documents along: they are told once, and the rest by itself.
#[test]
fn folders_of_contracts_are_compared() {
    let fs = workspace(&[
        ("old/a.cherry.yaml", &contract("a/v1", IMPORTS)),
        ("old/b.cherry.yaml", &contract("b/v1", IMPORTS)),
        ("old/api.yaml", DOCUMENT),
        ("old/own.yaml", DOCUMENT),
        (
            "new/moved/a.cherry.yaml",
            &contract("a/v1", "imports:\n  api: {openapi: ../api.yaml}\n"),
        ),
        ("new/b.cherry.yaml", &contract("b/v1", IMPORTS)),
        ("new/api.yaml", &stricter()),
        ("new/own.yaml", &stricter()),
    ]);
    let compared = compare(&fs, "old", "new", &DiffChoices::default());
    assert_eq!(
        said(&compared),
        [
            "error required-parameter-added new/api.yaml",
            "error required-parameter-added new/own.yaml",
        ]
    );
    // Both contracts are held to what their document does.
    let steps = told(&compared);
    let steps = steps
        .iter()
        .filter(|line| line.starts_with("error version-step"));
    assert_eq!(steps.count(), 2);
}

#[test]
fn contracts_pair_by_their_names() {
    let lines = folders(&[
        ("old/a.cherry.yaml", &contract("a/v1", IMPORTS)),
        ("old/api.yaml", DOCUMENT),
        ("new/a.cherry.yaml", &contract("b/v1", IMPORTS)),
        ("new/api.yaml", DOCUMENT),
    ]);
    // The document stays, and is nobody's loss.
    assert_eq!(
        lines,
        [
            "error document-removed old/a.cherry.yaml",
            "info document-added new/a.cherry.yaml",
        ]
    );
    // Two files that are named belong together.
    let fs = workspace(&[
        ("old.cherry.yaml", &contract("a/v1", "")),
        ("new.cherry.yaml", &contract("b/v1", "")),
    ]);
    let choices = DiffChoices::default();
    let compared = compare(&fs, "old.cherry.yaml", "new.cherry.yaml", &choices);
    assert_eq!(told(&compared), [""; 0]);
}

/// An import that one side has is told; one that only its contract calls otherwise is the same.
#[test]
fn imports_come_and_go() {
    let renamed = IMPORTS.replace("  api:", "  calls:");
    let with = |old: &str, new: &str| {
        folders(&[
            ("old/a.cherry.yaml", &contract("a/v1", old)),
            ("old/api.yaml", DOCUMENT),
            ("new/a.cherry.yaml", &contract("a/v1", new)),
            ("new/api.yaml", &stricter()),
        ])
    };
    let of_document = "error required-parameter-added new/api.yaml";
    assert_eq!(with(IMPORTS, &renamed), [of_document]);
    let gone = "error import-removed new/a.cherry.yaml";
    assert_eq!(with(IMPORTS, ""), [gone, of_document]);
    let added = "info import-added new/a.cherry.yaml";
    assert_eq!(with("", IMPORTS), [of_document, added]);
}

#[test]
fn what_moved_is_found_by_what_it_calls_itself() {
    let lines = folders(&[
        ("old/a.yaml", &calls("Shop", "/a")),
        (
            "old/s.json",
            &schema("string", "\"$id\": \"https://example.org/s\", "),
        ),
        ("new/b/b.yaml", &calls("Shop", "/b")),
        (
            "new/t.json",
            &schema("integer", "\"$id\": \"https://example.org/s\", "),
        ),
    ]);
    assert_eq!(
        lines,
        [
            "error operation-removed new/b/b.yaml",
            "error request-type-narrowed new/t.json",
            "info operation-added new/b/b.yaml",
        ]
    );
    // What several say of themselves says nothing.
    let lines = folders(&[
        ("old/a.yaml", &calls("Shop", "/a")),
        ("new/b.yaml", &calls("Shop", "/a")),
        ("new/c.yaml", &calls("Shop", "/a")),
    ]);
    assert_eq!(
        lines,
        [
            "error document-removed old/a.yaml",
            "info document-added new/b.yaml",
            "info document-added new/c.yaml",
        ]
    );
}

#[test]
fn a_pair_of_two_kinds_is_an_error_that_names_both() {
    let fs = workspace(&[
        ("old/a.yaml", DOCUMENT),
        ("new/a.yaml", &schema("object", "")),
    ]);
    let compared = compare(&fs, "old", "new", &DiffChoices::default());
    assert_eq!(compared.exit_code(None), 2);
    let text = compared.render(Format::Github, RenderOptions::default());
    assert!(
        text.contains("one is an OpenAPI document, the other a JSON Schema"),
        "{text}"
    );
    // A document that became something else is gone.
    let lines = folders(&[
        ("old/a.yaml", DOCUMENT),
        ("old/b.yaml", DOCUMENT),
        ("new/a.yaml", "name: x\n"),
        ("new/b.yaml", DOCUMENT),
    ]);
    assert_eq!(lines, ["error document-removed old/a.yaml"]);
    // One that can be read no more is told where it is broken.
    let fs = workspace(&[("old/a.yaml", DOCUMENT), ("new/a.yaml", "openapi: [\n")]);
    let compared = compare(&fs, "old", "new", &DiffChoices::default());
    assert_eq!(compared.exit_code(None), 2);
}

#[test]
fn ignored_places_are_left_out() {
    let call = taking("parts/part.yaml#/A");
    let fs = workspace(&[
        ("old/api.yaml", &call),
        ("old/parts/part.yaml", "A: {type: string}\n"),
        ("old/gone.yaml", DOCUMENT),
        ("old/x/a.cherry.yaml", &contract("a/v1", "")),
        ("new/api.yaml", &call),
        ("new/parts/part.yaml", "A: {type: integer}\n"),
        ("new/broken.yaml", "openapi: 3.1.0\n"),
        ("new/x/a.cherry.yaml", "contract: [\n"),
    ]);
    let with = |paths: &[&str], old: &str, new: &str| {
        let mut choices = DiffChoices::default();
        for path in paths {
            choices.ignore(RelPath::new(path).expect("tests name good paths"));
        }
        let compared = compare(&fs, old, new, &choices);
        (compared.exit_code(Some(Severity::Error)), said(&compared))
    };
    let narrowed = "error request-type-narrowed new/parts/part.yaml".to_owned();
    let gone = "error document-removed old/gone.yaml".to_owned();
    assert_eq!(with(&[], "old", "new").0, 2);
    assert_eq!(
        with(&["broken.yaml", "x"], "old", "new"),
        (1, vec![gone.clone(), narrowed])
    );
    assert_eq!(
        with(&["broken.yaml", "x", "parts"], "old", "new"),
        (1, vec![gone])
    );
    let all = ["broken.yaml", "x", "parts/part.yaml", "gone.yaml"];
    assert_eq!(with(&all, "old", "new"), (0, vec![]));
    // A single file, and one of which nothing is left.
    assert_eq!(
        with(&["parts"], "old/api.yaml", "new/api.yaml"),
        (0, vec![])
    );
    assert_eq!(
        with(&["api.yaml"], "old/api.yaml", "new/api.yaml"),
        (0, vec![])
    );
}

#[test]
fn waivers_hold_in_folders_of_documents() {
    let waiver = "[[waiver]]\nrule = \"RULE\"\npath = \"PATH\"\nowner = \"a\"\nreason = \"b\"\nuntil = \"2027-06-30\"\n";
    let with = |rule: &str, path: &str| {
        folders(&[
            ("old/a.yaml", DOCUMENT),
            ("old/b.yaml", DOCUMENT),
            ("new/a.yaml", &calls("T", "/b")),
            (
                "cherry.waivers.toml",
                &waiver.replace("RULE", rule).replace("PATH", path),
            ),
        ])
    };
    let added = "info operation-added new/a.yaml";
    let (gone, removed) = (
        "error document-removed old/b.yaml",
        "error operation-removed new/a.yaml",
    );
    assert_eq!(with("operation-removed", "new/a.yaml"), [gone, added]);
    assert_eq!(
        with("oasdiff:api-path-removed-without-deprecation", "new"),
        [gone, added]
    );
    assert_eq!(with("document-removed", "old/b.yaml"), [removed, added]);
    assert_eq!(
        with("media-type-removed", "new/a.yaml"),
        [
            gone,
            removed,
            added,
            "warning waiver-stale cherry.waivers.toml"
        ]
    );
}

/// Names of rules and patterns of them mean the same for every kind.
#[test]
fn rules_are_chosen_by_patterns() {
    let fs = workspace(&[
        ("old/a.proto", TWO),
        ("old/a.yaml", DOCUMENT),
        ("old/b.yaml", DOCUMENT),
        ("old/a.cherry.yaml", &contract("a/v1", IMPORTS)),
        ("old/api.yaml", DOCUMENT),
        ("new/a.proto", ONE),
        ("new/a.yaml", &stricter()),
        ("new/a.cherry.yaml", &contract("a/v1", "")),
        ("new/api.yaml", DOCUMENT),
    ]);
    let with = |rules: &[&str], except: &[&str]| {
        let names = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let mut choices = DiffChoices::default();
        if !rules.is_empty() {
            choices.rules(&names(rules)).expect("there are such rules");
        }
        choices
            .except(&names(except))
            .expect("there are such rules");
        said(&compare(&fs, "old", "new", &choices))
    };
    let (document, field, import, parameter) = (
        "error document-removed old/b.yaml",
        "error field-removed new/a.proto",
        "error import-removed new/a.cherry.yaml",
        "error required-parameter-added new/a.yaml",
    );
    assert_eq!(with(&[], &[]), [document, field, import, parameter]);
    assert_eq!(with(&["*-removed"], &[]), [document, field, import]);
    assert_eq!(with(&[], &["*-removed"]), [parameter]);
    assert_eq!(with(&["required-*"], &["import-*"]), [parameter]);
    let mut choices = DiffChoices::default();
    assert!(choices.except(&["*-remoofed".to_owned()]).is_err());
}

/// As a hook hands them over.
#[test]
fn named_files_of_several_kinds_are_told_together() {
    let paths = ["a.yaml", "a.cherry.yaml", "a.proto", "s.json", "fresh.yaml"];
    let old = workspace(&[
        ("a.yaml", DOCUMENT),
        (
            "a.cherry.yaml",
            &contract("a/v1", "imports:\n  api: {openapi: ./a.yaml}\n"),
        ),
        ("a.proto", TWO),
        ("s.json", "{\"type\": \"string\"}"),
        ("other.yaml", DOCUMENT),
    ]);
    let new = workspace(&[
        ("a.yaml", &stricter()),
        (
            "a.cherry.yaml",
            &contract("a/v1", "imports:\n  api: {openapi: ./a.yaml}\n"),
        ),
        ("a.proto", ONE),
        ("s.json", "{\"type\": \"integer\"}"),
        ("fresh.yaml", DOCUMENT),
    ]);
    let mut before = side(&old, &paths, true);
    before.name = "git:HEAD".to_owned();
    let after = side(&new, &paths, false);
    let choices = DiffChoices::default();
    let compared = Compiler::new(&new).diff(&before, &after, &choices);
    assert_eq!(
        said(&compared),
        [
            "error field-removed a.proto",
            "error request-type-narrowed s.json",
            "error required-parameter-added a.yaml",
            "info document-added fresh.yaml",
        ]
    );
    assert_eq!(json(&compared)["summary"]["bump"], "major");
    // Single files that the revision does not hold yet.
    for (path, files) in [
        ("fresh.yaml", ("fresh.yaml", DOCUMENT)),
        ("b.cherry.yaml", ("b.cherry.yaml", &*contract("b/v1", ""))),
    ] {
        let new = workspace(&[files]);
        let mut before = side(&old, &[path], true);
        before.name = "git:HEAD".to_owned();
        let compared = Compiler::new(&new).diff(&before, &side(&new, &[path], false), &choices);
        let text = compared.render(Format::Github, RenderOptions::default());
        assert!(
            text.contains("is not in `git:HEAD`: it is new, there is nothing to compare"),
            "{text}"
        );
        assert_eq!(compared.exit_code(Some(Severity::Error)), 0, "{text}");
        assert_eq!(
            compared.summary.map(|summary| summary.bump),
            Some(Bump::Minor)
        );
    }
}

/// Versions that lack a document say nothing of it; the open reading does not add up over steps.
#[test]
fn histories_of_documents() {
    let with = |property: &str| {
        format!(
            "{{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"properties\": {{{property}}}}}"
        )
    };
    let (number, none, text) = (
        with("\"b\": {\"type\": \"integer\"}"),
        with("\"c\": {}"),
        with("\"b\": {\"type\": \"string\"}, \"c\": {}"),
    );
    let fs = workspace(&[
        ("v1/s.json", &number),
        ("v2/s.json", &none),
        ("new/s.json", &text),
    ]);
    for paths in [
        ["v0/s.json", "v1/s.json", "v2/s.json", "new/s.json"],
        ["v0", "v1", "v2", "new"],
    ] {
        let [absent, first, second, new] =
            paths.map(|path| side(&fs, &[path], path.starts_with("v0")));
        let history = [absent, first, second];
        let mut choices = DiffChoices::default();
        let compared = Compiler::new(&fs).diff_history(&history, &new, &choices);
        assert_eq!(
            compared.exit_code(Some(Severity::Error)),
            0,
            "{:?}",
            told(&compared)
        );
        choices.mode(Mode::Backward);
        choices.transitive();
        let compared = Compiler::new(&fs).diff_history(&history, &new, &choices);
        assert_eq!(
            compared.exit_code(Some(Severity::Error)),
            1,
            "{:?}",
            told(&compared)
        );
        let text = compared.render(Format::Text, RenderOptions::default());
        assert!(text.contains("note: against `v1"), "{text}");
        assert!(!text.contains("v0"), "{text}");
    }
}

/// One thread and eight say the same, in the same order.
#[test]
fn threads_change_nothing() {
    let mut files = Vec::new();
    for at in 0..40 {
        let new = match at % 3 {
            0 => stricter(),
            _ => DOCUMENT.to_owned(),
        };
        files.push((format!("old/{at}/api.yaml"), DOCUMENT.to_owned()));
        files.push((format!("new/{at}/api.yaml"), new));
        files.push((format!("old/{at}/s.json"), schema("string", "")));
        files.push((format!("new/{at}/s.json"), schema("integer", "")));
        let name = format!("c{at}/v1");
        files.push((format!("old/{at}/c.cherry.yaml"), contract(&name, IMPORTS)));
        files.push((format!("new/{at}/c.cherry.yaml"), contract(&name, IMPORTS)));
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let fs = workspace(&files);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads can be started").install(|| {
            let compared = compare(&fs, "old", "new", &DiffChoices::default());
            [Format::Json, Format::Text]
                .map(|format| compared.render(format, RenderOptions::default()))
        })
    };
    let one = with(1);
    assert!(one[0].contains("required-parameter-added"));
    for _ in 0..4 {
        assert_eq!(with(8), one);
    }
}
