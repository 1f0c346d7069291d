//! A bounded table of arrival times, for one process.

use std::fmt;

use super::{Decision, Gcra};
use crate::sip::siphash13_after;

#[cfg(test)]
mod tests;

const WAYS: usize = 16;
const SETS: usize = 8192;

/// Arrival times of the keys of all limits of one contract, in 2 MiB that never grow.
///
/// It remembers at least 16,384 keys. A key is looked for in one set of 16 places, chosen by a
/// seeded hash; there are 131,072 places, so that 16,384 keys fill no set by bad luck (less than
/// one chance in a million). When a set is full, an entry whose time has passed makes room first:
/// it equals an absent one, and nothing is lost. Only when all sixteen are in debt at once, the one
/// nearest to rest is forgotten, and [`KeyedLimiter::evicted_in_debt`] counts it.
///
/// **Keys** are bytes; what they say is the caller's to choose, with two duties. A key of several
/// parts must say where each part ends (write its length before it), else `ab` + `c` and `a` + `bc`
/// share a bucket. Entries are compared by a 63-bit hash: by chance, one new key in 2^46 or fewer
/// meets another one's bucket. The seed must be random, so that nobody can look for such keys.
///
/// **Units**: every call takes `now` in the one [`TimeUnit`](super::TimeUnit) of the contract.
///
/// **Threads**: a call takes well under a microsecond, so one lock around a table is the simple
/// way. Where that lock is hot, keep several tables, each under its own lock, and choose one by a
/// hash of limit and key with *another* seed (the same seed would fill each table unevenly). Each
/// table then keeps the promise of 16,384 keys for its share.
#[derive(Clone)]
pub struct KeyedLimiter {
    seed: [u64; 2],
    sets: Vec<[Place; WAYS]>,
    evicted_in_debt: u64,
}

/// A key in debt, or nothing.
#[derive(Clone, Copy)]
struct Place {
    /// The hash of limit and key, forced odd: zero means that the place is empty.
    tag: u64,
    /// The arrival time, in units.
    tat: u64,
}

const EMPTY: Place = Place { tag: 0, tat: 0 };

impl KeyedLimiter {
    /// An empty table. `seed` is two random words, chosen anew by each process.
    pub fn new(seed: [u64; 2]) -> KeyedLimiter {
        KeyedLimiter {
            seed,
            sets: vec![[EMPTY; WAYS]; SETS],
            evicted_in_debt: 0,
        }
    }

    /// Asks `gcra` about one request of `key` at `now` (in units) and remembers the answer.
    ///
    /// `limit` tells the limits that share the table apart: two of them never share a bucket.
    pub fn take(&mut self, limit: u64, gcra: &Gcra, key: &[u8], now: u64) -> Decision {
        let (set, tag) = self.address(limit, key);
        let set = &mut self.sets[set];
        if let Some(place) = set.iter_mut().find(|place| place.tag == tag) {
            let decision = gcra.take(place.tat, now);
            place.tat = decision.tat();
            return decision;
        }
        // An empty place has a time of zero, so the smallest time finds, in this order, an empty
        // place, one that has come to rest, and the one nearest to rest.
        let victim = set
            .iter_mut()
            .min_by_key(|place| place.tat)
            .expect("a set has sixteen places");
        if victim.tat > now {
            self.evicted_in_debt += 1;
        }
        let decision = gcra.take(0, now);
        *victim = Place {
            tag,
            tat: decision.tat(),
        };
        decision
    }

    /// How many keys were forgotten while in debt, since the table was made.
    ///
    /// Each may pass up to one burst too many. A number that grows says that more keys are active
    /// than the table holds.
    pub fn evicted_in_debt(&self) -> u64 {
        self.evicted_in_debt
    }

    /// The set in which this key lives, and its tag. The set is chosen by the topmost bits, since
    /// the lowest is spent on telling a tag from nothing.
    fn address(&self, limit: u64, key: &[u8]) -> (usize, u64) {
        let hash = siphash13_after(self.seed, limit, key);
        let set = usize::try_from(hash >> (64 - SETS.ilog2())).expect("thirteen bits");
        (set, hash | 1)
    }
}

/// Leaves the seed out (whoever reads a log must not learn it), and 131,072 places.
impl fmt::Debug for KeyedLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyedLimiter")
            .field("evicted_in_debt", &self.evicted_in_debt)
            .finish_non_exhaustive()
    }
}
