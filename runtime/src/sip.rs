//! SipHash-1-3: the keyed hash that finds a row of the limiter's table.
//!
//! From the paper "SipHash: a fast short-input PRF", Aumasson and Bernstein, 2012: one round per
//! word, three at the end. The keys of a limit come from clients; with a plain hash somebody could
//! pick keys that all fall into one row and push each other's debts out. With a random seed they
//! cannot. The standard library has the same function but no door through which to hand a seed.

/// SipHash-1-3 of `data` under the 128-bit `key`, low word first.
pub fn siphash13(key: [u64; 2], data: &[u8]) -> u64 {
    Sip::new(key).finish(data, 0)
}

/// [`siphash13`] of the eight bytes of `first` (little end first) followed by `data`, without
/// putting them side by side in memory.
pub fn siphash13_after(key: [u64; 2], first: u64, data: &[u8]) -> u64 {
    let mut sip = Sip::new(key);
    sip.word(first);
    sip.finish(data, 8)
}

struct Sip {
    v: [u64; 4],
}

impl Sip {
    /// The constants spell "somepseudorandomlygeneratedbytes", as the paper has it.
    fn new([k0, k1]: [u64; 2]) -> Sip {
        Sip {
            v: [
                k0 ^ 0x736f_6d65_7073_6575,
                k1 ^ 0x646f_7261_6e64_6f6d,
                k0 ^ 0x6c79_6765_6e65_7261,
                k1 ^ 0x7465_6462_7974_6573,
            ],
        }
    }

    fn round(&mut self) {
        let [mut v0, mut v1, mut v2, mut v3] = self.v;
        v0 = v0.wrapping_add(v1);
        v1 = v1.rotate_left(13) ^ v0;
        v0 = v0.rotate_left(32);
        v2 = v2.wrapping_add(v3);
        v3 = v3.rotate_left(16) ^ v2;
        v0 = v0.wrapping_add(v3);
        v3 = v3.rotate_left(21) ^ v0;
        v2 = v2.wrapping_add(v1);
        v1 = v1.rotate_left(17) ^ v2;
        v2 = v2.rotate_left(32);
        self.v = [v0, v1, v2, v3];
    }

    fn word(&mut self, word: u64) {
        self.v[3] ^= word;
        self.round();
        self.v[0] ^= word;
    }

    /// Takes the last bytes in; `before` bytes were taken already, a multiple of eight.
    fn finish(mut self, data: &[u8], before: usize) -> u64 {
        let (words, rest) = data.as_chunks::<8>();
        for word in words {
            self.word(u64::from_le_bytes(*word));
        }
        // The last word holds what is left, and the length (its low byte) on top.
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        last[7] = before.wrapping_add(data.len()).to_le_bytes()[0];
        self.word(u64::from_le_bytes(last));

        self.v[2] ^= 0xff;
        self.round();
        self.round();
        self.round();
        self.v[0] ^ self.v[1] ^ self.v[2] ^ self.v[3]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use std::hash::{DefaultHasher, Hasher};

    /// The standard library documents no algorithm, but it is SipHash-1-3 with a zero key.
    #[test]
    fn equals_the_standard_library_under_the_zero_key() {
        let mut dice = Dice::new(1);
        let bytes: Vec<u8> = (0..600).map(|_| dice.next().to_le_bytes()[0]).collect();
        for len in 0..bytes.len() {
            let mut std = DefaultHasher::new();
            std.write(&bytes[..len]);
            assert_eq!(
                siphash13([0, 0], &bytes[..len]),
                std.finish(),
                "{len} bytes"
            );
        }
    }

    #[test]
    fn a_first_word_equals_its_eight_bytes() {
        let mut dice = Dice::new(2);
        for len in 0..40 {
            let (key, first) = ([dice.next(), dice.next()], dice.next());
            let data: Vec<u8> = (0..len).map(|_| dice.next().to_le_bytes()[0]).collect();
            let whole: Vec<u8> = first
                .to_le_bytes()
                .into_iter()
                .chain(data.iter().copied())
                .collect();
            assert_eq!(
                siphash13_after(key, first, &data),
                siphash13(key, &whole),
                "{len} bytes"
            );
        }
    }

    /// Made by this function after it had given the reference implementation's answers; the zero
    /// key alone would not show a half of the key in the wrong place.
    #[test]
    fn both_halves_of_the_key_count() {
        let key = [0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210];
        assert_eq!(siphash13(key, b""), 0xf4b3_fee3_9780_2911);
        assert_eq!(
            siphash13(key, b"cherry, by the pound"),
            0x2fef_2c7d_992b_0435
        );
    }
}
