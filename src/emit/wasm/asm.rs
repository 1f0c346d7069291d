//! A small typed assembler: expressions that know their type. Statements are in `body`.
//!
//! What cannot be written with the two cannot be in a module: there is no `unreachable`, no
//! indirect call, no growing of memory, no division but by a constant other than zero, and the only
//! loops are those of `body`, whose counters go up to a bound that nothing in them changes.

use std::marker::PhantomData;
use std::ops::{Add, BitAnd, BitOr, BitXor, Mul, Shl, Shr, Sub};

use wasm_encoder::ValType;

use super::abi::Host;
use super::functions::Fun;

/// An instruction; calls have no number until the module is put together. Eight bytes without drop,
/// because thousands are moved about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    /// One that stands alone.
    Plain(Code),
    /// A load or a store at an offset.
    Memory(Code, u32),
    I32Const(i32),
    /// The upper half of the constant that follows, when its sign does not tell.
    High(i32),
    I64Const(i32),
    LocalGet(u32),
    LocalSet(u32),
    GlobalGet(u32),
    GlobalSet(u32),
    /// A block, with what it leaves on the stack.
    Block(Leaves),
    /// A block that nothing leaves, and its end: neither is written.
    Group,
    EndGroup,
    Loop,
    If,
    Else,
    End,
    Return,
    Br(u32),
    BrIf(u32),
    Host(Host),
    /// By its [`Fun::number`].
    Call(u32),
}

const _: () = assert!(size_of::<Op>() == 8);

/// What a block leaves on the stack, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Leaves {
    Nothing = 0x40,
    Word = 0x7f,
    Long = 0x7e,
}

impl Leaves {
    /// For a result of this type.
    pub(super) fn of(result: Option<ValType>) -> Self {
        match result {
            None => Leaves::Nothing,
            Some(ValType::I64) => Leaves::Long,
            Some(_) => Leaves::Word,
        }
    }
}

/// The first byte of an instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Code {
    Drop = 0x1a,
    Select = 0x1b,
    I32Load = 0x28,
    I64Load = 0x29,
    I32Load8U = 0x2d,
    I32Load16U = 0x2f,
    I32Store = 0x36,
    I64Store = 0x37,
    I32Store8 = 0x3a,
    I32Store16 = 0x3b,
    I32Eqz = 0x45,
    I32Eq = 0x46,
    I32Ne = 0x47,
    I32LtU = 0x49,
    I32GtU = 0x4b,
    I32LeU = 0x4d,
    I32GeU = 0x4f,
    I64Eqz = 0x50,
    I64Eq = 0x51,
    I64Ne = 0x52,
    I64LtU = 0x54,
    I64GtS = 0x55,
    I64GtU = 0x56,
    I64LeU = 0x58,
    I64GeU = 0x5a,
    I32Add = 0x6a,
    I32Sub = 0x6b,
    I32Mul = 0x6c,
    I32DivU = 0x6e,
    I32And = 0x71,
    I32Or = 0x72,
    I32Xor = 0x73,
    I32Shl = 0x74,
    I32ShrU = 0x76,
    I64Add = 0x7c,
    I64Sub = 0x7d,
    I64Mul = 0x7e,
    I64DivU = 0x80,
    I64And = 0x83,
    I64Or = 0x84,
    I64Xor = 0x85,
    I64Shl = 0x86,
    I64ShrU = 0x88,
    I64Rotl = 0x89,
    I32WrapI64 = 0xa7,
    I64ExtendI32U = 0xad,
}

/// 32 bits: a pointer, a length, a status or a truth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word;
/// 64 bits: a time, a hash or an identity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Long;

/// An expression of type `T`: the instructions that leave its value on the stack.
#[derive(Clone)]
pub(super) struct Expr<T>(pub(super) Ops, PhantomData<T>);

/// Instructions of an expression. Most are few, and need no memory of their own.
#[derive(Clone)]
pub(super) enum Ops {
    Few(u8, [Op; FEW]),
    Many(Vec<Op>),
}

const FEW: usize = 7;

impl Ops {
    const NONE: Ops = Ops::Few(0, [Op::End; FEW]);

    pub(super) fn as_slice(&self) -> &[Op] {
        match self {
            Ops::Few(len, ops) => &ops[..usize::from(*len)],
            Ops::Many(ops) => ops,
        }
    }

    fn push(&mut self, op: Op) {
        match self {
            Ops::Few(len, ops) if usize::from(*len) < FEW => {
                ops[usize::from(*len)] = op;
                *len += 1;
            }
            Ops::Few(_, ops) => {
                let mut many = Vec::with_capacity(4 * FEW);
                many.extend(*ops);
                many.push(op);
                *self = Ops::Many(many);
            }
            Ops::Many(ops) => ops.push(op),
        }
    }

