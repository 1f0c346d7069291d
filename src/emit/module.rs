//! The policy module of a contract, as the outputs that carry it need it.

use super::wasm::{ModuleMeta, emit_module};
use crate::link::Linked;

/// A module, ready to be carried.
#[derive(Debug, Clone)]
pub(crate) struct PolicyModule {
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// The same as text, for reviewers.
    pub(crate) wat: String,
    /// Name of its state: equal as long as the state can be kept over a reload.
    pub(crate) vm_id: String,
}

/// The module of a contract; `None` when no step of it is for a module. Every output that carries
/// it gets the same bytes; where it runs is said by the plugin's configuration.
pub(crate) fn module_of(linked: &Linked, compiler: &str) -> Option<PolicyModule> {
    let version = linked.contract.version.to_string();
    let compiler = format!("cherryc {compiler}");
    let meta = ModuleMeta {
        contract: &linked.contract.name,
        version: &version,
        compiler: &compiler,
    };
    let module = emit_module(&linked.policy, &meta)?;
    Some(PolicyModule {
        bytes: module.bytes,
        wat: module.wat,
        vm_id: module.vm_id,
    })
}
