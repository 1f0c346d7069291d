//! Texts are packed, because they repeat each other: the names of the counters, the two answers.
//!
//! A packed text is a stream of bytes below [`TOKEN`], which stand for themselves, and of tokens of
//! two bytes, which copy what was unpacked before: `1lllllld` and `dddddddd` are `l` bytes from `d`
//! bytes back. The module unpacks them when it starts.

use super::abi::{COUNTER, GAUGE, Host};
use super::asm::{I32, args, host};
use super::body::Body;
use super::functions::Cx;
use super::program::GENERATION;

/// The first byte that is a token.
const TOKEN: u8 = 0x80;
/// A shorter copy would save nothing.
const SHORTEST: usize = 3;
const LONGEST: usize = 63;
/// How far back a copy may begin.
const WINDOW: usize = 511;
/// How many earlier places are looked at; texts are short.
const LOOKED_AT: usize = 10;

/// Packs a text of bytes below [`TOKEN`].
pub(super) fn pack(text: &[u8]) -> Vec<u8> {
    let mut places = Places::of(text);
    let mut packed = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let (len, back) = places.longest(at);
        // One byte by itself, when that lets a longer copy begin behind it.
        let put_off = (SHORTEST..LONGEST).contains(&len) && {
            places.learn(at);
            places.longest(at + 1).0 > len + 1
        };
        let step = if len < SHORTEST || put_off {
            assert!(text[at] < TOKEN, "texts are ASCII");
            packed.push(text[at]);
            1
        } else {
            let token = len << 9 | back;
            let token = u16::try_from(token).expect("six bits and nine");
            let [high, low] = token.to_be_bytes();
            packed.extend([TOKEN | high, low]);
            len
        };
        for place in at..at + step {
            places.learn(place);
        }
        at += step;
    }
    packed
}

/// Where a text has which three bytes.
struct Places<'a> {
    text: &'a [u8],
    /// One more than the last place of each sum of three bytes; 0 is none.
    last: [u32; 512],
    /// The same for the place before each place.
    before: Vec<u32>,
    /// How much of the text is known.
    known: usize,
}

impl<'a> Places<'a> {
    fn of(text: &'a [u8]) -> Self {
        Places {
            text,
            last: [0; 512],
            before: vec![0; text.len()],
            known: 0,
        }
    }

    fn sum(&self, at: usize) -> Option<usize> {
        let [first, second, third] = *self.text.get(at..)?.first_chunk()?;
        let sum = u32::from_le_bytes([first, second, third, 0]).wrapping_mul(0x9e37_79b1);
        Some((sum >> 23) as usize)
    }

    /// Takes in a place; the same one again is nothing new.
    fn learn(&mut self, at: usize) {
        if at < self.known {
            return;
        }
        self.known = at + 1;
        if let Some(sum) = self.sum(at) {
            let place = u32::try_from(at + 1).expect("texts are short");
            self.before[at] = std::mem::replace(&mut self.last[sum], place);
        }
    }

    /// The longest copy for a place: its length, and how far back it begins. Of equal ones, the
    /// nearest.
    fn longest(&self, at: usize) -> (usize, usize) {
        let mut best = (0, 0);
        let Some(sum) = self.sum(at) else {
            return best;
        };
        let mut place = self.last[sum];
        for _ in 0..LOOKED_AT {
            let Some(from) = (place as usize).checked_sub(1) else {
                break;
            };
            let back = at - from;
            if back > WINDOW {
                break;
            }
            // One that ends no later is no better.
            let end = at + best.0;
            if end < self.text.len() && self.text[from + best.0] == self.text[end] {
                let alike = self.text[from..].iter().zip(&self.text[at..]);
                let len = alike.take(LONGEST).take_while(|(l, r)| l == r).count();
                if len > best.0 {
                    best = (len, back);
                }
            }
            place = self.before[from];
        }
        best
    }
}

/// `unpack()`: fills in the texts, and defines the counters, whose names are the first of them, each
/// with a zero at its end. It is written last, when all texts are known.
pub(super) fn unpack(cx: &mut Cx<'_>, f: &mut Body) {
    let (texts, len) = cx.pool.texts();
    let names_len = cx.names_len;
    let ids = cx.layout.counter_ids;
    let has_breakers = cx.program.has_breakers();
    let (byte, name, id) = (f.word(), f.word(), f.word());
    let packed = cx.pool.pack();
    let (next, token, from, left) = (f.let_word(packed), f.word(), f.word(), f.word());
    f.times(len, |f, index| {
        f.when(left.not(), |f| {
            // A byte that stands for itself is a copy of one byte, from here.
            f.set(from, next);
            f.set(token, from.get().load16(0));
            f.set(left, 1);
            f.when(token & i32::from(TOKEN), |f| {
                let back = ((token & 1) << 8) | (token >> 8);
                f.set(from, index - back + texts);
                f.set(left, (token >> 1) & 63);
                f.set(next, next + 1);
            });
            f.set(next, next + 1);
        });
        f.set(byte, from.get().load8(0));
        f.store8(index, texts, byte);
        f.set(from, from + 1);
        f.set(left, left - 1);
        f.when((byte | index.ge(names_len)).not(), |f| {
            let (at, name_len) = (name + texts, index - name);
            // The gauge is the first.
            const { assert!(GENERATION == 0 && GAUGE == 1 && COUNTER == 0) };
            let kind = if has_breakers {
                id.not()
            } else {
                I32::from(COUNTER)
            };
            let refused = host(Host::DefineMetric, args![kind, at, name_len, id + ids]);
            f.when(refused, |f| f.store(id, ids, -1));
            f.set(id, id + 4);
            f.set(name, index + 1);
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a module does to a packed text.
    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        let mut rest = packed;
        while let [first, behind @ ..] = rest {
            rest = behind;
            if *first < TOKEN {
                text.push(*first);
                continue;
            }
            let back = usize::from(first & 1) << 8 | usize::from(behind[0]);
            for _ in 0..usize::from(first >> 1 & 63) {
                text.push(text[text.len() - back]);
            }
            rest = &behind[1..];
        }
        text
    }

    #[test]
    fn texts_come_back() {
        let names: String = (0..90).map(|at| format!("cherry.a{at}.passed\0")).collect();
        let long = "ab".repeat(700);
        let far = format!("{}{}{}", "needle in", "-".repeat(1100), "needle in");
        for text in ["", "a", "aaaaaaaa", "abcabcabd", &names, &long, &far] {
            let packed = pack(text.as_bytes());
            assert!(unpacked(&packed) == text.as_bytes(), "{text}");
            assert!(packed.len() <= text.len());
        }
        assert!(pack(names.as_bytes()).len() * 3 < names.len());
        assert!(pack(long.as_bytes()).len() < 100);
    }
}
