//! `build`: load, link, plan, run, write; and the shortcuts that make a warm build cheap.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::load::{self, Loads};
use super::lock::{Lock, LockedBuild, LockedUnit, MAX_LOCK_BYTES};
use super::plan::{self, BUNDLE, Inputs, Unit, printed};
use super::reach::{Part, Reach, hash_at, reach, record};
use super::write::{self, Written};
use super::{Choices, Compiler, Report, VERSION, bundle, finish, report_unenforced};
use crate::diag::{Diagnostics, LevelTable};
use crate::emit::{Artifact, ArtifactSet, EMITTERS, EmitCx, Emitted, Modules, emitter};
use crate::fs::WriteFs;
use crate::link::{self, Program};
use crate::syntax::MAX_FILE_BYTES;
use crate::text::{ContentHash, RelPath, SourceMap, aside};

/// What is built when neither the command line nor the contract chooses.
const DEFAULT_EMITTERS: [&str; 4] = ["wasm", "envoy", "istio", BUNDLE];

/// The input of a unit that is run by every build.
const NEVER_CURRENT: &str = "-";

/// What a build is to do.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Emitters by id, from the command line; they win over `generate`.
    pub emitters: Option<Vec<&'static str>>,
    /// Write nothing, and say whether something would be written.
    pub check: bool,
    /// Overwrite artifacts that were edited by hand.
    pub force: bool,
}

impl Wanted {
    /// The ids that `--emit` takes, each with a sentence.
    pub fn emitters() -> Vec<(&'static str, &'static str)> {
        let emitters = EMITTERS
            .iter()
            .map(|emitter| (emitter.meta().id, emitter.meta().summary));
        emitters
            .chain([(BUNDLE, "the manifest that runtimes read")])
            .collect()
    }

    /// The id as `--emit` takes it; `None` when there is no such emitter.
    pub fn emitter_id(text: &str) -> Option<&'static str> {
        if text == BUNDLE {
            Some(BUNDLE)
        } else {
            emitter(text).map(|emitter| emitter.meta().id)
        }
    }
}

/// Where artifacts go.
pub struct OutFolder<'a> {
    /// The disk that holds the folder and the lock file.
    pub fs: &'a dyn WriteFs,
    /// The folder.
    pub base: RelPath,
    /// Whether the folder was named on the command line, which wins over `generate.<id>.out`.
    pub is_given: bool,
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// What there is to say.
    pub report: Report,
    /// Artifacts whose bytes changed, or would change under `check`.
    pub changed: Vec<RelPath>,
    /// Artifacts that are on disk as they should be.
    pub unchanged: usize,
    /// Artifacts that were removed because nothing makes them any more, or would be.
    pub removed: Vec<RelPath>,
}

impl Built {
    fn nothing(report: Report) -> Self {
        Built {
            report,
            changed: Vec::new(),
            unchanged: 0,
            removed: Vec::new(),
        }
    }
}

/// The lock file of the folder's disk.
pub(super) fn lock_path() -> RelPath {
    RelPath::new("cherry.lock").expect("a plain name is a path")
}

/// What a build was asked for.
struct Asked<'a> {
    compiler: &'a Compiler<'a>,
    roots: &'a [RelPath],
    choices: &'a Choices,
    wanted: &'a Wanted,
    out: &'a OutFolder<'a>,
    /// The contract files that `roots` select, sorted.
    paths: Vec<RelPath>,
    /// Hash over all of it, as the lock records it.
    request: String,
    /// The lock file as it was found.
    lock_bytes: Option<Vec<u8>>,
}

pub(super) fn build(
    compiler: &Compiler<'_>,
    roots: &[RelPath],
    choices: &Choices,
    wanted: &Wanted,
    out: &OutFolder<'_>,
) -> Built {
    let lock_bytes = out.fs.read(&lock_path(), MAX_LOCK_BYTES).ok();
    // The lock takes longer to parse than the contracts to find, and it seldom names a folder that is
    // not skipped anyway.
    let (lock, (mut paths, mut sink)) = rayon::join(
        || read_lock(lock_bytes.as_deref()),
        || discover(compiler, roots, &skipped_folders(&Lock::default(), out)),
    );
    if lock.folders().any(|folder| folder != out.base) {
        (paths, sink) = discover(compiler, roots, &skipped_folders(&lock, out));
    }
    if paths.is_empty() && sink.is_empty() {
        load::report_nothing(roots, &mut sink);
    }
    let waived = compiler.fs.kind(&waivers()).is_some();
    let asked = Asked {
        compiler,
        roots,
        choices,
        wanted,
        out,
        request: request_hash(&paths, waived, choices, wanted, out),
        paths,
        lock_bytes,
    };
    let reach = match (sink.is_empty(), lock.outputs.get(out.base.as_str())) {
        (true, Some(output)) => reach(output, &asked.request, &asked.paths, compiler.fs, out.fs),
        _ => Reach::All,
    };
    match reach {
        Reach::Nothing(unchanged) => {
            let report = finish(sink, SourceMap::default(), &LevelTable::default());
            aside(lock);
            Built {
                unchanged,
                ..Built::nothing(report)
            }
        }
        Reach::Part(part) => match asked.part(&lock, &part) {
            Some(ready) => asked.write(lock, ready),
            None => asked.all(lock, sink),
        },
        Reach::All => asked.all(lock, sink),
    }
}

