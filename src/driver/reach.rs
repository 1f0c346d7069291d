//! What a warm build has to look at again, going by what the lock recorded of the last one.
//!
//! A contract is left alone when its files are as they were, when nothing was said about it, and
//! when the same holds for every contract that shares a host with it: findings and artifacts depend
//! on nothing else. The others are read. What they turn out to be may still concern contracts that
//! were left alone, by a new name, host or artifact; [`Part`] notices, and everything is built.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::load;
use super::lock::{LockedBuild, LockedContract, LockedOutput, LockedUnit};
use super::plan::{Inputs, Unit, printed};
use crate::diag::Diagnostics;
use crate::fs::{EntryKind, ReadFs, WriteFs};
use crate::ingest::proto::folder_hash;
use crate::link::{Linked, Program};
use crate::syntax::MAX_FILE_BYTES;
use crate::text::{ContentHash, RelPath, SourceMap};

/// How much of a workspace a build has to look at.
pub(super) enum Reach<'l> {
    /// All of it.
    All,
    /// These contracts and no others.
    Part(Part<'l>),
    /// None of it; so many artifacts are as they should be.
    Nothing(usize),
}

/// Contracts that are built while the others are left alone.
pub(super) struct Part<'l> {
    output: &'l LockedOutput,
    last: &'l LockedBuild,
    /// Their files, sorted.
    pub(super) files: Vec<RelPath>,
    /// The number of artifacts of the others, which are as they should be.
    pub(super) kept: usize,
    /// Keys of the units that the last build ran for them.
    units: BTreeSet<&'l str>,
}

/// Compares files and artifacts with what the lock recorded. `selected` are the contracts that the
/// build was asked for, `request` is the hash of its wishes.
pub(super) fn reach<'l>(
    output: &'l LockedOutput,
    request: &str,
    selected: &[RelPath],
    contracts: &dyn ReadFs,
    artifacts: &dyn WriteFs,
) -> Reach<'l> {
    let Some(last) = output.last.as_ref().filter(|last| last.request == request) else {
        return Reach::All;
    };
    let inputs: Vec<(&String, &String)> = last.inputs.iter().collect();
    let changed: BTreeSet<&str> = inputs
        .into_par_iter()
        .filter(|(path, hash)| input_hash(contracts, path) != **hash)
        .map(|(path, _)| path.as_str())
        .collect();
    if changed.contains(load::WAIVERS) {
        return Reach::All;
    }
    let Some(files) = reached(last, &changed) else {
        return Reach::All;
    };
    // Nothing is gained over a build of everything, which says what there is to say first.
    if files.len() == last.contracts.len() {
        return Reach::All;
    }
    let selected: BTreeSet<&str> = selected.iter().map(RelPath::as_str).collect();
    let is_ours = |(key, unit): &(&String, &LockedUnit)| {
        last.emitters.iter().any(|id| is_of(key, id))
            && unit
                .contracts
                .values()
                .any(|file| selected.contains(file.as_str()))
    };
    let (again, kept): (Vec<_>, Vec<_>) = output.units.iter().filter(is_ours).partition(|unit| {
        let mut members = unit.1.contracts.values();
        members.any(|file| files.contains(file.as_str()))
    });
    let kept: Vec<(&String, &String)> = kept
        .into_iter()
        .flat_map(|(_, unit)| &unit.artifacts)
        .collect();
    let is_there =
        |(path, hash): &(&String, &String)| hash_at(artifacts, path, u64::MAX - 1) == **hash;
    if !kept.par_iter().all(is_there) {
        return Reach::All;
    }
    if files.is_empty() {
        return Reach::Nothing(kept.len());
    }
    Reach::Part(Part {
        output,
        last,
        files: files.into_iter().filter_map(RelPath::new).collect(),
        kept: kept.len(),
        units: again.into_iter().map(|(key, _)| key.as_str()).collect(),
    })
}

