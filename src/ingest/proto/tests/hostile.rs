//! Inputs that nobody would write on purpose.

use std::fmt::Write as _;

use super::*;

#[test]
fn imports_in_circles_end() {
    let file = |name: &str, other: &str| {
        format!("syntax = \"proto3\";\nimport \"{other}.proto\";\nmessage {name} {{}}\n")
    };
    let (_, found) = read(&[
        ("a.proto", &file("A", "b")),
        ("b.proto", &file("B", "c")),
        ("c.proto", &file("C", "a")),
        ("d.proto", &file("D", "d")),
        ("e.proto", &file("E", "a")),
    ]);
    assert_eq!(
        found,
        [
            "c.proto:2: proto-import: `a.proto` is imported in a circle",
            "d.proto:2: proto-import: `d.proto` imports itself",
        ]
    );
}

#[test]
fn a_missing_import_names_its_line_and_what_was_meant() {
    let fs = tree(&[
        (
            "x/order.proto",
            "syntax = \"proto3\";\nimport \"x/lines.proto\";\nmessage M { Line l = 1; }\n",
        ),
        ("x/line.proto", "syntax = \"proto3\";\nmessage Line {}\n"),
    ]);
    let source = Source {
        fs: &fs,
        roots: vec![RelPath::root()],
        selection: Selection::Files(vec![path("x/order.proto")]),
    };
    let mut sources = SourceMap::default();
    let phase = load(&source, None, Reuse::Shared, &mut sources);
    let findings = phase.diagnostics.finish(&LevelTable::default());
    // The type that may be in the missing file is not reported on top.
    assert_eq!(
        lines(&findings, &sources),
        ["x/order.proto:2: proto-import: there is no file `x/lines.proto`"]
    );
    let finding = findings.iter().next().expect("there is one");
    assert_eq!(finding.help(), Some("did you mean `x/line.proto`?"));
}

#[test]
fn files_that_are_no_text_are_reported_once() {
    let fs = tree(&[("a.proto", "syntax = \"proto3\";\nimport \"b.proto\";\n")]);
    fs.write(&path("b.proto"), b"syntax \xff")
        .expect("memory takes every file");
    let source = Source {
        fs: &fs,
        roots: vec![RelPath::root()],
        selection: Selection::All,
    };
    let mut sources = SourceMap::default();
    let phase = load(&source, None, Reuse::Shared, &mut sources);
    assert!(phase.diagnostics.has_errors());
    let findings = phase.diagnostics.finish(&LevelTable::default());
    let found = lines(&findings, &sources);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("b.proto:1: file-unreadable"),
        "{found:?}"
    );
}

#[test]
fn ten_thousand_of_everything() {
    let mut text = String::from("syntax = \"proto2\";\nmessage M {\n");
    for at in 1..=10_000 {
        let _ = writeln!(text, "  optional int32 f{at} = {};", at + 20_000);
    }
    for at in 0..10_000 {
        let _ = writeln!(text, "  reserved {};", at * 2 + 100_000);
        let _ = writeln!(text, "  reserved \"r{at}\";");
    }
    text.push_str("}\nenum E {\n");
    for at in 0..10_000 {
        let _ = writeln!(text, "  V{at} = {at};");
    }
    text.push_str("}\n");
    let (set, found) = read(&[("a.proto", &text)]);
    assert_eq!(found, [] as [&str; 0]);
    let TypeKind::Record(record) = &unit(&set, "a.proto").types[0].kind else {
        panic!("M is a message");
    };
    assert_eq!(record.fields.len(), 10_000);
}

#[test]
fn ten_thousand_times_the_same() {
    let mut text = String::from("syntax = \"proto3\";\nmessage M {\n");
    for _ in 0..10_000 {
        text.push_str("  Nothing a = 1;\n  reserved 1, \"a\";\n");
    }
    text.push_str("}\n");
    let text = text.replace("reserved 1, \"a\";", "reserved 1; reserved \"a\";");
    let (_, found) = read(&[("a.proto", &text)]);
    // In proportion to the input: a few findings for each line.
    assert!(
        found.len() > 10_000 && found.len() < 100_000,
        "{}",
        found.len()
    );
}

