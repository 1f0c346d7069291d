//! GitHub's published OpenAPI document, 13 MB: what it takes to bind a contract to it.

use std::fmt::Write as _;
use std::io;

use cherry_testkit::provision;

use super::Table;
use super::process::cherryc;

/// Twenty-two of its operations.
const OPERATIONS: [&str; 22] = [
    "repos/get",
    "repos/list-branches",
    "repos/get-branch",
    "repos/list-commits",
    "repos/get-commit",
    "repos/list-contributors",
    "repos/list-languages",
    "repos/list-tags",
    "repos/list-releases",
    "repos/get-release",
    "issues/list-for-repo",
    "issues/get",
    "issues/list-comments",
    "issues/list-labels-for-repo",
    "pulls/list",
    "pulls/get",
    "pulls/list-files",
    "pulls/list-commits",
    "users/get-by-username",
    "orgs/get",
    "teams/list",
    "gists/get",
];

pub(super) fn measure(table: &mut Table) -> io::Result<()> {
    let folder = match provision::tool("octokit-openapi") {
        Ok(folder) => folder,
        Err(skip) => {
            table.skipped("GitHub's document", &skip.reason);
            return Ok(());
        }
    };
    let Some(document) = find(&folder, "api.github.com.json")? else {
        table.skipped(
            "GitHub's document",
            "the package holds no api.github.com.json",
        );
        return Ok(());
    };
    let dir = tempfile::tempdir()?;
    std::fs::copy(document, dir.path().join("github.json"))?;
    let mut text = "contract: github/v1\nversion: 1.0.0\nimports:\n  api: {openapi: ./github.json}\nendpoints:\n".to_owned();
    for operation in OPERATIONS {
        let _ = write!(
            text,
            "- operation: api.{operation}\n  rate_limit: \"100r/s per client_ip\"\n  timeout: 2s\n"
        );
    }
    std::fs::write(dir.path().join("github.cherry.yaml"), text)?;
    for (figure, words) in [
        ("GitHub's document, 22 endpoints, check", "check"),
        ("GitHub's document, 22 endpoints, build", "build"),
        ("GitHub's document, 22 endpoints, unchanged build", "build"),
    ] {
        let cost = cherryc(dir.path(), &[words])?;
        table.plain(figure, cost.wall_ms, "ms");
        table.plain(&format!("{figure}, memory"), cost.rss_mb, "MB");
    }
    Ok(())
}

fn find(folder: &std::path::Path, name: &str) -> io::Result<Option<std::path::PathBuf>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if let Some(found) = find(&path, name)? {
                return Ok(Some(found));
            }
        } else if path.file_name().is_some_and(|file| file == name) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}
