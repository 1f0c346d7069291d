//! A review comment in Markdown as code hosts read it.
//!
//! A comment is read by people who trust its author, so nothing that a contract says may become
//! markup, a link to an issue, or a mention of somebody.

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::excerpt::{Block, Excerpt, omission};
use super::matrix::{DIRECTIONS, Matrix};
use super::printable::{Piece, lines, one_line, pieces};
use super::{by_file, summary, witness};
use crate::diag::{Diagnostic, Findings, Outcome, Severity, Witness};
use crate::text::{FileId, SourceMap};

/// Bytes of a source line that are shown.
const LINE: usize = 120;

/// Characters that code hosts take in one comment, with some room for what a pipeline puts before
/// it; GitHub refuses 65,537. Bytes are counted, which are never fewer.
pub(super) const COMMENT: usize = 65_000;

/// The findings under a heading per file.
pub(super) fn render(findings: &Findings, sources: &SourceMap) -> String {
    comment(
        format!("## cherryc: {}\n", summary(findings)),
        findings,
        sources,
    )
}

/// A head and the findings below it, as many whole ones as a comment holds, the worst first in line.
fn comment(head: String, findings: &Findings, sources: &SourceMap) -> String {
    let groups = by_file(findings);
    let heading = |file: Option<FileId>| {
        let path = file.map(|file| code(&one_line(sources.file(file).path().as_str())));
        path.map_or(String::new(), |path| format!("\n### {path}\n"))
    };
    // Per finding: its group, how bad it is, and its text.
    let written: Vec<(usize, Severity, String)> = groups
        .iter()
        .enumerate()
        .flat_map(|(group, (_, findings))| findings.iter().map(move |finding| (group, *finding)))
        .map(|(group, finding)| {
            let mut text = String::new();
            write_head(&mut text, finding, finding.headline());
            write_places(&mut text, finding, sources);
            write_matrix(&mut text, finding);
            write_rest(&mut text, finding);
            (group, finding.severity(), text)
        })
        .collect();
    let headings: Vec<String> = groups.iter().map(|(file, _)| heading(*file)).collect();
    let mut order: Vec<usize> = (0..written.len()).collect();
    order.sort_by_key(|at| Reverse(written[*at].1));
    let mut room = COMMENT.saturating_sub(head.len());
    let mut is_shown = vec![false; written.len()];
    let mut is_open = vec![false; groups.len()];
    for at in order {
        let (group, _, text) = &written[at];
        let opening = if is_open[*group] {
            0
        } else {
            headings[*group].len()
        };
        let Some(left) = room.checked_sub(text.len() + opening) else {
            continue;
        };
        room = left;
        is_shown[at] = true;
        is_open[*group] = true;
    }
    let mut out = head;
    let mut last = None;
    for (at, (group, _, text)) in written.iter().enumerate() {
        if !is_shown[at] {
            continue;
        }
        if last != Some(*group) {
            out.push_str(&headings[*group]);
            last = Some(*group);
        }
        out.push_str(text);
    }
    let left_out = written.iter().zip(&is_shown).filter(|(_, shown)| !**shown);
    let errors = left_out
        .clone()
        .filter(|((_, severity, _), _)| *severity == Severity::Error);
    out.push_str(&left_out_words(left_out.clone().count(), errors.count()));
    out
}

/// What a comment says about findings that it has no room for.
pub(super) fn left_out_words(findings: usize, errors: usize) -> String {
    let of_them = match errors {
        0 => String::new(),
        1 => ", 1 of them an error".to_owned(),
        errors => format!(", {errors} of them errors"),
    };
    match findings {
        0 => String::new(),
        1 => format!("\n1 more finding is left out{of_them}: a comment holds no more.\n"),
        n => format!("\n{n} more findings are left out{of_them}: a comment holds no more.\n"),
    }
}

/// How bad, which rule, and what.
pub(super) fn write_head(out: &mut String, finding: &Diagnostic, headline: &str) {
    let _ = write!(
        out,
        "\n**{}** {}: {}\n",
        finding.severity().name(),
        code(finding.rule().name),
        inline(&one_line(headline))
    );
}

/// The places.
pub(super) fn write_places(out: &mut String, finding: &Diagnostic, sources: &SourceMap) {
    let excerpt = Excerpt::of(sources, finding, LINE);
    if !excerpt.blocks.is_empty() {
        let mut body = String::new();
        for block in &excerpt.blocks {
            write_block(&mut body, block);
        }
        let fence = "`".repeat(longest_run(&body).max(2) + 1);
        let _ = write!(out, "\n{fence}text\n{body}{fence}\n");
    }
}

