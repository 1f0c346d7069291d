//! Three opinions on 240,000 random requests: the interpreter, the emitted module, and a model in
//! thirty plain lines that knows nothing of either. Clocks run backwards, addresses flood, paths
//! are odd; a bug that is planted in the module must be noticed.

use std::collections::HashMap;
use std::net::IpAddr;

use cherry_testkit::wasm_host::{Host, Verdict, World};

use super::{Dice, NINE_LINES, SECOND, emit, program, seeds};
use crate::contract::normalize;
use crate::policy::{Asked, Interpreter, Outcome, Ticket, Verdict as Ours};

/// What a request meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    /// No endpoint has it.
    Unlisted,
    Pass,
    Limited,
    Open,
}

/// The nine lines of the first sample, by hand: `GET /users/{id}`, 100 a second for each address,
/// five failures in a row open for two seconds.
#[derive(Default)]
struct Model {
    /// When each address's bucket will be full again.
    full_at: HashMap<String, u64>,
    row: u32,
    /// How often the breaker has opened, half-opened or closed; answers from before are stale.
    turn: u64,
    opened: Option<u64>,
    probe: Option<(u64, u64)>,
    asked: u64,
}

impl Model {
    /// The decision, and what to remember for the answer.
    fn ask(&mut self, method: &str, path: &str, from: &str, now: u64) -> (Decision, (u64, u64)) {
        let path = path.split(['?', '#']).next().unwrap_or("");
        let id = path
            .strip_prefix("/users/")
            .map(|id| id.strip_suffix('/').unwrap_or(id));
        if !["GET", "HEAD"].contains(&method)
            || !id.is_some_and(|id| !id.is_empty() && !id.contains('/'))
        {
            return (Decision::Unlisted, (0, 0));
        }
        let full_at = self.full_at.entry(from.to_owned()).or_default();
        *full_at = (*full_at).min(now + SECOND);
        if (*full_at).max(now) + SECOND / 100 > now + SECOND {
            return (Decision::Limited, (0, 0));
        }
        *full_at = (*full_at).max(now) + SECOND / 100;
        self.asked += 1;
        if let Some(opened) = self.opened.as_mut() {
            *opened = (*opened).min(now);
            if now - *opened < 2 * SECOND {
                return (Decision::Open, (0, 0));
            }
            (self.opened, self.turn, self.probe) = (None, self.turn + 1, Some((0, 0)));
        }
        if let Some((number, since)) = self.probe.as_mut() {
            *since = (*since).min(now);
            if *number > 0 && now - *since < 2 * SECOND {
                return (Decision::Open, (0, 0));
            }
            self.probe = Some((self.asked, now));
        }
        (Decision::Pass, (self.turn, self.asked))
    }

    fn answer(&mut self, (turn, number): (u64, u64), failed: bool, now: u64) {
        if turn != self.turn || self.opened.is_some() {
            return;
        }
        if let Some((probe, since)) = self.probe {
            if probe != number {
                return;
            }
            let late = now.saturating_sub(since) >= 2 * SECOND;
            self.probe = Some((0, 0));
            if !late {
                (self.turn, self.row, self.probe) = (turn + 1, 0, None);
                self.opened = failed.then_some(now);
            }
            return;
        }
        self.row = if failed { self.row + 1 } else { 0 };
        if self.row >= 5 {
            (self.turn, self.row, self.opened) = (turn + 1, 0, Some(now));
        }
    }
}

const PATHS: [&str; 14] = [
    "/users/1",
    "/users/2/",
    "/users/a?x=1/2",
    "/users/",
    "/users",
    "/users/a/b",
    "//users/1",
    "/%75sers/1",
    "/x/../users/7",
    "/users/%2F",
    "/users/a|b[c",
    "/USERS/1",
    "/users/1/.",
    "*",
];

/// The address as the language keys it: IPv6 by its first 64 bits, mapped IPv4 as IPv4.
fn key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("{:?}", &v6.segments()[..4]),
    }
}

/// A call that was let through and waits for its answer.
struct Call {
    worker: usize,
    context: i32,
    model: (u64, u64),
    ticket: Option<Ticket>,
}

