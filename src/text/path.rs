//! Paths that cannot leave the workspace.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A path below the workspace root: UTF-8, forward slashes, no `.` or `..` segments, never absolute.
///
/// Nothing downstream can hold an absolute path, so nothing can print one into an artifact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(Arc<str>);

impl RelPath {
    /// The workspace root itself.
    pub fn root() -> Self {
        RelPath(Arc::from(""))
    }

    /// Reads `text` as a path below the root. `None` when it is absolute, climbs above the root,
    /// or holds a NUL byte. Backslashes are ordinary characters.
    pub fn new(text: &str) -> Option<Self> {
        RelPath::root().join(text)
    }

    /// `text` read relative to this folder; `None` when it is absolute or climbs above the root.
    pub fn join(&self, text: &str) -> Option<Self> {
        if text.starts_with('/') || text.contains('\0') {
            return None;
        }
        let mut parts: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty()).collect();
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(RelPath(Arc::from(parts.join("/"))))
    }

    /// The folder that holds this path; the root is its own parent.
    pub fn parent(&self) -> Self {
        match self.0.rsplit_once('/') {
            Some((dir, _)) => RelPath(Arc::from(dir)),
            None => RelPath::root(),
        }
    }

    /// The last segment, empty for the root.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The path as text; empty for the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part of this path below `dir`; itself when it does not lie there.
    pub(crate) fn below(&self, dir: &RelPath) -> &str {
        match self.0.strip_prefix(&*dir.0) {
            Some(rest) if dir.0.is_empty() => rest,
            Some(rest) => rest.strip_prefix('/').unwrap_or(&self.0),
            None => &self.0,
        }
    }

    /// Whether this path is `dir` or lies below it.
    pub(crate) fn is_below(&self, dir: &RelPath) -> bool {
        dir.0.is_empty()
            || self
                .0
                .strip_prefix(&*dir.0)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// A map by path can be asked with text: the derived order, equality and hash are those of the text.
impl Borrow<str> for RelPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::RelPath;

    #[test]
    fn the_part_below_a_folder() {
        for (path, dir, expected) in [
            ("a/b/c", "a", "b/c"),
            ("a/b/c", "", "a/b/c"),
            ("ab/c", "a", "ab/c"),
            ("x", "a", "x"),
        ] {
            let (path, dir) = (RelPath::new(path), RelPath::new(dir));
            let below = path
                .as_ref()
                .zip(dir.as_ref())
                .map(|(path, dir)| path.below(dir));
            assert_eq!(below, Some(expected));
        }
    }

    #[test]
    fn a_path_stays_below_the_root() {
        let contracts = RelPath::new("contracts").expect("a plain name is a path");
        let cases = [
            ("../schemas/user.yaml", Some("schemas/user.yaml")),
            ("./a//b/./c", Some("contracts/a/b/c")),
            ("../../etc/passwd", None),
            ("/etc/passwd", None),
            ("a\0b", None),
            ("..", Some("")),
        ];
        for (text, expected) in cases {
            assert_eq!(
                contracts.join(text).as_ref().map(RelPath::as_str),
                expected,
                "{text:?}"
            );
        }
    }
}
