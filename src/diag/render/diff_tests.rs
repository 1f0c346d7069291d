//! Comparisons in every format that has a shape of its own for them, over findings made by hand.

#![allow(
    clippy::disallowed_methods,
    reason = "snapshots are files, and a page is laid out for a browser to be looked at"
)]

use super::tests::{check, without_ansi};
use super::{DiffView, Format, RenderOptions, compat_report_schema, render_diff};
use crate::declare_rule;
use crate::diag::{
    Breaks, Bump, Comparison, Diagnostics, Directions, Findings, LevelTable, Order, Outcome,
    Severity, Summary, Varying, Verdict, Witness,
};
use crate::text::{FileId, RelPath, Side, SourceMap, Span};

declare_rule! {
    /// A field is gone.
    #[page = "testdata/rule.md"]
    static FIELD_DELETED = { category: Compat, level: Error, since: "0.1", peers: ["buf:FIELD_NO_DELETE"] };
    /// A field has another type.
    #[page = "testdata/rule.md"]
    static FIELD_TYPE_CHANGED = { category: Compat, level: Error, since: "0.1" };
    /// A field is new.
    #[page = "testdata/rule.md"]
    static FIELD_ADDED = { category: Compat, level: Info, since: "0.1" };
    /// A file is gone.
    #[page = "testdata/rule.md"]
    static FILE_DELETED = { category: Compat, level: Error, since: "0.1" };
    /// Nobody knows.
    #[page = "testdata/rule.md"]
    static VALUE_UNKNOWN = { category: Compat, level: Warning, since: "0.1" };
    /// A call is gone.
    #[page = "testdata/rule.md"]
    static CALL_REMOVED = { category: Compat, level: Error, since: "0.1", tally: ["call is gone", "calls are gone"] };
    /// The text is no Protobuf.
    #[page = "testdata/rule.md"]
    static PROTO_SYNTAX = { category: Syntax, level: Error, since: "0.1" };
}

const OLD: &str = "syntax = \"proto3\";\n\npackage shop.v1;\n\n// An order as customers see it.\nmessage Order {\n  string id = 1;\n  int32 total = 2;\n  string note = 3;\n}\n";
const NEW: &str = "syntax = \"proto3\";\n\npackage shop.v1;\n\n// An order as customers see it.\nmessage Order {\n  string id = 1;\n  string total = 2;\n  string currency = 4;\n}\n";

const SAFE: Verdict = Verdict::always(Outcome::Safe);
const LOSS: Verdict = Verdict::always(Outcome::Loss);
const BREAK: Verdict = Verdict::always(Outcome::Break);

struct Made {
    sources: SourceMap,
    found: Diagnostics,
    old: FileId,
    new: FileId,
    gone: FileId,
}

fn path(text: &str) -> RelPath {
    RelPath::new(text).expect("it is a path")
}

fn span(file: FileId, text: &str, part: &str) -> Span {
    let at = text.find(part).expect("it is part of the text");
    let at = u32::try_from(at).expect("texts are short");
    Span::new(
        file,
        at,
        at + u32::try_from(part.len()).expect("texts are short"),
    )
}

