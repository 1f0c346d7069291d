//! The emitter: the module's bytes, and its text for reviewers.

use crate::emit::{Artifact, EmitCx, Emitted, Emitter, EmitterMeta, Scope};

/// Writes `<contract>.wasm` and `<contract>.wat`.
pub(crate) struct Wasm;

static META: EmitterMeta = EmitterMeta {
    id: "wasm",
    revision: 3,
    scope: Scope::Contract,
    summary: "the policy module, one per contract",
};

impl Emitter for Wasm {
    fn meta(&self) -> &'static EmitterMeta {
        &META
    }

    fn emit(&self, cx: &EmitCx<'_>) -> Emitted {
        let mut emitted = Emitted::default();
        for &index in cx.contracts {
            // A contract without limits and breakers has no module.
            let Some(module) = cx.module(index) else {
                continue;
            };
            let name = cx.program.contracts[index].contract.name.folder();
            emitted.artifacts.push(Artifact::bytes(
                format!("{name}.wasm"),
                module.bytes.clone(),
            ));
            emitted
                .artifacts
                .push(Artifact::text(format!("{name}.wat"), module.wat()));
        }
        emitted
    }
}
