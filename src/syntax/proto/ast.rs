//! The syntax tree of a `.proto` file: what is written, where, in the order in which it is written.
//!
//! Names and texts are places in the file, not copies: [`ProtoFile`] holds the text and gives the
//! slice for an [`Ident`], the whole name for a [`Path`] and the decoded bytes for a [`StringLit`].
//! Whatever could not be read was reported; it is absent here, or says so (`Int::value` is `None`).

use std::borrow::Cow;
use std::sync::Arc;

use super::literal;
use crate::text::{FileId, Span};

/// A file.
#[derive(Debug)]
pub(crate) struct ProtoFile {
    /// The file all spans lie in.
    pub(crate) id: FileId,
    /// Its text, shared with the source map.
    pub(crate) text: Arc<str>,
    /// What the file says about its language; proto2 when it says nothing.
    pub(crate) edition: Edition,
    /// The `syntax` or `edition` statement, when there is one.
    pub(crate) syntax: Option<Syntax>,
    /// The `package` statement; of several (an error) the last.
    pub(crate) package: Option<Package>,
    /// Everything else, in the order of the text.
    pub(crate) items: Box<[FileItem]>,
    /// Whether something in the file was refused: the tree is a part of what was meant.
    pub(crate) is_broken: bool,
}

/// The language of a file. Ordered by age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Edition {
    /// `syntax = "proto2"`, and files that say nothing.
    Proto2,
    /// `syntax = "proto3"`.
    Proto3,
    /// `edition = "2023"`.
    Edition2023,
    /// `edition = "2024"`.
    Edition2024,
}

/// `syntax = "proto3";` or `edition = "2023";`.
#[derive(Debug)]
pub(crate) struct Syntax {
    /// The whole statement with its `;`.
    pub(crate) span: Span,
    /// The word in quotes.
    pub(crate) value: StringLit,
}

/// `package a.b;`.
#[derive(Debug)]
pub(crate) struct Package {
    /// The whole statement with its `;`.
    pub(crate) span: Span,
    /// The name.
    pub(crate) name: Path,
}

/// What stands at the top of a file.
#[derive(Debug)]
pub(crate) enum FileItem {
    /// `import "a.proto";`
    Import(Import),
    /// `option a = b;`
    Option(Box<OptionDecl>),
    /// `message A { ... }`
    Message(Box<Message>),
    /// `enum A { ... }`
    Enum(Box<Enum>),
    /// `service A { ... }`
    Service(Box<Service>),
    /// `extend A { ... }`
    Extend(Box<Extend>),
}

/// `import "a.proto";`.
#[derive(Debug)]
pub(crate) struct Import {
    /// The whole statement with its `;`.
    pub(crate) span: Span,
    /// What the word before the path says.
    pub(crate) kind: ImportKind,
    /// That word: `public`, `weak` or `option`.
    pub(crate) word: Option<Span>,
    /// The path.
    pub(crate) path: StringLit,
}

/// How a file is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ImportKind {
    /// For this file.
    Plain,
    /// For this file and those that import it.
    Public,
    /// May be missing when code is made from the file; an ordinary import otherwise.
    Weak,
    /// For custom options only (edition 2024).
    Option,
}

/// A word: a name or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ident {
    /// The word.
    pub(crate) span: Span,
}

/// A name with dots, `.a.b.C`. Blanks and comments may stand between its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Path {
    /// From the first part or dot to the last part.
    pub(crate) span: Span,
}

/// One or several adjacent texts in quotes, which mean their concatenation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StringLit {
    /// From the first quote to the last.
    pub(crate) span: Span,
}

/// A whole number that must fit 32 bits: the number of a field or value, the end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Int {
    /// The digits with their sign; empty, at the place where it belongs, when it is not written.
    pub(crate) span: Span,
    /// The value; `None` when it is not written or leaves 32 bits, which was reported.
    pub(crate) value: Option<i32>,
}

/// The braces of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Braces {
    /// The `{`.
    pub(crate) open: Span,
    /// The `}`; empty, at the end of what was read, when it is missing, which was reported.
    pub(crate) close: Span,
}

// === Messages ===

/// `export` or `local` before a message or an enum (edition 2024).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Visibility {
    /// The word.
    pub(crate) span: Span,
    /// Whether it is `export`.
    pub(crate) is_export: bool,
}

