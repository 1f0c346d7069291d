//! Statements: the body of a function, nested by closures.

use std::marker::PhantomData;

use wasm_encoder::ValType;

use super::asm::{Args, Code, Expr, Global, I32, I64, Leaves, Long, Op, Var, Word};
use super::functions::Fun;

/// A place to leave for: the end of a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exit {
    depth: u32,
    /// Its number among all of the body.
    number: usize,
}

/// The body of a function under construction.
pub(super) struct Body {
    params: u32,
    pub(super) locals: Vec<ValType>,
    pub(super) ops: Vec<Op>,
    depth: u32,
    /// How many loops are open.
    loops: u32,
    /// Whether each exit is ever taken.
    taken: Vec<bool>,
}

impl Body {
    /// A function with this many parameters.
    pub(super) fn new(params: usize) -> Self {
        Body {
            params: u32::try_from(params).expect("functions have few parameters"),
            locals: Vec::new(),
            // Most functions are shorter.
            ops: Vec::with_capacity(128),
            depth: 0,
            loops: 0,
            taken: Vec::new(),
        }
    }

    /// Parameter `index`; its type is the one the function was declared with.
    pub(super) fn param<T>(&self, index: u32) -> Var<T> {
        debug_assert!(index < self.params);
        Var(index, PhantomData)
    }

    /// The number of a new local, which is zero at first.
    pub(super) fn add_local(&mut self, ty: ValType) -> u32 {
        let index = self.params + u32::try_from(self.locals.len()).expect("few locals");
        self.locals.push(ty);
        index
    }

    fn local<T>(&mut self, ty: ValType) -> Var<T> {
        Var(self.add_local(ty), PhantomData)
    }

    /// A new local, zero at first.
    pub(super) fn word(&mut self) -> Var<Word> {
        self.local(ValType::I32)
    }

    /// A new local, zero at first.
    pub(super) fn long(&mut self) -> Var<Long> {
        self.local(ValType::I64)
    }

    /// A new local with a value.
    pub(super) fn let_word(&mut self, value: impl Into<I32>) -> Var<Word> {
        let var = self.word();
        self.set(var, value);
        var
    }

    /// A new local with a value.
    pub(super) fn let_long(&mut self, value: impl Into<I64>) -> Var<Long> {
        let var = self.long();
        self.set(var, value);
        var
    }

    fn push<T>(&mut self, value: Expr<T>) {
        match value.0.as_slice() {
            [op] => self.ops.push(*op),
            ops => self.ops.extend_from_slice(ops),
        }
    }

    fn plain(&mut self, op: Op) {
        self.ops.push(op);
    }

    pub(super) fn set<T>(&mut self, var: Var<T>, value: impl Into<Expr<T>>) {
        self.push(value.into());
        self.plain(Op::LocalSet(var.0));
    }

    pub(super) fn set_global<T>(&mut self, global: &Global<T>, value: impl Into<Expr<T>>) {
        self.push(value.into());
        self.plain(Op::GlobalSet(global.0));
    }

    pub(super) fn store(&mut self, to: impl Into<I32>, offset: u32, value: impl Into<I32>) {
        self.push(to.into());
        self.push(value.into());
        self.plain(Op::Memory(Code::I32Store, offset));
    }

    pub(super) fn store8(&mut self, to: impl Into<I32>, offset: u32, value: impl Into<I32>) {
        self.push(to.into());
        self.push(value.into());
        self.plain(Op::Memory(Code::I32Store8, offset));
    }

    pub(super) fn store16(&mut self, to: impl Into<I32>, offset: u32, value: impl Into<I32>) {
        self.push(to.into());
        self.push(value.into());
        self.plain(Op::Memory(Code::I32Store16, offset));
    }

    pub(super) fn store64(&mut self, to: impl Into<I32>, offset: u32, value: impl Into<I64>) {
        self.push(to.into());
        self.push(value.into());
        self.plain(Op::Memory(Code::I64Store, offset));
    }

    /// Sets what stands at a fixed address.
    pub(super) fn set_cell(&mut self, address: u32, value: impl Into<I32>) {
        self.store(0, address, value);
    }

    /// Calls a function that returns nothing.
    pub(super) fn run(&mut self, fun: Fun, args: Args) {
        debug_assert!(fun.signature().1.is_none(), "{fun:?} returns something");
        self.ops.extend_from_slice(args.0.as_slice());
        self.ops.push(Op::Call(fun.number()));
    }

    /// Evaluates and forgets.
    pub(super) fn forget<T>(&mut self, value: Expr<T>) {
        self.push(value);
        self.plain(Op::Plain(Code::Drop));
    }

    /// The same for a condition that is taken before something else is done.
    pub(super) fn when_before(
        &mut self,
        cond: I32,
        first: impl FnOnce(&mut Body),
        then: impl FnOnce(&mut Body),
    ) {
        // It waits on the stack.
        self.push(cond);
        first(self);
        self.plain(Op::If);
        self.inside(then);
    }

    pub(super) fn when(&mut self, cond: I32, then: impl FnOnce(&mut Body)) {
        self.push(cond);
        self.plain(Op::If);
        self.inside(then);
    }

    pub(super) fn when_else(
        &mut self,
        cond: I32,
        then: impl FnOnce(&mut Body),
        otherwise: impl FnOnce(&mut Body),
    ) {
        self.push(cond);
        self.plain(Op::If);
        self.depth += 1;
        then(self);
        self.depth -= 1;
        self.plain(Op::Else);
        self.inside(otherwise);
    }

