//! Contract to policy program: every policy, before anybody asks where it is enforced.

use cherry_runtime::bundle::{Gcra, TimeUnit};

use super::{Admit, EndpointProgram, KeySource, PolicyProgram, Step, StepKind, Take};
use crate::contract::{Contract, Endpoint, KeyPart, Limit, Method};
use crate::text::ContentHash;

/// The policies of a contract as a program.
///
/// Limits that the limiter cannot count are left out; `contract/` has reported them.
pub(crate) fn lower(contract: &Contract) -> PolicyProgram {
    let all = contract.limits.iter().chain(
        contract
            .endpoints
            .iter()
            .flat_map(|endpoint| &endpoint.limits),
    );
    let unit = TimeUnit::for_rates(all.map(|limit| limit.rate.spec()));
    let mut endpoints: Vec<EndpointProgram> = contract
        .endpoints
        .iter()
        .map(|endpoint| lower_endpoint(contract, endpoint, unit))
        .collect();
    endpoints.sort_by(|l, r| l.path.order(&r.path).then_with(|| l.method.cmp(&r.method)));
    PolicyProgram {
        contract: contract.name.clone(),
        unit,
        unlisted: contract.unlisted.value,
        endpoints,
    }
}

fn lower_endpoint(contract: &Contract, endpoint: &Endpoint, unit: TimeUnit) -> EndpointProgram {
    let name = endpoint.name();
    let mut steps = Vec::new();
    let own = endpoint
        .limits
        .iter()
        .enumerate()
        .map(|limit| (limit, false));
    for ((position, limit), shared) in contract
        .limits
        .iter()
        .enumerate()
        .map(|limit| (limit, true))
        .chain(own)
    {
        // A top-level bucket is one family over all endpoints, so the endpoint is no part of it.
        let owner = if shared { "*" } else { &name };
        if let Some(take) = lower_limit(contract, endpoint, limit, owner, position, shared, unit) {
            steps.push(Step {
                kind: StepKind::Take(take),
                origin: limit.origin,
            });
        }
    }
    if let Some(breaker) = &endpoint.breaker {
        let id = identity(contract, &name, "circuit_breaker", 0);
        steps.push(Step {
            kind: StepKind::Admit(Admit {
                id,
                breaker: breaker.clone(),
            }),
            origin: breaker.origin,
        });
    }
    if let Some(timeout) = &endpoint.timeout_ms {
        steps.push(Step {
            kind: StepKind::Deadline(timeout.value),
            origin: timeout.origin,
        });
    }
    if let Some(retry) = endpoint
        .retry
        .as_ref()
        .filter(|retry| retry.attempts.value > 0)
    {
        steps.push(Step {
            kind: StepKind::Retry(retry.clone()),
            origin: retry.origin,
        });
    }
    let head_is_named = contract.endpoints.iter().any(|other| {
        other.method == Method::Named("HEAD") && other.path.same_shape(&endpoint.path)
    });
    EndpointProgram {
        name: name.into(),
        method: endpoint.method,
        covers_head: endpoint.method == Method::Named("GET") && !head_is_named,
        path: endpoint.path.clone(),
        span: endpoint.span,
        steps,
    }
}

fn lower_limit(
    contract: &Contract,
    endpoint: &Endpoint,
    limit: &Limit,
    owner: &str,
    position: usize,
    shared: bool,
    unit: TimeUnit,
) -> Option<Take> {
    Some(Take {
        id: identity(contract, owner, "rate_limit", position),
        position,
        shared,
        rate: limit.rate.clone(),
        key: limit
            .key
            .iter()
            .filter_map(|part| source(part, endpoint))
            .collect(),
        gcra: Gcra::new(limit.rate.spec(), unit).ok()?,
    })
}

/// Where a part of a key is read from. Parts that need `auth` were refused, `tenant` was replaced.
fn source(part: &KeyPart, endpoint: &Endpoint) -> Option<KeySource> {
    Some(match part {
        KeyPart::Global
        | KeyPart::Tenant
        | KeyPart::User
        | KeyPart::ClientId
        | KeyPart::Claim(_) => return None,
        KeyPart::ClientIp => KeySource::ClientIp,
        KeyPart::Header(name) => KeySource::Header(name.clone()),
        KeyPart::Cookie(name) => KeySource::Cookie(name.clone()),
        KeyPart::Query(name) => KeySource::Query(name.clone()),
        KeyPart::Path(name) => KeySource::Path(endpoint.path.segment_of(name)?),
    })
}

/// A number that stands for a bucket family or a breaker: contract major, endpoint, policy and
/// position, hashed, so that state survives the change of anything else.
fn identity(contract: &Contract, owner: &str, policy: &str, position: usize) -> u64 {
    let name = contract.name.to_string();
    let position = position.to_string();
    ContentHash::of_fields([
        name.as_bytes(),
        owner.as_bytes(),
        policy.as_bytes(),
        position.as_bytes(),
    ])
    .short()
}
