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
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::schema::{Description, Subject, Uses};
use crate::text::{Side, Span};

/// Compares two descriptions. Every change of meaning is a finding; those that break what `policy`
/// protects are errors. Findings that are not wanted count for nothing, the version included.
pub(crate) fn check_descriptions(
    old: &Description,
    new: &Description,
    policy: &Policy,
    is_wanted: &dyn Fn(&Diagnostic) -> bool,
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
    let values = super::values::compare(&pairs, old, new, &policy);
    said.extend(values.said);
    let mut found = tell(said, &policy);
    if let (Subject::Events(was), Subject::Events(is)) = (&old.subject, &new.subject) {
        found.absorb(super::events::datums(was, is, &policy));
    }
    found.retain(is_wanted);
    found.compared(values.undecided);
    // The version of the document is held to everything that was found.
    let breaks = |found: &Diagnostics| {
        let mut severities = found.iter().map(|finding| finding.severity());
        severities.any(|severity| severity == Severity::Error)
    };
    if breaks(&found) {
        let said = rules::document_version_step::said(old, new);
        found.absorb(tell(said.into_iter().collect(), &policy));
        found.retain(is_wanted);
    }
    found
}

/// A document or a contract that only one side has.
#[derive(Debug, Clone)]
pub(crate) struct Lone {
    /// What it is, such as "document `orders.yaml`".
    pub(crate) what: String,
    /// What there is to say beside that it is new or gone.
    pub(crate) becomes: Option<String>,
    /// The side that has it.
    pub(crate) side: Side,
    /// Where it begins.
    pub(crate) at: Span,
}

/// Says what is gone, and what is new.
pub(crate) fn check_lone(lone: &[Lone], policy: &Policy) -> Diagnostics {
    let said = lone.iter().map(|lone| match lone.side {
        Side::Old => rules::document_removed::said(lone),
        Side::New => rules::document_added::said(lone),
    });
    tell(said.collect(), policy)
}

fn tell(said: Vec<Said>, policy: &Policy) -> Diagnostics {
    report::report(findings(said).into_iter(), policy, |_| Uses::default())
}
