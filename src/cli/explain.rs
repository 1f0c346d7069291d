//! `cherryc explain`.

use anyhow::{anyhow, bail};

use super::args::{ExplainArgs, Global};
use super::terminal::Terminal;
use super::workspace::Workspace;
use cherryc::{Choices, Compiler, Format};

pub(crate) fn run(args: &ExplainArgs, global: &Global, terminal: &Terminal) -> anyhow::Result<u8> {
    if let Some(name) = &args.rule {
        let Some(rule) = cherryc::find(name) else {
            bail!("there is no rule `{name}`; `cherryc rules` lists them all")
        };
        terminal.print(rule.page)?;
        return Ok(0);
    }
    let workspace = Workspace::open(&args.placement)?;
    let mut choices = Choices::default();
    choices.today(&global.today());
    if let Some(target) = &args.target {
        choices.target(target);
    }
    for set in &args.set {
        choices
            .set(set)
            .map_err(|problem| anyhow!("--set: {problem}"))?;
    }
    let (table, report) = Compiler::new(&workspace.fs).placement(&workspace.roots, &choices);
    let code = terminal.findings(&report, Format::Text)?;
    if let Some(table) = table {
        terminal.print(&table)?;
    }
    Ok(code)
}
