//! What a comparison is held to: flags first, then `buf.yaml`, then what is usual.

use std::collections::BTreeSet;

use super::Release;
use super::buf::{Breaking, Wanted};
use super::layout::Layout;
use crate::compat::{self, Policy, Selected};
use crate::contract::Contract;
use crate::diag::Diagnostic;
use crate::text::{RelPath, SourceMap};

pub use crate::compat::{Mode, Reading, Stability, Strictness};

use super::kind::InputKind;

/// What a comparison is asked for beside its sides.
#[derive(Debug, Clone, Default)]
pub struct DiffChoices {
    mode: Option<Mode>,
    is_transitive: bool,
    strictness: Option<Strictness>,
    rules: Option<BTreeSet<Selected>>,
    except: Option<BTreeSet<Selected>>,
    ignore: Option<Vec<RelPath>>,
    ignore_unstable: bool,
    reading: Option<Reading>,
    min_stability: Option<Stability>,
    pub(super) buf_config: Option<(String, Vec<u8>)>,
    pub(super) today: Option<String>,
}

impl DiffChoices {
    /// Says which side must go on reading what the other one writes.
    pub fn mode(&mut self, mode: Mode) {
        self.mode = Some(mode);
    }

    /// Says that every version of a history counts, and not the last one alone.
    pub fn transitive(&mut self) {
        self.is_transitive = true;
    }

    /// Says from where on a change counts.
    pub fn strictness(&mut self, strictness: Strictness) {
        self.strictness = Some(strictness);
    }

    /// Asks for findings by names of rules and categories, ours or those of other tools; the error
    /// names what does not exist.
    pub fn rules(&mut self, names: &[String]) -> Result<(), String> {
        self.rules = Some(select(names)?);
        Ok(())
    }

    /// Takes names of rules and categories out; the error names what does not exist.
    pub fn except(&mut self, names: &[String]) -> Result<(), String> {
        self.except = Some(select(names)?);
        Ok(())
    }

    /// Leaves findings in a file or folder out, given relative to the new side.
    pub fn ignore(&mut self, path: RelPath) {
        self.ignore.get_or_insert_default().push(path);
    }

    /// Leaves packages out whose version says that they are unstable.
    pub fn ignore_unstable(&mut self) {
        self.ignore_unstable = true;
    }

    /// Says how names that nobody wrote down are read.
    pub fn reading(&mut self, reading: Reading) {
        self.reading = Some(reading);
    }

    /// Leaves operations out that promise less stability.
    pub fn min_stability(&mut self, level: Stability) {
        self.min_stability = Some(level);
    }

    /// Whether what was chosen says something about this kind of input; the error names the flag
    /// that does not.
    pub fn fits(&self, kind: InputKind) -> Result<(), String> {
        match kind {
            // What lies in it says so.
            InputKind::Folder | InputKind::Files => Ok(()),
            kind => self.fit(&BTreeSet::from([kind])),
        }
    }

    /// The same for several kinds at once: each flag has to be about one of them.
    pub(super) fn fit(&self, kinds: &BTreeSet<InputKind>) -> Result<(), String> {
        let is_protobuf =
            |kind: &InputKind| matches!(kind, InputKind::Protobuf | InputKind::ProtobufFolder);
        // Each with whether it is one for Protobuf, and whether it is given.
        let flags = [
            ("--reading", false, self.reading.is_some()),
            ("--min-stability", false, self.min_stability.is_some()),
            ("--ignore-unstable", true, self.ignore_unstable),
            ("--buf-config", true, self.buf_config.is_some()),
        ];
        let mut given = flags.into_iter().filter(|(_, _, is_given)| *is_given);
        let foreign = given.find(|(_, for_protobuf, _)| {
            !kinds.is_empty() && kinds.iter().all(|kind| is_protobuf(kind) != *for_protobuf)
        });
        match foreign {
            Some((flag, false, _)) => Err(format!("`{flag}` does not apply to Protobuf")),
            Some((flag, true, _)) => Err(format!("`{flag}` applies only to Protobuf")),
            None => Ok(()),
        }
    }

    /// Files and folders whose findings are left out.
    pub(super) fn ignored(&self) -> &[RelPath] {
        self.ignore.as_deref().unwrap_or_default()
    }

    /// Whether every version of a history counts.
    pub(super) fn is_transitive(&self) -> bool {
        self.is_transitive
    }

    /// The same choices with what a contract says of its versions, where nobody chose.
    pub(super) fn of_contract(&self, contract: &Contract) -> Self {
        let mut choices = self.clone();
        if choices.mode.is_none() {
            let written = contract.compat.mode.value;
            choices.mode = Some(match (written.is_backward, written.is_forward) {
                (true, true) => Mode::Full,
                (true, false) => Mode::Backward,
                (false, true) => Mode::Forward,
                (false, false) => Mode::None,
            });
            choices.is_transitive |= written.is_transitive;
        }
        choices
    }

