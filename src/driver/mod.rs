//! All of it over a disk: load, link, plan, run, write.
//!
//! [`Compiler`] is the face: one method per command. Everything below this floor is pure; here the
//! disk comes in as [`ReadFs`] and [`WriteFs`].

mod build;
mod bundle;
mod diff;
mod init;
mod load;
mod lock;
mod payloads;
mod placement;
mod plan;
mod reach;
mod simulate;
mod write;

use rayon::prelude::*;

use crate::diag::{Diagnostics, Findings, LevelTable, Severity};
use crate::emit::rules::OUTPUT_STALE;
use crate::fs::ReadFs;
use crate::link::{self, Linked, Output, Overrides, Profile, Program};
use crate::lint;
use crate::syntax::MAX_FILE_BYTES;
use crate::text::{RelPath, SourceMap};
use load::{Loaded, Loads};

pub use build::{Built, OutFolder, Wanted};
pub use diff::{
    Compared, DiffChoices, InputKind, Mode, Reading, Release, Stability, Strictness, Versions,
    compare_versions, is_version,
};
pub use init::first_contract;
pub use simulate::Simulated;

/// The version of this compiler, as artifacts and locks carry it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a command has to say, with the texts that it speaks about.
#[derive(Debug)]
pub struct Report {
    /// The findings.
    pub findings: Findings,
    /// The texts.
    pub sources: SourceMap,
}

impl Report {
    /// The exit code: 0 clean, 1 adjustable or stale findings at or above `fail_on`, 2 errors that
    /// stop compilation. The category of the rule decides, nothing else.
    pub fn exit_code(&self, fail_on: Option<Severity>) -> u8 {
        let mut code = 0;
        for finding in self.findings.iter() {
            let rule = finding.rule();
            let is_reported = rule.category.is_adjustable() || std::ptr::eq(rule, &OUTPUT_STALE);
            if is_reported && fail_on.is_some_and(|level| finding.severity() >= level) {
                code = code.max(1);
            }
            if !is_reported && finding.severity() == Severity::Error {
                code = 2;
            }
        }
        code
    }
}

/// What a build or a check is asked for beside its paths.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    target: Option<String>,
    overrides: Overrides,
    today: Option<String>,
}

impl Choices {
    /// Chooses a target.
    pub fn target(&mut self, name: &str) {
        self.target = Some(name.to_owned());
    }

    /// Says what day it is, as `YYYY-MM-DD`: waivers end. Without a day none does.
    pub fn today(&mut self, day: &str) {
        self.today = Some(day.to_owned());
    }

    /// Chooses a profile such as `istio-1.30`; `false` when there is none of this name.
    pub fn profile(&mut self, name: &str) -> bool {
        self.overrides.profile = name.strip_prefix("istio-").and_then(Profile::from_version);
        self.overrides.profile.is_some()
    }

    /// Takes `EMITTER.KEY=VALUE`; the error says what is wrong with it.
    pub fn set(&mut self, text: &str) -> Result<(), String> {
        self.overrides.set(text)
    }
}

/// The compiler over a workspace.
pub struct Compiler<'a> {
    fs: &'a dyn ReadFs,
}

impl<'a> Compiler<'a> {
    /// A compiler that reads contracts and documents through `fs`.
    pub fn new(fs: &'a dyn ReadFs) -> Self {
        Compiler { fs }
    }

    /// Parses, resolves, validates and lints the contracts that `roots` select, for each of their
    /// targets or the one chosen. Nothing is written.
    pub fn check(&self, roots: &[RelPath], choices: &Choices) -> Report {
        let mut loads = self.load(roots, choices);
        let mut sink = std::mem::take(&mut loads.diagnostics);
        let wanted = choices.target.as_deref();
        for (contracts, chosen) in per_target(&loads.contracts, wanted, &mut sink) {
            let program = link::link(contracts, &choices.overrides, &mut sink);
            for linked in &program.contracts {
                link::unenforceable(linked, &mut sink);
                link::client_ip_at_sidecar(linked, &mut sink);
                lint::run(linked, &mut sink);
            }
            drop(chosen);
        }
        finish(sink, loads.sources, &loads.levels)
    }

