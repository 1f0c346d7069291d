//! The page of a comparison: what it comes to, every finding with both places side by side, and the
//! files that they stand in, side by side with the changed lines marked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::causes::{write_findings, write_overview};
use super::html::{escape, head, inline};
use super::lines::{Row, align};
use super::matrix::{CAUSES, closing};
use super::printable::{is_unsafe, one_line, stand_in};
use super::{DiffView, html};
use crate::diag::Overview;
use crate::text::{FileId, Side};

/// Lines shown around a changed one.
const CONTEXT: usize = 3;

/// Rows of files on one page; a browser takes seconds for more.
const MAX_ROWS: usize = 20_000;

/// Characters of a line that are shown.
const LINE: usize = 400;

/// The comparison as a page.
pub(super) fn render(view: &DiffView<'_>) -> String {
    let Some(summary) = view.summary else {
        return html::render(view.findings, view.sources);
    };
    let [old, new] = view.names.map(|name| escape(&one_line(name)));
    let mut out = head(&format!("{old} → {new}"), "diff");
    let _ = write!(
        out,
        "<h1>cherryc diff</h1>\n<p class=\"summary\"><code>{old}</code> → <code>{new}</code></p>\n<dl>\n"
    );
    let overview = Overview::of(view.findings);
    for (name, text) in closing(summary, view.findings) {
        if name == CAUSES {
            // They stand in a table of their own.
            continue;
        }
        let class = if name == "version step" {
            format!(" class=\"step {}\"", summary.bump.name())
        } else {
            String::new()
        };
        let _ = writeln!(out, "<dt>{name}</dt><dd{class}>{}</dd>", inline(&text));
    }
    out.push_str("</dl>\n");
    if let Some(overview) = &overview {
        write_overview(&mut out, overview);
    }
    write_findings(&mut out, view, overview.as_ref());
    let mut room = MAX_ROWS;
    let mut left_out = 0;
    for (path, files) in touched(view) {
        let rows = rows(view, files);
        if rows.iter().all(|row| row.is_same) {
            continue;
        }
        if rows.len() > room {
            left_out += 1;
            continue;
        }
        room -= rows.len();
        write_file(&mut out, view, &path, files, &rows);
    }
    if left_out > 0 {
        let s = if left_out == 1 { " is" } else { "s are" };
        let _ = writeln!(
            out,
            "<p class=\"note\">{left_out} more file{s} too long for this page.</p>"
        );
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The files that findings stand in, by path below their side, old and new.
fn touched(view: &DiffView<'_>) -> BTreeMap<String, [Option<FileId>; 2]> {
    let mut wanted: BTreeSet<&str> = BTreeSet::new();
    for comparison in view
        .findings
        .iter()
        .filter_map(|finding| finding.comparison())
    {
        let places = [comparison.old_at, comparison.at];
        wanted.extend(places.iter().flatten().map(|span| view.path(span.file)));
    }
    let mut files: BTreeMap<String, [Option<FileId>; 2]> = BTreeMap::new();
    for (id, file) in view.sources.ids() {
        let path = view.path(id);
        if wanted.contains(path) {
            let side = match file.side() {
                Side::Old => 0,
                Side::New => 1,
            };
            files.entry(path.to_owned()).or_default()[side] = Some(id);
        }
    }
    // Two single files are one pair, whatever they are called.
    let lone = |side: usize| {
        let mut of_side = files.values().filter_map(|pair| pair[side]);
        of_side.next().filter(|_| of_side.next().is_none())
    };
    if files.len() == 2
        && let (Some(old), Some(new)) = (lone(0), lone(1))
    {
        return BTreeMap::from([(view.path(new).to_owned(), [Some(old), Some(new)])]);
    }
    files
}

fn rows(view: &DiffView<'_>, files: [Option<FileId>; 2]) -> Vec<Row> {
    match files {
        [Some(_), Some(_)] | [Some(_), None] => {}
        // A file that only the new side has, or that both share, has no changed lines to show.
        [None, _] => return Vec::new(),
    }
    let [old, new] = files.map(|file| lines(view, file));
    align(&old, &new)
}

fn lines<'a>(view: &DiffView<'a>, file: Option<FileId>) -> Vec<&'a str> {
    file.map_or(Vec::new(), |file| {
        view.sources.file(file).text().lines().collect()
    })
}

fn write_file(
    out: &mut String,
    view: &DiffView<'_>,
    path: &str,
    files: [Option<FileId>; 2],
    rows: &[Row],
) {
    let [old, new] = files.map(|file| lines(view, file));
    let names = view.names.map(|name| escape(&one_line(name)));
    let _ = write!(
        out,
        "<section>\n<h2>{}</h2>\n<table class=\"file\">\n<tr><th></th><th scope=\"col\">{}</th><th></th><th scope=\"col\">{}</th></tr>\n",
        escape(&one_line(path)),
        names[0],
        names[1]
    );
    let near = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        let to = (at + CONTEXT + 1).min(rows.len());
        rows[from..to].iter().any(|row| !row.is_same)
    };
    let mut is_shown: Vec<bool> = (0..rows.len()).map(near).collect();
    for at in 0..rows.len() {
        // A gap of one line is shown instead of being told.
        let before = at == 0 || is_shown[at - 1];
        is_shown[at] |= before && is_shown.get(at + 1).is_none_or(|next| *next);
    }
    let mut skipped = 0;
    for (at, row) in rows.iter().enumerate() {
        if !is_shown[at] {
            skipped += 1;
            continue;
        }
        write_gap(out, &mut skipped);
        out.push_str("<tr>");
        for (lines, number, class) in [(&old, row.old, "gone"), (&new, row.new, "came")] {
            match number {
                Some(number) => {
                    let class = if row.is_same { "" } else { class };
                    let _ = write!(
                        out,
                        "<td class=\"number\">{}</td><td class=\"{class}\">{}</td>",
                        number + 1,
                        shown(lines[number])
                    );
                }
                None => out.push_str("<td class=\"number\"></td><td class=\"nothing\"></td>"),
            }
        }
        out.push_str("</tr>\n");
    }
    write_gap(out, &mut skipped);
    out.push_str("</table>\n</section>\n");
}

/// A row that stands for lines that stayed.
fn write_gap(out: &mut String, skipped: &mut usize) {
    let lines = match *skipped {
        0 => return,
        1 => "1 line".to_owned(),
        n => format!("{n} lines"),
    };
    let _ = writeln!(
        out,
        "<tr class=\"gap\"><td colspan=\"4\">{lines} without a change</td></tr>"
    );
    *skipped = 0;
}

/// A line of a file as text of the page.
fn shown(line: &str) -> String {
    let mut text: String = line
        .chars()
        .take(LINE)
        .map(|c| if is_unsafe(c) { stand_in(c) } else { c })
        .collect();
    if text.len() < line.len() && line.chars().nth(LINE).is_some() {
        text.push('…');
    }
    escape(&text)
}
