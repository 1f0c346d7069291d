//! Monotonic time as a number, so that tests own it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// A point in time, in nanoseconds since an origin that the clock chose.
///
/// Only differences between two readings of one clock mean something. 64 bits last 584 years.
pub type Nanos = u64;

/// A source of monotonic time.
///
/// Wall time is never read: it jumps when somebody sets it, and every limit would jump along.
pub trait Clock {
    /// Nanoseconds since the origin of this clock.
    fn now(&self) -> Nanos;
}

/// The clock of the process: zero when it was made, forwards ever after.
#[derive(Clone, Copy, Debug)]
pub struct MonotonicClock {
    origin: Instant,
}

impl MonotonicClock {
    /// A clock whose origin is this moment.
    pub fn new() -> MonotonicClock {
        MonotonicClock { origin: read() }
    }
}

impl Default for MonotonicClock {
    fn default() -> MonotonicClock {
        MonotonicClock::new()
    }
}

impl Clock for MonotonicClock {
    fn now(&self) -> Nanos {
        // `Instant` subtracts to zero, not to a panic, where a platform's clock steps back.
        let elapsed = read().duration_since(self.origin);
        u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX)
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock; all else is handed a `Clock`"
)]
fn read() -> Instant {
    Instant::now()
}

/// A clock that stands still until it is told to move; clones share one hand.
///
/// It may be set backwards, as a real clock does when a machine is restored from a snapshot.
#[derive(Clone, Default)]
pub struct ManualClock {
    hand: Arc<AtomicU64>,
}

impl ManualClock {
    /// A clock that shows `now`.
    pub fn at(now: Nanos) -> ManualClock {
        ManualClock {
            hand: Arc::new(AtomicU64::new(now)),
        }
    }

    /// Shows `now` from here on, be it earlier or later than before.
    pub fn set(&self, now: Nanos) {
        self.hand.store(now, Ordering::SeqCst);
    }

    /// Moves forwards by `by` nanoseconds; stays at the end of time once it is there.
    pub fn advance(&self, by: Nanos) {
        self.step(|now| now.saturating_add(by));
    }

    /// Moves backwards by `by` nanoseconds, at most to zero.
    pub fn step_back(&self, by: Nanos) {
        self.step(|now| now.saturating_sub(by));
    }

    fn step(&self, to: impl Fn(Nanos) -> Nanos) {
        self.hand
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| Some(to(now)))
            .expect("the closure never answers None");
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Nanos {
        self.hand.load(Ordering::SeqCst)
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ManualClock").field(&self.now()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_one_hand_and_saturate() {
        let clock = ManualClock::at(5);
        let other = clock.clone();
        other.advance(7);
        assert_eq!(clock.now(), 12);
        other.step_back(20);
        assert_eq!(clock.now(), 0);
        clock.set(u64::MAX - 1);
        clock.advance(10);
        assert_eq!(other.now(), u64::MAX);
    }

    #[test]
    #[allow(
        clippy::disallowed_methods,
        reason = "the real clock is looked at over real time"
    )]
    fn the_process_clock_moves_forwards() {
        let clock = MonotonicClock::new();
        let first = clock.now();
        std::thread::sleep(std::time::Duration::from_millis(2));
        let second = clock.now();
        assert!(second - first >= 2_000_000, "{first} then {second}");
    }
}
