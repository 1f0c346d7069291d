//! The one owner of every text that was read.

use std::sync::{Arc, OnceLock};

use super::{FileId, RelPath, Span};

/// Which release a file belongs to when two are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The release that is already in use.
    Old,
    /// The release that is being worked on; everything outside a comparison.
    New,
}

/// A line and a column, both counted from 1; the column counts bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LineCol {
    /// Line, from 1.
    pub(crate) line: u32,
    /// Column in bytes, from 1.
    pub(crate) column: u32,
}

/// A text of the run with its path.
#[derive(Debug)]
pub struct SourceFile {
    path: RelPath,
    side: Side,
    text: Arc<str>,
    /// Byte offsets at which lines start, made when first asked for: most files have no problems.
    lines: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// Where the file lies below the workspace root.
    pub fn path(&self) -> &RelPath {
        &self.path
    }

    /// The release that it was read for.
    pub(crate) fn side(&self) -> Side {
        self.side
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = self
                .text
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0)
                .chain(breaks.map(|(at, _)| offset(at + 1)))
                .collect()
        })
    }
}

/// Every file of the run, append only; a [`FileId`] is an index.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Takes a text in and hands out its id. The reader refuses files past the size limit long
    /// before offsets could leave 32 bits.
    pub(crate) fn add(&mut self, path: RelPath, side: Side, text: Arc<str>) -> FileId {
        let id = FileId(offset(self.files.len()));
        self.files.push(SourceFile {
            path,
            side,
            text,
            lines: OnceLock::new(),
        });
        id
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// All files, in the order they were read.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// All files with their ids, in the order they were read.
    pub(crate) fn ids(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(at, file)| (FileId(offset(at)), file))
    }

    /// The text of a span; empty when the span does not lie on character boundaries.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.file(span.file)
            .text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// Where a line starts, counted from 1; the length of the text for a line after the last one.
    pub(crate) fn line_start(&self, file: FileId, line: u32) -> u32 {
        let file = self.file(file);
        let start = file.lines().get(line.saturating_sub(1) as usize);
        start.copied().unwrap_or_else(|| offset(file.text.len()))
    }

    /// The line and column of a byte offset.
    pub(crate) fn line_col(&self, file: FileId, at: u32) -> LineCol {
        let lines = self.file(file).lines();
        let line = lines
            .partition_point(|start| *start <= at)
            .saturating_sub(1);
        LineCol {
            line: offset(line) + 1,
            column: at - lines[line] + 1,
        }
    }
}

/// Offsets and indexes fit 32 bits because `syntax::MAX_FILE_BYTES` bounds every text.
fn offset(n: usize) -> u32 {
    u32::try_from(n).expect("files are bounded far below 4 GiB")
}
