//! Every format over one fixture (compared with `snapshots/diag/`), and over hostile input.

#![allow(
    clippy::disallowed_methods,
    reason = "snapshots are files, and cost is looked at with a clock"
)]

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::excerpt::Excerpt;
use super::place::CharColumns;
use super::printable::{Piece, pieces, wrap};
use super::{Format, RenderOptions, diagnostic_schema, render};
use crate::declare_rule;
use crate::diag::{Diagnostics, Findings, LevelTable, Severity};
use crate::text::{FileId, RelPath, Side, SourceMap, Span};

declare_rule! {
    /// A field that consumers may read is gone.
    #[page = "testdata/rule.md"]
    static FIELD_REMOVED = { category: Compat, level: Error, since: "0.1", peers: ["buf:FIELD_NO_DELETE"] };
    /// A contract names an endpoint
    /// that its document does not have.
    #[page = "testdata/rule.md"]
    static UNKNOWN_ENDPOINT = { category: Contract, level: Error, since: "0.1" };
    /// A retry may be sent twice.
    #[page = "testdata/rule.md"]
    static RETRY_WITHOUT_IDEMPOTENCY = { category: Lint, level: Warning, since: "0.1" };
    /// A dependency is in no contract of the workspace.
    #[page = "testdata/rule.md"]
    static DEPENDENCY_ABSENT = { category: Lint, level: Info, since: "0.1" };
    /// The disk takes no more bytes.
    #[page = "testdata/rule.md"]
    static OUTPUT_UNWRITABLE = { category: Emit, level: Error, since: "0.1" };
}

const ALL: [(Format, &str); 8] = [
    (Format::Text, "txt"),
    (Format::Json, "json"),
    (Format::Sarif, "sarif.json"),
    (Format::Github, "github.txt"),
    (Format::Gitlab, "gitlab.json"),
    (Format::Junit, "junit.xml"),
    (Format::Markdown, "md"),
    (Format::Html, "html"),
];

const CONTRACT: &str = "\
cherry: 1
name: orders/v1
openapi: ./orders api.yaml
endpoints:
  GET /orders/{id}:
    timeout: 250ms
    retries: 3
  POST /orders:
    retries:
      attempts: 3
      on: [5xx, reset]
  DELETE /order: {}
dependencies: [users/v1]
";

const DOCUMENT: &str = "\
openapi: 3.1.0
paths:
  /orders:
    post: {operationId: createOrder}
  /orders/{id}:
    get: {operationId: getOrder}
";

/// A run with some files.
#[derive(Default)]
struct Run {
    sources: SourceMap,
    found: Diagnostics,
}

impl Run {
    fn file(&mut self, path: &str, text: &str) -> FileId {
        let path = RelPath::new(path).expect("a path of the test");
        self.sources.add(path, Side::New, text.into())
    }

    /// The nth place of `needle` in the file.
    fn nth(&self, file: FileId, needle: &str, n: usize) -> Span {
        let (at, _) = self
            .sources
            .file(file)
            .text()
            .match_indices(needle)
            .nth(n)
            .expect("the test looks for what is there");
        span(file, at, at + needle.len())
    }

    fn findings(&self) -> Findings {
        self.found.clone().finish(&LevelTable::default())
    }

    fn render(&self, format: Format) -> String {
        render(
            &self.findings(),
            &self.sources,
            format,
            RenderOptions::default(),
        )
    }
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |n: usize| u32::try_from(n).expect("texts of tests are short");
    Span::new(file, offset(start), offset(end))
}

