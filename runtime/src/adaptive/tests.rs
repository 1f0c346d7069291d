//! The parts one by one, then chance: no order of events and no clock brings it out of its bounds.

use std::sync::{Arc, Barrier};

use super::histogram::{Histogram, start_of};
use super::signal::{Signal, too_slow};
use super::steer::{Look, Seen, Steer};
use super::*;
use crate::breaker::{Breaker, Share};
use crate::dice::{Dice, seeds};

const MS: u64 = 1_000_000;
const S: u64 = 1_000 * MS;

fn row(failures: u32) -> breaker::Settings {
    breaker::Settings::new(failures, 2000, 1).expect("good settings")
}

/// Base 50 ms at 100 requests per second, so that nothing has to be learnt.
fn written() -> Settings {
    Settings::new(row(5))
        .base_latency_ms(50)
        .and_then(|settings| settings.baseline(100.0))
        .expect("good settings")
}

#[track_caller]
fn passed(adaptive: &Adaptive, now: Nanos) -> Ticket {
    match adaptive.admit(now) {
        Admit::Passed(ticket) => ticket,
        other => panic!("expected it to pass, found {other:?}"),
    }
}

/// `seconds` of 100 requests each, answered at once as far as the breaker is concerned.
fn drive(adaptive: &Adaptive, from: Nanos, seconds: u64, latency: u64) -> Nanos {
    for request in 0..seconds * 100 {
        let now = from + request * 10 * MS;
        if let Admit::Passed(ticket) = adaptive.admit(now) {
            adaptive.settle(ticket, Outcome::Success, latency, now);
        }
    }
    from + seconds * S
}

// === Settings ===

#[test]
fn settings_outside_their_range() {
    let settings = Settings::new(row(1));
    for (found, message) in [
        (
            settings.base_latency_ms(0),
            "the base latency must be 1 to 3600000 ms, found 0",
        ),
        (
            settings.sla_p95_ms(3_600_001),
            "the objective for P95 must be 1 to 3600000 ms, found 3600001",
        ),
        (
            settings.baseline(0.0),
            "the baseline rate must be above 0 and at most 1000000000 per second, found 0",
        ),
        (
            settings.baseline(-1.0),
            "the baseline rate must be above 0 and at most 1000000000 per second, found -1",
        ),
        (
            settings.baseline(f64::NAN),
            "the baseline rate must be above 0 and at most 1000000000 per second, found NaN",
        ),
    ] {
        assert_eq!(found.expect_err("out of range").to_string(), message);
    }
    assert!(settings.baseline(f64::INFINITY).is_err());
    assert!(settings.baseline(f64::MIN_POSITIVE).is_ok());
}

// === Histogram ===

#[test]
fn buckets_follow_each_other_and_hold_what_begins_in_them() {
    for bucket in 0..BUCKETS {
        assert_eq!(bucket_of(start_of(bucket)), bucket);
        assert_eq!(bucket_of(start_of(bucket + 1) - 1), bucket);
    }
    assert_eq!(bucket_of(u64::MAX), BUCKETS - 1);
}

#[test]
fn quantiles_are_within_two_percent() {
    for seed in seeds(&[1, 2, 3]) {
        let mut dice = Dice::new(seed);
        for _ in 0..50 {
            let mut histogram = Histogram::new();
            let mut values: Vec<u64> = (0..1 + dice.below(2000))
                .map(|_| (MS + dice.below(MS)) << dice.below(16))
                .collect();
            for &value in &values {
                histogram.add(bucket_of(value), 1);
            }
            values.sort_unstable();
            let exact = values[(values.len() * 95).div_ceil(100) - 1] as f64;
            let found = histogram.p95().expect("it holds values") as f64;
            assert!(
                (found / exact - 1.0).abs() <= 0.02,
                "seed {seed}: {found} for {exact}"
            );
            let limit = start_of(bucket_of(values[values.len() / 2]));
            let above = values.iter().filter(|&&value| value >= limit).count();
            assert_eq!(histogram.above(limit), above as u64, "seed {seed}");
        }
    }
    assert_eq!(Histogram::new().p95(), None);
}

/// Twelve slices, the window, the one being filled, a tick's answers, the reading and the counters.
const _: () = assert!((12 + 5) * BUCKETS * size_of::<u32>() <= 64 * 1024);

// === Signal ===

