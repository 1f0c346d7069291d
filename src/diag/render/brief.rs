//! What is shown in a line or a count, where there is so much that it would hide what matters.

use std::collections::BTreeSet;

use super::excerpt::shown_labels;
use super::matrix::{DIRECTIONS, forms, plural};
use super::place::Place;
use super::printable::one_line;
use crate::diag::{
    Breaks, Diagnostic, Findings, Group, Outcome, Severity, causes, counted as tallied, groups,
};
use crate::text::{Side, SourceMap};

/// Remarks that are shown in full, with their excerpts; of more each gets a line.
const IN_FULL: usize = 5;

/// Remarks that a terminal shows in lines; more are counted by rule, or the end would be out of sight.
const IN_LINES: usize = 20;

/// How a finding is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// With its excerpts.
    Full,
    /// In one line.
    Line,
    /// In a count, by rule.
    Count,
}

/// What is shown shortly among these findings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Short {
    remarks: Shown,
    letter: Shown,
}

impl Short {
    /// Where there is room, or a way to fold.
    pub(super) fn of(findings: &Findings) -> Self {
        let short = |count: usize, shown| match count > IN_FULL {
            true => shown,
            false => Shown::Full,
        };
        Short {
            remarks: short(findings.count(Severity::Info), Shown::Line),
            letter: short(letters(findings), Shown::Count),
        }
    }

    /// On a terminal.
    pub(super) fn on_terminal(findings: &Findings) -> Self {
        let short = Short::of(findings);
        match findings.count(Severity::Info) > IN_LINES {
            true => Short {
                remarks: Shown::Count,
                ..short
            },
            false => short,
        }
    }

    pub(super) fn shows(self, finding: &Diagnostic) -> Shown {
        if finding.severity() == Severity::Info {
            self.remarks
        } else if is_letter(finding) {
            self.letter
        } else {
            Shown::Full
        }
    }
}

/// How many warnings break the letter of a schema only.
pub(super) fn letters(findings: &Findings) -> usize {
    let warnings = findings.iter();
    let warnings = warnings.filter(|finding| finding.severity() == Severity::Warning);
    warnings.filter(|finding| is_letter(finding)).count()
}

/// Whether it breaks the letter of a schema only. What somebody made an error of is shown.
fn is_letter(finding: &Diagnostic) -> bool {
    let witness = finding
        .comparison()
        .and_then(|comparison| comparison.witness.as_ref());
    finding.severity() < Severity::Error && witness.is_some_and(|witness| witness.is_letter)
}

/// The counts of what is only counted, by rule, as "12 requests take fewer types, ...": a line for what
/// breaks the letter, one for remarks, and how to see them.
pub(super) fn counted(findings: &Findings, short: Short) -> Option<String> {
    let hidden = |is_info: bool| {
        let these = findings.iter().filter(move |finding| {
            let of_kind = (finding.severity() == Severity::Info) == is_info;
            of_kind && short.shows(finding) == Shown::Count
        });
        let causes = causes(these);
        let count: usize = causes.iter().map(|cause| cause.count).sum();
        (count > 0).then(|| (count, tallied(&causes)))
    };
    let mut lines = Vec::new();
    if let Some((count, rules)) = hidden(false) {
        lines.push(format!(
            "{count} only to the letter of JSON Schema, as `--reading plain` reads: {rules}"
        ));
    }
    if let Some((_, rules)) = hidden(true) {
        let infos = plural(findings.count(Severity::Info), Severity::Info);
        lines.push(format!("{infos}: {rules}"));
    }
    if lines.is_empty() {
        return None;
    }
    lines.push("`--format html` or `--format json` lists them".to_owned());
    Some(lines.join("\n"))
}

/// Advice that was given already: of one rule the same is said once.
#[derive(Debug, Default)]
pub(super) struct Advice<'f> {
    given: BTreeSet<(&'static str, &'f str)>,
}

impl<'f> Advice<'f> {
    /// What to do about it, unless that was said of another one.
    pub(super) fn for_one(&self, finding: &'f Diagnostic) -> Option<&'f str> {
        let help = finding.help()?;
        let is_given = self.given.contains(&(finding.rule().name, help));
        (!is_given).then_some(help)
    }

    /// Notes that it was said.
    pub(super) fn give(&mut self, finding: &'f Diagnostic) {
        let help = finding.help();
        self.given
            .extend(help.map(|help| (finding.rule().name, help)));
    }
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
