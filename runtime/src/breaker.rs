//! `circuit_breaker`: failures in a row or their share of a window, and probes while half-open.
//!
//! - **Closed**: requests pass. A failure adds to the row, a success ends it; the failure that
//!   makes the row `failure_threshold` long opens the breaker when its answer arrives. A threshold
//!   in percent reads a window instead ([`Share`]): the failure that brings the share up to it,
//!   with enough answers in the window, opens. A success never does.
//! - **Open**: requests are refused. `open_ms` after that answer, to the nanosecond, the next
//!   request goes through as a probe.
//! - **Half-open**: at most `half_open` probes are out at once, each with a lease of `open_ms`. When
//!   that many have succeeded the breaker closes; one failure opens it anew.
//!
//! A probe whose lease has ended counts for nothing: its place is free for the next request, and
//! its answer, should it still come, is ignored. So is every answer to a request that was let in
//! before the last change of state; each [`Ticket`] carries the epoch in which it was given out.

use std::fmt;
use std::num::NonZeroU64;

use crate::clock::Nanos;

mod window;

use window::Window;

#[cfg(test)]
mod tests;

// === Settings ===

/// What a breaker is made from; checked once, when it is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    trip: Trip,
    open_ms: u64,
    half_open: u32,
}

/// What opens a breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trip {
    /// That many failures in a row.
    Row(u32),
    /// A share of the answers of a window.
    Share(Share),
}

/// A threshold in percent: `failure_threshold: 50%`, `window: 10s`, `min_requests: 10`.
///
/// The window is kept as ten equal parts, so it covers between nine and ten tenths of its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Failures among the answers, in millionths, 1 to 1,000,000.
    pub millionths: u32,
    /// Length of the window in milliseconds, 10 to 3,600,000.
    pub window_ms: u64,
    /// Answers that the window must hold before it says anything, at least 1.
    pub min_requests: u32,
}

const MAX_OPEN_MS: u64 = 3_600_000;
const MAX_HALF_OPEN: u32 = 100;
const MIN_WINDOW_MS: u64 = 10;
const MAX_WINDOW_MS: u64 = 3_600_000;
const MILLION: u32 = 1_000_000;
const NS_PER_MS: u64 = 1_000_000;
const NS_PER_S: u64 = 1_000_000_000;

impl Settings {
    /// `failure_threshold` consecutive failures open the breaker, at least 1; it stays open for
    /// `open_ms` milliseconds, 1 to 3,600,000 (an hour); `half_open` probes, 1 to 100, may be out
    /// at once, and that many successes close it.
    ///
    /// # Errors
    /// A number outside its range.
    pub fn new(
        failure_threshold: u32,
        open_ms: u64,
        half_open: u32,
    ) -> Result<Settings, SettingsError> {
        Settings::checked(Trip::Row(failure_threshold), open_ms, half_open)
    }

    /// As [`Settings::new`], for a threshold in percent.
    ///
    /// # Errors
    /// A number outside its range.
    pub fn share(share: Share, open_ms: u64, half_open: u32) -> Result<Settings, SettingsError> {
        Settings::checked(Trip::Share(share), open_ms, half_open)
    }

    fn checked(trip: Trip, open_ms: u64, half_open: u32) -> Result<Settings, SettingsError> {
        match trip {
            Trip::Row(0) => return Err(SettingsError::FailureThreshold),
            Trip::Row(_) => {}
            Trip::Share(share) => {
                if !(1..=MILLION).contains(&share.millionths) {
                    return Err(SettingsError::Share(share.millionths));
                }
                if !(MIN_WINDOW_MS..=MAX_WINDOW_MS).contains(&share.window_ms) {
                    return Err(SettingsError::WindowMs(share.window_ms));
                }
                if share.min_requests == 0 {
                    return Err(SettingsError::MinRequests);
                }
            }
        }
        if !(1..=MAX_OPEN_MS).contains(&open_ms) {
            return Err(SettingsError::OpenMs(open_ms));
        }
        if !(1..=MAX_HALF_OPEN).contains(&half_open) {
            return Err(SettingsError::HalfOpen(half_open));
        }
        Ok(Settings {
            trip,
            open_ms,
            half_open,
        })
    }

    /// What opens the breaker.
    pub fn trip(&self) -> Trip {
        self.trip
    }

    /// Open time, and the lease of a probe, in milliseconds.
    pub fn open_ms(&self) -> u64 {
        self.open_ms
    }

    /// Probes that may be out at once, and successes that close.
    pub fn half_open(&self) -> u32 {
        self.half_open
    }

    fn open_ns(&self) -> u64 {
        self.open_ms * NS_PER_MS
    }
}

