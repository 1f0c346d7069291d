//! What options and features become.

use super::*;
use crate::schema::{Attrs, Field, Literal, TypeDef};

fn all(attrs: &Attrs) -> Vec<String> {
    let attrs = attrs.iter().map(|attr| {
        let mark = if attr.span.is_some() {
            ""
        } else {
            " (inherited)"
        };
        format!("{} = {}{mark}", attr.key, attr.value)
    });
    attrs.collect()
}

fn good(text: &str) -> SchemaSet {
    let (set, found) = read(&[("a.proto", text)]);
    assert_eq!(found, [] as [&str; 0]);
    set
}

fn ty<'s>(set: &'s SchemaSet, name: &str) -> &'s TypeDef {
    let mut types = set.units.iter().flat_map(|unit| &unit.types);
    types
        .find(|ty| &*ty.name == name)
        .expect("the type is declared")
}

fn fields<'s>(set: &'s SchemaSet, name: &str) -> &'s [Field] {
    match &ty(set, name).kind {
        TypeKind::Record(record) => &record.fields,
        TypeKind::Enum(_) => panic!("{name} is no message"),
    }
}

#[test]
fn options_of_files_and_messages() {
    let set = good(
        r#"syntax = "proto2";
option go_package = "a" "b";
option cc_enable_arenas = false;
option optimize_for = LITE_RUNTIME;
message M {
  option no_standard_descriptor_accessor = true;
  option deprecated = true;
}
enum E { Z = 0; }
"#,
    );
    assert_eq!(
        all(&unit(&set, "a.proto").attrs),
        [
            "cc_enable_arenas = false",
            "go_package = ab",
            "optimize_for = LITE_RUNTIME"
        ]
    );
    // proto2 promises no JSON.
    assert_eq!(
        all(&ty(&set, "M").attrs),
        [
            "deprecated = true",
            "json_format = LEGACY_BEST_EFFORT (inherited)",
            "no_standard_descriptor_accessor = true",
        ]
    );
    assert_eq!(
        all(&ty(&set, "E").attrs),
        ["json_format = LEGACY_BEST_EFFORT (inherited)"]
    );
}

#[test]
fn texts_are_held_and_checked_by_language() {
    let cases: [(&str, &[&str]); 6] = [
        ("syntax = \"proto3\";\nmessage M { string s = 1; }", &[]),
        (
            "syntax = \"proto2\";\nmessage M { optional string s = 1; }",
            &[
                "(pb.java).utf8_validation = NONE (inherited)",
                "utf8_validation = NONE (inherited)",
            ],
        ),
        (
            "syntax = \"proto2\";\noption java_string_check_utf8 = true;\nmessage M { optional string s = 1 [ctype = STRING_PIECE]; }",
            &[
                "(pb.cpp).string_type = STRING_PIECE",
                "(pb.java).utf8_validation = VERIFY",
                "utf8_validation = NONE (inherited)",
            ],
        ),
        (
            "edition = \"2024\";\nmessage M { string s = 1; }",
            &["(pb.cpp).string_type = VIEW (inherited)"],
        ),
        (
            "edition = \"2023\";\nimport \"google/protobuf/cpp_features.proto\";\noption features.(pb.cpp).string_type = CORD;\nmessage M { string s = 1 [features = { utf8_validation: NONE [pb.cpp] { string_type: STRING } }]; }",
            &[
                "(pb.cpp).string_type = STRING",
                "(pb.java).utf8_validation = NONE (inherited)",
                "utf8_validation = NONE",
            ],
        ),
        (
            "syntax = \"proto2\";\nmessage M { map<string, int32> s = 1; }",
            &[
                "(pb.java).utf8_validation = NONE (inherited)",
                "utf8_validation = NONE (inherited)",
            ],
        ),
    ];
    for (text, expected) in cases {
        let set = good(text);
        assert_eq!(all(&fields(&set, "M")[0].attrs), expected, "{text}");
    }
}

#[test]
fn presence_and_encoding_follow_from_features() {
    let set = good(
        r#"edition = "2023";
option features.field_presence = IMPLICIT;
message M {
  int32 a = 1;
  int32 b = 2 [features.field_presence = EXPLICIT];
  int32 c = 3 [features.field_presence = LEGACY_REQUIRED];
  M d = 4;
  M e = 5 [features.message_encoding = DELIMITED];
  repeated int32 f = 6;
  repeated int32 g = 7 [features.repeated_field_encoding = EXPANDED];
  repeated string h = 8;
  oneof o { int32 j = 10; }
}
enum E { option features.enum_type = CLOSED; ONE = 0; }
"#,
    );
    let shown: Vec<Cardinality> = fields(&set, "M")
        .iter()
        .map(|field| field.cardinality)
        .collect();
    let repeated = |packed| Cardinality::Repeated { packed };
    assert_eq!(
        shown,
        [
            Cardinality::Implicit,
            Cardinality::Explicit,
            Cardinality::Required,
            Cardinality::Explicit,
            Cardinality::Explicit,
            repeated(true),
            repeated(false),
            repeated(false),
            Cardinality::Explicit,
        ]
    );
    let framed = |at: usize| match &fields(&set, "M")[at].ty {
        FieldType::Record { is_delimited, .. } => *is_delimited,
        _ => panic!("it is a message"),
    };
    assert!(!framed(3) && framed(4));
    let TypeKind::Enum(decl) = &ty(&set, "E").kind else {
        panic!("E is an enum");
    };
    assert!(decl.is_closed && decl.closed_at.is_some());
}

