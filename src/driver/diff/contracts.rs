//! Contracts: what they promise themselves, and the documents that they import.

use std::collections::{BTreeMap, BTreeSet};

use super::documents::Pair;
use super::ignored::Ignored;
use super::listing::Entry;
use super::{DiffChoices, Release, root};
use crate::compat::{self, EventSide, Import, Lone, Policy, Scope, check_events, check_imports};
use crate::diag::{Bump, Diagnostic, Diagnostics, Findings, LevelTable, Severity, Summary};
use crate::driver::load::{ImportKind, ImportedDocument, Loaded, load_side};
use crate::driver::payloads::{Payload, Tree};
use crate::text::{RelPath, Side, SourceMap};

/// The contracts of both sides, read.
pub(super) struct Contracts<'c> {
    was: Vec<Loaded>,
    is: Vec<Loaded>,
    choices: &'c DiffChoices,
    /// Contracts that belong together, by their places on both sides.
    pairs: Vec<(usize, usize)>,
    gone: Vec<usize>,
    added: Vec<usize>,
    /// The folders that are compared.
    roots: [RelPath; 2],
}

impl<'c> Contracts<'c> {
    /// Reads the contracts of both sides; `None` when something is wrong with them.
    pub(super) fn read(
        [old, new]: [&Release<'_>; 2],
        [old_listed, new_listed]: [&[Entry]; 2],
        is_named: bool,
        choices: &'c DiffChoices,
        sources: &mut SourceMap,
        sink: &mut Diagnostics,
    ) -> Option<Self> {
        let paths = |entries: &[Entry]| -> Vec<RelPath> {
            let paths = entries.iter();
            paths.map(|entry| entry.path.clone()).collect()
        };
        let (old_paths, new_paths) = (paths(old_listed), paths(new_listed));
        let was = load_side(old.fs, &old_paths, Side::Old, sources, sink);
        let is = load_side(new.fs, &new_paths, Side::New, sources, sink);
        if sink.has_errors() {
            return None;
        }
        let mut contracts = Contracts {
            pairs: Vec::new(),
            gone: (0..was.len()).collect(),
            added: (0..is.len()).collect(),
            was,
            is,
            choices,
            roots: [old, new].map(root),
        };
        let key = |listed: &[Entry], loaded: &Loaded, sources: &SourceMap| {
            let path = sources.file(loaded.contract.name_span.file).path();
            let entry = listed.iter().find(|entry| entry.path == *path);
            entry.map(|entry| entry.key.clone())
        };
        let old_keys: Vec<_> = (contracts.was.iter())
            .map(|loaded| key(old_listed, loaded, sources))
            .collect();
        let new_keys: Vec<_> = (contracts.is.iter())
            .map(|loaded| key(new_listed, loaded, sources))
            .collect();
        // The same name may stand in several files of a folder.
        contracts.pair(|was, is, (old, new)| {
            was.contract.name == is.contract.name && old_keys[old] == new_keys[new]
        });
        contracts.pair(|was, is, _| was.contract.name == is.contract.name);
        if is_named {
            // A file that was named is what became of that file, whatever it is called now.
            contracts.pair(|_, _, (old, new)| old_keys[old] == new_keys[new]);
        }
        contracts.pairs.sort_by_key(|(_, new)| *new);
        Some(contracts)
    }

    /// Makes pairs of contracts that have none yet.
    fn pair(&mut self, belong: impl Fn(&Loaded, &Loaded, (usize, usize)) -> bool) {
        let (was, is, added) = (&self.was, &self.is, &mut self.added);
        let mut pairs = Vec::new();
        self.gone.retain(|old| {
            let found = added
                .iter()
                .position(|new| belong(&was[*old], &is[*new], (*old, *new)));
            pairs.extend(found.map(|at| (*old, added.remove(at))));
            found.is_none()
        });
        self.pairs.extend(pairs);
    }

    /// Whether there is no contract on either side.
    pub(super) fn is_empty(&self) -> bool {
        self.was.is_empty() && self.is.is_empty()
    }

    /// Contracts that only one side has; the note of those that are `named` says where they are not.
    pub(super) fn lone(&self, absent: Option<&str>) -> Vec<(Lone, Policy)> {
        let gone = self.gone.iter().map(|at| (&self.was[*at], Side::Old));
        let added = self.added.iter().map(|at| (&self.is[*at], Side::New));
        gone.chain(added)
            .map(|(loaded, side)| {
                let contract = &loaded.contract;
                let lone = Lone {
                    what: format!("contract `{}`", contract.name),
                    becomes: absent.filter(|_| side == Side::New).map(str::to_owned),
                    side,
                    at: contract.name_span,
                };
                (lone, self.choices.of_contract(contract).documents())
            })
            .collect()
    }

    /// Every file that the contracts of a side import, in any number of steps.
    pub(super) fn imported(&self, side: Side) -> BTreeSet<&RelPath> {
        let loaded = match side {
            Side::Old => &self.was,
            Side::New => &self.is,
        };
        loaded
            .iter()
            .flat_map(|loaded| loaded.inputs.keys())
            .collect()
    }

    /// Readers of events whose versions their senders have left.
    pub(super) fn ranges(&self) -> Diagnostics {
        let [old, new] = [&self.was, &self.is].map(|side| {
            let contracts = side.iter().map(|loaded| &loaded.contract);
            contracts.collect::<Vec<_>>()
        });
        let mut found = Diagnostics::default();
        for reader in &new {
            let policy = self.choices.of_contract(reader).documents();
            found.absorb(compat::check_ranges(reader, &old, &new, &policy));
        }
        found
    }

    /// What there is to compare of the contracts that both sides have. Of an `is_last` version of a
    /// history that is all, of others what holds towards every version.
    pub(super) fn tasks(&self, is_last: bool) -> Vec<Task<'_>> {
        let pairs = self.pairs.iter();
        pairs
            .map(|(old, new)| {
                let (was, is) = (&self.was[*old], &self.is[*new]);
                let choices = self.choices.of_contract(&is.contract);
                Task {
                    was,
                    is,
                    roots: &self.roots,
                    policy: choices.documents(),
                    records: choices.records(),
                    is_whole: is_last || choices.is_transitive(),
                }
            })
            .collect()
    }
}

