//! What this phase can report.

use crate::declare_rule;
use crate::diag::Rule;

declare_rule! {
    /// Two outputs write the same file.
    #[page = "rules/artifact_collision.md"]
    pub(crate) static ARTIFACT_COLLISION = { category: Emit, level: Error, since: "0.1" };

    /// An artifact was edited by hand.
    #[page = "rules/artifact_edited.md"]
    pub(crate) static ARTIFACT_EDITED = { category: Emit, level: Error, since: "0.1" };

    /// An artifact cannot be written.
    #[page = "rules/output_unwritable.md"]
    pub(crate) static OUTPUT_UNWRITABLE = { category: Emit, level: Error, since: "0.1" };

    /// The output is not what the contracts compile to.
    #[page = "rules/output_stale.md"]
    pub(crate) static OUTPUT_STALE = { category: Emit, level: Error, since: "0.1" };

    /// The path of an endpoint is too long for Istio.
    #[page = "rules/route_too_long.md"]
    pub(crate) static ROUTE_TOO_LONG = { category: Emit, level: Error, since: "0.1" };
}

/// The rules of this phase, in the order of their pages.
pub(crate) static RULES: &[&Rule] = &[
    &ARTIFACT_COLLISION,
    &ARTIFACT_EDITED,
    &OUTPUT_UNWRITABLE,
    &OUTPUT_STALE,
    &ROUTE_TOO_LONG,
];