#[test]
fn defaults_are_values() {
    let set = good(
        r#"syntax = "proto2";
enum E { ONE = 1; TWO = 2; }
message M {
  optional E a = 1 [default = TWO];
  optional float b = 2 [default = 0.1];
  optional int64 c = 3 [default = -0x10];
  optional bytes d = 4 [default = "\377"];
  optional double e = 5 [default = -inf];
  optional bool f = 6 [default = true];
  optional string g = 7 [default = "x" 'y'];
  optional E h = 8;
  repeated group Part = 9 { optional int32 x = 1; }
}
"#,
    );
    let values: Vec<Option<Literal>> = fields(&set, "M")
        .iter()
        .map(|field| field.default.as_ref().map(|default| default.node.clone()))
        .collect();
    assert_eq!(
        values,
        [
            Some(Literal::Name("TWO".into())),
            Some(Literal::Float(f64::from(0.1_f32))),
            Some(Literal::Int(-16)),
            Some(Literal::Bytes([0xFF].into())),
            Some(Literal::Float(f64::NEG_INFINITY)),
            Some(Literal::Bool(true)),
            Some(Literal::Text("xy".into())),
            None,
            None,
        ]
    );
    let group = &fields(&set, "M")[8];
    assert_eq!(&*group.name.node, "part");
    assert_eq!(&*group.json_name.name, "part");
}

#[test]
fn custom_options_mean_the_same_however_they_are_written() {
    let declared = r#"syntax = "proto3";
package o;
import "google/protobuf/descriptor.proto";
message Rule { int32 a = 1; repeated string b = 2; Rule inner = 3; }
extend google.protobuf.FieldOptions { Rule rule = 50000; repeated int32 tag = 50001; }
"#;
    let used = |options: &str| {
        let text = format!(
            "syntax = \"proto3\";\npackage o.p;\nimport \"o.proto\";\nmessage M {{ int32 x = 1 [{options}]; }}"
        );
        let (set, found) = read(&[("o.proto", declared), ("a.proto", &text)]);
        assert_eq!(found, [] as [&str; 0], "{options}");
        all(&fields(&set, "o.p.M")[0].attrs)
    };
    let expected = ["(o.rule) = {a: 16, b: \"x\", b: \"y\", inner: {a: 1}}"];
    let same = [
        "(rule) = { a: 0x10 b: 'x' b: \"y\" inner { a: 1 } }",
        "(o.rule) = { inner: < a: 1 >, b: [\"x\", \"\\x79\"]; a: 16 }",
        "(.o.rule).a = 16, (rule).b = \"x\", (o.rule).inner.a = 1, (rule).b = \"y\"",
    ];
    for options in same {
        assert_eq!(used(options), expected, "{options}");
    }
    assert_eq!(used("(tag) = 2, (tag) = 1"), ["(o.tag) = 2", "(o.tag) = 1"]);
}

#[test]
fn places_are_those_of_the_reference() {
    let text = r#"syntax = "proto2";
// A comment.
message M {
  extensions 100 to 199
    , 300;
  optional
    string name = 1 [
      default = "x",
      json_name = "n"
    ];
  repeated group Part = 2 {
  }
}
"#;
    let fs = tree(&[("a.proto", text)]);
    let source = Source {
        fs: &fs,
        roots: vec![RelPath::root()],
        selection: Selection::All,
    };
    let mut sources = SourceMap::default();
    let set = load(&source, None, Reuse::Shared, &mut sources).value.new;
    let line = |span: crate::text::Span| sources.line_col(span.file, span.start).line;
    let ty = ty(&set, "M");
    let TypeKind::Record(record) = &ty.kind else {
        panic!("M is a message");
    };
    let field = &record.fields[0];
    let ranges: Vec<u32> = record
        .extension_ranges
        .iter()
        .map(|range| line(range.span))
        .collect();
    let found = [
        line(ty.span),
        line(field.span),
        line(field.ty_span),
        line(field.name.span),
        line(field.default.as_ref().expect("there is a default").span),
        line(field.json_name.written.expect("it is written")),
        line(record.fields[1].ty_span),
    ];
    assert_eq!(found, [3, 6, 7, 7, 8, 9, 11]);
    assert_eq!(ranges, [4, 5]);
}
