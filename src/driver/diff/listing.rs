//! What lies in a side: listed once, for every kind that is compared.

use std::io;

use rayon::prelude::*;

use super::{InputKind, Release, root};
use crate::diag::Diagnostics;
use crate::driver::load::{CONTRACT_SUFFIX, MAX_FOLDER_DEPTH, SKIPPED_FOLDERS};
use crate::fs::EntryKind;
use crate::syntax::{report_lost, report_unreadable};
use crate::text::RelPath;

/// A file of a side.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// What it shares with the file of the other side that belongs to it: the path below the folder,
    /// or what it was named by.
    pub(super) key: String,
    /// Where it lies.
    pub(super) path: RelPath,
}

/// The files of a side, by the kind that their names tell.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Whether files were named, rather than a folder that holds some.
    pub(super) is_named: bool,
    /// Every `.proto` file; in no particular order across folders, and always in the same one.
    pub(super) protos: Vec<RelPath>,
    /// Contracts, sorted. As everywhere, hidden folders and those of tools hold none.
    pub(super) contracts: Vec<Entry>,
    /// Files that may be documents, in the same folders, sorted.
    pub(super) others: Vec<Entry>,
    /// `.proto` files that cannot be read.
    lost: Vec<(RelPath, EntryKind)>,
    /// Folders that cannot be listed.
    closed: Vec<(RelPath, io::Error)>,
}

impl Listing {
    /// What lies in the folder of a side; nothing when it is not there.
    pub(super) fn of_folder(side: &Release<'_>) -> Self {
        let mut listing = Listing::default();
        let folder = root(side);
        let is_there = side.paths.iter().any(|path| side.fs.kind(path).is_some());
        // With each folder: whether only Protobuf is looked for in it.
        let mut level = match is_there {
            true => vec![(folder.clone(), false)],
            false => Vec::new(),
        };
        for _ in 0..MAX_FOLDER_DEPTH {
            let lists: Vec<_> = level.par_iter().map(|(dir, _)| side.fs.list(dir)).collect();
            let mut next = Vec::new();
            for ((dir, is_aside), list) in level.into_iter().zip(lists) {
                match list {
                    Ok(entries) => {
                        for (path, kind) in entries {
                            if kind == EntryKind::Dir {
                                let name = path.file_name();
                                let is_skipped =
                                    name.starts_with('.') || SKIPPED_FOLDERS.contains(&name);
                                next.push((path, is_aside || is_skipped));
                            } else {
                                listing.add(path, kind, &folder, is_aside);
                            }
                        }
                    }
                    Err(error) => listing.closed.push((dir, error)),
                }
            }
            level = next;
        }
        listing.contracts.sort_by(|l, r| l.path.cmp(&r.path));
        listing.others.sort_by(|l, r| l.path.cmp(&r.path));
        listing
    }

    /// The files that a side names, as far as they are there. They are called what `names` calls
    /// them, which names the same number of files.
    pub(super) fn of_files(side: &Release<'_>, names: &Release<'_>) -> Self {
        let mut listing = Listing {
            is_named: true,
            ..Listing::default()
        };
        let named = side.paths.iter().zip(&names.paths);
        for (path, name) in named.filter(|(path, _)| side.fs.kind(path).is_some()) {
            let entry = Entry {
                key: name.as_str().to_owned(),
                path: path.clone(),
            };
            match InputKind::of_file(path) {
                Some(InputKind::Protobuf) => listing.protos.push(path.clone()),
                Some(InputKind::Contract) => listing.contracts.push(entry),
                _ => listing.others.push(entry),
            }
        }
        listing
    }

    fn add(&mut self, path: RelPath, kind: EntryKind, folder: &RelPath, is_aside: bool) {
        let name = path.file_name();
        let is_proto = name.ends_with(".proto");
        let is_contract = name.ends_with(CONTRACT_SUFFIX);
        let is_document = matches!(
            InputKind::of_file(&path),
            Some(InputKind::Document | InputKind::Avro)
        );
        match kind {
            EntryKind::File if is_proto => self.protos.push(path),
            EntryKind::Astray | EntryKind::Unnamed if is_proto => self.lost.push((path, kind)),
            EntryKind::File if !is_aside && (is_contract || is_document) => {
                let key = path.below(folder).to_owned();
                let list = match is_contract {
                    true => &mut self.contracts,
                    false => &mut self.others,
                };
                list.push(Entry { key, path });
            }
            _ => {}
        }
    }

    /// Whether there is Protobuf, or something that would be.
    pub(super) fn has_protos(&self) -> bool {
        !self.protos.is_empty() || !self.lost.is_empty()
    }

    /// Reports what could not be listed.
    pub(super) fn report(&self, side: &Release<'_>, sink: &mut Diagnostics) {
        for (dir, error) in &self.closed {
            report_unreadable(dir, error, None, sink);
        }
        for (path, kind) in &self.lost {
            report_lost(side.fs, path, *kind, sink);
        }
    }
}
