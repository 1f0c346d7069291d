//! `adaptive: true`: errors open the breaker, latency lowers the share of requests it admits.
//!
//! **Errors** are the business of [`crate::breaker`], which is inside: a row of failures or their
//! share of a window opens, and probes close. One thing is added. When the newest part of the window
//! alone proves, beyond chance, that the share of failures is above the threshold, it opens without
//! waiting for the old answers to leave the window.
//!
//! **Latency** is judged by `p95 > max(base_latency * factor, sla.latency.p95)` with `factor = 1 +
//! 0.3 * log2(qps / baseline_qps + 1)`, floored at 1.3 and capped at 2.0. P95 comes from a window of
//! 60 s, updated each 5 s and cleared at each transition; the base is the median of those P95 learnt
//! while closed. The comparison asks for a minimum of answers and for proof: the share of answers
//! above the limit must exceed one in twenty by more than chance does. The same question is put to
//! the answers of the last ticks alone, so that a wave of load is met before its queue has grown.
//!
//! Opening on latency throws good work away. So a slow service is sent *fewer* requests: a limit on
//! those in flight, which each tick of 0.5 s cuts while answers are still too slow and raises while
//! they are not. It never falls below a floor: two in flight, and one in 64 of those turned away,
//! chosen by dice from a seed that is handed in. `steer.rs` says how far each step goes.
//!
//! **Threads.** Everything is behind `&self`. While the breaker is closed and admission is full,
//! [`Adaptive::admit`] is one load, and [`Adaptive::settle`] of a success two counters; neither
//! locks. Failures, probes and the tick go through one mutex.
//!
//! What it is worth in a simulated world stands in `docs/adaptive-breaker.md`.
//!
//! ```
//! use cherry_runtime::adaptive::{Adaptive, Admit, Settings};
//! use cherry_runtime::breaker::{self, Outcome, Share};
//! use cherry_runtime::clock::{Clock, ManualClock};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // circuit_breaker: {failure_threshold: 50%, window: 10s, min_requests: 20, timeout_ms: 2000,
//! //                   adaptive: true}, and sla: {latency: {p95: 300ms}}
//! let share = Share { millionths: 500_000, window_ms: 10_000, min_requests: 20 };
//! let errors = breaker::Settings::share(share, 2000, 1)?;
//! let adaptive = Adaptive::new(Settings::new(errors).sla_p95_ms(300)?, 7); // 7: random in earnest
//!
//! let clock = ManualClock::at(0);
//! match adaptive.admit(clock.now()) {
//!     Admit::Passed(ticket) | Admit::Probe(ticket) => {
//!         let sent = clock.now();
//!         clock.advance(40_000_000);
//!         let now = clock.now();
//!         adaptive.settle(ticket, Outcome::Success, now - sent, now);
//!     }
//!     Admit::Refused { .. } | Admit::Shed { .. } => panic!("a new breaker admits everybody"),
//! }
//! # Ok(())
//! # }
//! ```

use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::breaker::{self, Outcome, Phase};
use crate::clock::Nanos;
use crate::dice::SharedDice;

mod control;
mod histogram;
mod settings;
mod signal;
mod steer;

pub use settings::{Settings, SettingsError};

use control::Control;
use histogram::{BUCKETS, bucket_of};

#[cfg(test)]
mod simulate;
#[cfg(test)]
mod tests;

/// Time between two looks at the counters.
const TICK_NS: u64 = 500_000_000;

/// While admission is lowered, one in so many of those turned away is let in all the same: a ticket
/// that was dropped unsettled holds its place until admission is full again, and dropped ones alone
/// shall not shut the door.
const FLOOR: u64 = 64;

/// When a refused request that was not refused by an open breaker may come again.
const SHED_RETRY_NS: u64 = 1_000_000_000;

// === What is said to a request ===

/// What the breaker says to a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Admit {
    /// The request may go.
    Passed(Ticket),
    /// Half-open: the request may go, and its answer decides.
    Probe(Ticket),
    /// Open, or half-open with every probe out.
    Refused {
        /// Nanoseconds until a request may become a probe, at least 1.
        retry_after_ns: u64,
    },
    /// Closed, but the service is slow and this request is one of those kept from it.
    Shed {
        /// Nanoseconds until it is worth coming again: a second.
        retry_after_ns: u64,
    },
}