    /// What the contract at `path` names as its baseline, as it is written: `git:REV`, `file:PATH` or
    /// `dir:DIR`, the paths relative to the contract. `None` also for what cannot be read, which every
    /// other command reports.
    pub fn baseline(&self, path: &RelPath) -> Option<String> {
        load::baseline(self.fs, path)
    }

    /// The contracts that `roots` select and that name a baseline, each with it. The folder of artifacts
    /// is `out`.
    pub fn baselines(&self, roots: &[RelPath], out: &OutFolder<'_>) -> Vec<(RelPath, String)> {
        let skip = build::skipped_folders(&lock::Lock::default(), out);
        let all = load::discover(self.fs, roots, &skip, &mut Diagnostics::default());
        let named: Vec<RelPath> = all
            .into_par_iter()
            .filter(|path| self.may_name_baseline(path))
            .collect();
        if named.is_empty() {
            return Vec::new();
        }
        // Folders of artifacts are left out; the lock, which knows them, is worth reading only now.
        let selected = self.contracts(roots);
        named
            .into_iter()
            .filter(|path| selected.contains(path))
            .filter_map(|path| {
                let baseline = self.baseline(&path)?;
                Some((path, baseline))
            })
            .collect()
    }

    /// Whether a contract is worth parsing for its baseline: most name none. A key may be written with
    /// escapes, so a text with any is parsed as well.
    fn may_name_baseline(&self, path: &RelPath) -> bool {
        self.fs.read(path, MAX_FILE_BYTES).is_ok_and(|bytes| {
            memchr::memmem::find(&bytes, b"baseline").is_some()
                || memchr::memchr(b'\\', &bytes).is_some()
        })
    }

    /// The contracts that `roots` select. What cannot be listed is reported by every other command.
    pub fn contracts(&self, roots: &[RelPath]) -> Vec<RelPath> {
        let lock = self.fs.read(&build::lock_path(), lock::MAX_LOCK_BYTES).ok();
        let skip: Vec<RelPath> = build::read_lock(lock.as_deref()).folders().collect();
        load::discover(self.fs, roots, &skip, &mut Diagnostics::default())
    }

    /// Compares two releases. What is waived in the workspace is left out.
    pub fn diff(&self, old: &Release<'_>, new: &Release<'_>, choices: &DiffChoices) -> Compared {
        self.diff_history(std::slice::from_ref(old), new, choices)
    }

