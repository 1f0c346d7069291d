//! What there is to say about a file, bounded: a file that is no Protobuf at all must not fill the
//! screen, nor the memory.

use std::fmt;

use crate::diag::{Diagnostics, Draft, Rule};
use crate::syntax::rules::PROTO_SYNTAX;
use crate::text::Span;

/// Most findings about one file. Whoever mends these looks again.
const MAX_FINDINGS: usize = 100;

/// The findings of one file.
#[derive(Debug, Default)]
pub(super) struct Problems {
    shown: Diagnostics,
    /// Takes the finding that is not shown.
    hidden: Diagnostics,
    count: usize,
}

impl Problems {
    /// Starts a finding about the grammar.
    pub(super) fn syntax(&mut self, headline: impl fmt::Display) -> Draft<'_> {
        self.report(&PROTO_SYNTAX, headline)
    }

    /// Starts a finding.
    pub(super) fn report(&mut self, rule: &'static Rule, headline: impl fmt::Display) -> Draft<'_> {
        self.count += 1;
        if self.count <= MAX_FINDINGS {
            return self.shown.report(rule, headline);
        }
        self.hidden = Diagnostics::default();
        self.hidden.report(rule, headline)
    }

    /// How much was found.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Everything that is shown; `end` is where reading ended.
    pub(super) fn finish(mut self, end: Span) -> Diagnostics {
        if let Some(more) = self.count.checked_sub(MAX_FINDINGS)
            && more > 0
        {
            self.shown
                .report(
                    &PROTO_SYNTAX,
                    format_args!("{more} more problems of this file are not shown"),
                )
                .at(end, "")
                .help("mend the others first");
        }
        self.shown
    }
}
