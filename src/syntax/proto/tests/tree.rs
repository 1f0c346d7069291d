//! What is written is what the tree says.

use super::dump::{dump, value};
use super::{read, whole};
use crate::syntax::proto::{Edition, FileItem};

fn check(text: &str, expected: &str) {
    assert_eq!(dump(&whole(text)), expected, "{text}");
}

#[test]
fn a_file_of_everything() {
    check(
        r#"
syntax = "proto2";
package a . b;
import "x/" 'y.proto';
import public "z.proto";
import weak "w.proto";
option java_package = "p";
message M {
  option (a.b).c.(.d) = { x: 1 };
  optional string s = 1 [default = "d\"", json_name = "S", deprecated = true];
  required .a.b.M m = 0x2;
  repeated group G = 3 [lazy = false] { optional int32 i = 1; }
  map<string, M.N> mp = 4;
  oneof o { option x = y; bytes b = 5; group H = 6 {} }
  message N {}
  enum E { Z = 0; }
  extend M { optional sint64 e = 100; }
  extensions 100 to 199, 300 to max [verification = UNVERIFIED];
  reserved 7, 010 to 11; reserved "q", 'r';
}
enum E { option allow_alias = true; A = 0; B = -1 [deprecated = true]; C = 0; reserved -5 to -2, 9 to max; }
service S {
  option deprecated = true;
  rpc R (stream M) returns (.a.b.M) { option idempotency_level = NO_SIDE_EFFECTS; }
  rpc Q (M) returns (stream M);
}
extend M { repeated double x = 101; }
"#,
        r#"Proto2
package a.b
import Plain x/y.proto
import Public z.proto
import Weak w.proto
option java_package = "p"
message M
  option (a.b).c.(.d) = {x: int 1}
  field Optional string s 1
    option default = "d\""
    option json_name = "S"
    option deprecated = true
  field Required named .a.b.M m 2
  field Repeated group G 3
    option lazy = false
    field Optional int32 i 1
  field map string to M.N mp 4
  oneof o
    option x = y
    field bytes b 5
    field group H 6
  message N
  enum E
    value Z 0
  extend M
    field Optional sint64 e 100
  extensions 100..=199, 300..=max
    option verification = UNVERIFIED
  reserved 7, 8..=11
  reserved "q", "r"
enum E
  option allow_alias = true
  value A 0
  value B -1
    option deprecated = true
  value C 0
  reserved -5..=-2, 9..=max
service S
  option deprecated = true
  rpc R stream M -> .a.b.M
    option idempotency_level = NO_SIDE_EFFECTS
  rpc Q M -> stream M
extend M
  field Repeated double x 101
"#,
    );
}

#[test]
fn an_edition() {
    check(
        "edition = '2024';\nimport option 'o.proto';\nexport message M { local enum E { Z = 0; } reserved a, to; }",
        "Edition2024\nimport Option o.proto\nexport message M\n  local enum E\n    value Z 0\n  reserved a, to\n",
    );
    assert_eq!(whole("").edition, Edition::Proto2);
    assert!(Edition::Edition2023.is_editions() && !Edition::Proto3.is_editions());
}

#[test]
fn values() {
    let cases = [
        ("true", "true"),
        ("- 5", "int -5"),
        ("-0", "int -0"),
        ("0xFF", "int 255"),
        ("017", "int 15"),
        ("18446744073709551615", "int 18446744073709551615"),
        // Past 64 bits, a decimal number is the nearest double.
        ("18446744073709551616", "float 18446744073709552000"),
        ("-9223372036854775809", "float -9223372036854776000"),
        ("1.5e-3", "float 0.0015"),
        (".5", "float 0.5"),
        ("5.", "float 5"),
        ("1e999", "float inf"),
        ("-inf", "float -inf"),
        ("-nan", "float NaN"),
        ("inf", "inf"),
        (r#""a" 'b"' /* c */ "d""#, r#""ab\"d""#),
        (r#""\a\b\f\n\r\t\v\?\'""#, r#""\x07\x08\x0c\n\r\t\x0b?\'""#),
        (r#""\0\12\1234\777\x4\X41g""#, r#""\x00\nS4\xff\x04Ag""#),
        (
            r#""\u00e9\U0001F352\ud83c\udf52""#,
            r#""\xc3\xa9\xf0\x9f\x8d\x92\xf0\x9f\x8d\x92""#,
        ),
        (r#""\ud83c""#, r#""\xed\xa0\xbc""#),
        ("{}", "{}"),
        (
            "{ a: 1, b: -2.5; c: 'x' \"y\" d: E e { f: true } g < h: [1, -inf] > }",
            "{a: int 1, b: float -2.5, c: \"xy\", d: E, e: {f: true}, g: {h: [int 1, float -inf]}}",
        ),
        (
            "{ a [ {b: 1}, <> ] c: [] # d: 1\n e: nan }",
            "{a: [{b: int 1}, {}], c: [], e: nan}",
        ),
        (
            "{ [a . b]: 1 [type.googleapis.com/c.D] { x: -infinity } }",
            "{[a.b]: int 1, [type.googleapis.com / c.D]: {x: float -inf}}",
        ),
        (
            "{ [my-host.example/a%20/c.D]: {} }",
            "{[my-host.example/a%20 / c.D]: {}}",
        ),
    ];
    for (text, expected) in cases {
        let file = whole(&format!("option (o) = {text};"));
        let [FileItem::Option(option)] = &*file.items else {
            panic!("{text}");
        };
        assert_eq!(value(&file, &option.value), expected, "{text}");
        assert_eq!(file.slice(option.value.span), text);
    }
}

#[test]
fn names_are_read_without_what_stands_inside() {
    let file = whole("package a /* x.y */ . // z\n b;");
    let package = file.package.as_ref().expect("it has one");
    assert_eq!(file.path(package.name), "a.b");
}

#[test]
fn a_mark_and_line_ends_change_nothing() {
    let plain = "syntax = \"proto3\";\nmessage A {\n string a = 1; // x\n}\n";
    let expected = dump(&whole(plain));
    assert_eq!(dump(&whole(&format!("\u{FEFF}{plain}"))), expected);
    assert_eq!(dump(&whole(&plain.replace('\n', "\r\n"))), expected);
}

#[test]
fn deep_files_end_at_the_limit() {
    for (open, close, limit) in [
        ("message A {", "}", super::super::parser::MAX_NESTING),
        (
            "message A { optional group G = 1 {",
            "}}",
            super::super::parser::MAX_NESTING / 2,
        ),
    ] {
        let nested = |depth: usize| open.repeat(depth) + &close.repeat(depth);
        assert!(!read(&nested(limit)).value.is_broken);
        for depth in [limit + 1, 200, 20_000] {
            let findings = read(&nested(depth)).diagnostics;
            assert!(!findings.is_empty(), "{depth}");
        }
    }
    let limit = super::super::parser::MAX_VALUE_NESTING;
    let value = |depth: usize| {
        format!(
            "option (o) = {}{};",
            "{ a ".repeat(depth - 1) + "{",
            "}".repeat(depth)
        )
    };
    assert!(!read(&value(limit)).value.is_broken);
    for depth in [limit + 1, 200, 20_000] {
        assert!(read(&value(depth)).value.is_broken, "{depth}");
    }
}
