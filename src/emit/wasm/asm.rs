//! A small typed assembler: expressions that know their type. Statements are in `body`.
//!
//! What cannot be written with the two cannot be in a module: there is no `unreachable`, no
//! indirect call, no growing of memory, no division but by a constant other than zero, and the only
//! loop is `Body::count_to`, whose counter goes up to a bound that was taken before it began.

use std::marker::PhantomData;
use std::ops::{Add, BitAnd, BitOr, BitXor, Mul, Shl, Shr, Sub};

use wasm_encoder::{BlockType, InstructionSink, MemArg, MemArgTarget, ValType};

use super::abi::Host;
use super::functions::Fun;

/// An instruction; calls have no number until the module is put together. Small and without drop,
/// because thousands are moved about.
#[derive(Clone, Copy)]
pub(super) enum Op {
    /// One that stands alone.
    Plain(fn(&mut InstructionSink<'_>)),
    /// A load or a store at an offset.
    Memory(fn(&mut InstructionSink<'_>, MemArg), u32),
    I32Const(i32),
    I64Const(i64),
    LocalGet(u32),
    LocalSet(u32),
    GlobalGet(u32),
    GlobalSet(u32),
    /// A block, with what it leaves on the stack.
    Block(Option<ValType>),
    Loop,
    If,
    Else,
    End,
    Return,
    Br(u32),
    BrIf(u32),
    Host(Host),
    Call(Fun),
}

impl Op {
    /// Writes it, but for calls.
    pub(super) fn write(self, sink: &mut InstructionSink<'_>) {
        match self {
            Op::Plain(write) => write(sink),
            Op::Memory(write, offset) => write(sink, at(offset)),
            Op::I32Const(value) => {
                sink.i32_const(value);
            }
            Op::I64Const(value) => {
                sink.i64_const(value);
            }
            Op::LocalGet(index) => {
                sink.local_get(index);
            }
            Op::LocalSet(index) => {
                sink.local_set(index);
            }
            Op::GlobalGet(index) => {
                sink.global_get(index);
            }
            Op::GlobalSet(index) => {
                sink.global_set(index);
            }
            Op::Block(result) => {
                sink.block(result.map_or(BlockType::Empty, BlockType::Result));
            }
            Op::Loop => {
                sink.loop_(BlockType::Empty);
            }
            Op::If => {
                sink.if_(BlockType::Empty);
            }
            Op::Else => {
                sink.else_();
            }
            Op::End => {
                sink.end();
            }
            Op::Return => {
                sink.return_();
            }
            Op::Br(depth) => {
                sink.br(depth);
            }
            Op::BrIf(depth) => {
                sink.br_if(depth);
            }
            Op::Host(_) | Op::Call(_) => unreachable!("calls are written where they have numbers"),
        }
    }
}

/// An instruction that stands alone, by the name of its method.
macro_rules! plain {
    ($name:ident) => {
        $crate::emit::wasm::asm::Op::Plain(|sink| {
            sink.$name();
        })
    };
}
pub(super) use plain;

/// A load or a store, by the name of its method.
macro_rules! memory {
    ($name:ident, $offset:expr) => {
        $crate::emit::wasm::asm::Op::Memory(
            |sink, at| {
                sink.$name(at);
            },
            $offset,
        )
    };
}
pub(super) use memory;

/// 32 bits: a pointer, a length, a status or a truth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word;
/// 64 bits: a time, a hash or an identity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Long;

/// An expression of type `T`: the instructions that leave its value on the stack.
#[derive(Clone)]
pub(super) struct Expr<T>(pub(super) Ops, PhantomData<T>);

/// Instructions of an expression. Most are a constant or a variable that another one takes in at
/// once, so that one alone needs no memory of its own.
#[derive(Clone)]
pub(super) enum Ops {
    One(Op),
    Many(Vec<Op>),
}

impl Ops {
    pub(super) fn as_slice(&self) -> &[Op] {
        match self {
            Ops::One(op) => std::slice::from_ref(op),
            Ops::Many(ops) => ops,
        }
    }

    pub(super) fn append_to(self, ops: &mut Vec<Op>) {
        match self {
            Ops::One(op) => ops.push(op),
            Ops::Many(many) => ops.extend(many),
        }
    }

    /// The same, to be added to.
    fn many(self) -> Vec<Op> {
        match self {
            Ops::One(op) => {
                // Few expressions grow beyond this.
                let mut ops = Vec::with_capacity(8);
                ops.push(op);
                ops
            }
            Ops::Many(ops) => ops,
        }
    }
}

/// A local variable or a parameter.
#[derive(Debug)]
pub(super) struct Var<T>(pub(super) u32, pub(super) PhantomData<T>);

/// A global variable.
#[derive(Debug)]
pub(super) struct Global<T>(pub(super) u32, pub(super) PhantomData<T>);

pub(super) type I32 = Expr<Word>;
pub(super) type I64 = Expr<Long>;

impl<T> Clone for Var<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Var<T> {}

impl<T> Expr<T> {
    fn of(op: Op) -> Self {
        Expr(Ops::One(op), PhantomData)
    }

    fn then<U>(self, op: Op) -> Expr<U> {
        let mut ops = self.0.many();
        ops.push(op);
        Expr(Ops::Many(ops), PhantomData)
    }

    fn with<U, V>(self, other: Expr<U>, op: Op) -> Expr<V> {
        let mut ops = self.0.many();
        other.0.append_to(&mut ops);
        ops.push(op);
        Expr(Ops::Many(ops), PhantomData)
    }
}

impl From<i32> for I32 {
    fn from(value: i32) -> Self {
        Expr::of(Op::I32Const(value))
    }
}

/// Addresses and lengths are written as what they are.
impl From<u32> for I32 {
    fn from(value: u32) -> Self {
        Expr::of(Op::I32Const(value.cast_signed()))
    }
}

impl From<i64> for I64 {
    fn from(value: i64) -> Self {
        Expr::of(Op::I64Const(value))
    }
}

impl From<u64> for I64 {
    fn from(value: u64) -> Self {
        Expr::of(Op::I64Const(value.cast_signed()))
    }
}

impl<T> From<Var<T>> for Expr<T> {
    fn from(var: Var<T>) -> Self {
        Expr::of(Op::LocalGet(var.0))
    }
}

impl<T> From<&Global<T>> for Expr<T> {
    fn from(global: &Global<T>) -> Self {
        Expr::of(Op::GlobalGet(global.0))
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $word:ident $long:ident;)*) => {$(
        impl<R: Into<I32>> $trait<R> for I32 {
            type Output = I32;
            fn $method(self, right: R) -> I32 {
                self.with(right.into(), plain!($word))
            }
        }
        impl<R: Into<I32>> $trait<R> for Var<Word> {
            type Output = I32;
            fn $method(self, right: R) -> I32 {
                I32::from(self).with(right.into(), plain!($word))
            }
        }
        impl<R: Into<I64>> $trait<R> for I64 {
            type Output = I64;
            fn $method(self, right: R) -> I64 {
                self.with(right.into(), plain!($long))
            }
        }
        impl<R: Into<I64>> $trait<R> for Var<Long> {
            type Output = I64;
            fn $method(self, right: R) -> I64 {
                I64::from(self).with(right.into(), plain!($long))
            }
        }
    )*};
}

operators! {
    Add add i32_add i64_add;
    Sub sub i32_sub i64_sub;
    Mul mul i32_mul i64_mul;
    BitAnd bitand i32_and i64_and;
    BitOr bitor i32_or i64_or;
    BitXor bitxor i32_xor i64_xor;
    Shl shl i32_shl i64_shl;
    Shr shr i32_shr_u i64_shr_u;
}

/// Comparisons, unsigned; each leaves a truth.
macro_rules! comparisons {
    ($($method:ident $word:ident $long:ident;)*) => {
        impl I32 {$(
            pub(super) fn $method(self, right: impl Into<I32>) -> I32 {
                self.with(right.into(), plain!($word))
            }
        )*}
        impl Var<Word> {$(
            #[allow(dead_code, reason = "the row is the same for every comparison")]
            pub(super) fn $method(self, right: impl Into<I32>) -> I32 {
                I32::from(self).$method(right)
            }
        )*}
        impl I64 {$(
            #[allow(dead_code, reason = "the row is the same for every comparison")]
            pub(super) fn $method(self, right: impl Into<I64>) -> I32 {
                self.with(right.into(), plain!($long))
            }
        )*}
        impl Var<Long> {$(
            #[allow(dead_code, reason = "the row is the same for every comparison")]
            pub(super) fn $method(self, right: impl Into<I64>) -> I32 {
                I64::from(self).$method(right)
            }
        )*}
    };
}

comparisons! {
    eq i32_eq i64_eq;
    ne i32_ne i64_ne;
    lt i32_lt_u i64_lt_u;
    le i32_le_u i64_le_u;
    gt i32_gt_u i64_gt_u;
    ge i32_ge_u i64_ge_u;
}

impl I32 {
    /// True when the value is zero.
    pub(super) fn not(self) -> I32 {
        self.then(plain!(i32_eqz))
    }

    /// The same value in 64 bits.
    pub(super) fn long(self) -> I64 {
        self.then(plain!(i64_extend_i32_u))
    }

    pub(super) fn load(self, offset: u32) -> I32 {
        self.then(memory!(i32_load, offset))
    }

    pub(super) fn load8(self, offset: u32) -> I32 {
        self.then(memory!(i32_load8_u, offset))
    }

    pub(super) fn load16(self, offset: u32) -> I32 {
        self.then(memory!(i32_load16_u, offset))
    }

    pub(super) fn load64(self, offset: u32) -> I64 {
        self.then(memory!(i64_load, offset))
    }
}

impl Var<Word> {
    pub(super) fn get(self) -> I32 {
        self.into()
    }

    pub(super) fn not(self) -> I32 {
        self.get().not()
    }

    pub(super) fn load(self, offset: u32) -> I32 {
        self.get().load(offset)
    }

    pub(super) fn load64(self, offset: u32) -> I64 {
        self.get().load64(offset)
    }
}

impl<T> Global<T> {
    pub(super) fn get(&self) -> Expr<T> {
        Expr::of(Op::GlobalGet(self.0))
    }
}

impl Var<Long> {
    pub(super) fn get(self) -> I64 {
        self.into()
    }
}

impl I64 {
    /// True when the value is zero.
    #[allow(
        clippy::wrong_self_convention,
        reason = "an expression is consumed by the next one"
    )]
    pub(super) fn is_zero(self) -> I32 {
        self.then(plain!(i64_eqz))
    }

    /// The low half.
    pub(super) fn low(self) -> I32 {
        self.then(plain!(i32_wrap_i64))
    }

    pub(super) fn rotate_left(self, by: u32) -> I64 {
        self.with(I64::from(u64::from(by)), plain!(i64_rotl))
    }

    /// Division by a constant, which is what keeps it from trapping.
    pub(super) fn over(self, divisor: u64) -> I64 {
        assert_ne!(divisor, 0, "a module never divides by zero");
        self.with(I64::from(divisor), plain!(i64_div_u))
    }
}

impl I32 {
    /// Division by a constant.
    pub(super) fn over(self, divisor: u32) -> I32 {
        assert_ne!(divisor, 0, "a module never divides by zero");
        self.with(I32::from(divisor), plain!(i32_div_u))
    }
}

/// `yes` when `cond` is true, else `no`; both are evaluated.
pub(super) fn select<T>(cond: I32, yes: impl Into<Expr<T>>, no: impl Into<Expr<T>>) -> Expr<T> {
    let mut ops = yes.into().0.many();
    no.into().0.append_to(&mut ops);
    cond.0.append_to(&mut ops);
    ops.push(plain!(select));
    Expr(Ops::Many(ops), PhantomData)
}

/// What stands at a fixed address.
pub(super) fn cell(address: u32) -> I32 {
    I32::from(0).load(address)
}

/// The same, 64 bits wide.
pub(super) fn cell64(address: u32) -> I64 {
    I32::from(0).load64(address)
}

/// Nothing is assumed about alignment: hosts hand out texts that begin anywhere.
fn at(offset: u32) -> MemArg {
    MemArg {
        offset: u64::from(offset),
        align: 0,
        target: MemArgTarget::Memory(0),
        ordering: None,
    }
}

/// Arguments of a call, in order.
#[derive(Default)]
pub(super) struct Args(pub(super) Vec<Op>);

macro_rules! args {
    ($($arg:expr),* $(,)?) => {
        $crate::emit::wasm::asm::Args::default()$(.and($arg))*
    };
}
pub(super) use args;

impl Args {
    pub(super) fn and(mut self, arg: impl IntoOps) -> Self {
        arg.into_ops(&mut self.0);
        self
    }
}

/// What can stand among the arguments of a call.
pub(super) trait IntoOps {
    fn into_ops(self, ops: &mut Vec<Op>);
}

impl<T> IntoOps for Expr<T> {
    fn into_ops(self, ops: &mut Vec<Op>) {
        self.0.append_to(ops);
    }
}

impl<T> IntoOps for Var<T> {
    fn into_ops(self, ops: &mut Vec<Op>) {
        Expr::from(self).into_ops(ops);
    }
}

impl<T> IntoOps for &Global<T> {
    fn into_ops(self, ops: &mut Vec<Op>) {
        Expr::from(self).into_ops(ops);
    }
}

macro_rules! constants {
    ($($t:ty => $e:ty),*) => {$(
        impl IntoOps for $t {
            fn into_ops(self, ops: &mut Vec<Op>) {
                <$e>::from(self).into_ops(ops);
            }
        }
    )*};
}
constants!(i32 => I32, u32 => I32, u64 => I64);

/// The status of a call to the host.
pub(super) fn host(host: Host, args: Args) -> I32 {
    let mut ops = args.0;
    ops.push(Op::Host(host));
    Expr(Ops::Many(ops), PhantomData)
}

/// The result of a function of the module; it must have one of this type.
pub(super) fn call<T>(fun: Fun, args: Args) -> Expr<T> {
    let mut ops = args.0;
    ops.push(Op::Call(fun));
    Expr(Ops::Many(ops), PhantomData)
}
