//! Every place of a tree.

use super::ast::*;
use crate::text::Span;

/// Calls `see` with every place of the tree, a declaration before its parts. Names, texts and
/// comments are read on the way, so that whoever reads them later finds them readable.
pub(crate) fn visit(file: &ProtoFile, see: impl FnMut(Span)) {
    let mut visitor = Visitor { file, see };
    if let Some(syntax) = &file.syntax {
        visitor.string(syntax.value);
    }
    if let Some(package) = &file.package {
        (visitor.see)(package.span);
        visitor.path(package.name);
    }
    for item in &file.items {
        match item {
            FileItem::Import(import) => {
                (visitor.see)(import.span);
                import.word.into_iter().for_each(&mut visitor.see);
                visitor.string(import.path);
            }
            FileItem::Option(option) => visitor.option(option),
            FileItem::Message(message) => visitor.message(message),
            FileItem::Enum(node) => visitor.enumeration(node),
            FileItem::Service(service) => visitor.service(service),
            FileItem::Extend(extend) => visitor.extend(extend),
        }
    }
}

struct Visitor<'f, F> {
    file: &'f ProtoFile,
    see: F,
}

impl<F: FnMut(Span)> Visitor<'_, F> {
    fn path(&mut self, path: Path) {
        (self.see)(path.span);
        let _ = self.file.path(path);
    }

    fn string(&mut self, string: StringLit) {
        (self.see)(string.span);
        let _ = self.file.string(string);
    }

    fn braces(&mut self, braces: Braces) {
        (self.see)(braces.open);
        (self.see)(braces.close);
    }

    fn message(&mut self, message: &Message) {
        (self.see)(message.span);
        (self.see)(message.name.span);
        self.braces(message.braces);
        self.items(&message.items);
    }

    fn items(&mut self, items: &[MessageItem]) {
        for item in items {
            match item {
                MessageItem::Field(field) => self.field(field),
                MessageItem::Oneof(oneof) => self.oneof(oneof),
                MessageItem::Message(message) => self.message(message),
                MessageItem::Enum(node) => self.enumeration(node),
                MessageItem::Extend(extend) => self.extend(extend),
                MessageItem::Extensions(extensions) => {
                    (self.see)(extensions.span);
                    self.ranges(&extensions.ranges);
                    self.options(&extensions.options);
                }
                MessageItem::Reserved(reserved) => self.reserved(reserved),
                MessageItem::Option(option) => self.option(option),
            }
        }
    }

    fn field(&mut self, field: &Field) {
        (self.see)(field.span);
        field.label.iter().for_each(|label| (self.see)(label.span));
        match &field.ty.kind {
            FieldTypeKind::Scalar(_) => (self.see)(field.ty.span),
            FieldTypeKind::Named(path) => self.path(*path),
            FieldTypeKind::Map(map) => {
                (self.see)(map.key.span);
                (self.see)(map.value.span);
            }
            FieldTypeKind::Group(group) => {
                self.braces(group.braces);
                self.items(&group.items);
            }
        }
        (self.see)(field.name.span);
        (self.see)(field.number.span);
        self.options(&field.options);
    }

    fn oneof(&mut self, oneof: &Oneof) {
        (self.see)(oneof.span);
        (self.see)(oneof.name.span);
        self.braces(oneof.braces);
        for item in &oneof.items {
            match item {
                OneofItem::Field(field) => self.field(field),
                OneofItem::Option(option) => self.option(option),
            }
        }
    }

    fn extend(&mut self, extend: &Extend) {
        (self.see)(extend.span);
        self.path(extend.extendee);
        self.braces(extend.braces);
        extend.fields.iter().for_each(|field| self.field(field));
    }

    fn reserved(&mut self, reserved: &Reserved) {
        (self.see)(reserved.span);
        self.ranges(&reserved.ranges);
        for name in &reserved.names {
            match name {
                ReservedName::Quoted(text) => self.string(*text),
                ReservedName::Plain(name) => (self.see)(name.span),
            }
        }
    }

    fn ranges(&mut self, ranges: &[Range]) {
        for range in ranges {
            (self.see)(range.span);
            (self.see)(range.start.span);
            match range.end {
                RangeEnd::Start => {}
                RangeEnd::Int(end) => (self.see)(end.span),
                RangeEnd::Max(span) => (self.see)(span),
            }
        }
    }

    fn enumeration(&mut self, node: &Enum) {
        (self.see)(node.span);
        (self.see)(node.name.span);
        self.braces(node.braces);
        for item in &node.items {
            match item {
                EnumItem::Value(value) => {
                    (self.see)(value.span);
                    (self.see)(value.name.span);
                    (self.see)(value.number.span);
                    self.options(&value.options);
                }
                EnumItem::Reserved(reserved) => self.reserved(reserved),
                EnumItem::Option(option) => self.option(option),
            }
        }
    }

    fn service(&mut self, service: &Service) {
        (self.see)(service.span);
        (self.see)(service.name.span);
        self.braces(service.braces);
        for item in &service.items {
            match item {
                ServiceItem::Option(option) => self.option(option),
                ServiceItem::Rpc(rpc) => {
                    (self.see)(rpc.span);
                    (self.see)(rpc.name.span);
                    self.path(rpc.input.ty);
                    self.path(rpc.output.ty);
                    rpc.options.iter().for_each(|option| self.option(option));
                }
            }
        }
    }

    fn options(&mut self, options: &Options) {
        options.span.into_iter().for_each(&mut self.see);
        options.list.iter().for_each(|option| self.option(option));
    }

    fn option(&mut self, option: &OptionDecl) {
        (self.see)(option.span);
        (self.see)(option.name.span);
        option.name.parts().for_each(|part| self.path(part.name));
        self.value(&option.value);
    }

    fn value(&mut self, value: &Value) {
        (self.see)(value.span);
        match &value.kind {
            ValueKind::String => value
                .as_string()
                .into_iter()
                .for_each(|text| self.string(text)),
            ValueKind::Message(fields) => {
                for field in fields {
                    (self.see)(field.span);
                    match field.name {
                        TextName::Field(name) => (self.see)(name.span),
                        TextName::Extension(path) => self.path(path),
                        TextName::Any { domain, message } => {
                            self.path(domain);
                            self.path(message);
                        }
                    }
                    self.value(&field.value);
                }
            }
            ValueKind::List(values) => values.iter().for_each(|value| self.value(value)),
            _ => {}
        }
    }
}
