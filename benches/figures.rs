//! The targets of speed and size, measured and printed as one table: `cargo bench`.
//!
//! Words on the command line choose sections: `cargo bench -- compiler module github envoy compat openapi`.
//! Nothing here fails when a bound is missed: a busy machine is no mistake of a change.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench measures the disk, the clock and other processes, and prints what it saw"
)]

#[path = "compat.rs"]
mod compat;
#[path = "compiler.rs"]
mod compiler;
#[path = "enforcement.rs"]
mod enforcement;
#[path = "github.rs"]
mod github;
#[path = "module.rs"]
mod module;
#[path = "openapi.rs"]
mod openapi;
#[path = "process.rs"]
mod process;
#[path = "twins.rs"]
mod twins;
#[path = "workspace.rs"]
mod workspace;

use std::io;

type Section = fn(&mut Table) -> io::Result<()>;

/// The sections by the word that chooses them.
const SECTIONS: [(&str, Section); 6] = [
    ("compiler", compiler::measure),
    ("module", module::measure),
    ("github", github::measure),
    ("envoy", enforcement::measure),
    ("compat", compat::measure),
    ("openapi", openapi::measure),
];

fn main() -> io::Result<()> {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    if let Some(job) = words.first().and_then(|word| word.strip_prefix("job:")) {
        return compat::job(job, &words[1..]);
    }
    let mut table = Table::start();
    for (name, section) in SECTIONS {
        if words.is_empty() || words.iter().any(|word| word == name) {
            section(&mut table)?;
        }
    }
    Ok(())
}

/// Prints rows as they come: a run that is broken off has shown what it measured.
struct Table;

impl Table {
    fn start() -> Self {
        println!(
            "{:<58} {:>11} {:>11} {:>6}  {:<24} load",
            "figure", "measured", "bound", "ratio", "peer"
        );
        Table
    }

    /// A figure with its bound, both in `unit`; a ratio over 1 misses the bound.
    fn bound(&mut self, figure: &str, measured: f64, bound: f64, unit: &str) {
        let bound_text = format!("{bound} {unit}");
        self.row(figure, measured, unit, &bound_text, measured / bound, "-");
    }

    /// A figure beside that of a peer, whose share `bound` it may reach.
    fn against(&mut self, figure: &str, measured: f64, peer: (&str, f64), bound: f64, unit: &str) {
        let peer_text = format!("{}: {:.2} {unit}", peer.0, peer.1);
        let bound_text = format!("{bound} of peer");
        self.row(
            figure,
            measured,
            unit,
            &bound_text,
            measured / peer.1,
            &peer_text,
        );
    }

    /// A figure beside that of a peer that is no measure.
    fn beside(&mut self, figure: &str, measured: f64, peer: (&str, f64), unit: &str) {
        let peer_text = format!("{}: {:.2} {unit}", peer.0, peer.1);
        self.row(figure, measured, unit, "-", measured / peer.1, &peer_text);
    }

    /// A figure that nothing bounds.
    fn plain(&mut self, figure: &str, measured: f64, unit: &str) {
        self.row(figure, measured, unit, "-", f64::NAN, "-");
    }

    /// A figure that cannot be measured here, and why.
    fn skipped(&mut self, figure: &str, reason: &str) {
        println!("{figure:<58} skipped: {reason}");
    }

    fn row(
        &mut self,
        figure: &str,
        measured: f64,
        unit: &str,
        bound: &str,
        ratio: f64,
        peer: &str,
    ) {
        let measured = format!("{measured:.2} {unit}");
        let ratio = if ratio.is_nan() {
            "-".to_owned()
        } else {
            format!("{ratio:.2}")
        };
        let load = load_average();
        println!("{figure:<58} {measured:>11} {bound:>11} {ratio:>6}  {peer:<24} {load}");
    }
}

/// The load average of the last minute; `-` where the system does not tell.
fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ')
        .next()
        .filter(|word| !word.is_empty())
        .unwrap_or("-")
        .to_owned()
}

/// The middle value.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
