//! What an emitter is: facts about it, and a pure function.

use super::{Artifact, Modules};
use crate::diag::Diagnostics;
use crate::link::{Host, Linked, Program};

/// What one run of an emitter covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Scope {
    /// One contract.
    Contract,
    /// One host with all its contracts; artifacts go to the folder of the first.
    Host,
}

/// Facts about an emitter.
#[derive(Debug)]
pub(crate) struct EmitterMeta {
    /// Its id, on the command line, in `generate`, and as the name of its folder.
    pub(crate) id: &'static str,
    /// Raised with every change of its output that the inputs do not show, so that locks notice.
    pub(crate) revision: u32,
    /// What one run covers.
    pub(crate) scope: Scope,
    /// One sentence for the help.
    pub(crate) summary: &'static str,
}

/// What an emitter may know: the linked program and the unit it is to write. It never looks at an
/// endpoint's policies in the contract, only at the program and the placement table.
#[derive(Clone, Copy)]
pub(crate) struct EmitCx<'a> {
    /// Everything that was linked.
    pub(crate) program: &'a Program,
    /// The host of the unit.
    pub(crate) host: &'a Host,
    /// The contracts of the unit: one, or all those of the host, by name.
    pub(crate) contracts: &'a [usize],
    /// Version of the compiler.
    pub(crate) compiler: &'a str,
    /// The policy modules of the program.
    pub(crate) modules: &'a Modules,
}

impl<'a> EmitCx<'a> {
    /// The contracts of the unit.
    pub(crate) fn linked(&self) -> impl Iterator<Item = &'a Linked> + use<'a> {
        let program = self.program;
        self.contracts
            .iter()
            .map(move |index| &program.contracts[*index])
    }

    /// The first contract of the unit, whose folder takes the artifacts.
    pub(crate) fn first(&self) -> &'a Linked {
        &self.program.contracts[self.contracts[0]]
    }
}

/// What an emitter made.
#[derive(Debug, Default)]
pub(crate) struct Emitted {
    /// Artifacts, paths relative to the emitter's folder of the unit.
    pub(crate) artifacts: Vec<Artifact>,
    /// Remarks.
    pub(crate) diagnostics: Diagnostics,
}

/// An output: same context, same bytes; no disk, clock, environment or chance.
pub(crate) trait Emitter: Sync {
    /// Facts about it.
    fn meta(&self) -> &'static EmitterMeta;

    /// Writes one unit.
    fn emit(&self, cx: &EmitCx<'_>) -> Emitted;
}
