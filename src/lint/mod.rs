//! Contracts that are legal, but likely not what was meant.
//!
//! A lint rule is a function over a linked contract in a file of its own, with its page beside it.
//! Its level can be adjusted and its findings waived.

mod rules;

use crate::diag::{Diagnostics, Rule};
use crate::link::Linked;

pub(crate) use rules::RULES;

/// A rule with its function.
pub(crate) struct LintRule {
    /// What is reported.
    pub(crate) rule: &'static Rule,
    /// Looks at one contract.
    pub(crate) check: fn(&Linked, &mut Diagnostics),
}

/// Runs every rule over a contract.
pub(crate) fn run(linked: &Linked, sink: &mut Diagnostics) {
    for lint in rules::LINTS {
        (lint.check)(linked, sink);
    }
}
