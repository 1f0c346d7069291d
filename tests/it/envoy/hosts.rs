//! Route tables, several contracts on a host, native limits, proxies in front.

use std::thread;
use std::time::{Duration, Instant};

use cherry_testkit::load::{Request, flood};

use super::limit::assert_passes;
use super::{Street, address, assert_refusal, figure};

#[test]
fn what_no_endpoint_names_can_be_rejected() {
    let text = r#"
contract: user/v1
version: 1.2.0
unlisted: reject
endpoints:
- {path: "/users/{id}", method: GET, rate_limit: "100r/h per client_ip"}
- {path: "/users/{id}", method: PUT}
- {path: "/users", method: "*"}
"#;
    let Some(street) = Street::open(&[text], &[]) else {
        return;
    };
    let send = |method: &str, target: &str| street.send(2, &Request::new(method, target));
    for (method, target) in [
        ("GET", "/users/1"),
        ("HEAD", "/users/1"),
        ("PUT", "/users/1/"),
        ("OPTIONS", "/users/1"),
        ("OPTIONS", "/users/1/"),
        ("DELETE", "/users"),
        ("OPTIONS", "/users/"),
    ] {
        assert_eq!(send(method, target).status, 200, "{method} {target}");
    }
    assert_eq!(street.upstream.total(), 7);
    for (method, target) in [
        ("DELETE", "/users/1"),
        ("POST", "/users/[1]"),
        ("PATCH", "/users/1/"),
    ] {
        let response = send(method, target);
        assert_refusal(&response, 405, "unlisted", "Method Not Allowed");
        assert_eq!(response.value("allow"), Some("GET, HEAD, PUT"));
    }
    for (method, target) in [
        ("GET", "/"),
        ("GET", "/users/1/2"),
        ("GET", "/Users/1"),
        ("OPTIONS", "/nothing"),
    ] {
        assert_refusal(&send(method, target), 404, "unlisted", "Not Found");
    }
    // Envoy's own answer, whatever the routes say.
    assert_eq!(send("OPTIONS", "*").status, 404);
    assert_eq!(street.upstream.total(), 7, "nothing else came through");
}

#[test]
fn two_contracts_share_a_host() {
    let texts = [
        r#"
contract: user/v1
version: 1.2.0
rate_limit: "8r/h per client_ip"
endpoints:
- {path: "/users/{id}", method: GET, rate_limit: "3r/h per client_ip"}
- {path: "/users/{id}/friends", method: GET}
"#,
        r#"
contract: user/v2
version: 2.0.0
endpoints:
- {path: "/users/me", method: GET, rate_limit: "5r/h per client_ip"}
- {path: "/users/{id}", method: POST, circuit_breaker: {failure_threshold: 2, timeout_ms: 3600000}}
"#,
    ];
    let Some(street) = Street::open(&texts, &[]) else {
        return;
    };
    let passes = |target: &str| {
        let statuses = (0..10).map(|_| street.get(2, target));
        statuses.filter(|status| *status == 200).count()
    };
    assert_eq!(
        passes("/users/me"),
        5,
        "the literal goes before the parameter"
    );
    assert_eq!(passes("/users/1"), 3);
    // Three that passed and five that were refused took from the limit over all endpoints, which is
    // asked first; then it was empty.
    assert_eq!(passes("/users/1/friends"), 0);
    assert_eq!(passes("/elsewhere"), 10);
    let failing = Request::new("POST", "/users/me").header("x-status", "500");
    let seen = [0; 3].map(|_| street.send(2, &failing).status);
    assert_eq!(seen, [500, 500, 503]);
    assert_eq!(
        street.get(3, "/users/1"),
        200,
        "the other contract is not concerned"
    );
}

#[test]
fn a_limit_for_all_is_one_bucket_over_routes_and_workers() {
    let text = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: "/users/{id}", method: GET, rate_limit: "100r/s per global"}
- {path: "/slow/{id}", method: GET, rate_limit: "6r/h per global"}
"#;
    let Some(street) = Street::open(&[text], &[]) else {
        return;
    };
    let bootstrap = street.workspace.bootstrap();
    assert!(bootstrap.contains("local_ratelimit") && !bootstrap.contains("ecds"));
    let long = Duration::from_secs(5);
    let listen = street.listen;
    let start = Instant::now();
    let counts = thread::scope(|scope| {
        // Two routes: the template, and the expression for a slash at the end.
        let floods = [("/users/1", 2), ("/users/2/", 3)]
            .map(|(path, n)| scope.spawn(move || flood(listen, path, 3, long, Some(address(n)))));
        let [mut one, two] = floods.map(|thread| thread.join().expect("it ends"));
        one += two;
        one
    });
    let elapsed = start.elapsed();
    assert_passes(&counts, 100.0 + 100.0 * elapsed.as_secs_f64());
    assert_eq!(counts.of(200) + counts.of(429), counts.total());

    let mut passed = 0;
    for n in 2..8 {
        for (method, target) in [
            ("GET", "/slow/1"),
            ("HEAD", "/slow/2/"),
            ("HEAD", "/slow/["),
        ] {
            passed += u32::from(street.send(n, &Request::new(method, target)).status == 200);
        }
    }
    assert_eq!(passed, 6);
    let refused = street.send(2, &Request::get("/slow/1"));
    assert_refusal(&refused, 429, "rate_limit", "Too Many Requests");
    assert_eq!(refused.value("retry-after"), Some("600"));
}

