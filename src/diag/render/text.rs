//! Findings for a terminal, drawn by `miette`.
//!
//! `miette` asks a source for the text around each label. It is handed a [`Window`] over the
//! excerpt alone, so it never walks through a file, and labels in several files need one report
//! only: each block of the excerpt answers with the name and the line numbers of its own file.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use miette::{
    Diagnostic as Report, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    Severity as MietteSeverity, SourceCode, SourceSpan, SpanContents, ThemeStyles,
};

use super::brief::{self, Short, Shown};
use super::excerpt::{Excerpt, MAX_LABELS, omission};
use super::matrix::{self, Matrix};
use super::printable::{one_line, wrap};
use super::{DiffView, RenderOptions, summary, witness};
use crate::diag::{Comparison, Diagnostic, Findings, Group, Outcome, Severity, Witness};
use crate::text::{LineCol, SourceMap};

/// Narrowest width that is laid out for; a smaller terminal wraps by itself.
const MIN_WIDTH: usize = 40;
/// Widest text: longer lines are hard to read on any screen.
const MAX_WIDTH: usize = 120;
/// Columns that `miette` needs left of a source line, with line numbers of five digits.
const GUTTER: usize = 10;
/// Columns a label's text has at least, however far right its place is.
const MIN_LABEL: usize = 28;

/// The findings with excerpts, then a line that counts them; nothing when there are none.
pub(super) fn render(findings: &Findings, sources: &SourceMap, options: RenderOptions) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    let painter = Painter::new(options);
    for finding in findings.iter() {
        painter.add(&mut out, |out| painter.paint(out, finding, sources));
    }
    out.push_str(&summary(findings));
    out.push('\n');
    out
}

/// The findings with excerpts and tables of who breaks, then what they come to.
pub(super) fn render_diff(view: &DiffView<'_>, options: RenderOptions) -> String {
    let Some(total) = view.summary else {
        return render(view.findings, view.sources, options);
    };
    // The worst first: what is read in a minute is the beginning and the end.
    let short = Short::of(view.findings);
    let mut out = String::new();
    let painter = Painter::new(options);
    for group in brief::full(view.findings.iter(), short) {
        painter.add(&mut out, |out| {
            painter.paint_group(out, &group, view.sources)
        });
    }
    let in_lines = view.findings.iter();
    let in_lines = in_lines.filter(|finding| short.shows(finding) == Shown::Line);
    let width = options.width.clamp(MIN_WIDTH, MAX_WIDTH);
    let before = out.len();
    for finding in in_lines {
        paint_brief(&mut out, finding, view.sources, width);
    }
    if out.len() > before {
        out.push('\n');
    }
    for (name, text) in matrix::closing(total, view.findings) {
        for (i, line) in wrap(&text, width - 15).into_iter().enumerate() {
            let name = if i == 0 { name } else { "" };
            out.push_str(&format!("{name:15}{line}\n"));
        }
    }
    out
}

/// A remark in one line, wrapped.
fn paint_brief(out: &mut String, finding: &Diagnostic, sources: &SourceMap, width: usize) {
    let label = format!("{}[{}]", finding.severity().name(), finding.rule().name);
    let text = format!("{label}: {}", brief::line(finding, sources));
    for (i, line) in wrap(&text, width - 6).iter().enumerate() {
        out.push_str(if i == 0 { "  " } else { "      " });
        out.push_str(line);
        out.push('\n');
    }
}

struct Painter {
    styles: ThemeStyles,
    theme: GraphicalTheme,
    width: usize,
}

