//! Reading texts that the host returned: header maps, the path, the query, cookies.
//!
//! Nothing here believes a length: each is held against what is left before a byte is read.

use super::abi::Host;
use super::asm::{I32, Long, Var, Word, args, call, cell, host, select};
use super::body::Body;
use super::functions::{Cx, END, Fun, LEN, MAP, MAP_LEN, PATH, PTR};
use super::layout::{ARENA_BYTES, KEPT_SEGMENTS, OUT_LEN, OUT_PTR, QUERY, SEGMENTS};
use crate::contract::{PathTemplate, Segment};

fn byte(text: u8) -> i32 {
    i32::from(text)
}

/// `equal(left, right, length) -> truth`.
pub(super) fn equal(cx: &mut Cx<'_>, f: &mut Body) {
    let (left, right, len): (Var<Word>, Var<Word>, Var<Word>) =
        (f.param(0), f.param(1), f.param(2));
    let compare = |f: &mut Body, index: Var<Word>| {
        let differ = (left + index).load8(0).ne((right + index).load8(0));
        f.when(differ, |f| f.give::<Word>(0));
    };
    // Only a verb can be empty.
    if cx.program.common.verbs {
        f.count_to(len, |f, index, _| compare(f, index));
    } else {
        f.once_or_to(len, compare);
    }
    f.end::<Word>(1);
}

/// `headers(map)`: asks the host for a header map. One that the host does not say has no headers.
pub(super) fn headers(f: &mut Body) {
    let map: Var<Word> = f.param(0);
    let read = host(Host::GetHeaderMapPairs, args![map, OUT_PTR, OUT_LEN]);
    f.set_global(&MAP, call::<Word>(Fun::Got, args![read]) * PTR.get());
    f.set_global(&MAP_LEN, LEN.get());
}