    /// The same for two branches that share what they are written with.
    pub(super) fn if_else<C>(
        &mut self,
        cx: &mut C,
        cond: I32,
        then: impl FnOnce(&mut C, &mut Body),
        otherwise: impl FnOnce(&mut C, &mut Body),
    ) {
        self.push(cond);
        self.plain(Op::If);
        self.depth += 1;
        then(cx, self);
        self.plain(Op::Else);
        otherwise(cx, self);
        self.depth -= 1;
        self.plain(Op::End);
    }

    fn inside(&mut self, body: impl FnOnce(&mut Body)) {
        self.depth += 1;
        body(self);
        self.depth -= 1;
        self.plain(Op::End);
    }

    /// A block that can be left early.
    pub(super) fn block(&mut self, body: impl FnOnce(&mut Body, Exit)) {
        let start = self.ops.len();
        self.plain(Op::Block(Leaves::Nothing));
        let exit = self.exit();
        self.inside(|f| body(f, exit));
        if !self.taken[exit.number] {
            let end = self.ops.len() - 1;
            self.ops[start] = Op::Group;
            self.ops[end] = Op::EndGroup;
        }
    }

    /// The end of the block or loop that begins here.
    fn exit(&mut self) -> Exit {
        self.taken.push(false);
        Exit {
            depth: self.depth + 1,
            number: self.taken.len() - 1,
        }
    }

    pub(super) fn leave(&mut self, exit: Exit) {
        self.taken[exit.number] = true;
        self.plain(Op::Br(self.depth - exit.depth));
    }

    pub(super) fn leave_if(&mut self, exit: Exit, cond: I32) {
        self.push(cond);
        self.taken[exit.number] = true;
        self.plain(Op::BrIf(self.depth - exit.depth));
    }

    /// Runs the body with a counter from zero up to `end`, which is evaluated once. The body may
    /// leave the loop by its exit. It must not set the counter, which a test of every module holds.
    pub(super) fn count_to(
        &mut self,
        end: impl Into<I32>,
        body: impl FnOnce(&mut Body, Var<Word>, Exit),
    ) {
        let counter = self.counter();
        let end: I32 = end.into();
        // A variable is its own bound, unless the body changes it.
        let (bound, copied) = match end.0.as_slice() {
            [Op::LocalGet(local)] => (Var(*local, PhantomData), false),
            _ => (self.let_word(end), true),
        };
        let start = self.ops.len();
        let exit = self.exit();
        self.plain(Op::Loop);
        self.push(counter.lt(bound));
        self.plain(Op::If);
        self.depth += 2;
        self.loops += 1;
        body(self, counter, exit);
        self.set(counter, counter + 1);
        self.plain(Op::Br(1));
        self.loops -= 1;
        self.depth -= 2;
        self.ops.extend([Op::End, Op::End]);
        if self.taken[exit.number] {
            // Two frames as well: a block to leave, and the loop, which then needs no condition.
            let head = [
                Op::Block(Leaves::Nothing),
                Op::Loop,
                Op::LocalGet(counter.0),
                Op::LocalGet(bound.0),
                Op::Plain(Code::I32GeU),
                Op::BrIf(1),
            ];
            self.ops.splice(start..start + 5, head);
            let back = self.ops.len() - 3;
            self.ops[back] = Op::Br(0);
        }
        let changes = |op: &Op| matches!(op, Op::LocalSet(local) if *local == bound.0);
        if !copied && self.ops[start..].iter().any(changes) {
            let own = self.word();
            let reads = |op: &&mut Op| matches!(op, Op::LocalGet(local) if *local == bound.0);
            let check = self.ops[start..].iter_mut().find(reads);
            *check.expect("the loop begins with it") = Op::LocalGet(own.0);
            let copy = [Op::LocalGet(bound.0), Op::LocalSet(own.0)];
            self.ops.splice(start..start, copy);
        }
    }

    /// The same, but once at least: for a body that does no harm when there is nothing to do. The
    /// bound is a variable, or a global, that nothing in the body writes to.
    pub(super) fn once_or_to(
        &mut self,
        bound: impl Into<I32>,
        body: impl FnOnce(&mut Body, Var<Word>),
    ) {
        self.repeat(bound.into(), body);
    }

    /// Runs the body `times` times, which is at least once. The same holds for its counter.
    pub(super) fn times(&mut self, times: u32, body: impl FnOnce(&mut Body, Var<Word>)) {
        assert_ne!(times, 0, "a loop whose end decides runs once at least");
        self.repeat(times.into(), body);
    }

    fn repeat(&mut self, bound: I32, body: impl FnOnce(&mut Body, Var<Word>)) {
        let counter = self.counter();
        self.plain(Op::Loop);
        self.loops += 1;
        self.inside(|f| {
            body(f, counter);
            f.set(counter, counter + 1);
            f.push(counter.lt(bound));
            f.plain(Op::BrIf(0));
        });
        self.loops -= 1;
    }

    /// A local that is zero before a loop. Locals are zero at first, so it is set only where the
    /// loop is run again by another.
    fn counter(&mut self) -> Var<Word> {
        let counter = self.word();
        if self.loops > 0 {
            self.set(counter, 0);
        }
        counter
    }

    pub(super) fn give<T>(&mut self, value: impl Into<Expr<T>>) {
        self.push(value.into());
        self.plain(Op::Return);
    }

    pub(super) fn give_nothing(&mut self) {
        self.plain(Op::Return);
    }

    pub(super) fn give_nothing_if(&mut self, cond: I32) {
        self.when(cond, Body::give_nothing);
    }

    /// The value that the function ends with.
    pub(super) fn end<T>(&mut self, value: impl Into<Expr<T>>) {
        self.push(value.into());
    }
}
