//! A host that fails: no trap, limits open, breakers closed, and a counter that says so.

use cherry_testkit::wasm_host::{Fault, Host, World, pairs};

use super::structure::contracts;
use super::{Dice, Flag, SECOND, contract, emit, program, seeds, start};

const CALLS: [&str; 11] = [
    "proxy_get_property",
    "proxy_get_header_map_pairs",
    "proxy_get_buffer_bytes",
    "proxy_send_local_response",
    "proxy_get_shared_data",
    "proxy_set_shared_data",
    "proxy_define_metric",
    "proxy_increment_metric",
    "proxy_get_metric",
    "clock_time_get",
    "random_get",
];

fn faults(dice: &mut Dice) -> Vec<Fault> {
    let mut faults: Vec<Fault> = (1..=13).map(Fault::Status).collect();
    faults.push(Fault::Empty);
    faults.push(Fault::Bytes(vec![b'x'; 1 << 20]));
    faults.push(Fault::Bytes(vec![0xff; 97 * 1024]));
    for len in [1, 3, 4, 7, 8, 16, 17, 48, 255, 256, 257, 4_000] {
        faults.push(Fault::Bytes(vec![0xff; len]));
        let noise = (0..len).map(|_| dice.next().to_le_bytes()[0]);
        faults.push(Fault::Bytes(noise.collect()));
    }
    // Header maps that lie about their lengths.
    let map = pairs(&[
        (b":path".to_vec(), b"/o/1?q=1".to_vec()),
        (b":method".to_vec(), b"GET".to_vec()),
        (b":status".to_vec(), b"500".to_vec()),
        (b"cookie".to_vec(), b"c=1".to_vec()),
    ]);
    for at in 0..36 {
        for value in [0, 1, 0x7f, 0xff] {
            let mut lie = map.clone();
            lie[at] = value;
            faults.push(Fault::Bytes(lie));
        }
    }
    for len in 0..map.len() {
        faults.push(Fault::Bytes(map[..len].to_vec()));
    }
    faults
}

/// One request with its answer through every hook; the verdict and whether anything trapped.
fn whole_exchange(host: &mut Host, path: &str) -> bool {
    let headers = [
        (":method", "GET"),
        (":path", path),
        ("cookie", "c=1"),
        ("x-a", "1"),
    ];
    let (context, verdict) = host
        .request(&headers, Some("192.0.2.1:3"))
        .expect("no trap");
    let grpc = [(":status", "200"), ("content-type", "application/grpc")];
    host.response(context, &grpc, false).expect("no trap");
    let (other, _) = host.request(&headers, Some("[::1]:3")).expect("no trap");
    host.response(other, &grpc, false).expect("no trap");
    host.log(other, 0).expect("no trap");
    host.log_with(context, &[("grpc-status", "14")], 0)
        .expect("no trap");
    verdict.passes()
}

#[test]
fn nothing_that_a_host_returns_traps() {
    for seed in seeds(&[51]) {
        let mut dice = Dice(seed);
        for text in contracts() {
            let module = emit(&program(&text));
            for flags in [&[][..], &[Flag::Attached, Flag::PeerAddress]] {
                let world = World::new(seed);
                let mut host = Host::ready(&module.bytes, &world, &Flag::configuration(flags));
                for call in CALLS {
                    for fault in faults(&mut dice) {
                        host.set_now(dice.next());
                        host.fail(call, fault);
                        for path in ["/o/1?q=1", "/f/a/b", "/users/1", "/a"] {
                            whole_exchange(&mut host, path);
                        }
                        host.configure("{\"flags\":\"A\"}").expect("no trap");
                        host.heal();
                        host.configure(&Flag::configuration(flags))
                            .expect("no trap");
                    }
                }
            }
        }
    }
}

#[test]
fn a_start_that_fails_rejects_or_does_without() {
    for text in contracts() {
        let module = emit(&program(&text));
        for call in CALLS {
            for fault in [Fault::Status(10), Fault::Empty, Fault::Bytes(vec![1; 16])] {
                let world = World::new(1);
                let mut host = Host::load(&module.bytes, &world).expect("it loads");
                host.fail(call, fault);
                let started = host.vm_start().expect("no trap");
                let configured = host.configure("{\"flags\":\"\"}").expect("no trap");
                host.heal();
                if started && configured {
                    whole_exchange(&mut host, "/users/1");
                }
            }
        }
    }
}

