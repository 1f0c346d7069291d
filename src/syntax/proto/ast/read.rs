//! What stands at the places of the tree.

use std::borrow::Cow;

use super::*;
use crate::syntax::proto::literal;

impl ProtoFile {
    /// The text of a span.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// A word.
    pub(crate) fn ident(&self, ident: Ident) -> &str {
        self.slice(ident.span)
    }

    /// A name without the blanks and comments that may stand inside it.
    pub(crate) fn path(&self, path: Path) -> Cow<'_, str> {
        literal::path(self.slice(path.span))
    }

    /// The bytes that a text in quotes stands for.
    pub(crate) fn bytes(&self, string: StringLit) -> Cow<'_, [u8]> {
        literal::bytes(self.slice(string.span))
    }

    /// A text in quotes as UTF-8; what is not UTF-8 is replaced.
    pub(crate) fn string(&self, string: StringLit) -> Cow<'_, str> {
        match self.bytes(string) {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }

    /// The imports, in the order of the text.
    pub(crate) fn imports(&self) -> impl Iterator<Item = &Import> {
        self.items.iter().filter_map(|item| match item {
            FileItem::Import(import) => Some(import),
            _ => None,
        })
    }
}

impl Edition {
    /// Whether the language has features in place of syntax.
    pub(crate) fn is_editions(self) -> bool {
        self >= Edition::Edition2023
    }
}

impl OptionName {
    /// The parts.
    pub(crate) fn parts(&self) -> impl Iterator<Item = OptionPart> {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }

    /// Whether the name is this one word.
    pub(crate) fn is(&self, file: &ProtoFile, word: &str) -> bool {
        self.rest.is_empty() && !self.first.is_extension && file.slice(self.first.name.span) == word
    }
}

impl Value {
    /// The text in quotes.
    pub(crate) fn as_string(&self) -> Option<StringLit> {
        matches!(self.kind, ValueKind::String).then_some(StringLit { span: self.span })
    }

    /// The word.
    pub(crate) fn as_ident(&self) -> Option<Ident> {
        matches!(self.kind, ValueKind::Ident).then_some(Ident { span: self.span })
    }
}

impl Options {
    /// The first option whose name is this one word.
    pub(crate) fn find(&self, file: &ProtoFile, word: &str) -> Option<&OptionDecl> {
        self.list.iter().find(|option| option.name.is(file, word))
    }
}

impl Scalar {
    /// Every scalar with its word.
    pub(crate) const ALL: [(Scalar, &'static str); 15] = [
        (Scalar::Double, "double"),
        (Scalar::Float, "float"),
        (Scalar::Int32, "int32"),
        (Scalar::Int64, "int64"),
        (Scalar::Uint32, "uint32"),
        (Scalar::Uint64, "uint64"),
        (Scalar::Sint32, "sint32"),
        (Scalar::Sint64, "sint64"),
        (Scalar::Fixed32, "fixed32"),
        (Scalar::Fixed64, "fixed64"),
        (Scalar::Sfixed32, "sfixed32"),
        (Scalar::Sfixed64, "sfixed64"),
        (Scalar::Bool, "bool"),
        (Scalar::String, "string"),
        (Scalar::Bytes, "bytes"),
    ];

    /// The scalar with this word.
    pub(crate) fn of(word: &str) -> Option<Scalar> {
        Some(match word {
            "string" => Scalar::String,
            "int32" => Scalar::Int32,
            "int64" => Scalar::Int64,
            "bool" => Scalar::Bool,
            "double" => Scalar::Double,
            "float" => Scalar::Float,
            "bytes" => Scalar::Bytes,
            "uint32" => Scalar::Uint32,
            "uint64" => Scalar::Uint64,
            "sint32" => Scalar::Sint32,
            "sint64" => Scalar::Sint64,
            "fixed32" => Scalar::Fixed32,
            "fixed64" => Scalar::Fixed64,
            "sfixed32" => Scalar::Sfixed32,
            "sfixed64" => Scalar::Sfixed64,
            _ => return None,
        })
    }

    /// The word.
    pub(crate) fn word(self) -> &'static str {
        let row = Scalar::ALL.iter().find(|(scalar, _)| *scalar == self);
        row.expect("the table lists every scalar").1
    }
}
