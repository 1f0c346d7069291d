//! Functions that are called once are written where they are called: a call costs bytes and time.

use super::asm::{Leaves, Op};
use super::body::Body;
use super::functions::Fun;

/// Puts functions where they are called, when that is one place and the host does not call them.
/// `calls` says how often each is called. One with locals, which begin at zero, stays where it is
/// when that place is in a loop.
pub(super) fn inline(functions: Vec<(Fun, Body)>, calls: &[u32]) -> Vec<(Fun, Body)> {
    let once = |number: u32| calls[number as usize] == 1 && Fun::of(number).export().is_none();
    let mut places = vec![usize::MAX; calls.len()];
    let mut done: Vec<Option<(Fun, Body)>> = Vec::with_capacity(functions.len());
    // Functions stand in the order in which they are met, so what is called once stands behind its
    // caller, and is complete when that is reached from the end.
    for (fun, mut body) in functions.into_iter().rev() {
        if body
            .ops
            .iter()
            .any(|op| matches!(op, Op::Call(callee) if once(*callee)))
        {
            let mut loops = Vec::new();
            let room = Vec::with_capacity(4 * body.ops.len());
            for op in std::mem::replace(&mut body.ops, room) {
                match op {
                    Op::Block(_) | Op::Group | Op::If => loops.push(false),
                    Op::Loop => loops.push(true),
                    Op::End | Op::EndGroup => {
                        loops.pop();
                    }
                    Op::Call(callee) if once(callee) => {
                        let in_loop = loops.contains(&true);
                        let place = &mut done[places[callee as usize]];
                        let fits = |(_, body): &(Fun, Body)| !in_loop || body.locals.is_empty();
                        if let Some((_, inner)) = place.take_if(|entry| fits(entry)) {
                            put(&mut body, Fun::of(callee), inner);
                            continue;
                        }
                    }
                    _ => {}
                }
                body.ops.push(op);
            }
        }
        places[fun.number() as usize] = done.len();
        done.push(Some((fun, body)));
    }
    done.into_iter().rev().flatten().collect()
}

/// Appends a function to a body whose last instructions are its arguments.
fn put(body: &mut Body, fun: Fun, inner: Body) {
    let (params, result) = fun.signature();
    let written = |param: u32| {
        inner
            .ops
            .iter()
            .any(|op| matches!(op, Op::LocalSet(to) if *to == param))
    };
    // What stands for each local; a parameter that is not written is the argument itself, if that
    // is a constant or a variable.
    let mut stands: Vec<Op> = Vec::with_capacity(params.len() + inner.locals.len());
    let mut arguments = params.len();
    while let Some(last @ (Op::I32Const(_) | Op::LocalGet(_))) = body.ops.last().copied()
        && arguments > 0
        && !written(index(arguments - 1))
    {
        body.ops.pop();
        arguments -= 1;
        stands.push(last);
    }
    stands.reverse();
    let copies: Vec<u32> = params[..arguments]
        .iter()
        .map(|ty| body.add_local(*ty))
        .collect();
    body.ops
        .extend(copies.iter().rev().map(|local| Op::LocalSet(*local)));
    stands.splice(0..0, copies.into_iter().map(Op::LocalGet));
    for ty in &inner.locals {
        let local = body.add_local(*ty);
        stands.push(Op::LocalGet(local));
    }

    // What stands at the end need not be left.
    let ops = match inner.ops.as_slice() {
        [ops @ .., Op::Return] => ops,
        ops => ops,
    };
    let returns = ops.iter().any(|op| matches!(op, Op::Return));
    if returns {
        body.ops.push(Op::Block(Leaves::of(result)));
    }
    let mut depth = 0;
    for op in ops {
        match op {
            Op::Block(_) | Op::Group | Op::Loop | Op::If => depth += 1,
            Op::End | Op::EndGroup => depth -= 1,
            _ => {}
        }
        body.ops.push(match *op {
            Op::LocalGet(local) => stands[local as usize],
            Op::LocalSet(local) => match stands[local as usize] {
                Op::LocalGet(to) => Op::LocalSet(to),
                _ => unreachable!("what is written has a local"),
            },
            Op::Return => Op::Br(depth),
            other => other,
        });
    }
    if returns {
        body.ops.push(Op::End);
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).expect("functions have few parameters")
}
