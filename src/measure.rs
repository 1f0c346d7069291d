//! What benches measure and no command does by itself. Nothing else should call it.

use std::sync::Arc;

use crate::contract::Contract;
use crate::emit::{ModuleMeta, emit_module, unvalidated};
use crate::policy::PolicyProgram;
use crate::text::{RelPath, Side, SourceMap};

/// A contract with its policies, ready to become a module.
#[derive(Debug)]
pub struct Emission {
    contract: Contract,
    version: String,
    policies: PolicyProgram,
}

impl Emission {
    /// Reads a contract that stands alone.
    ///
    /// # Panics
    /// When it has errors.
    pub fn of(text: &str) -> Self {
        let path = RelPath::new("bench.cherry.yaml").expect("a plain name is a path");
        let text: Arc<str> = text.into();
        let file = SourceMap::default().add(path.clone(), Side::New, Arc::clone(&text));
        let tree = crate::syntax::parse_contract(file, &text);
        let tree = tree.value.expect("the contract is YAML");
        let lowered = crate::contract::lower(&tree, &path, &Default::default(), &|_| None);
        assert!(!lowered.diagnostics.has_errors(), "the contract has errors");
        let contract = lowered.value.expect("a contract without errors");
        Emission {
            policies: crate::policy::lower(&contract),
            version: contract.version.to_string(),
            contract,
        }
    }

    /// Writes the module: the filter program, its layout and its bytes.
    ///
    /// # Panics
    /// When no policy of the contract is for a module.
    pub fn write(&self) -> Vec<u8> {
        unvalidated(&self.policies, &self.meta()).expect("the contract has policies")
    }

    /// Writes the module and validates it, which is all that an emission is.
    ///
    /// # Panics
    /// When no policy of the contract is for a module.
    pub fn emit(&self) -> Vec<u8> {
        let module = emit_module(&self.policies, &self.meta());
        module.expect("the contract has policies").bytes
    }

    fn meta(&self) -> ModuleMeta<'_> {
        ModuleMeta {
            contract: &self.contract.name,
            version: &self.version,
            compiler: concat!("cherryc ", env!("CARGO_PKG_VERSION")),
        }
    }
}