/// Two files, and one finding of each kind.
fn sample() -> Run {
    let mut run = Run::default();
    let contract = run.file("shop/orders.cherry.yaml", CONTRACT);
    let document = run.file("shop/orders api.yaml", DOCUMENT);
    let delete = run.nth(contract, "DELETE /order", 0);
    let paths = run.nth(document, "/orders", 0);
    run.found
        .report(
            &UNKNOWN_ENDPOINT,
            "endpoint `DELETE /order` is not in `orders api.yaml`",
        )
        .at(delete, "no such path")
        .also(paths, "the nearest path")
        .note("the document has 2 operations")
        .fix("write `DELETE /orders`", delete, "DELETE /orders");
    let retries = run.nth(
        contract,
        "retries:\n      attempts: 3\n      on: [5xx, reset]\n",
        0,
    );
    let post = run.nth(contract, "POST", 0);
    run.found
        .report(
            &RETRY_WITHOUT_IDEMPOTENCY,
            "`POST /orders` is retried, but nothing makes a repeated request harmless",
        )
        .at(retries, "up to 3 attempts")
        .also(post, "`POST` is not idempotent")
        .help("require an `Idempotency-Key`, or retry on `connect-failure` only");
    let users = run.nth(contract, "users/v1", 0);
    run.found
        .report(
            &DEPENDENCY_ABSENT,
            "`users/v1` is in no contract of the workspace",
        )
        .at(users, "");
    let get = run.nth(document, "get", 0);
    run.found
        .report(
            &FIELD_REMOVED,
            "field `total` was removed; version 1 clients of `GetOrder` read it",
        )
        .at(get, "missing from the answer")
        .help("reserve its number so that it is never reused");
    run.found
        .report(
            &OUTPUT_UNWRITABLE,
            "`cherry-out/orders.v1/envoy/envoy.yaml` cannot be written: no space left on device",
        )
        .help("free some space, then run the command again");
    run
}

/// Compares with a snapshot; `BLESS=1` rewrites it.
#[track_caller]
pub(super) fn check(name: &str, actual: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("snapshots/diag")
        .join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, actual).expect("the snapshots of the repository can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == actual,
        "{name} differs; run with BLESS=1 and read the difference.\n{actual}"
    );
}

#[test]
fn every_format_is_as_it_was() {
    let run = sample();
    for (format, extension) in ALL {
        let text = run.render(format);
        assert_eq!(text, run.render(format), "{format:?} is the same twice");
        assert!(text.ends_with('\n'), "{format:?}");
        // The version is part of SARIF and moves on its own.
        let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        check(&format!("sample.{extension}"), &text);
    }
}

#[test]
fn colours_appear_only_when_asked_for() {
    let run = sample();
    let colored = RenderOptions {
        color: true,
        ..RenderOptions::default()
    };
    let plain = run.render(Format::Text);
    let text = render(&run.findings(), &run.sources, Format::Text, colored);
    assert!(!plain.contains('\u{1b}'));
    assert!(text.contains("\u{1b}[31merror[unknown-endpoint]"), "{text}");
    assert_eq!(without_ansi(&text), plain, "colour changes nothing else");
}

pub(super) fn without_ansi(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        out.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[test]
fn a_narrow_terminal_is_kept_within() {
    let run = sample();
    for width in [0, 40, 60, 80, 200] {
        let options = RenderOptions {
            width,
            ..RenderOptions::default()
        };
        let text = render(&run.findings(), &run.sources, Format::Text, options);
        let widest = text.lines().map(|line| line.chars().count()).max();
        // Labels keep a least width, and words are never broken.
        assert!(widest <= Some(width.clamp(56, 120)), "{width}\n{text}");
    }
}

#[test]
fn no_finding_is_an_empty_report() {
    let run = Run::default();
    let expected = [
        (Format::Text, ""),
        (Format::Github, ""),
        (Format::Gitlab, "[]\n"),
        (
            Format::Json,
            "{\n  \"version\": 1,\n  \"findings\": [],\n  \"summary\": {\n    \"errors\": 0,\n    \"warnings\": 0,\n    \"infos\": 0\n  }\n}\n",
        ),
        (Format::Markdown, "## cherryc: no findings\n"),
    ];
    for (format, text) in expected {
        assert_eq!(run.render(format), text, "{format:?}");
    }
    let sarif: serde_json::Value = json(&run.render(Format::Sarif));
    assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));
    let junit = run.render(Format::Junit);
    assert!(junit.contains("tests=\"1\" failures=\"0\""), "{junit}");
    assert!(run.render(Format::Html).contains("no findings"));
}

