//! One self-contained page: no script, no request, light and dark by the reader's setting.

use std::fmt::Write as _;

use super::brief::line_of;
use super::excerpt::{Block, Excerpt, Line, omission};
use super::matrix::Matrix;
use super::printable::{Piece, lines, one_line, pieces};
use super::{by_file, summary, witness};
use crate::diag::{Comparison, Diagnostic, Findings, Group, Witness};
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
    let mut out = head(&counts, "");
    let _ = writeln!(out, "<h1>cherryc</h1>\n<p class=\"summary\">{counts}</p>");
    write_findings(&mut out, findings, sources);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// Everything up to the content of a page.
pub(super) fn head(title: &str, class: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>cherryc: {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body class=\"{class}\">\n<main>\n"
    )
}

/// The findings in a section per file.
pub(super) fn write_findings(out: &mut String, findings: &Findings, sources: &SourceMap) {
    for (file, group) in by_file(findings) {
        out.push_str("<section>\n");
        if let Some(file) = file {
            let path = escape(&one_line(sources.file(file).path().as_str()));
            let _ = writeln!(out, "<h2>{path}</h2>");
        }
        for finding in group {
            write_finding(out, finding, sources);
        }
        out.push_str("</section>\n");
    }
}

/// A finding, or several of one cause: the first in full, and what the others differ in.
pub(super) fn write_group(out: &mut String, group: &Group<'_>, id: usize, sources: &SourceMap) {
    let first = group.first();
    write_head(out, first, &group.headline(), Some(id));
    let listed = group.listed();
    if group.is_of_calls() {
        out.push_str("<ul class=\"items\">\n");
        for (call, finding) in listed {
            let call = inline(&one_line(call));
            let place = escape(&line_of(finding, sources));
            let _ = writeln!(out, "<li>{call} <span class=\"place\">{place}</span></li>");
        }
        out.push_str("</ul>\n");
    } else {
        if !listed.is_empty() {
            let all: Vec<String> = listed
                .iter()
                .map(|(item, _)| inline(&one_line(item)))
                .collect();
            let _ = writeln!(out, "<p class=\"all\"><b>all:</b> {}</p>", all.join(", "));
        }
        write_places(out, first, sources);
    }
    write_rest(out, first);
}

fn write_finding(out: &mut String, finding: &Diagnostic, sources: &SourceMap) {
    write_head(out, finding, finding.headline(), None);
    write_places(out, finding, sources);
    write_rest(out, finding);
}

fn write_head(out: &mut String, finding: &Diagnostic, headline: &str, id: Option<usize>) {
    let severity = finding.severity().name();
    let id = id.map_or(String::new(), |id| format!(" id=\"f{id}\""));
    let _ = writeln!(
        out,
        "<article class=\"{severity}\"{id}>\n<h3><span class=\"severity\">{severity}</span> \
         <span class=\"rule\">{}</span> {}</h3>",
        escape(finding.rule().name),
        inline(&one_line(headline))
    );
}

fn write_places(out: &mut String, finding: &Diagnostic, sources: &SourceMap) {
    let excerpt = Excerpt::of(sources, finding, LINE);
    let (old, new): (Vec<_>, Vec<_>) = excerpt.blocks.iter().partition(|block| block.is_old);
    let both = !old.is_empty() && !new.is_empty();
    if both {
        out.push_str("<div class=\"sides\">\n<div>\n");
    }
    for block in old {
        write_block(out, block);
    }
    if both {
        out.push_str("</div>\n<div>\n");
    }
    for block in new {
        write_block(out, block);
    }
    if both {
        out.push_str("</div>\n</div>\n");
    }
}

/// Who breaks, the proof, and what to do.
fn write_rest(out: &mut String, finding: &Diagnostic) {
    if let Some(comparison) = finding.comparison() {
        write_matrix(out, comparison);
        if let Some(proof) = &comparison.witness {
            write_witness(out, proof);
        }
    }
    let omission = omission(finding);
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

/// Who breaks, and for which values.
fn write_matrix(out: &mut String, comparison: &Comparison) {
    let Some(matrix) = Matrix::of(comparison) else {
        return;
    };
    out.push_str("<table class=\"matrix\">\n<tr><th></th><th scope=\"col\">old → new</th><th scope=\"col\">new → old</th></tr>\n");
    for row in &matrix.rows {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", row.form);
        for cell in &row.cells {
            let word = cell.outcome.name();
            let note = cell
                .note
                .map_or(String::new(), |n| format!("<sup>{n}</sup>"));
            let _ = write!(out, "<td class=\"{word}\">{word}{note}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
    for (i, when) in matrix.conditions.iter().enumerate() {
        let text = inline(&one_line(when));
        let _ = writeln!(out, "<p class=\"note\"><sup>{}</sup> {text}</p>", i + 1);
    }
}

/// A value that proves it, and how to try it.
fn write_witness(out: &mut String, proof: &Witness) {
    let sentence = inline(&one_line(&witness::sentence(proof)));
    let _ = writeln!(out, "<p class=\"witness\"><b>witness:</b> {sentence}</p>");
    let text: Vec<String> = lines(witness::whole(proof))
        .map(|line| escape(&line))
        .collect();
    let _ = writeln!(out, "<pre class=\"witness\">{}</pre>", text.join("\n"));
}

fn write_block(out: &mut String, block: &Block<'_>) {
    let (path, at) = (escape(&block.name()), block.at);
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
pub(super) fn inline(text: &str) -> String {
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

pub(super) fn escape(text: &str) -> String {
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
