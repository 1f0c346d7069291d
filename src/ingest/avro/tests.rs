use std::sync::Arc;

use super::read;
use crate::diag::Diagnostics;
use crate::schema::{DatumKind, Datums};
use crate::syntax::{Mode, parse};
use crate::text::{RelPath, Side, SourceMap};

/// The schema that a text is, and what is said about it.
fn datums(text: &str) -> (Option<Datums>, Vec<String>) {
    let mut sources = SourceMap::default();
    let path = RelPath::new("a.avsc").expect("a plain name is a path");
    let text: Arc<str> = text.into();
    let file = sources.add(path, Side::New, Arc::clone(&text));
    let mut found = Diagnostics::default();
    let tree = parse(file, &text, Mode::Schema).into(&mut found);
    let datums = tree.and_then(|tree| read(tree.root(), &mut found));
    let said = found.iter().map(|one| one.headline().to_owned()).collect();
    (datums, said)
}

#[test]
fn good_schemas_are_read() {
    for text in [
        r#""string""#,
        r#"{"type": "string"}"#,
        r#"{"type": {"type": "string"}}"#,
        r#"["null", "string"]"#,
        r#"{"type": "array", "items": {"type": "map", "values": "long"}}"#,
        // A record may hold itself.
        r#"{"type": "record", "name": "a.Node", "fields": [{"name": "next", "type": ["null", "Node"], "default": null}]}"#,
        // A name space is that of the type around, unless it is written.
        r#"{"type": "record", "name": "R", "namespace": "a.b", "fields": [
            {"name": "x", "type": {"type": "fixed", "name": "F", "size": 2}},
            {"name": "y", "type": "a.b.F", "default": "\u0000\u00ff"},
            {"name": "z", "type": {"type": "enum", "name": "c.E", "symbols": ["A"], "default": "A"}},
            {"name": "u", "type": "c.E", "default": "A"}]}"#,
        // A default of a union is of any of its types.
        r#"{"type": "record", "name": "R", "fields": [{"name": "x", "type": ["string", "null"], "default": null}]}"#,
        // What a record leaves out has a default of its own.
        r#"{"type": "record", "name": "R", "fields": [{"name": "x", "default": {}, "type":
            {"type": "record", "name": "S", "fields": [{"name": "y", "type": "int", "default": 3}]}}]}"#,
    ] {
        let (datums, said) = datums(text);
        assert_eq!(said, Vec::<String>::new(), "{text}");
        assert!(datums.is_some(), "{text}");
    }
}

#[test]
fn bad_schemas_are_refused() {
    let record = |fields: &str| {
        format!(r#"{{"type": "record", "name": "R", "namespace": "n", "fields": [{fields}]}}"#)
    };
    for (text, expected) in [
        (r#""strin""#.to_owned(), "there is no type `strin`"),
        (
            "3".to_owned(),
            "a schema must be a name, a list or an object; found the number `3`",
        ),
        ("{}".to_owned(), "a schema has no `type`"),
        ("[]".to_owned(), "a union has no types"),
        (
            r#"["null", ["int"]]"#.to_owned(),
            "a union must not hold a union",
        ),
        (r#"["int", "int"]"#.to_owned(), "a union holds `int` twice"),
        (r#"{"type": "array"}"#.to_owned(), "a schema has no `items`"),
        (
            r#"{"type": "record", "fields": []}"#.to_owned(),
            "a record, enum or fixed has no `name`",
        ),
        (
            r#"{"type": "record", "name": "1", "fields": []}"#.to_owned(),
            "`1` is no name of a type",
        ),
        (
            r#"{"type": "record", "name": "R"}"#.to_owned(),
            "the record `R` has no list of `fields`",
        ),
        (
            r#"{"type": "enum", "name": "E", "symbols": []}"#.to_owned(),
            "the enum `E` has no `symbols`",
        ),
        (
            r#"{"type": "enum", "name": "E", "symbols": ["A", "A"]}"#.to_owned(),
            "`E` has the symbol `A` twice",
        ),
        (
            r#"{"type": "enum", "name": "E", "symbols": ["A"], "default": "B"}"#.to_owned(),
            "the default of `E` is none of its symbols",
        ),
        (
            r#"{"type": "fixed", "name": "F"}"#.to_owned(),
            "the fixed `F` has no `size` in bytes",
        ),
        (record(r#"{"name": "x"}"#), "the field `x` has no `type`"),
        (
            record(r#"{"name": "x", "type": "int"}, {"name": "x", "type": "int"}"#),
            "`n.R` has the field `x` twice",
        ),
        (
            record(r#"{"name": "x", "type": "int", "default": "3"}"#),
            "the default of `x` is no value of its type, `int`",
        ),
        (
            record(r#"{"name": "x", "type": "int", "default": 2147483648}"#),
            "the default of `x` is no value of its type, `int`",
        ),
        (
            record(r#"{"name": "x", "type": "R", "default": {"y": 1}}"#),
            "the default of `x` is no value of its type, the record `n.R`",
        ),
        (
            record(r#"{"name": "x", "type": {"type": "fixed", "name": "R", "size": 1}}"#),
            "the type `n.R` is declared twice",
        ),
        // Declared below, which is too late.
        (
            record(
                r#"{"name": "x", "type": "F"}, {"name": "y", "type": {"type": "fixed", "name": "F", "size": 1}}"#,
            ),
            "there is no type `F`",
        ),
    ] {
        let (datums, said) = datums(&text);
        assert_eq!(said, [expected], "{text}");
        assert!(datums.is_none(), "{text}");
    }
}

#[test]
fn names_are_found_by_their_last_part_where_that_is_clear() {
    let text = r#"{"type": "record", "name": "a.R", "fields": [
        {"name": "x", "type": {"type": "fixed", "name": "b.F", "size": 1}},
        {"name": "y", "type": {"type": "fixed", "name": "c.F", "size": 1}}]}"#;
    let (datums, _) = datums(text);
    let datums = datums.expect("the schema is good");
    let full = |name: &str| {
        let found = datums.named(name)?;
        let kind: &DatumKind = &datums.get(found).kind;
        kind.name().map(|name| name.full.to_string())
    };
    assert_eq!(full("R").as_deref(), Some("a.R"));
    assert_eq!(full("c.F").as_deref(), Some("c.F"));
    assert_eq!(full("F"), None);
    assert_eq!(full("x"), None);
}