#[test]
fn limits_by_address_can_be_native() {
    let text = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: "/users/{id}", method: GET, rate_limit: ["5r/h per client_ip", "3r/h per header(x-key)"]}
"#;
    let Some(street) = Street::open(&[text], &["envoy.limiter=native"]) else {
        return;
    };
    assert!(
        street
            .workspace
            .bootstrap()
            .contains("masked_remote_address")
    );
    for n in 2..6 {
        let seen = ["a", "a", "a", "a", "b", "c"].map(|key| {
            let request = Request::get("/users/1")
                .header("x-key", &format!("{key}{n}"))
                .header("x-forwarded-for", key);
            let response = street.send(n, &request);
            if response.status != 200 {
                assert_refusal(&response, 429, "rate_limit", "Too Many Requests");
            }
            (
                response.status,
                response.value("retry-after").map(str::to_owned),
            )
        });
        let seen = seen
            .each_ref()
            .map(|(status, wait)| (*status, wait.as_deref()));
        let passed = (200, None);
        // The fourth is refused by the second limit and has taken from the first.
        let (first, second) = ((429, Some("720")), (429, Some("1200")));
        assert_eq!(
            seen,
            [passed, passed, passed, second, passed, first],
            "127.0.0.{n}"
        );
    }
}

#[test]
fn proxies_in_front_are_trusted_as_far_as_written() {
    let text = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: "/users/{id}", method: GET, rate_limit: "3r/h per client_ip"}
"#;
    for set in [
        &["envoy.trusted_hops=1"][..],
        &["envoy.trusted_hops=2"],
        &["envoy.trusted_hops=1", "envoy.limiter=native"],
        &["envoy.trusted_hops=2", "envoy.limiter=native"],
    ] {
        let Some(street) = Street::open(&[text], set) else {
            return;
        };
        let get = |n: u8, told: &str| {
            let request = Request::get("/users/1").header("x-forwarded-for", told);
            street.send(n, &request).status
        };
        // Behind one proxy the last address is true, behind two the last but one; what stands
        // further left is forged. The tail is what the inner proxy added.
        let tail = if set[0].ends_with('2') {
            ", 9.9.9.9"
        } else {
            ""
        };
        let told = |client: &str| format!("{client}{tail}");
        let seen = [
            get(2, &told("6.6.6.6")),
            get(3, &told("1.1.1.1, 6.6.6.6")),
            get(4, &told("2.2.2.2, 3.3.3.3, 6.6.6.6")),
            get(5, &told("4.4.4.4, 6.6.6.6")),
            get(2, &told("6.6.6.6, 7.7.7.7")),
        ];
        assert_eq!(seen, [200, 200, 200, 429, 200], "{set:?}");
        let told = street.upstream.last().expect("it came through");
        let told = told
            .value("x-forwarded-for")
            .expect("a list")
            .replace(' ', "");
        assert!(told.starts_with("6.6.6.6,7.7.7.7"), "{told}");
        assert!(told.ends_with(",127.0.0.2"), "{told}");
        // IPv6 counts by /64.
        let seen = [
            "2001:db8::1",
            "2001:db8::2",
            "2001:db8:0:0:ffff::",
            "2001:db8::9",
            "2001:db8:0:1::",
        ]
        .map(|client| get(2, &format!("{client}{tail}")));
        assert_eq!(seen, [200, 200, 200, 429, 200], "{set:?}");
        // Fewer entries than proxies, or none that is an address: the peer.
        let seen = ["", "nonsense", "", ""].map(|told| get(20, told));
        assert_eq!(seen, [200, 200, 200, 429], "{set:?}");
        if set[0].ends_with('2') {
            let seen = ["8.8.8.8"; 4].map(|told| get(21, told));
            assert_eq!(seen, [200, 200, 200, 429], "{set:?}");
            assert_eq!(get(22, "8.8.8.8"), 200, "another peer");
        }
    }
}
