//! What must hold for any bytes, as plain functions: no panic, findings with places that exist, exit
//! codes of the contract, shapes that can be printed. A bounded run of the tests and `cargo fuzz`
//! call them; nothing else should.

use crate::contract::{self, PathTemplate, Rate, UnitProblem};
use crate::diag::{Findings, Format, LevelTable, RenderOptions, Severity, render};
use crate::driver::{Choices, Compiler, DiffChoices, OutFolder, Reading, Release, Report, Wanted};
use crate::fs::{MemoryFs, WriteFs};
use crate::syntax::{self, proto};
use crate::text::{RelPath, Side, SourceMap};

const FORMATS: [Format; 8] = [
    Format::Text,
    Format::Json,
    Format::Sarif,
    Format::Github,
    Format::Gitlab,
    Format::Junit,
    Format::Markdown,
    Format::Html,
];

/// A document that contracts under test may import by the names that fixtures use.
const DOCUMENT: &str = r#"{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {
"/users/{id}": {"get": {"operationId": "getUser",
  "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
  "responses": {"200": {"description": "ok"}}}}}}
"#;

/// A contract that binds endpoints to a document under test.
const BOUND: &str = "contract: user/v1
version: 1.2.0
imports:
  api: {openapi: ./api.yaml}
endpoints:
- operation: api.getUser
  rate_limit: \"100r/s per client_ip\"
- path: /users/{id}
  method: DELETE
- path: /files/{rest=**}
  method: GET
";

/// A contract with something of everything, for requests under test.
const LIMITED: &str = "contract: user/v1
version: 1.2.0
unlisted: reject
rate_limit: \"1000r/s per global\"
endpoints:
- path: /users/{id}
  method: GET
  rate_limit:
  - \"2r/s per client_ip+header(X-Team) burst 3\"
  - \"5r/m per path(id)\"
  circuit_breaker: {failure_threshold: 2, timeout_ms: 100, half_open: 2}
  timeout: 50ms
- path: /files/{rest=**}
  method: \"*\"
  rate_limit: \"3r/s per cookie(sid)+query(q)+path(rest)\"
deploy:
  targets:
    edge: {trusted_hops: 1}
";

/// A contract file of these bytes is checked.
pub fn contract(bytes: &[u8]) {
    let fs = workspace(&[
        ("user.cherry.yaml", bytes),
        ("api.yaml", DOCUMENT.as_bytes()),
    ]);
    let report = Compiler::new(&fs).check(&[RelPath::root()], &choices());
    sound(&report);
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.starts_with('\u{FEFF}')
    {
        let file = path_of("new.cherry.yaml");
        fs.write(&file, format!("\u{FEFF}{text}").as_bytes())
            .expect("memory takes every file");
        let marked = Compiler::new(&fs).check(&[file], &choices());
        let plain = Compiler::new(&fs).check(&[path_of("user.cherry.yaml")], &choices());
        assert_eq!(
            headlines(&marked.findings),
            headlines(&plain.findings),
            "a byte order mark changes nothing"
        );
    }
}

/// A document of these bytes is imported by a contract, and made one.
pub fn openapi(bytes: &[u8]) {
    let fs = workspace(&[("user.cherry.yaml", BOUND.as_bytes()), ("api.yaml", bytes)]);
    let compiler = Compiler::new(&fs);
    sound(&compiler.check(&[RelPath::root()], &choices()));
    let (text, report) = compiler.contract_from(&path_of("api.yaml"), "made/v1", "./api.yaml");
    renders(&report.findings, &report.sources);
    if let Some(text) = text {
        let made = path_of("made.cherry.yaml");
        fs.write(&made, text.as_bytes())
            .expect("memory takes every file");
        let report = compiler.check(&[made], &choices());
        sound(&report);
        let broken = report.findings.iter().find(|finding| {
            finding.severity() == Severity::Error && finding.rule().name == "yaml-syntax"
        });
        assert!(
            broken.is_none_or(|finding| !is_about(finding, &report.sources, "made.cherry.yaml")),
            "a first contract is YAML: {text}"
        );
    }
}

/// A rate string.
pub fn rate(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Rate::parse(&text) {
        Ok(rate) => {
            let printed = rate.to_string();
            let again = Rate::parse(&printed).expect("a printed rate is a rate");
            assert_eq!(again.to_string(), printed);
            assert_eq!(
                (again.count, again.period_ns(), again.burst, &again.key),
                (rate.count, rate.period_ns(), rate.burst, &rate.key)
            );
            assert!(rate.count > 0 && rate.period_s > 0);
        }
        Err(problem) => points_into(&problem, &text),
    }
    for problem in [
        contract::Micros::parse(&text).err(),
        contract::Percent::parse(&text).err(),
    ]
    .into_iter()
    .flatten()
    {
        points_into(&problem, &text);
    }
}

