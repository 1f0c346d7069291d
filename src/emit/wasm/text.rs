//! Reading texts that the host returned: header maps, the path, the query, cookies.
//!
//! Nothing here believes a length: each is held against what is left before a byte is read.

use super::abi::Host;
use super::asm::{I32, Long, Var, Word, args, call, cell, host, select};
use super::body::Body;
use super::functions::{Cx, END, Fun, LEN, MAP, MAP_LEN, PATH, PTR};
use super::layout::{ARENA_BYTES, KEPT_SEGMENTS, OUT_LEN, OUT_PTR, QUERY, SEGMENTS};
use crate::contract::{PathTemplate, Segment};

/// The most headers that a host hands out at once.
const MAX_PAIRS: u32 = 1024;

/// What [`LEN`] is when a header map turned out to be broken.
pub(super) const BROKEN: i32 = -1;

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

/// `is(text, other, length) -> truth`: whether the text that was found, [`LEN`] long, is exactly
/// this.
pub(super) fn is(f: &mut Body) {
    let (text, other, len): (Var<Word>, Var<Word>, Var<Word>) =
        (f.param(0), f.param(1), f.param(2));
    f.when(len.ne(LEN.get()), |f| f.give::<Word>(0));
    f.end::<Word>(call::<Word>(Fun::Equal, args![text, other, len]));
}

/// `headers(map) -> truth`: asks the host for a header map.
pub(super) fn headers(f: &mut Body) {
    let map: Var<Word> = f.param(0);
    let read = host(Host::GetHeaderMapPairs, args![map, OUT_PTR, OUT_LEN]);
    let whole = call::<Word>(Fun::Got, args![read]);
    f.set(map, whole);
    f.set_global(&MAP, PTR.get());
    f.set_global(&MAP_LEN, LEN.get());
    f.end::<Word>(map);
}

