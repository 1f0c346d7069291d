//! A contract with every value typed, and every value's origin remembered.

use std::fmt;

use indexmap::IndexMap;

use super::{Compat, Consumed, Event, KeyPart, PathTemplate, Percent, Rate};
use crate::diag::{Level, Rule};
use crate::text::{RelPath, Span};

/// Where a value came from, so that `explain` can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Written at the thing itself.
    Written(Span),
    /// Written in `defaults` or at the top, and inherited.
    Inherited(Span),
    /// Given on the command line, which wins over what is written.
    Given,
    /// Not written anywhere; the language says so.
    Default,
}

impl Origin {
    /// Where it was written, if anybody wrote it.
    pub(crate) fn span(self) -> Option<Span> {
        match self {
            Origin::Written(span) | Origin::Inherited(span) => Some(span),
            Origin::Given | Origin::Default => None,
        }
    }

    /// Whether anybody wrote it.
    pub(crate) fn is_written(self) -> bool {
        self != Origin::Default
    }

    /// The origin as printed.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Origin::Written(_) => "written",
            Origin::Inherited(_) => "inherited",
            Origin::Given => "given",
            Origin::Default => "default",
        }
    }
}

/// A value with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting<T> {
    /// The value.
    pub(crate) value: T,
    /// Where it came from.
    pub(crate) origin: Origin,
}

impl<T> Setting<T> {
    /// A value that the language fills in.
    pub(crate) fn default(value: T) -> Self {
        Setting {
            value,
            origin: Origin::Default,
        }
    }
}

/// `user/v1`: a service and a major version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ContractName {
    /// What stands before `/v`.
    service: Box<str>,
    /// The major version.
    major: u32,
}

impl ContractName {
    /// A name whose parts were checked.
    pub(super) fn new(service: &str, major: u32) -> Self {
        ContractName {
            service: service.into(),
            major,
        }
    }

    /// The major version.
    pub(crate) fn major(&self) -> u32 {
        self.major
    }

    /// Name of the service: dots become `-`.
    pub(crate) fn service(&self) -> String {
        self.service.replace('.', "-")
    }

    /// For names of Kubernetes objects: `user-v1`.
    pub(crate) fn slug(&self) -> String {
        format!("{}-v{}", self.service(), self.major)
    }

    /// For folders and files: `user.v1`.
    pub(crate) fn folder(&self) -> String {
        format!("{}.v{}", self.service, self.major)
    }
}

impl fmt::Display for ContractName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/v{}", self.service, self.major)
    }
}

/// A request method as an endpoint names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Method {
    /// One method of [`Method::NAMES`], by index.
    Named(&'static str),
    /// `*`: every method that no other endpoint of the path names.
    Any,
}

impl Method {
    /// Methods that an endpoint may name: those of OpenAPI 3.0 to 3.2.
    pub(crate) const NAMES: [&'static str; 9] = [
        "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE",
    ];

    /// The method with this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        if name == "*" {
            return Some(Method::Any);
        }
        Method::NAMES
            .into_iter()
            .find(|known| *known == name)
            .map(Method::Named)
    }

    /// The name as written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Method::Named(name) => name,
            Method::Any => "*",
        }
    }
}

/// What happens to requests that no endpoint names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unlisted {
    /// They go to the upstream with no policy.
    Pass,
    /// They are answered with 404 or 405.
    Reject,
}

/// One limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Limit {
    /// The rate as written.
    pub(crate) rate: Rate,
    /// The key with `tenant` replaced by what the contract's `identity` says.
    pub(crate) key: Vec<KeyPart>,
    /// Where it came from.
    pub(crate) origin: Origin,
}

/// The circuit breaker of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Breaker {
    /// Consecutive failures that open it.
    pub(crate) failure_threshold: Setting<u32>,
    /// How long it stays open, in milliseconds.
    pub(crate) timeout_ms: Setting<u32>,
    /// Probes that may run at once.
    pub(crate) half_open: Setting<u32>,
    /// Where the policy as a whole came from.
    pub(crate) origin: Origin,
}

/// An outcome that is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RetryOn {
    /// The connection could not be made; nothing was sent.
    Connect,
    /// The upstream refused the stream before it looked at it (HTTP/2 `REFUSED_STREAM`).
    RefusedStream,
    /// The connection ended before an answer came.
    Reset,
    /// An answer of 502, 503 or 504.
    GatewayError,
    /// Any 5xx answer, or none at all.
    AnyServerError,
    /// An answer with this status.
    Status(u16),
}

impl RetryOn {
    /// The words of the language; a status stands for itself.
    pub(crate) const WORDS: [(&'static str, RetryOn); 5] = [
        ("5xx", RetryOn::AnyServerError),
        ("connect", RetryOn::Connect),
        ("gateway_error", RetryOn::GatewayError),
        ("refused_stream", RetryOn::RefusedStream),
        ("reset", RetryOn::Reset),
    ];
}

impl fmt::Display for RetryOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RetryOn::Status(status) => write!(f, "{status}"),
            word => {
                let found = RetryOn::WORDS.iter().find(|(_, on)| on == word);
                f.write_str(found.map_or("", |(name, _)| name))
            }
        }
    }
}

