//! `GET /users/{id}`: a rate limit per client and a circuit breaker, with the Rust SDK.
//!
//! It does what the emitted module does, and is written as the SDK's examples are: a root context
//! that is configured once, and a context for each request.

use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use proxy_wasm::hostcalls::{define_metric, increment_metric};
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{Action, ContextType, LogLevel, MetricType};

#[cfg_attr(feature = "shared", path = "shared.rs")]
#[cfg_attr(not(feature = "shared"), path = "local.rs")]
mod state;

use state::State;

const FAILURE_THRESHOLD: u32 = 5;
const OPEN_TIME: Duration = Duration::from_millis(2000);
const DEFAULT_RATE_PER_MINUTE: u64 = 6000;

proxy_wasm::main! {{
    proxy_wasm::set_log_level(LogLevel::Warn);
    proxy_wasm::set_root_context(|_| -> Box<dyn RootContext> {
        Box::new(Root {
            limit: Limit::per_minute(DEFAULT_RATE_PER_MINUTE),
            state: Rc::default(),
            counters: Counters::default(),
        })
    });
}}

// === The rate limit ===

/// GCRA: a client may be ahead of its pace by a whole minute's or second's worth, and no more.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    step_ns: u64,
    burst_ns: u64,
}

impl Limit {
    fn per_minute(rate: u64) -> Self {
        let minute_ns = 60_000_000_000;
        // A rate that is a whole number of requests per second is one, as people mean it.
        let span_ns = if rate % 60 == 0 {
            1_000_000_000
        } else {
            minute_ns
        };
        let step_ns = minute_ns / rate.max(1);
        Limit {
            step_ns,
            burst_ns: span_ns.saturating_sub(step_ns),
        }
    }

    /// The arrival time that follows when a request of now is let in; `None` when it is not.
    fn take(self, arrival_ns: u64, now_ns: u64) -> Option<u64> {
        let base_ns = arrival_ns.max(now_ns);
        if base_ns > now_ns + self.burst_ns {
            return None;
        }
        Some(base_ns + self.step_ns)
    }

    fn retry_after_s(self) -> u64 {
        (self.step_ns + 999_999_999) / 1_000_000_000
    }
}

// === The circuit breaker ===

/// Closed while `open_until_ns` is zero. Half-open while a probe is out: until then the others
/// wait, and when it never comes back, the next one is let in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Breaker {
    failures: u32,
    open_until_ns: u64,
    probe_until_ns: u64,
    /// Answers to requests of an earlier epoch do not count.
    epoch: u32,
}

pub enum Admission {
    Closed { epoch: u32 },
    Probe { epoch: u32 },
    Refused { wait_ns: u64 },
}

impl Breaker {
    /// Whether a request may go; a change is made in place.
    fn admit(&mut self, now_ns: u64) -> Admission {
        if self.open_until_ns == 0 {
            return Admission::Closed { epoch: self.epoch };
        }
        let free_at_ns = self.open_until_ns.max(self.probe_until_ns);
        if free_at_ns > now_ns {
            return Admission::Refused {
                wait_ns: free_at_ns - now_ns,
            };
        }
        self.probe_until_ns = now_ns + OPEN_TIME.as_nanos() as u64;
        self.epoch += 1;
        Admission::Probe { epoch: self.epoch }
    }

    /// What became of a request that was let in.
    fn settle(&mut self, epoch: u32, failed: bool, now_ns: u64) {
        if epoch != self.epoch {
            return;
        }
        let probing = self.open_until_ns != 0;
        if !failed {
            if probing {
                *self = Breaker {
                    epoch: self.epoch + 1,
                    ..Breaker::default()
                };
            } else {
                self.failures = 0;
            }
            return;
        }
        self.failures += 1;
        if probing || self.failures >= FAILURE_THRESHOLD {
            *self = Breaker {
                open_until_ns: now_ns + OPEN_TIME.as_nanos() as u64,
                epoch: self.epoch + 1,
                ..Breaker::default()
            };
        }
    }
}

// === The filter ===

/// Ids of the counters, as the host gave them.
#[derive(Debug, Clone, Copy, Default)]
struct Counters {
    passed: u32,
    limited: u32,
    admitted: u32,
    refused: u32,
}

impl Counters {
    fn define() -> Option<Self> {
        let counter = |name| define_metric(MetricType::Counter, name).ok();
        Some(Counters {
            passed: counter("twin.rate_limit.passed")?,
            limited: counter("twin.rate_limit.limited")?,
            admitted: counter("twin.circuit_breaker.passed")?,
            refused: counter("twin.circuit_breaker.refused")?,
        })
    }
}

fn count(counter: u32) {
    if increment_metric(counter, 1).is_err() {
        log::warn!("a counter cannot be incremented");
    }
}

struct Root {
    limit: Limit,
    counters: Counters,
    state: Rc<State>,
}

impl Context for Root {}

