//! A file gives all its errors at once, and the rest of it is read.

use super::dump::dump;
use super::{headlines, read};
use crate::diag::LevelTable;

/// The headlines of a file with the lines they stand on, and its tree.
fn check(text: &str, expected: &[(usize, &str)], tree: &str) {
    let phase = read(text);
    let found: Vec<(usize, String)> = {
        let findings = phase.diagnostics.finish(&LevelTable::default());
        let line = |at: u32| text[..at as usize].matches('\n').count() + 1;
        let lines = findings
            .iter()
            .map(|finding| line(finding.primary().expect("it has a place").start));
        lines
            .zip(headlines(&findings))
            .map(|(line, text)| (line, text.to_owned()))
            .collect()
    };
    let found: Vec<(usize, &str)> = found
        .iter()
        .map(|(line, text)| (*line, text.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
    assert!(phase.value.is_broken);
    assert_eq!(dump(&phase.value), tree, "{text}");
}

#[test]
fn every_statement_is_read() {
    check(
        "syntax = \"proto3\"
message A {
  string a = ;
  string b
  string c = 3
  string d = 4 [deprecated true];
  strin g e = 5;
  oneof o { string f = 6 string g = 7; string h = 8; }
  string i = 9;
}
enum E { Z = 0 Y = 1; X = two; W = 3; }
service S { rpc (A) returns (A); rpc B (A) returns (A); rpc C (A) returns A; }
mesage B { string a = 1; }
message C { string a = 1; }
",
        &[
            (1, "`;` is missing after the statement"),
            (3, "expected the number of the field, found `;`"),
            (
                5,
                "expected `=` and a number after the name of the field, found `string`",
            ),
            (5, "`;` is missing after the field"),
            (6, "expected `=` after the name of the option, found `true`"),
            (
                7,
                "expected `=` and a number after the name of the field, found `e`",
            ),
            (8, "expected `;` after the field, found `string`"),
            (11, "expected `;` after the value, found `Y`"),
            (11, "expected a whole number, found `two`"),
            (12, "expected the name of an rpc, found `(`"),
            (12, "expected `(` around the message, found `A`"),
            (13, "expected a declaration, found `mesage`"),
        ],
        "Proto3
message A
  field string c 3
  oneof o
    field string h 8
  field string i 9
enum E
  value W 3
service S
  rpc B A -> A
message C
  field string a 1
",
    );
}

#[test]
fn a_broken_value_ends_with_its_brace() {
    check(
        "message A { option (x) = { a { b 1 } c: 2 }; optional int32 d = 1; }\noption (y) = { a: 1 2 };\nmessage B {}",
        &[
            (
                1,
                "expected `:` and a value after the name, found the number 1",
            ),
            (2, "expected the name of a field or `}`, found the number 2"),
        ],
        "Proto2\nmessage A\n  option (x) = missing\n  field Optional int32 d 1\noption (y) = missing\nmessage B\n",
    );
}

#[test]
fn a_file_that_ends_early_says_so_once() {
    check(
        "syntax = \"proto3\";\nmessage A {\n  message B {\n    oneof o {\n      string a = 1;\n",
        &[(4, "the oneof is not closed")],
        "Proto3\nmessage A\n  message B\n    oneof o\n      field string a 1\n",
    );
    check(
        "message A { optional string a",
        &[(
            1,
            "expected `=` and a number after the name of the field, found the end of the file",
        )],
        "Proto2\nmessage A\n",
    );
    check(
        "message A {}\n}\n}\nmessage B {}",
        &[(2, "a `}` closes nothing"), (3, "a `}` closes nothing")],
        "Proto2\nmessage A\nmessage B\n",
    );
}

#[test]
fn a_text_that_does_not_end_costs_its_line() {
    check(
        "option java_package = \"a;\nmessage A { optional string s = 1 [default = \"x];\n optional int32 b = 2; }",
        &[
            (1, "a text in quotes does not end on its line"),
            (2, "a text in quotes does not end on its line"),
        ],
        "Proto2\noption java_package = \"a;\"\nmessage A\n  field Optional int32 b 2\n",
    );
}

#[test]
fn what_is_no_protobuf_does_not_fill_the_screen() {
    let findings = read(&"?;".repeat(10_000))
        .diagnostics
        .finish(&LevelTable::default());
    let headlines = headlines(&findings);
    assert_eq!(headlines.len(), 101);
    assert_eq!(
        headlines.last(),
        Some(&"9900 more problems of this file are not shown")
    );
}