impl Painter {
    fn new(options: RenderOptions) -> Self {
        let theme = if options.color {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        Painter {
            styles: theme.styles.clone(),
            theme,
            width: options.width.clamp(MIN_WIDTH, MAX_WIDTH),
        }
    }

    /// The colours of a severity: the place that a finding is about has its own, others are quiet.
    fn theme(&self, severity: Severity) -> GraphicalTheme {
        let mut theme = self.theme.clone();
        let styles = &mut theme.styles;
        styles.highlights = vec![styles.linum; MAX_LABELS];
        styles.highlights[0] = match severity {
            Severity::Error => styles.error,
            Severity::Warning => styles.warning,
            Severity::Info => styles.advice,
        };
        theme
    }

    fn handler(&self, severity: Severity) -> GraphicalReportHandler {
        GraphicalReportHandler::new_themed(self.theme(severity))
            .without_syntax_highlighting()
            .without_cause_chain()
            .with_urls(false)
            // Words are wrapped here: `miette` would break names such as `field-removed` in two.
            .with_wrap_lines(false)
    }

    /// Appends what is painted, and an empty line.
    fn add(&self, out: &mut String, paint: impl FnOnce(&mut String) -> fmt::Result) {
        paint(out).expect("writing to a string cannot fail, and every label lies in its window");
        out.push('\n');
    }

    fn paint(&self, out: &mut String, finding: &Diagnostic, sources: &SourceMap) -> fmt::Result {
        self.paint_head(out, finding, finding.headline(), Some(sources))?;
        self.paint_rest(out, finding)
    }

    /// Findings of one cause: the first in full, and what the others differ in.
    fn paint_group(&self, out: &mut String, group: &Group<'_>, sources: &SourceMap) -> fmt::Result {
        let first = group.first();
        let headline = group.headline();
        let listed = group.listed();
        if group.is_of_calls() {
            self.paint_head(out, first, &headline, None)?;
            for (call, finding) in listed {
                let place = brief::line_of(finding, sources);
                self.paint_item(out, &format!("{} {place}", one_line(call)))?;
            }
        } else {
            self.paint_head(out, first, &headline, Some(sources))?;
            let all: Vec<&str> = listed.iter().map(|(item, _)| *item).collect();
            if !all.is_empty() {
                self.paint_remark(out, "all", &all.join(", "))?;
            }
        }
        self.paint_rest(out, first)
    }

    /// An entry of a list, wrapped.
    fn paint_item(&self, out: &mut String, text: &str) -> fmt::Result {
        use fmt::Write as _;

        for (i, line) in wrap(text, self.width - 8).iter().enumerate() {
            let indent = if i == 0 { "    " } else { "        " };
            writeln!(out, "{indent}{line}")?;
        }
        Ok(())
    }

    /// The headline, with excerpts where there are sources.
    fn paint_head(
        &self,
        out: &mut String,
        finding: &Diagnostic,
        headline: &str,
        sources: Option<&SourceMap>,
    ) -> fmt::Result {
        let excerpt = sources.map(|sources| Excerpt::of(sources, finding, self.width - GUTTER));
        let snippet = Snippet {
            headline: self.headline(finding, headline),
            severity: match finding.severity() {
                Severity::Error => MietteSeverity::Error,
                Severity::Warning => MietteSeverity::Warning,
                Severity::Info => MietteSeverity::Advice,
            },
            window: match &excerpt {
                Some(excerpt) => Window::new(excerpt, self.width),
                None => Window::default(),
            },
        };
        self.handler(finding.severity())
            .render_report(out, &snippet)
    }

    /// Who breaks, the proof, and what to do.
    fn paint_rest(&self, out: &mut String, finding: &Diagnostic) -> fmt::Result {
        if let Some(comparison) = finding.comparison() {
            self.paint_matrix(out, comparison)?;
            if let Some(proof) = &comparison.witness {
                self.paint_witness(out, proof)?;
            }
        }
        let omission = omission(finding);
        let notes = finding.notes().chain(omission.as_deref());
        let remarks = notes
            .map(|note| ("note", note))
            .chain(finding.help().map(|help| ("help", help)));
        for (word, text) in remarks {
            self.paint_remark(out, word, text)?;
        }
        Ok(())
    }

    fn paint_remark(&self, out: &mut String, word: &str, text: &str) -> fmt::Result {
        use fmt::Write as _;

        for (i, line) in wrap(text, self.width - 8).iter().enumerate() {
            if i == 0 {
                let indent = 4_usize.saturating_sub(word.len());
                writeln!(
                    out,
                    "  {}: {:indent$}{line}",
                    self.styles.help.style(word),
                    ""
                )?;
            } else {
                writeln!(out, "        {line}")?;
            }
        }
        Ok(())
    }

    /// Who breaks, and for which values.
    fn paint_matrix(&self, out: &mut String, comparison: &Comparison) -> fmt::Result {
        use fmt::Write as _;

        let Some(matrix) = Matrix::of(comparison) else {
            return Ok(());
        };
        let paint = |outcome: Outcome, text: &str| match outcome {
            Outcome::Safe => text.to_owned(),
            Outcome::Loss => self.styles.warning.style(text).to_string(),
            Outcome::Break => self.styles.error.style(text).to_string(),
        };
        for line in matrix.lines(&paint) {
            writeln!(out, "  {line}")?;
        }
        for (i, when) in matrix.conditions.iter().enumerate() {
            for (j, line) in wrap(when, self.width - 8).iter().enumerate() {
                if j == 0 {
                    writeln!(out, "  [{}] {line}", i + 1)?;
                } else {
                    writeln!(out, "      {line}")?;
                }
            }
        }
        Ok(())
    }

    /// A value that proves it, and how to try it. That line is never wrapped, so that it can be copied.
    fn paint_witness(&self, out: &mut String, proof: &Witness) -> fmt::Result {
        use fmt::Write as _;

        let sentence = witness::sentence(proof);
        for (i, line) in wrap(&sentence, self.width - 11).iter().enumerate() {
            if i == 0 {
                writeln!(out, "  {}: {line}", self.styles.help.style("witness"))?;
            } else {
                writeln!(out, "           {line}")?;
            }
        }
        let (text, is_shortened) = witness::readable(proof);
        for line in text.lines() {
            writeln!(out, "{}", format!("    {}", one_line(line)).trim_end())?;
        }
        if is_shortened {
            self.paint_remark(out, "note", witness::SHORTENED)?;
        }
        Ok(())
    }

    /// `error[field-removed]: headline`, wrapped, with the part before the colon in colour.
    fn headline(&self, finding: &Diagnostic, headline: &str) -> String {
        let severity = finding.severity();
        let style = self.theme(severity).styles.highlights[0];
        let label = format!("{}[{}]", severity.name(), finding.rule().name);
        let plain = format!("{label}: {}", one_line(headline));
        let wrapped = wrap(&plain, self.width - 4).join("\n");
        // The label has no space, so it stands unbroken at the start.
        match wrapped.strip_prefix(&label) {
            Some(rest) => format!("{}{rest}", style.style(&label)),
            None => wrapped,
        }
    }
}

/// A finding as `miette` wants it.
#[derive(Debug)]
struct Snippet {
    headline: String,
    severity: MietteSeverity,
    window: Window,
}

impl fmt::Display for Snippet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)
    }
}

