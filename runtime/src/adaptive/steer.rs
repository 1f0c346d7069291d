//! How far admission is lowered, and how it comes back.

use super::{FULL, LEVEL_BITS};

/// A cut takes a quarter of what was admitted.
const CUT: f64 = 0.75;
/// The least that is admitted, so that recovery is always seen.
const FLOOR: f64 = 0.05;
/// Admission after the breaker has closed.
const RESTART: f64 = 0.25;
/// Share of the known capacity that is gone back to at once.
const RETURN: f64 = 0.95;
/// The first step beyond the known capacity; each good look doubles it.
const STEP: f64 = 0.02;
/// Looks at the floor that are still slow before the latency is taken to be the service's own.
const FUTILE: u32 = 4;
/// What is allowed above a latency that fewer requests did not lower.
const RELIEF: f64 = 1.3;

/// The admitted share.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Level(f64);

impl Level {
    pub(super) const FULL: Level = Level(1.0);

    pub(super) fn share(self) -> f64 {
        self.0
    }

    /// As the gate holds it: at least 1, so that zero is left to the breaker.
    pub(super) fn gate(self) -> u64 {
        let scale = (1_u64 << LEVEL_BITS) as f64;
        ((self.0 * scale) as u64).clamp(1, FULL)
    }
}

/// What a tick counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) elapsed_s: f64,
    pub(super) successes: u64,
    pub(super) failures: u64,
    /// Requests that came, admitted or not.
    pub(super) offered: u64,
}

impl Look {
    fn successes_per_s(&self) -> f64 {
        self.successes as f64 / self.elapsed_s
    }

    fn offered_per_s(&self) -> f64 {
        self.offered as f64 / self.elapsed_s
    }
}

#[derive(Debug)]
pub(super) struct Steer {
    level: f64,
    /// Successes per second while it was too slow, which is what the service can do.
    capacity: Option<f64>,
    step: f64,
    /// No answer of this generation has been judged yet.
    blind: bool,
    futile: u32,
    /// A latency in nanoseconds that fewer requests did not lower.
    relief_ns: Option<u64>,
}

impl Steer {
    pub(super) fn new() -> Steer {
        Steer {
            level: 1.0,
            capacity: None,
            step: STEP,
            blind: false,
            futile: 0,
            relief_ns: None,
        }
    }

    pub(super) fn level(&self) -> Level {
        Level(self.level)
    }

    pub(super) fn full(&mut self) {
        *self = Steer::new();
    }

    pub(super) fn restart(&mut self) {
        *self = Steer {
            level: RESTART,
            ..Steer::new()
        };
    }

    /// Too slow at full admission.
    pub(super) fn enter(&mut self, look: &Look) {
        *self = Steer::new();
        self.cut(look);
    }

    /// The limit while lowered: what it always is, or a little above what cannot be helped.
    pub(super) fn limit(&self, limit_ns: u64) -> u64 {
        let relief = self
            .relief_ns
            .map_or(0, |relief| (relief as f64 * RELIEF) as u64);
        limit_ns.max(relief)
    }

    /// The latency that was taken for a new normal, once admission is full again.
    pub(super) fn take_relief(&mut self) -> Option<u64> {
        self.relief_ns.take()
    }

    /// One tick of lowered admission. `slow` is what the answers say, if there are enough; `known`
    /// whether there is a limit at all. Answers whether it cut.
    pub(super) fn step(
        &mut self,
        slow: Option<bool>,
        known: bool,
        p95: Option<u64>,
        look: &Look,
    ) -> bool {
        match slow {
            Some(true) => {
                let failing = look.failures * 20 > look.successes;
                if self.level <= FLOOR && !failing {
                    self.futile += 1;
                    if self.futile >= FUTILE {
                        self.relief_ns = p95;
                        self.futile = 0;
                        self.step = STEP;
                        return false;
                    }
                }
                self.cut(look);
                true
            }
            Some(false) => {
                self.blind = false;
                self.futile = 0;
                self.raise(look);
                false
            }
            None if !known => {
                self.raise(look);
                false
            }
            // The answers to what was admitted since the cut are still out: there is a queue, and
            // what leaves it says what may enter.
            None if self.blind => {
                if let Some(share) = self.affordable(CUT, look.successes_per_s(), look) {
                    self.level = share.clamp(FLOOR, self.level);
                }
                false
            }
            // Too little traffic to judge is too little to do harm.
            None => {
                self.raise(look);
                false
            }
        }
    }

    fn cut(&mut self, look: &Look) {
        let capacity = look.successes_per_s();
        self.capacity = Some(capacity);
        let affordable = self.affordable(CUT, capacity, look).unwrap_or(self.level);
        self.level = (self.level * CUT).min(affordable).max(FLOOR);
        self.step = STEP;
        self.blind = true;
    }

    fn raise(&mut self, look: &Look) {
        let back = self
            .capacity
            .and_then(|capacity| self.affordable(RETURN, capacity, look))
            .unwrap_or(0.0);
        if self.level < back {
            self.level = back;
        } else {
            self.level += self.step;
            self.step *= 2.0;
        }
        self.level = self.level.min(1.0);
    }

    /// The share of what is offered that fills `part` of a capacity.
    fn affordable(&self, part: f64, capacity: f64, look: &Look) -> Option<f64> {
        (look.offered > 0).then(|| part * capacity / look.offered_per_s())
    }
}
