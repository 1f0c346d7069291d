//! `cherryc check`.

use super::args::{CheckArgs, Global};
use super::terminal::Terminal;
use super::workspace::Workspace;
use cherryc::{Choices, Compiler};

pub(crate) fn run(args: &CheckArgs, global: &Global, terminal: &Terminal) -> anyhow::Result<u8> {
    let workspace = Workspace::open(&args.paths.paths)?;
    let mut choices = Choices::default();
    choices.today(&global.today());
    if let Some(target) = &args.target {
        choices.target(target);
    }
    let report = Compiler::new(&workspace.fs).check(&workspace.roots, &choices);
    terminal.findings(&report, args.format.library())
}
