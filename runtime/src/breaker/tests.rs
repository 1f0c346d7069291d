//! The sentences of the language one by one, then chance against a model told in other words.

use std::sync::{Arc, Barrier, Mutex};

use super::*;
use crate::dice::{Dice, seeds};

const MS: u64 = 1_000_000;

fn breaker(failure_threshold: u32, open_ms: u64, half_open: u32) -> Breaker {
    Breaker::new(Settings::new(failure_threshold, open_ms, half_open).expect("good settings"))
}

#[track_caller]
fn closed(breaker: &mut Breaker, now: Nanos) -> Ticket {
    match breaker.admit(now) {
        Admit::Closed(ticket) => ticket,
        other => panic!("expected closed, found {other:?}"),
    }
}

#[track_caller]
fn probe(breaker: &mut Breaker, now: Nanos) -> Ticket {
    match breaker.admit(now) {
        Admit::Probe(ticket) => ticket,
        other => panic!("expected a probe, found {other:?}"),
    }
}

#[track_caller]
fn refused(breaker: &mut Breaker, now: Nanos) -> u64 {
    match breaker.admit(now) {
        Admit::Refused { retry_after_ns } => retry_after_ns,
        other => panic!("expected a refusal, found {other:?}"),
    }
}

#[track_caller]
fn fail(breaker: &mut Breaker, times: u32, now: Nanos) {
    for _ in 0..times {
        let ticket = closed(breaker, now);
        breaker.settle(ticket, Outcome::Failure, now);
    }
}

/// Opened by its last failure at `at`.
fn opened(open_ms: u64, half_open: u32, at: Nanos) -> Breaker {
    let mut breaker = breaker(1, open_ms, half_open);
    fail(&mut breaker, 1, at);
    breaker
}

// === Closed ===

#[test]
fn the_fifth_failure_opens() {
    let mut breaker = breaker(5, 2000, 1);
    fail(&mut breaker, 4, 0);
    assert_eq!(breaker.phase(), Phase::Closed);
    fail(&mut breaker, 1, 0);
    assert_eq!(breaker.phase(), Phase::Open);
    assert_eq!(refused(&mut breaker, 0), 2000 * MS);
    assert_eq!(
        breaker.counters(),
        Counters {
            opened: 1,
            probes: 0,
            closed: 0
        }
    );
}

#[test]
fn a_success_ends_the_row_and_time_does_not() {
    let mut breaker = breaker(5, 2000, 1);
    fail(&mut breaker, 4, 0);
    let ticket = closed(&mut breaker, 0);
    breaker.settle(ticket, Outcome::Success, 0);
    fail(&mut breaker, 4, 0);
    assert_eq!(breaker.phase(), Phase::Closed);
    fail(&mut breaker, 1, 400 * 86_400_000 * MS);
    assert_eq!(breaker.phase(), Phase::Open, "a row has no time limit");
}

#[test]
fn an_abandoned_request_neither_adds_nor_resets() {
    let mut breaker = breaker(2, 2000, 1);
    fail(&mut breaker, 1, 0);
    let ticket = closed(&mut breaker, 0);
    breaker.settle(ticket, Outcome::Abandoned, 0);
    assert_eq!(breaker.phase(), Phase::Closed);
    fail(&mut breaker, 1, 0);
    assert_eq!(breaker.phase(), Phase::Open);
}

#[test]
fn the_row_is_in_order_of_answers_and_open_time_starts_with_the_last() {
    let mut breaker = breaker(2, 2000, 1);
    let (slow, quick) = (closed(&mut breaker, 0), closed(&mut breaker, 10 * MS));
    breaker.settle(quick, Outcome::Failure, 20 * MS);
    breaker.settle(slow, Outcome::Failure, 500 * MS);
    assert_eq!(refused(&mut breaker, 500 * MS), 2000 * MS);
    assert_eq!(refused(&mut breaker, 2500 * MS - 1), 1);
    let _probe = probe(&mut breaker, 2500 * MS);
}

// === Closed, with a threshold in percent ===

fn share(millionths: u32, window_ms: u64, min_requests: u32) -> Share {
    Share {
        millionths,
        window_ms,
        min_requests,
    }
}

