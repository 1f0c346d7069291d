//! Findings for a terminal, drawn by `miette`.
//!
//! `miette` asks a source for the text around each label. It is handed a [`Window`] over the
//! excerpt alone, so it never walks through a file, and labels in several files need one report
//! only: each block of the excerpt answers with the name and the line numbers of its own file.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use miette::{
    Diagnostic as Report, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    Severity as MietteSeverity, SourceCode, SourceSpan, SpanContents, ThemeStyles,
};

use super::brief::{self, Short, Shown};
use super::excerpt::Excerpt;
use super::matrix::{self, Matrix};
use super::printable::{one_line, wrap};
use super::{DiffView, RenderOptions, summary, witness};
use crate::diag::{Breaks, Diagnostic, Findings, Outcome, Severity, Witness};
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
    let mut out = paint_all(findings.iter(), sources, options);
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
    let mut order: Vec<&Diagnostic> = view.findings.iter().collect();
    order.sort_by_key(|finding| Reverse(finding.severity()));
    let short = Short::of(view.findings);
    let shown = |as_: Shown| {
        let these = order.iter().copied();
        these.filter(move |finding| short.shows(finding) == as_)
    };
    let mut out = paint_all(shown(Shown::Full), view.sources, options);
    let width = options.width.clamp(MIN_WIDTH, MAX_WIDTH);
    let before = out.len();
    for finding in shown(Shown::Line) {
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

fn paint_all<'f>(
    findings: impl Iterator<Item = &'f Diagnostic>,
    sources: &SourceMap,
    options: RenderOptions,
) -> String {
    let theme = if options.color {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let width = options.width.clamp(MIN_WIDTH, MAX_WIDTH);
    let painter = Painter {
        styles: theme.styles.clone(),
        handler: GraphicalReportHandler::new_themed(theme)
            .without_syntax_highlighting()
            .without_cause_chain()
            .with_urls(false)
            // Words are wrapped here: `miette` would break names such as `field-removed` in two.
            .with_wrap_lines(false),
        width,
    };
    let mut out = String::new();
    for finding in findings {
        painter
            .paint(&mut out, finding, sources)
            .expect("writing to a string cannot fail, and every label lies in its window");
        out.push('\n');
    }
    out
}

struct Painter {
    styles: ThemeStyles,
    handler: GraphicalReportHandler,
    width: usize,
}

impl Painter {
    fn paint(&self, out: &mut String, finding: &Diagnostic, sources: &SourceMap) -> fmt::Result {
        use fmt::Write as _;

        let excerpt = Excerpt::of(sources, finding, self.width - GUTTER);
        let snippet = Snippet {
            headline: self.headline(finding),
            severity: match finding.severity() {
                Severity::Error => MietteSeverity::Error,
                Severity::Warning => MietteSeverity::Warning,
                Severity::Info => MietteSeverity::Advice,
            },
            window: Window::new(&excerpt, self.width),
        };
        self.handler.render_report(out, &snippet)?;
        if let Some(comparison) = finding.comparison() {
            self.paint_matrix(out, &comparison.breaks)?;
            if let Some(proof) = &comparison.witness {
                self.paint_witness(out, proof)?;
            }
        }
        let omission = excerpt.omission();
        let notes = finding.notes().chain(omission.as_deref());
        let remarks = notes
            .map(|note| ("note", note))
            .chain(finding.help().map(|help| ("help", help)));
        for (word, text) in remarks {
            for (i, line) in wrap(text, self.width - 8).iter().enumerate() {
                if i == 0 {
                    writeln!(out, "  {}: {line}", self.styles.help.style(word))?;
                } else {
                    writeln!(out, "        {line}")?;
                }
            }
        }
        Ok(())
    }

    /// Who breaks, and for which values.
    fn paint_matrix(&self, out: &mut String, breaks: &Breaks) -> fmt::Result {
        use fmt::Write as _;

        let Some(matrix) = Matrix::of(breaks) else {
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
        for line in witness::example(proof).lines() {
            writeln!(out, "{}", format!("    {}", one_line(line)).trim_end())?;
        }
        Ok(())
    }

    /// `error[field-removed]: headline`, wrapped, with the part before the colon in colour.
    fn headline(&self, finding: &Diagnostic) -> String {
        let severity = finding.severity();
        let style = match severity {
            Severity::Error => self.styles.error,
            Severity::Warning => self.styles.warning,
            Severity::Info => self.styles.advice,
        };
        let label = format!("{}[{}]", severity.name(), finding.rule().name);
        let plain = format!("{label}: {}", one_line(finding.headline()));
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
#[derive(Debug)]
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