/// `message A { ... }`.
#[derive(Debug)]
pub(crate) struct Message {
    /// From the visibility, or `message`, to the `}`.
    pub(crate) span: Span,
    /// `export` or `local`.
    pub(crate) visibility: Option<Visibility>,
    /// The name.
    pub(crate) name: Ident,
    /// The braces.
    pub(crate) braces: Braces,
    /// The body, in the order of the text.
    pub(crate) items: Box<[MessageItem]>,
}

/// What stands in a message or a group.
#[derive(Debug)]
pub(crate) enum MessageItem {
    /// A field, a map or a group.
    Field(Box<Field>),
    /// `oneof a { ... }`
    Oneof(Box<Oneof>),
    /// `message A { ... }`
    Message(Box<Message>),
    /// `enum A { ... }`
    Enum(Box<Enum>),
    /// `extend A { ... }`
    Extend(Box<Extend>),
    /// `extensions 100 to 199;`
    Extensions(Box<Extensions>),
    /// `reserved 1, 3 to 5;` or `reserved "a";`
    Reserved(Box<Reserved>),
    /// `option a = b;`
    Option(Box<OptionDecl>),
}

/// `optional string name = 1 [deprecated = true];`, also a map field or a group.
#[derive(Debug)]
pub(crate) struct Field {
    /// The whole declaration, up to its `;` or, of a group, its `}`.
    pub(crate) span: Span,
    /// The label.
    pub(crate) label: Option<Label>,
    /// The type.
    pub(crate) ty: FieldType,
    /// The name; of a group, the name of its message.
    pub(crate) name: Ident,
    /// The number.
    pub(crate) number: Int,
    /// The options in `[...]`, `default` and `json_name` among them.
    pub(crate) options: Options,
}

/// `optional`, `required` or `repeated`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    /// The word.
    pub(crate) span: Span,
    /// Which.
    pub(crate) kind: LabelKind,
}

/// The word of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelKind {
    /// `optional`
    Optional,
    /// `required`
    Required,
    /// `repeated`
    Repeated,
}

/// The type of a field.
#[derive(Debug)]
pub(crate) struct FieldType {
    /// The type as written: the word, the name, `map<...>`, or `group`.
    pub(crate) span: Span,
    /// Which.
    pub(crate) kind: FieldTypeKind,
}

/// What a field holds.
#[derive(Debug)]
pub(crate) enum FieldTypeKind {
    /// A type of the language.
    Scalar(Scalar),
    /// A message or an enum; the name is the span of the type.
    Named(Path),
    /// `map<K, V>`
    Map(Box<MapType>),
    /// `group A = 1 { ... }`
    Group(Box<GroupBody>),
}

/// `map<string, A>`.
#[derive(Debug)]
pub(crate) struct MapType {
    /// The key, as written: any type; which are allowed is decided where names are known.
    pub(crate) key: ValueType,
    /// The value.
    pub(crate) value: ValueType,
}

/// A scalar or a name inside `map<...>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ValueType {
    /// The word or the name.
    pub(crate) span: Span,
    /// The type of the language; `None` for a name.
    pub(crate) scalar: Option<Scalar>,
}

/// The body of a group.
#[derive(Debug)]
pub(crate) struct GroupBody {
    /// The braces.
    pub(crate) braces: Braces,
    /// The body, in the order of the text.
    pub(crate) items: Box<[MessageItem]>,
}

/// A type of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Scalar {
    Double,
    Float,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Sint32,
    Sint64,
    Fixed32,
    Fixed64,
    Sfixed32,
    Sfixed64,
    Bool,
    String,
    Bytes,
}

/// `oneof a { ... }`.
#[derive(Debug)]
pub(crate) struct Oneof {
    /// From `oneof` to the `}`.
    pub(crate) span: Span,
    /// The name.
    pub(crate) name: Ident,
    /// The braces.
    pub(crate) braces: Braces,
    /// The body, in the order of the text.
    pub(crate) items: Box<[OneofItem]>,
}

/// What stands in a oneof.
#[derive(Debug)]
pub(crate) enum OneofItem {
    /// A field or a group; labels and maps were refused (a refused label is kept).
    Field(Box<Field>),
    /// `option a = b;`
    Option(Box<OptionDecl>),
}

