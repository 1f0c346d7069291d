//! What is to be run: emitters over contracts and hosts, each unit with the hash of its inputs.

use std::collections::{BTreeMap, BTreeSet};

use super::VERSION;
use crate::emit::{EMITTERS, Emitter, Scope};
use crate::link::{Linked, Program};
use crate::text::{ContentHash, RelPath};

/// The id of the manifest, which is made after the emitters ran.
pub(super) const BUNDLE: &str = "bundle";

/// One run of an emitter.
pub(super) struct Unit {
    /// `emitter contract`, as the lock names it.
    pub(super) key: String,
    /// The emitter; `None` for the manifest.
    pub(super) emitter: Option<&'static dyn Emitter>,
    /// Contracts of the unit, by index in the program.
    pub(super) contracts: Vec<usize>,
    /// Folder of its artifacts in the workspace.
    pub(super) folder: RelPath,
    /// Hash over everything that its artifacts depend on.
    pub(super) input: ContentHash,
}

impl Unit {
    /// The emitter's id.
    pub(super) fn id(&self) -> &'static str {
        self.emitter.map_or(BUNDLE, |emitter| emitter.meta().id)
    }
}

/// How the lock names the unit of an emitter and a contract.
pub(super) fn key(id: &str, contract: &str) -> String {
    format!("{id} {contract}")
}

/// The files that contracts depend on, by contract file.
pub(super) type Inputs = BTreeMap<RelPath, BTreeMap<RelPath, Option<ContentHash>>>;

/// A hash as the lock prints it; `-` for a file that was not there.
pub(super) fn printed(hash: Option<ContentHash>) -> String {
    hash.map_or_else(|| "-".to_owned(), |hash| hash.to_string())
}

/// The units of a build: in the order of [`EMITTERS`], then of contracts, the manifests last.
/// `chosen` says which emitters each contract wants; contracts that are only linked want none.
pub(super) fn plan(
    program: &Program,
    chosen: &[BTreeSet<&'static str>],
    base: &RelPath,
    fixed_folders: bool,
    inputs: &Inputs,
) -> Vec<Unit> {
    let mut units = Vec::new();
    for emitter in EMITTERS.iter().map(|emitter| Some(*emitter)).chain([None]) {
        let id = emitter.map_or(BUNDLE, |emitter| emitter.meta().id);
        let scope = emitter.map_or(Scope::Contract, |emitter| emitter.meta().scope);
        let groups: Vec<Vec<usize>> = match scope {
            Scope::Contract => (0..program.contracts.len())
                .map(|index| vec![index])
                .collect(),
            Scope::Host => program
                .hosts
                .iter()
                .map(|host| host.contracts.clone())
                .collect(),
        };
        for contracts in groups {
            if !contracts.iter().any(|index| chosen[*index].contains(id)) {
                continue;
            }
            let first = &program.contracts[contracts[0]];
            let written = first
                .contract
                .generate
                .as_ref()
                .and_then(|generate| generate.get(id)?.as_ref());
            let default = base
                .join(&format!("{}/{id}", first.contract.name.folder()))
                .expect("names of contracts are plain");
            let folder = match written {
                Some(folder) if !fixed_folders => folder.value.clone(),
                _ => default,
            };
            let members: Vec<&Linked> = contracts
                .iter()
                .map(|index| &program.contracts[*index])
                .collect();
            let input = input_hash(
                id,
                emitter.map_or(1, |emitter| emitter.meta().revision),
                &folder,
                &members,
                inputs,
            );
            units.push(Unit {
                key: key(id, &first.contract.name.to_string()),
                emitter,
                contracts,
                folder,
                input,
            });
        }
    }
    units
}

fn input_hash(
    id: &str,
    revision: u32,
    folder: &RelPath,
    members: &[&Linked],
    inputs: &Inputs,
) -> ContentHash {
    let mut fields: Vec<Vec<u8>> = vec![
        VERSION.into(),
        id.into(),
        revision.to_string().into(),
        folder.as_str().into(),
    ];
    for linked in members {
        fields.push(linked.contract.name.to_string().into());
        // Debug output of plain data: every option in it, in a fixed order.
        fields.push(options_text(linked).into());
        for (path, hash) in inputs.get(&linked.contract.file).into_iter().flatten() {
            fields.push(path.as_str().into());
            fields.push(printed(*hash).into());
        }
    }
    ContentHash::of_fields(fields.iter().map(Vec::as_slice))
}

/// The values of a target without the places they were written at: moving a line changes nothing.
fn options_text(linked: &Linked) -> String {
    let t = &linked.target;
    format!(
        "{:?}",
        (
            (
                &t.name,
                &t.host.value,
                t.port.value,
                &t.selector.value,
                t.trusted_hops.value,
                t.normalize.value
            ),
            (
                t.profile.value,
                &t.namespace.value,
                t.gateway.as_ref().map(|g| &g.value),
                &t.hosts.value
            ),
            (
                &t.envoy_listen.value,
                &t.envoy_admin.value,
                &t.envoy_upstream.value,
                t.native_limiter.value
            ),
            t.wasm_registry.as_ref().map(|r| &r.value),
        )
    )
}
