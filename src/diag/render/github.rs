//! Workflow commands of GitHub Actions: one annotation a line.

use std::fmt::Write as _;

use super::place::Place;
use super::printable::{lines, one_line};
use super::witness;
use crate::diag::{Findings, Severity};
use crate::text::SourceMap;

/// One `::error ...::message` line per finding; nothing when there are none.
pub(super) fn render(findings: &Findings, sources: &SourceMap) -> String {
    let mut out = String::new();
    for finding in findings.iter() {
        let command = match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let mut properties = Vec::new();
        if let Some(span) = finding.primary() {
            let place = Place::of(sources, span);
            properties.push(("file", one_line(place.path).into_owned()));
            properties.push(("line", place.start.line.to_string()));
            properties.push(("endLine", place.end.line.to_string()));
            // Columns are refused for annotations over several lines.
            if place.start.line == place.end.line {
                properties.push(("col", place.start.column.to_string()));
                properties.push(("endColumn", place.end.column.to_string()));
            }
        }
        properties.push(("title", format!("cherryc: {}", finding.rule().name)));

        let mut message = one_line(finding.headline()).into_owned();
        for label in finding.labels().iter().filter(|label| !label.primary) {
            let place = Place::of(sources, label.span);
            let (line, column) = (place.start.line, place.start.column);
            let _ = write!(message, "\n{}:{line}:{column}", one_line(place.path));
            if !label.text.is_empty() {
                let _ = write!(message, ": {}", one_line(&label.text));
            }
        }
        let remarks = finding
            .notes()
            .map(|note| ("note", note))
            .chain(finding.help().map(|help| ("help", help)));
        for (word, text) in remarks {
            let text: Vec<_> = lines(text).collect();
            let _ = write!(message, "\n{word}: {}", text.join("\n"));
        }

        let comparison = finding.comparison();
        if let Some(proof) = comparison.and_then(|comparison| comparison.witness.as_deref()) {
            let text: Vec<_> = lines(witness::readable(proof).0).collect();
            let sentence = witness::sentence(proof);
            let _ = write!(
                message,
                "\nwitness: {}\n{}",
                one_line(&sentence),
                text.join("\n")
            );
        }

        let properties: Vec<String> = properties
            .into_iter()
            .map(|(key, value)| format!("{key}={}", escape_property(&value)))
            .collect();
        let _ = writeln!(
            out,
            "::{command} {}::{}",
            properties.join(","),
            escape_message(&message)
        );
    }
    out
}

/// A message: everything that could end the line is written as the runner decodes it.
fn escape_message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property: also what separates properties from one another and from the message.
fn escape_property(text: &str) -> String {
    escape_message(text).replace(':', "%3A").replace(',', "%2C")
}
