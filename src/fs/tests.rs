//! What the disk lets be read, and what is remembered of it.

#![allow(
    clippy::disallowed_methods,
    reason = "what is tested is how the disk is read"
)]

use std::os::unix::fs::{MetadataExt, symlink};

use rustix::fs::{AtFlags, CWD, FileType, Mode, Timespec, Timestamps, mknodat, utimensat};

use super::stamps::MIN_FRESH;
use super::*;

/// Both ways of opening keep one set of rules: links that stay inside are followed, others are
/// not, and nobody waits for what is no file.
#[test]
fn reading_keeps_the_rules_of_links() {
    let outside = tempfile::tempdir().expect("a folder can be made");
    let dir = tempfile::tempdir().expect("a folder can be made");
    let at = |name: &str| dir.path().join(name);
    std::fs::write(outside.path().join("secret"), "s").expect("a file can be written");
    std::fs::create_dir(at("inner")).expect("a folder can be made");
    std::fs::write(at("inner/file"), "text").expect("a file can be written");
    std::fs::write(at("empty"), "").expect("a file can be written");
    for (to, from) in [
        ("inner/file", "link"),
        ("inner", "folder"),
        ("nowhere", "dangling"),
    ] {
        symlink(to, at(from)).expect("a link can be made");
    }
    symlink(outside.path(), at("out")).expect("a link can be made");
    symlink(outside.path().join("secret"), at("leak")).expect("a link can be made");
    mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RWXU, 0).expect("a pipe can be made");

    let fs = OsFs::new(dir.path()).expect("the folder is there");
    let read = |path: &str, limit| {
        let path = RelPath::new(path).expect("a plain name is a path");
        fs.read(&path, limit).map_err(|error| error.kind())
    };
    for (path, expected) in [
        ("inner/file", Ok("text")),
        ("link", Ok("text")),
        ("folder/file", Ok("text")),
        ("empty", Ok("")),
        ("dangling", Err(io::ErrorKind::NotFound)),
        ("out/secret", Err(io::ErrorKind::PermissionDenied)),
        ("leak", Err(io::ErrorKind::PermissionDenied)),
        ("pipe", Err(io::ErrorKind::InvalidInput)),
        ("inner", Err(io::ErrorKind::InvalidInput)),
        ("", Err(io::ErrorKind::InvalidInput)),
        ("inner/file/deeper", Err(io::ErrorKind::NotADirectory)),
    ] {
        let expected = expected.map(|text| text.as_bytes().to_vec());
        assert_eq!(read(path, 4), expected, "{path}");
    }
    assert_eq!(read("inner/file", 3), Err(io::ErrorKind::InvalidInput));
    assert_eq!(read("link", 3), Err(io::ErrorKind::InvalidInput));
}

/// A workspace with as many files as are worth remembering, and the folder that remembers them.
struct Remembered {
    dir: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Remembered {
    fn new() -> Self {
        let made = Remembered {
            dir: tempfile::tempdir().expect("a folder can be made"),
            cache: tempfile::tempdir().expect("a folder can be made"),
        };
        for number in 0..MIN_FRESH {
            made.write(number, &format!("text {number:04}"));
        }
        made
    }

    fn path(number: usize) -> RelPath {
        RelPath::new(&format!("{number:04}")).expect("a number is a path")
    }

    fn write(&self, number: usize, text: &str) {
        let place = self.dir.path().join(Self::path(number).as_str());
        std::fs::write(place, text).expect("a file can be written");
    }

    /// Sets when a file was changed last.
    fn set_times(&self, number: usize, tv_sec: i64, tv_nsec: i64) {
        let time = Timespec { tv_sec, tv_nsec };
        let times = Timestamps {
            last_access: time,
            last_modification: time,
        };
        let place = self.dir.path().join(Self::path(number).as_str());
        utimensat(CWD, &place, &times, AtFlags::empty()).expect("times can be set");
    }

    /// Hashes every file as a process does that begins now.
    fn hashes(&self) -> Vec<[u8; 32]> {
        let stamps = Arc::new(Stamps::open(self.cache.path(), self.dir.path()));
        let fs = OsFs::new(self.dir.path()).expect("the folder is there");
        let fs = fs.with_stamps(stamps.clone());
        let all = 0..MIN_FRESH;
        let hashes = all.map(|number| fs.hash(&Self::path(number), 100));
        let hashes = hashes.collect::<io::Result<_>>().expect("all can be read");
        stamps.save().expect("the folder can be written");
        hashes
    }

    /// The only file of the folder that remembers, if there is one.
    fn record(&self) -> Option<PathBuf> {
        let mut entries = std::fs::read_dir(self.cache.path()).expect("the folder is there");
        Some(entries.next()?.expect("an entry can be read").path())
    }

    /// Lets the files come to rest.
    fn rest() {
        std::thread::sleep(std::time::Duration::from_millis(60));
    }
}

fn hash_of(text: &str) -> [u8; 32] {
    ContentHash::of(text.as_bytes()).bytes()
}

#[test]
fn a_file_with_a_known_stamp_is_not_read_again() {
    let files = Remembered::new();
    Remembered::rest();
    let first = files.hashes();
    assert_eq!(first[7], hash_of("text 0007"));

    // Only who does not read can be told this.
    let record = files.record().expect("what came to rest is remembered");
    let text = std::fs::read_to_string(&record).expect("it is a text");
    let told = ContentHash::of(b"text 0007").to_string();
    let untrue = ContentHash::of(b"something else").to_string();
    std::fs::write(&record, text.replace(&told, &untrue)).expect("it can be written");
    assert_eq!(files.hashes()[7], hash_of("something else"));
    // A record of another format counts as none.
    std::fs::write(&record, text.replacen('1', "0", 1)).expect("it can be written");
    assert_eq!(files.hashes(), first);
}

#[test]
fn a_change_shows_whatever_is_done_to_hide_it() {
    let files = Remembered::new();
    Remembered::rest();
    files.hashes();
    let place = files.dir.path().join("0003");
    let before = std::fs::metadata(&place).expect("the file is there");
    files.write(3, "Text 0003");
    files.set_times(3, before.mtime(), before.mtime_nsec());
    assert_eq!(files.hashes()[3], hash_of("Text 0003"));
    // Another file in its place, as editors save.
    let other = files.dir.path().join("other");
    std::fs::write(&other, "TEXT 0003").expect("a file can be written");
    std::fs::rename(other, &place).expect("a file can be moved");
    assert_eq!(files.hashes()[3], hash_of("TEXT 0003"));
}

#[test]
fn what_does_not_rest_yet_is_not_remembered() {
    let files = Remembered::new();
    Remembered::rest();
    // A change that the clock has not come to.
    files.set_times(0, i64::from(u32::MAX), 5);
    files.hashes();
    assert_eq!(files.record(), None);
}
