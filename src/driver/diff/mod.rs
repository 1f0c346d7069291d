//! `diff`: two releases read, held against each other, and what came of it.

mod buf;
mod contracts;
mod documents;
mod history;
mod ignored;
mod kind;
mod layout;
mod listing;
mod policy;
mod protobuf;
mod roots;
mod several;
#[cfg(test)]
mod tests;
mod work;

use std::collections::BTreeSet;

use super::Report;
use super::load::read_waivers;
use crate::diag::{
    Breaks, Diagnostic, Diagnostics, DiffView, Findings, Format, LevelTable, RenderOptions,
    Severity, Summary, Waiver, render_diff, report_stale,
};
use crate::fs::{EntryKind, ReadFs};
use crate::syntax::rules::FILE_UNREADABLE;
use crate::text::{RelPath, SourceMap};

pub use history::{compare_versions, is_version};
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

/// A history of versions, the oldest first, and what it is compared with.
pub struct Versions<'a> {
    /// The versions.
    pub history: Vec<Release<'a>>,
    /// The new release.
    pub new: Release<'a>,
}

/// Compares the versions of histories with their new releases, and tells all of it as one.
/// `workspace` holds the waivers; `before` is what was found already, with levels that were applied.
pub(super) fn diff(
    workspace: &dyn ReadFs,
    comparisons: &[Versions<'_>],
    choices: &DiffChoices,
    before: Option<Report>,
) -> Compared {
    let is_alone = before.is_none();
    let (before, mut sources) = match before {
        Some(report) => (report.findings, report.sources),
        None => Default::default(),
    };
    let mut sink = Diagnostics::default();
    let mut found = Vec::new();
    let mut undecided = Vec::new();
    let mut is_changed = false;
    let mut kinds = BTreeSet::new();
    for Versions { history, new } in comparisons {
        let mut merged = history::Merged::default();
        // The last version first: what breaks it is told in its terms.
        for (at, old) in there(history).iter().rev().enumerate() {
            let is_last = at == 0;
            let sides = (*old, new, is_last);
            let Some(judged) = judge(sides, choices, &mut sources, &mut sink) else {
                break;
            };
            is_changed |= judged.is_changed;
            // Versions of a history may hold different things.
            kinds.extend(judged.kinds);
            undecided.push(judged.found.undecided());
            merged.add(old, judged.found.into_list(), &sources);
        }
        found.extend(merged.finish(history.len()));
    }
    let mut summary = None;
    let mut levels = LevelTable::default();
    if !sink.has_errors() {
        sink.extend(found);
        for more in undecided {
            sink.compared(more);
        }
        let today = choices.today.as_deref();
        // What is wrong with them was found by what came before.
        let mut known = Diagnostics::default();
        let told = if is_alone { &mut sink } else { &mut known };
        let waivers = read_waivers(workspace, today, &mut sources, told);
        for (waiver, files) in &waivers {
            levels.waive(&waiver.rule, files.clone());
        }
        let judged: Vec<_> = waivers
            .into_iter()
            .filter(|(waiver, _)| is_judged(waiver, comparisons))
            .collect();
        report_stale(&judged, &mut sink);
    }
    let is_void = sink.has_errors();
    if is_void {
        sink.retain(|finding| finding.comparison().is_none());
    }
    let findings = before.and(sink.finish(&levels));
    if !is_void {
        summary = Some(summed(&findings, is_changed, &kinds));
    }
    // Beside other findings, places are told as those are: from the workspace.
    let root = |release: &Release<'_>| match is_alone {
        true => root(release),
        false => RelPath::root(),
    };
    let versions: Vec<&Release<'_>> = (comparisons.iter())
        .flat_map(|versions| &versions.history)
        .collect();
    let old_name = match versions[..] {
        [old] => old.name.clone(),
        _ => format!("{} versions", versions.len()),
    };
    let (new_name, new_root) = match comparisons {
        [one] => (one.new.name.clone(), root(&one.new)),
        _ => (format!("{} contracts", comparisons.len()), RelPath::root()),
    };
    Compared {
        report: Report { findings, sources },
        summary,
        names: [old_name, new_name],
        old_roots: versions.into_iter().map(root).collect(),
        new_root,
    }
}

