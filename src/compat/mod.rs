//! Two releases against each other: what changed, who breaks, and by which rule.

mod policy;

pub(crate) use policy::{Mode, Policy, Selected, Strictness};

use crate::diag::Diagnostics;
use crate::schema::SchemaSet;

/// Compares two releases. Every change of meaning is a finding; those that break what `policy`
/// protects are errors.
pub(crate) fn check(old: &SchemaSet, new: &SchemaSet, policy: &Policy) -> Diagnostics {
    let _ = (old, new, policy);
    Diagnostics::default()
}

/// What names of rules and categories stand for: our names, ids and categories of other tools.
/// `None` when nothing has this name.
pub(crate) fn select(name: &str) -> Option<Vec<Selected>> {
    let _ = name;
    None
}
