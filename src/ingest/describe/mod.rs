//! Documents to descriptions: all that one of them promises, for comparisons.
//!
//! A document is read in the rounds of every import, then walked, which finds its files and reports
//! what is wrong with its frame, then read once more into a [`Description`]. What is only data is
//! never looked at, and no value is read twice. Trees are gone afterwards: a description holds
//! copies, and spans into the texts of the source map.

mod calls;
mod contradictions;
mod dialect;
mod events;
mod messages;
mod notes;
mod reader;
mod references;
mod shapes;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use self::dialect::Dialect;
use self::reader::Reader;
use super::fetch::{Wanted, fetch};
use super::load::{Input, report_unread_import};
use super::lookup::{Files, Place, State};
use super::rules::KEYWORD_IGNORED;
use super::walk::{Frame, Ignored, Walk, head};
use crate::diag::{Diagnostic, Diagnostics};
use crate::fs::ReadFs;
use crate::schema::{Datums, Description, Subject, Use};
use crate::syntax::{Mode, Value, report_unreadable};
use crate::text::{RelPath, Side, SourceMap, Span};

/// A description, and the schemas that were asked for by name.
type Parts = (Description, Vec<Option<Part>>);

/// What a part of a document is.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// A schema of values.
    Value(Use),
    /// An Avro schema.
    Datum(Arc<Datums>),
}

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

/// A document of which an import names parts.
#[derive(Debug, Clone)]
pub(crate) struct Parted {
    /// Its path.
    pub(crate) path: RelPath,
    /// Where it is imported.
    pub(crate) at: Span,
    /// Parts of it: a JSON Pointer (RFC 6901) each, or `/` and the name of a component.
    pub(crate) parts: Vec<Box<str>>,
}

/// What an import gave whose parts are named.
#[derive(Debug, Clone)]
pub(crate) struct Described {
    /// Everything that it says; `None` when it cannot be read, which was reported.
    pub(crate) description: Option<Arc<Description>>,
    /// What the parts satisfy, in their order; `None` for what is not there.
    pub(crate) parts: Vec<Option<Part>>,
    /// Every file that it comes from or that was looked for, by path.
    pub(crate) inputs: Vec<Input>,
}