/// Artifacts that are ready to be written, and what is to be remembered of them.
struct Ready {
    program: Program,
    run: Run,
    sink: Diagnostics,
    sources: SourceMap,
    levels: LevelTable,
    last: Option<LockedBuild>,
    /// When others were left alone: how many artifacts they have.
    kept: Option<usize>,
}

impl Asked<'_> {
    /// Builds all contracts that were asked for.
    fn all(&self, lock: Lock, sink: Diagnostics) -> Built {
        let today = self.choices.today.as_deref();
        let mut loads = load::load(self.compiler.fs, &self.paths, today);
        let neighbours = self.neighbours(&loads, &lock);
        if !neighbours.is_empty() {
            let mut all = self.paths.clone();
            all.extend(neighbours);
            all.sort();
            loads = load::load(self.compiler.fs, &all, today);
        }
        match self.make(&lock, loads, sink, None) {
            Ok(ready) => self.write(lock, ready),
            Err(stopped) => stopped,
        }
    }

    /// Builds some of the contracts; `None` when they concern others, or when something is wrong
    /// with them, which a build of everything says as it is to be said.
    fn part(&self, lock: &Lock, part: &Part<'_>) -> Option<Ready> {
        let today = self.choices.today.as_deref();
        let loads = load::load(self.compiler.fs, &part.files, today);
        self.make(lock, loads, Diagnostics::default(), Some(part))
            .ok()
    }

    /// Links and runs what was loaded; otherwise says what stands in the way.
    fn make(
        &self,
        lock: &Lock,
        mut loads: Loads,
        mut sink: Diagnostics,
        part: Option<&Part<'_>>,
    ) -> Result<Ready, Built> {
        sink.absorb(std::mem::take(&mut loads.diagnostics));
        let Loads {
            sources,
            contracts,
            levels,
            ..
        } = loads;
        let inputs: Inputs = contracts
            .iter()
            .map(|loaded| (loaded.contract.file.clone(), loaded.inputs.clone()))
            .collect();
        let program = self.compiler.link(contracts, self.choices, &mut sink);
        let is_selected =
            |linked: &link::Linked| self.paths.binary_search(&linked.contract.file).is_ok();
        let chosen: Vec<BTreeSet<&'static str>> = program
            .contracts
            .iter()
            .map(|linked| match is_selected(linked) {
                true => chosen_emitters(linked, self.wanted),
                false => BTreeSet::new(),
            })
            .collect();
        for (linked, emitters) in program.contracts.iter().zip(&chosen) {
            if is_selected(linked) {
                let emitters: Vec<&str> = emitters.iter().copied().collect();
                report_unenforced(linked, &emitters, &mut sink);
            }
        }
        let stopped = |sink, sources| Err(Built::nothing(finish(sink, sources, &levels)));
        if sink.has_errors() {
            return stopped(sink, sources);
        }
        let out = self.out;
        let units = plan::plan(&program, &chosen, &out.base, out.is_given, &inputs);
        if part.is_some_and(|part| part.meets_others(&program, &units)) {
            return stopped(sink, sources);
        }
        let run = run(&program, units, lock, out, &mut sink);
        if part.is_some() {
            run.refuse_others(lock, &mut sink);
        }
        if sink.has_errors() {
            return stopped(sink, sources);
        }
        let read = self.compiler.fs.read(&waivers(), MAX_FILE_BYTES).ok();
        let waivers = printed(read.map(|bytes| ContentHash::of(&bytes)));
        let mut last = record(
            &self.request,
            &program,
            &run.units,
            &inputs,
            waivers,
            &sink,
            &sources,
        );
        if let Some(part) = part {
            last = last.and_then(|last| part.joined(last));
            if last.is_none() {
                return stopped(sink, sources);
            }
        }
        Ok(Ready {
            program,
            run,
            sink,
            sources,
            levels,
            last,
            kept: part.map(|part| part.kept),
        })
    }

    /// Writes what is ready, and the lock that belongs to it.
    fn write(&self, mut lock: Lock, ready: Ready) -> Built {
        let Ready {
            program,
            run,
            mut sink,
            sources,
            levels,
            last,
            kept,
        } = ready;
        // Of what was left alone nothing is replaced.
        let (paths, roots) = match kept {
            Some(_) => (&[][..], &[][..]),
            None => (self.paths.as_slice(), self.roots),
        };
        let out = self.out;
        let mut locked = lock.artifacts_in(&run.files);
        let old = take_replaced(&mut lock, &run.units, &program, paths, roots, out);
        if kept.is_none() {
            run.refuse_others(&lock, &mut sink);
            if sink.has_errors() {
                return Built::nothing(finish(sink, sources, &levels));
            }
        }
        let output = lock
            .outputs
            .entry(out.base.as_str().to_owned())
            .or_default();
        output.units.extend(run.units);
        output.last = last;
        let orphans = orphans(&lock, &old);
        locked.extend(old);
        // A build that was interrupted between its files leaves the lock that would have come last.
        let staged = out.fs.staged(&lock_path(), MAX_LOCK_BYTES).ok();
        let interrupted = read_lock(staged.as_deref()).into_artifacts();
        let text = lock.to_text();
        aside(lock);
        let lock_path = lock_path();
        let next = (self.lock_bytes.as_deref() != Some(text.as_bytes()))
            .then_some((&lock_path, text.as_bytes()));
        let Written {
            changed,
            unchanged,
            removed,
        } = write::write(
            out.fs,
            &run.files,
            &orphans,
            &[locked, interrupted],
            next,
            self.wanted,
            &mut sink,
        );
        Built {
            report: finish(sink, sources, &levels),
            changed,
            unchanged: unchanged + run.skipped + kept.unwrap_or_default(),
            removed,
        }
    }

    /// Contract files that the lock records on a host of the selected contracts.
    fn neighbours(&self, loads: &Loads, lock: &Lock) -> Vec<RelPath> {
        let Some(output) = lock.outputs.get(self.out.base.as_str()) else {
            return Vec::new();
        };
        let selected: BTreeSet<&str> = self.paths.iter().map(RelPath::as_str).collect();
        let others: BTreeSet<&str> = output
            .units
            .values()
            .flat_map(|unit| unit.contracts.values())
            .map(String::as_str)
            .filter(|file| !selected.contains(file))
            .collect();
        // Linking only to learn the hosts is dear, and a build of everything has no neighbours.
        if others.is_empty() {
            return Vec::new();
        }
        // What cannot be linked is said later; here only the hosts matter.
        let program = self.compiler.link(
            loads.contracts.clone(),
            self.choices,
            &mut Diagnostics::default(),
        );
        let hosts: BTreeSet<&String> = program.hosts.iter().flat_map(|host| &host.names).collect();
        let on_host = output
            .units
            .values()
            .filter(|unit| unit.hosts.iter().any(|host| hosts.contains(host)));
        let files: BTreeSet<RelPath> = on_host
            .flat_map(|unit| unit.contracts.values())
            .filter(|file| others.contains(file.as_str()))
            .filter_map(|file| RelPath::new(file))
            .collect();
        files
            .into_iter()
            .filter(|file| self.compiler.fs.kind(file).is_some())
            .collect()
    }
}

