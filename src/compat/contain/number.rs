//! Numbers that satisfy a conjunction: is there one, and which is it?
//!
//! A conjunction is a range, a lattice (the multiples of one number), what must not be a multiple of
//! something, and single numbers that are left out. Whole numbers are the multiples of one, and
//! fractions its non-multiples. Everything is decided in exact decimals: on a lattice a question is
//! one about whole numbers, and off it every range with two numbers in it has infinitely many, of
//! which lattices and single numbers can only take some.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::pick::{Pick, Picks, Rest};
use crate::schema::{Bound, Decimal};

/// Points of a lattice that are looked at for each one that is asked for. A point that no
/// non-multiple forbids comes back at least once in a period, and gaps are far shorter than that.
const POINTS_PER_VALUE: usize = 64;

/// How many digits further than the range itself a number is looked for.
const MAX_LEVELS: i64 = 64;

/// Whole digits of an end of a range that are kept; coarser numbers are tried first beyond it.
const READABLE_DIGITS: i64 = 15;

const TOO_LARGE: &str = "numbers are too large or too fine";

/// All numbers that satisfy everything that was asked of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    low: Option<Bound>,
    high: Option<Bound>,
    /// Each number is a multiple of all of these, which are above zero.
    multiples: BTreeSet<Decimal>,
    /// Each number is a multiple of none of these.
    others: BTreeSet<Decimal>,
    excluded: BTreeSet<Decimal>,
}

impl Numbers {
    /// Every number.
    pub(crate) fn all() -> Self {
        Numbers::default()
    }

    /// Leaves numbers not below the bound.
    pub(crate) fn at_least(&mut self, bound: Bound) {
        let tighter = |old: &Bound| {
            bound.value > old.value || (bound.value == old.value && bound.is_exclusive)
        };
        if self.low.as_ref().is_none_or(tighter) {
            self.low = Some(bound);
        }
    }

    /// Leaves numbers not above the bound.
    pub(crate) fn at_most(&mut self, bound: Bound) {
        let tighter = |old: &Bound| {
            bound.value < old.value || (bound.value == old.value && bound.is_exclusive)
        };
        if self.high.as_ref().is_none_or(tighter) {
            self.high = Some(bound);
        }
    }

    /// Leaves multiples of `step`, whose sign does not matter.
    pub(crate) fn multiple_of(&mut self, step: Decimal) {
        self.multiples.insert(step.abs().unwrap_or(step));
    }

    /// Leaves numbers that are no multiple of `step`.
    pub(crate) fn not_multiple_of(&mut self, step: Decimal) {
        self.others.insert(step.abs().unwrap_or(step));
    }

    /// Leaves whole numbers.
    pub(crate) fn integers(&mut self) {
        self.multiple_of(Decimal::from(1));
    }

    /// Leaves numbers that are not whole.
    pub(crate) fn fractions(&mut self) {
        self.not_multiple_of(Decimal::from(1));
    }

    /// Leaves out single numbers.
    pub(crate) fn without(&mut self, values: &BTreeSet<Decimal>) {
        self.excluded.extend(values);
    }

    /// Whether this number is one of them.
    pub(crate) fn holds(&self, value: Decimal) -> bool {
        self.low
            .is_none_or(|low| is_within(low, value, |end| end < value))
            && self
                .high
                .is_none_or(|high| is_within(high, value, |end| value < end))
            && self
                .multiples
                .iter()
                .all(|step| value.is_multiple_of(*step))
            && !self.others.iter().any(|step| value.is_multiple_of(*step))
            && !self.excluded.contains(&value)
    }

    /// One number, small and short where there is a choice.
    pub(crate) fn pick(&self) -> Pick<Decimal> {
        self.picks(1).into_first()
    }

    /// Up to `count` different numbers, the smallest and shortest first.
    pub(crate) fn picks(&self, count: usize) -> Picks<Decimal> {
        let mut search = Search {
            numbers: self,
            count,
            found: Vec::new(),
            seen: BTreeSet::new(),
        };
        let rest = search.run();
        let rest = match search.found.len() == count {
            true => Rest::Unasked,
            false => rest,
        };
        Picks {
            found: search.found,
            rest,
        }
    }
}

fn is_within(bound: Bound, value: Decimal, is_inside: impl Fn(Decimal) -> bool) -> bool {
    is_inside(bound.value) || (bound.value == value && !bound.is_exclusive)
}

/// The numbers that a numeric format means; all of them are whole. `None` for a format that refuses
/// no number, or that nobody knows.
pub(crate) fn format(name: &str) -> Option<RangeInclusive<Decimal>> {
    let (low, high) = match name {
        "int8" => (i128::from(i8::MIN), i128::from(i8::MAX)),
        "int16" => (i128::from(i16::MIN), i128::from(i16::MAX)),
        "int32" => (i128::from(i32::MIN), i128::from(i32::MAX)),
        "int64" => (i128::from(i64::MIN), i128::from(i64::MAX)),
        "uint8" => (0, i128::from(u8::MAX)),
        "uint16" => (0, i128::from(u16::MAX)),
        "uint32" => (0, i128::from(u32::MAX)),
        "uint64" => (0, i128::from(u64::MAX)),
        // Whole numbers that a double holds exactly, by the registry of OpenAPI formats.
        "double-int" => (-((1 << 53) - 1), (1 << 53) - 1),
        _ => return None,
    };
    Some(Decimal::new(low, 0)..=Decimal::new(high, 0))
}

// === impl Search ===

