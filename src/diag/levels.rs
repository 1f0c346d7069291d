//! What the user turned up, down or waived.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::WAIVER_STALE;
use super::{Category, Diagnostic, Diagnostics, Level, Rule, Severity};
use crate::text::{RelPath, Span};

/// One accepted finding: a rule at a place, owned by somebody, until a day.
#[derive(Debug, Clone)]
pub(crate) struct Waiver {
    /// Whose findings are accepted.
    pub(crate) rule: Waived,
    /// File or folder whose findings are accepted.
    pub(crate) path: RelPath,
    /// Where the name of the rule stands.
    pub(crate) span: Span,
}

/// Whose findings a waiver accepts.
#[derive(Debug, Clone)]
pub(crate) enum Waived {
    /// A rule of ours.
    Rule(&'static Rule),
    /// A rule of another tool, by its id with the tool in front.
    Peer(Box<str>),
}

impl Waived {
    /// The name as it was written.
    fn name(&self) -> &str {
        match self {
            Waived::Rule(rule) => rule.name,
            Waived::Peer(id) => id,
        }
    }

    fn covers(&self, finding: &Diagnostic) -> bool {
        match self {
            Waived::Rule(rule) => rule.name == finding.rule().name,
            Waived::Peer(id) => {
                let peers = finding
                    .comparison()
                    .map_or(&[][..], |comparison| &comparison.peers);
                // What does not say which ids fire here stands for all that its rule has.
                let peers = if peers.is_empty() {
                    finding.rule().peers
                } else {
                    peers
                };
                peers.contains(&&**id)
            }
        }
    }
}

impl Waiver {
    /// Whether only a comparison of releases can find what it covers.
    pub(crate) fn is_about_comparisons(&self) -> bool {
        match &self.rule {
            Waived::Rule(rule) => rule.category == Category::Compat,
            Waived::Peer(_) => true,
        }
    }
}

/// Levels by file (a contract sets its own) and waivers of the workspace.
#[derive(Debug, Default, Clone)]
pub(crate) struct LevelTable {
    /// Per file index: rule name to level, from `lint.rules` of the contract in that file.
    levels: BTreeMap<(usize, &'static str), Level>,
    /// What is waived, with the indexes of the files that it is waived in.
    waived: Vec<(Waived, BTreeSet<usize>)>,
}

impl LevelTable {
    /// Sets the level of `rule` for findings in the file with index `file`.
    pub(crate) fn set(&mut self, file: usize, rule: &'static Rule, level: Level) {
        self.levels.insert((file, rule.name), level);
    }

    /// Accepts findings in the files with these indexes.
    pub(crate) fn waive(&mut self, rule: &Waived, files: BTreeSet<usize>) {
        self.waived.push((rule.clone(), files));
    }

    /// The finding at its configured severity; `None` when the rule is silent or the finding waived.
    pub(super) fn apply(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        let rule = diagnostic.rule.0;
        if !rule.category.is_adjustable() {
            return Some(diagnostic);
        }
        let is_waived = self
            .waived
            .iter()
            .any(|(waived, files)| is_covered(&diagnostic, waived, files));
        if is_waived {
            return None;
        }
        let file = diagnostic.primary().map(|span| span.file.index());
        if let Some(level) = file.and_then(|file| self.levels.get(&(file, rule.name))) {
            diagnostic.severity = Severity::of(*level)?;
        }
        Some(diagnostic)
    }
}

/// Whether a finding stands in one of the files, on either side of a comparison, and is waived.
fn is_covered(finding: &Diagnostic, waived: &Waived, files: &BTreeSet<usize>) -> bool {
    let comparison = finding.comparison();
    let places = [
        finding.primary(),
        comparison.and_then(|comparison| comparison.at),
        comparison.and_then(|comparison| comparison.old_at),
    ];
    let mut places = places.iter().flatten();
    waived.covers(finding) && places.any(|span| files.contains(&span.file.index()))
}

/// Reports the waivers that cover nothing of what was found; `files` are those that each covers.
pub(crate) fn report_stale(waivers: &[(Waiver, BTreeSet<usize>)], sink: &mut Diagnostics) {
    let stale: Vec<&Waiver> = waivers
        .iter()
        .filter(|(waiver, files)| {
            let mut found = sink.iter();
            !found.any(|finding| is_covered(finding, &waiver.rule, files))
        })
        .map(|(waiver, _)| waiver)
        .collect();
    for waiver in stale {
        let (name, path) = (waiver.rule.name(), &waiver.path);
        sink.report(
            &WAIVER_STALE,
            format_args!("the waiver of `{name}` covers nothing"),
        )
        .at(
            waiver.span,
            format_args!("nothing of this is found in `{path}`"),
        )
        .help("remove the waiver");
    }
}
