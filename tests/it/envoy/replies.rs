//! Answers that policies give, bounds on calls, and retries.

use std::time::{Duration, Instant};

use cherry_testkit::load::{Request, Response};
use cherry_testkit::upstream::Upstream;

use super::{Street, assert_refusal, figure};

const ALL: &str = r#"
contract: user/v1
version: 1.2.0
unlisted: reject
endpoints:
- {path: "/limited", method: "*", rate_limit: "1r/h per client_ip"}
- {path: "/shared", method: "*", rate_limit: "1r/h per global"}
- {path: "/broken", method: "*", circuit_breaker: {failure_threshold: 1, timeout_ms: 3600000}}
- {path: "/bounded", method: "*", timeout: 100ms}
- {path: "/silent", method: POST}
"#;

fn grpc(target: &str) -> Request {
    Request::new("POST", target)
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(&b"\0\0\0\0\0"[..])
}

/// Asserts that an answer says to gRPC what a policy decided.
fn assert_grpc(response: &Response, status: &str, policy: &str) {
    figure(&format!("{policy}: {:?}", response.headers));
    assert_eq!(response.status, 200, "{response:?}");
    for (name, value) in [
        ("grpc-status", status),
        ("x-cherry-policy", policy),
        ("content-type", "application/grpc"),
    ] {
        let found = response.headers.iter().filter(|(known, _)| known == name);
        let found: Vec<&str> = found.map(|(_, value)| value.as_str()).collect();
        assert_eq!(found, [value], "`{name}` of {response:?}");
    }
    assert!(response.body.is_empty(), "{response:?}");
}

#[test]
fn refusals_say_to_grpc_what_they_say_to_http() {
    let Some(street) = Street::open(&[ALL], &[]) else {
        return;
    };
    for path in ["/limited", "/shared"] {
        assert_eq!(street.send(2, &grpc(path)).status, 200);
        let refused = street.send(2, &grpc(path));
        assert_grpc(&refused, "8", "rate_limit");
        assert_eq!(refused.value("retry-after"), Some("3600"));
        let refused = street.send(2, &Request::get(path));
        assert_refusal(&refused, 429, "rate_limit", "Too Many Requests");
        assert_eq!(refused.value("retry-after"), Some("3600"));
        let refused = street.send(2, &Request::new("HEAD", path));
        assert_eq!((refused.status, refused.body.len()), (429, 0));
        assert_eq!(refused.value("x-cherry-policy"), Some("rate_limit"));
    }

    street.send(2, &Request::get("/broken").header("x-status", "500"));
    let refused = street.send(2, &grpc("/broken"));
    assert_grpc(&refused, "14", "circuit_breaker");
    assert_eq!(refused.value("retry-after"), Some("3600"));
    let refused = street.send(2, &Request::get("/broken"));
    assert_refusal(&refused, 503, "circuit_breaker", "Service Unavailable");
    assert_eq!(refused.value("retry-after"), Some("3600"));

    let slow = |request: Request| street.send(2, &request.header("x-delay-ms", "1000"));
    assert_grpc(&slow(grpc("/bounded")), "4", "timeout");
    let refused = slow(Request::get("/bounded"));
    assert_refusal(&refused, 504, "timeout", "Gateway Timeout");
    assert_eq!(refused.value("retry-after"), None);

    assert_grpc(&street.send(2, &grpc("/nothing")), "12", "unlisted");
    assert_refusal(
        &street.send(2, &Request::get("/nothing")),
        404,
        "unlisted",
        "Not Found",
    );
    let refused = street.send(2, &Request::get("/silent"));
    assert_refusal(&refused, 405, "unlisted", "Method Not Allowed");
}

