//! `simulate`: requests as JSON lines through the policy program, decisions as JSON lines out.
//!
//! Time is that of the lines, in milliseconds. An answer takes effect when it arrives, before a
//! request of the same millisecond. Retries are not played: `upstream` is what the service would
//! answer to every try, so the last one ends as the first does.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::net::IpAddr;

use indexmap::IndexMap;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::Report;
use crate::contract::normalize;
use crate::link::{Met, Program};
use crate::policy::{
    Answer, Asked, EndpointProgram, Interpreter, Outcome, StepKind, Ticket, Verdict,
};

/// Longest line of a request file, in bytes.
const MAX_LINE_BYTES: usize = 1024 * 1024;

/// What a simulation has to say: findings of the contracts, and a line per request, or what is
/// wrong with the requests.
#[derive(Debug)]
pub struct Simulated {
    /// Findings of the contracts.
    pub report: Report,
    /// A JSON object per request; the error names the line.
    pub decisions: Result<Vec<String>, String>,
}

/// One request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    at_ms: u64,
    #[serde(default)]
    client_ip: Option<IpAddr>,
    method: String,
    path: String,
    #[serde(default)]
    host: Option<String>,
    #[serde(default)]
    headers: IndexMap<String, String>,
    /// Parameters of the query, or the query as text; added to what stands in `path`.
    #[serde(default)]
    query: Option<Query>,
    /// Claims of the caller's token. No stable key reads them yet.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "part of the line's fixed form; limits by claim are reserved"
    )]
    claims: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    upstream: Option<Object<Upstream>>,
}

/// A JSON object. A derived struct takes `[5, null, "GET"]` as well, by position, which nobody who
/// writes requests means.
#[derive(Debug, Clone)]
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OnlyMaps<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for OnlyMaps<T> {
            type Value = Object<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }
        deserializer.deserialize_map(OnlyMaps(PhantomData))
    }
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Query {
    Text(String),
    Parameters(IndexMap<String, String>),
}

/// What the service would answer if it were asked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Upstream {
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    error: Option<UpstreamError>,
    #[serde(default)]
    after_ms: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum UpstreamError {
    Timeout,
    Reset,
    Refused,
}

/// One decision.
#[derive(Debug, Serialize)]
struct Decision<'d> {
    endpoint: Option<&'d str>,
    decision: &'static str,
    status: u16,
    policy: Option<&'static str>,
    headers: IndexMap<&'static str, String>,
}

/// Runs requests through a program.
pub(super) fn run(program: &Program, requests: &[u8]) -> Result<Vec<String>, String> {
    let text = std::str::from_utf8(requests)
        .map_err(|error| format!("the requests are not UTF-8: {error}"))?;
    let mut run = Run {
        program,
        interpreters: program
            .contracts
            .iter()
            .map(|linked| Interpreter::new(&linked.policy))
            .collect(),
        pending: BTreeMap::new(),
        sequence: 0,
        now_ms: 0,
    };
    let mut out = Vec::new();
    for (index, text) in text
        .lines()
        .enumerate()
        .filter(|(_, text)| !text.trim().is_empty())
    {
        let number = index + 1;
        if text.len() > MAX_LINE_BYTES {
            return Err(format!(
                "line {number} is longer than {MAX_LINE_BYTES} bytes"
            ));
        }
        let Object(line): Object<Line> = serde_json::from_str(text).map_err(|error| {
            let text = error.to_string();
            let reason = text.split(" at line ").next().unwrap_or(&text);
            format!("line {number}, column {}: {reason}", error.column())
        })?;
        out.push(
            run.line(&line)
                .map_err(|problem| format!("line {number}: {problem}"))?,
        );
    }
    Ok(out)
}

struct Run<'p> {
    program: &'p Program,
    /// By contract.
    interpreters: Vec<Interpreter<'p>>,
    /// Answers on their way, by the time they arrive and the order in which they were asked for.
    pending: BTreeMap<(u64, u64), (usize, Ticket, Outcome)>,
    sequence: u64,
    now_ms: u64,
}

