//! What is shown in a line or a count, where there is so much that it would hide what matters.

use super::excerpt::shown_labels;
use super::matrix::{DIRECTIONS, forms};
use super::place::Place;
use super::printable::one_line;
use crate::diag::{
    Breaks, Diagnostic, Findings, Group, Outcome, Severity, causes, counted as tallied, groups,
};
use crate::text::{Side, SourceMap};

/// Remarks that are shown in full, with their excerpts; of more each gets a line.
const IN_FULL: usize = 5;

/// How a finding is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// With its excerpts.
    Full,
    /// In one line.
    Line,
    /// In a count: it breaks only what is asked for by name.
    Count,
}

/// What is shown shortly among these findings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Short {
    remarks: bool,
    letter: bool,
}

impl Short {
    pub(super) fn of(findings: &Findings) -> Self {
        Short {
            remarks: findings.count(Severity::Info) > IN_FULL,
            letter: findings.iter().filter(|finding| is_letter(finding)).count() > IN_FULL,
        }
    }

    pub(super) fn shows(self, finding: &Diagnostic) -> Shown {
        if self.remarks && finding.severity() == Severity::Info {
            Shown::Line
        } else if self.letter && is_letter(finding) {
            Shown::Count
        } else {
            Shown::Full
        }
    }
}

/// Whether it breaks the letter of a schema only. What somebody made an error of is shown.
fn is_letter(finding: &Diagnostic) -> bool {
    let witness = finding
        .comparison()
        .and_then(|comparison| comparison.witness.as_ref());
    finding.severity() < Severity::Error && witness.is_some_and(|witness| witness.is_letter)
}

/// The counts of what is only counted, by rule, as "12 requests take fewer types, ...".
pub(super) fn counted(findings: &Findings, short: Short) -> Option<String> {
    let these = findings
        .iter()
        .filter(|finding| short.shows(finding) == Shown::Count);
    let causes = causes(these);
    (!causes.is_empty()).then(|| {
        format!(
            "only to the letter of JSON Schema, which `--reading plain` asks for: {}",
            tallied(&causes)
        )
    })
}

/// What is shown in full, those of one cause together, the worst first.
pub(super) fn full<'f>(
    findings: impl Iterator<Item = &'f Diagnostic>,
    short: Short,
) -> Vec<Group<'f>> {
    groups(findings.filter(|finding| short.shows(finding) == Shown::Full))
}

/// What it is, where, and whom it would hurt.
pub(super) fn line(finding: &Diagnostic, sources: &SourceMap) -> String {
    let mut out = one_line(finding.headline()).into_owned();
    if let Some(place) = place(finding, sources) {
        out.push_str(&format!(" ({place})"));
    }
    let hurts = finding
        .comparison()
        .map(|comparison| hurts(&comparison.breaks));
    if let Some(hurts) = hurts.filter(|hurts| !hurts.is_empty()) {
        out.push_str(&format!("; {hurts}"));
    }
    out
}

/// Where people look for it: where it is, or was when it is gone, as `path:line:column`.
pub(super) fn place(finding: &Diagnostic, sources: &SourceMap) -> Option<String> {
    let shown = shown_labels(finding).next()?;
    let place = Place::of(sources, shown.span);
    let was = match (sources.file(shown.span.file).side(), finding.comparison()) {
        (Side::Old, Some(_)) => " (old)",
        _ => "",
    };
    let path = one_line(place.path);
    Some(format!(
        "{path}{was}:{}:{}",
        place.start.line, place.start.column
    ))
}

/// The same in a list, as `path:line`.
pub(super) fn line_of(finding: &Diagnostic, sources: &SourceMap) -> String {
    let Some(shown) = shown_labels(finding).next() else {
        return String::new();
    };
    let place = Place::of(sources, shown.span);
    format!("{}:{}", one_line(place.path), place.start.line)
}

/// Directions that are not safe, such as "json new -> old: break".
fn hurts(breaks: &Breaks) -> String {
    let cells = forms(breaks).flat_map(|(form, ways)| {
        let ways = [&ways.old_to_new, &ways.new_to_old]
            .into_iter()
            .zip(DIRECTIONS);
        ways.filter(|(verdict, _)| verdict.outcome != Outcome::Safe)
            .map(move |(verdict, way)| format!("{form} {way}: {}", verdict.outcome.name()))
    });
    cells.collect::<Vec<_>>().join(", ")
}
