//! Random streams: the module, run in several workers, against the interpreter of policies and
//! against the runtime's table.

use cherry_runtime::bundle::siphash13;
use cherry_runtime::limiter::KeyedLimiter;
use cherry_testkit::wasm_host::{Host, Verdict, World};

use super::{Dice, Flag, SECOND, contract, emit, program, seeds};
use crate::policy::{self, Asked, Interpreter, Outcome, PolicyProgram};

const SEGMENTS: [&str; 9] = ["a", "b", "me", "x:go", ":go", "x:y:go", "", "a%2Fb", "."];
const METHODS: [&str; 5] = ["GET", "HEAD", "POST", "DELETE", "BREW"];
const ADDRESSES: [&str; 5] = [
    "192.0.2.1",
    "192.0.2.2",
    "::ffff:192.0.2.1",
    "2001:db8::1",
    "2001:db8::2",
];

/// Templates whose matching needs every order and a way back.
fn shapes() -> String {
    let limit = "rate_limit: 3r/s per client_ip";
    contract(&[
        ("GET /", "rate_limit: 2r/s per global"),
        (
            "GET /a/{x}",
            "rate_limit: [2r/s per client_ip, 5r/s per path(x)]",
        ),
        ("GET /a/me", "rate_limit: 7r/2s per header(x-k)"),
        ("POST /a/me", limit),
        ("POST /a/{x}", "rate_limit: 3r/s per cookie(c)+query(q)"),
        ("* /a/{x}:go", "rate_limit: 3r/s per path(x)"),
        ("GET /a/{x}:y:go", limit),
        ("GET /{x}/b/me", limit),
        ("HEAD /{x}/b/me", "rate_limit: 1r/s per global"),
        ("GET /a/b/{y}", "rate_limit: 4r/3s per path(y)+client_ip"),
        ("DELETE /b/{rest=**}", "rate_limit: 3r/s per path(rest)"),
        ("* /{x}/{rest=**}", "rate_limit: 9r/s per global"),
        ("GET /me", "timeout: 1s"),
    ])
}

fn path(dice: &mut Dice) -> String {
    let mut path = String::new();
    for _ in 0..dice.below(5) {
        path.push('/');
        path.push_str(dice.pick(&SEGMENTS));
    }
    match dice.below(8) {
        0 => path.push('/'),
        1 => path = "*".to_owned(),
        _ => {}
    }
    path
}

/// A request that is put to both.
struct Put {
    method: &'static str,
    path: String,
    query: Option<String>,
    headers: Vec<(String, String)>,
    address: Option<&'static str>,
}

impl Put {
    fn roll(dice: &mut Dice) -> Self {
        let mut headers = Vec::new();
        if dice.below(2) == 0 {
            headers.push(("x-k".to_owned(), dice.pick(&["", "1", "2"]).to_owned()));
        }
        if dice.below(2) == 0 {
            let cookie = dice.pick(&["c=1", "d=1; c=2", "c", "c=;c=1"]);
            headers.push(("cookie".to_owned(), cookie.to_owned()));
        }
        let query = (dice.below(2) == 0).then(|| {
            dice.pick(&["", "q=1", "q=2&q=1", "p&q=", "p=?q=1"])
                .to_owned()
        });
        Put {
            method: dice.pick(&METHODS),
            path: path(dice),
            query,
            headers,
            address: (dice.below(8) > 0).then(|| dice.pick(&ADDRESSES)),
        }
    }

    fn ask_module(&self, host: &mut Host) -> (i32, Verdict) {
        let target = match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        };
        let mut headers = vec![(":method", self.method), (":path", target.as_str())];
        let others = self.headers.iter();
        headers.extend(others.map(|(name, value)| (name.as_str(), value.as_str())));
        host.request(&headers, self.address).expect("no trap")
    }

    fn ask_interpreter(
        &self,
        program: &PolicyProgram,
        oracle: &mut Interpreter<'_>,
        now: u64,
    ) -> policy::Verdict {
        let asked = Asked {
            path: &self.path,
            query: self.query.as_deref(),
            headers: &self.headers,
            client_ip: self
                .address
                .map(|address| address.parse().expect("an address")),
        };
        match program.find(self.method, &self.path) {
            Some(endpoint) => oracle.ask(endpoint, &asked, now),
            None => policy::Verdict::Pass(None),
        }
    }
}