    /// Compares the versions of a history, the oldest first, with a new release: every one of them when
    /// the choices are transitive, as two steps that are each compatible may break together, else the
    /// last. Contracts say by themselves which of their promises hold towards all.
    pub fn diff_history(
        &self,
        history: &[Release<'_>],
        new: &Release<'_>,
        choices: &DiffChoices,
    ) -> Compared {
        let versions = Versions {
            history: history.to_vec(),
            new: new.clone(),
        };
        diff::diff(self.fs, &[versions], choices, None)
    }

    /// Compares releases and tells what is found together with what was found before, such as by the
    /// build of the same contracts.
    pub fn diff_after(
        &self,
        before: Report,
        comparisons: &[Versions<'_>],
        choices: &DiffChoices,
    ) -> Compared {
        diff::diff(self.fs, comparisons, choices, Some(before))
    }

    /// Runs `emitters` over the contracts that `roots` select and writes the artifacts.
    pub fn build(
        &self,
        roots: &[RelPath],
        choices: &Choices,
        wanted: &Wanted,
        out: &OutFolder<'_>,
    ) -> Built {
        build::build(self, roots, choices, wanted, out)
    }

    /// Where each policy of the contracts is enforced, in each output, with reason and cost.
    pub fn placement(&self, roots: &[RelPath], choices: &Choices) -> (Option<String>, Report) {
        let mut loads = self.load(roots, choices);
        let mut sink = std::mem::take(&mut loads.diagnostics);
        let program = self.link(std::mem::take(&mut loads.contracts), choices, &mut sink);
        let text = (!sink.has_errors()).then(|| placement::table(&program, &loads.sources));
        (text, finish(sink, loads.sources, &loads.levels))
    }

    /// The decision per request, one JSON object a line in and out.
    pub fn simulate(&self, roots: &[RelPath], choices: &Choices, requests: &[u8]) -> Simulated {
        let mut loads = self.load(roots, choices);
        let mut sink = std::mem::take(&mut loads.diagnostics);
        let program = self.link(std::mem::take(&mut loads.contracts), choices, &mut sink);
        let decisions = if sink.has_errors() {
            Ok(Vec::new())
        } else {
            simulate::run(&program, requests)
        };
        let report = finish(sink, loads.sources, &loads.levels);
        Simulated { report, decisions }
    }

    fn load(&self, roots: &[RelPath], choices: &Choices) -> Loads {
        let mut sink = Diagnostics::default();
        let lock = self.fs.read(&build::lock_path(), lock::MAX_LOCK_BYTES).ok();
        let skip: Vec<RelPath> = build::read_lock(lock.as_deref()).folders().collect();
        let paths = load::discover(self.fs, roots, &skip, &mut sink);
        if paths.is_empty() && sink.is_empty() {
            load::report_nothing(roots, &mut sink);
        }
        let mut loads = load::load(self.fs, &paths, choices.today.as_deref());
        loads.diagnostics.absorb(sink);
        loads
    }

    /// Links for commands that need one target per contract.
    fn link(&self, loaded: Vec<Loaded>, choices: &Choices, sink: &mut Diagnostics) -> Program {
        let wanted = choices.target.as_deref();
        let contracts = loaded
            .into_iter()
            .filter_map(|loaded| {
                let target = link::choose_target(&loaded.contract, wanted, sink)?;
                Some((loaded.contract, target))
            })
            .collect();
        link::link(contracts, &choices.overrides, sink)
    }
}

/// The contracts for each target in turn. A contract without targets takes part in every one, as
/// the built-in target; one that does not have a target that others have stays out of it.
fn per_target(
    contracts: &[Loaded],
    wanted: Option<&str>,
    sink: &mut Diagnostics,
) -> Vec<(Vec<(crate::contract::Contract, String)>, String)> {
    if wanted.is_some() {
        let chosen = contracts
            .iter()
            .filter_map(|loaded| {
                Some((
                    loaded.contract.clone(),
                    link::choose_target(&loaded.contract, wanted, sink)?,
                ))
            })
            .collect();
        return vec![(chosen, wanted.unwrap_or_default().to_owned())];
    }
    let mut names: Vec<&str> = contracts
        .iter()
        .flat_map(|loaded| loaded.contract.targets.keys())
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        names.push("default");
    }
    names
        .into_iter()
        .map(|name| {
            let chosen = contracts
                .iter()
                .filter_map(|loaded| {
                    let targets = &loaded.contract.targets;
                    match (targets.contains_key(name), targets.is_empty()) {
                        (true, _) => Some((loaded.contract.clone(), name.to_owned())),
                        (false, true) => Some((loaded.contract.clone(), "default".to_owned())),
                        (false, false) => None,
                    }
                })
                .collect();
            (chosen, name.to_owned())
        })
        .collect()
}

fn finish(sink: Diagnostics, sources: SourceMap, levels: &LevelTable) -> Report {
    let findings = sink.finish(levels);
    Report { findings, sources }
}

/// The enforcing outputs among emitters.
fn outputs<'i>(emitters: impl IntoIterator<Item = &'i str>) -> Vec<Output> {
    emitters
        .into_iter()
        .filter_map(Output::of_emitter)
        .collect()
}

/// Reports policies of a contract that the chosen outputs leave unenforced.
fn report_unenforced(linked: &Linked, emitters: &[&str], sink: &mut Diagnostics) {
    link::unenforced(linked, &outputs(emitters.iter().copied()), sink);
    link::client_ip_at_sidecar(linked, sink);
    lint::run(linked, sink);
}

/// JSON Schemas of what is read and written, by name.
pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
    vec![
        ("contract", crate::syntax::contract_schema()),
        ("lock", lock::schema()),
        (
            "bundle",
            schemars::schema_for!(cherry_runtime::bundle::Bundle).to_value(),
        ),
        ("diagnostic", crate::diag::diagnostic_schema()),
        ("compat-report", crate::diag::compat_report_schema()),
    ]
}
