//! Contracts: what they promise themselves, and the documents that they import.

use std::collections::BTreeMap;

use super::{DiffChoices, Release, documents};
use crate::compat;
use crate::diag::{Diagnostics, Findings, Summary};
use crate::driver::load::{Loaded, load_side};
use crate::syntax::rules::FILE_UNREADABLE;
use crate::text::{RelPath, Side, SourceMap};

/// Compares two contracts with everything that they import. Also says whether any text differs.
pub(super) fn judge(
    old: &Release<'_>,
    new: &Release<'_>,
    choices: &DiffChoices,
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
    for (was, is) in pairs(&was, &is, [old, new], sink)? {
        let changed = pair((old, was), (new, is), choices, sources, &mut found, sink)?;
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

fn pair(
    (old, was): (&Release<'_>, &Loaded),
    (new, is): (&Release<'_>, &Loaded),
    choices: &DiffChoices,
    sources: &mut SourceMap,
    found: &mut Diagnostics,
    sink: &mut Diagnostics,
) -> Option<bool> {
    let policy = choices.documents();
    let mut all = compat::check_promises(&was.contract, &is.contract, &policy);
    let mut is_changed = was.inputs.values().ne(is.inputs.values());
    for (alias, path) in &is.documents {
        let Some((_, before)) = was.documents.iter().find(|(other, _)| other == alias) else {
            continue;
        };
        let (before, after) = (one(old, before), one(new, path));
        let (more, changed) = documents::judge(&before, &after, choices, sources, sink)?;
        all.absorb(more);
        is_changed |= changed;
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
