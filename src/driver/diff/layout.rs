//! How a side lies in its file system: what is compared, and what imports are read relative to.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Release;
use super::buf::{self, BUF_YAML, BufConfig, Module, Wanted};
use super::listing::Listing;
use super::work::{self, BUF_WORK_YAML};
use crate::diag::Diagnostics;
use crate::fs::{EntryKind, ReadFs};
use crate::ingest::proto::{Selection, Source};
use crate::syntax::{MAX_FILE_BYTES, bytes_to_text, report_lost, report_unreadable};
use crate::text::{FileId, RelPath, Side, SourceMap, Span};

/// How a side lies in its file system.
#[derive(Debug)]
pub(super) struct Layout {
    /// The folder that `buf.yaml` lies in, or would.
    base: RelPath,
    /// What `buf.yaml` says, if there is one.
    pub(super) config: Option<BufConfig>,
    /// Folders of modules, from `base`; at least one.
    modules: Vec<Module>,
    /// Whether files were named rather than a folder.
    is_partial: bool,
    /// What imports are read relative to, when no module says it.
    roots: Vec<RelPath>,
    /// Other folders that imports are read relative to, of which nothing is compared: those of the
    /// workspace of buf that the folder is a part of.
    beside: Vec<RelPath>,
}

impl Layout {
    /// Looks at a side; a `buf.yaml` that was `given` takes the place of the one that is found, of
    /// which only what is `wanted` is read.
    pub(super) fn of(
        side: &Release<'_>,
        release: Side,
        given: Option<&(String, Vec<u8>)>,
        wanted: Wanted,
        sources: &mut SourceMap,
        sink: &mut Diagnostics,
    ) -> Self {
        let folder = match side.paths.as_slice() {
            [path] if side.fs.kind(path) == Some(EntryKind::Dir) => Some(path.clone()),
            [path] if !path.file_name().ends_with(".proto") => Some(path.clone()),
            _ => None,
        };
        let is_partial = folder.is_none();
        let base = match &folder {
            Some(folder) => folder.clone(),
            None => config_folder(side),
        };
        let mut cx = Reading {
            fs: side.fs,
            release,
            sources,
            sink,
        };
        let config = match given {
            Some((name, bytes)) => {
                let path = RelPath::new(name).unwrap_or_else(RelPath::root);
                let text = cx.text_of(path, bytes.clone());
                text.and_then(|(file, text)| buf::read(file, &text, Wanted::All).into(cx.sink))
            }
            None if cx.is_file(&base, BUF_WORK_YAML) => work::read(&base, wanted, &mut cx),
            None if cx.is_file(&base, BUF_YAML) => {
                let path = base.join(BUF_YAML);
                let text = path.and_then(|path| cx.text(&path));
                text.and_then(|(file, text)| buf::read(file, &text, wanted).into(cx.sink))
            }
            None => None,
        };
        let modules = match &config {
            Some(config) => config.modules.clone(),
            None => vec![Module {
                path: RelPath::root(),
                excludes: Vec::new(),
                breaking: None,
            }],
        };
        let mut layout = Layout {
            base,
            config,
            modules,
            is_partial,
            roots: Vec::new(),
            beside: folder.map_or_else(Vec::new, |folder| folders_beside(side, &folder)),
        };
        layout.roots = if is_partial {
            layout.roots_of_files(side)
        } else {
            layout.module_folders()
        };
        layout
    }

    /// A side without a `buf.yaml` of its own lies as the other one does: it is older than the file,
    /// or the file was named for both.
    pub(super) fn follow(&mut self, other: &Layout, side: &Release<'_>) {
        if self.config.is_none() && !self.is_partial && other.config.is_some() {
            self.modules.clone_from(&other.modules);
            let folders = self.module_folders().into_iter();
            self.roots = folders
                .filter(|folder| side.fs.kind(folder) == Some(EntryKind::Dir))
                .collect();
        }
    }

    /// The folder that paths of `buf.yaml` are relative to.
    pub(super) fn base(&self) -> &RelPath {
        &self.base
    }

    /// Whether imports may lead to folders of which nothing is compared.
    pub(super) fn has_beside(&self) -> bool {
        !self.beside.is_empty()
    }

    /// Its modules.
    pub(super) fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// Whether files were named rather than a folder.
    pub(super) fn is_partial(&self) -> bool {
        self.is_partial
    }

