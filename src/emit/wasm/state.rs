//! Shared data and counters: what a module keeps outside its own memory.

use super::abi::{Host, status};
use super::asm::{I32, I64, Var, Word, args, call, cell, host};
use super::body::Body;
use super::functions::{Cx, FREE, Fun};
use super::layout::{OUT_CAS, OUT_LEN, OUT_PTR, ROW_KEY};

/// How often a row is tried again after another worker changed it. With as many workers as there
/// are threads, each of which holds the host's lock for less than a microsecond, the second try all
/// but always succeeds.
pub(super) const TRIES: u32 = 16;

/// `count(counter)`: one more. A counter that the host refused to define is left out.
pub(super) fn count(cx: &mut Cx<'_>, f: &mut Body) {
    let counter: Var<Word> = f.param(0);
    let id = f.let_word((counter << 2).load(cx.layout.counter_ids));
    f.when(id.ne(-1), |f| {
        f.forget(host(Host::IncrementMetric, args![id, 1_u64]));
    });
}

/// `returned() -> truth`: whether the last call returned bytes, and all of them lie in the arena.
pub(super) fn returned(cx: &mut Cx<'_>, f: &mut Body) {
    let at = f.let_word(cell(OUT_PTR));
    f.when(at.lt(cx.layout.arena) | at.ge(cx.layout.arena_end), |f| {
        f.give::<Word>(0);
    });
    f.end::<Word>(cell(OUT_LEN).le(I32::from(cx.layout.arena_end) - at));
}

/// `row_of(key length, bytes) -> row`: the row whose name stands at [`ROW_KEY`], when it is this
/// long; 0 when the host does not have it. Its version stands at [`OUT_CAS`].
pub(super) fn row_of(f: &mut Body) {
    let (key_len, bytes): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let got = host(
        Host::GetSharedData,
        args![ROW_KEY, key_len, OUT_PTR, OUT_LEN, OUT_CAS],
    );
    f.when(got.ne(status::OK), |f| f.give::<Word>(0));
    f.when(call::<Word>(Fun::Returned, args![]).not(), |f| {
        f.give::<Word>(0)
    });
    f.when(cell(OUT_LEN).ne(bytes), |f| f.give::<Word>(0));
    f.end::<Word>(cell(OUT_PTR));
}

/// The status of writing a row back under the version that was read.
pub(super) fn write_back(key_len: u32, row: Var<Word>, bytes: impl Into<I32>) -> I32 {
    host(
        Host::SetSharedData,
        args![ROW_KEY, key_len, row, bytes.into(), cell(OUT_CAS)],
    )
}

/// The status of writing a row whatever stands there.
pub(super) fn write_new(key_len: u32, from: u32, bytes: impl Into<I32>) -> I32 {
    host(
        Host::SetSharedData,
        args![ROW_KEY, key_len, from, bytes.into(), 0],
    )
}

/// Counts `first + which`.
pub(super) fn tally(f: &mut Body, first: impl Into<I32>, which: u32) {
    f.run(Fun::Count, args![first.into() + which]);
}

/// Runs `body` up to [`TRIES`] times with the arena as it was, so that tries do not fill it.
pub(super) fn with_tries(f: &mut Body, body: impl FnOnce(&mut Body)) {
    let mark = f.let_word(&FREE);
    f.count_to(TRIES, |f, _, _| {
        f.set_global(&FREE, mark);
        body(f);
    });
}

/// Sets the name of a row that belongs to the limiter.
pub(super) fn name_limiter_row(f: &mut Body, number: I32) {
    f.store8(0, ROW_KEY, i32::from(b'l'));
    f.store16(0, ROW_KEY + 1, number);
}
/// Length of that name.
pub(super) const LIMITER_KEY: u32 = 3;

/// Sets the name of a breaker's row. The number of leases is part of it, because it decides how
/// long the row is.
pub(super) fn name_breaker_row(f: &mut Body, half_open: I32, id: I64) {
    f.store8(0, ROW_KEY, i32::from(b'b'));
    f.store8(0, ROW_KEY + 1, half_open);
    f.store64(0, ROW_KEY + 2, id);
}
/// Length of that name.
pub(super) const BREAKER_KEY: u32 = 10;

/// Sets the name of the seed.
pub(super) fn name_seed(f: &mut Body) {
    f.store8(0, ROW_KEY, i32::from(b's'));
}
/// Length of that name.
pub(super) const SEED_KEY: u32 = 1;
