//! Documents: OpenAPI, AsyncAPI, JSON Schema, Avro.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::ignored::Ignored;
use super::{InputKind, Release, root};
use crate::compat::{self, Policy};
use crate::diag::{Diagnostic, Diagnostics};
use crate::ingest::{Document, describe_all, read_avro};
use crate::schema::{Datums, Description, Subject};
use crate::syntax::rules::FILE_UNREADABLE;
use crate::text::{RelPath, Side, SourceMap, Span};

/// Two documents that belong together.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) old: RelPath,
    pub(super) new: RelPath,
    /// What the change is held to.
    pub(super) policy: Policy,
}

/// A document that was read.
#[derive(Debug)]
enum Read {
    Described(Description),
    Avro(Datums),
}

impl Read {
    /// What it is, in words.
    fn words(&self) -> &'static str {
        match self {
            Read::Described(description) => match description.subject {
                Subject::Calls(_) => "an OpenAPI document",
                Subject::Events(_) => "an AsyncAPI document",
                Subject::Values(_) => "a JSON Schema",
            },
            Read::Avro(_) => "an Avro schema",
        }
    }

    fn span(&self) -> Span {
        match self {
            Read::Described(description) => description.span,
            Read::Avro(datums) => datums.span,
        }
    }

    fn against(
        &self,
        old: &Read,
        policy: &Policy,
        is_wanted: &dyn Fn(&Diagnostic) -> bool,
    ) -> Diagnostics {
        match (old, self) {
            (Read::Described(was), Read::Described(is)) => {
                compat::check_descriptions(was, is, policy, is_wanted)
            }
            (Read::Avro(was), Read::Avro(is)) => {
                let mut found = compat::check_datums(was, is, policy);
                found.retain(is_wanted);
                found
            }
            // Those are no pair.
            _ => Diagnostics::default(),
        }
    }
}

/// What came of pairs of documents.
pub(super) struct Judged {
    /// Findings about each pair, in their order.
    pub(super) found: Vec<Diagnostics>,
    /// Whether any text differs.
    pub(super) is_changed: bool,
}

/// Compares pairs of documents. Each document is read once, however many pairs it is in, all of them
/// in parallel; those that are `added` are only read, so that it is told what is wrong with them.
pub(super) fn judge(
    [old, new]: [&Release<'_>; 2],
    pairs: &[Pair],
    added: &[RelPath],
    ignored: &Ignored<'_>,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Option<Judged> {
    let first = sources.files().len();
    let mut documents: Vec<Document<'_>> = Vec::new();
    let mut places: BTreeMap<(bool, &RelPath), usize> = BTreeMap::new();
    let ends = pairs
        .iter()
        .flat_map(|pair| [(old, &pair.old, Side::Old), (new, &pair.new, Side::New)]);
    let added = added.iter().map(|path| (new, path, Side::New));
    for (release, path, side) in ends.chain(added) {
        places.entry((side == Side::Old, path)).or_insert_with(|| {
            documents.push(Document {
                fs: release.fs,
                path,
                side,
            });
            documents.len() - 1
        });
    }
    let read = read_all(&documents, sources, sink);
    let of = |is_old, path| read[places[&(is_old, path)]].as_ref();
    let mut ready = Vec::new();
    for pair in pairs {
        if let (Some(was), Some(is)) = (of(true, &pair.old), of(false, &pair.new))
            && is_one_kind(pair, was, is, sink)
        {
            ready.push((pair, was, is));
        }
    }
    if sink.has_errors() {
        return None;
    }
    let sources = &*sources;
    let is_wanted = |finding: &Diagnostic| !ignored.covers(finding, sources);
    let found: Vec<Diagnostics> = ready
        .par_iter()
        .map(|(pair, was, is)| is.against(was, &pair.policy, &is_wanted))
        .collect();
    let text = |read: &Read| sources.file(read.span().file).text();
    let is_changed = ready.iter().any(|(_, was, is)| text(was) != text(is))
        || parts(old, Side::Old, first, pairs, sources)
            != parts(new, Side::New, first, pairs, sources);
    Some(Judged { found, is_changed })
}

/// Reads documents, in their order; `None` stands for what cannot be read, which is reported.
fn read_all(
    documents: &[Document<'_>],
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Vec<Option<Read>> {
    let is_avro =
        |document: &Document<'_>| InputKind::of_file(document.path) == Some(InputKind::Avro);
    let others: Vec<Document<'_>> = (documents.iter().copied())
        .filter(|document| !is_avro(document))
        .collect();
    let mut described = describe_all(&others, sources, sink).into_iter();
    let read = documents.iter().map(|document| match is_avro(document) {
        true => {
            let Document { fs, path, side } = *document;
            let file = read_avro(fs, path, side, None, sources, sink);
            file.datums.map(Read::Avro)
        }
        false => described.next().flatten().map(Read::Described),
    });
    read.collect()
}

/// The files beside the documents that were read for them, below the folder that is compared.
fn parts<'s>(
    release: &Release<'_>,
    side: Side,
    first: usize,
    pairs: &[Pair],
    sources: &'s SourceMap,
) -> BTreeMap<&'s str, &'s str> {
    let roots: BTreeSet<&RelPath> = pairs
        .iter()
        .map(|pair| match side {
            Side::Old => &pair.old,
            Side::New => &pair.new,
        })
        .collect();
    let folder = root(release);
    let files = sources.files()[first..].iter();
    files
        .filter(|file| file.side() == side && !roots.contains(file.path()))
        .map(|file| (file.path().below(&folder), file.text()))
        .collect()
}

fn is_one_kind(pair: &Pair, was: &Read, is: &Read, sink: &mut Diagnostics) -> bool {
    if was.words() == is.words() {
        return true;
    }
    sink.report(
        &FILE_UNREADABLE,
        format_args!(
            "`{}` and `{}` cannot be compared: one is {}, the other {}",
            pair.old,
            pair.new,
            was.words(),
            is.words()
        ),
    )
    .at(was.span(), "the old side")
    .also(is.span(), "the new side")
    .help("name two of a kind");
    false
}
