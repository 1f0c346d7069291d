//! Places and comments are those of another reader's source information.

use std::collections::BTreeMap;

use super::whole;
use crate::syntax::proto::comments::Comment;
use crate::syntax::proto::*;
use crate::text::Span;

const TEXT: &str = r#"// Licence.

// About the syntax.
syntax = "proto2"; // behind the syntax

/* one */ /* two */
package p.q; /* behind
 * the package */

// detached

/* block
 * of three
 */

// leads M
// in two lines
message M { // trails M
  // leads a

  // really leads a
  optional string a = 1 [deprecated = true]; // trails a
  // no leader of b
  // goes on

  repeated .p.q.M b = 2;
  /* x */ required int32 c = 3;
  optional int32 d = 4;
  // trails d

  map<string, M> e = 5;
  optional group G = 6 {
    // leads f
    optional bytes f = 1;
    // last in G
  }
  // last in M
}
// trails M's brace

enum E {
  // leads Z
  Z = 0;
  Y = -1 [deprecated = true]; // trails Y
}

// leads S
service S {
  rpc R (stream M) returns (stream .p.q.M); // trails R
  // leads Q
  rpc Q (M) returns (M) {
    option deprecated = true;
  }
}
// the end
"#;

/// What is compared of a place: lines and columns from 0, and three kinds of comments.
type Place = ([i32; 4], [String; 3]);

#[test]
fn places_are_those_of_source_information() {
    let file = whole(TEXT);
    let ours = ours(&file, TEXT);
    let theirs = protox_parse::parse("a.proto", TEXT).expect("it is valid");
    let info = theirs.source_code_info.expect("it is asked for");
    let theirs: BTreeMap<Vec<i32>, Place> = info
        .location
        .into_iter()
        .map(|location| {
            let span = match location.span[..] {
                [line, start, end] => [line, start, line, end],
                [line, start, end_line, end] => [line, start, end_line, end],
                _ => panic!("{:?}", location.span),
            };
            let comments = [
                location.leading_comments.unwrap_or_default(),
                location.trailing_comments.unwrap_or_default(),
                location.leading_detached_comments.join("|"),
            ];
            (location.path, (span, comments))
        })
        .collect();
    for (path, place) in &ours {
        assert_eq!(theirs.get(path), Some(place), "{path:?}");
    }
    assert!(ours.len() > 40, "{}", ours.len());
}

#[test]
fn a_comment_on_the_line_of_two_declarations_belongs_to_neither() {
    let file = whole("message A { } /* a */ message B { } /* b */ /* c */ message C { }");
    let comments = Comments::of(&file);
    let found: Vec<[usize; 3]> = file
        .items
        .iter()
        .map(|item| {
            let FileItem::Message(message) = item else {
                panic!("{item:?}");
            };
            let found = comments.around(message.span, Some(message.braces));
            [
                usize::from(found.leading.is_some()),
                usize::from(found.trailing.is_some()),
                found.detached.len(),
            ]
        })
        .collect();
    assert_eq!(found, [[0, 0, 0], [0, 0, 1], [1, 0, 0]]);
}

#[test]
fn what_follows_the_brace_of_an_rpc_trails_it() {
    // Where the other reader sees nothing, protoc does.
    let file = whole("service S {\n  rpc Q (M) returns (M) { // Q\n  }\n}");
    let FileItem::Service(service) = &file.items[0] else {
        panic!("{:?}", file.items);
    };
    let ServiceItem::Rpc(rpc) = &service.items[0] else {
        panic!("{:?}", service.items);
    };
    let trailing = Comments::of(&file).around(rpc.span, rpc.braces).trailing;
    let text = trailing.map(|comment| comment.text(&file));
    assert_eq!(text.as_deref(), Some(" Q\n"));
}

fn ours(file: &ProtoFile, text: &str) -> BTreeMap<Vec<i32>, Place> {
    let comments = Comments::of(file);
    let mut out = BTreeMap::new();
    let position = |at: u32| {
        let before = &text[..at as usize];
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        [line, column].map(|n| i32::try_from(n).expect("the text is short"))
    };
    let place = |span: Span| {
        let ([line, start], [end_line, end]) = (position(span.start), position(span.end));
        [line, start, end_line, end]
    };
    let mut at = |path: &[i32], span: Span| {
        out.insert(path.to_vec(), (place(span), Default::default()));
    };
    let mut decls: Vec<(Vec<i32>, Span, Option<Braces>)> = Vec::new();
    let syntax = file.syntax.as_ref().expect("it has one");
    decls.push((vec![12], syntax.span, None));
    let package = file.package.as_ref().expect("it has one");
    decls.push((vec![2], package.span, None));
    for item in &file.items {
        match item {
            FileItem::Message(message) => {
                decls.push((vec![4, 0], message.span, Some(message.braces)));
                at(&[4, 0, 1], message.name.span);
                for (index, item) in (0..).zip(&message.items) {
                    let MessageItem::Field(field) = item else {
                        panic!("{item:?}");
                    };
                    let path = |last: i32| vec![4, 0, 2, index, last];
                    at(&path(1), field.name.span);
                    at(&path(3), field.number.span);
                    if let Some(label) = field.label {
                        at(&path(4), label.span);
                    }
                    match &field.ty.kind {
                        FieldTypeKind::Scalar(_) => at(&path(5), field.ty.span),
                        FieldTypeKind::Named(_) | FieldTypeKind::Map(_) => {
                            at(&path(6), field.ty.span)
                        }
                        FieldTypeKind::Group(group) => {
                            let MessageItem::Field(inner) = &group.items[0] else {
                                panic!("{:?}", group.items);
                            };
                            at(&[4, 0, 3, 1, 1], field.name.span);
                            decls.push((vec![4, 0, 3, 1, 2, 0], inner.span, None));
                            continue;
                        }
                    }
                    decls.push((vec![4, 0, 2, index], field.span, None));
                }
            }
            FileItem::Enum(node) => {
                decls.push((vec![5, 0], node.span, Some(node.braces)));
                at(&[5, 0, 1], node.name.span);
                for (index, item) in (0..).zip(&node.items) {
                    let EnumItem::Value(value) = item else {
                        panic!("{item:?}");
                    };
                    at(&[5, 0, 2, index, 1], value.name.span);
                    at(&[5, 0, 2, index, 2], value.number.span);
                    decls.push((vec![5, 0, 2, index], value.span, None));
                }
            }
            FileItem::Service(service) => {
                decls.push((vec![6, 0], service.span, Some(service.braces)));
                at(&[6, 0, 1], service.name.span);
                for (index, item) in (0..).zip(&service.items) {
                    let ServiceItem::Rpc(rpc) = item else {
                        panic!("{item:?}");
                    };
                    at(&[6, 0, 2, index, 1], rpc.name.span);
                    at(&[6, 0, 2, index, 2], rpc.input.ty.span);
                    at(&[6, 0, 2, index, 3], rpc.output.ty.span);
                    decls.push((vec![6, 0, 2, index], rpc.span, rpc.braces));
                }
            }
            _ => panic!("{item:?}"),
        }
    }
    for (path, span, braces) in decls {
        let found = comments.around(span, braces);
        let read = |comment: Option<Comment>| comment.map_or(String::new(), |one| one.text(file));
        let detached: Vec<String> = found.detached.iter().map(|one| one.text(file)).collect();
        let texts = [
            read(found.leading),
            read(found.trailing),
            detached.join("|"),
        ];
        out.insert(path, (place(span), texts));
    }
    out
}
