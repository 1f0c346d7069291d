//! From what is written on the command line to the sides of a comparison.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use cherryc::{
    Compiler, EntryKind, GitFs, GitRepo, InputKind, OsFs, ReadFs, RelPath, Release,
    compare_versions, is_version,
};

use super::workspace::{Workspace, absolute, relative};

/// What the name of a contract ends in.
const CONTRACT: &str = ".cherry.yaml";

/// Largest `buf.yaml` that is read; people write them by hand.
const MAX_CONFIG_BYTES: u64 = 1024 * 1024;

/// A side as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Side {
    /// `git:REV` or `git:REV:PATH`.
    Git {
        /// The revision.
        revision: String,
        /// The path in it, when written.
        path: Option<String>,
    },
    /// `file:PATH`.
    File(PathBuf),
    /// `dir:DIR`.
    Dir(PathBuf),
    /// A path as it is.
    Plain(PathBuf),
}

impl Side {
    /// Reads a side.
    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        let named = |rest: &str| {
            if rest.is_empty() {
                bail!("`{text}` names nothing after the colon");
            }
            Ok(PathBuf::from(rest))
        };
        if let Some(rest) = text.strip_prefix("git:") {
            // Names of revisions hold no colon.
            let (revision, path) = match rest.split_once(':') {
                Some((revision, path)) => (revision, Some(path.to_owned())),
                None => (rest, None),
            };
            named(revision)?;
            return Ok(Side::Git {
                revision: revision.to_owned(),
                path,
            });
        }
        if let Some(rest) = text.strip_prefix("file:") {
            return named(rest).map(Side::File);
        }
        if let Some(rest) = text.strip_prefix("dir:") {
            return named(rest).map(Side::Dir);
        }
        Ok(Side::Plain(PathBuf::from(text)))
    }

    /// The path on the disk, unless the side is a revision.
    fn on_disk(&self) -> Option<&Path> {
        match self {
            Side::Git { .. } => None,
            Side::File(path) | Side::Dir(path) | Side::Plain(path) => Some(path),
        }
    }
}

/// A side that was opened.
pub(crate) struct Opened {
    fs: Box<dyn ReadFs>,
    paths: Vec<RelPath>,
    name: String,
    may_lack: bool,
}

impl Opened {
    /// The bytes of its first file.
    pub(crate) fn read_first(&self) -> std::io::Result<Vec<u8>> {
        let path = self.paths.first().ok_or(std::io::ErrorKind::NotFound)?;
        self.fs.read(path, MAX_CONFIG_BYTES)
    }

    /// Whether its first path is there: a revision may not have it yet.
    pub(crate) fn is_there(&self) -> bool {
        let first = self.paths.first();
        !self.may_lack || first.is_some_and(|path| self.fs.kind(path).is_some())
    }

    /// The side as the library takes it.
    pub(crate) fn release(&self) -> Release<'_> {
        Release {
            fs: &*self.fs,
            paths: self.paths.clone(),
            name: self.name.clone(),
            may_lack: self.may_lack,
        }
    }
}

/// Opens paths of the disk as one side.
pub(crate) fn on_disk(paths: &[PathBuf], name: &str) -> anyhow::Result<Opened> {
    let workspace = Workspace::open(paths)?;
    Ok(Opened {
        fs: Box::new(workspace.fs),
        paths: workspace.roots,
        name: name.to_owned(),
        may_lack: false,
    })
}

/// Opens a side; `beside` are paths of the disk at whose places a revision without a path is read.
pub(crate) fn open(side: &Side, name: &str, beside: &[PathBuf]) -> anyhow::Result<Opened> {
    match side {
        Side::Git { revision, path } => {
            let (repo, paths, may_lack) = in_repository(path.as_deref(), beside)?;
            let fs = repo.revision(revision)?;
            Ok(opened(fs, paths, name, may_lack))
        }
        Side::File(path) | Side::Dir(path) | Side::Plain(path) => {
            check_kind(side, path)?;
            on_disk(std::slice::from_ref(path), name)
        }
    }
}