/// The lock as it was found; none when there is none, or one that cannot be used.
pub(super) fn read_lock(bytes: Option<&[u8]>) -> Lock {
    bytes.and_then(Lock::parse).unwrap_or_default()
}

fn waivers() -> RelPath {
    RelPath::new(load::WAIVERS).expect("a plain name is a path")
}

/// The contract files that `roots` select, and what there is to say of the search.
fn discover(
    compiler: &Compiler<'_>,
    roots: &[RelPath],
    skip: &[RelPath],
) -> (Vec<RelPath>, Diagnostics) {
    let mut sink = Diagnostics::default();
    let paths = load::discover(compiler.fs, roots, skip, &mut sink);
    (paths, sink)
}

/// Folders that hold artifacts, in which no contracts are looked for.
pub(super) fn skipped_folders(lock: &Lock, out: &OutFolder<'_>) -> Vec<RelPath> {
    let base = Some(out.base.clone()).filter(|folder| !folder.as_str().is_empty());
    lock.folders().chain(base).collect()
}

fn chosen_emitters(linked: &link::Linked, wanted: &Wanted) -> BTreeSet<&'static str> {
    let known = |id: &str| Wanted::emitter_id(id);
    match (&wanted.emitters, &linked.contract.generate) {
        (Some(emitters), _) => emitters.iter().copied().collect(),
        (None, Some(generate)) => generate.keys().filter_map(|id| known(id)).collect(),
        (None, None) => DEFAULT_EMITTERS.into_iter().filter_map(known).collect(),
    }
}