    /// The side as the reader takes it; a folder may have been listed already.
    pub(super) fn source<'f>(
        &self,
        side: &Release<'f>,
        listed: Option<&Listing>,
        sink: &mut Diagnostics,
    ) -> Source<'f> {
        Source {
            fs: side.fs,
            roots: self.roots.iter().chain(&self.beside).cloned().collect(),
            selection: self.selection(side, listed, sink),
        }
    }

    fn module_folders(&self) -> Vec<RelPath> {
        let modules = self.modules.iter();
        modules
            .filter_map(|module| self.base.join(module.path.as_str()))
            .collect()
    }

    /// What is compared.
    fn selection(
        &self,
        side: &Release<'_>,
        listed: Option<&Listing>,
        sink: &mut Diagnostics,
    ) -> Selection {
        if self.is_partial {
            let paths = side.paths.iter();
            let there = paths.filter(|path| side.fs.kind(path).is_some());
            return Selection::Files(there.cloned().collect());
        }
        if side.paths.iter().all(|path| side.fs.kind(path).is_none()) {
            return Selection::Files(Vec::new());
        }
        let excludes: Vec<RelPath> = self
            .modules
            .iter()
            .flat_map(|module| &module.excludes)
            .filter_map(|path| self.base.join(path.as_str()))
            .collect();
        if excludes.is_empty() && self.beside.is_empty() {
            let is_whole = self.roots == [super::root(side)];
            // Modules are listed by the reader, which knows what to say of those that are not there.
            return match listed.filter(|_| is_whole) {
                Some(listed) => {
                    listed.report(side, sink);
                    Selection::Files(listed.protos.clone())
                }
                None => Selection::All,
            };
        }
        let mut files = BTreeSet::new();
        for root in &self.roots {
            list(side.fs, root, &excludes, &mut files, sink);
        }
        Selection::Files(files.into_iter().collect())
    }

    /// What the imports of named files are read relative to: the modules that hold them, else the
    /// nearest folder above each from which its imports are found.
    fn roots_of_files(&self, side: &Release<'_>) -> Vec<RelPath> {
        if self.config.is_some() {
            return self.module_folders();
        }
        let mut roots = BTreeSet::new();
        for file in &side.paths {
            let above: Vec<RelPath> = ancestors(&file.parent()).collect();
            let imports = imports(side.fs, file);
            let root = above.iter().find(|root| {
                let mut there = imports.iter().filter_map(|import| root.join(import));
                there.any(|path| side.fs.kind(&path) == Some(EntryKind::File))
            });
            roots.extend(root.cloned());
        }
        let parents: BTreeSet<RelPath> = side.paths.iter().map(RelPath::parent).collect();
        let mut out: Vec<RelPath> = roots.iter().rev().cloned().collect();
        // A file without imports says nothing about its root; its own folder holds it.
        out.extend(
            parents
                .into_iter()
                .filter(|folder| !roots.iter().any(|root| folder.is_below(root))),
        );
        out
    }

    /// Paths of the `buf.yaml` as paths of units or of folders of units.
    pub(super) fn units_named(&self, paths: &[RelPath], sides: [&Release<'_>; 2]) -> Vec<String> {
        let config = self.config.as_ref();
        if config.is_some_and(|config| config.ignores_in_module) {
            return paths.iter().map(|path| path.as_str().to_owned()).collect();
        }
        self.units_below(paths, sides)
    }

    /// Paths relative to the folder of `buf.yaml` as paths of units or of folders of units.
    pub(super) fn units_below(&self, paths: &[RelPath], sides: [&Release<'_>; 2]) -> Vec<String> {
        let mut out = BTreeSet::new();
        for path in paths {
            for module in &self.modules {
                if path.is_below(&module.path) && *path != module.path {
                    out.insert(path.below(&module.path).to_owned());
                } else if module.path.is_below(path) {
                    // The whole module: everything that lies in its folder, on either side.
                    for side in sides {
                        let folder = super::root(side).join(module.path.as_str());
                        let entries = folder.map(|folder| side.fs.list(&folder));
                        let entries = entries.and_then(Result::ok).unwrap_or_default();
                        out.extend(entries.iter().map(|(path, _)| path.file_name().to_owned()));
                    }
                }
            }
        }
        out.into_iter().collect()
    }
}

/// A folder and those above it, the nearest first.
fn ancestors(folder: &RelPath) -> impl Iterator<Item = RelPath> + use<> {
    let mut next = Some(folder.clone());
    std::iter::from_fn(move || {
        let here = next.take()?;
        if !here.as_str().is_empty() {
            next = Some(here.parent());
        }
        Some(here)
    })
}

/// The folder of the `buf.yaml` that holds for named files: the nearest one above the first of them,
/// or that of the workspace which it belongs to, else the folder of that file.
fn config_folder(side: &Release<'_>) -> RelPath {
    let Some(file) = side.paths.first() else {
        return RelPath::root();
    };
    // What is wrong with a file is told when it is read for the comparison.
    let (mut sources, mut sink) = (SourceMap::default(), Diagnostics::default());
    let mut cx = Reading {
        fs: side.fs,
        release: Side::New,
        sources: &mut sources,
        sink: &mut sink,
    };
    let mut found = None;
    for folder in ancestors(&file.parent()) {
        if cx.is_file(&folder, BUF_WORK_YAML) && work::holds(&folder, file, &mut cx) {
            return folder;
        }
        if found.is_none() && cx.is_file(&folder, BUF_YAML) {
            found = Some(folder);
        }
    }
    found.unwrap_or_else(|| file.parent())
}

/// The folders that lie beside one in the nearest `buf.work.yaml` above it, if that names it.
fn folders_beside(side: &Release<'_>, folder: &RelPath) -> Vec<RelPath> {
    if folder.as_str().is_empty() {
        return Vec::new();
    }
    // A workspace that cannot be read is told when it is compared; here an import is missing.
    let (mut sources, mut sink) = (SourceMap::default(), Diagnostics::default());
    let mut cx = Reading {
        fs: side.fs,
        release: Side::New,
        sources: &mut sources,
        sink: &mut sink,
    };
    let mut above = ancestors(&folder.parent());
    let base = above.find(|base| cx.is_file(base, BUF_WORK_YAML));
    base.and_then(|base| work::beside(&base, folder, &mut cx))
        .unwrap_or_default()
}

/// What files of a side are read with.
pub(super) struct Reading<'r> {
    fs: &'r dyn ReadFs,
    release: Side,
    sources: &'r mut SourceMap,
    pub(super) sink: &'r mut Diagnostics,
}

