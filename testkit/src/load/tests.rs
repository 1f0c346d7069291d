//! The client against the upstream: each is the test of the other.

use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::ports::free_port;
use crate::upstream::{Reply, Upstream};

#[test]
fn raw_targets_arrive_as_they_were_sent() {
    let upstream = Upstream::start().expect("a port is free");
    let mut client = HttpClient::new(upstream.address());
    for target in [
        "/users/1",
        "/a//b/../c?x=/d",
        "/%zz/%2F;p=1",
        "*",
        "/a\"b<c>|[d]",
        "http://x/y",
    ] {
        let response = client.get(target).expect("the upstream answers");
        assert_eq!(response.status, 200);
        assert_eq!(response.text(), target);
    }
    let response = client.get(b"/\xff\xfe").expect("the upstream answers");
    assert_eq!(response.body, b"/\xff\xfe");
    assert_eq!(upstream.total(), 7);
    assert_eq!(upstream.hits("/a//b/../c"), 1);
}

#[test]
fn headers_and_body_arrive_and_are_remembered() {
    let upstream = Upstream::start().expect("a port is free");
    let mut client = HttpClient::new(upstream.address());
    let request = Request::new("POST", "/orders")
        .header("X-Forwarded-For", "6.6.6.6")
        .header("x-forwarded-for", "7.7.7.7")
        .body("hello");
    client.send(&request).expect("the upstream answers");
    let seen = upstream.last().expect("it saw the request");
    assert_eq!(seen.method, "POST");
    assert_eq!(seen.body, b"hello");
    assert_eq!(seen.value("host"), Some("test"));
    let forwarded: Vec<_> = seen
        .headers
        .iter()
        .filter(|(name, _)| name == "x-forwarded-for")
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(forwarded, ["6.6.6.6", "7.7.7.7"]);
}

#[test]
fn request_headers_steer_the_upstream() {
    let upstream = Upstream::start().expect("a port is free");
    let mut client = HttpClient::new(upstream.address());

    let refused = Request::get("/x").header("x-status", "503");
    assert_eq!(client.send(&refused).expect("an answer").status, 503);

    let slow = Request::get("/x").header("x-delay-ms", "80");
    let before = Instant::now();
    assert_eq!(client.send(&slow).expect("an answer").status, 200);
    assert!(before.elapsed() >= Duration::from_millis(80));

    let reset = Request::get("/x").header("x-abort", "reset");
    client.send(&reset).expect_err("the connection was closed");
    assert_eq!(client.get("/x").expect("a new connection").status, 200);

    let counts = upstream.counts();
    assert_eq!(counts[&("/x".to_owned(), Some(503))], 1);
    assert_eq!(counts[&("/x".to_owned(), Some(200))], 2);
    assert_eq!(counts[&("/x".to_owned(), None)], 1);
}

#[test]
fn knobs_steer_the_upstream() {
    let upstream = Upstream::start().expect("a port is free");
    let mut client = HttpClient::new(upstream.address());
    upstream.set_status(500);
    assert_eq!(client.get("/x").expect("an answer").status, 500);
    upstream.set_status(200);
    assert_eq!(client.get("/x").expect("an answer").status, 200);
    upstream.set_abort(true);
    client.get("/x").expect_err("the connection was closed");
    upstream.set_abort(false);
    upstream.set_delay(Duration::from_millis(80));
    let before = Instant::now();
    client.get("/x").expect("an answer");
    assert!(before.elapsed() >= Duration::from_millis(80));
    upstream.forget();
    assert_eq!((upstream.total(), upstream.last()), (0, None));
}

#[test]
fn a_closure_decides_by_request() {
    let calls = AtomicU64::new(0);
    let upstream = Upstream::with(move |_, wanted| {
        // Every second request fails.
        match calls.fetch_add(1, Ordering::SeqCst) % 2 {
            0 => Reply {
                headers: vec![("x-kind".to_owned(), "even".to_owned())],
                ..wanted
            },
            _ => Reply::status(502),
        }
    })
    .expect("a port is free");
    let mut client = HttpClient::new(upstream.address());
    let first = client.get("/x").expect("an answer");
    assert_eq!((first.status, first.value("x-kind")), (200, Some("even")));
    let second = client.get("/x").expect("an answer");
    assert_eq!((second.status, second.body.len()), (502, 0));
}

