//! `circuit_breaker`: admission, and what the answers say.
//!
//! The states and their changes are those of `cherry_runtime`'s `Breaker`; the row lives in shared
//! data, and a change is one compare-and-set, so that all workers see one breaker.

use super::abi::pairs;
use super::asm::{I32, I64, Long, Var, Word, args, call, select};
use super::body::{Body, Exit};
use super::functions::{Cx, EVENT, Fun, LEN, NOW, SLOT, WRITE};
use super::layout::{
    breaker_row as row_at, breaker_row_bytes, spec as spec_at, ticket as ticket_at,
};
use super::limiter::spec_head;
use super::program::{FilterProgram, counter};
use super::route::send;
use super::state::what;
use crate::policy::Answer;

/// States as they stand in a row, in the order of their counters from [`counter::CLOSED`] on; that
/// of a half-open breaker counts probes, and the first one is let in at once.
const CLOSED: i32 = 0;
const OPEN: i32 = 1;
const HALF_OPEN: i32 = 2;

/// gRPC codes that are failures: UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS.
const GRPC_FAILURES: i32 = 1 << 2 | 1 << 4 | 1 << 13 | 1 << 14 | 1 << 15;
const GRPC_UNKNOWN: i32 = 2;

/// The table of breakers as it stands among the constants.
pub(super) fn breaker_table(program: &FilterProgram) -> Vec<u8> {
    let mut table = Vec::new();
    for breaker in &program.breakers {
        let leases = program.leases(breaker);
        let mut key = vec![b'b', u8::try_from(leases).expect("probes are few")];
        key.extend(breaker.id.to_le_bytes());
        table.extend(spec_head(
            spec_at::BREAKER_KEY_BYTES,
            breaker.counters,
            breaker_row_bytes(leases),
            &key,
        ));
        if program.common.patience.is_none() {
            table.extend(breaker.open_ns.to_le_bytes());
            table.extend(breaker.failure_threshold.to_le_bytes());
        }
    }
    table
}

/// How long an entry of the table is.
pub(super) fn breaker_bytes(program: &FilterProgram) -> u32 {
    match program.common.patience {
        Some(_) => spec_at::OPEN_NS,
        None => spec_at::BREAKER_BYTES,
    }
}

fn open_ns(cx: &Cx<'_>, spec: Var<Word>) -> I64 {
    match cx.program.common.patience {
        Some((open_ns, _)) => I64::from(open_ns),
        None => spec.load64(spec_at::OPEN_NS),
    }
}

fn threshold(cx: &Cx<'_>, spec: Var<Word>) -> I32 {
    match cx.program.common.patience {
        Some((_, threshold)) => I32::from(threshold),
        None => spec.load(spec_at::THRESHOLD),
    }
}

/// `admit(context, spec) -> seconds`: 0 when the request may go, else the seconds to wait. An
/// admitted request is remembered in the ring; one that could not be asked for is not, so its
/// answer will not be counted either.
pub(super) fn admit(cx: &mut Cx<'_>, f: &mut Body) {
    let (context, spec): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let seconds = f.let_word(call::<Word>(Fun::Update, args![what::ADMIT, spec, 0]));
    f.block(|f, unknown| {
        const { assert!(counter::CAS_EXHAUSTED & counter::HOST_ERROR & 1 == 1) };
        const { assert!(counter::PROBES & 1 == 0) };
        let unasked = EVENT.get() & 1;
        f.leave_if(unknown, unasked | seconds);
        let at = f.let_word(ticket_address(cx, context));
        f.store(at, ticket_at::CONTEXT, context);
        // Whether trailers are awaited stands behind the breaker: not yet.
        const { assert!(ticket_at::AWAITS_TRAILERS == ticket_at::BREAKER + 4) };
        if only_breaker(cx).is_some() {
            f.store(at, ticket_at::AWAITS_TRAILERS, 0);
        } else {
            f.store64(at, ticket_at::BREAKER, spec.get().long());
        }
        f.store64(at, ticket_at::EPOCH, SLOT.get().load64(row_at::EPOCH));
        if !cx.program.probes_one_by_one() {
            // One more than the id of the probe, if it is one.
            f.store64(at, ticket_at::PROBE, SLOT.get().load64(row_at::PROBES));
        }
    });
    f.end::<Word>(seconds);
}

