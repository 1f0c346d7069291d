//! The lines around the labels of a finding, cut to a size that a reader can take in.
//!
//! Nothing here walks through a file: lines are found through the index of the source map, and a
//! line is copied only around its labels. A document that is one line of 1 MB costs what a short
//! one costs.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use super::place::{clamp, offset};
use super::printable::{is_unsafe, one_line, stand_in};
use crate::diag::{Diagnostic, Label};
use crate::text::{FileId, LineCol, Side, SourceMap, Span};

/// Lines shown before and after a labelled one.
const CONTEXT: u32 = 1;
/// Columns that all lines of a block may be indented by; of more this is what stays.
const MAX_INDENT: usize = 8;
/// A label over more lines than this is shown at its first line: a whole mapping is no excerpt.
const MAX_LABEL_LINES: u32 = 5;
/// Labels shown of one finding; a cycle through a thousand files is told by its first ones.
pub(super) const MAX_LABELS: usize = 12;
/// Least bytes shown around a label when several share a long line.
const MIN_SHARE: usize = 24;

/// Consecutive lines of one file that hold labels.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub(super) path: &'a str,
    /// Whether it is a file of the old release in a finding that compares two.
    pub(super) is_old: bool,
    /// Where the first label of the block starts in the file.
    pub(super) at: LineCol,
    pub(super) lines: Vec<Line<'a>>,
}

impl Block<'_> {
    /// Its path as it is shown.
    pub(super) fn name(&self) -> Cow<'_, str> {
        let path = one_line(self.path);
        if self.is_old {
            format!("{path} (old)").into()
        } else {
            path
        }
    }
}

/// A line of an excerpt.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Its number in the file, from 1.
    pub(super) number: u32,
    /// What is shown of it: tabs as they are, other unsafe characters replaced, `…` for what was cut.
    pub(super) text: String,
    /// The stretches of `text` that labels cover, in reading order.
    pub(super) marks: Vec<Mark<'a>>,
}

/// What a label covers on one line.
#[derive(Debug, Clone)]
pub(super) struct Mark<'a> {
    /// Position of the label among those shown; a label over several lines has a mark on each.
    pub(super) label: usize,
    pub(super) primary: bool,
    /// Bytes of the line's text; empty for a label that points between two characters.
    pub(super) range: Range<usize>,
    /// What is said about the place; present on the last line of the label only.
    pub(super) text: Option<&'a str>,
    /// Where the label starts in the file.
    pub(super) at: LineCol,
}

/// Everything a finding points at.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    /// The blocks: those of the file the finding is about first.
    pub(super) blocks: Vec<Block<'a>>,
}

/// A label with the lines it is shown on.
struct Shown<'a> {
    index: usize,
    span: Span,
    lines: RangeInclusive<u32>,
    at: LineCol,
    primary: bool,
    text: &'a str,
}

