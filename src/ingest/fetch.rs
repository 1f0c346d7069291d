//! Files from the disk to trees, many at a time and in an order that no thread decides.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::index::DRAFT_04;
use super::lookup::{Doc, Files, State};
use crate::diag::Diagnostics;
use crate::fs::{EntryKind, ReadFs};
use crate::syntax::{MAX_FILE_BYTES, Mode, TextProblem, Tree, bytes_to_text, parse};
use crate::text::{ContentHash, FileId, RelPath, Side, SourceMap};

/// Files that one reader is missing.
pub(super) struct Wanted<'f, 'r> {
    pub(super) fs: &'f dyn ReadFs,
    pub(super) side: Side,
    /// How strictly they are read.
    pub(super) mode: Mode,
    /// Where they belong; those that are there already are not read again.
    pub(super) files: &'r mut Files,
    pub(super) paths: BTreeSet<RelPath>,
}

/// Reads and parses what several readers are missing, all of it in parallel. Files enter `sources`
/// reader by reader and in the order of their paths. Gives what is wrong with them, by reader.
pub(super) fn fetch(wanted: Vec<Wanted<'_, '_>>, sources: &mut SourceMap) -> Vec<Diagnostics> {
    let mut found: Vec<Diagnostics> = wanted.iter().map(|_| Diagnostics::default()).collect();
    let missing: Vec<(usize, &dyn ReadFs, &RelPath)> = wanted
        .iter()
        .enumerate()
        .flat_map(|(reader, wanted)| {
            let known = &wanted.files.by_path;
            let paths = wanted.paths.iter();
            let missing = paths.filter(|path| !known.contains_key(*path));
            missing.map(move |path| (reader, wanted.fs, path))
        })
        .collect();
    let read: Vec<Read> = missing
        .par_iter()
        .map(|(_, fs, path)| read(*fs, path))
        .collect();
    let texts: Vec<(usize, RelPath, Text)> = missing
        .iter()
        .zip(read)
        .map(|((reader, _, path), read)| {
            let mut add = |text| sources.add((*path).clone(), wanted[*reader].side, text);
            let text = match read {
                Read::Text(hash, text) => Text::Good(hash, add(Arc::clone(&text)), text),
                Read::NoText(hash, problem) => {
                    problem.report(add(problem.text()), &mut found[*reader]);
                    Text::Bad(hash)
                }
                Read::Failed(error, beside) => Text::Failed(error, beside),
            };
            (*reader, (*path).clone(), text)
        })
        .collect();
    let modes: Vec<Mode> = wanted.iter().map(|wanted| wanted.mode).collect();
    let docs: Vec<(usize, Doc, Diagnostics)> = texts
        .into_par_iter()
        .map(|(reader, path, text)| {
            let (doc, said) = document(path, text, modes[reader]);
            (reader, doc, said)
        })
        .collect();
    let mut files: Vec<&mut Files> = wanted.into_iter().map(|wanted| wanted.files).collect();
    for (reader, doc, said) in docs {
        found[reader].absorb(said);
        let files = &mut files[reader];
        files.by_path.insert(doc.path.clone(), files.docs.len());
        files.docs.push(doc);
    }
    found
}

/// What the disk gave.
enum Read {
    Text(ContentHash, Arc<str>),
    NoText(ContentHash, TextProblem),
    Failed(io::Error, Vec<Box<str>>),
}

/// The same, once the source map knows it.
enum Text {
    Good(ContentHash, FileId, Arc<str>),
    Bad(ContentHash),
    Failed(io::Error, Vec<Box<str>>),
}

fn read(fs: &dyn ReadFs, path: &RelPath) -> Read {
    match fs.read(path, MAX_FILE_BYTES) {
        Ok(bytes) => {
            let hash = ContentHash::of(&bytes);
            match bytes_to_text(bytes) {
                Ok(text) => Read::Text(hash, text),
                Err(problem) => Read::NoText(hash, problem),
            }
        }
        Err(error) => {
            let mut beside = Vec::new();
            if error.kind() == io::ErrorKind::NotFound {
                // Only for a better message, so a folder that cannot be listed has no names.
                let listed = fs.list(&path.parent()).unwrap_or_default();
                let there = listed
                    .iter()
                    .filter(|(_, kind)| matches!(kind, EntryKind::File | EntryKind::Dir));
                beside.extend(there.map(|(path, _)| path.file_name().into()));
            }
            Read::Failed(error, beside)
        }
    }
}

fn document(path: RelPath, text: Text, mode: Mode) -> (Doc, Diagnostics) {
    let mut doc = Doc {
        path,
        hash: None,
        text: Arc::from(""),
        state: State::Broken,
        has_ids: false,
        has_dialects: false,
        index: OnceLock::new(),
    };
    let mut found = Diagnostics::default();
    match text {
        Text::Good(hash, id, text) => {
            doc.hash = Some(hash);
            doc.has_ids = text.contains("$id") || text.contains("$self") || text.contains(DRAFT_04);
            doc.has_dialects = text.contains("$schema");
            let tree: Option<Tree> = parse(id, &text, mode).into(&mut found);
            doc.text = text;
            if let Some(tree) = tree {
                doc.state = State::Ready(tree);
            }
        }
        Text::Bad(hash) => doc.hash = Some(hash),
        Text::Failed(error, beside) => doc.state = State::Unread { error, beside },
    }
    (doc, found)
}
