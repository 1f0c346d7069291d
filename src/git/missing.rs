//! What to say about a revision that is not there, and which command fetches it.

use gix::{ObjectId, Repository};

use super::GitError;

/// A name that stands for nothing.
pub(super) fn revision(repo: &Repository, name: &str) -> GitError {
    if name.contains("..") {
        return GitError::new(format!("`{name}` names several commits, not one"))
            .help("name one revision, such as a branch, a tag or a commit");
    }
    // `origin/main~2^` is about the commit `origin/main`.
    let base = name.split(['~', '^', ':']).next().unwrap_or(name);
    let base = base.split("@{").next().unwrap_or(base);
    if base.len() < name.len() && repo.rev_parse_single(base).is_ok() {
        let error = GitError::new(format!(
            "revision `{name}` is not in this repository, but `{base}` is"
        ));
        return match repo.is_shallow() {
            Ok(true) => {
                error.help("this clone is shallow; `git fetch --unshallow` completes its history")
            }
            _ => error.help(format!("`git log {base}` lists the commits there are")),
        };
    }
    if base == "HEAD" {
        return GitError::new("`HEAD` is no commit: the repository has none yet")
            .help("commit first, or name the other side as a file or folder");
    }
    let error = GitError::new(format!("revision `{name}` is not in this repository"));
    let remotes: Vec<String> = repo
        .remote_names()
        .iter()
        .map(ToString::to_string)
        .collect();
    let Some(remote) = remotes.first() else {
        return error.help("`git branch --all` and `git tag` list the names there are");
    };
    let of_remote = remotes.iter().find_map(|remote| {
        let branch = base.strip_prefix(remote.as_str())?.strip_prefix('/')?;
        Some((remote, branch))
    });
    if let Some((remote, branch)) = of_remote {
        return error.help(format!(
            "fetch it: `git fetch {remote} {branch}:refs/remotes/{remote}/{branch}`"
        ));
    }
    let tracked = remotes.iter().find(|remote| {
        let reference = format!("refs/remotes/{remote}/{base}");
        repo.find_reference(reference.as_str()).is_ok()
    });
    if let Some(remote) = tracked {
        return error.help(format!(
            "there is `{remote}/{base}`: write `git:{remote}/{base}`, or fetch the branch: `git fetch {remote} {base}:{base}`"
        ));
    }
    if base.len() >= 7 && base.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return error.help(format!("fetch it: `git fetch {remote} {base}`"));
    }
    let is_version = base
        .strip_prefix('v')
        .unwrap_or(base)
        .starts_with(|c: char| c.is_ascii_digit());
    error.help(if is_version {
        format!("fetch it: `git fetch {remote} tag {base}`")
    } else {
        format!("fetch it: `git fetch {remote} {base}:{base}`")
    })
}

/// A name that stands for an object that is not there, or for one without files.
pub(super) fn object(repo: &Repository, name: &str, id: ObjectId) -> GitError {
    if repo.has_object(id)
        && repo
            .find_header(id)
            .is_ok_and(|header| header.kind().is_blob())
    {
        return GitError::new(format!("`{name}` is a file, not a commit"))
            .help("write `git:REV:PATH` for a file of a revision");
    }
    let error = GitError::new(format!(
        "revision `{name}` is commit {id}, whose objects are not in this repository"
    ));
    match repo.is_shallow() {
        Ok(true) => {
            error.help("this clone is shallow; `git fetch --unshallow` completes its history")
        }
        _ => error.help("`git fetch --refetch` completes a partial clone"),
    }
}
