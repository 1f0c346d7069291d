//! The latency signal: what the window says, what it is compared with, and when that is proof.

use super::histogram::{BUCKETS, Histogram};
use super::settings::Settings;
use crate::clock::Nanos;

/// `p95` asks for one answer in twenty.
const SLOW_SHARE: f64 = 0.05;

/// Slices of the window, and their length: 60 s, updated each 5 s.
const SLICES: usize = 12;
pub(super) const SLICE_NS: u64 = 5_000_000_000;

/// The EWMA of the rate forgets by 1/e in 10 s and is updated each second.
const RATE_WINDOW_S: f64 = 10.0;
const SECOND_NS: u64 = 1_000_000_000;

/// Updates whose P95 makes the base: the median of the last five minutes, from the sixth on.
const LEARNT: usize = 60;
const LEARNT_MIN: usize = 6;

/// Answers that a P95 is read from at least; 20 hold one above it.
pub(super) const MIN_ANSWERS: u64 = 20;

/// The window, the rate and the learnt base.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Signal {
    /// The last twelve slices, the oldest at `oldest`, and their sum.
    slices: Vec<Histogram>,
    oldest: usize,
    window: Histogram,
    /// The slice that is being filled.
    filling: Histogram,
    since: Nanos,
    /// P95 of the window at the last update, in nanoseconds.
    p95: Option<u64>,
    rate: Rate,
    base: Median,
    baseline: Median,
}

impl Signal {
    pub(super) fn new() -> Signal {
        Signal {
            slices: vec![Histogram::new(); SLICES],
            oldest: 0,
            window: Histogram::new(),
            filling: Histogram::new(),
            since: 0,
            p95: None,
            rate: Rate::default(),
            base: Median::default(),
            baseline: Median::default(),
        }
    }

    /// Begins at `now`.
    pub(super) fn begin(&mut self, now: Nanos) {
        self.since = now;
    }

    /// Adds the latencies of a tick.
    pub(super) fn add(&mut self, tick: &Histogram) {
        self.filling.merge(tick);
    }

    /// Adds one latency, by its bucket.
    pub(super) fn add_one(&mut self, bucket: usize) {
        self.filling.add(bucket, 1);
    }

    /// Adds the requests of a tick that was `elapsed_ns` long.
    pub(super) fn requests(&mut self, count: u64, elapsed_ns: u64) {
        self.rate.add(count, elapsed_ns);
    }

    /// Updates the window when a slice is full; whether it did.
    pub(super) fn update(&mut self, now: Nanos) -> bool {
        // A beginning that lies ahead comes from a clock that stepped back.
        self.since = self.since.min(now);
        let steps = (now - self.since) / SLICE_NS;
        if steps == 0 {
            return false;
        }
        self.since += steps * SLICE_NS;
        // One step more than there are slices, so that a long gap ends what was being filled, too.
        for step in 0..steps.min(SLICES as u64 + 1) {
            let slice = &mut self.slices[self.oldest];
            self.window.part_with(slice);
            slice.clear();
            if step == 0 {
                std::mem::swap(slice, &mut self.filling);
                self.window.merge(slice);
            }
            self.oldest = (self.oldest + 1) % SLICES;
        }
        self.p95 = self.window.p95();
        true
    }

    /// Empties the window, as at each transition. What was learnt stays.
    pub(super) fn clear(&mut self, now: Nanos) {
        for slice in &mut self.slices {
            slice.clear();
        }
        self.window.clear();
        self.filling.clear();
        self.since = now;
        self.p95 = None;
    }

    /// Learns from the last update.
    pub(super) fn learn(&mut self, min_answers: u64) {
        if let Some(p95) = self.p95
            && self.window.total() >= min_answers
        {
            self.base.push(p95);
            if let Some(rate) = self.rate.per_s {
                self.baseline.push((rate * 1000.0) as u64);
            }
        }
    }

    /// Takes `base_ns` for the base in place of all that was learnt.
    pub(super) fn relearn(&mut self, base_ns: u64) {
        self.base = Median::default();
        for _ in 0..LEARNT_MIN {
            self.base.push(base_ns);
        }
    }

    /// P95 of the window at the last update, in nanoseconds.
    pub(super) fn p95(&self) -> Option<u64> {
        self.p95
    }

    pub(super) fn window(&self) -> &Histogram {
        &self.window
    }

    /// Requests per second.
    pub(super) fn rate(&self) -> Option<f64> {
        self.rate.per_s
    }