fn half_of_ten_seconds(min_requests: u32) -> Breaker {
    let settings = Settings::share(share(500_000, 10_000, min_requests), 2000, 1);
    Breaker::new(settings.expect("good settings"))
}

#[track_caller]
fn succeed(breaker: &mut Breaker, times: u32, now: Nanos) {
    for _ in 0..times {
        let ticket = closed(breaker, now);
        breaker.settle(ticket, Outcome::Success, now);
    }
}

#[test]
fn the_failure_that_reaches_the_share_opens() {
    let mut breaker = half_of_ten_seconds(10);
    succeed(&mut breaker, 6, 0);
    fail(&mut breaker, 5, 5000 * MS);
    assert_eq!(breaker.phase(), Phase::Closed, "five of eleven");
    fail(&mut breaker, 1, 5000 * MS);
    assert_eq!(breaker.phase(), Phase::Open, "six of twelve");
    assert_eq!(refused(&mut breaker, 5000 * MS), 2000 * MS);
}

#[test]
fn fewer_answers_than_the_minimum_say_nothing_and_a_success_never_opens() {
    let mut breaker = half_of_ten_seconds(10);
    fail(&mut breaker, 9, 0);
    assert_eq!(breaker.phase(), Phase::Closed);
    succeed(&mut breaker, 1, 0);
    assert_eq!(breaker.phase(), Phase::Closed, "nine of ten, but a success");
    fail(&mut breaker, 1, 0);
    assert_eq!(breaker.phase(), Phase::Open);
}

#[test]
fn abandoned_requests_are_not_in_the_window() {
    let mut breaker = half_of_ten_seconds(2);
    for _ in 0..50 {
        let ticket = closed(&mut breaker, 0);
        breaker.settle(ticket, Outcome::Abandoned, 0);
    }
    fail(&mut breaker, 1, 0);
    assert_eq!(breaker.phase(), Phase::Closed, "one answer");
    fail(&mut breaker, 1, 0);
    assert_eq!(breaker.phase(), Phase::Open);
}

#[test]
fn the_window_forgets_by_tenths() {
    let mut breaker = half_of_ten_seconds(2);
    succeed(&mut breaker, 100, 500 * MS);
    // The first answer began the first part; the tenth part after it takes its place.
    let mut early = breaker.clone();
    fail(&mut early, 3, 10_500 * MS - 1);
    assert_eq!(early.phase(), Phase::Closed);
    fail(&mut breaker, 2, 10_500 * MS);
    assert_eq!(breaker.phase(), Phase::Open);
}

#[test]
fn a_closed_breaker_begins_with_an_empty_window() {
    let mut breaker = half_of_ten_seconds(2);
    fail(&mut breaker, 2, 0);
    let ticket = probe(&mut breaker, 2000 * MS);
    breaker.settle(ticket, Outcome::Success, 2000 * MS);
    fail(&mut breaker, 1, 2000 * MS);
    assert_eq!(breaker.phase(), Phase::Closed);
}

#[test]
fn a_window_outlives_a_step_back_and_a_leap_to_the_end_of_time() {
    let mut breaker = half_of_ten_seconds(3);
    fail(&mut breaker, 1, 1_000_000 * MS);
    fail(&mut breaker, 1, 5);
    assert_eq!(breaker.phase(), Phase::Closed);
    let mut leapt = breaker.clone();
    fail(&mut leapt, 2, u64::MAX);
    assert_eq!(leapt.phase(), Phase::Closed, "what was before is forgotten");
    fail(&mut breaker, 1, 5);
    assert_eq!(breaker.phase(), Phase::Open, "and by a step back it is not");
}

