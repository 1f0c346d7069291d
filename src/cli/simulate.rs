//! `cherryc simulate`.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use super::args::{Global, SimulateArgs};
use super::terminal::Terminal;
use super::workspace::Workspace;
use cherryc::{Choices, Compiler, Format};

/// Largest request file, in bytes.
const MAX_REQUEST_BYTES: u64 = 1024 * 1024 * 1024;

pub(crate) fn run(args: &SimulateArgs, global: &Global, terminal: &Terminal) -> anyhow::Result<u8> {
    let workspace = Workspace::open(&args.paths.paths)?;
    let mut choices = Choices::default();
    choices.today(&global.today());
    if let Some(target) = &args.target {
        choices.target(target);
    }
    let requests = read(&args.requests)?;
    let simulated = Compiler::new(&workspace.fs).simulate(&workspace.roots, &choices, &requests);
    let code = simulated.report.exit_code(None);
    if code != 0 {
        return terminal.findings(&simulated.report, Format::Text);
    }
    // Warnings are chatter here: the output is one decision a line.
    let decisions = simulated
        .decisions
        .map_err(|problem| anyhow!("{}: {problem}", name(&args.requests)))?;
    let mut out = decisions.join("\n");
    if !out.is_empty() {
        out.push('\n');
    }
    terminal.print(&out)?;
    Ok(0)
}

#[allow(
    clippy::disallowed_methods,
    reason = "requests come from outside the workspace or from standard input"
)]
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let named = || format!("cannot read the requests in {}", name(path));
    let mut bytes = Vec::new();
    let source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(path).with_context(named)?)
    };
    source
        .take(MAX_REQUEST_BYTES + 1)
        .read_to_end(&mut bytes)
        .with_context(named)?;
    if bytes.len() as u64 > MAX_REQUEST_BYTES {
        bail!("the requests are longer than {MAX_REQUEST_BYTES} bytes");
    }
    Ok(bytes)
}

fn name(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        format!("`{}`", path.display())
    }
}