fn made() -> Made {
    let mut sources = SourceMap::default();
    let old = sources.add(path("base/shop/v1/order.proto"), Side::Old, OLD.into());
    let gone = sources.add(
        path("base/shop/v1/gone.proto"),
        Side::Old,
        "message Gone {}\n".into(),
    );
    let new = sources.add(path("proto/shop/v1/order.proto"), Side::New, NEW.into());
    let mut found = Diagnostics::default();
    let order = span(new, NEW, "Order");
    let note = span(old, OLD, "string note = 3;");
    found
        .report(
            &FIELD_DELETED,
            "field `note` of `shop.v1.Order` was removed",
        )
        .at(order, "`note` (3) is missing here")
        .also(note, "it was here")
        .compares(Comparison {
            at: Some(order),
            old_at: Some(note),
            breaks: Breaks {
                binary: Some(Directions::new(LOSS, SAFE)),
                json: Some(Directions::new(BREAK, SAFE)),
                source: Some(Directions::new(BREAK, SAFE)),
            },
            peers: Box::new(["buf:FIELD_NO_DELETE"]),
            uses: Box::new(["shop.v1.Orders.Get".into()]),
            is_of_messages: false,
            bump: Bump::Major,
            ..Comparison::default()
        })
        .note("old data with the field lands among the unknown fields")
        .help("reserve 3 and `note`, so that neither is used again");
    let (was, is) = (span(old, OLD, "int32"), span(new, NEW, "string total"));
    let is = is.part(0, 6);
    found
        .report(&FIELD_TYPE_CHANGED, "field `total` of `shop.v1.Order` is `string` and was `int32`")
        .at(is, "now `string`")
        .also(was, "was `int32`")
        .compares(Comparison {
            at: Some(is),
            old_at: Some(was),
            breaks: Breaks {
                binary: Some(Directions::new(LOSS, LOSS)),
                json: Some(Directions::new(
                    Verdict::when(Outcome::Break, "numbers that a writer does not put in quotes"),
                    Verdict::when(Outcome::Break, "texts that are no decimal number of 32 bits, such as `1e9` or an empty text"),
                )),
                source: Some(Directions::new(BREAK, BREAK)),
            },
            ..Comparison::default()
        });
    let currency = span(new, NEW, "currency");
    found
        .report(&FIELD_ADDED, "field `currency` of `shop.v1.Order` is new")
        .at(currency, "")
        .compares(Comparison {
            at: Some(currency),
            old_at: None,
            breaks: Breaks {
                binary: Some(Directions::SAFE),
                json: Some(Directions::new(SAFE, BREAK)),
                source: Some(Directions::SAFE),
            },
            ..Comparison::default()
        });
    let top = Span::new(gone, 0, 0);
    found
        .report(&FILE_DELETED, "file `shop/v1/gone.proto` was removed")
        .also(top, "it began here")
        .compares(Comparison {
            at: None,
            old_at: Some(top),
            breaks: Breaks {
                source: Some(Directions::new(BREAK, SAFE)),
                ..Breaks::default()
            },
            ..Comparison::default()
        });
    Made {
        sources,
        found,
        old,
        new,
        gone,
    }
}

fn show(
    findings: &Findings,
    sources: &SourceMap,
    is_whole: bool,
    format: Format,
    color: bool,
) -> String {
    let summary = Summary::of(findings, true);
    let view = DiffView {
        findings,
        sources,
        summary: is_whole.then_some(&summary),
        names: ["git:v1", "proto"],
        old_roots: &[path("base")],
        new_root: &path("proto"),
    };
    let options = RenderOptions {
        color,
        ..RenderOptions::default()
    };
    render_diff(&view, format, options)
}

#[test]
fn every_format_of_a_comparison() {
    let Made { sources, found, .. } = made();
    let findings = found.finish(&LevelTable::default());
    for (format, ending) in [
        (Format::Text, "txt"),
        (Format::Json, "json"),
        (Format::Markdown, "md"),
        (Format::Html, "html"),
        (Format::Github, "github.txt"),
        (Format::Gitlab, "gitlab.json"),
        (Format::Sarif, "sarif.json"),
        (Format::Junit, "junit.xml"),
    ] {
        let text = show(&findings, &sources, true, format, false);
        let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        check(&format!("comparison.{ending}"), &text);
    }
}

#[test]
fn text_fits_a_narrow_terminal_and_colour_adds_nothing_but_colour() {
    let Made { sources, found, .. } = made();
    let findings = found.finish(&LevelTable::default());
    let plain = show(&findings, &sources, true, Format::Text, false);
    for line in plain.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let coloured = show(&findings, &sources, true, Format::Text, true);
    assert_ne!(coloured, plain);
    assert_eq!(without_ansi(&coloured), plain);
}

#[test]
fn reports_hold_to_the_published_schema() {
    let schema = compat_report_schema();
    let schema = jsonschema::draft202012::new(&schema).expect("the schema compiles");
    let Made {
        sources,
        found,
        new,
        ..
    } = made();
    let findings = found.finish(&LevelTable::default());
    let text = show(&findings, &sources, true, Format::Json, false);
    let mut report: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert!(schema.is_valid(&report), "{text}");
    assert_eq!(
        report["findings"][1]["location"]["path"],
        "shop/v1/order.proto"
    );
    assert!(report["findings"][0].get("location").is_none());
    report["errors"] = serde_json::json!([]);
    assert!(!schema.is_valid(&report));

    let mut found = Diagnostics::default();
    found
        .report(&PROTO_SYNTAX, "expected `;`")
        .at(span(new, NEW, "Order"), "");
    let findings = found.finish(&LevelTable::default());
    let text = show(&findings, &sources, false, Format::Json, false);
    let report: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert!(schema.is_valid(&report), "{text}");
    assert!(report.get("findings").is_none() && report.get("summary").is_none());
    assert_eq!(report["errors"][0]["side"], "new");
}