/// A signal that has seen `rate` requests per second for a minute.
fn at_rate(rate: u64) -> Signal {
    let mut signal = Signal::new();
    for _ in 0..60 {
        signal.requests(rate, S);
    }
    signal
}

#[test]
fn the_factor_is_floored_and_capped_and_the_letter_is_neither() {
    let literal = Settings::literal(row(5))
        .base_latency_ms(50)
        .and_then(|settings| settings.baseline(100.0))
        .expect("good settings");
    for (rate, bare, limit_ms) in [
        (0, 1.0, 65),
        (50, 1.175, 65),
        (100, 1.3, 65),
        (300, 1.6, 80),
        (1000, 2.038, 100),
        (100_000, 3.990, 100),
    ] {
        let signal = at_rate(rate);
        let factor = signal.factor(&literal).expect("all is written");
        assert!((factor - bare).abs() < 0.001, "{rate}/s: {factor}");
        let limit = signal.limit(&written()).expect("all is written");
        assert!(
            limit.abs_diff(limit_ms * MS) <= MS / 100,
            "{rate}/s: {limit}"
        );
        let letter = signal.limit(&literal).expect("all is written");
        assert_eq!(letter, (50.0 * MS as f64 * factor) as u64);
    }
}

#[test]
fn an_objective_above_the_formula_is_the_limit_and_one_below_is_not() {
    let signal = at_rate(100);
    let limit = |ms| signal.limit(&written().sla_p95_ms(ms).expect("good settings"));
    assert_eq!(limit(300), Some(300 * MS));
    assert_eq!(limit(10), Some(65 * MS));
}

#[test]
fn without_a_base_there_is_no_limit() {
    let signal = at_rate(100);
    let settings = Settings::new(row(5)).sla_p95_ms(300).expect("good");
    assert_eq!(signal.limit(&settings), None);
}

#[test]
fn the_rate_forgets_by_a_third_in_ten_seconds() {
    let mut signal = at_rate(100);
    for _ in 0..10 {
        signal.requests(0, S);
    }
    let rate = signal.rate().expect("it has seen some");
    assert!((rate - 100.0 / std::f64::consts::E).abs() < 0.1, "{rate}");
    // A gap counts for what it is long.
    let mut gap = at_rate(100);
    gap.requests(0, 10 * S);
    assert!((gap.rate().expect("it has seen some") - rate).abs() < 0.1);
}

#[test]
fn the_window_holds_a_minute_and_is_read_each_five_seconds() {
    let mut signal = Signal::new();
    signal.begin(0);
    signal.add_one(bucket_of(100 * MS));
    assert!(!signal.update(5 * S - 1));
    assert_eq!(signal.p95(), None);
    assert!(signal.update(5 * S));
    let p95 = signal.p95().expect("one answer");
    assert!(p95.abs_diff(100 * MS) < 2 * MS, "{p95}");
    assert!(signal.update(60 * S));
    assert_eq!(signal.p95(), Some(p95), "its slice is the twelfth");
    assert!(signal.update(65 * S));
    assert_eq!(signal.p95(), None);
    signal.add_one(bucket_of(100 * MS));
    assert!(signal.update(1_000_000 * S), "a long gap");
    assert_eq!(signal.window().total(), 0, "what came before it is old");
}

#[test]
fn a_base_is_the_median_of_six_updates_or_more() {
    let settings = Settings::new(row(5));
    let mut signal = Signal::new();
    signal.begin(0);
    for update in 1..=6 {
        assert_eq!(signal.base(&settings), None, "before update {update}");
        for _ in 0..20 {
            signal.add_one(bucket_of(40 * MS));
        }
        signal.update(update * 5 * S);
        signal.learn(20);
    }
    let base = signal.base(&settings).expect("learnt");
    assert!(base.abs_diff(40 * MS) < MS, "{base}");
    signal.relearn(90 * MS);
    assert_eq!(signal.base(&settings), Some(90 * MS));
}

#[test]
fn what_one_reading_in_five_shows_is_no_news() {
    let settings = Settings::new(row(5));
    let mut signal = at_rate(100);
    signal.begin(0);
    for update in 1..=60 {
        let latency = if update % 4 == 0 { 300 } else { 40 };
        signal.clear(update * 5 * S);
        for _ in 0..20 {
            signal.add_one(bucket_of(latency * MS));
        }
        signal.update((update + 1) * 5 * S);
        signal.learn(20);
    }
    let base = signal.base(&settings).expect("learnt");
    assert!(base.abs_diff(40 * MS) < MS, "{base}");
    let limit = signal.limit(&settings).expect("learnt");
    assert!(limit.abs_diff(300 * MS) < 5 * MS, "{limit}");
    let written = settings.base_latency_ms(40).expect("good settings");
    let limit = signal.limit(&written).expect("written");
    assert_eq!(limit, 52 * MS, "what is written holds");
}