/// 100,000 answers against a list of them, in which the parts are found by division.
#[test]
fn the_window_agrees_with_a_list() {
    let mut opened = 0;
    for seed in seeds(&[11, 12]) {
        let mut dice = Dice::new(seed);
        for run in 0..100 {
            let millionths = 1 + u32::try_from(dice.below(1_000_000)).expect("small");
            let window_ms = 10 + dice.below(50);
            let min = 1 + u32::try_from(dice.below(20)).expect("small");
            let settings = Settings::share(share(millionths, window_ms, min), 1000, 1);
            let mut breaker = Breaker::new(settings.expect("good settings"));
            let part = window_ms * MS / 10;
            let begin = dice.below(MS);
            let mut list: Vec<(u64, bool)> = Vec::new();
            let mut now = begin;
            for step in 0..500 {
                let good = dice.below(1_000_000) >= u64::from(millionths) * 9 / 10;
                let ticket = closed(&mut breaker, now);
                let outcome = if good {
                    Outcome::Success
                } else {
                    Outcome::Failure
                };
                breaker.settle(ticket, outcome, now);
                list.push(((now - begin) / part, good));
                let newest = (now - begin) / part;
                let seen: Vec<bool> = list
                    .iter()
                    .filter(|(at, _)| at + 10 > newest)
                    .map(|(_, good)| *good)
                    .collect();
                let failures = seen.iter().filter(|good| !**good).count() as u64;
                let opens = !good
                    && seen.len() as u64 >= u64::from(min)
                    && failures * 1_000_000 >= u64::from(millionths) * seen.len() as u64;
                let place = format!("seed {seed}, run {run}, step {step}");
                assert_eq!(breaker.phase() == Phase::Open, opens, "{place}");
                if opens {
                    opened += 1;
                    break;
                }
                now += match dice.below(6) {
                    0 => part,
                    1 => dice.below(part),
                    2 => dice.below(3 * part),
                    _ => 0,
                };
            }
        }
    }
    assert!(opened > 50, "only {opened} opened");
}

// === Open ===

#[test]
fn at_exactly_the_timeout_one_probe_passes_and_its_success_closes() {
    let mut breaker = opened(2000, 1, 7);
    assert_eq!(refused(&mut breaker, 7 + 2000 * MS - 1), 1);
    assert_eq!(breaker.phase(), Phase::Open);
    let ticket = probe(&mut breaker, 7 + 2000 * MS);
    assert_eq!(breaker.phase(), Phase::HalfOpen);
    assert_eq!(refused(&mut breaker, 7 + 2000 * MS), 2000 * MS);
    breaker.settle(ticket, Outcome::Success, 7 + 2001 * MS);
    let _request = closed(&mut breaker, 7 + 2001 * MS);
    assert_eq!(
        breaker.counters(),
        Counters {
            opened: 1,
            probes: 1,
            closed: 1
        }
    );
}

#[test]
fn a_failed_probe_opens_for_the_whole_time_again() {
    let mut breaker = opened(2000, 1, 0);
    let ticket = probe(&mut breaker, 5000 * MS);
    breaker.settle(ticket, Outcome::Failure, 5100 * MS);
    assert_eq!(refused(&mut breaker, 5100 * MS), 2000 * MS);
    let _probe = probe(&mut breaker, 7100 * MS);
    assert_eq!(
        breaker.counters(),
        Counters {
            opened: 2,
            probes: 2,
            closed: 0
        }
    );
}

#[test]
fn a_closed_breaker_has_forgotten_the_old_row() {
    let mut breaker = breaker(3, 10, 1);
    fail(&mut breaker, 3, 0);
    let ticket = probe(&mut breaker, 10 * MS);
    breaker.settle(ticket, Outcome::Success, 10 * MS);
    fail(&mut breaker, 2, 10 * MS);
    assert_eq!(breaker.phase(), Phase::Closed);
}

#[test]
fn sixty_four_callers_at_the_timeout_make_one_probe() {
    for half_open in [1, 3] {
        let breaker = Arc::new(Mutex::new(opened(2000, half_open, 0)));
        let barrier = Arc::new(Barrier::new(64));
        let callers: Vec<_> = (0..64)
            .map(|_| {
                let (breaker, barrier) = (breaker.clone(), barrier.clone());
                std::thread::spawn(move || {
                    barrier.wait();
                    let admit = breaker.lock().expect("nobody panics").admit(2000 * MS);
                    match admit {
                        Admit::Probe(_) => 1,
                        Admit::Refused { .. } => 0,
                        Admit::Closed(_) => panic!("it is not closed"),
                    }
                })
            })
            .collect();
        let probes: u32 = callers
            .into_iter()
            .map(|caller| caller.join().expect("nobody panics"))
            .sum();
        assert_eq!(probes, half_open);
    }
}

