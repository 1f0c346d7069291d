//! What is compared: nothing, a static breaker, the bare formula, a gradient limiter, and ours.

use super::super::{Adaptive, Admit, Settings, Ticket};
use super::service::{MS, S, Scenario};
use crate::breaker::{self, Breaker, Outcome, Share};

/// What stands between clients and the service.
pub(super) trait Policy {
    fn admit(&mut self, now: u64) -> Option<Token>;
    fn settle(&mut self, token: Token, outcome: Outcome, latency: u64, now: u64);
    /// How often it opened or began to lower.
    fn trips(&self) -> u64;
}

/// What a policy gave out with a request that it let in.
#[derive(Debug)]
pub(super) enum Token {
    Free,
    Static(breaker::Ticket),
    Adaptive(Ticket),
}

/// The columns of the table.
pub(super) const NAMES: [&str; 5] = ["none", "static", "literal", "gradient2", "adaptive"];

pub(super) fn make(name: &str, scenario: &Scenario, seed: u64) -> Box<dyn Policy> {
    match name {
        "none" => Box::new(NoPolicy),
        "static" => Box::new(Breaker::new(errors())),
        "literal" => {
            let settings = Settings::literal(errors())
                .base_latency_ms(scenario.base_ms)
                .and_then(|settings| settings.baseline(scenario.baseline));
            Box::new(Adaptive::new(settings.expect("good settings"), seed))
        }
        "gradient2" => Box::new(Gradient2::new()),
        "adaptive" => Box::new(Adaptive::new(adaptive(scenario), seed)),
        other => unreachable!("no column is called {other}"),
    }
}

/// `failure_threshold: 50%`, `window: 10s`, `min_requests: 20`, `timeout_ms: 2000`, `half_open: 3`.
fn errors() -> breaker::Settings {
    let share = Share {
        millionths: 500_000,
        window_ms: 10_000,
        min_requests: 20,
    };
    breaker::Settings::share(share, 2000, 3).expect("good settings")
}

/// Ours is told the objective, where there is one, and learns all else.
fn adaptive(scenario: &Scenario) -> Settings {
    let settings = Settings::new(errors());
    match scenario.sla_p95_ms {
        Some(ms) => settings.sla_p95_ms(ms).expect("a good objective"),
        None => settings,
    }
}

struct NoPolicy;

impl Policy for NoPolicy {
    fn admit(&mut self, _: u64) -> Option<Token> {
        Some(Token::Free)
    }

    fn settle(&mut self, _: Token, _: Outcome, _: u64, _: u64) {}

    fn trips(&self) -> u64 {
        0
    }
}

impl Policy for Breaker {
    fn admit(&mut self, now: u64) -> Option<Token> {
        match Breaker::admit(self, now) {
            breaker::Admit::Closed(ticket) | breaker::Admit::Probe(ticket) => {
                Some(Token::Static(ticket))
            }
            breaker::Admit::Refused { .. } => None,
        }
    }

    fn settle(&mut self, token: Token, outcome: Outcome, _: u64, now: u64) {
        let Token::Static(ticket) = token else {
            unreachable!("it gave out another");
        };
        Breaker::settle(self, ticket, outcome, now);
    }

    fn trips(&self) -> u64 {
        self.counters().opened
    }
}

impl Policy for Adaptive {
    fn admit(&mut self, now: u64) -> Option<Token> {
        match Adaptive::admit(self, now) {
            Admit::Passed(ticket) | Admit::Probe(ticket) => Some(Token::Adaptive(ticket)),
            Admit::Refused { .. } | Admit::Shed { .. } => None,
        }
    }

    fn settle(&mut self, token: Token, outcome: Outcome, latency: u64, now: u64) {
        let Token::Adaptive(ticket) = token else {
            unreachable!("it gave out another");
        };
        Adaptive::settle(self, ticket, outcome, latency, now);
    }

    fn trips(&self) -> u64 {
        let status = self.status();
        status.lowered + status.breaker.opened
    }
}

/// Netflix's `Gradient2Limit` with its defaults (tolerance 1.5, smoothing 0.2, queue 4, long window
/// 600, from 20 to 200 in flight) behind its windowed front (1 s, at least ten answers).
struct Gradient2 {
    limit: f64,
    in_flight: u32,
    long: Option<f64>,
    window_since: u64,
    sum: u64,
    count: u64,
    most_in_flight: u32,
}

impl Gradient2 {
    const MIN: f64 = 20.0;
    const MAX: f64 = 200.0;

    fn new() -> Gradient2 {
        Gradient2 {
            limit: Gradient2::MIN,
            in_flight: 0,
            long: None,
            window_since: 0,
            sum: 0,
            count: 0,
            most_in_flight: 0,
        }
    }

    fn update(&mut self, short: f64) {
        let long = match self.long {
            None => short,
            Some(long) => long + (short - long) * 2.0 / 601.0,
        };
        // After a slow time the long average comes down faster.
        let long = if long / short > 2.0 {
            long * 0.95
        } else {
            long
        };
        self.long = Some(long);
        // Who does not use the limit learns nothing about it.
        if f64::from(self.most_in_flight) < self.limit / 2.0 {
            return;
        }
        let gradient = (1.5 * long / short).clamp(0.5, 1.0);
        let limit = self.limit * gradient + 4.0;
        self.limit = (self.limit * 0.8 + limit * 0.2).clamp(Gradient2::MIN, Gradient2::MAX);
    }
}

impl Policy for Gradient2 {
    fn admit(&mut self, _: u64) -> Option<Token> {
        if f64::from(self.in_flight) >= self.limit.floor() {
            return None;
        }
        self.in_flight += 1;
        self.most_in_flight = self.most_in_flight.max(self.in_flight);
        Some(Token::Free)
    }

    fn settle(&mut self, _: Token, _: Outcome, latency: u64, now: u64) {
        self.in_flight -= 1;
        self.sum += latency;
        self.count += 1;
        if now - self.window_since >= S && self.count >= 10 {
            self.update(self.sum as f64 / self.count as f64 / MS as f64);
            self.window_since = now;
            (self.sum, self.count, self.most_in_flight) = (0, 0, self.in_flight);
        }
    }

    fn trips(&self) -> u64 {
        0
    }
}
