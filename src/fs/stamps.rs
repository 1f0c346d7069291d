//! What files hashed to when they were last read, so that a warm build asks the disk for their
//! stamps and not for their bytes.
//!
//! A stamp is what the system keeps of a file beside its bytes: size, inode, and the times of the
//! last change of its bytes and of its record. The last of these cannot be set by anybody, so a file
//! with the stamp that it had is the file that it was, but for one case: two changes within one tick
//! of the clock leave one stamp. Therefore only stamps that had come to rest before the process
//! began are remembered; git judges its index in the same way.
//!
//! They lie in a folder of the user, never in the workspace: they mean nothing on another machine.
//! Losing them costs a slow build, and nothing else.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::text::{ContentHash, NameMap, RelPath};

/// First line of the file; one that begins otherwise is read as empty.
const FORMAT: &str = "cherryc stamps 1";

/// Most stamps that are kept of files that a run did not ask for.
const MAX_OTHERS: usize = 200_000;

/// Fewer new ones than this are not written down: reading so many files again takes a millisecond
/// or two, and the user's folder is not littered with workspaces of three contracts.
pub(super) const MIN_FRESH: usize = 256;

/// How long before the process began a file must have changed last. The clocks of file systems
/// tick a hundred times a second or faster.
const REST: Duration = Duration::from_millis(20);

/// The same where times are whole seconds: some file systems count two at a time.
const COARSE_REST: Duration = Duration::from_secs(3);

/// What the system keeps of a regular file beside its bytes; times in nanoseconds of the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) device: u64,
    pub(super) inode: u64,
    pub(super) size: u64,
    pub(super) modified_ns: i128,
    pub(super) changed_ns: i128,
}

impl Stamp {
    /// Whether a later change is sure to show.
    fn rests(&self, began_ns: i128) -> bool {
        const SECOND_NS: i128 = 1_000_000_000;
        let last = self.changed_ns.max(self.modified_ns);
        let rest = if self.changed_ns % SECOND_NS == 0 {
            COARSE_REST
        } else {
            REST
        };
        last.saturating_add(ns(rest)) < began_ns
    }
}

fn ns(duration: Duration) -> i128 {
    i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX)
}

/// The stamps of the files below one folder.
#[derive(Debug)]
pub struct Stamps {
    place: PathBuf,
    began_ns: i128,
    known: NameMap<String, (Stamp, ContentHash)>,
    fresh: Mutex<BTreeMap<String, (Stamp, ContentHash)>>,
}

#[allow(
    clippy::disallowed_methods,
    reason = "stamps lie on the disk, and their times are those of the system's clock"
)]
impl Stamps {
    /// The stamps of the files below `root` that `folder` keeps; none when there are none yet.
    pub fn open(folder: &Path, root: &Path) -> Self {
        let name = ContentHash::of(root.as_os_str().as_encoded_bytes()).short();
        let place = folder.join(format!("stamps-{name:016x}"));
        let text = std::fs::read_to_string(&place).unwrap_or_default();
        let began = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Stamps {
            place,
            began_ns: began.map_or(0, ns),
            known: parse(&text),
            fresh: Mutex::default(),
        }
    }

    /// The hash of a file with this stamp, where it is known.
    pub(super) fn known(&self, path: &RelPath, stamp: &Stamp) -> Option<ContentHash> {
        let (known, hash) = self.known.get(path.as_str())?;
        (known == stamp).then_some(*hash)
    }

    /// Remembers a hash. The stamp was taken before the bytes were read.
    pub(super) fn learn(&self, path: &RelPath, stamp: Stamp, hash: ContentHash) {
        if stamp.rests(self.began_ns) && !path.as_str().contains('\n') {
            let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
            fresh.insert(path.as_str().to_owned(), (stamp, hash));
        }
    }

    /// Writes down what was learnt, if it is worth it.
    ///
    /// # Errors
    /// When the disk refuses; then the next build learns it again.
    pub fn save(&self) -> io::Result<()> {
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        if fresh.len() < MIN_FRESH {
            return Ok(());
        }
        let mut all: BTreeMap<&str, &(Stamp, ContentHash)> = BTreeMap::new();
        if self.known.len() <= MAX_OTHERS {
            all.extend(self.known.iter().map(|(path, known)| (&**path, known)));
        }
        all.extend(fresh.iter().map(|(path, known)| (&**path, known)));
        let mut text = format!("{FORMAT}\n");
        for (path, (stamp, hash)) in all {
            let Stamp {
                device,
                inode,
                size,
                modified_ns,
                changed_ns,
            } = stamp;
            let _ = writeln!(
                text,
                "{device} {inode} {size} {modified_ns} {changed_ns} {hash} {path}"
            );
        }
        if let Some(folder) = self.place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // Two builds at once each put a whole file in place.
        let temporary = self
            .place
            .with_extension(format!("{}.tmp", std::process::id()));
        let written = std::fs::write(&temporary, text)
            .and_then(|()| std::fs::rename(&temporary, &self.place));
        if written.is_err() {
            // The error that matters is the one that led here.
            let _ = std::fs::remove_file(&temporary);
        }
        written
    }
}

/// Reads the lines that are whole; others are as good as none.
fn parse(text: &str) -> NameMap<String, (Stamp, ContentHash)> {
    let mut lines = text.lines();
    if lines.next() != Some(FORMAT) {
        return NameMap::default();
    }
    lines.filter_map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<(String, (Stamp, ContentHash))> {
    let mut fields = line.splitn(7, ' ');
    let stamp = Stamp {
        device: fields.next()?.parse().ok()?,
        inode: fields.next()?.parse().ok()?,
        size: fields.next()?.parse().ok()?,
        modified_ns: fields.next()?.parse().ok()?,
        changed_ns: fields.next()?.parse().ok()?,
    };
    let hash = ContentHash::parse(fields.next()?)?;
    Some((fields.next()?.to_owned(), (stamp, hash)))
}
