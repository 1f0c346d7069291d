//! `circuit_breaker`: admission, and what the answers say.
//!
//! The states and their changes are those of `cherry_runtime`'s `Breaker`; the row lives in shared
//! data, and a change is one compare-and-set, so that all workers see one breaker.

use super::abi::{pairs, status};
use super::asm::{I32, I64, Long, Var, Word, args, call, cell, select};
use super::body::Body;
use super::functions::{Cx, Fun, NO_TIME, NOW};
use super::layout::{breaker_row as row_at, breaker_spec as spec_at, ticket as ticket_at};
use super::program::breaker as counter;
use super::route::send;
use super::state::{BREAKER_KEY, name_breaker_row, tally, with_tries, write_back};
use crate::policy::Answer;

/// States as they stand in a row.
const CLOSED: i32 = 0;
const OPEN: i32 = 1;
const HALF_OPEN: i32 = 2;

/// What became of a request.
pub(super) const SUCCESS: i32 = 0;
pub(super) const FAILURE: i32 = 1;
pub(super) const ABANDONED: i32 = 2;

/// gRPC codes that are failures: UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS.
const GRPC_FAILURES: i32 = 1 << 2 | 1 << 4 | 1 << 13 | 1 << 14 | 1 << 15;
const GRPC_UNKNOWN: i32 = 2;

/// What is said of a breaker in the module's table.
struct Spec {
    at: Var<Word>,
    half_open: Var<Word>,
    counters: Var<Word>,
    bytes: Var<Word>,
    open_ns: Var<Long>,
}

fn read_spec(cx: &Cx<'_>, f: &mut Body, breaker: I32) -> Spec {
    let at = f.let_word(breaker * spec_at::BYTES + cx.breakers_at);
    let half_open = f.let_word(at.load(spec_at::HALF_OPEN));
    let spec = Spec {
        at,
        half_open,
        counters: f.let_word(at.load(spec_at::COUNTERS)),
        bytes: f.let_word(half_open * row_at::LEASE_BYTES + row_at::LEASES),
        open_ns: f.let_long(at.load64(spec_at::OPEN_NS)),
    };
    name_breaker_row(f, half_open.get(), at.load64(spec_at::ID));
    spec
}

/// `admit(context, breaker) -> seconds`: 0 when the request may go, else the seconds to wait.
pub(super) fn admit(cx: &mut Cx<'_>, f: &mut Body) {
    let (context, breaker): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let spec = read_spec(cx, f, breaker.get());
    let (row, slot, lease, set) = (f.word(), f.word(), f.word(), f.word());
    let (probe, left, wait) = (f.long(), f.long(), f.long());
    let dirty = f.word();
    f.block(|f, unsure| {
        f.leave_if(unsure, I64::from(&NOW).eq(NO_TIME));
        with_tries(f, |f| {
            f.set(
                row,
                call::<Word>(Fun::RowOf, args![BREAKER_KEY, spec.bytes]),
            );
            f.leave_if(unsure, row.not());
            f.when(row.load(row_at::STATE).eq(CLOSED), |f| {
                remember(
                    cx,
                    f,
                    context,
                    breaker,
                    row,
                    I32::from(-1),
                    I64::from(0_u64),
                );
                tally(f, spec.counters, counter::PASSED);
                f.give::<Word>(0);
            });

            // A moment that lies ahead is moved to now, for good, by `left`.
            f.set(dirty, 0);
            f.set(wait, 0_u64);
            let remaining = |f: &mut Body, since: I32| {
                let ahead = since.clone().load64(0).gt(&NOW);
                f.set(dirty, dirty | ahead);
                f.set(left, call::<Long>(Fun::Left, args![since, spec.open_ns]));
            };
            f.when(row.load(row_at::STATE).eq(OPEN), |f| {
                remaining(f, row + row_at::SINCE);
                f.set(wait, left);
                f.when(left.eq(0_u64), |f| {
                    change(f, row, HALF_OPEN);
                    f.count_to(spec.half_open, |f, index, _| {
                        f.store64(row + (index << 4), row_at::LEASES, 0_u64);
                        f.store64(row + (index << 4), row_at::LEASES + 8, 0_u64);
                    });
                });
            });

            f.block(|f, refused| {
                f.leave_if(refused, wait.ne(0_u64));
                f.set(wait, spec.open_ns);
                f.count_to(spec.half_open, |f, index, _| {
                    f.set(lease, row + (index << 4) + row_at::LEASES);
                    // A place whose lease has ended is as free as an empty one.
                    f.set(left, 0_u64);
                    f.when(lease.load64(0).ne(0_u64), |f| remaining(f, lease + 8));
                    f.when(left.eq(0_u64), |f| {
                        f.set(slot, index);
                        // The running number of a probe is its id.
                        f.set(probe, row.load64(row_at::PROBES));
                        f.store64(row, row_at::PROBES, probe + 1_u64);
                        f.store64(lease, 0, probe + 1_u64);
                        f.store64(lease, 8, &NOW);
                        f.set(wait, 0_u64);
                        f.set(dirty, 1);
                        f.leave(refused);
                    });
                    f.set(wait, select::<Long>(left.lt(wait), left, wait));
                });
            });

            f.set(set, status::OK);
            f.when(dirty.get(), |f| {
                f.set(set, write_back(BREAKER_KEY, row, spec.bytes));
            });
            f.when(set.eq(status::OK), |f| {
                f.when(wait.ne(0_u64), |f| {
                    tally(f, spec.counters, counter::REFUSED);
                    // Rounded up, so at least one.
                    f.give::<Word>((wait + 999_999_999_u64).over(1_000_000_000).low());
                });
                remember(cx, f, context, breaker, row, slot.get(), probe.get());
                tally(f, spec.counters, counter::PROBES);
                tally(f, spec.counters, counter::PASSED);
                f.give::<Word>(0);
            });
            f.leave_if(unsure, set.ne(status::CAS_MISMATCH));
        });
        tally(f, spec.counters, counter::CAS_EXHAUSTED);
        tally(f, spec.counters, counter::PASSED);
        f.give::<Word>(0);
    });
    // Not asked, so the answer will not be counted either.
    tally(f, spec.counters, counter::HOST_ERROR);
    tally(f, spec.counters, counter::PASSED);
    f.end::<Word>(0);
}

