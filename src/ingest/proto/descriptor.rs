//! Files as descriptors, the form in which compilers hand them to each other.
//!
//! A descriptor is itself a message, so it is built of the same entries as the value of an option
//! and has the same bytes as the one that `protoc` makes.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::features::Features;
use super::load::{Reader, Source};
use super::lower::{
    Lower, MAX_FIELD, enum_options, features_of, file_options, message_options, service_options,
};
use super::model::fields;
use super::names;
use super::symbols::{Body, DeclKind, Found, Symbols, View, enter, plain};
use super::texts::{escape, number_text};
use super::values::{Entry, Val};
use crate::diag::{Diagnostics, Phase};
use crate::syntax::proto::{
    Edition, Enum, EnumItem, Extend, Field, FieldTypeKind, FileItem, ImportKind, LabelKind,
    MessageItem, OneofItem, OptionDecl, Path, Range, RangeEnd, ReservedName, Rpc, Scalar, Service,
    ServiceItem, ValueKind, ValueType, Visibility,
};
use crate::text::{Side, SourceMap};

/// The descriptors of all files of a release, by path.
pub(super) fn descriptors(
    source: &Source<'_>,
    sources: &mut SourceMap,
) -> Phase<BTreeMap<String, Vec<u8>>> {
    let mut found = Diagnostics::default();
    let files = Reader::read(source, Side::New, None, sources, &mut found);
    let views: Vec<View<'_>> = files.files.par_iter().map(|file| View::of(file)).collect();
    let features: Vec<Vec<Features>> = views.par_iter().map(features_of).collect();
    let symbols = Symbols::of(&files, &views);
    let made: Vec<(String, Vec<u8>)> = files
        .positions()
        .into_par_iter()
        .map(|at| {
            let path = files.files[at as usize].path.to_string();
            (path, Lower::new(&symbols, &features, at).descriptor())
        })
        .collect();
    Phase {
        value: made.into_iter().collect(),
        diagnostics: found,
    }
}

/// A message under construction.
#[derive(Debug, Default)]
struct Made(Vec<Entry>);

impl Made {
    fn put(&mut self, number: u32, value: Val) {
        self.0.push(Entry {
            number,
            key: "".into(),
            is_extension: false,
            is_repeated: true,
            is_packed: false,
            value,
        });
    }

    fn text(&mut self, number: u32, text: &str) {
        self.put(number, Val::Bytes(text.as_bytes().into()));
    }

    fn int(&mut self, number: u32, value: i64) {
        self.put(number, Val::Int(Scalar::Int64, i128::from(value)));
    }

    fn flag(&mut self, number: u32, is_set: bool) {
        if is_set {
            self.put(number, Val::Bool(true));
        }
    }

    fn message(&mut self, number: u32, made: Made) {
        self.put(
            number,
            Val::Message {
                entries: made.0,
                is_delimited: false,
            },
        );
    }
}

const LABEL_OPTIONAL: i64 = 1;
const LABEL_REQUIRED: i64 = 2;
const LABEL_REPEATED: i64 = 3;
const TYPE_GROUP: i64 = 10;
const TYPE_MESSAGE: i64 = 11;
const TYPE_ENUM: i64 = 14;

fn type_number(scalar: Scalar) -> i64 {
    match scalar {
        Scalar::Double => 1,
        Scalar::Float => 2,
        Scalar::Int64 => 3,
        Scalar::Uint64 => 4,
        Scalar::Int32 => 5,
        Scalar::Fixed64 => 6,
        Scalar::Fixed32 => 7,
        Scalar::Bool => 8,
        Scalar::String => 9,
        Scalar::Bytes => 12,
        Scalar::Uint32 => 13,
        Scalar::Sfixed32 => 15,
        Scalar::Sfixed64 => 16,
        Scalar::Sint32 => 17,
        Scalar::Sint64 => 18,
    }
}

/// What stands in a message, or at the top of a file.
#[derive(Default)]
struct Inner {
    messages: Vec<Made>,
    enums: Vec<Made>,
    extensions: Vec<Made>,
}

