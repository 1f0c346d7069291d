//! Reading as Linux does it best: the rule that no link may stand on the way is the system's to keep,
//! so that nothing has to be looked at before it is opened.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::buffer::spare_capacity;
use rustix::fs::{AtFlags, FileType, Mode, OFlags, ResolveFlags};

use super::stamps::Stamp;
use crate::text::RelPath;

/// Opens a folder for nothing but finding things below it.
pub(super) fn folder(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?)
}

/// Opens a regular file below `root` to which no link leads; with it its size in bytes. `None`
/// for anything else, and on systems older than the call: the careful way says what it is.
pub(super) fn open(root: &OwnedFd, path: &RelPath) -> Option<(File, u64)> {
    // A pipe is let go at once: without `NONBLOCK` it would wait for a writer.
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let rules = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
    let opened = rustix::fs::openat2(root, path.as_str(), flags, Mode::empty(), rules).ok()?;
    let stat = rustix::fs::fstat(&opened).ok()?;
    let is_file = FileType::from_raw_mode(stat.st_mode).is_file();
    is_file.then(|| (File::from(opened), u64::try_from(stat.st_size).unwrap_or(0)))
}

/// The stamp of a regular file to which no link leads; `None` for anything else.
pub(super) fn stamp(root: &OwnedFd, path: &RelPath) -> Option<Stamp> {
    let stat = rustix::fs::statat(root, path.as_str(), AtFlags::SYMLINK_NOFOLLOW).ok()?;
    let at = |seconds: i64, ns: u64| i128::from(seconds) * 1_000_000_000 + i128::from(ns);
    FileType::from_raw_mode(stat.st_mode)
        .is_file()
        .then(|| Stamp {
            device: stat.st_dev,
            inode: stat.st_ino,
            size: u64::try_from(stat.st_size).unwrap_or(0),
            modified_ns: at(stat.st_mtime, stat.st_mtime_nsec),
            changed_ns: at(stat.st_ctime, stat.st_ctime_nsec),
        })
}

/// One read into the room that `bytes` has; how many bytes came.
pub(super) fn read(file: &File, bytes: &mut Vec<u8>) -> io::Result<usize> {
    Ok(rustix::io::retry_on_intr(|| {
        rustix::io::read(file, spare_capacity(bytes))
    })?)
}
