//! Documents: OpenAPI, AsyncAPI, JSON Schema.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::ignored::Ignored;
use super::{Release, root};
use crate::compat::{self, Policy};
use crate::diag::Diagnostics;
use crate::ingest::{Document, describe_all};
use crate::schema::{Description, Subject};
use crate::syntax::rules::FILE_UNREADABLE;
use crate::text::{RelPath, Side, SourceMap};

/// Two documents that belong together.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) old: RelPath,
    pub(super) new: RelPath,
    /// What the change is held to.
    pub(super) policy: Policy,
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
    let described = describe_all(&documents, sources, sink);
    let of = |is_old, path| described[places[&(is_old, path)]].as_ref();
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
    let is_wanted = |finding: &crate::diag::Diagnostic| !ignored.covers(finding, sources);
    let found: Vec<Diagnostics> = ready
        .par_iter()
        .map(|(pair, was, is)| compat::check_descriptions(was, is, &pair.policy, &is_wanted))
        .collect();
    let text = |description: &Description| sources.file(description.span.file).text();
    let is_changed = ready.iter().any(|(_, was, is)| text(was) != text(is))
        || parts(old, Side::Old, first, pairs, sources)
            != parts(new, Side::New, first, pairs, sources);
    Some(Judged { found, is_changed })
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

fn is_one_kind(pair: &Pair, was: &Description, is: &Description, sink: &mut Diagnostics) -> bool {
    if std::mem::discriminant(&was.subject) == std::mem::discriminant(&is.subject) {
        return true;
    }
    sink.report(
        &FILE_UNREADABLE,
        format_args!(
            "`{}` and `{}` cannot be compared: one is {}, the other {}",
            pair.old,
            pair.new,
            words(&was.subject),
            words(&is.subject)
        ),
    )
    .at(was.span, "the old side")
    .also(is.span, "the new side")
    .help("name two of a kind");
    false
}

/// What a document is, in words.
fn words(subject: &Subject) -> &'static str {
    match subject {
        Subject::Calls(_) => "an OpenAPI document",
        Subject::Events(_) => "an AsyncAPI document",
        Subject::Values(_) => "a JSON Schema",
    }
}