// === Half-open ===

#[test]
fn three_probes_at_once_and_three_successes_close() {
    let mut breaker = opened(2000, 3, 0);
    let now = 2000 * MS;
    let (first, second) = (probe(&mut breaker, now), probe(&mut breaker, now + MS));
    let third = probe(&mut breaker, now + 2 * MS);
    assert_eq!(
        refused(&mut breaker, now + 5 * MS),
        1995 * MS,
        "until the first lease ends"
    );
    breaker.settle(second, Outcome::Success, now + 10 * MS);
    let fourth = probe(&mut breaker, now + 10 * MS);
    assert_eq!(refused(&mut breaker, now + 10 * MS), 1990 * MS);
    breaker.settle(first, Outcome::Success, now + 11 * MS);
    assert_eq!(breaker.phase(), Phase::HalfOpen);
    breaker.settle(fourth, Outcome::Success, now + 12 * MS);
    assert_eq!(breaker.phase(), Phase::Closed);
    // The third was sent before the change; its failure is not the closed breaker's.
    let before = breaker.clone();
    breaker.settle(third, Outcome::Failure, now + 13 * MS);
    assert_eq!(breaker, before);
}

#[test]
fn one_failure_among_three_opens_and_the_others_are_ignored() {
    let mut breaker = opened(2000, 3, 0);
    let now = 2000 * MS;
    let (first, second, third) = (
        probe(&mut breaker, now),
        probe(&mut breaker, now),
        probe(&mut breaker, now),
    );
    breaker.settle(first, Outcome::Success, now + MS);
    breaker.settle(second, Outcome::Failure, now + 2 * MS);
    assert_eq!(refused(&mut breaker, now + 2 * MS), 2000 * MS);
    breaker.settle(third, Outcome::Failure, now + 1000 * MS);
    assert_eq!(
        refused(&mut breaker, now + 1000 * MS),
        1002 * MS,
        "the open time is not renewed"
    );
    // The earlier success is forgotten: three are needed again.
    let now = now + 2002 * MS;
    for _ in 0..3 {
        assert_eq!(
            breaker.phase(),
            if breaker.counters().probes == 3 {
                Phase::Open
            } else {
                Phase::HalfOpen
            }
        );
        let ticket = probe(&mut breaker, now);
        breaker.settle(ticket, Outcome::Success, now);
    }
    assert_eq!(breaker.phase(), Phase::Closed);
}

#[test]
fn a_lease_ends_without_being_a_failure() {
    let mut breaker = opened(2000, 1, 0);
    let lost = probe(&mut breaker, 2000 * MS);
    assert_eq!(refused(&mut breaker, 4000 * MS - 1), 1);
    let next = probe(&mut breaker, 4000 * MS);
    assert_eq!(breaker.counters().opened, 1, "expiry is no failure");
    // The late answer does not speak for the probe that holds the place now.
    breaker.settle(lost, Outcome::Failure, 4000 * MS);
    assert_eq!(breaker.phase(), Phase::HalfOpen);
    assert_eq!(
        refused(&mut breaker, 4001 * MS),
        1999 * MS,
        "the place is still taken"
    );
    breaker.settle(next, Outcome::Success, 4002 * MS);
    assert_eq!(breaker.phase(), Phase::Closed);
}

#[test]
fn an_answer_at_the_end_of_its_lease_is_late_and_one_before_is_not() {
    for outcome in [Outcome::Success, Outcome::Failure] {
        let mut breaker = opened(2000, 1, 0);
        let ticket = probe(&mut breaker, 2000 * MS);
        breaker.settle(ticket, outcome, 4000 * MS);
        assert_eq!(
            breaker.phase(),
            Phase::HalfOpen,
            "{outcome:?} came too late"
        );
        let ticket = probe(&mut breaker, 4000 * MS);
        breaker.settle(ticket, outcome, 6000 * MS - 1);
        assert_ne!(breaker.phase(), Phase::HalfOpen, "{outcome:?} came in time");
    }
}

