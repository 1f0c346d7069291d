//! The thin library that executes what `cherryc` compiles.
//!
//! At its heart are two state machines, pure data with no clock, thread or socket of their own:
//!
//! - [`limiter`]: `rate_limit`, as GCRA with one `u64` per key, and a bounded table of keys.
//! - [`breaker`]: `circuit_breaker`, as failures in a row or their share of a window, with half-open
//!   probes.
//!
//! [`adaptive`] stands on the second: errors open it, and latency lowers the share of requests that
//! it admits. Its hot path takes no lock, so it is shared over threads as it is.
//!
//! Time is handed in. A caller reads a [`clock::Clock`] (monotonic nanoseconds) once per request
//! and gives the number to each machine, so that a test owns time and a decision can be repeated.
//! Whoever shares a machine over threads puts a lock around it; see [`limiter::KeyedLimiter`] for
//! how to share many keys over several locks.
//!
//! ```
//! use cherry_runtime::breaker::{Admit, Breaker, Outcome, Settings};
//! use cherry_runtime::clock::{Clock, ManualClock};
//! use cherry_runtime::limiter::{Decision, Gcra, KeyedLimiter, RateSpec, TimeUnit};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let clock = ManualClock::at(0);
//!
//! // rate_limit: "2r/s per client_ip"
//! let rate = RateSpec { count: 2, period_ns: 1_000_000_000, burst: 2 };
//! let unit = TimeUnit::for_rates([rate]);
//! let limit = Gcra::new(rate, unit)?;
//! let mut table = KeyedLimiter::new([1, 2]); // two random words in earnest
//! let mut ask = |now| matches!(table.take(0, &limit, b"192.0.2.1", unit.at(now)), Decision::Pass { .. });
//! assert!(ask(clock.now()));
//! assert!(ask(clock.now()));
//! assert!(!ask(clock.now()));
//! clock.advance(500_000_000);
//! assert!(ask(clock.now()));
//!
//! // circuit_breaker: {failure_threshold: 1, timeout_ms: 2000}
//! let mut breaker = Breaker::new(Settings::new(1, 2000, 1)?);
//! let Admit::Closed(ticket) = breaker.admit(clock.now()) else { panic!("a new breaker is closed") };
//! breaker.settle(ticket, Outcome::Failure, clock.now());
//! assert_eq!(breaker.admit(clock.now()), Admit::Refused { retry_after_ns: 2_000_000_000 });
//! clock.advance(2_000_000_000);
//! let Admit::Probe(ticket) = breaker.admit(clock.now()) else { panic!("the open time is over") };
//! breaker.settle(ticket, Outcome::Success, clock.now());
//! assert!(matches!(breaker.admit(clock.now()), Admit::Closed(_)));
//! # Ok(())
//! # }
//! ```

pub mod bundle;

pub mod clock;

pub mod sip;

pub mod limiter;

pub mod breaker;

pub mod adaptive;

mod dice;
