//! The policy module of a contract, as the outputs that carry it need it.

use super::wasm::{Module, ModuleMeta, emit_module};
use crate::link::Linked;

/// A module, ready to be carried.
#[derive(Debug, Clone)]
pub(crate) struct PolicyModule {
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// Name of its state: equal as long as the state can be kept over a reload.
    pub(crate) vm_id: String,
}

/// The module of a contract; `None` when no step of it is for a module. Every output that carries
/// it gets the same bytes; where it runs is said by the plugin's configuration.
pub(crate) fn module_of(linked: &Linked, compiler: &str) -> Option<PolicyModule> {
    let module = emit(linked, compiler)?;
    Some(PolicyModule {
        bytes: module.bytes,
        vm_id: module.vm_id,
    })
}

/// The module with everything that is known about it, for the emitter that writes it out.
pub(super) fn emit(linked: &Linked, compiler: &str) -> Option<Module> {
    let version = linked.contract.version.to_string();
    let compiler = format!("cherryc {compiler}");
    let meta = ModuleMeta {
        contract: &linked.contract.name,
        version: &version,
        compiler: &compiler,
    };
    emit_module(&linked.policy, &meta)
}