impl std::error::Error for Snippet {}

impl Report for Snippet {
    fn severity(&self) -> Option<MietteSeverity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        // Without labels there is nothing to excerpt.
        (!self.window.labels.is_empty()).then_some(&self.window)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.window.labels.iter().cloned()))
    }
}

/// The blocks of an excerpt, one after the other in one text.
#[derive(Debug, Default)]
struct Window {
    text: String,
    blocks: Vec<WindowBlock>,
    labels: Vec<LabeledSpan>,
    /// Where labels start in their file, by where they start in `text`.
    places: BTreeMap<usize, LineCol>,
}

#[derive(Debug)]
struct WindowBlock {
    name: String,
    range: Range<usize>,
    /// Number of the first line, from 1.
    first: usize,
    lines: usize,
}

impl Window {
    fn new(excerpt: &Excerpt<'_>, width: usize) -> Self {
        let mut text = String::new();
        let mut blocks = Vec::new();
        let mut places = BTreeMap::new();
        // By label: its bytes, whether it is primary, and its text.
        let mut labels: BTreeMap<usize, (Range<usize>, bool, Option<String>)> = BTreeMap::new();
        for block in &excerpt.blocks {
            let from = text.len();
            for line in &block.lines {
                for mark in &line.marks {
                    let range = text.len() + mark.range.start..text.len() + mark.range.end;
                    let said = mark.text.map(|said| {
                        let column = line.text[..mark.range.start].chars().count();
                        let room = width.saturating_sub(GUTTER + column + 4);
                        wrap(said, room.max(MIN_LABEL)).join("\n")
                    });
                    labels
                        .entry(mark.label)
                        .and_modify(|(whole, _, text)| {
                            whole.end = range.end;
                            *text = said.clone();
                        })
                        .or_insert_with(|| {
                            places.insert(range.start, mark.at);
                            (range, mark.primary, said)
                        });
                }
                text.push_str(&line.text);
                text.push('\n');
            }
            blocks.push(WindowBlock {
                name: block.name().into_owned(),
                range: from..text.len(),
                first: block.lines.first().map_or(1, |line| line.number as usize),
                lines: block.lines.len(),
            });
        }
        let labels = labels
            .into_values()
            .map(|(range, primary, said)| {
                let span = SourceSpan::from((range.start, range.len()));
                if primary {
                    LabeledSpan::new_primary_with_span(said, span)
                } else {
                    LabeledSpan::new_with_span(said, span)
                }
            })
            .collect();
        Window {
            text,
            blocks,
            labels,
            places,
        }
    }
}

impl SourceCode for Window {
    /// The whole block around `span`, or `span` itself when no context is asked for. A span over
    /// two blocks is refused: that is how `miette` learns to keep them apart.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let block = self
            .blocks
            .iter()
            .find(|block| block.range.start <= start && end <= block.range.end)
            .ok_or(MietteError::OutOfBounds)?;
        let place = self.places.get(&start);
        let (range, line, column) = match place {
            Some(place) if before == 0 && after == 0 => (
                start..end,
                place.line as usize - 1,
                place.column as usize - 1,
            ),
            _ => (block.range.clone(), block.first - 1, 0),
        };
        Ok(Box::new(WindowContents {
            data: &self.text.as_bytes()[range.clone()],
            span: SourceSpan::from((range.start, range.len())),
            name: &block.name,
            line,
            column,
            lines: block.lines,
        }))
    }
}

struct WindowContents<'a> {
    data: &'a [u8],
    span: SourceSpan,
    name: &'a str,
    line: usize,
    column: usize,
    lines: usize,
}

impl<'a> SpanContents<'a> for WindowContents<'a> {
    fn data(&self) -> &'a [u8] {
        self.data
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        Some(self.name)
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.lines
    }
}
