//! Contracts as text, linked, for the tests of emitters.

use std::sync::Arc;

use super::{EmitCx, Emitter, Modules};
use crate::contract;
use crate::diag::Diagnostics;
use crate::link::{Overrides, Program, choose_target, link};
use crate::syntax::parse_contract;
use crate::text::{RelPath, Side, SourceMap};

/// Links contracts that have no problems, with `--set` values.
pub(crate) fn program(texts: &[&str], set: &[&str]) -> Program {
    let mut overrides = Overrides::default();
    for value in set {
        overrides.set(value).expect("a value that can be set");
    }
    let mut sources = SourceMap::default();
    let mut sink = Diagnostics::default();
    let mut contracts = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let path = RelPath::new(&format!("c{index}.cherry.yaml")).expect("a path");
        let text: Arc<str> = Arc::from(*text);
        let file = sources.add(path.clone(), Side::New, text.clone());
        let ast = parse_contract(file, &text).into(&mut sink).expect("a tree");
        let lowered = contract::lower(&ast, &path, &contract::Imports::default(), &|_| None);
        let contract = lowered.into(&mut sink).expect("a contract");
        let target = choose_target(&contract, None, &mut sink).expect("a target");
        contracts.push((contract, target));
    }
    let program = link(contracts, &overrides, &mut sink);
    assert!(!sink.has_errors(), "{sink:?}");
    program
}

/// The unit of the first host of a program.
pub(crate) fn unit<'a>(program: &'a Program, modules: &'a Modules) -> EmitCx<'a> {
    EmitCx {
        program,
        host: &program.hosts[0],
        contracts: &program.hosts[0].contracts,
        compiler: "0.0.0",
        modules,
    }
}

/// The artifacts of an emitter as (path, text).
pub(crate) fn artifacts(emitter: &dyn Emitter, program: &Program) -> Vec<(String, String)> {
    let emitted = emitter.emit(&unit(program, &Modules::of(program)));
    assert!(emitted.diagnostics.is_empty(), "{:?}", emitted.diagnostics);
    emitted
        .artifacts
        .into_iter()
        .map(|artifact| {
            let text = String::from_utf8(artifact.bytes).expect("text");
            (artifact.path.as_str().to_owned(), text)
        })
        .collect()
}