fn same(ours: &Verdict, theirs: &policy::Verdict) -> bool {
    match (ours, theirs) {
        (Verdict::Pass, policy::Verdict::Pass(_)) => true,
        (
            Verdict::Local(local),
            policy::Verdict::Refuse {
                answer,
                retry_after_s,
            },
        ) => {
            local.status == u32::from(answer.status())
                && local.header("retry-after") == Some(retry_after_s.to_string().as_str())
        }
        _ => false,
    }
}

#[test]
fn limits_and_matching_agree_with_the_interpreter() {
    for seed in seeds(&[21, 22, 23]) {
        let program = program(&shapes());
        let module = emit(&program);
        let world = World::new(seed);
        let mut workers: Vec<Host> = (0..2)
            .map(|_| Host::ready(&module.bytes, &world, ""))
            .collect();
        let mut oracle = Interpreter::new(&program);
        let mut dice = Dice(seed);
        let mut now = SECOND;
        let (mut refused, mut matched) = (0, 0);
        for event in 0..25_000 {
            match dice.below(10) {
                0 if dice.below(20) == 0 => now = now.saturating_sub(dice.below(2 * SECOND)),
                1 if dice.below(20) == 0 => now += dice.below(86_400 * SECOND),
                2..=6 => now += dice.below(SECOND / 40),
                // The exact instant at which a token is due, or just before.
                7 if dice.below(10) == 0 => now += SECOND / 2 - dice.below(2),
                _ => {}
            }
            let put = Put::roll(&mut dice);
            let host = &mut workers[usize::try_from(dice.below(2)).expect("small")];
            host.set_now(now);
            let (_, ours) = put.ask_module(host);
            let theirs = put.ask_interpreter(&program, &mut oracle, now);
            assert!(
                same(&ours, &theirs),
                "seed {seed}, event {event} at {now}: {} {} {:?} {:?} {:?}: {ours:?}, not {theirs:?}",
                put.method,
                put.path,
                put.query,
                put.headers,
                put.address
            );
            refused += u32::from(!ours.passes());
            matched += u32::from(program.find(put.method, &put.path).is_some());
            if now > 200 * 365 * 86_400 * SECOND {
                now = SECOND;
            }
        }
        assert!(
            refused > 1_000 && matched > 5_000,
            "seed {seed}: {refused} of {matched}"
        );
        assert_eq!(world.borrow().counter("host_error"), 0);
    }
}

#[test]
fn breakers_agree_with_the_interpreter() {
    let text = contract(&[
        (
            "GET /a",
            "rate_limit: 40r/s per client_ip\ncircuit_breaker: {failure_threshold: 3, timeout_ms: 300, half_open: 2}",
        ),
        (
            "POST /a",
            "circuit_breaker: {failure_threshold: 1, timeout_ms: 50}",
        ),
    ]);
    for seed in seeds(&[31, 32]) {
        let program = program(&text);
        let module = emit(&program);
        let world = World::new(seed);
        let mut workers: Vec<Host> = (0..2)
            .map(|_| Host::ready(&module.bytes, &world, ""))
            .collect();
        let mut oracle = Interpreter::new(&program);
        let mut dice = Dice(seed);
        let mut now = SECOND;
        let mut out = Vec::new();
        for event in 0..20_000 {
            now += dice.below(20_000_000);
            let worker = usize::try_from(dice.below(2)).expect("small");
            if dice.below(2) == 0 || out.is_empty() {
                let put = Put {
                    method: dice.pick(&["GET", "POST", "HEAD"]),
                    path: "/a".to_owned(),
                    query: None,
                    headers: Vec::new(),
                    address: Some(dice.pick(&ADDRESSES)),
                };
                workers[worker].set_now(now);
                let (context, ours) = put.ask_module(&mut workers[worker]);
                let theirs = put.ask_interpreter(&program, &mut oracle, now);
                assert!(
                    same(&ours, &theirs),
                    "seed {seed}, event {event}: {ours:?}, not {theirs:?}"
                );
                if let policy::Verdict::Pass(Some(ticket)) = theirs {
                    out.push((worker, context, ticket));
                }
            } else {
                let index = usize::try_from(dice.below(out.len() as u64)).expect("small");
                let (worker, context, ticket) = out.swap_remove(index);
                let host = &mut workers[worker];
                host.set_now(now);
                let (status, outcome) = match dice.below(5) {
                    0 | 1 => ("503", Outcome::Failure),
                    2 => ("", Outcome::Abandoned),
                    _ => ("404", Outcome::Success),
                };
                if !status.is_empty() {
                    host.response(context, &[(":status", status)], true)
                        .expect("no trap");
                }
                host.log(context, 0).expect("no trap");
                oracle.settle(ticket, outcome, now);
            }
        }
        let world = world.borrow();
        assert!(
            world.counter(".opened") > 100 && world.counter(".closed") > 20,
            "seed {seed}"
        );
        assert_eq!(world.counter("host_error"), 0);
    }
}