/// Retries of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Retry {
    /// Tries after the first one.
    pub(crate) attempts: Setting<u32>,
    /// Outcomes that are tried again.
    pub(crate) on: Setting<Vec<RetryOn>>,
    /// First pause in milliseconds; it doubles.
    pub(crate) base_ms: Setting<u64>,
    /// Longest pause in milliseconds.
    pub(crate) max_ms: Setting<u64>,
    /// Whether the pause is drawn from zero up to its bound.
    pub(crate) jitter: Setting<bool>,
    /// Share of retries among running requests.
    pub(crate) budget: Setting<Percent>,
    /// Where the policy as a whole came from.
    pub(crate) origin: Origin,
}

/// An endpoint with its own policies; those at the top of the contract stand in [`Contract`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// The method.
    pub(crate) method: Method,
    /// The path.
    pub(crate) path: PathTemplate,
    /// Limits in written order.
    pub(crate) limits: Vec<Limit>,
    /// The circuit breaker, when one is written.
    pub(crate) breaker: Option<Breaker>,
    /// The bound of the whole call in milliseconds, when one is written.
    pub(crate) timeout_ms: Option<Setting<u64>>,
    /// Retries, when some are written.
    pub(crate) retry: Option<Retry>,
    /// Where it stands.
    pub(crate) span: Span,
}

impl Endpoint {
    /// `GET /users/{id}`.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method.name(), self.path)
    }
}

/// A target of deployment as written; what is absent is filled in by `link/`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Target {
    /// Host of the service.
    pub(crate) host: Option<Setting<String>>,
    /// Port of the service.
    pub(crate) port: Option<Setting<u16>>,
    /// Labels that select the workload.
    pub(crate) selector: Option<Setting<IndexMap<String, String>>>,
    /// Proxies in front whose forwarded address is believed.
    pub(crate) trusted_hops: Option<Setting<u32>>,
    /// Whether paths are normalised.
    pub(crate) normalize: Option<Setting<bool>>,
    /// Istio: version, namespace, gateway and hosts.
    pub(crate) istio: IstioTarget,
    /// Envoy: listener.
    pub(crate) envoy_listen: Option<Setting<HostPort>>,
    /// Envoy: admin listener.
    pub(crate) envoy_admin: Option<Setting<HostPort>>,
    /// Envoy: where the service listens.
    pub(crate) envoy_upstream: Option<Setting<HostPort>>,
    /// OCI repository of modules.
    pub(crate) wasm_registry: Option<Setting<String>>,
}

/// What a target says about Istio.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct IstioTarget {
    /// `1.30` or `1.20`.
    pub(crate) version: Option<Setting<String>>,
    /// Namespace of every object.
    pub(crate) namespace: Option<Setting<String>>,
    /// Gateway; its absence means the sidecar.
    pub(crate) gateway: Option<Setting<String>>,
    /// Hosts at the gateway.
    pub(crate) hosts: Option<Setting<Vec<String>>>,
}

/// A host and a port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HostPort {
    /// Address or name, without brackets.
    pub(crate) host: String,
    /// Port.
    pub(crate) port: u16,
}

impl HostPort {
    /// Reads `127.0.0.1:9000`, `[::1]:9000` or `name:9000`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (host, port) = text.rsplit_once(':')?;
        let port = port.parse().ok().filter(|port| *port > 0)?;
        let host = match host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
        {
            Some(v6) => v6.parse::<std::net::Ipv6Addr>().ok()?.to_string(),
            None => {
                let plain = !host.is_empty() && host.len() <= 253;
                let named = host
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
                (plain && named).then(|| host.to_owned())?
            }
        };
        Some(HostPort { host, port })
    }

    /// Whether the host is an address rather than a name.
    pub(crate) fn is_address(&self) -> bool {
        self.host.parse::<std::net::IpAddr>().is_ok()
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// A contract.
#[derive(Debug, Clone)]
pub(crate) struct Contract {
    /// Its name.
    pub(crate) name: ContractName,
    /// Where the name stands.
    pub(crate) name_span: Span,
    /// The file it was read from.
    pub(crate) file: RelPath,
    /// Its version.
    pub(crate) version: semver::Version,
    /// Where the version stands.
    pub(crate) version_span: Span,
    /// Who answers for it.
    pub(crate) owner: Option<String>,
    /// What it is for.
    pub(crate) description: Option<String>,
    /// What happens to requests that no endpoint names.
    pub(crate) unlisted: Setting<Unlisted>,
    /// Limits over all endpoints, asked before theirs.
    pub(crate) limits: Vec<Limit>,
    /// Endpoints as written.
    pub(crate) endpoints: Vec<Endpoint>,
    /// Messages that the service sends.
    pub(crate) events: Vec<Event>,
    /// Messages of other services that it reads.
    pub(crate) consumes: Vec<Consumed>,
    /// What it says about versions of its own.
    pub(crate) compat: Compat,
    /// Targets as written.
    pub(crate) targets: IndexMap<String, Target>,
    /// Emitters that `generate` selects, with the folder that replaces the default one.
    pub(crate) generate: Option<IndexMap<String, Option<Setting<RelPath>>>>,
    /// Levels of adjustable rules.
    pub(crate) levels: Vec<(&'static Rule, Level)>,
}
