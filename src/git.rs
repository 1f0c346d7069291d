//! Revisions of a repository, read in place.
//!
//! A revision is a [`ReadFs`] over the objects of a repository: nothing is cloned, checked out or
//! written, and the program `git` is not asked. Shallow clones, worktrees, packed references and
//! folders of submodules are what `gix` makes of them; what is missing is named together with the
//! command that fetches it.

mod missing;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gix::objs::tree::EntryKind as Mode;
use gix::{ObjectId, Repository, ThreadSafeRepository};

use crate::fs::{ContentId, EntryKind, ReadFs, too_large};
use crate::text::{RelPath, matches_glob};

/// Symbolic links followed on the way to one file; more are a circle.
const MAX_LINKS: u8 = 16;

/// Why a repository or a revision cannot be read, and what to do about it.
#[derive(Debug)]
pub struct GitError {
    headline: String,
    help: Option<String>,
}

impl GitError {
    fn new(headline: impl Into<String>) -> Self {
        GitError {
            headline: headline.into(),
            help: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What to do about it; for a missing revision with the command that fetches it.
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for GitError {}

/// A repository on this machine.
pub struct GitRepo {
    repo: ThreadSafeRepository,
    /// The folder that the files lie in, links resolved; absent for a bare repository.
    top: Option<PathBuf>,
}

impl fmt::Debug for GitRepo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GitRepo").field("top", &self.top).finish()
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "this room reads repositories from the disk"
)]
impl GitRepo {
    /// The repository that holds `folder`, looked for upwards.
    pub fn discover(folder: &Path) -> Result<Self, GitError> {
        let repo = ThreadSafeRepository::discover(folder).map_err(|_| {
            GitError::new(format!("`{}` lies in no git repository", folder.display()))
                .help("name a folder of the repository whose revision is meant")
        })?;
        let top = repo.to_thread_local().workdir().map(Path::to_owned);
        // Discovery may name the folder relative to the one the process runs in.
        let top = top.and_then(|top| std::fs::canonicalize(top).ok());
        Ok(GitRepo { repo, top })
    }

    /// Where `path` (absolute, links resolved) lies in the tree of a revision; `None` when it lies
    /// outside of the repository's files.
    pub fn inside(&self, path: &Path) -> Option<RelPath> {
        RelPath::new(path.strip_prefix(self.top.as_ref()?).ok()?.to_str()?)
    }

    /// The files of a revision: a branch, a tag, a commit, or whatever else `git rev-parse` takes
    /// for one.
    pub fn revision(&self, name: &str) -> Result<GitFs, GitError> {
        let repo = self.repo.to_thread_local();
        if name.is_empty() || name.starts_with('-') {
            return Err(GitError::new(format!("`{name}` is no name of a revision")));
        }
        let id = repo
            .rev_parse_single(name)
            .map_err(|_| missing::revision(&repo, name))?;
        let object = id
            .object()
            .map_err(|_| missing::object(&repo, name, id.detach()))?;
        let tree = object
            .peel_to_tree()
            .map_err(|_| missing::object(&repo, name, id.detach()))?;
        Ok(GitFs::new(self.repo.clone(), tree.id, self.top.clone()))
    }

    /// The names of the tags that match a pattern of `*` and `?`, sorted as text.
    pub fn tags(&self, pattern: &str) -> Result<Vec<String>, GitError> {
        let unreadable = || GitError::new("the tags of the repository cannot be read");
        let repo = self.repo.to_thread_local();
        let references = repo.references().map_err(|_| unreadable())?;
        let mut names = Vec::new();
        for tag in references.tags().map_err(|_| unreadable())? {
            let tag = tag.map_err(|_| unreadable())?;
            let name = tag.name().shorten().to_string();
            if matches_glob(pattern, &name) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }
}

/// The files of one revision.
pub struct GitFs {
    repo: ThreadSafeRepository,
    tree: ObjectId,
    top: Option<PathBuf>,
    state: Mutex<State>,
}

impl fmt::Debug for GitFs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GitFs").field("tree", &self.tree).finish()
    }
}

#[derive(Default)]
struct State {
    /// Folders that were read, by path.
    folders: BTreeMap<RelPath, Arc<[Node]>>,
    /// Submodules that were looked for, by path.
    modules: BTreeMap<RelPath, Option<Arc<GitFs>>>,
    /// Handles with their buffers, handed out to one thread at a time.
    idle: Vec<Repository>,
}

