//! Exact vectors, and the limiter against a bucket told in other words.

use super::*;
use crate::dice::{Dice, seeds};

const S: u64 = 1_000_000_000;
const DAY: u64 = 86_400 * S;

fn rate(count: u64, period_ns: u64, burst: u64) -> RateSpec {
    RateSpec {
        count,
        period_ns,
        burst,
    }
}

/// One key of one limit, driven in nanoseconds.
struct Bucket {
    unit: TimeUnit,
    gcra: Gcra,
    tat: u64,
}

impl Bucket {
    /// A limit that is alone in its contract.
    fn alone(rate: RateSpec) -> Bucket {
        Bucket::among(rate, &[rate])
    }

    fn among(rate: RateSpec, all: &[RateSpec]) -> Bucket {
        let unit = TimeUnit::for_rates(all.iter().copied());
        Bucket {
            unit,
            gcra: Gcra::new(rate, unit).expect("a good rate"),
            tat: 0,
        }
    }

    fn passes(&mut self, now_ns: u64) -> bool {
        let decision = self.gcra.take(self.tat, self.unit.at(now_ns));
        self.tat = decision.tat();
        decision.passes()
    }

    /// Asks until it refuses; how many passed.
    fn drain(&mut self, now_ns: u64) -> u64 {
        let mut passed = 0;
        while self.passes(now_ns) {
            passed += 1;
            assert!(passed < 10_000_000, "it never refuses");
        }
        passed
    }
}

fn unit_of(rates: &[RateSpec]) -> (u64, u64) {
    let unit = TimeUnit::for_rates(rates.iter().copied());
    (unit.tick_ns(), unit.per_tick())
}

// === Exact vectors ===

#[test]
fn one_hundred_per_second() {
    for start in [0, 1, 5 * S, 123_456_789_012_345] {
        let mut bucket = Bucket::alone(rate(100, S, 100));
        assert_eq!(
            bucket.drain(start),
            100,
            "from rest, one period's worth at one instant"
        );
        assert!(!bucket.passes(start + 9_999_999), "a nanosecond too early");
        assert!(bucket.passes(start + 10_000_000), "at the exact instant");
        assert!(!bucket.passes(start + 10_000_000));
        assert_eq!(
            bucket.drain(start + 10_000_000 + S),
            100,
            "full again, and no fuller"
        );
        assert_eq!(bucket.gcra.retry_after_s(), 1);
    }
}

#[test]
fn a_refused_request_takes_nothing() {
    let mut bucket = Bucket::alone(rate(1, S, 1));
    assert!(bucket.passes(0));
    for now in (0..S).step_by(1_000_003) {
        assert!(!bucket.passes(now));
    }
    assert!(bucket.passes(S));
}

#[test]
fn seven_per_second_is_seven_for_ever() {
    assert_eq!(unit_of(&[rate(7, S, 2)]), (1, 7));
    let mut bucket = Bucket::alone(rate(7, S, 2));
    assert_eq!(bucket.gcra.step(), S);
    assert_eq!(bucket.drain(0), 2);
    // The j-th token after that is due at j/7 s, which no nanosecond hits but for each seventh. The
    // second place in the bucket keeps the part of a token that is left by coming a little late.
    for j in 1..70_000 {
        let due = (j * S).div_ceil(7);
        assert!(!bucket.passes(due - 1), "token {j}, a nanosecond early");
        assert!(bucket.passes(due), "token {j}");
    }
}

#[test]
fn three_per_two_seconds() {
    let mut bucket = Bucket::alone(rate(3, 2 * S, 3));
    assert_eq!(bucket.drain(0), 3);
    assert!(!bucket.passes(666_666_666));
    assert!(bucket.passes(666_666_667));
    assert!(!bucket.passes(1_333_333_333));
    assert!(bucket.passes(1_333_333_334));
    assert!(!bucket.passes(1_999_999_999));
    assert!(bucket.passes(2 * S));
    assert_eq!(bucket.gcra.retry_after_s(), 1);
}

