use std::collections::BTreeSet;

use super::{Numbers, format};
use crate::compat::contain::pick::{Pick, Rest};
use crate::schema::{Bound, Decimal};

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap_or_else(|| panic!("`{text}` is a number"))
}

/// Reads `>0 <=10 *2 !4 -6`: ranges, multiples, non-multiples and what is left out.
fn numbers(text: &str) -> Numbers {
    let mut numbers = Numbers::all();
    for word in text.split_whitespace() {
        let bound = |rest: &str, is_exclusive| Bound {
            value: number(rest),
            is_exclusive,
        };
        match (word.get(..2), word.split_at(1)) {
            (Some(">="), _) => numbers.at_least(bound(&word[2..], false)),
            (Some("<="), _) => numbers.at_most(bound(&word[2..], false)),
            (_, (">", rest)) => numbers.at_least(bound(rest, true)),
            (_, ("<", rest)) => numbers.at_most(bound(rest, true)),
            (_, ("*", rest)) => numbers.multiple_of(number(rest)),
            (_, ("!", rest)) => numbers.not_multiple_of(number(rest)),
            (_, ("-", rest)) => numbers.without(&BTreeSet::from([number(rest)])),
            _ => panic!("what is `{word}`"),
        }
    }
    numbers
}

#[test]
fn witnesses_are_small_and_proofs_are_proofs() {
    let rows = [
        ("", "0"),
        ("-0", "1"),
        ("*1 -0 -1", "2"),
        (">=50 <=100", "50"),
        (">50 <=100", "51"),
        (">2.5 <=2.75", "2.6"),
        (">0 <1", "0.1"),
        ("!1", "0.1"),
        ("!1 !0.1", "0.01"),
        ("!0.01 >=5", "5.001"),
        ("<-3", "-4"),
        ("<=-3.5 *1", "-4"),
        ("*0.1 !0.01", "empty"),
        ("*0.01 !0.1", "0.01"),
        ("*4 !6", "4"),
        ("*6 !4", "6"),
        ("*6 !4 >6", "18"),
        ("*6 !4 >6 <18", "empty"),
        ("*1 !1", "empty"),
        ("*2 *3 !6", "empty"),
        ("*2 *3 >0 <6", "empty"),
        ("*2 *3 >0 <=6", "6"),
        (">1 <1", "empty"),
        (">=1 <1", "empty"),
        (">=1 <=1", "1"),
        (">=1 <=1 -1", "empty"),
        (">=1 <=1 !0.5", "empty"),
        (">=2 <=1", "empty"),
        ("*1 >0 <3 -1 -2", "empty"),
        ("*1 >0 <4 -1 -2", "3"),
        ("*1 >=-3 <=0 -0", "-1"),
        ("*1 !2 !3 !5 !7 >1 <11", "empty"),
        ("*1 !2 !3 !5 !7 >1 <12", "11"),
        (">1e-30 <2e-30", "11e-31"),
        (">=1e400", "1e400"),
        (">1e400 <2e400", "1000000000000001e385"),
        ("*7 >1e400 <2e400", "unknown"),
        ("*1 >=1e400", "1e400"),
        ("<-1e-300 >-2e-300", "-11e-301"),
        (">0 <1e-100000", "1e-100001"),
        ("*3e100000 *7e-100000 -0 >=1", "unknown"),
        ("*3e100000 *7e-100000", "0"),
        ("*0.07 >1 <1.1", "1.05"),
        (
            ">=99999999999999999999999999999999999 *1",
            "99999999999999999999999999999999999",
        ),
        (
            ">99999999999999999999999999999999999.1 <99999999999999999999999999999999999.2",
            "99999999999999999999999999999999999.11",
        ),
        ("*0", "0"),
    ];
    for (text, expected) in rows {
        let numbers = numbers(text);
        let shown = match numbers.pick() {
            Pick::Some(value) => {
                assert!(numbers.holds(value), "{text}: {value}");
                value.to_string()
            }
            Pick::Empty => "empty".into(),
            Pick::Unknown(_) => "unknown".into(),
        };
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn several_are_different_and_counted_to_the_end() {
    let rows = [
        ("*1 >=1 <=3", 5, "1 2 3", Rest::Empty),
        ("*1 >=1 <=3", 3, "1 2 3", Rest::Unasked),
        ("*1 >=-2 <=2", 9, "0 1 2 -1 -2", Rest::Empty),
        (">=0 <=1", 4, "0 1 0.1 0.2", Rest::Unasked),
        ("*4 !6", 3, "4 8 16", Rest::Unasked),
        (">=7 <=7", 2, "7", Rest::Empty),
        ("*1 >1 <2", 2, "", Rest::Empty),
        ("", 0, "", Rest::Unasked),
    ];
    for (text, count, expected, rest) in rows {
        let picks = numbers(text).picks(count);
        let shown: Vec<String> = picks.found.iter().map(ToString::to_string).collect();
        assert_eq!(
            (shown.join(" ").as_str(), picks.rest),
            (expected, rest),
            "{text}"
        );
    }
    let many = numbers("*0.5 !1").picks(5_000);
    assert_eq!((many.found.len(), many.rest), (5_000, Rest::Unasked));
}

#[test]
fn formats_are_ranges() {
    let range = format("int32").expect("is a numeric format");
    assert_eq!(range.start(), &number("-2147483648"));
    assert_eq!(range.end(), &number("2147483647"));
    assert_eq!(
        format("uint64").expect("is one").end(),
        &number("18446744073709551615")
    );
    assert_eq!(format("double"), None);
    assert_eq!(format("uuid"), None);
}

/// A small generator, so that a failure can be repeated from the seed it prints.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

#[test]
fn conjunctions_agree_with_trying_every_number() {
    for seed in 1..=1_000_u64 {
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut text = String::new();
        let low = i64::try_from(chance.below(60)).expect("small") - 40;
        let high = low + i64::try_from(chance.below(50)).expect("small");
        let quarter = |number: i64| Decimal::new(i128::from(number) * 25, -2).to_string();
        text += ["> ", ">="][usize::from(chance.below(2) == 0)].trim();
        text += &quarter(low);
        text += [" <", " <="][usize::from(chance.below(2) == 0)];
        text += &quarter(high);
        for _ in 0..chance.below(3) {
            let steps = ["0.25", "0.5", "0.75", "1", "1.5", "2", "3"];
            text += &format!(
                " *{}",
                steps[usize::try_from(chance.below(7)).expect("small")]
            );
        }
        for _ in 0..chance.below(4) {
            let steps = ["0.25", "0.5", "0.75", "1", "1.25", "2", "3"];
            text += &format!(
                " !{}",
                steps[usize::try_from(chance.below(7)).expect("small")]
            );
        }
        for _ in 0..chance.below(6) {
            let left_out = low + i64::try_from(chance.below(50)).expect("small");
            text += &format!(" -{}", quarter(left_out));
        }
        let (numbers, plain) = (numbers(&text), Plain::new(&text));
        // With a multiple, every number is on quarters; without one, four thousandths find something
        // in every range of two numbers.
        let on_lattice = text.contains('*');
        let grid = if on_lattice { 4 } else { 250 };
        let expected: BTreeSet<Decimal> = (low * grid / 4 - grid..=high * grid / 4 + grid)
            .map(|at| match on_lattice {
                true => Decimal::new(i128::from(at) * 25, -2),
                false => Decimal::new(i128::from(at) * 4, -3),
            })
            .filter(|value| plain.holds(*value))
            .collect();
        match numbers.pick() {
            Pick::Some(value) => assert!(
                plain.holds(value),
                "seed {seed}: {text}: {value} is no such number"
            ),
            Pick::Empty => assert!(expected.is_empty(), "seed {seed}: {text}: {expected:?}"),
            Pick::Unknown(why) => panic!("seed {seed}: {text}: {why}"),
        }
        if on_lattice {
            let picks = numbers.picks(1000);
            assert_eq!(picks.rest, Rest::Empty, "seed {seed}: {text}");
            let found: BTreeSet<Decimal> = picks.found.into_iter().collect();
            assert_eq!(found, expected, "seed {seed}: {text}");
        }
    }
}

/// The same, from the text and without lattices, in units of 10^-12.
struct Plain(Vec<(char, i128)>);

impl Plain {
    fn new(text: &str) -> Self {
        let word = |word: &str| {
            let (sign, rest) = match word.get(..2)? {
                ">=" => ('g', &word[2..]),
                "<=" => ('l', &word[2..]),
                _ => (word.chars().next()?, &word[1..]),
            };
            Some((sign, units(number(rest))))
        };
        Plain(text.split_whitespace().filter_map(word).collect())
    }

    fn holds(&self, value: Decimal) -> bool {
        let value = units(value);
        self.0.iter().all(|(sign, other)| match sign {
            'g' => value >= *other,
            'l' => value <= *other,
            '>' => value > *other,
            '<' => value < *other,
            '*' => value % other == 0,
            '!' => value % other != 0,
            '-' => value != *other,
            _ => panic!("what is `{sign}`"),
        })
    }
}

fn units(value: Decimal) -> i128 {
    let (mantissa, exponent) = value.parts();
    mantissa * 10_i128.pow(u32::try_from(exponent + 12).expect("is not finer than that"))
}
