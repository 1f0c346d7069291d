//! The module: what emitting it takes, and its size.
//!
//! An emission is all that happens between the policies of a contract and the bytes of its module:
//! the filter program, its layout, the encoding, and the validation. The text of the module, which
//! is printed for reviewers, is no part of it.

use std::hint::black_box;
use std::io;
use std::time::Instant;

use cherryc::measure::Emission;

use super::{Table, median, workspace};

const RUNS: usize = 2000;

/// Contracts of one endpoint with a limit, and of several with a limit and a breaker each.
const POLICIES: [usize; 4] = [1, 4, 20, 100];

pub(super) fn measure(table: &mut Table) -> io::Result<()> {
    let nine_lines = Emission::of(workspace::NINE_LINES);
    let emission = time(|| nine_lines.emit());
    table.bound(
        "module of the nine-line contract, emitted",
        emission,
        100.0,
        "us",
    );
    table.plain(
        "the same without validation",
        time(|| nine_lines.write()),
        "us",
    );
    table.bound(
        "module of the nine-line contract, bytes per policy",
        size(&nine_lines, 2),
        2048.0,
        "B",
    );
    for policies in POLICIES {
        let mut text = workspace::contract("bench", policies.div_ceil(2), 100);
        if policies == 1 {
            text.truncate(text.find("  circuit_breaker").expect("it has one"));
        }
        let emission = Emission::of(&text);
        let name = |what| format!("module of {policies} policies, {what}");
        table.plain(&name("emitted"), time(|| emission.emit()), "us");
        table.plain(&name("not validated"), time(|| emission.write()), "us");
        table.plain(&name("bytes per policy"), size(&emission, policies), "B");
    }
    Ok(())
}

/// Microseconds of one run, in the middle.
fn time(work: impl Fn() -> Vec<u8>) -> f64 {
    let once = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64() * 1e6
    };
    median((0..RUNS).map(once).collect())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a module has a few thousand bytes"
)]
fn size(emission: &Emission, policies: usize) -> f64 {
    emission.emit().len() as f64 / policies as f64
}
