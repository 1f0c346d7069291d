//! Shared data and counters: what a module keeps outside its own memory.
//!
//! **Breakers are read seldom.** To ask the host for a row costs a copy and a call back into the
//! module; to ask for a gauge costs neither. So each VM keeps the row of each breaker in a slot, with
//! its version and the value of one gauge, the generation:
//! - Who writes a breaker's row adds one to the gauge *after* the host has taken the row.
//! - Who needs a row asks for the gauge first. If it is what stands in the slot, the row in the slot
//!   is the row; else the row is read, and kept under the value that was asked for *before*.
//!
//! A kept row holds every write whose addition was over when the gauge was asked for: each of them
//! is in that value, the row was read after the gauge had it, and writes precede their additions.
//! What it can lack is a write of another worker that is not over yet, and then the reader comes
//! before that write. A writer never acts on what it lacks: its version is old, so the host says
//! no, and the next try reads. A worker sees its own writes, since they are over when its callback
//! is. A slot counts for nothing from the moment its row may change until it is known that it did
//! not. The gauge goes up in every VM that starts, so it is zero only when the host keeps no such
//! gauge, and then every row is read.

use super::abi::{Host, status};
use super::admission;
use super::asm::{I32, Var, Word, args, call, cell, cell64, host};
use super::body::{Body, Exit};
use super::functions::{Cx, EVENT, FREE, Fun, LEN, PTR, SLOT, WRITE};
use super::layout::{GENERATION, OUT_LEN, OUT_PTR, slot, spec as spec_at};
use super::limiter;
use super::program::{self, counter};

/// How often a row is tried again after another worker changed it. With as many workers as there
/// are threads, each of which holds the host's lock for less than a microsecond, the second try all
/// but always succeeds.
const TRIES: u32 = 16;

/// What [`update`] is for: a request, or what became of one, for its breaker.
pub(super) mod what {
    pub(in super::super) const ABANDONED: i32 = 0;
    pub(in super::super) const SUCCESS: i32 = 1;
    pub(in super::super) const FAILURE: i32 = 2;
    pub(in super::super) const TAKE: i32 = 3;
    /// What has no ticket yet.
    pub(in super::super) const ADMIT: i32 = 4;
}

/// `count(counter)`: one more. The host passes over the number that stands for a counter which it
/// refused to define.
pub(super) fn count(cx: &mut Cx<'_>, f: &mut Body) {
    let counter: Var<Word> = f.param(0);
    let id = (counter << 2).load(cx.layout.counter_ids);
    f.forget(host(Host::IncrementMetric, args![id, 1_u64]));
}

/// `got(status) -> truth`: whether a call succeeded, and what it returned lies before the end of the
/// arena, as nothing does, which stands at 0. It stands at [`PTR`] and is [`LEN`] long.
pub(super) fn got(cx: &mut Cx<'_>, f: &mut Body) {
    let status: Var<Word> = f.param(0);
    let end = cx.layout.arena_end;
    f.set_global(&LEN, cell(OUT_LEN));
    f.set_global(&PTR, cell(OUT_PTR));
    let inside = PTR.get().lt(end) & LEN.get().le(I32::from(end) - PTR.get());
    f.end::<Word>(inside & status.not());
}