fn opened(fs: GitFs, paths: Vec<RelPath>, name: &str, may_lack: bool) -> Opened {
    Opened {
        fs: Box::new(fs),
        paths,
        name: name.to_owned(),
        may_lack,
    }
}

/// `file:` is a file and `dir:` a folder.
#[allow(
    clippy::disallowed_methods,
    reason = "the command line is where paths of the machine are looked at"
)]
fn check_kind(side: &Side, path: &Path) -> anyhow::Result<()> {
    match side {
        Side::File(_) if path.is_dir() => bail!("`{}` is a folder; write `dir:`", path.display()),
        Side::Dir(_) if path.is_file() => bail!("`{}` is a file; write `file:`", path.display()),
        _ => Ok(()),
    }
}

/// The repository that is meant, the paths in its revisions, and whether they were only inferred.
#[allow(
    clippy::disallowed_methods,
    reason = "the command line is where paths of the machine are looked at"
)]
fn in_repository(
    path: Option<&str>,
    beside: &[PathBuf],
) -> anyhow::Result<(GitRepo, Vec<RelPath>, bool)> {
    let here = absolute(Path::new("."))?;
    let beside: Vec<PathBuf> = beside
        .iter()
        .map(|path| absolute(path))
        .collect::<anyhow::Result<_>>()?;
    let first = beside.first().unwrap_or(&here);
    // What is gone on the disk may still be in a revision.
    let folder = first.ancestors().find(|folder| folder.is_dir());
    let repo = GitRepo::discover(folder.unwrap_or(&here))?;
    if let Some(path) = path {
        // As for `git`, a path that begins with a dot is relative to where one is.
        let inside = if path == "." || path.starts_with("./") || path.starts_with("../") {
            repo.inside(&here).and_then(|folder| folder.join(path))
        } else {
            RelPath::new(path)
        };
        let inside = inside.with_context(|| format!("`{path}` is no path of the repository"))?;
        return Ok((repo, vec![inside], false));
    }
    let mut paths = Vec::new();
    for path in if beside.is_empty() {
        std::slice::from_ref(&here)
    } else {
        &beside[..]
    } {
        let inside = repo.inside(path).or_else(|| {
            // A bare repository has revisions and no files beside them.
            beside.is_empty().then(RelPath::root)
        });
        paths.push(
            inside
                .with_context(|| format!("`{}` lies outside of the repository", path.display()))?,
        );
    }
    Ok((repo, paths, true))
}

/// The baseline that a contract on the disk names, as it is written and as a side: its paths are
/// relative to the contract.
pub(crate) fn baseline_of(side: &Side) -> anyhow::Result<Option<(String, Side)>> {
    let Some(path) = side.on_disk().map(Path::to_owned) else {
        return Ok(None);
    };
    let workspace = Workspace::open(std::slice::from_ref(&path))?;
    let Some(inside) = workspace.roots.first() else {
        return Ok(None);
    };
    if !inside.file_name().ends_with(CONTRACT) {
        return Ok(None);
    }
    let Some(text) = Compiler::new(&workspace.fs).baseline(inside) else {
        return Ok(None);
    };
    let side = relative_to(Side::parse(&text)?, &path);
    Ok(Some((text, side)))
}

/// A side whose paths of the disk are relative to the folder of a file.
pub(crate) fn relative_to(side: Side, file: &Path) -> Side {
    let folder = file.parent().unwrap_or(Path::new(""));
    match side {
        Side::File(path) => Side::File(folder.join(path)),
        Side::Dir(path) => Side::Dir(folder.join(path)),
        other => other,
    }
}