/// A path template.
pub fn path(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match PathTemplate::parse(&text) {
        Ok(template) => {
            let printed = template.to_string();
            let again = PathTemplate::parse(&printed).expect("a printed template is a template");
            assert_eq!(again, template, "{printed}");
            assert!(template.same_shape(&again) && template.covers(&again));
            // Every back end writes these; none of them may panic.
            let _ = (
                template.regex(),
                template.literal(),
                template.uri_template(),
            );
            if template.params().next().is_none() {
                assert!(template.matches(&printed), "{printed}");
            }
            let _ = template.matches(&text);
        }
        Err(problem) => {
            let (start, end) = problem.at;
            assert!(
                start <= end && text.get(start..end).is_some(),
                "{problem:?}"
            );
        }
    }
}

/// A request target.
pub fn normalize(bytes: &[u8]) {
    let Some(path) = contract::normalize(bytes) else {
        return;
    };
    assert!(
        path.starts_with(b"/"),
        "a normalised path starts at the root"
    );
    let end = path.iter().position(|byte| *byte == b'?');
    let path = &path[..end.unwrap_or(path.len())];
    // A path of slashes alone stays `//`, as in Envoy.
    assert!(
        path == b"//" || !path.windows(2).any(|pair| pair == b"//"),
        "slashes are merged"
    );
    let mut segments = path.split(|byte| *byte == b'/');
    assert!(
        segments.all(|segment| segment != b"." && segment != b".."),
        "dot segments are resolved: {}",
        String::from_utf8_lossy(path)
    );
}

/// A file of requests.
pub fn simulate(bytes: &[u8]) {
    let fs = workspace(&[("user.cherry.yaml", LIMITED.as_bytes())]);
    let simulated = Compiler::new(&fs).simulate(&[RelPath::root()], &choices(), bytes);
    assert_eq!(simulated.report.exit_code(None), 0);
    match simulated.decisions {
        Ok(decisions) => {
            for decision in decisions {
                let value: serde_json::Value =
                    serde_json::from_str(&decision).expect("a decision is JSON");
                assert!(value["decision"].is_string() && value["status"].is_u64());
            }
        }
        Err(problem) => assert!(
            problem.starts_with("line ") || problem.starts_with("the requests"),
            "{problem}"
        ),
    }
}

/// A contract file of these bytes is built, built again, and checked for being stale.
pub fn build(bytes: &[u8]) {
    let fs = workspace(&[
        ("user.cherry.yaml", bytes),
        ("api.yaml", DOCUMENT.as_bytes()),
    ]);
    let roots = [RelPath::root()];
    let out = OutFolder {
        fs: &fs,
        base: path_of("cherry-out"),
        is_given: false,
    };
    let compiler = Compiler::new(&fs);
    let before = fs.files();
    let first = compiler.build(&roots, &choices(), &Wanted::default(), &out);
    sound(&first.report);
    let after = fs.files();
    if first.report.exit_code(None) == 2 {
        assert_eq!(before, after, "a build with errors writes nothing");
        return;
    }
    let second = compiler.build(&roots, &choices(), &Wanted::default(), &out);
    assert!(second.changed.is_empty() && second.removed.is_empty());
    assert_eq!(after, fs.files(), "an unchanged build writes nothing");
    let check = Wanted {
        check: true,
        ..Wanted::default()
    };
    let checked = compiler.build(&roots, &choices(), &check, &out);
    assert!(
        checked.changed.is_empty() && checked.removed.is_empty(),
        "what was just built is not stale"
    );
}

/// A Protobuf file.
pub fn proto(bytes: &[u8]) {
    let Ok(text) = syntax::bytes_to_text(bytes.to_vec()) else {
        return;
    };
    let mut sources = SourceMap::default();
    let file = sources.add(path_of("user.proto"), Side::New, text.clone());
    let phase = proto::parse(file, &text);
    assert_eq!(phase.value.is_broken, !phase.diagnostics.is_empty());
    let findings = phase.diagnostics.finish(&LevelTable::default());
    sound_findings(&findings, &sources);
    // Every place of the tree exists, and what is read from it on demand can be read.
    proto::visit(&phase.value, |span| {
        let range = span.start as usize..span.end as usize;
        assert!(
            text.get(range).is_some(),
            "a node at {span:?} of {} bytes",
            text.len()
        );
    });
}

