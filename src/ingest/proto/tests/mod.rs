//! Loading of Protobuf trees.
#![allow(clippy::disallowed_methods, reason = "tests touch the disk")]

use super::{Loaded, Reuse, Selection, Source, load};
use crate::diag::{Findings, LevelTable, Severity};
use crate::fs::{MemoryFs, WriteFs};
use crate::schema::{Cardinality, FieldType, SchemaSet, TypeKind, Unit};
use crate::text::{RelPath, SourceMap};

mod facts;
mod hostile;
mod oracle;
mod pages;
mod releases;

fn path(text: &str) -> RelPath {
    RelPath::new(text).expect("a test names good paths")
}

fn tree(files: &[(&str, &str)]) -> MemoryFs {
    let fs = MemoryFs::new();
    for (name, text) in files {
        fs.write(&path(name), text.as_bytes())
            .expect("memory takes every file");
    }
    fs
}

/// One release: its set, and what is said about it, a line per finding.
fn read(files: &[(&str, &str)]) -> (SchemaSet, Vec<String>) {
    let fs = tree(files);
    let source = Source {
        fs: &fs,
        roots: vec![RelPath::root()],
        selection: Selection::All,
    };
    let mut sources = SourceMap::default();
    let loaded = load(&source, None, Reuse::Shared, &mut sources);
    let findings = loaded.diagnostics.finish(&LevelTable::default());
    (loaded.value.new, lines(&findings, &sources))
}

/// `path:line: severity rule: headline`.
fn lines(findings: &Findings, sources: &SourceMap) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            let place = finding.primary().map_or_else(String::new, |span| {
                let place = sources.line_col(span.file, span.start);
                format!("{}:{}: ", sources.file(span.file).path(), place.line)
            });
            let severity = match finding.severity() {
                Severity::Error => "",
                Severity::Warning => "warning ",
                Severity::Info => "info ",
            };
            let rule = finding.rule().name;
            format!("{place}{severity}{rule}: {}", finding.headline())
        })
        .collect()
}

fn unit<'s>(set: &'s SchemaSet, name: &str) -> &'s Unit {
    let unit = set.units.iter().find(|unit| &*unit.path == name);
    unit.expect("the unit was loaded")
}

#[test]
fn a_simple_file_becomes_a_unit() {
    let (set, found) = read(&[(
        "a.proto",
        r#"syntax = "proto3";
package shop.v1;
import "google/protobuf/timestamp.proto";
option go_package = "x/y";
message Order {
  string id = 1;
  optional int32 count = 2;
  repeated int32 sizes = 3;
  map<string, Line> lines = 4;
  google.protobuf.Timestamp placed = 5;
  oneof payment { string card = 6; bool cash = 7; }
  message Line { Kind kind = 1; }
  enum Kind { KIND_NONE = 0; }
  reserved 9, 12 to 14;
  reserved "old";
}
service Orders { rpc Get(Order) returns (stream Order.Line); }
"#,
    )]);
    assert_eq!(found, [] as [&str; 0]);
    let unit = unit(&set, "a.proto");
    assert_eq!(&*unit.dialect.node, "proto3");
    let names: Vec<&str> = unit.types.iter().map(|ty| &*ty.name).collect();
    assert_eq!(
        names,
        ["shop.v1.Order", "shop.v1.Order.Line", "shop.v1.Order.Kind"]
    );
    let TypeKind::Record(order) = &unit.types[0].kind else {
        panic!("a message is a record");
    };
    let cardinalities: Vec<Cardinality> =
        order.fields.iter().map(|field| field.cardinality).collect();
    assert_eq!(
        cardinalities,
        [
            Cardinality::Implicit,
            Cardinality::Explicit,
            Cardinality::Repeated { packed: true },
            Cardinality::Map,
            Cardinality::Explicit,
            Cardinality::Explicit,
            Cardinality::Explicit,
        ]
    );
    let FieldType::Record { name, .. } = &order.fields[4].ty else {
        panic!("a time is a message");
    };
    assert_eq!(&**name, "google.protobuf.Timestamp");
    assert!(set.units.iter().any(|unit| unit.is_builtin));
    assert_eq!(
        &*unit.services[0].methods[0].output.name,
        "shop.v1.Order.Line"
    );
}
