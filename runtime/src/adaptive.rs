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
//! Opening on latency throws good work away. So a slow service is sent *fewer* requests: each tick
//! of 0.5 s that is still too slow cuts the admitted share, each good one raises it, and it never
//! falls below a floor. Who is admitted is chance, from a seed that is handed in. `steer.rs` says
//! how far each step goes.
//!
//! **Threads.** Everything is behind `&self`. While the breaker is closed and admission is full,
//! [`Adaptive::admit`] is one load, and [`Adaptive::settle`] of a success two counters; neither
//! locks. Failures, probes and the tick go through one mutex.

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

/// The admitted share is counted in millionths of 2^20, so that dice are compared by a mask.
const FULL: u64 = 1 << LEVEL_BITS;
const LEVEL_BITS: u32 = 20;
/// Bits of the gate below the generation: the level, `FULL` included.
const GATE_BITS: u32 = LEVEL_BITS + 1;
const LEVEL_MASK: u64 = (1 << GATE_BITS) - 1;

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
    generation: u64,
    lease: Option<breaker::Lease>,
}

/// What an adaptive breaker knows, for a metrics page or a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Status {
    /// The state of the breaker that errors open.
    pub phase: Phase,
    /// The share of requests that is admitted while closed, 0 to 1; 1 is all.
    pub admitted: f64,
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
    /// The generation above the admitted share, which is 0 while the breaker is not closed.
    gate: AtomicU64,
    /// The generation from which on answers are counted here; older ones take the slow way.
    since: AtomicU64,
    /// When the next tick is due.
    due: AtomicU64,
}

#[derive(Debug)]
#[repr(align(128))]
struct Written {
    successes: AtomicU64,
    admitted: AtomicU64,
    turned_away: AtomicU64,
    dice: SharedDice,
}

impl Adaptive {
    /// A closed breaker that admits everything. `seed` decides who is shed: a random word in
    /// earnest, a fixed one where a run is to be repeated.
    pub fn new(settings: Settings, seed: u64) -> Adaptive {
        Adaptive {
            hot: Hot {
                read: Read {
                    gate: AtomicU64::new(FULL),
                    since: AtomicU64::new(0),
                    // More than a tick ahead of any reading but the last half second of time: due.
                    due: AtomicU64::new(u64::MAX),
                },
                written: Written {
                    successes: AtomicU64::new(0),
                    admitted: AtomicU64::new(0),
                    turned_away: AtomicU64::new(0),
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
        let gate = self.hot.read.gate.load(Ordering::Relaxed);
        if gate & LEVEL_MASK == FULL {
            return Admit::Passed(Ticket {
                generation: gate >> GATE_BITS,
                lease: None,
            });
        }
        self.admit_some(now)
    }

    #[cold]
    fn admit_some(&self, now: Nanos) -> Admit {
        self.tick_when_due(now);
        let gate = self.hot.read.gate.load(Ordering::Relaxed);
        let (level, generation) = (gate & LEVEL_MASK, gate >> GATE_BITS);
        if level == 0 {
            let admit = self.lock().admit(&self.hot, now);
            if matches!(admit, Admit::Refused { .. }) {
                self.hot.written.turned_away.fetch_add(1, Ordering::Relaxed);
            }
            return admit;
        }
        if level != FULL && self.hot.written.dice.next() & (FULL - 1) >= level {
            self.hot.written.turned_away.fetch_add(1, Ordering::Relaxed);
            return Admit::Shed {
                retry_after_ns: SHED_RETRY_NS,
            };
        }
        self.hot.written.admitted.fetch_add(1, Ordering::Relaxed);
        Admit::Passed(Ticket {
            generation,
            lease: None,
        })
    }

    /// Takes the answer to the request of `ticket`, which arrived at `now` and took `latency_ns`.
    #[inline]
    pub fn settle(&self, ticket: Ticket, outcome: Outcome, latency_ns: u64, now: Nanos) {
        let since = self.hot.read.since.load(Ordering::Relaxed);
        if outcome == Outcome::Success && ticket.lease.is_none() && ticket.generation >= since {
            self.hot.buckets[bucket_of(latency_ns)].fetch_add(1, Ordering::Relaxed);
            self.hot.written.successes.fetch_add(1, Ordering::Relaxed);
        } else {
            self.lock()
                .settle(&self.hot, ticket, outcome, latency_ns, now);
        }
        // The next tick is 1 to `TICK_NS` away, or it is due, or the clock has stepped back.
        let away = self.hot.read.due.load(Ordering::Relaxed).wrapping_sub(now);
        if away.wrapping_sub(1) >= TICK_NS {
            self.tick(now);
        }
    }

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