/// Two documents with a line `---` between them, or one against itself: a comparison.
pub fn schemas(bytes: &[u8]) {
    const SEAM: &[u8] = b"\n---\n";
    let seam = bytes.windows(SEAM.len()).position(|part| part == SEAM);
    let (old, new) = match seam {
        Some(at) => (&bytes[..at], &bytes[at + SEAM.len()..]),
        None => (bytes, bytes),
    };
    let fs = workspace(&[("old.yaml", old), ("new.yaml", new)]);
    let side = |name: &str| Release {
        fs: &fs,
        paths: vec![path_of(name)],
        name: name.to_owned(),
        may_lack: false,
    };
    let mut choices = DiffChoices::default();
    choices.today("2026-01-01");
    choices.reading([Reading::Open, Reading::Plain, Reading::Closed][bytes.len() % 3]);
    let compared = Compiler::new(&fs).diff(&side("old.yaml"), &side("new.yaml"), &choices);
    // Three would be a witness that nothing confirms.
    let code = compared.exit_code(Some(Severity::Error));
    assert!(code <= 2, "exit code {code}");
    let findings = &compared.report.findings;
    if old == new && code != 2 {
        let spoken = findings.iter().map(|finding| finding.headline());
        assert_eq!(
            code,
            0,
            "a document breaks itself: {:?}",
            spoken.collect::<Vec<_>>()
        );
    }
    labels_fit(findings, &compared.report.sources);
    for format in FORMATS {
        let text = compared.render(format, RenderOptions::default());
        is_well_formed(&text, format);
    }
}

// === Shared ===

fn workspace(files: &[(&str, &[u8])]) -> MemoryFs {
    let fs = MemoryFs::new();
    for (path, bytes) in files {
        fs.write(&path_of(path), bytes)
            .expect("memory takes every file");
    }
    fs
}

fn path_of(path: &str) -> RelPath {
    RelPath::new(path).expect("the names here are plain")
}

fn choices() -> Choices {
    let mut choices = Choices::default();
    choices.today("2026-01-01");
    choices
}

fn headlines(findings: &Findings) -> Vec<&str> {
    findings.iter().map(|finding| finding.headline()).collect()
}

fn is_about(finding: &crate::diag::Diagnostic, sources: &SourceMap, path: &str) -> bool {
    finding
        .primary()
        .is_some_and(|span| sources.file(span.file).path().as_str() == path)
}

/// What every run of the compiler leaves is sound.
fn sound(report: &Report) {
    for fail_on in [None, Some(Severity::Error), Some(Severity::Info)] {
        assert!(report.exit_code(fail_on) <= 2);
    }
    sound_findings(&report.findings, &report.sources);
}

/// Every error has a place, every place exists, and everything can be printed.
fn sound_findings(findings: &Findings, sources: &SourceMap) {
    for finding in findings.iter() {
        let headline = finding.headline();
        assert!(!headline.is_empty(), "{}", finding.rule().name);
        assert!(
            finding.severity() < Severity::Error || finding.primary().is_some(),
            "`{headline}` says no place"
        );
    }
    labels_fit(findings, sources);
    renders(findings, sources);
}

/// Every label points into its text.
fn labels_fit(findings: &Findings, sources: &SourceMap) {
    for finding in findings.iter() {
        for label in finding.labels() {
            let text = sources.file(label.span.file).text();
            let range = label.span.start as usize..label.span.end as usize;
            assert!(
                text.get(range.clone()).is_some(),
                "`{}` points at {range:?} of {} bytes",
                finding.headline(),
                text.len()
            );
        }
    }
}

fn renders(findings: &Findings, sources: &SourceMap) {
    for format in FORMATS {
        let text = render(findings, sources, format, RenderOptions::default());
        is_well_formed(&text, format);
    }
    let coloured = RenderOptions {
        color: true,
        width: 20,
        fail_on: None,
    };
    let _ = render(findings, sources, Format::Text, coloured);
}

/// What is JSON can be read, and nothing drives a terminal.
fn is_well_formed(text: &str, format: Format) {
    let parsed = match format {
        Format::Json | Format::Sarif | Format::Gitlab => {
            serde_json::from_str::<serde_json::Value>(text).map(|_| ())
        }
        _ => Ok(()),
    };
    assert!(parsed.is_ok(), "{format:?} is JSON: {text}");
    assert!(
        !text.contains('\u{1b}'),
        "{format:?} holds an escape sequence without being asked for colours"
    );
}

fn points_into(problem: &UnitProblem, text: &str) {
    assert!(
        text.get(problem.at.clone()).is_some(),
        "{problem:?} points outside {text:?}"
    );
    assert!(!problem.message.is_empty());
}
