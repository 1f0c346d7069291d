//! `cherryc diff` and `build --against` over real repositories.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const ORDER: &str = "syntax = \"proto3\";\npackage shop.v1;\nmessage Order {\n  string id = 1;\n  string note = 2;\n}\n";

/// Runs a program in a folder with nothing of this machine's configuration of git.
pub(crate) fn run(program: &str, dir: &Path, args: &[&str]) -> Output {
    let identity = [
        "AUTHOR_NAME",
        "AUTHOR_EMAIL",
        "COMMITTER_NAME",
        "COMMITTER_EMAIL",
    ];
    Command::new(program)
        .current_dir(dir)
        .args(args)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs(identity.map(|name| (format!("GIT_{name}"), "a@example.org")))
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"))
}

pub(crate) fn git(dir: &Path, args: &[&str]) {
    let out = run("git", dir, args);
    let error = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "git {args:?}: {error}");
}

/// The exit code, and what was printed on both streams.
pub(crate) fn cherryc(dir: &Path, args: &[&str]) -> (i32, String) {
    let out = run(env!("CARGO_BIN_EXE_cherryc"), dir, args);
    let text = String::from_utf8_lossy(&out.stdout) + String::from_utf8_lossy(&out.stderr);
    (out.status.code().unwrap_or(-1), text.into_owned())
}

/// A repository whose second commit drops a field; the first is tagged `v1`.
fn repository() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder can be made");
    let file = dir.path().join("proto/shop/v1/order.proto");
    let commit = |text: &str, message: &str| {
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("it can be made");
        fs::write(&file, text).expect("it can be written");
        git(dir.path(), &["add", "-A"]);
        git(dir.path(), &["commit", "-q", "-m", message]);
    };
    git(dir.path(), &["init", "-q", "-b", "main"]);
    commit(ORDER, "first");
    git(dir.path(), &["tag", "v1"]);
    commit(&ORDER.replace("  string note = 2;\n", ""), "second");
    dir
}

#[test]
fn revisions_are_sides() {
    let dir = repository();
    let dir = dir.path();
    let annotation = "::error file=proto/shop/v1/order.proto,";
    for (args, code) in [
        (&["diff", "git:v1", "git:HEAD"][..], 1),
        (&["diff", "git:v1:proto", "git:main:proto"], 1),
        (&["diff", "proto", "--against", "git:v1"], 1),
        (
            &[
                "diff",
                "git:v1:proto/shop/v1/order.proto",
                "proto/shop/v1/order.proto",
            ],
            1,
        ),
        (
            &[
                "diff",
                "proto/shop/v1/order.proto",
                "--against",
                "git:HEAD~1",
            ],
            1,
        ),
        (&["diff", "proto"], 0),
        (&["diff", "git:HEAD", "git:main"], 0),
        (
            &[
                "diff",
                "proto",
                "--against",
                "git:v*",
                "--mode",
                "full_transitive",
            ],
            1,
        ),
    ] {
        let args: Vec<&str> = args.iter().copied().chain(["--format", "github"]).collect();
        let (seen, text) = cherryc(dir, &args);
        assert_eq!(seen, code, "{args:?}\n{text}");
        assert_eq!(text.contains(annotation), code == 1, "{args:?}\n{text}");
    }
    // From a folder below, as people work.
    let (code, text) = cherryc(&dir.join("proto"), &["diff", "shop", "--against", "git:v1"]);
    assert_eq!(code, 1, "{text}");
}

#[test]
fn what_is_missing_is_named_with_the_command_that_fetches_it() {
    let dir = repository();
    let dir = dir.path();
    git(dir, &["remote", "add", "origin", "../elsewhere"]);
    fs::write(
        dir.join("user.cherry.yaml"),
        "contract: user/v1\nversion: 1.2.0\nendpoints:\n- path: /users/{id}\n  method: GET\n",
    )
    .expect("it can be written");
    for args in [
        &["diff", "proto", "--against", "git:origin/main"][..],
        &["diff", "git:origin/main", "git:HEAD"],
        &["build", "--against", "git:origin/main"],
    ] {
        let (code, text) = cherryc(dir, args);
        assert_eq!(code, 2, "{args:?}\n{text}");
        assert!(
            text.contains("revision `origin/main` is not in this repository"),
            "{text}"
        );
        assert!(
            text.contains("git fetch origin main:refs/remotes/origin/main"),
            "{text}"
        );
    }
    assert!(!dir.join("cherry-out").exists());
    let (code, text) = cherryc(dir, &["diff", "git:v1:protos", "proto"]);
    assert_eq!(code, 2, "{text}");
    assert!(
        text.contains("there is no `protos` in `git:v1:protos`"),
        "{text}"
    );
    let (code, text) = cherryc(dir, &["build", "--against", "git:v1"]);
    assert_eq!(code, 0, "{text}");
    assert!(dir.join("cherry-out").exists());
}

