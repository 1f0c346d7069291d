//! Files that were made, and the refusal of two owners of one path.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::rules;
use crate::diag::Diagnostics;
use crate::text::{RelPath, Span};

/// A path inside the folder of an emitter and a unit, such as `ecds/user.v1.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ArtifactPath(String);

impl ArtifactPath {
    /// A path that an emitter composed of names that were checked.
    pub(crate) fn new(path: impl Into<String>) -> Self {
        let path = path.into();
        debug_assert!(
            RelPath::new(&path).is_some_and(|clean| clean.as_str() == path),
            "{path}"
        );
        ArtifactPath(path)
    }

    /// The path as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file that an emitter made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Artifact {
    /// Where it goes, inside the folder of its emitter and unit.
    pub(crate) path: ArtifactPath,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

impl Artifact {
    /// An artifact of text.
    pub(crate) fn text(path: impl Into<String>, text: String) -> Self {
        Artifact {
            path: ArtifactPath::new(path),
            bytes: text.into_bytes(),
        }
    }

    /// An artifact of bytes.
    pub(crate) fn bytes(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Artifact {
            path: ArtifactPath::new(path),
            bytes,
        }
    }
}

/// Files by their path in the workspace, each with the emitter that owns it.
#[derive(Debug, Default)]
pub(crate) struct ArtifactSet {
    files: BTreeMap<RelPath, (&'static str, Vec<u8>)>,
}

impl ArtifactSet {
    /// Takes a file in. A second owner of a path is refused, and both are named.
    pub(crate) fn insert(
        &mut self,
        path: RelPath,
        owner: &'static str,
        bytes: Vec<u8>,
        at: Option<Span>,
        sink: &mut Diagnostics,
    ) {
        match self.files.entry(path) {
            Entry::Vacant(entry) => {
                entry.insert((owner, bytes));
            }
            Entry::Occupied(entry) => {
                let draft = sink.report(
                    &rules::ARTIFACT_COLLISION,
                    format_args!(
                        "`{}` and `{owner}` both write `{}`",
                        entry.get().0,
                        entry.key()
                    ),
                );
                let draft = match at {
                    Some(at) => draft.at(at, "one of their contracts"),
                    None => draft,
                };
                draft.help("give one of them another folder with `generate.<emitter>.out`");
            }
        }
    }

    /// The files by path.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&RelPath, &[u8])> {
        self.files
            .iter()
            .map(|(path, (_, bytes))| (path, bytes.as_slice()))
    }
}