#[test]
fn ninety_seven_per_second_is_exact_in_rate_and_floors_to_a_microsecond() {
    assert_eq!(unit_of(&[rate(97, S, 1)]), (1000, 97));
    let mut bucket = Bucket::alone(rate(97, S, 97));
    assert_eq!(bucket.gcra.step(), 1_000_000);
    assert_eq!(bucket.drain(999), 97);
    // Due at 10,309.27... us.
    assert!(!bucket.passes(10_309_999));
    assert!(bucket.passes(10_310_000));
    // Ninety-seven tokens take exactly a second.
    assert_eq!(bucket.drain(S + 10_309_999), 96);
    assert_eq!(bucket.drain(S + 10_310_000), 1);
}

#[test]
fn one_per_day() {
    let mut bucket = Bucket::alone(rate(1, DAY, 1));
    assert_eq!(bucket.gcra.tau(), 0);
    assert!(bucket.passes(0));
    assert!(!bucket.passes(DAY - 1));
    assert!(bucket.passes(DAY));
    assert_eq!(bucket.gcra.retry_after_s(), 86_400);
}

#[test]
fn a_thousand_million_per_second() {
    let mut bucket = Bucket::alone(rate(S, S, 1));
    assert_eq!((bucket.gcra.step(), bucket.gcra.tau()), (1, 0));
    for now in 0..1000 {
        assert_eq!(bucket.drain(now), 1, "one per nanosecond");
    }
    let full = Bucket::alone(rate(S, S, S));
    assert_eq!((full.gcra.step(), full.gcra.tau()), (1, S - 1));
}

#[test]
fn two_limits_share_a_unit() {
    let (fast, slow) = (rate(333, S, 333), rate(97, S, 97));
    assert_eq!(unit_of(&[fast, slow]), (1000, 333 * 97));
    for limit in [fast, slow] {
        let mut bucket = Bucket::among(limit, &[fast, slow]);
        assert_eq!(bucket.drain(0), limit.count);
        assert_eq!(
            bucket.gcra.tau() + bucket.gcra.step(),
            333 * 97 * 1_000_000,
            "full after a second"
        );
        assert_eq!(bucket.drain(S), limit.count);
        let due_us = 1_000_000_u64.div_ceil(limit.count);
        assert!(!bucket.passes(S + due_us * 1000 - 1));
        assert!(bucket.passes(S + due_us * 1000));
    }
}

#[test]
fn units_of_many_rates() {
    assert_eq!(unit_of(&[]), (1, 1));
    assert_eq!(unit_of(&[rate(100, S, 100), rate(1, DAY, 1)]), (1, 1));
    assert_eq!(unit_of(&[rate(7, S, 7), rate(9, S, 9)]), (1, 63));
    assert_eq!(
        unit_of(&[rate(7, S, 7), rate(11, S, 1)]),
        (1000, 77),
        "77 parts of a nanosecond are too many"
    );
    assert_eq!(
        unit_of(&[rate(333, S, 1), rate(97, S, 1), rate(7, S, 1)]),
        (1, 64),
        "226,107 parts are too many"
    );
    assert_eq!(unit_of(&[rate(999_999_937, S, 1)]), (1, 64));
    assert_eq!(
        unit_of(&[rate(97, 1001, 1)]),
        (1, 64),
        "no whole microseconds"
    );
    assert_eq!(
        unit_of(&[rate(0, S, 1), rate(97, 0, 1), rate(7, S, 0)]),
        (1, 7),
        "what is refused does not count"
    );
}

