//! `buf.work.yaml`: a workspace of the versions before v2. It names folders, each with a `buf.yaml` of
//! its own; together they are what one `buf.yaml` of v2 says.

use super::buf::{self, BUF_YAML, Breaking, BufConfig, Module, Version, Wanted};
use super::layout::Reading;
use crate::syntax::rules::OUT_OF_RANGE;
use crate::text::RelPath;

/// The name of the file.
pub(super) const BUF_WORK_YAML: &str = "buf.work.yaml";

/// What the workspace in a folder says; `None` also when it is too broken to be held to.
pub(super) fn read(base: &RelPath, wanted: Wanted, cx: &mut Reading<'_>) -> Option<BufConfig> {
    let (file, text) = cx.text(&base.join(BUF_WORK_YAML)?)?;
    let folders = buf::read_folders(file, &text).into(cx.sink)?;
    if cx.is_file(base, BUF_YAML) {
        let whole = cx.whole(file);
        cx.sink
            .report(
                &OUT_OF_RANGE,
                "`buf.work.yaml` and `buf.yaml` lie in one folder",
            )
            .at(whole, "this one is for workspaces of v1")
            .help("keep one of them: a `buf.yaml` of v2 says what both do");
        return None;
    }
    let mut modules = Vec::new();
    for folder in folders {
        let at = base.join(folder.as_str())?;
        if !cx.is_file(&at, BUF_YAML) {
            modules.push(Module::plain(folder));
            continue;
        }
        let (file, text) = cx.text(&at.join(BUF_YAML)?)?;
        let config = buf::read(file, &text, wanted).into(cx.sink)?;
        if config.version == Version::V2 {
            let whole = cx.whole(file);
            cx.sink
                .report(
                    &OUT_OF_RANGE,
                    "a folder of `buf.work.yaml` has a `buf.yaml` of v2",
                )
                .at(whole, "v2 is its own workspace")
                .help("write `version: v1` here, or one `buf.yaml` of v2 for all folders");
            return None;
        }
        modules.extend(config.modules.iter().map(|module| {
            let breaking = config.breaking.as_ref().map(|breaking| {
                let from = match config.ignores_in_module {
                    true => folder.join(module.path.as_str()),
                    false => Some(folder.clone()),
                };
                seen_from(breaking, &from.unwrap_or_else(|| folder.clone()))
            });
            Module {
                path: below(&folder, &module.path),
                excludes: all_below(&folder, &module.excludes),
                breaking,
            }
        }));
    }
    Some(BufConfig::of_modules(modules))
}

/// Whether a workspace in a folder holds a file.
pub(super) fn holds(base: &RelPath, file: &RelPath, cx: &mut Reading<'_>) -> bool {
    let path = base.join(BUF_WORK_YAML);
    let Some((id, text)) = path.and_then(|path| cx.text(&path)) else {
        return false;
    };
    let folders = buf::read_folders(id, &text).into(cx.sink);
    let mut folders = folders.unwrap_or_default().into_iter();
    folders.any(|folder| file.is_below(&below(base, &folder)))
}

/// The other folders of a workspace, when the named one is one of its folders.
pub(super) fn beside(
    base: &RelPath,
    named: &RelPath,
    cx: &mut Reading<'_>,
) -> Option<Vec<RelPath>> {
    let (id, text) = cx.text(&base.join(BUF_WORK_YAML)?)?;
    let folders = buf::read_folders(id, &text).into(cx.sink)?;
    let mut folders: Vec<RelPath> = all_below(base, &folders);
    let before = folders.len();
    folders.retain(|folder| folder != named);
    (folders.len() < before).then_some(folders)
}

/// A section whose paths count from a folder, with paths that count from above it.
fn seen_from(breaking: &Breaking, folder: &RelPath) -> Breaking {
    let only = breaking.ignore_only.iter();
    Breaking {
        ignore: all_below(folder, &breaking.ignore),
        ignore_only: only
            .map(|(rules, paths)| (rules.clone(), all_below(folder, paths)))
            .collect(),
        ..breaking.clone()
    }
}

fn all_below(folder: &RelPath, paths: &[RelPath]) -> Vec<RelPath> {
    paths.iter().map(|path| below(folder, path)).collect()
}

/// A path that counts from a folder. It cannot climb, being one already.
fn below(folder: &RelPath, path: &RelPath) -> RelPath {
    folder.join(path.as_str()).unwrap_or_else(|| path.clone())
}
