//! Trees to units: one file of a release, its names resolved and its features applied.

use std::cell::Cell;
use std::sync::Arc;

use super::attrs;
use super::features::{self, Features};
use super::symbols::{Body, DeclKind, Found, SymbolRef, Symbols, View, index};
use super::{names, rules};
use crate::diag::Diagnostics;
use crate::schema::{
    Attr, Attrs, EnumDef, EnumValue, NumberRange, Oneof, Record, Reserved, TypeDef, TypeKind,
    TypeName, Unit, UnitImport,
};
use crate::syntax::proto::{
    Edition, Enum, EnumItem, FileItem, ImportKind, Int, MessageItem, OneofItem, OptionDecl, Path,
    ProtoFile, Range, RangeEnd, ReservedName, ServiceItem, Visibility,
};
use crate::text::{Span, Spanned};

/// The largest number of a field.
pub(super) const MAX_FIELD: i32 = 536_870_911;

/// A file under work.
pub(super) struct Lower<'a> {
    pub(super) symbols: &'a Symbols<'a>,
    /// For each file, the features of its declarations.
    pub(super) features: &'a [Vec<Features>],
    pub(super) file: u32,
    pub(super) view: &'a View<'a>,
    pub(super) ast: &'a ProtoFile,
    /// Features of the file itself.
    pub(super) own: Features,
    /// Position in the unit's types, for each declaration that is one.
    /// How often a name that was likely meant was looked for, which takes time.
    pub(super) suggestions: Cell<usize>,
    pub(super) found: Diagnostics,
}

/// Features of every declaration of a file.
pub(super) fn features_of(view: &View<'_>) -> Vec<Features> {
    let ast = &view.file.ast;
    let own = file_features(ast);
    // Most files are written before editions and say nothing.
    if !ast.edition.is_editions() {
        return vec![own; view.decls.len()];
    }
    let mut all: Vec<Features> = Vec::with_capacity(view.decls.len());
    for decl in &view.decls {
        let outer = decl.parent.map_or(own, |parent| all[parent as usize]);
        all.push(match decl.kind {
            DeclKind::Message(body) => match body.group {
                Some(_) => outer,
                None => outer.and(ast, message_options(body.items)),
            },
            DeclKind::Enum(decl) => outer.and(ast, enum_options(decl)),
            DeclKind::Service(service) => outer.and(ast, service_options(service)),
            DeclKind::Extension(field, _) => outer.and(ast, field.options.list.iter()),
        });
    }
    all
}

/// Features of a file.
pub(super) fn file_features(ast: &ProtoFile) -> Features {
    let features = Features::of(ast.edition);
    match ast.edition.is_editions() {
        true => features.and(ast, file_options(ast)),
        false => features,
    }
}

/// Reads a file into a unit.
pub(super) fn lower<'a>(
    symbols: &'a Symbols<'a>,
    features: &'a [Vec<Features>],
    file: u32,
) -> (Unit, Diagnostics) {
    let mut lower = Lower::new(symbols, features, file);
    let unit = lower.unit();
    (unit, lower.found)
}

impl<'a> Lower<'a> {
    /// Takes up a file.
    pub(super) fn new(symbols: &'a Symbols<'a>, features: &'a [Vec<Features>], file: u32) -> Self {
        let view = &symbols.views[file as usize];
        Lower {
            symbols,
            features,
            file,
            view,
            ast: &view.file.ast,
            own: file_features(&view.file.ast),
            suggestions: Cell::new(0),
            found: Diagnostics::default(),
        }
    }

    fn unit(&mut self) -> Unit {
        let ast = self.ast;
        self.check_file();
        let mut unit = Unit {
            path: self.view.file.path.clone(),
            file: ast.id,
            closure: self.symbols.set.closure[self.file as usize],
            is_builtin: self.view.file.is_builtin,
            dialect: self.dialect(),
            package: match &ast.package {
                Some(package) => Spanned::new(self.view.package.as_str().into(), package.span),
                None => Spanned::new("".into(), Span::new(ast.id, 0, 0)),
            },
            imports: self.imports(),
            attrs: self.file_attrs(),
            types: Vec::new(),
            extensions: Vec::new(),
            services: Vec::new(),
        };
        for at in 0..self.view.decls.len() {
            match self.view.decls[at].kind {
                DeclKind::Message(body) => {
                    let message = self.message(at, body);
                    unit.types.push(message);
                }
                DeclKind::Enum(decl) => {
                    let lowered = self.enumeration(at, decl);
                    unit.types.push(lowered);
                }
                DeclKind::Service(_) => {
                    let service = self.service(at);
                    unit.services.push(service);
                }
                DeclKind::Extension(..) => unit.extensions.extend(self.extension(at)),
            }
        }
        unit
    }

