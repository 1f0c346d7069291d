//! The policy module: one WebAssembly file per contract, for every proxy that speaks proxy-wasm.
//!
//! Four short steps, each in its file: `lower` (policies to a [`program`] of typed statements),
//! `layout` (every address), the bodies of the functions, and `encode` (bytes), which puts functions
//! where they are called once (`inline`) and packs the texts (`pack`). Last, the module is validated:
//! an invalid one is our bug and never leaves.
//!
//! What a module cannot do is held by the assembler in `asm`: trap, loop without end, grow its
//! memory. When the host fails it, a limit fails open and a breaker fails closed, and a counter
//! says so.
//!
//! **State** is shared by all workers of a proxy, through the host's shared data: one seed, 8,192
//! rows of 16 places for the keys of all limits, and one row for each breaker. [`Module::vm_id`]
//! names it, so that a changed contract finds it again.
//!
//! **Size**: the parts that every module has (matching, addresses, the hash, both state machines)
//! are 2.4 KB with a limit alone, 2.9 KB with a breaker alone and 4.1 KB with both; each policy adds
//! about 120 bytes. `cargo test -p cherryc --lib sizes -- --ignored --nocapture` prints the figures.
//!
//! **Telling apart**: a VM is shared by plugins with one `vm_id`, one VM configuration and one
//! module, and flags are the VM's. Two plugins of one module with different flags must therefore
//! have different VM configurations; the same text as the plugin's does it.
//!
//! **Counters**, by the name of the contract (`user.v1`) and of the endpoint (`get_users_id`; `all`
//! for limits at the top of the contract):
//! - `cherry.user.v1.unreadable`: requests whose path the host did not say; they pass.
//! - `cherry.user.v1.get_users_id.passed`: requests that everything asked of them let through.
//! - `cherry.user.v1.get_users_id.rate_limit.0.*`: `limited`; `evicted_in_debt` (a key that still
//!   had debts was forgotten); `cas_exhausted` and `host_error` (the request went on unasked).
//! - `cherry.user.v1.get_users_id.circuit_breaker.*`: `refused`; `probes` (also passed), `opened`,
//!   `closed`; `cas_exhausted` and `host_error` (it went on unasked, or its answer was not counted).
//!
//! The gauge `cherry.user.v1.gen` is the module's own; see `state`.

mod abi;
mod address;
mod admission;
mod asm;
mod body;
mod emitter;
mod encode;
mod functions;
mod hooks;
mod inline;
mod layout;
mod limiter;
mod lower;
mod pack;
mod program;
mod route;
mod state;
mod text;

#[cfg(test)]
mod tests;

pub(crate) use emitter::Wasm;

use encode::Encoded;
use functions::Fun;
use program::FilterProgram;

use crate::contract::ContractName;
#[cfg(test)]
use crate::policy::EndpointProgram;
use crate::policy::PolicyProgram;

/// What a module says about itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ModuleMeta<'a> {
    /// The contract.
    pub(crate) contract: &'a ContractName,
    /// Its version.
    pub(crate) version: &'a str,
    /// The compiler, such as `cherryc 0.1.0`.
    pub(crate) compiler: &'a str,
}

impl ModuleMeta<'_> {
    /// The name of the module: `user/v1 1.2.0`.
    fn module_name(&self) -> String {
        format!("{} {}", self.contract, self.version)
    }
}

/// A module, ready to be embedded or pushed.
#[derive(Debug, Clone)]
pub(crate) struct Module {
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// The name of its state: `vm_config.vm_id`. Equal as long as the state can be kept.
    pub(crate) vm_id: String,
    /// Names of its counters.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for dashboards; tests hold it to what is defined")
    )]
    pub(crate) metrics: Vec<String>,
    name: String,
    names_at: usize,
    functions: Vec<(u32, Fun)>,
}

impl Module {
    /// The module as text, for people, with the names of its functions, which the bytes do without
    /// (they have the contract's name): printed when asked for, since it takes longer than writing
    /// the module.
    pub(crate) fn wat(&self) -> String {
        let unnamed = &self.bytes[..self.names_at];
        wasmprinter::print_bytes(encode::with_names(unnamed, &self.name, &self.functions))
            .unwrap_or_else(|error| panic!("a valid module does not print: {error}"))
    }
}

