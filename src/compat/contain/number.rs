//! Sets of numbers.
use std::collections::BTreeSet;

use super::Pick;
use crate::schema::{Bound, Decimal};

#[derive(Debug, Clone)]
pub(super) struct Numbers {
    least: Vec<Bound>,
    most: Vec<Bound>,
    of: Vec<(Decimal, bool)>,
    whole: Option<bool>,
    without: BTreeSet<Decimal>,
}

fn is_multiple(number: Decimal, of: Decimal) -> bool {
    let (mut m, e) = number.parts();
    let (mut d, f) = of.parts();
    let low = e.min(f);
    m *= 10_i128.pow((e - low).unsigned_abs());
    d *= 10_i128.pow((f - low).unsigned_abs());
    m % d == 0
}

impl Numbers {
    pub(super) fn all() -> Self {
        Numbers {
            least: vec![],
            most: vec![],
            of: vec![],
            whole: None,
            without: BTreeSet::new(),
        }
    }
    pub(super) fn at_least(mut self, bound: Bound) -> Self {
        self.least.push(bound);
        self
    }
    pub(super) fn at_most(mut self, bound: Bound) -> Self {
        self.most.push(bound);
        self
    }
    pub(super) fn multiple_of(mut self, of: Decimal) -> Self {
        self.of.push((of, true));
        self
    }
    pub(super) fn not_multiple_of(mut self, of: Decimal) -> Self {
        self.of.push((of, false));
        self
    }
    pub(super) fn integers(mut self) -> Self {
        self.whole = Some(true);
        self
    }
    pub(super) fn fractions(mut self) -> Self {
        self.whole = Some(false);
        self
    }
    pub(super) fn without(mut self, values: &BTreeSet<Decimal>) -> Self {
        self.without.extend(values);
        self
    }
    fn holds(&self, n: Decimal) -> bool {
        self.least.iter().all(|b| {
            if b.is_exclusive {
                n > b.value
            } else {
                n >= b.value
            }
        }) && self.most.iter().all(|b| {
            if b.is_exclusive {
                n < b.value
            } else {
                n <= b.value
            }
        }) && self.of.iter().all(|(of, yes)| is_multiple(n, *of) == *yes)
            && self.whole.is_none_or(|yes| n.is_integer() == yes)
            && !self.without.contains(&n)
    }
    pub(super) fn pick(&self) -> Pick<Decimal> {
        let mut seeds = vec![Decimal::ZERO];
        seeds.extend(self.least.iter().chain(&self.most).map(|b| b.value));
        for seed in seeds {
            let (m, e) = seed.parts();
            for shift in [0, -1, -2] {
                let low = e.min(shift);
                let base = m * 10_i128.pow((e - low).unsigned_abs());
                for step in 0..400 {
                    for sign in [1, -1] {
                        let n = Decimal::new(base + sign * step, low);
                        if self.holds(n) {
                            return Pick::Some(n);
                        }
                    }
                }
            }
        }
        Pick::Empty
    }
}