/// Findings with the given steps and outcomes of the binary form.
fn summed(cases: &[(Bump, Verdict, Verdict)]) -> Summary {
    let mut found = Diagnostics::default();
    for (i, (bump, forth, back)) in cases.iter().enumerate() {
        found.report(&FIELD_ADDED, i).compares(Comparison {
            breaks: Breaks {
                binary: Some(Directions::new(forth.clone(), back.clone())),
                ..Breaks::default()
            },
            bump: *bump,
            ..Comparison::default()
        });
    }
    Summary::of(&found.finish(&LevelTable::default()), true)
}

#[test]
fn order_and_version_step_follow_from_the_findings() {
    use Bump::{Major, Minor, None, Patch};
    for (cases, order, bump) in [
        (&[][..], Order::Any, Patch),
        (&[(None, SAFE, SAFE)], Order::Any, Patch),
        (&[(Minor, SAFE, LOSS)], Order::ReadersFirst, Minor),
        (&[(Major, LOSS, SAFE)], Order::WritersFirst, Major),
        (
            &[(Patch, SAFE, BREAK), (Major, BREAK, SAFE)],
            Order::None,
            Major,
        ),
    ] {
        let summary = summed(cases);
        assert_eq!(
            (summary.binary_order, summary.bump),
            (Some(order), bump),
            "{cases:?}"
        );
        assert_eq!(summary.json_order, Some(Order::Any));
    }
    let empty = Diagnostics::default().finish(&LevelTable::default());
    assert_eq!(Summary::of(&empty, false).bump, None);
}

#[test]
fn what_is_undecided_is_never_safe() {
    let Made { sources, new, .. } = made();
    let mut found = Diagnostics::default();
    found
        .report(&VALUE_UNKNOWN, "`/a` may refuse what was accepted")
        .at(span(new, NEW, "Order"), "cannot be decided")
        .compares(Comparison {
            bump: Bump::Patch,
            ..Comparison::default()
        });
    let findings = found.finish(&LevelTable::default());
    let summary = Summary::of(&findings, true);
    assert_eq!(summary.json_order, Some(Order::Unknown));
    let text = show(&findings, &sources, true, Format::Text, false);
    assert!(text.contains("upgrade order  not known"), "{text}");
    assert!(text.contains("version step   at least patch"), "{text}");
    let json = show(&findings, &sources, true, Format::Json, false);
    let report: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(report["summary"]["order"], serde_json::json!({}));
}

/// Findings with these headlines; what varies stands in backticks at the end or the start.
fn varying(sources: &SourceMap, new: FileId, headlines: &[&str], is_call: bool) -> [String; 2] {
    let mut found = Diagnostics::default();
    for headline in headlines {
        let open = headline.find('`').expect("it has backticks");
        let close = headline.rfind('`').expect("it has backticks") + 1;
        found
            .report(&CALL_REMOVED, headline)
            .at(span(new, NEW, "Order"), "here")
            .compares(Comparison {
                varies: Some(Varying {
                    range: open..close,
                    is_call,
                }),
                ..Comparison::default()
            });
    }
    let findings = found.finish(&LevelTable::default());
    let text = show(&findings, sources, true, Format::Text, false);
    let json = show(&findings, sources, true, Format::Json, false);
    let report: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let told = report["findings"].as_array().map_or(0, Vec::len);
    assert_eq!(told, headlines.len());
    [text, json]
}

#[test]
fn findings_of_one_cause_are_told_together_and_counted_one_by_one() {
    let Made { sources, new, .. } = made();
    let [text, _] = varying(
        &sources,
        new,
        &["it may lack `a`", "it may lack `b`"],
        false,
    );
    assert!(text.contains("it may lack `a`, `b`\n"), "{text}");
    assert!(text.contains("2 breaking"), "{text}");
    let calls = ["`GET /b` is gone", "`POST /a` is gone", "`GET /a` is gone"];
    let [text, _] = varying(&sources, new, &calls, true);
    assert!(
        text.contains("error[call-removed]: 3 calls are gone\n"),
        "{text}"
    );
    assert_eq!(text.matches("is gone").count(), 0, "{text}");
    for call in ["`GET /a` ", "`POST /a` ", "`GET /b` "] {
        assert!(text.contains(call), "{text}");
    }
}

