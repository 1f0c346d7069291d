//! Reading: the files of one or two releases and everything they import, level by level.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use super::builtin;
use super::closure::{self, Links};
use super::symbols::index;
use crate::diag::Diagnostics;
use crate::fs::{EntryKind, ReadFs};
use crate::syntax::proto::{ProtoFile, parse};
use crate::syntax::{MAX_FILE_BYTES, TextProblem, bytes_to_text, report_lost, report_unreadable};
use crate::text::{ContentHash, FileId, NameMap, RelPath, Side, SourceMap};

/// A release: where its files are, and which of them are wanted.
#[derive(Clone)]
pub(crate) struct Source<'f> {
    /// The file system.
    pub(crate) fs: &'f dyn ReadFs,
    /// Folders that imports are read relative to; the first one that has a file counts.
    pub(crate) roots: Vec<RelPath>,
    /// Which files are wanted.
    pub(crate) selection: Selection,
}

/// Which files of a release are wanted. What they import is always read as well.
#[derive(Debug, Clone)]
pub(crate) enum Selection {
    /// Every `.proto` file below the roots.
    All,
    /// These; each lies below a root.
    Files(Vec<RelPath>),
}

/// Whether two releases share what is the same in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reuse {
    /// A text is parsed once.
    Shared,
    /// Each release is read as if it were alone.
    Apart,
}

/// A file that was read and parsed.
#[derive(Debug)]
pub(super) struct Parsed {
    /// Its path as others import it.
    pub(super) path: Box<str>,
    /// Hash of its text.
    pub(super) hash: ContentHash,
    /// Whether it came with the compiler.
    pub(super) is_builtin: bool,
    /// Its tree.
    pub(super) ast: ProtoFile,
}

/// The files of a release, by path.
#[derive(Debug)]
pub(super) struct FileSet {
    pub(super) files: Vec<Arc<Parsed>>,
    /// The file that says which options there are, when nothing imports it.
    pub(super) hidden: Option<usize>,
    /// For each file, those it may name things of, itself aside; sorted.
    pub(super) visible: Vec<Vec<u32>>,
    /// The same for its options, where that is more.
    pub(super) for_options: BTreeMap<u32, Vec<u32>>,
    /// For each file, a hash of its text and of all texts behind its imports.
    pub(super) closure: Vec<ContentHash>,
    /// For each file, whether all it can see was read without errors.
    pub(super) is_whole: Vec<bool>,
}

impl FileSet {
    /// The files that a file may name types of, or, for its options, anything.
    pub(super) fn seen_by(&self, file: u32, types_only: bool) -> &[u32] {
        match self.for_options.get(&file) {
            Some(all) if !types_only => all,
            _ => &self.visible[file as usize],
        }
    }
}

/// Reads the files of a release.
pub(super) struct Reader<'f, 's> {
    source: &'f Source<'f>,
    side: Side,
    /// Files of the other release, which may be the same.
    other: Option<&'f FileSet>,
    sources: &'s mut SourceMap,
    found: Diagnostics,
    files: BTreeMap<Box<str>, Option<Arc<Parsed>>>,
    /// Files that are there and could not be read, which was reported.
    unread: BTreeSet<Box<str>>,
}

/// What reading gave.
enum Read {
    /// The same as in the other release.
    Same(Arc<Parsed>),
    Text(RelPath, Arc<str>, bool),
    NoText(RelPath, TextProblem),
    Failed(RelPath, io::Error),
    Missing,
}

impl<'f, 's> Reader<'f, 's> {
    /// Reads a release; `other` is the one that it may share files with.
    pub(super) fn read(
        source: &'f Source<'f>,
        side: Side,
        other: Option<&'f FileSet>,
        sources: &'s mut SourceMap,
        found: &mut Diagnostics,
    ) -> FileSet {
        let mut reader = Reader {
            source,
            side,
            other,
            sources,
            found: Diagnostics::default(),
            files: BTreeMap::new(),
            unread: BTreeSet::new(),
        };
        let mut wanted = reader.wanted();
        while !wanted.is_empty() {
            wanted = reader.round(wanted);
        }
        let set = reader.finish();
        found.absorb(std::mem::take(&mut reader.found));
        set
    }

    /// The paths of the selection, as others import them.
    fn wanted(&mut self) -> BTreeMap<Box<str>, Option<RelPath>> {
        let mut wanted = BTreeMap::new();
        match &self.source.selection {
            Selection::All => {
                let mut seen = BTreeSet::new();
                // A file below two roots belongs to the inner one.
                let mut roots: Vec<&RelPath> = self.source.roots.iter().collect();
                roots.sort_by_key(|root| std::cmp::Reverse(root.as_str().len()));
                let lists: Vec<(&RelPath, Vec<RelPath>)> = roots
                    .into_iter()
                    .map(|root| (root, self.list(root)))
                    .collect();
                for (root, list) in lists {
                    for path in list {
                        if seen.insert(path.clone()) {
                            wanted.insert(below(&path, root).into(), None);
                        }
                    }
                }
            }
            Selection::Files(files) => {
                for file in files {
                    let root = self.source.roots.iter().filter(|root| file.is_below(root));
                    let root = root.max_by_key(|root| root.as_str().len());
                    let path = root.map_or(file.as_str(), |root| below(file, root));
                    wanted.insert(path.into(), Some(file.clone()));
                }
            }
        }
        wanted
    }

