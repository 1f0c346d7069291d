//! `diff`: two releases read, held against each other, and what came of it.

mod buf;
mod contracts;
mod documents;
mod history;
mod kind;
mod layout;
mod policy;
mod protobuf;
#[cfg(test)]
mod tests;
mod work;

use super::Report;
use super::load::read_waivers;
use crate::diag::{
    Breaks, Diagnostic, Diagnostics, DiffView, Findings, Format, LevelTable, RenderOptions,
    Severity, Summary, Waiver, render_diff, report_stale,
};
use crate::fs::{EntryKind, ReadFs};
use crate::ingest::AVRO_SUFFIX;
use crate::syntax::rules::FILE_UNREADABLE;
use crate::text::{RelPath, SourceMap};

pub use history::compare_versions;
pub use kind::InputKind;
pub use policy::{DiffChoices, Mode, Reading, Stability, Strictness};

/// One side of a comparison: files or one folder of a file system.
#[derive(Clone)]
pub struct Release<'a> {
    /// Where its files are.
    pub fs: &'a dyn ReadFs,
    /// One folder, or files.
    pub paths: Vec<RelPath>,
    /// What it is called in reports, such as `git:v1`.
    pub name: String,
    /// Whether a path that is not there means that the release did not have it yet, or no longer,
    /// rather than a slip of the pen.
    pub may_lack: bool,
}

/// What a comparison has to say.
#[derive(Debug)]
pub struct Compared {
    /// Findings and texts.
    pub report: Report,
    /// What it comes to; absent when a side could not be read, so that there is no verdict.
    pub summary: Option<Summary>,
    names: [String; 2],
    old_roots: Vec<RelPath>,
    new_root: RelPath,
}

impl Compared {
    /// The exit code: see [`Report::exit_code`].
    pub fn exit_code(&self, fail_on: Option<Severity>) -> u8 {
        self.report.exit_code(fail_on)
    }

    /// The comparison in `format`. The text ends with a newline unless it is empty.
    pub fn render(&self, format: Format, options: RenderOptions) -> String {
        let [old, new] = &self.names;
        let view = DiffView {
            findings: &self.report.findings,
            sources: &self.report.sources,
            summary: self.summary.as_ref(),
            names: [old, new],
            old_roots: &self.old_roots,
            new_root: &self.new_root,
        };
        render_diff(&view, format, options)
    }
}

/// Compares the versions of a history, the oldest first, with a new release. `workspace` holds the
/// waivers.
pub(super) fn diff(
    workspace: &dyn ReadFs,
    history: &[Release<'_>],
    new: &Release<'_>,
    choices: &DiffChoices,
) -> Compared {
    let mut sources = SourceMap::default();
    let mut sink = Diagnostics::default();
    let mut merged = history::Merged::default();
    let mut is_changed = false;
    // The last version first: what breaks it is told in its terms.
    for (at, old) in history.iter().rev().enumerate() {
        let is_last = at == 0;
        let sides = (old, new, is_last);
        let Some((found, differs)) = judge(sides, choices, &mut sources, &mut sink) else {
            break;
        };
        is_changed |= differs;
        merged.add(old, found.into_list(), &sources);
    }
    let mut summary = None;
    let mut levels = LevelTable::default();
    if !sink.has_errors() {
        sink.extend(merged.finish(history.len()));
        let today = choices.today.as_deref();
        let waivers = read_waivers(workspace, today, &mut sources, &mut sink);
        for (waiver, files) in &waivers {
            levels.waive(&waiver.rule, files.clone());
        }
        let judged: Vec<_> = waivers
            .into_iter()
            .filter(|(waiver, _)| is_judged(waiver, history, new))
            .collect();
        report_stale(&judged, &mut sink);
    }
    let is_void = sink.has_errors();
    if is_void {
        sink.retain(|finding| finding.comparison().is_none());
    }
    let findings = sink.finish(&levels);
    if !is_void {
        summary = Some(summed(&findings, is_changed, new));
    }
    let old_name = match history {
        [old] => old.name.clone(),
        _ => format!("{} versions", history.len()),
    };
    Compared {
        report: Report { findings, sources },
        summary,
        names: [old_name, new.name.clone()],
        old_roots: history.iter().map(root).collect(),
        new_root: root(new),
    }
}

/// What the findings come to for an input of this kind.
fn summed(findings: &Findings, is_changed: bool, new: &Release<'_>) -> Summary {
    let has = |form: fn(&Breaks) -> bool| {
        let mut compared = findings.iter().filter_map(Diagnostic::comparison);
        compared.any(|comparison| form(&comparison.breaks))
    };
    let summary = Summary::of(findings, is_changed);
    match new.kind() {
        Some(InputKind::Document) => {
            // Data that readers need the schema of has one form, and it is none of text.
            let is_binary = new
                .paths
                .iter()
                .all(|path| path.file_name().ends_with(AVRO_SUFFIX));
            let has_binary = has(|breaks| breaks.binary.is_some());
            summary.forms(is_binary || has_binary, !is_binary)
        }
        Some(InputKind::Contract) => summary.forms(
            has(|breaks| breaks.binary.is_some()),
            has(|breaks| breaks.json.is_some()),
        ),
        Some(InputKind::Protobuf) => summary.partial(true),
        Some(InputKind::ProtobufFolder) | None => summary,
    }
}

/// The folder that paths of a side are told relative to.
fn root(side: &Release<'_>) -> RelPath {
    match side.paths.as_slice() {
        [path] if side.fs.kind(path) == Some(EntryKind::Dir) => path.clone(),
        [path] => path.parent(),
        // Several files are told as they were named.
        _ => RelPath::root(),
    }
}

/// Reads both sides and compares them; `None` when something keeps it from a verdict. Also whether
/// any text differs.
fn judge(
    (old, new, is_last): (&Release<'_>, &Release<'_>, bool),
    choices: &DiffChoices,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Option<(Diagnostics, bool)> {
    let (old_is, new_is) = match [kind::of(old, sink), kind::of(new, sink)] {
        [Some(old), Some(new)] => (old, new),
        _ => return None,
    };
    match (old_is, new_is) {
        (InputKind::Protobuf, InputKind::Protobuf)
        | (InputKind::ProtobufFolder, InputKind::ProtobufFolder) => {
            protobuf::judge(old, new, choices, sources, sink)
        }
        (InputKind::Document, InputKind::Document) => {
            documents::judge(old, new, choices, sources, sink)
        }
        (InputKind::Contract, InputKind::Contract) => {
            contracts::judge(old, new, choices, is_last, sources, sink)
        }
        _ => {
            sink.report(
                &FILE_UNREADABLE,
                format_args!(
                    "`{}` and `{}` cannot be compared: one is {}, the other {}",
                    old.name,
                    new.name,
                    old_is.words(),
                    new_is.words()
                ),
            )
            .help("name two of a kind");
            None
        }
    }
}

/// Whether a comparison of these sides can say that a waiver has nothing left to cover.
fn is_judged(waiver: &Waiver, history: &[Release<'_>], new: &Release<'_>) -> bool {
    let mut paths = history.iter().chain([new]).flat_map(|side| &side.paths);
    waiver.is_about_comparisons() && paths.any(|path| waiver.path.is_below(path))
}
