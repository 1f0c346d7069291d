//! What the adaptive breaker costs a request, without the clock: `cargo bench -p cherry-runtime`.
//!
//! Times are the best and the median of thirty rounds, so that a busy machine shows as a distance
//! between the two. Each round first times the bare loop, which is taken off.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench reads the clock and prints"
)]

use std::hint::black_box;
use std::time::Instant;

use cherry_runtime::adaptive::{Adaptive, Admit, Settings, Ticket};
use cherry_runtime::breaker::{self, Outcome, Share};

const CALLS: u64 = 1_000_000;
const ROUNDS: usize = 30;
/// Requests come each 10 us, so the ticks that fall due are in the figures: one in 50,000 calls.
const STEP: u64 = 10_000;

fn breaker() -> Adaptive {
    let share = Share {
        millionths: 500_000,
        window_ms: 10_000,
        min_requests: 20,
    };
    let errors = breaker::Settings::share(share, 2000, 3).expect("good settings");
    Adaptive::new(Settings::new(errors), 7)
}

fn ticket(breaker: &Adaptive, now: u64) -> Ticket {
    match breaker.admit(now) {
        Admit::Passed(ticket) | Admit::Probe(ticket) => ticket,
        Admit::Refused { .. } | Admit::Shed { .. } => panic!("all is well, and it is closed"),
    }
}

/// Nanoseconds per call of `work`, which is handed the time and a latency.
fn time(work: &mut dyn FnMut(u64)) -> f64 {
    let begun = Instant::now();
    work(CALLS);
    begun.elapsed().as_nanos() as f64 / CALLS as f64
}

/// A latency between 10 and 75 ms, as different from call to call as the work of a service.
fn latency(call: u64) -> u64 {
    10_000_000 + (call.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 38)
}

fn row(name: &str, goal: &str, work: &mut dyn FnMut(u64), bare: &mut dyn FnMut(u64)) {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let bare = time(bare);
            (time(work) - bare).max(0.0)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    println!(
        "{name:36} {:>7.2} {:>7.2} {goal:>6}",
        rounds[0],
        rounds[ROUNDS / 2]
    );
}

fn main() {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("load {}", load.trim());
    println!(
        "{:36} {:>7} {:>7} {:>6}",
        "ns per call", "best", "median", "goal"
    );

    let adaptive = breaker();
    row(
        "admit, all admitted",
        "2",
        &mut |calls| {
            for call in 0..calls {
                black_box(black_box(&adaptive).admit(black_box(call * STEP)));
            }
        },
        &mut |calls| {
            for call in 0..calls {
                black_box(black_box(call * STEP));
            }
        },
    );

    // One ticket is given out per call, and its cost is that of the row above.
    let mut since = 0;
    row(
        "admit + settle of a success",
        "12",
        &mut |calls| {
            for call in since..since + calls {
                let now = call * STEP;
                let ticket = ticket(&adaptive, now);
                adaptive.settle(ticket, Outcome::Success, black_box(latency(call)), now);
            }
            since += calls;
        },
        &mut |calls| {
            for call in 0..calls {
                black_box(latency(call));
            }
        },
    );

    // Two in a hundred fail, which takes the lock each time and opens nothing.
    let failing = breaker();
    let mut since = 0;
    row(
        "the same, one in fifty fails",
        "-",
        &mut |calls| {
            for call in since..since + calls {
                let now = call * STEP;
                let ticket = ticket(&failing, now);
                let outcome = if call % 50 == 0 {
                    Outcome::Failure
                } else {
                    Outcome::Success
                };
                failing.settle(ticket, outcome, black_box(latency(call)), now);
            }
            since += calls;
        },
        &mut |calls| {
            for call in 0..calls {
                black_box(latency(call));
            }
        },
    );

    // Two threads on one breaker: each call is timed on its own thread, both run all the time.
    let shared = breaker();
    let mut since = 0;
    row(
        "admit + settle, two threads",
        "-",
        &mut |calls| {
            std::thread::scope(|scope| {
                for thread in 0..2 {
                    let shared = &shared;
                    scope.spawn(move || {
                        for call in since..since + calls {
                            let now = call * STEP;
                            let ticket = ticket(shared, now);
                            let latency = black_box(latency(call + thread));
                            shared.settle(ticket, Outcome::Success, latency, now);
                        }
                    });
                }
            });
            since += calls;
        },
        &mut |calls| {
            for call in 0..calls {
                black_box(latency(call));
            }
        },
    );
}
