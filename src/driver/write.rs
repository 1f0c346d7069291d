//! Artifacts to the disk: written when they changed, removed when nothing makes them any more,
//! refused when somebody edited them.

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;

use super::build::Wanted;
use crate::diag::Diagnostics;
use crate::emit::ArtifactSet;
use crate::emit::rules;
use crate::fs::{EntryKind, WriteFs};
use crate::text::{ContentHash, RelPath};

/// What became of the artifacts.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) changed: Vec<RelPath>,
    pub(super) unchanged: usize,
    pub(super) removed: Vec<RelPath>,
}

/// What stands where an artifact goes.
enum Found {
    /// The artifact itself.
    Same,
    /// Nothing, or what the last build wrote there.
    Ours,
    /// What no build wrote.
    Foreign,
    /// A folder.
    Folder,
}

/// Writes `files`, removes `orphans`, and at last writes `next`, the lock that belongs to them.
/// `locked` are the artifacts of earlier builds with their hashes, of one that was interrupted too.
/// Nothing is touched before everything was looked at, and nothing is replaced before everything is
/// staged: a disk that fills up leaves the output of the last build as it was.
pub(super) fn write(
    fs: &dyn WriteFs,
    files: &ArtifactSet,
    orphans: &[RelPath],
    locked: &[BTreeMap<String, String>],
    next: Option<(&RelPath, &[u8])>,
    wanted: &Wanted,
    sink: &mut Diagnostics,
) -> Written {
    let files: Vec<(&RelPath, &[u8])> = files.files().collect();
    let found: Vec<Found> = files
        .par_iter()
        .map(|(path, bytes)| look(fs, path, Some(bytes), locked))
        .collect();
    let left: Vec<Found> = orphans
        .par_iter()
        .map(|path| look(fs, path, None, locked))
        .collect();

    let mut written = Written::default();
    let mut edited = Vec::new();
    let mut changed = Vec::new();
    for ((path, bytes), found) in files.into_iter().zip(found) {
        match found {
            Found::Same => written.unchanged += 1,
            Found::Folder if !wanted.check => {
                report_unwritable(path, &io::ErrorKind::IsADirectory.into(), sink);
                return Written::default();
            }
            Found::Foreign if !wanted.force => edited.push(path),
            Found::Ours | Found::Foreign | Found::Folder => changed.push((path, bytes)),
        }
    }
    for (path, found) in orphans.iter().zip(left) {
        match found {
            // It is gone already, or what stands there was never an artifact.
            Found::Same | Found::Folder => {}
            Found::Foreign if !wanted.force => edited.push(path),
            Found::Ours | Found::Foreign => written.removed.push(path.clone()),
        }
    }
    written.changed = changed.iter().map(|(path, _)| (*path).clone()).collect();
    if wanted.check {
        edited.sort();
        written.changed.extend(edited.into_iter().cloned());
        written.changed.sort();
        report_stale(&written, sink);
        return written;
    }
    if !edited.is_empty() {
        for path in edited {
            sink.report(
                &rules::ARTIFACT_EDITED,
                format_args!("`{path}` was edited by hand"),
            )
            .note("it is not what the last build wrote there")
            .help("say the change in the contract, or overwrite the file with `--force`");
        }
        return Written::default();
    }
    // A folder where the lock goes would be noticed last, when everything else is replaced.
    if let Some((path, _)) = next
        && fs.kind(path) == Some(EntryKind::Dir)
    {
        report_unwritable(path, &io::ErrorKind::IsADirectory.into(), sink);
        return Written::default();
    }
    match replace(fs, &changed, &written.removed, next) {
        Ok(()) => written,
        Err((path, error)) => {
            report_unwritable(&path, &error, sink);
            Written::default()
        }
    }
}

