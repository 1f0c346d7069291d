//! The one place that names the disk.
//!
//! Everything below `cli/` reads through [`ReadFs`] and writes through [`WriteFs`]; what only
//! checks takes a `&dyn ReadFs` and cannot write even by mistake.

#[cfg(target_os = "linux")]
mod direct;
mod stamps;
#[cfg(all(test, target_os = "linux"))]
mod tests;

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::text::{ContentHash, RelPath};

pub use stamps::Stamps;

/// What a folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A file, or a link that ends at one.
    File,
    /// A folder.
    Dir,
    /// A link that leads nowhere or out of the root. Only lists tell it: nothing stands there.
    Astray,
    /// Something whose name is no UTF-8, and so no path; the path that a list tells is a likeness.
    Unnamed,
}

/// What the bytes of a file are, without the bytes: files of one identity are equal, in whichever tree
/// they lie. It is the SHA-1 that git names them by, so that revisions can tell it for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub(crate) [u8; 20]);

/// Reading below a root.
pub trait ReadFs: Sync {
    /// The bytes of a file. Refused with `InvalidInput` when the file is larger than `limit` bytes,
    /// with `PermissionDenied` when a symbolic link leads out of the root.
    fn read(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>>;

    /// The BLAKE3 hash of a file's bytes; refused as [`read`](Self::read) refuses.
    fn hash(&self, path: &RelPath, limit: u64) -> io::Result<[u8; 32]> {
        Ok(ContentHash::of(&self.read(path, limit)?).bytes())
    }

    /// The entries of a folder, sorted by path, those included that cannot be read. Links to folders
    /// are left out.
    fn list(&self, dir: &RelPath) -> io::Result<Vec<(RelPath, EntryKind)>>;

    /// What stands at a path, links followed; `None` when nothing does.
    fn kind(&self, path: &RelPath) -> Option<EntryKind>;

    /// The identity of a file's bytes where it is known without reading them; `None` says nothing.
    fn identity(&self, _path: &RelPath) -> Option<ContentId> {
        None
    }
}

/// Writing below a root, in two steps: everything is staged before anything is replaced, so that a
/// disk that fills up is noticed while the old files still stand.
pub trait WriteFs: ReadFs {
    /// Lays the future bytes of a file out beside it. Folders are made as needed.
    fn stage(&self, path: &RelPath, bytes: &[u8]) -> io::Result<()>;

    /// What lies staged for a file: an interrupted run leaves it behind. Errors as those of reading.
    fn staged(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>>;

    /// Puts what was staged in the place of the file, at once: a reader sees the old bytes or the
    /// new ones and nothing between.
    fn commit(&self, path: &RelPath) -> io::Result<()>;

    /// Forgets what was staged for a file, if anything was, and removes the folders that this
    /// leaves empty. There is nothing to be done when it cannot.
    fn discard(&self, path: &RelPath);

    /// Writes one file: staged, then put in its place.
    fn write(&self, path: &RelPath, bytes: &[u8]) -> io::Result<()> {
        let written = self.stage(path, bytes).and_then(|()| self.commit(path));
        if written.is_err() {
            self.discard(path);
        }
        written
    }

    /// Removes a file, and the folders that this leaves empty.
    fn remove(&self, path: &RelPath) -> io::Result<()>;
}

/// The disk below one folder.
#[derive(Debug, Clone)]
pub struct OsFs {
    root: PathBuf,
    /// The root, held open: what lies below it is opened from here.
    #[cfg(target_os = "linux")]
    handle: Arc<std::os::fd::OwnedFd>,
    /// Folders that were seen to lie inside the root without a link on the way. Resolving every
    /// folder of every file would cost more than reading the files.
    plain: Arc<Mutex<HashSet<RelPath>>>,
    /// What files are known to hash to.
    stamps: Option<Arc<Stamps>>,
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is the one place that touches the disk"
)]
impl OsFs {
    /// The disk below `root`, which must exist; links in `root` itself are followed once, here.
    pub fn new(root: &Path) -> io::Result<Self> {
        let root = std::fs::canonicalize(root)?;
        Ok(OsFs {
            #[cfg(target_os = "linux")]
            handle: Arc::new(direct::folder(&root)?),
            root,
            plain: Arc::new(Mutex::new(HashSet::from([RelPath::root()]))),
            stamps: None,
        })
    }

