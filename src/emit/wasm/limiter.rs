//! `rate_limit`: GCRA over rows of shared data, and the hash that finds a row.
//!
//! The arithmetic is that of `cherry_runtime`'s `Gcra::take`, word for word; the table is its
//! `KeyedLimiter`, except that it lives in the host and is shared by all workers.

use super::asm::{I32, I64, Long, Var, Word, args, call, cell64, select};
use super::body::Body;
use super::functions::{Cx, EVENT, Fun, NOW, SLOT, TAG, WRITE};
use super::layout::{
    PART_BYTES, PARTS, ROW_BYTES, ROWS, SEED, SEED_SLOT, WAY_BYTES, WAYS, slot, spec as spec_at,
};
use super::program::{TakeSpec, counter};
use super::state::what;

/// What is said of a limit among the constants. Equal limits are one.
pub(super) fn spec_of(cx: &mut Cx<'_>, take: &TakeSpec) -> u32 {
    let mut spec = spec_head(
        spec_at::LIMITER_KEY_BYTES,
        take.counters,
        ROW_BYTES,
        b"l\0\0",
    );
    spec.extend(take.id.to_le_bytes());
    if cx.program.common.rate.is_none() {
        spec.extend(take.step.to_le_bytes());
        spec.extend(take.tau.to_le_bytes());
    }
    cx.pool.table(spec)
}

/// How a row and its counters are found; see [`spec_at`].
pub(super) fn spec_head(key_len: u32, counters: u32, bytes: u32, key: &[u8]) -> Vec<u8> {
    let short = |n: u32| u16::try_from(n).expect("rows and counters are few");
    let mut spec = vec![u8::try_from(key_len).expect("names of rows are short")];
    // No policy's counters are the first of all.
    spec.extend(short(counters.saturating_sub(1)).to_le_bytes());
    spec.extend(short(bytes).to_le_bytes());
    spec.extend(key);
    spec
}