#[test]
fn parts_are_read_back() {
    for rates in [
        &[rate(7, S, 7)][..],
        &[rate(97, S, 1)],
        &[rate(999_999_937, S, 1)],
    ] {
        let unit = TimeUnit::for_rates(rates.iter().copied());
        assert_eq!(
            TimeUnit::from_parts(unit.tick_ns(), unit.per_tick()),
            Some(unit)
        );
    }
    for (tick_ns, per_tick) in [
        (0, 1),
        (1, 0),
        (1, 65),
        (2, 1),
        (1000, 65_537),
        (1_000_000, 1),
    ] {
        assert_eq!(
            TimeUnit::from_parts(tick_ns, per_tick),
            None,
            "{tick_ns} ns in {per_tick}"
        );
    }
}

#[test]
fn a_unit_lasts_eight_years() {
    let years = 8 * 365 * DAY;
    for unit in [(1, 64), (1000, 65_536)]
        .map(|(tick, parts)| TimeUnit::from_parts(tick, parts).expect("good"))
    {
        assert!(unit.at(years) < u64::MAX);
        assert_eq!(unit.at(u64::MAX), u64::MAX, "it ends without wrapping");
    }
    // At the end of the unit's life nobody is locked out.
    let gcra = Bucket::alone(rate(7, S, 7)).gcra;
    assert!(gcra.take(u64::MAX, u64::MAX).passes());
}

#[test]
fn retry_after_is_a_whole_step_rounded_up() {
    for (limit, expected) in [
        (rate(1, S, 1), 1),
        (rate(2, 3 * S, 2), 2),
        (rate(3, 3600 * S, 3), 1200),
        (rate(7, 3600 * S, 7), 515),
        (rate(1, 90 * S, 5), 90),
        (rate(1, 1, 1), 1),
    ] {
        assert_eq!(
            Bucket::alone(limit).gcra.retry_after_s(),
            expected,
            "{limit:?}"
        );
    }
}

// === Refused rates ===

#[test]
fn rates_that_no_bucket_can_keep() {
    let year = 365 * DAY;
    for (limit, message) in [
        (rate(0, S, 1), "a zero rate blocks everything"),
        (rate(1, S, 0), "a zero burst blocks everything"),
        (
            rate(S + 1, S, 1),
            "1000000001 requests in 1000000000 ns are above 1000000000 per second",
        ),
        (
            rate(1, 0, 1),
            "1 requests in 0 ns are above 1000000000 per second",
        ),
        (
            rate(1, DAY, 365 * 200),
            "the bucket would take 200 years to fill",
        ),
        (
            rate(1, 147 * year, 1),
            "the bucket would take 147 years to fill",
        ),
        (
            rate(1, u64::MAX, u64::MAX),
            "the bucket would take 10790283070806014187800 years to fill",
        ),
        (
            rate(u64::MAX - 1, u64::MAX, u64::MAX),
            "the bucket would take 584 years to fill",
        ),
    ] {
        let unit = TimeUnit::for_rates([limit]);
        let error = Gcra::new(limit, unit).expect_err("no bucket can keep it");
        assert_eq!(error.to_string(), message, "{limit:?}");
    }
    assert!(Gcra::new(rate(1, 146 * year, 1), TimeUnit::for_rates([])).is_ok());
}

#[test]
fn a_bucket_ends_just_below_two_to_the_62() {
    let unit = TimeUnit::for_rates([]);
    let gcra = Gcra::new(rate(1, (1 << 62) - 1, 1), unit).expect("the longest");
    assert_eq!(gcra.tau() + gcra.step(), (1 << 62) - 1);
    assert!(matches!(
        Gcra::new(rate(1, 1 << 62, 1), unit),
        Err(RateError::TooLong { .. })
    ));
    assert!(matches!(
        Gcra::new(rate(1, 1 << 61, 2), unit),
        Err(RateError::TooLong { .. })
    ));
}

