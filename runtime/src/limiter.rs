//! `rate_limit`: GCRA, the generic cell rate algorithm, with one `u64` per key.
//!
//! The `u64` is the *theoretical arrival time*: the moment at which the bucket of this key will be
//! full again. A request passes when that moment is at most `tau` away, and moves it one `step`
//! further. A refused request moves nothing. A moment that has passed equals no entry at all,
//! which is what lets [`KeyedLimiter`] forget without loss.
//!
//! All numbers are counted in the [`TimeUnit`] of one contract: nanoseconds or microseconds cut
//! into equal parts, chosen so that the step of each limit of the contract is a whole number. 7 per
//! second then means 7 per second for ever, not 7 and a bit.

use std::fmt;

use crate::clock::Nanos;

mod table;

pub use table::KeyedLimiter;

#[cfg(test)]
mod tests;

/// One limit as written: `count` requests per period, `burst` of them at one instant from rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateSpec {
    /// Requests per period, at least 1.
    pub count: u64,
    /// The period in nanoseconds.
    pub period_ns: u64,
    /// The capacity of the bucket in requests, at least 1.
    pub burst: u64,
}

// === TimeUnit ===

/// The unit in which one contract counts the arrival times of all its limits.
///
/// A tick of `tick_ns` nanoseconds is cut into `per_tick` equal parts. There is one unit per
/// contract, not one per limit, because entries of several limits live in one table, where the
/// victim of an eviction is found by comparing their times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeUnit {
    tick_ns: u64,
    per_tick: u64,
}

/// Parts per nanosecond at most: 2^64 of them last 9.1 years.
const MAX_PARTS_OF_NS: u64 = 64;
/// Parts per microsecond at most: 2^64 of them last 8.9 years.
const MAX_PARTS_OF_US: u64 = 65_536;

impl TimeUnit {
    /// The unit for all limits of one contract; a limit that [`Gcra::new`] refuses does not count.
    ///
    /// The step of a limit is `period / count`, so a tick must be cut into a multiple of
    /// `count / gcd(count, period in ticks)` parts. In this order:
    ///
    /// 1. Nanoseconds, when at most 64 parts make every step whole. Rates and instants are exact.
    /// 2. Microseconds, when at most 65,536 parts do. Rates are exact; an instant counts as the
    ///    beginning of its microsecond.
    /// 3. Else 1/64 ns with the step rounded down: less than 1/64 ns per token is given away, and a
    ///    token that is due always passes.
    ///
    /// In each case a `u64` lasts at least 8 years of uptime.
    pub fn for_rates(rates: impl IntoIterator<Item = RateSpec>) -> TimeUnit {
        let (mut of_ns, mut of_us) = (Some(1), Some(1));
        for RateSpec {
            count, period_ns, ..
        } in rates
        {
            if count == 0 || count > period_ns {
                continue;
            }
            of_ns = of_ns.and_then(|parts| refine(parts, count, period_ns, MAX_PARTS_OF_NS));
            of_us = of_us
                .filter(|_| period_ns.is_multiple_of(1000))
                .and_then(|parts| refine(parts, count, period_ns / 1000, MAX_PARTS_OF_US));
        }
        match (of_ns, of_us) {
            (Some(per_tick), _) => TimeUnit {
                tick_ns: 1,
                per_tick,
            },
            (None, Some(per_tick)) => TimeUnit {
                tick_ns: 1000,
                per_tick,
            },
            (None, None) => TimeUnit {
                tick_ns: 1,
                per_tick: MAX_PARTS_OF_NS,
            },
        }
    }

    /// The unit with these parts, as read back from a manifest.
    ///
    /// `None` unless it is one that [`TimeUnit::for_rates`] can choose: a tick of 1 ns in 1 to 64
    /// parts, or of 1000 ns in 1 to 65,536.
    pub fn from_parts(tick_ns: u64, per_tick: u64) -> Option<TimeUnit> {
        let max = match tick_ns {
            1 => MAX_PARTS_OF_NS,
            1000 => MAX_PARTS_OF_US,
            _ => return None,
        };
        (1..=max)
            .contains(&per_tick)
            .then_some(TimeUnit { tick_ns, per_tick })
    }

    /// Nanoseconds per tick: 1 or 1000.
    pub fn tick_ns(self) -> u64 {
        self.tick_ns
    }

    /// Units per tick.
    pub fn per_tick(self) -> u64 {
        self.per_tick
    }

    /// The instant `now` in this unit, rounded down to a tick.
    ///
    /// Stands still at the end of the unit's life (8 years of uptime or more); every request
    /// passes from there on.
    pub fn at(self, now: Nanos) -> u64 {
        (now / self.tick_ns).saturating_mul(self.per_tick)
    }
}

/// The least common multiple of `parts` and the parts that this limit asks for, if at most `max`.
fn refine(parts: u64, count: u64, period_ticks: u64, max: u64) -> Option<u64> {
    let wanted = count / gcd(count, period_ticks);
    let multiple = (parts / gcd(parts, wanted)).checked_mul(wanted)?;
    (multiple <= max).then_some(multiple)
}

fn gcd(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

// === Gcra ===

/// One limit, ready to decide; it holds no state of any key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gcra {
    step: u64,
    tau: u64,
    retry_after_s: u64,
}

