//! Which requests share a bucket.

use std::net::{IpAddr, Ipv6Addr};

use super::{Dice, contract, seeds, start};

/// Asks a limit of one request for ever: whether the second request finds the first one's bucket.
fn shares(key: &str, first: (&[(&str, &str)], &str), second: (&[(&str, &str)], &str)) -> bool {
    let text = contract(&[(
        "GET /k/{a}/{rest=**}",
        &format!("rate_limit: 1r/365d per {key}"),
    )]);
    let (mut host, _) = start(&text, &[]);
    let mut ask = |(headers, path): (&[(&str, &str)], &str)| {
        let mut all = vec![(":method", "GET"), (":path", path)];
        all.extend(headers);
        host.request(&all, Some("192.0.2.1:9")).unwrap().1.passes()
    };
    assert!(ask(first), "a fresh bucket");
    !ask(second)
}

#[test]
fn headers_are_compared_byte_by_byte_and_the_first_counts() {
    let key = "header(X-Key)";
    let at = |headers: &'static [(&'static str, &'static str)]| (headers, "/k/1/2");
    let long = "x".repeat(9_000);
    let longer = format!("{long}y");
    assert!(shares(
        key,
        at(&[("x-key", "v")]),
        at(&[("x-other", "1"), ("x-key", "v"), ("x-key", "w")])
    ));
    assert!(!shares(key, at(&[("x-key", "v")]), at(&[("x-key", "V")])));
    assert!(!shares(key, at(&[("x-key", "v")]), at(&[("x-key", "")])));
    assert!(
        shares(key, at(&[]), at(&[("x-key", "")])),
        "absent and empty are one"
    );
    assert!(!shares(key, at(&[("x-key", "v")]), at(&[("x-kez", "v")])));
    let (long, longer) = ([("x-key", long.as_str())], [("x-key", longer.as_str())]);
    assert!(!shares(key, (&long, "/k/1/2"), (&longer, "/k/1/2")));
    assert!(shares(key, (&long, "/k/1/2"), (&long, "/k/1/2")));
}

#[test]
fn parts_do_not_run_into_each_other() {
    let key = "header(a)+header(b)";
    assert!(!shares(
        key,
        (&[("a", "xy"), ("b", "z")], "/k/1/2"),
        (&[("a", "x"), ("b", "yz")], "/k/1/2")
    ));
    assert!(!shares(
        key,
        (&[("a", "x")], "/k/1/2"),
        (&[("b", "x")], "/k/1/2")
    ));
    assert!(shares(
        key,
        (&[("a", "x"), ("b", "")], "/k/1/2"),
        (&[("a", "x")], "/k/1/2")
    ));
}

#[test]
fn cookies_are_found_in_their_header() {
    let key = "cookie(sid)";
    let same = |first: &'static str, second: &'static str| {
        shares(
            key,
            (&[("cookie", first)], "/k/1/2"),
            (&[("cookie", second)], "/k/1/2"),
        )
    };
    assert!(same("sid=1", "a=b; sid=1"));
    assert!(same("sid=1", "a=b;sid=1;sid=2"));
    assert!(same("sid=1", " sid=1"));
    assert!(same("sid=a=b", "x; sid=a=b; y"));
    assert!(same("", "sid="), "absent and empty");
    assert!(same("xsid=1", "sidx=1; sid"), "neither has one");
    assert!(!same("sid=1", "sid=1 "));
    assert!(!same("sid=1", "a=sid=1"));
    assert!(!same("sid=1", ";;"));
}

#[test]
fn query_parameters_are_read_as_sent() {
    let key = "query(q)";
    let same = |first: &str, second: &str| shares(key, (&[], first), (&[], second));
    assert!(same("/k/1/2?q=1", "/k/3/4/5?a=b&q=1&q=2"));
    assert!(same("/k/1/2?q=1", "/k/1/2?q=1#q=2"));
    assert!(same("/k/1/2", "/k/1/2?q="));
    assert!(same("/k/1/2?", "/k/1/2?qq=1&q"));
    assert!(same("/k/1/2?q=/k/1", "/k/1/2/?q=/k/1"));
    assert!(same("/k/1/2?q=a?q=b", "/k/1/2?q=a?q=b&c"));
    assert!(!same("/k/1/2?q=1", "/k/1/2?q=%31"));
    assert!(!same("/k/1/2?q=1", "/k/1/2?Q=1"));
    assert!(!same("/k/1/2?q=1", "/k/1/2#?q=1"));
}