/// The versions of a history that have anything of what is compared, unless none has.
fn there<'h, 'a>(history: &'h [Release<'a>]) -> Vec<&'h Release<'a>> {
    let has_any = |version: &&Release<'_>| {
        let mut paths = version.paths.iter();
        !version.may_lack || paths.any(|path| version.fs.kind(path).is_some())
    };
    let there: Vec<_> = history.iter().filter(has_any).collect();
    match there.is_empty() {
        true => history.iter().rev().take(1).collect(),
        false => there,
    }
}

/// What the findings come to for inputs of these kinds.
fn summed(findings: &Findings, is_changed: bool, kinds: &BTreeSet<InputKind>) -> Summary {
    let has = |form: fn(&Breaks) -> bool| {
        let mut compared = findings.iter().filter_map(Diagnostic::comparison);
        compared.any(|comparison| form(&comparison.breaks))
    };
    let is_named = kinds.contains(&InputKind::Protobuf);
    let is_protobuf = is_named || kinds.contains(&InputKind::ProtobufFolder);
    // Data that readers need the schema of has one form, and it is none of text.
    let is_binary = is_protobuf || kinds.contains(&InputKind::Avro);
    let has_binary = is_binary || has(|breaks| breaks.binary.is_some());
    let is_json = is_protobuf || kinds.contains(&InputKind::Document);
    let has_json = is_json || has(|breaks| breaks.json.is_some());
    Summary::of(findings, is_changed)
        .forms(has_binary, has_json)
        .partial(is_named)
}

/// The folder that paths of a side are told relative to.
fn root(side: &Release<'_>) -> RelPath {
    match side.paths.as_slice() {
        [path] if side.fs.kind(path) == Some(EntryKind::Dir) => path.clone(),
        // A folder that the side does not have is one by its name.
        [path] if InputKind::of_file(path).is_none() => path.clone(),
        [path] => path.parent(),
        // Several files are told as they were named.
        _ => RelPath::root(),
    }
}

/// What came of two sides.
struct Judged {
    found: Diagnostics,
    /// Whether any text differs.
    is_changed: bool,
    /// What was compared.
    kinds: BTreeSet<InputKind>,
}

/// Reads both sides and compares them; `None` when something keeps it from a verdict.
fn judge(
    (old, new, is_last): (&Release<'_>, &Release<'_>, bool),
    choices: &DiffChoices,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Option<Judged> {
    let (old_is, new_is) = match [kind::of(old, sink), kind::of(new, sink)] {
        [Some(old), Some(new)] => (old, new),
        _ => return None,
    };
    if old_is != new_is {
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
        return None;
    }
    if new_is == InputKind::Protobuf {
        if !is_last && !choices.is_transitive() {
            return Some(Judged {
                found: Diagnostics::default(),
                is_changed: false,
                kinds: BTreeSet::new(),
            });
        }
        let (found, is_changed) = protobuf::judge([old, new], None, choices, sources, sink)?;
        return Some(Judged {
            found,
            is_changed,
            kinds: BTreeSet::from([InputKind::Protobuf]),
        });
    }
    let is_folder = new_is == InputKind::Folder;
    several::judge([old, new], is_folder, choices, is_last, sources, sink)
}

/// Whether comparisons of these sides can say that a waiver has nothing left to cover.
fn is_judged(waiver: &Waiver, comparisons: &[Versions<'_>]) -> bool {
    let sides = comparisons
        .iter()
        .flat_map(|versions| versions.history.iter().chain([&versions.new]));
    let mut paths = sides.flat_map(|side| &side.paths);
    waiver.is_about_comparisons() && paths.any(|path| waiver.path.is_below(path))
}
