//! The reader held against texts: what it makes of them, and where it says things stand.

#![allow(
    clippy::disallowed_methods,
    reason = "random loops are bounded by a clock"
)]

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Mode, parse};
use crate::diag::{Diagnostic, LevelTable, Phase};
use crate::syntax::node::Tree;
use crate::syntax::{Kind, Value};
use crate::text::{RelPath, Side, SourceMap, Span};

fn read(text: &str, mode: Mode) -> (SourceMap, Phase<Option<Tree>>) {
    let mut sources = SourceMap::default();
    let text: Arc<str> = text.into();
    let path = RelPath::new("example.yaml").expect("a plain name is a path");
    let file = sources.add(path, Side::New, Arc::clone(&text));
    let phase = parse(file, &text, mode);
    (sources, phase)
}

/// The tree of a text about which there is nothing to say.
fn tree(text: &str) -> (SourceMap, Tree) {
    let (sources, phase) = read(text, Mode::Schema);
    let findings = phase.diagnostics.finish(&LevelTable::default());
    let headlines: Vec<&str> = findings.iter().map(Diagnostic::headline).collect();
    assert_eq!(headlines, Vec::<&str>::new(), "{text:?}");
    (
        sources,
        phase.value.expect("a text without findings has a tree"),
    )
}

/// Findings as `rule line:column headline`.
fn findings(text: &str, mode: Mode) -> Vec<String> {
    let (sources, phase) = read(text, mode);
    let findings = phase.diagnostics.finish(&LevelTable::default());
    findings
        .iter()
        .map(|finding| {
            let span = finding.primary().expect("every finding here has a place");
            let at = sources.line_col(span.file, span.start);
            let end = finding
                .labels()
                .iter()
                .all(|label| label.span.end as usize <= text.len());
            assert!(end, "a label lies behind the text: {text:?}");
            let (line, column) = (at.line, at.column);
            format!(
                "{} {line}:{column} {}",
                finding.rule().name,
                finding.headline()
            )
        })
        .collect()
}

/// Every value as `pointer kind |source|`, one a line.
fn dump(sources: &SourceMap, tree: &Tree) -> String {
    fn walk(sources: &SourceMap, value: Value<'_>, path: &str, out: &mut String) {
        let source = |span: Span| sources.slice(span).replace('\n', "\u{23ce}");
        let span = source(value.span());
        let mut line = |kind: &str| {
            writeln!(out, "{path} {kind} |{span}|").expect("a string takes every text");
        };
        match value.kind() {
            Kind::Null => line("null"),
            Kind::Bool(flag) => line(if flag { "true" } else { "false" }),
            Kind::Number(text) => line(&format!("number {text}")),
            Kind::String(text) => line(&format!("text {text:?}")),
            Kind::Sequence => {
                line("list");
                for (at, item) in value.items().enumerate() {
                    walk(sources, item, &format!("{path}/{at}"), out);
                }
            }
            Kind::Mapping => {
                line("map");
                for (key, value) in value.entries() {
                    assert!(!source(key.span).is_empty() || key.text.is_empty());
                    walk(sources, value, &format!("{path}/{}", key.text), out);
                }
            }
        }
    }
    let mut out = String::new();
    walk(sources, tree.root(), "", &mut out);
    out
}

fn check(text: &str, expected: &[&str]) {
    let (sources, tree) = tree(text);
    let dump = dump(&sources, &tree);
    let lines: Vec<&str> = dump.lines().collect();
    assert_eq!(lines, expected, "{text:?}");
}

