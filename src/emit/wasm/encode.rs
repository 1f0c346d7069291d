//! From functions to bytes, section by section in the order of the binary format.

use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, EntityType, ExportKind, ExportSection,
    FunctionSection, GlobalSection, GlobalType, ImportSection, MemorySection, MemoryType, Module,
    NameMap, NameSection, Section, TypeSection, ValType,
};

use super::ModuleMeta;
use super::abi::Host;
use super::admission::{breaker_bytes, breaker_table};
use super::asm::{Leaves, Op};
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
        names_len: 0,
        breakers_at: 0,
        breaker_bytes: breaker_bytes(program),
    };
    cx.breakers_at = cx.pool.own(&breaker_table(program));
    let Reachable {
        functions,
        calls,
        hosts: used,
    } = write_reachable(&mut cx);
    let functions = inline(functions, &calls);

    let imports: Vec<Host> = Host::all().filter(|host| used[*host as usize]).collect();
    let mut hosts = [u32::MAX; Host::COUNT];
    for (number, host) in (0..).zip(&imports) {
        hosts[*host as usize] = number;
    }
    let mut index_of = vec![u32::MAX; calls.len()];
    for (index, (fun, _)) in (count(imports.len())..).zip(&functions) {
        index_of[fun.number() as usize] = index;
    }
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
            section.export(name, ExportKind::Func, index_of[fun.number() as usize]);
        }
    }
    module.section(&section);

    let numbers = functions
        .iter()
        .map(|(fun, _)| (index_of[fun.number() as usize], *fun));
    let numbers = numbers.collect();
    let mut section = CodeSection::new();
    let mut writer = Writer::new(hosts, index_of);
    for (fun, body) in &functions {
        section.raw(writer.body(*fun, body));
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
    Encoded {
        numbers,
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

/// Functions, and what they call.
struct Reachable {
    functions: Vec<(Fun, Body)>,
    /// How often each function is called, by number.
    calls: Vec<u32>,
    /// Whether each call to the host is made.
    hosts: [bool; Host::COUNT],
}

/// The functions that the exported ones need, in the order in which they are met.
fn write_reachable(cx: &mut Cx<'_>) -> Reachable {
    let mut wanted = vec![
        Fun::Enter,
        Fun::Allocate,
        Fun::VmStart,
        Fun::Configure,
        Fun::RequestHeaders,
    ];
    if cx.program.has_breakers() {
        wanted.extend([Fun::ResponseHeaders, Fun::Log]);
    }
    let all = Fun::Endpoint(count(cx.program.endpoints.len())).number() as usize;
    let mut met = vec![false; all];
    for fun in wanted.iter().chain([&Fun::Unpack]) {
        met[fun.number() as usize] = true;
    }
    let mut reachable = Reachable {
        functions: Vec::with_capacity(64),
        calls: vec![0; all],
        hosts: [false; Host::COUNT],
    };
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
            match op {
                Op::Call(callee) => {
                    let callee = *callee as usize;
                    reachable.calls[callee] += 1;
                    if !std::mem::replace(&mut met[callee], true) {
                        wanted.push(Fun::of(count(callee)));
                    }
                }
                Op::Host(host) => reachable.hosts[*host as usize] = true,
                _ => {}
            }
        }
        reachable.functions.push((fun, body));
    }
    reachable
}

/// Writes bodies, with what is shorter to write in another way written so.
struct Writer {
    /// Numbers of the calls to the host and of the functions.
    hosts: [u32; Host::COUNT],
    functions: Vec<u32>,
    bytes: Vec<u8>,
    // What is known of one body.
    /// Where its locals are: those of one type stand together, since they are declared in runs.
    places: Vec<u32>,
    /// How often each is read.
    reads: Vec<u32>,
    /// Whether each open frame is written.
    frames: Vec<bool>,
}

impl Writer {
    fn new(hosts: [u32; Host::COUNT], functions: Vec<u32>) -> Self {
        Writer {
            hosts,
            functions,
            bytes: Vec::with_capacity(2048),
            places: Vec::new(),
            reads: Vec::new(),
            frames: Vec::new(),
        }
    }

    /// The bytes of a body.
    fn body(&mut self, fun: Fun, body: &Body) -> &[u8] {
        let (params, result) = fun.signature();
        self.bytes.clear();
        self.locals(params.len(), &body.locals);
        self.count_reads(&body.ops);
        self.ops(&body.ops, result.is_none());
        &self.bytes
    }

    /// Declares the locals.
    fn locals(&mut self, params: usize, locals: &[ValType]) {
        self.places.clear();
        self.places.extend(0..count(params + locals.len()));
        let mut next = count(params);
        let mut runs = [0, 0];
        for (run, long) in [false, true].into_iter().enumerate() {
            for (local, ty) in locals.iter().enumerate() {
                if (*ty == ValType::I64) == long {
                    self.places[params + local] = next;
                    next += 1;
                    runs[run] += 1;
                }
            }
        }
        self.unsigned(count(runs.iter().filter(|run| **run > 0).count()));
        for (run, ty) in runs.into_iter().zip([Leaves::Word, Leaves::Long]) {
            if run > 0 {
                self.unsigned(run);
                self.bytes.push(ty as u8);
            }
        }
    }

    fn count_reads(&mut self, ops: &[Op]) {
        self.reads.clear();
        self.reads.resize(self.places.len(), 0);
        for op in ops {
            if let Op::LocalGet(local) = op {
                self.reads[*local as usize] += 1;
            }
        }
    }