/// Reads documents of which parts are named. Unlike in a comparison, every reference must lead
/// somewhere.
pub(crate) fn describe_parts(
    fs: &dyn ReadFs,
    side: Side,
    documents: &[Parted],
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Vec<Described> {
    let sides = documents.iter().map(|parted| Progress {
        document: Document {
            fs,
            path: &parted.path,
            side,
        },
        import: Some(parted),
        ..Progress::empty(fs, &parted.path, side)
    });
    let mut out = Vec::new();
    for progress in read_all(sides.collect(), sources) {
        let inputs = progress.inputs();
        let (found, diagnostics) = progress.finish();
        sink.absorb(diagnostics);
        let (description, parts) = found.unzip();
        out.push(Described {
            description: description.map(Arc::new),
            parts: parts.unwrap_or_default(),
            inputs,
        });
    }
    out
}

/// The same for several documents, in parallel. Files enter `sources` round by round and in a round
/// document by document, so their numbers do not depend on the number of threads.
pub(crate) fn describe_all(
    documents: &[Document<'_>],
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Vec<Option<Description>> {
    let sides = documents
        .iter()
        .map(|document| Progress::empty(document.fs, document.path, document.side));
    let sides = read_all(sides.collect(), sources);
    let ignored: Vec<_> = sides.iter().map(Progress::ignored).collect();
    let described: Vec<_> = sides.into_par_iter().map(Progress::finish).collect();
    let (mut descriptions, mut said): (Vec<_>, Vec<_>) = described.into_iter().unzip();
    if let Some(last) = said.pop() {
        // Who mends the last document has nothing to mend in those before it.
        let known: BTreeSet<(&str, String)> = last.iter().map(identity).collect();
        for earlier in &mut said {
            earlier.retain(|finding| {
                !finding.rule().category.is_adjustable() || !known.contains(&identity(finding))
            });
        }
        said.push(last);
    }
    said.into_iter().for_each(|found| sink.absorb(found));
    report_ignored(&ignored, sink);
    descriptions
        .iter_mut()
        .map(|found| found.take().map(|(description, _)| description))
        .collect()
}

/// What a finding says, wherever it stands.
fn identity(finding: &Diagnostic) -> (&'static str, String) {
    (finding.rule().name, finding.headline().to_owned())
}

/// Tells what says nothing in the last document and meant something in one before it.
fn report_ignored(documents: &[BTreeMap<Ignored, (Span, usize)>], sink: &mut Diagnostics) {
    let Some((last, earlier)) = documents.split_last() else {
        return;
    };
    for (what, (at, count)) in last {
        if earlier.is_empty() || earlier.iter().any(|before| before.contains_key(what)) {
            continue;
        }
        let (headline, help) = match what {
            Ignored::Nullable => (
                "`nullable` says nothing since OpenAPI 3.1",
                "write `type: [string, \"null\"]` where `null` is allowed",
            ),
            Ignored::Siblings => (
                "keywords beside a `$ref` say nothing before OpenAPI 3.1",
                "write `allOf` with the `$ref` as one part and the keywords as another",
            ),
        };
        let draft = sink
            .report(&KEYWORD_IGNORED, headline)
            .at(*at, "ignored here");
        let draft = match count.checked_sub(1) {
            None | Some(0) => draft,
            Some(1) => draft.note("and in one other place of the document"),
            Some(more) => draft.note(format_args!("and in {more} other places of the document")),
        };
        draft.help(help);
    }
}

/// Reads everything that these documents refer to.
fn read_all<'f>(mut sides: Vec<Progress<'f>>, sources: &mut SourceMap) -> Vec<Progress<'f>> {
    while sides.iter().any(|side| !side.wanted.is_empty()) {
        let wanted = sides.iter_mut().map(|side| Wanted {
            fs: side.document.fs,
            side: side.document.side,
            mode: match side.import {
                Some(_) => Mode::Schema,
                None => Mode::Compared,
            },
            files: &mut side.files,
            paths: std::mem::take(&mut side.wanted),
        });
        let found = fetch(wanted.collect(), sources);
        for (side, found) in sides.iter_mut().zip(found) {
            side.found.absorb(found);
        }
        sides.par_iter_mut().for_each(Progress::walk);
    }
    sides
}

/// A document on its way.
struct Progress<'f> {
    document: Document<'f>,
    /// The import that names it and its parts.
    import: Option<&'f Parted>,
    files: Files,
    walk: Option<Walk>,
    wanted: BTreeSet<RelPath>,
    found: Diagnostics,
}

impl<'f> Progress<'f> {
    fn empty(fs: &'f dyn ReadFs, path: &'f RelPath, side: Side) -> Self {
        Progress {
            document: Document { fs, path, side },
            import: None,
            files: Files::default(),
            walk: None,
            wanted: BTreeSet::from([path.clone()]),
            found: Diagnostics::default(),
        }
    }

    fn walk(&mut self) {
        let root = self.files.by_path[self.document.path];
        let is_import = self.import.is_some();
        let walk = self.walk.get_or_insert_with(|| match is_import {
            true => Walk::importing(root),
            false => Walk::comparing(root),
        });
        self.wanted = walk.run(&self.files);
    }

    /// What says nothing in it.
    fn ignored(&self) -> BTreeMap<Ignored, (Span, usize)> {
        let walk = self.walk.as_ref();
        walk.map(|walk| walk.ignored().clone()).unwrap_or_default()
    }