/// Goes to `state` with a count of zero, in a new epoch.
fn change(f: &mut Body, row: Var<Word>, state: i32) {
    f.store64(row, row_at::EPOCH, row.load64(row_at::EPOCH) + 1_u64);
    f.store(row, row_at::STATE, state);
    f.store(row, row_at::COUNT, 0);
}

/// Remembers an admitted request in the ring.
fn remember(
    cx: &Cx<'_>,
    f: &mut Body,
    context: Var<Word>,
    breaker: Var<Word>,
    row: Var<Word>,
    slot: I32,
    probe: I64,
) {
    let at = f.let_word(ticket_address(cx, context));
    f.store(at, ticket_at::CONTEXT, context);
    f.store(at, ticket_at::BREAKER, breaker + 1);
    f.store(at, ticket_at::SLOT, slot);
    f.store(at, ticket_at::AWAITS_TRAILERS, 0);
    f.store64(at, ticket_at::EPOCH, row.load64(row_at::EPOCH));
    f.store64(at, ticket_at::PROBE, probe);
}

fn ticket_address(cx: &Cx<'_>, context: Var<Word>) -> I32 {
    (context & (ticket_at::COUNT - 1)) * ticket_at::BYTES + cx.layout.tickets
}

/// `ticket_of(context) -> ticket`: what is remembered of a request; 0 when it was never admitted,
/// or is settled.
pub(super) fn ticket_of(cx: &mut Cx<'_>, f: &mut Body) {
    let context: Var<Word> = f.param(0);
    let at = f.let_word(ticket_address(cx, context));
    let known = at.load(ticket_at::BREAKER).ne(0) & at.load(ticket_at::CONTEXT).eq(context);
    f.end::<Word>(select::<Word>(known, at, 0));
}

/// `left(since, span) -> left`: what is left now of a span that began at the moment that stands at
/// `since`. A beginning that lies ahead comes from a clock that stepped back; the span then begins
/// now, for good.
pub(super) fn left(f: &mut Body) {
    let since: Var<Word> = f.param(0);
    let span: Var<Long> = f.param(1);
    f.when(since.load64(0).gt(&NOW), |f| f.store64(since, 0, &NOW));
    let gone = f.let_long(I64::from(&NOW) - since.load64(0));
    f.end::<Long>(select::<Long>(gone.lt(span), span - gone, 0_u64));
}

