//! From policies to the filter program: which statements the module has, what it must read for
//! them, and what it counts.

use std::collections::{BTreeMap, BTreeSet};

use super::Flag;
use super::program::{
    BREAKER_COUNTERS, BreakerSpec, Common, Cut, FilterEndpoint, FilterProgram, PASSED, Part,
    Statement, TAKE_COUNTERS, TakeSpec,
};
use crate::contract::Segment;
use crate::policy::{Admit, EndpointProgram, KeySource, PolicyProgram, StepKind, Take};

/// The filter program of a contract; `None` when nothing in it is for a module.
pub(super) fn lower(program: &PolicyProgram) -> Option<FilterProgram> {
    let mut cx = Cx::new(program);
    let endpoints: Vec<FilterEndpoint> = program
        .endpoints
        .iter()
        .map(|endpoint| cx.endpoint(endpoint))
        .collect();
    if endpoints.iter().all(|e| e.statements.is_empty()) {
        return None;
    }
    Some(FilterProgram {
        unit: program.unit,
        common: Common::of(&endpoints, &cx.breakers),
        endpoints,
        breakers: cx.breakers,
        metrics: cx.metrics,
    })
}

/// The flags under which each limit of an endpoint is enforced natively, `None` for those that a
/// module must enforce. Native filters stand before the module, so only limits that no module limit
/// precedes can move there without a change of order.
pub(super) fn native_under(endpoint: &EndpointProgram) -> Vec<Option<u32>> {
    let mut needed = Some(0);
    endpoint
        .takes()
        .map(|take| {
            needed = match (needed, take.key.as_slice()) {
                (Some(flags), []) => Some(flags | Flag::NativeGlobal.bit()),
                (Some(flags), [KeySource::ClientIp]) => Some(flags | Flag::NativeClientIp.bit()),
                _ => None,
            };
            needed
        })
        .collect()
}

struct Cx {
    prefix: String,
    breakers: Vec<BreakerSpec>,
    metrics: Vec<String>,
    /// First counter of each shared limit that was met.
    shared: BTreeMap<u64, u32>,
    names: BTreeSet<String>,
}

impl Cx {
    fn new(program: &PolicyProgram) -> Self {
        let prefix = format!("cherry.{}", program.contract.folder());
        let admits = (program.endpoints.iter())
            .flat_map(|endpoint| &endpoint.steps)
            .any(|step| matches!(step.kind, StepKind::Admit(_)));
        let generation = admits.then(|| format!("{prefix}.gen"));
        let unreadable = format!("{prefix}.unreadable");
        Cx {
            metrics: generation.into_iter().chain([unreadable]).collect(),
            prefix,
            breakers: Vec::new(),
            shared: BTreeMap::new(),
            // `all` is the name under which shared limits are counted.
            names: BTreeSet::from(["all".to_owned()]),
        }
    }

    fn endpoint(&mut self, endpoint: &EndpointProgram) -> FilterEndpoint {
        let name = self.stat_name(&endpoint.name);
        let mut native = native_under(endpoint).into_iter();
        let passed = self.number();
        let asked = (endpoint.steps.iter())
            .any(|step| matches!(step.kind, StepKind::Take(_) | StepKind::Admit(_)));
        if asked {
            self.metrics
                .push(format!("{}.{name}.{PASSED}", self.prefix));
        }
        let statements = endpoint
            .steps
            .iter()
            .filter_map(|step| match &step.kind {
                StepKind::Take(take) => {
                    let under = native.next().expect("one entry for each limit");
                    Some(Statement::Take(self.take(endpoint, &name, take, under)))
                }
                StepKind::Admit(admit) => Some(Statement::Admit(self.admit(&name, admit))),
                // The proxy bounds and repeats calls by itself.
                StepKind::Deadline(_) | StepKind::Retry(_) => None,
            })
            .collect();
        FilterEndpoint {
            name: endpoint.name.clone(),
            method: endpoint.method,
            covers_head: endpoint.covers_head,
            path: endpoint.path.clone(),
            statements,
            passed,
        }
    }

    fn take(
        &mut self,
        endpoint: &EndpointProgram,
        name: &str,
        take: &Take,
        native_under: Option<u32>,
    ) -> TakeSpec {
        let counters = match self.shared.get(&take.id).filter(|_| take.shared) {
            Some(first) => *first,
            None => {
                let owner = if take.shared { "all" } else { name };
                let policy = format!("{owner}.rate_limit.{}", take.position);
                let first = self.count(&policy, &TAKE_COUNTERS);
                if take.shared {
                    self.shared.insert(take.id, first);
                }
                first
            }
        };
        TakeSpec {
            id: take.id,
            step: take.gcra.step(),
            tau: take.gcra.tau(),
            retry_after_s: take.retry_after_s(),
            key: take.key.iter().map(|key| part(endpoint, key)).collect(),
            native_under,
            counters,
        }
    }

    fn admit(&mut self, name: &str, admit: &Admit) -> usize {
        let counters = self.count(&format!("{name}.circuit_breaker"), &BREAKER_COUNTERS);
        let breaker = &admit.breaker;
        self.breakers.push(BreakerSpec {
            id: admit.id,
            failure_threshold: breaker.failure_threshold.value,
            open_ns: u64::from(breaker.timeout_ms.value) * 1_000_000,
            half_open: breaker.half_open.value,
            counters,
        });
        self.breakers.len() - 1
    }

    /// Names the counters of a policy and returns the number of the first.
    fn count(&mut self, policy: &str, names: &[&str]) -> u32 {
        let first = self.number();
        let prefix = &self.prefix;
        self.metrics
            .extend(names.iter().map(|name| format!("{prefix}.{policy}.{name}")));
        first
    }

    /// The number of the next metric.
    fn number(&self) -> u32 {
        u32::try_from(self.metrics.len()).expect("counters are few")
    }

    /// `get_users_id` for `GET /users/{id}`: what a statistic's name can hold, told apart from its
    /// namesakes by a number.
    fn stat_name(&mut self, endpoint: &str) -> String {
        let mut base = String::new();
        for c in endpoint.chars() {
            if c.is_ascii_alphanumeric() {
                base.push(c.to_ascii_lowercase());
            } else if c == '*' && base.is_empty() {
                base.push_str("any");
            } else if !base.is_empty() && !base.ends_with('_') {
                base.push('_');
            }
        }
        let base = base.trim_end_matches('_').to_owned();
        let mut name = base.clone();
        let mut again = 2;
        while !self.names.insert(name.clone()) {
            name = format!("{base}_{again}");
            again += 1;
        }
        name
    }
}

/// Where a part of a key comes from, as the module reads it.
fn part(endpoint: &EndpointProgram, source: &KeySource) -> Part {
    match source {
        KeySource::ClientIp => Part::Address,
        KeySource::Header(name) => Part::Header(name.clone()),
        KeySource::Cookie(name) => Part::Cookie(name.clone()),
        KeySource::Query(name) => Part::Query(name.clone()),
        KeySource::Path(index) => Part::Segment {
            index: *index,
            cut: match &endpoint.path.segments()[*index] {
                Segment::Literal(_) | Segment::Param { verb: None, .. } => Cut::Whole,
                Segment::Param {
                    verb: Some(verb), ..
                } => Cut::Verb(verb.clone()),
                Segment::Rest { .. } => Cut::Rest,
            },
        },
    }
}
