//! The manifest of a contract: its policy program and its artifacts, as the runtime reads them.

use std::collections::BTreeMap;

use cherry_runtime::bundle::{self, Bundle, Endpoint, Step, Unit};

use super::VERSION;
use crate::contract::Unlisted;
use crate::emit::Artifact;
use crate::link::Linked;
use crate::policy::{EndpointProgram, StepKind};

/// Makes `bundle.json`. `artifacts` are those of the contract's other units with their hashes,
/// paths relative to the contract's folder.
pub(super) fn make(linked: &Linked, artifacts: BTreeMap<String, String>) -> Artifact {
    let policy = &linked.policy;
    let bundle = Bundle {
        format: bundle::FORMAT,
        compiler: VERSION.to_owned(),
        contract: linked.contract.name.to_string(),
        version: linked.contract.version.to_string(),
        unlisted: match policy.unlisted {
            Unlisted::Pass => bundle::Unlisted::Pass,
            Unlisted::Reject => bundle::Unlisted::Reject,
        },
        trusted_hops: linked.target.trusted_hops.value,
        normalize: linked.target.normalize.value,
        unit: Unit {
            tick_ns: policy.unit.tick_ns(),
            per_tick: policy.unit.per_tick(),
        },
        endpoints: policy.endpoints.iter().map(endpoint).collect(),
        artifacts,
    };
    let mut text = serde_json::to_string_pretty(&bundle).expect("plain data serialises");
    text.push('\n');
    Artifact::text("bundle.json", text)
}

fn endpoint(endpoint: &EndpointProgram) -> Endpoint {
    Endpoint {
        name: endpoint.name.to_string(),
        method: endpoint.method.name().to_owned(),
        covers_head: endpoint.covers_head,
        path: endpoint.path.to_string(),
        steps: endpoint.steps.iter().map(|what| step(&what.kind)).collect(),
    }
}

fn step(kind: &StepKind) -> Step {
    match kind {
        StepKind::Take(take) => Step::Take {
            id: format!("{:016x}", take.id),
            rate: take.rate.to_string(),
            count: take.rate.count,
            period_ns: take.rate.period_ns(),
            burst: take.rate.burst,
            key: take.rate.key.iter().map(ToString::to_string).collect(),
        },
        StepKind::Admit(admit) => Step::Admit {
            id: format!("{:016x}", admit.id),
            failure_threshold: admit.breaker.failure_threshold.value,
            open_ms: u64::from(admit.breaker.timeout_ms.value),
            half_open: admit.breaker.half_open.value,
        },
        StepKind::Deadline(timeout_ms) => Step::Deadline {
            timeout_ms: *timeout_ms,
        },
        StepKind::Retry(retry) => Step::Retry {
            attempts: retry.attempts.value,
            on: retry.on.value.iter().map(ToString::to_string).collect(),
            base_ms: retry.base_ms.value,
            max_ms: retry.max_ms.value,
            jitter: retry.jitter.value,
            budget: retry.budget.value.0,
        },
    }
}