/// A setting outside its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// A threshold of zero.
    FailureThreshold,
    /// An open time that is not 1 to 3,600,000 ms.
    OpenMs(u64),
    /// A number of probes that is not 1 to 100.
    HalfOpen(u32),
    /// A share that is not 1 to 1,000,000 millionths.
    Share(u32),
    /// A window that is not 10 to 3,600,000 ms.
    WindowMs(u64),
    /// A window that would speak without an answer in it.
    MinRequests,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingsError::FailureThreshold => {
                f.write_str("the failure threshold must be at least 1")
            }
            SettingsError::OpenMs(found) => {
                write!(
                    f,
                    "the open time must be 1 to {MAX_OPEN_MS} ms, found {found}"
                )
            }
            SettingsError::HalfOpen(found) => {
                write!(
                    f,
                    "the number of probes must be 1 to {MAX_HALF_OPEN}, found {found}"
                )
            }
            SettingsError::Share(found) => write!(
                f,
                "the share of failures must be 1 to {MILLION} millionths, found {found}"
            ),
            SettingsError::WindowMs(found) => write!(
                f,
                "the window must be {MIN_WINDOW_MS} to {MAX_WINDOW_MS} ms, found {found}"
            ),
            SettingsError::MinRequests => {
                f.write_str("the minimum number of requests must be at least 1")
            }
        }
    }
}

impl std::error::Error for SettingsError {}

// === What is said to a request, and by its answer ===

/// What the breaker says to a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Admit {
    /// Closed: the request may go.
    Closed(Ticket),
    /// Half-open: the request may go, and its answer decides.
    Probe(Ticket),
    /// Open, or half-open with every probe out.
    Refused {
        /// Nanoseconds until a request may become a probe, at least 1.
        retry_after_ns: u64,
    },
}

impl Admit {
    /// Seconds for `retry-after` when refused, rounded up, so at least 1.
    pub fn retry_after_s(&self) -> Option<u64> {
        match self {
            Admit::Refused { retry_after_ns } => Some(retry_after_ns.div_ceil(NS_PER_S)),
            Admit::Closed(_) | Admit::Probe(_) => None,
        }
    }
}

/// The right to report one answer to the breaker that gave it out.
///
/// It is spent by [`Breaker::settle`], so that no answer counts twice. One that is dropped instead
/// counts as nothing, but a probe then holds its place until its lease ends; settle it with
/// [`Outcome::Abandoned`] to free the place at once.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "an answer that is not settled is not counted"]
pub struct Ticket {
    epoch: u64,
    pub(crate) lease: Option<Lease>,
}

/// A probe's place, and which probe holds it: the place may be given to another one later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lease {
    slot: usize,
    id: u64,
}

impl Lease {
    /// Bits for the slot: there are at most a hundred.
    const SLOT_BITS: u32 = 7;

    /// In one word, for a ticket that has to be small.
    pub(crate) fn pack(self) -> NonZeroU64 {
        let word = (self.id + 1) << Lease::SLOT_BITS | self.slot as u64;
        NonZeroU64::new(word).expect("the upper part is at least one")
    }

    pub(crate) fn unpack(word: NonZeroU64) -> Lease {
        let slots = (1 << Lease::SLOT_BITS) - 1;
        Lease {
            slot: (word.get() & slots) as usize,
            id: (word.get() >> Lease::SLOT_BITS) - 1,
        }
    }
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An answer that is no failure, a 4xx included.
    Success,
    /// A 5xx, a timeout, a reset or a refused connection; of gRPC the codes `UNKNOWN`,
    /// `DEADLINE_EXCEEDED`, `INTERNAL`, `UNAVAILABLE` and `DATA_LOSS`.
    Failure,
    /// Nobody knows: the client left, or a later policy answered. Counts as nothing.
    Abandoned,
}

// === Breaker ===

/// The breaker of one endpoint. Pure data: time comes with each call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breaker {
    settings: Settings,
    /// Goes up by one with each change of state.
    epoch: u64,
    state: State,
    counters: Counters,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Closed(Tally),
    Open {
        since: Nanos,
    },
    HalfOpen {
        successes: u32,
        /// One place per probe that may be out.
        slots: Vec<Option<Probe>>,
    },
}

/// What a closed breaker has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tally {
    /// The length of the present row of failures.
    Row(u32),
    /// The answers of the window.
    Window(Box<Window>),
}

impl Tally {
    fn new(trip: Trip) -> Tally {
        match trip {
            Trip::Row(_) => Tally::Row(0),
            Trip::Share(share) => Tally::Window(Box::new(Window::new(share))),
        }
    }
}

/// A probe that is out, or was when its lease ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Probe {
    id: u64,
    since: Nanos,
}

/// The state by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Requests pass.
    Closed,
    /// Requests are refused; also when the open time is over and no request has come since.
    Open,
    /// Probes decide.
    HalfOpen,
}

/// How often each thing happened since the breaker was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Changes to open, from closed and from half-open.
    pub opened: u64,
    /// Probes let through.
    pub probes: u64,
    /// Changes from half-open to closed.
    pub closed: u64,
}

impl Breaker {
    /// A closed breaker.
    pub fn new(settings: Settings) -> Breaker {
        Breaker {
            settings,
            epoch: 0,
            state: State::Closed(Tally::new(settings.trip)),
            counters: Counters::default(),
        }
    }

