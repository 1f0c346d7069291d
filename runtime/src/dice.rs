//! Chance for the tests: seeded, so that a failure can be run again.

/// SplitMix64 (Steele, Lea, Flood 2014): one word of state, good enough to pick events.
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice { state: seed }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `0..end`; the bias of the remainder does not matter here.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// Seeds of the property tests. `CHERRY_SEED=n` runs one of your own; every failure names its seed.
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
