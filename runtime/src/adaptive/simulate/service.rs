//! One service and its clients, in time that the simulation owns.
//!
//! Requests come at random (Poisson), wait in one queue for the first free worker, and are worked
//! on to the end even when their client has left after a second, which is what makes overload
//! hurt. Most scenarios have ten workers and work of 20 ms in the median: some 440 in a second.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::policies::{Policy, Token};
use crate::breaker::Outcome;
use crate::dice::Dice;

pub(super) const MS: u64 = 1_000_000;
pub(super) const S: u64 = 1_000 * MS;
/// The client's patience.
const PATIENCE: u64 = S;
/// An error that costs no work is answered after that long.
const FAST_ERROR: u64 = MS;
/// How long a client waits before it tries again: up to that, by chance.
const RETRY_PAUSE: u64 = 400 * MS;

/// How long the work takes when the service is well.
#[derive(Clone, Copy, Debug)]
pub(super) enum Work {
    /// Lognormal with a median of so many milliseconds and a sigma of 0.5. For 20 ms P95 is 45 ms
    /// and the mean 22.7 ms.
    Smooth(u32),
    /// So many in a hundred take 150 ms with a sigma of 0.2, the others 10 ms with one of 0.3.
    TwoPaths(u64),
}

impl Work {
    fn draw(self, dice: &mut Dice) -> f64 {
        let normal = normal(dice);
        let (median_ms, sigma) = match self {
            Work::Smooth(median_ms) => (f64::from(median_ms), 0.5),
            Work::TwoPaths(slow) if dice.below(100) < slow => (150.0, 0.2),
            Work::TwoPaths(_) => (10.0, 0.3),
        };
        median_ms * MS as f64 * f64::exp(sigma * normal)
    }

    pub(super) fn mean_s(self) -> f64 {
        match self {
            Work::Smooth(median_ms) => f64::from(median_ms) / 1000.0 * f64::exp(0.125),
            Work::TwoPaths(slow) => {
                let slow = slow as f64 / 100.0;
                slow * 0.15 * f64::exp(0.02) + (1.0 - slow) * 0.01 * f64::exp(0.045)
            }
        }
    }
}

/// What the world is like at a second of the run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weather {
    /// New requests per second.
    pub(super) rate: f64,
    /// What the work's length is multiplied with.
    pub(super) slow: f64,
    /// Share of requests that are answered with an error at once.
    pub(super) errors: f64,
}

/// A course of weather, and who lives in it.
#[derive(Clone, Copy)]
pub(super) struct Scenario {
    pub(super) name: &'static str,
    pub(super) seconds: u64,
    /// The incident, in seconds from the beginning; the whole run where nothing is wrong.
    pub(super) incident: Option<(u64, u64)>,
    pub(super) workers: usize,
    pub(super) work: Work,
    pub(super) weather: fn(f64) -> Weather,
    /// Every so many milliseconds, nothing moves for so many.
    pub(super) pauses: Option<(u64, u64)>,
    /// Tries after the first one.
    pub(super) retries: u32,
    pub(super) sla_p95_ms: Option<u64>,
    /// What the literal formula is given: the true P95 in milliseconds, and the usual rate.
    pub(super) base_ms: u64,
    pub(super) baseline: f64,
    /// Share of the ideal goodput that ours promises in the incident.
    pub(super) promised: f64,
}

impl Scenario {
    /// The share of clients in the incident that nobody can beat.
    pub(super) fn ideal(&self) -> f64 {
        let (from, to) = self.measured();
        let asked: f64 = (from..to).map(|s| self.weather_in(s).rate).sum();
        (from..to).map(|s| self.best_in(s)).sum::<f64>() / asked
    }

    /// The clients of a second that can be answered well: what the workers can do of what is asked.
    pub(super) fn best_in(&self, second: u64) -> f64 {
        let weather = self.weather_in(second);
        let capacity = self.workers as f64 / (self.work.mean_s() * weather.slow);
        // A client that tries again meets an error less often.
        let errors = weather.errors.powi(self.retries as i32 + 1);
        (weather.rate * (1.0 - errors)).min(capacity)
    }

    fn weather_in(&self, second: u64) -> Weather {
        (self.weather)(second as f64 + 0.5)
    }

    pub(super) fn measured(&self) -> (u64, u64) {
        self.incident.unwrap_or((0, self.seconds))
    }
}

/// What became of one second of clients, by the second in which they came.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Second {
    pub(super) clients: u32,
    /// Answered well and in time.
    pub(super) good: u32,
    /// Requests kept from the service.
    pub(super) refused: u32,
    pub(super) requests: u32,
    /// Requests that reached the service for nothing.
    pub(super) wasted: u32,
}

/// A run, looked back at.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) seconds: Vec<Second>,
    /// When it opened or began to lower, in nanoseconds.
    pub(super) trips: Vec<u64>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A client tries again; the try and the second in which it first came.
    Again(u32, usize),
    /// The answer of a request in flight.
    Answer(usize),
}

struct Flight {
    token: Token,
    outcome: Outcome,
    latency: u64,
    tries: u32,
    second: usize,
}

