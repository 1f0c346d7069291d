//! Runs a policy program: the oracle that every back end is held to.
//!
//! Time is handed in, in nanoseconds of any clock that does not run backwards for long. Buckets are
//! exact: one entry per key, none forgotten while it means anything.

use std::collections::BTreeMap;
use std::net::IpAddr;

use cherry_runtime::bundle::Decision;

use super::{Admit, Answer, EndpointProgram, KeySource, PolicyProgram, StepKind, Take};

/// What the program may know about a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'r> {
    /// The normalised path, without query.
    pub(crate) path: &'r str,
    /// What stands behind `?`, without it.
    pub(crate) query: Option<&'r str>,
    /// Headers in the order in which they came, names in lower case.
    pub(crate) headers: &'r [(String, String)],
    /// The address of the client, if it has one.
    pub(crate) client_ip: Option<IpAddr>,
}

/// What became of a request before it reached the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It goes to the service. The ticket is handed back with the outcome.
    Pass(Option<Ticket>),
    /// A policy answers.
    Refuse {
        /// The answer.
        answer: Answer,
        /// `retry-after` in seconds.
        retry_after_s: u64,
    },
}

/// How a call went, as a breaker sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The service answered, and not with a server error.
    Success,
    /// A server error, a timeout, a reset or a refused connection.
    Failure,
    /// The client left.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "simulated clients wait; the module's tests leave")
    )]
    Abandoned,
}

/// The memory of an admitted request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    breaker: u64,
    /// How often the breaker had changed its state when the request was admitted.
    changes: u64,
    /// The number of the probe, when it is one.
    probe: Option<u64>,
}

/// The state of all buckets and breakers of a program.
#[derive(Debug)]
pub(crate) struct Interpreter<'p> {
    program: &'p PolicyProgram,
    buckets: BTreeMap<(u64, Vec<u8>), u64>,
    breakers: BTreeMap<u64, BreakerState>,
    /// Size at which resting buckets are dropped; doubles with what remains.
    sweep_at: usize,
}

impl<'p> Interpreter<'p> {
    /// All at rest.
    pub(crate) fn new(program: &'p PolicyProgram) -> Self {
        Interpreter {
            program,
            buckets: BTreeMap::new(),
            breakers: BTreeMap::new(),
            sweep_at: 65_536,
        }
    }

    /// Asks the steps of an endpoint in order. What earlier limits took is not given back.
    pub(crate) fn ask(&mut self, endpoint: usize, request: &Asked<'_>, now_ns: u64) -> Verdict {
        let program = self.program;
        let endpoint = &program.endpoints[endpoint];
        let mut ticket = None;
        for step in &endpoint.steps {
            match &step.kind {
                StepKind::Take(take) => {
                    if !self.take(take, endpoint, request, now_ns) {
                        return Verdict::Refuse {
                            answer: Answer::Limited,
                            retry_after_s: take.retry_after_s(),
                        };
                    }
                }
                StepKind::Admit(admit) => {
                    let state = self.breakers.entry(admit.id).or_default();
                    match state.admit(admit, now_ns) {
                        Ok(given) => ticket = Some(given),
                        Err(remaining_ns) => {
                            let retry_after_s = remaining_ns.div_ceil(1_000_000_000).max(1);
                            return Verdict::Refuse {
                                answer: Answer::Open,
                                retry_after_s,
                            };
                        }
                    }
                }
                // They act between the proxy and the service, not before it.
                StepKind::Deadline(_) | StepKind::Retry(_) => {}
            }
        }
        Verdict::Pass(ticket)
    }

    /// Tells the breaker of an admitted request how the call went.
    pub(crate) fn settle(&mut self, ticket: Ticket, outcome: Outcome, now_ns: u64) {
        let admit = self
            .program
            .endpoints
            .iter()
            .filter_map(EndpointProgram::admit)
            .find(|admit| admit.id == ticket.breaker);
        if let (Some(admit), Some(state)) = (admit, self.breakers.get_mut(&ticket.breaker)) {
            state.settle(admit, &ticket, outcome, now_ns);
        }
    }

    fn take(
        &mut self,
        take: &Take,
        endpoint: &EndpointProgram,
        request: &Asked<'_>,
        now_ns: u64,
    ) -> bool {
        let now = self.program.unit.at(now_ns);
        if self.buckets.len() >= self.sweep_at {
            // An arrival time that has passed equals no entry.
            self.buckets.retain(|_, tat| *tat > now);
            self.sweep_at = (self.buckets.len() * 2).max(65_536);
        }
        let key = (take.id, key_bytes(take, endpoint, request));
        let tat = self.buckets.get(&key).copied().unwrap_or(0);
        let decision = take.gcra.take(tat, now);
        let (Decision::Pass { tat } | Decision::Refuse { tat }) = decision;
        self.buckets.insert(key, tat);
        matches!(decision, Decision::Pass { .. })
    }
}

// === Keys ===

/// The key of a limit as bytes: per part whether there is a value, its length, and the value.
fn key_bytes(take: &Take, endpoint: &EndpointProgram, request: &Asked<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    for source in &take.key {
        let value = match source {
            KeySource::ClientIp => request.client_ip.map(address_bytes),
            KeySource::Header(name) => {
                let found = request
                    .headers
                    .iter()
                    .find(|(header, _)| **header == **name);
                found.map(|(_, value)| value.as_bytes().to_vec())
            }
            KeySource::Cookie(name) => {
                let mut cookies = request
                    .headers
                    .iter()
                    .filter(|(header, _)| header == "cookie");
                let found = cookies.find_map(|(_, value)| cookie(value, name));
                found.map(|value| value.as_bytes().to_vec())
            }
            KeySource::Query(name) => request
                .query
                .and_then(|query| parameter(query, name))
                .map(|value| value.as_bytes().to_vec()),
            KeySource::Path(segment) => endpoint
                .path
                .value(*segment, request.path)
                .map(|value| value.as_bytes().to_vec()),
        };
        match value.filter(|value| !value.is_empty()) {
            Some(value) => {
                out.push(1);
                out.extend_from_slice(&(value.len() as u64).to_le_bytes());
                out.extend_from_slice(&value);
            }
            None => out.push(0),
        }
    }
    out
}

