//! Twelve bytes that say where: a file and a byte range in it.

/// A file of the run, as an index into its [`SourceMap`](super::SourceMap).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(super) u32);

impl FileId {
    /// The position of the file in the source map.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A half-open byte range `start..end` in one file.
///
/// Ordered by file, then start, then end, so that sorting problems by span yields reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file that holds the range.
    pub file: FileId,
    /// First byte of the range.
    pub start: u32,
    /// The byte after the last one of the range.
    pub end: u32,
}

const _: () = assert!(size_of::<Span>() == 12);

impl Span {
    /// The range `start..end` of `file`.
    pub(crate) fn new(file: FileId, start: u32, end: u32) -> Self {
        Span {
            file,
            start,
            end: end.max(start),
        }
    }

    /// A part of this span, given by byte offsets relative to its start and clipped to it.
    pub(crate) fn part(self, from: usize, to: usize) -> Span {
        let clip = |n: usize| {
            self.start
                .saturating_add(u32::try_from(n).unwrap_or(u32::MAX))
                .min(self.end)
        };
        Span::new(self.file, clip(from), clip(to))
    }
}

/// A value together with the place it was written at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    /// What was written.
    pub(crate) node: T,
    /// Where it was written.
    pub(crate) span: Span,
}

impl<T> Spanned<T> {
    /// `node`, written at `span`.
    pub(crate) fn new(node: T, span: Span) -> Self {
        Spanned { node, span }
    }
}
