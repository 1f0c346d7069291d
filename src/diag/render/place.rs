//! Where a span is, and the identity of a finding that survives an edit above it.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::text::{ContentHash, FileId, LineCol, SourceMap, Span};

/// A span as path, first position, and the position after its last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) path: &'a str,
    pub(super) start: LineCol,
    pub(super) end: LineCol,
}

impl<'a> Place<'a> {
    /// The place of `span`.
    pub(super) fn of(sources: &'a SourceMap, span: Span) -> Self {
        let span = clamp(sources, span);
        Place {
            path: sources.file(span.file).path().as_str(),
            start: sources.line_col(span.file, span.start),
            end: sources.line_col(span.file, span.end),
        }
    }
}

/// `span` within its file and on character boundaries, whatever a phase computed.
pub(super) fn clamp(sources: &SourceMap, span: Span) -> Span {
    let text = sources.file(span.file).text();
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary(span.end as usize);
    Span::new(span.file, offset(start), offset(end))
}

/// Offsets into a text of the source map fit 32 bits, as it promises.
pub(super) fn offset(n: usize) -> u32 {
    u32::try_from(n).expect("texts of a source map are below 4 GiB")
}

/// Counts findings that nothing but their place tells apart.
#[derive(Debug, Default)]
pub(super) struct Occurrences<'a> {
    seen: BTreeMap<(&'static str, &'a str, &'a str), u32>,
}

impl<'a> Occurrences<'a> {
    /// How many findings with this rule, file and headline there are up to this one, from 1, and a
    /// fingerprint made of the four: an edit elsewhere in the file leaves it as it is.
    pub(super) fn next(
        &mut self,
        sources: &'a SourceMap,
        finding: &'a Diagnostic,
    ) -> (u32, ContentHash) {
        let path = finding
            .primary()
            .map_or("", |span| sources.file(span.file).path().as_str());
        let rule = finding.rule().name;
        let count = self
            .seen
            .entry((rule, path, finding.headline()))
            .or_insert(0);
        *count += 1;
        let fingerprint = ContentHash::of_fields([
            rule.as_bytes(),
            path.as_bytes(),
            finding.headline().as_bytes(),
            &count.to_le_bytes(),
        ]);
        (*count, fingerprint)
    }
}

/// Bytes between two entries of a [`CharColumns`] index.
const BLOCK: usize = 4096;

/// Columns in characters. Counting from the start of the line for every finding would be quadratic
/// in a document that is one line, so the characters before each block are counted once a file.
#[derive(Debug, Default)]
pub(super) struct CharColumns {
    files: BTreeMap<FileId, Vec<u32>>,
}

impl CharColumns {
    /// The position of byte `at`, which lies on a character boundary, with its column in Unicode
    /// code points, from 1.
    pub(super) fn line_col(&mut self, sources: &SourceMap, file: FileId, at: u32) -> LineCol {
        let bytes = sources.line_col(file, at);
        let line_start = at - (bytes.column - 1);
        let text = sources.file(file).text().as_bytes();
        let index = self.files.entry(file).or_insert_with(|| {
            text.chunks(BLOCK)
                .scan(0, |before, block| {
                    let here = *before;
                    *before += characters(block);
                    Some(here)
                })
                .collect()
        });
        let before = |at: u32| {
            let block = at as usize / BLOCK;
            match index.get(block) {
                Some(count) => count + characters(&text[block * BLOCK..at as usize]),
                // The end of a text whose length is a multiple of the block size.
                None => match block.checked_sub(1) {
                    Some(last) => index[last] + characters(&text[last * BLOCK..]),
                    None => 0,
                },
            }
        };
        LineCol {
            line: bytes.line,
            column: before(at) - before(line_start) + 1,
        }
    }
}

/// Characters that begin in these bytes of a UTF-8 text.
fn characters(bytes: &[u8]) -> u32 {
    offset(bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count())
}
