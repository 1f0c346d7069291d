//! The code quality report of GitLab: a JSON array.

use serde::Serialize;

use super::json::pretty;
use super::place::{Occurrences, Place};
use super::printable::one_line;
use crate::diag::{Findings, Severity};
use crate::text::SourceMap;

/// The findings as a report; an empty array when there are none.
pub(super) fn render(findings: &Findings, sources: &SourceMap) -> String {
    let mut occurrences = Occurrences::default();
    let issues: Vec<Issue<'_>> = findings
        .iter()
        .map(|finding| {
            let (_, fingerprint) = occurrences.next(sources, finding);
            let place = finding.primary().map(|span| Place::of(sources, span));
            Issue {
                description: one_line(finding.headline()).into_owned(),
                check_name: finding.rule().name,
                fingerprint: fingerprint.to_string(),
                severity: match finding.severity() {
                    Severity::Error => "critical",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                location: IssueLocation {
                    // GitLab drops issues without a path; the workspace stands for no file.
                    path: place.map_or(".", |place| place.path),
                    lines: Lines {
                        begin: place.map_or(1, |place| place.start.line),
                        end: place.map_or(1, |place| place.end.line),
                    },
                },
            }
        })
        .collect();
    pretty(&issues)
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: IssueLocation<'a>,
}

#[derive(Serialize)]
struct IssueLocation<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}
