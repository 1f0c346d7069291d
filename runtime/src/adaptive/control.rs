//! What is decided under the lock: answers that are not plain successes, and the tick.

use super::histogram::{Histogram, bucket_of};
use super::settings::Settings;
use super::signal::{MIN_ANSWERS, Reading, Signal, too_slow};
use super::steer::{Look, Seen, Steer};
use super::{Admit, Gate, Hot, Mode, Status, TICK_NS, Ticket};
use crate::breaker::{Breaker, Outcome, Phase};
use crate::clock::Nanos;
use std::sync::atomic::Ordering;

/// Standard deviations between chance and proof that P95 is above the limit: one look in 30,000
/// errs, and only while one answer in twenty stands exactly at the limit.
const ENTER_SIGMAS: f64 = 4.0;
/// The same while admission is lowered already, where an error costs one step.
const STEER_SIGMAS: f64 = 3.0;

/// The last ticks speak without the window when they hold that many answers, and are too slow three
/// times in a row; twice when the second is slower by a quarter, as it is while a queue grows.
const EARLY_ANSWERS: u64 = 30;
const EARLY_ROW: u32 = 3;
const EARLY_GROWTH: f64 = 1.25;

#[derive(Debug)]
pub(super) struct Control {
    settings: Settings,
    breaker: Breaker,
    signal: Signal,
    steer: Steer,
    /// Goes up with each change that makes older answers say nothing.
    generation: u64,
    /// The generation from which on answers count for the breaker.
    breaker_since: u64,
    /// When the last tick was.
    at: Option<Nanos>,
    reading: Reading,
    /// Answers since the last look, and how many of the last looks in a row were too slow.
    answers: Histogram,
    slow_looks: SlowLooks,
    counts: Counts,
    lowered: u64,
    relearnt: u64,
}

/// The shared counters at the last look, and what only this side counts.
#[derive(Debug, Default)]
struct Counts {
    successes: u64,
    /// Successes that the breaker has been told of.
    told: u64,
    turned_away: u64,
    /// Answers of older generations, since the last tick.
    late: u64,
    /// Failures since the last tick.
    failures: u64,
}

/// Looks in a row that were too slow.
#[derive(Debug, Default)]
struct SlowLooks {
    row: u32,
    p95_ns: u64,
}

impl SlowLooks {
    /// Adds a look; whether they are proof.
    fn add(&mut self, slow: bool, p95_ns: Option<u64>) -> bool {
        if !slow {
            *self = SlowLooks::default();
            return false;
        }
        let last_ns = std::mem::replace(&mut self.p95_ns, p95_ns.unwrap_or(0));
        self.row += 1;
        let grows = self.row > 1 && self.p95_ns as f64 >= last_ns as f64 * EARLY_GROWTH;
        self.row >= EARLY_ROW || grows
    }
}

impl Control {
    pub(super) fn new(settings: Settings) -> Control {
        Control {
            settings,
            breaker: Breaker::new(settings.breaker()),
            signal: Signal::new(),
            steer: Steer::new(),
            generation: 0,
            breaker_since: 0,
            at: None,
            reading: Reading::new(),
            answers: Histogram::new(),
            slow_looks: SlowLooks::default(),
            counts: Counts::default(),
            lowered: 0,
            relearnt: 0,
        }
    }

    pub(super) fn settings(&self) -> Settings {
        self.settings
    }

    pub(super) fn status(&self) -> Status {
        let phase = self.breaker.phase();
        Status {
            phase,
            in_flight: self.steer.in_flight(),
            p95_ns: self.signal.p95(),
            limit_ns: self.signal.limit(&self.settings),
            base_ns: self.signal.base(&self.settings),
            qps: self.signal.rate(),
            breaker: self.breaker.counters(),
            lowered: self.lowered,
            relearnt: self.relearnt,
        }
    }

    // === Requests and answers ===

    /// A request that met a breaker that was not closed. Another thread may have closed it since.
    pub(super) fn admit(&mut self, hot: &Hot, now: Nanos) -> Admit {
        let before = self.breaker.phase();
        let admit = self.breaker.admit(now);
        if self.breaker.phase() != before {
            self.turned(hot, now);
        }
        let generation = self.generation;
        match admit {
            crate::breaker::Admit::Closed(ticket) => {
                Admit::Passed(Ticket::with_lease(generation, ticket.lease))
            }
            crate::breaker::Admit::Probe(ticket) => {
                Admit::Probe(Ticket::with_lease(generation, ticket.lease))
            }
            crate::breaker::Admit::Refused { retry_after_ns } => Admit::Refused { retry_after_ns },
        }
    }

