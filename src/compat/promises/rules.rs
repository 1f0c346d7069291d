//! What can become of a contract's own promises.

use crate::declare_rule;

declare_rule! {
    /// A rate limit refuses what passed before.
    #[page = "rules/rate_limit_lowered.md"]
    pub(crate) static RATE_LIMIT_LOWERED = { category: Compat, level: Error, since: "0.3" };

    /// A rate limit lets through more than before.
    #[page = "rules/rate_limit_raised.md"]
    pub(crate) static RATE_LIMIT_RAISED = { category: Compat, level: Info, since: "0.3" };

    /// Calls are given up earlier than before.
    #[page = "rules/timeout_shortened.md"]
    pub(crate) static TIMEOUT_SHORTENED = { category: Compat, level: Error, since: "0.3" };

    /// Calls may take longer than before.
    #[page = "rules/timeout_lengthened.md"]
    pub(crate) static TIMEOUT_LENGTHENED = { category: Compat, level: Info, since: "0.3" };

    /// A circuit breaker opens earlier, or stays open longer.
    #[page = "rules/breaker_tightened.md"]
    pub(crate) static BREAKER_TIGHTENED = { category: Compat, level: Error, since: "0.3" };

    /// A circuit breaker opens later, or for a shorter time.
    #[page = "rules/breaker_loosened.md"]
    pub(crate) static BREAKER_LOOSENED = { category: Compat, level: Info, since: "0.3" };

    /// Failures are retried less often than before.
    #[page = "rules/retry_reduced.md"]
    pub(crate) static RETRY_REDUCED = { category: Compat, level: Warning, since: "0.3" };

    /// Failures are retried more often than before.
    #[page = "rules/retry_raised.md"]
    pub(crate) static RETRY_RAISED = { category: Compat, level: Info, since: "0.3" };

    /// The contract does not name an endpoint any more.
    #[page = "rules/endpoint_withdrawn.md"]
    pub(crate) static ENDPOINT_WITHDRAWN = { category: Compat, level: Warning, since: "0.3" };

    /// The contract names one more endpoint.
    #[page = "rules/endpoint_promised.md"]
    pub(crate) static ENDPOINT_PROMISED = { category: Compat, level: Info, since: "0.3" };

    /// Requests that no endpoint names are rejected.
    #[page = "rules/unlisted_rejected.md"]
    pub(crate) static UNLISTED_REJECTED = { category: Compat, level: Error, since: "0.3" };

    /// Requests that no endpoint names pass.
    #[page = "rules/unlisted_passed.md"]
    pub(crate) static UNLISTED_PASSED = { category: Compat, level: Info, since: "0.3" };

    /// The contract does not import a document any more.
    #[page = "rules/import_removed.md"]
    pub(crate) static IMPORT_REMOVED = { category: Compat, level: Error, since: "0.3" };

    /// The contract imports one more document.
    #[page = "rules/import_added.md"]
    pub(crate) static IMPORT_ADDED = { category: Compat, level: Info, since: "0.3" };

    /// The version of the contract does not make the step that its changes ask for.
    #[page = "rules/version_step.md"]
    pub(crate) static VERSION_STEP = { category: Compat, level: Error, since: "0.3" };
}

/// Every rule, in the order of their pages.
pub(crate) static RULES: &[&crate::diag::Rule] = &[
    &RATE_LIMIT_LOWERED,
    &RATE_LIMIT_RAISED,
    &TIMEOUT_SHORTENED,
    &TIMEOUT_LENGTHENED,
    &BREAKER_TIGHTENED,
    &BREAKER_LOOSENED,
    &RETRY_REDUCED,
    &RETRY_RAISED,
    &ENDPOINT_WITHDRAWN,
    &ENDPOINT_PROMISED,
    &UNLISTED_REJECTED,
    &UNLISTED_PASSED,
    &IMPORT_REMOVED,
    &IMPORT_ADDED,
    &VERSION_STEP,
];