#[test]
fn a_unit_of_other_limits_is_refused_when_it_would_show() {
    let coarse = TimeUnit::from_parts(1000, 1).expect("good");
    for limit in [rate(S, S, 1), rate(300_000, S, 1), rate(15_626, S, 1)] {
        assert_eq!(
            Gcra::new(limit, coarse),
            Err(RateError::WrongUnit),
            "{limit:?}"
        );
    }
    assert!(
        Gcra::new(rate(200_000, S, 1), coarse).is_ok(),
        "five microseconds are whole"
    );
    assert!(
        Gcra::new(rate(13, S, 1), coarse).is_ok(),
        "76,923 units are fine enough"
    );
}

// === A clock that steps back, and garbage ===

#[test]
fn no_time_locks_a_client_out() {
    let mut dice = Dice::new(3);
    for _ in 0..20_000 {
        let limit = any_rate(&mut dice);
        let Bucket { gcra, .. } = Bucket::alone(limit);
        let tat = dice.next() >> dice.below(64);
        let now = dice.next() >> (2 + dice.below(62));
        let decision = gcra.take(tat, now);
        assert!(
            decision.tat() <= now + gcra.tau() + gcra.step(),
            "{limit:?} {tat} {now}"
        );
        // One step later the next request passes, whatever was stored.
        assert!(
            gcra.take(decision.tat(), now + gcra.step()).passes(),
            "{limit:?} {tat} {now}"
        );
    }
}

#[test]
fn a_step_back_costs_one_step() {
    let mut bucket = Bucket::alone(rate(100, S, 100));
    let late = 400 * DAY;
    assert_eq!(bucket.drain(late), 100);
    assert!(!bucket.passes(5), "the bucket was empty and stays so");
    assert!(!bucket.passes(10_000_004));
    assert!(bucket.passes(10_000_005));
}

// === Against an independent model ===

/// A bucket that is filled, in whole numbers: one token is `period_ns` drops, and each nanosecond
/// `count` drops fall. It knows of no arrival times, units or steps.
struct Drops {
    rate: RateSpec,
    level: u128,
    last_ns: u64,
}

impl Drops {
    fn full(rate: RateSpec) -> Drops {
        Drops {
            rate,
            level: u128::from(rate.burst) * u128::from(rate.period_ns),
            last_ns: 0,
        }
    }

    fn passes(&mut self, now_ns: u64) -> bool {
        let token = u128::from(self.rate.period_ns);
        let fallen = u128::from(now_ns - self.last_ns) * u128::from(self.rate.count);
        self.level = (self.level + fallen).min(u128::from(self.rate.burst) * token);
        self.last_ns = now_ns;
        let enough = self.level >= token;
        if enough {
            self.level -= token;
        }
        enough
    }
}

/// Rates as contracts write them: odd counts, all periods, small and large bursts.
fn any_rate(dice: &mut Dice) -> RateSpec {
    let period_ns =
        [S, 2 * S, 60 * S, 3600 * S, DAY][usize::try_from(dice.below(5)).expect("small")];
    let count = 1 + match dice.below(3) {
        0 => dice.below(10),
        1 => dice.below(1000),
        _ => dice.below(60_000),
    };
    let burst = 1 + match dice.below(3) {
        0 => 0,
        1 => dice.below(20),
        _ => count - 1,
    };
    rate(count, period_ns, burst)
}

/// The next instant: the same, a nanosecond on, about one step on, exactly on time, long after.
fn later(dice: &mut Dice, now_ns: u64, limit: RateSpec) -> u64 {
    let step_ns = (limit.period_ns / limit.count).max(1);
    now_ns
        + match dice.below(8) {
            0..=2 => 0,
            3 => 1,
            4 => dice.below(2 * step_ns),
            5 => limit.period_ns.div_ceil(limit.count),
            6 => step_ns * dice.below(5),
            _ => dice.below(2 * limit.period_ns.saturating_mul(limit.burst) / limit.count + 1),
        }
}

