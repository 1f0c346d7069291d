//! Two workers at one row: what one of them does between the other's reading and its writing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use cherry_testkit::wasm_host::{Host, SharedWorld, World};

use super::{Dice, Flag, SECOND, contract, emit, program, seeds};

const SET: &str = "proxy_set_shared_data";

/// Two workers of one world.
fn pair(text: &str) -> (Host, Rc<RefCell<Host>>, SharedWorld) {
    let world = World::new(9);
    let module = emit(&program(text));
    let flags = Flag::configuration(&[Flag::Attached]);
    let ready = || Host::ready(&module.bytes, &world, &flags);
    (ready(), Rc::new(RefCell::new(ready())), world)
}

fn passes(host: &mut Host, now: u64) -> bool {
    host.set_now(now);
    host.request(&[], None).expect("no trap").1.passes()
}

/// Every request of one worker is crossed by one of the other, whose write must make it try again.
/// A worker that is alone and is asked in the order in which the two got through says the same, so
/// no token is lost and none is made.
#[test]
fn crossing_requests_take_what_they_would_take_one_after_the_other() {
    let text = contract(&[("GET /a", "rate_limit: 5r/s per global")]);
    for seed in seeds(&[61, 62]) {
        let (mut first, second, world) = pair(&text);
        let (mut alone, _, _) = pair(&text);
        let mut dice = Dice(seed);
        let mut now = SECOND;
        let (mut crossed, mut passed) = (0, 0);
        for event in 0..4_000 {
            now += dice.below(SECOND / 2);
            let other = Rc::new(Cell::new(None));
            let (host, told) = (Rc::clone(&second), Rc::clone(&other));
            first.before_next(SET, move || {
                told.set(Some(passes(&mut host.borrow_mut(), now)))
            });
            let ours = passes(&mut first, now);
            let place = format!("seed {seed}, event {event}");
            let theirs = match other.get() {
                Some(theirs) => {
                    crossed += 1;
                    assert_eq!(theirs, passes(&mut alone, now), "{place}: the one between");
                    assert_eq!(ours, passes(&mut alone, now), "{place}: the crossed one");
                    theirs
                }
                // A refusal writes nothing, so nothing could come between.
                None => {
                    assert!(first.forget_hooks() && !ours, "{place}");
                    assert!(!passes(&mut alone, now), "{place}");
                    false
                }
            };
            passed += u64::from(ours) + u64::from(theirs);
        }
        assert!(crossed > 1_000, "seed {seed}: {crossed}");
        let world = world.borrow();
        assert_eq!(world.counter(".passed"), passed);
        assert_eq!(world.counter("cas_exhausted"), 0);
        assert_eq!(world.counter("host_error"), 0);
    }
}

/// Two failures at once are two failures, two who ask for one probe get one, and the answer to a
/// refused request changes nothing for the probe that it crosses.
#[test]
fn crossing_answers_and_probes_count_once_each() {
    let text = contract(&[(
        "GET /a",
        "circuit_breaker: {failure_threshold: 2, timeout_ms: 1000}",
    )]);
    let (mut first, second, world) = pair(&text);
    let admit = |host: &mut Host, now: u64| {
        host.set_now(now);
        let (context, verdict) = host.request(&[], None).expect("no trap");
        (context, verdict.passes())
    };
    let fail = |host: &mut Host, context: i32| {
        let headers = [(":status", "500")];
        host.response(context, &headers, true).expect("no trap");
    };

    let (ours, _) = admit(&mut first, 0);
    let (theirs, _) = admit(&mut second.borrow_mut(), 0);
    let host = Rc::clone(&second);
    first.before_next(SET, move || {
        let headers = [(":status", "500")];
        let mut host = host.borrow_mut();
        host.response(theirs, &headers, true).expect("no trap");
    });
    fail(&mut first, ours);
    assert_eq!(world.borrow().counter(".opened"), 1, "two failures open it");
    assert!(!admit(&mut first, 0).1);

    for round in 1..5 {
        let now = round * SECOND;
        let probe = Rc::new(Cell::new((0, false)));
        let (host, told) = (Rc::clone(&second), Rc::clone(&probe));
        first.before_next(SET, move || {
            let mut host = host.borrow_mut();
            host.set_now(now);
            let (context, verdict) = host.request(&[], None).expect("no trap");
            told.set((context, verdict.passes()));
        });
        assert!(!admit(&mut first, now).1, "the probe is out");
        let (context, passes) = probe.get();
        assert!(passes, "the one between is the probe");
        assert_eq!(world.borrow().counter(".probes"), round);
        fail(&mut second.borrow_mut(), context);
        assert_eq!(world.borrow().counter(".opened"), round + 1);
    }

    // The probe succeeds, and the answer to a refused request comes between: it does not count.
    let now = 5 * SECOND;
    let (context, probe) = admit(&mut first, now);
    assert!(probe);
    let host = Rc::clone(&second);
    let (late, passes) = admit(&mut host.borrow_mut(), now);
    assert!(!passes);
    first.before_next(SET, move || {
        let headers = [(":status", "500")];
        let mut host = host.borrow_mut();
        host.response(late, &headers, true).expect("no trap");
    });
    let headers = [(":status", "200")];
    first.response(context, &headers, true).expect("no trap");
    assert_eq!(world.borrow().counter(".closed"), 1);
    assert!(admit(&mut first, now).1);
    assert_eq!(world.borrow().counter("cas_exhausted"), 0);
}
