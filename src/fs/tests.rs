//! What the disk lets be read.

#![allow(
    clippy::disallowed_methods,
    reason = "what is tested is how the disk is read"
)]

use std::os::unix::fs::symlink;

use rustix::fs::{CWD, FileType, Mode, mknodat};

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