#[test]
fn chance_is_no_proof() {
    let of = |slow: u32, all: u32| {
        let mut histogram = Histogram::new();
        histogram.add(bucket_of(200 * MS), slow);
        histogram.add(bucket_of(10 * MS), all - slow);
        too_slow(&histogram, 100 * MS, 3.0, 20)
    };
    assert_eq!(of(19, 19), None, "too few to say");
    assert_eq!(of(5, 20), Some(false));
    assert_eq!(of(6, 20), Some(true));
    assert_eq!(of(60, 1000), Some(false));
    assert_eq!(of(80, 1000), Some(true));
}

// === Steer ===

const BUSY: Look = Look {
    elapsed_s: 0.5,
    successes: 100,
    failures: 0,
    turned_away: 50,
};

fn seen(slow: bool, p95_ms: u64) -> Option<Seen> {
    Some(Seen {
        slow,
        p95_ns: p95_ms * MS,
    })
}

#[test]
fn it_begins_by_littles_law_cuts_a_quarter_and_adds_a_twentieth() {
    // 200 per second at three quarters of 200 ms.
    let mut steer = Steer::enter(200 * MS, Some(5.0), &BUSY);
    assert_eq!(steer.in_flight(), Some(30));
    let mut step = |seen| {
        assert_eq!(steer.step(seen, Some(200 * MS), &BUSY), None);
        steer.in_flight()
    };
    assert_eq!(step(seen(true, 400)), Some(22));
    assert_eq!(
        step(seen(true, 400)),
        Some(22),
        "no answer speaks of the cut"
    );
    assert_eq!(step(seen(true, 300)), Some(16));
    assert_eq!(step(seen(false, 190)), Some(16), "near the limit it stays");
    assert_eq!(step(seen(false, 100)), Some(17));
    assert_eq!(step(None), Some(18), "too few answers to harm anybody");
}

#[test]
fn what_is_usual_is_never_cut_and_what_cannot_be_helped_becomes_the_limit() {
    let mut steer = Steer::enter(100 * MS, Some(12.0), &BUSY);
    for _ in 0..3 {
        assert_eq!(steer.step(seen(true, 400), Some(100 * MS), &BUSY), None);
        assert_eq!(steer.step(None, Some(100 * MS), &BUSY), None);
        assert!(steer.in_flight() >= Some(12));
        assert_eq!(steer.limit(100 * MS), 100 * MS);
    }
    assert_eq!(steer.step(seen(true, 400), Some(100 * MS), &BUSY), None);
    assert_eq!(steer.limit(100 * MS), 600 * MS, "half above 400 ms");
    let calm = Look {
        turned_away: 0,
        ..BUSY
    };
    let back = (0..4).find_map(|_| steer.step(seen(false, 400), Some(600 * MS), &calm));
    assert_eq!(
        back.expect("nobody is turned away").relief_ns,
        Some(400 * MS)
    );
}

#[test]
fn a_clients_patience_is_no_new_normal() {
    let failing = Look {
        failures: 20,
        ..BUSY
    };
    let mut steer = Steer::enter(100 * MS, None, &failing);
    for _ in 0..50 {
        assert_eq!(steer.step(seen(true, 1000), Some(100 * MS), &failing), None);
    }
    assert_eq!(steer.limit(100 * MS), 100 * MS);
    assert_eq!(steer.in_flight(), Some(2), "and there is a floor");
}

// === Adaptive ===

#[test]
fn slow_answers_lower_admission_and_open_nothing() {
    let adaptive = Adaptive::new(written(), 1);
    let now = drive(&adaptive, 0, 10, 40 * MS);
    assert_eq!(adaptive.status().in_flight, None);
    let now = drive(&adaptive, now, 2, 300 * MS);
    let status = adaptive.status();
    assert_eq!((status.lowered, status.phase), (1, Phase::Closed));
    let most = status.in_flight.expect("admission is lowered");
    assert_eq!(status.p95_ns, None, "the window is cleared");
    // Nobody answers: beyond the limit only dice let in.
    let let_in = (0..2000)
        .filter(|_| matches!(adaptive.admit(now), Admit::Passed(_)))
        .count();
    let by_dice = let_in - most as usize;
    assert!((5..70).contains(&by_dice), "{let_in} of {most}");
    assert_eq!(
        adaptive.admit(now),
        Admit::Shed {
            retry_after_ns: 1_000_000_000
        }
    );
}

