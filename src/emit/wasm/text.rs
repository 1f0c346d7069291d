//! Reading texts that the host returned: header maps, the path, the query, cookies.
//!
//! Nothing here believes a length: each is held against what is left before a byte is read.

use super::abi::{Host, status};
use super::asm::{I32, Long, Var, Word, args, call, cell, host, select};
use super::body::Body;
use super::functions::{Cx, Fun};
use super::layout::{
    FOUND, KEPT_SEGMENTS, LAST_EMPTY, OUT_LEN, OUT_PTR, PATH_END, QUERY, SEGMENT, SEGMENTS, SLOTS,
};
use super::program::Want;

/// The most headers that a host hands out at once.
const MAX_PAIRS: u32 = 1024;

fn byte(text: u8) -> i32 {
    i32::from(text)
}

/// `equal(left, right, length) -> truth`.
pub(super) fn equal(f: &mut Body) {
    let (left, right, len): (Var<Word>, Var<Word>, Var<Word>) =
        (f.param(0), f.param(1), f.param(2));
    f.count_to(len, |f, index, _| {
        let differ = (left + index).load8(0).ne((right + index).load8(0));
        f.when(differ, |f| f.give::<Word>(0));
    });
    f.end::<Word>(1);
}

/// `slot_is(slot, text, length) -> truth`: whether a slot holds exactly this.
pub(super) fn slot_is(f: &mut Body) {
    let (slot, text, len): (Var<Word>, Var<Word>, Var<Word>) = (f.param(0), f.param(1), f.param(2));
    f.when(slot.load(4).ne(len), |f| f.give::<Word>(0));
    f.end::<Word>(call::<Word>(Fun::Equal, args![slot.load(0), text, len]));
}

/// `scan(map) -> truth`: reads a header map once and fills the slots with the first of each thing
/// that is wanted. False when the host did not return it whole.
pub(super) fn scan(cx: &mut Cx<'_>, f: &mut Body) {
    let map: Var<Word> = f.param(0);
    let wanted = u32::try_from(cx.program.wanted.len()).expect("slots are few");
    f.count_to(wanted, |f, index, _| f.store64(index << 3, SLOTS, 0_u64));
    // Names with their lengths before them, in the order of the slots.
    let mut table = Vec::new();
    for want in &cx.program.wanted {
        let name: &[u8] = match want {
            Want::Header(name) => name.as_bytes(),
            Want::Cookie(_) => &[],
        };
        table.extend(
            u16::try_from(name.len())
                .expect("names are short")
                .to_le_bytes(),
        );
        table.extend(name);
    }
    let table = cx.pool.own(&table);
    f.set_cell(OUT_LEN, 0);
    let got = host(Host::GetHeaderMapPairs, args![map, OUT_PTR, OUT_LEN]);
    f.when(got.ne(status::OK), |f| f.give::<Word>(0));
    let total = f.let_word(cell(OUT_LEN));
    // A map without headers comes as no bytes at all.
    f.when(total.not(), |f| f.give::<Word>(1));
    let whole = call::<Word>(Fun::Returned, args![]);
    f.when(whole.not() | total.lt(4), |f| f.give::<Word>(0));
    let base = f.let_word(cell(OUT_PTR));
    let count = f.let_word(base.load(0));
    f.when(count.gt(MAX_PAIRS), |f| f.give::<Word>(0));
    let at = f.let_word((count << 3) + 4);
    f.when(at.gt(total), |f| f.give::<Word>(0));
    let (name, name_len) = (f.word(), f.word());
    let (value, value_len) = (f.word(), f.word());
    let (entry, len) = (f.word(), f.word());
    f.count_to(count, |f, index, _| {
        let lengths = base + (index << 3);
        f.set(name_len, lengths.clone().load(4));
        f.set(value_len, lengths.load(8));
        f.when(name_len.gt(total) | value_len.gt(total), |f| {
            f.give::<Word>(0)
        });
        f.set(name, base + at);
        f.set(value, name + name_len + 1);
        f.set(at, at + name_len + value_len + 2);
        f.when(at.gt(total), |f| f.give::<Word>(0));

        f.set(entry, table);
        f.count_to(wanted, |f, slot, _| {
            f.set(len, entry.get().load16(0));
            f.when(len.eq(name_len) & (slot << 3).load(SLOTS).not(), |f| {
                let is = call::<Word>(Fun::Equal, args![name, entry + 2, len]);
                f.when(is, |f| {
                    f.store(slot << 3, SLOTS, value);
                    f.store(slot << 3, SLOTS + 4, value_len);
                });
            });
            f.set(entry, entry + 2 + len);
        });
        let cookies: Vec<(u32, &[u8])> = (cx.program.wanted.iter().enumerate())
            .filter_map(|(number, want)| match want {
                Want::Cookie(cookie) => Some((cx.slot(number), cookie.as_bytes())),
                Want::Header(_) => None,
            })
            .collect();
        if cookies.is_empty() {
            return;
        }
        let (header, len) = cx.text(b"cookie");
        f.when(name_len.eq(len), |f| {
            let is = call::<Word>(Fun::Equal, args![name, header, len]);
            f.when(is, |f| {
                for (slot, cookie) in cookies {
                    let (text, len) = cx.text(cookie);
                    f.when(cell(slot).not(), |f| {
                        f.run(Fun::Pick, args![value, value_len, text, len, byte(b';')]);
                        f.store64(0, slot, I32::from(0).load64(FOUND));
                    });
                }
            });
        });
    });
    f.end::<Word>(1);
}

