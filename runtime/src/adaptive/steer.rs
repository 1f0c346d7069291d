//! How far admission is lowered, and how it comes back.
//!
//! Lowered admission is a limit on requests in flight, not a share of those that come: a limit paces
//! itself by the answers, so that a queue stops growing at once and a service that is well again is
//! used at once, with no probing. Little's law says where to begin: what the service does in a
//! second, times the latency it may have. From there a quarter is cut when answers are still too
//! slow, and a twentieth added when they are not. Nothing is cut below what was in flight when all
//! was well: that was no queue then, and it is none now.

/// What is cut when it is still too slow.
const CUT: f64 = 0.75;
/// What is added when it is not.
const GROW: f64 = 1.05;
/// The same after the breaker has closed, where nothing is known against the service.
const REGROW: f64 = 1.5;
/// Above this part of the limit nothing is added.
const STILL: f64 = 0.9;
/// Part of the limit's latency that may be spent at first.
const SPEND: f64 = 0.75;
/// The least that may be in flight, where it is not known what is usual.
const MIN: f64 = 2.0;
/// Enough for anybody; a limit that large limits nothing.
const MAX: f64 = 1e9;
/// In flight after the breaker has closed, when no rate and no base are known.
const RESTART: f64 = 10.0;
/// Ticks in a row in which nobody was turned away and nothing was slow, until all are admitted.
const CALM: u32 = 4;
/// Slow looks in which it became no faster, until the latency is taken to be the service's own.
const FUTILE: u32 = 3;
/// What counts as faster: P95 of twenty answers is a rough number.
const FASTER: f64 = 0.75;
/// What is allowed above a latency that fewer requests did not lower; its part `STILL` is well above
/// that latency, so that admission can rise.
const RELIEF: f64 = 1.5;

/// What a tick counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) elapsed_s: f64,
    pub(super) successes: u64,
    pub(super) failures: u64,
    /// Requests that were not admitted.
    pub(super) turned_away: u64,
}

impl Look {
    fn successes_per_s(&self) -> f64 {
        self.successes as f64 / self.elapsed_s
    }

    /// More than one in twenty failed. A client's patience then ends all latencies alike.
    fn fails(&self) -> bool {
        self.failures * 20 > self.successes
    }
}

/// What the answers since the last look say, if there are enough.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// Whether P95 is above the limit, beyond chance.
    pub(super) slow: bool,
    pub(super) p95_ns: u64,
}

#[derive(Debug)]
pub(super) struct Steer {
    /// Requests that may be in flight; `None` is all.
    in_flight: Option<f64>,
    /// What is usual when all is well, and never cut.
    least: f64,
    grow: f64,
    calm: u32,
    /// Ticks until the answers speak of the last cut.
    wait: u32,
    /// Successes per second, at most so many since it was lowered.
    capacity: f64,
    /// The best P95 of this episode in nanoseconds, and the slow looks since.
    best_ns: u64,
    no_faster: u32,
    /// A latency in nanoseconds that fewer requests did not lower.
    relief_ns: Option<u64>,
}

impl Steer {
    /// All are admitted.
    pub(super) fn new() -> Steer {
        Steer {
            in_flight: None,
            least: MIN,
            grow: GROW,
            calm: 0,
            wait: 0,
            capacity: 0.0,
            best_ns: u64::MAX,
            no_faster: 0,
            relief_ns: None,
        }
    }

    /// Requests that may be in flight; `None` is all.
    pub(super) fn in_flight(&self) -> Option<u32> {
        self.in_flight.map(|most| most as u32)
    }

    /// The breaker has closed. `usual` is what was in flight when all was well.
    pub(super) fn restart(usual: Option<f64>) -> Steer {
        Steer {
            in_flight: Some(usual.unwrap_or(RESTART).clamp(MIN, MAX)),
            grow: REGROW,
            ..Steer::new()
        }
    }

    /// All were admitted, and it is too slow.
    pub(super) fn enter(limit_ns: u64, usual: Option<f64>, look: &Look) -> Steer {
        let mut steer = Steer {
            least: usual.unwrap_or(MIN).clamp(MIN, MAX),
            capacity: look.successes_per_s(),
            ..Steer::new()
        };
        steer.spend(limit_ns);
        steer
    }

    /// The limit while lowered: what it always is, or a little above what cannot be helped.
    pub(super) fn limit(&self, limit_ns: u64) -> u64 {
        let relief = self
            .relief_ns
            .map_or(0, |relief| (relief as f64 * RELIEF) as u64);
        limit_ns.max(relief)
    }

    /// One tick of lowered admission; `limit_ns` is what [`Steer::limit`] answered, if there is a
    /// limit at all. Whether all are to be admitted again, and if so the latency that was taken for
    /// a new normal.
    pub(super) fn step(
        &mut self,
        seen: Option<Seen>,
        limit_ns: Option<u64>,
        look: &Look,
    ) -> Option<Back> {
        self.wait = self.wait.saturating_sub(1);
        self.capacity = self.capacity.max(look.successes_per_s());
        let slow = seen.is_some_and(|seen| seen.slow);
        if let (Some(seen), Some(limit_ns)) = (seen, limit_ns)
            && slow
        {
            self.calm = 0;
            if self.wait == 0 {
                self.lower(seen.p95_ns, limit_ns, look);
            }
            return None;
        }
        if look.turned_away > 0 {
            self.calm = 0;
            let near = seen
                .zip(limit_ns)
                .is_some_and(|(seen, limit_ns)| seen.p95_ns as f64 > limit_ns as f64 * STILL);
            if !near {
                self.scale(self.grow);
            }
            return None;
        }
        self.calm += 1;
        (self.calm >= CALM).then_some(Back {
            relief_ns: self.relief_ns,
        })
    }

    fn lower(&mut self, p95_ns: u64, limit_ns: u64, look: &Look) {
        self.grow = GROW;
        if (p95_ns as f64) < self.best_ns as f64 * FASTER {
            self.best_ns = p95_ns;
            self.no_faster = 0;
        } else if look.fails() {
            self.no_faster = 0;
        } else {
            self.no_faster += 1;
            if self.no_faster >= FUTILE {
                self.relief_ns = Some(p95_ns);
                self.best_ns = u64::MAX;
                self.no_faster = 0;
                self.spend(self.limit(limit_ns));
                return;
            }
        }
        self.scale(CUT);
        self.wait = 2;
    }

    /// Little's law: requests in flight at what it can do and part of what it may take.
    fn spend(&mut self, limit_ns: u64) {
        let most = self.capacity * limit_ns as f64 / 1e9 * SPEND;
        self.in_flight = Some(most.clamp(self.least, MAX));
    }

    fn scale(&mut self, by: f64) {
        self.in_flight = self
            .in_flight
            .map(|most| (most * by).clamp(self.least, MAX));
    }
}

/// All are to be admitted again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Back {
    pub(super) relief_ns: Option<u64>,
}
