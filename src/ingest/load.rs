//! Rounds of reading: the files of all imports, each once.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use super::fetch::{Wanted, fetch};
use super::lookup::{Files, State, nearest};
use super::operations;
use super::reference::{Refused, scheme};
use super::rules;
use super::walk::Walk;
use crate::diag::{Diagnostics, Phase, Rule};
use crate::fs::ReadFs;
use crate::schema::Api;
use crate::syntax::{Mode, report_unreadable};
use crate::text::{ContentHash, RelPath, Side, SourceMap, Span};

/// An import of a contract, its path read relative to the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportRef {
    /// The document.
    pub(crate) path: RelPath,
    /// Where the contract names it.
    pub(crate) at: Span,
}

/// What an import gave.
#[derive(Debug, Clone)]
pub(crate) struct Imported {
    /// The operations, shared by all imports of the document; `None` when it is no OpenAPI document.
    pub(crate) api: Option<Arc<Api>>,
    /// Every file that the operations and their schemas come from or were looked for in, by path.
    pub(crate) inputs: Arc<[Input]>,
}

/// A file that an import depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// Where it lies.
    pub(crate) path: RelPath,
    /// Hash of its bytes; `None` when it was looked for and could not be read.
    pub(crate) hash: Option<ContentHash>,
}

impl ImportRef {
    /// Reads the path that the contract at `contract` writes at `at`. `None` when it leads out of
    /// the workspace or to a network, which is reported.
    pub(crate) fn resolve(
        contract: &RelPath,
        text: &str,
        at: Span,
        sink: &mut Diagnostics,
    ) -> Option<Self> {
        // Unlike a reference this is a path and no address: `%20` and `#` stand for themselves.
        let refused = if scheme(text).is_some_and(|scheme| scheme.len() > 1) {
            report_remote(&rules::REMOTE_REF, text, at, sink);
            return None;
        } else if text.starts_with('/') || scheme(text).is_some() {
            Refused::Absolute
        } else {
            match contract.parent().join(text) {
                Some(path) => return Some(ImportRef { path, at }),
                None => Refused::Above,
            }
        };
        report_refused(&rules::PATH_OUTSIDE_WORKSPACE, text, refused, at, sink);
        None
    }
}

/// Reads documents through a file system, each file once.
pub(crate) struct Loader<'f> {
    fs: &'f dyn ReadFs,
    side: Side,
    files: Files,
    done: BTreeMap<RelPath, Imported>,
}

impl<'f> Loader<'f> {
    /// A loader that has read nothing yet.
    pub(crate) fn new(fs: &'f dyn ReadFs, side: Side) -> Self {
        Loader {
            fs,
            side,
            files: Files::default(),
            done: BTreeMap::new(),
        }
    }

    /// What `imports` give, in their order. May be called again: a document that was loaded before
    /// is not read again, and what is wrong in it not said again.
    ///
    /// Files enter `sources` round by round, and in a round in the order of their paths, so their
    /// numbers depend on `imports` alone.
    pub(crate) fn load(
        &mut self,
        imports: &[ImportRef],
        sources: &mut SourceMap,
    ) -> Phase<Vec<Imported>> {
        let mut sink = Diagnostics::default();
        let roots: BTreeSet<RelPath> = imports
            .iter()
            .map(|import| import.path.clone())
            .filter(|path| !self.done.contains_key(path))
            .collect();
        self.fetch(&roots, sources, &mut sink);
        let mut walks: Vec<Walk> = roots
            .iter()
            .map(|path| Walk::new(self.files.by_path[path]))
            .collect();
        loop {
            let files = &self.files;
            let wanted: Vec<BTreeSet<RelPath>> =
                walks.par_iter_mut().map(|walk| walk.run(files)).collect();
            let wanted: BTreeSet<RelPath> = wanted.into_iter().flatten().collect();
            if wanted.is_empty() {
                break;
            }
            self.fetch(&wanted, sources, &mut sink);
        }
        let files = &self.files;
        let finished: Vec<(RelPath, Imported, Diagnostics)> = walks
            .into_par_iter()
            .map(|mut walk| {
                let api = operations::read(files, &mut walk).map(Arc::new);
                let inputs = walk.closure().map(|doc| Input {
                    path: files.docs[doc].path.clone(),
                    hash: files.docs[doc].hash,
                });
                let mut inputs: Vec<Input> = inputs.collect();
                inputs.sort_by(|l, r| l.path.cmp(&r.path));
                let inputs = inputs.into();
                let path = files.docs[walk.root()].path.clone();
                (path, Imported { api, inputs }, walk.finish())
            })
            .collect();
        for (path, imported, found) in finished {
            sink.absorb(found);
            self.done.insert(path, imported);
        }
        for import in imports {
            let doc = &self.files.docs[self.files.by_path[&import.path]];
            if let State::Unread { error, beside } = &doc.state {
                report_unread_import(&import.path, error, beside, import.at, &mut sink);
            }
        }
        let value = imports
            .iter()
            .map(|import| self.done[&import.path].clone())
            .collect();
        Phase {
            value,
            diagnostics: sink,
        }
    }

