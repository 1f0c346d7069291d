//! Answers of a window of time, counted in ten parts.

use super::{MILLION, NS_PER_MS, Share};
use crate::clock::Nanos;

/// Parts of a window: one in ten is forgotten at a time.
const PARTS: usize = 10;

/// Standard deviations between chance and proof in [`Window::proves`]: one look in 4,000 errs, and
/// only while the true share stands at the threshold itself.
const PROOF_SIGMAS: f64 = 3.5;

/// Counts by part, the newest at `newest`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    share: Share,
    part_ns: u64,
    /// When the newest part began; `None` before the first answer.
    since: Option<Nanos>,
    newest: usize,
    parts: [Counts; PARTS],
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    answers: u32,
    failures: u32,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.answers = self.answers.saturating_add(other.answers);
        self.failures = self.failures.saturating_add(other.failures);
    }
}

impl Window {
    pub(super) fn new(share: Share) -> Window {
        Window {
            share,
            part_ns: share.window_ms * NS_PER_MS / PARTS as u64,
            since: None,
            newest: 0,
            parts: [Counts::default(); PARTS],
        }
    }

    pub(super) fn succeeded(&mut self, count: u32, now: Nanos) {
        self.count(
            Counts {
                answers: count,
                failures: 0,
            },
            now,
        );
    }

    /// Counts a failure; whether the share of the window has reached the threshold.
    pub(super) fn failed(&mut self, now: Nanos) -> bool {
        self.count(
            Counts {
                answers: 1,
                failures: 1,
            },
            now,
        );
        let mut all = Counts::default();
        for &part in &self.parts {
            all.add(part);
        }
        all.answers >= self.share.min_requests
            && u64::from(all.failures) * u64::from(MILLION)
                >= u64::from(self.share.millionths) * u64::from(all.answers)
    }

    /// Whether some run of the newest parts, with enough answers in it, has a share above the
    /// threshold that chance does not explain.
    ///
    /// The share of the whole window is slow: after a good time it needs five of ten seconds to see
    /// a total outage at `50%`, and eight to see three failures in five.
    pub(super) fn proves(&self) -> bool {
        let threshold = f64::from(self.share.millionths) / f64::from(MILLION);
        let mut all = Counts::default();
        (0..PARTS).any(|age| {
            all.add(self.parts[(self.newest + PARTS - age) % PARTS]);
            let answers = f64::from(all.answers);
            let chance = (answers * threshold * (1.0 - threshold)).sqrt();
            all.answers >= self.share.min_requests
                && f64::from(all.failures) >= answers * threshold + PROOF_SIGMAS * chance
        })
    }

    fn count(&mut self, counts: Counts, now: Nanos) {
        let since = self.since.get_or_insert(now);
        // A beginning that lies ahead comes from a clock that stepped back: the part begins now.
        *since = (*since).min(now);
        let steps = (now - *since) / self.part_ns;
        *since += steps * self.part_ns;
        for _ in 0..steps.min(PARTS as u64) {
            self.newest = (self.newest + 1) % PARTS;
            self.parts[self.newest] = Counts::default();
        }
        self.parts[self.newest].add(counts);
    }
}
