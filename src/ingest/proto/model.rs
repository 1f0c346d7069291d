//! Messages as the values of options see them: their fields by name, found when asked for.

use super::symbols::{Body, DeclKind, Found, SymbolRef, Symbols, enter, index};
use crate::syntax::proto::{
    self, FieldTypeKind, LabelKind, MessageItem, OneofItem, Path, ProtoFile,
};

/// A field of some message, wherever that is declared.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldAt<'a> {
    pub(super) file: u32,
    /// The declaration that its type is looked up in: the message, or what an extension stands in.
    pub(super) scope: Option<u32>,
    pub(super) field: &'a proto::Field,
    /// The full name, of an extension.
    pub(super) extension: Option<&'a str>,
}

/// What has fields.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape<'a> {
    Message(SymbolRef),
    /// An entry of a map.
    Entry(FieldAt<'a>),
}

/// What a single value of a field is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind<'a> {
    Scalar(proto::Scalar),
    Enum(SymbolRef),
    Message(Shape<'a>),
}

/// A member of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member<'a> {
    pub(super) at: FieldAt<'a>,
    pub(super) number: u32,
    pub(super) kind: Kind<'a>,
    pub(super) is_repeated: bool,
}

impl<'a> Symbols<'a> {
    fn ast(&self, file: u32) -> &'a ProtoFile {
        &self.views[file as usize].file.ast
    }

    /// The field of a message with a name.
    pub(super) fn member(&self, shape: Shape<'a>, name: &str) -> Option<Member<'a>> {
        match shape {
            Shape::Entry(map) => {
                let FieldTypeKind::Map(types) = &map.field.ty.kind else {
                    return None;
                };
                let (number, value) = match name {
                    "key" => (1, types.key),
                    "value" => (2, types.value),
                    _ => return None,
                };
                let kind = match value.scalar {
                    Some(word) => Kind::Scalar(word),
                    None => self.named_kind(map, Path { span: value.span })?,
                };
                Some(Member {
                    at: map,
                    number,
                    kind,
                    is_repeated: false,
                })
            }
            Shape::Message(message) => {
                let DeclKind::Message(body) = self.decl(message).kind else {
                    return None;
                };
                let ast = self.ast(message.file);
                let field = fields(body).find(|field| is_named(ast, field, name))?;
                self.as_member(FieldAt {
                    file: message.file,
                    scope: Some(message.decl),
                    field,
                    extension: None,
                })
            }
        }
    }

    /// What an extension is, as a field.
    pub(super) fn extension(&'a self, at: SymbolRef) -> Option<Member<'a>> {
        let decl = self.decl(at);
        let DeclKind::Extension(field, _) = decl.kind else {
            return None;
        };
        self.as_member(FieldAt {
            file: at.file,
            scope: decl.parent,
            field,
            extension: Some(&decl.name),
        })
    }

    /// The message that an extension extends.
    pub(super) fn extendee(&self, at: SymbolRef) -> Option<SymbolRef> {
        let view = self.view(at);
        let decl = self.decl(at);
        let DeclKind::Extension(_, extend) = decl.kind else {
            return None;
        };
        let name = view.file.ast.path(extend.extendee);
        match self.resolve(at.file, view.scope(decl.parent), &name, true) {
            Ok(Found::Decl(found)) => Some(found),
            _ => None,
        }
    }

    fn as_member(&self, at: FieldAt<'a>) -> Option<Member<'a>> {
        let kind = match &at.field.ty.kind {
            FieldTypeKind::Scalar(word) => Kind::Scalar(*word),
            FieldTypeKind::Named(path) => self.named_kind(at, *path)?,
            FieldTypeKind::Map(_) => Kind::Message(Shape::Entry(at)),
            FieldTypeKind::Group(_) => {
                let view = &self.views[at.file as usize];
                let mut name = view.scope(at.scope).to_owned();
                enter(&mut name, view.file.ast.ident(at.field.name));
                let group = view.decls.iter().position(|decl| *decl.name == *name)?;
                Kind::Message(Shape::Message(SymbolRef {
                    file: at.file,
                    decl: index(group),
                }))
            }
        };
        let label = at.field.label.map(|label| label.kind);
        Some(Member {
            at,
            number: u32::try_from(at.field.number.value?).ok()?,
            kind,
            is_repeated: label == Some(LabelKind::Repeated)
                || matches!(at.field.ty.kind, FieldTypeKind::Map(_)),
        })
    }

    fn named_kind(&self, at: FieldAt<'a>, path: Path) -> Option<Kind<'a>> {
        let view = &self.views[at.file as usize];
        let name = view.file.ast.path(path);
        match self.resolve(at.file, view.scope(at.scope), &name, true) {
            Ok(Found::Decl(found)) => match self.decl(found).kind {
                DeclKind::Message(_) => Some(Kind::Message(Shape::Message(found))),
                DeclKind::Enum(_) => Some(Kind::Enum(found)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The number of a value of an enum.
    pub(super) fn enum_number(&self, at: SymbolRef, name: &str) -> Option<i32> {
        let DeclKind::Enum(decl) = self.decl(at).kind else {
            return None;
        };
        let ast = self.ast(at.file);
        let value = enum_values(decl).find(|value| ast.ident(value.name) == name)?;
        value.number.value
    }

    /// The first name of a number of an enum.
    pub(super) fn enum_name(&self, at: SymbolRef, number: i32) -> Option<&'a str> {
        let DeclKind::Enum(decl) = self.decl(at).kind else {
            return None;
        };
        let ast = self.ast(at.file);
        let value = enum_values(decl).find(|value| value.number.value == Some(number))?;
        Some(ast.ident(value.name))
    }
}

/// The fields of a message, those of its oneofs among them.
pub(super) fn fields<'a>(body: Body<'a>) -> impl Iterator<Item = &'a proto::Field> {
    let mut inner: Option<std::slice::Iter<'a, OneofItem>> = None;
    let mut items = body.items.iter();
    std::iter::from_fn(move || {
        loop {
            if let Some(list) = &mut inner {
                match list.next() {
                    Some(OneofItem::Field(field)) => return Some(&**field),
                    Some(OneofItem::Option(_)) => continue,
                    None => inner = None,
                }
            }
            match items.next()? {
                MessageItem::Field(field) => return Some(&**field),
                MessageItem::Oneof(oneof) => inner = Some(oneof.items.iter()),
                _ => {}
            }
        }
    })
}

/// The values of an enum.
pub(super) fn enum_values(decl: &proto::Enum) -> impl Iterator<Item = &proto::EnumValue> {
    decl.items.iter().filter_map(|item| match item {
        proto::EnumItem::Value(value) => Some(&**value),
        _ => None,
    })
}

/// Whether a field has a name; a group is known by the name of its message as well.
pub(super) fn is_named(ast: &ProtoFile, field: &proto::Field, name: &str) -> bool {
    let own = ast.ident(field.name);
    match field.ty.kind {
        FieldTypeKind::Group(_) => own == name || own.to_ascii_lowercase() == name,
        _ => own == name,
    }
}
