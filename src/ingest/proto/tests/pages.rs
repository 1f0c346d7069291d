//! The pages of the rules about Protobuf: the broken example reports exactly its rule, as the page
//! shows it, the healthy one nothing. `BLESS=1` rewrites the reports.

use super::*;
use crate::diag::{Format, RenderOptions, render};

/// The text of a section.
fn section<'p>(page: &'p str, name: &str) -> &'p str {
    let heading = format!("\n## {name}\n");
    let (_, rest) = page.split_once(&heading).expect("every page has its parts");
    rest.split("\n## ").next().unwrap_or(rest)
}

/// The fences of a section that begin with a word: what follows the word, and the text.
fn fences<'p>(section: &'p str, word: &str) -> Vec<(&'p str, &'p str)> {
    let begin = format!("```{word}");
    let mut fences = Vec::new();
    for fence in section.split(begin.as_str()).skip(1) {
        let (info, rest) = fence.split_once('\n').expect("a fence has lines");
        fences.push((info.trim(), rest.split("```").next().unwrap_or(rest)));
    }
    fences
}

fn judge(files: &[(&str, &str)]) -> (Findings, String) {
    let fs = tree(files);
    let source = Source {
        fs: &fs,
        roots: vec![RelPath::root()],
        selection: Selection::All,
    };
    let mut sources = SourceMap::default();
    let loaded = load(&source, None, Reuse::Shared, &mut sources);
    let findings = loaded.diagnostics.finish(&LevelTable::default());
    let report = render(&findings, &sources, Format::Text, RenderOptions::default());
    (findings, report)
}

#[test]
fn pages_hold() {
    let mut count = 0;
    let mut stale = String::new();
    for rule in crate::ingest::rules::RULES {
        let broken = section(rule.page, "Breaks");
        let files = fences(broken, "proto ");
        if files.is_empty() {
            continue;
        }
        count += 1;
        let (findings, report) = judge(&files);
        assert!(!findings.is_empty(), "{}: nothing is reported", rule.name);
        for finding in findings.iter() {
            assert_eq!(finding.rule().name, rule.name, "{report}");
        }
        let shown = fences(broken, "report")
            .first()
            .map_or("", |(_, report)| report);
        if shown != report {
            stale.push_str(&report);
            if std::env::var_os("BLESS").is_some() {
                let name = format!("src/ingest/rules/{}.md", rule.name.replace('-', "_"));
                let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
                let old = format!("```report\n{shown}```");
                let page = rule.page.replace(&old, &format!("```report\n{report}```"));
                std::fs::write(file, page).expect("a page can be written");
            }
        }
        let (findings, report) = judge(&fences(section(rule.page, "Stays valid"), "proto "));
        assert!(findings.is_empty(), "{}: {report}", rule.name);
    }
    assert!(count >= 8, "only {count} pages have examples");
    assert!(
        stale.is_empty(),
        "these reports are not on their pages\n{stale}"
    );
}