/// The right to report one answer to the breaker that gave it out; as [`breaker::Ticket`], one that
/// is dropped counts as nothing.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "an answer that is not settled is not counted"]
pub struct Ticket {
    /// The generation, above a bit that says whether it is counted among those in flight.
    mark: u64,
    /// The place of a probe.
    lease: Option<NonZeroU64>,
}

impl Ticket {
    #[inline]
    fn new(generation: u64, counted: bool) -> Ticket {
        Ticket {
            mark: generation << 1 | u64::from(counted),
            lease: None,
        }
    }

    fn with_lease(generation: u64, lease: Option<breaker::Lease>) -> Ticket {
        Ticket {
            lease: lease.map(breaker::Lease::pack),
            ..Ticket::new(generation, false)
        }
    }

    #[inline]
    fn generation(&self) -> u64 {
        self.mark >> 1
    }

    #[inline]
    fn is_counted(&self) -> bool {
        self.mark & 1 == 1
    }

    fn lease(&self) -> Option<breaker::Lease> {
        self.lease.map(breaker::Lease::unpack)
    }
}

/// What an adaptive breaker knows, for a metrics page or a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Status {
    /// The state of the breaker that errors open.
    pub phase: Phase,
    /// Requests that may be in flight; `None` while all are admitted.
    pub in_flight: Option<u32>,
    /// P95 of the window at the last update, in nanoseconds.
    pub p95_ns: Option<u64>,
    /// What P95 is compared with, in nanoseconds; `None` until a base is known.
    pub limit_ns: Option<u64>,
    /// The base latency, written or learnt, in nanoseconds.
    pub base_ns: Option<u64>,
    /// Requests per second, refused ones included.
    pub qps: Option<f64>,
    /// How often it opened, probed and closed.
    pub breaker: breaker::Counters,
    /// How often latency began to lower admission.
    pub lowered: u64,
    /// How often a new normal was learnt because fewer requests made nothing faster.
    pub relearnt: u64,
}

// === Adaptive ===

/// The adaptive breaker of one endpoint, shared by all threads.
#[derive(Debug)]
pub struct Adaptive {
    hot: Hot,
    control: Mutex<Control>,
}

/// What threads touch without a lock. Every counter only grows, and the tick takes differences, so
/// that nobody has to stop for it.
#[derive(Debug)]
struct Hot {
    read: Read,
    written: Written,
    buckets: Box<[AtomicU32]>,
}

/// Read by every request and written at transitions; a cache line of its own, so that counting does
/// not take it from its readers.
#[derive(Debug)]
#[repr(align(128))]
struct Read {
    /// A [`Gate`].
    gate: AtomicU64,
    /// Requests that may be in flight while admission is lowered.
    most: AtomicU32,
    /// When the next tick is due.
    due: AtomicU64,
}

#[derive(Debug)]
#[repr(align(128))]
struct Written {
    successes: AtomicU64,
    turned_away: AtomicU64,
    /// Requests of this generation in flight, counted while admission is lowered.
    in_flight: AtomicU32,
    dice: SharedDice,
}

/// The generation and the mode in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gate(u64);

/// What a request meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Closed, and all are admitted.
    All,
    /// Closed, and some are.
    Some,
    /// Not closed: the breaker is asked.
    Ask,
}

impl Gate {
    const MODE_BITS: u32 = 2;

    fn new(generation: u64, mode: Mode) -> Gate {
        Gate(generation << Gate::MODE_BITS | mode as u64)
    }

    #[inline]
    fn generation(self) -> u64 {
        self.0 >> Gate::MODE_BITS
    }

    #[inline]
    fn mode(self) -> Mode {
        match self.0 & ((1 << Gate::MODE_BITS) - 1) {
            0 => Mode::All,
            1 => Mode::Some,
            _ => Mode::Ask,
        }
    }
}

impl Adaptive {
    /// A closed breaker that admits everything. `seed` decides who is let in beyond the
    /// limit: a random word in earnest, a fixed one where a run is to be repeated.
    pub fn new(settings: Settings, seed: u64) -> Adaptive {
        Adaptive {
            hot: Hot {
                read: Read {
                    gate: AtomicU64::new(Gate::new(0, Mode::All).0),
                    most: AtomicU32::new(0),
                    // More than a tick ahead of any reading but the last half second of time: due.
                    due: AtomicU64::new(u64::MAX),
                },
                written: Written {
                    successes: AtomicU64::new(0),
                    turned_away: AtomicU64::new(0),
                    in_flight: AtomicU32::new(0),
                    dice: SharedDice::new(seed),
                },
                buckets: (0..BUCKETS).map(|_| AtomicU32::new(0)).collect(),
            },
            control: Mutex::new(Control::new(settings)),
        }
    }