/// The proof, remarks, and what to do.
pub(super) fn write_rest(out: &mut String, finding: &Diagnostic) {
    let comparison = finding.comparison();
    if let Some(proof) = comparison.and_then(|comparison| comparison.witness.as_deref()) {
        write_witness(out, proof);
    }
    let omission = omission(finding);
    let remarks: Vec<(&str, &str)> = finding
        .notes()
        .chain(omission.as_deref())
        .map(|note| ("note", note))
        .chain(finding.help().map(|help| ("help", help)))
        .collect();
    if !remarks.is_empty() {
        out.push('\n');
    }
    for (word, text) in remarks {
        let text: Vec<String> = lines(text).map(|line| inline(&line)).collect();
        let _ = writeln!(out, "- {word}: {}", text.join("<br>"));
    }
}

/// Who breaks, and for which values.
pub(super) fn write_matrix(out: &mut String, finding: &Diagnostic) {
    let Some(matrix) = finding.comparison().and_then(Matrix::of) else {
        return;
    };
    let _ = write!(
        out,
        "\n| | {} |\n| --- | --- | --- |\n",
        DIRECTIONS.map(|text| text.replace("->", "→")).join(" | ")
    );
    for row in &matrix.rows {
        let _ = write!(out, "| {}", row.form);
        for cell in &row.cells {
            let word = match cell.outcome {
                Outcome::Safe => "safe",
                Outcome::Loss => "**loss**",
                Outcome::Break => "**break**",
            };
            let note = cell.note.map_or(String::new(), |n| format!(" ({n})"));
            let _ = write!(out, " | {word}{note}");
        }
        out.push_str(" |\n");
    }
    if !matrix.conditions.is_empty() {
        out.push('\n');
    }
    for (i, when) in matrix.conditions.iter().enumerate() {
        let _ = writeln!(out, "{}. {}", i + 1, inline(&one_line(when)));
    }
}

/// A value that proves it, and how to try it.
fn write_witness(out: &mut String, proof: &Witness) {
    let (example, is_shortened) = witness::readable(proof);
    let fence = "`".repeat(longest_run(example).max(2) + 1);
    let sentence = inline(&one_line(&witness::sentence(proof)));
    let _ = write!(out, "\nWitness: {sentence}\n\n{fence}text\n");
    for line in example.lines() {
        let _ = writeln!(out, "{}", one_line(line));
    }
    let _ = writeln!(out, "{fence}");
    if is_shortened {
        let _ = writeln!(out, "\n({})", witness::SHORTENED);
    }
}

/// Source lines with what is said about them below, in plain characters.
fn write_block(out: &mut String, block: &Block<'_>) {
    let width = block
        .lines
        .last()
        .map_or(1, |line| line.number.to_string().len());
    let (path, at) = (block.name(), block.at);
    let _ = writeln!(out, "{:width$}--> {path}:{}:{}", "", at.line, at.column);
    for line in &block.lines {
        let row = format!("{:width$} | {}", line.number, line.text);
        let _ = writeln!(out, "{}", row.trim_end());
        for mark in &line.marks {
            // Tabs stay tabs, so that the marker stands below its text at any tab width.
            let indent: String = line.text[..mark.range.start]
                .chars()
                .map(|c| match c {
                    '\t' => "\t",
                    c if is_wide(c) => "  ",
                    _ => " ",
                })
                .collect();
            let marker = if mark.primary { "^" } else { "-" };
            let columns: usize = line.text[mark.range.clone()]
                .chars()
                .map(|c| if is_wide(c) { 2 } else { 1 })
                .sum();
            let row = format!(
                "{:width$} | {indent}{} {}",
                "",
                marker.repeat(columns.max(1)),
                mark.text.map(one_line).unwrap_or_default()
            );
            let _ = writeln!(out, "{}", row.trim_end());
        }
    }
}

/// Whether fonts of fixed width give `c` two columns; near enough for a marker.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD)
}

/// A message on one line: words escaped, what stands between backticks as code.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut after_code = false;
    for piece in pieces(text) {
        match piece {
            Piece::Plain(words) => {
                escape(&mut out, words);
                after_code = false;
            }
            Piece::Code(quoted) => {
                if after_code {
                    // Two code spans side by side would be read as one with a longer fence.
                    out.push(' ');
                }
                out.push_str(&code(quoted));
                after_code = true;
            }
        }
    }
    out
}

/// A code span around `text`.
pub(super) fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    // A backtick at an edge needs a space, and one space at each edge is removed when shown.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Words as words, whatever they look like.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            // A zero-width space after these keeps a name or number from becoming a link.
            '@' => out.push_str("@&#8203;"),
            '#' => out.push_str("\\#&#8203;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
}

/// Length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