#[test]
fn spans_are_bytes_and_exact() {
    check(
        "# \u{00e9}\nname: caf\u{00e9} \u{1f352}  # c\nnext: 'it''s'\nlist:\n- \"\u{00e9}\"\n-\n- {a: [1,2], b}\nend: ~\nnone:\nlast: x\n",
        &[
            " map |name: caf\u{e9} \u{1f352}  # c\u{23ce}next: 'it''s'\u{23ce}list:\u{23ce}- \"\u{e9}\"\u{23ce}-\u{23ce}- {a: [1,2], b}\u{23ce}end: ~\u{23ce}none:\u{23ce}last: x|",
            "/name text \"caf\u{e9} \u{1f352}\" |caf\u{e9} \u{1f352}|",
            "/next text \"it's\" |'it''s'|",
            "/list list |- \"\u{e9}\"\u{23ce}-\u{23ce}- {a: [1,2], b}|",
            "/list/0 text \"\u{e9}\" |\"\u{e9}\"|",
            "/list/1 null ||",
            "/list/2 map |{a: [1,2], b}|",
            "/list/2/a list |[1,2]|",
            "/list/2/a/0 number 1 |1|",
            "/list/2/a/1 number 2 |2|",
            "/list/2/b null ||",
            "/end null |~|",
            "/none null ||",
            "/last text \"x\" |x|",
        ],
    );
    check(
        "a: |\n  one\n  two\n\n\nb: >-\n  one\n  two\n# end\nc: one\n  two\nd: \"x\\\n  y\"\n",
        &[
            " map |a: |\u{23ce}  one\u{23ce}  two\u{23ce}\u{23ce}\u{23ce}b: >-\u{23ce}  one\u{23ce}  two\u{23ce}# end\u{23ce}c: one\u{23ce}  two\u{23ce}d: \"x\\\u{23ce}  y\"|",
            "/a text \"one\\ntwo\\n\" |one\u{23ce}  two|",
            "/b text \"one two\" |one\u{23ce}  two|",
            "/c text \"one two\" |one\u{23ce}  two|",
            "/d text \"xy\" |\"x\\\u{23ce}  y\"|",
        ],
    );
}

#[test]
fn an_absent_value_stands_behind_its_colon() {
    let text = "a:\n\n\nb : # c\nc: {d: , e:}\n";
    let (_, tree) = tree(text);
    let at = |pointer: &str| {
        let value = tree.root().pointer(pointer).expect("the key is written");
        (value.span().start, value.span().end)
    };
    assert_eq!(at("/a"), (2, 2));
    assert_eq!(at("/b"), (8, 8));
    assert_eq!(at("/c/d"), (19, 19));
    assert_eq!(at("/c/e"), (24, 24));
}

#[test]
fn the_text_of_a_quoted_value_has_a_span_of_its_own() {
    let (sources, tree) =
        tree("a: \"100r/s\"\nb: 'x'\nc: \"t\\tb\"\nd: &e plain\nf: &g \"quoted\"\n");
    let inner = |key: &str| {
        let value = tree.root().get(key).expect("the key is written");
        (
            sources.slice(value.text_span()),
            sources.slice(value.span()),
        )
    };
    assert_eq!(inner("a"), ("100r/s", "\"100r/s\""));
    assert_eq!(inner("b"), ("x", "'x'"));
    assert_eq!(inner("c"), ("\"t\\tb\"", "\"t\\tb\""));
    assert_eq!(inner("d"), ("plain", "plain"));
    assert_eq!(inner("f"), ("quoted", "\"quoted\""));
}

#[test]
fn scalars_have_the_types_of_the_core_schema() {
    let numbers = [
        "0",
        "-1",
        "+12",
        "1.10",
        "1e3",
        "1.5E-3",
        ".5",
        "5.",
        "0o17",
        "0xFf",
        ".inf",
        "-.INF",
        ".nan",
        "007",
        "+.5",
        "99999999999999999999",
    ];
    let texts = [
        "1_000",
        "0b1",
        "1.2.3",
        "1:30",
        "yes",
        "no",
        "on",
        "Off",
        "y",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "0x",
        "0o8",
        "-0x1",
        "+.nan",
        "TrUe",
        "nUll",
        "2020-01-01",
        "5xx",
        "10r/s per global",
    ];
    for number in numbers {
        let (_, tree) = tree(&format!("v: {number}\n"));
        let value = tree.root().get("v").expect("the key is written");
        assert_eq!(value.kind(), Kind::Number(number), "{number}");
        assert!(value.is_plain());
    }
    for text in texts {
        let (_, tree) = tree(&format!("[{text:?}, v, {text} ]\n").replace(", - ]", ", v ]"));
        let last = tree.root().items().last().expect("three items are written");
        let expected = if text == "-" { "v" } else { text };
        assert_eq!(last.kind(), Kind::String(expected), "{text}");
        let first = tree.root().items().next().expect("three items are written");
        assert!(!first.is_plain());
    }
    let words = [
        ("true", Kind::Bool(true)),
        ("FALSE", Kind::Bool(false)),
        ("Null", Kind::Null),
        ("~", Kind::Null),
    ];
    for (word, kind) in words {
        let (_, tree) = tree(&format!("v: {word}"));
        assert_eq!(
            tree.root().get("v").expect("the key is written").kind(),
            kind
        );
    }
}

