//! What the host calls: one function for each hook of the ABI that a module has.

use super::Flag;
use super::abi::{
    CONTINUE, COUNTER, FLAG_DOWNSTREAM_LEFT, Host, MONOTONIC, PLUGIN_CONFIGURATION, RESPONSE_FLAGS,
    map, status,
};
use super::admission::{ABANDONED, FAILURE, SUCCESS};
use super::asm::{I32, Var, Word, args, call, cell, cell64, host, select};
use super::body::Body;
use super::functions::{Cx, FLAGS, FREE, Fun, NO_TIME, NOW};
use super::layout::{
    CLOCK, OUT_LEN, OUT_PTR, ROW_BYTES, ROWS, SEED, breaker_row as row_at, breaker_spec as spec_at,
    ticket as ticket_at,
};
use super::program::{FilterProgram, Statement, UNREADABLE};
use super::route::read_request;
use super::state::{
    BREAKER_KEY, LIMITER_KEY, SEED_KEY, name_breaker_row, name_limiter_row, name_seed, write_new,
};

/// `proxy_on_memory_allocate(size) -> pointer`: the next bytes of the arena; 0 when it is used up,
/// which fails the host's call and nothing else.
pub(super) fn allocate(cx: &mut Cx<'_>, f: &mut Body) {
    let size: Var<Word> = f.param(0);
    let at = f.let_word(&FREE);
    f.when(size.gt(I32::from(cx.layout.arena_end) - at), |f| {
        f.give::<Word>(0);
    });
    f.set_global(&FREE, at + size);
    f.end::<Word>(at);
}

/// `enter()`: all that earlier callbacks were handed is forgotten, and the time is read.
pub(super) fn enter(cx: &mut Cx<'_>, f: &mut Body) {
    f.set_global(&FREE, cx.layout.arena);
    f.set_global(&NOW, NO_TIME);
    let told = host(Host::ClockTimeGet, args![MONOTONIC, 0_u64, CLOCK]);
    f.when(told.not(), |f| f.set_global(&NOW, cell64(CLOCK)));
}

/// `proxy_on_vm_start(context, configuration size) -> accepted`: defines the counters and makes
/// the state, unless it is there already: it outlives a change of the module. The first VM of a
/// configuration starts alone, so nobody makes it twice.
pub(super) fn vm_start(cx: &mut Cx<'_>, f: &mut Body) {
    f.run(Fun::Enter, args![]);
    define_counters(cx, f);
    let has_limits = cx.program.endpoints.iter().any(|endpoint| {
        (endpoint.statements.iter()).any(|statement| matches!(statement, Statement::Take(_)))
    });
    if has_limits {
        make_limiter(cx, f);
    }
    if !cx.program.breakers.is_empty() {
        make_breakers(cx, f);
    }
    f.end::<Word>(1);
}

/// Names stand front-coded: how many bytes of the name before are kept, how many follow, and those.
fn define_counters(cx: &mut Cx<'_>, f: &mut Body) {
    let mut table = Vec::new();
    let mut before: &[u8] = &[];
    for name in &cx.program.counters {
        let name = name.as_bytes();
        let kept = name.iter().zip(before).take_while(|(l, r)| l == r).count();
        for len in [kept, name.len() - kept] {
            table.extend(u16::try_from(len).expect("names are short").to_le_bytes());
        }
        table.extend(&name[kept..]);
        before = name;
    }
    let entry = f.let_word(cx.pool.own(&table));
    let (kept, more) = (f.word(), f.word());
    let name = cx.layout.arena;
    let counters = u32::try_from(cx.program.counters.len()).expect("counters are few");
    f.count_to(counters, |f, index, _| {
        f.set(kept, entry.get().load16(0));
        f.set(more, entry.get().load16(2));
        f.set(entry, entry + 4);
        f.count_to(more, |f, index, _| {
            f.store8(kept + index, name, (entry + index).load8(0));
        });
        f.set(entry, entry + more);
        let defined = host(
            Host::DefineMetric,
            args![COUNTER, name, kept + more, OUT_PTR],
        );
        f.when(defined, |f| f.set_cell(OUT_PTR, -1));
        f.store(index << 2, cx.layout.counter_ids, cell(OUT_PTR));
    });
}

/// Rejects the configuration when something that the state needs fails: the old one keeps serving,
/// and somebody reads the log.
fn must(f: &mut Body, status: I32) {
    f.when(status, |f| f.give::<Word>(0));
}

