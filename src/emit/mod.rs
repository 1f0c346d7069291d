//! The linked program as artifacts: one emitter per output, each a pure function.

mod artifact;
mod emitter;
pub(crate) mod rules;
pub(crate) mod wasm;

pub(crate) use artifact::{Artifact, ArtifactPath, ArtifactSet};
pub(crate) use emitter::{EmitCx, Emitted, Emitter, EmitterMeta, Scope};

/// Every emitter, in the order in which they run and in which their artifacts are listed.
pub(crate) static EMITTERS: &[&dyn Emitter] = &[];

/// The emitter with this id.
pub(crate) fn emitter(id: &str) -> Option<&'static dyn Emitter> {
    EMITTERS
        .iter()
        .copied()
        .find(|emitter| emitter.meta().id == id)
}
