//! JUnit XML: a suite per file, a case per finding.

use std::fmt::Write as _;

use super::place::{Occurrences, Place};
use super::printable::{lines, one_line};
use super::{RenderOptions, by_file};
use crate::diag::{Diagnostic, Findings, Severity};
use crate::text::SourceMap;

/// The findings as test results; one passing case when there are none, because a report without a
/// case reads as a run that did not happen.
pub(super) fn render(findings: &Findings, sources: &SourceMap, options: RenderOptions) -> String {
    let fails = |finding: &Diagnostic| fails(finding, options);
    let tests = findings.iter().count();
    let failures = findings.iter().filter(|finding| fails(finding)).count();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"cherryc\" tests=\"{}\" failures=\"{failures}\" errors=\"0\">",
        tests.max(1),
    );
    if findings.is_empty() {
        out.push_str(
            "  <testsuite name=\"cherryc\" tests=\"1\" failures=\"0\" errors=\"0\">\n    \
             <testcase classname=\"cherryc\" name=\"no findings\"/>\n  </testsuite>\n",
        );
    }
    let mut occurrences = Occurrences::default();
    for (file, group) in by_file(findings) {
        let path = file.map_or("cherryc", |file| sources.file(file).path().as_str());
        let path = attribute(&one_line(path));
        let _ = writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
            group.len(),
            group.iter().filter(|finding| fails(finding)).count(),
        );
        for finding in group {
            let (count, _) = occurrences.next(sources, finding);
            let headline = one_line(finding.headline());
            let mut name = format!("{}: {headline}", finding.rule().name);
            if count > 1 {
                // Readers take two cases of one name for two runs of one test.
                let _ = write!(name, " ({count})");
            }
            let _ = write!(
                out,
                "    <testcase classname=\"{path}\" name=\"{}\"",
                attribute(&name)
            );
            if let Some(span) = finding.primary() {
                let line = Place::of(sources, span).start.line;
                let _ = write!(out, " file=\"{path}\" line=\"{line}\"");
            }
            out.push_str(">\n");
            let body = content(&body(finding, sources));
            if fails(finding) {
                let _ = writeln!(
                    out,
                    "      <failure type=\"{}\" message=\"{}\">{body}</failure>",
                    attribute(finding.rule().name),
                    attribute(&headline),
                );
            } else {
                let _ = writeln!(out, "      <system-out>{body}</system-out>");
            }
            out.push_str("    </testcase>\n");
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// Whether the finding alone would make the command fail: see the exit codes.
fn fails(finding: &Diagnostic, options: RenderOptions) -> bool {
    let always = finding.severity() == Severity::Error && !finding.rule().category.is_adjustable();
    always
        || options
            .fail_on
            .is_some_and(|least| finding.severity() >= least)
}

/// What the finding says, without an excerpt.
fn body(finding: &Diagnostic, sources: &SourceMap) -> String {
    let mut out = format!(
        "{}[{}]: {}\n",
        finding.severity().name(),
        finding.rule().name,
        one_line(finding.headline())
    );
    for label in finding.labels() {
        let place = Place::of(sources, label.span);
        let (line, column) = (place.start.line, place.start.column);
        let _ = write!(out, "  at {}:{line}:{column}", one_line(place.path));
        if !label.text.is_empty() {
            let _ = write!(out, ": {}", one_line(&label.text));
        }
        out.push('\n');
    }
    let remarks = finding
        .notes()
        .map(|note| ("note", note))
        .chain(finding.help().map(|help| ("help", help)));
    for (word, text) in remarks {
        let text: Vec<_> = lines(text).collect();
        let _ = writeln!(out, "  {word}: {}", text.join("\n        "));
    }
    out
}

/// Text between tags.
fn content(text: &str) -> String {
    escape(text, false)
}

/// Text between double quotes.
fn attribute(text: &str) -> String {
    escape(text, true)
}

/// `text` for XML 1.0, which has no way to write most control characters: those become U+FFFD.
fn escape(text: &str, in_attribute: bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // Also keeps `]]>` out of the text, where it is forbidden.
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            // Readers fold these into spaces unless they are written as references.
            '\t' | '\n' if in_attribute => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