/// Forty addresses that meet in one row of sixteen: the module forgets whom the runtime's table
/// forgets, and counts it.
#[test]
fn a_crowded_row_forgets_as_the_table_of_the_runtime_does() {
    for seed in seeds(&[41, 42]) {
        let text = contract(&[("GET /a", "rate_limit: 3r/m per client_ip")]);
        let program = program(&text);
        let take = program.endpoints[0].takes().next().expect("a limit");
        let world = World::new(seed);
        let (module, flags) = (emit(&program), Flag::configuration(&[Flag::Attached]));
        drop(Host::ready(&module.bytes, &world, &flags));
        // A seed that is what SipHash makes of a key, for workers that start behind the first.
        let key = [seed, !seed];
        let paper = b"uespemosmodnarodarenegylsetybdet";
        let words = paper
            .chunks(8)
            .zip([key, key].concat())
            .flat_map(|(word, key)| {
                let word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
                (word ^ key).to_le_bytes()
            });
        world.borrow_mut().put(b"s", &words.collect::<Vec<u8>>());
        let mut host = Host::ready(&module.bytes, &world, &flags);
        let part = |address: u32| {
            let mut part = vec![1];
            part.extend((0xffff_u64 << 32 | u64::from(address)).to_le_bytes());
            part
        };
        let row = |address: u32| {
            let mut bytes = take.id.to_le_bytes().to_vec();
            bytes.extend(part(address));
            siphash13(key, &bytes) >> 51
        };
        let crowd: Vec<u32> = (1..)
            .filter(|address| row(*address) == row(1))
            .take(40)
            .collect();

        let mut table = KeyedLimiter::new(key);
        let mut dice = Dice(seed);
        let mut now = SECOND;
        let mut refused = 0;
        for event in 0..5_000 {
            now += dice.below(SECOND);
            let most = dice.pick(&[4, 16, 40]);
            let address = crowd[usize::try_from(dice.below(most)).expect("small")];
            host.set_now(now);
            let text = format!("{}:1", std::net::Ipv4Addr::from(address));
            let (_, verdict) = host.request(&[], Some(&text)).expect("no trap");
            let decision = table.take(take.id, &take.gcra, &part(address), program.unit.at(now));
            assert_eq!(
                verdict.passes(),
                decision.passes(),
                "seed {seed}, event {event}"
            );
            refused += u32::from(!verdict.passes());
        }
        assert!(
            refused > 100 && table.evicted_in_debt() > 100,
            "seed {seed}"
        );
        assert_eq!(
            world.borrow().counter("evicted_in_debt"),
            table.evicted_in_debt()
        );
    }
}

/// More keys than the language promises to remember, each drained once.
#[test]
fn sixteen_thousand_addresses_are_remembered() {
    let text = contract(&[("GET /a", "rate_limit: 1r/365d per client_ip")]);
    let world = World::new(5);
    let mut host = Host::ready(
        &emit(&program(&text)).bytes,
        &world,
        &Flag::configuration(&[Flag::Attached]),
    );
    for passes in [true, false] {
        for address in 0..16_384_u32 {
            let text = format!("{}:1", std::net::Ipv4Addr::from(address));
            let (_, verdict) = host.request(&[], Some(&text)).expect("no trap");
            assert_eq!(verdict.passes(), passes, "{text}");
        }
    }
    assert_eq!(world.borrow().counter("evicted_in_debt"), 0);
    assert_eq!(world.borrow().rows(), 8192 + 1);
}