/// Every version of a history of inputs of this kind, the oldest first.
pub(crate) fn history(
    side: &Side,
    beside: &[PathBuf],
    kind: Option<InputKind>,
) -> anyhow::Result<Vec<Opened>> {
    match side {
        Side::Git { revision, path } => {
            let (repo, paths, may_lack) = in_repository(path.as_deref(), beside)?;
            let mut names = if is_pattern(revision) {
                repo.tags(revision)?
            } else {
                vec![revision.clone()]
            };
            if names.is_empty() {
                bail!(
                    "no tag matches `{revision}`; `git tag` lists the tags there are, `git fetch --tags` fetches more"
                );
            }
            names.sort_by(|l, r| compare_versions(l, r));
            let mut out = Vec::new();
            for name in names {
                let fs = repo.revision(&name)?;
                out.push(opened(fs, paths.clone(), &format!("git:{name}"), may_lack));
            }
            Ok(out)
        }
        Side::Dir(path) | Side::Plain(path) => versions_in(path, beside, kind),
        Side::File(path) => Err(anyhow!(
            "`{}` is one version; a history is `dir:DIR` with a version per entry, or `git:GLOB`",
            path.display()
        )),
    }
}

/// Whether a revision is a pattern of tags; no name of a revision holds these characters.
pub(crate) fn is_pattern(revision: &str) -> bool {
    revision.contains(['*', '?'])
}

/// Whether a folder holds versions and nothing else: folders that are named by one each.
pub(crate) fn holds_versions(folder: &Path) -> anyhow::Result<bool> {
    let (_, entries) = entries_of(folder)?;
    let is_one = |(path, kind): &(RelPath, EntryKind)| {
        *kind == EntryKind::Dir && is_version(path.file_name())
    };
    Ok(!entries.is_empty() && entries.iter().all(is_one))
}

/// What lies in a folder and is not hidden.
fn entries_of(folder: &Path) -> anyhow::Result<(OsFs, Vec<(RelPath, EntryKind)>)> {
    let workspace = Workspace::open(std::slice::from_ref(&folder.to_owned()))?;
    let Some(root) = workspace.roots.first() else {
        bail!("`{}` cannot be opened", folder.display());
    };
    let mut entries = workspace
        .fs
        .list(root)
        .with_context(|| format!("cannot list `{}`", folder.display()))?;
    entries.retain(|(path, _)| !path.file_name().starts_with('.'));
    Ok((workspace.fs, entries))
}

/// Whether a file can be compared with one of this kind, by its name.
fn is_alike(name: &str, kind: InputKind) -> bool {
    let is_contract = name.ends_with(CONTRACT);
    let is_text = [".yaml", ".yml", ".json"]
        .iter()
        .any(|end| name.ends_with(end));
    match kind {
        InputKind::Contract => is_contract,
        InputKind::Document => is_text && !is_contract,
        InputKind::Avro => name.ends_with(".avsc"),
        InputKind::Protobuf => name.ends_with(".proto"),
        _ => false,
    }
}