/// Every outer package is a scope; names are bounded where the reference bounds them.
#[test]
fn the_name_of_a_package_has_a_bound() {
    let file = |parts: usize| {
        let name = vec!["a"; parts].join(".");
        format!("syntax = \"proto3\";\npackage {name};\nmessage M {{}}\n")
    };
    assert_eq!(read(&[("a.proto", &file(101))]).1, [""; 0]);
    let said = "a.proto:2: limit-exceeded: the name of a package has more than 101 parts";
    assert_eq!(read(&[("a.proto", &file(102))]).1, [said]);
    assert_eq!(read(&[("a.proto", &file(100_000))]).1, [said]);
}

/// A name that stands twice is told once, and not as a JSON name again.
#[test]
fn a_repeated_field_name_is_told_once() {
    let text = "syntax = \"proto3\";\nmessage M {\n  string c = 1;\n  string c = 2;\n}\n";
    let (_, found) = read(&[("a.proto", text)]);
    assert_eq!(
        found,
        ["a.proto:4: proto-duplicate-name: the name `c` is declared twice in `M`"]
    );
}

#[test]
fn deep_nesting_is_a_finding() {
    let mut text = String::from("syntax = \"proto3\";\n");
    for at in 0..200 {
        let _ = writeln!(text, "message M{at} {{");
    }
    text.push_str(&"}".repeat(200));
    let (_, found) = read(&[("a.proto", &text)]);
    assert!(!found.is_empty());
}

#[test]
fn message_sets_are_told_apart() {
    let (set, found) = read(&[(
        "a.proto",
        "syntax = \"proto2\";\nmessage S { option message_set_wire_format = true; extensions 4 to max; }\n",
    )]);
    assert_eq!(found, [] as [&str; 0]);
    let attrs = &unit(&set, "a.proto").types[0].attrs;
    let attr = attrs.get("message_set_wire_format").next();
    assert_eq!(attr.map(|attr| &*attr.value), Some("true"));
}

/// Cutting a file anywhere and putting words in odd places must never end the program.
#[test]
fn mutations_never_panic_and_every_finding_has_a_place() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/proto/accepted");
    let names = [
        "options.proto",
        "proto2.proto",
        "custom.proto",
        "e2023.proto",
        "e2024.proto",
        "e2024_types.proto",
    ];
    let texts: Vec<String> = names
        .iter()
        .map(|name| std::fs::read_to_string(folder.join(name)).expect("it can be read"))
        .collect();
    let words = [
        "}",
        "{",
        ";",
        "=",
        "1",
        "message",
        "group",
        "option",
        "(",
        "[",
        "\"",
        ".",
        "extend",
        "0",
        "map<",
        "reserved",
        "-",
        "hard.opt.on_file",
    ];
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below.max(1) as u64).unwrap_or(0)
    };
    for round in 0..300 {
        let which = next(texts.len());
        let mut files: Vec<(&str, String)> =
            names.iter().copied().zip(texts.iter().cloned()).collect();
        let text = &mut files[which].1;
        for _ in 0..1 + next(3) {
            let mut from = next(text.len());
            while !text.is_char_boundary(from) {
                from -= 1;
            }
            let end = text[from..]
                .find([' ', '\n', ';'])
                .map_or(text.len(), |at| from + at);
            text.replace_range(from..end, words[next(words.len())]);
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, &**text)).collect();
        let fs = tree(&files);
        let source = Source {
            fs: &fs,
            roots: vec![RelPath::root()],
            selection: Selection::All,
        };
        let mut sources = SourceMap::default();
        let phase = load(&source, None, Reuse::Shared, &mut sources);
        for finding in phase.diagnostics.finish(&LevelTable::default()).iter() {
            assert!(!finding.headline().is_empty());
            for label in finding.labels() {
                let text = sources.file(label.span.file).text();
                let range = label.span.start as usize..label.span.end as usize;
                assert!(
                    text.get(range).is_some(),
                    "round {round}: {}",
                    finding.headline()
                );
            }
        }
    }
}
