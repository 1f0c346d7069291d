//! Artifacts to the disk: written when they changed, removed when nothing makes them any more,
//! refused when somebody edited them.

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;

use super::build::Wanted;
use super::lock::Lock;
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
}

/// Writes `files` and removes `orphans`. Nothing is touched before everything was looked at.
pub(super) fn write(
    fs: &dyn WriteFs,
    files: &ArtifactSet,
    orphans: &[RelPath],
    lock: &Lock,
    wanted: &Wanted,
    sink: &mut Diagnostics,
) -> Written {
    let files: Vec<(&RelPath, &[u8])> = files.files().collect();
    let locked = lock.artifacts();
    let found: Vec<Found> = files
        .par_iter()
        .map(|(path, bytes)| look(fs, path, Some(bytes), &locked))
        .collect();
    let left: Vec<Found> = orphans
        .par_iter()
        .map(|path| look(fs, path, None, &locked))
        .collect();

    let mut written = Written::default();
    let mut edited = Vec::new();
    let mut changed = Vec::new();
    for ((path, bytes), found) in files.into_iter().zip(found) {
        match found {
            Found::Same => written.unchanged += 1,
            Found::Foreign if !wanted.force => edited.push(path),
            Found::Ours | Found::Foreign => changed.push((path, bytes)),
        }
    }
    for (path, found) in orphans.iter().zip(left) {
        match found {
            // It is gone already.
            Found::Same => {}
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
    let failed = changed
        .par_iter()
        .map(|(path, bytes)| fs.write(path, bytes).err().map(|error| (*path, error)));
    let failed: Vec<Option<(&RelPath, io::Error)>> = failed.collect();
    if let Some((path, error)) = failed.into_iter().flatten().next() {
        report_unwritable(path, &error, sink);
        return written;
    }
    for path in &written.removed {
        if let Err(error) = fs.remove(path) {
            report_unwritable(path, &error, sink);
            return written;
        }
    }
    written
}

/// What stands at `path`; `wanted` are the bytes that belong there, `None` for nothing.
fn look(
    fs: &dyn WriteFs,
    path: &RelPath,
    wanted: Option<&[u8]>,
    locked: &BTreeMap<&str, &str>,
) -> Found {
    match fs.kind(path) {
        None => {
            return if wanted.is_none() {
                Found::Same
            } else {
                Found::Ours
            };
        }
        // A folder where a file goes; writing will say so.
        Some(EntryKind::Dir) => return Found::Ours,
        Some(EntryKind::File) => {}
    }
    let Ok(bytes) = fs.read(path, u64::MAX - 1) else {
        return Found::Foreign;
    };
    if wanted == Some(bytes.as_slice()) {
        return Found::Same;
    }
    let last = locked.get(path.as_str());
    if last.is_some_and(|last| **last == ContentHash::of(&bytes).to_string()) {
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
pub(super) fn report_unwritable(path: &RelPath, error: &io::Error, sink: &mut Diagnostics) {
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
            io::ErrorKind::PermissionDenied => "give yourself the right to write there, or choose another folder with `--out`",
            _ => "choose another folder with `--out`",
        });
}