#[test]
fn what_breaks_only_the_letter_is_counted_and_nothing_else_is() {
    let Made { sources, new, .. } = made();
    let witness = |is_letter| Witness {
        value: "0".into(),
        accepted_by: Side::Old,
        at: "".into(),
        reason: "is not a string".into(),
        is_letter,
        call: None,
        example: None,
        brief: None,
    };
    // Only the letter; proved and turned down by somebody; the letter, turned up by somebody.
    let cases = [
        (Severity::Warning, true, 0),
        (Severity::Warning, false, 9),
        (Severity::Error, true, 9),
    ];
    for (severity, is_letter, shown) in cases {
        let mut found = Diagnostics::default();
        for i in 0..9 {
            found
                .report(&FIELD_ADDED, format_args!("field `f{i}` is new"))
                .severity(severity)
                .at(Span::new(new, i, i + 3), "here")
                .compares(Comparison {
                    witness: Some(Box::new(witness(is_letter))),
                    ..Comparison::default()
                });
        }
        let findings = found.finish(&LevelTable::default());
        for format in [Format::Text, Format::Markdown] {
            let text = show(&findings, &sources, true, format, false);
            // The table of causes shows one of many errors once more.
            let is_twice = format == Format::Markdown && severity == Severity::Error;
            let shown = shown + usize::from(is_twice);
            assert_eq!(text.matches("is new").count(), shown, "{text}");
            let count = text.matches("only to the letter of").count();
            assert_eq!(count, usize::from(shown == 0), "{text}");
        }
    }
}

#[test]
fn a_comment_holds_whole_findings_the_worst_first() {
    let Made {
        sources,
        mut found,
        old,
        new,
        ..
    } = made();
    for i in 0..3000 {
        let severity = if i % 100 == 0 {
            Severity::Error
        } else {
            Severity::Info
        };
        found
            .report(&FIELD_ADDED, format_args!("field `f{i}` is new"))
            .severity(severity)
            .at(
                Span::new(if i % 2 == 0 { new } else { old }, i % 100, i % 100 + 3),
                "here",
            )
            .compares(Comparison::default());
    }
    let findings = found.finish(&LevelTable::default());
    let text = show(&findings, &sources, true, Format::Markdown, false);
    assert!(text.len() < 65_536, "{}", text.len());
    assert!(text.len() > 60_000, "{}", text.len());
    // The first ones in full, and a line for each of the others.
    assert_eq!(text.matches("**error**").count(), 20);
    let shown = text.matches("\n- `").count() + 20;
    let left = findings.iter().count() - shown;
    assert!(text.ends_with(&format!(
        "\n{left} more findings are left out: a comment holds no more.\n"
    )));
    assert_eq!(
        text.matches("```text").count() * 2,
        text.matches("```").count()
    );
}

#[test]
fn a_file_that_is_gone_is_shown_whole_on_one_side() {
    let Made {
        sources,
        found,
        gone,
        ..
    } = made();
    assert_eq!(
        sources.file(gone).path().as_str(),
        "base/shop/v1/gone.proto"
    );
    let findings = found.finish(&LevelTable::default());
    let page = show(&findings, &sources, true, Format::Html, false);
    assert!(page.contains("<td class=\"gone\">message Gone {}</td><td class=\"number\"></td><td class=\"nothing\"></td>"));
    assert!(page.contains("<td class=\"came\">  string total = 2;</td>"));
    assert!(!page.contains("<script") && !page.contains("://"));
}

#[test]
fn many_remarks_are_counted_on_a_terminal_and_advice_is_given_once() {
    for (remarks, is_counted) in [(20, false), (21, true)] {
        let Made { sources, new, .. } = made();
        let mut found = Diagnostics::default();
        for i in 0..remarks {
            found
                .report(&FIELD_ADDED, format_args!("field `f{i}` is new"))
                .at(Span::new(new, i, i + 1), "here")
                .compares(Comparison::default());
        }
        for name in ["a", "b"] {
            found
                .report(&CALL_REMOVED, format_args!("`{name}` is gone"))
                .compares(Comparison::default())
                .help("keep it for a while");
        }
        let findings = found.finish(&LevelTable::default());
        let text = show(&findings, &sources, true, Format::Text, false);
        let lines = if is_counted { 0 } else { remarks as usize };
        assert_eq!(text.matches("is new").count(), lines, "{text}");
        let count = text.contains("not shown      21 infos: 21 field-added\n");
        assert_eq!(count, is_counted, "{text}");
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let text = show(&findings, &sources, true, format, false);
            assert_eq!(text.matches("keep it for a while").count(), 1, "{text}");
        }
        // A page and a comment have a place for all of them.
        for format in [Format::Markdown, Format::Html] {
            let text = show(&findings, &sources, true, format, false);
            assert_eq!(text.matches("is new").count(), remarks as usize, "{text}");
            assert!(!text.contains("not shown"), "{text}");
        }
    }
}
