//! Service contracts that compile.
//!
//! One `.cherry.yaml` contract becomes everything at a service's boundary. The floors, in reading
//! order, are `text` and `fs` (bytes), `diag` (how to speak), `schema` (the waist), `syntax` (text
//! to trees), `ingest` and `contract` (what the trees mean), `policy` (what a policy does), `link`
//! (contracts to one program), `emit` (the program to artifacts) and `driver` (all of it over a
//! disk). Imports run down these floors; a test holds them.
//!
//! ```
//! use cherryc::{Choices, Compiler, MemoryFs, RelPath, Severity, WriteFs};
//!
//! let contract = "contract: user/v1
//! version: 1.2.0
//! endpoints:
//! - path: /users/{id}
//!   method: GET
//!   rate_limit: \"100/s per client_ip\"
//! ";
//! let fs = MemoryFs::new();
//! let path = RelPath::new("user.cherry.yaml").expect("a plain name is a path");
//! fs.write(&path, contract.as_bytes()).expect("memory takes every file");
//!
//! let report = Compiler::new(&fs).check(&[RelPath::root()], &Choices::default());
//! let finding = report.findings.iter().next().expect("the rate lacks its `r`");
//! assert_eq!(finding.headline(), "expected `r/` after 100: write `100r/s per client_ip`");
//! assert_eq!(report.exit_code(Some(Severity::Error)), 2);
//! ```

mod text;

mod fs;

mod git;

mod diag;

mod schema;

mod syntax;

mod ingest;

mod contract;

mod policy;

mod link;

mod compat;

mod lint;

mod emit;

mod rules;

mod driver;

#[doc(hidden)]
pub mod fuzz;

#[doc(hidden)]
pub mod measure;

pub use diag::{
    Breaks, Bump, Category, Comparison, Diagnostic, Directions, Findings, Format, Label, Level,
    Order, Outcome, Parties, RenderOptions, Rule, Severity, Status, Summary, Undecided, Verdict,
    Witness, render,
};
pub use driver::{
    Built, Choices, Compared, Compiler, DiffChoices, InputKind, Mode, OutFolder, Reading, Release,
    Report, Simulated, Stability, Strictness, VERSION, Versions, Wanted, compare_versions,
    first_contract, is_version, schemas,
};
pub use fs::{ContentId, EntryKind, MemoryFs, OsFs, ReadFs, Stamps, WriteFs};
pub use git::{GitError, GitFs, GitRepo};
pub use rules::{find, named, nearest_rule, page, rules, rules_markdown};
pub use text::{FileId, RelPath, Side, SourceFile, SourceMap, Span, is_day};
