//! Which files of a folder are documents, and not parts of them or anything else.

use std::sync::Arc;

use rayon::prelude::*;

use super::listing::Entry;
use super::{InputKind, Release};
use crate::diag::Diagnostics;
use crate::syntax::{MAX_FILE_BYTES, Mode, Tree, bytes_to_text, parse};
use crate::text::{RelPath, Side, SourceMap, Span};

/// What a file is the root of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// An OpenAPI or AsyncAPI document.
    Described,
    /// A JSON Schema that says so, or an Avro schema by its name.
    Schema,
    /// Whatever it is, it was named.
    Named,
    /// Nothing that is known, such as a part of a document.
    Other,
    /// It cannot be read.
    Broken,
}

impl Root {
    /// Whether it is a document.
    pub(super) fn is_document(self) -> bool {
        matches!(self, Root::Described | Root::Schema | Root::Named)
    }
}

/// A file that may be a document.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) entry: Entry,
    pub(super) root: Root,
}

/// Keys at the root of documents that describe calls or messages.
const DESCRIBED: [&str; 3] = ["openapi", "swagger", "asyncapi"];

/// The key that a schema names its language by.
const DIALECT: &str = "$schema";

/// What the names of the languages of schemas hold. Other tools point to the schemas of their own
/// files with the same key.
const DIALECTS: [&str; 2] = ["json-schema.org/", "spec.openapis.org/"];

/// What the files are, in their order.
pub(super) fn find(side: &Release<'_>, files: &[Entry], is_named: bool) -> Vec<Found> {
    let found = files.par_iter().map(|entry| Found {
        entry: entry.clone(),
        root: match is_named {
            true => Root::Named,
            false => look(side, &entry.path),
        },
    });
    found.collect()
}

fn look(side: &Release<'_>, path: &RelPath) -> Root {
    let Some(text) = read(side, path) else {
        return Root::Broken;
    };
    if is_avro(path) {
        return Root::Schema;
    }
    if DESCRIBED.iter().any(|key| says(&text, key)) {
        return Root::Described;
    }
    let may_be = |key: &&str| text.contains(key);
    if !DESCRIBED.iter().chain([&DIALECT]).any(may_be) {
        return Root::Other;
    }
    let Some(tree) = tree(path, &text) else {
        return Root::Broken;
    };
    let root = tree.root();
    if DESCRIBED.iter().any(|key| root.get(key).is_some()) {
        return Root::Described;
    }
    let dialect = root.get(DIALECT).and_then(|dialect| dialect.as_str());
    let names = |dialect: &str| DIALECTS.iter().any(|known| dialect.contains(known));
    match dialect.is_some_and(names) {
        true => Root::Schema,
        false => Root::Other,
    }
}

fn read(side: &Release<'_>, path: &RelPath) -> Option<Arc<str>> {
    bytes_to_text(side.fs.read(path, MAX_FILE_BYTES).ok()?).ok()
}

/// What is wrong with the file is told when it is compared.
fn tree(path: &RelPath, text: &Arc<str>) -> Option<Tree> {
    // Numbers of files count within a map; this one is of no report.
    let mut sources = SourceMap::default();
    let file = sources.add(path.clone(), Side::New, Arc::clone(text));
    parse(file, text, Mode::Schema).into(&mut Diagnostics::default())
}

/// Whether a line of YAML says that the text is a document. Such a line is at the root, so that large
/// documents need not be parsed for it.
fn says(text: &str, key: &str) -> bool {
    text.lines().any(|line| {
        let rest = line.strip_prefix(key);
        rest.is_some_and(|rest| rest.starts_with(':'))
    })
}

fn is_avro(path: &RelPath) -> bool {
    InputKind::of_file(path) == Some(InputKind::Avro)
}

/// What a document is called by itself, wherever it lies: its `$id`, else its title. An Avro schema
/// has a full name.
pub(super) fn identity(side: &Release<'_>, path: &RelPath) -> Option<String> {
    let tree = tree(path, &read(side, path)?)?;
    let root = tree.root();
    if is_avro(path) {
        let text = |key: &str| root.get(key).and_then(|value| value.as_str());
        let name = text("name")?;
        let space = text("namespace").filter(|space| !space.is_empty() && !name.contains('.'));
        return Some(match space {
            Some(space) => format!("avro {space}.{name}"),
            None => format!("avro {name}"),
        });
    }
    let names = ["/$id", "/id", "/info/title", "/title"].into_iter();
    let mut found = names.filter_map(|name| Some((name, root.pointer(name)?.as_str()?)));
    found.next().map(|(name, value)| format!("{name} {value}"))
}

/// Where the first key of a document is, once `sources` knows it; its very beginning when it has
/// none.
pub(super) fn head(
    release: &Release<'_>,
    path: &RelPath,
    side: Side,
    sources: &mut SourceMap,
) -> Span {
    let text = read(release, path).unwrap_or_else(|| Arc::from(""));
    let tree = tree(path, &text);
    let first = tree.as_ref().and_then(|tree| {
        let (key, _) = tree.root().entries().next()?;
        Some((key.span.start, key.span.end))
    });
    let (start, end) = first.unwrap_or_default();
    let file = sources.add(path.clone(), side, text);
    Span::new(file, start, end)
}