#[track_caller]
fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("the format is JSON")
}

#[test]
fn the_json_holds_what_its_schema_says() {
    let schema = diagnostic_schema();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for run in [sample(), hostile(), Run::default()] {
        let document = json(&run.render(Format::Json));
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let mut wrong = json(&sample().render(Format::Json));
    wrong["findings"][0]["severity"] = "fatal".into();
    assert!(!validator.is_valid(&wrong), "the schema refuses something");
    wrong = json(&sample().render(Format::Json));
    wrong["findings"][1]["location"]["start_line"] = 0.into();
    assert!(!validator.is_valid(&wrong), "lines count from 1");
}

/// Text that every format has a reason to fear.
const HOSTILE: &str = "`a``b` ]]> </script><img src=x onerror=alert(1)>&amp; \"'|*_~ @all #1 100%,::error::x\n::error file=x::forged\r\n\u{1b}[2J\u{0}\u{7f}\u{85}\u{202e}gpj\u{2028}😀 שלום 你好 \u{fffe} ``` $x$";

/// Findings whose every text is hostile.
fn hostile() -> Run {
    let mut run = Run::default();
    let text = format!("key: {HOSTILE}\n\tnext: 1\r\n");
    let path = format!("dir/{}", HOSTILE.replace(['\0', '/'], ""));
    let file = run.file(&path, &text);
    let other = run.file("b.yaml", &text);
    let all = span(file, 5, 5 + HOSTILE.len());
    for place in [all, span(file, 0, text.len()), span(file, 6, 6)] {
        run.found
            .report(&FIELD_REMOVED, HOSTILE)
            .at(place, HOSTILE)
            .also(span(other, 3, 9), HOSTILE)
            .note(HOSTILE)
            .fix(HOSTILE, place, HOSTILE);
    }
    run.found.report(&UNKNOWN_ENDPOINT, HOSTILE).note(HOSTILE);
    run.found.report(&DEPENDENCY_ABSENT, "").note("").help("");
    run
}

#[test]
fn hostile_text_stays_text() {
    let run = hostile();
    for (format, extension) in ALL {
        let text = run.render(format);
        check(
            &format!("hostile.{extension}"),
            &text.replace(env!("CARGO_PKG_VERSION"), "VERSION"),
        );
        let people = matches!(
            format,
            Format::Text | Format::Markdown | Format::Html | Format::Github | Format::Junit
        );
        if people {
            let bad = text
                .chars()
                .find(|c| *c != '\n' && *c != '\t' && super::printable::is_unsafe(*c));
            assert_eq!(bad, None, "{format:?}");
        }
        match format {
            Format::Github => {
                assert_eq!(text.lines().count(), 5, "one line per finding:\n{text}");
                assert!(
                    text.lines()
                        .all(|line| line.starts_with("::error ") || line.starts_with("::notice "))
                );
            }
            Format::Html => assert!(!text.contains("<img") && !text.contains("</script")),
            Format::Junit => assert!(!text.contains("]]>") && !text.contains("<img")),
            Format::Json | Format::Sarif | Format::Gitlab => {
                json(&text);
            }
            Format::Text | Format::Markdown => {}
        }
    }
    // Nor does any line of any format look like a command to a build server.
    for (format, _) in ALL.iter().filter(|(format, _)| *format != Format::Github) {
        let text = run.render(*format);
        let command = text
            .lines()
            .find(|line| line.trim_start().starts_with("::"));
        assert_eq!(command, None, "{format:?}");
    }
    // What machines read is what was written.
    let document = json(&run.render(Format::Json));
    assert_eq!(document["findings"][2]["message"], HOSTILE);
}

#[test]
fn markdown_keeps_markup_out() {
    let mut run = Run::default();
    run.found
        .report(&FIELD_REMOVED, "<b> @all #1 *x* [a](b) `<i>` | `` ` $x$");
    let text = run.render(Format::Markdown);
    assert_eq!(
        text.lines().last(),
        Some(
            "**error** `field-removed`: &lt;b&gt; @&#8203;all \\#&#8203;1 \\*x\\* \\[a\\](b) `<i>` \\| \\`\\` \\` \\$x\\$"
        )
    );
}

/// One finding at `start..end` of a file that holds `text`, as text.
fn at(text: &str, start: usize, end: usize) -> String {
    let mut run = Run::default();
    let file = run.file("a.yaml", text);
    run.found
        .report(&FIELD_REMOVED, "x")
        .at(span(file, start, end), "here");
    for (format, _) in ALL {
        run.render(format);
    }
    run.render(Format::Text)
}

#[test]
fn odd_places_are_shown() {
    let cases: [(&str, &str, usize, usize); 13] = [
        ("empty-file", "", 0, 0),
        ("zero-width", "ab: cd\n", 4, 4),
        ("end-of-line", "ab: cd\nx: y\n", 6, 6),
        ("end-of-file", "ab: cd\n", 7, 7),
        ("end-without-newline", "ab: cd", 6, 6),
        ("past-the-end", "ab: cd\n", 40, 90),
        ("with-newline", "ab: cd\nx: y\n", 0, 7),
        ("three-lines", "a: 1\nb:\n  c: 2\n  d: 3\ne: 4\n", 5, 23),
        (
            "whole-mapping",
            "a:\n b: 1\n c: 1\n d: 1\n e: 1\n f: 1\n g: 1\n",
            0,
            39,
        ),
        ("crlf", "ab: cd\r\nx: y\r\nz: w\r\n", 8, 14),
        ("tab", "a:\n\tkey:\tvalue\n", 9, 14),
        ("wide", "你好: 世界 # 😀\n", 8, 14),
        // Neither end lies on a character boundary.
        ("inside-a-character", "你好: 世界\n", 1, 4),
    ];
    let mut out = String::new();
    for (name, text, start, end) in cases {
        out.push_str(&format!("=== {name}\n{}", at(text, start, end)));
    }
    check("places.txt", &out);
}

#[test]
fn labels_far_apart_get_their_own_blocks() {
    let mut run = Run::default();
    let text: String = (1..=40).map(|n| format!("line{n}: {n}\n")).collect();
    let first = run.file("a.yaml", &text);
    let second = run.file("b.yaml", &text);
    let draft = run.nth(first, "line20", 0);
    let places = [
        (first, "line3:"),
        (first, "line5:"),
        (first, "line40"),
        (second, "line21"),
        (second, "line20"),
    ]
    .map(|(file, needle)| run.nth(file, needle, 0));
    let mut report = run
        .found
        .report(&FIELD_REMOVED, "one finding, two files")
        .at(draft, "the place");
    for place in places {
        report = report.also(
            place,
            "another place that has a good deal to say about why it matters here",
        );
    }
    check(
        "blocks.txt",
        &(run.render(Format::Text) + &run.render(Format::Markdown)),
    );
}

#[test]
fn a_long_line_costs_little() {
    let mut run = Run::default();
    let item = "{\"key\":\"value é\",\"n\":12345},";
    let text = format!("[{}0]", item.repeat(1_000_000 / item.len()));
    let file = run.file("big.json", &text);
    let count = 2000;
    for n in 0..count {
        let start = 1 + item.len() * (n * text.len() / item.len() / (count + 1));
        run.found
            .report(&FIELD_REMOVED, format_args!("finding {n}"))
            .at(span(file, start, start + 6), "here")
            .also(span(file, 0, 1), "opened here");
    }
    let whole = span(file, 0, text.len());
    run.found
        .report(&FIELD_REMOVED, "all of it")
        .at(whole, "a lot");
    for (format, _) in ALL {
        let start = Instant::now();
        let text = run.render(format);
        // Copying the line once per finding would be 2 GB and seconds.
        assert!(text.len() < 6_000_000, "{format:?}: {}", text.len());
        assert!(
            start.elapsed() < Duration::from_secs(4),
            "{format:?}: {:?}",
            start.elapsed()
        );
    }
    let findings = run.findings();
    let last = findings.iter().last().expect("there are findings");
    let excerpt = Excerpt::of(&run.sources, last, 70);
    let line = &excerpt.blocks[0].lines[0];
    assert!(line.text.len() < 200, "{}", line.text);
    let mark = line.marks.iter().find(|mark| mark.primary).expect("marked");
    assert_eq!(&line.text[mark.range.clone()], "{\"key\"");
}

#[test]
fn columns_in_characters_are_counted_over_blocks() {
    let mut run = Run::default();
    for len in [0, 1, 4095, 4096, 4097, 8192, 12289] {
        let line: String = "aé你😀".chars().cycle().take(len).collect();
        let text = format!("é\n{line}");
        let file = run.file("a.json", &text);
        let mut columns = CharColumns::default();
        let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for (n, at) in places.enumerate() {
            let place = columns.line_col(&run.sources, file, span(file, at, at).start);
            let expected = if n < 2 { (1, n + 1) } else { (2, n - 1) };
            assert_eq!((place.line as usize, place.column as usize), expected);
        }
    }
}

#[test]
fn a_fingerprint_survives_an_edit_above() {
    let fingerprints = |before: &str| -> Vec<String> {
        let mut run = Run::default();
        let file = run.file("a.yaml", &format!("{before}x: 1\nx: 2\n"));
        for n in 0..2 {
            let place = run.nth(file, "x", n);
            run.found.report(&FIELD_REMOVED, "twice").at(place, "");
        }
        let report = json(&run.render(Format::Gitlab));
        let list = report.as_array().expect("an array");
        list.iter()
            .map(|issue| issue["fingerprint"].to_string())
            .collect()
    };
    let short = fingerprints("");
    assert_eq!(short, fingerprints("# one\n# two\n"));
    assert_ne!(short[0], short[1]);
}

#[test]
fn junit_fails_what_fails_the_run() {
    let run = sample();
    let failures = |fail_on| {
        let options = RenderOptions {
            fail_on,
            ..RenderOptions::default()
        };
        let text = render(&run.findings(), &run.sources, Format::Junit, options);
        text.matches("<failure ").count()
    };
    assert_eq!(failures(Some(Severity::Warning)), 4);
    assert_eq!(failures(Some(Severity::Error)), 3);
    // `--fail-on never` speaks of adjustable rules only; a contract that means nothing still fails.
    assert_eq!(failures(None), 2);
}

#[test]
fn a_message_is_split_at_its_backticks() {
    use Piece::{Code, Plain};
    let cases: [(&str, &[Piece<'_>]); 6] = [
        ("", &[]),
        ("a `b` c", &[Plain("a "), Code("b"), Plain(" c")]),
        ("`b``c`", &[Code("b"), Code("c")]),
        ("a ` b", &[Plain("a ` b")]),
        ("a `` b", &[Plain("a `` b")]),
        ("`` `b` `", &[Plain("`` "), Code("b"), Plain(" `")]),
    ];
    for (text, expected) in cases {
        assert_eq!(pieces(text), expected, "{text:?}");
    }
}

#[test]
fn words_are_wrapped_and_never_broken() {
    assert_eq!(wrap("one two three", 7), ["one two", "three"]);
    assert_eq!(
        wrap("field-removed-for-good x", 5),
        ["field-removed-for-good", "x"]
    );
    assert_eq!(wrap("a\nb", 80), ["a", "b"]);
    // A method stays with its path.
    assert_eq!(
        wrap("of `GET /orders/{id}/items`", 22),
        ["of `GET /orders/{id}/", "items`"]
    );
    assert_eq!(
        wrap("of `GET /orders/{id}` is", 19),
        ["of", "`GET /orders/{id}`", "is"]
    );
    assert_eq!(wrap("`no way/on here`", 9), ["`no", "way/on", "here`"]);
    assert_eq!(wrap("", 80), [""]);
    assert_eq!(
        wrap("a ::error::b\n ::c", 4),
        ["a", "\\u{3a}:error::b", " \\u{3a}:c"]
    );
}
