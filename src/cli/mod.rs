//! The command line: one file per command. It sees only the public library.

mod args;
mod build;
mod check;
mod diff;
mod explain;
mod init;
mod reading;
mod rules;
mod schema;
mod shell;
mod sides;
mod simulate;
mod terminal;
mod workspace;

use args::{Cli, Command};
use clap::Parser;
use terminal::Terminal;

/// Runs the command line and returns the exit code: 0 clean, 1 findings, 2 errors and wrong usage,
/// 3 a bug of ours.
pub(crate) fn main() -> u8 {
    terminal::report_bugs();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return terminal::usage(&error),
    };
    let terminal = Terminal::new(&cli.global);
    let outcome = std::panic::catch_unwind(|| run(&cli, &terminal));
    match outcome {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            terminal.error(&error);
            2
        }
        // The hook has said what happened.
        Err(_) => 3,
    }
}

fn run(cli: &Cli, terminal: &Terminal) -> anyhow::Result<u8> {
    if let Some(jobs) = cli.global.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.get())
            .build_global()?;
    }
    match &cli.command {
        Command::Init(args) => init::run(args, terminal),
        Command::Check(args) => check::run(args, &cli.global, terminal),
        Command::Build(args) => build::run(args, &cli.global, terminal),
        Command::Diff(args) => diff::run(args, &cli.global, terminal),
        Command::Explain(args) => explain::run(args, &cli.global, terminal),
        Command::Rules(args) => rules::run(args, terminal),
        Command::Schema(args) => schema::run(args, terminal),
        Command::Simulate(args) => simulate::run(args, &cli.global, terminal),
        Command::Completions(args) => shell::completions(args, terminal),
        Command::Man(args) => shell::man(args, terminal),
    }
}