#[test]
fn every_outcome_gives_its_place_back() {
    let adaptive = Adaptive::new(written(), 1);
    let now = drive(&adaptive, 0, 10, 40 * MS);
    let now = drive(&adaptive, now, 2, 300 * MS);
    let in_flight = || adaptive.hot.written.in_flight.load(Ordering::Relaxed);
    assert_eq!(in_flight(), 0, "all that was let in has been answered");
    let tickets = [
        passed(&adaptive, now),
        passed(&adaptive, now),
        passed(&adaptive, now),
    ];
    assert_eq!(in_flight(), 3);
    let outcomes = [Outcome::Success, Outcome::Failure, Outcome::Abandoned];
    for (ticket, outcome) in tickets.into_iter().zip(outcomes) {
        adaptive.settle(ticket, outcome, MS, now);
    }
    assert_eq!(in_flight(), 0);
}

#[test]
fn answers_from_before_it_was_lowered_open_nothing() {
    let adaptive = Adaptive::new(written(), 1);
    let now = drive(&adaptive, 0, 10, 40 * MS);
    let waiting: Vec<Ticket> = (0..20).map(|_| passed(&adaptive, now)).collect();
    let now = drive(&adaptive, now, 2, 300 * MS);
    for ticket in waiting {
        adaptive.settle(ticket, Outcome::Failure, S, now);
    }
    assert_eq!(adaptive.status().phase, Phase::Closed, "a queue timed out");
    for _ in 0..5 {
        let ticket = passed(&adaptive, now);
        adaptive.settle(ticket, Outcome::Failure, MS, now);
    }
    assert_eq!(
        adaptive.status().phase,
        Phase::Open,
        "five in a row fail now"
    );
}

#[test]
fn dropped_tickets_do_not_shut_the_door_for_good() {
    let adaptive = Adaptive::new(written(), 1);
    let mut now = drive(&adaptive, 0, 10, 40 * MS);
    now = drive(&adaptive, now, 2, 300 * MS);
    assert!(adaptive.status().in_flight.is_some());
    // Every place is taken by a request that nobody settles.
    for _ in 0..100 {
        let _unsettled = adaptive.admit(now);
    }
    // In five minutes dice let in who answers well, places are added, and all are admitted.
    drive(&adaptive, now, 300, 40 * MS);
    assert_eq!(adaptive.status().in_flight, None);
}

#[test]
fn the_bare_formula_opens_and_sees_no_errors() {
    let settings = Settings::literal(row(1))
        .base_latency_ms(50)
        .and_then(|settings| settings.baseline(100.0))
        .expect("good settings");
    let adaptive = Adaptive::new(settings, 1);
    for request in 0..2000 {
        let now = request * 10 * MS;
        let ticket = passed(&adaptive, now);
        adaptive.settle(ticket, Outcome::Failure, MS, now);
    }
    assert_eq!(adaptive.status().phase, Phase::Closed);
    drive(&adaptive, 20 * S, 6, 80 * MS);
    assert_eq!(adaptive.status().breaker.opened, 1);
}

#[test]
fn a_share_is_proved_before_the_window_is_full_of_it() {
    let share = Share {
        millionths: 500_000,
        window_ms: 10_000,
        min_requests: 20,
    };
    let errors = breaker::Settings::share(share, 2000, 1).expect("good settings");
    let (adaptive, mut plain) = (
        Adaptive::new(Settings::new(errors), 1),
        Breaker::new(errors),
    );
    let opened_after = |open: &mut dyn FnMut(Outcome, Nanos) -> bool| {
        let begin = 10 * S;
        for request in 0..1000 {
            open(Outcome::Success, request * 10 * MS);
        }
        (0..1000)
            .map(|request| begin + request * 10 * MS)
            .find(|&now| open(Outcome::Failure, now))
            .map(|now| now - begin)
    };
    let ours = opened_after(&mut |outcome, now| {
        let ticket = passed(&adaptive, now);
        adaptive.settle(ticket, outcome, MS, now);
        adaptive.status().phase == Phase::Open
    });
    let theirs = opened_after(&mut |outcome, now| {
        let breaker::Admit::Closed(ticket) = plain.admit(now) else {
            panic!("it is closed");
        };
        plain.settle(ticket, outcome, now);
        plain.phase() == Phase::Open
    });
    assert!(ours.is_some_and(|after| after < S), "{ours:?}");
    assert!(theirs.is_some_and(|after| after > 4 * S), "{theirs:?}");
}

