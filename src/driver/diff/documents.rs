//! Documents: OpenAPI, AsyncAPI, JSON Schema.

use super::{DiffChoices, Release};
use crate::compat::{self, Policy};
use crate::diag::Diagnostics;
use crate::ingest::describe;
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
    let was = describe(old.fs, old_path, Side::Old, sources, sink);
    let is = describe(new.fs, new_path, Side::New, sources, sink);
    let (was, is) = (was?, is?);
    if sink.has_errors() {
        return None;
    }
    let policy = choices.documents();
    let found = compat::check_descriptions(&was, &is, &policy);
    let text = |span: crate::text::Span| sources.file(span.file).text();
    let is_changed = text(was.span) != text(is.span);
    Some((found, is_changed))
}