/// What a limit says to a request, with the arrival time to store for its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The request took a token.
    Pass {
        /// The new arrival time, in units.
        tat: u64,
    },
    /// The bucket is empty; nothing was taken.
    Refuse {
        /// The arrival time as it was, but for one that no bucket can have: see [`Gcra::take`].
        tat: u64,
    },
}

/// A bucket of this many units or more is refused, so that no sum of times comes near 2^64.
const MAX_FILL: u64 = 1 << 62;
/// A step that the unit cannot say exactly must have this many units, or rounding would show.
const MIN_ROUNDED_STEP: u64 = 64;

impl Gcra {
    /// The limit `rate`, counted in `unit`, which was made for all limits of its contract.
    ///
    /// # Errors
    /// See [`RateError`].
    pub fn new(rate: RateSpec, unit: TimeUnit) -> Result<Gcra, RateError> {
        let RateSpec {
            count,
            period_ns,
            burst,
        } = rate;
        if count == 0 {
            return Err(RateError::ZeroCount);
        }
        if burst == 0 {
            return Err(RateError::ZeroBurst);
        }
        if count > period_ns {
            return Err(RateError::TooFast { count, period_ns });
        }

        let units = u128::from(period_ns) * u128::from(unit.per_tick);
        let per_step = u128::from(count) * u128::from(unit.tick_ns);
        let step = units / per_step;
        if step < u128::from(MIN_ROUNDED_STEP) && !units.is_multiple_of(per_step) {
            return Err(RateError::WrongUnit);
        }
        // The product fits: the first factor is below 2^62 wherever the second is looked at.
        if step >= u128::from(MAX_FILL) || u128::from(burst) * step >= u128::from(MAX_FILL) {
            let fill_ns = u128::from(burst) * u128::from(period_ns) / u128::from(count);
            return Err(RateError::TooLong {
                years: fill_ns / NS_PER_YEAR,
            });
        }
        let step = u64::try_from(step).expect("it was just held below 2^62");
        Ok(Gcra {
            step,
            // From the rounded step, not from the exact one: a bucket holds `burst` tokens, and a
            // step that was rounded down must not make room for one more.
            tau: (burst - 1) * step,
            retry_after_s: u64::try_from(
                u128::from(period_ns).div_ceil(u128::from(count) * NS_PER_S),
            )
            .expect("it is at most the period"),
        })
    }

    /// Units per token: the time after which an empty bucket lets one request pass.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// How far ahead an arrival time may be, in units: `(burst - 1) * step`.
    pub fn tau(&self) -> u64 {
        self.tau
    }

    /// Seconds for `retry-after`: `max(1, ceil(period / count))`, the same for each refusal.
    ///
    /// A refused request takes nothing, so one step is always long enough.
    pub fn retry_after_s(&self) -> u64 {
        self.retry_after_s
    }

    /// Decides one request at `now` for a key whose arrival time is `tat`, both in units.
    ///
    /// Any `tat` up to `now` means rest, zero included; that is what an absent key has. At the
    /// exact instant when a token is due the request passes. A `tat` further ahead than an empty
    /// bucket can be comes from a clock that stepped back, or is garbage; it counts as an empty
    /// bucket now, so that it costs a client one step and not years.
    pub fn take(&self, tat: u64, now: u64) -> Decision {
        let horizon = now.saturating_add(self.tau);
        let tat = tat.min(horizon.saturating_add(self.step));
        let base = tat.max(now);
        if base <= horizon {
            Decision::Pass {
                tat: base.saturating_add(self.step),
            }
        } else {
            Decision::Refuse { tat }
        }
    }
}

impl Decision {
    /// The arrival time to store for the key, in units.
    pub fn tat(self) -> u64 {
        match self {
            Decision::Pass { tat } | Decision::Refuse { tat } => tat,
        }
    }

    /// Whether the request may go on.
    pub fn passes(self) -> bool {
        matches!(self, Decision::Pass { .. })
    }
}

// === RateError ===

const NS_PER_S: u128 = 1_000_000_000;
const NS_PER_YEAR: u128 = 365 * 86_400 * NS_PER_S;

/// A rate that no bucket can keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateError {
    /// Zero requests per period.
    ZeroCount,
    /// A bucket that holds nothing.
    ZeroBurst,
    /// More than 1,000,000,000 requests per second.
    TooFast {
        /// Requests per period.
        count: u64,
        /// The period in nanoseconds.
        period_ns: u64,
    },
    /// A bucket that takes 2^62 units or more to fill: years, be it by its period or its burst.
    TooLong {
        /// Whole years until an empty bucket is full.
        years: u128,
    },
    /// The unit was made for other limits: it is so coarse that rounding would change the rate by
    /// more than a sixty-fourth.
    WrongUnit,
}

impl fmt::Display for RateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RateError::ZeroCount => f.write_str("a zero rate blocks everything"),
            RateError::ZeroBurst => f.write_str("a zero burst blocks everything"),
            RateError::TooFast { count, period_ns } => {
                write!(
                    f,
                    "{count} requests in {period_ns} ns are above 1000000000 per second"
                )
            }
            RateError::TooLong { years } => {
                write!(f, "the bucket would take {years} years to fill")
            }
            RateError::WrongUnit => f.write_str("the time unit is too coarse for this rate"),
        }
    }
}

impl std::error::Error for RateError {}
