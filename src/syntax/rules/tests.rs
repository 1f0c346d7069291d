//! The pages of this phase's rules tell the truth, as far as this phase can judge. Pages about
//! Protobuf, which no command reads by itself, are judged here alone, reports included.

use std::path::Path;
use std::sync::Arc;

use super::{FILE_UNREADABLE, RULES};
use crate::diag::{Diagnostic, Findings, Format, LevelTable, RenderOptions, render};
use crate::fs::{OsFs, ReadFs};
use crate::syntax::{parse_contract, proto};
use crate::text::{RelPath, Side, SourceMap};

/// The files in the fences of a section of a page that begin with `info`.
fn fences<'p>(page: &'p str, section: &str, info: &str) -> Vec<&'p str> {
    let from = page
        .find(&format!("\n## {section}\n"))
        .expect("every page has the section");
    let body = &page[from + 4..];
    let body = &body[..body.find("\n## ").unwrap_or(body.len())];
    body.split(&format!("```{info}\n"))
        .skip(1)
        .map(|block| block.split("```").next().unwrap_or(""))
        .collect()
}

fn rules_of(text: &str) -> Vec<&'static str> {
    let mut sources = SourceMap::default();
    let text: Arc<str> = text.into();
    let path = RelPath::new("example.cherry.yaml").expect("a plain name is a path");
    let file = sources.add(path, Side::New, Arc::clone(&text));
    let findings = parse_contract(file, &text)
        .diagnostics
        .finish(&LevelTable::default());
    findings
        .iter()
        .map(|finding: &Diagnostic| finding.rule().name)
        .collect()
}

/// The findings of a Protobuf file, and its report.
fn judge_proto(text: &str) -> (Findings, String) {
    let mut sources = SourceMap::default();
    let text: Arc<str> = text.into();
    let path = RelPath::new("order.proto").expect("a plain name is a path");
    let file = sources.add(path, Side::New, Arc::clone(&text));
    let parsed = proto::parse(file, &text);
    let findings = parsed.diagnostics.finish(&LevelTable::default());
    let report = render(&findings, &sources, Format::Text, RenderOptions::default());
    (findings, report)
}

#[test]
fn examples_of_protobuf_break_one_rule_and_stay_valid() {
    const PROTO: &str = "proto order.proto";
    let mut pages = 0;
    let mut stale = String::new();
    for rule in RULES {
        for text in fences(rule.page, "Stays valid", PROTO) {
            let (findings, report) = judge_proto(text);
            assert!(findings.is_empty(), "{}: {report}", rule.name);
        }
        let broken = fences(rule.page, "Breaks", PROTO);
        let reports = fences(rule.page, "Breaks", "report");
        for (text, expected) in broken.iter().zip(&reports) {
            let (findings, report) = judge_proto(text);
            assert!(
                findings
                    .iter()
                    .all(|finding| finding.rule().name == rule.name)
            );
            if report != *expected {
                stale.push_str(&report);
            }
            pages += 1;
        }
    }
    assert!(stale.is_empty(), "the reports are\n{stale}");
    assert_eq!(pages, 2);
}

#[test]
fn examples_break_one_rule_and_stay_valid() {
    for rule in RULES {
        assert_eq!(
            rule.page.lines().next(),
            Some(format!("# {}", rule.name).as_str())
        );
        let sentence = rule.summary.trim() == rule.summary && rule.summary.ends_with('.');
        assert!(sentence, "{:?}", rule.summary);
        for section in ["What it means", "Why it hurts", "Waive it"] {
            assert!(
                rule.page.contains(&format!("\n## {section}\n")),
                "{}",
                rule.name
            );
        }
        if rule.name.starts_with("proto-") {
            continue;
        }
        let valid = fences(rule.page, "Stays valid", "yaml");
        assert!(!valid.is_empty(), "{}", rule.name);
        for text in valid {
            assert_eq!(rules_of(text), Vec::<&str>::new(), "{}", rule.name);
        }
        // A missing file is for the driver to find.
        if std::ptr::eq(*rule, &raw const FILE_UNREADABLE) {
            continue;
        }
        let broken = fences(rule.page, "Breaks", "yaml");
        assert_eq!(broken.len(), 1, "{}", rule.name);
        assert_eq!(rules_of(broken[0]), [rule.name]);
    }
}

#[test]
fn every_rule_is_listed_once() {
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = OsFs::new(root).expect("the tests run in a checkout");
    let folder = RelPath::new("src/syntax/rules").expect("the path stays below the root");
    let listed = root.list(&folder).expect("the pages lie beside the rules");
    let pages = listed
        .iter()
        .filter(|(path, _)| path.as_str().ends_with(".md"))
        .count();
    assert_eq!(pages, RULES.len());
}