/// The hash of a file as the lock prints it.
pub(super) fn hash_at<F: ReadFs + ?Sized>(fs: &F, path: &str, limit: u64) -> String {
    let hash = RelPath::new(path).and_then(|path| fs.hash(&path, limit).ok());
    printed(hash.map(ContentHash::from_bytes))
}

/// The same of what a contract was made from: of a folder it counts which files it holds.
fn input_hash(fs: &dyn ReadFs, path: &str) -> String {
    match RelPath::new(path) {
        Some(folder) if fs.kind(&folder) == Some(EntryKind::Dir) => {
            printed(Some(folder_hash(fs, &folder)))
        }
        _ => hash_at(fs, path, MAX_FILE_BYTES),
    }
}

/// Whether a unit's key names this emitter.
fn is_of(key: &str, emitter: &str) -> bool {
    key.strip_prefix(emitter)
        .is_some_and(|rest| rest.starts_with(' '))
}

/// The contracts that have to be read, by file: those that changed or were spoken about, and all
/// that share a host with one of them. `None` when the record contradicts itself, as the lines of
/// two branches can that were merged.
fn reached<'l>(last: &'l LockedBuild, changed: &BTreeSet<&str>) -> Option<BTreeSet<&'l str>> {
    let mut names = BTreeSet::new();
    let mut reached = BTreeSet::new();
    for members in by_host(last) {
        let files: Vec<&str> = members.iter().map(|(file, _)| *file).collect();
        let shared = shared(&files);
        let mut is_reached = false;
        for (file, contract) in members {
            let mut read = std::iter::once(file).chain(contract.imports.iter().map(String::as_str));
            let known = read.clone().all(|path| last.inputs.contains_key(path));
            if !known || contract.shared != shared || !names.insert(&contract.name) {
                return None;
            }
            is_reached |= contract.remarks || read.any(|path| changed.contains(path));
        }
        if is_reached {
            reached.extend(files);
        }
    }
    Some(reached)
}

/// The contracts of a build by the host that they share, each with its file, by file.
fn by_host(last: &LockedBuild) -> Vec<Vec<(&str, &LockedContract)>> {
    // Every contract points at one of its host that stands before it, or at itself.
    let mut first: Vec<usize> = Vec::new();
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    let find = |first: &[usize], mut index: usize| {
        while first[index] != index {
            index = first[index];
        }
        index
    };
    for (index, contract) in last.contracts.values().enumerate() {
        first.push(index);
        for host in &contract.hosts {
            let owner = *owners.entry(host).or_insert(index);
            let (one, two) = (find(&first, owner), find(&first, index));
            first[one.max(two)] = one.min(two);
        }
    }
    let mut groups: BTreeMap<usize, Vec<(&str, &LockedContract)>> = BTreeMap::new();
    for (index, (file, contract)) in last.contracts.iter().enumerate() {
        let group = groups.entry(find(&first, index)).or_default();
        group.push((file.as_str(), contract));
    }
    groups.into_values().collect()
}

/// Names the company of a contract on its host, files sorted; `None` for one that is alone.
fn shared(files: &[&str]) -> Option<String> {
    let fields = files.iter().map(|file| file.as_bytes());
    (files.len() > 1).then(|| ContentHash::of_fields(fields).to_string())
}

