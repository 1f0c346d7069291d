//! Log-linear buckets: 32 per octave, from a microsecond to 68 seconds.
//!
//! A bucket is at most 1/32 of its value wide, so its middle is at most 1.6 % off. Values below 33
//! us are told apart by microseconds (of 1024 ns), longer ones than 68 s count as 68 s.

/// Buckets of a histogram; with four bytes each it takes 2.8 KB.
pub(super) const BUCKETS: usize = 32 * 22;

const SUB_BITS: u32 = 5;
const SUB: u64 = 1 << SUB_BITS;
/// A value is counted in units of 1024 ns.
const UNIT_BITS: u32 = 10;
/// The first value, in units, that has no bucket of its own.
const END: u64 = 1 << 26;

/// The bucket of a latency.
#[inline]
pub(super) fn bucket_of(latency_ns: u64) -> usize {
    let value = (latency_ns >> UNIT_BITS).min(END - 1);
    let octave = (value | SUB).ilog2() - SUB_BITS;
    ((u64::from(octave) << SUB_BITS) + (value >> octave)) as usize
}

/// The least latency of a bucket, in nanoseconds.
pub(super) fn start_of(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    let octave = (bucket >> SUB_BITS).saturating_sub(1);
    (bucket - (octave << SUB_BITS)) << octave << UNIT_BITS
}

/// The middle of a bucket, in nanoseconds.
fn middle_of(bucket: usize) -> u64 {
    let start = start_of(bucket);
    start + (start_of(bucket + 1) - start) / 2
}

/// Counts by bucket, and their sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Histogram {
    counts: Box<[u32]>,
    total: u64,
}

impl Histogram {
    pub(super) fn new() -> Histogram {
        Histogram {
            counts: vec![0; BUCKETS].into(),
            total: 0,
        }
    }

    pub(super) fn total(&self) -> u64 {
        self.total
    }

    pub(super) fn clear(&mut self) {
        self.counts.fill(0);
        self.total = 0;
    }

    pub(super) fn add(&mut self, bucket: usize, count: u32) {
        self.counts[bucket] = self.counts[bucket].saturating_add(count);
        self.total += u64::from(count);
    }

    pub(super) fn merge(&mut self, other: &Histogram) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.saturating_add(*more);
        }
        self.total += other.total;
    }

    /// Takes back what [`Histogram::merge`] added.
    pub(super) fn part_with(&mut self, other: &Histogram) {
        for (count, less) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.saturating_sub(*less);
        }
        self.total = self.total.saturating_sub(other.total);
    }

    /// The latency that 95 in 100 do not exceed, in nanoseconds; `None` of nothing.
    pub(super) fn p95(&self) -> Option<u64> {
        if self.total == 0 {
            return None;
        }
        let rank = (self.total * 95).div_ceil(100);
        let mut below = 0;
        self.counts
            .iter()
            .position(|&count| {
                below += u64::from(count);
                below >= rank
            })
            .map(middle_of)
    }

    /// How many lie in buckets that begin at `limit_ns` or later.
    pub(super) fn above(&self, limit_ns: u64) -> u64 {
        let mut first = bucket_of(limit_ns);
        if start_of(first) < limit_ns {
            first += 1;
        }
        self.counts
            .get(first..)
            .unwrap_or_default()
            .iter()
            .map(|&count| u64::from(count))
            .sum()
    }
}
