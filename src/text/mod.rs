//! Spans and bytes: where a thing stands, and who owns the text it stands in.
//!
//! Nothing above this floor carries text along to talk about it. A twelve-byte [`Span`] says where;
//! the [`SourceMap`] of the run turns it into a path, a line and a column when somebody asks.

mod aside;
mod day;
mod glob;
mod hash;
mod nearest;
mod path;
mod source;
mod span;

pub(crate) use aside::aside;
pub use day::is_day;
pub(crate) use glob::matches_glob;
pub(crate) use hash::{ContentHash, NameMap, NameSet};
pub(crate) use nearest::{Likeness, MAX_COMPARED, nearest, nearest_by};
pub use path::RelPath;
pub(crate) use source::LineCol;
pub use source::{Side, SourceFile, SourceMap};
pub(crate) use span::Spanned;
pub use span::{FileId, Span};