impl Run<'_> {
    fn line(&mut self, line: &Line) -> Result<String, String> {
        if line.at_ms < self.now_ms {
            return Err(format!(
                "lines must be in time order: {} comes after {}",
                line.at_ms, self.now_ms
            ));
        }
        self.now_ms = line.at_ms;
        self.settle_until(line.at_ms)?;
        let upstream = match &line.upstream {
            Some(Object(upstream)) => upstream.clone(),
            None => Upstream {
                status: Some(200),
                error: None,
                after_ms: 0,
            },
        };
        let answer = match (upstream.status, upstream.error) {
            (Some(_), Some(_)) => return Err("`upstream` has a status and an error".to_owned()),
            (Some(status @ 100..=599), None) => Ok(status),
            (Some(status), None) => return Err(format!("`upstream` has the status {status}")),
            (None, Some(error)) => Err(error),
            (None, None) => Ok(200),
        };
        let decision = self.decide(line, answer, upstream.after_ms)?;
        serde_json::to_string(&decision).map_err(|error| error.to_string())
    }

    fn settle_until(&mut self, at_ms: u64) -> Result<(), String> {
        while let Some(entry) = self
            .pending
            .first_entry()
            .filter(|entry| entry.key().0 <= at_ms)
        {
            let ((arrived_ms, _), (contract, ticket, outcome)) = entry.remove_entry();
            self.interpreters[contract].settle(ticket, outcome, nanoseconds(arrived_ms)?);
        }
        Ok(())
    }

    fn decide(
        &mut self,
        line: &Line,
        answer: Result<u16, UpstreamError>,
        after_ms: u64,
    ) -> Result<Decision<'_>, String> {
        let program = self.program;
        let host = self.host(line.host.as_deref())?;
        let target = &program.contracts[program.hosts[host].contracts[0]].target;
        let written = full_target(line);
        let normalized = if target.normalize.value {
            match normalize(written.as_bytes()).and_then(|path| String::from_utf8(path).ok()) {
                Some(path) => path,
                // The proxy itself refuses such a path before any policy sees it.
                None => {
                    return Ok(Decision {
                        endpoint: None,
                        decision: "bad_request",
                        status: 400,
                        policy: None,
                        headers: IndexMap::new(),
                    });
                }
            }
        } else {
            written
        };
        let (path, query) = match normalized.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (normalized.as_str(), None),
        };
        let passed =
            |answer: Result<u16, UpstreamError>| answer.unwrap_or_else(UpstreamError::status);
        let route = match program.meet(host, &line.method, path) {
            Met::Route(route) => route,
            Met::Nothing => {
                return Ok(Decision {
                    endpoint: None,
                    decision: "pass",
                    status: passed(answer),
                    policy: None,
                    headers: IndexMap::new(),
                });
            }
            Met::NotFound => return Ok(refusal(None, Answer::NotFound, IndexMap::new())),
            Met::OtherMethods(allow) => {
                let headers = if allow.is_empty() {
                    IndexMap::new()
                } else {
                    IndexMap::from([("allow", allow.join(", "))])
                };
                return Ok(refusal(None, Answer::MethodNotAllowed, headers));
            }
        };
        let endpoint = &program.contracts[route.contract].policy.endpoints[route.endpoint];
        let headers: Vec<(String, String)> = line
            .headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
            .collect();
        let client_ip = client_ip(line.client_ip, &headers, target.trusted_hops.value);
        let asked = Asked {
            path,
            query,
            headers: &headers,
            client_ip,
        };
        let at_ns = nanoseconds(line.at_ms)?;
        match self.interpreters[route.contract].ask(route.endpoint, &asked, at_ns) {
            Verdict::Refuse {
                answer,
                retry_after_s,
            } => Ok(refusal(
                Some(&endpoint.name),
                answer,
                IndexMap::from([("retry-after", retry_after_s.to_string())]),
            )),
            Verdict::Pass(ticket) => {
                let (timed_out, took_ms) = deadline(endpoint, answer, after_ms);
                if let Some(ticket) = ticket {
                    let failed = timed_out || !answer.is_ok_and(|status| status < 500);
                    let outcome = if failed {
                        Outcome::Failure
                    } else {
                        Outcome::Success
                    };
                    let arrives = line
                        .at_ms
                        .checked_add(took_ms)
                        .ok_or("`after_ms` is too large")?;
                    nanoseconds(arrives)?;
                    self.pending
                        .insert((arrives, self.sequence), (route.contract, ticket, outcome));
                    self.sequence += 1;
                }
                if timed_out {
                    return Ok(refusal(
                        Some(&endpoint.name),
                        Answer::Timeout,
                        IndexMap::new(),
                    ));
                }
                Ok(Decision {
                    endpoint: Some(&endpoint.name),
                    decision: "pass",
                    status: passed(answer),
                    policy: None,
                    headers: IndexMap::new(),
                })
            }
        }
    }

    /// The host that a line names, else the only one.
    fn host(&self, name: Option<&str>) -> Result<usize, String> {
        let hosts = &self.program.hosts;
        match name {
            None if hosts.len() == 1 => Ok(0),
            None => {
                let names: Vec<&str> = hosts
                    .iter()
                    .flat_map(|host| host.names.first())
                    .map(String::as_str)
                    .collect();
                Err(format!(
                    "there are several hosts; name one with `host`: {}",
                    names.join(", ")
                ))
            }
            Some(name) => {
                let bare = name
                    .rsplit_once(':')
                    .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
                    .map_or(name, |(host, _)| host);
                let found = hosts
                    .iter()
                    .position(|host| host.names.iter().any(|own| own.eq_ignore_ascii_case(bare)));
                // A proxy in front of one service takes every host name.
                found
                    .or((hosts.len() == 1).then_some(0))
                    .ok_or_else(|| format!("no contract is on host `{name}`"))
            }
        }
    }
}

