//! Which endpoint a request belongs to, and what is asked of it there.

use super::abi::{CONTINUE, Host, PAUSE, map, pairs, status};
use super::address::put_address;
use super::asm::{I32, Long, Var, Word, args, call, cell, host};
use super::body::Body;
use super::functions::{Cx, FLAGS, Fun};
use super::layout::{FOUND, LAST_EMPTY, MAX_PARTS, PART_BYTES, PARTS, QUERY, SEGMENTS};
use super::limiter::fail_open;
use super::program::{Cut, FilterEndpoint, Part, Statement, TakeSpec};
use super::text;
use crate::contract::{Method, Segment};
use crate::policy::Answer;

// === The matcher ===

/// `route(context) -> action`: tries the endpoints in order, those with a common beginning
/// together. Slots and segments were read before.
pub(super) fn route(cx: &mut Cx<'_>, f: &mut Body) {
    f.when(cell(SEGMENTS).eq(-1), |f| f.give::<Word>(CONTINUE));
    let endpoints: Vec<(u32, &FilterEndpoint)> = (0..).zip(&cx.program.endpoints).collect();
    level(cx, f, &endpoints, 0);
    f.end::<Word>(CONTINUE);
}

/// Endpoints that agree in all segments before `depth`. Only neighbours are put together, so that
/// the order of trial stays the one that was given.
fn level(cx: &mut Cx<'_>, f: &mut Body, endpoints: &[(u32, &FilterEndpoint)], depth: usize) {
    let at = u32::try_from(depth).expect("a template has few segments");
    let next = |endpoint: &FilterEndpoint| endpoint.path.segments().get(depth).cloned();
    for run in endpoints.chunk_by(|(_, l), (_, r)| alike(&next(l), &next(r))) {
        let segment = next(run[0].1);
        let fits = match &segment {
            None => cell(SEGMENTS).eq(at),
            Some(Segment::Rest { .. }) => cell(SEGMENTS).gt(at) & cell(LAST_EMPTY).le(at),
            Some(segment) => cell(SEGMENTS).gt(at) & takes(cx, segment, at),
        };
        f.when(fits, |f| match segment {
            None | Some(Segment::Rest { .. }) => {
                for (number, endpoint) in run {
                    arrive(cx, f, *number, endpoint);
                }
            }
            Some(_) => level(cx, f, run, depth + 1),
        });
    }
}

/// Whether two segments are one branch: names of parameters do not matter.
fn alike(left: &Option<Segment>, right: &Option<Segment>) -> bool {
    match (left, right) {
        (Some(Segment::Literal(l)), Some(Segment::Literal(r))) => l == r,
        (Some(Segment::Param { verb: l, .. }), Some(Segment::Param { verb: r, .. })) => l == r,
        (Some(Segment::Rest { .. }), Some(Segment::Rest { .. })) | (None, None) => true,
        _ => false,
    }
}

fn takes(cx: &mut Cx<'_>, segment: &Segment, at: u32) -> I32 {
    match segment {
        Segment::Literal(text) => {
            let (text, len) = cx.text(text.as_bytes());
            call(Fun::SegmentIs, args![at, text, len])
        }
        Segment::Param { verb: None, .. } | Segment::Rest { .. } => {
            cell(super::layout::SEGMENT + 8 * at + 4).ne(0)
        }
        Segment::Param {
            verb: Some(verb), ..
        } => {
            let (text, len) = cx.text(format!(":{verb}").as_bytes());
            call(Fun::SegmentEnds, args![at, text, len])
        }
    }
}

/// The path fits: when the method does too, the request is this endpoint's.
fn arrive(cx: &mut Cx<'_>, f: &mut Body, number: u32, endpoint: &FilterEndpoint) {
    let answer = if endpoint.statements.is_empty() {
        I32::from(CONTINUE)
    } else {
        call(Fun::Endpoint(number), args![f.param::<Word>(0)])
    };
    let slot = cx.header(":method");
    let mut is = |name: &str| -> I32 {
        let (text, len) = cx.text(name.as_bytes());
        call(Fun::SlotIs, args![slot, text, len])
    };
    match endpoint.method {
        Method::Any => f.give::<Word>(answer),
        Method::Named(name) => {
            let mut fits = is(name);
            if endpoint.covers_head {
                fits = fits | is("HEAD");
            }
            f.when(fits, |f| f.give::<Word>(answer));
        }
    }
}

// === What is asked ===

