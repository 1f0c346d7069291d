//! What the table remembers, and what it may forget.

use std::collections::BTreeMap;

use super::*;
use crate::dice::{Dice, seeds};
use crate::limiter::{RateSpec, TimeUnit};

const S: u64 = 1_000_000_000;
const DAY: u64 = 86_400 * S;

/// A limit in whole nanoseconds, so that one unit is one nanosecond.
fn limit(count: u64, period_ns: u64, burst: u64) -> Gcra {
    let rate = RateSpec {
        count,
        period_ns,
        burst,
    };
    let unit = TimeUnit::for_rates([rate]);
    assert_eq!((unit.tick_ns(), unit.per_tick()), (1, 1));
    Gcra::new(rate, unit).expect("a good rate")
}

fn address(n: u64) -> [u8; 4] {
    u32::try_from(n).expect("fits").to_be_bytes()
}

#[test]
fn sixteen_thousand_debtors_are_all_remembered() {
    let daily = limit(1, DAY, 1);
    for seed in seeds(&[1, 2, 3, 4]) {
        let mut table = KeyedLimiter::new([seed, !seed]);
        for n in 0..16_384 {
            assert!(
                table.take(0, &daily, &address(n), n).passes(),
                "seed {seed}, key {n} is new"
            );
        }
        for n in 0..16_384 {
            assert!(
                !table.take(0, &daily, &address(n), DAY - 1).passes(),
                "seed {seed}, key {n} was forgotten"
            );
        }
        assert_eq!(table.evicted_in_debt(), 0, "seed {seed}");
        for n in 0..16_384 {
            assert!(
                table.take(0, &daily, &address(n), DAY + n).passes(),
                "seed {seed}, key {n} is due"
            );
        }
    }
}

/// A million addresses pass by, each soon at rest again; a debtor of long standing stays known.
#[test]
fn a_flood_of_resting_keys_pushes_no_debt_out() {
    let (daily, quick) = (limit(1, DAY, 1), limit(1000, S, 1));
    let mut table = KeyedLimiter::new([5, 6]);
    for n in 0..100 {
        assert!(table.take(0, &daily, &address(n), 0).passes());
    }
    let mut now = 0;
    for n in 0..1_000_000 {
        now += 10_000; // a hundred of them in debt at any time
        assert!(
            table.take(1, &quick, &address(n), now).passes(),
            "key {n} is new"
        );
    }
    assert_eq!(table.evicted_in_debt(), 0);
    for n in 0..100 {
        assert!(
            !table.take(0, &daily, &address(n), now).passes(),
            "debtor {n} was forgotten"
        );
    }
}

#[test]
fn beyond_its_size_the_table_counts_what_it_forgets() {
    let daily = limit(1, DAY, 1);
    let mut table = KeyedLimiter::new([7, 8]);
    let keys = 200_000;
    for n in 0..keys {
        assert!(table.take(0, &daily, &address(n), n).passes());
    }
    let kept = table
        .sets
        .iter()
        .flatten()
        .filter(|place| place.tag != 0)
        .count();
    let kept = u64::try_from(kept).expect("small");
    assert_eq!(
        table.evicted_in_debt(),
        keys - kept,
        "each key is either kept or counted"
    );
    assert!(kept > 120_000, "{kept} places are used");
}

/// Keys of one set, found by trying.
fn crowd(table: &KeyedLimiter, count: usize) -> Vec<[u8; 4]> {
    let (set, _) = table.address(0, &address(0));
    (0..)
        .map(address)
        .filter(|key| table.address(0, key).0 == set)
        .take(count)
        .collect()
}

#[test]
fn the_victim_is_empty_else_at_rest_else_nearest_to_rest() {
    let daily = limit(1, DAY, 1);
    let mut table = KeyedLimiter::new([9, 10]);
    let keys = crowd(&table, WAYS + 3);
    let (first, more) = keys.split_at(WAYS);
    // Later keys are in debt for longer; they arrive out of order.
    for (n, key) in first.iter().enumerate().rev() {
        assert!(
            table
                .take(0, &daily, key, u64::try_from(n).expect("small"))
                .passes()
        );
    }
    assert_eq!(
        table.evicted_in_debt(),
        0,
        "sixteen places for sixteen keys"
    );

    // At the very instant when key 0 comes to rest its place is free, and nothing is lost.
    assert!(table.take(0, &daily, &more[0], DAY).passes());
    assert_eq!(table.evicted_in_debt(), 0);
    // All in debt now: key 1, nearest to rest, goes, and is counted.
    assert!(table.take(0, &daily, &more[1], DAY).passes());
    assert_eq!(table.evicted_in_debt(), 1);
    for key in first[2..].iter().chain(&more[..2]) {
        assert!(
            !table.take(0, &daily, key, DAY).passes(),
            "it was not the victim"
        );
    }
    assert!(
        table.take(0, &daily, &first[1], DAY).passes(),
        "it was forgotten, so it is at rest"
    );
    assert_eq!(table.evicted_in_debt(), 2);
}

#[test]
fn limits_and_keys_are_told_apart() {
    let daily = limit(1, DAY, 1);
    let mut table = KeyedLimiter::new([11, 12]);
    for (limit, key) in [
        (0, &b""[..]),
        (0, b"\0"),
        (0, b"\0\0"),
        (1, b""),
        (1, b"\0"),
        (u64::MAX, b""),
    ] {
        assert!(
            table.take(limit, &daily, key, 0).passes(),
            "{limit} {key:?} is a bucket of its own"
        );
        assert!(!table.take(limit, &daily, key, 0).passes());
    }
}

/// Where nothing is forgotten, the table decides as one `u64` per key does.
#[test]
fn agrees_with_an_unbounded_map() {
    let limits = [limit(100, S, 10), limit(5, S, 1), limit(1, DAY, 3)];
    for seed in seeds(&[13, 14]) {
        let mut dice = Dice::new(seed);
        let mut table = KeyedLimiter::new([dice.next(), dice.next()]);
        let mut map = BTreeMap::<(u64, Vec<u8>), u64>::new();
        let mut now = S;
        for step in 0..200_000 {
            // Mostly onwards, and now and then back.
            now = if dice.below(1000) == 0 {
                now.saturating_sub(dice.below(S))
            } else {
                now + dice.below(4_000_000)
            };
            let id = dice.below(3);
            let gcra = limits[usize::try_from(id).expect("small")];
            let key = address(dice.below(500)).to_vec();
            let tat = map.entry((id, key.clone())).or_default();
            let expected = gcra.take(*tat, now);
            *tat = expected.tat();
            let found = table.take(id, &gcra, &key, now);
            assert_eq!(
                found.passes(),
                expected.passes(),
                "seed {seed}, step {step}"
            );
        }
        assert_eq!(table.evicted_in_debt(), 0, "seed {seed}");
    }
}

#[test]
fn the_seed_is_not_printed() {
    let table = KeyedLimiter::new([0xdead_beef, 0xdead_beef]);
    assert_eq!(
        format!("{table:?}"),
        "KeyedLimiter { evicted_in_debt: 0, .. }"
    );
}
