//! Avro schemas to [`Datums`]: names, name spaces, references and defaults, by the specification of
//! Avro 1.12 ("Schema Declaration").
//!
//! A name is declared before it is used, as the parsers of Avro have it. A default of a union may be
//! of any branch, as since 1.12; earlier releases ask for the first one.

mod defaults;
mod types;

#[cfg(test)]
mod tests;

use crate::diag::Diagnostics;
use crate::fs::ReadFs;
use crate::schema::Datums;
use crate::syntax::{MAX_FILE_BYTES, Mode, Value, bytes_to_text, parse, report_unreadable};
use crate::text::{ContentHash, RelPath, Side, SourceMap, Span};

use super::load::report_unread_import;

/// What the name of a file ends in that holds an Avro schema.
pub(crate) const AVRO_SUFFIX: &str = ".avsc";

/// What the media type of an Avro schema begins with.
pub(super) const AVRO_MEDIA_TYPE: &str = "application/vnd.apache.avro";

/// A schema that was read from a file.
#[derive(Debug)]
pub(crate) struct AvroFile {
    /// The schema; `None` when it cannot be read, which was reported.
    pub(crate) datums: Option<Datums>,
    /// Hash of the bytes of the file; `None` when there are none.
    pub(crate) hash: Option<ContentHash>,
}

/// Reads the schema in a file; `import` is where a contract names it.
pub(crate) fn read_avro(
    fs: &dyn ReadFs,
    path: &RelPath,
    side: Side,
    import: Option<Span>,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> AvroFile {
    let bytes = match fs.read(path, MAX_FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => {
            match import {
                Some(at) => report_unread_import(path, &error, &[], at, sink),
                None => report_unreadable(path, &error, None, sink),
            }
            return AvroFile {
                datums: None,
                hash: None,
            };
        }
    };
    let hash = Some(ContentHash::of(&bytes));
    let text = match bytes_to_text(bytes) {
        Ok(text) => text,
        Err(problem) => {
            let file = sources.add(path.clone(), side, problem.text());
            problem.report(file, sink);
            return AvroFile { datums: None, hash };
        }
    };
    let file = sources.add(path.clone(), side, text.clone());
    let tree = parse(file, &text, Mode::Schema).into(sink);
    let datums = tree.and_then(|tree| read(tree.root(), sink));
    AvroFile { datums, hash }
}

/// The schema that a value of a document is; `None` when it is none, which was reported.
pub(super) fn read(root: Value<'_>, sink: &mut Diagnostics) -> Option<Datums> {
    let mut found = Diagnostics::default();
    let mut reader = types::Reader::new(&mut found);
    let id = reader.schema(root, "");
    let (types, defaults) = reader.finish();
    let datums = id.map(|root_id| Datums {
        types,
        root: root_id,
        span: types::place(root),
    });
    if let Some(datums) = &datums {
        for wanted in &defaults {
            defaults::check(datums, wanted, &mut found);
        }
    }
    let is_whole = !found.has_errors();
    sink.absorb(found);
    datums.filter(|_| is_whole)
}
