//! Documents of others that are not as they should be: what is faulty in one place keeps nobody from
//! comparing the rest, what cannot be read at all is said with its place, and neither takes long.

use std::time::{Duration, Instant};

use crate::harness::{memory, run};

/// What a busy machine may take in a debug build for any of these.
const SOON: Duration = Duration::from_secs(20);

/// Compares a document with itself; each finding as its rule and its place.
fn same(text: &[u8]) -> (u8, Vec<(&'static str, String)>) {
    let began = Instant::now();
    let outcome = run(
        &memory([("old.yaml", text), ("new.yaml", text)]),
        "diff old.yaml new.yaml",
    );
    assert!(began.elapsed() < SOON, "it took {:?}", began.elapsed());
    let findings = outcome.report.findings.iter().map(|finding| {
        let place = finding.primary().map(|span| {
            let text = outcome.report.sources.file(span.file).text();
            let before = &text[..span.start as usize];
            let line = before.matches('\n').count() + 1;
            format!(
                "{line}:{}",
                before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1
            )
        });
        (finding.rule().name, place.unwrap_or_default())
    });
    (outcome.exit_code(), findings.collect())
}

/// A document of one schema, in the fifth line.
fn schema(version: &str, schema: &str) -> String {
    format!("openapi: {version}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n")
}

#[test]
fn a_fault_of_one_schema_is_a_warning_at_its_place() {
    let rows = [
        ("3.1.0", "{type: int64}", "malformed-schema", "5:15"),
        ("3.1.0", "{type: double}", "malformed-schema", "5:15"),
        (
            "3.1.0",
            "{type: [string, int64]}",
            "malformed-schema",
            "5:24",
        ),
        (
            "3.1.0",
            "{minimum: 0, exclusiveMinimum: true}",
            "malformed-schema",
            "5:39",
        ),
        (
            "3.1.0",
            "{exclusiveMaximum: false}",
            "malformed-schema",
            "5:27",
        ),
        ("3.0.3", "{exclusiveMinimum: 3}", "malformed-schema", "5:27"),
        ("3.1.0", "{minLength: -1}", "malformed-schema", "5:20"),
        ("3.1.0", "{multipleOf: 0}", "malformed-schema", "5:21"),
        ("3.1.0", "{required: true}", "malformed-schema", "5:19"),
        ("3.1.0", "{properties: [a]}", "malformed-schema", "5:9"),
        (
            "3.1.0",
            "{properties: {a: text}}",
            "malformed-schema",
            "5:25",
        ),
        (
            "3.1.0",
            "{allOf: {type: string}}",
            "malformed-schema",
            "5:9",
        ),
        (
            "3.1.0",
            "{items: [{type: string}]}",
            "malformed-schema",
            "5:9",
        ),
        ("3.1.0", "{anyOf: []}", "malformed-schema", "5:9"),
        (
            "3.1.0",
            "{properties: {$ref: '#/components/schemas/B'}}",
            "malformed-schema",
            "5:22",
        ),
        (
            "3.1.0",
            "{$ref: '#/components/schemas/Z'}",
            "dangling-ref",
            "5:16",
        ),
        (
            "3.1.0",
            "{$ref: 'https://example.org/a.json'}",
            "dangling-ref",
            "5:16",
        ),
        ("3.1.0", "{$ref: '../../../a.yaml'}", "dangling-ref", "5:16"),
        (
            "3.1.0",
            "{type: integer, minimum: 3, maximum: 2}",
            "schema-unsatisfiable",
            "5:24",
        ),
        (
            "3.1.0",
            "{type: string, enum: [1, 2]}",
            "schema-unsatisfiable",
            "5:23",
        ),
        (
            "3.1.0",
            "{type: integer, exclusiveMinimum: 0, exclusiveMaximum: 1}",
            "schema-unsatisfiable",
            "5:24",
        ),
        (
            "3.1.0",
            "{allOf: [{type: string}, {type: array}]}",
            "schema-unsatisfiable",
            "5:34",
        ),
        (
            "3.1.0",
            "{type: object, required: [a], properties: {a: false}}",
            "schema-unsatisfiable",
            "5:34",
        ),
    ];
    let mut wrong = Vec::new();
    for (version, text, rule, place) in rows {
        let text = schema(version, text);
        let (exit, found) = same(text.as_bytes());
        if exit != 0
            || !found
                .iter()
                .any(|(at, where_)| (*at, &**where_) == (rule, place))
        {
            wrong.push(format!("{text}{exit} {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_meant_is_no_fault() {
    let rows = [
        ("3.1.0", "false"),
        ("3.1.0", "{not: {}}"),
        ("3.1.0", "{type: [integer, 'null'], minimum: 3, maximum: 2}"),
        ("3.1.0", "{minimum: 3, maximum: 2}"),
        ("3.1.0", "{type: string, nullable: true}"),
        ("3.0.3", "{type: string, nullable: true}"),
        ("3.0.3", "{minimum: 0, exclusiveMinimum: true}"),
        ("3.1.0", "{type: integer, minimum: 3, maximum: 3}"),
        ("3.1.0", "{$defs: {x: {$anchor: a}}, $ref: '#a'}"),
    ];
    for (version, text) in rows {
        let text = schema(version, text);
        assert_eq!(same(text.as_bytes()), (0, Vec::new()), "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    let rows: [(&[u8], &str, &str); 9] = [
        (b"openapi: 3.1.0\npaths: []\n", "invalid-openapi", "2:8"),
        (
            b"openapi: 3.1.0\npaths: {}\npaths: {}\n",
            "duplicate-key",
            "3:1",
        ),
        (b"openapi: 3.1.0\npaths: {\n", "yaml-syntax", "3:1"),
        (
            b"openapi: 3.1.0\npaths: {}\nx: a\0b\n",
            "file-unreadable",
            "3:5",
        ),
        (b"\xFF\xFEo\0p\0", "file-unreadable", "1:1"),
        (b"swagger: '2.0'\npaths: {}\n", "not-openapi", "1:1"),
        (b"hello: 1\n", "not-openapi", "1:1"),
        (b"opnapi: 3.1.0\npaths: {}\n", "not-openapi", "1:1"),
        (b"info: {title: a}\npaths: {}\n", "not-openapi", "1:1"),
    ];
    for (text, rule, place) in rows {
        let (exit, found) = same(text);
        let text = String::from_utf8_lossy(text);
        assert_eq!(exit, 2, "{text}: {found:?}");
        assert!(
            found
                .iter()
                .any(|(at, where_)| (*at, &**where_) == (rule, place)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn marks_and_line_ends_of_other_systems_are_read() {
    let text = schema("3.1.0", "{type: int64}").replace('\n', "\r\n");
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let (exit, found) = same(&marked);
    assert_eq!(exit, 0, "{found:?}");
    assert!(
        found.contains(&("malformed-schema", "5:15".to_owned())),
        "{found:?}"
    );
}

#[test]
fn faults_of_calls_keep_nobody_from_comparing_others() {
    let path = |more: &str| {
        format!(
            "openapi: 3.1.0\npaths:\n  /a:\n    get: {{responses: {{'200': {{description: ok}}}}}}\n{more}"
        )
    };
    let rows = [
        "  /b:\n    get: {operationId: x}\n  /c:\n    get: {operationId: x}\n",
        "  b:\n    get: {operationId: x}\n",
        "  /b:\n    get: {parameters: [{name: x}]}\n",
        "  /b:\n    get: {responses: {'2000': {description: ok}}}\n",
        "  /b:\n    get: text\n",
    ];
    for more in rows {
        let old = path(more);
        let (exit, found) = same(old.as_bytes());
        assert_eq!(exit, 0, "{old}: {found:?}");
        assert!(
            found.iter().all(|(rule, _)| *rule == "malformed-openapi"),
            "{old}: {found:?}"
        );
        assert!(!found.is_empty(), "{old}");
        let new = old.replace("/a:", "/z:");
        let outcome = run(
            &memory([("old.yaml", &old), ("new.yaml", &new)]),
            "diff old.yaml new.yaml",
        );
        assert!(
            outcome.rules().contains(&"operation-removed"),
            "{}",
            outcome.text()
        );
        assert_eq!(outcome.exit_code(), 1);
    }
}

#[test]
fn more_faults_than_anybody_reads_are_counted() {
    let mut text = String::from("openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n");
    for n in 0..500 {
        text += &format!("    S{n}: {{type: int{n}}}\n");
    }
    let (exit, found) = same(text.as_bytes());
    assert_eq!(exit, 0, "{found:?}");
    assert!(found.len() > 10 && found.len() < 130, "{}", found.len());
}

#[test]
fn large_things_take_no_time() {
    let many = |count: usize, entry: &dyn Fn(usize) -> String| {
        (0..count).map(entry).collect::<Vec<_>>().join(", ")
    };
    let rows = [
        format!(
            "{{properties: {{{}}}}}",
            many(10_000, &|n| format!("p{n}: {{type: string}}"))
        ),
        format!("{{enum: [{}]}}", many(5_000, &|n| format!("v{n}"))),
        format!("{{description: {}}}", "text ".repeat(400_000)),
        "{type: string, pattern: '^(a+)+$'}".to_owned(),
        "{type: string, pattern: '^((a|a)*)*b{1,500}(c{1,100}){1,100}$'}".to_owned(),
        format!(
            "{{allOf: [{}]}}",
            many(1_500, &|n| format!("{{maxLength: {n}}}"))
        ),
    ];
    for text in rows {
        let text = schema("3.1.0", &text);
        let (exit, found) = same(text.as_bytes());
        assert_eq!(exit, 0, "{} bytes: {found:?}", text.len());
    }
}
