//! The manifest that compiler and runtime share.
//!
//! `cherryc` writes one `bundle.json` per contract, the runtime reads it. Both use these types, so
//! that they cannot drift apart; unknown fields are refused, and [`FORMAT`] is raised when a
//! meaning changes. The arithmetic of the limiter is handed on from here as well: compiler and
//! runtime count in the same [`TimeUnit`].

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::limiter::{Decision, Gcra, RateError, RateSpec, TimeUnit};
pub use crate::sip::siphash13;

/// Version of the manifest's meaning.
pub const FORMAT: u32 = 1;

/// Everything a runtime needs to know about one contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Version of this format, [`FORMAT`].
    pub format: u32,
    /// Version of the compiler that wrote it.
    pub compiler: String,
    /// Name of the contract, such as `user/v1`.
    pub contract: String,
    /// Version of the contract.
    pub version: String,
    /// What happens to requests that no endpoint names.
    pub unlisted: Unlisted,
    /// How many proxies stand in front; 0 means the peer's address is the client's.
    pub trusted_hops: u32,
    /// Whether paths are normalised before matching and forwarding.
    pub normalize: bool,
    /// The unit in which arrival times are counted.
    pub unit: Unit,
    /// Endpoints in the order in which they are tried.
    pub endpoints: Vec<Endpoint>,
    /// Artifacts of the contract by path, with their BLAKE3 hash.
    pub artifacts: BTreeMap<String, String>,
}

/// What happens to requests that no endpoint names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unlisted {
    /// They go to the upstream with no policy.
    Pass,
    /// They are answered with 404 or 405.
    Reject,
}

/// A tick and the parts it is cut into; see [`TimeUnit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Nanoseconds of a tick.
    pub tick_ns: u64,
    /// Parts of a tick.
    pub per_tick: u64,
}

/// An endpoint and its policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// Method and path template, such as `GET /users/{id}`.
    pub name: String,
    /// The method, `*` for every one.
    pub method: String,
    /// Whether `HEAD` is covered along with `GET`.
    pub covers_head: bool,
    /// The path template.
    pub path: String,
    /// The policies in the order in which they are asked.
    pub steps: Vec<Step>,
}

/// A policy of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Take a token from a bucket.
    Take {
        /// Identity of the bucket family, as 16 hexadecimal digits; stable over versions.
        id: String,
        /// The rate as written.
        rate: String,
        /// Requests per period.
        count: u64,
        /// The period in nanoseconds.
        period_ns: u64,
        /// Capacity of the bucket.
        burst: u64,
        /// Parts of the key, as written in the contract.
        key: Vec<String>,
    },
    /// Ask the circuit breaker.
    Admit {
        /// Identity of the breaker, as 16 hexadecimal digits; stable over versions.
        id: String,
        /// Consecutive failures that open it.
        failure_threshold: u32,
        /// How long it stays open, in milliseconds.
        open_ms: u64,
        /// Probes that may run at once.
        half_open: u32,
    },
    /// Bound the whole call, tries and pauses included.
    Deadline {
        /// The bound in milliseconds.
        timeout_ms: u64,
    },
    /// Try again.
    Retry {
        /// Tries after the first one.
        attempts: u32,
        /// Outcomes that are tried again: `connect`, `reset`, `5xx`, or a status.
        on: Vec<String>,
        /// First pause in milliseconds; it doubles.
        base_ms: u64,
        /// Longest pause in milliseconds.
        max_ms: u64,
        /// Whether the pause is drawn from zero up to its bound.
        jitter: bool,
        /// Share of retries among running requests, in ten-thousandths of a percent.
        budget: u32,
    },
}
