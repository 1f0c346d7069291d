//! What the host calls: one function for each hook of the ABI that a module has.

use super::abi::{
    CONTINUE, FLAG_DOWNSTREAM_LEFT, Host, MONOTONIC, PLUGIN_CONFIGURATION, RESPONSE_FLAGS, map,
};
use super::asm::{I32, Var, Word, args, call, cell64, host};
use super::body::{Body, Exit};
use super::functions::{Cx, FLAGS, FREE, Fun, LEN, NOW, PTR, SLOT};
use super::layout::{
    CLOCK, OUT_LEN, OUT_PTR, ROWS, SEED, SEED_BYTES, SEED_SLOT, spec as spec_at,
    ticket as ticket_at,
};
use super::limiter::{spec_head, spec_of};
use super::program::{FilterProgram, GENERATION};
use super::route;
use super::state::what;

/// `proxy_on_memory_allocate(size) -> pointer`: the next bytes of the arena; 0 when it is used up,
/// which fails the host's call and nothing else.
pub(super) fn allocate(cx: &mut Cx<'_>, f: &mut Body) {
    let size: Var<Word> = f.param(0);
    f.when(size.gt(I32::from(cx.layout.arena_end) - &FREE), |f| {
        f.give::<Word>(0);
    });
    // The value to end with waits below.
    f.end::<Word>(&FREE);
    f.set_global(&FREE, FREE.get() + size);
}

/// `enter()`: all that earlier callbacks were handed is forgotten.
pub(super) fn enter(cx: &mut Cx<'_>, f: &mut Body) {
    f.set_global(&FREE, cx.layout.arena);
}

/// `clock() -> failed`: reads the time into [`NOW`]. Who needs the time asks for it: most answers
/// change nothing, and a breaker that is closed admits at any time.
pub(super) fn clock(f: &mut Body) {
    let failed = host(Host::ClockTimeGet, args![MONOTONIC, 0_u64, CLOCK]);
    f.end::<Word>(failed);
    f.set_global(&NOW, cell64(CLOCK));
}

/// `proxy_on_vm_start(context, configuration size) -> accepted`: defines the counters and makes
/// the state, unless it is there already: it outlives a change of the module. The first VM of a
/// configuration starts alone, so nobody makes it twice. When something that the state needs fails,
/// the configuration is rejected: the old one keeps serving, and somebody reads the log.
pub(super) fn vm_start(cx: &mut Cx<'_>, f: &mut Body) {
    let names = names(cx.program);
    cx.names_len = u32::try_from(names.len()).expect("names are few");
    let at = cx.pool.own_text(&names);
    debug_assert_eq!(at, cx.pool.texts().0, "they are the first");
    f.run(Fun::Unpack, args![]);
    f.block(|f, failed| {
        if cx.program.has_limits() {
            make_limiter(cx, f, failed);
        }
        if cx.program.has_breakers() {
            make_breakers(cx, f, failed);
        }
        f.give::<Word>(1);
    });
    f.end::<Word>(0);
}

/// The names of the counters, as [`Fun::Unpack`] defines them.
fn names(program: &FilterProgram) -> Vec<u8> {
    let mut names = Vec::new();
    for name in &program.metrics {
        names.extend(name.as_bytes());
        names.push(0);
    }
    names
}

fn make_limiter(cx: &mut Cx<'_>, f: &mut Body, failed: Exit) {
    let zeros = cx.layout.zeros;
    let first = cx.program.limits().next().expect("the module has limits");
    let limit = spec_of(cx, first);
    let seed = cx.pool.own(&spec_head(1, 0, SEED_BYTES, b"s"));
    f.set_global(&SLOT, SEED_SLOT);
    f.when(call::<Word>(Fun::RowOf, args![seed]).not(), |f| {
        f.leave_if(failed, host(Host::RandomGet, args![SEED, SEED_BYTES]));
        f.leave_if(failed, call::<Word>(Fun::Write, args![seed, SEED, 0]));
        f.times(ROWS, |f, index| {
            f.store16(0, limit + spec_at::KEY + 1, index);
            f.leave_if(failed, call::<Word>(Fun::Write, args![limit, zeros, 0]));
        });
    });
}

fn make_breakers(cx: &mut Cx<'_>, f: &mut Body, failed: Exit) {
    let breakers = u32::try_from(cx.program.breakers.len()).expect("breakers are few");
    let zeros = cx.layout.zeros;
    // It is not zero from now on, unless the host keeps no such gauge.
    f.run(Fun::Count, args![GENERATION]);
    f.set_global(&SLOT, cx.layout.breaker_slots);
    let make = |f: &mut Body, spec: I32| {
        let row = call::<Word>(Fun::RowOf, args![spec.clone()]);
        f.when(row.not(), |f| {
            f.leave_if(failed, call::<Word>(Fun::Write, args![spec, zeros, 0]));
        });
    };
    if breakers == 1 {
        return make(f, I32::from(cx.breakers_at));
    }
    let spec = f.word();
    f.times(breakers, |f, index| {
        f.set(spec, index * cx.breaker_bytes + cx.breakers_at);
        make(f, spec.get());
    });
}

