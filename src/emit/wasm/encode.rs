//! From functions to bytes, section by section in the order of the binary format.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, GlobalSection, GlobalType, ImportSection, MemorySection, MemoryType,
    Module, NameMap, NameSection, Section, TypeSection, ValType,
};

use super::ModuleMeta;
use super::abi::Host;
use super::admission::{breaker_bytes, breaker_table};
use super::asm::Op;
use super::body::Body;
use super::functions::{Cx, Fun};
use super::inline::inline;
use super::layout::{Layout, Pool};
use super::program::FilterProgram;

type Signature = (&'static [ValType], Option<ValType>);

/// A module.
pub(super) struct Encoded {
    pub(super) bytes: Vec<u8>,
    /// Its functions by their numbers.
    pub(super) numbers: Vec<(u32, Fun)>,
    /// Where its last section begins, that of names.
    pub(super) names_at: usize,
}

/// The module of a program.
pub(super) fn encode(program: &FilterProgram, layout: &Layout, meta: &ModuleMeta<'_>) -> Encoded {
    let mut cx = Cx {
        program,
        layout,
        pool: Pool::new(layout),
        breakers_at: 0,
        breaker_bytes: breaker_bytes(program),
    };
    cx.breakers_at = cx.pool.own(&breaker_table(program));
    let functions = inline(write_reachable(&mut cx));

    let used: BTreeSet<Host> = functions
        .iter()
        .flat_map(|(_, body)| &body.ops)
        .filter_map(|op| match op {
            Op::Host(host) => Some(*host),
            _ => None,
        })
        .collect();
    let imports: Vec<Host> = Host::all().filter(|host| used.contains(host)).collect();
    let index_of: BTreeMap<Fun, u32> = (count(imports.len())..)
        .zip(&functions)
        .map(|(index, (fun, _))| (*fun, index))
        .collect();
    let mut types = Types::default();
    let import_types: Vec<u32> = imports
        .iter()
        .map(|host| types.index((host.import().2, Some(ValType::I32))))
        .collect();
    let function_types: Vec<u32> = functions
        .iter()
        .map(|(fun, _)| types.index(fun.signature()))
        .collect();

    let mut module = Module::new();
    module.section(&types.section);

    let mut section = ImportSection::new();
    for (host, ty) in imports.iter().zip(import_types) {
        let (from, name, _) = host.import();
        section.import(from, name, EntityType::Function(ty));
    }
    module.section(&section);

    let mut section = FunctionSection::new();
    for ty in function_types {
        section.function(ty);
    }
    module.section(&section);

    let pages = u64::from(layout.pages());
    let mut section = MemorySection::new();
    section.memory(MemoryType {
        minimum: pages,
        maximum: Some(pages),
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    module.section(&section);

    module.section(&globals(program, layout));

    let mut section = ExportSection::new();
    section.export("memory", ExportKind::Memory, 0);
    for (fun, _) in &functions {
        if let Some(name) = fun.export() {
            section.export(name, ExportKind::Func, index_of[fun]);
        }
    }
    module.section(&section);

    let mut section = CodeSection::new();
    for (fun, body) in &functions {
        section.function(&finish(*fun, body, &imports, &index_of));
    }
    module.section(&section);

    let mut section = DataSection::new();
    let at = ConstExpr::i32_const(layout.constants.cast_signed());
    section.active(0, &at, cx.pool.into_bytes());
    module.section(&section);

    module.section(&CustomSection {
        name: "cherryc".into(),
        data: meta.compiler.as_bytes().into(),
    });
    let names_at = module.len();
    // The contract is the name of the module. Names of functions are for people alone, since nothing
    // traps, so that no trace would show them.
    let mut names = NameSection::new();
    names.module(&meta.module_name());
    module.section(&names);
    let numbers = functions.iter().map(|(fun, _)| (index_of[fun], *fun));
    Encoded {
        numbers: numbers.collect(),
        names_at,
        bytes: module.finish(),
    }
}

/// What a module is without its last section, and that with the names of functions too, for people.
pub(super) fn with_names(unnamed: &[u8], name: &str, numbers: &[(u32, Fun)]) -> Vec<u8> {
    let mut functions = NameMap::new();
    for (number, fun) in numbers {
        if let Some(name) = fun.name() {
            functions.append(*number, &name);
        }
    }
    let mut section = NameSection::new();
    section.module(name);
    section.functions(&functions);
    let mut named = unnamed.to_vec();
    section.append_to(&mut named);
    named
}

/// The functions that the exported ones need, in the order in which they are met.
fn write_reachable(cx: &mut Cx<'_>) -> Vec<(Fun, Body)> {
    let mut wanted = vec![
        Fun::AbiVersion,
        Fun::Allocate,
        Fun::VmStart,
        Fun::Configure,
        Fun::RequestHeaders,
    ];
    if cx.program.has_breakers() {
        wanted.extend([Fun::ResponseHeaders, Fun::Log]);
    }
    let mut met: BTreeSet<Fun> = wanted.iter().copied().chain([Fun::Unpack]).collect();
    let mut functions = Vec::new();
    let mut at = 0;
    // Unpacking comes last, when every text has been met.
    let last = Some(Fun::Unpack);
    while let Some(fun) = wanted
        .get(at)
        .copied()
        .or(last.filter(|_| at == wanted.len()))
    {
        at += 1;
        let body = cx.write(fun);
        for op in &body.ops {
            if let Op::Call(callee) = op
                && met.insert(*callee)
            {
                wanted.push(*callee);
            }
        }
        functions.push((fun, body));
    }
    functions
}

/// The bytes of a body, with what is shorter to write in another way written so.
fn finish(fun: Fun, body: &Body, imports: &[Host], index_of: &BTreeMap<Fun, u32>) -> Function {
    let (params, result) = fun.signature();
    // Locals of one type stand together, since they are declared in runs.
    let mut order: Vec<usize> = (0..body.locals.len()).collect();
    order.sort_by_key(|local| body.locals[*local] == ValType::I64);
    let mut place = vec![0; order.len()];
    for (to, from) in order.iter().enumerate() {
        place[*from] = count(params.len() + to);
    }
    let number = |local: u32| match (local as usize).checked_sub(params.len()) {
        Some(own) => place[own],
        None => local,
    };
    let types = order.iter().map(|local| body.locals[*local]);
    let mut function = Function::new_with_locals_types(types);
    let mut sink = function.instructions();
    // Whether each open frame is written: a block that nothing leaves is none.
    let mut frames: Vec<bool> = Vec::new();
    let left = left_blocks(&body.ops);
    let reads = reads(body, params.len());
    let written = |frames: &[bool], depth: u32| {
        let inner = frames.iter().rev().take(depth as usize);
        count(inner.filter(|written| **written).count())
    };
    let mut ops = body.ops.as_slice();
    loop {
        let at = body.ops.len() - ops.len();
        ops = match ops {
            // What stands at the end need not be left.
            [] | [Op::Return] => break,
            // A local that is set and read at once is set in passing, or not at all.
            [Op::LocalSet(set), Op::LocalGet(get), rest @ ..] if set == get => {
                if reads[*set as usize] > 1 {
                    sink.local_tee(number(*set));
                }
                rest
            }
            // To leave when something holds is one instruction.
            [Op::If, Op::Br(to), Op::End, rest @ ..] => {
                sink.br_if(written(&frames, to - 1));
                rest
            }
            [Op::If, Op::Return, Op::End, rest @ ..] if result.is_none() => {
                sink.br_if(written(&frames, count(frames.len())));
                rest
            }
            [Op::Block(_), rest @ ..] if !left[at] => {
                frames.push(false);
                rest
            }
            [Op::End, rest @ ..] if frames.last() == Some(&false) => {
                frames.pop();
                rest
            }
            [op, rest @ ..] => {
                match *op {
                    Op::LocalSet(local) => {
                        sink.local_set(number(local));
                    }
                    Op::LocalGet(local) => {
                        sink.local_get(number(local));
                    }
                    Op::Call(fun) => {
                        sink.call(index_of[&fun]);
                    }
                    Op::Br(depth) => {
                        sink.br(written(&frames, depth));
                    }
                    Op::BrIf(depth) => {
                        sink.br_if(written(&frames, depth));
                    }
                    Op::Host(host) => {
                        let index = imports.iter().position(|import| *import == host);
                        sink.call(count(index.expect("every used call is imported")));
                    }
                    other => other.write(&mut sink),
                }
                match op {
                    Op::Block(_) | Op::Loop | Op::If => frames.push(true),
                    Op::End => {
                        frames.pop();
                    }
                    // Nothing comes behind a branch but the end of what it stands in.
                    Op::Br(_) | Op::Return => {
                        let ends = |op: &Op| matches!(op, Op::End | Op::Else);
                        let dead = rest.iter().take_while(|op| !ends(op) && !opens(op));
                        ops = &rest[dead.count()..];
                        continue;
                    }
                    _ => {}
                }
                rest
            }
        };
    }
    sink.end();
    function
}

fn opens(op: &Op) -> bool {
    matches!(op, Op::Block(_) | Op::Loop | Op::If)
}

/// How often each local is read.
fn reads(body: &Body, params: usize) -> Vec<u32> {
    let mut reads = vec![0; params + body.locals.len()];
    for op in &body.ops {
        if let Op::LocalGet(local) = op {
            reads[*local as usize] += 1;
        }
    }
    reads
}

/// For each instruction, whether it begins something that a branch leaves.
fn left_blocks(ops: &[Op]) -> Vec<bool> {
    let mut left = vec![false; ops.len()];
    let mut open = Vec::new();
    for (at, op) in ops.iter().enumerate() {
        match op {
            Op::Block(_) | Op::Loop | Op::If => open.push(at),
            Op::End => {
                open.pop();
            }
            Op::Br(depth) | Op::BrIf(depth) => left[open[open.len() - 1 - *depth as usize]] = true,
            _ => {}
        }
    }
    left
}

/// The globals that stand in [`functions`](super::functions), in their order; those of limits are
/// the last, and of these that of keys cut from the path.
fn globals(program: &FilterProgram, layout: &Layout) -> GlobalSection {
    use ValType::{I32 as W, I64 as L};
    const ALL: [ValType; 13] = [W, W, L, W, W, W, W, W, W, W, W, L, W];
    let have = match (program.has_limits(), program.reads_path()) {
        (_, true) => ALL.len(),
        (true, false) => ALL.len() - 1,
        (false, false) => ALL.len() - 2,
    };
    let mut section = GlobalSection::new();
    for (number, val_type) in ALL.into_iter().take(have).enumerate() {
        let ty = GlobalType {
            val_type,
            mutable: true,
            shared: false,
        };
        let init = match val_type {
            L => ConstExpr::i64_const(0),
            _ if number == 0 => ConstExpr::i32_const(layout.arena.cast_signed()),
            _ => ConstExpr::i32_const(0),
        };
        section.global(ty, &init);
    }
    section
}

/// Function types, each once.
#[derive(Default)]
struct Types {
    known: Vec<Signature>,
    section: TypeSection,
}

impl Types {
    fn index(&mut self, signature: Signature) -> u32 {
        let known = self.known.iter().position(|known| *known == signature);
        count(known.unwrap_or_else(|| {
            let (params, result) = signature;
            self.section.ty().function(params.iter().copied(), result);
            self.known.push(signature);
            self.known.len() - 1
        }))
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).expect("a module is far below four billion of anything")
}