/// `find(name, length) -> text`: the first header of this name, [`LEN`] long; 0 when there is none.
/// The whole map is looked at, and [`LEN`] is [`BROKEN`] when it is not what the ABI says. A map
/// without headers has no bytes at all.
pub(super) fn find(f: &mut Body) {
    let (wanted, wanted_len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    each_header(f, |f, found, name, name_len, value_len| {
        f.when(found.not() & name_len.eq(wanted_len), |f| {
            let is = call::<Word>(Fun::Equal, args![name, wanted, wanted_len]);
            f.when(is, |f| {
                f.set(found, name + name_len + 1);
                f.set_global(&LEN, value_len);
            });
        });
    });
}

/// `cookie(name, length) -> text`: the same for cookies, which may stand in several headers.
pub(super) fn cookie(cx: &mut Cx<'_>, f: &mut Body) {
    let (wanted, wanted_len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let (header, header_len) = cx.text(b"cookie");
    each_header(f, |f, found, name, name_len, value_len| {
        f.when(found.not() & name_len.eq(header_len), |f| {
            let is = call::<Word>(Fun::Equal, args![name, header, header_len]);
            f.when(is, |f| {
                let text = name + (header_len + 1);
                f.run(
                    Fun::Pick,
                    args![text, value_len, wanted, wanted_len, byte(b';')],
                );
                f.set(found, PTR.get());
            });
        });
    });
}

/// Goes over the pairs of the map: what was found, where a name begins, its length and that of the
/// value behind it.
fn each_header(
    f: &mut Body,
    body: impl FnOnce(&mut Body, Var<Word>, Var<Word>, Var<Word>, Var<Word>),
) {
    let (found, name, entry) = (f.word(), f.word(), f.word());
    let (name_len, value_len) = (f.word(), f.word());
    f.set_global(&LEN, 0);
    f.block(|f, broken| {
        f.when(MAP_LEN.get(), |f| {
            f.leave_if(broken, MAP_LEN.get().lt(4));
            let count = f.let_word(MAP.get().load(0));
            f.leave_if(broken, count.gt(MAX_PAIRS));
            let at = f.let_word((count << 3) + 4);
            f.set(entry, MAP.get());
            f.count_to(count, |f, _, _| {
                f.set(name_len, entry.load(4));
                f.set(value_len, entry.load(8));
                f.set(entry, entry + 8);
                // Longer than everything that the host can hand over.
                const { assert!(ARENA_BYTES < 1 << 17) };
                f.leave_if(broken, (name_len | value_len) >> 17);
                f.set(name, MAP.get() + at);
                f.set(at, at + name_len + value_len + 2);
                f.leave_if(broken, at.gt(MAP_LEN.get()));
                body(f, found, name, name_len, value_len);
            });
        });
        f.give::<Word>(found);
    });
    f.set_global(&LEN, BROKEN);
    f.end::<Word>(0);
}

/// `pick(text, length, name, length, separator)`: sets [`PTR`] and [`LEN`] to the value of the
/// first `name=value` between separators; to nothing when there is none. One space behind a
/// separator is skipped, as cookies are written; a query has none.
pub(super) fn pick(f: &mut Body) {
    let (text, len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let (name, name_len): (Var<Word>, Var<Word>) = (f.param(2), f.param(3));
    let separator: Var<Word> = f.param(4);
    f.set_global(&PTR, 0);
    f.set_global(&LEN, 0);
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
                    f.set_global(&PTR, at);
                    f.set(rest, rest - name_len - 1);
                    f.set_global(&LEN, rest);
                    f.count_to(rest, |f, index, _| {
                        f.when((at + index).load8(0).eq(separator), |f| {
                            f.set_global(&LEN, index);
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

/// `split()`: sets [`END`] to where the path at [`PATH`] ends, which is before the query, a
/// fragment and one slash at its end. When a key needs them, it cuts out the query and the segments.
pub(super) fn split(cx: &mut Cx<'_>, f: &mut Body) {
    let len = f.let_word(END.get() - PATH.get());
    let at = || PATH.get();
    let c = f.word();
    if cx.program.reads_path() {
        let query = f.let_word(-1);
        f.count_to(len, |f, index, exit| {
            f.set(c, (at() + index).load8(0));
            f.when(c.eq(byte(b'#')), |f| {
                f.set(len, index);
                f.leave(exit);
            });
            f.when(c.eq(byte(b'?')) & query.eq(-1), |f| f.set(query, index));
        });
        f.set_cell(QUERY, at() + query + 1);
        f.set_cell(QUERY + 4, 0);
        f.when(query.ne(-1), |f| {
            f.set_cell(QUERY + 4, len - query - 1);
            f.set(len, query);
        });
        f.set_cell(SEGMENTS, 0);
    } else {
        f.count_to(len, |f, index, exit| {
            f.set(c, (at() + index).load8(0));
            f.when(c.eq(byte(b'#')) | c.eq(byte(b'?')), |f| {
                f.set(len, index);
                f.leave(exit);
            });
        });
    }
    f.set_global(&END, at() + len);
    f.give_nothing_if(len.not());
    let last = (END.get() - 1).load8(0);
    f.set_global(&END, END.get() - last.eq(byte(b'/')));
    if !cx.program.reads_path() {
        return;
    }

    f.give_nothing_if(at().load8(0).ne(byte(b'/')));
    f.set(len, END.get() - at());
    let (count, size) = (f.word(), f.word());
    let start = f.let_word(1);
    let end = f.word();
    let segments = cx.layout.segments;
    f.count_to(len, |f, index, _| {
        f.set(end, index + 1);
        let slash = (at() + end).load8(0).eq(byte(b'/'));
        f.when(end.eq(len) | slash, |f| {
            f.set(size, end - start);
            f.when(count.lt(KEPT_SEGMENTS), |f| {
                f.store(count << 3, segments, at() + start);
                f.store(count << 3, segments + 4, size);
            });
            f.set(count, count + 1);
            f.set(start, end + 1);
        });
    });
    f.set_cell(SEGMENTS, count);
}

/// `segment(index)`: sets [`PTR`] and [`LEN`] to a segment, to nothing when the path has fewer.
pub(super) fn segment(cx: &mut Cx<'_>, f: &mut Body) {
    let index: Var<Word> = f.param(0);
    f.set_global(&PTR, 0);
    f.set_global(&LEN, 0);
    f.give_nothing_if(index.ge(cell(SEGMENTS)));
    f.set_global(&PTR, (index << 3).load(cx.layout.segments));
    f.set_global(&LEN, (index << 3).load(cx.layout.segments + 4));
}

/// Marks in a pattern: a segment that is not empty; one segment or more, none of them empty; one
/// byte less of the segment, which must leave something of it.
const ANY: u8 = 1;
const REST: u8 = 2;
const LESS: u8 = 3;

/// A template as [`fits`] reads it; that of the root is empty.
pub(super) fn pattern(template: &PathTemplate) -> Vec<u8> {
    // No request has a control character in its path, so a template that has one fits none.
    let plain = |byte: u8| if byte <= LESS { 0 } else { byte };
    let mut pattern = Vec::new();
    for segment in template.segments() {
        pattern.push(b'/');
        match segment {
            Segment::Literal(text) => pattern.extend(text.bytes().map(plain)),
            Segment::Rest { .. } => pattern.push(REST),
            Segment::Param { verb, .. } => {
                pattern.push(ANY);
                if let Some(verb) = verb {
                    pattern.resize(pattern.len() + verb.len() + 1, LESS);
                    pattern.push(b':');
                    pattern.extend(verb.bytes().map(plain));
                }
            }
        }
    }
    pattern
}

/// `fits(pattern, length) -> truth`: whether the path from [`PATH`] to [`END`] is of this pattern.
pub(super) fn fits(cx: &mut Cx<'_>, f: &mut Body) {
    let (pattern, len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let segments = || {
        let endpoints = cx.program.endpoints.iter();
        endpoints.flat_map(|endpoint| endpoint.path.segments())
    };
    let rests = segments().any(|segment| matches!(segment, Segment::Rest { .. }));
    let verbs = segments().any(|segment| matches!(segment, Segment::Param { verb: Some(_), .. }));
    let at = f.let_word(PATH.get());
    let (c, start) = (f.word(), f.word());
    f.block(|f, no| {
        f.count_to(len, |f, index, _| {
            f.set(c, (pattern + index).load8(0));
            f.block(|f, done| {
                f.when(c.gt(i32::from(LESS)), |f| {
                    let same = at.get().load8(0).eq(c) & at.lt(END.get());
                    f.leave_if(no, same.not());
                    f.set(at, at + 1);
                    f.leave(done);
                });
                if verbs {
                    f.when(c.eq(i32::from(LESS)), |f| {
                        f.set(at, at - 1);
                        f.leave_if(no, at.eq(start));
                        f.leave(done);
                    });
                }
                f.set(start, at);
                f.count_to(END.get() - at, |f, _, exit| {
                    let slash = at.get().load8(0).eq(byte(b'/'));
                    if rests {
                        f.when(slash, |f| {
                            f.leave_if(exit, c.eq(i32::from(ANY)));
                            f.leave_if(no, at.eq(start));
                            f.set(start, at + 1);
                        });
                    } else {
                        f.leave_if(exit, slash);
                    }
                    f.set(at, at + 1);
                });
                f.leave_if(no, at.eq(start));
            });
        });
        f.give::<Word>(at.eq(END.get()));
    });
    f.end::<Word>(0);
}

/// `put_text(to, text)`: writes a part of a key whose text is [`LEN`] long. It stands there by its
/// hash, so that a key has the same size however long its parts are; the hash is seeded and takes in
/// the length, so that neither chance nor malice makes two texts one. Absent and empty are one value.
pub(super) fn put_text(f: &mut Body) {
    let (to, text): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    f.store8(to, 0, LEN.get().ne(0));
    let hash = f.long();
    f.when(LEN.get(), |f| {
        f.set(hash, call::<Long>(Fun::Hash, args![text, LEN.get()]));
    });
    f.store64(to, 1, hash);
}

/// Cuts `:verb` off the text at [`PTR`], which ends with it where the module matched the path.
pub(super) fn cut_verb(f: &mut Body, verb_len: u32) {
    let stem = LEN.get() - verb_len;
    let cut = select::<Word>(LEN.get().gt(verb_len), stem, LEN.get());
    f.set_global(&LEN, cut);
}

/// Extends the text at [`PTR`] to the end of the path.
pub(super) fn extend_to_end(f: &mut Body) {
    f.when(PTR.get(), |f| {
        f.set_global(&LEN, I32::from(&END) - PTR.get());
    });
}