#[test]
fn valid_json_is_read_as_json() {
    check(
        "\t{\"\\/a\\u00e9\\ud83C\\uDF52\": \"\\b\\f\\n\\r\\t\\\\\\\"\",\r\n\t\"\u{1f352}\":[1.50,-0,1E+2,true,false,null,{},[]]\t}\n",
        &[
            " map |{\"\\/a\\u00e9\\ud83C\\uDF52\": \"\\b\\f\\n\\r\\t\\\\\\\"\",\r\u{23ce}\t\"\u{1f352}\":[1.50,-0,1E+2,true,false,null,{},[]]\t}|",
            "//a\u{e9}\u{1f352} text \"\\u{8}\\u{c}\\n\\r\\t\\\\\\\"\" |\"\\b\\f\\n\\r\\t\\\\\\\"\"|",
            "/\u{1f352} list |[1.50,-0,1E+2,true,false,null,{},[]]|",
            "/\u{1f352}/0 number 1.50 |1.50|",
            "/\u{1f352}/1 number -0 |-0|",
            "/\u{1f352}/2 number 1E+2 |1E+2|",
            "/\u{1f352}/3 true |true|",
            "/\u{1f352}/4 false |false|",
            "/\u{1f352}/5 null |null|",
            "/\u{1f352}/6 map |{}|",
            "/\u{1f352}/7 list |[]|",
        ],
    );
    let key = "k".repeat(5000);
    let (_, long) = tree(&format!("{{\"{key}\":\n{{\"{key}\":1}}}}"));
    assert!(long.root().pointer(&format!("/{key}/{key}")).is_some());
}

/// Whatever `serde_json` reads, this reads alike.
#[test]
#[expect(clippy::print_stdout, reason = "a failing test shows its seed")]
fn json_agrees_with_serde_json() {
    fn same(value: Value<'_>, other: &serde_json::Value) -> bool {
        match (value.kind(), other) {
            (Kind::Null, serde_json::Value::Null) => true,
            (Kind::Bool(l), serde_json::Value::Bool(r)) => l == *r,
            (Kind::String(l), serde_json::Value::String(r)) => l == r,
            (Kind::Number(l), serde_json::Value::Number(r)) => l.parse::<f64>().ok() == r.as_f64(),
            (Kind::Sequence, serde_json::Value::Array(r)) => {
                value.len() == r.len() && value.items().zip(r).all(|(l, r)| same(l, r))
            }
            (Kind::Mapping, serde_json::Value::Object(r)) => {
                value.len() == r.len()
                    && value
                        .entries()
                        .zip(r)
                        .all(|((key, l), (name, r))| key.text == name && same(l, r))
            }
            _ => false,
        }
    }
    let mut random = Random(7);
    println!("seed 7");
    for _ in 0..3000 {
        let mut text = String::new();
        random.json(&mut text, 0);
        let other: serde_json::Value = serde_json::from_str(&text).expect("the text is JSON");
        let text = format!("[{text}]");
        let (_, tree) = tree(&text);
        let value = tree.root().items().next().expect("one item is written");
        assert!(same(value, &other), "{text}");
    }
}

#[test]
fn flow_yaml_that_is_no_json_is_read_as_yaml() {
    check(
        "{a: 1, \"b\": [x, 'y',],}\n",
        &[
            " map |{a: 1, \"b\": [x, 'y',],}|",
            "/a number 1 |1|",
            "/b list |[x, 'y',]|",
            "/b/0 text \"x\" |x|",
            "/b/1 text \"y\" |'y'|",
        ],
    );
}