#[test]
fn no_commit_is_named_as_such_and_outside_of_a_repository_too() {
    let dir = tempfile::tempdir().expect("a folder can be made");
    fs::write(dir.path().join("a.proto"), ORDER).expect("it can be written");
    let (code, text) = cherryc(dir.path(), &["diff", "a.proto"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("lies in no git repository"), "{text}");
    git(dir.path(), &["init", "-q"]);
    let (code, text) = cherryc(dir.path(), &["diff", "a.proto"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("the repository has none yet"), "{text}");
}

/// What a folder lists and nobody can read keeps a comparison from its verdict; it is never left out.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_not_left_out() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let outside = tempfile::tempdir().expect("a folder can be made");
    fs::write(outside.path().join("a.proto"), ORDER).expect("it can be written");
    let proto = |dir: &Path| dir.join("proto");
    let refuse = |name: &OsStr, make: &dyn Fn(&Path), said: &str, help: &str| {
        let dir = repository();
        let dir = dir.path();
        make(&proto(dir).join(name));
        // As a file of the disk, below a module with excludes, and in a revision.
        let config = "version: v1\nbuild:\n  excludes: [nothing]\n";
        for step in ["disk", "excludes", "revision"] {
            match step {
                "excludes" => fs::write(proto(dir).join("buf.yaml"), config).expect("it is taken"),
                "revision" => {
                    git(dir, &["add", "-A"]);
                    git(dir, &["commit", "-q", "-m", "third"]);
                    fs::remove_file(proto(dir).join(name)).expect("it is there");
                }
                _ => {}
            }
            let (code, text) = cherryc(dir, &["diff", "proto", "--against", "git:HEAD"]);
            assert_eq!(code, 2, "{step}: {text}");
            for words in [said, help] {
                let words_of = text.split_whitespace().filter(|word| *word != "│");
                let text = words_of.collect::<Vec<_>>().join(" ");
                assert!(text.contains(words), "{step}: {words}\n{text}");
            }
        }
    };
    let nowhere = |path: &Path| symlink("nowhere.proto", path).expect("a link can be made");
    let out = |path: &Path| {
        symlink(outside.path().join("a.proto"), path).expect("a link can be made");
    };
    let file = |path: &Path| fs::write(path, ORDER).expect("it can be written");
    let help = "help: mend the link, or remove it";
    let dangling = "cannot read `proto/a.proto`: the link leads nowhere";
    refuse(OsStr::new("a.proto"), &nowhere, dangling, help);
    refuse(
        OsStr::new("a.proto"),
        &out,
        "a symbolic link leads out of",
        help,
    );
    let named = "cannot read `proto/\u{fffd}.proto`: its name is not UTF-8";
    refuse(
        OsStr::from_bytes(b"\xff.proto"),
        &file,
        named,
        "help: rename the file",
    );

    // What is no Protobuf is nobody's concern, nor is the mark of an editor.
    let dir = repository();
    let dir = dir.path();
    nowhere(&proto(dir).join(".#order.proto"));
    nowhere(&proto(dir).join("notes.md"));
    file(&proto(dir).join(OsStr::from_bytes(b"\xff.md")));
    let (code, text) = cherryc(dir, &["diff", "proto", "--against", "git:HEAD"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn files_of_a_workspace_of_buf_find_what_they_import() {
    let dir = repository();
    let dir = dir.path();
    let user = "syntax = \"proto3\";\npackage user.v1;\nimport \"shop/v1/order.proto\";\nmessage User {\n  shop.v1.Order last = 1;\n  string name = 2;\n}\n";
    fs::create_dir_all(dir.join("user/user/v1")).expect("it can be made");
    let write =
        |path: &str, text: &str| fs::write(dir.join(path), text).expect("it can be written");
    write("user/user/v1/user.proto", user);
    write(
        "user/buf.yaml",
        "version: v1\nbreaking:\n  use: [FIELD_NO_DELETE]\n",
    );
    write("buf.work.yaml", "version: v1\ndirectories: [proto, user]\n");
    git(dir, &["add", "-A"]);
    git(dir, &["commit", "-q", "-m", "third"]);
    write(
        "user/user/v1/user.proto",
        &user.replace("  string name = 2;\n", ""),
    );
    // What lies beside it is not compared, as buf has it.
    write(
        "proto/shop/v1/order.proto",
        "syntax = \"proto3\";\npackage shop.v1;\nmessage Order {\n}\n",
    );
    for path in ["user/user/v1/user.proto", "user"] {
        let (code, text) = cherryc(dir, &["diff", path, "--against", "git:HEAD"]);
        assert_eq!(code, 1, "{text}");
        assert!(
            text.contains("field `name` of `user.v1.User` is gone"),
            "{text}"
        );
        assert_eq!(text.matches("error[").count(), 1, "{text}");
    }
}