    /// The base in nanoseconds, written or learnt.
    pub(super) fn base(&self, settings: &Settings) -> Option<u64> {
        settings.base_latency_ns().or_else(|| self.base.value())
    }

    /// Requests per second when all is well: written, or the median of what was learnt.
    pub(super) fn usual_rate(&self, settings: &Settings) -> Option<f64> {
        settings
            .baseline_qps()
            .or_else(|| self.baseline.value().map(|milli| milli as f64 / 1000.0))
            .filter(|&per_s| per_s > 0.0)
    }

    /// `1 + 0.3 * log2(qps / baseline_qps + 1)`, bare.
    pub(super) fn factor(&self, settings: &Settings) -> Option<f64> {
        let baseline = self.usual_rate(settings)?;
        Some(1.0 + 0.3 * (self.rate.per_s? / baseline + 1.0).log2())
    }

    /// What P95 is compared with, in nanoseconds; `None` until a base is known.
    pub(super) fn limit(&self, settings: &Settings) -> Option<u64> {
        let base = self.base(settings)? as f64;
        let factor = self.factor(settings)?;
        if settings.is_literal() {
            return Some((base * factor) as u64);
        }
        let scaled = (base * factor.clamp(1.3, 2.0)) as u64;
        // Where about one answer in twenty goes a slow path, P95 is now of one path and now of the
        // other. What one reading in five shows while all is well is no news.
        let usual = match settings.base_latency_ns() {
            Some(_) => None,
            None => self.base.high,
        };
        Some(
            scaled
                .max(settings.sla_p95_ns().unwrap_or(0))
                .max(usual.unwrap_or(0)),
        )
    }
}

/// Whether P95 of `answers` lies above the limit, by `sigmas` standard deviations of the share that
/// does; `None` of fewer than `min` answers.
pub(super) fn too_slow(answers: &Histogram, limit_ns: u64, sigmas: f64, min: u64) -> Option<bool> {
    if answers.total() < min {
        return None;
    }
    let total = answers.total() as f64;
    let chance = (total * SLOW_SHARE * (1.0 - SLOW_SHARE)).sqrt();
    // Of few answers the count is skewed: the second term of Cornish and Fisher says by how much.
    let skew = (sigmas * sigmas - 1.0) / 6.0;
    Some(answers.above(limit_ns) as f64 > total * SLOW_SHARE + sigmas * chance + skew)
}

/// The rate of requests.
#[derive(Clone, Debug, Default, PartialEq)]
struct Rate {
    count: u64,
    elapsed_ns: u64,
    per_s: Option<f64>,
}

impl Rate {
    fn add(&mut self, count: u64, elapsed_ns: u64) {
        self.count += count;
        self.elapsed_ns = self.elapsed_ns.saturating_add(elapsed_ns);
        if self.elapsed_ns < SECOND_NS {
            return;
        }
        let elapsed_s = self.elapsed_ns as f64 / SECOND_NS as f64;
        let newest = self.count as f64 / elapsed_s;
        self.per_s = Some(match self.per_s {
            None => newest,
            Some(old) => old + (1.0 - (-elapsed_s / RATE_WINDOW_S).exp()) * (newest - old),
        });
        self.count = 0;
        self.elapsed_ns = 0;
    }
}

/// The median of the last values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Median {
    values: Vec<u64>,
    /// Where the next one goes once all places are taken.
    next: usize,
    value: Option<u64>,
    /// What one in five exceeds.
    high: Option<u64>,
}

impl Median {
    fn push(&mut self, value: u64) {
        if self.values.len() < LEARNT {
            self.values.push(value);
        } else {
            self.values[self.next] = value;
            self.next = (self.next + 1) % LEARNT;
        }
        if self.values.len() >= LEARNT_MIN {
            let mut sorted = self.values.clone();
            sorted.sort_unstable();
            self.value = Some(sorted[sorted.len() / 2]);
            self.high = Some(sorted[sorted.len() * 4 / 5]);
        }
    }

    fn value(&self) -> Option<u64> {
        self.value
    }
}

/// The counts of the last reading, so that the buckets themselves only ever grow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading(Box<[u32]>);

impl Reading {
    pub(super) fn new() -> Reading {
        Reading(vec![0; BUCKETS].into())
    }

    /// What bucket `bucket` gained since the last reading, now that it shows `count`.
    pub(super) fn gained(&mut self, bucket: usize, count: u32) -> u32 {
        count.wrapping_sub(std::mem::replace(&mut self.0[bucket], count))
    }
}
