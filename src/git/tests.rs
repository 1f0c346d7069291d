#![allow(
    clippy::disallowed_methods,
    reason = "tests make repositories with the program `git`"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{GitFs, GitRepo};
use crate::fs::{EntryKind, ReadFs};
use crate::text::RelPath;

/// Runs `git` in a folder, with nothing of this machine's configuration, and returns what it says.
fn git(dir: &Path, args: &[&str]) -> String {
    let out = Command::new("git")
        .current_dir(dir)
        .args([
            "-c",
            "protocol.file.allow=always",
            "-c",
            "core.autocrlf=false",
        ])
        .args(args)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "a")
        .env("GIT_AUTHOR_EMAIL", "a@example.org")
        .env("GIT_COMMITTER_NAME", "a")
        .env("GIT_COMMITTER_EMAIL", "a@example.org")
        .output()
        .expect("git is installed");
    let error = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "git {args:?}: {error}");
    String::from_utf8_lossy(&out.stdout).trim().to_owned()
}

fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn commit(dir: &Path, message: &str) -> String {
    git(dir, &["add", "-A"]);
    git(dir, &["commit", "-q", "-m", message]);
    git(dir, &["rev-parse", "HEAD"])
}

/// A repository with a commit, a tag `v1` on it, and a second commit; a file `api/a.proto` says
/// `one`, then `two`.
fn repository() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder can be made");
    git(dir.path(), &["init", "-q", "-b", "main"]);
    write(dir.path(), "api/a.proto", "one");
    write(dir.path(), "api/deep/b.proto", "same");
    commit(dir.path(), "first");
    git(dir.path(), &["tag", "-a", "v1", "-m", "v1"]);
    write(dir.path(), "api/a.proto", "two");
    commit(dir.path(), "second");
    dir
}

fn path(text: &str) -> RelPath {
    RelPath::new(text).expect("it is a path")
}

fn open(dir: &Path) -> GitRepo {
    GitRepo::discover(dir).expect("it is a repository")
}

fn at(dir: &Path, revision: &str) -> GitFs {
    open(dir)
        .revision(revision)
        .unwrap_or_else(|error| panic!("{revision}: {error}"))
}

fn read(fs: &GitFs, file: &str) -> String {
    let bytes = fs.read(&path(file), 1000).expect("it is there");
    String::from_utf8(bytes).expect("it is text")
}

fn refusal(dir: &Path, revision: &str) -> String {
    let error = open(dir).revision(revision).expect_err(revision);
    error.to_string()
}

#[test]
fn revisions_are_read_by_every_kind_of_name() {
    let dir = repository();
    let head = git(dir.path(), &["rev-parse", "HEAD"]);
    for name in [
        "HEAD",
        "main",
        "refs/heads/main",
        &head,
        &head[..10],
        "v1^{}~0",
        "v1",
        "HEAD~1",
    ] {
        let expected = match name {
            "v1" | "v1^{}~0" | "HEAD~1" => "one",
            _ => "two",
        };
        assert_eq!(
            read(&at(dir.path(), name), "api/a.proto"),
            expected,
            "{name}"
        );
    }
    // From a folder below, and with nothing checked out where HEAD points to.
    assert_eq!(
        read(&at(&dir.path().join("api/deep"), "v1"), "api/a.proto"),
        "one"
    );
    git(dir.path(), &["checkout", "-q", "--detach", "v1"]);
    git(dir.path(), &["branch", "-q", "-D", "main"]);
    assert_eq!(read(&at(dir.path(), "HEAD"), "api/a.proto"), "one");
    assert_eq!(read(&at(dir.path(), &head), "api/a.proto"), "two");
}

#[test]
fn packed_objects_and_references_are_read() {
    let dir = repository();
    git(dir.path(), &["gc", "-q", "--prune=now"]);
    assert!(!dir.path().join(".git/refs/heads/main").exists());
    assert_eq!(read(&at(dir.path(), "main"), "api/a.proto"), "two");
    assert_eq!(read(&at(dir.path(), "v1"), "api/a.proto"), "one");
    let tags = open(dir.path()).tags("v*").expect("tags are read");
    assert_eq!(tags, ["v1"]);
    assert!(
        open(dir.path())
            .tags("x*")
            .expect("tags are read")
            .is_empty()
    );
}

