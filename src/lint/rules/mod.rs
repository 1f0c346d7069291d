//! The rules, one word each.

mod retry_without_idempotency;

use super::LintRule;
use crate::diag::Rule;

/// Every rule with its function.
pub(super) static LINTS: &[LintRule] = &[retry_without_idempotency::LINT];

/// The rules of this floor, in the order of their pages.
pub(crate) static RULES: &[&Rule] = &[&retry_without_idempotency::RETRY_WITHOUT_IDEMPOTENCY];
