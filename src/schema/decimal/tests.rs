use std::cmp::Ordering;

use super::Decimal;

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap_or_else(|| panic!("`{text}` is a number"))
}

#[test]
fn numbers_are_read_exactly_or_not_at_all() {
    let good = [
        ("0", "0"),
        ("-0.0", "0"),
        ("1.0", "1"),
        ("10e-1", "1"),
        ("+7", "7"),
        ("0.07", "0.07"),
        ("000120", "120"),
        ("12.50E+2", "1250"),
        ("1e21", "1e21"),
        ("1e20", "100000000000000000000"),
        ("-1.5e-25", "-15e-26"),
        ("1e100000", "1e100000"),
        ("1e-100000", "1e-100000"),
        (
            "999999999999999999999999999999999999",
            "999999999999999999999999999999999999e0",
        ),
        ("100000000000000000000000000000000000000000", "1e41"),
    ];
    for (text, shown) in good {
        let shown = shown.strip_suffix("e0").unwrap_or(shown);
        assert_eq!(number(text).to_string(), shown, "{text}");
        assert_eq!(number(shown), number(text), "{text}");
    }
    let bad = [
        "",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "1e+-5",
        "1e++5",
        "1e 5",
        "0x10",
        "1_000",
        "NaN",
        ".inf",
        "1e100001",
        "1e-100001",
        "1e-2147483648",
        "1e2147483647",
        "1e99999999999",
        "1000000000000000000000000000000000001",
        "1.2.3",
        "1-2",
    ];
    for text in bad {
        assert_eq!(Decimal::parse(text), None, "{text}");
    }
}

#[test]
fn order_is_exact_at_the_extremes() {
    let ordered = [
        Decimal::new(i128::MIN, 5),
        number("-1e100000"),
        Decimal::new(i128::MIN, 0),
        Decimal::new(-i128::MAX, 0),
        number("-9e37"),
        number("-1"),
        number("-0.1"),
        number("-1e-100000"),
        number("0"),
        number("1e-100000"),
        number("0.0999999999999999999999999999999999"),
        number("0.1"),
        number("1"),
        number("9e37"),
        Decimal::new(i128::MAX - 1, 0),
        Decimal::new(i128::MAX, 0),
        number("9e38"),
        number("1e39"),
        Decimal::new(i128::MAX, 5),
        number("1e100000"),
    ];
    for (i, left) in ordered.iter().enumerate().skip(2) {
        for (j, right) in ordered.iter().enumerate().skip(2) {
            assert_eq!(left.cmp(right), i.cmp(&j), "{left} {right}");
        }
    }
    assert_eq!(ordered[0].cmp(&ordered[1]), Ordering::Greater);
}

#[test]
fn multiples_are_exact() {
    let rows = [
        ("0.07", "0.01", true),
        ("0.075", "0.01", false),
        ("0", "0.3", true),
        ("6", "4", false),
        ("-12", "4", true),
        ("1e100000", "7", false),
        ("1e100000", "1e-100000", true),
        ("1e100000", "1024", true),
        ("1", "1e100000", false),
        ("1", "0.3", false),
        ("0.9", "0.3", true),
        ("999999999999999999999999999999999999", "9e-30", true),
        ("0", "0", true),
        ("1", "0", false),
    ];
    for (value, step, expected) in rows {
        assert_eq!(
            number(value).is_multiple_of(number(step)),
            expected,
            "{value} {step}"
        );
    }
}

#[test]
fn arithmetic_that_does_not_fit_says_so() {
    let lcm = |left, right| number(left).lcm(number(right)).map(|it| it.to_string());
    assert_eq!(lcm("4", "6").as_deref(), Some("12"));
    assert_eq!(lcm("0.1", "0.25").as_deref(), Some("0.5"));
    assert_eq!(lcm("1e30", "1e-30").as_deref(), Some("1e30"));
    assert_eq!(lcm("1e100000", "1e-100000"), Some("1e100000".into()));
    assert_eq!(lcm("3e100000", "7e-100000"), None);
    assert_eq!(lcm("0", "3"), None);
    assert_eq!(
        lcm(
            "999999999999999999999999999999999999",
            "999999999999999999999999999999999998"
        ),
        None
    );
    assert_eq!(number("1").ratio(number("0")), None);
    assert_eq!(number("-0.75").ratio(number("0.5")), Some((-3, 2)));
    assert_eq!(number("7").steps_below(number("2")), Some(3));
    assert_eq!(number("-7").steps_below(number("2")), Some(-4));
    assert_eq!(number("7").steps_above(number("2")), Some(4));
    assert_eq!(number("-7").steps_above(number("2")), Some(-3));
    assert_eq!(number("1e-90000").steps_below(number("3")), Some(0));
    assert_eq!(number("-1e-90000").steps_below(number("3")), Some(-1));
    assert_eq!(number("1e-90000").steps_above(number("3")), Some(1));
    assert_eq!(number("1e90000").steps_below(number("3")), None);
    assert_eq!(Decimal::new(i128::MIN, 0).negated(), None);
    assert_eq!(Decimal::new(i128::MAX, 0).times(2), None);
    assert_eq!(Decimal::new(10, i32::MAX).parts(), (10, i32::MAX));
}
