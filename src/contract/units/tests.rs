use super::{Micros, Percent, Rate};

fn message<T: std::fmt::Debug>(result: Result<T, super::UnitProblem>) -> String {
    let problem = result.expect_err("the text is wrong");
    match problem.fix {
        Some(fix) => format!("{} @{:?} -> {fix}", problem.message, problem.at),
        None => format!("{} @{:?}", problem.message, problem.at),
    }
}

#[test]
fn rates_print_as_they_were_written() {
    for text in [
        "100r/s per client_ip",
        "3r/2s per client_ip",
        "1000r/s per header(x-app)+client_ip burst 200",
        "10r/d per global",
        "5r/m per path(orderId)+cookie(sid)+query(q)",
        "1000000000r/s per global",
        "1r/h per claim(realm.tenant)",
    ] {
        assert_eq!(Rate::parse(text).expect(text).to_string(), text);
    }
    let rate = Rate::parse("7r/2m per tenant").expect("a rate");
    assert_eq!(
        (rate.count, rate.period_s, rate.burst, rate.burst_written),
        (7, 120, 7, false)
    );
}

#[test]
fn wrong_rates_say_what_to_write() {
    for (text, expected) in [
        (
            "100/s per client_ip",
            "expected `r/` after 100: write `100r/s per client_ip` @3..4 -> 100r/s per client_ip",
        ),
        (
            "100r/s",
            "missing ` per <key>`, use ` per global` for one shared bucket @5..6",
        ),
        (
            "10r/ms per client_ip",
            "unit `ms` not allowed; 10r/ms is `10000r/s` @4..6 -> 10000r/s per client_ip",
        ),
        ("0r/s per client_ip", "a zero rate blocks everything @0..1"),
        (
            "1.5r/s per client_ip",
            "whole numbers only: `3r/2s per client_ip` @0..3 -> 3r/2s per client_ip",
        ),
        (
            "10r/s per ip",
            "unknown key `ip`; did you mean `client_ip`? @10..12",
        ),
        ("10r/s per header()", "header name is empty @10..18"),
        (
            "10r/s  per client_ip",
            "two spaces at column 6 @5..7 -> 10r/s per client_ip",
        ),
        (
            "99999999999r/s per client_ip",
            "the rate is above 1000000000 per second @0..11",
        ),
        (
            "99999999999999999999999r/s per client_ip",
            "the rate is above 1000000000 per second @0..23",
        ),
        (
            "10r/s per client_ip burst 0",
            "a burst of zero lets nothing through @26..27",
        ),
        (
            "10r/s per global+client_ip",
            "`global` cannot be combined with other keys @10..26",
        ),
        (
            "10r/s per header(a+b)",
            "`+` inside a header name is refused @17..20",
        ),
        (
            "010r/s per global",
            "a count has no leading zero @0..3 -> 10r/s per global",
        ),
        (
            "10r/s per client_ip ",
            "spaces around the rate @0..20 -> 10r/s per client_ip",
        ),
        ("10r/w per global", "unit `w` not allowed @4..5"),
        ("", "expected a count of requests, found `` @0..0"),
        (
            "10r/s pro global",
            "expected ` per <key>`, found ` pro global` @5..16",
        ),
        (
            "10r/s per global bursts 3",
            "expected ` burst <n>` or the end, found `bursts 3` @17..25",
        ),
    ] {
        assert_eq!(message(Rate::parse(text)), expected, "{text}");
    }
}

#[test]
fn durations_are_exact() {
    for (text, micros) in [
        ("250ms", 250_000),
        ("1m30s", 90_000_000),
        ("1.5s", 1_500_000),
        ("2s", 2_000_000),
        ("1h0.5us", 0),
        ("0s", 0),
    ] {
        match Micros::parse(text) {
            Ok(value) => assert_eq!(value.0, micros, "{text}"),
            Err(problem) => assert_eq!(
                problem.message,
                "`0.5us` is no whole number of microseconds"
            ),
        }
    }
    assert_eq!(Micros(90_000_000).to_string(), "1m30s");
    for (text, expected) in [
        (
            "10",
            "duration needs a unit; did you mean `10s` or `10ms`? @0..2",
        ),
        (
            "30 s",
            "no space is allowed in the duration `30 s` @2..3 -> 30s",
        ),
        ("1s1m", "units must descend @2..4"),
        ("1m1m", "unit `m` stands twice @3..4"),
        ("1S", "unknown unit `S` in the duration @1..2 -> 1s"),
        ("1.5s3ms", "only the last part may have a fraction @4..7"),
        ("400d", "the duration is longer than 366 days @0..4"),
    ] {
        assert_eq!(message(Micros::parse(text)), expected, "{text}");
    }
}

#[test]
fn percentages_are_exact() {
    assert_eq!(Percent::parse("99.9%").map(|p| p.0), Ok(999_000));
    assert_eq!(Percent::parse("0.0001%").map(|p| p.0), Ok(1));
    for (text, expected) in [
        ("10", "`10` is no percentage @0..2 -> 10%"),
        ("101%", "a percentage lies between 0% and 100% @0..4"),
        ("1.00001%", "a percentage has at most four decimals @2..7"),
        ("x%", "`x%` is no percentage @0..2"),
        ("%", "`%` is no percentage @0..1"),
    ] {
        assert_eq!(message(Percent::parse(text)), expected, "{text}");
    }
}
