//! The client's address: read from a property, and folded so that one client is one key.

use super::Flag;
use super::abi::{Host, PEER_ADDRESS, SOURCE_ADDRESS, status};
use super::asm::{I32, Long, Var, Word, args, call, host, select};
use super::body::Body;
use super::functions::{Cx, FLAGS, Fun, LEN, PTR};
use super::layout::{ADDRESS, ADDRESS_TAIL, OUT_LEN, OUT_PTR};

/// Kinds of addresses in a key; that of IPv4 is one, and that of IPv6 is none.
const NONE: i32 = 2;

fn byte(text: u8) -> i32 {
    i32::from(text)
}

/// `address(to) -> truth`: puts the client's address into a part of a key. False when the host
/// failed to say it; a request that has none is no failure.
pub(super) fn address(cx: &mut Cx<'_>, f: &mut Body) {
    let to: Var<Word> = f.param(0);
    let (source, source_len) = cx.text(SOURCE_ADDRESS);
    let (peer, peer_len) = cx.text(PEER_ADDRESS);
    let flag = f.let_word(FLAGS.get() & Flag::PeerAddress.bit());
    f.store8(to, 0, NONE);
    f.store64(to, 1, 0_u64);
    let pick = |yes: u32, no: u32| select::<Word>(flag.get(), yes, no);
    let status = f.let_word(host(
        Host::GetProperty,
        args![
            pick(peer, source),
            pick(peer_len, source_len),
            OUT_PTR,
            OUT_LEN
        ],
    ));
    let got = f.let_word(call::<Word>(Fun::Got, args![status]));
    f.when(got.get(), |f| f.run(Fun::ReadAddress, args![to]));
    f.end::<Word>(got | status.eq(status::NOT_FOUND));
}

/// `read_address(to)`: reads `1.2.3.4`, `1.2.3.4:5`, `::1` or `[::1]:5` into
/// a part of a key that says that there is none: IPv6 by its first 64 bits, IPv4, also inside IPv6,
/// by the last 64 of `::ffff:1.2.3.4`. Any other text, such as the path of a Unix socket, is no
/// address.
pub(super) fn read_address(f: &mut Body) {
    /// The longest text before a port, a zone or the end, and what ends it.
    const LONGEST: u32 = 47;
    const TOP: u32 = ADDRESS + 16;
    let to: Var<Word> = f.param(0);
    let (c, digit) = (f.word(), f.word());
    // A number is read as both until its end says which it was.
    let (digits, hex, decimal, octets) = (f.word(), f.word(), f.word(), f.word());
    // One past the next group, and the same when `::` was met.
    let (free, gap) = (f.let_word(TOP), f.word());
    let text = f.let_word(PTR.get() + PTR.get().load8(0).eq(byte(b'[')));
    f.store64(0, ADDRESS, 0_u64);
    f.store64(0, ADDRESS + 8, 0_u64);
    f.block(|f, ended| {
        f.times(LONGEST, |f, index| {
            f.block(|f, next| {
                f.block(|f, number| {
                    // The end of the text ends an address, as the bracket, a zone or a port does.
                    let at = f.let_word(text + index);
                    let inside = at.lt(PTR.get() + LEN.get());
                    f.set(c, select::<Word>(inside, at.get().load8(0), byte(b']')));
                    f.set(digit, c - byte(b'0'));
                    f.leave_if(number, digit.lt(10));
                    // `a`-`f` in either case.
                    f.set(digit, (c | 32) - (byte(b'a') - 10));
                    f.leave_if(number, (digit - 10).lt(6));
                    f.when_else(
                        octets | c.eq(byte(b'.')),
                        |f| {
                            f.give_nothing_if(digits.not() | decimal.gt(255));
                            f.when(free.eq(TOP), |f| {
                                // Alone, it is as if it stood behind `::ffff:`.
                                f.store16(0, ADDRESS + 4, 0xffff);
                                f.set(free, ADDRESS + 4);
                            });
                            f.set(free, free - 1);
                            f.store8(free, 0, decimal);
                            f.set(octets, octets + 1);
                            f.leave_if(ended, c.ne(byte(b'.')));
                        },
                        |f| {
                            f.when(digits.get(), |f| {
                                f.set(free, free - 2);
                                f.store16(free, 0, hex);
                            });
                            f.leave_if(ended, c.ne(byte(b':')));
                            f.when((digits | index.not()).not(), |f| {
                                f.give_nothing_if(gap.get());
                                f.set(gap, free);
                                f.set(free, ADDRESS_TAIL);
                            });
                        },
                    );
                    f.set(digits, 0);
                    f.set(hex, 0);
                    f.set(decimal, 0);
                    f.leave(next);
                });
                f.set(hex, (hex << 4) | digit);
                f.set(decimal, decimal * 10 + digit);
                f.set(digits, digits + 1);
                f.give_nothing_if(digits.gt(4));
            });
        });
        f.give_nothing();
    });
    // A colon ends only what ends in IPv4: it begins a port.
    let ends = c.eq(byte(b']')) | c.eq(byte(b'%')) | c.eq(byte(b':'));
    f.give_nothing_if(ends.not());
    f.give_nothing_if((octets | 4).ne(4));
    let whole = |half: u32| I32::from(0).load64(ADDRESS + half);
    f.when_else(
        gap.get(),
        |f| {
            // What stands behind the gap ends with the address, if there is room for both.
            f.give_nothing_if((gap + free).lt(ADDRESS + ADDRESS_TAIL));
            for half in [0, 8] {
                f.store64(0, ADDRESS + half, whole(half) | free.load64(half));
            }
        },
        |f| f.give_nothing_if(free.ne(ADDRESS)),
    );
    let mapped = whole(8).is_zero() & I32::from(0).load(ADDRESS + 4).eq(0xffff);
    let mapped = f.let_word(mapped);
    f.store8(to, 0, mapped);
    f.store64(to, 1, select::<Long>(mapped.get(), whole(0), whole(8)));
}
