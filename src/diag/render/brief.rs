//! Remarks in one line each, where there are so many that they would hide what matters.

use super::matrix::{DIRECTIONS, forms};
use super::place::Place;
use super::printable::one_line;
use crate::diag::{Breaks, Diagnostic, Findings, Outcome, Severity};
use crate::text::SourceMap;

/// Remarks that are shown in full, with their excerpts; of more each gets a line.
const IN_FULL: usize = 5;

/// Whether remarks are shown in one line each.
pub(super) fn is_wanted(findings: &Findings) -> bool {
    findings.count(Severity::Info) > IN_FULL
}

/// Whether this finding is shown in one line, when remarks are.
pub(super) fn is_brief(finding: &Diagnostic, is_wanted: bool) -> bool {
    is_wanted && finding.severity() == Severity::Info
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
