//! Which endpoint a request belongs to, and what is asked of it there.

use super::Flag;
use super::abi::{CONTINUE, Host, PAUSE, map, pairs, status};
use super::asm::{I32, Var, Word, args, call, cell, host};
use super::body::{Body, Exit};
use super::functions::{Cx, END, FLAGS, Fun, LEN, PATH, PTR};
use super::layout::{MAX_PARTS, PART_BYTES, PARTS, QUERY, spec as spec_at};
use super::limiter::spec_of;
use super::program::{Cut, FilterEndpoint, Part, Statement, TakeSpec};
use super::text::{self, pattern};
use crate::contract::Method;
use crate::policy::Answer;

// === The matcher ===

/// Finds the endpoint of a request, asks what is to be asked of it, and returns the action; what
/// belongs to no endpoint comes out behind it.
pub(super) fn request(cx: &mut Cx<'_>, f: &mut Body) {
    let program = cx.program;
    let (path, path_len) = cx.text(b":path");
    f.block(|f, nobody| {
        f.block(|f, unreadable| {
            f.block(|f, found| {
                // Where the compiler attached the filter, the only endpoint needs no matching.
                let attached = || FLAGS.get() & Flag::Attached.bit();
                let single = program.is_single();
                let reads = single && program.endpoints[0].reads_headers();
                if single && !reads {
                    f.leave_if(found, attached());
                }
                f.run(Fun::Headers, args![map::REQUEST_HEADERS]);
                f.set_global(&PATH, call::<Word>(Fun::Find, args![path, path_len]));
                f.leave_if(unreadable, PATH.get().not());
                if program.reads_path() {
                    f.set_global(&END, PATH.get() + LEN.get());
                    f.run(Fun::Split, args![]);
                }
                if reads {
                    f.leave_if(found, attached());
                }
                route(cx, f, nobody);
            });
            if program.is_single() {
                ask_all(cx, f, 0);
            }
            f.leave(nobody);
        });
        f.run(Fun::Count, args![program.unreadable()]);
    });
}

/// Tries the endpoints in order, those with one path together. Of a single endpoint it comes out at
/// its end when the request is its own.
fn route(cx: &mut Cx<'_>, f: &mut Body, nobody: Exit) {
    let program = cx.program;
    let (name, len) = cx.text(b":method");
    let method = f.word();
    let find = call::<Word>(Fun::Find, args![name, len]);
    if program.is_single() {
        let endpoint = &program.endpoints[0];
        let fits = fits(cx, endpoint);
        f.leave_if(nobody, fits.not());
        if endpoint.method != Method::Any {
            f.set(method, find);
            let is = has_method(cx, method, endpoint);
            f.leave_if(nobody, is.not());
        }
        return;
    }
    f.set(method, find);
    let endpoints: Vec<(u32, &FilterEndpoint)> = (0..).zip(&program.endpoints).collect();
    let verbs = program.common.verbs;
    let alike =
        |l: &FilterEndpoint, r: &FilterEndpoint| pattern(&l.path, verbs) == pattern(&r.path, verbs);
    for run in endpoints.chunk_by(|(_, l), (_, r)| alike(l, r)) {
        let fits = fits(cx, run[0].1);
        f.when(fits, |f| {
            for (number, endpoint) in run {
                let answer = if endpoint.statements.is_empty() {
                    I32::from(CONTINUE)
                } else {
                    call(Fun::Endpoint(*number), args![f.param::<Word>(0)])
                };
                if endpoint.method == Method::Any {
                    f.give::<Word>(answer);
                    continue;
                }
                let is = has_method(cx, method, endpoint);
                f.when(is, |f| f.give::<Word>(answer));
            }
        });
    }
    f.leave(nobody);
}

fn fits(cx: &mut Cx<'_>, endpoint: &FilterEndpoint) -> I32 {
    let (pattern, _) = cx.text(&pattern(&endpoint.path, cx.program.common.verbs));
    call(Fun::Fits, args![pattern])
}