/// `settle(ticket, outcome)`: tells the breaker, once.
pub(super) fn settle(cx: &mut Cx<'_>, f: &mut Body) {
    let (ticket, outcome): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let spec = read_spec(cx, f, ticket.load(ticket_at::BREAKER) - 1);
    f.store(ticket, ticket_at::BREAKER, 0);
    let (row, count, lease, event, set) = (f.word(), f.word(), f.word(), f.word(), f.word());
    let left = f.long();
    let open = |f: &mut Body| {
        change(f, row, OPEN);
        f.store64(row, row_at::SINCE, &NOW);
        f.set(event, counter::OPENED);
    };
    f.block(|f, unsure| {
        f.leave_if(unsure, I64::from(&NOW).eq(NO_TIME));
        with_tries(f, |f| {
            f.set(
                row,
                call::<Word>(Fun::RowOf, args![BREAKER_KEY, spec.bytes]),
            );
            f.leave_if(unsure, row.not());
            f.set(event, 0);
            // Let in before the last change of state: it does not count.
            let same = row
                .load64(row_at::EPOCH)
                .eq(ticket.load64(ticket_at::EPOCH));
            f.give_nothing_if(same.not());
            f.set(count, row.load(row_at::COUNT));
            f.when_else(
                row.load(row_at::STATE).eq(CLOSED),
                |f| {
                    f.give_nothing_if(outcome.eq(ABANDONED));
                    f.when_else(
                        outcome.eq(FAILURE),
                        |f| {
                            f.set(count, count + 1);
                            f.store(row, row_at::COUNT, count);
                            f.when(count.ge(spec.at.load(spec_at::THRESHOLD)), open);
                        },
                        |f| {
                            // The common case: nothing to say, nothing to write.
                            f.give_nothing_if(count.not());
                            f.store(row, row_at::COUNT, 0);
                        },
                    );
                },
                |f| {
                    f.give_nothing_if(row.load(row_at::STATE).ne(HALF_OPEN));
                    let slot = ticket.load(ticket_at::SLOT);
                    f.give_nothing_if(slot.clone().ge(spec.half_open));
                    f.set(lease, row + (slot << 4) + row_at::LEASES);
                    let mine = lease.load64(0).eq(ticket.load64(ticket_at::PROBE) + 1_u64);
                    f.give_nothing_if(mine.not());
                    f.set(
                        left,
                        call::<Long>(Fun::Left, args![lease + 8, spec.open_ns]),
                    );
                    f.store64(lease, 0, 0_u64);
                    f.when(left.ne(0_u64), |f| {
                        f.when(outcome.eq(SUCCESS), |f| {
                            f.set(count, count + 1);
                            f.store(row, row_at::COUNT, count);
                            f.when(count.ge(spec.half_open), |f| {
                                change(f, row, CLOSED);
                                f.set(event, counter::CLOSED);
                            });
                        });
                        f.when(outcome.eq(FAILURE), open);
                    });
                },
            );
            f.set(set, write_back(BREAKER_KEY, row, spec.bytes));
            f.when(set.eq(status::OK), |f| {
                f.when(event.get(), |f| {
                    f.run(Fun::Count, args![spec.counters + event])
                });
                f.give_nothing();
            });
            f.leave_if(unsure, set.ne(status::CAS_MISMATCH));
        });
        tally(f, spec.counters, counter::CAS_EXHAUSTED);
        f.give_nothing();
    });
    tally(f, spec.counters, counter::HOST_ERROR);
}

/// `settle_grpc(ticket)`: by the `grpc-status` that was read into its slot. A client takes the
/// absence of one, and what is no number, for UNKNOWN.
pub(super) fn settle_grpc(cx: &mut Cx<'_>, f: &mut Body) {
    let ticket: Var<Word> = f.param(0);
    let slot = cx.header("grpc-status");
    let code = f.let_word(GRPC_UNKNOWN);
    let (at, c) = (f.let_word(cell(slot)), f.word());
    f.block(|f, known| {
        let len = f.let_word(cell(slot + 4));
        f.leave_if(known, len.not() | len.gt(2));
        f.set(code, 0);
        f.count_to(len, |f, index, _| {
            f.set(c, (at + index).load8(0) - i32::from(b'0'));
            f.when(c.gt(9), |f| {
                f.set(code, GRPC_UNKNOWN);
                f.leave(known);
            });
            f.set(code, code * 10 + c);
        });
    });
    let failure = code.lt(32) & (I32::from(GRPC_FAILURES) >> code) & 1;
    f.run(Fun::Settle, args![ticket, failure]);
}

/// Where the value of `retry-after` and its length stand in the block of headers: last, so that
/// its length is free.
const VALUE_LEN_AT: u32 = 24;
/// An open time is at most an hour.
const MOST_DIGITS: u32 = 4;

/// `refuse_open(seconds) -> action`: answers 503.
pub(super) fn refuse_open(cx: &mut Cx<'_>, f: &mut Body) {
    let seconds: Var<Word> = f.param(0);
    let [policy, content_type] = Answer::Open.headers();
    let block = pairs(&[policy, content_type, ("retry-after", "0000")]);
    let len = u32::try_from(block.len()).expect("a constant");
    let block = cx.pool.own(&block);
    let value_at = len - MOST_DIGITS - 1;

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