// === Warm builds ===

fn request_hash(
    paths: &[RelPath],
    waived: bool,
    choices: &Choices,
    wanted: &Wanted,
    out: &OutFolder<'_>,
) -> String {
    // The day matters only where waivers can end.
    let day = if waived {
        choices.today.as_deref()
    } else {
        None
    };
    let options = format!(
        "{:?} {:?} {day:?} {:?} {}",
        choices.target, choices.overrides, wanted.emitters, out.is_given
    );
    let mut fields: Vec<&[u8]> = vec![VERSION.as_bytes(), options.as_bytes()];
    let revisions: Vec<String> = EMITTERS
        .iter()
        .map(|emitter| emitter.meta().revision.to_string())
        .collect();
    fields.extend(revisions.iter().map(String::as_bytes));
    fields.extend(paths.iter().map(|path| path.as_str().as_bytes()));
    ContentHash::of_fields(fields).to_string()
}

// === Running ===

/// What the units of a build made.
struct Run {
    /// Units with the hashes of their artifacts, by key.
    units: BTreeMap<String, LockedUnit>,
    /// Files to be written.
    files: ArtifactSet,
    /// Artifacts of units that were not run because nothing changed.
    skipped: usize,
}

fn run(
    program: &Program,
    units: Vec<Unit>,
    lock: &Lock,
    out: &OutFolder<'_>,
    sink: &mut Diagnostics,
) -> Run {
    let previous = lock.outputs.get(out.base.as_str());
    let (bundles, units): (Vec<Unit>, Vec<Unit>) =
        units.into_iter().partition(|unit| unit.emitter.is_none());
    let modules = Modules::of(program);
    let emitted: Vec<Option<Emitted>> = units
        .par_iter()
        .map(|unit| {
            let locked = previous.and_then(|output| output.units.get(&unit.key));
            if locked.is_some_and(|locked| is_current(locked, unit, out)) {
                return None;
            }
            let cx = EmitCx {
                program,
                host: &program.hosts[program.contracts[unit.contracts[0]].host],
                contracts: &unit.contracts,
                compiler: VERSION,
                modules: &modules,
            };
            unit.emitter.map(|emitter| emitter.emit(&cx))
        })
        .collect();
    let mut run = Run {
        units: BTreeMap::new(),
        files: ArtifactSet::default(),
        skipped: 0,
    };
    for (unit, emitted) in units.iter().zip(emitted) {
        match (
            emitted,
            previous.and_then(|output| output.units.get(&unit.key)),
        ) {
            (Some(emitted), _) => {
                let is_quiet = emitted.diagnostics.is_empty();
                sink.absorb(emitted.diagnostics);
                let artifacts = emitted
                    .artifacts
                    .into_iter()
                    .map(|artifact| (artifact.path.as_str().to_owned(), artifact.bytes));
                run.add(program, unit, artifacts.collect(), sink);
                // What an emitter had to say is said again by the next build, so it runs again.
                if let Some(locked) = run.units.get_mut(&unit.key).filter(|_| !is_quiet) {
                    locked.input = NEVER_CURRENT.to_owned();
                }
            }
            (None, Some(locked)) => {
                run.skipped += locked.artifacts.len();
                // It still owns its files: another unit may not take them.
                let first = &program.contracts[unit.contracts[0]].contract;
                for path in locked
                    .artifacts
                    .keys()
                    .filter_map(|path| RelPath::new(path))
                {
                    run.files
                        .insert(path, unit.id(), None, first.name_span, sink);
                }
                run.units.insert(unit.key.clone(), locked.clone());
            }
            (None, None) => {}
        }
    }
    let made: Vec<Artifact> = bundles
        .par_iter()
        .map(|unit| {
            let linked = &program.contracts[unit.contracts[0]];
            let name = linked.contract.name.to_string();
            bundle::make(linked, run.artifacts_of(&name, unit))
        })
        .collect();
    for (unit, made) in bundles.iter().zip(made) {
        let file = (made.path.as_str().to_owned(), made.bytes);
        run.add(program, unit, vec![file], sink);
    }
    run
}

fn is_current(locked: &LockedUnit, unit: &Unit, out: &OutFolder<'_>) -> bool {
    locked.input == unit.input.to_string()
        && (locked.artifacts.iter())
            .all(|(path, hash)| hash_at(out.fs, path, u64::MAX - 1) == *hash)
}