/// `ask(spec, length) -> refused`: takes a token for the key whose parts stand at [`PARTS`].
pub(super) fn ask(cx: &mut Cx<'_>, f: &mut Body) {
    let (spec, len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    f.store64(0, PARTS, spec.load64(spec_at::LIMIT_ID));
    if let Some(end) = end_of_one_key(cx) {
        f.store8(0, end.length_at, end.length);
    }
    let hash = f.let_long(call::<Long>(Fun::Hash, args![PARTS, len]));
    // The row is chosen by the topmost bits, since the lowest is spent on the tag.
    f.set_global(&TAG, hash | 1_u64);
    let row = (hash >> u64::from(64 - ROWS.ilog2())).low();
    f.store16(spec, spec_at::KEY + 1, row);
    f.end::<Word>(call::<Word>(Fun::Update, args![what::TAKE, spec, 0]));
}

/// The last word of what is hashed when all keys have one size: nothing else is ever written behind
/// them, so that with the length on top of it they are padded as the hash wants them.
struct KeyEnd {
    /// Whole words before it.
    words: u32,
    length: u32,
    length_at: u32,
}

fn end_of_one_key(cx: &Cx<'_>) -> Option<KeyEnd> {
    let parts = u32::try_from(cx.program.common.key_parts?).expect("a key has few parts");
    let length = 8 + parts * PART_BYTES;
    let words = length / 8;
    // The words behind the last are zero.
    (PARTS + 8 * (words + 4) <= SEED_SLOT).then_some(KeyEnd {
        words,
        length,
        length_at: PARTS + 8 * words + 7,
    })
}

/// Takes a token from the row in [`SLOT`]; the answer is whether the request is refused.
pub(super) fn step(cx: &mut Cx<'_>, f: &mut Body, spec: Var<Word>, answer: Var<Word>) {
    let unit = cx.program.unit;
    let now = f.let_long(NOW.get());
    if unit.tick_ns() > 1 {
        f.set(now, now.get().over(unit.tick_ns()));
    }
    if unit.per_tick() > 1 {
        let units = now * unit.per_tick();
        let most = now.gt(u64::MAX / unit.per_tick());
        f.set(now, select::<Long>(most, u64::MAX, units));
    }
    let rate = cx.program.common.rate;
    let step = || rate.map_or_else(|| spec.load64(spec_at::STEP), |(step, _)| I64::from(step));
    let tau = rate.map_or_else(|| spec.load64(spec_at::TAU), |(_, tau)| I64::from(tau));
    // Nanoseconds do not come near the end, but times in smaller units may: after eight years.
    let plain = unit.tick_ns() == 1 && unit.per_tick() == 1;
    let sum = |time: Var<Long>, more: I64| {
        if plain {
            time + more
        } else {
            call::<Long>(Fun::Sum, args![time, more])
        }
    };
    let horizon = f.let_long(sum(now, tau));
    let farthest = f.let_long(sum(horizon, step()));

    // The place of the tag, else the one to give up: an empty place has a time of zero, so the
    // smallest time is, in this order, an empty place, one at rest, the one nearest to rest.
    let (place, way) = (f.word(), f.word());
    let (tat, least) = (f.long(), f.long());
    f.set(way, SLOT.get() + slot::ROW);
    f.set(place, way);
    f.set(least, u64::MAX);
    f.block(|f, found| {
        f.times(WAYS, |f, _| {
            f.set(tat, way.load64(8));
            f.when(way.load64(0).eq(TAG.get()), |f| {
                // Nobody is given up.
                f.set(least, 0_u64);
                f.set(place, way);
                f.leave(found);
            });
            f.when(tat.lt(least), |f| {
                f.set(least, tat);
                f.set(place, way);
            });
            f.set(way, way + WAY_BYTES);
        });
        f.set(tat, 0_u64);
    });

    let before = f.let_long(tat);
    f.set(tat, select::<Long>(tat.lt(farthest), tat, farthest));
    let base = f.let_long(select::<Long>(tat.gt(now), tat, now));
    f.set(answer, base.gt(horizon));
    f.when(answer.not(), |f| {
        f.set(tat, sum(base, step()));
    });
    // Who is new is not refused, so these are not both.
    let limited = answer * counter::LIMITED;
    let in_debt = least.gt(now) * counter::EVICTED_IN_DEBT;
    f.set_global(&EVENT, limited | in_debt);
    // A refused request takes nothing, so most refusals need not be written.
    f.set_global(&WRITE, tat.ne(before));
    f.store64(place, 0, TAG.get());
    f.store64(place, 8, tat);
}

/// `sum(a, b)`: saturating, as times are added.
pub(super) fn sum(f: &mut Body) {
    let (a, b): (Var<Long>, Var<Long>) = (f.param(0), f.param(1));
    f.set(b, a + b);
    f.end::<Long>(select::<Long>(b.lt(a), u64::MAX, b));
}

/// `hash(at, length)`: SipHash-1-3, whose four words begin as the seed has them, which is twice as
/// long as the key that they are made of elsewhere. It reads up to 32 bytes behind the text, which
/// are always there, and forgets them.
pub(super) fn hash(cx: &mut Cx<'_>, f: &mut Body) {
    let (at, len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let [v0, v1, v2, v3] = [0, 8, 16, 24].map(|at| f.let_long(cell64(SEED + at)));
    let word = f.long();
    // One round for each word and the last, then three.
    let round = |f: &mut Body, begins_end: I32| {
        f.when(begins_end, |f| f.set(v2, v2 ^ 0xff_u64));
        f.set(v3, v3 ^ word);
        f.set(v0, v0 + v1);
        f.set(v1, v0 ^ v1.get().rotate_left(13));
        f.set(v0, v0.get().rotate_left(32));
        f.set(v2, v2 + v3);
        f.set(v3, v2 ^ v3.get().rotate_left(16));
        f.set(v0, v0 + v3);
        f.set(v3, v0 ^ v3.get().rotate_left(21));
        f.set(v2, v2 + v1);
        f.set(v1, v2 ^ v1.get().rotate_left(17));
        f.set(v2, v2.get().rotate_left(32));
        f.set(v0, v0 ^ word);
    };
    if let Some(end) = end_of_one_key(cx) {
        f.times(end.words + 4, |f, index| {
            f.set(word, (index << 3).load64(PARTS));
            round(f, index.eq(end.words + 1));
        });
    } else {
        let words = f.let_word(len >> 3);
        f.count_to(words + 4, |f, index, _| {
            f.set(word, at.load64(0));
            f.when(index.ge(words), |f| {
                // The last word holds what is left, and the length (its low byte) on top.
                let kept = (I64::from(u64::MAX) << (len << 3).long()) ^ u64::MAX;
                let last = word & kept | (len.get().long() << 56_u64);
                let is_last = index.eq(words);
                f.set(word, select::<Long>(is_last, last, 0_u64));
            });
            f.set(at, at + 8);
            round(f, index.eq(words + 1));
        });
    }
    f.end::<Long>(v0 ^ v1 ^ v2 ^ v3);
}
