//! The breaker in the module against the runtime's, and against hard cases one by one.

use cherry_runtime::breaker::{Admit, Breaker, Outcome, Settings};
use cherry_testkit::wasm_host::{Host, SharedWorld, Verdict, World};

use super::{Dice, Flag, SECOND, contract, emit, program, seeds};

const GET: [(&str, &str); 2] = [(":method", "GET"), (":path", "/a")];
const MS: u64 = 1_000_000;
/// Envoy's bit for a client that left, and for a connection that the upstream ended.
const LEFT: u64 = 0x4000;
const ENDED: u64 = 0x40;

fn breaker(settings: &str, workers: usize) -> (Vec<Host>, SharedWorld) {
    let text = contract(&[("GET /a", &format!("circuit_breaker: {{{settings}}}"))]);
    let module = emit(&program(&text));
    let world = World::new(3);
    let flags = Flag::configuration(&[Flag::Attached]);
    let hosts = (0..workers).map(|_| Host::ready(&module.bytes, &world, &flags));
    (hosts.collect(), world)
}

fn one(settings: &str) -> (Host, SharedWorld) {
    let (mut hosts, world) = breaker(settings, 1);
    (hosts.remove(0), world)
}

fn retry_after(verdict: &Verdict) -> Option<u64> {
    match verdict {
        Verdict::Pass => None,
        Verdict::Local(local) => {
            assert_eq!((local.status, local.grpc), (503, 14));
            assert_eq!(local.details, "cherry_circuit_breaker");
            assert_eq!(local.header("x-cherry-policy"), Some("circuit_breaker"));
            assert_eq!(
                local.header("content-type"),
                Some("application/problem+json")
            );
            assert!(local.body.contains("Service Unavailable"));
            let seconds = local.header("retry-after").expect("a refusal says when");
            Some(seconds.parse().expect("a number"))
        }
    }
}

fn admitted(host: &mut Host) -> i32 {
    let (context, verdict) = host.request(&GET, None).unwrap();
    assert_eq!(retry_after(&verdict), None, "admitted");
    context
}

fn refused(host: &mut Host) -> u64 {
    let (context, verdict) = host.request(&GET, None).unwrap();
    let seconds = retry_after(&verdict).expect("refused");
    // The own answer passes through the own hooks and must not count.
    host.response(context, &[(":status", "503")], true).unwrap();
    host.log(context, 0).unwrap();
    seconds
}

fn answer(host: &mut Host, context: i32, status: &str) {
    host.response(
        context,
        &[(":status", status), ("content-type", "text/html")],
        false,
    )
    .unwrap();
    host.log(context, 0).unwrap();
}

#[test]
fn it_opens_at_the_fifth_failure_probes_once_and_closes() {
    let (mut host, world) = one("failure_threshold: 5, timeout_ms: 2000");
    let t0 = 77 * SECOND;
    host.set_now(t0);
    for status in ["500", "404", "503", "500", "599", "500"] {
        let context = admitted(&mut host);
        answer(&mut host, context, status);
    }
    let last = admitted(&mut host);
    answer(&mut host, last, "502");
    assert_eq!(refused(&mut host), 2);
    host.set_now(t0 + 1_000 * MS);
    assert_eq!(refused(&mut host), 1);
    host.set_now(t0 + 2_000 * MS - 1);
    assert_eq!(refused(&mut host), 1);
    host.set_now(t0 + 2_000 * MS);
    let probe = admitted(&mut host);
    for _ in 0..64 {
        assert_eq!(refused(&mut host), 2);
    }
    answer(&mut host, probe, "500");
    assert_eq!(refused(&mut host), 2);
    host.set_now(t0 + 4_000 * MS);
    let probe = admitted(&mut host);
    answer(&mut host, probe, "499");
    for _ in 0..4 {
        let context = admitted(&mut host);
        answer(&mut host, context, "500");
    }
    admitted(&mut host);
    let count = |name: &str| world.borrow().counter(&format!("circuit_breaker.{name}"));
    assert_eq!(
        (count("opened"), count("probes"), count("closed")),
        (2, 2, 1)
    );
    assert_eq!(count("refused"), 68);
    assert_eq!(world.borrow().counter("get_a.passed"), 14);
    assert_eq!((count("cas_exhausted"), count("host_error")), (0, 0));
}

#[test]
fn a_probe_whose_client_leaves_is_released() {
    let (mut host, _) = one("failure_threshold: 1, timeout_ms: 3600000");
    let context = admitted(&mut host);
    answer(&mut host, context, "500");
    assert_eq!(refused(&mut host), 3600);
    host.set_now(3600 * SECOND);
    let probe = admitted(&mut host);
    assert_eq!(refused(&mut host), 3600);
    host.log(probe, LEFT).unwrap();
    admitted(&mut host);
}