#[test]
fn carriage_returns_are_line_breaks() {
    check(
        "a: 1\r\nb:\r\n- x\r\n",
        &[
            " map |a: 1\r\u{23ce}b:\r\u{23ce}- x|",
            "/a number 1 |1|",
            "/b list |- x|",
            "/b/0 text \"x\" |x|",
        ],
    );
}

#[test]
fn pointers_follow_rfc_6901() {
    let (_, tree) = tree("{\"\": 1, \"a/b\": {\"~x\": [1, [2, 3]]}, \"0\": 5}");
    let at = |pointer: &str| tree.root().pointer(pointer).and_then(Value::scalar_text);
    assert_eq!(at("/"), Some("1"));
    assert_eq!(at("/a~1b/~0x/1/0"), Some("2"));
    assert_eq!(at("/0"), Some("5"));
    for absent in [
        "a",
        "/a~1b/~0x/01",
        "/a~1b/~0x/2",
        "/a~1b/~0x/-",
        "/a~1b/~0x/0/0",
        "/a~1b/~0x/+1",
    ] {
        assert_eq!(at(absent), None, "{absent}");
    }
    assert_eq!(
        tree.root().pointer("").map(Value::id),
        Some(tree.root().id())
    );
}

#[test]
fn large_mappings_find_each_key_and_keep_their_order() {
    let mut text = String::new();
    for n in 0..2000 {
        writeln!(text, "k{}: {n}", (n * 7919) % 2000).expect("a string takes every text");
    }
    let (_, tree) = tree(&text);
    for (at, (key, value)) in tree.root().entries().enumerate() {
        assert_eq!(value.scalar_text(), Some(at.to_string().as_str()));
        let found = tree.root().get_entry(key.text).expect("every key is found");
        assert_eq!((found.0, found.1.id()), (key, value.id()));
    }
    assert!(tree.root().get("k2000").is_none());
    assert!(tree.root().get("").is_none());
}

#[test]
fn repeated_keys_are_reported_with_both_places() {
    let (sources, phase) = read("a: 1\nb: 2\n\"a\": 3\n", Mode::Contract);
    let findings = phase.diagnostics.finish(&LevelTable::default());
    let labels: Vec<(&str, u32)> = findings
        .iter()
        .flat_map(|finding| finding.labels())
        .map(|label| (sources.slice(label.span), label.span.start))
        .collect();
    assert_eq!(labels, [("\"a\"", 10), ("a", 0)]);
    assert!(phase.value.is_some(), "reading goes on");

    let many: String = (0..40).map(|n| format!("\"k{}\": 1,", n % 20)).collect();
    let text = format!("{{{}\"z\": 1}}", many);
    assert_eq!(findings_of_rule(&text, "duplicate-key"), 20);
    let flood: String = (0..10_000).map(|_| "a: 1\n").collect();
    assert_eq!(findings_of_rule(&flood, "duplicate-key"), 50);
}

fn findings_of_rule(text: &str, rule: &str) -> usize {
    let prefix = format!("{rule} ");
    let found = findings(text, Mode::Schema);
    found
        .iter()
        .filter(|line| line.starts_with(&prefix))
        .count()
}

#[test]
fn anchors_are_shared_and_keep_the_place_of_the_alias() {
    check(
        "a: &x {k: [1]}\nb: *x\nc: &y text\nd: *y\n",
        &[
            " map |a: &x {k: [1]}\u{23ce}b: *x\u{23ce}c: &y text\u{23ce}d: *y|",
            "/a map |{k: [1]}|",
            "/a/k list |[1]|",
            "/a/k/0 number 1 |1|",
            "/b map |*x|",
            "/b/k list |[1]|",
            "/b/k/0 number 1 |1|",
            "/c text \"text\" |text|",
            "/d text \"text\" |*y|",
        ],
    );
}

