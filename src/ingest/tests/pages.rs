//! The pages of the rules, as far as loading goes: the broken example reports exactly its rule, the
//! healthy one nothing.

use super::*;
use crate::diag::{Diagnostics, Findings, Rule};
use crate::ingest::{Parted, describe_parts};

/// The files in the fences of a part.
fn files(page: &str, part: &str) -> Vec<(String, String)> {
    let (_, rest) = page
        .split_once(&format!("\n## {part}\n"))
        .expect("every page has its parts");
    let part = rest.split("\n## ").next().unwrap_or(rest);
    part.split("```yaml ")
        .skip(1)
        .map(|fence| {
            let (name, text) = fence.split_once('\n').expect("a fence has lines");
            let (text, _) = text.split_once("```").expect("a fence ends");
            (name.to_owned(), text.to_owned())
        })
        .collect()
}

fn findings(files: &[(String, String)]) -> Findings {
    let fs = MemoryFs::new();
    let mut sources = SourceMap::default();
    let mut sink = Diagnostics::default();
    let (mut imports, mut parted) = (Vec::new(), Vec::new());
    for (name, text) in files {
        fs.write(&path(name), text.as_bytes())
            .expect("memory takes every file");
        for kind in ["openapi", "asyncapi"] {
            let Some((_, rest)) = text.split_once(&format!("{kind}: .")) else {
                continue;
            };
            let file = sources.add(path(name), Side::New, text.as_str().into());
            let target = format!(".{}", rest.split('}').next().unwrap_or(rest));
            let at = Span::new(file, 0, 8);
            let import = ImportRef::resolve(&path(name), &target, at, &mut sink);
            match kind {
                "openapi" => imports.extend(import),
                _ => parted.extend(import.map(|ImportRef { path, at }| Parted {
                    path,
                    at,
                    parts: Vec::new(),
                })),
            }
        }
    }
    Loader::new(&fs, Side::New)
        .load(&imports, &mut sources)
        .into(&mut sink);
    describe_parts(&fs, Side::New, &parted, &mut sources, &mut sink);
    sink.finish(&LevelTable::default())
}

#[test]
fn pages_hold() {
    // Pages about Protobuf are held beside its reader.
    let rules = super::super::rules::RULES.iter();
    // Those of comparisons are held beside their reader as well.
    // And what only a contract can import, with the contract (`tests/it/pages.rs`).
    let is_ours = |rule: &&&Rule| {
        !rule.name.starts_with("proto-")
            && rule.name != "invalid-avro"
            && !rule.page.contains(" old/")
    };
    for rule in rules.filter(is_ours) {
        assert!(rule.page.starts_with(&format!("# {}\n", rule.name)));
        let broken = findings(&files(rule.page, "Breaks"));
        let names: Vec<&str> = broken.iter().map(|finding| finding.rule().name).collect();
        assert_eq!(names, [rule.name]);
        let valid = files(rule.page, "Stays valid");
        assert!(!valid.is_empty(), "{}", rule.name);
        assert!(findings(&valid).is_empty(), "{}", rule.name);
    }
}
