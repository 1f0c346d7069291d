//! Options and their values, the text format among them.

use super::{Ident, Path};
use crate::text::Span;

/// The options in `[...]`.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// From `[` to `]`; `None` when there are none.
    pub(crate) span: Option<Span>,
    /// Each `a = b`.
    pub(crate) list: Box<[OptionDecl]>,
}

/// `option a = b;`, or `a = b` in `[...]`.
#[derive(Debug)]
pub(crate) struct OptionDecl {
    /// The whole statement with its `;`, or the assignment in `[...]`.
    pub(crate) span: Span,
    /// The name.
    pub(crate) name: OptionName,
    /// The value.
    pub(crate) value: Value,
}

/// `a.(b.c).d`.
#[derive(Debug)]
pub(crate) struct OptionName {
    /// The whole name.
    pub(crate) span: Span,
    /// The first part. The others stand apart because nearly no name has them.
    pub(crate) first: OptionPart,
    /// The other parts.
    pub(crate) rest: Box<[OptionPart]>,
}

/// A part of the name of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OptionPart {
    /// The name, without parentheses; of an extension it may have dots.
    pub(crate) name: Path,
    /// Whether it names an extension: `(a.b)`.
    pub(crate) is_extension: bool,
}

/// The value of an option, or of a field in the text format.
#[derive(Debug)]
pub(crate) struct Value {
    /// The value with its sign; empty when it is missing, which was reported.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: ValueKind,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum ValueKind {
    /// `true`, `SPEED`, `inf`: a word without a sign.
    Ident,
    /// A whole number, its sign apart so that `-0` and 64 bits without a sign have a place. Numbers
    /// past 64 bits are [`ValueKind::Float`], as the language says.
    Int {
        /// Whether a `-` stands before it.
        is_negative: bool,
        /// The digits.
        magnitude: u64,
    },
    /// A number with a point or an exponent, `-inf` or `-nan`; its sign is in the value.
    Float(f64),
    /// A text; its bytes are [`ProtoFile::bytes`] of [`Value::as_string`].
    String,
    /// `{ ... }`, or `< ... >` inside one.
    Message(Box<[TextField]>),
    /// `[ ... ]` inside a message.
    List(Box<[Value]>),
    /// Nothing that can be read; it was reported.
    Missing,
}

/// `a: 1`, `a { ... }` or `[a.b]: 1` in the text format.
#[derive(Debug)]
pub(crate) struct TextField {
    /// From the name to the value.
    pub(crate) span: Span,
    /// The name.
    pub(crate) name: TextName,
    /// The value.
    pub(crate) value: Value,
}

/// The name of a field in the text format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextName {
    /// `a`
    Field(Ident),
    /// `[a.b]`: an extension. The brackets lie outside.
    Extension(Path),
    /// `[type.googleapis.com/a.B]`: the message in an `Any`. The brackets lie outside.
    Any {
        /// What stands before the last `/`.
        domain: Path,
        /// The message.
        message: Path,
    },
}
