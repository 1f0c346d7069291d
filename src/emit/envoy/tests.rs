use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use cherry_testkit::envoy::Envoy as RealEnvoy;
use cherry_testkit::load::{Counts, HttpClient, Request, Response, flood};
use cherry_testkit::provision::require_or_skip;
use cherry_testkit::upstream::Upstream;

use super::*;
use crate::emit::testing::{artifacts, program, unit};
use crate::link::Program;

/// Everything that a route, a limit, a retry and a path can be.
const ORDER: &str = r#"
contract: shop.order/v1
version: 1.4.0
unlisted: reject
rate_limit: "1000r/s per global burst 2000"
defaults: {timeout: 2s}
endpoints:
- {path: "/orders/{id}", method: GET, rate_limit: ["3r/2s per global burst 5", "10r/s per client_ip", "4r/s per global"]}
- {path: "/orders/{id}", method: PUT, timeout: 300ms, retry: {attempts: 2, on: [connect, gateway_error, reset, 429]}}
- {path: "/orders/{id}/items/{a}/{b}/{c}/{d}/{e}", method: GET}
- {path: "/orders/{id}:cancel", method: POST, retry: {attempts: 1, on: [5xx, refused_stream], budget: 12.5%, backoff: {base: 100ms, max: 2s}}}
- {path: "/orders", method: GET, circuit_breaker: {failure_threshold: 5, timeout_ms: 2000}}
- {path: "/files/{path=**}", method: "*", rate_limit: "5r/m per global"}
- {path: "/a(b)+*[c]", method: DELETE}
- {path: /, method: GET}
"#;

const USER_1: &str = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: "/users/{id}", method: GET, rate_limit: "100r/s per client_ip", circuit_breaker: {failure_threshold: 5, timeout_ms: 2000}}
deploy: {targets: {edge: {host: user.shop.svc.cluster.local, trusted_hops: 2, normalize: none}}}
"#;

const USER_2: &str = r#"
contract: user/v2
version: 2.0.0
endpoints:
- {path: "/v2/users/{id}", method: "*", rate_limit: "100r/s per header(x-key)"}
deploy: {targets: {edge: {host: user.shop.svc.cluster.local, trusted_hops: 2, normalize: none}}}
"#;

/// A folder of a test, removed at its end.
struct Folder(tempfile::TempDir);

impl Folder {
    fn of(program: &Program) -> Self {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        for (path, text) in artifacts(&Envoy, program) {
            folder.write(&path, &text);
        }
        folder
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

fn envoy() -> Option<PathBuf> {
    Some(require_or_skip("envoy", "envoy")?.join("envoy/_bin/envoy"))
}

/// A real Envoy with the configuration of some contracts, before an obedient upstream.
struct Running {
    envoy: RealEnvoy,
    upstream: Upstream,
    _folder: Folder,
}

impl Running {
    fn start(binary: &Path, texts: &[&str], set: &[&str]) -> Self {
        let upstream = Upstream::start().expect("an upstream");
        let port = format!("envoy.upstream=127.0.0.1:{}", upstream.port());
        let [listen] = cherry_testkit::ports::free_ports().expect("a port");
        let listen = format!("envoy.listen=127.0.0.1:{listen}");
        let set: Vec<&str> = set.iter().copied().chain([&*port, &*listen]).collect();
        let folder = Folder::of(&program(texts, &set));
        let envoy = RealEnvoy::start(binary, folder.path(), 2, &[]).expect("Envoy runs");
        Running {
            envoy,
            upstream,
            _folder: folder,
        }
    }

    fn client(&self) -> HttpClient {
        let listeners = self.envoy.listeners().expect("listeners");
        // Of addresses like 127.0.0.1 Envoy forwards the machine's own one instead.
        HttpClient::new(listeners["cherry"]).from_source([127, 0, 0, 7].into())
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::new(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.client().send(&request).expect("an answer")
    }
}

#[test]
fn probe() {
    let binary = envoy().unwrap();
    let run = Running::start(&binary, &[ORDER], &[]);
    for (m, p, h) in [
        ("GET", "/orders/7", &[][..]),
        ("GET", "/orders/7/", &[]),
        ("HEAD", "/orders/[7]", &[]),
        ("POST", "/orders/7", &[]),
        ("OPTIONS", "/orders/7", &[]),
        ("OPTIONS", "*", &[]),
        (
            "POST",
            "/orders/7",
            &[("content-type", "application/grpc"), ("te", "trailers")],
        ),
        ("GET", "/nothing", &[("content-type", "application/grpc")]),
        ("GET", "/nothing", &[]),
        (
            "GET",
            "/",
            &[
                ("x-forwarded-for", "6.6.6.6"),
                ("x-request-id", "abc"),
                ("x-forwarded-proto", "https"),
                ("X-Envoy-Foo", "1"),
                ("server", "me"),
            ],
        ),
        ("PUT", "/orders/7?delay_ms=900", &[("x-delay-ms", "900")]),
        (
            "PUT",
            "/orders/7?delay_ms=900",
            &[("x-delay-ms", "900"), ("content-type", "application/grpc")],
        ),
        ("DELETE", "/a(b)+*[c]", &[]),
        ("GET", "/files/a/b", &[]),
        ("GET", "/files/a", &[]),
        ("GET", "/files/a", &[]),
        ("GET", "/files/a", &[]),
        ("GET", "/files/a", &[]),
        ("GET", "/files/a", &[]),
        ("GET", "/files/a", &[("content-type", "application/grpc")]),
    ] {
        let r = run.send(m, p, h);
        println!("{m} {p} {h:?} -> {} {:?} {}", r.status, r.headers, r.text());
    }
    println!(
        "{:#?}",
        run.upstream.seen().iter().find(|r| r.target == b"/")
    );
    for (k, v) in run.envoy.stats().unwrap() {
        if k.contains("cherry") && v > 0 {
            println!("{k} {v}");
        }
    }
}
