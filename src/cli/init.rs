//! `cherryc init`.

use std::path::Path;

use anyhow::{Context, bail};

use super::args::InitArgs;
use super::terminal::Terminal;
use super::workspace::Workspace;
use cherryc::{Compiler, Format};

#[allow(
    clippy::disallowed_methods,
    reason = "the first contract is written where the command line says"
)]
pub(crate) fn run(args: &InitArgs, terminal: &Terminal) -> anyhow::Result<u8> {
    let here = Path::new(".").to_owned();
    let dir = args.dir.as_ref().unwrap_or(&here);
    let Some((service, _)) = args.name.split_once("/v") else {
        bail!(
            "`{}` is no contract name; write the service and its major version, such as `user/v1`",
            args.name
        );
    };
    let path = dir.join(format!("{service}.cherry.yaml"));
    if path.exists() {
        bail!(
            "`{}` exists already; choose another `--name` or folder",
            path.display()
        );
    }
    let text = match &args.from {
        None => cherryc::first_contract(&args.name).map_err(anyhow::Error::msg)?,
        Some(from) => {
            let workspace = Workspace::open(std::slice::from_ref(from))?;
            let relative = import_path(dir, from)?;
            let (text, report) = Compiler::new(&workspace.fs).contract_from(
                &workspace.roots[0],
                &args.name,
                &relative,
            );
            let code = terminal.findings(&report, Format::Text)?;
            match text {
                Some(text) => text,
                None => return Ok(code.max(2)),
            }
        }
    };
    std::fs::create_dir_all(dir)
        .and_then(|()| std::fs::write(&path, text))
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    terminal.say(format_args!(
        "wrote {}; try `cherryc build`",
        path.display()
    ));
    Ok(0)
}

/// How the contract in `dir` names the document.
#[allow(
    clippy::disallowed_methods,
    reason = "paths of the machine are compared"
)]
fn import_path(dir: &Path, from: &Path) -> anyhow::Result<String> {
    let (dir, from) = (std::path::absolute(dir)?, std::path::absolute(from)?);
    let shared = dir
        .components()
        .zip(from.components())
        .take_while(|(l, r)| l == r)
        .count();
    let ups = dir.components().skip(shared).count();
    let rest: Vec<String> = from
        .components()
        .skip(shared)
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    let prefix = if ups == 0 {
        "./".to_owned()
    } else {
        "../".repeat(ups)
    };
    Ok(format!("{prefix}{}", rest.join("/")))
}
