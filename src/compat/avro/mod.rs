//! Schemas whose data carries nothing but itself: a reader resolves what a writer wrote by holding
//! his schema against the writer's, as the specification of Avro 1.12 has it ("Schema Resolution").
//!
//! Both directions are asked, whatever the policy protects, so that a finding says who breaks. The
//! answer is exact: of every pair of types that meet it is known whether some value of the one
//! cannot be read as the other, and that value is the witness ([`resolve`]). Aliases are those of
//! the reader; unions take the first branch that matches; what values stand for says nothing, but
//! for decimals.

mod least;
mod resolve;
mod rules;
mod said;

pub(super) use rules::RULES;

use super::finding::Touched;
use super::policy::Policy;
use super::report;
use crate::diag::Diagnostics;
use crate::schema::{DatumId, Datums, Uses};

/// Compares two types with all that they hold. `uses` are the messages that carry them.
pub(super) fn compare(
    old: (&Datums, DatumId),
    new: (&Datums, DatumId),
    uses: &Uses,
    policy: &Policy,
) -> Diagnostics {
    let mut findings = said::findings(old, new);
    for finding in &mut findings {
        finding.touches = Touched::Messages(uses.clone());
    }
    report::report(findings.into_iter(), policy, |_| Uses::default())
}

/// Compares two schemas.
pub(crate) fn check_datums(old: &Datums, new: &Datums, policy: &Policy) -> Diagnostics {
    compare((old, old.root), (new, new.root), &Uses::default(), policy)
}