/// `proxy_on_configure(context, size) -> accepted`: reads the letters of [`Flag`](super::Flag) from the
/// plugin's configuration. With the wrong flags a limit might be enforced twice or not
/// at all, so a failure rejects it.
pub(super) fn configure(f: &mut Body) {
    let size: Var<Word> = f.param(1);
    f.run(Fun::Enter, args![]);
    f.set_global(&FLAGS, 0);
    f.when(size.not(), |f| f.give::<Word>(1));
    let read = host(
        Host::GetBufferBytes,
        args![PLUGIN_CONFIGURATION, 0, size, OUT_PTR, OUT_LEN],
    );
    f.set(size, call::<Word>(Fun::Got, args![read]));
    f.when(size.get(), |f| {
        let c = f.word();
        // One that is empty stands at 0, where there is no letter.
        f.once_or_to(LEN.get(), |f, index| {
            f.set(c, (PTR.get() + index).load8(0));
            // The bit of a capital is its number in the alphabet, and shifts take the rest of 32.
            let capital = (c & 0x60).eq(0x40);
            f.set_global(&FLAGS, FLAGS.get() | (capital << c));
        });
    });
    f.end::<Word>(size);
}

/// `proxy_on_request_headers(context, count, end) -> action`.
pub(super) fn request_headers(cx: &mut Cx<'_>, f: &mut Body) {
    f.run(Fun::Enter, args![]);
    route::request(cx, f);
    f.end::<Word>(CONTINUE);
}

/// `proxy_on_response_headers(context, count, end) -> action`: settles what was admitted here,
/// but for a gRPC answer whose trailers will tell.
pub(super) fn response_headers(cx: &mut Cx<'_>, f: &mut Body) {
    let (context, end): (Var<Word>, Var<Word>) = (f.param(0), f.param(2));
    let mut find = |name: &str| {
        let (name, len) = cx.text(name.as_bytes());
        call::<Word>(Fun::Find, args![name, len])
    };
    let (status, kind, code) = (find(":status"), find("content-type"), find("grpc-status"));
    let (grpc, grpc_len) = cx.text(b"application/grpc");
    f.block(|f, done| {
        let ticket = f.let_word(call::<Word>(Fun::TicketOf, args![context]));
        f.leave_if(done, ticket.not());
        f.run(Fun::Headers, args![map::RESPONSE_HEADERS]);
        const { assert!(what::ABANDONED == 0 && what::SUCCESS == 1 && what::FAILURE == 2) };
        let outcome = f.word();
        f.block(|f, known| {
            let text = f.let_word(status);
            f.leave_if(known, LEN.get().ne(3));
            f.set(outcome, text.get().load8(0).eq(i32::from(b'5')) + 1);
            f.leave_if(known, outcome >> 1);

            // `application/grpc`, `+proto` or `;charset` behind it; `-web` carries its status in
            // the body.
            // A zero stands behind every value, so a shorter one is different.
            f.set(text, kind);
            let named = call::<Word>(Fun::Equal, args![text, grpc, grpc_len]);
            f.leave_if(known, named.not());
            f.leave_if(known, text.get().load8(grpc_len).eq(i32::from(b'-')));

            f.set(text, code);
            f.when(text.not() & end.not(), |f| {
                f.store(ticket, ticket_at::AWAITS_TRAILERS, 1);
                f.leave(done);
            });
            f.set(outcome, call::<Word>(Fun::GrpcOutcome, args![text]));
        });
        f.forget(call::<Word>(Fun::Settle, args![ticket, outcome]));
    });
    f.end::<Word>(CONTINUE);
}

/// `proxy_on_log(context)`: the stream is over, and trailers, if any came, can still be read. What
/// is pending without a code in them was abandoned by the client, or is a gRPC answer that broke
/// off: a host shows no difference between trailers that are empty and none.
pub(super) fn log(cx: &mut Cx<'_>, f: &mut Body) {
    let context: Var<Word> = f.param(0);
    let ticket = f.let_word(call::<Word>(Fun::TicketOf, args![context]));
    f.give_nothing_if(ticket.not());
    const { assert!(what::ABANDONED == 0 && what::FAILURE == 1 << 1) };
    let outcome = f.word();
    let (path, path_len) = cx.text(RESPONSE_FLAGS);
    let (name, len) = cx.text(b"grpc-status");
    f.when(ticket.load(ticket_at::AWAITS_TRAILERS), |f| {
        f.run(Fun::Headers, args![map::RESPONSE_TRAILERS]);
        let text = f.let_word(call::<Word>(Fun::Find, args![name, len]));
        f.when_else(
            text.get(),
            |f| f.set(outcome, call::<Word>(Fun::GrpcOutcome, args![text])),
            |f| {
                let read = host(Host::GetProperty, args![path, path_len, OUT_PTR, OUT_LEN]);
                let got = call::<Word>(Fun::Got, args![read]);
                f.when(got & LEN.get().eq(8), |f| {
                    let left = PTR.get().load(0) & FLAG_DOWNSTREAM_LEFT;
                    f.set(outcome, left.not() << 1);
                });
            },
        );
    });
    f.forget(call::<Word>(Fun::Settle, args![ticket, outcome]));
}