#[test]
fn folders_are_listed_sorted_and_large_files_refused() {
    let dir = repository();
    let fs = at(dir.path(), "HEAD");
    let listed = fs.list(&path("api")).expect("it is a folder");
    assert_eq!(
        listed,
        [
            (path("api/a.proto"), EntryKind::File),
            (path("api/deep"), EntryKind::Dir)
        ]
    );
    assert_eq!(fs.list(&RelPath::root()).expect("it is a folder").len(), 1);
    assert_eq!(fs.kind(&path("api/deep/b.proto")), Some(EntryKind::File));
    assert_eq!(fs.kind(&path("api/a.proto/x")), None);
    assert_eq!(fs.kind(&path("nothing")), None);
    let kind = |error: std::io::Error| error.kind();
    use std::io::ErrorKind::{InvalidInput, IsADirectory, NotADirectory, NotFound};
    assert_eq!(
        fs.read(&path("api/a.proto"), 2).map_err(kind),
        Err(InvalidInput)
    );
    assert_eq!(fs.read(&path("api"), 2).map_err(kind), Err(IsADirectory));
    assert_eq!(
        fs.read(&path("api/c.proto"), 2).map_err(kind),
        Err(NotFound)
    );
    assert_eq!(
        fs.list(&path("api/a.proto")).map_err(kind),
        Err(NotADirectory)
    );
}

#[test]
fn equal_files_have_one_identity() {
    let dir = repository();
    let (old, new) = (at(dir.path(), "v1"), at(dir.path(), "HEAD"));
    let (same, changed) = (path("api/deep/b.proto"), path("api/a.proto"));
    assert!(old.identity(&same).is_some());
    assert_eq!(old.identity(&same), new.identity(&same));
    assert_ne!(old.identity(&changed), new.identity(&changed));
    assert_eq!(old.identity(&path("api")), None);
}

#[test]
fn a_worktree_reads_the_objects_of_its_repository() {
    let dir = repository();
    let other = tempfile::tempdir().expect("a folder can be made");
    let tree = other.path().join("tree");
    let place = tree.to_string_lossy().into_owned();
    git(
        dir.path(),
        &["worktree", "add", "-q", "--detach", &place, "v1"],
    );
    assert_eq!(read(&at(&tree, "HEAD"), "api/a.proto"), "one");
    assert_eq!(read(&at(&tree, "main"), "api/a.proto"), "two");
    let real = fs::canonicalize(tree.join("api")).expect("it is there");
    assert_eq!(open(&tree).inside(&real), Some(path("api")));
}

#[test]
fn a_bare_repository_has_revisions_too() {
    let dir = repository();
    let bare = tempfile::tempdir().expect("a folder can be made");
    let (from, to) = (dir.path().to_string_lossy(), bare.path().to_string_lossy());
    git(dir.path(), &["clone", "-q", "--bare", &from, &to]);
    assert_eq!(read(&at(bare.path(), "main"), "api/a.proto"), "two");
}

#[test]
fn what_a_shallow_clone_lacks_is_named_with_the_command_that_fetches_it() {
    let dir = repository();
    let clone = tempfile::tempdir().expect("a folder can be made");
    let from = format!("file://{}", dir.path().display());
    let to = clone.path().to_string_lossy();
    git(dir.path(), &["clone", "-q", "--depth=1", &from, &to]);
    assert_eq!(read(&at(clone.path(), "HEAD"), "api/a.proto"), "two");
    assert_eq!(read(&at(clone.path(), "origin/main"), "api/a.proto"), "two");
    let first = git(dir.path(), &["rev-parse", "v1^{}"]);
    for (name, said, command) in [
        (
            "HEAD~1",
            "revision `HEAD~1` is not in this repository, but `HEAD` is",
            "git fetch --unshallow",
        ),
        (
            "v1",
            "revision `v1` is not in this repository",
            "git fetch origin tag v1",
        ),
        (
            "origin/next",
            "revision `origin/next` is not in",
            "git fetch origin next:refs/remotes/origin/next",
        ),
        (
            "next",
            "revision `next` is not in",
            "git fetch origin next:next",
        ),
        (&first, &first, "git fetch origin"),
        (
            "HEAD..v1",
            "`HEAD..v1` names several commits",
            "name one revision",
        ),
    ] {
        let text = refusal(clone.path(), name);
        assert!(text.contains(said), "{name}: {text}");
        assert!(text.contains(command), "{name}: {text}");
    }
    git(clone.path(), &["checkout", "-q", "--detach"]);
    git(clone.path(), &["branch", "-q", "-D", "main"]);
    let text = refusal(clone.path(), "main");
    assert!(text.contains("write `git:origin/main`"), "{text}");
}

