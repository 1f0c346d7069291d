//! What a walk has to say, and not too much of it.

use crate::diag::{Diagnostics, Draft, Level, Rule};
use crate::syntax::rules::LIMIT_EXCEEDED;

/// Most findings about the documents of one import; the rest is counted.
const MAX_FINDINGS: usize = 200;

/// Most warnings about the documents of one import: they are about single places, and whoever has
/// seen this many knows.
const MAX_WARNINGS: usize = 50;

/// Findings, of which there may not be arbitrarily many.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) sink: Diagnostics,
    said: usize,
    unsaid: usize,
    warned: usize,
    /// How many warnings were not said, and the rule of the first.
    unwarned: Option<(&'static Rule, usize)>,
}

impl Findings {
    /// Whether another finding of this rule may be said.
    pub(super) fn room(&mut self, rule: &'static Rule) -> bool {
        if rule.level < Level::Error {
            if self.warned < MAX_WARNINGS {
                self.warned += 1;
                return true;
            }
            self.unwarned.get_or_insert((rule, 0)).1 += 1;
            return false;
        }
        let room = self.said < MAX_FINDINGS;
        if room {
            self.said += 1;
        } else {
            self.unsaid += 1;
        }
        room
    }

    /// Starts a finding; `None` when there are too many already.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        headline: impl std::fmt::Display,
    ) -> Option<Draft<'_>> {
        self.room(rule).then(|| self.sink.report(rule, headline))
    }

    /// All of them, and how many were not said.
    pub(super) fn finish(self) -> Diagnostics {
        let mut sink = self.sink;
        if self.unsaid > 0 {
            sink.report(
                &LIMIT_EXCEEDED,
                format_args!(
                    "{} further findings about this import are not shown",
                    self.unsaid
                ),
            )
            .help("mend the others first");
        }
        if let Some((rule, count)) = self.unwarned {
            sink.report(
                rule,
                format_args!("{count} further warnings about this document are not shown"),
            )
            .help("mend the others first");
        }
        sink
    }
}
