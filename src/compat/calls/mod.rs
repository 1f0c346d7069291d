//! Two descriptions against each other: calls, answers, messages and the values they carry.
//!
//! One walk ([`walk`]) yields changes without judgement and the values that travel ([`values`]).
//! Each rule (`rules/`) looks at one kind of change; what rules say alike of several calls becomes
//! one finding ([`said`]), and the report that Protobuf shares decides how loud it is.

mod change;
mod rules;
mod said;
mod values;
mod walk;
mod words;

pub(super) use rules::RULES;

use super::policy::{Policy, Strictness};
use super::report;
use crate::diag::Diagnostics;
use crate::schema::{Description, Subject, Uses};

/// Compares two descriptions. Every change of meaning is a finding; those that break what `policy`
/// protects are errors.
pub(crate) fn check_descriptions(
    old: &Description,
    new: &Description,
    policy: &Policy,
) -> Diagnostics {
    let (Subject::Calls(old_calls), Subject::Calls(new_calls)) = (&old.subject, &new.subject)
    else {
        return Diagnostics::default();
    };
    let walked = walk::calls((old, old_calls), (new, new_calls), policy);
    let cx = rules::Cx {
        today: policy.today.as_deref(),
    };
    let said = walked
        .changes
        .iter()
        .flat_map(|change| rules::judge(change, &cx))
        .collect();
    // Text is the only form that calls have: it is what goes over the wire.
    let mut policy = policy.clone();
    policy.strictness = policy.strictness.max(Strictness::Json);
    report::report(said::findings(said).into_iter(), &policy, |_| {
        Uses::default()
    })
}
