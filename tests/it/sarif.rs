//! SARIF against the schema that its authors published.

use cherry_testkit::provision::require_or_skip;
use cherryc::{Choices, Compiler, Format, MemoryFs, RelPath, RenderOptions, WriteFs, render};
use serde_json::Value;

/// Where the schema lies in its package.
const SCHEMA: &str = "lib/schemas/sarif-2.1.0-rtm.5.json";

fn schema() -> Option<jsonschema::Validator> {
    let folder = require_or_skip("sarif", "sarif-schema")?;
    let text = std::fs::read_to_string(folder.join(SCHEMA)).expect("the package holds the schema");
    let mut schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    // As published, the pattern of a language tag has a stray `]`, which no expression allows.
    for place in ["run", "toolComponent"] {
        let tag = schema.pointer_mut(&format!("/definitions/{place}/properties/language/pattern"));
        *tag.expect("the pattern of languages") = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$".into();
    }
    Some(jsonschema::validator_for(&schema).expect("the schema is one"))
}

/// Findings of several rules, with labels in two files, notes and edits.
fn live() -> String {
    let fs = MemoryFs::new();
    for (name, text) in [
        (
            "user.cherry.yaml",
            "contract: user/v1\nversion: 1.2.0\nimports: {api: {openapi: ./ü b.yaml}}\nendpoints:\n- operation: api.getUsr\n- operation: api.getUser\n  rate_limit: [\"10/s per ip\", \"10r/s  per ip\"]\n",
        ),
        (
            "ü b.yaml",
            "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a: {get: {operationId: getUser, responses: {}}}\n",
        ),
    ] {
        let path = RelPath::new(name).expect("a plain name is a path");
        fs.write(&path, text.as_bytes())
            .expect("memory takes every file");
    }
    let report = Compiler::new(&fs).check(&[RelPath::root()], &Choices::default());
    assert!(report.findings.iter().count() >= 3, "{:?}", report.findings);
    render(
        &report.findings,
        &report.sources,
        Format::Sarif,
        RenderOptions::default(),
    )
}

#[test]
fn the_published_schema_accepts_what_we_write() {
    let Some(schema) = schema() else { return };
    let snapshots = [
        "snapshots/diag/sample.sarif.json",
        "snapshots/diag/hostile.sarif.json",
    ];
    let texts = snapshots.map(|path| std::fs::read_to_string(path).expect("a snapshot"));
    for text in texts.into_iter().chain([live()]) {
        let document: Value = serde_json::from_str(&text).expect("JSON");
        let problems: Vec<String> = schema
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(problems, Vec::<String>::new());
        let mut broken = document.clone();
        broken["runs"][0]["tool"]["driver"]["name"] = Value::from(3);
        assert!(
            !schema.is_valid(&broken),
            "the schema refuses a driver without a name"
        );
    }
}