    fn dialect(&self) -> Spanned<Box<str>> {
        let word = match self.ast.edition {
            Edition::Proto2 => "proto2",
            Edition::Proto3 => "proto3",
            Edition::Edition2023 => "edition 2023",
            Edition::Edition2024 => "edition 2024",
        };
        let span = self.ast.syntax.as_ref().map(|syntax| syntax.span);
        Spanned::new(word.into(), span.unwrap_or(Span::new(self.ast.id, 0, 0)))
    }

    fn imports(&self) -> Vec<UnitImport> {
        let imports = self.ast.imports().map(|import| UnitImport {
            path: self.ast.string(import.path).into(),
            is_public: import.kind == ImportKind::Public,
            span: import.span,
        });
        imports.collect()
    }

    fn file_attrs(&mut self) -> Attrs {
        let ast = self.ast;
        let mut list = Vec::new();
        for option in file_options(ast) {
            let key = ast.slice(option.name.span);
            let row = attrs::TABLE
                .iter()
                .find(|row| row.of == crate::schema::AttrOwner::Unit && row.key == key);
            if let Some(row) = row {
                list.extend(self.known(row.key, option));
            }
        }
        self.options(
            "FileOptions",
            file_options(ast),
            &self.view.package,
            &mut list,
        );
        Attrs::new(list)
    }

    /// A known option as a fact.
    pub(super) fn known(&self, key: &'static str, option: &OptionDecl) -> Option<Attr> {
        let value = match option.value.as_string() {
            Some(text) => self.ast.string(text).into(),
            None => self.ast.slice(option.value.as_ident()?.span).into(),
        };
        Some(Attr {
            key: key.into(),
            value,
            span: Some(option.span),
        })
    }

