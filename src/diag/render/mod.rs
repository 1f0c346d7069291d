//! Findings as text for people and machines: one file per format.
//!
//! Formats for people share [`excerpt`], which cuts a small window out of a file around the labels
//! of a finding, so that a finding in a 13 MB document costs as much as one in a small file.
//! Formats for machines share [`place`], which says where a span is.

mod brief;
mod causes;
mod compared;
mod excerpt;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod lines;
mod markdown;
mod matrix;
mod place;
mod printable;
mod review;
mod sarif;
mod sides;
mod text;
mod witness;

#[cfg(test)]
mod diff_tests;
#[cfg(test)]
mod tests;

use super::{Diagnostic, Findings, Severity, Summary};
use crate::text::{FileId, RelPath, Side, SourceMap};

pub(crate) use compared::compat_report_schema;
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

/// A comparison as it is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DiffView<'a> {
    /// What was found.
    pub(crate) findings: &'a Findings,
    /// The texts of both sides.
    pub(crate) sources: &'a SourceMap,
    /// What it comes to; absent when a side could not be read, so that nothing can be said.
    pub(crate) summary: Option<&'a Summary>,
    /// What the sides are called, the old one first.
    pub(crate) names: [&'a str; 2],
    /// The folders below which old sides were compared: one, or one per version of a history.
    pub(crate) old_roots: &'a [RelPath],
    /// The folder below which the new side was compared.
    pub(crate) new_root: &'a RelPath,
}

impl<'a> DiffView<'a> {
    /// The path of a file below its side.
    fn path(&self, file: FileId) -> &'a str {
        let file = self.sources.file(file);
        let path = file.path();
        match file.side() {
            Side::Old => {
                let roots = self.old_roots.iter().filter(|root| path.is_below(root));
                let root = roots.max_by_key(|root| root.as_str().len());
                root.map_or(path.as_str(), |root| path.below(root))
            }
            Side::New => path.below(self.new_root),
        }
    }
}

/// A comparison in `format`. The text ends with a newline unless it is empty.
pub(crate) fn render_diff(view: &DiffView<'_>, format: Format, options: RenderOptions) -> String {
    match format {
        Format::Text => text::render_diff(view, options),
        Format::Json => compared::render(view),
        Format::Markdown => review::render(view),
        Format::Html => sides::render(view),
        Format::Sarif | Format::Github | Format::Gitlab | Format::Junit => {
            render(view.findings, view.sources, format, options)
        }
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