    /// Decides one request at `now`, in nanoseconds of a monotonic clock.
    #[inline]
    pub fn admit(&self, now: Nanos) -> Admit {
        let gate = Gate(self.hot.read.gate.load(Ordering::Relaxed));
        if gate.mode() == Mode::All {
            return Admit::Passed(Ticket::new(gate.generation(), false));
        }
        self.admit_some(now)
    }

    #[cold]
    fn admit_some(&self, now: Nanos) -> Admit {
        self.tick_when_due(now);
        let written = &self.hot.written;
        let gate = Gate(self.hot.read.gate.load(Ordering::Relaxed));
        let admit = match gate.mode() {
            Mode::All => Admit::Passed(Ticket::new(gate.generation(), false)),
            Mode::Some => {
                let before = written.in_flight.fetch_add(1, Ordering::Relaxed);
                let most = self.hot.read.most.load(Ordering::Relaxed);
                if before < most || written.dice.next().is_multiple_of(FLOOR) {
                    Admit::Passed(Ticket::new(gate.generation(), true))
                } else {
                    self.leave();
                    Admit::Shed {
                        retry_after_ns: SHED_RETRY_NS,
                    }
                }
            }
            Mode::Ask => self.lock().admit(&self.hot, now),
        };
        if matches!(admit, Admit::Refused { .. } | Admit::Shed { .. }) {
            written.turned_away.fetch_add(1, Ordering::Relaxed);
        }
        admit
    }

    /// One request less in flight. A transition may have set the number to zero since it came.
    fn leave(&self) {
        let in_flight = &self.hot.written.in_flight;
        let _ = in_flight.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
    }

    /// Takes the answer to the request of `ticket`, which arrived at `now` and took `latency_ns`.
    #[inline]
    pub fn settle(&self, ticket: Ticket, outcome: Outcome, latency_ns: u64, now: Nanos) {
        let gate = Gate(self.hot.read.gate.load(Ordering::Relaxed));
        if outcome == Outcome::Success
            && ticket.lease.is_none()
            && ticket.generation() == gate.generation()
        {
            self.hot.buckets[bucket_of(latency_ns)].fetch_add(1, Ordering::Relaxed);
            self.hot.written.successes.fetch_add(1, Ordering::Relaxed);
            if ticket.is_counted() {
                self.leave();
            }
        } else {
            self.settle_other(ticket, outcome, latency_ns, now);
        }
        self.tick_when_due(now);
    }

    /// A failure, an abandoned request, a probe, or an answer of another generation.
    #[cold]
    fn settle_other(&self, ticket: Ticket, outcome: Outcome, latency_ns: u64, now: Nanos) {
        let gate = Gate(self.hot.read.gate.load(Ordering::Relaxed));
        if ticket.is_counted() && ticket.generation() == gate.generation() {
            self.leave();
        }
        self.lock()
            .settle(&self.hot, ticket, outcome, latency_ns, now);
    }

    /// The next tick is 1 to `TICK_NS` away, or it is due, or the clock has stepped back.
    #[inline]
    fn tick_when_due(&self, now: Nanos) {
        let away = self.hot.read.due.load(Ordering::Relaxed).wrapping_sub(now);
        if away.wrapping_sub(1) >= TICK_NS {
            self.tick(now);
        }
    }

    /// One thread ticks; the others go on.
    #[cold]
    fn tick(&self, now: Nanos) {
        match self.control.try_lock() {
            Ok(mut control) => control.tick(&self.hot, now),
            Err(std::sync::TryLockError::Poisoned(poisoned)) => {
                poisoned.into_inner().tick(&self.hot, now);
            }
            Err(std::sync::TryLockError::WouldBlock) => {}
        }
    }

    /// What it knows, as the last tick left it.
    pub fn status(&self) -> Status {
        self.lock().status()
    }

    /// What it was made from.
    pub fn settings(&self) -> Settings {
        self.lock().settings()
    }

    /// A thread that panicked cannot have left the numbers in a state that a later tick does not
    /// bring in order, so its lock is taken over.
    fn lock(&self) -> MutexGuard<'_, Control> {
        self.control.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