#[test]
fn limits_fail_open_and_say_so() {
    let text = contract(&[("GET /a", "rate_limit: 1r/365d per client_ip")]);
    for (call, fault, counter) in [
        ("proxy_get_shared_data", Fault::Status(1), "host_error"),
        ("proxy_get_shared_data", Fault::Empty, "host_error"),
        (
            "proxy_get_shared_data",
            Fault::Bytes(vec![0; 255]),
            "host_error",
        ),
        ("proxy_set_shared_data", Fault::Status(8), "cas_exhausted"),
        ("proxy_set_shared_data", Fault::Status(10), "host_error"),
        ("proxy_get_property", Fault::Status(10), "host_error"),
        (
            "proxy_get_property",
            Fault::Bytes(vec![b'1'; 1 << 20]),
            "host_error",
        ),
        ("clock_time_get", Fault::Status(10), "host_error"),
        ("proxy_get_header_map_pairs", Fault::Status(6), "unreadable"),
        (
            "proxy_get_header_map_pairs",
            Fault::Bytes(vec![0; 1 << 20]),
            "unreadable",
        ),
    ] {
        let (mut host, world) = start(&text, &[]);
        let headers = [(":method", "GET"), (":path", "/a")];
        host.fail(call, fault.clone());
        for _ in 0..3 {
            let (_, verdict) = host
                .request(&headers, Some("192.0.2.1:3"))
                .expect("no trap");
            assert!(verdict.passes(), "{call} {fault:?}");
        }
        assert_eq!(world.borrow().counter(counter), 3, "{call}");
        host.heal();
        assert!(
            host.request(&headers, Some("192.0.2.1:3"))
                .unwrap()
                .1
                .passes()
        );
        assert!(
            !host
                .request(&headers, Some("192.0.2.1:3"))
                .unwrap()
                .1
                .passes()
        );
        // An answer that cannot be sent would hold the request for ever.
        host.fail("proxy_send_local_response", Fault::Status(2));
        assert!(
            host.request(&headers, Some("192.0.2.1:3"))
                .unwrap()
                .1
                .passes()
        );
    }
}

#[test]
fn breakers_fail_closed_and_say_so() {
    let text = contract(&[(
        "GET /a",
        "circuit_breaker: {failure_threshold: 1, timeout_ms: 1000}",
    )]);
    let headers = [(":method", "GET"), (":path", "/a")];
    for (call, fault, counter) in [
        ("proxy_get_shared_data", Fault::Status(10), "host_error"),
        (
            "proxy_get_shared_data",
            Fault::Bytes(vec![0; 47]),
            "host_error",
        ),
        ("clock_time_get", Fault::Status(1), "host_error"),
        ("proxy_set_shared_data", Fault::Status(8), "cas_exhausted"),
    ] {
        let (mut host, world) = start(&text, &[]);
        let (context, _) = host.request(&headers, None).unwrap();
        host.response(context, &[(":status", "500")], true).unwrap();
        assert!(
            !host.request(&headers, None).unwrap().1.passes(),
            "it is open"
        );
        host.set_now(SECOND);
        // Nothing is kept, so that the row is read.
        world.borrow_mut().stop_gauges(0);
        host.fail(call, fault);
        assert!(host.request(&headers, None).unwrap().1.passes(), "{call}");
        assert_eq!(world.borrow().counter(counter), 1, "{call}");
        host.heal();
        assert!(
            host.request(&headers, None).unwrap().1.passes(),
            "the probe"
        );
        assert!(!host.request(&headers, None).unwrap().1.passes());
    }
    // A failure that could not be told is not counted, and the request is forgotten.
    let (mut host, world) = start(&text, &[]);
    let (context, _) = host.request(&headers, None).unwrap();
    host.fail("proxy_set_shared_data", Fault::Status(10));
    host.response(context, &[(":status", "500")], true).unwrap();
    host.heal();
    host.log(context, 0).unwrap();
    assert_eq!(world.borrow().counter("host_error"), 1);
    assert_eq!(world.borrow().counter("opened"), 0);
}

/// An arrival time that no bucket can have costs a client one step, not years.
#[test]
fn garbage_in_a_row_heals() {
    let text = contract(&[("GET /a", "rate_limit: 2r/s per global")]);
    let (mut host, world) = start(&text, &[Flag::Attached]);
    host.set_now(SECOND);
    assert!(host.request(&[], None).unwrap().1.passes());
    let keys: Vec<[u8; 3]> = (0..8192_u16)
        .map(|row| [b'l', row.to_le_bytes()[0], row.to_le_bytes()[1]])
        .collect();
    let used = keys.iter().find(|key| {
        world
            .borrow()
            .get(*key)
            .is_some_and(|row| row.iter().any(|byte| *byte != 0))
    });
    let used = used.expect("one row holds the bucket");
    let mut row = world.borrow().get(used).expect("it is there").to_vec();
    row[8..16].copy_from_slice(&u64::MAX.to_le_bytes());
    world.borrow_mut().put(used, &row);
    assert!(!host.request(&[], None).unwrap().1.passes());
    host.set_now(SECOND * 3 / 2);
    assert!(host.request(&[], None).unwrap().1.passes());
}