    fn append(&mut self, more: &Ops) {
        // Most are so short that they take less time one by one than together.
        for op in more.as_slice() {
            self.push(*op);
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
        let mut ops = [Op::End; FEW];
        ops[0] = op;
        Expr(Ops::Few(1, ops), PhantomData)
    }

    fn then<U>(mut self, op: Op) -> Expr<U> {
        self.0.push(op);
        Expr(self.0, PhantomData)
    }

    fn with<U, V>(mut self, other: Expr<U>, code: Code) -> Expr<V> {
        self.0.append(&other.0);
        self.then(Op::Plain(code))
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
        let high = i32::try_from(value >> 32).expect("it is one half");
        let low = u32::try_from(value & 0xffff_ffff).expect("it is the other half");
        let low = low.cast_signed();
        if i64::from(low) == value {
            return Expr::of(Op::I64Const(low));
        }
        Expr::<Long>::of(Op::High(high)).then(Op::I64Const(low))
    }
}

impl From<u64> for I64 {
    fn from(value: u64) -> Self {
        I64::from(value.cast_signed())
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
                self.with(right.into(), Code::$word)
            }
        }
        impl<R: Into<I32>> $trait<R> for Var<Word> {
            type Output = I32;
            fn $method(self, right: R) -> I32 {
                I32::from(self).with(right.into(), Code::$word)
            }
        }
        impl<R: Into<I64>> $trait<R> for I64 {
            type Output = I64;
            fn $method(self, right: R) -> I64 {
                self.with(right.into(), Code::$long)
            }
        }
        impl<R: Into<I64>> $trait<R> for Var<Long> {
            type Output = I64;
            fn $method(self, right: R) -> I64 {
                I64::from(self).with(right.into(), Code::$long)
            }
        }
    )*};
}

operators! {
    Add add I32Add I64Add;
    Sub sub I32Sub I64Sub;
    Mul mul I32Mul I64Mul;
    BitAnd bitand I32And I64And;
    BitOr bitor I32Or I64Or;
    BitXor bitxor I32Xor I64Xor;
    Shl shl I32Shl I64Shl;
    Shr shr I32ShrU I64ShrU;
}

/// Comparisons, unsigned; each leaves a truth.
macro_rules! comparisons {
    ($($method:ident $word:ident $long:ident;)*) => {
        impl I32 {$(
            pub(super) fn $method(self, right: impl Into<I32>) -> I32 {
                self.with(right.into(), Code::$word)
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
                self.with(right.into(), Code::$long)
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
    eq I32Eq I64Eq;
    ne I32Ne I64Ne;
    lt I32LtU I64LtU;
    le I32LeU I64LeU;
    gt I32GtU I64GtU;
    ge I32GeU I64GeU;
}

impl I32 {
    /// True when the value is zero.
    pub(super) fn not(self) -> I32 {
        self.then(Op::Plain(Code::I32Eqz))
    }

    /// The same value in 64 bits.
    pub(super) fn long(self) -> I64 {
        self.then(Op::Plain(Code::I64ExtendI32U))
    }

    pub(super) fn load(self, offset: u32) -> I32 {
        self.then(Op::Memory(Code::I32Load, offset))
    }

    pub(super) fn load8(self, offset: u32) -> I32 {
        self.then(Op::Memory(Code::I32Load8U, offset))
    }

    pub(super) fn load16(self, offset: u32) -> I32 {
        self.then(Op::Memory(Code::I32Load16U, offset))
    }

    pub(super) fn load64(self, offset: u32) -> I64 {
        self.then(Op::Memory(Code::I64Load, offset))
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
        self.then(Op::Plain(Code::I64Eqz))
    }

    /// Whether it is above zero, when it is read as signed.
    #[expect(
        clippy::wrong_self_convention,
        reason = "an expression is consumed by the next one"
    )]
    pub(super) fn is_positive(self) -> I32 {
        self.with(I64::from(0_i64), Code::I64GtS)
    }

    /// The low half.
    pub(super) fn low(self) -> I32 {
        self.then(Op::Plain(Code::I32WrapI64))
    }

    pub(super) fn rotate_left(self, by: u32) -> I64 {
        self.with(I64::from(u64::from(by)), Code::I64Rotl)
    }

    /// Division by a constant, which is what keeps it from trapping.
    pub(super) fn over(self, divisor: u64) -> I64 {
        assert_ne!(divisor, 0, "a module never divides by zero");
        self.with(I64::from(divisor), Code::I64DivU)
    }
}

impl I32 {
    /// Division by a constant.
    pub(super) fn over(self, divisor: u32) -> I32 {
        assert_ne!(divisor, 0, "a module never divides by zero");
        self.with(I32::from(divisor), Code::I32DivU)
    }
}

/// `yes` when `cond` is true, else `no`; both are evaluated.
pub(super) fn select<T>(cond: I32, yes: impl Into<Expr<T>>, no: impl Into<Expr<T>>) -> Expr<T> {
    let mut yes = yes.into();
    yes.0.append(&no.into().0);
    yes.with(cond, Code::Select)
}

/// What stands at a fixed address.
pub(super) fn cell(address: u32) -> I32 {
    I32::from(0).load(address)
}

/// The same, 64 bits wide.
pub(super) fn cell64(address: u32) -> I64 {
    I32::from(0).load64(address)
}

/// Arguments of a call, in order.
pub(super) struct Args(pub(super) Ops);

impl Default for Args {
    fn default() -> Self {
        Args(Ops::NONE)
    }
}

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
    fn into_ops(self, ops: &mut Ops);
}

impl<T> IntoOps for Expr<T> {
    fn into_ops(self, ops: &mut Ops) {
        ops.append(&self.0);
    }
}

impl<T> IntoOps for Var<T> {
    fn into_ops(self, ops: &mut Ops) {
        Expr::from(self).into_ops(ops);
    }
}

impl<T> IntoOps for &Global<T> {
    fn into_ops(self, ops: &mut Ops) {
        Expr::from(self).into_ops(ops);
    }
}

macro_rules! constants {
    ($($t:ty => $e:ty),*) => {$(
        impl IntoOps for $t {
            fn into_ops(self, ops: &mut Ops) {
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
    Expr(ops, PhantomData)
}

/// The result of a function of the module; it must have one of this type.
pub(super) fn call<T>(fun: Fun, args: Args) -> Expr<T> {
    let mut ops = args.0;
    ops.push(Op::Call(fun.number()));
    Expr(ops, PhantomData)
}
