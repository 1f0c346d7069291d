//! The client's address: read from a property, and folded so that one client is one key.

use super::Flag;
use super::abi::{Host, PEER_ADDRESS, SOURCE_ADDRESS, status};
use super::asm::{Body, I32, Var, Word, args, call, cell, host, select};
use super::functions::{Cx, FLAGS, Fun};
use super::layout::{ADDRESS, OUT_LEN, OUT_PTR};

/// Kinds of addresses in a key; 0 is none.
const IPV4: i32 = 4;
const IPV6: i32 = 6;

fn byte(text: u8) -> i32 {
    i32::from(text)
}

/// `address() -> truth`: puts the client's address at [`ADDRESS`]. False when the host failed to
/// say it; a request that has none is no failure.
pub(super) fn address(cx: &mut Cx<'_>, f: &mut Body) {
    let (source, source_len) = cx.text(SOURCE_ADDRESS);
    let (peer, peer_len) = cx.text(PEER_ADDRESS);
    let flag = f.let_word(I32::from(&FLAGS) & Flag::PeerAddress.bit());
    f.store8(0, ADDRESS, 0);
    f.store64(0, ADDRESS + 1, 0_u64);
    let pick = |yes: u32, no: u32| select::<Word>(flag.get(), yes, no);
    let got = f.let_word(host(
        Host::GetProperty,
        args![
            pick(peer, source),
            pick(peer_len, source_len),
            OUT_PTR,
            OUT_LEN
        ],
    ));
    f.when(got.eq(status::NOT_FOUND), |f| f.give::<Word>(1));
    f.when(got.ne(status::OK), |f| f.give::<Word>(0));
    f.when(cell(OUT_LEN).not(), |f| f.give::<Word>(1));
    f.when(call::<Word>(Fun::Returned, args![]).not(), |f| {
        f.give::<Word>(0)
    });
    f.run(Fun::ReadAddress, args![cell(OUT_PTR), cell(OUT_LEN)]);
    f.end::<Word>(1);
}

/// `read_address(text, length)`: reads `1.2.3.4`, `1.2.3.4:5`, `::1` or `[::1]:5` into
/// [`ADDRESS`], which was cleared: IPv4 whole, IPv6 by its first 64 bits, IPv4 inside IPv6 as IPv4.
/// Any other text, such as the path of a Unix socket, is no address.
pub(super) fn read_address(f: &mut Body) {
    let (text, len): (Var<Word>, Var<Word>) = (f.param(0), f.param(1));
    let (c, colons, digits) = (f.word(), f.word(), f.word());
    f.give_nothing_if(len.not());

    // Cut the port off: behind a bracket, or behind the only colon.
    f.when_else(
        text.get().load8(0).eq(byte(b'[')),
        |f| {
            f.set(text, text + 1);
            f.set(len, len - 1);
            f.count_to(len, |f, index, exit| {
                f.when((text + index).load8(0).eq(byte(b']')), |f| {
                    f.set(len, index);
                    f.leave(exit);
                });
            });
        },
        |f| {
            let port = f.let_word(0);
            f.count_to(len, |f, index, _| {
                f.when((text + index).load8(0).eq(byte(b':')), |f| {
                    f.set(colons, colons + 1);
                    f.set(port, index);
                });
            });
            f.when(colons.eq(1), |f| f.set(len, port));
        },
    );

    // Groups of 16 bits are shifted into 128. At `::` what stands before it is put aside.
    let (high, low) = (f.let_long(0_u64), f.let_long(0_u64));
    let (high_before, low_before) = (f.long(), f.long());
    let (groups, gap, dots) = (f.word(), f.let_word(-1), f.word());
    let (hex, decimal, v4) = (f.word(), f.word(), f.word());
    let after_colon = f.word();
    f.set(colons, 0);
    let push = |f: &mut Body, group: I32| {
        f.set(high, (high << 16_u64) | (low >> 48_u64));
        f.set(low, (low << 16_u64) | group.long());
        f.set(groups, groups + 1);
    };
    let end_decimal = |f: &mut Body| {
        f.give_nothing_if(digits.not() | decimal.gt(255));
        f.set(v4, (v4 << 8) | decimal);
    };
    f.count_to(len, |f, index, exit| {
        f.set(c, (text + index).load8(0));
        // A zone, as in `fe80::1%eth0`.
        f.leave_if(exit, c.eq(byte(b'%')));
        f.when_else(
            c.eq(byte(b':')),
            |f| {
                f.set(colons, colons + 1);
                f.when_else(
                    digits.get(),
                    |f| {
                        push(f, hex.get());
                        f.set(after_colon, 0);
                    },
                    |f| {
                        f.when(after_colon.get(), |f| {
                            f.give_nothing_if(gap.ne(-1));
                            f.set(gap, groups);
                            f.set(high_before, high);
                            f.set(low_before, low);
                            f.set(high, 0_u64);
                            f.set(low, 0_u64);
                        });
                    },
                );
                f.set(after_colon, 1);
                f.set(digits, 0);
                f.set(hex, 0);
                f.set(decimal, 0);
            },
            |f| {
                f.set(after_colon, 0);
                f.when_else(
                    c.eq(byte(b'.')),
                    |f| {
                        end_decimal(f);
                        f.set(dots, dots + 1);
                        f.set(digits, 0);
                        f.set(hex, 0);
                        f.set(decimal, 0);
                    },
                    |f| {
                        // To a digit: `0`-`9`, then `a`-`f` in either case.
                        f.set(c, c - byte(b'0'));
                        f.when(c.gt(9), |f| {
                            f.set(c, ((c + byte(b'0')) | 32) - byte(b'a') + 10);
                            f.give_nothing_if(c.lt(10) | c.gt(15));
                        });
                        f.set(hex, (hex << 4) | c);
                        f.set(decimal, decimal * 10 + c);
                        f.set(digits, digits + 1);
                        f.give_nothing_if(digits.gt(4));
                    },
                );
            },
        );
    });
    f.when_else(
        dots.get(),
        |f| {
            f.give_nothing_if(dots.ne(3));
            end_decimal(f);
            push(f, v4 >> 16);
            push(f, v4 & 0xffff);
        },
        |f| f.when(digits.get(), |f| push(f, hex.get())),
    );

    f.when_else(
        colons.get(),
        |f| {
            f.give_nothing_if(groups.gt(8));
            f.when_else(
                gap.eq(-1),
                |f| f.give_nothing_if(groups.ne(8)),
                |f| {
                    f.count_to(I32::from(8) - gap, |f, _, _| {
                        f.set(
                            high_before,
                            (high_before << 16_u64) | (low_before >> 48_u64),
                        );
                        f.set(low_before, low_before << 16_u64);
                    });
                    f.set(high, high | high_before);
                    f.set(low, low | low_before);
                },
            );
        },
        |f| f.give_nothing_if(dots.not()),
    );
    let mapped = high.eq(0_u64) & (low >> 32_u64).eq(0xffff_u64);
    f.when(colons.not() | mapped, |f| {
        f.store8(0, ADDRESS, IPV4);
        f.store64(0, ADDRESS + 1, low & 0xffff_ffff_u64);
        f.give_nothing();
    });
    f.store8(0, ADDRESS, IPV6);
    f.store64(0, ADDRESS + 1, high);
}

/// Copies the address into a key.
pub(super) fn put_address(f: &mut Body, to: u32) {
    f.store8(0, to, I32::from(0).load8(ADDRESS));
    f.store64(0, to + 1, I32::from(0).load64(ADDRESS + 1));
}