    /// The known option of a thing that has this one word as its name, as a fact.
    pub(super) fn simple<'o>(
        &self,
        key: &'static str,
        mut options: impl Iterator<Item = &'o OptionDecl>,
        list: &mut Vec<Attr>,
    ) {
        let option = options.find(|option| option.name.is(self.ast, key));
        list.extend(option.and_then(|option| self.known(key, option)));
    }

    /// A feature as a fact, when it is not the default of its row or is written on the thing.
    pub(super) fn feature<'o>(
        &self,
        key: &'static str,
        feature: features::Feature,
        value: Features,
        options: impl Iterator<Item = &'o OptionDecl>,
        list: &mut Vec<Attr>,
    ) where
        'a: 'o,
    {
        let span = match self.ast.edition.is_editions() {
            true => features::written_at(self.ast, options, feature),
            false => None,
        };
        let row = attrs::TABLE.iter().find(|row| row.key == key);
        let word = value.word(feature);
        if span.is_some() || row.is_none_or(|row| row.default != word) {
            list.push(Attr {
                key: key.into(),
                value: word.into(),
                span,
            });
        }
    }

    // === types ===

    /// The features of a declaration of this file.
    pub(super) fn features(&self, at: usize) -> Features {
        self.features[self.file as usize][at]
    }

    fn is_exported(&self, visibility: Option<Visibility>, is_top: bool) -> bool {
        match visibility {
            Some(visibility) => visibility.is_export,
            None => names::is_exported_by_default(self.own, is_top),
        }
    }

    fn message(&mut self, at: usize, body: Body<'a>) -> TypeDef {
        let decl = &self.view.decls[at];
        let name = Arc::clone(&decl.name);
        let features = self.features(at);
        let mut record = Record::default();
        let mut reserved = Reserved::default();
        for item in body.items {
            match item {
                MessageItem::Field(field) => {
                    record
                        .fields
                        .extend(self.field(&name, features, field, None));
                }
                MessageItem::Oneof(oneof) => {
                    let group = Some(index(record.oneofs.len()));
                    let options = oneof.items.iter().filter_map(|item| match item {
                        OneofItem::Option(option) => Some(&**option),
                        OneofItem::Field(_) => None,
                    });
                    let mut list = Vec::new();
                    self.options("OneofOptions", options.clone(), &name, &mut list);
                    let inner = features.and(self.ast, options);
                    record.oneofs.push(Oneof {
                        name: self.named(oneof.name),
                        span: oneof.span,
                        attrs: Attrs::new(list),
                    });
                    for item in &oneof.items {
                        if let OneofItem::Field(field) = item {
                            record.fields.extend(self.field(&name, inner, field, group));
                        }
                    }
                }
                MessageItem::Extensions(extensions) => {
                    let scope = &name;
                    let mut list = Vec::new();
                    self.options(
                        "ExtensionRangeOptions",
                        extensions.options.list.iter(),
                        scope,
                        &mut list,
                    );
                    for range in &extensions.ranges {
                        record.extension_ranges.extend(self.range(range, MAX_FIELD));
                    }
                }
                MessageItem::Reserved(item) => self.reserved(item, MAX_FIELD, &mut reserved),
                MessageItem::Message(_)
                | MessageItem::Enum(_)
                | MessageItem::Extend(_)
                | MessageItem::Option(_) => {}
            }
        }
        let options = message_options(body.items);
        let mut list = Vec::new();
        for key in [
            "no_standard_descriptor_accessor",
            attrs::MESSAGE_SET,
            "deprecated",
        ] {
            self.simple(key, options.clone(), &mut list);
        }
        for (key, feature) in [
            (attrs::JSON_FORMAT, features::JSON_FORMAT),
            (
                attrs::JAVA_NEST_IN_FILE_CLASS,
                features::JAVA_NEST_IN_FILE_CLASS,
            ),
            (attrs::GO_API_LEVEL, features::GO_API_LEVEL),
        ] {
            self.feature(key, feature, features, options.clone(), &mut list);
        }
        self.options("MessageOptions", options, &name, &mut list);
        self.check_message(at, body, &record, &reserved);
        TypeDef {
            name,
            span: body.span,
            is_exported: self.is_exported(body.visibility, decl.parent.is_none()),
            reserved,
            attrs: Attrs::new(list),
            kind: TypeKind::Record(record),
        }
    }

    fn enumeration(&mut self, at: usize, decl: &'a Enum) -> TypeDef {
        let this = &self.view.decls[at];
        let name = Arc::clone(&this.name);
        let features = self.features(at);
        let mut values = Vec::new();
        let mut reserved = Reserved::default();
        for item in &decl.items {
            match item {
                EnumItem::Value(value) => {
                    let mut list = Vec::new();
                    let options = value.options.list.iter();
                    self.options("EnumValueOptions", options, &name, &mut list);
                    let Some(number) = value.number.value else {
                        continue;
                    };
                    values.push(EnumValue {
                        name: self.named(value.name),
                        number: Spanned::new(number, value.number.span),
                        attrs: Attrs::new(list),
                        span: value.span,
                    });
                }
                EnumItem::Reserved(item) => self.reserved(item, i32::MAX, &mut reserved),
                EnumItem::Option(_) => {}
            }
        }
        let options = enum_options(decl);
        let mut list = Vec::new();
        self.simple("deprecated", options.clone(), &mut list);
        for (key, feature) in [
            (attrs::JSON_FORMAT, features::JSON_FORMAT),
            (
                attrs::JAVA_NEST_IN_FILE_CLASS,
                features::JAVA_NEST_IN_FILE_CLASS,
            ),
            (attrs::JAVA_LARGE_ENUM, features::JAVA_LARGE_ENUM),
            (attrs::GO_STRIP_ENUM_PREFIX, features::GO_STRIP_ENUM_PREFIX),
        ] {
            self.feature(key, feature, features, options.clone(), &mut list);
        }
        self.options("EnumOptions", options.clone(), &name, &mut list);
        self.check_enum(at, decl, &values, &reserved);
        let closed_at = match self.ast.edition.is_editions() {
            true => features::written_at(self.ast, options, features::ENUM_TYPE),
            false => None,
        };
        TypeDef {
            name,
            span: decl.span,
            is_exported: self.is_exported(decl.visibility, this.parent.is_none()),
            reserved,
            attrs: Attrs::new(list),
            kind: TypeKind::Enum(EnumDef {
                values,
                is_closed: features.get(features::ENUM_TYPE) == features::CLOSED,
                closed_at,
            }),
        }
    }

    fn reserved(
        &mut self,
        item: &crate::syntax::proto::Reserved,
        max: i32,
        reserved: &mut Reserved,
    ) {
        for range in &item.ranges {
            reserved.ranges.extend(self.range(range, max));
        }
        for name in &item.names {
            reserved.names.push(match name {
                ReservedName::Quoted(text) => {
                    Spanned::new(self.ast.string(*text).into(), text.span)
                }
                ReservedName::Plain(ident) => self.named(*ident),
            });
        }
    }

    /// A range, both ends included; absent when an end is, which was reported.
    fn range(&self, range: &Range, max: i32) -> Option<NumberRange> {
        let start = range.start.value?;
        let end = match range.end {
            RangeEnd::Start => start,
            RangeEnd::Int(Int { value, .. }) => value?,
            RangeEnd::Max(_) => max,
        };
        Some(NumberRange {
            start,
            end,
            span: range.span,
        })
    }

    // === names ===

    /// The message that a name means; reports why there is none.
    pub(super) fn message_name(&mut self, scope: &str, path: Path) -> Option<SymbolRef> {
        let at = self.resolve(scope, path)?;
        if matches!(self.symbols.decl(at).kind, DeclKind::Message(_)) {
            return Some(at);
        }
        let name = self.ast.path(path).into_owned();
        self.found
            .report(
                &rules::PROTO_UNRESOLVED_TYPE,
                format_args!("`{name}` is an enum, where a message is needed"),
            )
            .at(path.span, "not a message");
        None
    }

    /// The type that a name means; reports why there is none.
    pub(super) fn resolve(&mut self, scope: &str, path: Path) -> Option<SymbolRef> {
        let name = self.ast.path(path);
        match self.symbols.resolve(self.file, scope, &name, true) {
            Ok(Found::Decl(at)) => match self.symbols.decl(at).kind {
                DeclKind::Message(_) | DeclKind::Enum(_) => {
                    self.check_visible(at, path.span);
                    Some(at)
                }
                DeclKind::Service(_) | DeclKind::Extension(..) => {
                    self.no_type(&name, path.span);
                    None
                }
            },
            Ok(Found::Package) => {
                self.no_type(&name, path.span);
                None
            }
            Err(lost) => {
                self.lost(&name, &lost, scope, path.span);
                None
            }
        }
    }

    // === small things ===

    pub(super) fn named(&self, ident: crate::syntax::proto::Ident) -> Spanned<Box<str>> {
        Spanned::new(self.ast.ident(ident).into(), ident.span)
    }

    /// The full name of a type.
    pub(super) fn type_name(&self, at: SymbolRef) -> TypeName {
        Arc::clone(&self.symbols.decl(at).name)
    }
}

/// The options of a file.
pub(super) fn file_options(ast: &ProtoFile) -> impl Iterator<Item = &OptionDecl> + Clone {
    ast.items.iter().filter_map(|item| match item {
        FileItem::Option(option) => Some(&**option),
        _ => None,
    })
}

/// The options of a message.
pub(super) fn message_options(items: &[MessageItem]) -> impl Iterator<Item = &OptionDecl> + Clone {
    items.iter().filter_map(|item| match item {
        MessageItem::Option(option) => Some(&**option),
        _ => None,
    })
}

/// The options of an enum.
pub(super) fn enum_options(decl: &Enum) -> impl Iterator<Item = &OptionDecl> + Clone {
    decl.items.iter().filter_map(|item| match item {
        EnumItem::Option(option) => Some(&**option),
        _ => None,
    })
}

/// The options of a service.
pub(super) fn service_options(
    service: &crate::syntax::proto::Service,
) -> impl Iterator<Item = &OptionDecl> + Clone {
    service.items.iter().filter_map(|item| match item {
        ServiceItem::Option(option) => Some(&**option),
        ServiceItem::Rpc(_) => None,
    })
}
