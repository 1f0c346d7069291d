//! The client's address: read from a property, and folded so that one client is one key.

use super::Flag;
use super::abi::{Host, PEER_ADDRESS, SOURCE_ADDRESS, status};
use super::asm::{I32, Long, Var, Word, args, call, host, select};
use super::body::Body;
use super::functions::{Cx, FLAGS, Fun, LEN, PTR};
use super::layout::{OUT_LEN, OUT_PTR};

/// Kinds of addresses in a key; 0 is none.
const IPV4: i32 = 4;
const IPV6: i32 = 6;

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
    f.store8(to, 0, 0);
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
/// a part of a key that was cleared: IPv4 whole, IPv6 by its first 64 bits, IPv4 inside IPv6 as IPv4.
/// Any other text, such as the path of a Unix socket, is no address.
pub(super) fn read_address(f: &mut Body) {
    let to: Var<Word> = f.param(0);
    let (text, len) = (f.let_word(PTR.get()), f.let_word(LEN.get()));
    let (c, end, colons, after_colon) = (f.word(), f.word(), f.word(), f.word());
    // A number is read as both until its end says which it was.
    let (digits, hex, decimal) = (f.word(), f.word(), f.word());
    // Groups of 16 bits are shifted into 128. At `::` what stands before it is put aside.
    let (groups, gap, decimals, v4) = (f.word(), f.let_word(-1), f.word(), f.word());
    let (high, low) = (f.long(), f.long());
    let (high_before, low_before) = (f.long(), f.long());
    let shift = |f: &mut Body, high: Var<Long>, low: Var<Long>| {
        f.set(high, (high << 16_u64) | (low >> 48_u64));
        f.set(low, low << 16_u64);
    };

    let bracket = f.let_word(text.get().load8(0).eq(byte(b'[')));
    f.set(text, text + bracket);
    f.set(len, len - bracket);
    f.count_to(len + 1, |f, index, exit| {
        // The end of the text ends an address, as the bracket, a zone or a port does.
        let next = (text + index).load8(0);
        f.set(c, select::<Word>(index.lt(len), next, byte(b']')));
        let port = c.eq(byte(b':')) & decimals.ne(0);
        f.set(end, c.eq(byte(b']')) | c.eq(byte(b'%')) | port);
        let dot = || c.eq(byte(b'.'));
        f.when_else(
            end | c.eq(byte(b':')) | dot(),
            |f| {
                f.when(decimals | dot(), |f| {
                    f.give_nothing_if(digits.not() | decimal.gt(255));
                    f.set(v4, (v4 << 8) | decimal);
                    f.set(decimals, decimals + 1);
                    f.when(end.get(), |f| {
                        // The high half as a group; the low half is the number that ends here.
                        shift(f, high, low);
                        f.set(low, low | (v4 >> 16).long());
                        f.set(groups, groups + 1);
                        f.set(hex, v4 & 0xffff);
                    });
                });
                f.when(dot().not(), |f| {
                    f.when_else(
                        digits.get(),
                        |f| {
                            shift(f, high, low);
                            f.set(low, low | hex.get().long());
                            f.set(groups, groups + 1);
                        },
                        |f| {
                            f.when(after_colon & end.not(), |f| {
                                f.give_nothing_if(gap.ne(-1));
                                f.set(gap, groups);
                                f.set(high_before, high);
                                f.set(low_before, low);
                                f.set(high, 0_u64);
                                f.set(low, 0_u64);
                            });
                        },
                    );
                    f.leave_if(exit, end.get());
                    f.set(colons, colons + 1);
                    f.set(after_colon, 1);
                });
                f.set(digits, 0);
                f.set(hex, 0);
                f.set(decimal, 0);
            },
            |f| {
                // To a digit: `0`-`9`, then `a`-`f` in either case.
                f.set(after_colon, 0);
                f.set(c, c - byte(b'0'));
                f.when(c.gt(9), |f| {
                    f.set(c, ((c + byte(b'0')) | 32) - (byte(b'a') - 10));
                    f.give_nothing_if(c.lt(10) | c.gt(15));
                });
                f.set(hex, (hex << 4) | c);
                f.set(decimal, decimal * 10 + c);
                f.set(digits, digits + 1);
                f.give_nothing_if(digits.gt(4));
            },
        );
    });
    f.give_nothing_if(decimals.ne(0) & decimals.ne(4));
    f.when_else(
        colons.get(),
        |f| {
            f.give_nothing_if(groups.gt(8));
            f.give_nothing_if(gap.eq(-1) & groups.ne(8));
            f.when(gap.ne(-1), |f| {
                f.count_to(I32::from(8) - gap, |f, _, _| {
                    shift(f, high_before, low_before);
                });
                f.set(high, high | high_before);
                f.set(low, low | low_before);
            });
        },
        |f| f.give_nothing_if(decimals.not()),
    );
    let mapped = high.eq(0_u64) & (low >> 32_u64).eq(0xffff_u64);
    f.set(end, colons.not() | mapped);
    f.store8(to, 0, select::<Word>(end.get(), IPV4, IPV6));
    let folded = select::<Long>(end.get(), low & 0xffff_ffff_u64, high);
    f.store64(to, 1, folded);
}