impl<'a> Excerpt<'a> {
    /// The excerpt of `finding`, with lines of about `limit` bytes.
    pub(super) fn of(sources: &'a SourceMap, finding: &'a Diagnostic, limit: usize) -> Self {
        // Files in the order in which labels name them: labels are sorted with the primary one first.
        let mut files: Vec<(FileId, Vec<Shown<'a>>)> = Vec::new();
        for (index, label) in shown_labels(finding).take(MAX_LABELS).enumerate() {
            let span = trimmed(sources, clamp(sources, label.span));
            let at = sources.line_col(span.file, span.start);
            let last = sources.line_col(span.file, span.end).line;
            let last = if last - at.line < MAX_LABEL_LINES {
                last
            } else {
                at.line
            };
            let shown = Shown {
                index,
                span,
                lines: at.line..=last,
                at,
                primary: label.primary || index == 0,
                text: &label.text,
            };
            match files.iter_mut().find(|(file, _)| *file == span.file) {
                Some((_, labels)) => labels.push(shown),
                None => files.push((span.file, vec![shown])),
            }
        }
        let blocks = files
            .iter()
            .flat_map(|(file, labels)| blocks(sources, *file, labels, limit))
            .collect();
        Excerpt { blocks }
    }
}

/// A sentence about the labels that were left out because there are too many.
pub(super) fn omission(finding: &Diagnostic) -> Option<String> {
    match shown_labels(finding).count().saturating_sub(MAX_LABELS) {
        0 => None,
        1 => Some("1 more place is not shown".to_owned()),
        n => Some(format!("{n} more places are not shown")),
    }
}

/// The labels that people are shown: of what left nothing behind, those where it was.
pub(super) fn shown_labels(finding: &Diagnostic) -> impl Iterator<Item = &Label> {
    let comparison = finding.comparison();
    let old = comparison.filter(|comparison| comparison.is_gone);
    let old = old.and_then(|comparison| comparison.old_at);
    let labels = finding.labels().iter();
    labels.filter(move |label| old.is_none_or(|old| label.span == old))
}

/// `span` without line breaks at its end: a label should not reach into the next line because the
/// value it covers ends with one.
fn trimmed(sources: &SourceMap, span: Span) -> Span {
    let text = sources.slice(span);
    let content = text.trim_end_matches(['\n', '\r', ' ', '\t']);
    if text[content.len()..].contains('\n') {
        span.part(0, content.len())
    } else {
        span
    }
}

/// The blocks of one file.
fn blocks<'a>(
    sources: &'a SourceMap,
    file: FileId,
    labels: &[Shown<'a>],
    limit: usize,
) -> Vec<Block<'a>> {
    let source = sources.file(file);
    // What follows the last line break is a line only for a label that points there.
    let content = source.text().strip_suffix('\n').unwrap_or(source.text());
    let last_line = sources.line_col(file, offset(content.len())).line;
    let mut runs: Vec<RangeInclusive<u32>> = labels
        .iter()
        .map(|label| {
            // What it was is seen in the line itself.
            let is_beside = source.side() == Side::Old && !label.primary;
            let context = if is_beside { 0 } else { CONTEXT };
            let from = label.lines.start().saturating_sub(context).max(1);
            from..=(label.lines.end() + context).min(last_line.max(*label.lines.end()))
        })
        .collect();
    runs.sort_by_key(|run| *run.start());
    let mut merged: Vec<RangeInclusive<u32>> = Vec::new();
    for run in runs {
        match merged.last_mut() {
            // A gap of one line is shown instead of being skipped.
            Some(open) if *run.start() <= *open.end() + 2 => {
                *open = *open.start()..=(*run.end()).max(*open.end());
            }
            _ => merged.push(run),
        }
    }
    // The block that the finding is about stands first, the others in reading order.
    let lead = labels.iter().find(|label| label.primary);
    merged.sort_by_key(|run| !lead.is_some_and(|label| run.contains(label.lines.start())));
    merged
        .into_iter()
        .map(|run| {
            let inside = |label: &&Shown<'a>| run.contains(label.lines.start());
            let lead = labels
                .iter()
                .filter(inside)
                .find(|label| label.primary)
                .or_else(|| labels.iter().find(inside))
                .expect("every run was made by a label");
            Block {
                path: source.path().as_str(),
                is_old: source.side() == Side::Old,
                at: lead.at,
                lines: dedented(
                    run.clone()
                        .map(|number| {
                            line(
                                source.text(),
                                number,
                                range(sources, file, number),
                                labels,
                                limit,
                            )
                        })
                        .collect(),
                ),
            }
        })
        .collect()
}

/// The lines without an indentation that all of them share, when it is deep.
fn dedented(mut lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let indents = lines
        .iter()
        .filter(|line| !line.text.trim().is_empty())
        .map(|line| line.text.len() - line.text.trim_start_matches(' ').len());
    let cut = indents.min().unwrap_or(0).saturating_sub(MAX_INDENT);
    for line in &mut lines {
        line.text.drain(..cut.min(line.text.len()));
        for mark in &mut line.marks {
            let at = |at: usize| at.saturating_sub(cut);
            mark.range = at(mark.range.start)..at(mark.range.end);
        }
    }
    lines
}

