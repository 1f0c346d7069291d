//! The policy module of a contract, as the outputs that carry it need it.

use std::sync::OnceLock;

use super::EmitCx;
use super::wasm::{Module, ModuleMeta, emit_module};
use crate::link::{Linked, Program};

/// The modules of a program: each is made once, whichever outputs carry it and whichever of them
/// runs first.
#[derive(Debug)]
pub(crate) struct Modules(Vec<OnceLock<Option<Module>>>);

impl Modules {
    /// Room for the modules of a program; none is made yet.
    pub(crate) fn of(program: &Program) -> Self {
        Modules(program.contracts.iter().map(|_| OnceLock::new()).collect())
    }
}

impl<'a> EmitCx<'a> {
    /// The module of the contract at `index` of the program; `None` when no step of it is for a
    /// module. Every output that carries it gets the same bytes; where it runs is said by the
    /// plugin's configuration.
    pub(crate) fn module(&self, index: usize) -> Option<&'a Module> {
        let make = || module_of(&self.program.contracts[index], self.compiler);
        self.modules.0[index].get_or_init(make).as_ref()
    }
}

/// The module of a contract that stands as it is linked, or with what an output adds to it.
pub(super) fn module_of(linked: &Linked, compiler: &str) -> Option<Module> {
    let version = linked.contract.version.to_string();
    let compiler = format!("cherryc {compiler}");
    let meta = ModuleMeta {
        contract: &linked.contract.name,
        version: &version,
        compiler: &compiler,
    };
    emit_module(&linked.policy, &meta)
}