impl UpstreamError {
    /// What a proxy answers for it.
    fn status(self) -> u16 {
        match self {
            UpstreamError::Timeout => 504,
            UpstreamError::Reset | UpstreamError::Refused => 503,
        }
    }
}

/// Whether the endpoint's bound ends the call, and how long the call took.
fn deadline(
    endpoint: &EndpointProgram,
    answer: Result<u16, UpstreamError>,
    after_ms: u64,
) -> (bool, u64) {
    let bound = endpoint.steps.iter().find_map(|step| match step.kind {
        StepKind::Deadline(bound) => Some(bound),
        _ => None,
    });
    match bound {
        // An upstream that never answers is waited for until the bound.
        Some(bound)
            if after_ms > bound || (after_ms == bound && answer == Err(UpstreamError::Timeout)) =>
        {
            (true, bound)
        }
        _ => (false, after_ms),
    }
}

fn refusal<'d>(
    endpoint: Option<&'d str>,
    answer: Answer,
    extra: IndexMap<&'static str, String>,
) -> Decision<'d> {
    let mut headers = extra;
    headers.extend(
        answer
            .headers()
            .map(|(name, value)| (name, value.to_owned())),
    );
    Decision {
        endpoint,
        decision: answer.decision(),
        status: answer.status(),
        policy: Some(answer.policy()),
        headers,
    }
}

/// The request target: the path with the parameters of `query` behind it.
fn full_target(line: &Line) -> String {
    let query = match &line.query {
        None => return line.path.clone(),
        Some(Query::Text(text)) => text.trim_start_matches('?').to_owned(),
        Some(Query::Parameters(parameters)) => parameters
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("&"),
    };
    if query.is_empty() {
        return line.path.clone();
    }
    let joint = if line.path.contains('?') { '&' } else { '?' };
    format!("{}{joint}{query}", line.path)
}

/// The client's address: the peer's, or the n-th from the right of X-Forwarded-For; fewer entries,
/// or one that is no address, mean the peer's.
fn client_ip(peer: Option<IpAddr>, headers: &[(String, String)], hops: u32) -> Option<IpAddr> {
    let Some(back) = (hops as usize).checked_sub(1) else {
        return peer;
    };
    let forwarded = headers
        .iter()
        .filter(|(name, _)| name == "x-forwarded-for")
        .map(|(_, value)| value.as_str());
    let entries: Vec<&str> = forwarded
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let entry = entries
        .len()
        .checked_sub(1 + back)
        .and_then(|index| entries[index].parse().ok());
    entry.or(peer)
}

fn nanoseconds(ms: u64) -> Result<u64, String> {
    // The limiter's units are at most 64 parts of a nanosecond.
    ms.checked_mul(1_000_000)
        .filter(|ns| *ns < u64::MAX / 128)
        .ok_or_else(|| format!("{ms} ms is too far in the future"))
}
