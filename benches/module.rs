//! The module: what emitting it takes, and its size.
//!
//! The library has no door to one emitter, and none is made for a bench: a build in memory with
//! the `wasm` output, less a check of the same contract, is the emission together with printing
//! the module as text, hashing and locking. The figure is therefore an upper bound.

use std::io;
use std::time::Instant;

use cherryc::{Choices, Compiler, MemoryFs, OutFolder, RelPath, Wanted, WriteFs};

use super::{Table, median, workspace};

const RUNS: usize = 300;

/// Policies of the nine-line contract: a limit and a breaker.
const POLICIES: f64 = 2.0;

pub(super) fn measure(table: &mut Table) -> io::Result<()> {
    let mut checks = Vec::new();
    let mut builds = Vec::new();
    let mut bytes = 0;
    for _ in 0..RUNS {
        let fs = MemoryFs::new();
        let file = RelPath::new("user.cherry.yaml").expect("a plain name is a path");
        fs.write(&file, workspace::NINE_LINES.as_bytes())?;
        let choices = Choices::default();
        let roots = [RelPath::root()];
        let compiler = Compiler::new(&fs);
        let start = Instant::now();
        let report = compiler.check(&roots, &choices);
        checks.push(start.elapsed().as_secs_f64() * 1e6);
        assert_eq!(report.findings.iter().count(), 0, "the sample is clean");
        // `wasm` alone enforces nothing, so the manifest comes along.
        let wanted = Wanted {
            emitters: Some(vec!["wasm", "bundle"]),
            ..Wanted::default()
        };
        let out = OutFolder {
            fs: &fs,
            base: RelPath::new("out").expect("a plain name is a path"),
            is_given: false,
        };
        let start = Instant::now();
        let built = compiler.build(&roots, &choices, &wanted, &out);
        builds.push(start.elapsed().as_secs_f64() * 1e6);
        let files = fs.files();
        let modules = built
            .changed
            .iter()
            .filter(|path| path.as_str().ends_with(".wasm"));
        bytes = modules.map(|path| files[path].len()).sum();
    }
    let build = median(builds);
    let emission = build - median(checks);
    table.bound(
        "module, emitted, printed, hashed and locked",
        emission,
        100.0,
        "us",
    );
    #[expect(
        clippy::cast_precision_loss,
        reason = "a module has a few thousand bytes"
    )]
    let size = bytes as f64 / POLICIES;
    table.bound(
        "module of the nine-line contract, bytes per policy",
        size,
        2048.0,
        "B",
    );
    Ok(())
}