#[test]
fn bad_texts_say_what_was_expected_and_where() {
    let cases = [
        ("a: b: c\n", "yaml-syntax 1:5 a `:` cannot stand here"),
        ("a: [1, 2\n", "yaml-syntax"),
        (
            "a: \"x\n",
            "yaml-syntax 1:4 expected a closing quote for this text",
        ),
        (
            "a: *x\n",
            "yaml-syntax 1:4 this alias repeats an anchor that is not in the document",
        ),
        (
            "a:\n\t- b\n",
            "yaml-syntax 2:2 expected spaces, found a tab",
        ),
        (
            "{\"a\": 1,, \"b\": 2}",
            "yaml-syntax 1:9 expected a key in double quotes",
        ),
        (
            "{\"a\": \"\\ud800\"}",
            "yaml-syntax 1:8 expected four hexadecimal digits that make a character",
        ),
        ("{\"a\" 1}", "yaml-syntax 1:6 expected `:` after the key"),
        ("{\"a\": [1, 2}", "yaml-syntax 1:12 expected `,` or `]`"),
        (
            "{\"a\": 1} x",
            "yaml-syntax 1:10 expected the end of the file",
        ),
        (
            "? [a]\n: b\n",
            "yaml-syntax 1:3 a key must be a text, not a list or a mapping",
        ),
        (
            "a: &x [*x]\n",
            "yaml-syntax 1:8 an alias stands inside the value that it repeats",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "several-documents 2:1 the file holds more than one YAML document",
        ),
        (
            "a: !!str 1\n",
            "tag-refused 1:4 the tag `!!str` has no meaning in a contract",
        ),
        (
            "a: &x !env [HOME]\n",
            "tag-refused 1:7 the tag `!env` has no meaning in a contract",
        ),
    ];
    for (text, expected) in cases {
        let found = findings(text, Mode::Contract);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        assert!(found[0].starts_with(expected), "{text:?}: {found:?}");
    }
}

#[test]
fn schemas_may_have_tags_and_contracts_may_not() {
    check(
        "a: !!str 1\nb: !Ref x\nc: ! 5\nd: !!int \"7\"\n",
        &[
            " map |a: !!str 1\u{23ce}b: !Ref x\u{23ce}c: ! 5\u{23ce}d: !!int \"7\"|",
            "/a text \"1\" |1|",
            "/b text \"x\" |x|",
            "/c text \"5\" |5|",
            "/d number 7 |\"7\"|",
        ],
    );
}

#[test]
fn limits_hold() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{a: ", "}")] {
        let nested = |depth: usize| {
            let middle = if open == "[" { "" } else { "1" };
            format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
        };
        let deep = findings(&nested(128), Mode::Schema);
        assert_eq!(deep, Vec::<String>::new(), "{open}");
        for depth in [129, 1000, 200_000] {
            assert_eq!(
                findings_of_rule(&nested(depth), "limit-exceeded"),
                1,
                "{open} {depth}"
            );
        }
    }
    // The event reader holds a whole flow collection before it hands out its first event.
    for begin in [
        "a: [",
        "[",
        "a: [\"]\", ",
        "a: [ # ]\n  ",
        "- a\n- [",
        "--- [\na: b, ",
    ] {
        let wide = format!("{begin}{}x]\n", "&a ".repeat(1_000_000));
        let start = Instant::now();
        assert_eq!(findings_of_rule(&wide, "limit-exceeded"), 1, "{begin:?}");
        assert!(start.elapsed() < Duration::from_secs(1));
    }
    let broken = format!("[{}1 2]", "1,".repeat(600_000));
    assert_eq!(
        findings(&broken, Mode::Schema),
        ["yaml-syntax 1:1200004 expected `,` or `]`"]
    );
    // Many small ones are no large one.
    let small: String = (0..100_000)
        .map(|n| format!("k{n}: {{a: [\"x]\", y]}}\n"))
        .collect();
    assert_eq!(findings(&small, Mode::Schema), Vec::<String>::new());
    let indented: String = (0..3000)
        .map(|n| format!("{}a:\n", " ".repeat(n)))
        .collect();
    assert_eq!(findings_of_rule(&indented, "limit-exceeded"), 1);
}

#[test]
fn alias_bombs_are_refused_at_once() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..30 {
        let before = format!("*a{}", n - 1);
        let list = [before.as_str(); 10].join(", ");
        writeln!(text, "a{n}: &a{n} [{list}]").expect("a string takes every text");
    }
    let start = Instant::now();
    let found = findings(&text, Mode::Schema);
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!(
        found,
        ["limit-exceeded 6:45 the aliases stand for more than 1000000 values"]
    );

    // Levels that aliases add count as levels.
    let mut text = "a0: &a0 [x]\n".to_owned();
    for n in 1..200 {
        writeln!(text, "a{n}: &a{n} [*a{}]", n - 1).expect("a string takes every text");
    }
    assert_eq!(findings_of_rule(&text, "limit-exceeded"), 1);
}