impl Part<'_> {
    /// Whether these contracts turned out to concern others: one of them took the name of another,
    /// came to the host of another, or has other units than before.
    pub(super) fn meets_others(&self, program: &Program, units: &[Unit]) -> bool {
        let is_part = |file: &str| {
            let found = self.files.binary_search_by(|part| part.as_str().cmp(file));
            found.is_ok()
        };
        let names: BTreeSet<String> = program.contracts.iter().map(name).collect();
        let hosts: BTreeSet<&str> = program.contracts.iter().flat_map(hosts).collect();
        let mut others = self
            .last
            .contracts
            .iter()
            .filter(|(file, _)| !is_part(file));
        let of_build = others.any(|(_, other)| {
            names.contains(&other.name)
                || other.hosts.iter().any(|host| hosts.contains(host.as_str()))
        });
        // Contracts that other builds of this folder have recorded.
        let mut units_of_others = self
            .output
            .units
            .values()
            .filter(|unit| !unit.contracts.values().all(|file| is_part(file)));
        let of_folder =
            units_of_others.any(|unit| unit.hosts.iter().any(|host| hosts.contains(host.as_str())));
        let units: BTreeSet<&str> = units.iter().map(|unit| unit.key.as_str()).collect();
        of_build || of_folder || units != self.units
    }

    /// What a build of everything would record: `built` for these contracts, the last build for the
    /// others. `None` when a file that both read changed between the two readings.
    pub(super) fn joined(&self, mut built: LockedBuild) -> Option<LockedBuild> {
        for (file, contract) in &self.last.contracts {
            if built.contracts.contains_key(file) {
                continue;
            }
            for path in std::iter::once(file).chain(&contract.imports) {
                let hash = self.last.inputs.get(path)?;
                let known = built
                    .inputs
                    .entry(path.clone())
                    .or_insert_with(|| hash.clone());
                if known != hash {
                    return None;
                }
            }
            built.contracts.insert(file.clone(), contract.clone());
        }
        built.emitters.clone_from(&self.last.emitters);
        Some(built)
    }
}

// === Recording ===

/// What the lock is to remember of a build; `None` when something was said that belongs to no
/// contract, so that the next build has to find it again by looking at everything.
pub(super) fn record(
    request: &str,
    program: &Program,
    units: &BTreeMap<String, LockedUnit>,
    inputs: &Inputs,
    waivers: String,
    said: &Diagnostics,
    sources: &SourceMap,
) -> Option<LockedBuild> {
    let mut contracts: BTreeMap<String, LockedContract> = BTreeMap::new();
    for linked in &program.contracts {
        let file = &linked.contract.file;
        let mut hosts: Vec<String> = hosts(linked).map(str::to_owned).collect();
        hosts.sort();
        hosts.dedup();
        let members = program.hosts[linked.host].contracts.iter();
        let mut files: Vec<&str> = members
            .map(|index| program.contracts[*index].contract.file.as_str())
            .collect();
        files.sort_unstable();
        let read = inputs.get(file)?.keys().filter(|path| *path != file);
        let recorded = LockedContract {
            name: name(linked),
            hosts,
            shared: shared(&files),
            imports: read.map(|path| path.as_str().to_owned()).collect(),
            remarks: false,
        };
        contracts.insert(file.as_str().to_owned(), recorded);
    }
    for finding in said.iter() {
        if finding.labels().is_empty() {
            return None;
        }
        for label in finding.labels() {
            let file = sources.file(label.span.file).path().as_str();
            match contracts.get_mut(file) {
                Some(contract) => contract.remarks = true,
                // Every build reads the waivers.
                None if file == load::WAIVERS => {}
                None => return None,
            }
        }
    }
    let all = inputs.values().flatten();
    let mut inputs: BTreeMap<String, String> = all
        .map(|(path, hash)| (path.as_str().to_owned(), printed(*hash)))
        .collect();
    inputs.insert(load::WAIVERS.to_owned(), waivers);
    let emitters: BTreeSet<&str> = units
        .keys()
        .filter_map(|key| key.split_once(' '))
        .map(|(id, _)| id)
        .collect();
    Some(LockedBuild {
        request: request.to_owned(),
        emitters: emitters.into_iter().map(str::to_owned).collect(),
        contracts,
        inputs,
    })
}

fn name(linked: &Linked) -> String {
    linked.contract.name.to_string()
}

/// Every name by which a contract can come to share a host with another.
fn hosts(linked: &Linked) -> impl Iterator<Item = &str> {
    let target = &linked.target;
    let all = std::iter::once(&target.host.value).chain(&target.hosts.value);
    all.map(String::as_str)
}
