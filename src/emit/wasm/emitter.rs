//! The emitter: the module's bytes, and its text for reviewers.

use crate::emit::module;
use crate::emit::{Artifact, EmitCx, Emitted, Emitter, EmitterMeta, Scope};

/// Writes `<contract>.wasm` and `<contract>.wat`.
pub(crate) struct Wasm;

static META: EmitterMeta = EmitterMeta {
    id: "wasm",
    revision: 1,
    scope: Scope::Contract,
    summary: "the policy module, one per contract",
};

impl Emitter for Wasm {
    fn meta(&self) -> &'static EmitterMeta {
        &META
    }

    fn emit(&self, cx: &EmitCx<'_>) -> Emitted {
        let mut emitted = Emitted::default();
        for linked in cx.linked() {
            // A contract without limits and breakers has no module.
            let Some(module) = module::emit(linked, cx.compiler) else {
                continue;
            };
            let name = linked.contract.name.folder();
            let text = module.wat();
            emitted
                .artifacts
                .push(Artifact::bytes(format!("{name}.wasm"), module.bytes));
            emitted
                .artifacts
                .push(Artifact::text(format!("{name}.wat"), text));
        }
        emitted
    }
}