/// `pick(text, length, name, length, separator)`: sets [`FOUND`] to the value of the first
/// `name=value` between separators; to nothing when there is none. One space behind a separator is
/// skipped, as cookies are written; a query has none.
pub(super) fn pick(f: &mut Body) {
    let (text, len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let (name, name_len): (Var<Word>, Var<Word>) = (f.param(2), f.param(3));
    let separator: Var<Word> = f.param(4);
    f.store64(0, FOUND, 0_u64);
    let (start, at, rest) = (f.word(), f.word(), f.word());
    f.count_to(len, |f, index, _| {
        f.when(index.eq(start), |f| {
            f.set(at, text + index);
            let space = at.get().load8(0).eq(byte(b' ')) & separator.eq(byte(b';'));
            f.set(at, at + space);
            f.set(rest, text + len - at);
            f.when(rest.gt(name_len), |f| {
                let named = call::<Word>(Fun::Equal, args![at, name, name_len]);
                let valued = (at + name_len).load8(0).eq(byte(b'='));
                f.when(named & valued, |f| {
                    f.set(at, at + name_len + 1);
                    f.set_cell(FOUND, at);
                    f.set(rest, rest - name_len - 1);
                    f.set_cell(FOUND + 4, rest);
                    f.count_to(rest, |f, index, _| {
                        f.when((at + index).load8(0).eq(separator), |f| {
                            f.set_cell(FOUND + 4, index);
                            f.give_nothing();
                        });
                    });
                    f.give_nothing();
                });
            });
        });
        f.when((text + index).load8(0).eq(separator), |f| {
            f.set(start, index + 1);
        });
    });
}

/// `split()`: cuts `:path` into segments and the query. What does not begin with a slash has no
/// segments and cannot belong to an endpoint: [`SEGMENTS`] is then the largest number.
pub(super) fn split(cx: &mut Cx<'_>, f: &mut Body) {
    let slot = cx.header(":path");
    let text = f.let_word(cell(slot));
    let len = f.let_word(cell(slot + 4));
    let query = f.let_word(-1);
    let c = f.word();
    f.count_to(len, |f, index, exit| {
        f.set(c, (text + index).load8(0));
        f.when(c.eq(byte(b'#')), |f| {
            f.set(len, index);
            f.leave(exit);
        });
        f.when(c.eq(byte(b'?')) & query.eq(-1), |f| f.set(query, index));
    });
    f.set_cell(QUERY, text + query + 1);
    f.set_cell(QUERY + 4, 0);
    f.when(query.ne(-1), |f| {
        f.set_cell(QUERY + 4, len - query - 1);
        f.set(len, query);
    });

    let count = f.word();
    f.set_cell(SEGMENTS, -1);
    f.set_cell(LAST_EMPTY, 0);
    f.give_nothing_if(len.not());
    f.give_nothing_if(text.get().load8(0).ne(byte(b'/')));
    // A path of one slash has no segments; else one slash at the end does not count.
    let last = (text + len - 1).load8(0);
    f.when_else(
        len.eq(1),
        |f| f.set(len, 0),
        |f| f.when(last.eq(byte(b'/')), |f| f.set(len, len - 1)),
    );
    f.set_cell(PATH_END, text + len);
    let start = f.let_word(1);
    let (end, size) = (f.word(), f.word());
    f.count_to(len, |f, index, _| {
        f.set(end, index + 1);
        let slash = (text + end).load8(0).eq(byte(b'/'));
        f.when(end.eq(len) | slash, |f| {
            f.set(size, end - start);
            f.when(count.lt(KEPT_SEGMENTS), |f| {
                f.store(count << 3, SEGMENT, text + start);
                f.store(count << 3, SEGMENT + 4, size);
            });
            f.set(count, count + 1);
            f.when(size.not(), |f| f.set_cell(LAST_EMPTY, count));
            f.set(start, end + 1);
        });
    });
    f.set_cell(SEGMENTS, count);
}

/// `segment(index)`: sets [`FOUND`] to a segment, to nothing when the path has fewer.
pub(super) fn segment(f: &mut Body) {
    let index: Var<Word> = f.param(0);
    f.store64(0, FOUND, 0_u64);
    // A path without segments has the largest number of them, so one is added first.
    f.when((cell(SEGMENTS) + 1).gt(index + 1), |f| {
        f.store64(0, FOUND, (index << 3).load64(SEGMENT));
    });
}

/// `segment_is(index, text, length) -> truth`.
pub(super) fn segment_is(f: &mut Body) {
    let (index, text, len): (Var<Word>, Var<Word>, Var<Word>) =
        (f.param(0), f.param(1), f.param(2));
    f.end::<Word>(call::<Word>(
        Fun::SlotIs,
        args![(index << 3) + SEGMENT, text, len],
    ));
}

/// `segment_ends(index, text, length) -> truth`: whether a segment ends so and has something before
/// it.
pub(super) fn segment_ends(f: &mut Body) {
    let (index, text, len): (Var<Word>, Var<Word>, Var<Word>) =
        (f.param(0), f.param(1), f.param(2));
    let have = f.let_word((index << 3).load(SEGMENT + 4));
    f.when(have.le(len), |f| f.give::<Word>(0));
    let from = (index << 3).load(SEGMENT) + have - len;
    f.end::<Word>(call::<Word>(Fun::Equal, args![from, text, len]));
}

/// `put_text(to, slot)`: writes a part of a key. A text stands there by its hash, so that a key has
/// the same size however long its parts are; the hash is seeded and takes in the length, so that
/// neither chance nor malice makes two texts one. Absent and empty are one value.
pub(super) fn put_text(f: &mut Body) {
    let (to, slot): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let len = f.let_word(slot.load(4));
    f.store8(to, 0, len.ne(0));
    let hash = f.long();
    f.when(len.get(), |f| {
        f.set(hash, call::<Long>(Fun::Hash, args![slot.load(0), len]));
    });
    f.store64(to, 1, hash);
}

/// Cuts `:verb` off the text at [`FOUND`], which ends with it where the module matched the path.
pub(super) fn cut_verb(f: &mut Body, verb_len: u32) {
    let have = f.let_word(cell(FOUND + 4));
    let stem = have - verb_len;
    f.set_cell(FOUND + 4, select::<Word>(have.gt(verb_len), stem, have));
}

/// Extends the text at [`FOUND`] to the end of the path.
pub(super) fn extend_to_end(f: &mut Body) {
    f.when(cell(FOUND), |f| {
        f.set_cell(FOUND + 4, cell(PATH_END) - cell(FOUND));
    });
}
