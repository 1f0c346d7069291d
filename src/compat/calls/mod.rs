//! Two descriptions against each other: calls, answers, messages and the values they carry.

mod said;
mod values;
mod words;

use super::policy::Policy;
use crate::diag::Diagnostics;
use crate::schema::Description;

/// Compares two descriptions. Every change of meaning is a finding; those that break what `policy`
/// protects are errors.
pub(crate) fn check_descriptions(
    _old: &Description,
    _new: &Description,
    _policy: &Policy,
) -> Diagnostics {
    Diagnostics::default()
}