    /// The same disk, whose files are not read for their hash again while their stamps are as they
    /// were. Only Linux is asked for stamps so far; elsewhere every file is read.
    pub fn with_stamps(self, stamps: Arc<Stamps>) -> Self {
        OsFs {
            stamps: Some(stamps),
            ..self
        }
    }

    /// The folder, absolute and with links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Opens a regular file; with it its size in bytes.
    fn open(&self, path: &RelPath) -> io::Result<(std::fs::File, u64)> {
        #[cfg(target_os = "linux")]
        if let Some(opened) = direct::open(&self.handle, path) {
            return Ok(opened);
        }
        // What is no regular file is not even opened: a pipe would wait for a writer.
        let (place, meta) = self.look(path)?;
        if !meta.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "it is not a regular file",
            ));
        }
        Ok((std::fs::File::open(place)?, meta.len()))
    }

    fn at(&self, path: &RelPath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// The real place of a path; refused when links lead out of the root.
    fn inside(&self, path: &RelPath) -> io::Result<PathBuf> {
        self.look(path).map(|(place, _)| place)
    }

    /// The real place of a path, and what stands there; refused when links lead out of the root.
    fn look(&self, path: &RelPath) -> io::Result<(PathBuf, std::fs::Metadata)> {
        let place = self.at(path);
        if self.is_plain(&path.parent()) {
            let meta = std::fs::symlink_metadata(&place)?;
            if !meta.is_symlink() {
                return Ok((place, meta));
            }
        }
        let real = std::fs::canonicalize(place)?;
        if !real.starts_with(&self.root) {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "a symbolic link leads out of the workspace",
            ));
        }
        let meta = std::fs::symlink_metadata(&real)?;
        Ok((real, meta))
    }

    /// Removes the folders above a path that hold nothing.
    fn remove_empty_folders(&self, path: &RelPath) {
        let mut dir = path.parent();
        self.known()
            .retain(|known| known.as_str().is_empty() || !dir.is_below(known));
        // `remove_dir` refuses folders that still hold something, which ends the climb.
        while !dir.as_str().is_empty() && std::fs::remove_dir(self.at(&dir)).is_ok() {
            dir = dir.parent();
        }
    }

    /// Whether a folder exists and no link leads to it; looked up once for each that does. A folder
    /// in a plain folder is asked for itself only: resolving it whole asks for every segment again.
    fn is_plain(&self, dir: &RelPath) -> bool {
        if self.known().contains(dir) {
            return true;
        }
        // A link to a folder is no folder here. Asked before its parents are, a path that is too
        // long for the system ends the climb at once.
        let is_dir = std::fs::symlink_metadata(self.at(dir)).is_ok_and(|meta| meta.is_dir());
        let plain = is_dir && self.is_plain(&dir.parent());
        if plain {
            self.known().insert(dir.clone());
        }
        plain
    }

    fn known(&self) -> MutexGuard<'_, HashSet<RelPath>> {
        // A panic while the lock is held cannot leave the set half-changed.
        self.plain.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For writing: the deepest folder above `path` that exists must lie inside the root.
    fn writable(&self, path: &RelPath) -> io::Result<PathBuf> {
        let target = self.at(path);
        let mut above = target.parent();
        while let Some(dir) = above {
            if dir.symlink_metadata().is_ok() {
                if std::fs::canonicalize(dir)?.starts_with(&self.root) {
                    return Ok(target);
                }
                return Err(io::Error::new(
                    io::ErrorKind::PermissionDenied,
                    "a symbolic link leads out of the workspace",
                ));
            }
            above = dir.parent();
        }
        Ok(target)
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is the one place that touches the disk"
)]
impl ReadFs for OsFs {
    fn read(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        use std::io::Read;
        let (file, size) = self.open(path)?;
        if size > limit {
            return Err(too_large(size, limit));
        }
        // Room for one byte more than there should be: a read that leaves it empty has seen the end,
        // so a file takes one call unless it changes meanwhile.
        let room = usize::try_from(size).unwrap_or(0).saturating_add(1);
        let mut bytes = Vec::with_capacity(room);
        #[cfg(target_os = "linux")]
        if direct::read(&file, &mut bytes)? as u64 == size && size > 0 {
            return Ok(bytes);
        }
        // The limit holds for what arrives as well.
        let rest = limit.saturating_add(1).saturating_sub(bytes.len() as u64);
        file.take(rest).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(too_large(bytes.len() as u64, limit));
        }
        Ok(bytes)
    }

    #[cfg(target_os = "linux")]
    fn hash(&self, path: &RelPath, limit: u64) -> io::Result<[u8; 32]> {
        let stamp = (self.stamps.as_ref())
            .and_then(|stamps| Some((stamps, direct::stamp(&self.handle, path)?)));
        if let Some((stamps, stamp)) = &stamp
            && stamp.size <= limit
            && let Some(hash) = stamps.known(path, stamp)
        {
            return Ok(hash.bytes());
        }
        let hash = ContentHash::of(&self.read(path, limit)?);
        if let Some((stamps, stamp)) = stamp {
            stamps.learn(path, stamp, hash);
        }
        Ok(hash.bytes())
    }

    fn list(&self, dir: &RelPath) -> io::Result<Vec<(RelPath, EntryKind)>> {
        let mut out = Vec::new();
        for entry in std::fs::read_dir(self.inside(dir)?)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(path) = name.to_str().and_then(|name| dir.join(name)) else {
                let likeness = dir.join(&name.to_string_lossy());
                out.extend(likeness.map(|path| (path, EntryKind::Unnamed)));
                continue;
            };
            let mut kind = entry.file_type()?;
            if kind.is_symlink() {
                let Ok((_, meta)) = self.look(&path) else {
                    out.push((path, EntryKind::Astray));
                    continue;
                };
                kind = meta.file_type();
                // What a link to a folder leads to is listed where it lies, once; a walk that
                // follows such links finds everything twice, or never ends.
                if kind.is_dir() {
                    continue;
                }
            }
            if kind.is_dir() {
                out.push((path, EntryKind::Dir));
            } else if kind.is_file() {
                out.push((path, EntryKind::File));
            }
        }
        out.sort();
        Ok(out)
    }

    fn kind(&self, path: &RelPath) -> Option<EntryKind> {
        let (_, meta) = self.look(path).ok()?;
        Some(if meta.is_dir() {
            EntryKind::Dir
        } else {
            EntryKind::File
        })
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is the one place that touches the disk"
)]
impl WriteFs for OsFs {
    fn stage(&self, path: &RelPath, bytes: &[u8]) -> io::Result<()> {
        use std::io::Write;
        let target = if self.is_plain(&path.parent()) {
            self.at(path)
        } else {
            let target = self.writable(path)?;
            std::fs::create_dir_all(target.parent().unwrap_or(&self.root))?;
            target
        };
        let temporary = temporary(&target);
        // What an interrupted run left is replaced; a link that somebody put there is not followed.
        match std::fs::remove_file(&temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        std::fs::File::create_new(&temporary)?.write_all(bytes)
    }

    fn staged(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        let temporary = temporary(Path::new(path.as_str()));
        let path = temporary.to_str().and_then(RelPath::new);
        self.read(&path.ok_or(io::ErrorKind::NotFound)?, limit)
    }

    fn commit(&self, path: &RelPath) -> io::Result<()> {
        let target = self.writable(path)?;
        std::fs::rename(temporary(&target), &target)
    }

    fn discard(&self, path: &RelPath) {
        let Ok(target) = self.writable(path) else {
            return;
        };
        // The error that matters is the one that led here; a leftover temporary file is harmless.
        let _ = std::fs::remove_file(temporary(&target));
        self.remove_empty_folders(path);
    }

    fn remove(&self, path: &RelPath) -> io::Result<()> {
        match std::fs::remove_file(self.writable(path)?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        self.remove_empty_folders(path);
        Ok(())
    }
}

/// Where the future bytes of a file lie. The name is fixed, so that an interrupted run leaves at most
/// one stray file per artifact, and the next run replaces it.
fn temporary(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.cherry-tmp"))
}

pub(crate) fn too_large(size: u64, limit: u64) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        format!("it holds {size} bytes, the limit is {limit}"),
    )
}