/// 240,000 steps, each decision equal; and over each stretch of time, however chosen, no more
/// passes than the burst and the rate allow.
#[test]
fn agrees_with_a_bucket_of_drops() {
    let (mut exact_ns, mut exact_us, mut passed) = (0, 0, 0);
    for seed in seeds(&[1, 2, 3, 4, 5, 6]) {
        let mut dice = Dice::new(seed);
        for run in 0..100 {
            let limit = any_rate(&mut dice);
            let mut bucket = Bucket::alone(limit);
            let tick = bucket.unit.tick_ns();
            if tick == 1 {
                exact_ns += 1
            } else {
                exact_us += 1
            }
            let mut model = Drops::full(limit);
            let mut allowance = Allowance::new(limit);
            let mut now = dice.below(S);
            for step in 0..400 {
                now = later(&mut dice, now, limit);
                let floored = now / tick * tick;
                let found = bucket.passes(now);
                assert_eq!(
                    found,
                    model.passes(floored),
                    "seed {seed}, run {run}, step {step}, {limit:?}, at {now} ns"
                );
                if found {
                    passed += 1;
                    assert!(
                        allowance.holds(floored),
                        "seed {seed}, run {run}, step {step}, {limit:?}, at {now} ns"
                    );
                }
            }
        }
    }
    assert!(
        exact_ns > 0 && exact_us > 0 && passed > 0,
        "{exact_ns} {exact_us} {passed}"
    );
}

/// Holds when no two passes are closer than burst and rate allow: of the passes `i` to `j`, with
/// `j - i + 1 <= burst + count * (t_j - t_i) / period`, for every `i` at once.
struct Allowance {
    limit: RateSpec,
    index: i128,
    lowest: i128,
}

impl Allowance {
    fn new(limit: RateSpec) -> Allowance {
        Allowance {
            limit,
            index: 0,
            lowest: i128::MAX,
        }
    }

    fn holds(&mut self, at_ns: u64) -> bool {
        let token = i128::from(self.limit.period_ns);
        let height = self.index * token - i128::from(self.limit.count) * i128::from(at_ns);
        self.lowest = self.lowest.min(height);
        self.index += 1;
        height - self.lowest <= (i128::from(self.limit.burst) - 1) * token
    }
}

/// Where no unit is exact: the burst is, a due token passes, and what is given away is below
/// 1/64 ns per token.
#[test]
fn a_rounded_step_gives_away_less_than_a_sixty_fourth_of_a_nanosecond_per_token() {
    for seed in seeds(&[7, 8, 9]) {
        let mut dice = Dice::new(seed);
        for _ in 0..60 {
            let count = 65_537 + dice.below(S - 65_537) / 2 * 2;
            let burst = 1 + dice.below(2000);
            let limit = rate(count, S, burst);
            let all = [limit, rate(65_521, S, 1), rate(331, S, 1)];
            let mut bucket = Bucket::among(limit, &all);
            assert_eq!(
                (bucket.unit.tick_ns(), bucket.unit.per_tick()),
                (1, 64),
                "seed {seed}, {limit:?}"
            );
            let start = dice.below(DAY);
            assert_eq!(bucket.drain(start), burst, "seed {seed}, {limit:?}");
            // From empty, the j-th token is due j steps on.
            let mut given = 0;
            for j in 1..2000 {
                let due = (u128::from(j) * u128::from(S)).div_ceil(u128::from(count));
                let due = start + u64::try_from(due).expect("short");
                assert!(bucket.passes(due), "seed {seed}, {limit:?}, token {j}");
                given = j;
            }
            // What is left over after that many tokens, in units: below one per token, and the
            // nanosecond to which the last instant was rounded up.
            let now = bucket.unit.at(start
                + u64::try_from(u128::from(given) * u128::from(S) / u128::from(count))
                    .expect("short"));
            let empty = now + bucket.gcra.tau() + bucket.gcra.step();
            assert!(
                empty - bucket.tat.min(empty) <= given,
                "seed {seed}, {limit:?}"
            );
        }
    }
}
