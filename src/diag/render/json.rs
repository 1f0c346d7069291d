//! One JSON document: the shape other programs read, and its schema from the same types.

use schemars::JsonSchema;
use serde::Serialize;

use super::place::Place;
use crate::diag::{Diagnostic, Findings, Severity};
use crate::text::{SourceMap, Span};

/// The findings as a document; an empty list when there are none.
pub(super) fn render(findings: &Findings, sources: &SourceMap) -> String {
    let report = Report {
        version: 1,
        findings: findings
            .iter()
            .map(|finding| Finding::of(finding, sources))
            .collect(),
        summary: Summary {
            errors: findings.count(Severity::Error),
            warnings: findings.count(Severity::Warning),
            infos: findings.count(Severity::Info),
        },
    };
    pretty(&report)
}

/// `value` as indented JSON that ends with a newline.
pub(super) fn pretty(value: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(value).expect("texts, numbers and lists are always JSON");
    text.push('\n');
    text
}

/// The JSON Schema of this document, as `cherryc schema diagnostic` prints it.
pub(crate) fn diagnostic_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Report<'static>);
    schema.insert("title".to_owned(), "Findings of cherryc".into());
    schema.to_value()
}

/// What `--format json` prints: the findings of one run. Keys that do not apply are absent; new
/// keys may be added within a version.
#[derive(Debug, Serialize, JsonSchema)]
struct Report<'a> {
    /// Version of this shape.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// The findings, sorted by place, then severity, the worst first.
    findings: Vec<Finding<'a>>,
    /// How many there are of each severity.
    summary: Summary,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
struct Finding<'a> {
    /// Name of the rule, in kebab-case; `cherryc explain RULE` prints its page.
    rule: &'a str,
    /// Names of the same finding in other tools, such as `buf:FIELD_NO_DELETE`.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schemars(default)]
    peers: &'a [&'a str],
    /// What the rule is about: it decides the exit code.
    #[schemars(extend("enum" = ["syntax", "schema", "contract", "link", "place", "lint", "compat", "emit"]))]
    category: &'a str,
    /// How bad it is, after the user's levels.
    #[schemars(extend("enum" = ["error", "warning", "info"]))]
    severity: &'a str,
    /// One phrase that stands alone.
    message: &'a str,
    /// The place the finding is about; absent when it is about no file (a full disk, say).
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location<'a>>,
    /// Every place that matters, the primary one first.
    labels: Vec<Label<'a>>,
    /// Further remarks.
    notes: Vec<&'a str>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    /// Replacements that do what `help` says; absent when a person has to decide.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    edits: Vec<Edit<'a>>,
}

/// A range in a file. Lines and columns count from 1, columns in bytes.
#[derive(Debug, Serialize, JsonSchema)]
struct Location<'a> {
    /// Path below the workspace root, with `/`.
    path: &'a str,
    /// Line of the first byte.
    #[schemars(range(min = 1))]
    start_line: u32,
    /// Column of the first byte.
    #[schemars(range(min = 1))]
    start_column: u32,
    /// Line of the end.
    #[schemars(range(min = 1))]
    end_line: u32,
    /// Column after the last byte; equal to the start when the range is a point.
    #[schemars(range(min = 1))]
    end_column: u32,
}

/// A place with what is to be said about it.
#[derive(Debug, Serialize, JsonSchema)]
struct Label<'a> {
    /// The place.
    location: Location<'a>,
    /// What is to be said about it; may be empty.
    text: &'a str,
    /// Whether this is the place the finding is about.
    primary: bool,
}

/// A replacement of text.
#[derive(Debug, Serialize, JsonSchema)]
struct Edit<'a> {
    /// What is replaced.
    location: Location<'a>,
    /// By what.
    text: &'a str,
}

/// Counts by severity.
#[derive(Debug, Serialize, JsonSchema)]
struct Summary {
    /// Findings of severity `error`.
    errors: usize,
    /// Findings of severity `warning`.
    warnings: usize,
    /// Findings of severity `info`.
    infos: usize,
}

impl<'a> Finding<'a> {
    fn of(finding: &'a Diagnostic, sources: &'a SourceMap) -> Self {
        let rule = finding.rule();
        Finding {
            rule: rule.name,
            peers: rule.peers,
            category: rule.category.name(),
            severity: finding.severity().name(),
            message: finding.headline(),
            location: finding.primary().map(|span| Location::of(span, sources)),
            labels: finding
                .labels()
                .iter()
                .map(|label| Label {
                    location: Location::of(label.span, sources),
                    text: &label.text,
                    primary: label.primary,
                })
                .collect(),
            notes: finding.notes().collect(),
            help: finding.help(),
            edits: finding
                .edits()
                .iter()
                .map(|edit| Edit {
                    location: Location::of(edit.span, sources),
                    text: &edit.text,
                })
                .collect(),
        }
    }
}

impl<'a> Location<'a> {
    fn of(span: Span, sources: &'a SourceMap) -> Self {
        let place = Place::of(sources, span);
        Location {
            path: place.path,
            start_line: place.start.line,
            start_column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        }
    }
}
