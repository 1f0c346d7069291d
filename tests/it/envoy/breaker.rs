//! The breaker.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use cherry_testkit::load::{Counts, Request, Response, crowd};

use super::{Street, assert_refusal, figure, port};

/// The breaker of the first sample, without its limit.
const SAMPLE: &str = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: "/users/{id}", method: GET, circuit_breaker: {failure_threshold: 5, timeout_ms: 2000}}
"#;

/// The same, open for an hour: whatever is refused stays refused while a test runs.
fn for_an_hour() -> String {
    SAMPLE.replace("2000", "3600000")
}

/// A request that the upstream answers with `status`.
fn answered(status: u16) -> Request {
    Request::get("/users/1").header("x-status", &status.to_string())
}

impl Street {
    /// Statuses of the answers to requests that the upstream answers so, each on a connection of
    /// its own.
    fn row<const N: usize>(&self, statuses: [u16; N]) -> [u16; N] {
        statuses.map(|status| self.send(2, &answered(status)).status)
    }

    /// Whether the breaker refuses. A request that it lets through ends a row of failures.
    fn refuses(&self) -> bool {
        is_refused(&self.send(2, &answered(200)))
    }
}

fn is_refused(response: &Response) -> bool {
    response.value("x-cherry-policy") == Some("circuit_breaker")
}

#[test]
fn it_opens_at_the_fifth_failure_for_two_seconds() {
    let Some(street) = Street::open(&[SAMPLE], &[]) else {
        return;
    };
    let mut client = street.client(2);
    let failures = [500, 503, 502, 504, 500];
    let mut began = Instant::now();
    for status in failures {
        began = Instant::now();
        let response = client.send(&answered(status)).expect("an answer");
        assert_eq!((response.status, is_refused(&response)), (status, false));
    }
    // It opened between these two instants.
    let opened = (began, Instant::now());
    let mut refused = 0_u32;
    let passed = loop {
        let asked = Instant::now();
        // A connection of its own for each: what one worker saw holds for the other.
        let response = street.send(2, &answered(200));
        let told = Instant::now();
        if response.status == 200 {
            break (asked, told);
        }
        refused += 1;
        assert_refusal(&response, 503, "circuit_breaker", "Service Unavailable");
        let long = Duration::from_secs(2);
        assert!(
            asked - opened.1 <= long,
            "refused after {:?}",
            asked - opened.1
        );
        // The remaining time, rounded up, as it was at some instant of the exchange.
        let most = (long + (opened.1 - opened.0)).saturating_sub(asked - opened.0);
        let least = long.saturating_sub(told - opened.0);
        let wait: u64 = response
            .value("retry-after")
            .and_then(|value| value.parse().ok())
            .expect("a number of seconds");
        let bounds = least.as_secs_f64().ceil()..=most.as_secs_f64().ceil().max(1.0);
        let wait = Duration::from_secs(wait).as_secs_f64();
        assert!(bounds.contains(&wait), "{wait} s is not in {bounds:?}");
        thread::sleep(Duration::from_millis(5));
    };
    let after = (passed.0 - opened.1, passed.1 - opened.0);
    figure(&format!(
        "refused {refused} requests; the probe passed after {after:?}"
    ));
    assert!(refused > 20, "only {refused} requests were refused");
    assert!(
        after.1 >= Duration::from_secs(2),
        "the probe passed after {after:?}"
    );
    assert_eq!(
        street.upstream.hits("/users/1"),
        6,
        "five failures and the probe"
    );
    // The probe closed it: everything passes again, and failures are counted from none.
    assert_eq!(
        street.row([200, 500, 500, 500, 500, 200]),
        [200, 500, 500, 500, 500, 200]
    );
}

/// Clients at a barrier, each with a connection that stands already.
fn storm(street: &Street, size: usize, request: &Request) -> (Counts, u64) {
    let barrier = Barrier::new(size);
    let refused = std::sync::atomic::AtomicU64::new(0);
    let counts = crowd(size, |_| {
        let mut client = street.client(2);
        client.get("/elsewhere").expect("unlisted requests pass");
        barrier.wait();
        let outcome = client.send(request);
        if outcome.as_ref().is_ok_and(is_refused) {
            refused.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        }
        let mut counts = Counts::default();
        counts.record(&outcome);
        counts
    });
    (counts, refused.into_inner())
}

#[test]
fn exactly_one_probe_passes_under_64_callers() {
    let Some(street) = Street::open(&[SAMPLE], &[]) else {
        return;
    };
    assert_eq!(street.row([500; 5]), [500; 5]);
    for (status, what) in [(500, "fails"), (200, "succeeds")] {
        thread::sleep(Duration::from_millis(2050));
        let before = street.upstream.hits("/users/1");
        // Slower than the slowest of the callers, quicker than the lease of the probe.
        let probe = answered(status).header("x-delay-ms", "1500");
        let (counts, refused) = storm(&street, 64, &probe);
        let passed = street.upstream.hits("/users/1") - before;
        figure(&format!(
            "64 callers, a probe that {what}: {passed} passed, {counts:?}"
        ));
        assert_eq!((passed, refused, counts.failed), (1, 63, 0));
        assert_eq!(street.refuses(), status == 500, "a probe that {what}");
    }
    let (counts, refused) = storm(&street, 64, &answered(200));
    assert_eq!((counts.of(200), refused), (64, 0), "closed");
}

#[test]
fn answers_below_500_never_count_and_end_a_row() {
    let Some(street) = Street::open(&[&for_an_hour()], &[]) else {
        return;
    };
    for status in [400, 401, 404, 408, 409, 429, 499] {
        assert_eq!(street.row([status; 12]), [status; 12]);
    }
    for status in [200, 204, 302, 404, 429] {
        let row = [500, 500, 500, 500, status, 500, 500, 500, 500, status];
        assert_eq!(street.row(row), row);
    }
    assert!(!street.refuses());
    assert_eq!(street.row([500; 5]), [500; 5]);
    assert!(street.refuses());
}