#[test]
fn grpc_answers_count_by_their_code() {
    let grpc = [
        (":status", "200"),
        ("content-type", "application/grpc+proto"),
    ];
    // Codes in trailers, then codes of answers that are trailers alone.
    for code in 0..20_u32 {
        for trailers_only in [false, true] {
            let (mut host, world) = one("failure_threshold: 1, timeout_ms: 1000");
            let context = admitted(&mut host);
            let text = code.to_string();
            let code_line = [("grpc-status", text.as_str())];
            if trailers_only {
                let headers = [&grpc[..], &code_line].concat();
                host.response(context, &headers, true).unwrap();
                host.log(context, 0).unwrap();
            } else {
                host.response(context, &grpc, false).unwrap();
                host.log_with(context, &code_line, 0).unwrap();
            }
            let failure = [2, 4, 13, 14, 15].contains(&code);
            let opened = world.borrow().counter(".opened") == 1;
            assert_eq!(
                opened, failure,
                "code {code}, trailers alone: {trailers_only}"
            );
        }
    }
    // A stream that breaks off is a failure, unless the client left.
    for (flags, opens) in [
        (ENDED, true),
        (0, true),
        (LEFT, false),
        (LEFT | ENDED, false),
    ] {
        let (mut host, world) = one("failure_threshold: 1, timeout_ms: 1000");
        let context = admitted(&mut host);
        host.response(context, &grpc, false).unwrap();
        host.log(context, flags).unwrap();
        assert_eq!(world.borrow().counter(".opened") == 1, opens, "{flags:x}");
    }
    for (kind, status, code, opens) in [
        ("application/grpc", "503", Some("0"), true),
        ("application/grpc", "200", None, true),
        ("application/grpc;x", "200", Some("x"), true),
        ("application/grpc-web", "200", None, false),
        ("application/json", "200", Some("14"), false),
        ("application/grp", "200", None, false),
        ("", "200", None, false),
    ] {
        let (mut host, world) = one("failure_threshold: 1, timeout_ms: 1000");
        let context = admitted(&mut host);
        let mut headers = vec![(":status", status), ("content-type", kind)];
        headers.extend(code.map(|code| ("grpc-status", code)));
        host.response(context, &headers, true).unwrap();
        host.log(context, 0).unwrap();
        assert_eq!(
            world.borrow().counter(".opened") == 1,
            opens,
            "{kind} {status} {code:?}"
        );
    }
}

#[test]
fn quiet_successes_write_nothing() {
    let (mut host, _) = one("failure_threshold: 2, timeout_ms: 1000");
    // The first one reads the row.
    admitted(&mut host);
    host.calls();
    let context = admitted(&mut host);
    answer(&mut host, context, "200");
    let calls = host.calls();
    assert_eq!(calls.get("proxy_set_shared_data"), None);
    assert_eq!(calls.get("proxy_get_shared_data"), None);
    assert_eq!(calls["proxy_get_metric"], 2);
    assert_eq!(calls["proxy_get_header_map_pairs"], 1, "of the answer");
}

/// Every event on a random worker; the runtime's breaker is asked the same.
#[test]
fn it_agrees_with_the_breaker_of_the_runtime() {
    for seed in seeds(&[1, 2, 3, 4, 5, 6]) {
        let mut dice = Dice(seed);
        for (threshold, open_ms, half_open) in [(1, 1, 1), (3, 40, 1), (5, 2000, 3), (2, 9, 100)] {
            let text = format!(
                "failure_threshold: {threshold}, timeout_ms: {open_ms}, half_open: {half_open}"
            );
            let (mut hosts, world) = breaker(&text, 3);
            let settings = Settings::new(threshold, open_ms, half_open).expect("in range");
            let mut twin = Breaker::new(settings);
            let mut now = 50 * SECOND;
            let mut out = Vec::new();
            for event in 0..4_000 {
                let place = format!("seed {seed}, {text}, event {event}");
                match dice.below(12) {
                    0 => now = now.saturating_sub(dice.below(2 * open_ms * MS)),
                    1..=3 => now += dice.below(open_ms * MS * 5 / 4),
                    _ => {}
                }
                let worker = usize::try_from(dice.below(3)).expect("small");
                if dice.below(5) < 3 || out.is_empty() {
                    let host = &mut hosts[worker];
                    host.set_now(now);
                    let (context, verdict) = host.request(&GET, None).unwrap();
                    match twin.admit(now) {
                        Admit::Closed(ticket) | Admit::Probe(ticket) => {
                            assert_eq!(retry_after(&verdict), None, "{place}");
                            out.push((worker, context, ticket));
                        }
                        refused @ Admit::Refused { .. } => {
                            assert_eq!(retry_after(&verdict), refused.retry_after_s(), "{place}");
                        }
                    }
                } else {
                    let index = usize::try_from(dice.below(out.len() as u64)).expect("small");
                    let (worker, context, ticket) = out.swap_remove(index);
                    let host = &mut hosts[worker];
                    host.set_now(now);
                    let outcome = match dice.below(8) {
                        0 => Outcome::Abandoned,
                        1..=4 => Outcome::Failure,
                        _ => Outcome::Success,
                    };
                    match outcome {
                        Outcome::Abandoned => host.log(context, LEFT).unwrap(),
                        Outcome::Failure => answer(host, context, "503"),
                        Outcome::Success => answer(host, context, "200"),
                    }
                    twin.settle(ticket, outcome, now);
                }
            }
            let counters = twin.counters();
            let count = |name: &str| world.borrow().counter(&format!("circuit_breaker.{name}"));
            assert_eq!(count("opened"), counters.opened, "seed {seed}, {text}");
            assert_eq!(count("probes"), counters.probes, "seed {seed}, {text}");
            assert_eq!(count("closed"), counters.closed, "seed {seed}, {text}");
            assert!(
                counters.opened > 5,
                "seed {seed}, {text}: the stream must reach every state"
            );
        }
    }
}

#[test]
fn an_overwritten_ticket_counts_as_nothing() {
    let (mut host, world) = one("failure_threshold: 1, timeout_ms: 1000");
    let old = admitted(&mut host);
    for _ in 0..4096 {
        admitted(&mut host);
    }
    answer(&mut host, old, "500");
    assert_eq!(world.borrow().counter(".opened"), 0);
    let young = admitted(&mut host);
    answer(&mut host, young, "500");
    answer(&mut host, young, "500");
    assert_eq!(world.borrow().counter(".opened"), 1);
}