#[test]
fn answers_of_the_service_are_its_own() {
    let Some(street) = Street::open(&[ALL], &[]) else {
        return;
    };
    for status in [400, 404, 405, 429, 500, 502, 503, 504] {
        let request = Request::new("POST", "/bounded").header("x-status", &status.to_string());
        let response = street.send(2, &request);
        assert_eq!(
            (response.status, response.text()),
            (status, "/bounded".to_owned())
        );
        for name in ["x-cherry-policy", "content-type", "retry-after", "server"] {
            assert_eq!(response.value(name), None, "{name} of {status}");
        }
    }
}

#[test]
fn silence_bounds_nothing_and_repeats_nothing() {
    let text = "contract: user/v1\nversion: 1.2.0\nendpoints:\n- {path: /a, method: GET}\n";
    let Some(street) = Street::open(&[text], &[]) else {
        return;
    };
    let bootstrap: serde_json::Value =
        serde_yaml_ng::from_str(&street.workspace.bootstrap()).expect("it is YAML");
    let manager = "/static_resources/listeners/0/filter_chains/0/filters/0/typed_config";
    let manager = bootstrap.pointer(manager).expect("there is one");
    let routes = manager.pointer("/route_config/virtual_hosts/0/routes");
    let routes = routes
        .and_then(serde_json::Value::as_array)
        .expect("there are routes");
    assert!(routes.len() > 1);
    for route in routes {
        assert_eq!(route["route"]["timeout"], "0s", "{route}");
        assert!(route["route"].get("retry_policy").is_none(), "{route}");
    }
    assert_eq!(manager["stream_idle_timeout"], "0s");

    for path in ["/a", "/elsewhere"] {
        let slow = Request::get(path).header("x-delay-ms", "1500");
        assert_eq!(street.send(2, &slow).status, 200, "{path}");
        for failure in [("x-status", "503"), ("x-abort", "reset")] {
            street.upstream.forget();
            let request = Request::get(path).header(failure.0, failure.1);
            assert_eq!(street.send(2, &request).status, 503);
            assert_eq!(street.upstream.total(), 1, "{path} with {failure:?}");
        }
    }
}

#[test]
fn retries_are_as_written() {
    let text = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: /statuses, method: GET, retry: {attempts: 3, on: ["503", 429]}}
- {path: /gateway, method: GET, retry: {attempts: 2, on: [gateway_error], budget: 50%}}
- {path: /reset, method: GET, retry: {attempts: 2, on: [reset]}}
- {path: /any, method: GET, retry: {attempts: 1, on: [5xx]}}
- {path: /connect, method: GET, retry: {attempts: 2, on: [connect]}}
- {path: /default, method: GET, retry: {}}
- {path: /bounded, method: GET, timeout: 400ms, retry: {attempts: 10, on: ["503"]}}
- path: /broken
  method: GET
  retry: {attempts: 2, on: [5xx]}
  circuit_breaker: {failure_threshold: 3, timeout_ms: 3600000}
