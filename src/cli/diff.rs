//! `cherryc diff`.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use cherryc::{Compiler, DiffChoices, InputKind, Reading, RelPath, Stability, Strictness};

use super::args::{DiffArgs, DiffMode, DiffReading, DiffStability, DiffStrictness, Global};
use super::sides::{self, Opened, Side};
use super::terminal::Terminal;

/// What a tree is compared with when nobody says it.
const BASELINE: &str = "git:HEAD";

pub(crate) fn run(args: &DiffArgs, global: &Global, terminal: &Terminal) -> anyhow::Result<u8> {
    if args.usage.is_some() {
        bail!("`--usage` is not read by this version");
    }
    let is_transitive = args.mode.is_some_and(DiffMode::is_transitive);
    let written = match (args.paths.as_slice(), &args.against) {
        ([path], None) => sides::baseline_of(&Side::parse(path)?)?,
        _ => None,
    };
    let (old, new) = match (args.paths.as_slice(), &args.against) {
        ([old, new], None) => (old.as_str(), std::slice::from_ref(new)),
        ([_], None) => (
            written.as_ref().map_or(BASELINE, |(text, _)| text),
            &args.paths[..],
        ),
        (_, Some(against)) => (against.as_str(), &args.paths[..]),
        (_, None) => bail!("name an old and a new side, or one side with `--against REF`"),
    };
    let old_side = match &written {
        Some((_, side)) => side.clone(),
        None => Side::parse(old)?,
    };
    let new_sides = new
        .iter()
        .map(|text| Side::parse(text))
        .collect::<anyhow::Result<Vec<Side>>>()?;
    let paths: Vec<PathBuf> = new_sides
        .iter()
        .filter_map(|side| match side {
            Side::Git { .. } => None,
            Side::File(path) | Side::Dir(path) | Side::Plain(path) => Some(path.clone()),
        })
        .collect();
    let (old_path, named) = match &old_side {
        Side::File(path) | Side::Dir(path) | Side::Plain(path) => (Some(path.clone()), true),
        Side::Git { path, .. } => (None, path.is_some()),
    };
    let new = match new_sides.as_slice() {
        [side] => sides::open(side, &new[0], old_path.as_slice())?,
        _ if paths.len() == new_sides.len() => {
            if named {
                bail!(
                    "several files are compared with a revision as a whole, such as `--against git:HEAD`"
                );
            }
            sides::on_disk(&paths, &format!("{} files", paths.len()))?
        }
        _ => bail!("one revision, or files of the disk, make a side"),
    };
    let kind = new.release().kind();
    let is_file = matches!(
        kind,
        Some(InputKind::Avro | InputKind::Contract | InputKind::Document | InputKind::Protobuf)
    );
    let is_history = match &old_side {
        Side::Dir(path) if !is_transitive => is_file || sides::holds_versions(path)?,
        Side::Git { revision, .. } if !is_transitive => sides::is_pattern(revision),
        _ => is_transitive,
    };
    let mut history = match is_history {
        true => sides::history(&old_side, &paths, kind)?,
        false => vec![sides::open(&old_side, old, &paths)?],
    };
    // Without a transitive mode the last version of a history counts. A contract says by itself which
    // of its promises hold towards all of them.
    let has_contracts = !matches!(
        kind,
        Some(InputKind::Avro | InputKind::Document | InputKind::Protobuf)
    );
    if !is_transitive && !has_contracts {
        let there = history.iter().rposition(Opened::is_there);
        let last = there.or_else(|| history.len().checked_sub(1));
        history = last
            .map(|last| history.swap_remove(last))
            .into_iter()
            .collect();
    }
    let all: Vec<&Side> = new_sides.iter().chain([&old_side]).collect();
    let workspace = sides::workspace(&all)?;
    let mut choices = choices(args, global)?;
    if let Some(file) = &args.buf_config {
        let folder = sides::on_disk(std::slice::from_ref(file), "")?;
        let bytes = folder
            .read_first()
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        choices.buf_config(&sides::shown(&workspace, file)?, bytes);
    }
    let new = new.release();
    if let Some(kind) = kind {
        choices.fits(kind).map_err(|problem| anyhow!(problem))?;
    }
    let compiler = Compiler::new(&workspace);
    let releases: Vec<_> = history.iter().map(Opened::release).collect();
    let compared = compiler.diff_history(&releases, &new, &choices);
    let code = terminal.comparison(&compared, args.format.library())?;
    Ok(code)
}

fn choices(args: &DiffArgs, global: &Global) -> anyhow::Result<DiffChoices> {
    let mut choices = DiffChoices::default();
    choices.today(&global.today());
    if let Some(mode) = args.mode {
        choices.mode(mode.single());
        if mode.is_transitive() {
            choices.transitive();
        }
    }
    if let Some(strictness) = args.strictness {
        choices.strictness(match strictness {
            DiffStrictness::Wire => Strictness::Wire,
            DiffStrictness::Json => Strictness::Json,
            DiffStrictness::Source => Strictness::Source,
        });
    }
    if let Some(reading) = args.reading {
        choices.reading(match reading {
            DiffReading::Open => Reading::Open,
            DiffReading::Plain => Reading::Plain,
            DiffReading::Closed => Reading::Closed,
        });
    }
    if let Some(level) = args.min_stability {
        choices.min_stability(match level {
            DiffStability::Draft => Stability::Draft,
            DiffStability::Alpha => Stability::Alpha,
            DiffStability::Beta => Stability::Beta,
            DiffStability::Stable => Stability::Stable,
        });
    }
    if let Some(names) = &args.rules {
        choices
            .rules(names)
            .map_err(|problem| anyhow!("--rules: {problem}"))?;
    }
    if let Some(names) = &args.except {
        choices
            .except(names)
            .map_err(|problem| anyhow!("--except: {problem}"))?;
    }
    for path in &args.ignore {
        let inside = RelPath::new(path)
            .ok_or_else(|| anyhow!("--ignore: `{path}` does not lie below the new side"))?;
        choices.ignore(inside);
    }
    if args.ignore_unstable {
        choices.ignore_unstable();
    }
    Ok(choices)
}