#[test]
fn folders_without_commits_or_repositories_say_so() {
    let dir = tempfile::tempdir().expect("a folder can be made");
    let error = GitRepo::discover(dir.path()).expect_err("there is no repository");
    assert!(error.to_string().contains("lies in no git repository"));
    git(dir.path(), &["init", "-q"]);
    let text = refusal(dir.path(), "HEAD");
    assert!(text.contains("the repository has none yet"), "{text}");
    let text = refusal(dir.path(), "v1");
    assert!(text.contains("git branch --all"), "{text}");
    assert!(refusal(dir.path(), "--all").contains("is no name of a revision"));
    let dir = repository();
    let text = refusal(dir.path(), "HEAD:api/a.proto");
    assert!(text.contains("is a file, not a commit"), "{text}");
}

#[test]
fn links_are_followed_inside_the_repository() {
    use std::os::unix::fs::symlink;
    let dir = repository();
    for (target, link) in [
        ("a.proto", "api/file"),
        ("deep", "api/folder"),
        ("/etc/passwd", "api/absolute"),
        ("../../../outside", "api/outside"),
        ("circle", "api/circle"),
        ("gone", "api/dangling"),
    ] {
        symlink(target, dir.path().join(link)).expect("a link can be made");
    }
    commit(dir.path(), "links");
    let fs = at(dir.path(), "HEAD");
    assert_eq!(read(&fs, "api/file"), "two");
    assert_eq!(read(&fs, "api/folder/b.proto"), "same");
    let names = |of: &dyn Fn(EntryKind) -> bool| -> Vec<String> {
        let list = fs.list(&path("api")).expect("it is a folder").into_iter();
        list.filter(|(_, kind)| of(*kind))
            .map(|(path, _)| path.file_name().to_owned())
            .collect()
    };
    let is_there = |kind| matches!(kind, EntryKind::File | EntryKind::Dir);
    assert_eq!(names(&is_there), ["a.proto", "deep", "file"]);
    let astray = ["absolute", "circle", "dangling", "outside"];
    assert_eq!(names(&|kind| kind == EntryKind::Astray), astray);
    for link in ["api/absolute", "api/outside", "api/circle", "api/dangling"] {
        assert_eq!(fs.kind(&path(link)), None, "{link}");
        assert!(fs.read(&path(link), 1000).is_err(), "{link}");
    }
}

#[test]
fn submodules_are_read_where_they_are_and_named_where_they_are_not() {
    let library = repository();
    let dir = repository();
    let from = library.path().to_string_lossy();
    git(dir.path(), &["submodule", "--quiet", "add", &from, "lib"]);
    commit(dir.path(), "a library");
    let fs = at(dir.path(), "HEAD");
    assert_eq!(read(&fs, "lib/api/a.proto"), "two");
    assert_eq!(fs.kind(&path("lib/api")), Some(EntryKind::Dir));
    let listed = fs.list(&path("lib/api")).expect("it is a folder");
    assert_eq!(listed[0], (path("lib/api/a.proto"), EntryKind::File));
    assert!(fs.identity(&path("lib/api/a.proto")).is_some());
    // Inside the submodule it is a repository of its own.
    assert_eq!(
        read(&at(&dir.path().join("lib/api"), "HEAD~1"), "api/a.proto"),
        "one"
    );

    let clone = tempfile::tempdir().expect("a folder can be made");
    let (from, to) = (dir.path().to_string_lossy(), clone.path().to_string_lossy());
    git(dir.path(), &["clone", "-q", &from, &to]);
    let fs = at(clone.path(), "HEAD");
    assert!(
        fs.list(&path("lib"))
            .expect("it is an empty folder")
            .is_empty()
    );
    let error = fs
        .read(&path("lib/api/a.proto"), 1000)
        .expect_err("it is not there");
    let text = error.to_string();
    assert!(text.contains("`git submodule update --init lib`"), "{text}");
}

#[test]
fn threads_share_a_revision() {
    let dir = repository();
    for i in 0..200 {
        write(dir.path(), &format!("api/n{i}/f.proto"), &i.to_string());
    }
    commit(dir.path(), "many");
    let fs = at(dir.path(), "HEAD");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for i in 0..200 {
                    assert_eq!(read(&fs, &format!("api/n{i}/f.proto")), i.to_string());
                }
            });
        }
    });
}
