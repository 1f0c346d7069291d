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
pub(super) use said::{Said, findings};
pub(super) use values::{Pair, Where};

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
    // Text is the only form that calls have: it is what goes over the wire.
    let mut policy = policy.clone();
    policy.strictness = policy.strictness.max(Strictness::Json);
    let cx = rules::Cx {
        today: policy.today.as_deref(),
    };
    let judged = |walked: walk::Walked<'_>| {
        let changes = walked.changes.iter();
        let said: Vec<Said> = changes
            .flat_map(|change| rules::judge(change, &cx))
            .collect();
        (said, walked.pairs)
    };
    let (mut said, pairs) = match (&old.subject, &new.subject) {
        (Subject::Calls(was), Subject::Calls(is)) => {
            judged(walk::calls((old, was), (new, is), &policy))
        }
        (Subject::Values(was), Subject::Values(is)) => {
            judged(walk::values((old, *was), (new, *is), &policy))
        }
        (Subject::Events(was), Subject::Events(is)) => {
            super::events::messages((old, was), (new, is))
        }
        _ => return Diagnostics::default(),
    };
    said.extend(super::values::compare(&pairs, old, new, &policy));
    let mut found = tell(said, &policy);
    if let (Subject::Events(was), Subject::Events(is)) = (&old.subject, &new.subject) {
        found.absorb(super::events::datums(was, is, &policy));
    }
    // The version of the document is held to everything that was found.
    let breaks = |found: &Diagnostics| {
        let mut severities = found.iter().map(|finding| finding.severity());
        severities.any(|severity| severity == Severity::Error)
    };
    if breaks(&found) {
        let said = rules::document_version_step::said(old, new);
        found.absorb(tell(said.into_iter().collect(), &policy));
    }
    found
}

fn tell(said: Vec<Said>, policy: &Policy) -> Diagnostics {
    report::report(findings(said).into_iter(), policy, |_| Uses::default())
}
