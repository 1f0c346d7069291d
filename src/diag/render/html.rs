//! One self-contained page: no script, no request, light and dark by the reader's setting.

use std::fmt::Write as _;

use super::excerpt::{Block, Excerpt, Line};
use super::printable::{Piece, lines, one_line, pieces};
use super::{by_file, summary};
use crate::diag::{Diagnostic, Findings};
use crate::text::SourceMap;

/// Bytes of a source line that are shown.
const LINE: usize = 160;

/// Columns that what is said about a place is moved to the right at most.
const MAX_INDENT: usize = 60;

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// The findings as a page, grouped by file.
pub(super) fn render(findings: &Findings, sources: &SourceMap) -> String {
    let counts = escape(&summary(findings));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>cherryc: {counts}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>cherryc</h1>\n<p class=\"summary\">{counts}</p>\n"
    );
    for (file, group) in by_file(findings) {
        out.push_str("<section>\n");
        if let Some(file) = file {
            let path = escape(&one_line(sources.file(file).path().as_str()));
            let _ = writeln!(out, "<h2>{path}</h2>");
        }
        for finding in group {
            write_finding(&mut out, finding, sources);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_finding(out: &mut String, finding: &Diagnostic, sources: &SourceMap) {
    let severity = finding.severity().name();
    let _ = writeln!(
        out,
        "<article class=\"{severity}\">\n<h3><span class=\"severity\">{severity}</span> \
         <span class=\"rule\">{}</span> {}</h3>",
        escape(finding.rule().name),
        inline(&one_line(finding.headline()))
    );
    let excerpt = Excerpt::of(sources, finding, LINE);
    for block in &excerpt.blocks {
        write_block(out, block);
    }
    let omission = excerpt.omission();
    let remarks = finding
        .notes()
        .chain(omission.as_deref())
        .map(|note| ("note", note))
        .chain(finding.help().map(|help| ("help", help)));
    for (word, text) in remarks {
        let text: Vec<String> = lines(text).map(|line| inline(&line)).collect();
        let _ = writeln!(
            out,
            "<p class=\"{word}\"><b>{word}:</b> {}</p>",
            text.join("<br>")
        );
    }
    out.push_str("</article>\n");
}

fn write_block(out: &mut String, block: &Block<'_>) {
    let (path, at) = (escape(&one_line(block.path)), block.at);
    let _ = writeln!(
        out,
        "<figure>\n<figcaption>{path}:{}:{}</figcaption>",
        at.line, at.column
    );
    let width = block
        .lines
        .last()
        .map_or(1, |line| line.number.to_string().len());
    out.push_str("<pre>");
    for line in &block.lines {
        let _ = write!(out, "<span class=\"number\">{:width$}</span> ", line.number);
        write_line(out, line);
        out.push('\n');
        for mark in &line.marks {
            let Some(text) = mark.text else { continue };
            let class = if mark.primary { "primary" } else { "other" };
            // Below its place, unless that is far to the right.
            let indent: String = line.text[..mark.range.start]
                .chars()
                .take(MAX_INDENT)
                .map(|c| if c == '\t' { c } else { ' ' })
                .collect();
            let _ = writeln!(
                out,
                "<span class=\"number\">{:width$}</span> {indent}<span class=\"said {class}\">{}</span>",
                "",
                inline(&one_line(text))
            );
        }
    }
    out.push_str("</pre>\n</figure>\n");
}

/// The text of a line with its marks, which may overlap: the line is cut at every edge of a mark.
fn write_line(out: &mut String, line: &Line<'_>) {
    let mut edges: Vec<usize> = line
        .marks
        .iter()
        .flat_map(|mark| [mark.range.start, mark.range.end])
        .chain([0, line.text.len()])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    for (i, from) in edges.iter().copied().enumerate() {
        let points = line
            .marks
            .iter()
            .filter(|mark| mark.range.is_empty() && mark.range.start == from);
        for mark in points {
            let class = if mark.primary { "primary" } else { "other" };
            let _ = write!(out, "<mark class=\"point {class}\"></mark>");
        }
        let Some(to) = edges.get(i + 1).copied() else {
            break;
        };
        let text = escape(&line.text[from..to]);
        let mut covering = line
            .marks
            .iter()
            .filter(|mark| mark.range.start <= from && to <= mark.range.end)
            .peekable();
        if covering.peek().is_none() {
            out.push_str(&text);
        } else {
            let class = if covering.any(|mark| mark.primary) {
                "primary"
            } else {
                "other"
            };
            let _ = write!(out, "<mark class=\"{class}\">{text}</mark>");
        }
    }
}

/// A message: what stands between backticks as code.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for piece in pieces(text) {
        match piece {
            Piece::Plain(words) => out.push_str(&escape(words)),
            Piece::Code(quoted) => {
                let _ = write!(out, "<code>{}</code>", escape(quoted));
            }
        }
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