/// The bytes of line `number` without its line break.
fn range(sources: &SourceMap, file: FileId, number: u32) -> Range<usize> {
    let text = sources.file(file).text().as_bytes();
    let start = sources.line_start(file, number) as usize;
    let mut end = (sources.line_start(file, number + 1) as usize).max(start);
    if end > start && text[end - 1] == b'\n' {
        end -= 1;
        if end > start && text[end - 1] == b'\r' {
            end -= 1;
        }
    }
    start..end
}

/// Line `number`, which is `range` of the text, as it is shown.
fn line<'a>(
    text: &str,
    number: u32,
    range: Range<usize>,
    labels: &[Shown<'a>],
    limit: usize,
) -> Line<'a> {
    let here: Vec<&Shown<'a>> = labels
        .iter()
        .filter(|label| label.lines.contains(&number))
        .collect();
    let length = range.len();
    let inside = |at: u32| (at as usize).saturating_sub(range.start).min(length);
    let content = &text[range.clone()];
    let covered: Vec<Range<usize>> = here
        .iter()
        .map(|label| {
            let end = inside(label.span.end);
            if number == *label.lines.start() {
                return inside(label.span.start)..end;
            }
            // The indentation of a further line is not what the label is about.
            let indent = content.len() - content.trim_start_matches([' ', '\t']).len();
            indent.min(end)..end
        })
        .collect();
    let cut = Cut::new(content, &covered, limit);
    let mut marks: Vec<Mark<'a>> = here
        .iter()
        .zip(&covered)
        .map(|(label, covered)| Mark {
            label: label.index,
            primary: label.primary,
            range: cut.shown(covered.start)..cut.shown(covered.end),
            text: (number == *label.lines.end() && !label.text.is_empty()).then_some(label.text),
            at: label.at,
        })
        .collect();
    marks.sort_by_key(|mark| (mark.range.start, mark.range.end, mark.label));
    Line {
        number,
        text: cut.text,
        marks,
    }
}

/// A line with what is too long left out, and the way from its bytes to the bytes shown.
struct Cut {
    text: String,
    /// Bytes of the line and of the shown text at which the characters that are shown begin.
    map: Vec<(usize, usize)>,
}

impl Cut {
    fn new(line: &str, covered: &[Range<usize>], limit: usize) -> Self {
        let mut text = String::new();
        let mut map = Vec::new();
        let mut done = 0;
        for part in kept(line, covered, limit) {
            if part.start > done {
                text.push('…');
            }
            for (at, c) in line[part.clone()].char_indices() {
                map.push((part.start + at, text.len()));
                text.push(if is_unsafe(c) { stand_in(c) } else { c });
            }
            map.push((part.end, text.len()));
            done = part.end;
        }
        if done < line.len() {
            text.push('…');
        }
        Cut { text, map }
    }

    /// Where byte `at` of the line is shown; the nearest place before it when it was left out.
    fn shown(&self, at: usize) -> usize {
        let next = self.map.partition_point(|(from, _)| *from <= at);
        match next.checked_sub(1) {
            Some(i) => self.map[i].1,
            None => self.map.first().map_or(0, |(_, to)| *to),
        }
    }
}

/// The parts of a line to show: all of a short one, else the surroundings of what is covered.
fn kept(line: &str, covered: &[Range<usize>], limit: usize) -> Vec<Range<usize>> {
    let whole = 0..line.len();
    if line.len() <= limit {
        return vec![whole];
    }
    if covered.is_empty() {
        let head = 0..line.floor_char_boundary(limit);
        return vec![head];
    }
    let share = (limit / covered.len()).max(MIN_SHARE);
    let mut parts: Vec<Range<usize>> = covered
        .iter()
        .map(|covered| {
            // Near the end of a line there is less after the label, so more before it is shown.
            let from = covered
                .start
                .saturating_sub(share / 4)
                .min(line.len().saturating_sub(share));
            line.floor_char_boundary(from)..line.ceil_char_boundary((from + share).min(line.len()))
        })
        .collect();
    parts.sort_by_key(|part| part.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for part in parts {
        match merged.last_mut() {
            Some(open) if part.start <= open.end + '…'.len_utf8() => {
                open.end = open.end.max(part.end);
            }
            _ => merged.push(part),
        }
    }
    merged
}