#[test]
fn path_parameters_are_cut_as_the_template_says() {
    let same = |key: &str, first: &str, second: &str| shares(key, (&[], first), (&[], second));
    assert!(same("path(a)", "/k/1/2", "/k/1/3/4?x"));
    assert!(!same("path(a)", "/k/1/2", "/k/2/2"));
    assert!(same("path(rest)", "/k/1/2/3", "/k/2/2/3/?x=1#y"));
    assert!(!same("path(rest)", "/k/1/2/3", "/k/1/2"));
    let text = contract(&[("GET /k/{id}:go", "rate_limit: 1r/365d per path(id)")]);
    let (mut host, _) = start(&text, &[]);
    let mut ask = |path: &str| {
        host.request(&[(":method", "GET"), (":path", path)], None)
            .unwrap()
            .1
            .passes()
    };
    assert!(ask("/k/a:go"));
    assert!(!ask("/k/a:go/"));
    assert!(ask("/k/a:go:go"));
    assert!(ask("/k/:go") && ask("/k/:go"), "nothing before the verb");
    assert!(ask("/k/go") && ask("/k/go"), "no verb");
}

/// The bucket of an address, told by who finds it drained.
struct Addresses(cherry_testkit::wasm_host::Host);

impl Addresses {
    fn same(first: &str, second: &str) -> bool {
        let text = contract(&[("GET /a", "rate_limit: 1r/365d per client_ip")]);
        let mut addresses = Addresses(start(&text, &[]).0);
        assert!(addresses.fresh(first), "{first}");
        !addresses.fresh(second)
    }

    fn fresh(&mut self, address: &str) -> bool {
        let headers = [(":method", "GET"), (":path", "/a")];
        self.0.request(&headers, Some(address)).unwrap().1.passes()
    }
}

#[test]
fn addresses_fold_as_the_language_says() {
    for (first, second) in [
        ("192.0.2.1:1", "192.0.2.1:65535"),
        ("192.0.2.1", "192.0.2.1:1"),
        ("192.0.2.1:1", "[::ffff:192.0.2.1]:0"),
        ("192.0.2.1:1", "::ffff:c000:201"),
        ("192.0.2.1:1", "[0:0:0:0:0:FFFF:192.0.2.1]:0"),
        ("[2001:db8::1]:0", "[2001:db8:0:0:ffff::]:9"),
        ("2001:db8::1", "[2001:0db8::]:0"),
        ("[fe80::1%eth0]:5", "[fe80::2]:5"),
        ("::", "::1"),
        ("1:2:3:4:5:6:1.2.3.4", "[1:2:3:4::]:0"),
        ("", "/run/socket"),
        ("@abstract", "no address"),
        ("1.2.3", "1.2.3.256:1"),
        ("1:2:3:4:5:6:7:8:9", "1::2::3"),
        ("12345::", "g::"),
    ] {
        assert!(Addresses::same(first, second), "{first} is {second}");
    }
    for (first, second) in [
        ("192.0.2.1:1", "192.0.2.2:1"),
        ("192.0.2.1:1", "[::192.0.2.1]:1"),
        ("192.0.2.1:1", "/run/192.0.2.1"),
        ("[2001:db8:0:1::1]:0", "[2001:db8::1]:0"),
        ("0.0.0.0:1", "[::]:1"),
        ("0.0.0.0:1", ""),
        ("::", ""),
        ("1.2.3.4", "4.3.2.1"),
    ] {
        assert!(!Addresses::same(first, second), "{first} is not {second}");
    }
}

/// Random addresses in every spelling find the bucket of the standard library's reading of them.
#[test]
fn addresses_are_read_as_the_standard_library_reads_them() {
    for seed in seeds(&[11, 12]) {
        let mut dice = Dice(seed);
        let text = contract(&[("GET /a", "rate_limit: 1r/365d per client_ip")]);
        let mut addresses = Addresses(start(&text, &[]).0);
        let mut met = std::collections::BTreeSet::new();
        for _ in 0..4_000 {
            let mut groups = [0_u16; 8];
            for group in &mut groups {
                if dice.below(3) > 0 {
                    *group = dice.pick(&[0, 1, 0xffff, 0xdb8, 0xc000]);
                }
            }
            if dice.below(4) == 0 {
                groups[..6].copy_from_slice(&[0, 0, 0, 0, 0, 0xffff]);
            }
            let v6 = Ipv6Addr::from(groups);
            let spelled = match dice.below(4) {
                0 => v6.to_string(),
                1 => format!("[{v6}]:{}", dice.below(65_536)),
                2 => groups.map(|group| format!("{group:04X}")).join(":"),
                _ => match v6.to_ipv4_mapped() {
                    Some(v4) => format!("{v4}:{}", dice.below(65_536)),
                    None => v6.to_string(),
                },
            };
            let folded = match IpAddr::V6(v6).to_canonical() {
                IpAddr::V4(v4) => v4.octets().to_vec(),
                IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
            };
            assert_eq!(
                addresses.fresh(&spelled),
                met.insert(folded),
                "seed {seed}: {spelled}"
            );
        }
        assert!(met.len() > 100);
    }
}