#[test]
fn an_abandoned_probe_frees_its_place_at_once() {
    let mut breaker = opened(2000, 1, 0);
    let ticket = probe(&mut breaker, 2000 * MS);
    breaker.settle(ticket, Outcome::Abandoned, 2001 * MS);
    assert_eq!(breaker.phase(), Phase::HalfOpen);
    let ticket = probe(&mut breaker, 2001 * MS);
    breaker.settle(ticket, Outcome::Success, 2002 * MS);
    assert_eq!(breaker.phase(), Phase::Closed);
}

#[test]
fn answers_from_before_a_change_are_ignored() {
    let mut breaker = breaker(1, 2000, 1);
    let stale: Vec<_> = (0..4).map(|_| closed(&mut breaker, 0)).collect();
    fail(&mut breaker, 1, 0);
    let mut stale = stale.into_iter();
    let mut next = || stale.next().expect("there are four");

    let before = breaker.clone();
    breaker.settle(next(), Outcome::Success, MS);
    breaker.settle(next(), Outcome::Failure, MS);
    assert_eq!(breaker, before, "while open");
    let ticket = probe(&mut breaker, 2000 * MS);
    let before = breaker.clone();
    breaker.settle(next(), Outcome::Failure, 2001 * MS);
    assert_eq!(breaker, before, "while half-open");
    breaker.settle(ticket, Outcome::Success, 2002 * MS);
    breaker.settle(next(), Outcome::Failure, 2003 * MS);
    assert_eq!(
        breaker.phase(),
        Phase::Closed,
        "after it closed, though the threshold is one"
    );
}

#[test]
fn a_ticket_of_another_breaker_does_no_harm() {
    let mut large = opened(2000, 3, 0);
    let tickets = [
        probe(&mut large, 2000 * MS),
        probe(&mut large, 2000 * MS),
        probe(&mut large, 2000 * MS),
    ];
    let mut small = opened(2000, 1, 0);
    let held = probe(&mut small, 2000 * MS);
    for ticket in tickets.into_iter().skip(1) {
        small.settle(ticket, Outcome::Success, 2000 * MS);
        assert_eq!(small.phase(), Phase::HalfOpen);
    }
    small.settle(held, Outcome::Success, 2000 * MS);
    assert_eq!(small.phase(), Phase::Closed);
}

#[test]
fn seconds_are_rounded_up() {
    for (retry_after_ns, seconds) in [
        (1, 1),
        (999_999_999, 1),
        (1_000_000_000, 1),
        (1_000_000_001, 2),
    ] {
        assert_eq!(
            Admit::Refused { retry_after_ns }.retry_after_s(),
            Some(seconds)
        );
    }
    assert_eq!(breaker(1, 1, 1).admit(0).retry_after_s(), None);
}

#[test]
fn settings_outside_their_range() {
    for (settings, message) in [
        (
            Settings::new(0, 1, 1),
            "the failure threshold must be at least 1",
        ),
        (
            Settings::new(1, 0, 1),
            "the open time must be 1 to 3600000 ms, found 0",
        ),
        (
            Settings::new(1, 3_600_001, 1),
            "the open time must be 1 to 3600000 ms, found 3600001",
        ),
        (
            Settings::new(1, 1, 0),
            "the number of probes must be 1 to 100, found 0",
        ),
        (
            Settings::share(share(0, 10, 1), 1, 1),
            "the share of failures must be 1 to 1000000 millionths, found 0",
        ),
        (
            Settings::share(share(1_000_001, 10, 1), 1, 1),
            "the share of failures must be 1 to 1000000 millionths, found 1000001",
        ),
        (
            Settings::share(share(1, 9, 1), 1, 1),
            "the window must be 10 to 3600000 ms, found 9",
        ),
        (
            Settings::share(share(1, 10, 0), 1, 1),
            "the minimum number of requests must be at least 1",
        ),
        (
            Settings::new(1, 1, 101),
            "the number of probes must be 1 to 100, found 101",
        ),
    ] {
        assert_eq!(settings.expect_err("out of range").to_string(), message);
    }
    assert!(Settings::new(u32::MAX, 3_600_000, 100).is_ok());
}

