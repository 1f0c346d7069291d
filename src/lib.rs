//! Service contracts that compile.
//!
//! One `.cherry.yaml` contract becomes everything at a service's boundary. The floors, in reading
//! order, are `text` and `fs` (bytes), `diag` (how to speak), `syntax` (text to trees), `contract`
//! and `ingest` (what the trees mean), `policy` (what a policy does), `link` (contracts to one
//! program), `emit` (the program to artifacts) and `driver` (all of it over a disk). Imports run
//! down these floors; a test holds them.

mod contract;
mod diag;
mod fs;
mod ingest;
mod policy;
mod schema;
mod syntax;
mod text;