/// Asks the breaker whose row stands in [`SLOT`]; the answer is in seconds, as above.
pub(super) fn admit_step(
    cx: &mut Cx<'_>,
    f: &mut Body,
    spec: Var<Word>,
    answer: Var<Word>,
    unsure: Exit,
) {
    let wait = f.let_long(0_u64);
    f.block(|f, closed| {
        let row = || SLOT.get();
        let state = f.let_word(row().load(row_at::STATE));
        f.leave_if(closed, state.not());
        f.leave_if(unsure, call::<Word>(Fun::Clock, args![]));
        let one = cx.program.probes_one_by_one();
        let lease = lease_of(cx, f);
        if one {
            f.when(row().load(row_at::COUNT).not(), |f| {
                f.set(wait, left_of(cx, spec, None));
            });
        } else {
            wait_for_a_lease(cx, f, (spec, state), lease, wait);
        }
        f.when_else(
            wait.get().is_zero(),
            |f| {
                if one {
                    f.run(Fun::Change, args![HALF_OPEN]);
                } else {
                    // The running number of a probe is its id.
                    let next = row().load64(row_at::PROBES) + 1_u64;
                    f.store64(row(), row_at::PROBES, next);
                    f.store64(lease.get(), row_at::LEASES, row().load64(row_at::PROBES));
                    f.store64(lease.get(), row_at::LEASES + 8, NOW.get());
                    f.set_global(&EVENT, counter::PROBES);
                }
                f.set_global(&WRITE, 1);
            },
            |f| f.set_global(&EVENT, counter::REFUSED),
        );
    });
    // Rounded up, so at least one.
    f.set(answer, (wait + 999_999_999_u64).over(1_000_000_000).low());
}

/// Finds a free lease of a row that has several, or else how long it takes until one is free.
fn wait_for_a_lease(
    cx: &mut Cx<'_>,
    f: &mut Body,
    (spec, state): (Var<Word>, Var<Word>),
    lease: Lease,
    wait: Var<Long>,
) {
    let left = |cx: &Cx<'_>, from| left_of(cx, spec, from);
    let held = || lease.get().load64(row_at::LEASES).is_zero().not();
    let since_lease = || lease.get() + (row_at::LEASES + 8);
    f.block(|f, decided| {
        f.when(state.eq(OPEN), |f| {
            f.set(wait, left(cx, None));
            f.leave_if(decided, wait.get().is_zero().not());
            f.run(Fun::Change, args![HALF_OPEN]);
            each_lease(f, spec, lease, |f, _| {
                f.store64(lease.get(), row_at::LEASES, 0_u64);
            });
        });
        // A lease that has ended is as free as an empty one.
        let least = f.let_long(open_ns(cx, spec));
        each_lease(f, spec, lease, |f, exit| {
            f.set(wait, 0_u64);
            f.when(held(), |f| f.set(wait, left(cx, Some(since_lease()))));
            f.set(least, select::<Long>(wait.lt(least), wait, least));
            f.leave_if(exit, wait.get().is_zero());
        });
        f.set(wait, least);
    });
}

/// Where a lease stands, less [`row_at::LEASES`]: where the slot does, when the row has one.
#[derive(Clone, Copy)]
struct Lease(Option<Var<Word>>);

impl Lease {
    fn get(self) -> I32 {
        self.0.map_or_else(|| SLOT.get(), Var::<Word>::get)
    }
}

/// The first lease of the row.
fn lease_of(cx: &Cx<'_>, f: &mut Body) -> Lease {
    Lease((!cx.program.probes_one_by_one()).then(|| f.let_word(SLOT.get())))
}

/// Goes over the leases of a row that has several.
fn each_lease(f: &mut Body, spec: Var<Word>, lease: Lease, body: impl FnOnce(&mut Body, Exit)) {
    let var = lease.0.expect("the row has several leases");
    let half_open = spec.get().load8(spec_at::HALF_OPEN);
    f.count_to(half_open, |f, index, exit| {
        f.set(var, SLOT.get() + (index << 4));
        body(f, exit);
    });
}

/// `change(state)`: the row goes to `state` with a count of zero, in a new epoch that begins now.
pub(super) fn change(f: &mut Body) {
    let state: Var<Word> = f.param(0);
    let row = || SLOT.get();
    f.store64(row(), row_at::EPOCH, row().load64(row_at::EPOCH) + 1_u64);
    // The count stands behind the state.
    const { assert!(row_at::COUNT == row_at::STATE + 4) };
    f.store64(row(), row_at::STATE, state.get().long());
    f.store64(row(), row_at::SINCE, NOW.get());
    f.set_global(&EVENT, state + counter::CLOSED);
}

fn ticket_address(cx: &Cx<'_>, context: Var<Word>) -> I32 {
    (context & (ticket_at::COUNT - 1)) * ticket_at::BYTES + cx.layout.tickets
}