    /// Every `.proto` file below a folder.
    fn list(&mut self, root: &RelPath) -> Vec<RelPath> {
        let mut files = Vec::new();
        let mut level = vec![root.clone()];
        while !level.is_empty() {
            let fs = self.source.fs;
            let lists: Vec<_> = level.par_iter().map(|dir| fs.list(dir)).collect();
            let mut next = Vec::new();
            for (dir, list) in level.iter().zip(lists) {
                match list {
                    Ok(list) => {
                        for (path, kind) in list {
                            match kind {
                                EntryKind::Dir => next.push(path),
                                EntryKind::File if path.file_name().ends_with(".proto") => {
                                    files.push(path);
                                }
                                EntryKind::Astray | EntryKind::Unnamed
                                    if path.file_name().ends_with(".proto") =>
                                {
                                    report_lost(fs, &path, kind, &mut self.found);
                                }
                                EntryKind::File | EntryKind::Astray | EntryKind::Unnamed => {}
                            }
                        }
                    }
                    Err(error) => report_unreadable(dir, &error, None, &mut self.found),
                }
            }
            level = next;
        }
        files
    }

    /// Reads and parses files; gives the paths that they import and that were not read yet.
    fn round(
        &mut self,
        wanted: BTreeMap<Box<str>, Option<RelPath>>,
    ) -> BTreeMap<Box<str>, Option<RelPath>> {
        let wanted: Vec<(Box<str>, Option<RelPath>)> = wanted.into_iter().collect();
        let this = &*self;
        let read: Vec<Read> = wanted
            .par_iter()
            .map(|(path, file)| this.read_one(path, file.as_ref()))
            .collect();
        let mut texts: Vec<(&str, FileId, Arc<str>, bool)> = Vec::new();
        for ((path, _), read) in wanted.iter().zip(read) {
            let mut parsed = None;
            match read {
                Read::Same(same) => parsed = Some(same),
                Read::Text(file, text, is_builtin) => {
                    let id = self.sources.add(file, self.side, Arc::clone(&text));
                    texts.push((path, id, text, is_builtin));
                }
                Read::NoText(file, problem) => {
                    let id = self.sources.add(file, self.side, problem.text());
                    problem.report(id, &mut self.found);
                    self.unread.insert(path.clone());
                }
                Read::Failed(file, error) => {
                    report_unreadable(&file, &error, None, &mut self.found);
                    self.unread.insert(path.clone());
                }
                Read::Missing => {}
            }
            self.files.insert(path.clone(), parsed);
        }
        let parsed: Vec<(Parsed, Diagnostics)> = texts
            .into_par_iter()
            .map(|(path, id, text, is_builtin)| {
                let mut found = Diagnostics::default();
                let parsed = Parsed {
                    path: path.into(),
                    hash: ContentHash::of(text.as_bytes()),
                    is_builtin,
                    ast: parse(id, &text).into(&mut found),
                };
                (parsed, found)
            })
            .collect();
        for (parsed, found) in parsed {
            self.found.absorb(found);
            self.files
                .insert(parsed.path.clone(), Some(Arc::new(parsed)));
        }
        let files = &self.files;
        let imported = |(path, _): &(Box<str>, Option<RelPath>)| -> Vec<Box<str>> {
            let Some(Some(parsed)) = files.get(path) else {
                return Vec::new();
            };
            let imports = parsed.ast.imports();
            imports
                .map(|import| parsed.ast.string(import.path))
                .filter(|path| !files.contains_key(&**path))
                .map(|path| Box::from(&*path))
                .collect()
        };
        let next: Vec<Vec<Box<str>>> = wanted.par_iter().map(imported).collect();
        next.into_iter()
            .flatten()
            .map(|path| (path, None))
            .collect()
    }

