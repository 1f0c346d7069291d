//! `cherry.lock`: what was built from what, for skipping, for orphans, and for noticing edits.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the lock's shape; another one is read as no lock at all.
pub(super) const FORMAT: u32 = 1;

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
    /// The last build of this folder as a whole: its wishes, the files that it found, and whether
    /// it had nothing to say. A build that finds the same can stop there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<LockedBuild>,
    /// Units by `emitter contract`.
    pub(super) units: BTreeMap<String, LockedUnit>,
}

/// A build without findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LockedBuild {
    /// Hash over compiler, options, and the contract files that were selected.
    pub(super) request: String,
    /// Every file that was read or looked for, with its hash; `-` for one that was not there.
    pub(super) inputs: BTreeMap<String, String>,
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

    /// Every recorded artifact with its hash, by path.
    pub(super) fn artifacts(&self) -> BTreeMap<&str, &str> {
        let units = self
            .outputs
            .values()
            .flat_map(|output| output.units.values());
        units
            .flat_map(|unit| &unit.artifacts)
            .map(|(path, hash)| (path.as_str(), hash.as_str()))
            .collect()
    }
}

/// The JSON Schema of the lock file.
pub(super) fn schema() -> serde_json::Value {
    schemars::schema_for!(Lock).to_value()
}