pub(super) fn run(scenario: &Scenario, policy: &mut dyn Policy, seed: u64) -> Run {
    let mut dice = Dice::new(seed);
    let mut seconds = vec![Second::default(); scenario.seconds as usize];
    let mut trips = Vec::new();
    let mut seen_trips = 0;
    let mut free = BinaryHeap::from(vec![Reverse(0_u64); scenario.workers]);
    let mut events = BinaryHeap::new();
    let mut flights: Vec<Option<Flight>> = Vec::new();
    let mut vacant = Vec::new();
    let end = scenario.seconds * S;
    let mut arrival = 0;
    let mut order = 0_u64;
    loop {
        let next: Option<u64> = events.peek().map(|Reverse((at, _, _))| *at);
        let now = next.map_or(arrival, |at| at.min(arrival));
        if now >= end {
            break;
        }
        let (tries, second) = if next.is_some_and(|at| at <= arrival) {
            let Some(Reverse((_, _, event))) = events.pop() else {
                unreachable!("it was looked at");
            };
            match event {
                Event::Again(tries, second) => (tries, second),
                Event::Answer(index) => {
                    let flight = flights[index].take().expect("each is answered once");
                    vacant.push(index);
                    policy.settle(flight.token, flight.outcome, flight.latency, now);
                    let count = &mut seconds[flight.second];
                    if flight.outcome == Outcome::Success {
                        count.good += 1;
                    } else {
                        count.wasted += 1;
                        again(
                            scenario,
                            &mut events,
                            &mut order,
                            &mut dice,
                            now,
                            flight.tries,
                            flight.second,
                        );
                    }
                    note(policy, &mut seen_trips, &mut trips, now);
                    continue;
                }
            }
        } else {
            let second = (now / S) as usize;
            seconds[second].clients += 1;
            let rate = (scenario.weather)(now as f64 / S as f64).rate;
            arrival = now + 1 + (-uniform(&mut dice).ln() / rate * S as f64) as u64;
            (0, second)
        };

        seconds[second].requests += 1;
        // Drawn whether or not it is admitted, so that every policy meets the same clients.
        let weather = (scenario.weather)(now as f64 / S as f64);
        let fails = uniform(&mut dice) < weather.errors;
        let work = scenario.work.draw(&mut dice);
        let Some(token) = policy.admit(now) else {
            seconds[second].refused += 1;
            again(
                scenario,
                &mut events,
                &mut order,
                &mut dice,
                now,
                tries,
                second,
            );
            note(policy, &mut seen_trips, &mut trips, now);
            continue;
        };
        let (outcome, latency) = if fails {
            (Outcome::Failure, FAST_ERROR)
        } else {
            let Reverse(at) = free.pop().expect("there are workers");
            let begin = at.max(now);
            let slow = (scenario.weather)(begin as f64 / S as f64).slow;
            let done = paused(scenario.pauses, begin, (work * slow) as u64);
            free.push(Reverse(done));
            if done - now > PATIENCE {
                (Outcome::Failure, PATIENCE)
            } else {
                (Outcome::Success, done - now)
            }
        };
        let flight = Flight {
            token,
            outcome,
            latency,
            tries,
            second,
        };
        let index = vacant.pop().unwrap_or_else(|| {
            flights.push(None);
            flights.len() - 1
        });
        flights[index] = Some(flight);
        order += 1;
        events.push(Reverse((now + latency, order, Event::Answer(index))));
        note(policy, &mut seen_trips, &mut trips, now);
    }
    Run { seconds, trips }
}

/// A client whose request failed comes back if it has a try left.
fn again(
    scenario: &Scenario,
    events: &mut BinaryHeap<Reverse<(u64, u64, Event)>>,
    order: &mut u64,
    dice: &mut Dice,
    now: u64,
    tries: u32,
    second: usize,
) {
    if tries < scenario.retries {
        *order += 1;
        let at = now + 1 + dice.below(RETRY_PAUSE);
        events.push(Reverse((at, *order, Event::Again(tries + 1, second))));
    }
}

fn note(policy: &dyn Policy, seen: &mut u64, trips: &mut Vec<u64>, now: u64) {
    let total = policy.trips();
    if total > *seen {
        *seen = total;
        trips.push(now);
    }
}

/// When work of `length` that begins at `begin` is done, if nothing moves during pauses. They lie
/// at the end of each period.
fn paused(pauses: Option<(u64, u64)>, begin: u64, length: u64) -> u64 {
    let Some((every_ms, for_ms)) = pauses else {
        return begin + length;
    };
    let (every, stopped) = (every_ms * MS, for_ms * MS);
    let moving = every - stopped;
    let into = (begin % every).min(moving);
    let worked = begin / every * moving + into + length;
    // Work that would end exactly with the moving part ends before the pause.
    let periods = (worked - 1) / moving;
    worked + periods * stopped
}

/// Above 0 and at most 1.
fn uniform(dice: &mut Dice) -> f64 {
    ((dice.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
}

fn normal(dice: &mut Dice) -> f64 {
    (-2.0 * uniform(dice).ln()).sqrt() * (std::f64::consts::TAU * uniform(dice)).cos()
}

#[test]
fn work_waits_for_pauses() {
    let pauses = Some((100, 20));
    assert_eq!(paused(None, 5, 7), 12);
    assert_eq!(paused(pauses, 0, 80 * MS), 80 * MS, "just done");
    assert_eq!(paused(pauses, 70 * MS, 20 * MS), 110 * MS, "over one pause");
    assert_eq!(paused(pauses, 90 * MS, 5 * MS), 105 * MS, "begun in one");
    assert_eq!(paused(pauses, 0, 250 * MS), 310 * MS, "over three");
}