/// `ticket_of(context) -> ticket`: what is remembered of a request; 0 when it was never admitted,
/// or is settled. This is how the hooks behind an answer begin.
pub(super) fn ticket_of(cx: &mut Cx<'_>, f: &mut Body) {
    let context: Var<Word> = f.param(0);
    f.run(Fun::Enter, args![]);
    let at = f.let_word(ticket_address(cx, context));
    let known = at.load(ticket_at::CONTEXT).eq(context);
    f.end::<Word>(select::<Word>(known, at, 0));
}

/// What is left of the open time since a moment that stands at `since`, or else in the row.
fn left_of(cx: &Cx<'_>, spec: Var<Word>, since: Option<I32>) -> I64 {
    if one_open_time(cx) {
        return call::<Long>(Fun::Left, args![]);
    }
    let since = since.unwrap_or_else(|| SLOT.get() + row_at::SINCE);
    call::<Long>(Fun::LeftOf, args![spec, since])
}

/// Whether all breakers have one open time, which begins at one place of their rows.
fn one_open_time(cx: &Cx<'_>) -> bool {
    cx.program.probes_one_by_one() && cx.program.common.patience.is_some()
}

/// `left() -> left` or `left_of(spec, since) -> left`: what is left now of an open time that began at
/// the moment that stands in the row, or at `since`. A beginning that lies ahead comes from a clock
/// that stepped back; the time then begins now, for good.
pub(super) fn left(cx: &mut Cx<'_>, f: &mut Body) {
    let (since, offset, span): (I32, u32, I64) = if one_open_time(cx) {
        let (span, _) = cx.program.common.patience.expect("it was just looked at");
        (SLOT.get(), row_at::SINCE, I64::from(span))
    } else {
        let (spec, since): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
        (since.get(), 0, open_ns(cx, spec))
    };
    let began = || since.clone().load64(offset);
    f.when(began().gt(NOW.get()), |f| {
        f.store64(since.clone(), offset, NOW.get());
        f.set_global(&WRITE, 1);
    });
    let left = f.let_long(span - (NOW.get() - began()));
    f.end::<Long>(select::<Long>(left.get().is_positive(), left, 0_u64));
}

/// Where the settings of the breaker stand, when there is one alone.
fn only_breaker(cx: &Cx<'_>) -> Option<I32> {
    (cx.program.breakers.len() == 1).then(|| I32::from(cx.breakers_at))
}

/// `settle(ticket, outcome) -> 0`: tells the breaker, once.
pub(super) fn settle(cx: &mut Cx<'_>, f: &mut Body) {
    let (ticket, outcome): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let spec = only_breaker(cx).unwrap_or_else(|| ticket.load(ticket_at::BREAKER));
    f.store(ticket, ticket_at::CONTEXT, 0);
    f.end::<Word>(call::<Word>(Fun::Update, args![outcome, spec, ticket]));
}

