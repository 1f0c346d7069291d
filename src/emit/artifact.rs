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

/// A file with the emitter that made it and the contract that it was made for.
#[derive(Debug)]
struct Owned {
    emitter: &'static str,
    contract: Span,
    /// `None` for a file that is on the disk already, and only has its owner here.
    bytes: Option<Vec<u8>>,
}

/// Files by their path in the workspace, each with its owner.
#[derive(Debug, Default)]
pub(crate) struct ArtifactSet {
    files: BTreeMap<RelPath, Owned>,
}

impl ArtifactSet {
    /// Takes a file in; without bytes it is on the disk as it should be. A second owner of a path is refused, and both are named.
    pub(crate) fn insert(
        &mut self,
        path: RelPath,
        emitter: &'static str,
        bytes: Option<Vec<u8>>,
        contract: Span,
        sink: &mut Diagnostics,
    ) {
        match self.files.entry(path) {
            Entry::Vacant(entry) => {
                entry.insert(Owned {
                    emitter,
                    contract,
                    bytes,
                });
            }
            Entry::Occupied(entry) => {
                let (path, first) = (entry.key(), entry.get());
                let headline = if first.emitter == emitter {
                    format!("`{emitter}` writes `{path}` for two contracts")
                } else {
                    format!("`{}` and `{emitter}` both write `{path}`", first.emitter)
                };
                let draft = sink
                    .report(&rules::ARTIFACT_COLLISION, headline)
                    .at(contract, "for this contract")
                    .help("give one of them another folder with `generate.<emitter>.out`");
                if first.contract != contract {
                    draft.also(first.contract, "and for this one");
                }
            }
        }
    }

    /// Whether a file goes to this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The files that have bytes, by path.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&RelPath, &[u8])> {
        let files = self.files.iter();
        files.filter_map(|(path, owned)| Some((path, owned.bytes.as_deref()?)))
    }

    /// Refuses files that belong to a contract which takes no part in this build.
    pub(crate) fn refuse<'o>(
        &self,
        owned: impl Iterator<Item = (&'o str, &'o str)>,
        sink: &mut Diagnostics,
    ) {
        for (path, owner) in owned {
            let Some((path, ours)) = self.files.get_key_value(path) else {
                continue;
            };
            sink.report(
                &rules::ARTIFACT_COLLISION,
                format_args!(
                    "`{}` writes `{path}`, which belongs to `{owner}`",
                    ours.emitter
                ),
            )
            .at(ours.contract, "for this contract")
            .note("the lock file records what earlier builds wrote for other contracts")
            .help("give one of them another folder with `generate.<emitter>.out`");
        }
    }
}