/// `row_of(spec) -> truth`: reads the row of a limit or a breaker into [`SLOT`], with its version;
/// true when it is as long as it should be. What is handed out next would stand behind it.
pub(super) fn row_of(f: &mut Body) {
    let spec: Var<Word> = f.param(0);
    f.set_global(&FREE, SLOT.get() + slot::ROW);
    const { assert!(slot::VERSION == 0) };
    let read = host(
        Host::GetSharedData,
        args![
            spec + spec_at::KEY,
            spec.get().load8(spec_at::KEY_LEN),
            OUT_PTR,
            OUT_LEN,
            &SLOT
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
/// steps of the state machines set [`WRITE`] when the row is to be written, and [`EVENT`], which is
/// counted. The answer is 0 when the request may go, and when nobody could be asked.
pub(super) fn update(cx: &mut Cx<'_>, f: &mut Body) {
    let (what, spec, ticket): (Var<Word>, Var<Word>, Var<Word>) =
        (f.param(0), f.param(1), f.param(2));
    let answer = f.word();
    let mark = f.let_word(FREE.get());
    f.block(|f, done| {
        let mut tries = None;
        f.block(|f, unsure| {
            f.times(TRIES, |f, tried| {
                tries = Some(tried);
                f.set_global(&WRITE, 0);
                f.set_global(&EVENT, 0);
                let limit = |cx: &mut Cx<'_>, f: &mut Body| {
                    f.leave_if(unsure, call::<Word>(Fun::Clock, args![]));
                    f.set_global(&SLOT, cx.layout.slots);
                    f.leave_if(unsure, call::<Word>(Fun::RowOf, args![spec]).not());
                    limiter::step(cx, f, spec, answer);
                };
                let breaker = |cx: &mut Cx<'_>, f: &mut Body| {
                    breaker_row(cx, f, spec, unsure);
                    breaker(cx, f, (what, spec, ticket, answer), unsure);
                };
                match (cx.program.has_limits(), cx.program.has_breakers()) {
                    // Each needs the context, so they get it one after the other.
                    (true, true) => f.if_else(cx, what.eq(what::TAKE), limit, breaker),
                    (true, false) => limit(cx, f),
                    (false, _) => breaker(cx, f),
                }
                f.when(WRITE.get().not(), |f| {
                    // It stays as it was read. In the slot of limits this says nothing.
                    f.store64(&SLOT, slot::GENERATION, cell64(GENERATION));
                    f.leave(done);
                });
                let (row, version) = (SLOT.get() + slot::ROW, SLOT.get().load(slot::VERSION));
                let set = f.let_word(call::<Word>(Fun::Write, args![spec, row, version]));
                f.when(set.not(), |f| {
                    if cx.program.has_breakers() {
                        f.when(what.ne(what::TAKE), |f| {
                            f.run(Fun::Count, args![program::GENERATION]);
                        });
                    }
                    f.leave(done);
                });
                f.leave_if(unsure, set.ne(status::CAS_MISMATCH));
            });
        });
        // A one when the host failed, a three after all tries.
        const { assert!(counter::HOST_ERROR == 1 && counter::CAS_EXHAUSTED == 3 && TRIES == 16) };
        let tried = tries.expect("the loop was written");
        f.set_global(&EVENT, (tried >> 3) | 1);
        f.set(answer, 0);
    });
    f.set_global(&FREE, mark);
    f.when(EVENT.get(), |f| {
        let counters = spec.get().load16(spec_at::COUNTERS);
        f.run(Fun::Count, args![counters + EVENT.get()]);
    });
    f.end::<Word>(answer);
}

/// The row of a breaker in its slot: as it stands there, when no row of the module has changed since
/// it was read, else as the host has it.
fn breaker_row(cx: &mut Cx<'_>, f: &mut Body, spec: Var<Word>, unsure: Exit) {
    let layout = cx.layout;
    if cx.program.breakers.len() == 1 {
        f.set_global(&SLOT, layout.breaker_slots);
    } else {
        let table = cx.breakers_at * layout.slots_apart;
        let first = layout.breaker_slots.wrapping_sub(table);
        f.set_global(&SLOT, spec * layout.slots_apart + first);
    }
    let told = host(Host::GetMetric, args![cell(layout.counter_ids), GENERATION]);
    let of = || SLOT.get().load64(slot::GENERATION);
    let stale = told | of().ne(cell64(GENERATION)) | of().is_zero();
    f.when_before(
        stale,
        // Until it is known that the row stays as it is.
        |f| f.store64(&SLOT, slot::GENERATION, 0_u64),
        |f| f.leave_if(unsure, call::<Word>(Fun::RowOf, args![spec]).not()),
    );
}

/// The step of a breaker: a request, or what became of one.
fn breaker(
    cx: &mut Cx<'_>,
    f: &mut Body,
    (what, spec, ticket, answer): (Var<Word>, Var<Word>, Var<Word>, Var<Word>),
    unsure: Exit,
) {
    f.if_else(
        cx,
        ticket.get(),
        |cx, f| admission::settle_step(cx, f, (what, spec, ticket), unsure),
        |cx, f| admission::admit_step(cx, f, spec, answer, unsure),
    );
}