    /// An answer that is a failure, of a probe, or to a request of an older generation.
    pub(super) fn settle(
        &mut self,
        hot: &Hot,
        ticket: Ticket,
        outcome: Outcome,
        latency_ns: u64,
        now: Nanos,
    ) {
        match outcome {
            Outcome::Abandoned => {}
            Outcome::Success => self.counts.late += 1,
            Outcome::Failure => self.counts.failures += 1,
        }
        if ticket.generation() == self.generation {
            // A fast failure says nothing about speed; one that took longer than the limit does,
            // and the bare formula does not tell them apart.
            let counts = match self.limit() {
                Some(limit_ns) => latency_ns >= limit_ns,
                None => true,
            };
            if outcome == Outcome::Failure && (counts || self.settings.is_literal()) {
                self.answers.add(bucket_of(latency_ns), 1);
                self.signal.add_one(bucket_of(latency_ns));
            }
        }
        if ticket.generation() < self.breaker_since {
            return;
        }
        let before = self.breaker.phase();
        if self.settings.is_literal() && before == Phase::Closed {
            return;
        }
        self.tell(hot, now);
        self.breaker
            .settle(self.breaker.ticket(ticket.lease()), outcome, now);
        if before == Phase::Closed && outcome == Outcome::Failure && self.breaker.proves() {
            self.breaker.open(now);
        }
        if self.breaker.phase() != before {
            self.turned(hot, now);
        }
    }

    /// Tells the breaker of the successes that were counted beside it, so that they come before
    /// what is settled next.
    fn tell(&mut self, hot: &Hot, now: Nanos) {
        let successes = hot.written.successes.load(Ordering::Relaxed);
        let untold = successes.wrapping_sub(std::mem::replace(&mut self.counts.told, successes));
        if !self.settings.is_literal() {
            self.breaker
                .succeeded(u32::try_from(untold).unwrap_or(u32::MAX), now);
        }
    }

    // === Transitions ===

    /// The breaker has changed its state.
    fn turned(&mut self, hot: &Hot, now: Nanos) {
        self.breaker_since = self.generation + 1;
        match self.breaker.phase() {
            // A service that has just come back is not sent everything at once.
            Phase::Closed if !self.settings.is_literal() => {
                self.steer = Steer::restart(self.usual());
            }
            _ => self.steer = Steer::new(),
        }
        self.transition(hot, now);
    }

    /// Begins a generation: the window is cleared, and older answers say nothing from here on.
    fn transition(&mut self, hot: &Hot, now: Nanos) {
        self.signal.clear(now);
        self.generation += 1;
        self.read(hot);
        self.answers.clear();
        self.slow_looks = SlowLooks::default();
        hot.written.in_flight.store(0, Ordering::Relaxed);
        self.publish(hot);
    }

    fn publish(&self, hot: &Hot) {
        let mode = match (self.breaker.phase(), self.steer.in_flight()) {
            (Phase::Closed, None) => Mode::All,
            (Phase::Closed, Some(most)) => {
                hot.read.most.store(most, Ordering::Relaxed);
                Mode::Some
            }
            (Phase::Open | Phase::HalfOpen, _) => Mode::Ask,
        };
        hot.read
            .gate
            .store(Gate::new(self.generation, mode).0, Ordering::Relaxed);
    }

    // === The tick ===

    pub(super) fn tick(&mut self, hot: &Hot, now: Nanos) {
        let at = match &mut self.at {
            Some(at) => at,
            None => {
                self.signal.begin(now);
                self.at.insert(now)
            }
        };
        // A last tick that lies ahead comes from a clock that stepped back.
        *at = (*at).min(now);
        let elapsed_ns = now - *at;
        if elapsed_ns < TICK_NS {
            hot.read
                .due
                .store(at.saturating_add(TICK_NS), Ordering::Relaxed);
            return;
        }
        *at = now;
        hot.read
            .due
            .store(now.saturating_add(TICK_NS), Ordering::Relaxed);

        self.tell(hot, now);
        let fresh = self.read(hot);
        self.answers.merge(&fresh);
        self.signal.add(&fresh);
        let look = self.count(hot, elapsed_ns);
        // Answers stand for the requests that were admitted: nobody counts those on their way in.
        let requests = look.successes + look.failures + look.turned_away;
        self.signal.requests(requests, elapsed_ns);
        let updated = self.signal.update(now);
        if self.breaker.phase() != Phase::Closed {
            return;
        }
        if self.settings.is_literal() {
            if updated {
                self.obey_the_letter(hot, now);
            }
        } else if self.steer.in_flight().is_none() {
            self.watch(hot, now, updated, &look);
        } else {
            self.correct(hot, now, &look);
        }
    }