/// `extend A { ... }`.
#[derive(Debug)]
pub(crate) struct Extend {
    /// From `extend` to the `}`.
    pub(crate) span: Span,
    /// The message that is extended.
    pub(crate) extendee: Path,
    /// The braces.
    pub(crate) braces: Braces,
    /// The extensions; groups are allowed, maps were refused.
    pub(crate) fields: Box<[Field]>,
}

/// `extensions 100 to 199, 300 [verification = UNVERIFIED];`.
#[derive(Debug)]
pub(crate) struct Extensions {
    /// The whole statement with its `;`.
    pub(crate) span: Span,
    /// The ranges.
    pub(crate) ranges: Box<[Range]>,
    /// The options, which hold for every range; declarations among them.
    pub(crate) options: Options,
}

/// `5`, `5 to 9` or `5 to max`; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    /// The whole range.
    pub(crate) span: Span,
    /// The first number.
    pub(crate) start: Int,
    /// The last number.
    pub(crate) end: RangeEnd,
}

/// Where a range ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RangeEnd {
    /// It is a single number.
    Start,
    /// `to 9`
    Int(Int),
    /// `to max`, with the place of `max`.
    Max(Span),
}

/// `reserved 1, 3 to 5;`, `reserved "a", "b";` or, in editions, `reserved a, b;`.
#[derive(Debug)]
pub(crate) struct Reserved {
    /// The whole statement with its `;`.
    pub(crate) span: Span,
    /// The numbers; empty when it names names.
    pub(crate) ranges: Box<[Range]>,
    /// The names; empty when it names numbers.
    pub(crate) names: Box<[ReservedName]>,
}

/// A reserved name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReservedName {
    /// `"a"`
    Quoted(StringLit),
    /// `a`
    Plain(Ident),
}

// === Enums ===

/// `enum A { ... }`.
#[derive(Debug)]
pub(crate) struct Enum {
    /// From the visibility, or `enum`, to the `}`.
    pub(crate) span: Span,
    /// `export` or `local`.
    pub(crate) visibility: Option<Visibility>,
    /// The name.
    pub(crate) name: Ident,
    /// The braces.
    pub(crate) braces: Braces,
    /// The body, in the order of the text.
    pub(crate) items: Box<[EnumItem]>,
}

/// What stands in an enum.
#[derive(Debug)]
pub(crate) enum EnumItem {
    /// `A = 1;`
    Value(Box<EnumValue>),
    /// `reserved 1;`
    Reserved(Box<Reserved>),
    /// `option a = b;`
    Option(Box<OptionDecl>),
}

/// `A = 1 [deprecated = true];`.
#[derive(Debug)]
pub(crate) struct EnumValue {
    /// The whole declaration with its `;`.
    pub(crate) span: Span,
    /// The name.
    pub(crate) name: Ident,
    /// The number.
    pub(crate) number: Int,
    /// The options in `[...]`.
    pub(crate) options: Options,
}

// === Services ===

/// `service A { ... }`.
#[derive(Debug)]
pub(crate) struct Service {
    /// From `service` to the `}`.
    pub(crate) span: Span,
    /// The name.
    pub(crate) name: Ident,
    /// The braces.
    pub(crate) braces: Braces,
    /// The body, in the order of the text.
    pub(crate) items: Box<[ServiceItem]>,
}

/// What stands in a service.
#[derive(Debug)]
pub(crate) enum ServiceItem {
    /// `rpc A (B) returns (C);`
    Rpc(Box<Rpc>),
    /// `option a = b;`
    Option(Box<OptionDecl>),
}

/// `rpc A (stream B) returns (C) { ... }`.
#[derive(Debug)]
pub(crate) struct Rpc {
    /// The whole declaration, up to its `;` or `}`.
    pub(crate) span: Span,
    /// The name.
    pub(crate) name: Ident,
    /// What the client sends.
    pub(crate) input: RpcType,
    /// What the server sends.
    pub(crate) output: RpcType,
    /// The braces, when there is a body.
    pub(crate) braces: Option<Braces>,
    /// The options of the body.
    pub(crate) options: Box<[OptionDecl]>,
}

/// `(stream A)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RpcType {
    /// The word `stream`.
    pub(crate) stream: Option<Span>,
    /// The message.
    pub(crate) ty: Path,
}

// === Options ===

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

// === Reading ===

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

impl Path {
    /// Whether it begins with a dot.
    pub(crate) fn is_absolute(self, file: &ProtoFile) -> bool {
        file.slice(self.span).starts_with('.')
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
