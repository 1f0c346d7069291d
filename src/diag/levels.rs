//! What the user turned up, down or waived.

use std::collections::BTreeMap;

use super::{Diagnostic, Level, Rule, Severity};
use crate::text::RelPath;

/// One accepted finding: a rule at a place, owned by somebody, until a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waiver {
    /// Name of the rule.
    pub(crate) rule: String,
    /// File or folder whose findings are accepted.
    pub(crate) path: RelPath,
    /// Last day on which the waiver holds, as `YYYY-MM-DD`; ISO dates compare as text.
    pub(crate) until: String,
}

/// Levels by file (a contract sets its own) and waivers of the workspace.
#[derive(Debug, Default, Clone)]
pub(crate) struct LevelTable {
    /// Per file index: rule name to level, from `lint.rules` of the contract in that file.
    levels: BTreeMap<(usize, &'static str), Level>,
    /// Waivers that had not expired when they were read, with the index of the files they cover.
    waived: BTreeMap<(usize, String), Waiver>,
}

impl LevelTable {
    /// Sets the level of `rule` for findings in the file with index `file`.
    pub(crate) fn set(&mut self, file: usize, rule: &'static Rule, level: Level) {
        self.levels.insert((file, rule.name), level);
    }

    /// Accepts findings of a waiver's rule in the file with index `file`.
    pub(crate) fn waive(&mut self, file: usize, waiver: Waiver) {
        self.waived.insert((file, waiver.rule.clone()), waiver);
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
        if self.waived.contains_key(&(file, rule.name.to_owned())) {
            return None;
        }
        if let Some(level) = self.levels.get(&(file, rule.name)) {
            diagnostic.severity = Severity::of(*level)?;
        }
        Some(diagnostic)
    }
}