/// `endpoint_n(context) -> action`.
pub(super) fn endpoint(cx: &mut Cx<'_>, f: &mut Body, number: u32) {
    let program = cx.program;
    let context: Var<Word> = f.param(0);
    for statement in &program.endpoints[number as usize].statements {
        match statement {
            Statement::Take(take) => match take.native_under {
                Some(flags) => {
                    let enforced = (I32::from(&FLAGS) & flags).eq(flags);
                    f.when(enforced.not(), |f| ask_limit(cx, f, take));
                }
                None => ask_limit(cx, f, take),
            },
            Statement::Admit(breaker) => {
                let breaker = u32::try_from(*breaker).expect("breakers are few");
                let seconds = f.let_word(call::<Word>(Fun::Admit, args![context, breaker]));
                f.when(seconds.get(), |f| {
                    f.give::<Word>(call::<Word>(Fun::RefuseOpen, args![seconds]));
                });
            }
        }
    }
    f.end::<Word>(CONTINUE);
}

/// Takes a token, or answers 429 and returns.
fn ask_limit(cx: &mut Cx<'_>, f: &mut Body, take: &TakeSpec) {
    assert!(
        take.key.len() <= MAX_PARTS,
        "the language allows {MAX_PARTS} parts"
    );
    let counters = take.counters;
    let ask = |cx: &mut Cx<'_>, f: &mut Body| {
        f.store64(0, PARTS, take.id);
        let mut to = PARTS + 8;
        for part in &take.key {
            put(cx, f, part, to);
            to += PART_BYTES;
        }
        let hash = call::<Long>(Fun::Hash, args![PARTS, to - PARTS]);
        let passes = call::<Word>(Fun::Take, args![hash, take.step, take.tau, counters]);
        f.when(passes.not(), |f| {
            refuse(cx, f, take.retry_after_s);
        });
    };
    if take.key.contains(&Part::Address) {
        let known = call::<Word>(Fun::Address, args![]);
        f.when_else(known, |f| ask(cx, f), |f| fail_open(f, counters));
    } else {
        ask(cx, f);
    }
}

/// Writes a part of a key.
fn put(cx: &mut Cx<'_>, f: &mut Body, part: &Part, to: u32) {
    match part {
        Part::Address => put_address(f, to),
        Part::Slot(slot) => f.run(Fun::PutText, args![to, cx.slot(*slot)]),
        Part::Query(name) => {
            let (text, len) = cx.text(name.as_bytes());
            let separator = i32::from(b'&');
            f.run(
                Fun::Pick,
                args![cell(QUERY), cell(QUERY + 4), text, len, separator],
            );
            f.run(Fun::PutText, args![to, FOUND]);
        }
        Part::Segment { index, cut } => {
            let index = u32::try_from(*index).expect("a template has few segments");
            f.run(Fun::Segment, args![index]);
            match cut {
                Cut::Whole => {}
                Cut::Verb(verb) => {
                    let len = u32::try_from(verb.len() + 1).expect("a template is short");
                    text::cut_verb(f, len);
                }
                Cut::Rest => text::extend_to_end(f),
            }
            f.run(Fun::PutText, args![to, FOUND]);
        }
    }
}

/// Answers 429 and returns.
fn refuse(cx: &mut Cx<'_>, f: &mut Body, retry_after_s: u64) {
    let seconds = retry_after_s.to_string();
    let [policy, content_type] = Answer::Limited.headers();
    let headers = pairs(&[policy, content_type, ("retry-after", seconds.as_str())]);
    let (headers, len) = cx.text(&headers);
    let action = send(cx, Answer::Limited, headers, I32::from(len));
    f.give::<Word>(action);
}

/// Sends an answer of our own with these headers, and the action that follows: a request whose
/// answer the host refused to send goes on, since holding it would hold it for ever.
pub(super) fn send(cx: &mut Cx<'_>, answer: Answer, headers: u32, len: I32) -> I32 {
    let details = cx.text(format!("cherry_{}", answer.policy()).as_bytes());
    let body = cx.text(answer.body().as_bytes());
    let sent = host(
        Host::SendLocalResponse,
        args![
            u32::from(answer.status()),
            details.0,
            details.1,
            body.0,
            body.1,
            headers,
            len,
            u32::from(answer.grpc_status())
        ],
    );
    // A truth is one, and so is the action.
    const { assert!(PAUSE == 1 && CONTINUE == 0) };
    sent.eq(status::OK)
}

/// Reads the headers of the request into the slots.
pub(super) fn read_request() -> I32 {
    call(Fun::Scan, args![map::REQUEST_HEADERS])
}
