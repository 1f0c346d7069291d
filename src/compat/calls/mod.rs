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
use crate::diag::{Diagnostics, Severity};
use crate::schema::{Description, Subject, Uses};

/// Compares two descriptions. Every change of meaning is a finding; those that break what `policy`
/// protects are errors.
pub(crate) fn check_descriptions(
    old: &Description,
    new: &Description,
    policy: &Policy,
) -> Diagnostics {
    let walked = match (&old.subject, &new.subject) {
        (Subject::Calls(old_calls), Subject::Calls(new_calls)) => {
            walk::calls((old, old_calls), (new, new_calls), policy)
        }
        (Subject::Values(old_value), Subject::Values(new_value)) => {
            walk::values((old, *old_value), (new, *new_value), policy)
        }
        _ => return Diagnostics::default(),
    };
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
    let mut found = tell(said, &policy);
    // The version of the document is held to everything that was found.
    if found
        .iter()
        .any(|finding| finding.severity() == Severity::Error)
    {
        let said = rules::document_version_step::said(old, new);
        found.absorb(tell(said.into_iter().collect(), &policy));
    }
    found
}

fn tell(said: Vec<said::Said>, policy: &Policy) -> Diagnostics {
    let findings = said::findings(said).into_iter();
    report::report(findings, policy, |_| Uses::default())
}