/// Files in memory, for tests and for callers without a disk.
#[derive(Debug, Default)]
pub struct MemoryFs {
    files: Mutex<BTreeMap<RelPath, Arc<[u8]>>>,
    staged: Mutex<BTreeMap<RelPath, Arc<[u8]>>>,
}

impl MemoryFs {
    /// An empty one.
    pub fn new() -> Self {
        MemoryFs::default()
    }

    /// Every file with its bytes, by path.
    pub fn files(&self) -> BTreeMap<RelPath, Arc<[u8]>> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<RelPath, Arc<[u8]>>> {
        // A panic while the lock is held cannot leave the map half-changed.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn in_waiting(&self) -> MutexGuard<'_, BTreeMap<RelPath, Arc<[u8]>>> {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn within(bytes: Option<Arc<[u8]>>, limit: u64) -> io::Result<Vec<u8>> {
    let bytes = bytes.ok_or(io::ErrorKind::NotFound)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64, limit));
    }
    Ok(bytes.to_vec())
}

impl ReadFs for MemoryFs {
    fn read(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.lock().get(path).cloned();
        within(bytes, limit)
    }

    fn list(&self, dir: &RelPath) -> io::Result<Vec<(RelPath, EntryKind)>> {
        let mut out = BTreeMap::new();
        for path in self
            .lock()
            .keys()
            .filter(|path| path.is_below(dir) && *path != dir)
        {
            let mut child = path.clone();
            let mut kind = EntryKind::File;
            while child.parent() != *dir {
                child = child.parent();
                kind = EntryKind::Dir;
            }
            out.insert(child, kind);
        }
        Ok(out.into_iter().collect())
    }

    fn kind(&self, path: &RelPath) -> Option<EntryKind> {
        let files = self.lock();
        if files.contains_key(path) {
            return Some(EntryKind::File);
        }
        // The root is there even when nothing is in it.
        let is_dir = path.as_str().is_empty() || files.keys().any(|file| file.is_below(path));
        is_dir.then_some(EntryKind::Dir)
    }
}

impl WriteFs for MemoryFs {
    fn stage(&self, path: &RelPath, bytes: &[u8]) -> io::Result<()> {
        self.in_waiting().insert(path.clone(), bytes.into());
        Ok(())
    }

    fn staged(&self, path: &RelPath, limit: u64) -> io::Result<Vec<u8>> {
        let staged = self.in_waiting().get(path).cloned();
        within(staged, limit)
    }

    fn commit(&self, path: &RelPath) -> io::Result<()> {
        let bytes = self
            .in_waiting()
            .remove(path)
            .ok_or(io::ErrorKind::NotFound)?;
        self.lock().insert(path.clone(), bytes);
        Ok(())
    }

    fn discard(&self, path: &RelPath) {
        self.in_waiting().remove(path);
    }

    fn remove(&self, path: &RelPath) -> io::Result<()> {
        self.lock().remove(path);
        Ok(())
    }
}
