//! What is decided under the lock: answers that are not plain successes, and the tick.

use super::histogram::{Histogram, bucket_of};
use super::settings::Settings;
use super::signal::{MIN_ANSWERS, Reading, Signal, too_slow};
use super::steer::{Level, Look, Steer};
use super::{Admit, FULL, GATE_BITS, Hot, Status, TICK_NS, Ticket};
use crate::breaker::{Breaker, Outcome, Phase};
use crate::clock::Nanos;
use std::sync::atomic::Ordering;

/// Standard deviations between chance and proof that P95 is above the limit: one look in 30,000
/// errs, and only while one answer in twenty stands exactly at the limit.
const ENTER_SIGMAS: f64 = 4.0;
/// The same while admission is lowered already, where an error costs one step.
const STEER_SIGMAS: f64 = 3.0;

/// The last ticks speak without the window when they hold that many answers, twice in a row.
const EARLY_ANSWERS: u64 = 50;
const EARLY_ROW: u32 = 2;

#[derive(Debug)]
pub(super) struct Control {
    settings: Settings,
    breaker: Breaker,
    signal: Signal,
    steer: Steer,
    /// Goes up with each change that makes older answers say nothing.
    generation: u64,
    /// The generation in which the breaker came into its present state.
    breaker_since: u64,
    /// When the last tick was.
    at: Option<Nanos>,
    reading: Reading,
    /// Answers since the last look, and how many of the last looks in a row were too slow.
    answers: Histogram,
    slow_looks: u32,
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
    admitted: u64,
    /// Answers of older generations, since the last tick.
    late: u64,
    /// Failures since the last tick, and of them those of this generation.
    failures: u64,
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
            slow_looks: 0,
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
            admitted: match phase {
                Phase::Closed => self.steer.level().share(),
                Phase::Open | Phase::HalfOpen => 0.0,
            },
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

    /// A request that met a gate of zero. Another thread may have changed it since.
    pub(super) fn admit(&mut self, hot: &Hot, now: Nanos) -> Admit {
        let before = self.breaker.phase();
        let admit = self.breaker.admit(now);
        if self.breaker.phase() != before {
            self.turned(hot, now);
        }
        let generation = self.generation;
        match admit {
            crate::breaker::Admit::Closed(ticket) => Admit::Passed(Ticket {
                generation,
                lease: ticket.lease,
            }),
            crate::breaker::Admit::Probe(ticket) => Admit::Probe(Ticket {
                generation,
                lease: ticket.lease,
            }),
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
        if ticket.generation == self.generation || self.newest(hot, &ticket) {
            // A fast failure says nothing about speed; one that took longer than the limit does,
            // and the bare formula does not tell them apart.
            let counts = match self.limit() {
                Some(limit_ns) => latency_ns >= limit_ns,
                None => true,
            };
            if outcome == Outcome::Failure && (counts || self.settings.is_literal()) {
                self.answers.add(bucket_of(latency_ns), 1);
                let mut one = Histogram::new();
                one.add(bucket_of(latency_ns), 1);
                self.signal.add(&one);
            }
        }
        if ticket.generation < self.breaker_since {
            return;
        }
        let before = self.breaker.phase();
        if self.settings.is_literal() && before == Phase::Closed {
            return;
        }
        self.tell(hot, now);
        self.breaker
            .settle(self.breaker.ticket(ticket.lease), outcome, now);
        if before == Phase::Closed && outcome == Outcome::Failure && self.breaker.proves() {
            self.breaker.open(now);
        }
        if self.breaker.phase() != before {
            self.turned(hot, now);
        }
    }

    fn newest(&self, hot: &Hot, ticket: &Ticket) -> bool {
        ticket.generation >= hot.read.since.load(Ordering::Relaxed)
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
            Phase::Closed if self.settings.is_literal() => self.steer.full(),
            // A service that has just come back is not sent everything at once.
            Phase::Closed => self.steer.restart(),
            Phase::Open | Phase::HalfOpen => {}
        }
        self.transition(hot, now);
    }

    /// Begins a generation: the window is cleared, and older answers say nothing from here on.
    fn transition(&mut self, hot: &Hot, now: Nanos) {
        self.signal.clear(now);
        self.forget_answers(hot);
    }

    fn forget_answers(&mut self, hot: &Hot) {
        self.generation += 1;
        self.read(hot);
        self.answers.clear();
        self.slow_looks = 0;
        hot.read.since.store(self.generation, Ordering::Relaxed);
        self.publish(hot);
    }

    fn publish(&self, hot: &Hot) {
        let level = match self.breaker.phase() {
            Phase::Closed => self.steer.level().gate(),
            Phase::Open | Phase::HalfOpen => 0,
        };
        debug_assert!(level <= FULL, "a share is at most one");
        hot.read
            .gate
            .store(self.generation << GATE_BITS | level, Ordering::Relaxed);
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
        self.signal.requests(look.offered, elapsed_ns);
        let updated = self.signal.update(now);
        if self.breaker.phase() != Phase::Closed {
            return;
        }
        if self.settings.is_literal() {
            if updated {
                self.obey_the_letter(hot, now);
            }
        } else if self.steer.level() == Level::FULL {
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
        let admitted = gained(
            &mut counts.admitted,
            hot.written.admitted.load(Ordering::Relaxed),
        );
        // At full admission nobody is counted on the way in; answers stand for requests.
        let admitted = if admitted > 0 {
            admitted
        } else {
            successes + failures
        };
        Look {
            elapsed_s: elapsed_ns as f64 / 1e9,
            successes,
            failures,
            offered: admitted + turned_away,
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
            if !lower && self.slow_looks == 0 {
                self.signal.learn(MIN_ANSWERS);
            }
        }
        if let Some(slow) = too_slow(&self.answers, limit, ENTER_SIGMAS, EARLY_ANSWERS) {
            self.slow_looks = if slow { self.slow_looks + 1 } else { 0 };
            self.answers.clear();
            lower |= self.slow_looks >= EARLY_ROW;
        }
        if lower {
            self.lowered += 1;
            self.steer.enter(look);
            self.transition(hot, now);
        }
    }

    /// Lowered admission: what next?
    fn correct(&mut self, hot: &Hot, now: Nanos, look: &Look) {
        let slow = self.limit().and_then(|limit| {
            too_slow(
                &self.answers,
                self.steer.limit(limit),
                STEER_SIGMAS,
                MIN_ANSWERS,
            )
        });
        let p95 = self.answers.p95();
        if slow.is_some() {
            self.answers.clear();
        }
        let known = self.limit().is_some();
        if self.steer.step(slow, known, p95, look) {
            // Answers to requests of before the cut do not speak about it.
            self.forget_answers(hot);
        } else {
            self.publish(hot);
        }
        if self.steer.level() == Level::FULL {
            if let Some(relief) = self.steer.take_relief() {
                self.relearnt += 1;
                self.signal.relearn(relief);
            }
            self.transition(hot, now);
        }
    }

    fn limit(&self) -> Option<u64> {
        self.signal.limit(&self.settings)
    }
}