impl<'a> Lower<'a> {
    /// The bytes of the `google.protobuf.FileDescriptorProto` of the file.
    pub(super) fn descriptor(&mut self) -> Vec<u8> {
        let ast = self.ast;
        let mut file = Made::default();
        file.text(1, &self.view.file.path);
        if ast.package.is_some() {
            file.text(2, &self.view.package);
        }
        let mut at = 0;
        for import in ast.imports() {
            let path = ast.string(import.path);
            if import.kind == ImportKind::Option {
                file.text(15, &path);
                continue;
            }
            file.text(3, &path);
            match import.kind {
                ImportKind::Public => file.int(10, at),
                ImportKind::Weak => file.int(11, at),
                ImportKind::Plain | ImportKind::Option => {}
            }
            at += 1;
        }
        let scope = self.view.package.clone();
        let mut inner = Inner::default();
        for item in &ast.items {
            match item {
                FileItem::Message(message) => {
                    let made = self.make_message(&scope, plain(message), message.visibility);
                    inner.messages.push(made);
                }
                FileItem::Enum(decl) => inner.enums.push(self.make_enum(&scope, decl)),
                FileItem::Service(service) => {
                    let made = self.make_service(&scope, service);
                    file.message(6, made);
                }
                FileItem::Extend(extend) => self.make_extend(&scope, extend, &mut inner),
                FileItem::Import(_) | FileItem::Option(_) => {}
            }
        }
        for made in inner.messages {
            file.message(4, made);
        }
        for made in inner.enums {
            file.message(5, made);
        }
        for made in inner.extensions {
            file.message(7, made);
        }
        self.make_options(8, "FileOptions", file_options(ast), &scope, &mut file);
        match ast.edition {
            Edition::Proto2 => {}
            Edition::Proto3 => file.text(12, "proto3"),
            Edition::Edition2023 | Edition::Edition2024 => {
                file.text(12, "editions");
                file.int(
                    14,
                    match ast.edition {
                        Edition::Edition2023 => 1000,
                        _ => 1001,
                    },
                );
            }
        }
        let mut bytes = Vec::new();
        super::values::encode(&file.0, &mut bytes);
        bytes
    }