// === A clock that steps back ===

#[test]
fn a_step_back_while_open_waits_the_open_time_from_there() {
    let mut breaker = opened(2000, 1, 1_000_000 * MS);
    assert_eq!(refused(&mut breaker, 5), 2000 * MS, "just opened");
    assert_eq!(refused(&mut breaker, 5 + 1500 * MS), 500 * MS);
    let _probe = probe(&mut breaker, 5 + 2000 * MS);
}

#[test]
fn a_step_back_while_a_probe_is_out_waits_one_lease_from_there() {
    let mut breaker = opened(2000, 1, 0);
    let ticket = probe(&mut breaker, 1_000_000 * MS);
    assert_eq!(refused(&mut breaker, 5), 2000 * MS);
    let mut other = breaker.clone();
    let _probe = probe(&mut other, 5 + 2000 * MS);
    breaker.settle(ticket, Outcome::Success, 5 + 1999 * MS);
    assert_eq!(breaker.phase(), Phase::Closed);
}

// === Against an independent model ===

/// The same rules as a diary: every request and what was decided, and nothing derived from it that
/// is not looked up again on each question.
struct Diary {
    threshold: usize,
    open_ns: u64,
    half_open: usize,
    /// Outcomes in this state, in order of arrival; abandoned ones are not written.
    answers: Vec<bool>,
    state: &'static str,
    state_since: u64,
    /// Serial number of the state.
    page: usize,
    /// Of each request: the page it was let in on, when, and whether it has been answered.
    requests: Vec<(usize, u64, bool)>,
}

#[derive(Debug, PartialEq)]
enum Said {
    Go,
    Probe,
    Wait(u64),
}

impl Diary {
    fn turn(&mut self, state: &'static str, now: u64) {
        (self.state, self.state_since) = (state, now);
        self.page += 1;
        self.answers.clear();
    }

    fn ask(&mut self, now: u64) -> Said {
        if self.state == "open" {
            if now < self.state_since + self.open_ns {
                return Said::Wait(self.state_since + self.open_ns - now);
            }
            self.turn("half-open", now);
        }
        if self.state == "half-open" {
            let ends: Vec<u64> = self
                .requests
                .iter()
                .filter(|(page, at, answered)| {
                    *page == self.page && !answered && at + self.open_ns > now
                })
                .map(|(_, at, _)| at + self.open_ns)
                .collect();
            if ends.len() == self.half_open {
                return Said::Wait(ends.iter().min().expect("at least one") - now);
            }
        }
        self.requests.push((self.page, now, false));
        if self.state == "closed" {
            Said::Go
        } else {
            Said::Probe
        }
    }

    fn answer(&mut self, request: usize, outcome: Outcome, now: u64) {
        let (page, at, answered) = &mut self.requests[request];
        *answered = true;
        if *page != self.page || (self.state == "half-open" && *at + self.open_ns <= now) {
            return;
        }
        match outcome {
            Outcome::Abandoned => return,
            Outcome::Success => self.answers.push(true),
            Outcome::Failure => self.answers.push(false),
        }
        if self.state == "closed" {
            let row = self.answers.iter().rev().take_while(|good| !**good).count();
            if row == self.threshold {
                self.turn("open", now);
            }
        } else if self.answers.contains(&false) {
            self.turn("open", now);
        } else if self.answers.len() == self.half_open {
            self.turn("closed", now);
        }
    }
}

fn any_outcome(dice: &mut Dice, sick: bool) -> Outcome {
    match dice.below(10) {
        0 => Outcome::Abandoned,
        n if (n < 8) == sick => Outcome::Failure,
        _ => Outcome::Success,
    }
}

