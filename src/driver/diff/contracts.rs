//! Contracts: what they promise themselves, and the documents that they import.

use std::collections::{BTreeMap, BTreeSet};

use super::{DiffChoices, Release, documents};
use crate::compat::{self, EventSide, Scope, check_events};
use crate::diag::{Diagnostic, Diagnostics, Findings, Summary};
use crate::driver::load::{Loaded, load_side};
use crate::driver::payloads::Payload;
use crate::syntax::rules::FILE_UNREADABLE;
use crate::text::{RelPath, Side, SourceMap};

/// Compares two contracts with everything that they import. Also says whether any text differs.
pub(super) fn judge(
    old: &Release<'_>,
    new: &Release<'_>,
    choices: &DiffChoices,
    is_last: bool,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Option<(Diagnostics, bool)> {
    let was = load_side(old.fs, &old.paths, Side::Old, sources, sink);
    let is = load_side(new.fs, &new.paths, Side::New, sources, sink);
    if sink.has_errors() {
        return None;
    }
    let mut found = Diagnostics::default();
    let mut is_changed = false;
    if is_last {
        let [before, after] = [&was, &is].map(|side| {
            let contracts = side.iter().map(|loaded| &loaded.contract);
            contracts.collect::<Vec<_>>()
        });
        let mode = is.first().map_or(choices.clone(), |first| {
            choices.of_contract(&first.contract)
        });
        found.absorb(compat::check_ranges(&before, &after, &mode.documents()));
    }
    for (was, is) in pairs(&was, &is, [old, new], sink)? {
        let events = [was, is].map(event_side);
        let choices = &choices.of_contract(&is.contract);
        if !is_last && !choices.is_transitive() {
            // Messages make a promise of their own to every version.
            let policy = choices.documents();
            let sent = check_events(&events[0], &events[1], &policy, Scope::Earlier);
            found.absorb(sent);
            continue;
        }
        let changed = pair(
            (old, was, &events[0]),
            (new, is, &events[1]),
            choices,
            sources,
            &mut found,
            sink,
        )?;
        is_changed |= changed;
    }
    Some((found, is_changed))
}

/// Contracts that belong together: two single ones whatever they are called, else by name.
fn pairs<'l>(
    old: &'l [Loaded],
    new: &'l [Loaded],
    sides: [&Release<'_>; 2],
    sink: &mut Diagnostics,
) -> Option<Vec<(&'l Loaded, &'l Loaded)>> {
    if let ([was], [is]) = (old, new) {
        return Some(vec![(was, is)]);
    }
    let by_name: BTreeMap<_, _> = new
        .iter()
        .map(|loaded| (loaded.contract.name.clone(), loaded))
        .collect();
    let pairs: Vec<_> = old
        .iter()
        .filter_map(|was| Some((was, *by_name.get(&was.contract.name)?)))
        .collect();
    if pairs.is_empty() {
        let [old, new] = sides.map(|side| &side.name);
        sink.report(
            &FILE_UNREADABLE,
            format_args!("no contract is in both `{old}` and `{new}`"),
        )
        .help("name two versions of one contract");
        return None;
    }
    Some(pairs)
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

fn pair(
    (old, was, was_sent): (&Release<'_>, &Loaded, &EventSide<'_>),
    (new, is, is_sent): (&Release<'_>, &Loaded, &EventSide<'_>),
    choices: &DiffChoices,
    sources: &mut SourceMap,
    found: &mut Diagnostics,
    sink: &mut Diagnostics,
) -> Option<bool> {
    let policy = choices.documents();
    let mut all = compat::check_promises(&was.contract, &is.contract, &policy);
    let sent = check_events(was_sent, is_sent, &policy, Scope::Last);
    let told: BTreeSet<Told> = sent.iter().map(|finding| told(finding, sources)).collect();
    all.absorb(sent);
    let mut is_changed = was.inputs.values().ne(is.inputs.values());
    for (alias, path) in &is.documents {
        let Some((_, before)) = was.documents.iter().find(|(other, _)| other == alias) else {
            continue;
        };
        let (before, after) = (one(old, before), one(new, path));
        let (mut more, changed) = documents::judge(&before, &after, choices, sources, sink)?;
        // What an event says of its payload, by its own promise, needs no repetition.
        more.retain(|finding| !told.contains(&self::told(finding, sources)));
        all.absorb(more);
        is_changed |= changed;
    }
    for (alias, after) in &is.trees {
        let Some((_, before)) = was.trees.iter().find(|(other, _)| other == alias) else {
            continue;
        };
        let mut more = compat::check(&before.set, &after.set, &choices.records());
        more.retain(|finding| {
            let comparison = finding.comparison();
            let places = comparison.map_or([None, None], |found| [found.old_at, found.at]);
            let is_ours = places.iter().flatten().any(|span| {
                let path = sources.file(span.file).path();
                before.files.contains(path) || after.files.contains(path)
            });
            is_ours && !told.contains(&self::told(finding, sources))
        });
        all.absorb(more);
    }
    for (alias, after) in &is.datums {
        let Some((_, before)) = was.datums.iter().find(|(other, _)| other == alias) else {
            continue;
        };
        let mut more = compat::check_datums(before, after, &policy);
        more.retain(|finding| !told.contains(&self::told(finding, sources)));
        all.absorb(more);
    }
    let needed = needed(&all, is_changed);
    if was.contract.name == is.contract.name {
        all.absorb(compat::check_version(
            &was.contract,
            &is.contract,
            needed,
            &policy,
        ));
    }
    found.absorb(all);
    Some(is_changed)
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

/// One file of a release as a side of its own.
fn one<'r>(release: &Release<'r>, path: &RelPath) -> Release<'r> {
    Release {
        fs: release.fs,
        paths: vec![path.clone()],
        name: release.name.clone(),
        may_lack: false,
    }
}

/// The step that the findings ask for.
fn needed(found: &Diagnostics, is_changed: bool) -> crate::diag::Bump {
    let findings: Findings = found.clone().finish(&crate::diag::LevelTable::default());
    Summary::of(&findings, is_changed).bump
}
