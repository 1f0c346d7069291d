//! `cherryc explain`.

use anyhow::{anyhow, bail};

use super::args::{ExplainArgs, Global};
use super::reading;
use super::terminal::Terminal;
use super::workspace::Workspace;
use cherryc::{Choices, Compiler, Format};

pub(crate) fn run(args: &ExplainArgs, global: &Global, terminal: &Terminal) -> anyhow::Result<u8> {
    if let Some(name) = &args.rule {
        let mut rules = cherryc::named(name);
        let Some(rule) = rules.next() else {
            let near = cherryc::nearest_rule(name);
            let meant = near.map(|near| format!("did you mean `{}`? ", near.name));
            bail!(
                "there is no rule `{name}`; {}`cherryc rules` lists them all",
                meant.unwrap_or_default()
            )
        };
        let mut text = reading::wrapped(&cherryc::page(rule), terminal.width());
        let others: Vec<String> = rules.map(|rule| format!("`{}`", rule.name)).collect();
        if !others.is_empty() {
            let also = format!("\n`{name}` stands for {} as well.\n", others.join(", "));
            text.push_str(&reading::wrapped(&also, terminal.width()));
        }
        terminal.print(&text)?;
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
