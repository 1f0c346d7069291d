//! `diff`: two releases read, held against each other, and what came of it.

mod buf;
mod history;
mod layout;
mod policy;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::Report;
use super::load::{CONTRACT_SUFFIX, read_waivers};
use crate::compat;
use crate::diag::{
    Diagnostics, DiffView, Format, LevelTable, RenderOptions, Severity, Summary, Waiver,
    render_diff, report_stale,
};
use crate::fs::{EntryKind, ReadFs};
use crate::ingest::proto::{Loaded, Reuse, load};
use crate::schema::SchemaSet;
use crate::syntax::report_unreadable;
use crate::syntax::rules::FILE_UNREADABLE;
use crate::text::{RelPath, Side, SourceMap, aside};
use buf::Wanted;
use layout::Layout;

pub use history::compare_versions;
pub use policy::{DiffChoices, Mode, Strictness};

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
    for old in history.iter().rev() {
        let Some((found, differs)) = judge(old, new, choices, &mut sources, &mut sink) else {
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
        let is_folder = |path| new.fs.kind(path) == Some(EntryKind::Dir);
        let is_partial = !matches!(new.paths.as_slice(), [path] if is_folder(path));
        summary = Some(Summary::of(&findings, is_changed).partial(is_partial));
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
    old: &Release<'_>,
    new: &Release<'_>,
    choices: &DiffChoices,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Option<(Diagnostics, bool)> {
    let kinds = [kind(old, sink), kind(new, sink)];
    match kinds {
        [Some(Kind::Folder), Some(Kind::Files)] | [Some(Kind::Files), Some(Kind::Folder)] => {
            sink.report(
                &FILE_UNREADABLE,
                format_args!(
                    "`{}` and `{}` cannot be compared: one is a folder, the other a file",
                    old.name, new.name
                ),
            )
            .help("name two files or two folders");
            return None;
        }
        [Some(_), Some(_)] => {}
        _ => return None,
    }
    let mut old_layout = Layout::of(old, Side::Old, None, Wanted::Modules, sources, sink);
    let config = choices.buf_config.as_ref();
    let new_layout = Layout::of(new, Side::New, config, choices.wanted(), sources, sink);
    if sink.has_errors() {
        return None;
    }
    old_layout.follow(&new_layout, old);
    let policies = policy::policies(choices, &new_layout, [old, new]);
    let new_source = new_layout.source(new);
    let old_source = old_layout.source(old);
    let Loaded {
        old: old_set,
        new: new_set,
    } = load(&new_source, Some(&old_source), Reuse::Shared, sources).into(sink);
    let mut old_set = old_set?;
    if sink.has_errors() {
        return None;
    }
    if old_set.units.is_empty() && new_set.units.is_empty() {
        // Nothing against nothing would pass every check, and is a slip of the pen.
        sink.report(
            &FILE_UNREADABLE,
            format_args!(
                "there is no `.proto` file in `{}` or `{}`",
                old.name, new.name
            ),
        )
        .help("name the folder that holds the files");
        return None;
    }
    let is_partial = new_layout.is_partial();
    if is_partial {
        pair_single(&mut old_set, &new_set, [old, new], sources);
    }
    let mut found = Diagnostics::default();
    let is_shared = policies.len() == 1;
    for policy in &policies {
        let mut policy_found = compat::check(&old_set, &new_set, &policy.policy);
        let roots = [old_layout.base(), new_layout.base()];
        if !is_shared {
            policy_found.retain(|finding| policy.is_about(finding, sources, roots));
        }
        found.absorb(policy_found);
    }
    if is_partial {
        // What only the imports of the files say is for a comparison of the whole tree.
        let is_named = |side: &Release<'_>, path: &RelPath| side.paths.contains(path);
        found.retain(|finding| {
            let Some(comparison) = finding.comparison() else {
                return true;
            };
            let places = [comparison.old_at, comparison.at];
            places.iter().flatten().any(|span| {
                let path = sources.file(span.file).path();
                is_named(old, path) || is_named(new, path)
            })
        });
    }
    let is_changed = old_set.units.len() != new_set.units.len()
        || old_set
            .units
            .iter()
            .zip(&new_set.units)
            .any(|(old, new)| !Arc::ptr_eq(old, new));
    aside((old_set, new_set));
    Some((found, is_changed))
}

/// What a side is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    Files,
}

/// What a side is; what is nothing that can be compared is reported.
fn kind(side: &Release<'_>, sink: &mut Diagnostics) -> Option<Kind> {
    let mut kind = None;
    for path in &side.paths {
        match side.fs.kind(path) {
            Some(EntryKind::Dir) if side.paths.len() == 1 => kind = Some(Kind::Folder),
            Some(EntryKind::Dir) => {
                sink.report(
                    &FILE_UNREADABLE,
                    format_args!("`{path}` is a folder among files"),
                )
                .help("name one folder, or several files");
                return None;
            }
            Some(EntryKind::File) if path.file_name().ends_with(".proto") => {
                kind = Some(Kind::Files);
            }
            Some(EntryKind::File) => {
                report_foreign(path, sink);
                return None;
            }
            None if side.may_lack => {
                let is_file = path.file_name().ends_with(".proto");
                kind = kind.or(Some(if is_file { Kind::Files } else { Kind::Folder }));
            }
            None => {
                if side.name.starts_with("git:") {
                    sink.report(
                        &FILE_UNREADABLE,
                        format_args!("there is no `{path}` in `{}`", side.name),
                    )
                    .help("check the path; it is read from the top of the repository");
                    return None;
                }
                let error = std::io::Error::from(std::io::ErrorKind::NotFound);
                report_unreadable(path, &error, None, sink);
                return None;
            }
        }
    }
    kind
}

fn report_foreign(path: &RelPath, sink: &mut Diagnostics) {
    let name = path.file_name();
    let what = if name.ends_with(CONTRACT_SUFFIX) {
        "a contract"
    } else if name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json") {
        "a YAML or JSON document"
    } else {
        "no `.proto` file"
    };
    sink.report(
        &FILE_UNREADABLE,
        format_args!("cannot compare `{path}`, which is {what}: this version compares Protobuf"),
    )
    .help("name a `.proto` file or a folder of them");
}

/// Two single files are one unit, whatever they are called.
fn pair_single(
    old: &mut SchemaSet,
    new: &SchemaSet,
    sides: [&Release<'_>; 2],
    sources: &SourceMap,
) {
    let ([old_path], [new_path]) = (sides[0].paths.as_slice(), sides[1].paths.as_slice()) else {
        return;
    };
    let of = |set: &SchemaSet, path: &RelPath| {
        let mut units = set.units.iter();
        units.position(|unit| !unit.is_builtin && sources.file(unit.file).path() == path)
    };
    let new_at = of(new, new_path);
    // A file that both sides share was read from the new one.
    let old_at = of(old, old_path).or_else(|| of(old, new_path));
    if let (Some(old_at), Some(new_at)) = (old_at, new_at)
        && old.units[old_at].path != new.units[new_at].path
    {
        Arc::make_mut(&mut old.units[old_at]).path = new.units[new_at].path.clone();
    }
}

/// Whether a comparison of these sides can say that a waiver has nothing left to cover.
fn is_judged(waiver: &Waiver, history: &[Release<'_>], new: &Release<'_>) -> bool {
    let mut paths = history.iter().chain([new]).flat_map(|side| &side.paths);
    waiver.is_about_comparisons() && paths.any(|path| waiver.path.is_below(path))
}
