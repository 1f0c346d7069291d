//! Workers that cross each other between any two calls to the host. Each keeps a breaker's row for
//! as long as the gauge stands still, so what is held here is that two events which cross have an
//! order in which they could have come one after the other, and that whoever comes later, on any
//! worker, sees both.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use cherry_testkit::wasm_host::{Host, SharedWorld, World};

use super::{Dice, Flag, SECOND, contract, emit, program, seeds};

const CONTRACT: &str = "circuit_breaker: {failure_threshold: 2, timeout_ms: 1000}";

/// What a worker does: a request by its number, or the answer to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Ask(usize),
    Answer(usize, &'static str),
}

/// The breaker of [`CONTRACT`] by hand, small enough to be tried in every order.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Twin {
    state: State,
    turn: u64,
    probes: u64,
    /// Turn and probe of the requests that are out.
    out: BTreeMap<usize, (u64, u64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Closed { failures: u32 },
    Open { since: u64 },
    Probing { probe: u64, since: u64 },
}

impl Twin {
    fn new() -> Twin {
        Twin {
            state: State::Closed { failures: 0 },
            turn: 0,
            probes: 0,
            out: BTreeMap::new(),
        }
    }

    fn change(&mut self, state: State) {
        (self.state, self.turn) = (state, self.turn + 1);
    }

    /// Whether the event passes, which answers always do.
    fn passes(&mut self, event: Event, now: u64) -> bool {
        let (request, status) = match event {
            Event::Ask(request) => {
                let wait = match self.state {
                    State::Closed { .. } | State::Probing { probe: 0, .. } => 0,
                    State::Open { since } | State::Probing { since, .. } => {
                        SECOND.saturating_sub(now - since)
                    }
                };
                if wait > 0 {
                    return false;
                }
                let closed = matches!(self.state, State::Closed { .. });
                if let State::Open { .. } = self.state {
                    self.turn += 1;
                }
                let mut probe = 0;
                if !closed {
                    self.probes += 1;
                    probe = self.probes;
                    self.state = State::Probing { probe, since: now };
                }
                self.out.insert(request, (self.turn, probe));
                return true;
            }
            Event::Answer(request, status) => (request, status),
        };
        let Some((turn, probe)) = self.out.remove(&request) else {
            return true;
        };
        let failed = status == "500";
        match self.state {
            _ if turn != self.turn => {}
            State::Closed { failures } if failed && failures + 1 == 2 => {
                self.change(State::Open { since: now });
            }
            State::Closed { failures } => {
                let failures = if failed { failures + 1 } else { 0 };
                self.state = State::Closed { failures };
            }
            State::Probing { probe: out, since } if out == probe => {
                self.state = State::Probing { probe: 0, since };
                if now - since < SECOND {
                    self.change(match failed {
                        true => State::Open { since: now },
                        false => State::Closed { failures: 0 },
                    });
                }
            }
            State::Open { .. } | State::Probing { .. } => {}
        }
        true
    }
}

/// Three workers of one proxy, and the requests that are out: on which worker, by which context.
struct Street {
    world: SharedWorld,
    workers: Vec<Rc<RefCell<Host>>>,
    out: BTreeMap<usize, (usize, i32)>,
    asked: usize,
}

/// An event on its worker.
#[derive(Debug, Clone, Copy)]
struct Doing {
    worker: usize,
    event: Event,
    context: i32,
}

fn run(host: &mut Host, doing: Doing, now: u64) -> (bool, i32) {
    host.set_now(now);
    match doing.event {
        Event::Ask(_) => {
            let (context, verdict) = host.request(&[], None).expect("no trap");
            (verdict.passes(), context)
        }
        Event::Answer(_, status) => {
            host.response(doing.context, &[(":status", status)], true)
                .expect("no trap");
            host.log(doing.context, 0).expect("no trap");
            (true, doing.context)
        }
    }
}

impl Street {
    fn new(seed: u64) -> Street {
        let world = World::new(seed);
        let module = emit(&program(&contract(&[("GET /a", CONTRACT)])));
        let flags = Flag::configuration(&[Flag::Attached]);
        let worker = |_| Rc::new(RefCell::new(Host::ready(&module.bytes, &world, &flags)));
        Street {
            workers: (0..3).map(worker).collect(),
            world,
            out: BTreeMap::new(),
            asked: 0,
        }
    }

