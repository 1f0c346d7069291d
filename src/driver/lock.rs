//! `cherry.lock`: what was built from what, for skipping, for orphans, and for noticing edits.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::emit::ArtifactSet;
use crate::text::RelPath;

/// Version of the lock's shape; another one is read as no lock at all.
pub(super) const FORMAT: u32 = 2;

/// Largest lock file that is read, in bytes: a hundred thousand artifacts fit.
pub(super) const MAX_LOCK_BYTES: u64 = 64 * 1024 * 1024;

/// The lock file: sorted, one line per artifact, made for diffs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Lock {
    /// Version of this shape.
    pub(super) format: u32,
    /// Outputs by their folder.
    pub(super) outputs: BTreeMap<String, LockedOutput>,
}

impl Default for Lock {
    fn default() -> Self {
        Lock {
            format: FORMAT,
            outputs: BTreeMap::new(),
        }
    }
}

/// What was built into one folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LockedOutput {
    /// The last build of this folder as a whole. A build with the same wishes looks again only at
    /// what changed since, and at what was spoken about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<LockedBuild>,
    /// Units by `emitter contract`.
    pub(super) units: BTreeMap<String, LockedUnit>,
}

/// A build whose findings, if there were any, each belong to one of its contracts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LockedBuild {
    /// Hash over compiler, options, and the contract files that were selected.
    pub(super) request: String,
    /// Emitters that made something, by id.
    pub(super) emitters: Vec<String>,
    /// The contracts that were linked, by file.
    pub(super) contracts: BTreeMap<String, LockedContract>,
    /// Every file that was read or looked for, with its hash; `-` for one that was not there.
    pub(super) inputs: BTreeMap<String, String>,
}

/// What other contracts have to know of one that they are not linked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LockedContract {
    /// Its name.
    pub(super) name: String,
    /// Every name of its host.
    pub(super) hosts: Vec<String>,
    /// Hash over the files of all contracts of its host; absent when it is alone there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) shared: Option<String>,
    /// Documents that it depends on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) imports: Vec<String>,
    /// Whether something was said about it: the next build has to say it again, so it reads it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) remarks: bool,
}

/// What one emitter made of one contract or host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LockedUnit {
    /// Hash over compiler, emitter, options and inputs.
    pub(super) input: String,
    /// Contracts of the unit with their files.
    pub(super) contracts: BTreeMap<String, String>,
    /// Hosts of those contracts.
    pub(super) hosts: Vec<String>,
    /// Artifacts with their hashes.
    pub(super) artifacts: BTreeMap<String, String>,
}

impl Lock {
    /// Reads a lock. One of another version, or one that was damaged, counts as none: everything
    /// is then built anew.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Lock>(bytes)
            .ok()
            .filter(|lock| lock.format == FORMAT)
    }

    /// The lock as text.
    pub(super) fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("maps with text keys serialise");
        text.push('\n');
        text
    }

    /// The folders that were built into; a folder of artifacts holds no contracts.
    pub(super) fn folders(&self) -> impl Iterator<Item = RelPath> {
        (self.outputs.keys())
            .filter_map(|folder| RelPath::new(folder))
            .filter(|folder| !folder.as_str().is_empty())
    }

    /// Every recorded artifact with its hash.
    pub(super) fn artifacts(&self) -> impl Iterator<Item = (&String, &String)> {
        let outputs = self.outputs.values();
        let units = outputs.flat_map(|output| output.units.values());
        units.flat_map(|unit| &unit.artifacts)
    }

    /// The recorded artifacts by path.
    pub(super) fn into_artifacts(self) -> BTreeMap<String, String> {
        let outputs = self.outputs.into_values();
        let units = outputs.flat_map(|output| output.units.into_values());
        units.flat_map(|unit| unit.artifacts).collect()
    }

    /// The recorded artifacts that stand where `files` are to be written, with their hashes.
    pub(super) fn artifacts_in(&self, files: &ArtifactSet) -> BTreeMap<String, String> {
        self.artifacts()
            .filter(|(path, _)| files.has(path))
            .map(|(path, hash)| (path.clone(), hash.clone()))
            .collect()
    }
}

/// The JSON Schema of the lock file.
pub(super) fn schema() -> serde_json::Value {
    schemars::schema_for!(Lock).to_value()
}
