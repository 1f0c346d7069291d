//! The linked program as artifacts: one emitter per output, each a pure function.

mod artifact;
mod emitter;
mod manifest;
mod module;
pub(crate) mod rules;
#[cfg(test)]
mod testing;

mod envoy;
mod istio;
mod wasm;

pub(crate) use artifact::{Artifact, ArtifactSet};
pub(crate) use emitter::{EmitCx, Emitted, Emitter, EmitterMeta, Scope};
pub(crate) use module::Modules;
pub(crate) use wasm::{ModuleMeta, emit_module, unvalidated};

/// Every emitter, in the order in which they run and in which their artifacts are listed.
pub(crate) static EMITTERS: &[&dyn Emitter] = &[&wasm::Wasm, &envoy::Envoy, &istio::Istio];

/// The emitter with this id.
pub(crate) fn emitter(id: &str) -> Option<&'static dyn Emitter> {
    EMITTERS
        .iter()
        .copied()
        .find(|emitter| emitter.meta().id == id)
}