/// An import as both sides have it, the old one first.
type Both<'l> = (&'l ImportedDocument, &'l ImportedDocument);

/// Two contracts to compare.
pub(super) struct Task<'l> {
    was: &'l Loaded,
    is: &'l Loaded,
    roots: &'l [RelPath; 2],
    policy: Policy,
    /// What the Protobuf files that both import are held to.
    records: Policy,
    /// Whether more is compared than messages, which make a promise of their own to every version.
    is_whole: bool,
}

impl<'l> Task<'l> {
    /// The documents that both import: by alias, else by path, as an alias is known to nobody else.
    pub(super) fn documents(&self) -> Vec<Pair> {
        let pairs = self.imports().0.into_iter();
        pairs
            .filter(|(was, _)| was.kind != ImportKind::Records)
            .map(|(was, is)| Pair {
                old: was.path.clone(),
                new: is.path.clone(),
                policy: self.policy.clone(),
            })
            .collect()
    }

    /// Imports that both sides have, and those that only one has.
    fn imports(&self) -> (Vec<Both<'l>>, Vec<Import<'l>>) {
        let mut pairs = Vec::new();
        if !self.is_whole {
            return (pairs, Vec::new());
        }
        let (was, is) = (self.was, self.is);
        let mut gone: Vec<&'l ImportedDocument> = was.documents.iter().collect();
        let mut added: Vec<&'l ImportedDocument> = is.documents.iter().collect();
        let [old, new] = self.roots;
        let is_called = |(was, is): Both<'_>| was.alias == is.alias;
        let lies = |(was, is): Both<'_>| was.path.below(old) == is.path.below(new);
        let ways: [&dyn Fn(Both<'_>) -> bool; 2] = [&is_called, &lies];
        for belong in ways {
            added.retain(|is| {
                let mut others = gone.iter();
                let found = others.position(|was| was.kind == is.kind && belong((was, is)));
                pairs.extend(found.map(|at| (gone.remove(at), *is)));
                found.is_none()
            });
        }
        let gone = gone.into_iter().map(|import| (import, Side::Old));
        let added = added.into_iter().map(|import| (import, Side::New));
        let lone = gone.chain(added).map(|(import, side)| Import {
            alias: &import.alias,
            is_of_calls: import.kind == ImportKind::Calls,
            is_text: import.kind != ImportKind::Datums,
            is_binary: matches!(import.kind, ImportKind::Datums | ImportKind::Records),
            side,
            at: import.at,
        });
        (pairs, lone.collect())
    }

    /// What the Protobuf files say of themselves that both sides import; `None` of other imports.
    fn trees(&self, (was, is): Both<'_>, sources: &SourceMap) -> Option<Diagnostics> {
        let tree = |loaded: &'l Loaded, import: &ImportedDocument| -> Option<&'l Tree> {
            let mut trees = loaded.trees.iter();
            let (_, tree) = trees.find(|(alias, _)| *alias == import.alias)?;
            Some(tree)
        };
        let (before, after) = (tree(self.was, was)?, tree(self.is, is)?);
        let mut found = compat::check(&before.set, &after.set, &self.records);
        // What they import is told by those whose it is.
        found.retain(|finding| {
            let comparison = finding.comparison();
            let places = comparison.map_or([None, None], |found| [found.old_at, found.at]);
            places.iter().flatten().any(|span| {
                let path = sources.file(span.file).path();
                before.files.contains(path) || after.files.contains(path)
            })
        });
        Some(found)
    }

    /// Everything that is found, with what the documents that both import came to. Also whether any
    /// text differs.
    pub(super) fn judge(
        &self,
        documents: Vec<Diagnostics>,
        ignored: &Ignored<'_>,
        sources: &SourceMap,
    ) -> (Diagnostics, bool) {
        let (was, is, policy) = (self.was, self.is, &self.policy);
        let sides = [was, is].map(event_side);
        let is_wanted = |finding: &Diagnostic| !ignored.covers(finding, sources);
        if !self.is_whole {
            let mut sent = check_events(&sides[0], &sides[1], policy, Scope::Earlier);
            sent.retain(is_wanted);
            return (sent, false);
        }
        let mut all = compat::check_promises(&was.contract, &is.contract, policy);
        let (imports, lone) = self.imports();
        all.absorb(check_imports(&lone, is.contract.name_span, policy));
        let sent = check_events(&sides[0], &sides[1], policy, Scope::Last);
        let told: BTreeSet<Told> = sent.iter().map(|finding| told(finding, sources)).collect();
        all.absorb(sent);
        let records = imports
            .into_iter()
            .filter_map(|both| self.trees(both, sources));
        for mut found in documents.into_iter().chain(records) {
            // What an event says of its payload, by its own promise, needs no repetition.
            found.retain(|finding| !told.contains(&self::told(finding, sources)));
            all.absorb(found);
        }
        all.retain(is_wanted);
        let texts = |loaded: &'l Loaded, side: Side| {
            let inputs = loaded.inputs.iter();
            let wanted = inputs.filter(move |(path, _)| !ignored.holds(side, path));
            wanted.map(|(_, hash)| hash)
        };
        let is_changed = texts(was, Side::Old).ne(texts(is, Side::New));
        if was.contract.name == is.contract.name {
            let needed = needed(&all, is_changed);
            let step = compat::check_version(&was.contract, &is.contract, needed, policy);
            all.absorb(step);
        }
        (all, is_changed)
    }
}

/// The events of a contract with what they hold.
fn event_side(loaded: &Loaded) -> EventSide<'_> {
    let payloads = loaded.payloads.iter();
    EventSide {
        contract: &loaded.contract,
        payloads: payloads
            .map(|payload| payload.as_ref().map(Payload::borrow))
            .collect(),
    }
}

