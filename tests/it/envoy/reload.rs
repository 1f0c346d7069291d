//! A changed contract under a running Envoy.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cherry_testkit::load::{Counts, HttpClient, Request};

use super::{Street, address, figure};

/// A flood, a limit that a test exhausts by hand, and a breaker.
const BEFORE: &str = r#"
contract: user/v1
version: 1.2.0
endpoints:
- {path: "/flood", method: GET, rate_limit: "100r/s per client_ip"}
- {path: "/slow", method: GET, rate_limit: "40r/h per client_ip"}
- {path: "/break", method: GET, circuit_breaker: {failure_threshold: 5, timeout_ms: 3600000}}
- {path: "/broken", method: GET, circuit_breaker: {failure_threshold: 5, timeout_ms: 3600000}}
"#;

/// How long Envoy may take until it has read the new file and started the module in each worker.
const SETTLING: Duration = Duration::from_secs(10);

impl Street {
    /// Builds into the same folder again and waits until Envoy has taken the new module.
    fn change(&self, text: &str) -> Duration {
        let name = "extension_config_discovery.http_filter.cherry.user.v1.config_reload";
        let reloads = |street: &Street| {
            let stats = street.envoy.stats().expect("Envoy answers");
            let found = stats.iter().find(|(known, _)| known.ends_with(name));
            *found
                .unwrap_or_else(|| panic!("no `{name}` in {stats:?}"))
                .1
        };
        let before = reloads(self);
        let bootstrap = self.workspace.bootstrap();
        self.workspace.write(0, text);
        self.workspace.rebuild();
        assert_eq!(
            self.workspace.bootstrap(),
            bootstrap,
            "only the module changed"
        );
        self.envoy
            .wait_for(SETTLING, |_| reloads(self) > before)
            .expect("Envoy reads the new file")
    }
}

/// What a client saw: counts, and when each request passed.
#[derive(Default)]
struct Seen {
    counts: Counts,
    passes: Vec<Instant>,
}

/// Sends requests, `pause` apart, until it is told to stop.
fn keep_asking(mut client: HttpClient, target: &str, pause: Duration, stop: &AtomicBool) -> Seen {
    let mut seen = Seen::default();
    let request = Request::get(target);
    while !stop.load(Ordering::SeqCst) {
        let outcome = client.send(&request);
        seen.counts.record(&outcome);
        if outcome.is_ok_and(|response| response.status == 200) {
            seen.passes.push(Instant::now());
        }
        thread::sleep(pause);
    }
    seen
}

#[test]
fn a_changed_contract_acts_at_once_and_nothing_is_lost() {
    let Some(street) = Street::open(&[BEFORE], &[]) else {
        return;
    };
    let slow = |n: u8, times: usize| -> u64 {
        let statuses = (0..times).map(|_| street.get(n, "/slow"));
        statuses.filter(|status| *status == 200).count() as u64
    };
    let fails = |path: &str| {
        let request = Request::get(path).header("x-status", "500");
        street.send(2, &request).status
    };
    assert_eq!(slow(10, 45), 40);
    assert_eq!(slow(11, 10), 10);
    assert_eq!(["/broken"; 6].map(fails), [500, 500, 500, 500, 500, 503]);
    assert_eq!(["/break"; 2].map(fails), [500, 500]);

    let stop = AtomicBool::new(false);
    let (floods, others, began, changed, ended) = thread::scope(|scope| {
        let stop = &stop;
        let start = |n: u8, target: &'static str, pause_ms: u64| {
            let client = HttpClient::new(street.listen).from_source(address(n));
            let pause = Duration::from_millis(pause_ms);
            scope.spawn(move || keep_asking(client, target, pause, stop))
        };
        let began = Instant::now();
        let floods = [(); 4].map(|()| start(2, "/flood", 0));
        let others = [start(3, "/flood", 40), start(4, "/elsewhere", 1)];
        thread::sleep(Duration::from_millis(1500));
        let after = BEFORE
            .replace("100r/s", "50r/s")
            .replace("40r/h", "20r/h")
            .replace("failure_threshold: 5", "failure_threshold: 3");
        let asked = Instant::now();
        let took = street.change(&after);
        let changed = (asked, Instant::now());
        figure(&format!("Envoy took the new module after {took:?}"));
        thread::sleep(Duration::from_millis(3000));
        stop.store(true, Ordering::SeqCst);
        let floods = floods.map(|thread| thread.join().expect("it ends"));
        let others = others.map(|thread| thread.join().expect("it ends"));
        (floods, others, began, changed, Instant::now())
    });

    let mut flood = Counts::default();
    let mut passes = Vec::new();
    for seen in floods {
        flood += seen.counts;
        passes.extend(seen.passes);
    }
    for counts in others.iter().map(|seen| &seen.counts).chain([&flood]) {
        figure(&format!("over the change: {counts:?}"));
        assert_eq!(counts.failed, 0, "no request fails");
        assert_eq!(counts.of(200) + counts.of(429), counts.total());
    }
    for seen in &others {
        assert_eq!(
            seen.counts.of(429),
            0,
            "who stays below both limits loses nothing"
        );
    }
    // The old burst and the old rate until some instant of the change, then the new rate; were the
    // buckets forgotten, another burst would have passed.
    let between = |from: Instant, to: Instant| (to - from).as_secs_f64();
    let settled = changed.1 + Duration::from_millis(500);
    let least = 100.0 + 100.0 * between(began, changed.0) + 50.0 * between(changed.0, ended);
    let most = 100.0 + 100.0 * between(began, settled) + 50.0 * between(settled, ended);
    let passed = flood.of(200);
    figure(&format!(
        "{passed} passed; from {least:.1} to {most:.1} were due"
    ));
    let passed = f64::from(u32::try_from(passed).expect("few"));
    assert!(least * 0.98 <= passed && passed <= most * 1.02);
    let late = passes.iter().filter(|at| **at > settled).count();
    let late = f64::from(u32::try_from(late).expect("few"));
    let due = 50.0 * between(settled, ended);
    figure(&format!(
        "after the change {late} passed; {due:.1} were due"
    ));
    // Clients see a pass some milliseconds after Envoy decided it, at both ends.
    assert!(
        (late - due).abs() < 10.0,
        "{late} passed, {due:.1} were due"
    );

    // The exhausted bucket is still exhausted. Ten of forty an hour are 15 minutes of debt, which
    // leaves 45 minutes: fifteen requests of three minutes each.
    assert_eq!(slow(10, 5), 0);
    assert_eq!(slow(11, 20), 15);
    assert_eq!(slow(12, 25), 20);
    // What was open stays open, and two failures were remembered: the third is one now.
    assert_eq!(fails("/broken"), 503);
    assert_eq!(["/break"; 2].map(fails), [500, 503]);
}
