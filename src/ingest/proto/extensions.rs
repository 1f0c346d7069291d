//! What must hold for an extension in its message.

use super::checks::KEPT;
use super::lower::{Lower, MAX_FIELD, message_options};
use super::rules;
use super::symbols::{DeclKind, SymbolRef};
use crate::schema::{Cardinality, Field, FieldType};
use crate::syntax::proto::{
    self, Edition, Extend, OptionDecl, ProtoFile, TextField, TextName, ValueKind,
};

/// Messages whose extensions are options, which proto3 may declare.
const OPTION_TYPES: [&str; 9] = [
    "google.protobuf.FileOptions",
    "google.protobuf.MessageOptions",
    "google.protobuf.FieldOptions",
    "google.protobuf.OneofOptions",
    "google.protobuf.ExtensionRangeOptions",
    "google.protobuf.EnumOptions",
    "google.protobuf.EnumValueOptions",
    "google.protobuf.ServiceOptions",
    "google.protobuf.MethodOptions",
];

impl<'a> Lower<'a> {
    /// What must hold for an extension in its message.
    pub(super) fn check_extension(
        &mut self,
        name: &str,
        field: &Field,
        at: SymbolRef,
        extend: &Extend,
    ) {
        let decl = self.symbols.decl(at);
        let DeclKind::Message(body) = decl.kind else {
            return;
        };
        let ast = &self.symbols.view(at).file.ast;
        let is_set = message_options(body.items).any(|option| {
            option.name.is(ast, "message_set_wire_format") && ast.slice(option.value.span) == "true"
        });
        let number = i64::from(field.number.node);
        let ranges = body.items.iter().filter_map(|item| match item {
            proto::MessageItem::Extensions(extensions) => Some(extensions),
            _ => None,
        });
        let max = match is_set {
            true => i32::MAX,
            false => MAX_FIELD,
        };
        let holds = |range: &proto::Range| {
            let start = range.start.value.map_or(0, i64::from);
            let end = match range.end {
                proto::RangeEnd::Start => start,
                proto::RangeEnd::Int(end) => end.value.map_or(0, i64::from),
                proto::RangeEnd::Max(_) => i64::from(max),
            };
            (start..=end).contains(&number)
        };
        let declared = ranges
            .into_iter()
            .find(|extensions| extensions.ranges.iter().any(holds));
        let small = i32::try_from(field.number.node).unwrap_or(i32::MAX);
        if !is_set || KEPT.contains(&small) {
            self.check_number(small, field.number.span);
        }
        let is_message = matches!(field.ty, FieldType::Record { .. });
        if is_set && !(is_message && field.cardinality == Cardinality::Explicit) {
            self.found
                .report(
                    &rules::PROTO_NOT_ALLOWED,
                    "a message set is extended with single messages only",
                )
                .at(field.ty_span, "not a single message");
        }
        if let Some(extensions) = declared {
            self.check_declared(ast, &extensions.options.list, field, name);
        } else {
            self.found
                .report(
                    &rules::PROTO_NUMBER,
                    format_args!("`{}` declares no extension {number}", decl.name),
                )
                .at(field.number.span, "outside its extension ranges")
                .also(body.name.span, "the message");
        }
        if self.ast.edition == Edition::Proto3 && !OPTION_TYPES.contains(&&*decl.name) {
            self.found
                .report(
                    &rules::PROTO_NOT_ALLOWED,
                    "proto3 extends only the messages of options",
                )
                .at(extend.extendee.span, "no options");
        }
    }

    /// Holds an extension against what its message says about its number.
    fn check_declared(
        &mut self,
        ast: &ProtoFile,
        options: &[OptionDecl],
        field: &Field,
        name: &str,
    ) {
        let number = field.number.node;
        let mut declarations = options
            .iter()
            .filter(|option| option.name.is(ast, "declaration"))
            .filter_map(|option| match &option.value.kind {
                ValueKind::Message(fields) => Some((option, Declared::of(ast, fields))),
                _ => None,
            })
            .peekable();
        let is_asked = options.iter().any(|option| {
            option.name.is(ast, "verification") && ast.slice(option.value.span) == "DECLARATION"
        });
        if declarations.peek().is_none() && !is_asked {
            return;
        }
        let found = declarations.find(|(_, declared)| declared.number == Some(number.into()));
        let Some((option, declared)) = found else {
            self.found
                .report(
                    &rules::PROTO_NUMBER,
                    format_args!("the extension {number} is not among those that are declared"),
                )
                .at(field.number.span, "no `declaration` has this number");
            return;
        };
        let ty = self.declared_type(&field.ty);
        let is_repeated = matches!(field.cardinality, Cardinality::Repeated { .. });
        let full = format!(".{name}");
        let wrong = if declared.is_reserved {
            Some("is reserved".to_owned())
        } else if declared.name.as_ref().is_some_and(|name| *name != full) {
            declared.name.map(|name| format!("must be called `{name}`"))
        } else if declared.ty.as_ref().is_some_and(|wanted| *wanted != ty) {
            declared.ty.map(|ty| format!("must be of type `{ty}`"))
        } else if declared.is_repeated != is_repeated {
            Some(match is_repeated {
                true => "must not be repeated".to_owned(),
                false => "must be repeated".to_owned(),
            })
        } else {
            None
        };
        if let Some(wrong) = wrong {
            self.found
                .report(
                    &rules::PROTO_NUMBER,
                    format_args!("the extension {number} {wrong}"),
                )
                .at(field.span, "it is not what was declared")
                .also(option.span, "declared here");
        }
    }

    /// A type as declarations of extensions write it.
    fn declared_type(&self, ty: &FieldType) -> String {
        match ty {
            FieldType::Record { name, .. } | FieldType::Enum { name, .. } => format!(".{name}"),
            FieldType::Scalar(scalar) => {
                let word = proto::Scalar::ALL
                    .iter()
                    .find(|(word, _)| super::fields::scalar(*word) == *scalar);
                word.map_or("", |(_, word)| word).to_owned()
            }
            FieldType::Map(_) => String::new(),
        }
    }
}

/// What a message says about the extension with some number.
#[derive(Debug, Default)]
struct Declared {
    number: Option<u64>,
    name: Option<String>,
    ty: Option<String>,
    is_reserved: bool,
    is_repeated: bool,
}

impl Declared {
    fn of(ast: &ProtoFile, fields: &[TextField]) -> Self {
        let mut declared = Declared::default();
        for field in fields {
            let TextName::Field(name) = field.name else {
                continue;
            };
            let value = &field.value;
            let text = || value.as_string().map(|text| ast.string(text).into_owned());
            let is_true = ast.slice(value.span) == "true";
            match (ast.ident(name), &value.kind) {
                ("number", ValueKind::Int { magnitude, .. }) => declared.number = Some(*magnitude),
                ("full_name", _) => declared.name = text(),
                ("type", _) => declared.ty = text(),
                ("reserved", _) => declared.is_reserved = is_true,
                ("repeated", _) => declared.is_repeated = is_true,
                _ => {}
            }
        }
        declared
    }
}