#[test]
fn sixty_four_callers_at_the_timeout_make_as_many_probes_as_there_may_be() {
    for half_open in [1, 3] {
        let errors = breaker::Settings::new(1, 2000, half_open).expect("good settings");
        let adaptive = Arc::new(Adaptive::new(Settings::new(errors), 1));
        let ticket = passed(&adaptive, 0);
        adaptive.settle(ticket, Outcome::Failure, MS, 0);
        let barrier = Arc::new(Barrier::new(64));
        let callers: Vec<_> = (0..64)
            .map(|_| {
                let (adaptive, barrier) = (adaptive.clone(), barrier.clone());
                std::thread::spawn(move || {
                    barrier.wait();
                    matches!(adaptive.admit(2 * S), Admit::Probe(_))
                })
            })
            .collect();
        let probes = callers
            .into_iter()
            .map(|caller| u32::from(caller.join().expect("nobody panics")))
            .sum::<u32>();
        assert_eq!(probes, half_open);
    }
}

#[test]
fn threads_lose_no_answer() {
    let adaptive = Arc::new(Adaptive::new(written(), 1));
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let adaptive = adaptive.clone();
            std::thread::spawn(move || {
                for request in 0..20_000 {
                    let now = request * 100_000 + thread;
                    let ticket = passed(&adaptive, now);
                    adaptive.settle(ticket, Outcome::Success, 40 * MS, now);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("nobody panics");
    }
    let counted: u32 = adaptive
        .hot
        .buckets
        .iter()
        .map(|count| count.load(Ordering::Relaxed))
        .sum();
    assert_eq!(counted, 80_000);
}

#[test]
fn a_lease_in_one_word_is_the_same_lease() {
    let errors = breaker::Settings::new(1, 1, 100).expect("good settings");
    let mut breaker = Breaker::new(errors);
    let breaker::Admit::Closed(ticket) = breaker.admit(0) else {
        panic!("it is closed");
    };
    breaker.settle(ticket, Outcome::Failure, 0);
    for probe in 0..1000 {
        let breaker::Admit::Probe(ticket) = breaker.admit(MS * (1 + probe / 100)) else {
            panic!("a place is free");
        };
        let lease = ticket.lease.expect("a probe has one");
        assert_eq!(breaker::Lease::unpack(lease.pack()), lease);
    }
}

// === Chance ===

/// With quick answers and few in flight it is the breaker that is inside, answer for answer.
#[test]
fn agrees_with_the_breaker_it_is_made_of() {
    let mut probes = 0;
    for seed in seeds(&[21, 22, 23]) {
        let mut dice = Dice::new(seed);
        for run in 0..60 {
            let threshold = 1 + u32::try_from(dice.below(5)).expect("small");
            let open_ms = 1 + dice.below(20);
            let half_open = 1 + u32::try_from(dice.below(4)).expect("small");
            let errors =
                breaker::Settings::new(threshold, open_ms, half_open).expect("good settings");
            let (adaptive, mut plain) = (
                Adaptive::new(Settings::new(errors), seed),
                Breaker::new(errors),
            );
            let mut out = Vec::new();
            let mut now = 0;
            for step in 0..500 {
                let place = format!("seed {seed}, run {run}, step {step}");
                now += [0, 0, dice.below(MS), dice.below(open_ms * MS)]
                    [usize::try_from(dice.below(4)).expect("small")];
                if out.is_empty() || (out.len() < 9 && dice.below(2) == 0) {
                    match (adaptive.admit(now), plain.admit(now)) {
                        (Admit::Passed(ours), breaker::Admit::Closed(theirs))
                        | (Admit::Probe(ours), breaker::Admit::Probe(theirs)) => {
                            out.push((ours, theirs));
                        }
                        (
                            Admit::Refused { retry_after_ns },
                            breaker::Admit::Refused {
                                retry_after_ns: theirs,
                            },
                        ) => assert_eq!(retry_after_ns, theirs, "{place}"),
                        (ours, theirs) => panic!("{place}: {ours:?}, {theirs:?}"),
                    }
                } else {
                    let pick = usize::try_from(dice.below(out.len() as u64)).expect("small");
                    let (ours, theirs) = out.swap_remove(pick);
                    let outcome = [Outcome::Success, Outcome::Failure, Outcome::Abandoned]
                        [usize::try_from(dice.below(3)).expect("small")];
                    adaptive.settle(ours, outcome, MS, now);
                    plain.settle(theirs, outcome, now);
                }
                assert_eq!(adaptive.status().phase, plain.phase(), "{place}");
            }
            assert_eq!(adaptive.status().breaker, plain.counters());
            probes += plain.counters().probes;
        }
    }
    assert!(probes > 1000, "{probes}");
}

/// Any events in any order, on a clock that leaps both ways: nothing panics, waits are bounded, and
/// who comes back after the open time is let in, by a thousand tries at most where dice decide.
#[test]
fn no_time_and_no_order_bring_it_out_of_its_bounds() {
    let (mut lowered, mut opened) = (0, 0);
    for seed in seeds(&[31, 32, 33, 34]) {
        let mut dice = Dice::new(seed);
        for run in 0..40 {
            let share = Share {
                millionths: 1 + u32::try_from(dice.below(1_000_000)).expect("small"),
                window_ms: 10 + dice.below(60_000),
                min_requests: 1 + u32::try_from(dice.below(50)).expect("small"),
            };
            let open_ms = 1 + dice.below(5000);
            let half_open = 1 + u32::try_from(dice.below(3)).expect("small");
            let errors =
                breaker::Settings::share(share, open_ms, half_open).expect("good settings");
            let settings = match run % 3 {
                0 => Settings::new(errors),
                1 => Settings::literal(errors),
                _ => Settings::new(errors).sla_p95_ms(50).expect("good"),
            };
            let settings = if dice.below(2) == 0 {
                settings
                    .base_latency_ms(1 + dice.below(100))
                    .and_then(|settings| settings.baseline(50.0))
                    .expect("good settings")
            } else {
                settings
            };
            let adaptive = Adaptive::new(settings, seed);
            let mut out = Vec::new();
            let mut now = dice.next() >> dice.below(64);
            let mut sick = false;
            for step in 0..3000 {
                sick ^= dice.below(400) == 0;
                let place = format!("seed {seed}, run {run}, step {step}, {settings:?}");
                now = match dice.below(1000) {
                    0 => dice.next() >> dice.below(64),
                    1 => u64::saturating_sub(now, dice.below(100 * S)),
                    2 => now.saturating_add(dice.below(100 * S)),
                    3 => u64::MAX,
                    _ => now.saturating_add(dice.below(20 * MS)),
                };
                if out.is_empty() || dice.below(2) == 0 {
                    match adaptive.admit(now) {
                        Admit::Passed(ticket) | Admit::Probe(ticket) => out.push(ticket),
                        Admit::Refused { retry_after_ns } => {
                            assert!((1..=open_ms * MS).contains(&retry_after_ns), "{place}");
                        }
                        Admit::Shed { retry_after_ns } => assert_eq!(retry_after_ns, S, "{place}"),
                    }
                } else {
                    let pick = usize::try_from(dice.below(out.len() as u64)).expect("small");
                    let outcome = match dice.below(20) {
                        0 => Outcome::Abandoned,
                        1 | 2 => Outcome::Failure,
                        _ => Outcome::Success,
                    };
                    let latency = match (dice.below(50), sick) {
                        (0, _) => dice.next() >> dice.below(64),
                        (_, false) => MS + dice.below(10 * MS),
                        (_, true) => MS + dice.below(2 * S),
                    };
                    adaptive.settle(out.swap_remove(pick), outcome, latency, now);
                }
                let status = adaptive.status();
                assert!(status.in_flight.is_none_or(|most| most >= 2), "{place}");
                assert!(status.qps.is_none_or(|qps| qps >= 0.0), "{place}");
            }
            lowered += adaptive.status().lowered;
            opened += adaptive.status().breaker.opened;
            let then = now.saturating_add(open_ms * MS);
            if then < u64::MAX {
                let let_in = (0..1000)
                    .any(|_| matches!(adaptive.admit(then), Admit::Passed(_) | Admit::Probe(_)));
                assert!(let_in, "seed {seed}, run {run}: {:?}", adaptive.status());
            }
        }
    }
    assert!(lowered > 25 && opened > 50, "{lowered} and {opened}");
}
