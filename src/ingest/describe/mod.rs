//! Documents to descriptions: all that one of them promises, for comparisons.
//!
//! A document is read in the rounds of every import, then walked, which finds its files and reports
//! what is wrong with its frame, then read once more into a [`Description`]. What is only data is
//! never looked at, and no value is read twice. Trees are gone afterwards: a description holds
//! copies, and spans into the texts of the source map.

mod calls;
mod dialect;
mod events;
mod messages;
mod notes;
mod reader;
mod references;
mod shapes;
mod values;

use std::collections::BTreeSet;

use rayon::prelude::*;

use self::dialect::Dialect;
use self::reader::Reader;
use super::fetch::{Wanted, fetch};
use super::lookup::{Files, Place, State};
use super::walk::{Frame, Walk, head};
use crate::diag::Diagnostics;
use crate::fs::ReadFs;
use crate::schema::{Description, Subject};
use crate::syntax::{Value, report_unreadable};
use crate::text::{RelPath, Side, SourceMap};

/// A document to describe.
#[derive(Clone, Copy)]
pub(crate) struct Document<'f> {
    /// Where it lies.
    pub(crate) fs: &'f dyn ReadFs,
    /// Its path there.
    pub(crate) path: &'f RelPath,
    /// The side of the comparison that it is.
    pub(crate) side: Side,
}

/// Reads the document at `path` with everything that it refers to. `None` when it cannot be compared,
/// which is reported as an error.
pub(crate) fn describe(
    fs: &dyn ReadFs,
    path: &RelPath,
    side: Side,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Option<Description> {
    let document = Document { fs, path, side };
    describe_all(&[document], sources, sink).pop().flatten()
}

/// The same for several documents, in parallel. Files enter `sources` round by round and in a round
/// document by document, so their numbers do not depend on the number of threads.
pub(crate) fn describe_all(
    documents: &[Document<'_>],
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Vec<Option<Description>> {
    let mut sides: Vec<Progress<'_>> = documents
        .iter()
        .map(|document| Progress {
            document: *document,
            files: Files::default(),
            walk: None,
            wanted: BTreeSet::from([document.path.clone()]),
            found: Diagnostics::default(),
        })
        .collect();
    while sides.iter().any(|side| !side.wanted.is_empty()) {
        let wanted = sides.iter_mut().map(|side| Wanted {
            fs: side.document.fs,
            side: side.document.side,
            files: &mut side.files,
            paths: std::mem::take(&mut side.wanted),
        });
        let found = fetch(wanted.collect(), sources);
        for (side, found) in sides.iter_mut().zip(found) {
            side.found.absorb(found);
        }
        sides.par_iter_mut().for_each(Progress::walk);
    }
    let described: Vec<(Option<Description>, Diagnostics)> =
        sides.into_par_iter().map(Progress::finish).collect();
    let mut out = Vec::new();
    for (description, found) in described {
        sink.absorb(found);
        out.push(description);
    }
    out
}

/// A document on its way.
struct Progress<'f> {
    document: Document<'f>,
    files: Files,
    walk: Option<Walk>,
    wanted: BTreeSet<RelPath>,
    found: Diagnostics,
}

impl Progress<'_> {
    fn walk(&mut self) {
        let root = self.files.by_path[self.document.path];
        let walk = self.walk.get_or_insert_with(|| Walk::comparing(root));
        self.wanted = walk.run(&self.files);
    }

    fn finish(self) -> (Option<Description>, Diagnostics) {
        let Progress {
            document,
            files,
            walk,
            mut found,
            ..
        } = self;
        let Some(mut walk) = walk else {
            return (None, found);
        };
        let description = match &files.docs[walk.root()].state {
            State::Ready(tree) => read(&files, tree.root(), &mut walk),
            State::Broken => None,
            State::Unread { error, .. } => {
                report_unreadable(document.path, error, None, &mut found);
                None
            }
        };
        found.absorb(walk.finish());
        // What is half understood is not compared.
        let description = description.filter(|_| !found.has_errors());
        (description, found)
    }
}

/// The description of a document whose walk is done; `None` when it is no document of a kind that is
/// read, which the walk reported.
fn read(files: &Files, root: Value<'_>, walk: &mut Walk) -> Option<Description> {
    let version = walk.version()?;
    let frame = walk.frame();
    let mut reader = Reader::new(files, walk, head(root));
    let own_version = root
        .pointer("/info/version")
        .filter(|_| frame != Frame::Schema)
        .and_then(|version| Some((version.scalar_text()?, version.text_span())))
        .map(|(text, span)| reader.copy(text, span));
    let place = Place {
        doc: reader.root(),
        value: root,
        resource: None,
    };
    let subject = match frame {
        Frame::OpenApi => Subject::Calls(Box::new(calls::calls(&mut reader, place, version))),
        Frame::AsyncApi => Subject::Events(events::events(&mut reader, place)),
        Frame::Schema => {
            let dialect = reader.dialect_in(place.doc, Dialect::Draft2020);
            Subject::Values(reader.using(place, dialect))
        }
    };
    reader.drain();
    reader.imply_mappings();
    reader.direct_properties();
    reader.judge_circles();
    if reader.budget.is_spent() {
        reader.past_limit("the document repeats too much text", head(root));
    }
    Some(Description {
        span: head(root),
        version: own_version,
        shapes: reader.into_shapes(),
        subject,
    })
}

#[cfg(test)]
mod tests;
