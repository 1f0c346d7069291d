//! What this phase can report.

use crate::declare_rule;
use crate::diag::Rule;

declare_rule! {
    /// The name of a contract is not `name/vMAJOR`.
    #[page = "rules/invalid_name.md"]
    pub(crate) static INVALID_NAME = { category: Contract, level: Error, since: "0.1" };

    /// The version is no semantic version, or not of the contract's major.
    #[page = "rules/invalid_version.md"]
    pub(crate) static INVALID_VERSION = { category: Contract, level: Error, since: "0.1" };

    /// A rate cannot be read.
    #[page = "rules/invalid_rate.md"]
    pub(crate) static INVALID_RATE = { category: Contract, level: Error, since: "0.1" };

    /// A duration cannot be read or kept.
    #[page = "rules/invalid_duration.md"]
    pub(crate) static INVALID_DURATION = { category: Contract, level: Error, since: "0.1" };

    /// A percentage cannot be read.
    #[page = "rules/invalid_percent.md"]
    pub(crate) static INVALID_PERCENT = { category: Contract, level: Error, since: "0.1" };

    /// A bucket holds less than one period brings.
    #[page = "rules/burst_below_window.md"]
    pub(crate) static BURST_BELOW_WINDOW = { category: Lint, level: Warning, since: "0.1" };

    /// A path is no path template.
    #[page = "rules/invalid_path.md"]
    pub(crate) static INVALID_PATH = { category: Contract, level: Error, since: "0.1" };

    /// A segment of a path mixes text and parameters.
    #[page = "rules/path_part_segment.md"]
    pub(crate) static PATH_PART_SEGMENT = { category: Contract, level: Error, since: "0.1" };

    /// A method is none of HTTP's in upper case.
    #[page = "rules/invalid_method.md"]
    pub(crate) static INVALID_METHOD = { category: Contract, level: Error, since: "0.1" };

    /// A limit is keyed by a parameter that its path does not have.
    #[page = "rules/unknown_path_parameter.md"]
    pub(crate) static UNKNOWN_PATH_PARAMETER = { category: Contract, level: Error, since: "0.1" };

    /// A limit is keyed by a caller that nothing authenticates.
    #[page = "rules/key_needs_auth.md"]
    pub(crate) static KEY_NEEDS_AUTH = { category: Contract, level: Error, since: "0.1" };

    /// A limit is keyed by a tenant that nothing names.
    #[page = "rules/tenant_without_identity.md"]
    pub(crate) static TENANT_WITHOUT_IDENTITY = { category: Contract, level: Error, since: "0.1" };

    /// A retry says something impossible.
    #[page = "rules/invalid_retry.md"]
    pub(crate) static INVALID_RETRY = { category: Contract, level: Error, since: "0.1" };

    /// An endpoint that the imported document does not have.
    #[page = "rules/unknown_operation.md"]
    pub(crate) static UNKNOWN_OPERATION = { category: Contract, level: Error, since: "0.1" };

    /// Operation and path of an endpoint do not belong together.
    #[page = "rules/operation_mismatch.md"]
    pub(crate) static OPERATION_MISMATCH = { category: Contract, level: Error, since: "0.1" };

    /// A value of a target is not what it should be.
    #[page = "rules/invalid_target.md"]
    pub(crate) static INVALID_TARGET = { category: Contract, level: Error, since: "0.1" };

    /// An event says something that cannot be read.
    #[page = "rules/invalid_event.md"]
    pub(crate) static INVALID_EVENT = { category: Contract, level: Error, since: "0.3" };

    /// An event is listed twice.
    #[page = "rules/duplicate_event.md"]
    pub(crate) static DUPLICATE_EVENT = { category: Contract, level: Error, since: "0.3" };

    /// The schema of an event is not in the imported document.
    #[page = "rules/unknown_schema.md"]
    pub(crate) static UNKNOWN_SCHEMA = { category: Contract, level: Error, since: "0.3" };

    /// What readers rely on is not in every message, or no plain value.
    #[page = "rules/event_mark.md"]
    pub(crate) static EVENT_MARK = { category: Contract, level: Error, since: "0.3" };

    /// An event asks for something.
    #[page = "rules/event_command.md"]
    pub(crate) static EVENT_COMMAND = { category: Lint, level: Warning, since: "0.3" };

    /// A baseline is nothing to compare with.
    #[page = "rules/invalid_baseline.md"]
    pub(crate) static INVALID_BASELINE = { category: Contract, level: Error, since: "0.3" };

    /// A level for a rule that does not exist or cannot be adjusted.
    #[page = "rules/unknown_rule.md"]
    pub(crate) static UNKNOWN_RULE = { category: Contract, level: Error, since: "0.1" };
}

/// The rules of this phase, in the order of their pages.
pub(crate) static RULES: &[&Rule] = &[
    &INVALID_NAME,
    &INVALID_VERSION,
    &INVALID_RATE,
    &INVALID_DURATION,
    &INVALID_PERCENT,
    &BURST_BELOW_WINDOW,
    &INVALID_PATH,
    &PATH_PART_SEGMENT,
    &INVALID_METHOD,
    &UNKNOWN_PATH_PARAMETER,
    &KEY_NEEDS_AUTH,
    &TENANT_WITHOUT_IDENTITY,
    &INVALID_RETRY,
    &UNKNOWN_OPERATION,
    &OPERATION_MISMATCH,
    &INVALID_TARGET,
    &INVALID_EVENT,
    &DUPLICATE_EVENT,
    &UNKNOWN_SCHEMA,
    &EVENT_MARK,
    &EVENT_COMMAND,
    &INVALID_BASELINE,
    &UNKNOWN_RULE,
];
