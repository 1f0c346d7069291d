//! Small documents, and what they are read as.
//!
//! `fixtures/describe` holds a file for each case: documents in fences with their paths, the first of
//! which is described, then what came of it. `BLESS=1` writes what comes of it now.
#![allow(clippy::disallowed_methods, reason = "tests touch the disk")]

mod dump;
mod hostile;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::{Document, describe_all};
use crate::diag::{Diagnostics, LevelTable};
use crate::fs::{MemoryFs, WriteFs};
use crate::schema::Description;
use crate::text::{RelPath, Side, SourceMap, Span};

/// What came of describing.
struct Outcome {
    description: Option<Description>,
    sources: SourceMap,
    /// One line a finding: place, severity, rule, headline; labels follow indented.
    said: String,
}

fn path(text: &str) -> RelPath {
    RelPath::new(text).expect("the paths of tests stay below the root")
}

/// Describes the first of some files.
fn describe(files: &[(&str, &str)]) -> Outcome {
    let fs = MemoryFs::new();
    for (name, text) in files {
        fs.write(&path(name), text.as_bytes())
            .expect("memory takes every file");
    }
    let mut sources = SourceMap::default();
    let mut sink = Diagnostics::default();
    let document = Document {
        fs: &fs,
        path: &path(files[0].0),
        side: Side::New,
    };
    let mut described = describe_all(&[document], &mut sources, &mut sink);
    let description = described.pop().expect("one document, one answer");
    let mut said = String::new();
    for finding in sink.finish(&LevelTable::default()).iter() {
        let place = |span: Span| {
            let at = sources.line_col(span.file, span.start);
            let file = sources.file(span.file).path();
            format!("{file}:{}:{}", at.line, at.column)
        };
        let primary = finding.primary().map(place).unwrap_or_default();
        writeln!(
            said,
            "{primary} {:?} {}: {}",
            finding.severity(),
            finding.rule().name,
            finding.headline()
        )
        .expect("a string takes every text");
        for label in finding.labels().iter().filter(|label| !label.primary) {
            writeln!(said, "  {} {}", place(label.span), label.text)
                .expect("a string takes every text");
        }
        if let Some(help) = finding.help() {
            writeln!(said, "  = {help}").expect("a string takes every text");
        }
    }
    Outcome {
        description,
        sources,
        said,
    }
}

impl Outcome {
    fn text(&self) -> String {
        let mut out = self.said.clone();
        match &self.description {
            Some(description) => out.push_str(&dump::dump(description, &self.sources)),
            None => out.push_str("nothing\n"),
        }
        out
    }
}

/// The fences of a case: what stands behind the backticks, and the text.
fn fences(case: &str) -> Vec<(&str, &str)> {
    let mut fences = Vec::new();
    let mut rest = case;
    while let Some((_, after)) = rest.split_once("```") {
        let (name, text) = after.split_once('\n').expect("a fence has lines");
        let (text, after) = text.split_once("```").expect("a fence ends");
        fences.push((name, text));
        rest = after;
    }
    fences
}

#[test]
fn cases_are_read_as_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/describe");
    let entries = std::fs::read_dir(&folder).expect("the folder of cases exists");
    let mut cases: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    cases.sort();
    assert!(cases.len() > 20, "the cases went away");
    let mut wrong = String::new();
    for case in cases {
        let text = std::fs::read_to_string(&case).expect("cases are text");
        let fences = fences(&text);
        let files: Vec<(&str, &str)> = fences
            .iter()
            .filter_map(|(name, text)| Some((name.split_once(' ')?.1, *text)))
            .collect();
        let got = describe(&files).text();
        let expected = fences.last().filter(|(name, _)| *name == "described");
        if expected.is_some_and(|(_, text)| *text == got) {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            let head = text.split("```described").next().unwrap_or(&text);
            let blessed = format!("{}\n\n```described\n{got}```\n", head.trim_end());
            std::fs::write(&case, blessed).expect("cases can be written");
        } else {
            writeln!(wrong, "{}:\n{got}", case.display()).expect("a string takes every text");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn pages_hold() {
    use crate::ingest::rules::{
        DANGLING_REF, INVALID_ASYNCAPI, MALFORMED_OPENAPI, MALFORMED_SCHEMA, SCHEMA_UNSATISFIABLE,
    };
    for rule in [
        &DANGLING_REF,
        &INVALID_ASYNCAPI,
        &MALFORMED_OPENAPI,
        &MALFORMED_SCHEMA,
        &SCHEMA_UNSATISFIABLE,
    ] {
        assert!(rule.page.starts_with(&format!("# {}\n", rule.name)));
        for (part, expected) in [("Breaks", 1), ("Stays valid", 0)] {
            let heading = format!("\n## {part}\n");
            let (_, rest) = rule.page.split_once(&heading).expect("pages have parts");
            let part = rest.split("\n## ").next().unwrap_or(rest);
            let files: Vec<(&str, &str)> = fences(part)
                .into_iter()
                .filter_map(|(name, text)| Some((name.strip_prefix("yaml ")?, text)))
                .collect();
            assert_eq!(files.len(), 2, "{}", rule.name);
            let said: String = files.iter().map(|file| describe(&[*file]).said).collect();
            let named = format!(" {}: ", rule.name);
            assert_eq!(said.matches(&named).count(), expected, "{said}");
            let headlines = said.lines().filter(|line| !line.starts_with(' '));
            assert_eq!(headlines.count(), expected, "{said}");
        }
    }
}
