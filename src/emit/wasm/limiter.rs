//! `rate_limit`: GCRA over rows of shared data, and the hash that finds a row.
//!
//! The arithmetic is that of `cherry_runtime`'s `Gcra::take`, word for word; the table is its
//! `KeyedLimiter`, except that it lives in the host and is shared by all workers.

use super::abi::status;
use super::asm::{I32, I64, Long, Var, Word, args, call, cell64, select};
use super::body::Body;
use super::functions::{Cx, Fun, NO_TIME, NOW};
use super::layout::{ROW_BYTES, ROWS, SEED, WAY_BYTES, WAYS};
use super::program::take as counter;
use super::state::{LIMITER_KEY, name_limiter_row, tally, with_tries, write_back};

/// `take(hash, step, tau, counters) -> truth`: whether the request passes.
pub(super) fn take(cx: &mut Cx<'_>, f: &mut Body) {
    let (hash, step, tau): (Var<Long>, Var<Long>, Var<Long>) = (f.param(0), f.param(1), f.param(2));
    let counters: Var<Word> = f.param(3);
    let unit = cx.program.unit;

    f.block(|f, unsure| {
        f.leave_if(unsure, I64::from(&NOW).eq(NO_TIME));
        let ticks = f.let_long(I64::from(&NOW));
        if unit.tick_ns() > 1 {
            f.set(ticks, ticks.get().over(unit.tick_ns()));
        }
        let now = f.let_long(select::<Long>(
            ticks.gt(u64::MAX / unit.per_tick()),
            u64::MAX,
            ticks * unit.per_tick(),
        ));
        // The set is chosen by the topmost bits, since the lowest is spent on the tag.
        let tag = f.let_long(hash | 1_u64);
        let horizon = f.let_long(call::<Long>(Fun::Sum, args![now, tau]));
        let farthest = f.let_long(call::<Long>(Fun::Sum, args![horizon, step]));
        name_limiter_row(f, (hash >> u64::from(64 - ROWS.ilog2())).low());

        let (row, place, way, debt) = (f.word(), f.word(), f.word(), f.word());
        let (tat, least, base) = (f.long(), f.long(), f.long());
        let answer = f.word();
        with_tries(f, |f| {
            f.set(row, call::<Word>(Fun::RowOf, args![LIMITER_KEY, ROW_BYTES]));
            f.leave_if(unsure, row.not());
            find_place(f, row, tag, now, [way, place, debt], [tat, least]);

            f.set(least, tat.get());
            f.set(tat, select::<Long>(tat.lt(farthest), tat, farthest));
            f.set(base, select::<Long>(tat.gt(now), tat, now));
            f.set(answer, base.le(horizon));
            f.when(answer.get(), |f| {
                f.set(tat, call::<Long>(Fun::Sum, args![base, step]));
            });
            // A refused request takes nothing, so most refusals need not be written.
            f.block(|f, written| {
                f.leave_if(written, answer.not() & tat.eq(least));
                f.store64(place, 0, tag);
                f.store64(place, 8, tat);
                let set = f.let_word(write_back(LIMITER_KEY, row, ROW_BYTES));
                f.leave_if(written, set.eq(status::OK));
                f.leave_if(unsure, set.ne(status::CAS_MISMATCH));
                f.set(row, 0);
            });
            f.when(row.get(), |f| {
                f.when(debt.get(), |f| tally(f, counters, counter::EVICTED_IN_DEBT));
                // `limited` follows `passed`.
                f.run(Fun::Count, args![counters + answer.not()]);
                f.give::<Word>(answer);
            });
        });
        tally(f, counters, counter::CAS_EXHAUSTED);
        tally(f, counters, counter::PASSED);
        f.give::<Word>(1);
    });
    tally(f, counters, counter::HOST_ERROR);
    tally(f, counters, counter::PASSED);
    f.end::<Word>(1);
}

