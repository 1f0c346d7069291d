//! A write that is sent again after it may have been carried out.

use crate::contract::{Method, RetryOn};
use crate::declare_rule;
use crate::diag::Diagnostics;
use crate::link::Linked;
use crate::lint::LintRule;
use crate::policy::StepKind;

declare_rule! {
    /// A retry may carry a write out twice.
    #[page = "retry_without_idempotency.md"]
    pub(crate) static RETRY_WITHOUT_IDEMPOTENCY = { category: Lint, level: Error, since: "0.1" };
}

pub(super) const LINT: LintRule = LintRule {
    rule: &RETRY_WITHOUT_IDEMPOTENCY,
    check,
};

/// RFC 9110, section 9.2.2: methods that may be repeated without another effect.
const IDEMPOTENT: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PUT", "QUERY", "TRACE"];

fn check(linked: &Linked, sink: &mut Diagnostics) {
    for endpoint in &linked.policy.endpoints {
        let repeatable = match endpoint.method {
            Method::Named(name) => IDEMPOTENT.contains(&name),
            Method::Any => false,
        };
        for step in endpoint.steps.iter().filter(|_| !repeatable) {
            let StepKind::Retry(retry) = &step.kind else {
                continue;
            };
            // Nothing was carried out when no connection was made or the stream was refused.
            let unsafe_outcomes: Vec<String> = retry
                .on
                .value
                .iter()
                .filter(|on| !matches!(on, RetryOn::Connect | RetryOn::RefusedStream))
                .map(|on| format!("`{on}`"))
                .collect();
            if unsafe_outcomes.is_empty() {
                continue;
            }
            let at = retry.on.origin.span().or(step.origin.span());
            let at = at.unwrap_or(endpoint.span);
            let own = endpoint.span;
            let is_inside = at.file == own.file && own.start <= at.start && at.end <= own.end;
            let draft = sink
                .report(
                    LINT.rule,
                    format_args!(
                        "a retry of `{}` may carry the request out twice",
                        endpoint.name
                    ),
                )
                .at(
                    at,
                    format_args!(
                        "after {} the service may have done the work already",
                        unsafe_outcomes.join(", ")
                    ),
                )
                .help("retry on `connect` only, or not at all: `retry: {attempts: 0}`");
            if !is_inside {
                draft.also(own, "this endpoint writes");
            }
        }
    }
}