#[test]
fn its_own_answers_never_count() {
    let text = r#"
contract: user/v1
version: 1.2.0
endpoints:
- path: "/users/{id}"
  method: GET
  rate_limit: "1000r/h per header(x-key)"
  circuit_breaker: {failure_threshold: 5, timeout_ms: 1000}
- {path: "/tight", method: GET, rate_limit: "4r/h per global", circuit_breaker: {failure_threshold: 5, timeout_ms: 3600000}}
"#;
    let Some(street) = Street::open(&[text], &[]) else {
        return;
    };
    // Four failures and twenty refusals of the limiter are four failures, and no row was ended.
    let tight = Request::get("/tight").header("x-status", "500");
    let seen: Vec<u16> = (0..24).map(|_| street.send(2, &tight).status).collect();
    assert_eq!((&seen[..4], &seen[4..]), (&[500; 4][..], &[429; 20][..]));

    assert_eq!(street.row([500; 5]), [500; 5]);
    for round in 0..2 {
        let refused = street.row([200; 20]);
        assert_eq!(refused, [503; 20], "round {round}");
        thread::sleep(Duration::from_millis(1050));
        assert_eq!(street.row([200]), [200], "the probe closes it");
        // Had its own answers counted, the first of these would open it.
        assert_eq!(street.row([500; 4]), [500; 4]);
        assert_eq!(street.row([200]), [200]);
        assert_eq!(street.row([500; 5]), [500; 5]);
    }
}

#[test]
fn limits_that_refuse_do_not_open_it() {
    let text = for_an_hour().replace(
        "circuit_breaker",
        "rate_limit: \"3r/h per header(x-key)\", circuit_breaker",
    );
    let Some(street) = Street::open(&[&text], &[]) else {
        return;
    };
    let keyed = |key: &str| street.send(2, &answered(200).header("x-key", key)).status;
    let seen = ["a"; 20].map(keyed);
    assert_eq!((&seen[..3], &seen[3..]), (&[200; 3][..], &[429; 17][..]));
    assert_eq!(keyed("b"), 200, "429 is no failure");
    // A request that the open breaker refuses has used its allowance.
    let failing = ["c", "d"].map(|key| answered(500).header("x-key", key));
    for request in [0, 0, 0, 1, 1] {
        assert_eq!(street.send(2, &failing[request]).status, 500);
    }
    assert_eq!(["e"; 4].map(keyed), [503, 503, 503, 429]);
}

#[test]
fn refused_connections_resets_and_timeouts_count() {
    let text = for_an_hour().replace("circuit_breaker", "timeout: 100ms, circuit_breaker");
    thread::scope(|scope| {
        for (name, upstream, header, status) in [
            ("refused", Some(port()), ("x-none", ""), 503),
            ("reset", None, ("x-abort", "reset"), 503),
            ("timeout", None, ("x-delay-ms", "600"), 504),
        ] {
            let text = &text;
            scope.spawn(move || {
                let set = upstream.map(|port| format!("envoy.upstream=127.0.0.1:{port}"));
                let set: Vec<&str> = set.iter().map(String::as_str).collect();
                let Some(street) = Street::open(&[text], &set) else {
                    return;
                };
                let request = Request::get("/users/1").header(header.0, header.1);
                for _ in 0..5 {
                    let response = street.send(2, &request);
                    assert_eq!(response.status, status, "{name}: {response:?}");
                    assert!(!is_refused(&response), "{name}: {response:?}");
                }
                assert!(street.refuses(), "{name} is a failure");
            });
        }
    });
}

#[test]
fn a_client_that_leaves_counts_as_nothing() {
    let Some(street) = Street::open(&[&for_an_hour()], &[]) else {
        return;
    };
    assert_eq!(street.row([500; 4]), [500; 4]);
    leave(&street, 10, 500);
    // Four failures stand as they were: neither ten more of them, nor a row that was ended.
    assert_eq!(street.row([500]), [500]);
    assert!(street.refuses());
}

#[test]
fn a_probe_whose_client_leaves_is_released() {
    let text = SAMPLE.replace("2000", "4000");
    let Some(street) = Street::open(&[&text], &[]) else {
        return;
    };
    assert_eq!(street.row([500; 5]), [500; 5]);
    thread::sleep(Duration::from_millis(4050));
    let start = Instant::now();
    leave(&street, 1, 500);
    let released = loop {
        let response = street.send(2, &answered(200));
        if !is_refused(&response) {
            assert_eq!(response.status, 200);
            break start.elapsed();
        }
        thread::sleep(Duration::from_millis(5));
    };
    figure(&format!(
        "the next probe passed {released:?} after one that left at 0.5 s"
    ));
    // Otherwise its lease would have held for four seconds.
    assert!(released < Duration::from_secs(3), "{released:?}");
    assert_eq!(street.row([500; 4]), [500; 4], "it was closed");
}

/// Lets clients send requests and leave before there is an answer.
fn leave(street: &Street, size: usize, status: u16) {
    let before = street.upstream.total();
    let request = answered(status).header("x-delay-ms", "2000");
    let counts = crowd(size, |_| {
        let stay = Duration::from_millis(500);
        let left = street.client(2).send_and_leave(&request, stay);
        left.expect("the request is sent");
        Counts::default()
    });
    assert_eq!(counts.total(), 0);
    let arrived = street.upstream.total() - before;
    assert_eq!(arrived, size as u64, "all were on their way");
}
