//! The module, run by `wasmi` under the test kit's host, against the interpreter of policies, the
//! runtime's state machines and rows written by hand.

mod agreement;
mod behaviour;
mod breaker;
mod crossing;
mod differential;
mod faults;
mod keys;
mod races;
mod structure;

use std::sync::Arc;

use cherry_testkit::wasm_host::{Host, SharedWorld, World};

use super::{Flag, Module, ModuleMeta, emit_module};
use crate::policy::PolicyProgram;
use crate::text::{RelPath, Side, SourceMap};

/// The first sample of the language.
const NINE_LINES: &str = r#"contract: user/v1
version: 1.2.0
endpoints:
- path: /users/{id}
  method: GET
  rate_limit: "100r/s per client_ip"
  circuit_breaker:
    failure_threshold: 5
    timeout_ms: 2000
"#;

const SECOND: u64 = 1_000_000_000;

/// The policies of a contract that has no errors.
fn program(contract: &str) -> PolicyProgram {
    let path = RelPath::new("test.cherry.yaml").expect("a clean path");
    let text: Arc<str> = contract.into();
    let mut sources = SourceMap::default();
    let file = sources.add(path.clone(), Side::New, Arc::clone(&text));
    let ast = crate::syntax::parse_contract(file, &text);
    assert!(!ast.diagnostics.has_errors(), "{contract}");
    let ast = ast.value.expect("a tree");
    let lowered = crate::contract::lower(&ast, &path, &Default::default(), &|_| None);
    let has_errors = lowered.diagnostics.has_errors();
    assert!(!has_errors, "{contract}{:?}", lowered.diagnostics);
    crate::policy::lower(&lowered.value.expect("a contract"))
}

/// A contract with these endpoints, written as `METHOD path` and lines of policies.
fn contract(endpoints: &[(&str, &str)]) -> String {
    let mut text = "contract: user/v1\nversion: 1.0.0\nendpoints:\n".to_owned();
    for (endpoint, policies) in endpoints {
        let (method, path) = endpoint.split_once(' ').expect("METHOD path");
        text.push_str(&format!("- path: \"{path}\"\n  method: \"{method}\"\n"));
        for line in policies.lines() {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}

fn emit(program: &PolicyProgram) -> Module {
    let meta = ModuleMeta {
        contract: &program.contract,
        version: "1.2.0",
        compiler: "cherryc test",
    };
    emit_module(program, &meta).expect("it has policies for a module")
}

/// A world with one host that runs the module of a contract.
fn start(contract: &str, flags: &[Flag]) -> (Host, SharedWorld) {
    let world = World::new(7);
    let module = emit(&program(contract));
    let host = Host::ready(&module.bytes, &world, &Flag::configuration(flags));
    (host, world)
}

/// Chance: SplitMix64, seeded, so that a failure can be run again with `CHERRY_SEED`.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).expect("small")]
    }
}

/// The seeds of a random test.
#[allow(
    clippy::disallowed_methods,
    reason = "a test may be told its seed from outside"
)]
fn seeds(standard: &[u64]) -> Vec<u64> {
    match std::env::var("CHERRY_SEED") {
        Ok(text) => vec![text.parse().expect("CHERRY_SEED is a number")],
        Err(_) => standard.to_vec(),
    }
}