#[test]
fn head_has_no_body_and_keeps_the_connection() {
    let upstream = Upstream::start().expect("a port is free");
    let mut client = HttpClient::new(upstream.address());
    let head = client
        .send(&Request::new("HEAD", "/users/1"))
        .expect("an answer");
    assert_eq!(head.value("content-length"), Some("8"));
    assert!(head.body.is_empty());
    assert_eq!(client.get("/next").expect("an answer").text(), "/next");
}

#[test]
fn trailers_come_after_a_chunked_body() {
    let upstream = Upstream::start().expect("a port is free");
    let mut client = HttpClient::new(upstream.address());
    let request = Request::get("/rpc").header("x-trailer", "grpc-status=14");
    let response = client.send(&request).expect("an answer");
    assert_eq!(response.text(), "/rpc");
    assert_eq!(
        response.trailers,
        [("grpc-status".to_owned(), "14".to_owned())]
    );
    assert_eq!(client.get("/next").expect("an answer").text(), "/next");
}

#[test]
fn a_client_chooses_its_address() {
    let upstream = TcpListenerProbe::start();
    let mut client = HttpClient::new(upstream.address).from_source(Ipv4Addr::new(127, 0, 0, 7));
    // The probe never answers; its record of the peer is what counts.
    client.get("/").expect_err("the probe hangs up");
    let peer = upstream.thread.join().expect("the probe does not panic");
    assert_eq!(peer.ip(), Ipv4Addr::new(127, 0, 0, 7));
}

/// Accepts one connection, says from where, and hangs up.
struct TcpListenerProbe {
    address: SocketAddr,
    thread: thread::JoinHandle<SocketAddr>,
}

impl TcpListenerProbe {
    fn start() -> Self {
        let listener =
            std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let thread = thread::spawn(move || listener.accept().expect("a client comes").1);
        Self { address, thread }
    }
}

#[test]
fn a_server_that_is_not_there_is_a_failure_not_a_status() {
    let port = free_port().expect("a port is free");
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let counts = paced(address, "/", 100, Duration::from_millis(50), None);
    assert_eq!((counts.failed, counts.total()), (5, 5));
}

#[test]
fn a_flood_counts_what_the_upstream_counts() {
    let upstream = Upstream::start().expect("a port is free");
    let source = Some(Ipv4Addr::new(127, 0, 0, 9));
    let counts = flood(
        upstream.address(),
        "/x",
        4,
        Duration::from_millis(200),
        source,
    );
    assert_eq!(counts.failed, 0);
    assert!(counts.of(200) > 100, "{counts:?}");
    assert_eq!(counts.total(), upstream.hits("/x"));
}

#[test]
fn a_pace_is_kept() {
    let upstream = Upstream::start().expect("a port is free");
    let before = Instant::now();
    let counts = paced(
        upstream.address(),
        "/x",
        50,
        Duration::from_millis(500),
        None,
    );
    assert_eq!(counts.of(200), 25);
    // The last of 25 requests is due at 480 ms; a slow machine may add to it, never subtract.
    assert!(before.elapsed() >= Duration::from_millis(480));
}

#[test]
fn a_client_that_leaves_was_still_seen() {
    let upstream = Upstream::start().expect("a port is free");
    let mut client = HttpClient::new(upstream.address());
    let slow = Request::get("/slow").header("x-delay-ms", "200");
    client
        .send_and_leave(&slow, Duration::from_millis(50))
        .expect("the request is written");
    assert_eq!(upstream.hits("/slow"), 1);
    assert_eq!(upstream.in_flight(), 1);
    assert_eq!(client.get("/x").expect("a new connection").status, 200);
}
