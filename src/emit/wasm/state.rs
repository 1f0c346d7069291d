//! Shared data and counters: what a module keeps outside its own memory.

use super::abi::{Host, status};
use super::admission;
use super::asm::{I32, Var, Word, args, call, cell, host};
use super::body::Body;
use super::functions::{Cx, EVENTS, FREE, Fun, LEN, NO_TIME, NOW, PTR, WRITE};
use super::layout::{OUT_CAS, OUT_LEN, OUT_PTR, spec as spec_at};
use super::limiter;
use super::program::counter;

/// How often a row is tried again after another worker changed it. With as many workers as there
/// are threads, each of which holds the host's lock for less than a microsecond, the second try all
/// but always succeeds.
const TRIES: u32 = 16;

/// What [`update`] is for. Odd is what a request is let through by when it fails; even is what
/// became of a request, for its breaker.
pub(super) mod what {
    pub(in super::super) const SUCCESS: i32 = 0;
    pub(in super::super) const TAKE: i32 = 1;
    pub(in super::super) const FAILURE: i32 = 2;
    pub(in super::super) const ADMIT: i32 = 3;
    pub(in super::super) const ABANDONED: i32 = 4;
}

/// `count(counter)`: one more. The host passes over the number that stands for a counter which it
/// refused to define.
pub(super) fn count(cx: &mut Cx<'_>, f: &mut Body) {
    let counter: Var<Word> = f.param(0);
    let id = (counter << 2).load(cx.layout.counter_ids);
    f.forget(host(Host::IncrementMetric, args![id, 1_u64]));
}

/// `got(status) -> truth`: whether a call succeeded, and what it returned lies in the arena or is
/// nothing. It stands at [`PTR`] and is [`LEN`] long.
pub(super) fn got(cx: &mut Cx<'_>, f: &mut Body) {
    let status: Var<Word> = f.param(0);
    let (arena, end) = (cx.layout.arena, cx.layout.arena_end);
    f.set_global(&LEN, cell(OUT_LEN));
    f.set_global(&PTR, cell(OUT_PTR));
    let inside = (PTR.get() - arena).lt(end - arena) & LEN.get().le(I32::from(end) - PTR.get());
    f.end::<Word>((LEN.get().not() | inside) & status.not());
}

/// `row_of(spec) -> truth`: reads the row of a limit or a breaker to [`PTR`], when it is as long as
/// it should be. Its version stands at [`OUT_CAS`].
pub(super) fn row_of(f: &mut Body) {
    let spec: Var<Word> = f.param(0);
    let read = host(
        Host::GetSharedData,
        args![
            spec + spec_at::KEY,
            spec.get().load8(spec_at::KEY_LEN),
            OUT_PTR,
            OUT_LEN,
            OUT_CAS
        ],
    );
    let whole = call::<Word>(Fun::Got, args![read]);
    let expected = spec.get().load16(spec_at::ROW_BYTES);
    f.end::<Word>(whole & expected.eq(LEN.get()));
}

/// `write(spec, from, version) -> status`: writes a row; under version 0, whatever stands there.
pub(super) fn write(f: &mut Body) {
    let (spec, from, version): (Var<Word>, Var<Word>, Var<Word>) =
        (f.param(0), f.param(1), f.param(2));
    f.end::<Word>(host(
        Host::SetSharedData,
        args![
            spec + spec_at::KEY,
            spec.get().load8(spec_at::KEY_LEN),
            from,
            spec.get().load16(spec_at::ROW_BYTES),
            version
        ],
    ));
}

/// `update(what, spec, ticket) -> answer`: one change of a row by compare-and-set, counted. The
/// steps of the state machines set [`WRITE`] when the row is to be written, and [`EVENTS`]: a bit
/// for each counter. The answer is 0 when the request may go, and when nobody could be asked.
pub(super) fn update(cx: &mut Cx<'_>, f: &mut Body) {
    let (what, spec, ticket): (Var<Word>, Var<Word>, Var<Word>) =
        (f.param(0), f.param(1), f.param(2));
    let (answer, fault) = (f.word(), f.let_word(counter::bit(counter::HOST_ERROR)));
    let mark = f.let_word(FREE.get());
    f.block(|f, done| {
        f.block(|f, unsure| {
            f.leave_if(unsure, NOW.get().eq(NO_TIME));
            f.times(TRIES, |f, _| {
                // Tries do not fill the arena.
                f.set_global(&FREE, mark);
                f.leave_if(unsure, call::<Word>(Fun::RowOf, args![spec]).not());
                f.set_global(&WRITE, 0);
                let limits = cx.program.has_limits();
                let breakers = !cx.program.breakers.is_empty();
                match (limits, breakers) {
                    // Each needs the context, so they get it one after the other.
                    (true, true) => f.if_else(
                        cx,
                        what.eq(what::TAKE),
                        |cx, f| limiter::step(cx, f, spec, answer),
                        |cx, f| breaker(cx, f, what, spec, ticket, answer),
                    ),
                    (true, false) => limiter::step(cx, f, spec, answer),
                    (false, _) => breaker(cx, f, what, spec, ticket, answer),
                }
                f.leave_if(done, WRITE.get().not());
                let set = f.let_word(call::<Word>(
                    Fun::Write,
                    args![spec, PTR.get(), cell(OUT_CAS)],
                ));
                f.leave_if(done, set.not());
                f.leave_if(unsure, set.ne(status::CAS_MISMATCH));
            });
            f.set(fault, counter::bit(counter::CAS_EXHAUSTED));
        });
        const { assert!(counter::PASSED == 0) };
        f.set_global(&EVENTS, what & 1 | fault);
        f.set(answer, 0);
    });
    f.times(counter::MOST, |f, index| {
        f.when((EVENTS.get() >> index) & 1, |f| {
            let counters = spec.get().load16(spec_at::COUNTERS);
            f.run(Fun::Count, args![counters + index]);
        });
    });
    f.end::<Word>(answer);
}

/// The step of a breaker: a request, or what became of one.
fn breaker(
    cx: &mut Cx<'_>,
    f: &mut Body,
    what: Var<Word>,
    spec: Var<Word>,
    ticket: Var<Word>,
    answer: Var<Word>,
) {
    f.if_else(
        cx,
        what.eq(what::ADMIT),
        |cx, f| admission::admit_step(cx, f, spec, answer),
        |cx, f| admission::settle_step(cx, f, what, spec, ticket),
    );
}