impl Run {
    fn add(
        &mut self,
        program: &Program,
        unit: &Unit,
        artifacts: Vec<(String, Vec<u8>)>,
        sink: &mut Diagnostics,
    ) {
        let first = &program.contracts[unit.contracts[0]];
        let mut hashes = BTreeMap::new();
        for (path, bytes) in artifacts {
            let path = unit.folder.join(&path).expect("artifact paths are plain");
            hashes.insert(
                path.as_str().to_owned(),
                ContentHash::of(&bytes).to_string(),
            );
            self.files
                .insert(path, unit.id(), Some(bytes), first.contract.name_span, sink);
        }
        let members = unit
            .contracts
            .iter()
            .map(|index| &program.contracts[*index]);
        let contracts = members.map(|linked| {
            (
                linked.contract.name.to_string(),
                linked.contract.file.as_str().to_owned(),
            )
        });
        let locked = LockedUnit {
            input: unit.input.to_string(),
            contracts: contracts.collect(),
            hosts: program.hosts[first.host].names.clone(),
            artifacts: hashes,
        };
        self.units.insert(unit.key.clone(), locked);
    }

    /// Refuses files that belong to units which take no part in this build.
    fn refuse_others(&self, lock: &Lock, sink: &mut Diagnostics) {
        let units = lock.outputs.values().flat_map(|output| &output.units);
        let others = units
            .filter(|(key, _)| !self.units.contains_key(*key))
            .flat_map(|(key, unit)| unit.artifacts.keys().map(move |path| (&**path, &**key)));
        self.files.refuse(others, sink);
    }

    /// Artifacts of the contract's own units, relative to the folder above `bundle`'s.
    fn artifacts_of(&self, contract: &str, bundle: &Unit) -> BTreeMap<String, String> {
        let above = bundle.folder.parent();
        let own = EMITTERS
            .iter()
            .filter_map(|emitter| self.units.get(&plan::key(emitter.meta().id, contract)));
        own.flat_map(|unit| &unit.artifacts)
            .map(|(path, hash)| {
                let relative = path
                    .strip_prefix(above.as_str())
                    .map(|rest| rest.trim_start_matches('/'));
                (relative.unwrap_or(path).to_owned(), hash.clone())
            })
            .collect()
    }
}

// === The next lock ===

/// Takes the units of this folder x its contracts x its emitters out of the lock; returns their
/// artifacts with their hashes.
fn take_replaced(
    lock: &mut Lock,
    units: &BTreeMap<String, LockedUnit>,
    program: &Program,
    paths: &[RelPath],
    roots: &[RelPath],
    out: &OutFolder<'_>,
) -> BTreeMap<String, String> {
    let mut old = BTreeMap::new();
    let Some(output) = lock.outputs.get_mut(out.base.as_str()) else {
        return old;
    };
    let selected: BTreeSet<&str> = paths.iter().map(RelPath::as_str).collect();
    let linked: BTreeSet<String> = program
        .contracts
        .iter()
        .map(|linked| linked.contract.name.to_string())
        .collect();
    let emitters: BTreeSet<&str> = units
        .keys()
        .filter_map(|key| key.split_once(' '))
        .map(|(id, _)| id)
        .collect();
    let below_roots = |file: &str| {
        RelPath::new(file).is_some_and(|file| roots.iter().any(|root| file.is_below(root)))
    };
    // A unit belongs to this build when its contract was selected, or was selected in an earlier
    // build of these roots and is gone, or is now written in the folder of another contract.
    let is_replaced = |key: &str, unit: &LockedUnit| {
        let Some((id, name)) = key.split_once(' ') else {
            return true;
        };
        let of_these = unit.contracts.values().any(|file| {
            selected.contains(file.as_str()) || (below_roots(file) && !linked.contains(name))
        });
        units.contains_key(key) || (of_these && (emitters.contains(id) || !linked.contains(name)))
    };
    output.units.retain(|key, unit| {
        let replaced = is_replaced(key, unit);
        if replaced {
            old.append(&mut unit.artifacts);
        }
        !replaced
    });
    old
}

/// Artifacts of replaced units that nothing makes any more.
fn orphans(lock: &Lock, old: &BTreeMap<String, String>) -> Vec<RelPath> {
    let mut orphans: BTreeSet<&String> = old.keys().collect();
    for (path, _) in lock.artifacts() {
        orphans.remove(path);
    }
    orphans
        .into_iter()
        .filter_map(|path| RelPath::new(path))
        .collect()
}
