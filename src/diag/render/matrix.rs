//! Who breaks, as a small table.

use std::fmt::Write as _;

use super::brief::{self, Short};
use crate::diag::{
    Breaks, Bump, Comparison, Directions, Findings, Outcome, Overview, Severity, Summary, Undecided,
};

/// A form that data or code takes, with both directions.
pub(super) struct Row {
    pub(super) form: &'static str,
    pub(super) cells: [Cell; 2],
}

/// One direction.
pub(super) struct Cell {
    pub(super) outcome: Outcome,
    /// Number of the condition below the table, from 1; absent when the outcome holds for all values.
    pub(super) note: Option<usize>,
}

/// A table of who breaks.
pub(super) struct Matrix<'a> {
    pub(super) rows: Vec<Row>,
    /// For which values, by number.
    pub(super) conditions: Vec<&'a str>,
}

/// The heads of the two columns of verdicts.
pub(super) const DIRECTIONS: [&str; 2] = ["old -> new", "new -> old"];

/// The name of the closing line that counts what breaks, by cause.
pub(super) const CAUSES: &str = "breaking";

/// The forms of a comparison in their order.
pub(super) fn forms(breaks: &Breaks) -> impl Iterator<Item = (&'static str, &Directions)> {
    [
        ("binary", &breaks.binary),
        ("json", &breaks.json),
        ("source", &breaks.source),
    ]
    .into_iter()
    .filter_map(|(form, directions)| Some((form, directions.as_ref()?)))
}

impl<'a> Matrix<'a> {
    /// The table of a comparison; `None` when everything is safe, for which no table is needed.
    pub(super) fn of(comparison: &'a Comparison) -> Option<Self> {
        let breaks = &comparison.breaks;
        // The value that proves it says more than words about values.
        let is_told = comparison.witness.is_some();
        let mut conditions: Vec<&'a str> = Vec::new();
        let rows: Vec<Row> = forms(breaks)
            .map(|(form, directions)| Row {
                form,
                cells: [&directions.old_to_new, &directions.new_to_old].map(|verdict| Cell {
                    outcome: verdict.outcome,
                    note: verdict
                        .when
                        .as_deref()
                        .filter(|_| !is_told)
                        .map(|when| number(&mut conditions, when)),
                }),
            })
            .collect();
        let is_safe = |cell: &Cell| cell.outcome == Outcome::Safe;
        if rows.iter().flat_map(|row| &row.cells).all(is_safe) {
            return None;
        }
        Some(Matrix { rows, conditions })
    }

    /// The table in plain characters, each line without indent; `paint` may colour a verdict that is
    /// padded already.
    pub(super) fn lines(&self, paint: &dyn Fn(Outcome, &str) -> String) -> Vec<String> {
        let mut out = vec![format!("{:8}{:13}{}", "", DIRECTIONS[0], DIRECTIONS[1])];
        for row in &self.rows {
            let mut line = format!("{:8}", row.form);
            for (i, cell) in row.cells.iter().enumerate() {
                let word = cell.outcome.name();
                let note = cell.note.map_or(String::new(), |n| format!(" [{n}]"));
                line.push_str(&paint(cell.outcome, word));
                line.push_str(&note);
                if i == 0 {
                    let used = word.len() + note.len();
                    let _ = write!(line, "{:1$}", "", 13_usize.saturating_sub(used));
                }
            }
            out.push(line);
        }
        out
    }
}

/// The number of a condition; equal ones share it.
fn number<'a>(conditions: &mut Vec<&'a str>, when: &'a str) -> usize {
    match conditions.iter().position(|known| *known == when) {
        Some(at) => at + 1,
        None => {
            conditions.push(when);
            conditions.len()
        }
    }
}

/// For which values a finding holds, as one text; absent when for all.
pub(super) fn when(breaks: &Breaks) -> Option<String> {
    let told: Vec<(String, &str)> = forms(breaks)
        .flat_map(|(form, directions)| {
            [
                (format!("{form} old to new"), &directions.old_to_new),
                (format!("{form} new to old"), &directions.new_to_old),
            ]
        })
        .filter_map(|(place, verdict)| Some((place, verdict.when.as_deref()?)))
        .collect();
    let (_, first) = told.first()?;
    if told.iter().all(|(_, text)| text == first) {
        return Some((*first).to_owned());
    }
    let parts: Vec<String> = told
        .iter()
        .map(|(place, text)| format!("{place}: {text}"))
        .collect();
    Some(parts.join("; "))
}

/// The closing lines of a comparison: name and value, which may have several lines. `short` says what is
/// not shown; nothing where all is.
pub(super) fn closing(
    summary: &Summary,
    findings: &Findings,
    short: Option<Short>,
) -> Vec<(&'static str, String)> {
    let (binary, json) = (summary.binary_order, summary.json_order);
    let order = match (binary, json) {
        (Some(binary), Some(json)) if binary != json => Some(format!(
            "binary: {}; json: {}",
            binary.advice(summary.parties),
            json.advice(summary.parties)
        )),
        (one, other) => one
            .or(other)
            .map(|order| order.advice(summary.parties).to_owned()),
    };
    let mut counts = format!("{} breaking", summary.breaking);
    if summary.warnings > 0 {
        let _ = write!(counts, ", {}", plural(summary.warnings, Severity::Warning));
        match brief::letters(findings) {
            0 => {}
            letters if letters == summary.warnings => counts.push_str(" (only to the letter)"),
            letters => {
                let _ = write!(counts, " ({letters} only to the letter)");
            }
        }
    }
    if summary.infos > 0 {
        let _ = write!(counts, ", {}", plural(summary.infos, Severity::Info));
    }
    if summary.unknown > 0 {
        let _ = write!(counts, ", {} undecided", summary.unknown);
    }
    let mut lines = vec![("changes", counts)];
    lines.extend(share(summary.undecided).map(|share| ("undecided", share)));
    if let Some(overview) = Overview::of(findings) {
        lines.push((CAUSES, overview.causes()));
        lines.extend(overview.calls().map(|calls| ("touched", calls)));
    }
    let hidden = short.and_then(|short| brief::counted(findings, short));
    lines.extend(hidden.map(|hidden| ("not shown", hidden)));
    lines.extend(order.map(|order| ("upgrade order", order)));
    // What is undecided may hurt.
    let at_least = match (summary.unknown, summary.bump) {
        (0, _) | (_, Bump::Major) => "",
        _ => "at least ",
    };
    lines.push(("version step", format!("{at_least}{}", summary.bump.name())));
    if summary.is_partial {
        let scope = "the named files; deleted files and moved types need the tree";
        lines.push(("scope", scope.to_owned()));
    }
    lines
}

/// How much is undecided; nothing where all is decided.
fn share(undecided: Undecided) -> Option<String> {
    let Undecided { asked, unknown } = undecided;
    // In tenths of a percent, never 0 where there is one.
    let tenths = (unknown * 1_000).checked_div(asked)?.max(1);
    (unknown > 0).then(|| {
        format!(
            "{unknown} of {asked} comparisons of values ({}.{} %)",
            tenths / 10,
            tenths % 10
        )
    })
}

pub(super) fn plural(count: usize, severity: Severity) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {}{s}", severity.name())
}
