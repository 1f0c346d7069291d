//! From paths of the command line to a workspace and paths in it.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use cherryc::{OsFs, RelPath, Stamps};

/// What marks the root of a workspace.
const ROOT_MARKS: [&str; 3] = ["cherry.lock", "cherry.waivers.toml", ".git"];

/// A workspace and what was selected in it.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The disk below the root.
    pub(crate) fs: OsFs,
    /// Selected files and folders.
    pub(crate) roots: Vec<RelPath>,
}

#[allow(
    clippy::disallowed_methods,
    reason = "the command line is where paths of the machine are looked at"
)]
impl Workspace {
    /// The workspace of `paths`, or of the folder the process runs in: the nearest folder upwards
    /// that holds a lock, waivers or a repository, else the folder of the first path.
    pub(crate) fn open(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let here = PathBuf::from(".");
        let first = paths.first().unwrap_or(&here);
        let first = absolute(first)?;
        let folder = if first.is_dir() {
            first.clone()
        } else {
            first.parent().map(Path::to_owned).unwrap_or(first.clone())
        };
        let marked = folder
            .ancestors()
            .find(|dir| ROOT_MARKS.iter().any(|mark| dir.join(mark).exists()));
        let root = marked.unwrap_or(&folder);
        let fs = OsFs::new(root)
            .with_context(|| format!("cannot open the folder `{}`", root.display()))?;
        let mut roots = Vec::new();
        for path in paths {
            let full = absolute(path)?;
            let Some(inside) = relative(&full, fs.root()) else {
                bail!(
                    "`{}` lies outside the workspace `{}`",
                    path.display(),
                    fs.root().display()
                );
            };
            roots.push(inside);
        }
        if paths.is_empty() {
            roots.push(RelPath::root());
        }
        Ok(Workspace { fs, roots })
    }
}

/// The stamps of the files of a workspace, in the folder that the user's system has for what can be
/// made again (XDG Base Directory Specification 0.8, `XDG_CACHE_HOME`); `None` when there is no such
/// folder, as in many containers.
#[allow(
    clippy::disallowed_methods,
    reason = "the command line is where the environment is read"
)]
pub(crate) fn stamps(root: &Path) -> Option<Arc<Stamps>> {
    let absolute = |name| {
        let folder = PathBuf::from(std::env::var_os(name)?);
        folder.is_absolute().then_some(folder)
    };
    let folder = absolute("XDG_CACHE_HOME").or_else(|| Some(absolute("HOME")?.join(".cache")))?;
    Some(Arc::new(Stamps::open(&folder.join("cherryc"), root)))
}

/// An output folder: inside a workspace, or a world of its own.
#[derive(Debug)]
pub(crate) enum Out {
    /// A folder of the workspace.
    Inside(RelPath),
    /// Some other folder of the machine.
    Outside(OsFs),
}

/// Finds the output folder; one outside the workspace is made when it is missing.
#[allow(
    clippy::disallowed_methods,
    reason = "the command line is where paths of the machine are looked at"
)]
pub(crate) fn out_folder(workspace: &Workspace, out: &Path) -> anyhow::Result<Out> {
    let full = absolute(out)?;
    if let Some(inside) = relative(&full, workspace.fs.root()) {
        return Ok(Out::Inside(inside));
    }
    let opened = std::fs::create_dir_all(&full).and_then(|()| OsFs::new(&full));
    Ok(Out::Outside(opened.with_context(|| {
        format!("cannot use `{}` as the output folder", out.display())
    })?))
}

/// The absolute path with the links of its longest existing part resolved and `..` taken out.
#[allow(
    clippy::disallowed_methods,
    reason = "the command line is where paths of the machine are looked at"
)]
pub(crate) fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    let full = std::path::absolute(path)
        .with_context(|| format!("cannot resolve `{}`", path.display()))?;
    let mut clean = PathBuf::new();
    for part in full.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    let mut missing = Vec::new();
    let mut existing = clean.as_path();
    loop {
        if let Ok(real) = std::fs::canonicalize(existing) {
            return Ok(missing
                .iter()
                .rev()
                .fold(real, |path, part: &&std::ffi::OsStr| path.join(part)));
        }
        let (Some(parent), Some(name)) = (existing.parent(), existing.file_name()) else {
            return Ok(clean);
        };
        missing.push(name);
        existing = parent;
    }
}

pub(crate) fn relative(full: &Path, root: &Path) -> Option<RelPath> {
    RelPath::new(full.strip_prefix(root).ok()?.to_str()?)
}