/// What tells findings about schemas apart that were read twice.
type Told = [Option<(RelPath, u32, u32)>; 2];

fn told(finding: &Diagnostic, sources: &SourceMap) -> Told {
    let comparison = finding.comparison();
    let spans = comparison.map_or([None, None], |comparison| {
        [comparison.at, comparison.old_at]
    });
    // The same change has a name for each way that a value travels.
    spans.map(|span| {
        let span = span?;
        let path = sources.file(span.file).path().clone();
        Some((path, span.start, span.end))
    })
}

/// Takes out of findings about schemas what the schema that they stand in says of itself. `places` are
/// those of the new side, one for each list.
pub(super) fn apart(found: &mut [Diagnostics], places: &[RelPath], sources: &SourceMap) {
    let stands_in = |finding: &Diagnostic, path: &RelPath| {
        let spans = finding
            .comparison()
            .map(|comparison| [comparison.at, comparison.old_at]);
        let at = spans.and_then(|[at, old_at]| at.or(old_at));
        at.is_some_and(|span| sources.file(span.file).path() == path)
    };
    let mut own = BTreeSet::new();
    for (found, path) in found.iter().zip(places) {
        let findings = found.iter().filter(|finding| stands_in(finding, path));
        own.extend(findings.map(|finding| (finding.rule().name, told(finding, sources))));
    }
    for (found, path) in found.iter_mut().zip(places) {
        found.retain(|finding| {
            stands_in(finding, path)
                || !own.contains(&(finding.rule().name, told(finding, sources)))
        });
    }
}

