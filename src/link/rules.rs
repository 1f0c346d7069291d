//! What linking and placing can report.

use crate::declare_rule;
use crate::diag::Rule;

declare_rule! {
    /// Two endpoints of one host own the same requests.
    #[page = "rules/endpoint_overlap.md"]
    pub(crate) static ENDPOINT_OVERLAP = { category: Link, level: Error, since: "0.1" };

    /// Two contracts with one name in one build.
    #[page = "rules/duplicate_contract.md"]
    pub(crate) static DUPLICATE_CONTRACT = { category: Link, level: Error, since: "0.1" };

    /// Contracts that share a host disagree about it.
    #[page = "rules/host_conflict.md"]
    pub(crate) static HOST_CONFLICT = { category: Link, level: Error, since: "0.1" };

    /// A target is missing, unknown, or not chosen.
    #[page = "rules/unknown_target.md"]
    pub(crate) static UNKNOWN_TARGET = { category: Link, level: Error, since: "0.1" };

    /// A written policy that an output would not enforce.
    #[page = "rules/policy_unenforced.md"]
    pub(crate) static POLICY_UNENFORCED = { category: Place, level: Error, since: "0.1" };

    /// A limit per client address where only the calling proxy's address can be seen.
    #[page = "rules/client_ip_at_sidecar.md"]
    pub(crate) static CLIENT_IP_AT_SIDECAR = { category: Lint, level: Warning, since: "0.1" };

    /// Paths that are not normalised can go around a limit.
    #[page = "rules/normalization_off.md"]
    pub(crate) static NORMALIZATION_OFF = { category: Lint, level: Warning, since: "0.1" };
}

/// The rules of this phase, in the order of their pages.
pub(crate) static RULES: &[&Rule] = &[
    &DUPLICATE_CONTRACT,
    &UNKNOWN_TARGET,
    &HOST_CONFLICT,
    &ENDPOINT_OVERLAP,
    &POLICY_UNENFORCED,
    &CLIENT_IP_AT_SIDECAR,
    &NORMALIZATION_OFF,
];