    /// What documents are held to.
    pub(super) fn documents(&self) -> Policy {
        let mode = self.mode.unwrap_or(Mode::Backward);
        let mut policy = Policy::new(mode, self.strictness.unwrap_or(Strictness::Json));
        policy.rules.clone_from(&self.rules);
        policy.except = self.except.clone().unwrap_or_default();
        policy.reading = self.reading.unwrap_or_default();
        policy.min_stability = self.min_stability.unwrap_or(Stability::Draft);
        policy.today = self.today.as_deref().map(Into::into);
        policy
    }

    /// What the Protobuf files of a contract are held to: the contract says it, and no `buf.yaml`.
    pub(super) fn records(&self) -> Policy {
        Policy {
            strictness: self.strictness.unwrap_or(Strictness::Source),
            ..self.documents()
        }
    }

    /// Takes the text of a `buf.yaml`, with the name that it is called by in findings.
    pub fn buf_config(&mut self, name: &str, bytes: Vec<u8>) {
        self.buf_config = Some((name.to_owned(), bytes));
    }

    /// Says what day it is, as `YYYY-MM-DD`: waivers end. Without a day none does.
    pub fn today(&mut self, day: &str) {
        self.today = Some(day.to_owned());
    }

    /// What is read of a `buf.yaml` that nobody named: what counts only where no flag says it.
    pub(super) fn wanted(&self) -> Wanted {
        let is_said = self.rules.is_some()
            || self.except.is_some()
            || self.ignore.is_some()
            || self.ignore_unstable;
        if is_said {
            Wanted::Modules
        } else {
            Wanted::All
        }
    }
}

fn select(names: &[String]) -> Result<BTreeSet<Selected>, String> {
    let mut out = BTreeSet::new();
    for name in names {
        match compat::select(name) {
            Some(rules) => out.extend(rules),
            None => return Err(format!("there is no rule or category `{name}`")),
        }
    }
    Ok(out)
}

/// A policy with the modules that it holds for.
pub(super) struct Scoped {
    pub(super) policy: Policy,
    /// Its modules.
    modules: Vec<RelPath>,
    /// All modules: a file belongs to the innermost one that holds it.
    all: Vec<RelPath>,
}

impl Scoped {
    /// Whether a finding lies in one of the modules.
    pub(super) fn is_about(
        &self,
        finding: &Diagnostic,
        sources: &SourceMap,
        bases: [&RelPath; 2],
    ) -> bool {
        let Some(comparison) = finding.comparison() else {
            return true;
        };
        let place = match (comparison.at, comparison.old_at) {
            (Some(span), _) => Some((span, bases[1])),
            (None, Some(span)) => Some((span, bases[0])),
            (None, None) => None,
        };
        let Some((span, base)) = place else {
            return true;
        };
        let path = RelPath::new(sources.file(span.file).path().below(base));
        let modules = self
            .all
            .iter()
            .filter(|module| path.as_ref().is_some_and(|path| path.is_below(module)));
        let module = modules.max_by_key(|module| module.as_str().len());
        module.is_none_or(|module| self.modules.contains(module))
    }
}

/// The policies of a comparison, one for each group of modules that is held to the same.
pub(super) fn policies(
    choices: &DiffChoices,
    layout: &Layout,
    sides: [&Release<'_>; 2],
) -> Vec<Scoped> {
    let config = layout.config.as_ref();
    let modules = layout.modules();
    let all: Vec<RelPath> = modules.iter().map(|module| module.path.clone()).collect();
    let mut out: Vec<(Option<&Breaking>, Vec<RelPath>)> = Vec::new();
    for module in modules {
        let shared = config.and_then(|config| config.breaking.as_ref());
        let breaking = config.and(module.breaking.as_ref()).or(shared);
        match out.iter_mut().find(|(known, _)| *known == breaking) {
            Some((_, group)) => group.push(module.path.clone()),
            None => out.push((breaking, vec![module.path.clone()])),
        }
    }
    out.into_iter()
        .map(|(breaking, modules)| Scoped {
            policy: policy(choices, breaking, layout, sides),
            modules,
            all: all.clone(),
        })
        .collect()
}

fn policy(
    choices: &DiffChoices,
    breaking: Option<&Breaking>,
    layout: &Layout,
    sides: [&Release<'_>; 2],
) -> Policy {
    let mode = choices.mode.unwrap_or(Mode::Backward);
    let strictness = choices.strictness.unwrap_or(Strictness::Source);
    let mut policy = Policy::new(mode, strictness);
    policy.is_partial = layout.is_partial();
    if let Some(breaking) = breaking {
        policy.rules = Some(breaking.rules.clone());
        policy.except = breaking.except.clone();
        policy.ignore = layout.units_named(&breaking.ignore, sides);
        policy.ignore_only = breaking
            .ignore_only
            .iter()
            .map(|(rules, paths)| (rules.clone(), layout.units_named(paths, sides)))
            .collect();
        policy.ignore_unstable = breaking.ignore_unstable;
    }
    if let Some(rules) = &choices.rules {
        policy.rules = Some(rules.clone());
    }
    if let Some(except) = &choices.except {
        policy.except = except.clone();
    }
    if let Some(ignore) = &choices.ignore {
        policy.ignore = layout.units_below(ignore, sides);
    }
    policy.ignore_unstable |= choices.ignore_unstable;
    policy
}
