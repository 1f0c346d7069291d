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

use super::contain::Travel;
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
    // Text is the only form that calls have: it is what goes over the wire.
    let mut policy = policy.clone();
    policy.strictness = policy.strictness.max(Strictness::Json);
    let (mut said, pairs) = match (&old.subject, &new.subject) {
        (Subject::Calls(was), Subject::Calls(is)) => {
            let walked = walk::calls((old, was), (new, is), &policy);
            let cx = rules::Cx {
                today: policy.today.as_deref(),
            };
            let changes = walked.changes.iter();
            let said: Vec<Said> = changes
                .flat_map(|change| rules::judge(change, &cx))
                .collect();
            (said, walked.pairs)
        }
        (Subject::Values(was), Subject::Values(is)) => {
            let pair = Pair {
                old: Some(*was),
                new: Some(*is),
                travel: Travel::Plain,
                place: Where::Value,
                operation: None,
                old_at: old.span,
                new_at: new.span,
            };
            (Vec::new(), vec![pair])
        }
        (Subject::Events(was), Subject::Events(is)) => {
            crate::compat::events::messages((old, was), (new, is))
        }
        _ => (Vec::new(), Vec::new()),
    };
    said.extend(crate::compat::values::compare(&pairs, old, new, &policy));
    report::report(findings(said).into_iter(), &policy, |_| Uses::default())
}
