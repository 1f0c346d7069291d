//! The files of a run, and how a reference finds its target in them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, OnceLock};

use super::index::Index;
use super::reference::{Base, Reference, Refused, parse, percent_decode, unescape_segment};
use crate::syntax::{Key, Tree, Value};
use crate::text::{self, ContentHash, Likeness, MAX_COMPARED, RelPath};

/// Everything that was read, by path; numbers are handed out in the order of reading.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) by_path: BTreeMap<RelPath, usize>,
    pub(super) docs: Vec<Doc>,
}

/// A file that was read, or looked for.
#[derive(Debug)]
pub(super) struct Doc {
    pub(super) path: RelPath,
    /// Of its bytes; absent when it could not be read.
    pub(super) hash: Option<ContentHash>,
    /// Its text; empty when it could not be read.
    pub(super) text: Arc<str>,
    pub(super) state: State,
    /// Whether an `$id` or `$self` may stand in it.
    pub(super) has_ids: bool,
    /// Whether a `$schema` may stand in it.
    pub(super) has_dialects: bool,
    pub(super) index: OnceLock<Index>,
}

/// What became of a file.
#[derive(Debug)]
pub(super) enum State {
    /// It is a document.
    Ready(Tree),
    /// It is none, which was reported when it was read.
    Broken,
    /// It cannot be read; every use reports that at its own place.
    Unread {
        error: io::Error,
        /// Names of files in the same folder, when it is not there.
        beside: Vec<Box<str>>,
    },
}

/// A value with what references in it are relative to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) doc: usize,
    pub(super) value: Value<'t>,
    /// Number of the schema with an `$id` around it.
    pub(super) resource: Option<usize>,
}

/// Why a fragment leads nowhere.
#[derive(Debug)]
pub(super) struct Lost<'t> {
    /// As far as it led: the pointer and the value there.
    pub(super) reached: Option<(String, Value<'t>)>,
    /// The name that is missing there, or the anchor.
    pub(super) missing: String,
}

impl Doc {
    /// The document, if it is one.
    pub(super) fn tree(&self) -> Option<&Tree> {
        match &self.state {
            State::Ready(tree) => Some(tree),
            State::Broken | State::Unread { .. } => None,
        }
    }

    /// Names that schemas in it give themselves.
    pub(super) fn index(&self) -> Option<&Index> {
        let tree = self.tree()?;
        Some(self.index.get_or_init(|| Index::of(tree, &self.path)))
    }

    /// The index, of a file that may hold an `$id`.
    pub(super) fn ids(&self) -> Option<&Index> {
        if self.has_ids { self.index() } else { None }
    }
}

impl Files {
    /// Takes a reference apart, relative to where it stands.
    pub(super) fn reference<'t>(
        &self,
        doc: usize,
        resource: Option<usize>,
        text: &'t str,
    ) -> Result<Reference<'t>, Refused> {
        let doc = &self.docs[doc];
        let own = resource.and_then(|at| doc.ids()?.resources.get(at));
        match own {
            Some(own) => parse(text, &own.base),
            None => parse(text, &Base::File(doc.path.clone())),
        }
    }

    /// The value that a fragment names in a document that is ready.
    pub(super) fn find(
        &self,
        doc: usize,
        resource: Option<usize>,
        fragment: &str,
    ) -> Result<Place<'_>, Lost<'_>> {
        let nothing = || Lost {
            reached: None,
            missing: fragment.to_owned(),
        };
        let file = &self.docs[doc];
        let root = file.tree().ok_or_else(nothing)?.root();
        let decoded = percent_decode(fragment);
        let own = resource
            .and_then(|at| file.ids()?.resources.get(at))
            .map_or("", |own| &*own.pointer);
        let arrive = |pointer: &str| {
            let value = root.pointer(pointer)?;
            Some(Place {
                doc,
                value,
                resource: file.ids().and_then(|index| index.around(pointer)),
            })
        };
        if decoded.is_empty() {
            return arrive(own).ok_or_else(nothing);
        }
        if !decoded.starts_with('/') {
            let pointer = file.index().and_then(|index| index.anchors.get(&*decoded));
            return pointer
                .and_then(|pointer| arrive(pointer))
                .ok_or_else(nothing);
        }
        // To the letter a pointer in a schema with an `$id` begins at that schema. Many documents
        // use `$id` as a mere label and mean the document, so that is tried as well; and some
        // forget to escape a `%` of a key.
        let tries = [
            Cow::Owned(format!("{own}{decoded}")),
            Cow::Borrowed(&*decoded),
            Cow::Borrowed(fragment),
        ];
        tries
            .iter()
            .find_map(|pointer| arrive(pointer))
            .ok_or_else(|| lost(root, &decoded))
    }
}

/// How far a pointer leads.
fn lost<'t>(root: Value<'t>, pointer: &str) -> Lost<'t> {
    let mut reached = root;
    let mut end = 0;
    for segment in pointer[1..].split('/') {
        let Some(next) = reached.pointer(&format!("/{segment}")) else {
            return Lost {
                reached: Some((pointer[..end].to_owned(), reached)),
                missing: unescape_segment(segment).into_owned(),
            };
        };
        reached = next;
        end += 1 + segment.len();
    }
    Lost {
        reached: None,
        missing: pointer.to_owned(),
    }
}

/// The name that `word` was likely meant to be; in the order of the alphabet, since that of a document
/// says nothing.
pub(super) fn nearest<'c>(word: &str, names: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let mut sorted: Vec<&str> = names.take(MAX_COMPARED).collect();
    sorted.sort_unstable();
    text::nearest(word, sorted, &Likeness::GIVEN)
}

/// The key that a missing name was likely meant to be.
pub(super) fn nearest_key<'t>(word: &str, mapping: Value<'t>) -> Option<Key<'t>> {
    let name = nearest(word, mapping.entries().map(|(key, _)| key.text))?;
    mapping.get_entry(name).map(|(key, _)| key)
}

/// A text short enough for a message, control characters escaped.
pub(super) fn clip(text: &str) -> String {
    const SHOWN: usize = 80;
    let mut out = String::new();
    for (count, char) in text.chars().enumerate() {
        if count == SHOWN {
            out.push_str("...");
            break;
        }
        if char.is_control() {
            out.extend(char.escape_default());
        } else {
            out.push(char);
        }
    }
    out
}
