//! Findings as text for people and machines: one file per format.

use super::Findings;
use crate::text::SourceMap;

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
}

/// `findings` in `format`. The text ends with a newline unless it is empty.
pub fn render(
    findings: &Findings,
    sources: &SourceMap,
    format: Format,
    options: RenderOptions,
) -> String {
    let _ = (findings, sources, format, options);
    String::new()
}