    fn ops(&mut self, mut ops: &[Op], returns_nothing: bool) {
        self.frames.clear();
        let mut high = None;
        while let [op, rest @ ..] = ops {
            ops = rest;
            match *op {
                Op::LocalGet(local) => self.local(LOCAL_GET, local),
                Op::I32Const(value) => {
                    self.bytes.push(I32_CONST);
                    self.signed(value.into());
                }
                Op::Plain(code) => self.bytes.push(code as u8),
                Op::Memory(code, offset) => {
                    // Nothing is assumed about alignment: hosts hand out texts that begin anywhere.
                    self.bytes.extend([code as u8, 0]);
                    self.unsigned(offset);
                }
                Op::LocalSet(local) => match rest {
                    // One that is set and read at once is set in passing, or not at all.
                    [Op::LocalGet(read), rest @ ..] if *read == local => {
                        if self.reads[local as usize] > 1 {
                            self.local(LOCAL_TEE, local);
                        }
                        ops = rest;
                    }
                    _ => self.local(LOCAL_SET, local),
                },
                Op::GlobalGet(global) => self.with(GLOBAL_GET, global),
                Op::GlobalSet(global) => self.with(GLOBAL_SET, global),
                Op::High(value) => high = Some(value),
                Op::I64Const(low) => {
                    self.bytes.push(I64_CONST);
                    self.signed(match high.take() {
                        Some(high) => i64::from(high) << 32 | i64::from(low.cast_unsigned()),
                        None => low.into(),
                    });
                }
                Op::Host(host) => self.with(CALL, self.hosts[host as usize]),
                Op::Call(number) => self.with(CALL, self.functions[number as usize]),
                Op::If => match rest {
                    // To leave when something holds is one instruction.
                    [Op::Br(to), Op::End, rest @ ..] => {
                        self.branch(BR_IF, *to - 1);
                        ops = rest;
                    }
                    [Op::Return, Op::End, rest @ ..] if returns_nothing => {
                        self.branch(BR_IF, count(self.frames.len()));
                        ops = rest;
                    }
                    _ => self.open(IF, Leaves::Nothing),
                },
                Op::Block(leaves) => self.open(BLOCK, leaves),
                Op::Loop => self.open(LOOP, Leaves::Nothing),
                Op::Group => self.frames.push(false),
                Op::EndGroup => {
                    self.frames.pop();
                }
                Op::Else => self.bytes.push(ELSE),
                Op::End => {
                    self.bytes.push(END);
                    self.frames.pop();
                }
                Op::BrIf(depth) => self.branch(BR_IF, depth),
                Op::Br(depth) => {
                    self.branch(BR, depth);
                    ops = skip_dead(rest);
                }
                // What stands at the end need not be left.
                Op::Return if rest.is_empty() => {}
                Op::Return => {
                    self.bytes.push(RETURN);
                    ops = skip_dead(rest);
                }
            }
        }
        self.bytes.push(END);
    }

    fn open(&mut self, code: u8, leaves: Leaves) {
        self.bytes.extend([code, leaves as u8]);
        self.frames.push(true);
    }

    /// Leaves this many frames, of which some are not written.
    fn branch(&mut self, code: u8, depth: u32) {
        let inner = self.frames.iter().rev().take(depth as usize);
        let written = inner.filter(|written| **written).count();
        self.with(code, count(written));
    }

    fn local(&mut self, code: u8, local: u32) {
        self.with(code, self.places[local as usize]);
    }

    fn with(&mut self, code: u8, number: u32) {
        self.bytes.push(code);
        self.unsigned(number);
    }

    /// A number in groups of seven bits, the lowest first.
    fn unsigned(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.bytes.push(low_byte(value.into()) | 0x80);
            value >>= 7;
        }
        self.bytes.push(low_byte(value.into()));
    }

    /// The same for one with a sign.
    fn signed(&mut self, mut value: i64) {
        while !(-0x40..0x40).contains(&value) {
            self.bytes.push(low_byte(value) | 0x80);
            value >>= 7;
        }
        self.bytes.push(low_byte(value) & 0x7f);
    }
}

fn low_byte(value: i64) -> u8 {
    value.to_le_bytes()[0]
}

/// Nothing comes behind a branch but the end of what it stands in.
fn skip_dead(ops: &[Op]) -> &[Op] {
    let lives = |op: &Op| {
        matches!(
            op,
            Op::End | Op::EndGroup | Op::Else | Op::Block(_) | Op::Group | Op::Loop | Op::If
        )
    };
    &ops[ops.iter().position(lives).unwrap_or(ops.len())..]
}

// First bytes of the instructions that have a number or a type behind them, or that nest.
const BLOCK: u8 = 0x02;
const LOOP: u8 = 0x03;
const IF: u8 = 0x04;
const ELSE: u8 = 0x05;
const END: u8 = 0x0b;
const BR: u8 = 0x0c;
const BR_IF: u8 = 0x0d;
const RETURN: u8 = 0x0f;
const CALL: u8 = 0x10;
const LOCAL_GET: u8 = 0x20;
const LOCAL_SET: u8 = 0x21;
const LOCAL_TEE: u8 = 0x22;
const GLOBAL_GET: u8 = 0x23;
const GLOBAL_SET: u8 = 0x24;
const I32_CONST: u8 = 0x41;
const I64_CONST: u8 = 0x42;

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
