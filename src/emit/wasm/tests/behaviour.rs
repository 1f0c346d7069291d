//! What the first sample does, told step by step.

use cherry_testkit::wasm_host::{Host, Verdict, World};

use super::{Flag, NINE_LINES, SECOND, contract, emit, program, start};

const GET: [(&str, &str); 3] = [
    (":method", "GET"),
    (":path", "/users/1?x=1"),
    (":authority", "users"),
];

fn limited(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Local(local) if local.status == 429)
}

#[test]
fn a_burst_passes_then_the_rate() {
    let (mut host, world) = start(NINE_LINES, &[]);
    host.set_now(5 * SECOND);
    for at in 0..250 {
        let (_, verdict) = host.request(&GET, Some("192.0.2.1:40")).unwrap();
        assert_eq!(verdict.passes(), at < 100, "request {at}");
    }
    host.set_now(5 * SECOND + 9_999_999);
    assert!(limited(
        &host.request(&GET, Some("192.0.2.1:41")).unwrap().1
    ));
    host.set_now(5 * SECOND + 10_000_000);
    assert!(host.request(&GET, Some("192.0.2.1:42")).unwrap().1.passes());
    assert!(limited(
        &host.request(&GET, Some("192.0.2.1:43")).unwrap().1
    ));
    assert!(host.request(&GET, Some("192.0.2.2:43")).unwrap().1.passes());
    let world = world.borrow();
    assert_eq!(world.counter("get_users_id.passed"), 102);
    assert_eq!(world.counter("get_users_id.rate_limit.0.limited"), 152);
}

#[test]
fn answers_carry_what_the_language_says() {
    let (mut host, _) = start(
        &contract(&[("GET /a", "rate_limit: 1r/30s per client_ip")]),
        &[],
    );
    let request = [(":method", "GET"), (":path", "/a")];
    assert!(
        host.request(&request, Some("192.0.2.1:4"))
            .unwrap()
            .1
            .passes()
    );
    let Verdict::Local(local) = host.request(&request, Some("192.0.2.1:4")).unwrap().1 else {
        panic!("the bucket is empty")
    };
    assert_eq!((local.status, local.grpc), (429, 8));
    assert_eq!(local.details, "cherry_rate_limit");
    assert_eq!(local.header("retry-after"), Some("30"));
    assert_eq!(local.header("x-cherry-policy"), Some("rate_limit"));
    assert_eq!(
        local.header("content-type"),
        Some("application/problem+json")
    );
    assert_eq!(
        local.body,
        r#"{"type":"about:blank","title":"Too Many Requests","status":429}"#
    );
}

#[test]
fn head_belongs_to_get_and_others_pass() {
    let (mut host, world) = start(
        &contract(&[("GET /users/{id}", "rate_limit: 1r/s per client_ip")]),
        &[],
    );
    let mut ask = |method: &str, path: &str| {
        let headers = [(":method", method), (":path", path)];
        host.request(&headers, Some("192.0.2.1:4"))
            .unwrap()
            .1
            .passes()
    };
    assert!(ask("HEAD", "/users/1"));
    for path in [
        "/users/1",
        "/users/2/",
        "/users/a?x",
        "/users/%31",
        "/users/1;a=b",
        "/users/x#y",
    ] {
        assert!(!ask("GET", path), "{path}");
    }
    for path in [
        "/users/",
        "/users",
        "/users/a/b",
        "/users//",
        "//",
        "/",
        "*",
        "",
        "/Users/1",
        "/users//1",
    ] {
        assert!(ask("GET", path), "{path}");
    }
    assert!(ask("POST", "/users/1"));
    assert_eq!(world.borrow().counter(".limited"), 6);
}

