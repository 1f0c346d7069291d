//! What the file of waivers can be told about itself.

use super::Rule;
use crate::declare_rule;

declare_rule! {
    /// The file of waivers cannot be read, or a waiver in it makes no sense.
    #[page = "rules/invalid_waiver.md"]
    pub(crate) static INVALID_WAIVER = { category: Syntax, level: Error, since: "0.1" };

    /// The last day of a waiver has passed.
    #[page = "rules/waiver_expired.md"]
    pub(crate) static WAIVER_EXPIRED = { category: Lint, level: Warning, since: "0.1" };

    /// A waiver covers nothing any more.
    #[page = "rules/waiver_stale.md"]
    pub(crate) static WAIVER_STALE = { category: Lint, level: Warning, since: "0.1" };
}

/// The rules of this floor, in the order of their pages.
pub(crate) static RULES: &[&Rule] = &[&INVALID_WAIVER, &WAIVER_EXPIRED, &WAIVER_STALE];