    /// Every file that was read or looked for, by path.
    fn inputs(&self) -> Vec<Input> {
        let docs = self.walk.iter().flat_map(Walk::closure);
        let mut inputs: Vec<Input> = docs
            .map(|doc| Input {
                path: self.files.docs[doc].path.clone(),
                hash: self.files.docs[doc].hash,
            })
            .collect();
        inputs.sort_by(|l, r| l.path.cmp(&r.path));
        inputs
    }

    fn finish(self) -> (Option<Parts>, Diagnostics) {
        let Progress {
            document,
            import,
            files,
            walk,
            mut found,
            ..
        } = self;
        let Some(mut walk) = walk else {
            return (None, found);
        };
        let description = match &files.docs[walk.root()].state {
            State::Ready(tree) => {
                let parts = import.map_or(&[][..], |import| &import.parts);
                read(&files, tree.root(), parts, &mut walk)
            }
            State::Broken => None,
            State::Unread { error, beside } => {
                match import {
                    Some(import) => {
                        report_unread_import(document.path, error, beside, import.at, &mut found);
                    }
                    None => report_unreadable(document.path, error, None, &mut found),
                }
                None
            }
        };
        found.absorb(walk.finish());
        // What is half understood is not compared.
        let description = description.filter(|_| !found.has_errors());
        (description, found)
    }
}

/// The description of a document whose walk is done, and what its parts satisfy; `None` when it is no
/// document of a kind that is read, which the walk reported.
fn read(files: &Files, root: Value<'_>, parts: &[Box<str>], walk: &mut Walk) -> Option<Parts> {
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
    let parts = parts
        .iter()
        .map(|pointer| part(&mut reader, place, frame, pointer))
        .collect();
    reader.drain();
    reader.imply_mappings();
    reader.direct_properties();
    reader.judge_circles();
    if reader.is_comparing() {
        reader.judge_contradictions();
    }
    if reader.budget.is_spent() {
        reader.past_limit("the document repeats too much text", head(root));
    }
    let description = Description {
        span: head(root),
        version: own_version,
        shapes: reader.into_shapes(),
        subject,
    };
    Some((description, parts))
}

/// Where documents keep what has a name.
const NAMED: [(Frame, &[&str]); 3] = [
    (Frame::OpenApi, &["/components/schemas"]),
    (
        Frame::AsyncApi,
        &["/components/messages", "/components/schemas"],
    ),
    (Frame::Schema, &["/$defs", "/definitions"]),
];

/// What a part of the document satisfies: what a JSON Pointer leads to, else the component of this
/// name. A message stands for its payload.
fn part<'t>(
    reader: &mut Reader<'t, '_>,
    root: Place<'t>,
    frame: Frame,
    pointer: &str,
) -> Option<Part> {
    let mut written = pointer.to_owned();
    let mut found = root.value.pointer(pointer);
    if found.is_none() && pointer.matches('/').count() == 1 {
        let rooms = NAMED.iter().find(|(other, _)| *other == frame);
        let rooms = rooms.into_iter().flat_map(|(_, rooms)| *rooms);
        for full in rooms.map(|room| format!("{room}{pointer}")) {
            if let Some(value) = root.value.pointer(&full) {
                (written, found) = (full, Some(value));
                break;
            }
        }
    }
    let place = Place {
        value: found?,
        ..root
    };
    let used = match frame {
        Frame::AsyncApi => {
            let is_message = written.starts_with("/components/messages/")
                || (written.starts_with("/channels/") && written.contains("/messages/"));
            let value = if is_message {
                let message = reader.target(place)?;
                let value = message.value.get("payload")?;
                Place { value, ..message }
            } else {
                place
            };
            if let Some(datums) = events::datums(reader, value) {
                return datums.map(Part::Datum);
            }
            events::payload(reader, value)?
        }
        Frame::OpenApi | Frame::Schema => {
            let dialect = reader.dialect_in(place.doc, Dialect::Draft2020);
            reader.using(place, dialect)
        }
    };
    Some(Part::Value(used))
}

#[cfg(test)]
mod tests;
