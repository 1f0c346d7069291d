//! The filter program: what one module does, hook by hook, as typed statements.
//!
//! It stands between the policies and the instructions. Every address is still a name here, every
//! host call still an intention, and [`FilterProgram`] prints itself for people.

use std::fmt;

use cherry_runtime::bundle::TimeUnit;

use crate::contract::{Method, PathTemplate, Segment};

/// What a module does.
#[derive(Debug, Clone)]
pub(super) struct FilterProgram {
    /// The unit of arrival times.
    pub(super) unit: TimeUnit,
    /// Endpoints in the order in which they are tried; those without statements are kept, because
    /// a request that belongs to one of them belongs to no later one.
    pub(super) endpoints: Vec<FilterEndpoint>,
    /// Breakers, by number.
    pub(super) breakers: Vec<BreakerSpec>,
    /// Names of the metrics, by number: counters, behind [`GENERATION`] when there are breakers.
    pub(super) metrics: Vec<String>,
    /// What all of it has in common.
    pub(super) common: Common,
}

/// What the statements of a program have in common, which makes its module smaller.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Common {
    /// The settings of all limits, when they are the same: units per token and how far ahead.
    pub(super) rate: Option<(u64, u64)>,
    /// How many parts all keys have, when that is one number and none of them is hashed by itself.
    pub(super) key_parts: Option<usize>,
    /// The settings of all breakers, when they are the same: open time and threshold.
    pub(super) patience: Option<(u64, u32)>,
    /// Whether any endpoint's path has a verb.
    pub(super) verbs: bool,
    /// Whether any endpoint's path ends with a rest.
    pub(super) rests: bool,
}

impl Common {
    /// What these have in common.
    pub(super) fn of(endpoints: &[FilterEndpoint], breakers: &[BreakerSpec]) -> Self {
        let limits = || endpoints.iter().flat_map(FilterEndpoint::limits);
        let plain = |take: &TakeSpec| take.key.iter().all(|part| *part == Part::Address);
        let segments = || {
            endpoints
                .iter()
                .flat_map(|endpoint| endpoint.path.segments())
        };
        Common {
            rate: same(limits().map(|take| (take.step, take.tau))),
            key_parts: same(limits().map(|take| take.key.len())).filter(|_| limits().all(plain)),
            patience: same(breakers.iter().map(|b| (b.open_ns, b.failure_threshold))),
            verbs: segments().any(|s| matches!(s, Segment::Param { verb: Some(_), .. })),
            rests: segments().any(|s| matches!(s, Segment::Rest { .. })),
        }
    }
}

fn same<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// An endpoint as the module sees it.
#[derive(Debug, Clone)]
pub(super) struct FilterEndpoint {
    /// `GET /users/{id}`.
    pub(super) name: Box<str>,
    /// The method.
    pub(super) method: Method,
    /// Whether `HEAD` belongs to it.
    pub(super) covers_head: bool,
    /// The path.
    pub(super) path: PathTemplate,
    /// What is asked of its requests, in order.
    pub(super) statements: Vec<Statement>,
    /// The counter of the requests that all of it let through; for nothing when nothing is asked.
    pub(super) passed: u32,
}

/// One thing that is asked of a request.
#[derive(Debug, Clone)]
pub(super) enum Statement {
    /// Take a token or answer 429.
    Take(TakeSpec),
    /// Ask the breaker of this number or answer 503.
    Admit(usize),
}

/// A limit.
#[derive(Debug, Clone)]
pub(super) struct TakeSpec {
    /// Identity of the bucket family.
    pub(super) id: u64,
    /// Units per token.
    pub(super) step: u64,
    /// How far ahead an arrival time may be.
    pub(super) tau: u64,
    /// `retry-after` of a refusal.
    pub(super) retry_after_s: u64,
    /// Parts of the key.
    pub(super) key: Vec<Part>,
    /// The flags under which a native filter enforces it and the module does not; `None` when no
    /// native filter may.
    pub(super) native_under: Option<u32>,
    /// Its first counter; the others follow in the order of [`TAKE_COUNTERS`].
    pub(super) counters: u32,
}

/// A part of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// The client's address.
    Address,
    /// The first header of this name, in lower case.
    Header(Box<str>),
    /// The first cookie of this name.
    Cookie(Box<str>),
    /// A query parameter.
    Query(Box<str>),
    /// A segment of the path.
    Segment {
        /// Which one.
        index: usize,
        /// How it is cut.
        cut: Cut,
    },
}

/// How the value of a path parameter is cut from the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cut {
    /// The segment.
    Whole,
    /// The segment without `:verb` at its end.
    Verb(Box<str>),
    /// The segment and everything behind it.
    Rest,
}

/// A breaker.
#[derive(Debug, Clone)]
pub(super) struct BreakerSpec {
    /// Identity of its state.
    pub(super) id: u64,
    /// Consecutive failures that open it.
    pub(super) failure_threshold: u32,
    /// Open time and lease of a probe, in nanoseconds.
    pub(super) open_ns: u64,
    /// Probes at once.
    pub(super) half_open: u32,
    /// Its first counter; the others follow in the order of [`BREAKER_COUNTERS`].
    pub(super) counters: u32,
}

/// The gauge that is the first metric of a program with breakers; see [`state`](super::state).
pub(super) const GENERATION: u32 = 0;

/// The counter of an endpoint.
pub(super) const PASSED: &str = "passed";

/// Counters of a limit. The faults are the same for every policy, and alone are odd where a breaker
/// admits.
pub(super) const TAKE_COUNTERS: [&str; 4] =
    ["host_error", "limited", "cas_exhausted", "evicted_in_debt"];