"#;
    let Some(street) = Street::open(&[text], &[]) else {
        return;
    };
    let bootstrap = street.workspace.bootstrap();
    assert_eq!(
        bootstrap.matches("retry_budget:").count(),
        2,
        "20 % and 50 %"
    );
    let tries = |path: &str, failure: (&str, &str)| {
        street.upstream.forget();
        let request = Request::get(path).header(failure.0, failure.1);
        let status = street.send(2, &request).status;
        (status, street.upstream.total())
    };
    let status = |status| ("x-status", status);
    let reset = ("x-abort", "reset");
    for (path, failure, expected) in [
        ("/statuses", status("503"), (503, 4)),
        ("/statuses", status("429"), (429, 4)),
        ("/statuses", status("500"), (500, 1)),
        ("/statuses", reset, (503, 1)),
        ("/gateway", status("502"), (502, 3)),
        ("/gateway", status("504"), (504, 3)),
        ("/gateway", status("500"), (500, 1)),
        ("/gateway", reset, (503, 1)),
        ("/reset", reset, (503, 3)),
        ("/reset", status("503"), (503, 1)),
        ("/any", status("500"), (500, 2)),
        ("/any", status("404"), (404, 1)),
        ("/connect", status("503"), (503, 1)),
        ("/connect", reset, (503, 1)),
        ("/default", status("503"), (503, 1)),
    ] {
        assert_eq!(tries(path, failure), expected, "{path} with {failure:?}");
    }

    // The bound spans all tries.
    street.upstream.forget();
    let start = Instant::now();
    let request = Request::get("/bounded").header("x-status", "503");
    let response = street.send(2, &request.header("x-delay-ms", "150"));
    let (took, total) = (start.elapsed(), street.upstream.total());
    figure(&format!(
        "{total} tries, {} after {took:?}",
        response.status
    ));
    assert_refusal(&response, 504, "timeout", "Gateway Timeout");
    assert!((1..=3).contains(&total), "{total} tries");
    // Envoy's timers count from the last turn of its loop, some milliseconds before the request.
    assert!(took >= Duration::from_millis(380), "{took:?}");

    // The breaker sees a call, whatever it took.
    let seen = [0; 4].map(|_| tries("/broken", status("500")));
    assert_eq!(seen, [(500, 3), (500, 3), (500, 3), (503, 0)]);
}

#[test]
fn a_retry_that_succeeds_is_a_success() {
    let text = r#"
contract: user/v1
version: 1.2.0
endpoints:
- path: /flaky
  method: GET
  retry: {attempts: 2, on: ["503"]}
  circuit_breaker: {failure_threshold: 1, timeout_ms: 3600000}
"#;
    let number = std::sync::atomic::AtomicU64::new(0);
    let upstream = Upstream::with(move |_, mut reply| {
        let number = number.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        reply.status = if number % 3 == 2 { 200 } else { 503 };
        reply
    });
    let Some(street) = Street::open_before(upstream.expect("a port is free"), &[text], &[]) else {
        return;
    };
    let seen = [0; 5].map(|_| street.get(2, "/flaky"));
    assert_eq!((seen, street.upstream.total()), ([200; 5], 15));
}

#[test]
fn the_breaker_reads_the_status_of_grpc() {
    let text = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: "/user.Users/{method}", method: POST, circuit_breaker: {failure_threshold: 2, timeout_ms: 3600000}}
- {path: "/order.Orders/{method}", method: POST, circuit_breaker: {failure_threshold: 2, timeout_ms: 3600000}}
"#;
    let upstream = Upstream::with(|request, mut reply| {
        let kind = ("content-type".to_owned(), "application/grpc".to_owned());
        reply.headers.push(kind);
        // Trailers-only: the status is among the headers and there is no body.
        if let Some(status) = request.value("x-headers") {
            let status = ("grpc-status".to_owned(), status.to_owned());
            reply.headers.push(status);
            reply.body.clear();
        }
        reply
    });
    let Some(street) = Street::open_before(upstream.expect("a port is free"), &[text], &[]) else {
        return;
    };
    let is_refused = |path: &str, header: &str, value: &str| {
        let response = street.send(2, &grpc(path).header(header, value));
        assert_eq!(response.status, 200, "{response:?}");
        response.value("x-cherry-policy").is_some()
    };
    for (path, header, prefix) in [
        ("/user.Users/Get", "x-trailer", "grpc-status="),
        ("/order.Orders/Get", "x-headers", ""),
    ] {
        // NOT_FOUND and the like end a row; UNAVAILABLE is a failure.
        for status in ["14", "0", "14", "5", "13", "8", "2", "16"] {
            assert!(
                !is_refused(path, header, &format!("{prefix}{status}")),
                "{path} {status}"
            );
        }
        for (status, expected) in [("4", false), ("15", false), ("0", true)] {
            let refused = is_refused(path, header, &format!("{prefix}{status}"));
            assert_eq!(refused, expected, "{path} {status}");
        }
    }
}
