//! The files that are mutated: taken at random from a real corpus, with what they import.

use std::collections::BTreeMap;
use std::path::Path;

use super::kinds::Rng;
use super::outline::Outline;

/// Larger files are left out: every mutant is read four times.
const MAX_BYTES: usize = 24_000;

/// Files with more imports, at every depth, are left out for the same reason.
const MAX_IMPORTS: usize = 12;

/// A file of the corpus.
pub(super) struct Base {
    pub(super) outline: Outline,
    /// What it imports at every depth, by path; well-known types are left out, for everybody has
    /// them.
    pub(super) closure: BTreeMap<String, String>,
}

impl Base {
    pub(super) fn package(&self) -> &str {
        self.outline.at(&self.outline.package)
    }
}

/// Files of a corpus that were not taken yet.
pub(super) struct Corpus<'a> {
    root: &'a Path,
    paths: Vec<String>,
}

impl<'a> Corpus<'a> {
    pub(super) fn open(root: &'a Path) -> Self {
        let mut paths = Vec::new();
        list(root, "google", &mut paths);
        paths.sort();
        Corpus { root, paths }
    }

    /// Takes one of the files that fit, by chance; `None` when there is none left.
    pub(super) fn take(&mut self, rng: &mut Rng) -> Option<Base> {
        loop {
            let at = rng.pick_from(0..self.paths.len())?;
            let path = self.paths.swap_remove(at);
            let base = base(self.root, &path);
            if base.is_some() {
                return base;
            }
        }
    }
}

fn list(root: &Path, folder: &str, paths: &mut Vec<String>) {
    let entries = std::fs::read_dir(root.join(folder)).expect("the corpus can be listed");
    for entry in entries {
        let entry = entry.expect("the corpus can be listed");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{folder}/{name}");
        if entry.file_type().expect("a kind of file").is_dir() {
            list(root, &path, paths);
        } else if name.ends_with(".proto") {
            paths.push(path);
        }
    }
}

fn base(root: &Path, path: &str) -> Option<Base> {
    if path.starts_with("google/protobuf/") {
        return None;
    }
    let text = std::fs::read_to_string(root.join(path)).ok()?;
    if text.len() > MAX_BYTES {
        return None;
    }
    let outline = Outline::read(&text)?;
    let package = outline.at(&outline.package);
    // A mutant lives in a package of its own, in which its old full names mean nothing.
    let names_itself = text.contains(&format!("{package}."));
    let has_statement = text.contains(&format!("\npackage {package};"));
    let is_proto3 = outline.at(&outline.syntax).contains("proto3");
    if names_itself || !has_statement || !is_proto3 || outline.fields.is_empty() {
        return None;
    }
    let mut closure = BTreeMap::new();
    close(root, &text, &mut closure)?;
    Some(Base { outline, closure })
}

/// Adds what a text imports; `None` when that is too much.
fn close(root: &Path, text: &str, closure: &mut BTreeMap<String, String>) -> Option<()> {
    for line in text.lines().filter(|line| line.starts_with("import ")) {
        let path = line.split('"').nth(1)?;
        if path.starts_with("google/protobuf/") || closure.contains_key(path) {
            continue;
        }
        let text = std::fs::read_to_string(root.join(path)).ok()?;
        closure.insert(path.to_owned(), text.clone());
        if closure.len() > MAX_IMPORTS {
            return None;
        }
        close(root, &text, closure)?;
    }
    Some(())
}