/// IPv4 whole, v4-mapped IPv6 as IPv4, other IPv6 by /64.
fn address_bytes(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
    }
}

/// The first cookie of this name in a `cookie` header (RFC 6265, section 4.2.1).
fn cookie<'v>(header: &'v str, name: &str) -> Option<&'v str> {
    header.split(';').find_map(|pair| {
        let (key, value) = pair.strip_prefix(' ').unwrap_or(pair).split_once('=')?;
        (key == name).then_some(value)
    })
}

/// The first query parameter of this name, as sent.
fn parameter<'v>(query: &'v str, name: &str) -> Option<&'v str> {
    let query = query.split('#').next().unwrap_or(query);
    query.split('&').find_map(|pair| {
        pair.split_once('=')
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value)
    })
}

// === Breakers ===

/// A breaker: closed until failures in a row open it, then open, then letting probes through.
#[derive(Debug, Default)]
struct BreakerState {
    /// How often the state has changed; answers to requests sent before the last change are
    /// ignored.
    changes: u64,
    failures: u32,
    phase: Phase,
    next_probe: u64,
}

#[derive(Debug, Default)]
enum Phase {
    #[default]
    Closed,
    Open {
        since_ns: u64,
    },
    HalfOpen {
        successes: u32,
        /// One place for each probe that may run at once.
        places: Vec<Option<Probe>>,
    },
}

/// A running probe.
#[derive(Debug)]
struct Probe {
    number: u64,
    since_ns: u64,
}

/// What is left at `now_ns` of a time of `length_ns` that began at `since_ns`. A beginning in the
/// future means that the clock stepped back; it then counts from now, so that nothing lasts longer.
fn remaining(since_ns: &mut u64, length_ns: u64, now_ns: u64) -> u64 {
    *since_ns = (*since_ns).min(now_ns);
    length_ns.saturating_sub(now_ns - *since_ns)
}

impl BreakerState {
    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.failures = 0;
        self.changes += 1;
    }

    /// A ticket, or how long to wait in nanoseconds.
    fn admit(&mut self, admit: &Admit, now_ns: u64) -> Result<Ticket, u64> {
        let open_ns = u64::from(admit.breaker.timeout_ms.value) * 1_000_000;
        if let Phase::Open { since_ns } = &mut self.phase {
            let left_ns = remaining(since_ns, open_ns, now_ns);
            if left_ns > 0 {
                return Err(left_ns);
            }
            let places = (0..admit.breaker.half_open.value).map(|_| None).collect();
            self.enter(Phase::HalfOpen {
                successes: 0,
                places,
            });
        }
        let probe = match &mut self.phase {
            Phase::HalfOpen { places, .. } => {
                let mut shortest_ns = open_ns;
                let mut free = None;
                for place in places {
                    // The place of a probe whose lease has ended is free.
                    let left_ns = match place {
                        Some(probe) => remaining(&mut probe.since_ns, open_ns, now_ns),
                        None => 0,
                    };
                    if left_ns == 0 {
                        free = Some(place);
                        break;
                    }
                    shortest_ns = shortest_ns.min(left_ns);
                }
                let Some(place) = free else {
                    return Err(shortest_ns);
                };
                self.next_probe += 1;
                *place = Some(Probe {
                    number: self.next_probe,
                    since_ns: now_ns,
                });
                Some(self.next_probe)
            }
            Phase::Closed | Phase::Open { .. } => None,
        };
        Ok(Ticket {
            breaker: admit.id,
            changes: self.changes,
            probe,
        })
    }

    fn settle(&mut self, admit: &Admit, ticket: &Ticket, outcome: Outcome, now_ns: u64) {
        if ticket.changes != self.changes {
            return;
        }
        match &mut self.phase {
            Phase::Closed => match outcome {
                Outcome::Success => self.failures = 0,
                Outcome::Abandoned => {}
                Outcome::Failure => {
                    self.failures += 1;
                    if self.failures >= admit.breaker.failure_threshold.value {
                        self.enter(Phase::Open { since_ns: now_ns });
                    }
                }
            },
            Phase::HalfOpen { successes, places } => {
                let open_ns = u64::from(admit.breaker.timeout_ms.value) * 1_000_000;
                let own = |place: &&mut Option<Probe>| {
                    place
                        .as_ref()
                        .is_some_and(|probe| Some(probe.number) == ticket.probe)
                };
                let Some(place) = places.iter_mut().find(own) else {
                    return;
                };
                let Some(mut probe) = place.take() else {
                    return;
                };
                // An answer after the end of its lease is ignored, whether or not another request
                // has taken the place yet.
                if remaining(&mut probe.since_ns, open_ns, now_ns) == 0 {
                    return;
                }
                match outcome {
                    Outcome::Success => {
                        *successes += 1;
                        if *successes >= admit.breaker.half_open.value {
                            self.enter(Phase::Closed);
                        }
                    }
                    Outcome::Failure => self.enter(Phase::Open { since_ns: now_ns }),
                    Outcome::Abandoned => {}
                }
            }
            Phase::Open { .. } => {}
        }
    }
}
