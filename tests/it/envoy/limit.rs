//! The limiter.

use std::thread;
use std::time::{Duration, Instant};

use cherry_testkit::load::{Counts, Request, crowd, flood, paced};

use super::{Street, address, assert_refusal, figure};

/// Three requests, and no more while a test runs.
const THREE: &str = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: "/users/{id}", method: GET, rate_limit: "3r/h per client_ip"}
"#;

/// The first sample of the language, as it stands in the repository.
const SAMPLE: &str = include_str!("../../../fixtures/contracts/first-sample/user.cherry.yaml");

#[test]
fn a_flood_gets_its_rate_and_its_neighbour_loses_nothing() {
    let Some(street) = Street::open(&[SAMPLE], &[]) else {
        return;
    };
    let long = Duration::from_secs(5);
    let listen = street.listen;
    let (flooder, elapsed, neighbour) = thread::scope(|scope| {
        let neighbour = scope.spawn(move || paced(listen, "/users/2", 50, long, Some(address(3))));
        let start = Instant::now();
        let flooder = flood(listen, "/users/1", 4, long, Some(address(2)));
        (flooder, start.elapsed(), neighbour.join().expect("it ends"))
    });
    figure(&format!(
        "flood for {elapsed:?}: {flooder:?}; neighbour at 50 r/s: {neighbour:?}"
    ));
    assert_passes(&flooder, 100.0 + 100.0 * elapsed.as_secs_f64());
    assert_eq!(flooder.of(200) + flooder.of(429), flooder.total());
    assert_eq!(street.upstream.hits("/users/1"), flooder.of(200));
    assert_eq!((neighbour.of(200), neighbour.total()), (250, 250));
}

/// Asserts that as many requests passed as the rate gives, within 2 %.
pub(super) fn assert_passes(counts: &Counts, expected: f64) {
    let passed = counts.of(200);
    let off = (f64::from(u32::try_from(passed).expect("few")) / expected - 1.0) * 100.0;
    figure(&format!(
        "{passed} passed of {}, {expected:.1} were due: {off:+.2} %",
        counts.total()
    ));
    assert!(off.abs() <= 2.0, "{passed} passed, {expected:.1} were due");
}

#[test]
fn forty_addresses_get_forty_allowances_and_not_one_request_more() {
    let text = THREE.replace("3r/h", "10r/h");
    let Some(street) = Street::open(&[&text], &[]) else {
        return;
    };
    for (round, each) in [(1, 10), (2, 0)] {
        let counts = crowd(40, |number| {
            let n = 2 + u8::try_from(number).expect("forty");
            let mut counts = Counts::default();
            for request in 0..12 {
                // Every other one over a new connection, so that both workers see each address.
                let mut client = street.client(n);
                counts.record(&client.get(format!("/users/{request}")));
                counts.record(&client.get(format!("/users/{request}?a")));
            }
            assert_eq!(counts.of(200), each, "127.0.0.{n} in round {round}");
            counts
        });
        figure(&format!("round {round}, forty addresses: {counts:?}"));
        assert_eq!(counts.of(200), 40 * each);
        assert_eq!(counts.of(429), 40 * (24 - each));
    }
    assert_eq!(street.upstream.total(), 400);
}

#[test]
fn head_is_counted_with_get() {
    let Some(street) = Street::open(&[THREE], &[]) else {
        return;
    };
    let status = |method: &str| street.send(2, &Request::new(method, "/users/1")).status;
    let seen = ["GET", "HEAD", "GET", "HEAD", "GET", "POST"].map(status);
    assert_eq!(seen, [200, 200, 200, 429, 429, 200]);
}

#[test]
fn spellings_of_a_path_gain_nothing() {
    let Some(street) = Street::open(&[THREE], &[]) else {
        return;
    };
    let spellings = [
        "/users/1/",
        "/users/[1]",
        "/users/[",
        "/%75sers/1",
        "//users/1",
        "//users///1/",
        "/x/../users/1",
        "/./users/1",
        "/users/%31",
        "/users/a%2Fb",
        "/users/1?x=/../y",
        "/users/1/?x",
        "/users\\1",
        "/users/a|b^c`d{e}\"<>",
        "/x/%2e%2e/users/1",
        "/x/..;a=b/users/1",
        "http://test/users/1",
    ];
    // One client each: two by the plain spelling, the third by the odd one, then none by any.
    for (n, spelling) in (2..).zip(spellings) {
        let seen = ["/users/1", "/users/1", spelling, spelling, "/users/1"];
        let seen = seen.map(|target| street.get(n, target));
        assert_eq!(seen, [200, 200, 200, 429, 429], "{spelling}");
    }
    assert_eq!(street.upstream.total(), 3 * spellings.len() as u64);
}

