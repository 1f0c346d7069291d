//! The typed program: per endpoint, in order, what is asked of each request.

use cherry_runtime::bundle::{Gcra, TimeUnit};

use crate::contract::{Breaker, ContractName, Method, Origin, PathTemplate, Rate, Retry, Unlisted};
use crate::text::Span;

/// The policies of one contract.
#[derive(Debug, Clone)]
pub(crate) struct PolicyProgram {
    /// Whose policies these are.
    pub(crate) contract: ContractName,
    /// The unit in which arrival times of all its limits are counted.
    pub(crate) unit: TimeUnit,
    /// What happens to requests that no endpoint names.
    pub(crate) unlisted: Unlisted,
    /// Endpoints in the order in which they are tried: a request belongs to the first whose method
    /// and path both fit, which is why methods take part in the order.
    pub(crate) endpoints: Vec<EndpointProgram>,
}

impl PolicyProgram {
    /// The endpoint that a method and a normalised path (without query) belong to, when the
    /// contract is alone on its host.
    #[cfg(test)]
    pub(crate) fn find(&self, method: &str, path: &str) -> Option<usize> {
        self.endpoints
            .iter()
            .position(|endpoint| endpoint.takes_method(method) && endpoint.path.matches(path))
    }
}

/// An endpoint.
#[derive(Debug, Clone)]
pub(crate) struct EndpointProgram {
    /// `GET /users/{id}`.
    pub(crate) name: Box<str>,
    /// The method.
    pub(crate) method: Method,
    /// Whether `HEAD` belongs to it as well: it is a `GET` endpoint, and no other endpoint of the
    /// contract has the same path with `HEAD`.
    pub(crate) covers_head: bool,
    /// The path.
    pub(crate) path: PathTemplate,
    /// Where it stands in the contract.
    pub(crate) span: Span,
    /// What is asked of a request, in order.
    pub(crate) steps: Vec<Step>,
}

impl EndpointProgram {
    /// Whether requests with this method belong to it.
    pub(crate) fn takes_method(&self, method: &str) -> bool {
        match self.method {
            Method::Any => true,
            Method::Named(name) => name == method || (self.covers_head && method == "HEAD"),
        }
    }

    /// The limits, in order.
    pub(crate) fn takes(&self) -> impl Iterator<Item = &Take> {
        self.steps.iter().filter_map(|step| match &step.kind {
            StepKind::Take(take) => Some(take),
            _ => None,
        })
    }

    /// The breaker, if there is one.
    pub(crate) fn admit(&self) -> Option<&Admit> {
        self.steps.iter().find_map(|step| match &step.kind {
            StepKind::Admit(admit) => Some(admit),
            _ => None,
        })
    }
}

/// One thing that is asked of a request.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// What is asked.
    pub(crate) kind: StepKind,
    /// Where the policy came from.
    pub(crate) origin: Origin,
}

/// The kinds of steps, in the order in which an endpoint has them.
#[derive(Debug, Clone)]
pub(crate) enum StepKind {
    /// Take a token from a bucket, or be refused.
    Take(Take),
    /// Ask the breaker, and tell it later how the call went.
    Admit(Admit),
    /// Bound the whole call, in milliseconds.
    Deadline(u64),
    /// Try again after some outcomes.
    Retry(Retry),
}

impl StepKind {
    /// The key of the contract that asks for it.
    pub(crate) fn policy(&self) -> &'static str {
        match self {
            StepKind::Take(_) => "rate_limit",
            StepKind::Admit(_) => "circuit_breaker",
            StepKind::Deadline(_) => "timeout",
            StepKind::Retry(_) => "retry",
        }
    }
}

/// A limit: one bucket for each value of its key.
#[derive(Debug, Clone)]
pub(crate) struct Take {
    /// Identity of the bucket family: contract major, endpoint (or the contract as a whole) and
    /// position of the limit. Two endpoints with one top-level limit carry the same id. It is a
    /// hash of names, not an index, so that buckets survive a change of other endpoints.
    pub(crate) id: u64,
    /// For counters and people: `GET /users/{id}` position 0 is `0`; unique within the endpoint.
    pub(crate) position: usize,
    /// Whether it stands at the top of the contract and is shared by all endpoints.
    pub(crate) shared: bool,
    /// The rate as written.
    pub(crate) rate: Rate,
    /// The key; empty means one bucket for everybody.
    pub(crate) key: Vec<KeySource>,
    /// The arithmetic, in the program's unit.
    pub(crate) gcra: Gcra,
}

impl Take {
    /// `retry-after` of a refusal in seconds: max(1, ceil(period / n)). A refused request takes
    /// nothing, so waiting this long is always enough.
    pub(crate) fn retry_after_s(&self) -> u64 {
        self.rate.period_s.div_ceil(self.rate.count).max(1)
    }
}

/// Where a part of a key is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeySource {
    /// The address of the client: IPv4 whole (v4-mapped IPv6 is IPv4), IPv6 by /64; a request
    /// without an address shares one bucket with all others of its kind.
    ClientIp,
    /// The first request header of this name (lower case); absent and empty are one value.
    Header(Box<str>),
    /// The first cookie of this name; absent and empty are one value.
    Cookie(Box<str>),
    /// The first query parameter of this name, as sent; absent and empty are one value.
    Query(Box<str>),
    /// What stands for the parameter in this segment of the endpoint's path.
    Path(usize),
}

/// A circuit breaker: state per endpoint and proxy process.
#[derive(Debug, Clone)]
pub(crate) struct Admit {
    /// Identity of its state: contract major and endpoint.
    pub(crate) id: u64,
    /// Its settings with their origins.
    pub(crate) breaker: Breaker,
}
