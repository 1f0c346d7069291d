//! The review comment of a comparison: what it comes to, the worst findings in full, and a line for each
//! of the others, as far as a comment holds them.

use std::fmt::Write as _;

use super::DiffView;
use super::brief::{self, Short, Shown};
use super::markdown::{
    COMMENT, code, inline, left_out_words, render as render_findings, write_head, write_matrix,
    write_places, write_rest,
};
use super::matrix;
use super::printable::one_line;
use crate::diag::{Diagnostic, Group, Overview, Severity};
use crate::text::SourceMap;

/// Findings of one cause that are shown in full; each further cause gets a line.
const IN_FULL: usize = 20;

/// Causes whose places are shown at once; of more they are folded, so that the headlines stand together.
const UNFOLDED: usize = 5;

/// Something that is shown or left out.
struct Entry {
    full: Option<String>,
    line: String,
    findings: usize,
}

/// What a comparison came to, then its findings, the worst first.
pub(super) fn render(view: &DiffView<'_>) -> String {
    let Some(total) = view.summary else {
        return render_findings(view.findings, view.sources);
    };
    let mut out = String::from("## cherryc diff\n\n");
    let overview = Overview::of(view.findings);
    for (name, text) in matrix::closing(total, view.findings) {
        // The causes stand in a table of their own.
        if name != matrix::CAUSES {
            let _ = writeln!(out, "- **{name}**: {}", inline(&text));
        }
    }
    if let Some(overview) = &overview {
        write_overview(&mut out, overview);
    }
    write_findings(&mut out, view);
    out
}

fn write_overview(out: &mut String, overview: &Overview<'_>) {
    out.push_str("\n| what breaks | rule | for instance |\n| --- | --- | --- |\n");
    for cause in &overview.causes {
        let _ = writeln!(
            out,
            "| {} | {} | {} |",
            cause.rule.counted(cause.count),
            code(cause.rule.name),
            inline(&one_line(cause.first.headline()))
        );
    }
}

fn write_findings(out: &mut String, view: &DiffView<'_>) {
    let short = Short::of(view.findings);
    let is_folded = brief::full(view.findings.iter(), short).len() > UNFOLDED;
    let mut full_left = IN_FULL;
    let mut left_out = [0, 0];
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let these = || {
            let all = view.findings.iter();
            all.filter(move |finding| finding.severity() == severity)
        };
        let mut entries: Vec<Entry> = brief::full(these(), short)
            .iter()
            .map(|group| Entry::of(group, view.sources, is_folded))
            .collect();
        let in_lines = these().filter(|finding| short.shows(finding) == Shown::Line);
        entries.extend(in_lines.map(|finding| Entry {
            full: None,
            line: line(finding, &brief::line(finding, view.sources)),
            findings: 1,
        }));
        if entries.is_empty() {
            continue;
        }
        let count = entries.iter().map(|entry| entry.findings).sum();
        let heading = format!("\n### {}\n", matrix::plural(count, severity));
        let mut room = COMMENT.saturating_sub(out.len() + heading.len());
        // First a line for each, then more than a line for those that are read first.
        let shown = entries
            .iter()
            .take_while(|entry| match room.checked_sub(entry.line.len()) {
                Some(left) => {
                    room = left;
                    true
                }
                None => false,
            })
            .count();
        let missing = entries[shown..]
            .iter()
            .map(|entry| entry.findings)
            .sum::<usize>();
        left_out[0] += missing;
        left_out[1] += if severity == Severity::Error {
            missing
        } else {
            0
        };
        if shown == 0 {
            continue;
        }
        out.push_str(&heading);
        for entry in &entries[..shown] {
            let more = |full: &String| full.len().saturating_sub(entry.line.len());
            match &entry.full {
                Some(full) if full_left > 0 && more(full) <= room => {
                    room -= more(full);
                    full_left -= 1;
                    out.push_str(full);
                }
                _ => out.push_str(&entry.line),
            }
        }
    }
    out.push_str(&left_out_words(left_out[0], left_out[1]));
}

impl Entry {
    fn of(group: &Group<'_>, sources: &SourceMap, is_folded: bool) -> Self {
        let first = group.first();
        let headline = group.headline();
        let place = brief::place(first, sources).filter(|_| !group.is_of_calls());
        let place = place.map_or(String::new(), |place| format!(" ({place})"));
        Entry {
            full: Some(full(group, sources, is_folded)),
            line: line(first, &format!("{}{place}", one_line(&headline))),
            findings: group.members().len(),
        }
    }
}

fn line(finding: &Diagnostic, text: &str) -> String {
    format!("\n- {}: {}\n", code(finding.rule().name), inline(text))
}

fn full(group: &Group<'_>, sources: &SourceMap, is_folded: bool) -> String {
    let first = group.first();
    let mut out = String::new();
    write_head(&mut out, first, &group.headline());
    let listed = group.listed();
    if is_folded {
        out.push_str("\n<details><summary>where, and who breaks</summary>\n");
    }
    if group.is_of_calls() {
        out.push('\n');
        for (call, finding) in listed {
            let place = brief::line_of(finding, sources);
            let _ = writeln!(out, "- {} {}", inline(&one_line(call)), inline(&place));
        }
    } else {
        if !listed.is_empty() {
            let all: Vec<String> = listed
                .iter()
                .map(|(item, _)| inline(&one_line(item)))
                .collect();
            let _ = write!(out, "\nAll of them: {}\n", all.join(", "));
        }
        write_places(&mut out, first, sources);
    }
    write_matrix(&mut out, first);
    if is_folded {
        out.push_str("\n</details>\n");
    }
    write_rest(&mut out, first);
    out
}