    /// Reads the file with an import path, or a file that is known to be it.
    fn read_one(&self, path: &str, file: Option<&RelPath>) -> Read {
        let same = self.other.and_then(|other| other.find(path));
        let text = |file: RelPath, bytes: Vec<u8>| match same {
            Some(same) if !same.is_builtin && bytes == same.ast.text.as_bytes() => {
                Read::Same(Arc::clone(same))
            }
            _ => match bytes_to_text(bytes) {
                Ok(text) => Read::Text(file, text, false),
                Err(problem) => Read::NoText(file, problem),
            },
        };
        if let Some(file) = file {
            return match self.source.fs.read(file, MAX_FILE_BYTES) {
                Ok(bytes) => text(file.clone(), bytes),
                Err(error) => Read::Failed(file.clone(), error),
            };
        }
        // A path that climbs would have two names; the compiler refuses such, too.
        let is_plain = RelPath::new(path).is_some_and(|plain| plain.as_str() == path);
        if !is_plain {
            return Read::Missing;
        }
        for root in &self.source.roots {
            let Some(file) = root.join(path) else {
                continue;
            };
            match self.source.fs.read(&file, MAX_FILE_BYTES) {
                Ok(bytes) => return text(file, bytes),
                Err(error) if is_absent(&error) => {}
                Err(error) => return Read::Failed(file, error),
            }
        }
        match (builtin::text(path), RelPath::new(path)) {
            (Some(_), _) if same.is_some_and(|same| same.is_builtin) => {
                Read::Same(Arc::clone(same.expect("it was just looked at")))
            }
            (Some(text), Some(file)) => Read::Text(file, Arc::from(text), true),
            _ => Read::Missing,
        }
    }

    /// Orders what was read, follows the imports and reports those that lead nowhere.
    fn finish(&mut self) -> FileSet {
        let mut hidden = None;
        if !matches!(self.files.get(builtin::DESCRIPTOR), Some(Some(_))) {
            hidden = self.hidden();
        }
        let unread = std::mem::take(&mut self.unread);
        let mut files: Vec<Arc<Parsed>> = std::mem::take(&mut self.files)
            .into_values()
            .flatten()
            .collect();
        let links = Links::of(&files);
        let names = || -> Vec<String> {
            let mut names: Vec<String> = files.iter().map(|file| file.path.to_string()).collect();
            names.extend(builtin::paths());
            names.extend(siblings(self.source, &links));
            names
        };
        closure::report(&files, &links, &unread, names, &mut self.found);
        let seen = links.follow(&files);
        let mut set = FileSet {
            files: Vec::new(),
            hidden: None,
            visible: seen.visible,
            for_options: seen.for_options,
            closure: seen.closure,
            is_whole: seen.is_whole,
        };
        if let Some(hidden) = hidden {
            set.hidden = Some(files.len());
            set.visible.push(Vec::new());
            set.closure.push(hidden.hash);
            set.is_whole.push(true);
            files.push(hidden);
        }
        set.files = files;
        set
    }

    /// The file of options that came with the compiler.
    fn hidden(&mut self) -> Option<Arc<Parsed>> {
        let same = self
            .other
            .and_then(|other| other.hidden.map(|at| &other.files[at]));
        if let Some(same) = same {
            return Some(Arc::clone(same));
        }
        let text: Arc<str> = builtin::text(builtin::DESCRIPTOR)?.into();
        let path = RelPath::new(builtin::DESCRIPTOR)?;
        let id = self.sources.add(path, self.side, Arc::clone(&text));
        let mut found = Diagnostics::default();
        Some(Arc::new(Parsed {
            path: builtin::DESCRIPTOR.into(),
            hash: ContentHash::of(text.as_bytes()),
            is_builtin: true,
            ast: parse(id, &text).into(&mut found),
        }))
    }
}

impl FileSet {
    /// The file with an import path; the hidden one has none.
    pub(super) fn find(&self, path: &str) -> Option<&Arc<Parsed>> {
        let count = self.hidden.unwrap_or(self.files.len());
        let at = self.files[..count].binary_search_by(|file| (*file.path).cmp(path));
        at.ok().map(|at| &self.files[at])
    }

    /// Positions of the files that a release declares things in.
    pub(super) fn positions(&self) -> std::ops::Range<u32> {
        0..index(self.hidden.unwrap_or(self.files.len()))
    }
}

/// Import paths of the files in the folders where missing imports would lie, for better
/// messages only: a folder that cannot be listed has no names.
fn siblings(source: &Source<'_>, links: &Links) -> Vec<String> {
    let mut names = Vec::new();
    let folders: BTreeSet<&str> = links
        .missing()
        .map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder))
        .collect();
    for root in &source.roots {
        for folder in &folders {
            let Some(folder) = root.join(folder) else {
                continue;
            };
            for (path, kind) in source.fs.list(&folder).unwrap_or_default() {
                if matches!(kind, EntryKind::File | EntryKind::Dir) {
                    names.push(below(&path, root).to_owned());
                }
            }
        }
    }
    names
}

/// A path as it is seen from a folder above it.
fn below<'p>(path: &'p RelPath, root: &RelPath) -> &'p str {
    let rest = path.as_str().strip_prefix(root.as_str());
    rest.unwrap_or(path.as_str()).trim_start_matches('/')
}

/// Whether a read failed because there is no such file.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Positions of files by path.
pub(super) fn positions(files: &[Arc<Parsed>]) -> NameMap<&str, u32> {
    let files = files.iter().enumerate();
    files.map(|(at, file)| (&*file.path, index(at))).collect()
}