fn make_limiter(cx: &mut Cx<'_>, f: &mut Body) {
    let zeros = cx.layout.zeros;
    name_seed(f);
    let row = f.let_word(call::<Word>(Fun::RowOf, args![SEED_KEY, 16]));
    f.when_else(
        row.get(),
        |f| {
            f.store64(0, SEED, row.load64(0));
            f.store64(0, SEED + 8, row.load64(8));
        },
        |f| {
            must(f, host(Host::RandomGet, args![SEED, 16]));
            must(f, write_new(SEED_KEY, SEED, 16));
            f.count_to(ROWS, |f, index, _| {
                name_limiter_row(f, index.get());
                must(f, write_new(LIMITER_KEY, zeros, ROW_BYTES));
            });
        },
    );
}

fn make_breakers(cx: &mut Cx<'_>, f: &mut Body) {
    let zeros = cx.layout.zeros;
    let breakers = u32::try_from(cx.program.breakers.len()).expect("breakers are few");
    let (at, half_open, bytes) = (f.word(), f.word(), f.word());
    f.count_to(breakers, |f, index, _| {
        // Rows that are there come back as copies, which would fill the arena one by one.
        f.set_global(&FREE, cx.layout.arena);
        f.set(at, index * spec_at::BYTES + cx.breakers_at);
        f.set(half_open, at.load(spec_at::HALF_OPEN));
        f.set(bytes, half_open * row_at::LEASE_BYTES + row_at::LEASES);
        name_breaker_row(f, half_open.get(), at.load64(spec_at::ID));
        let row = call::<Word>(Fun::RowOf, args![BREAKER_KEY, bytes]);
        f.when(row.not(), |f| must(f, write_new(BREAKER_KEY, zeros, bytes)));
    });
}

/// The table of breakers as it stands among the constants.
pub(super) fn breaker_table(program: &FilterProgram) -> Vec<u8> {
    let mut table = Vec::new();
    for breaker in &program.breakers {
        let from = table.len();
        table.extend(breaker.id.to_le_bytes());
        table.extend(breaker.open_ns.to_le_bytes());
        table.extend(breaker.half_open.to_le_bytes());
        table.extend(breaker.failure_threshold.to_le_bytes());
        table.extend(breaker.counters.to_le_bytes());
        table.resize(from + spec_at::BYTES as usize, 0);
    }
    table
}

/// `proxy_on_configure(context, size) -> accepted`: reads the letters of [`Flag`] from the first
/// bytes of the plugin's configuration.
pub(super) fn configure(f: &mut Body) {
    const LOOKED_AT: u32 = 256;
    let size: Var<Word> = f.param(1);
    f.run(Fun::Enter, args![]);
    f.set_global(&FLAGS, 0);
    f.when(size.not(), |f| f.give::<Word>(1));
    let len = f.let_word(select::<Word>(size.lt(LOOKED_AT), size, LOOKED_AT));
    // With the wrong flags a limit might be enforced twice or not at all, so failing here is the
    // answer.
    must(
        f,
        host(
            Host::GetBufferBytes,
            args![PLUGIN_CONFIGURATION, 0, len, OUT_PTR, OUT_LEN],
        ),
    );
    f.when(cell(OUT_LEN).not(), |f| f.give::<Word>(1));
    must(f, call::<Word>(Fun::Returned, args![]).not());
    let (text, c) = (f.let_word(cell(OUT_PTR)), f.word());
    f.set(len, cell(OUT_LEN));
    f.count_to(len, |f, index, _| {
        f.set(c, (text + index).load8(0));
        let bits = Flag::ALL
            .into_iter()
            .map(|flag| c.eq(i32::from(flag.letter())) << flag.bit().trailing_zeros());
        f.set_global(&FLAGS, bits.fold(I32::from(&FLAGS), |all, bit| all | bit));
    });
    f.end::<Word>(1);
}

/// `proxy_on_request_headers(context, count, end) -> action`.
pub(super) fn request_headers(cx: &mut Cx<'_>, f: &mut Body) {
    let context: Var<Word> = f.param(0);
    f.run(Fun::Enter, args![]);
    let program = cx.program;
    let read = |f: &mut Body| {
        f.when(read_request().not(), |f| {
            f.run(Fun::Count, args![UNREADABLE]);
            f.give::<Word>(CONTINUE);
        });
    };
    if program.is_single() {
        let endpoint = &program.endpoints[0];
        f.when(I32::from(&FLAGS) & Flag::Attached.bit(), |f| {
            if endpoint.reads_headers() {
                read(f);
            }
            if endpoint.reads_path() {
                f.run(Fun::Split, args![]);
            }
            f.give::<Word>(call::<Word>(Fun::Endpoint(0), args![context]));
        });
    }
    read(f);
    f.run(Fun::Split, args![]);
    f.end::<Word>(call::<Word>(Fun::Route, args![context]));
}

