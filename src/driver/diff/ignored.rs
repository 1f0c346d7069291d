//! Places that nobody wants to hear about.

use super::{DiffChoices, Release, root};
use crate::diag::Diagnostic;
use crate::text::{RelPath, Side, SourceMap};

/// Files and folders whose findings are left out, by `--ignore`: documents and contracts in them are
/// not even read for themselves.
pub(super) struct Ignored<'c> {
    /// Relative to either side.
    paths: &'c [RelPath],
    /// The folders of the sides, the old one first.
    roots: [RelPath; 2],
}

impl<'c> Ignored<'c> {
    pub(super) fn of(choices: &'c DiffChoices, sides: [&Release<'_>; 2]) -> Self {
        Ignored {
            paths: choices.ignored(),
            roots: sides.map(root),
        }
    }

    /// Whether a file of a side is one of them, or lies in one.
    pub(super) fn holds(&self, side: Side, path: &RelPath) -> bool {
        if self.paths.is_empty() {
            return false;
        }
        let root = match side {
            Side::Old => &self.roots[0],
            Side::New => &self.roots[1],
        };
        let below = RelPath::new(path.below(root));
        below.is_some_and(|below| self.paths.iter().any(|path| below.is_below(path)))
    }

    /// Whether a finding stands in one of them, on either side.
    pub(super) fn covers(&self, finding: &Diagnostic, sources: &SourceMap) -> bool {
        let Some(comparison) = finding.comparison() else {
            return false;
        };
        let places = [comparison.old_at, comparison.at].into_iter().flatten();
        places.into_iter().any(|span| {
            let file = sources.file(span.file);
            self.holds(file.side(), file.path())
        })
    }
}
