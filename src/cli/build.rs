//! `cherryc build`.

use anyhow::anyhow;

use super::args::{BuildArgs, Global};
use super::sides::{self, Side};
use super::terminal::Terminal;
use super::workspace::{Out, Workspace, out_folder};
use cherryc::{Choices, Compiler, OutFolder, RelPath, Wanted};

/// Folder of the artifacts when the command line names none.
const DEFAULT_OUT: &str = "cherry-out";

pub(crate) fn run(args: &BuildArgs, global: &Global, terminal: &Terminal) -> anyhow::Result<u8> {
    let workspace = Workspace::open(&args.paths.paths)?;
    let mut choices = Choices::default();
    choices.today(&global.today());
    if let Some(target) = &args.target {
        choices.target(target);
    }
    if let Some(profile) = &args.profile
        && !choices.profile(profile)
    {
        return Err(anyhow!("there is no profile `{profile}`"));
    }
    for set in &args.set {
        choices
            .set(set)
            .map_err(|problem| anyhow!("--set: {problem}"))?;
    }
    let place = match &args.out {
        Some(out) => out_folder(&workspace, out)?,
        None => Out::Inside(
            RelPath::new(DEFAULT_OUT).ok_or_else(|| anyhow!("no default output folder"))?,
        ),
    };
    let is_given = args.out.is_some();
    let out = match &place {
        Out::Inside(base) => OutFolder {
            fs: &workspace.fs,
            base: base.clone(),
            is_given,
        },
        Out::Outside(fs) => OutFolder {
            fs,
            base: RelPath::root(),
            is_given,
        },
    };
    let wanted = Wanted {
        emitters: args.emit.clone(),
        check: args.check,
        force: args.force,
    };
    if let Some(against) = &args.against {
        // Opened before anything is written, so that a missing revision is no half-done build.
        sides::open(&Side::parse(against)?, against, &args.paths.paths)?;
        terminal.say(format_args!(
            "nothing is compared with {against}: no contract of this version imports Protobuf"
        ));
    }
    let built = Compiler::new(&workspace.fs).build(&workspace.roots, &choices, &wanted, &out);
    let code = terminal.findings(&built.report, args.format.library())?;
    for path in &built.changed {
        terminal.detail(format_args!(
            "{} {path}",
            if args.check { "stale  " } else { "wrote  " }
        ));
    }
    for path in &built.removed {
        terminal.detail(format_args!(
            "{} {path}",
            if args.check { "orphan " } else { "removed" }
        ));
    }
    if code == 0 && !args.check {
        let folder = match &args.out {
            Some(out) => out.display().to_string(),
            None => DEFAULT_OUT.to_owned(),
        };
        terminal.say(format_args!(
            "{} written, {} unchanged, {} removed in {folder}",
            built.changed.len(),
            built.unchanged,
            built.removed.len()
        ));
    }
    Ok(code)
}
