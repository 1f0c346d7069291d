//! The findings on the page of a comparison: by severity, and by cause where there are many, with a table
//! of links in front. What is folded opens without a script.

use std::fmt::Write as _;

use super::DiffView;
use super::brief::{self, Short, Shown};
use super::html::{escape, inline, write_group};
use super::matrix::plural;
use super::printable::one_line;
use crate::diag::{Cause, Group, Overview, Severity, causes};

/// Findings of a severity that are not folded, when they are no errors.
const UNFOLDED: usize = 5;

/// What breaks, by cause, each with a link to where its findings begin.
pub(super) fn write_overview(out: &mut String, overview: &Overview<'_>) {
    out.push_str(
        "<table class=\"causes\">\n<tr><th scope=\"col\">what breaks</th><th scope=\"col\">for instance</th></tr>\n",
    );
    for cause in &overview.causes {
        let _ = writeln!(
            out,
            "<tr><td><a href=\"#{}\">{}</a></td><td>{}</td></tr>",
            escape(cause.rule.name),
            escape(&cause.rule.counted(cause.count)),
            inline(&one_line(cause.first.headline()))
        );
    }
    out.push_str("</table>\n");
}

/// Every finding, the worst first.
pub(super) fn write_findings(
    out: &mut String,
    view: &DiffView<'_>,
    overview: Option<&Overview<'_>>,
) {
    let short = Short::of(view.findings);
    let mut id = 0;
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let these = || {
            let all = view.findings.iter();
            all.filter(move |finding| finding.severity() == severity)
        };
        let count = these().count();
        if count == 0 {
            continue;
        }
        let name = severity.name();
        let is_open = severity == Severity::Error || count <= UNFOLDED;
        let open = if is_open { " open" } else { "" };
        let _ = writeln!(
            out,
            "<details class=\"severities\" id=\"{name}s\"{open}><summary><h2>{}</h2></summary>",
            plural(count, severity)
        );
        let groups = brief::full(these(), short);
        match overview.filter(|_| severity == Severity::Error) {
            Some(overview) => {
                for cause in &overview.causes {
                    write_cause(out, cause);
                    let of_cause =
                        |group: &&Group<'_>| group.first().rule().name == cause.rule.name;
                    for group in groups.iter().filter(of_cause) {
                        id += 1;
                        write_group(out, group, id, view.sources);
                    }
                }
            }
            None => {
                for group in &groups {
                    id += 1;
                    write_group(out, group, id, view.sources);
                }
            }
        }
        let in_lines = || these().filter(|finding| short.shows(finding) != Shown::Full);
        for cause in causes(in_lines()) {
            let of_cause = in_lines().filter(|finding| finding.rule().name == cause.rule.name);
            let _ = writeln!(
                out,
                "<details class=\"{name}\"><summary>{} <span class=\"rule\">{}</span></summary>\n<ul class=\"brief\">",
                escape(&cause.rule.counted(cause.count)),
                escape(cause.rule.name)
            );
            for finding in of_cause {
                let _ = writeln!(
                    out,
                    "<li>{}</li>",
                    inline(&brief::line(finding, view.sources))
                );
            }
            out.push_str("</ul>\n</details>\n");
        }
        out.push_str("</details>\n");
    }
}

fn write_cause(out: &mut String, cause: &Cause<'_>) {
    let rule = escape(cause.rule.name);
    let _ = writeln!(
        out,
        "<h3 class=\"cause\" id=\"{rule}\">{} <span class=\"rule\">{rule}</span></h3>",
        escape(&cause.rule.counted(cause.count))
    );
}