/// Finds the place of `tag` in `row`, else the one to give up: an empty place has a time of zero,
/// so the smallest time is, in this order, an empty place, one at rest, the one nearest to rest.
fn find_place(
    f: &mut Body,
    row: Var<Word>,
    tag: Var<Long>,
    now: Var<Long>,
    [way, place, debt]: [Var<Word>; 3],
    [tat, least]: [Var<Long>; 2],
) {
    f.set(place, row);
    f.set(least, u64::MAX);
    f.block(|f, found| {
        f.count_to(WAYS, |f, index, _| {
            f.set(way, row + index * WAY_BYTES);
            f.set(tat, way.load64(8));
            f.when(way.load64(0).eq(tag), |f| {
                f.set(place, way);
                f.set(debt, 0);
                f.leave(found);
            });
            f.when(tat.lt(least), |f| {
                f.set(least, tat);
                f.set(place, way);
            });
        });
        f.set(debt, least.gt(now));
        f.set(tat, 0_u64);
    });
}

/// `sum(a, b)`: saturating, as times are added.
pub(super) fn sum(f: &mut Body) {
    let (a, b): (Var<Long>, Var<Long>) = (f.param(0), f.param(1));
    let sum = f.let_long(a + b);
    f.end::<Long>(select::<Long>(sum.lt(a), u64::MAX, sum));
}

/// `hash(at, length)`: SipHash-1-3 under the seed.
pub(super) fn hash(f: &mut Body) {
    let (at, len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let k0 = f.let_long(cell64(SEED));
    let k1 = f.let_long(cell64(SEED + 8));
    // The constants spell "somepseudorandomlygeneratedbytes", as the paper has it.
    let v0 = f.let_long(k0 ^ 0x736f_6d65_7073_6575_u64);
    let v1 = f.let_long(k1 ^ 0x646f_7261_6e64_6f6d_u64);
    let v2 = f.let_long(k0 ^ 0x6c79_6765_6e65_7261_u64);
    let v3 = f.let_long(k1 ^ 0x7465_6462_7974_6573_u64);
    let words = f.let_word(len >> 3);
    // The last word holds what is left, and the length (its low byte) on top.
    let last = f.let_long(len.get().long() << 56_u64);
    let rest = f.let_word(at + (len & -8));
    f.count_to(len & 7, |f, index, _| {
        let byte = (rest + index).load8(0).long();
        f.set(last, last | (byte << (index << 3).long()));
    });
    // One round for each word and the last, then three.
    let word = f.long();
    f.count_to(words + 4, |f, index, _| {
        f.set(word, 0_u64);
        f.when_else(
            index.lt(words),
            |f| f.set(word, (at + (index << 3)).load64(0)),
            |f| {
                f.when(index.eq(words), |f| f.set(word, last));
                f.when(index.eq(words + 1), |f| f.set(v2, v2 ^ 0xff_u64));
            },
        );
        f.set(v3, v3 ^ word);
        f.set(v0, v0 + v1);
        f.set(v1, v1.get().rotate_left(13) ^ v0);
        f.set(v0, v0.get().rotate_left(32));
        f.set(v2, v2 + v3);
        f.set(v3, v3.get().rotate_left(16) ^ v2);
        f.set(v0, v0 + v3);
        f.set(v3, v3.get().rotate_left(21) ^ v0);
        f.set(v2, v2 + v1);
        f.set(v1, v1.get().rotate_left(17) ^ v2);
        f.set(v2, v2.get().rotate_left(32));
        f.set(v0, v0 ^ word);
    });
    f.end::<Long>(v0 ^ v1 ^ v2 ^ v3);
}

/// A limit's counters when it could not be asked: it fails open.
pub(super) fn fail_open(f: &mut Body, counters: u32) {
    tally(f, I32::from(counters), counter::HOST_ERROR);
    tally(f, I32::from(counters), counter::PASSED);
}
