//! The main job on the real thing: contracts, built as a user builds them, before an obedient
//! upstream, in a real Envoy with two workers.
//!
//! What is exact in the language is counted exactly: limits that must not leak a request refill so
//! slowly that a busy machine adds nothing. What depends on time is judged by the time that was
//! measured around it, never by the time that was planned.

mod accepted;
mod breaker;
mod hosts;
mod limit;
mod reload;
mod replies;

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use cherry_testkit::envoy::Envoy;
use cherry_testkit::load::{HttpClient, Request, Response};
use cherry_testkit::ports::free_port;
use cherry_testkit::provision::require_or_skip;
use cherry_testkit::upstream::Upstream;
use cherryc::{Choices, Compiler, OsFs, OutFolder, RelPath, Severity, Wanted, WriteFs};

use crate::harness::{read_tree, rel};

/// Where the package keeps the program.
const PROGRAM: &str = "envoy/_bin/envoy";

/// Folder of the artifacts.
const OUT: &str = "cherry-out";

/// Workers of each Envoy: state that is not shared between them shows as twice the limit.
const WORKERS: usize = 2;

/// The real Envoy; `None` after a visible skip.
fn program() -> Option<PathBuf> {
    Some(require_or_skip("envoy", "envoy")?.join(PROGRAM))
}

/// Shows a figure of a run, for those who ask for it with `--nocapture`.
#[expect(
    clippy::print_stderr,
    reason = "the test harness captures it and shows it with a failed test"
)]
fn figure(text: &str) {
    eprintln!("{text}");
}

/// A workspace of contracts and what was built from it.
struct Workspace {
    folder: tempfile::TempDir,
    set: Vec<String>,
}

impl Workspace {
    /// Builds contracts with `--set` values.
    fn build(contracts: &[&str], set: &[String]) -> Self {
        let workspace = Workspace {
            folder: tempfile::tempdir().expect("a folder for a workspace"),
            set: set.to_vec(),
        };
        for (number, text) in contracts.iter().enumerate() {
            workspace.write(number, text);
        }
        workspace.rebuild();
        workspace
    }

    fn disk(&self) -> OsFs {
        OsFs::new(self.folder.path()).expect("the folder exists")
    }

    /// Writes the contract with this number.
    fn write(&self, number: usize, text: &str) {
        self.disk()
            .write(&rel(&format!("c{number}.cherry.yaml")), text.as_bytes())
            .expect("the folder takes files");
    }

    fn rebuild(&self) {
        let disk = self.disk();
        let mut choices = Choices::default();
        for value in &self.set {
            choices.set(value).expect("the tests set what exists");
        }
        let out = OutFolder {
            fs: &disk,
            base: rel(OUT),
            is_given: false,
        };
        let roots = [RelPath::root()];
        let wanted = Wanted::default();
        let report = Compiler::new(&disk)
            .build(&roots, &choices, &wanted, &out)
            .report;
        let code = report.exit_code(Some(Severity::Error));
        assert_eq!(code, 0, "{:?}", report.findings);
    }

    /// The folder from which Envoy runs.
    fn envoy(&self) -> PathBuf {
        let out = self.folder.path().join(OUT);
        let tree = read_tree(&out);
        let mut bootstraps = tree.keys().filter(|path| path.ends_with("/envoy.yaml"));
        let path = bootstraps.next().expect("a bootstrap was made");
        assert_eq!(bootstraps.next(), None, "one host, one bootstrap");
        out.join(path)
            .parent()
            .expect("a file lies in a folder")
            .to_owned()
    }

    /// The bootstrap as text.
    fn bootstrap(&self) -> String {
        std::fs::read_to_string(self.envoy().join("envoy.yaml")).expect("it was made")
    }
}

/// A running Envoy between clients and an upstream.
struct Street {
    envoy: Envoy,
    upstream: Upstream,
    workspace: Workspace,
    listen: SocketAddr,
}

impl Street {
    /// Opens the street for some contracts; `None` after a visible skip.
    fn open(contracts: &[&str], set: &[&str]) -> Option<Self> {
        let upstream = Upstream::start().expect("a port is free");
        Self::open_before(upstream, contracts, set)
    }

    /// As [`open`](Self::open), before an upstream of the test's own.
    fn open_before(upstream: Upstream, contracts: &[&str], set: &[&str]) -> Option<Self> {
        let program = program()?;
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port()));
        let mut all = vec![
            format!("envoy.listen={listen}"),
            format!("envoy.upstream={}", upstream.address()),
        ];
        // The last one wins, so a test may name another upstream.
        all.extend(set.iter().map(|&value| value.to_owned()));
        let workspace = Workspace::build(contracts, &all);
        let envoy = start(&program, &workspace.envoy());
        Some(Street {
            envoy,
            upstream,
            workspace,
            listen,
        })
    }

    /// A client that comes from `127.0.0.n`. Numbers begin at 2: in place of 127.0.0.1 Envoy tells
    /// the upstream the machine's own address.
    fn client(&self, n: u8) -> HttpClient {
        HttpClient::new(self.listen).from_source(address(n))
    }

    /// One request on a connection of its own, so that the workers take turns.
    fn send(&self, n: u8, request: &Request) -> Response {
        self.client(n).send(request).expect("an answer")
    }

    /// The status of the answer to a `GET`.
    fn get(&self, n: u8, target: &str) -> u16 {
        self.send(n, &Request::get(target)).status
    }
}

fn start(program: &Path, folder: &Path) -> Envoy {
    Envoy::start(program, folder, WORKERS, &["-l", "warning"]).expect("Envoy runs")
}

/// The address of a client.
fn address(n: u8) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, 0, n)
}

/// A port that no test of this process was given before: Envoy shares a port that another Envoy
/// listens on without a word.
fn port() -> u16 {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let port = free_port().expect("a port is free");
        if GIVEN.lock().expect("nobody panics with it").insert(port) {
            return port;
        }
    }
}

/// Asserts that an answer is the one that a policy gives, header by header.
fn assert_refusal(response: &Response, status: u16, policy: &str, title: &str) {
    assert_eq!(response.status, status, "{response:?}");
    assert_eq!(response.value("x-cherry-policy"), Some(policy));
    let kind = response.value("content-type");
    assert_eq!(kind, Some("application/problem+json"), "{response:?}");
    let body = format!(r#"{{"type":"about:blank","title":"{title}","status":{status}}}"#);
    assert_eq!(response.text(), body);
}