fn has_method(cx: &mut Cx<'_>, method: Var<Word>, endpoint: &FilterEndpoint) -> I32 {
    let mut is = |name: &str| -> I32 {
        // With the zero that stands behind every value.
        let (text, len) = cx.text(format!("{name}\0").as_bytes());
        call(Fun::Equal, args![method, text, len])
    };
    let Method::Named(name) = endpoint.method else {
        return I32::from(1);
    };
    if endpoint.covers_head {
        is(name) | is("HEAD")
    } else {
        is(name)
    }
}

// === What is asked ===

/// `endpoint_n(context) -> action`.
pub(super) fn endpoint(cx: &mut Cx<'_>, f: &mut Body, number: u32) {
    ask_all(cx, f, number);
    f.end::<Word>(CONTINUE);
}

/// Asks what is to be asked, and counts the request; returns when it is refused.
fn ask_all(cx: &mut Cx<'_>, f: &mut Body, number: u32) {
    let program = cx.program;
    let context: Var<Word> = f.param(0);
    for statement in &program.endpoints[number as usize].statements {
        match statement {
            Statement::Take(take) => match take.native_under {
                Some(flags) => {
                    // One flag is set when its bit is, and two are when both are.
                    let set = FLAGS.get() & flags;
                    let enforced = if flags.is_power_of_two() {
                        set
                    } else {
                        set.eq(flags)
                    };
                    f.when(enforced.not(), |f| ask_limit(cx, f, take));
                }
                None => ask_limit(cx, f, take),
            },
            Statement::Admit(breaker) => {
                let breaker = u32::try_from(*breaker).expect("breakers are few");
                let spec = cx.breakers_at + breaker * cx.breaker_bytes;
                let seconds = f.let_word(call::<Word>(Fun::Admit, args![context, spec]));
                f.when(seconds.get(), |f| {
                    f.give::<Word>(call::<Word>(Fun::RefuseOpen, args![seconds]));
                });
            }
        }
    }
    f.run(Fun::Count, args![program.endpoints[number as usize].passed]);
}

/// Takes a token, or answers 429 and returns.
fn ask_limit(cx: &mut Cx<'_>, f: &mut Body, take: &TakeSpec) {
    assert!(
        take.key.len() <= MAX_PARTS,
        "the language allows {MAX_PARTS} parts"
    );
    let spec = spec_of(cx, take);
    let mut to = PARTS + 8;
    for part in &take.key {
        put(cx, f, part, to, spec);
        to += PART_BYTES;
    }
    let refused = call::<Word>(Fun::Ask, args![spec, to - PARTS]);
    f.when(refused, |f| refuse(cx, f, take.retry_after_s));
}

/// Writes a part of a key.
fn put(cx: &mut Cx<'_>, f: &mut Body, part: &Part, to: u32, spec: u32) {
    match part {
        Part::Address => {
            // When the host does not say it, the limit has no row, and that is its error.
            let known = call::<Word>(Fun::Address, args![to]);
            f.store8(
                0,
                spec + spec_at::KEY_LEN,
                known * spec_at::LIMITER_KEY_BYTES,
            );
        }
        Part::Header(name) => {
            let (name, len) = cx.text(name.as_bytes());
            let text = call::<Word>(Fun::Find, args![name, len]);
            f.run(Fun::PutText, args![to, text]);
        }
        Part::Cookie(name) => {
            let (name, len) = cx.text(name.as_bytes());
            let text = call::<Word>(Fun::Cookie, args![name, len]);
            f.run(Fun::PutText, args![to, text]);
        }
        Part::Query(name) => {
            let (text, len) = cx.text(name.as_bytes());
            let separator = i32::from(b'&');
            f.run(
                Fun::Pick,
                args![cell(QUERY), cell(QUERY + 4), text, len, separator],
            );
            f.run(Fun::PutText, args![to, PTR.get()]);
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
            f.run(Fun::PutText, args![to, PTR.get()]);
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
    const { assert!(status::OK == 0) };
    sent.not()
}