/// `find(name, length) -> text`: the first header of this name, [`LEN`] long; 0 when there is none
/// before the end of the map, or before the place where it is not what the ABI says.
pub(super) fn find(f: &mut Body) {
    let (wanted, wanted_len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    each_header(f, |f, name, name_len, value_len| {
        f.when(name_len.eq(wanted_len), |f| {
            let is = call::<Word>(Fun::Equal, args![name, wanted, wanted_len]);
            f.when(is, |f| {
                f.set_global(&LEN, value_len);
                f.give::<Word>(name + name_len + 1);
            });
        });
    });
}

/// `cookie(name, length) -> text`: the same for cookies, which may stand in several headers.
pub(super) fn cookie(cx: &mut Cx<'_>, f: &mut Body) {
    let (wanted, wanted_len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let (header, header_len) = cx.text(b"cookie");
    each_header(f, |f, name, name_len, value_len| {
        f.when(name_len.eq(header_len), |f| {
            let is = call::<Word>(Fun::Equal, args![name, header, header_len]);
            f.when(is, |f| {
                let text = name + (header_len + 1);
                f.run(
                    Fun::Pick,
                    args![text, value_len, wanted, wanted_len, byte(b';')],
                );
                f.when(PTR.get(), |f| f.give::<Word>(PTR.get()));
            });
        });
    });
}

/// Goes over the pairs of the map: where a name begins, its length and that of the value behind it.
/// It ends the function with 0 and no [`LEN`], unless the body found something.
fn each_header(f: &mut Body, body: impl FnOnce(&mut Body, Var<Word>, Var<Word>, Var<Word>)) {
    let (name, name_len, value_len) = (f.word(), f.word(), f.word());
    f.block(|f, broken| {
        // A map that has no bytes stands at 0, where its count is one of none. Its first pair, which
        // is looked at all the same, ends behind the map, or is none that anybody asks for.
        let entry = f.let_word(MAP.get());
        let count = f.let_word(entry.load(0));
        let at = f.let_word((count << 3) + 4);
        f.once_or_to(count, |f, _| {
            f.set(name_len, entry.load(4));
            f.set(value_len, entry.load(8));
            f.set(entry, entry + 8);
            // More than everything that the host can hand over.
            const { assert!(ARENA_BYTES < 1 << 17) };
            f.leave_if(broken, (name_len | value_len | count) >> 17);
            f.set(name, MAP.get() + at);
            f.set(at, at + name_len + value_len + 2);
            f.leave_if(broken, at.gt(MAP_LEN.get()));
            body(f, name, name_len, value_len);
        });
    });
    f.set_global(&LEN, 0);
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
/// fragment and one slash at its end, and cuts out the query and the segments.
pub(super) fn split(cx: &mut Cx<'_>, f: &mut Body) {
    let len = f.let_word(END.get() - PATH.get());
    let at = || PATH.get();
    let c = f.word();
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
    f.set_global(&END, at() + len);
    f.give_nothing_if(len.not());
    let last = (END.get() - 1).load8(0);
    f.set_global(&END, END.get() - last.eq(byte(b'/')));
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

/// Marks in a pattern: its end, where one more slash may stand; behind that slash; the rest of the
/// path behind its first byte.
const END_OF_PATH: u8 = 0;
const BEHIND_SLASH: u8 = 1;
const MORE: u8 = 2;
/// A segment that is not empty; the first byte of a segment; no byte of any path.
const ANY: u8 = 3;
const FIRST: u8 = 4;
const NEVER: u8 = 5;

/// A template as [`fits`] reads it. Where any endpoint has a verb, [`ANY`] is followed by one: its
/// length, and what the segment must end with behind something else.
pub(super) fn pattern(template: &PathTemplate, with_verbs: bool) -> Vec<u8> {
    // No request has a control character in its path, so a template that has one fits none.
    let plain = |byte: u8| if byte <= NEVER { NEVER } else { byte };
    let mut pattern = Vec::new();
    let mut ends = END_OF_PATH;
    for segment in template.segments() {
        pattern.push(b'/');
        match segment {
            Segment::Literal(text) => pattern.extend(text.bytes().map(plain)),
            Segment::Rest { .. } => {
                pattern.push(FIRST);
                ends = MORE;
            }
            Segment::Param { verb, .. } => {
                pattern.push(ANY);
                let verb = verb.as_ref().map(|verb| format!(":{verb}"));
                let verb = verb.unwrap_or_default();
                if with_verbs {
                    pattern.push(u8::try_from(verb.len()).expect("a verb is short"));
                }
                pattern.extend(verb.bytes().map(plain));
            }
        }
    }
    if pattern.is_empty() {
        // The root is a slash already.
        pattern.extend([b'/', BEHIND_SLASH]);
    }
    pattern.extend([ends, BEHIND_SLASH]);
    pattern
}

/// `fits(pattern) -> truth`: whether the path at [`PATH`], up to a query, a fragment or the zero
/// that a header ends with, is of this pattern.
pub(super) fn fits(cx: &mut Cx<'_>, f: &mut Body) {
    let pattern: Var<Word> = f.param(0);
    let verbs = cx.program.common.verbs;
    let (c, wanted, ended) = (f.word(), f.word(), f.word());
    let slash = |text: I32| text.eq(byte(b'/'));
    // The bound of a loop that calls something is its own.
    let bound = if verbs {
        f.let_word(MAP_LEN.get()).get()
    } else {
        MAP_LEN.get()
    };
    f.block(|f, no| {
        // It ends in the map, or else in the zeros behind the arena.
        f.once_or_to(bound, |f, index| {
            f.block(|f, next| {
                let at = f.let_word(PATH.get() + index);
                f.set(c, at.get().load8(0));
                f.set(wanted, pattern.get().load8(0));
                f.set(ended, c.not() | c.eq(byte(b'?')) | c.eq(byte(b'#')));
                f.when(wanted.eq(i32::from(ANY)), |f| {
                    f.leave_if(next, (ended | slash(c.get())).not());
                    if verbs {
                        let verb = f.let_word(pattern.get().load8(1));
                        f.set(at, at - verb);
                        let verb_at = pattern + 2;
                        let is = call::<Word>(Fun::Equal, args![at, verb_at, verb]);
                        f.leave_if(no, is.not());
                        f.set(pattern, pattern + verb + 1);
                    }
                    f.leave_if(no, slash((at - 1).load8(0)));
                    f.set(pattern, pattern + 1);
                    f.set(wanted, pattern.get().load8(0));
                });
                if cx.program.common.rests {
                    f.when((ended | wanted.ne(i32::from(MORE))).not(), |f| {
                        let empty = slash(c.get()) & slash((at - 1).load8(0));
                        f.leave_if(no, empty);
                        f.leave(next);
                    });
                    let begins = wanted.eq(i32::from(FIRST)) & slash(c.get()).not();
                    f.when(begins & ended.not(), |f| f.set(wanted, c));
                }
                f.when(ended.get(), |f| f.give::<Word>(wanted.le(i32::from(MORE))));
                let slashed = select::<Word>(wanted.get(), wanted, byte(b'/'));
                f.leave_if(no, c.ne(slashed));
                f.set(pattern, pattern + 1);
            });
        });
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
