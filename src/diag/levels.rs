//! What the user turned up, down or waived.

use std::collections::{BTreeMap, BTreeSet};

use super::{Diagnostic, Level, Rule, Severity};
use crate::text::RelPath;

/// One accepted finding: a rule at a place, owned by somebody, until a day.
#[derive(Debug, Clone)]
pub(crate) struct Waiver {
    /// The rule whose findings are accepted.
    pub(crate) rule: &'static Rule,
    /// File or folder whose findings are accepted.
    pub(crate) path: RelPath,
}

/// Levels by file (a contract sets its own) and waivers of the workspace.
#[derive(Debug, Default, Clone)]
pub(crate) struct LevelTable {
    /// Per file index: rule name to level, from `lint.rules` of the contract in that file.
    levels: BTreeMap<(usize, &'static str), Level>,
    /// Rules that are waived, by file index.
    waived: BTreeSet<(usize, &'static str)>,
}

impl LevelTable {
    /// Sets the level of `rule` for findings in the file with index `file`.
    pub(crate) fn set(&mut self, file: usize, rule: &'static Rule, level: Level) {
        self.levels.insert((file, rule.name), level);
    }

    /// Accepts findings of `rule` in the file with index `file`.
    pub(crate) fn waive(&mut self, file: usize, rule: &'static Rule) {
        self.waived.insert((file, rule.name));
    }

    /// The finding at its configured severity; `None` when the rule is silent or the finding waived.
    pub(super) fn apply(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        let rule = diagnostic.rule.0;
        if !rule.category.is_adjustable() {
            return Some(diagnostic);
        }
        let Some(file) = diagnostic.primary().map(|span| span.file.index()) else {
            return Some(diagnostic);
        };
        if self.waived.contains(&(file, rule.name)) {
            return None;
        }
        if let Some(level) = self.levels.get(&(file, rule.name)) {
            diagnostic.severity = Severity::of(*level)?;
        }
        Some(diagnostic)
    }
}