/// Takes out of both lists what the other one says at least as loudly by the same rule of the same
/// places: files that lie in a folder and are imported by a contract in it. Of two alike the second
/// list, of the contracts, has the word.
pub(super) fn louder(files: &mut Diagnostics, contracts: &mut Diagnostics, sources: &SourceMap) {
    type Key = (&'static str, Told);
    let key = |finding: &Diagnostic| (finding.rule().name, told(finding, sources));
    let loudest = |found: &Diagnostics| {
        let mut out: BTreeMap<Key, Severity> = BTreeMap::new();
        let placed = found
            .iter()
            .filter(|finding| finding.comparison().is_some());
        for finding in placed {
            let severity = out.entry(key(finding)).or_insert(finding.severity());
            *severity = (*severity).max(finding.severity());
        }
        out
    };
    let (of_files, of_contracts) = (loudest(files), loudest(contracts));
    files.retain(|finding| {
        let other = of_contracts.get(&key(finding));
        other.is_none_or(|severity| *severity < finding.severity())
    });
    contracts.retain(|finding| {
        let other = of_files.get(&key(finding));
        other.is_none_or(|severity| *severity <= finding.severity())
    });
}

/// Findings that say the same of the same places, once: documents are shared by contracts, and
/// schemas by documents. The loudest stays.
pub(super) fn once(found: Diagnostics, sources: &SourceMap) -> Diagnostics {
    type Key = (&'static str, Box<str>, Told, Vec<Box<str>>);
    let mut places: BTreeMap<Key, usize> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::new();
    let undecided = found.undecided();
    for finding in found.into_list() {
        let uses = finding.comparison().map(|comparison| &*comparison.uses);
        let key = (
            finding.rule().name,
            finding.headline.clone(),
            told(&finding, sources),
            uses.unwrap_or_default().to_vec(),
        );
        match places.get(&key) {
            Some(at) if finding.comparison().is_some() => {
                if finding.severity() > kept[*at].severity() {
                    kept[*at] = finding;
                }
            }
            _ => {
                places.insert(key, kept.len());
                kept.push(finding);
            }
        }
    }
    let mut once = Diagnostics::default();
    once.compared(undecided);
    once.extend(kept);
    once
}

/// The step that the findings ask for.
fn needed(found: &Diagnostics, is_changed: bool) -> Bump {
    let findings: Findings = found.clone().finish(&LevelTable::default());
    Summary::of(&findings, is_changed).bump
}
