//! `cherryc completions` and `cherryc man`: made from the declaration of the arguments.

use anyhow::Context;
use clap::CommandFactory;

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::terminal::Terminal;

pub(crate) fn completions(args: &CompletionsArgs, terminal: &Terminal) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "cherryc", &mut script);
    terminal.print(&String::from_utf8(script)?)?;
    Ok(0)
}

#[allow(
    clippy::disallowed_methods,
    reason = "manual pages go to a folder of the machine"
)]
pub(crate) fn man(args: &ManArgs, terminal: &Terminal) -> anyhow::Result<u8> {
    let Some(dir) = &args.dir else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut page)?;
        terminal.print(&String::from_utf8(page)?)?;
        return Ok(0);
    };
    let written =
        std::fs::create_dir_all(dir).and_then(|()| clap_mangen::generate_to(Cli::command(), dir));
    written.with_context(|| format!("cannot write manual pages to `{}`", dir.display()))?;
    terminal.say(format_args!("manual pages written to {}", dir.display()));
    Ok(0)
}
