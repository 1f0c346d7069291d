//! What is shown in a line or a count, where there is so much that it would hide what matters.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::matrix::{DIRECTIONS, forms};
use super::place::Place;
use super::printable::one_line;
use crate::diag::{Breaks, Diagnostic, Findings, Outcome, Severity};
use crate::text::SourceMap;

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

/// The counts of what is only counted, by rule, as "`request-type-narrowed` 12 times, ...".
pub(super) fn counted(findings: &Findings, short: Short) -> Option<String> {
    let these = findings
        .iter()
        .filter(|finding| short.shows(finding) == Shown::Count);
    by_rule(these).map(|rules| {
        format!("only to the letter of JSON Schema, which `--reading plain` asks for: {rules}")
    })
}

/// The rules that errors are of, with how often, when there are many.
pub(super) fn overview(findings: &Findings) -> Option<String> {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error);
    (findings.count(Severity::Error) > IN_FULL)
        .then(|| by_rule(errors))
        .flatten()
}

/// How often each rule speaks, the most frequent first.
fn by_rule<'f>(findings: impl Iterator<Item = &'f Diagnostic>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.rule().name).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (Reverse(*count), *name));
    let words: Vec<String> = counts
        .into_iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// What it is, where, and whom it would hurt.
pub(super) fn line(finding: &Diagnostic, sources: &SourceMap) -> String {
    let mut out = one_line(finding.headline()).into_owned();
    if let Some(span) = finding.primary() {
        let place = Place::of(sources, span);
        out.push_str(&format!(
            " ({}:{}:{})",
            one_line(place.path),
            place.start.line,
            place.start.column
        ));
    }
    let hurts = finding
        .comparison()
        .map(|comparison| hurts(&comparison.breaks));
    if let Some(hurts) = hurts.filter(|hurts| !hurts.is_empty()) {
        out.push_str(&format!("; {hurts}"));
    }
    out
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
