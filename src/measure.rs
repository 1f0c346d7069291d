//! What benches measure and no command does by itself. Nothing else should call it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::compat::{self, Mode, Policy, Strictness};
use crate::contract::Contract;
use crate::emit::{ModuleMeta, emit_module, unvalidated};
use crate::fs::OsFs;
use crate::ingest::proto::{Loaded, Reuse, Selection, Source, load};
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

/// Parses a Protobuf file and drops the tree.
///
/// # Panics
/// When it has errors.
pub fn parse_protobuf(path: &str, text: &str) {
    let path = RelPath::new(path).expect("the path lies below a root");
    let text: Arc<str> = text.into();
    let file = SourceMap::default().add(path, Side::New, Arc::clone(&text));
    let parsed = crate::syntax::proto::parse(file, &text);
    assert!(!parsed.value.is_broken, "the file has errors");
}

/// Compares two folders of Protobuf files as `diff` does, save that a file which is the same in both
/// is read, parsed and resolved twice. Gives the number of findings.
///
/// # Errors
/// When a folder cannot be opened.
///
/// # Panics
/// When a file has errors.
pub fn compare_apart(old: &Path, new: &Path) -> io::Result<usize> {
    let (old, new) = (OsFs::new(old)?, OsFs::new(new)?);
    let mut sources = SourceMap::default();
    let all = |fs| Source {
        fs,
        roots: vec![RelPath::root()],
        selection: Selection::All,
    };
    let loaded = load(&all(&new), Some(&all(&old)), Reuse::Apart, &mut sources);
    assert!(!loaded.diagnostics.has_errors(), "the files have errors");
    let Loaded { old, new } = loaded.value;
    let old = old.expect("an old side was asked for");
    let policy = Policy::new(Mode::Full, Strictness::Source);
    Ok(compat::check(&old, &new, &policy).iter().count())
}

/// Protobuf files and all that they import, by path below `root`, sorted.
///
/// # Errors
/// When the folder cannot be opened.
///
/// # Panics
/// When a path is no path below `root`.
pub fn closure(root: &Path, files: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let fs = OsFs::new(root)?;
    let path = |file: &PathBuf| {
        let text = file.to_str().and_then(RelPath::new);
        text.expect("the path lies below the root")
    };
    let source = Source {
        fs: &fs,
        roots: vec![RelPath::root()],
        selection: Selection::Files(files.iter().map(path).collect()),
    };
    let loaded = load(&source, None, Reuse::Apart, &mut SourceMap::default()).value;
    let own = loaded.new.units.iter().filter(|unit| !unit.is_builtin);
    Ok(own.map(|unit| PathBuf::from(&*unit.path)).collect())
}