    /// Decides one request at `now`, in nanoseconds of a monotonic clock.
    pub fn admit(&mut self, now: Nanos) -> Admit {
        let open_ns = self.settings.open_ns();
        if let State::Open { since } = &mut self.state
            && remaining(since, open_ns, now) == 0
        {
            let slots = (0..self.settings.half_open).map(|_| None).collect();
            self.change(State::HalfOpen {
                successes: 0,
                slots,
            });
        }

        let epoch = self.epoch;
        match &mut self.state {
            State::Closed(_) => Admit::Closed(Ticket { epoch, lease: None }),
            State::Open { since } => Admit::Refused {
                retry_after_ns: remaining(since, open_ns, now),
            },
            State::HalfOpen { slots, .. } => {
                let mut earliest_ns = open_ns;
                for (slot, held) in slots.iter_mut().enumerate() {
                    // A place whose lease has ended is as free as an empty one.
                    let left_ns = held
                        .as_mut()
                        .map_or(0, |probe| remaining(&mut probe.since, open_ns, now));
                    if left_ns == 0 {
                        // The running number of a probe is its id: no two of one breaker share it.
                        let id = self.counters.probes;
                        self.counters.probes += 1;
                        *held = Some(Probe { id, since: now });
                        return Admit::Probe(Ticket {
                            epoch,
                            lease: Some(Lease { slot, id }),
                        });
                    }
                    earliest_ns = earliest_ns.min(left_ns);
                }
                Admit::Refused {
                    retry_after_ns: earliest_ns,
                }
            }
        }
    }

    /// Takes the answer to the request of `ticket`, which arrived at `now` (as for
    /// [`Breaker::admit`]; when both happen at one instant, settle first).
    pub fn settle(&mut self, ticket: Ticket, outcome: Outcome, now: Nanos) {
        if ticket.epoch != self.epoch {
            return;
        }
        match &mut self.state {
            State::Closed(tally) => match outcome {
                Outcome::Abandoned => {}
                Outcome::Success => self.succeeded(1, now),
                Outcome::Failure => {
                    let opens = match (tally, self.settings.trip) {
                        (Tally::Row(failures), Trip::Row(threshold)) => {
                            *failures += 1;
                            *failures >= threshold
                        }
                        (Tally::Window(window), _) => window.failed(now),
                        (Tally::Row(_), Trip::Share(_)) => false,
                    };
                    if opens {
                        self.open(now);
                    }
                }
            },
            // Nobody is let in while it is open, so no ticket of this epoch exists.
            State::Open { .. } => {}
            State::HalfOpen { successes, slots } => {
                let Some(lease) = ticket.lease else { return };
                // A slot that another breaker's ticket names may not exist here.
                let Some(slot) = slots.get_mut(lease.slot) else {
                    return;
                };
                let Some(probe) = slot.as_mut().filter(|probe| probe.id == lease.id) else {
                    return;
                };
                let left_ns = remaining(&mut probe.since, self.settings.open_ns(), now);
                *slot = None;
                if left_ns == 0 {
                    return;
                }
                match outcome {
                    Outcome::Abandoned => {}
                    Outcome::Success => {
                        *successes += 1;
                        if *successes >= self.settings.half_open {
                            self.counters.closed += 1;
                            self.change(State::Closed(Tally::new(self.settings.trip)));
                        }
                    }
                    Outcome::Failure => self.open(now),
                }
            }
        }
    }

    /// `count` successes of the closed state at once, as if each had been settled at `now`; none
    /// in another state.
    pub(crate) fn succeeded(&mut self, count: u32, now: Nanos) {
        match &mut self.state {
            State::Closed(Tally::Row(failures)) if count > 0 => *failures = 0,
            State::Closed(Tally::Window(window)) => window.succeeded(count, now),
            _ => {}
        }
    }

    /// Whether the newest part of the window alone proves that the share of failures is above the
    /// threshold; see [`Window::proves`]. Always `false` for a row.
    pub(crate) fn proves(&self) -> bool {
        matches!(&self.state, State::Closed(Tally::Window(window)) if window.proves())
    }

    /// A ticket as this state would give it to a request that it lets in.
    pub(crate) fn ticket(&self, lease: Option<Lease>) -> Ticket {
        Ticket {
            epoch: self.epoch,
            lease,
        }
    }

    /// The state by name, as the last call left it.
    pub fn phase(&self) -> Phase {
        match self.state {
            State::Closed(_) => Phase::Closed,
            State::Open { .. } => Phase::Open,
            State::HalfOpen { .. } => Phase::HalfOpen,
        }
    }

    /// What it was made from.
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// How often it opened, probed and closed.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// Opens for a reason that the caller has.
    pub(crate) fn open(&mut self, now: Nanos) {
        self.counters.opened += 1;
        self.change(State::Open { since: now });
    }

    fn change(&mut self, state: State) {
        self.epoch += 1;
        self.state = state;
    }
}

/// What is left at `now` of a span of `span_ns` that began at `since`.
///
/// A beginning that lies ahead comes from a clock that stepped back. The span then begins now, for
/// good, so that no step makes it longer than `span_ns` from here.
fn remaining(since: &mut Nanos, span_ns: u64, now: Nanos) -> u64 {
    *since = (*since).min(now);
    span_ns.saturating_sub(now - *since)
}