    /// What the buckets gained since the last reading.
    fn read(&mut self, hot: &Hot) -> Histogram {
        let mut fresh = Histogram::new();
        for (bucket, count) in hot.buckets.iter().enumerate() {
            let gained = self.reading.gained(bucket, count.load(Ordering::Relaxed));
            if gained > 0 {
                fresh.add(bucket, gained);
            }
        }
        fresh
    }

    fn count(&mut self, hot: &Hot, elapsed_ns: u64) -> Look {
        let counts = &mut self.counts;
        let gained =
            |last: &mut u64, counter: u64| counter.wrapping_sub(std::mem::replace(last, counter));
        let successes = gained(
            &mut counts.successes,
            hot.written.successes.load(Ordering::Relaxed),
        ) + std::mem::take(&mut counts.late);
        let failures = std::mem::take(&mut counts.failures);
        let turned_away = gained(
            &mut counts.turned_away,
            hot.written.turned_away.load(Ordering::Relaxed),
        );
        Look {
            elapsed_s: elapsed_ns as f64 / 1e9,
            successes,
            failures,
            turned_away,
        }
    }

    fn obey_the_letter(&mut self, hot: &Hot, now: Nanos) {
        if let (Some(p95), Some(limit)) = (self.signal.p95(), self.limit())
            && p95 > limit
        {
            self.breaker.open(now);
            self.turned(hot, now);
        } else {
            self.signal.learn(1);
        }
    }

    /// Full admission: is it too slow?
    fn watch(&mut self, hot: &Hot, now: Nanos, updated: bool, look: &Look) {
        let Some(limit) = self.limit() else {
            if updated {
                self.signal.learn(MIN_ANSWERS);
            }
            self.answers.clear();
            return;
        };
        let mut lower = false;
        if updated {
            lower = too_slow(self.signal.window(), limit, ENTER_SIGMAS, MIN_ANSWERS) == Some(true);
            if !lower && self.slow_looks.row == 0 {
                self.signal.learn(MIN_ANSWERS);
            }
        }
        if let Some(slow) = too_slow(&self.answers, limit, ENTER_SIGMAS, EARLY_ANSWERS) {
            lower |= self.slow_looks.add(slow, self.answers.p95());
            self.answers.clear();
        }
        if lower {
            self.lowered += 1;
            self.steer = Steer::enter(limit, self.usual(), look);
            // What waits in the queue already may time out; that is this slowness, no outage.
            self.breaker_since = self.generation + 1;
            self.transition(hot, now);
        }
    }

    /// Lowered admission: what next?
    fn correct(&mut self, hot: &Hot, now: Nanos, look: &Look) {
        let limit = self.limit().map(|limit| self.steer.limit(limit));
        let seen = limit.and_then(|limit| {
            let slow = too_slow(&self.answers, limit, STEER_SIGMAS, MIN_ANSWERS)?;
            let p95_ns = self.answers.p95()?;
            Some(Seen { slow, p95_ns })
        });
        if seen.is_some() {
            self.answers.clear();
        }
        let Some(back) = self.steer.step(seen, limit, look) else {
            self.publish(hot);
            return;
        };
        if let Some(relief) = back.relief_ns {
            self.relearnt += 1;
            self.signal.relearn(relief);
        }
        self.steer = Steer::new();
        self.transition(hot, now);
    }

    /// Requests in flight when all is well, by Little's law; P95 stands for the mean, so it is more.
    fn usual(&self) -> Option<f64> {
        let per_s = self.signal.usual_rate(&self.settings)?;
        let base_ns = self.signal.base(&self.settings)?;
        Some(per_s * base_ns as f64 / 1e9)
    }

    fn limit(&self) -> Option<u64> {
        self.signal.limit(&self.settings)
    }
}