/// `proxy_on_response_headers(context, count, end) -> action`: settles what was admitted here,
/// but for a gRPC answer whose trailers will tell.
pub(super) fn response_headers(cx: &mut Cx<'_>, f: &mut Body) {
    let (context, end): (Var<Word>, Var<Word>) = (f.param(0), f.param(2));
    let ticket = f.let_word(call::<Word>(Fun::TicketOf, args![context]));
    f.when(ticket.not(), |f| f.give::<Word>(CONTINUE));
    f.run(Fun::Enter, args![]);
    let status = cx.header(":status");
    let kind = cx.header("content-type");
    let code = cx.header("grpc-status");
    let (grpc, grpc_len) = cx.text(b"application/grpc");
    let read = call::<Word>(Fun::Scan, args![map::RESPONSE_HEADERS]);
    f.block(|f, done| {
        let outcome = f.let_word(ABANDONED);
        f.block(|f, known| {
            f.leave_if(known, read.not() | cell(status + 4).ne(3));
            f.set(outcome, cell(status).load8(0).eq(i32::from(b'5')));
            const { assert!(FAILURE == 1 && SUCCESS == 0) };
            f.leave_if(known, outcome.get());

            // `application/grpc`, `+proto` or `;charset` behind it; `-web` carries its status in
            // the body.
            let kind_len = f.let_word(cell(kind + 4));
            f.leave_if(known, kind_len.lt(grpc_len));
            let named = call::<Word>(Fun::Equal, args![cell(kind), grpc, grpc_len]);
            f.leave_if(known, named.not());
            let next = cell(kind).load8(grpc_len);
            f.leave_if(known, kind_len.gt(grpc_len) & next.eq(i32::from(b'-')));

            f.when(cell(code).not() & end.not(), |f| {
                f.store(ticket, ticket_at::AWAITS_TRAILERS, 1);
                f.leave(done);
            });
            f.run(Fun::SettleGrpc, args![ticket]);
            f.leave(done);
        });
        f.run(Fun::Settle, args![ticket, outcome]);
    });
    f.end::<Word>(CONTINUE);
}

/// `proxy_on_response_trailers(context, count) -> action`.
pub(super) fn response_trailers(_cx: &mut Cx<'_>, f: &mut Body) {
    let context: Var<Word> = f.param(0);
    let ticket = f.let_word(call::<Word>(Fun::TicketOf, args![context]));
    f.when(ticket.get(), |f| {
        f.when(ticket.load(ticket_at::AWAITS_TRAILERS), |f| {
            f.run(Fun::Enter, args![]);
            let read = call::<Word>(Fun::Scan, args![map::RESPONSE_TRAILERS]);
            f.when_else(
                read,
                |f| f.run(Fun::SettleGrpc, args![ticket]),
                |f| f.run(Fun::Settle, args![ticket, ABANDONED]),
            );
        });
    });
    f.end::<Word>(CONTINUE);
}

/// `proxy_on_log(context)`: the stream is over. What is still pending was abandoned by the client,
/// or is a gRPC answer that broke off before its trailers.
pub(super) fn log(cx: &mut Cx<'_>, f: &mut Body) {
    let context: Var<Word> = f.param(0);
    let ticket = f.let_word(call::<Word>(Fun::TicketOf, args![context]));
    f.give_nothing_if(ticket.not());
    f.run(Fun::Enter, args![]);
    let outcome = f.let_word(ABANDONED);
    let (path, len) = cx.text(RESPONSE_FLAGS);
    f.when(ticket.load(ticket_at::AWAITS_TRAILERS), |f| {
        f.set_cell(OUT_LEN, 0);
        let got = host(Host::GetProperty, args![path, len, OUT_PTR, OUT_LEN]);
        f.when(got.eq(status::OK) & cell(OUT_LEN).eq(8), |f| {
            f.when(call::<Word>(Fun::Returned, args![]), |f| {
                let left = (cell(OUT_PTR).load64(0)
                    >> u64::from(FLAG_DOWNSTREAM_LEFT.trailing_zeros()))
                .low()
                    & 1;
                f.when(left.not(), |f| f.set(outcome, FAILURE));
            });
        });
    });
    f.run(Fun::Settle, args![ticket, outcome]);
}
