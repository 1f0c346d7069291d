//! Chance: seeded, so that a run can be repeated.
//!
//! SplitMix64 (Steele, Lea, Flood 2014): one word of state, good enough to pick events.

use std::sync::atomic::{AtomicU64, Ordering};

/// What the state grows by with each number.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(state: u64) -> u64 {
    let mut z = state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Dice that many threads throw.
#[derive(Debug)]
pub(crate) struct SharedDice {
    state: AtomicU64,
}

impl SharedDice {
    pub(crate) fn new(seed: u64) -> SharedDice {
        SharedDice {
            state: AtomicU64::new(seed),
        }
    }

    pub(crate) fn next(&self) -> u64 {
        mix(self
            .state
            .fetch_add(GAMMA, Ordering::Relaxed)
            .wrapping_add(GAMMA))
    }
}

/// Dice of one owner, for the tests.
#[cfg(test)]
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    state: u64,
}

#[cfg(test)]
impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice { state: seed }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }

    /// A number in `0..end`; the bias of the remainder does not matter here.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// Seeds of the property tests. `CHERRY_SEED=n` runs one of your own; every failure names its seed.
#[cfg(test)]
pub(crate) fn seeds(standard: &[u64]) -> Vec<u64> {
    #[allow(
        clippy::disallowed_methods,
        reason = "a test may be told its seed from outside"
    )]
    let own = std::env::var("CHERRY_SEED").ok();
    match own {
        Some(text) => vec![text.parse().expect("CHERRY_SEED is a number")],
        None => standard.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_dice_fall_as_those_of_one_owner() {
        let (shared, mut own) = (SharedDice::new(7), Dice::new(7));
        for _ in 0..5 {
            assert_eq!(shared.next(), own.next());
        }
    }
}
