//! The pages of this phase's rules tell the truth, as far as this phase can judge.

use std::path::Path;
use std::sync::Arc;

use super::{FILE_UNREADABLE, RULES};
use crate::diag::{Diagnostic, LevelTable};
use crate::fs::{OsFs, ReadFs};
use crate::syntax::parse_contract;
use crate::text::{RelPath, Side, SourceMap};

/// The contracts in a section of a page.
fn contracts<'p>(page: &'p str, section: &str) -> Vec<&'p str> {
    let from = page
        .find(&format!("\n## {section}\n"))
        .expect("every page has the section");
    let body = &page[from + 4..];
    let body = &body[..body.find("\n## ").unwrap_or(body.len())];
    body.split("```yaml\n")
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
        let valid = contracts(rule.page, "Stays valid");
        assert!(!valid.is_empty(), "{}", rule.name);
        for text in valid {
            assert_eq!(rules_of(text), Vec::<&str>::new(), "{}", rule.name);
        }
        // A missing file is for the driver to find.
        if std::ptr::eq(*rule, &raw const FILE_UNREADABLE) {
            continue;
        }
        let broken = contracts(rule.page, "Breaks");
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
