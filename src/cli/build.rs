//! `cherryc build`.

use anyhow::anyhow;

use super::args::{BuildArgs, Global};
use super::sides::{self, Opened, Side};
use super::terminal::Terminal;
use super::workspace::{Out, Workspace, out_folder, stamps};
use cherryc::{
    Choices, Compared, Compiler, DiffChoices, InputKind, OutFolder, RelPath, Release, Report,
    Versions, Wanted,
};

/// Folder of the artifacts when the command line names none.
const DEFAULT_OUT: &str = "cherry-out";

pub(crate) fn run(args: &BuildArgs, global: &Global, terminal: &Terminal) -> anyhow::Result<u8> {
    let mut workspace = Workspace::open(&args.paths.paths)?;
    // What a pipeline asks for with `--check` is looked at, byte by byte.
    let stamps = if args.check {
        None
    } else {
        stamps(workspace.fs.root())
    };
    if let Some(stamps) = &stamps {
        workspace.fs = workspace.fs.with_stamps(stamps.clone());
    }
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
    // Opened before anything is written, so that a missing revision is no half-done build.
    let baselines = baselines(args, &workspace, &out)?;
    let built = Compiler::new(&workspace.fs).build(&workspace.roots, &choices, &wanted, &out);
    if let Some(Err(error)) = stamps.map(|stamps| stamps.save()) {
        terminal.detail(format_args!(
            "the next build will read every file again: {error}"
        ));
    }
    let code = terminal.code(&built.report);
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
    // What does not build is not compared, and what is compared is told in one report.
    if code == 2 || baselines.is_empty() {
        return terminal.findings(&built.report, args.format.library());
    }
    let compared = compare(built.report, &baselines, &workspace, global);
    terminal.comparison(&compared, args.format.library())
}

/// A contract with what it is compared with.
struct Baseline {
    contract: RelPath,
    history: Vec<Opened>,
}

/// What contracts are compared with: the release of the command line, else the one that each names.
fn baselines(
    args: &BuildArgs,
    workspace: &Workspace,
    out: &OutFolder<'_>,
) -> anyhow::Result<Vec<Baseline>> {
    let compiler = Compiler::new(&workspace.fs);
    let named: Vec<(RelPath, Option<String>)> = match &args.against {
        Some(_) => {
            let contracts = compiler.contracts(&workspace.roots).into_iter();
            contracts.map(|contract| (contract, None)).collect()
        }
        None => {
            let named = compiler.baselines(&workspace.roots, out).into_iter();
            named
                .map(|(contract, text)| (contract, Some(text)))
                .collect()
        }
    };
    let mut out = Vec::new();
    for (contract, written) in named {
        let path = workspace.fs.root().join(contract.as_str());
        let beside = std::slice::from_ref(&path);
        let (text, side) = match (&written, &args.against) {
            (Some(text), _) => (text, sides::relative_to(Side::parse(text)?, &path)),
            (None, Some(text)) => (text, Side::parse(text)?),
            (None, None) => continue,
        };
        let is_history = match &side {
            Side::Git { revision, .. } => sides::is_pattern(revision),
            Side::Dir(_) => true,
            Side::File(_) | Side::Plain(_) => false,
        };
        let history = match is_history {
            true => sides::history(&side, beside, Some(InputKind::Contract))?,
            false => vec![sides::open(&side, text, beside)?],
        };
        // What a revision does not have yet has nobody to break; `diff` says so.
        if history.iter().any(Opened::is_there) {
            out.push(Baseline { contract, history });
        }
    }
    Ok(out)
}

/// Compares contracts with their baselines. What is found changes no artifact.
fn compare(
    built: Report,
    baselines: &[Baseline],
    workspace: &Workspace,
    global: &Global,
) -> Compared {
    let mut choices = DiffChoices::default();
    choices.today(&global.today());
    let versions = baselines.iter().map(|Baseline { contract, history }| {
        let there = history.iter().filter(|version| version.is_there());
        Versions {
            history: there.map(Opened::release).collect(),
            new: Release {
                fs: &workspace.fs,
                paths: vec![contract.clone()],
                name: contract.to_string(),
                may_lack: false,
            },
        }
    });
    let versions: Vec<Versions<'_>> = versions.collect();
    Compiler::new(&workspace.fs).diff_after(built, &versions, &choices)
}