/// Tells the breaker whose row stands in [`SLOT`].
pub(super) fn settle_step(
    cx: &mut Cx<'_>,
    f: &mut Body,
    (outcome, spec, ticket): (Var<Word>, Var<Word>, Var<Word>),
    unsure: Exit,
) {
    let clock = || call::<Word>(Fun::Clock, args![]);
    let row = || SLOT.get();
    f.block(|f, nothing| {
        // Let in before the last change of state: it does not count.
        let epoch = row().load64(row_at::EPOCH);
        f.leave_if(nothing, epoch.ne(ticket.load64(ticket_at::EPOCH)));
        let state = f.let_word(row().load(row_at::STATE));
        f.if_else(
            cx,
            state.not(),
            |cx, f| {
                const { assert!(what::ABANDONED == 0) };
                f.leave_if(nothing, outcome.not());
                // One more for a failure, none after a success.
                const { assert!(what::FAILURE >> 1 == 1 && what::SUCCESS >> 1 == 0) };
                let count = f.let_word((row().load(row_at::COUNT) + 1) * (outcome >> 1));
                // The common case, a success after another: nothing to say, nothing to write.
                f.leave_if(nothing, count.eq(row().load(row_at::COUNT)));
                f.leave_if(unsure, clock());
                f.store(row(), row_at::COUNT, count);
                let many = count.ge(threshold(cx, spec));
                f.when(many, |f| f.run(Fun::Change, args![OPEN]));
            },
            |cx, f| {
                // A probe: nothing else is let in while the breaker is not closed.
                let one = cx.program.probes_one_by_one();
                let lease = lease_of(cx, f);
                if !one {
                    let holder = || lease.get().load64(row_at::LEASES);
                    let found = f.let_word(0);
                    each_lease(f, spec, lease, |f, exit| {
                        f.set(found, holder().eq(ticket.load64(ticket_at::PROBE)));
                        f.leave_if(exit, found.get());
                    });
                    f.leave_if(nothing, found.not());
                }
                f.leave_if(unsure, clock());
                let since = if one {
                    f.store(row(), row_at::COUNT, 1);
                    None
                } else {
                    f.store64(lease.get(), row_at::LEASES, 0_u64);
                    Some(lease.get() + (row_at::LEASES + 8))
                };
                let left = left_of(cx, spec, since);
                f.when(left.is_zero().not(), |f| {
                    if one {
                        const { assert!(what::FAILURE >> 1 == OPEN) };
                        const { assert!(what::SUCCESS >> 1 == CLOSED) };
                        f.when(outcome.get(), |f| {
                            f.run(Fun::Change, args![outcome >> 1]);
                        });
                        return;
                    }
                    f.when(outcome.eq(what::FAILURE), |f| {
                        f.run(Fun::Change, args![OPEN]);
                    });
                    f.when(outcome.eq(what::SUCCESS), |f| {
                        let count = f.let_word(row().load(row_at::COUNT) + 1);
                        f.store(row(), row_at::COUNT, count);
                        let all = count.ge(spec.get().load8(spec_at::HALF_OPEN));
                        f.when(all, |f| f.run(Fun::Change, args![CLOSED]));
                    });
                });
            },
        );
        f.set_global(&WRITE, 1);
    });
}

/// `grpc_outcome(text) -> outcome`: by the `grpc-status` that was found, [`LEN`] long. A client
/// takes the absence of one, and what is no number, for UNKNOWN.
pub(super) fn grpc_outcome(f: &mut Body) {
    let text: Var<Word> = f.param(0);
    let code = f.let_word(GRPC_UNKNOWN);
    f.block(|f, known| {
        // One digit or two.
        let second = f.let_word(LEN.get() - 1);
        f.leave_if(known, second.gt(1));
        let tens = f.let_word((text.get().load8(0) - i32::from(b'0')) * second);
        let ones = f.let_word((text + second).load8(0) - i32::from(b'0'));
        f.leave_if(known, tens.gt(9) | ones.gt(9));
        f.set(code, tens * 10 + ones);
    });
    const { assert!(what::SUCCESS == 1 && what::FAILURE == 2) };
    f.end::<Word>(((I32::from(GRPC_FAILURES) >> code) & code.lt(32)) + 1);
}

/// Where the value of `retry-after` and its length stand in the block of headers: last, so that
/// its length is free.
const VALUE_LEN_AT: u32 = 24;
/// An open time is at most an hour.
const MOST_DIGITS: u32 = 4;

/// `refuse_open(seconds) -> action`: answers 503.
pub(super) fn refuse_open(cx: &mut Cx<'_>, f: &mut Body) {
    let seconds: Var<Word> = f.param(0);
    // Nobody waits longer than the longest open time.
    let longest = cx.program.breakers.iter().map(|breaker| breaker.open_ns);
    let one_digit = longest.max().is_some_and(|ns| ns <= 9_000_000_000);
    let most_digits = if one_digit { 1 } else { MOST_DIGITS };
    let [policy, content_type] = Answer::Open.headers();
    let value = &"0000"[..most_digits as usize];
    let block = pairs(&[policy, content_type, ("retry-after", value)]);
    let len = u32::try_from(block.len()).expect("a constant");
    let block = cx.pool.own_text(&block);
    let value_at = len - most_digits - 1;
    if one_digit {
        f.store8(0, block + value_at, seconds + i32::from(b'0'));
        let action = send(cx, Answer::Open, block, I32::from(len));
        f.end::<Word>(action);
        return;
    }

    let digits = f.let_word(I32::from(1) + seconds.ge(10) + seconds.ge(100) + seconds.ge(1000));
    f.store(0, block + VALUE_LEN_AT, digits);
    f.store8(digits, block + value_at, 0);
    f.count_to(digits, |f, index, _| {
        let tens = f.let_word(seconds.get().over(10));
        let digit = seconds - tens * 10 + i32::from(b'0');
        f.store8(digits - index - 1, block + value_at, digit);
        f.set(seconds, tens);
    });
    let action = send(cx, Answer::Open, block, digits + value_at + 1);
    f.end::<Word>(action);
}