/// An entry of a folder.
struct Node {
    name: Box<str>,
    kind: NodeKind,
    id: ObjectId,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NodeKind {
    File,
    Dir,
    Link,
    /// A commit of another repository, whose files lie in this folder.
    Module,
    /// Something whose name is no UTF-8; what it is called here is a likeness.
    Unnamed,
}

/// What stands at a path.
enum Found {
    File(ObjectId),
    Dir(RelPath),
    /// Something of a submodule, by its path there.
    Module(Arc<GitFs>, RelPath),
}

impl GitFs {
    fn new(repo: ThreadSafeRepository, tree: ObjectId, top: Option<PathBuf>) -> Self {
        GitFs {
            repo,
            tree,
            top,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while the lock is held leaves caches that are complete or empty.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lends a handle to `work`; making one costs more than most reads.
    fn with_repo<T>(&self, work: impl FnOnce(&Repository) -> T) -> T {
        let idle = self.state().idle.pop();
        let repo = idle.unwrap_or_else(|| self.repo.to_thread_local());
        let out = work(&repo);
        self.state().idle.push(repo);
        out
    }

    /// The entries of a folder that is no link, sorted by name.
    fn folder(&self, dir: &RelPath) -> io::Result<Arc<[Node]>> {
        if let Some(folder) = self.state().folders.get(dir) {
            return Ok(Arc::clone(folder));
        }
        let id = if dir.as_str().is_empty() {
            self.tree
        } else {
            let above = self.folder(&dir.parent())?;
            match find(&above, dir.file_name()) {
                Some(node) if node.kind == NodeKind::Dir => node.id,
                _ => return Err(io::ErrorKind::NotFound.into()),
            }
        };
        let nodes = self.with_repo(|repo| {
            let tree = repo.find_tree(id).map_err(|_| absent(id))?;
            let tree = tree.decode().map_err(|_| absent(id))?;
            let mut nodes: Vec<Node> = tree
                .entries
                .iter()
                .filter_map(|entry| {
                    let name = String::from_utf8_lossy(entry.filename);
                    // What only a forged tree holds.
                    if matches!(&*name, "" | "." | "..") || name.contains(['/', '\0']) {
                        return None;
                    }
                    let kind = match entry.mode.kind() {
                        // The likeness of a name is none.
                        _ if matches!(name, Cow::Owned(_)) => NodeKind::Unnamed,
                        Mode::Blob | Mode::BlobExecutable => NodeKind::File,
                        Mode::Tree => NodeKind::Dir,
                        Mode::Link => NodeKind::Link,
                        Mode::Commit => NodeKind::Module,
                    };
                    Some(Node {
                        name: name.into_owned().into(),
                        kind,
                        id: entry.oid.to_owned(),
                    })
                })
                .collect();
            nodes.sort_by(|l, r| l.name.cmp(&r.name));
            Ok::<_, io::Error>(Arc::<[Node]>::from(nodes))
        })?;
        self.state().folders.insert(dir.clone(), Arc::clone(&nodes));
        Ok(nodes)
    }

    /// What stands at a path, links followed.
    fn locate(&self, path: &RelPath, links: u8) -> io::Result<Found> {
        let mut dir = RelPath::root();
        let mut rest = path.as_str();
        while !rest.is_empty() {
            let (name, after) = rest.split_once('/').unwrap_or((rest, ""));
            let folder = self.folder(&dir)?;
            let node = find(&folder, name).ok_or(io::ErrorKind::NotFound)?;
            let here = dir.join(name).ok_or(io::ErrorKind::NotFound)?;
            match node.kind {
                NodeKind::File if after.is_empty() => return Ok(Found::File(node.id)),
                NodeKind::File | NodeKind::Unnamed => {
                    return Err(io::ErrorKind::NotFound.into());
                }
                NodeKind::Dir => dir = here,
                NodeKind::Link => {
                    let target = self.blob(node.id, 4096)?;
                    let target = std::str::from_utf8(&target)
                        .ok()
                        .and_then(|target| dir.join(target))
                        .and_then(|target| target.join(after))
                        .ok_or_else(|| {
                            io::Error::new(
                                io::ErrorKind::PermissionDenied,
                                "a symbolic link leads out of the repository",
                            )
                        })?;
                    let links = links.checked_sub(1).ok_or_else(|| {
                        io::Error::new(
                            io::ErrorKind::InvalidInput,
                            "symbolic links lead in a circle",
                        )
                    })?;
                    return self.locate(&target, links);
                }
                NodeKind::Module => {
                    let inner = RelPath::new(after).ok_or(io::ErrorKind::NotFound)?;
                    return match self.module(&here, node.id) {
                        Some(module) => Ok(Found::Module(module, inner)),
                        // A submodule that is not there is an empty folder, as on the disk.
                        None if after.is_empty() => Ok(Found::Dir(here)),
                        None => Err(io::Error::new(
                            io::ErrorKind::NotFound,
                            format!(
                                "the submodule `{here}` is not here at commit {}; `git submodule update --init {here}` fetches it",
                                node.id
                            ),
                        )),
                    };
                }
            }
            rest = after;
        }
        Ok(Found::Dir(dir))
    }

    /// The files of a submodule, when its repository is on this machine and has the commit.
    fn module(&self, path: &RelPath, commit: ObjectId) -> Option<Arc<GitFs>> {
        if let Some(known) = self.state().modules.get(path) {
            return known.clone();
        }
        let found = self.top.as_ref().and_then(|top| {
            let top = top.join(path.as_str());
            let repo = ThreadSafeRepository::open(&top).ok()?;
            let tree = {
                let local = repo.to_thread_local();
                local.find_commit(commit).ok()?.tree_id().ok()?.detach()
            };
            Some(Arc::new(GitFs::new(repo, tree, Some(top))))
        });
        self.state().modules.insert(path.clone(), found.clone());
        found
    }

    fn blob(&self, id: ObjectId, limit: u64) -> io::Result<Vec<u8>> {
        self.with_repo(|repo| {
            let size = repo.find_header(id).map_err(|_| absent(id))?.size();
            if size > limit {
                return Err(too_large(size, limit));
            }
            let mut blob = repo.find_blob(id).map_err(|_| absent(id))?;
            Ok(blob.take_data())
        })
    }
}

impl ReadFs for GitFs {
    fn read(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        match self.locate(path, MAX_LINKS)? {
            Found::File(id) => self.blob(id, limit),
            Found::Dir(_) => Err(io::ErrorKind::IsADirectory.into()),
            Found::Module(module, inner) => module.read(&inner, limit),
        }
    }

    fn list(&self, dir: &RelPath) -> io::Result<Vec<(RelPath, EntryKind)>> {
        let real = match self.locate(dir, MAX_LINKS)? {
            Found::File(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Found::Module(module, inner) => {
                let entries = module.list(&inner)?.into_iter();
                return Ok(entries
                    .filter_map(|(path, kind)| Some((dir.join(path.file_name())?, kind)))
                    .collect());
            }
            Found::Dir(real) => real,
        };
        let folder = match self.folder(&real) {
            Ok(folder) => folder,
            // A submodule that is not there.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut out = Vec::with_capacity(folder.len());
        for node in folder.iter() {
            let Some(path) = dir.join(&node.name) else {
                continue;
            };
            match node.kind {
                NodeKind::File => out.push((path, EntryKind::File)),
                NodeKind::Dir | NodeKind::Module => out.push((path, EntryKind::Dir)),
                // As on the disk: what a link to a folder leads to is listed where it lies.
                NodeKind::Link => match self.kind(&path) {
                    Some(EntryKind::Dir) => {}
                    Some(kind) => out.push((path, kind)),
                    None => out.push((path, EntryKind::Astray)),
                },
                NodeKind::Unnamed => out.push((path, EntryKind::Unnamed)),
            }
        }
        out.sort();
        Ok(out)
    }

    fn kind(&self, path: &RelPath) -> Option<EntryKind> {
        match self.locate(path, MAX_LINKS).ok()? {
            Found::File(_) => Some(EntryKind::File),
            Found::Dir(_) => Some(EntryKind::Dir),
            Found::Module(module, inner) => module.kind(&inner),
        }
    }

    fn identity(&self, path: &RelPath) -> Option<ContentId> {
        match self.locate(path, MAX_LINKS).ok()? {
            Found::File(id) => id.as_bytes().try_into().ok().map(ContentId),
            Found::Dir(_) => None,
            Found::Module(module, inner) => module.identity(&inner),
        }
    }
}

fn find<'n>(folder: &'n [Node], name: &str) -> Option<&'n Node> {
    let at = folder
        .binary_search_by(|node| (*node.name).cmp(name))
        .ok()?;
    Some(&folder[at])
}

/// An object that the tree names and the clone does not have.
fn absent(id: ObjectId) -> io::Error {
    io::Error::other(format!(
        "object {id} is not in this clone; `git fetch --refetch` completes a partial one"
    ))
}