struct Search<'a> {
    numbers: &'a Numbers,
    count: usize,
    found: Vec<Decimal>,
    seen: BTreeSet<Decimal>,
}

impl Search<'_> {
    /// Looks for numbers until there are enough, and says what is known about the others.
    fn run(&mut self) -> Rest {
        let numbers = self.numbers;
        if let (Some(low), Some(high)) = (numbers.low, numbers.high) {
            if low.value > high.value {
                return Rest::Empty;
            }
            if low.value == high.value {
                self.try_value(low.value);
                return Rest::Empty;
            }
        }
        let mut multiples = numbers.multiples.iter().copied();
        let Some(first) = multiples.next() else {
            self.run_on_grids();
            return Rest::Unknown(TOO_LARGE);
        };
        let step = multiples.try_fold(first, Decimal::lcm);
        match step.and_then(|step| self.run_on_lattice(step)) {
            Some(rest) => rest,
            None => {
                // Zero and the ends can be tried whatever the lattice is.
                let ends = [numbers.low, numbers.high].into_iter().flatten();
                for value in ends.map(|end| end.value).chain([Decimal::ZERO]) {
                    self.try_value(value);
                }
                Rest::Unknown(TOO_LARGE)
            }
        }
    }

    fn is_done(&self) -> bool {
        self.found.len() >= self.count
    }

    fn try_value(&mut self, value: Decimal) {
        if !self.is_done() && self.numbers.holds(value) && self.seen.insert(value) {
            self.found.push(value);
        }
    }

    /// Looks on the multiples of `step`, which all numbers are. `None` when something does not fit.
    fn run_on_lattice(&mut self, step: Decimal) -> Option<Rest> {
        if step == Decimal::ZERO {
            self.try_value(Decimal::ZERO);
            return Some(Rest::Empty);
        }
        for other in &self.numbers.others {
            // Point number t of the lattice is t * step; it is a multiple of `other` exactly when t
            // is one of the lower part of step / other in lowest terms.
            if other != &Decimal::ZERO && step.ratio(*other)?.1 == 1 {
                return Some(Rest::Empty);
            }
        }
        let low = match self.numbers.low {
            Some(low) => {
                let at = low.value.steps_above(step)?;
                let is_on = low.is_exclusive && low.value.is_multiple_of(step);
                Some(at.checked_add(i128::from(is_on))?)
            }
            None => None,
        };
        let high = match self.numbers.high {
            Some(high) => {
                let at = high.value.steps_below(step)?;
                let is_on = high.is_exclusive && high.value.is_multiple_of(step);
                Some(at.checked_sub(i128::from(is_on))?)
            }
            None => None,
        };
        let all_seen = self.scan(step, low, high);
        Some(if all_seen {
            Rest::Empty
        } else {
            Rest::Unknown("too many numbers are left out")
        })
    }

    /// Tries points `low` to `high` of a lattice from the one closest to zero on. Whether that were
    /// all of them.
    fn scan(&mut self, step: Decimal, low: Option<i128>, high: Option<i128>) -> bool {
        let wanted = self.count + self.numbers.excluded.len() + self.numbers.others.len();
        let limit = i128::try_from((wanted + 1) * POINTS_PER_VALUE).unwrap_or(i128::MAX);
        let up = low.map_or(0, |low| low.max(0));
        let down = high.map_or(-1, |high| high.min(-1));
        let up_to = high.unwrap_or(i128::MAX).min(up.saturating_add(limit));
        let down_to = low.unwrap_or(i128::MIN).max(down.saturating_sub(limit));
        let mut is_exact = true;
        let points = (up..=up_to).chain((down_to..=down).rev());
        for point in points {
            if self.is_done() {
                return false;
            }
            match step.times(point) {
                Some(value) => self.try_value(value),
                None => is_exact = false,
            }
        }
        is_exact && high == Some(up_to) && low == Some(down_to)
    }

    /// Looks on ever finer powers of ten. A range of more than one number has numbers in it whose
    /// last digit stands behind that of every number which they may not be a multiple of.
    fn run_on_grids(&mut self) {
        self.try_value(Decimal::ZERO);
        self.try_value(Decimal::from(1));
        let (low, high) = (self.numbers.low, self.numbers.high);
        let zero = Decimal::ZERO;
        let level = match (low, high) {
            (Some(near), far) if near.value >= zero => first_level(near, far),
            (far, Some(near)) if near.value <= zero => first_level(near, far),
            _ => 0,
        };
        for digits in 0..=MAX_LEVELS {
            if self.is_done() {
                return;
            }
            let Ok(exponent) = i32::try_from(level - digits) else {
                return;
            };
            let grid = Decimal::new(1, exponent);
            if self
                .numbers
                .others
                .iter()
                .any(|other| grid.is_multiple_of(*other))
            {
                continue;
            }
            let from = low.map(|low| low.value.steps_above(grid));
            let to = high.map(|high| high.value.steps_below(grid));
            if from == Some(None) || to == Some(None) {
                return;
            }
            self.scan(grid, from.flatten(), to.flatten());
        }
    }
}

/// The coarsest power of ten to look on in a range on one side of zero: fine enough for the end that
/// is farther from zero, and no finer than is readable at the one that is nearer.
fn first_level(near: Bound, far: Option<Bound>) -> i64 {
    let level = (near.value.magnitude() - READABLE_DIGITS).max(0);
    match far {
        Some(far) if far.value != Decimal::ZERO => level.min(far.value.magnitude()),
        _ => level,
    }
}

#[cfg(test)]
mod tests;
