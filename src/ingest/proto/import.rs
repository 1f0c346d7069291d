//! A tree of Protobuf files that a contract imports: a folder, some of its files, or one file.

use std::collections::BTreeSet;
use std::io;

use super::load::{Reader, Selection, Source};
use super::units::one;
use crate::diag::Diagnostics;
use crate::fs::{EntryKind, ReadFs};
use crate::ingest::load::{ImportRef, Input, report_unread_import};
use crate::ingest::rules::PROTO_IMPORT;
use crate::schema::SchemaSet;
use crate::text::{ContentHash, RelPath, Side, SourceMap, Spanned, matches_glob};

/// Deepest folder that is looked into.
const MAX_DEPTH: usize = 64;

/// Most files of a tree.
const MAX_FILES: usize = 50_000;

/// What an import of Protobuf gave.
#[derive(Debug)]
pub(crate) struct ProtoTree {
    /// Everything that its files declare, with what they import; `None` after an error, which was
    /// reported.
    pub(crate) set: Option<SchemaSet>,
    /// The files that the contract speaks of; what they import is not among them.
    pub(crate) files: BTreeSet<RelPath>,
    /// Every file that was read, and the folder, which says which ones there are.
    pub(crate) inputs: Vec<Input>,
}

/// Reads the tree of an import. `include` are patterns of paths in it; none stands for all.
pub(crate) fn read_proto_tree(
    fs: &dyn ReadFs,
    import: &ImportRef,
    include: &[Spanned<String>],
    side: Side,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> ProtoTree {
    let mut tree = ProtoTree {
        set: None,
        files: BTreeSet::new(),
        inputs: Vec::new(),
    };
    let root = match fs.kind(&import.path) {
        Some(EntryKind::Dir) => {
            tree.files = files(fs, &import.path);
            tree.inputs.push(Input {
                path: import.path.clone(),
                hash: Some(folder_hash(fs, &import.path)),
            });
            import.path.clone()
        }
        Some(_) => {
            tree.files.insert(import.path.clone());
            import.path.parent()
        }
        None => {
            let error = io::Error::from(io::ErrorKind::NotFound);
            report_unread_import(&import.path, &error, &[], import.at, sink);
            tree.inputs.push(Input {
                path: import.path.clone(),
                hash: None,
            });
            return tree;
        }
    };
    let all = tree.files.clone();
    let named = |path: &RelPath, pattern: &str| is_named(path.below(&root), pattern);
    for pattern in include {
        if !all.iter().any(|path| named(path, &pattern.node)) {
            sink.report(
                &PROTO_IMPORT,
                format_args!("`{}` is no `.proto` file of `{}`", pattern.node, import.path),
            )
            .at(pattern.span, "names nothing")
            .also(import.at, "the folder")
            .help("write paths as they are below the folder; `*` stands for a part of a name, `**` for folders");
        }
    }
    if !include.is_empty() {
        let patterns = || include.iter().map(|pattern| &*pattern.node);
        tree.files
            .retain(|path| patterns().any(|pattern| named(path, pattern)));
    }
    if tree.files.is_empty() {
        if include.is_empty() {
            sink.report(
                &PROTO_IMPORT,
                format_args!("there is no `.proto` file in `{}`", import.path),
            )
            .at(import.at, "imported here")
            .help("name the folder that holds the files");
        }
        return tree;
    }
    let source = Source {
        fs,
        roots: vec![root.clone()],
        selection: Selection::Files(tree.files.iter().cloned().collect()),
    };
    let mut found = Diagnostics::default();
    let read = Reader::read(&source, side, None, sources, &mut found);
    for file in read.positions().map(|at| &read.files[at as usize]) {
        if let Some(path) = root.join(&file.path).filter(|_| !file.is_builtin) {
            tree.inputs.push(Input {
                path,
                hash: Some(file.hash),
            });
        }
    }
    let set = one(&read, &mut found);
    tree.set = Some(set).filter(|_| !found.has_errors());
    sink.absorb(found);
    tree
}

/// The `.proto` files below a folder.
fn files(fs: &dyn ReadFs, folder: &RelPath) -> BTreeSet<RelPath> {
    let mut out = BTreeSet::new();
    let mut level = vec![folder.clone()];
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for folder in level {
            // A folder that cannot be listed holds nothing; what is missed is reported by who names it.
            for (path, kind) in fs.list(&folder).unwrap_or_default() {
                match kind {
                    EntryKind::Dir => next.push(path),
                    EntryKind::File if path.file_name().ends_with(".proto") => {
                        if out.len() < MAX_FILES {
                            out.insert(path);
                        }
                    }
                    EntryKind::File | EntryKind::Astray | EntryKind::Unnamed => {}
                }
            }
        }
        level = next;
    }
    out
}

/// A hash of which `.proto` files a folder holds.
pub(crate) fn folder_hash(fs: &dyn ReadFs, folder: &RelPath) -> ContentHash {
    let paths: Vec<String> = files(fs, folder).iter().map(ToString::to_string).collect();
    ContentHash::of(paths.join("\n").as_bytes())
}

/// Whether a path is one of a pattern's.
fn is_named(path: &str, pattern: &str) -> bool {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let (names, parts): (Vec<&str>, Vec<&str>) =
        (path.split('/').collect(), pattern.split('/').collect());
    // Whether the names from here on match the parts from there on, from the ends forward.
    let mut matches = vec![false; parts.len() + 1];
    matches[parts.len()] = true;
    for at in (0..=names.len()).rev() {
        let before = matches.clone();
        for part in (0..=parts.len()).rev() {
            let here = match parts.get(part) {
                None => at == names.len(),
                Some(&"**") => matches[part + 1] || (at < names.len() && before[part]),
                Some(pattern) => {
                    at < names.len() && matches_glob(pattern, names[at]) && before[part + 1]
                }
            };
            matches[part] = here;
        }
    }
    matches[0]
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn patterns_name_files() {
        for (path, pattern, expected) in [
            ("order/v1/order.proto", "order/v1/*.proto", true),
            ("order/v1/order.proto", "order/v1/order.proto", true),
            ("order/v1/order.proto", "./order/v1/*.proto", true),
            ("order/v1/order.proto", "order/*.proto", false),
            ("order/v1/order.proto", "*.proto", false),
            ("order.proto", "*.proto", true),
            ("order/v1/order.proto", "**/*.proto", true),
            ("order.proto", "**/*.proto", true),
            ("order/v1/order.proto", "order/**", true),
            ("order/v1/order.proto", "**", true),
            ("order/v1/order.proto", "other/**", false),
            ("order/v1/a/order.proto", "order/**/order.proto", true),
            ("order/order.proto", "order/**/order.proto", true),
        ] {
            assert_eq!(is_named(path, pattern), expected, "{path} {pattern}");
        }
    }
}