#[test]
fn an_empty_text_is_null() {
    for text in ["", "\n\n", "# only a comment\n", "---\n"] {
        let (_, tree) = tree(text);
        assert_eq!(tree.root().kind(), Kind::Null, "{text:?}");
    }
}

/// A small generator of pseudo-random numbers: tests repeat themselves exactly.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    fn json(&mut self, out: &mut String, depth: usize) {
        const STRINGS: &[&str] = &[
            "\"\"",
            "\"a\\u00e9\"",
            "\"\\ud83d\\ude00\"",
            "\"\u{1f352}\"",
            "\"\\/\\\\\\\"\"",
            "\"a: b #c\"",
            "\"\\u0000\"",
        ];
        const SCALARS: &[&str] = &[
            "1",
            "-0.5",
            "1e3",
            "true",
            "false",
            "null",
            "0",
            "12345678901234567890",
        ];
        let kinds = if depth > 4 { 2 } else { 4 };
        match self.below(kinds) {
            0 => out.push_str(STRINGS[self.below(STRINGS.len())]),
            1 => out.push_str(SCALARS[self.below(SCALARS.len())]),
            2 => {
                out.push('[');
                for n in 0..self.below(4) {
                    out.push_str(if n > 0 { "\t, " } else { "\n" });
                    self.json(out, depth + 1);
                }
                out.push(']');
            }
            _ => {
                out.push('{');
                for n in 0..self.below(4) {
                    out.push_str(if n > 0 { ",\n\t" } else { "" });
                    write!(out, "\"k{n}\\u00e9\"\t:").expect("a string takes every text");
                    self.json(out, depth + 1);
                }
                out.push('}');
            }
        }
    }
}

/// Random damage never ends the process, and every finding lies inside the text.
#[test]
#[expect(clippy::print_stdout, reason = "a failing test shows its seed")]
fn damaged_texts_never_panic() {
    const SEEDS: &[&str] = &[
        "contract: user/v1\nversion: 1.2.0\nendpoints:\n- path: /users/{id}\n  method: GET\n  rate_limit: \"100r/s per client_ip\"\n",
        "a: &x {k: [1, 'two', \"th\\u00e9\"]}\nb: *x\nc: |\n  text\nd: >-\n  more\n? e\n: f\n",
        "{\"a\": [1, 2.5, \"\\ud83d\\ude00\"], \"b\": {\"c\": null, \"d\": true}}",
        "%YAML 1.2\n---\n- !!str a\n- \u{1f352}: \u{e9}\n- - - x\n...\n",
    ];
    const PIECES: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        "- ",
        "\n",
        "\r\n",
        "\t",
        "\"",
        "'",
        "&a ",
        "*a",
        "!x ",
        "|",
        ">",
        "#",
        " #",
        "%",
        "---\n",
        "...\n",
        "?",
        "\\",
        "\\u",
        "\u{e9}",
        "\u{1f352}",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "0x",
        "~",
        ",",
        "  ",
        "@",
        "`",
        "|2-\n",
        "!<",
        "!!",
        "*",
        "&",
        "<<: ",
    ];
    let seed = 20_260_301;
    println!("seed {seed}");
    let mut random = Random(seed);
    let start = Instant::now();
    let mut count = 0;
    while count < 20_000 && start.elapsed() < Duration::from_millis(1500) {
        count += 1;
        let mut text = SEEDS[random.below(SEEDS.len())].to_owned();
        for _ in 0..=random.below(6) {
            let mut at = random.below(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            match random.below(4) {
                0 => text.truncate(at),
                1 => {
                    let rest = text.split_off(at);
                    let skip = rest.chars().next().map_or(0, char::len_utf8);
                    text.push_str(&rest[skip..]);
                }
                2 => {
                    let from = random.below(SEEDS.len());
                    text.insert_str(at, SEEDS[from]);
                }
                _ => text.insert_str(at, PIECES[random.below(PIECES.len())]),
            }
        }
        let began = Instant::now();
        for mode in [Mode::Contract, Mode::Schema] {
            let found = findings(&text, mode);
            let (sources, phase) = read(&text, mode);
            match phase.value {
                Some(tree) => drop(dump(&sources, &tree)),
                None => assert!(!found.is_empty(), "no tree and no reason: {text:?}"),
            }
        }
        assert!(began.elapsed() < Duration::from_secs(1), "{text:?}");
    }
    assert!(count > 100, "only {count} texts were tried");
}