/// Runs `events` requests and answers; the first disagreement, if there is one.
fn disagreement(seed: u64, events: u32, contract: &str) -> Option<String> {
    let oracle_program = program(NINE_LINES);
    let module = emit(&program(contract));
    let world = World::new(seed);
    let mut workers: Vec<Host> = (0..2)
        .map(|_| Host::ready(&module.bytes, &world, ""))
        .collect();
    let mut oracle = Interpreter::new(&oracle_program);
    let mut model = Model::default();
    let mut dice = Dice(seed);
    let mut calls: Vec<Call> = Vec::new();
    let mut now = SECOND;
    for event in 0..events {
        match dice.below(200) {
            0 => now = now.saturating_sub(dice.below(3 * SECOND)),
            1 => now += dice.below(5 * SECOND),
            2..=9 => now += 10_000_000,
            // The open time to the nanosecond.
            10..=17 => now += 2 * SECOND,
            18..=120 => now += dice.below(4_000_000),
            _ => {}
        }
        if dice.below(4) == 0 && !calls.is_empty() {
            let at = usize::try_from(dice.below(calls.len() as u64)).expect("small");
            let call = calls.swap_remove(at);
            let failed = dice.below(3) > 0;
            let host = &mut workers[call.worker];
            host.set_now(now);
            let status = if failed {
                dice.pick(&["500", "503", "599"])
            } else {
                dice.pick(&["200", "404", "429"])
            };
            host.response(call.context, &[(":status", status)], true)
                .expect("no trap");
            host.log(call.context, 0).expect("no trap");
            model.answer(call.model, failed, now);
            if let Some(ticket) = call.ticket {
                oracle.settle(
                    ticket,
                    if failed {
                        Outcome::Failure
                    } else {
                        Outcome::Success
                    },
                    now,
                );
            }
            continue;
        }
        let method = dice.pick(&["GET", "GET", "GET", "HEAD", "POST", "get"]);
        let written = dice.pick(&PATHS);
        let text = match dice.below(8) {
            0 => format!(
                "10.{}.{}.{}",
                dice.below(200),
                dice.below(250),
                dice.below(250)
            ),
            1 => "::ffff:192.0.2.1".to_owned(),
            2 => format!("2001:db8:0:{:x}::{:x}", dice.below(3), dice.below(60_000)),
            _ => format!("192.0.2.{}", dice.below(2)),
        };
        let address: IpAddr = text.parse().expect("an address");
        let path = normalize(written.as_bytes())
            .and_then(|path| String::from_utf8(path).ok())
            .unwrap_or_default();
        let bare = path.split(['?', '#']).next().unwrap_or("");

        let (modelled, memory) = model.ask(method, &path, &key(address), now);
        let worker = usize::try_from(dice.below(2)).expect("small");
        workers[worker].set_now(now);
        let (context, verdict) = workers[worker]
            .request(&[(":method", method), (":path", &path)], Some(&text))
            .expect("no trap");
        let emitted = match &verdict {
            Verdict::Pass if modelled == Decision::Unlisted => Decision::Unlisted,
            Verdict::Pass => Decision::Pass,
            Verdict::Local(local) if local.status == 429 => Decision::Limited,
            Verdict::Local(_) => Decision::Open,
        };
        let asked = Asked {
            path: bare,
            query: None,
            headers: &[],
            client_ip: Some(address),
        };
        let (interpreted, ticket) = match oracle_program.find(method, bare) {
            None => (Decision::Unlisted, None),
            Some(endpoint) => match oracle.ask(endpoint, &asked, now) {
                Ours::Pass(ticket) => (Decision::Pass, ticket),
                Ours::Refuse { answer, .. } if answer.status() == 429 => (Decision::Limited, None),
                Ours::Refuse { .. } => (Decision::Open, None),
            },
        };
        if (emitted, interpreted) != (modelled, modelled) {
            return Some(format!(
                "seed {seed}, event {event} at {now}: {method} {path} from {text}: \
                 module {emitted:?}, interpreter {interpreted:?}, model {modelled:?}"
            ));
        }
        if modelled == Decision::Pass {
            calls.push(Call {
                worker,
                context,
                model: memory,
                ticket,
            });
        } else {
            workers[worker].log(context, 0).expect("no trap");
        }
        // Some calls are never answered; their probes are released by time.
        if calls.len() > 200 {
            calls.drain(..100);
        }
    }
    None
}

#[test]
fn three_opinions_agree() {
    for seed in seeds(&[51, 52, 53]) {
        assert_eq!(disagreement(seed, 80_000, NINE_LINES), None);
    }
}

/// A module of a contract that is wrong by one is told from the right one.
#[test]
fn planted_bugs_are_noticed() {
    for (from, to) in [
        ("per client_ip", "per client_ip burst 99"),
        ("100r/s", "101r/s"),
        ("failure_threshold: 5", "failure_threshold: 6"),
        ("timeout_ms: 2000", "timeout_ms: 2001"),
        ("/users/{id}", "/users/{id}/b"),
    ] {
        let wrong = NINE_LINES.replace(from, to);
        assert_ne!(disagreement(51, 80_000, &wrong), None, "{to}");
    }
}