    /// Something to do on any worker but this one.
    fn roll(&mut self, dice: &mut Dice, but: Option<usize>) -> Doing {
        let answerable: Vec<(usize, usize, i32)> = (self.out.iter())
            .filter(|(_, (worker, _))| Some(*worker) != but)
            .map(|(request, (worker, context))| (*request, *worker, *context))
            .collect();
        if dice.below(2) == 0 && !answerable.is_empty() {
            let (request, worker, context) = dice.pick(&answerable);
            self.out.remove(&request);
            let event = Event::Answer(request, dice.pick(&["500", "500", "200"]));
            return Doing {
                worker,
                event,
                context,
            };
        }
        let free: Vec<usize> = (0..3).filter(|worker| Some(*worker) != but).collect();
        self.asked += 1;
        Doing {
            worker: dice.pick(&free),
            event: Event::Ask(self.asked),
            context: 0,
        }
    }

    fn ended(&mut self, doing: Doing, (passes, context): (bool, i32)) {
        if let (Event::Ask(request), true) = (doing.event, passes) {
            self.out.insert(request, (doing.worker, context));
        }
    }
}

/// What is wrong with this many pairs of events, if anything; else how many of them crossed.
fn wrong(seed: u64, pairs: u32, gauges: Option<u64>) -> Result<u32, String> {
    let mut street = Street::new(seed);
    if let Some(value) = gauges {
        street.world.borrow_mut().stop_gauges(value);
    }
    let mut dice = Dice(seed);
    let mut now = SECOND;
    let mut twins = vec![Twin::new()];
    let mut crossed = 0;
    for pair in 0..pairs {
        now += dice.pick(&[0, 0, SECOND / 8, SECOND / 2, SECOND]);
        let first = street.roll(&mut dice, None);
        let second = street.roll(&mut dice, Some(first.worker));
        let place = dice.below(7);

        let told = Rc::new(Cell::new(None));
        let (host, tell) = (Rc::clone(&street.workers[second.worker]), Rc::clone(&told));
        let between = move || tell.set(Some(run(&mut host.borrow_mut(), second, now)));
        let host = Rc::clone(&street.workers[first.worker]);
        host.borrow_mut().before_call(place, between);
        let ours = run(&mut host.borrow_mut(), first, now);
        let cross = !host.borrow_mut().forget_hooks();
        let theirs = told.get().unwrap_or_else(|| {
            let host = Rc::clone(&street.workers[second.worker]);
            let mut host = host.borrow_mut();
            run(&mut host, second, now)
        });
        crossed += u32::from(cross);

        let mut next: Vec<Twin> = Vec::new();
        for twin in &twins {
            let (mut straight, mut swapped) = (twin.clone(), twin.clone());
            let ends = [
                (
                    straight.passes(first.event, now),
                    straight.passes(second.event, now),
                ),
                {
                    let theirs = swapped.passes(second.event, now);
                    (swapped.passes(first.event, now), theirs)
                },
            ];
            for (end, twin) in ends
                .into_iter()
                .zip([straight, swapped])
                .take(1 + usize::from(cross))
            {
                if end == (ours.0, theirs.0) && !next.contains(&twin) {
                    next.push(twin);
                }
            }
        }
        if next.is_empty() {
            return Err(format!(
                "seed {seed}, pair {pair} at {now}: {first:?} said {}, {second:?} said {}, \
                 crossing: {cross} before call {place}; no order of the two explains it: {twins:?}",
                ours.0, theirs.0
            ));
        }
        twins = next;
        street.ended(first, ours);
        street.ended(second, theirs);
        // Answers that never come.
        while street.out.len() > 12 {
            street.out.pop_first();
        }
    }
    let world = street.world.borrow();
    assert!(world.counter(".opened") > 50 && world.counter(".closed") > 10);
    assert_eq!(
        world.counter("cas_exhausted") + world.counter("host_error"),
        0
    );
    Ok(crossed)
}

#[test]
fn two_that_cross_have_an_order_and_all_see_it() {
    for seed in seeds(&[71, 72, 73, 74]) {
        let crossed = wrong(seed, 5_000, None).unwrap_or_else(|wrong| panic!("{wrong}"));
        assert!(crossed > 2_000, "seed {seed}: {crossed}");
    }
}

/// A host that keeps no gauge tells 0 for ever, and nothing is kept by it.
#[test]
fn without_a_gauge_every_row_is_read() {
    for seed in seeds(&[75]) {
        wrong(seed, 5_000, Some(0)).unwrap_or_else(|wrong| panic!("{wrong}"));
    }
}

/// The twin notices a gauge that stands still while rows change.
#[test]
fn a_gauge_that_stands_still_is_noticed() {
    wrong(71, 5_000, Some(9)).expect_err("workers act on rows that are gone");
}