/// Stages everything, then puts it in its place, the lock last.
fn replace(
    fs: &dyn WriteFs,
    changed: &[(&RelPath, &[u8])],
    removed: &[RelPath],
    next: Option<(&RelPath, &[u8])>,
) -> Result<(), (RelPath, io::Error)> {
    let all: Vec<(&RelPath, &[u8])> = changed.iter().copied().chain(next).collect();
    let first = |results: Vec<io::Result<()>>| {
        let mut failed = all.iter().zip(results);
        failed.find_map(|((path, _), result)| Some(((*path).clone(), result.err()?)))
    };
    let staged = all
        .par_iter()
        .map(|(path, bytes)| fs.stage(path, bytes))
        .collect();
    let mut failed = first(staged);
    if failed.is_none() {
        let committed = changed
            .par_iter()
            .map(|(path, _)| fs.commit(path))
            .collect();
        failed = first(committed);
    }
    for path in removed {
        if failed.is_none() {
            failed = fs.remove(path).err().map(|error| (path.clone(), error));
        }
    }
    if failed.is_none()
        && let Some((path, _)) = next
    {
        failed = fs.commit(path).err().map(|error| (path.clone(), error));
    }
    match failed {
        None => Ok(()),
        Some(failed) => {
            for (path, _) in &all {
                fs.discard(path);
            }
            Err(failed)
        }
    }
}

/// What stands at `path`; `wanted` are the bytes that belong there, `None` for nothing.
fn look(
    fs: &dyn WriteFs,
    path: &RelPath,
    wanted: Option<&[u8]>,
    locked: &[BTreeMap<String, String>],
) -> Found {
    match fs.kind(path) {
        None => {
            return if wanted.is_none() {
                Found::Same
            } else {
                Found::Ours
            };
        }
        Some(EntryKind::Dir) => return Found::Folder,
        Some(_) => {}
    }
    let Ok(bytes) = fs.read(path, u64::MAX - 1) else {
        return Found::Foreign;
    };
    if wanted == Some(bytes.as_slice()) {
        return Found::Same;
    }
    let hash = ContentHash::of(&bytes).to_string();
    let mut earlier = locked.iter().filter_map(|locked| locked.get(path.as_str()));
    if earlier.any(|earlier| *earlier == hash) {
        Found::Ours
    } else {
        Found::Foreign
    }
}

/// Most paths that a stale finding lists.
const MAX_LISTED: usize = 10;

fn report_stale(written: &Written, sink: &mut Diagnostics) {
    let paths: Vec<&RelPath> = written.changed.iter().chain(&written.removed).collect();
    if paths.is_empty() {
        return;
    }
    let count = paths.len();
    let files = if count == 1 { "file is" } else { "files are" };
    let mut draft = sink.report(
        &rules::OUTPUT_STALE,
        format_args!("{count} {files} not what the contracts compile to"),
    );
    for path in paths.iter().take(MAX_LISTED) {
        let what = if written.removed.contains(path) {
            "to be removed"
        } else {
            "to be written"
        };
        draft = draft.note(format_args!("{what}: {path}"));
    }
    if count > MAX_LISTED {
        draft = draft.note(format_args!("and {} more", count - MAX_LISTED));
    }
    draft.help("run `cherryc build` and commit the result");
}

/// Reports that a file could not be written or removed.
fn report_unwritable(path: &RelPath, error: &io::Error, sink: &mut Diagnostics) {
    let text = error.to_string();
    let reason = text.split(" (os error ").next().unwrap_or(&text);
    sink.report(&rules::OUTPUT_UNWRITABLE, format_args!("cannot write `{path}`: {reason}"))
        .note("files are written whole or not at all, so nothing half-written is left")
        .help(match error.kind() {
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                "a file stands where a folder should be: move it, or choose another folder with `--out`"
            }
            io::ErrorKind::IsADirectory => "a folder stands where the file should be: move it, or choose another folder with `--out`",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => "make room and build again",
            // A refusal of ours, because a link leads out, has no number of the system.
            io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => "give yourself the right to write there, or choose another folder with `--out`",
            _ => "choose another folder with `--out`",
        });
}
