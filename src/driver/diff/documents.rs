//! Documents: OpenAPI, AsyncAPI, JSON Schema.

use super::{DiffChoices, Release};
use crate::compat;
use crate::diag::Diagnostics;
use crate::ingest::{AVRO_SUFFIX, Document, describe_all, read_avro};
use crate::schema::Subject;
use crate::syntax::rules::FILE_UNREADABLE;
use crate::text::{Side, SourceMap};

/// Compares two documents. Also says whether any text differs.
pub(super) fn judge(
    old: &Release<'_>,
    new: &Release<'_>,
    choices: &DiffChoices,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Option<(Diagnostics, bool)> {
    let [old_path] = old.paths.as_slice() else {
        return None;
    };
    let [new_path] = new.paths.as_slice() else {
        return None;
    };
    let documents = [
        Document {
            fs: old.fs,
            path: old_path,
            side: Side::Old,
        },
        Document {
            fs: new.fs,
            path: new_path,
            side: Side::New,
        },
    ];
    let [old_is_avro, new_is_avro] =
        [old_path, new_path].map(|path| path.file_name().ends_with(AVRO_SUFFIX));
    if old_is_avro || new_is_avro {
        if old_is_avro != new_is_avro {
            sink.report(
                &FILE_UNREADABLE,
                format_args!(
                    "`{old_path}` and `{new_path}` cannot be compared: only one is an Avro schema"
                ),
            )
            .help("name two of a kind");
            return None;
        }
        let [was, is] = documents
            .map(|Document { fs, path, side }| read_avro(fs, path, side, None, sources, sink));
        let (before, after) = (was.datums?, is.datums?);
        let found = compat::check_datums(&before, &after, &choices.documents());
        return Some((found, was.hash != is.hash));
    }
    let mut described = describe_all(&documents, sources, sink).into_iter();
    let (was, is) = (described.next()??, described.next()??);
    if sink.has_errors() {
        return None;
    }
    if std::mem::discriminant(&was.subject) != std::mem::discriminant(&is.subject) {
        sink.report(
            &FILE_UNREADABLE,
            format_args!(
                "`{old_path}` and `{new_path}` cannot be compared: one is {}, the other {}",
                words(&was.subject),
                words(&is.subject)
            ),
        )
        .at(was.span, "the old side")
        .also(is.span, "the new side")
        .help("name two of a kind");
        return None;
    }
    let policy = choices.documents();
    let found = compat::check_descriptions(&was, &is, &policy);
    let text = |span: crate::text::Span| sources.file(span.file).text();
    let is_changed = text(was.span) != text(is.span);
    Some((found, is_changed))
}

/// What a document is, in words.
fn words(subject: &Subject) -> &'static str {
    match subject {
        Subject::Calls(_) => "an OpenAPI document",
        Subject::Events(_) => "an AsyncAPI document",
        Subject::Values(_) => "a JSON Schema",
    }
}