    /// Reads and parses files that were not read yet.
    fn fetch(
        &mut self,
        paths: &BTreeSet<RelPath>,
        sources: &mut SourceMap,
        sink: &mut Diagnostics,
    ) {
        let wanted = Wanted {
            fs: self.fs,
            side: self.side,
            mode: Mode::Schema,
            files: &mut self.files,
            paths: paths.clone(),
        };
        for found in fetch(vec![wanted], sources) {
            sink.absorb(found);
        }
    }
}

// === messages that imports and references share ===

/// Whether a read failed because a symbolic link leads out of the workspace: that refusal is made
/// by the reader, so it carries no number of the operating system.
pub(super) fn leads_outside(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied && error.raw_os_error().is_none()
}

pub(super) fn report_link_outside(
    rule: &'static Rule,
    path: &RelPath,
    at: Span,
    sink: &mut Diagnostics,
) {
    sink.report(
        rule,
        format_args!("`{path}` is a symbolic link that leads out of the workspace"),
    )
    .at(at, "leads out of the workspace")
    .help("copy the file into the workspace");
}

pub(super) fn report_refused(
    rule: &'static Rule,
    text: &str,
    refused: Refused,
    at: Span,
    sink: &mut Diagnostics,
) {
    let text = super::lookup::clip(text);
    let (headline, help) = match refused {
        Refused::Above => (
            format!("`{text}` leads out of the workspace"),
            "move the file into the workspace",
        ),
        Refused::Absolute => (
            format!("`{text}` is an absolute path"),
            "write a path relative to this file",
        ),
    };
    sink.report(rule, headline)
        .at(at, "nothing outside the workspace is read")
        .help(help);
}

pub(super) fn report_remote(rule: &'static Rule, text: &str, at: Span, sink: &mut Diagnostics) {
    let text = super::lookup::clip(text);
    sink.report(
        rule,
        format_args!("`{text}` is an address, and addresses are never fetched"),
    )
    .at(at, "no file below the workspace has this name")
    .help("save the document in the workspace and name the file");
}

pub(super) fn report_unread_import(
    path: &RelPath,
    error: &io::Error,
    beside: &[Box<str>],
    at: Span,
    sink: &mut Diagnostics,
) {
    if leads_outside(error) {
        report_link_outside(&rules::PATH_OUTSIDE_WORKSPACE, path, at, sink);
    } else if error.kind() == io::ErrorKind::NotFound {
        let draft = sink
            .report(
                &rules::IMPORT_NOT_FOUND,
                format_args!("there is no file `{path}`"),
            )
            .at(at, "imported here");
        match nearest(path.file_name(), beside.iter().map(|name| &**name)) {
            Some(name) => draft.help(format_args!("did you mean `{name}`?")),
            None => draft.help("check the path; it is read relative to the contract"),
        };
    } else {
        report_unreadable(path, error, Some(at), sink);
    }
}