/// Version of the layout of the state, raised when rows change their meaning.
const STATE_VERSION: u32 = 2;

/// The module of a contract's policies; `None` when no step of it is for a module.
///
/// # Panics
/// When the written module is invalid, which is a bug of this emitter.
pub(crate) fn emit_module(program: &PolicyProgram, meta: &ModuleMeta<'_>) -> Option<Module> {
    let filter = lower::lower(program)?;
    let module = write_module(&filter, meta);
    validate(&module.bytes, meta);
    Some(Module {
        bytes: module.bytes,
        name: meta.module_name(),
        names_at: module.names_at,
        functions: module.numbers,
        vm_id: format!(
            "cherry/{}/s{STATE_VERSION}/u{}x{}",
            program.contract,
            program.unit.tick_ns(),
            program.unit.per_tick()
        ),
        metrics: filter.counters().to_vec(),
    })
}

fn write_module(filter: &FilterProgram, meta: &ModuleMeta<'_>) -> Encoded {
    encode::encode(filter, &layout::Layout::of(filter), meta)
}

fn validate(bytes: &[u8], meta: &ModuleMeta<'_>) {
    let features = wasmparser::WasmFeatures::WASM1;
    if let Err(error) = wasmparser::Validator::new_with_features(features).validate_all(bytes) {
        panic!(
            "the module of {} is invalid, a bug of cherryc: {error}",
            meta.contract
        );
    }
}

/// The bytes of the module alone, for those who measure what writing them takes.
pub(crate) fn unvalidated(program: &PolicyProgram, meta: &ModuleMeta<'_>) -> Option<Vec<u8>> {
    lower::lower(program).map(|filter| write_module(&filter, meta).bytes)
}

/// What the plugin's configuration tells a module about the place where it runs. A module looks
/// for the letters, so the text around them has no other capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Flag {
    /// The filter is entered only for requests that the proxy's routes gave to an endpoint of the
    /// contract.
    Attached,
    /// The client's address is what the proxy put into the filter state `cherry.peer`.
    PeerAddress,
    /// Limits `per global` at the head of an endpoint are enforced natively; see
    /// [`Flag::native_limits`].
    NativeGlobal,
    /// Limits `per client_ip` at the head of an endpoint are enforced natively.
    NativeClientIp,
}

impl Flag {
    /// All of them.
    pub(crate) const ALL: [Flag; 4] = [
        Flag::Attached,
        Flag::PeerAddress,
        Flag::NativeGlobal,
        Flag::NativeClientIp,
    ];

    /// The letter in the configuration.
    pub(crate) const fn letter(self) -> u8 {
        match self {
            Flag::Attached => b'A',
            Flag::PeerAddress => b'P',
            Flag::NativeGlobal => b'G',
            Flag::NativeClientIp => b'C',
        }
    }

    /// The bit in the module: by the letter's number in the alphabet.
    const fn bit(self) -> u32 {
        1 << (self.letter() & 31)
    }

    /// The letters of some bits.
    fn letters(bits: u32) -> String {
        (Flag::ALL.into_iter())
            .filter(|flag| bits & flag.bit() != 0)
            .map(|flag| char::from(flag.letter()))
            .collect()
    }

    /// The text of the plugin's configuration.
    pub(crate) fn configuration(flags: &[Flag]) -> String {
        let bits = flags.iter().fold(0, |bits, flag| bits | flag.bit());
        format!(r#"{{"flags":"{}"}}"#, Flag::letters(bits))
    }

    /// How many limits at the head of an endpoint the module leaves to native filters under these
    /// flags. Native filters stand before the module, so a limit behind one of the module's stays.
    #[cfg(test)]
    pub(crate) fn native_limits(endpoint: &EndpointProgram, flags: &[Flag]) -> usize {
        let bits = flags.iter().fold(0, |bits, flag| bits | flag.bit());
        lower::native_under(endpoint)
            .into_iter()
            .take_while(|needed| needed.is_some_and(|needed| needed & bits == needed))
            .count()
    }
}
