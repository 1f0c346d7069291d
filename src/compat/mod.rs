//! Two releases against each other: what changed, who breaks, and by which rule.
//!
//! [`check`] walks both releases once ([`diff`](diff::diff)), which yields changes without
//! judgement. Each rule (`rules/`) looks at one kind of change and says what becomes of data and
//! code in both directions, from the tables in `encoding/`; the policy then decides how loud the
//! finding is. Ids and categories of other tools (`peers`) are names for the same findings.

mod absent;
mod attrs;
mod avro;
mod calls;
mod change;
mod confirm;
mod contain;
mod cx;
mod diff;
mod encoding;
mod enums;
mod events;
mod fields;
mod finding;
mod gone;
mod index;
mod methods;
mod peers;
mod policy;
mod procedures;
mod promises;
mod ranges;
mod report;
mod rules;
mod values;

pub(crate) use avro::check_datums;
pub(crate) use calls::{Lone, check_descriptions, check_lone};
pub use contain::Reading;
pub(crate) use events::{EventSide, Scope, check_events, check_ranges};
pub use policy::{Mode, Stability, Strictness};
pub(crate) use policy::{Policy, Selected};
pub(crate) use promises::{Import, check_imports, check_promises, check_version};
pub(crate) use report::{rules, select};

use crate::diag::Diagnostics;
use crate::schema::SchemaSet;

/// Compares two releases. Every change of meaning is a finding; those that break what `policy`
/// protects are errors.
pub(crate) fn check(old: &SchemaSet, new: &SchemaSet, policy: &Policy) -> Diagnostics {
    let entries = rayon::join(|| index::Entries::of(old), || index::Entries::of(new));
    let (old, new) = rayon::join(
        || index::Index::new(old, &entries.0),
        || index::Index::new(new, &entries.1),
    );
    let walk = diff::Walk {
        old: &old,
        new: &new,
        is_partial: policy.is_partial,
    };
    let changes = diff::diff(&walk);
    let cx = cx::Cx::new(&old, &new);
    let findings = changes.iter().flat_map(|change| rules::judge(change, &cx));
    let procedures = procedures::Procedures::new(old.set, new.set);
    report::report(findings, policy, |name| procedures.uses(name))
}
