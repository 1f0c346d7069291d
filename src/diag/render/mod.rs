//! Findings as text for people and machines: one file per format.
//!
//! Formats for people share [`excerpt`], which cuts a small window out of a file around the labels
//! of a finding, so that a finding in a 13 MB document costs as much as one in a small file.
//! Formats for machines share [`place`], which says where a span is.

mod excerpt;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod markdown;
mod place;
mod printable;
mod sarif;
mod text;

#[cfg(test)]
mod tests;

use super::{Diagnostic, Findings, Severity};
use crate::text::{FileId, SourceMap};

pub(crate) use json::diagnostic_schema;

/// The shape in which findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Source excerpts for a terminal.
    Text,
    /// One JSON document, described by `schemas/diagnostic.schema.json`.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow annotations of GitHub Actions.
    Github,
    /// The code quality report of GitLab.
    Gitlab,
    /// JUnit XML, for test reports.
    Junit,
    /// A review comment.
    Markdown,
    /// One self-contained page.
    Html,
}

/// What a renderer may know about where its text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenderOptions {
    /// Whether ANSI colours may be used.
    pub color: bool,
    /// Width of the terminal in columns.
    pub width: usize,
    /// The severity from which on a finding fails the run, as `--fail-on` says; `None` for never.
    /// Reports that know only "passed" and "failed" follow it, so that they agree with the exit code.
    pub fail_on: Option<Severity>,
}

impl Default for RenderOptions {
    /// No colours, 80 columns, errors fail.
    fn default() -> Self {
        RenderOptions {
            color: false,
            width: 80,
            fail_on: Some(Severity::Error),
        }
    }
}

/// `findings` in `format`. The text ends with a newline unless it is empty.
pub fn render(
    findings: &Findings,
    sources: &SourceMap,
    format: Format,
    options: RenderOptions,
) -> String {
    match format {
        Format::Text => text::render(findings, sources, options),
        Format::Json => json::render(findings, sources),
        Format::Sarif => sarif::render(findings, sources),
        Format::Github => github::render(findings, sources),
        Format::Gitlab => gitlab::render(findings, sources),
        Format::Junit => junit::render(findings, sources, options),
        Format::Markdown => markdown::render(findings, sources),
        Format::Html => html::render(findings, sources),
    }
}

/// The counts as a phrase such as `1 error, 2 warnings`; `no findings` when there are none.
fn summary(findings: &Findings) -> String {
    let counted: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter_map(|severity| match findings.count(severity) {
            0 => None,
            1 => Some(format!("1 {}", severity.name())),
            n => Some(format!("{n} {}s", severity.name())),
        })
        .collect();
    if counted.is_empty() {
        "no findings".to_owned()
    } else {
        counted.join(", ")
    }
}

/// Findings by the file they are about, in reading order; those about no file come first.
fn by_file(findings: &Findings) -> Vec<(Option<FileId>, Vec<&Diagnostic>)> {
    let mut groups: Vec<(Option<FileId>, Vec<&Diagnostic>)> = Vec::new();
    // Findings are sorted by place, so a group is a run.
    for finding in findings.iter() {
        let file = finding.primary().map(|span| span.file);
        match groups.last_mut() {
            Some((last, group)) if *last == file => group.push(finding),
            _ => groups.push((file, vec![finding])),
        }
    }
    groups
}