impl RootContext for Root {
    fn on_vm_start(&mut self, _size: usize) -> bool {
        let counters = Counters::define();
        self.counters = counters.unwrap_or_default();
        counters.is_some()
    }

    /// The configuration is the rate per minute.
    fn on_configure(&mut self, _size: usize) -> bool {
        if let Some(text) = self.get_plugin_configuration() {
            match String::from_utf8_lossy(&text).trim().parse() {
                Ok(rate) => self.limit = Limit::per_minute(rate),
                Err(_) => return false,
            }
        }
        true
    }

    fn create_http_context(&self, _context_id: u32) -> Option<Box<dyn HttpContext>> {
        Some(Box::new(Filter {
            limit: self.limit,
            counters: self.counters,
            state: Rc::clone(&self.state),
            epoch: None,
        }))
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }
}

struct Filter {
    limit: Limit,
    counters: Counters,
    state: Rc<State>,
    /// Of a request that the breaker let in, until its answer is known.
    epoch: Option<u32>,
}

impl Context for Filter {}

impl Filter {
    fn is_users_get(&self) -> bool {
        match self.get_http_request_header(":method").as_deref() {
            Some("GET" | "HEAD") => {}
            _ => return false,
        }
        let path = self.get_http_request_header(":path").unwrap_or_default();
        let path = path.split('?').next().unwrap_or_default();
        let mut segments = path.split('/').skip(1);
        let (users, id) = (segments.next(), segments.next());
        users == Some("users") && id.map_or(false, |id| !id.is_empty()) && segments.next().is_none()
    }

    /// The address without its port.
    fn client(&self) -> Option<String> {
        let address = self.get_property(vec!["source", "address"])?;
        let address = String::from_utf8(address).ok()?;
        let (client, _port) = address.rsplit_once(':')?;
        Some(client.to_owned())
    }

    fn now_ns(&self) -> u64 {
        let now: SystemTime = self.get_current_time();
        now.duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_nanos() as u64)
    }

    fn refuse(&self, status: u32, title: &str, policy: &str, retry_after_s: u64) -> Action {
        let body = format!(
            "{{\"type\":\"about:blank\",\"title\":\"{}\",\"status\":{}}}",
            title, status
        );
        self.send_http_response(
            status,
            vec![
                ("x-cherry-policy", policy),
                ("content-type", "application/problem+json"),
                ("retry-after", &retry_after_s.to_string()),
            ],
            Some(body.as_bytes()),
        );
        Action::Pause
    }

    fn settle(&mut self, failed: bool) {
        if let Some(epoch) = self.epoch.take() {
            self.state.settle(epoch, failed, || self.now_ns());
        }
    }
}

/// UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS; no code is UNKNOWN.
fn is_grpc_failure(code: Option<String>) -> bool {
    match code.and_then(|code| code.parse::<u32>().ok()) {
        Some(code) => matches!(code, 2 | 4 | 13 | 14 | 15),
        None => true,
    }
}

impl HttpContext for Filter {
    fn on_http_request_headers(&mut self, _count: usize, _end: bool) -> Action {
        if !self.is_users_get() {
            return Action::Continue;
        }
        let client = self.client().unwrap_or_default();
        let now_ns = self.now_ns();
        if !self.state.take(&client, self.limit, now_ns) {
            count(self.counters.limited);
            let wait_s = self.limit.retry_after_s();
            return self.refuse(429, "Too Many Requests", "rate_limit", wait_s);
        }
        count(self.counters.passed);
        match self.state.admit(now_ns) {
            Admission::Closed { epoch } | Admission::Probe { epoch } => {
                count(self.counters.admitted);
                self.epoch = Some(epoch);
                Action::Continue
            }
            Admission::Refused { wait_ns } => {
                count(self.counters.refused);
                let wait_s = (wait_ns + 999_999_999) / 1_000_000_000;
                self.refuse(503, "Service Unavailable", "circuit_breaker", wait_s)
            }
        }
    }

    fn on_http_response_headers(&mut self, _count: usize, end: bool) -> Action {
        if self.epoch.is_none() {
            return Action::Continue;
        }
        let status = self.get_http_response_header(":status").unwrap_or_default();
        if status.starts_with('5') {
            self.settle(true);
            return Action::Continue;
        }
        let kind = self.get_http_response_header("content-type");
        let kind = kind.unwrap_or_default();
        if !kind.starts_with("application/grpc") || kind.starts_with("application/grpc-web") {
            self.settle(false);
            return Action::Continue;
        }
        let code = self.get_http_response_header("grpc-status");
        if code.is_some() || end {
            self.settle(is_grpc_failure(code));
        }
        Action::Continue
    }

    fn on_http_response_trailers(&mut self, _count: usize) -> Action {
        if self.epoch.is_some() {
            let code = self.get_http_response_trailer("grpc-status");
            self.settle(is_grpc_failure(code));
        }
        Action::Continue
    }
}