impl Reading<'_> {
    /// Whether a folder holds a file of this name.
    pub(super) fn is_file(&self, folder: &RelPath, name: &str) -> bool {
        let path = folder.join(name);
        path.is_some_and(|path| self.fs.kind(&path) == Some(EntryKind::File))
    }

    /// The text of a file, which is there; why it is none is reported.
    pub(super) fn text(&mut self, path: &RelPath) -> Option<(FileId, Arc<str>)> {
        match self.fs.read(path, MAX_FILE_BYTES) {
            Ok(bytes) => self.text_of(path.clone(), bytes),
            Err(error) => {
                report_unreadable(path, &error, None, self.sink);
                None
            }
        }
    }

    fn text_of(&mut self, path: RelPath, bytes: Vec<u8>) -> Option<(FileId, Arc<str>)> {
        match bytes_to_text(bytes) {
            Ok(text) => {
                let file = self.sources.add(path, self.release, Arc::clone(&text));
                Some((file, text))
            }
            Err(problem) => {
                let file = self.sources.add(path, self.release, problem.text());
                problem.report(file, self.sink);
                None
            }
        }
    }

    /// The span of a whole file.
    pub(super) fn whole(&self, file: FileId) -> Span {
        let length = self.sources.file(file).text().len();
        Span::new(file, 0, u32::try_from(length).unwrap_or(u32::MAX))
    }
}

/// The `.proto` files below a folder that lie in no excluded one.
fn list(
    fs: &dyn ReadFs,
    dir: &RelPath,
    excludes: &[RelPath],
    out: &mut BTreeSet<RelPath>,
    sink: &mut Diagnostics,
) {
    let entries = match fs.list(dir) {
        Ok(entries) => entries,
        Err(error) => {
            report_unreadable(dir, &error, None, sink);
            return;
        }
    };
    for (path, kind) in entries {
        if excludes.contains(&path) {
            continue;
        }
        match kind {
            EntryKind::Dir => list(fs, &path, excludes, out, sink),
            _ if !path.file_name().ends_with(".proto") => {}
            EntryKind::File => {
                out.insert(path);
            }
            EntryKind::Astray | EntryKind::Unnamed => report_lost(fs, &path, kind, sink),
        }
    }
}

/// What a file says that it imports, well enough to find the folder that this is relative to; the
/// reader has the word about what it really imports.
fn imports(fs: &dyn ReadFs, file: &RelPath) -> Vec<String> {
    let bytes = fs.read(file, MAX_FILE_BYTES).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    text.lines()
        .filter_map(|line| {
            let rest = line.trim_start().strip_prefix("import")?;
            let path = rest.split(['"', '\'']).nth(1)?;
            (!path.starts_with("google/protobuf/")).then(|| path.to_owned())
        })
        .collect()
}
