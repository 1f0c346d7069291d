//! The syntax tree of a `.proto` file: what is written, where, in the order in which it is written.
//!
//! Names and texts are places in the file, not copies: [`ProtoFile`] holds the text and gives the
//! slice for an [`Ident`], the whole name for a [`Path`] and the decoded bytes for a [`StringLit`].
//! Whatever could not be read was reported; it is absent here, or says so (`Int::value` is `None`).

mod option;
mod read;

use std::sync::Arc;

use crate::text::{FileId, Span};

pub(crate) use option::*;

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
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "comments in front of the body are found by it")
    )]
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