/// Counters of a breaker. From `closed` on they stand in the order of the states.
pub(super) const BREAKER_COUNTERS: [&str; 6] = [
    "host_error",
    "refused",
    "cas_exhausted",
    "closed",
    "opened",
    "probes",
];

/// Their numbers, from before the first counter of the policy: 0 is none.
pub(super) mod counter {
    pub(in super::super) const HOST_ERROR: u32 = 1;
    pub(in super::super) const CAS_EXHAUSTED: u32 = 3;
    pub(in super::super) const LIMITED: u32 = 2;
    pub(in super::super) const EVICTED_IN_DEBT: u32 = 4;
    pub(in super::super) const REFUSED: u32 = 2;
    pub(in super::super) const CLOSED: u32 = 4;
    pub(in super::super) const PROBES: u32 = 6;
}

impl FilterProgram {
    /// Its limits, in the order in which they are met.
    pub(super) fn limits(&self) -> impl Iterator<Item = &TakeSpec> {
        self.endpoints.iter().flat_map(FilterEndpoint::limits)
    }

    /// Whether it has any.
    pub(super) fn has_limits(&self) -> bool {
        self.limits().next().is_some()
    }

    /// The counter that is not any policy's: requests that could not be judged at all because the
    /// host did not say their path. They pass.
    pub(super) fn unreadable(&self) -> u32 {
        u32::from(self.has_breakers())
    }

    /// The names of its counters.
    pub(super) fn counters(&self) -> &[String] {
        &self.metrics[self.unreadable() as usize..]
    }

    /// Whether it has any breaker.
    pub(super) fn has_breakers(&self) -> bool {
        !self.breakers.is_empty()
    }

    /// Whether no breaker lets more than one probe through at once, which is the normal case.
    pub(super) fn probes_one_by_one(&self) -> bool {
        self.breakers.iter().all(|breaker| breaker.half_open == 1)
    }

    /// Leases in the row of a breaker: none where probes go one by one, since the row itself tells
    /// of the one that is out.
    pub(super) fn leases(&self, breaker: &BreakerSpec) -> u32 {
        if self.probes_one_by_one() {
            0
        } else {
            breaker.half_open
        }
    }

    /// Whether any limit has the path or the query in its key.
    pub(super) fn reads_path(&self) -> bool {
        self.endpoints.iter().any(FilterEndpoint::reads_path)
    }

    /// More bytes than the constants of the module will have.
    pub(super) fn constants_at_most(&self) -> usize {
        /// Answers with their headers, properties, names of headers and methods.
        const FIXED: usize = 2048;
        /// A limit's block of headers, or a breaker's row in the table.
        const STATEMENT: usize = 160;
        let counters: usize = self.metrics.iter().map(|name| name.len() + 1).sum();
        let endpoints = self.endpoints.iter().map(|endpoint| {
            let names = endpoint.parts().map(|part| match part {
                Part::Header(name) | Part::Cookie(name) | Part::Query(name) => name.len(),
                Part::Address | Part::Segment { .. } => 0,
            });
            let path = endpoint.path.to_string().len();
            path + names.sum::<usize>() + STATEMENT * endpoint.statements.len()
        });
        FIXED + counters + endpoints.sum::<usize>()
    }

    /// Whether the filter needs no matching where the compiler attached it.
    pub(super) fn is_single(&self) -> bool {
        self.endpoints.len() == 1
    }
}

impl FilterEndpoint {
    fn limits(&self) -> impl Iterator<Item = &TakeSpec> {
        self.statements
            .iter()
            .filter_map(|statement| match statement {
                Statement::Take(take) => Some(take),
                Statement::Admit(_) => None,
            })
    }

    fn parts(&self) -> impl Iterator<Item = &Part> {
        self.statements
            .iter()
            .flat_map(|statement| match statement {
                Statement::Take(take) => take.key.as_slice(),
                Statement::Admit(_) => &[],
            })
    }

    /// Whether its statements read request headers.
    pub(super) fn reads_headers(&self) -> bool {
        self.parts().any(|part| *part != Part::Address)
    }

    /// Whether its statements read the path.
    pub(super) fn reads_path(&self) -> bool {
        self.parts()
            .any(|part| matches!(part, Part::Query(_) | Part::Segment { .. }))
    }
}

impl fmt::Display for FilterProgram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "unit {}/{}ns", self.unit.tick_ns(), self.unit.per_tick())?;
        for endpoint in &self.endpoints {
            let head = if endpoint.covers_head {
                " (and HEAD)"
            } else {
                ""
            };
            writeln!(f, "{}{head}", endpoint.name)?;
            for statement in &endpoint.statements {
                match statement {
                    Statement::Take(take) => writeln!(f, "  {take}")?,
                    Statement::Admit(at) => writeln!(f, "  admit {}", self.breakers[*at])?,
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for TakeSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "take {:016x} step {} tau {} key [",
            self.id, self.step, self.tau
        )?;
        for (at, part) in self.key.iter().enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            match part {
                Part::Address => f.write_str("address")?,
                Part::Header(name) => write!(f, "header {name}")?,
                Part::Cookie(name) => write!(f, "cookie {name}")?,
                Part::Query(name) => write!(f, "query {name}")?,
                Part::Segment { index, cut } => match cut {
                    Cut::Whole => write!(f, "segment {index}")?,
                    Cut::Verb(verb) => write!(f, "segment {index} before :{verb}")?,
                    Cut::Rest => write!(f, "path from segment {index}")?,
                },
            }
        }
        write!(f, "] or 429 after {} s", self.retry_after_s)?;
        match self.native_under {
            Some(flags) => write!(f, ", native under {}", super::Flag::letters(flags)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for BreakerSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:016x} threshold {} open {} ns probes {}, or 503",
            self.id, self.failure_threshold, self.open_ns, self.half_open
        )
    }
}