/// 200,000 events: requests, answers in any order and however late, some of them never, and time
/// that likes to land exactly on an end.
#[test]
fn agrees_with_a_diary() {
    let mut seen = Counters::default();
    for seed in seeds(&[1, 2, 3, 4]) {
        let mut dice = Dice::new(seed);
        for run in 0..100 {
            let open_ms = 1 + dice.below(20);
            let threshold = 1 + u32::try_from(dice.below(5)).expect("small");
            let half_open = 1 + u32::try_from(dice.below(4)).expect("small");
            let mut breaker = breaker(threshold, open_ms, half_open);
            let mut diary = Diary {
                threshold: threshold as usize,
                open_ns: open_ms * MS,
                half_open: half_open as usize,
                answers: Vec::new(),
                state: "closed",
                state_since: 0,
                page: 0,
                requests: Vec::new(),
            };
            let mut out = Vec::new();
            let (mut now, mut wait) = (dice.below(1_000_000), 0);
            let mut sick = false;
            for step in 0..500 {
                let place = format!(
                    "seed {seed}, run {run}, step {step}, {:?}",
                    breaker.settings()
                );
                if dice.below(40) == 0 {
                    sick = !sick;
                }
                now += match dice.below(8) {
                    0 => wait,
                    1 => u64::saturating_sub(wait, 1),
                    2 => dice.below(open_ms * MS),
                    3 => dice.below(MS),
                    _ => 0,
                };
                if out.is_empty() || dice.below(2) == 0 {
                    let (said, ticket) = match breaker.admit(now) {
                        Admit::Closed(ticket) => (Said::Go, Some(ticket)),
                        Admit::Probe(ticket) => (Said::Probe, Some(ticket)),
                        Admit::Refused { retry_after_ns } => (Said::Wait(retry_after_ns), None),
                    };
                    wait = if let Said::Wait(wait) = said { wait } else { 0 };
                    assert_eq!(said, diary.ask(now), "{place}");
                    out.extend(ticket.map(|ticket| (ticket, diary.requests.len() - 1)));
                } else {
                    let pick = usize::try_from(dice.below(out.len() as u64)).expect("small");
                    let (ticket, request) = out.swap_remove(pick);
                    let outcome = any_outcome(&mut dice, sick);
                    breaker.settle(ticket, outcome, now);
                    diary.answer(request, outcome, now);
                }
                let phase = match diary.state {
                    "closed" => Phase::Closed,
                    "open" => Phase::Open,
                    _ => Phase::HalfOpen,
                };
                assert_eq!(breaker.phase(), phase, "{place}");
            }
            let Counters {
                opened,
                probes,
                closed,
            } = breaker.counters();
            seen.opened += opened;
            seen.probes += probes;
            seen.closed += closed;
        }
    }
    assert!(
        seen.opened > 1000 && seen.probes > 1000 && seen.closed > 100,
        "{seen:?}"
    );
}

/// Whatever happened and wherever the clock stands: who asks now and again after the open time is
/// let in, and no wait is ever longer than that.
#[test]
fn no_time_locks_it() {
    for seed in seeds(&[5, 6]) {
        let mut dice = Dice::new(seed);
        for _ in 0..200 {
            let open_ms = 1 + dice.below(3_600_000);
            let open_ns = open_ms * MS;
            let mut breaker = breaker(1, open_ms, 1 + u32::try_from(dice.below(3)).expect("small"));
            let mut out = Vec::new();
            for step in 0..200 {
                let now = dice.next() >> dice.below(64);
                if out.is_empty() || dice.below(2) == 0 {
                    match breaker.admit(now) {
                        Admit::Closed(ticket) | Admit::Probe(ticket) => out.push(ticket),
                        Admit::Refused { retry_after_ns } => {
                            assert!(
                                (1..=open_ns).contains(&retry_after_ns),
                                "seed {seed}, step {step}"
                            );
                            if let Some(then) = now.checked_add(open_ns) {
                                let again = breaker.clone().admit(then);
                                assert_eq!(
                                    again.retry_after_s(),
                                    None,
                                    "seed {seed}, step {step}, {breaker:?}"
                                );
                            }
                        }
                    }
                } else {
                    let ticket = out.swap_remove(0);
                    breaker.settle(ticket, any_outcome(&mut dice, true), now);
                }
            }
            assert!(breaker.counters().opened > 0, "seed {seed}");
        }
    }
}