    fn make_options<'o>(
        &mut self,
        number: u32,
        ty: &str,
        options: impl Iterator<Item = &'o OptionDecl>,
        scope: &str,
        made: &mut Made,
    ) where
        'a: 'o,
    {
        let mut options = options.peekable();
        if options.peek().is_none() {
            return;
        }
        let entries: Vec<Entry> = self
            .interpret(ty, options, scope)
            .into_iter()
            .map(|(entry, _)| entry)
            .collect();
        // `default` and `json_name` stand with the options and are none.
        if !entries.is_empty() {
            made.put(number, Val::Bytes(option_bytes(entries).into()));
        }
    }

    fn make_message(
        &mut self,
        outer: &str,
        body: Body<'a>,
        visibility: Option<Visibility>,
    ) -> Made {
        let ast = self.ast;
        let mut scope = outer.to_owned();
        enter(&mut scope, ast.ident(body.name));
        let mut made = Made::default();
        made.text(1, ast.ident(body.name));
        let mut inner = Inner::default();
        let mut oneofs = 0;
        let mut list: Vec<(&'a Field, Option<i64>)> = Vec::new();
        for item in body.items {
            match item {
                MessageItem::Field(field) => list.push((field, None)),
                MessageItem::Oneof(oneof) => {
                    let mut decl = Made::default();
                    decl.text(1, ast.ident(oneof.name));
                    let options = oneof.items.iter().filter_map(|item| match item {
                        OneofItem::Option(option) => Some(&**option),
                        OneofItem::Field(_) => None,
                    });
                    self.make_options(2, "OneofOptions", options, &scope, &mut decl);
                    made.message(8, decl);
                    for item in &oneof.items {
                        if let OneofItem::Field(field) = item {
                            list.push((field, Some(oneofs)));
                        }
                    }
                    oneofs += 1;
                }
                MessageItem::Message(message) => {
                    self.make_fields(&scope, &mut list, &mut made, &mut inner);
                    let nested = self.make_message(&scope, plain(message), message.visibility);
                    inner.messages.push(nested);
                }
                MessageItem::Enum(decl) => {
                    let decl = self.make_enum(&scope, decl);
                    inner.enums.push(decl);
                }
                MessageItem::Extend(extend) => {
                    self.make_fields(&scope, &mut list, &mut made, &mut inner);
                    self.make_extend(&scope, extend, &mut inner);
                }
                MessageItem::Extensions(extensions) => {
                    let is_set = is_message_set(self, body);
                    for range in &extensions.ranges {
                        let max = match is_set {
                            true => i64::from(i32::MAX),
                            false => i64::from(MAX_FIELD) + 1,
                        };
                        let mut decl = self.make_range(range, max, 1);
                        self.make_options(
                            3,
                            "ExtensionRangeOptions",
                            extensions.options.list.iter(),
                            outer,
                            &mut decl,
                        );
                        made.message(5, decl);
                    }
                }
                MessageItem::Reserved(reserved) => {
                    for range in &reserved.ranges {
                        let max = i64::from(MAX_FIELD) + 1;
                        let decl = self.make_range(range, max, 1);
                        made.message(9, decl);
                    }
                    self.make_names(10, &reserved.names, &mut made);
                }
                MessageItem::Option(_) => {}
            }
        }
        self.make_fields(&scope, &mut list, &mut made, &mut inner);
        for nested in inner.messages {
            made.message(3, nested);
        }
        for nested in inner.enums {
            made.message(4, nested);
        }
        for nested in inner.extensions {
            made.message(6, nested);
        }
        if ast.edition == Edition::Proto3 {
            self.make_synthetic(body, oneofs, &mut made);
        }
        self.make_options(
            7,
            "MessageOptions",
            message_options(body.items),
            outer,
            &mut made,
        );
        make_visibility(11, visibility, &mut made);
        made
    }

    /// Fields that wait, in order: maps and groups among them declare messages.
    fn make_fields(
        &mut self,
        scope: &str,
        list: &mut Vec<(&'a Field, Option<i64>)>,
        made: &mut Made,
        inner: &mut Inner,
    ) {
        for (field, oneof) in list.drain(..) {
            let field = self.make_field(scope, field, oneof, None, &mut inner.messages);
            made.message(2, field);
        }
    }

    /// The oneof of one field that marks presence in proto3.
    fn make_synthetic(&self, body: Body<'a>, oneofs: i64, made: &mut Made) {
        let ast = self.ast;
        let mut taken: Vec<String> = fields(body).map(|field| self.field_name(field)).collect();
        for item in body.items {
            if let MessageItem::Oneof(oneof) = item {
                taken.push(ast.ident(oneof.name).to_owned());
            }
        }
        let mut next = oneofs;
        let mut decls = Vec::new();
        let members = made.0.iter_mut().filter(|entry| entry.number == 2);
        for (entry, field) in members.zip(fields(body)) {
            if !is_optional(field) {
                continue;
            }
            let mut name = format!("_{}", self.field_name(field));
            while taken.contains(&name) {
                name.insert(0, 'X');
            }
            let mut decl = Made::default();
            decl.text(1, &name);
            decls.push(decl);
            taken.push(name);
            if let Val::Message { entries, .. } = &mut entry.value {
                let mut field = Made(std::mem::take(entries));
                field.int(9, next);
                *entries = field.0;
            }
            next += 1;
        }
        for decl in decls {
            made.message(8, decl);
        }
    }

    fn make_extend(&mut self, scope: &str, extend: &'a Extend, inner: &mut Inner) {
        let extendee = self.full_name(scope, extend.extendee);
        for field in &extend.fields {
            let made = self.make_field(scope, field, None, Some(&extendee), &mut inner.messages);
            inner.extensions.push(made);
        }
    }

    fn make_field(
        &mut self,
        scope: &str,
        field: &'a Field,
        oneof: Option<i64>,
        extendee: Option<&str>,
        messages: &mut Vec<Made>,
    ) -> Made {
        let ast = self.ast;
        let name = self.field_name(field);
        let mut made = Made::default();
        made.text(1, &name);
        if let Some(extendee) = extendee {
            made.text(2, extendee);
        }
        made.int(3, field.number.value.map_or(0, i64::from));
        let label = match field.label.map(|label| label.kind) {
            _ if field.ty.kind.is_map() => LABEL_REPEATED,
            Some(LabelKind::Repeated) => LABEL_REPEATED,
            Some(LabelKind::Required) => LABEL_REQUIRED,
            Some(LabelKind::Optional) | None => LABEL_OPTIONAL,
        };
        made.int(4, label);
        match &field.ty.kind {
            FieldTypeKind::Scalar(scalar) => made.int(5, type_number(*scalar)),
            FieldTypeKind::Named(path) => self.make_type(scope, *path, &mut made),
            FieldTypeKind::Group(group) => {
                made.int(5, TYPE_GROUP);
                let mut full = format!(".{scope}");
                if scope.is_empty() {
                    full.clear();
                    full.push('.');
                    full.push_str(ast.ident(field.name));
                } else {
                    enter(&mut full, ast.ident(field.name));
                }
                made.text(6, &full);
                let body = Body {
                    name: field.name,
                    span: field.span,
                    visibility: None,
                    items: &group.items,
                    group: Some(field),
                };
                let group = self.make_message(scope, body, None);
                messages.push(group);
            }
            FieldTypeKind::Map(map) => {
                made.int(5, TYPE_MESSAGE);
                let entry = names::map_entry(ast.ident(field.name));
                made.text(6, &format!(".{scope}.{entry}"));
                let entry = self.make_entry(scope, &entry, field, &map.key, &map.value);
                messages.push(entry);
            }
        }
        if let Some(option) = field.options.find(ast, "default") {
            let text = self.make_default(field, option);
            made.text(7, &text);
        }
        self.make_options(
            8,
            "FieldOptions",
            field.options.list.iter(),
            scope,
            &mut made,
        );
        if let Some(oneof) = oneof {
            made.int(9, oneof);
        }
        match field
            .options
            .find(ast, "json_name")
            .and_then(|o| o.value.as_string())
        {
            Some(text) => made.text(10, &ast.string(text)),
            None => made.text(10, &names::json(&name)),
        }
        if ast.edition == Edition::Proto3 && is_optional(field) {
            made.flag(17, true);
        }
        made
    }

    fn make_type(&mut self, scope: &str, path: Path, made: &mut Made) {
        let name = self.ast.path(path);
        if let Ok(Found::Decl(at)) = self.symbols.resolve(self.file, scope, &name, true) {
            let decl = self.symbols.decl(at);
            made.int(
                5,
                match decl.kind {
                    DeclKind::Enum(_) => TYPE_ENUM,
                    _ => TYPE_MESSAGE,
                },
            );
            made.text(6, &format!(".{}", decl.name));
        }
    }

    fn full_name(&self, scope: &str, path: Path) -> String {
        let name = self.ast.path(path);
        match self.symbols.resolve(self.file, scope, &name, true) {
            Ok(Found::Decl(at)) => format!(".{}", self.symbols.decl(at).name),
            _ => name.into_owned(),
        }
    }

    fn make_entry(
        &mut self,
        scope: &str,
        name: &str,
        field: &'a Field,
        key: &ValueType,
        value: &ValueType,
    ) -> Made {
        let mut made = Made::default();
        made.text(1, name);
        // What a map says about its texts holds for the texts of its entries.
        let features: Vec<Entry> = self
            .interpret("FieldOptions", field.options.list.iter(), scope)
            .into_iter()
            .map(|(entry, _)| entry)
            .filter(|entry| &*entry.key == "features")
            .collect();
        for (number, name, ty) in [(1, "key", key), (2, "value", value)] {
            let mut part = Made::default();
            part.text(1, name);
            part.int(3, number);
            part.int(4, LABEL_OPTIONAL);
            match ty.scalar {
                Some(scalar) => part.int(5, type_number(scalar)),
                None => self.make_type(scope, Path { span: ty.span }, &mut part),
            }
            part.text(10, name);
            if !features.is_empty() {
                part.message(8, Made(features.clone()));
            }
            made.message(2, part);
        }
        let mut options = Made::default();
        options.flag(7, true);
        made.message(7, options);
        made
    }

    fn make_default(&self, field: &Field, option: &OptionDecl) -> String {
        let ast = self.ast;
        let value = &option.value;
        let scalar = match field.ty.kind {
            FieldTypeKind::Scalar(scalar) => Some(scalar),
            _ => None,
        };
        match (&value.kind, scalar) {
            (ValueKind::String, Some(Scalar::Bytes)) => {
                let bytes = value.as_string().map(|text| ast.bytes(text));
                escape(&bytes.unwrap_or_default())
            }
            (ValueKind::String, _) => {
                let text = value.as_string().map(|text| ast.string(text));
                text.unwrap_or_default().into_owned()
            }
            (ValueKind::Ident, _) => ast.slice(value.span).to_owned(),
            (kind, Some(scalar @ (Scalar::Float | Scalar::Double))) => {
                let number = super::fields::float(None, kind).unwrap_or_default();
                number_text(number, scalar == Scalar::Float)
            }
            (
                ValueKind::Int {
                    is_negative,
                    magnitude,
                },
                _,
            ) => format!("{}{magnitude}", if *is_negative { "-" } else { "" }),
            _ => String::new(),
        }
    }

    fn make_range(&self, range: &Range, max: i64, past: i64) -> Made {
        let start = range.start.value.map_or(0, i64::from);
        let end = match range.end {
            RangeEnd::Start => start + past,
            RangeEnd::Int(end) => end.value.map_or(0, i64::from) + past,
            RangeEnd::Max(_) => max,
        };
        let mut made = Made::default();
        made.int(1, start);
        made.int(2, end);
        made
    }

    fn make_names(&self, number: u32, names: &[ReservedName], made: &mut Made) {
        for name in names {
            match name {
                ReservedName::Quoted(text) => made.text(number, &self.ast.string(*text)),
                ReservedName::Plain(ident) => made.text(number, self.ast.ident(*ident)),
            }
        }
    }

    fn make_enum(&mut self, outer: &str, decl: &'a Enum) -> Made {
        let ast = self.ast;
        let mut made = Made::default();
        made.text(1, ast.ident(decl.name));
        for item in &decl.items {
            match item {
                EnumItem::Value(value) => {
                    let mut part = Made::default();
                    part.text(1, ast.ident(value.name));
                    part.int(2, value.number.value.map_or(0, i64::from));
                    let options = value.options.list.iter();
                    self.make_options(3, "EnumValueOptions", options, outer, &mut part);
                    made.message(2, part);
                }
                EnumItem::Reserved(reserved) => {
                    for range in &reserved.ranges {
                        let decl = self.make_range(range, i64::from(i32::MAX), 0);
                        made.message(4, decl);
                    }
                    self.make_names(5, &reserved.names, &mut made);
                }
                EnumItem::Option(_) => {}
            }
        }
        self.make_options(3, "EnumOptions", enum_options(decl), outer, &mut made);
        make_visibility(6, decl.visibility, &mut made);
        made
    }

    fn make_service(&mut self, outer: &str, service: &'a Service) -> Made {
        let ast = self.ast;
        let mut scope = outer.to_owned();
        enter(&mut scope, ast.ident(service.name));
        let mut made = Made::default();
        made.text(1, ast.ident(service.name));
        for item in &service.items {
            if let ServiceItem::Rpc(rpc) = item {
                let rpc = self.make_rpc(&scope, rpc);
                made.message(2, rpc);
            }
        }
        self.make_options(
            3,
            "ServiceOptions",
            service_options(service),
            outer,
            &mut made,
        );
        made
    }

    fn make_rpc(&mut self, scope: &str, rpc: &'a Rpc) -> Made {
        let mut made = Made::default();
        made.text(1, self.ast.ident(rpc.name));
        made.text(2, &self.full_name(scope, rpc.input.ty));
        made.text(3, &self.full_name(scope, rpc.output.ty));
        self.make_options(4, "MethodOptions", rpc.options.iter(), scope, &mut made);
        if rpc.braces.is_some() && rpc.options.is_empty() {
            made.message(4, Made::default());
        }
        made.flag(5, rpc.input.stream.is_some());
        made.flag(6, rpc.output.stream.is_some());
        made
    }
}

/// The bytes of options: those of the language by number, then custom ones as they are written,
/// because the compiler that makes descriptors does not know those by itself.
fn option_bytes(entries: Vec<Entry>) -> Vec<u8> {
    let (custom, known): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.is_extension);
    let mut bytes = Vec::new();
    super::values::encode(&known, &mut bytes);
    for mut entry in custom {
        entry.is_packed = false;
        super::values::encode(&[entry], &mut bytes);
    }
    bytes
}

fn is_message_set(lower: &Lower<'_>, body: Body<'_>) -> bool {
    message_options(body.items).any(|option| {
        option.name.is(lower.ast, "message_set_wire_format")
            && lower.ast.slice(option.value.span) == "true"
    })
}

fn is_optional(field: &Field) -> bool {
    field
        .label
        .is_some_and(|label| label.kind == LabelKind::Optional)
}

fn make_visibility(number: u32, visibility: Option<Visibility>, made: &mut Made) {
    if let Some(visibility) = visibility {
        made.int(number, if visibility.is_export { 2 } else { 1 });
    }
}