#[test]
fn workers_share_one_bucket_and_a_change_keeps_it() {
    let world = World::new(1);
    let module = emit(&program(NINE_LINES));
    let mut workers: Vec<Host> = (0..3)
        .map(|_| Host::ready(&module.bytes, &world, ""))
        .collect();
    let mut passed = 0;
    for at in 0..600_usize {
        let host = &mut workers[at % 3];
        host.set_now(SECOND);
        passed += u32::from(
            host.request(&GET, Some("[2001:db8::1]:9"))
                .unwrap()
                .1
                .passes(),
        );
    }
    assert_eq!(passed, 100);
    // Another limit behind it, the same state: what is taken stays taken.
    let more = NINE_LINES.replace(
        "\"100r/s per client_ip\"",
        "[100r/s per client_ip, 9r/h per global]",
    );
    let changed = emit(&program(&more));
    assert_eq!(changed.vm_id, module.vm_id);
    let mut host = Host::ready(&changed.bytes, &world, "");
    host.set_now(SECOND);
    assert!(
        limited(&host.request(&GET, Some("[2001:db8::2]:9")).unwrap().1),
        "the same /64"
    );
}

#[test]
fn the_attached_form_asks_no_more_than_it_must() {
    let (mut host, _) = start(NINE_LINES, &[Flag::Attached]);
    host.calls();
    assert!(host.request(&[], Some("192.0.2.1:4")).unwrap().1.passes());
    let calls = host.calls();
    let called: Vec<(&str, u64)> = calls.into_iter().collect();
    assert_eq!(
        called,
        [
            ("clock_time_get", 1),
            ("proxy_get_metric", 1),
            ("proxy_get_property", 1),
            ("proxy_get_shared_data", 2),
            ("proxy_increment_metric", 1),
            ("proxy_set_shared_data", 1),
        ]
    );
}

#[test]
fn native_limits_are_left_to_the_proxy() {
    let text = contract(&[(
        "GET /a",
        "rate_limit: [1r/h per global, 1r/h per client_ip, 1r/h per header(x-k), 2r/h per global]",
    )]);
    let endpoint = &program(&text).endpoints[0];
    let (g, c) = (Flag::NativeGlobal, Flag::NativeClientIp);
    for (flags, native) in [(vec![], 0), (vec![g], 1), (vec![c], 0), (vec![g, c], 2)] {
        assert_eq!(Flag::native_limits(endpoint, &flags), native, "{flags:?}");
        let (mut host, world) = start(&text, &flags);
        let headers = [(":method", "GET"), (":path", "/a"), ("x-k", "v")];
        host.calls();
        host.request(&headers, Some("192.0.2.1:4")).unwrap();
        let asked = host.calls()["proxy_set_shared_data"];
        assert_eq!(asked, 4 - native as u64, "{flags:?}");
        // The first of them refuses the second request.
        host.request(&headers, Some("192.0.2.1:4")).unwrap();
        let limited = format!("get_a.rate_limit.{native}.limited");
        assert_eq!(world.borrow().counter(&limited), 1, "{flags:?}");
        assert_eq!(world.borrow().counter("get_a.passed"), 1, "{flags:?}");
    }
}

#[test]
fn the_peer_address_can_come_from_the_filter_state() {
    let text = contract(&[("GET /a", "rate_limit: 1r/h per client_ip")]);
    let (mut host, _) = start(&text, &[Flag::PeerAddress]);
    let headers = [(":method", "GET"), (":path", "/a")];
    for (peer, passes) in [
        ("192.0.2.1:5", true),
        ("192.0.2.2:5", true),
        ("192.0.2.1", false),
    ] {
        host.set_property("filter_state\0cherry.peer", Some(peer.as_bytes()));
        // The forged one is the same for all.
        let (_, verdict) = host.request(&headers, Some("6.6.6.6:0")).unwrap();
        assert_eq!(verdict.passes(), passes, "{peer}");
    }
}

#[test]
fn flags_are_read_back_from_their_own_text() {
    assert_eq!(Flag::configuration(&[]), r#"{"flags":""}"#);
    assert_eq!(
        Flag::configuration(&[Flag::NativeGlobal, Flag::Attached]),
        r#"{"flags":"AG"}"#
    );
}