#[test]
fn a_forged_address_gains_nothing() {
    let Some(street) = Street::open(&[THREE], &[]) else {
        return;
    };
    let forged = |n: u8, value: &str| {
        let request = Request::get("/users/1")
            .header("x-forwarded-for", value)
            .header("x-real-ip", value)
            .header("forwarded", &format!("for={value}"));
        street.send(n, &request).status
    };
    let lies = [
        "6.6.6.6",
        "127.0.0.9",
        "7.7.7.7, 8.8.8.8",
        "::1",
        "nonsense",
        "",
    ];
    let seen = lies.map(|value| forged(2, value));
    assert_eq!(seen, [200, 200, 200, 429, 429, 429]);
    for request in street.upstream.seen() {
        let told = request
            .headers
            .iter()
            .filter(|(name, _)| name == "x-forwarded-for");
        let told: Vec<&str> = told.map(|(_, value)| value.as_str()).collect();
        assert_eq!(
            told,
            ["127.0.0.2"],
            "the upstream is told the peer, whatever was forged"
        );
    }
    // Nor does the one whose name was used lose anything.
    let seen = [9, 9, 9, 9].map(|n| street.get(n, "/users/1"));
    assert_eq!(seen, [200, 200, 200, 429]);
}

#[test]
fn what_no_endpoint_names_passes_untouched() {
    let Some(street) = Street::open(&[THREE], &[]) else {
        return;
    };
    let body: Vec<u8> = (0..100_000).map(|n: u32| n.to_le_bytes()[0]).collect();
    let sent = Request::new("POST", "/users/1/Photos;a=b/%2Fx?q=%75//../[1]")
        .header("x-own", "a, b")
        .header("cookie", "c=1")
        .header("user-agent", "test/1")
        .body(body.clone());
    for _ in 0..10 {
        let response = street.send(2, &sent);
        assert_eq!(response.status, 200);
        let names: Vec<&str> = response
            .headers
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        // A date is what HTTP itself wants of a proxy when the service sends none.
        assert_eq!(
            names,
            ["content-length", "date"],
            "the answer is the service's own"
        );
    }
    let seen = street.upstream.last().expect("it arrived");
    assert_eq!(
        String::from_utf8_lossy(&seen.target),
        String::from_utf8_lossy(&sent.target)
    );
    assert_eq!((&seen.method, seen.body == body), (&sent.method, true));
    let mut headers = seen.headers;
    headers.retain(|header| !sent.headers.contains(header));
    headers.sort();
    let added = [
        ("content-length", "100000"),
        ("host", "test"),
        ("x-forwarded-for", "127.0.0.2"),
        ("x-forwarded-proto", "http"),
    ];
    assert_eq!(
        headers,
        added.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    // None of them was counted, nor is a listed path with another method.
    for method in ["PUT", "DELETE", "OPTIONS"] {
        assert_eq!(
            street.send(2, &Request::new(method, "/users/1")).status,
            200
        );
    }
    for path in ["/users", "/users/", "/Users/1", "/users/1/2", "/"] {
        assert_eq!(street.get(2, path), 200, "{path}");
    }
    let seen = [2; 4].map(|n| street.get(n, "/users/1"));
    assert_eq!(seen, [200, 200, 200, 429]);
}

#[test]
fn a_refusal_is_a_problem_document() {
    let texts = ["3r/h", "1r/s", "7r/m"].map(|rate| {
        let path = rate.replace('/', "-");
        format!("- {{path: /{path}, method: GET, rate_limit: \"{rate} per client_ip burst 7\"}}\n")
    });
    let text = format!(
        "contract: user/v1\nversion: 1.2.0\nendpoints:\n{}",
        texts.concat()
    );
    let Some(street) = Street::open(&[&text], &[]) else {
        return;
    };
    for (path, wait) in [("/3r-h", "1200"), ("/1r-s", "1"), ("/7r-m", "9")] {
        let mut client = street.client(2);
        let refused = (0..100)
            .map(|_| client.get(path).expect("an answer"))
            .find(|response| response.status != 200)
            .expect("seven may pass at once");
        assert_refusal(&refused, 429, "rate_limit", "Too Many Requests");
        assert_eq!(refused.value("retry-after"), Some(wait), "{path}");
        figure(&format!("{path}: {:?}", refused.headers));
    }
}