/// The entries of a folder, each a version: a file, or a folder that holds the file that is compared.
/// Where names say which version they are, other entries are none.
fn versions_in(
    folder: &Path,
    beside: &[PathBuf],
    kind: Option<InputKind>,
) -> anyhow::Result<Vec<Opened>> {
    let (fs, entries) = entries_of(folder)?;
    let named = beside.first().and_then(|path| path.file_name());
    let named = named.map(|name| name.to_string_lossy().into_owned());
    let is_file = |kind: &InputKind| {
        use InputKind::{Avro, Contract, Document, Protobuf};
        matches!(kind, Avro | Contract | Document | Protobuf)
    };
    let file_kind = kind.filter(is_file);
    // With each version what of it is compared.
    let mut versions: Vec<(RelPath, RelPath)> = Vec::new();
    for (path, entry) in entries {
        let compared = match (entry, file_kind) {
            (EntryKind::Dir, None) => Some(path.clone()),
            (EntryKind::Dir, Some(kind)) => file_in(&fs, &path, named.as_deref(), kind)?,
            (_, Some(kind)) => is_alike(path.file_name(), kind).then(|| path.clone()),
            (_, None) => None,
        };
        versions.extend(compared.map(|compared| (path, compared)));
    }
    if versions
        .iter()
        .any(|(path, _)| is_version(path.file_name()))
    {
        versions.retain(|(path, _)| is_version(path.file_name()));
    }
    if versions.is_empty() {
        let what = match (file_kind, &named) {
            (Some(_), Some(named)) => {
                format!(
                    "a file such as `1.0.0-{named}`, or a folder such as `1.0.0` with `{named}`"
                )
            }
            _ => "a folder such as `1.0.0`".to_owned(),
        };
        bail!("`{}` holds no version: {what}", folder.display());
    }
    versions.sort_by(|(l, _), (r, _)| compare_versions(l.file_name(), r.file_name()));
    let opened = versions.into_iter().map(|(version, path)| Opened {
        fs: Box::new(fs.clone()),
        name: version.to_string(),
        may_lack: fs.kind(&path).is_none(),
        paths: vec![path],
    });
    Ok(opened.collect())
}

/// The file of a version that lies in a folder: the one of the same name, else the only one of its
/// kind. A folder that is named by a version, and holds none, is a version that lacks it.
fn file_in(
    fs: &OsFs,
    version: &RelPath,
    named: Option<&str>,
    kind: InputKind,
) -> anyhow::Result<Option<RelPath>> {
    let same = named.and_then(|name| version.join(name));
    if let Some(same) = same.as_ref().filter(|same| fs.kind(same).is_some()) {
        return Ok(Some(same.clone()));
    }
    let entries = fs
        .list(version)
        .with_context(|| format!("cannot list `{version}`"))?;
    let mut alike = entries
        .into_iter()
        .filter(|(path, entry)| *entry == EntryKind::File && is_alike(path.file_name(), kind));
    Ok(match (alike.next(), alike.next()) {
        (Some((only, _)), None) => Some(only),
        _ => same.filter(|_| is_version(version.file_name())),
    })
}

/// The file system that holds the waivers of a comparison: the workspace of the first side that is on
/// the disk, else of the folder that the process runs in.
pub(crate) fn workspace(sides: &[&Side]) -> anyhow::Result<OsFs> {
    let paths: Vec<PathBuf> = sides
        .iter()
        .filter_map(|side| side.on_disk())
        .take(1)
        .map(Path::to_owned)
        .collect();
    Ok(Workspace::open(&paths)?.fs)
}

/// A path of the disk as it is read in a workspace; its base name when it lies elsewhere.
pub(crate) fn shown(fs: &OsFs, path: &Path) -> anyhow::Result<String> {
    let full = absolute(path)?;
    let inside = relative(&full, fs.root()).map(|path| path.to_string());
    Ok(inside.unwrap_or_else(|| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }))
}

#[cfg(test)]
mod tests {
    use super::Side;
    use std::path::PathBuf;

    #[test]
    fn sides_are_told_apart() {
        let git = |revision: &str, path: Option<&str>| Side::Git {
            revision: revision.to_owned(),
            path: path.map(str::to_owned),
        };
        for (text, expected) in [
            ("git:HEAD", git("HEAD", None)),
            ("git:origin/main", git("origin/main", None)),
            ("git:v1:proto/a.proto", git("v1", Some("proto/a.proto"))),
            ("git:v1:", git("v1", Some(""))),
            ("file:a.proto", Side::File(PathBuf::from("a.proto"))),
            ("dir:a", Side::Dir(PathBuf::from("a"))),
            ("a/b", Side::Plain(PathBuf::from("a/b"))),
        ] {
            assert_eq!(Side::parse(text).ok(), Some(expected), "{text}");
        }
        for text in ["git:", "git::a", "file:", "dir:"] {
            assert!(Side::parse(text).is_err(), "{text}");
        }
    }
}