/// A document of 13 MB, as large as GitHub's.
#[test]
fn large_documents_stay_small_in_memory() {
    let mut text = String::from("{\"paths\":{");
    for n in 0..20_000 {
        let comma = if n == 0 { "" } else { "," };
        write!(
            text,
            "{comma}\n    \"/repos/{{owner}}/{{repo}}/things/{n}\": {{\n      \"get\": {{\"operationId\": \"things/get-{n}\", \"tags\": [\"things\"], \"parameters\": [{{\"name\": \"owner\", \"in\": \"path\", \"required\": true, \"schema\": {{\"type\": \"string\", \"maxLength\": 100}}}}], \"responses\": {{\"200\": {{\"description\": \"Response with a text that is as long as such texts are in real life\"}}}}}}\n    }}"
        )
        .expect("a string takes every text");
    }
    text.push_str("}}");
    let start = Instant::now();
    let (_, tree) = tree(&text);
    // In a release build this takes about a tenth of a second; the bound is for a debug build on a
    // busy machine.
    assert!(start.elapsed() < Duration::from_secs(10));
    assert!(
        tree.heap_bytes() < 3 * text.len(),
        "{} for {}",
        tree.heap_bytes(),
        text.len()
    );
    let last = tree
        .root()
        .pointer("/paths/~1repos~1{owner}~1{repo}~1things~119999/get/operationId");
    assert_eq!(last.and_then(Value::as_str), Some("things/get-19999"));
}

/// What libyaml reads and YAML 1.2 does not: lines in quotes and brackets that stand no deeper than
/// their key. Values and places are those of the text as it is written.
#[test]
fn lines_in_quotes_and_brackets_need_no_indentation_in_documents_of_others() {
    let rows = [
        (
            "a:\n    b: '{\n        x\n    }'\n    c: 1\n",
            "/a/b",
            "{ x }",
        ),
        ("a:\n  b: \"x\n\n  y\"\n  c: 1\n", "/a/b", "x\ny"),
        (
            "a:\n  b: {\n  c: ü,\n  d: 'it''s\n  x'\n  }\n  c: 1\n",
            "/a/b/d",
            "it's x",
        ),
        ("a:\n- b: [x,\ny, z\n]\n  c: 1\n", "/a/0/b/2", "z"),
        (
            "a:\n  k: |\n    'not\n    this\n  b: 'x\n  y'\n  c: 1\n",
            "/a/b",
            "x y",
        ),
        (
            "a:\n  k: |\n    'not\n    this\n  b: 'x\n  y'\n  c: 1\n",
            "/a/k",
            "'not\nthis\n",
        ),
        (
            "a:\n  \"k: l\": &x !!str 'x\n  y'\n  c: *x\n",
            "/a/c",
            "x y",
        ),
    ];
    for (text, pointer, expected) in rows {
        let (sources, phase) = read(text, Mode::Schema);
        let Some(tree) = phase.value else {
            panic!("{text}\n{:?}", findings(text, Mode::Schema));
        };
        let value = tree.root().pointer(pointer);
        assert_eq!(value.and_then(Value::scalar_text), Some(expected), "{text}");
        if let Some((key, _)) = tree.root().pointer("/a").and_then(|a| a.get_entry("c")) {
            let at = sources.line_col(key.span.file, key.span.start);
            let lines = text
                .lines()
                .position(|line| line.trim_start().starts_with("c: ") && !line.contains(','));
            assert_eq!(Some(at.line as usize), lines.map(|line| line + 1), "{text}");
        }
        assert!(read(text, Mode::Contract).1.value.is_none(), "{text}");
    }
}
