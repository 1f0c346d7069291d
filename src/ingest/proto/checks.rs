//! What must hold for fields, extensions and the names in them, beyond the grammar.

use super::features::{self, Features, Target};
use super::fields::Place;
use super::lower::{
    Lower, MAX_FIELD, enum_options, file_options, message_options, service_options,
};
use super::model::enum_values;
use super::rules;
use super::symbols::DeclKind;
use crate::ingest::lookup::{clip, nearest};
use crate::schema::{FieldType, Scalar};
use crate::syntax::proto::{
    self, Edition, FieldTypeKind, LabelKind, OneofItem, OptionDecl, ValueType,
};
use crate::text::Span;

/// Numbers of fields that implementations keep for themselves.
pub(super) const KEPT: std::ops::RangeInclusive<i32> = 19_000..=19_999;

impl<'a> Lower<'a> {
    // === files and features ===

    /// What must hold for a whole file.
    pub(super) fn check_file(&mut self) {
        self.check_features(Target::File, file_options(self.ast));
        self.check_scope_of_file();
        self.check_style();
        self.check_strict();
        if self.ast.edition >= Edition::Edition2024 {
            let ast = self.ast;
            for option in
                file_options(ast).filter(|option| option.name.is(ast, "java_multiple_files"))
            {
                self.found
                    .report(
                        &rules::PROTO_NOT_ALLOWED,
                        "edition 2024 has no `java_multiple_files`",
                    )
                    .at(option.span, "removed from the language")
                    .help("it is on; write `features.(pb.java).nest_in_file_class = YES` on what must stay inside");
            }
        }
        if self.own.get(features::FIELD_PRESENCE) == features::LEGACY_REQUIRED {
            let at =
                features::written_at(self.ast, file_options(self.ast), features::FIELD_PRESENCE);
            if let Some(at) = at {
                self.found
                    .report(
                        &rules::PROTO_NOT_ALLOWED,
                        "a whole file cannot have required fields by default",
                    )
                    .at(at, "not for a file")
                    .help("write it on each field that needs it");
            }
        }
    }

    /// Reports features where they cannot be.
    pub(super) fn check_features<'o>(
        &mut self,
        target: Target,
        options: impl Iterator<Item = &'o OptionDecl>,
    ) where
        'a: 'o,
    {
        let ast = self.ast;
        for option in options {
            let found = &mut self.found;
            let mut is_first = true;
            features::each(ast, option, &mut |written| {
                if !ast.edition.is_editions() {
                    if std::mem::take(&mut is_first) {
                        found
                            .report(&rules::PROTO_NOT_ALLOWED, "features need an edition")
                            .at(written.option, "this file has none")
                            .help("begin the file with `edition = \"2023\";`");
                    }
                    return;
                }
                let row = features::FEATURES
                    .iter()
                    .find(|def| def.set == written.set && def.name == written.name);
                let Some(row) = row else { return };
                if ast.edition < row.since {
                    found
                        .report(
                            &rules::PROTO_NOT_ALLOWED,
                            format_args!("the feature `{}` came with edition 2024", row.name),
                        )
                        .at(written.at, "not in this edition");
                } else if !row.targets.contains(&target) {
                    found
                        .report(
                            &rules::PROTO_NOT_ALLOWED,
                            format_args!("the feature `{}` cannot be set here", row.name),
                        )
                        .at(written.at, target.place());
                }
            });
        }
    }

    /// Features of everything that has no lowering of its own to look at them.
    pub(super) fn check_features_of(&mut self, kind: DeclKind<'a>) {
        match kind {
            DeclKind::Message(body) => {
                self.check_features(Target::Message, message_options(body.items));
                for item in body.items {
                    if let proto::MessageItem::Oneof(oneof) = item {
                        let options = oneof.items.iter().filter_map(|item| match item {
                            OneofItem::Option(option) => Some(&**option),
                            OneofItem::Field(_) => None,
                        });
                        self.check_features(Target::Oneof, options);
                    }
                    if let proto::MessageItem::Extensions(extensions) = item {
                        self.check_features(Target::Range, extensions.options.list.iter());
                    }
                }
            }
            DeclKind::Enum(decl) => {
                self.check_features(Target::Enum, enum_options(decl));
                for value in enum_values(decl) {
                    self.check_features(Target::Value, value.options.list.iter());
                }
            }
            DeclKind::Service(service) => {
                self.check_features(Target::Service, service_options(service));
                for item in &service.items {
                    if let proto::ServiceItem::Rpc(rpc) = item {
                        self.check_features(Target::Method, rpc.options.iter());
                    }
                }
            }
            DeclKind::Extension(..) => {}
        }
    }

    // === fields ===

    /// What must hold for a field by itself.
    pub(super) fn check_field(
        &mut self,
        field: &'a proto::Field,
        ty: Option<&FieldType>,
        features: Features,
        place: Place,
    ) {
        if let Some(number) = field.number.value
            && place != Place::Extend
        {
            self.check_number(number, field.number.span);
        }
        self.check_features(Target::Field, field.options.list.iter());
        let is_repeated = field
            .label
            .is_some_and(|label| label.kind == LabelKind::Repeated);
        if !field.options.list.is_empty() {
            self.check_field_options(field, ty, is_repeated, place);
        }
        let presence = features.get(features::FIELD_PRESENCE);
        let Some(ty) = ty else { return };
        if self.ast.edition.is_editions() {
            self.check_field_features(field, ty, features, is_repeated);
            let at = features::written_at(
                self.ast,
                field.options.list.iter(),
                features::FIELD_PRESENCE,
            );
            if let Some(at) = at {
                let is_message = matches!(ty, FieldType::Record { .. });
                let why = match place {
                    Place::Oneof => Some("a field of a oneof has presence anyway"),
                    Place::Extend if presence == features::LEGACY_REQUIRED => {
                        Some("an extension cannot be required")
                    }
                    Place::Extend if presence == features::IMPLICIT => {
                        Some("an extension has presence anyway")
                    }
                    _ if is_repeated || matches!(ty, FieldType::Map(_)) => {
                        Some("a repeated field has no presence")
                    }
                    _ if is_message && presence == features::IMPLICIT => {
                        Some("a message has presence anyway")
                    }
                    _ => None,
                };
                if let Some(why) = why {
                    self.found
                        .report(&rules::PROTO_NOT_ALLOWED, why)
                        .at(at, "`field_presence` has no place here");
                }
            }
        } else if place == Place::Extend
            && let Some(label) = field.label
            && label.kind == LabelKind::Required
        {
            self.found
                .report(&rules::PROTO_NOT_ALLOWED, "an extension cannot be required")
                .at(label.span, "here")
                .help("write `optional`");
        }
        self.check_closed(field, ty, presence, is_repeated, place);
    }

    /// Reports features that say nothing about a field of its type.
    fn check_field_features(
        &mut self,
        field: &'a proto::Field,
        ty: &FieldType,
        features: Features,
        is_repeated: bool,
    ) {
        let is_map = matches!(ty, FieldType::Map(_));
        let is_packable = match ty {
            FieldType::Scalar(scalar) => !matches!(scalar, Scalar::Text | Scalar::Bytes),
            FieldType::Enum { .. } => true,
            FieldType::Record { .. } | FieldType::Map(_) => false,
        };
        let is_packed = features.get(features::REPEATED_FIELD_ENCODING) == features::PACKED;
        let has_text = match ty {
            FieldType::Scalar(scalar) => *scalar == Scalar::Text,
            FieldType::Map(map) => {
                map.key == Scalar::Text || map.value == FieldType::Scalar(Scalar::Text)
            }
            _ => false,
        };
        let wrong = [
            (
                features::MESSAGE_ENCODING,
                !matches!(ty, FieldType::Record { .. }),
                "only a field with a message has an encoding of messages",
            ),
            (
                features::REPEATED_FIELD_ENCODING,
                !is_repeated || is_map || (is_packed && !is_packable),
                "only repeated numbers, booleans and enums can be packed",
            ),
            (
                features::UTF8_VALIDATION,
                !has_text,
                "only text can be validated as UTF-8",
            ),
        ];
        for (feature, is_wrong, why) in wrong {
            if !is_wrong {
                continue;
            }
            let options = field.options.list.iter();
            if let Some(at) = features::written_at(self.ast, options, feature) {
                self.found
                    .report(&rules::PROTO_NOT_ALLOWED, why)
                    .at(at, "says nothing here");
            }
        }
    }

    /// Reports a closed enum where an absent value must be zero.
    fn check_closed(
        &mut self,
        field: &proto::Field,
        ty: &FieldType,
        presence: u8,
        is_repeated: bool,
        place: Place,
    ) {
        let (inner, is_map) = match ty {
            FieldType::Map(map) => (&map.value, true),
            ty => (ty, false),
        };
        let FieldType::Enum {
            name,
            is_closed: true,
        } = inner
        else {
            return;
        };
        let is_proto3 = self.ast.edition == Edition::Proto3;
        let is_implicit = presence == features::IMPLICIT && place == Place::Message;
        if is_proto3 || (is_implicit && !is_repeated) {
            self.found
                .report(
                    &rules::PROTO_NOT_ALLOWED,
                    format_args!("the enum `{name}` is closed, and this field needs an open one"),
                )
                .at(
                    field.ty.span,
                    match is_proto3 {
                        true => "proto3 reads numbers without a name",
                        false => "without presence, absent means zero",
                    },
                );
        } else if is_map && self.first_number(name).is_some_and(|number| number != 0) {
            self.found
                .report(
                    &rules::PROTO_NOT_ALLOWED,
                    format_args!("a map needs an enum that begins with zero; `{name}` does not"),
                )
                .at(field.ty.span, "an entry without a value means zero");
        }
    }

    fn enum_decl(&self, name: &str) -> Option<(&'a proto::ProtoFile, &'a proto::Enum)> {
        let at = self.symbols.get(name)?;
        let DeclKind::Enum(decl) = self.symbols.decl(at).kind else {
            return None;
        };
        Some((&self.symbols.view(at).file.ast, decl))
    }

    fn first_number(&self, name: &str) -> Option<i32> {
        let (_, decl) = self.enum_decl(name)?;
        enum_values(decl).next()?.number.value
    }

    /// Whether an enum has a value with this name.
    pub(super) fn has_value(&self, name: &str, word: &str) -> bool {
        self.enum_decl(name)
            .is_some_and(|(ast, decl)| enum_values(decl).any(|value| ast.ident(value.name) == word))
    }

    /// Reports a default that its type does not have.
    pub(super) fn bad_default(&mut self, option: &OptionDecl, ty: &FieldType) {
        let word = clip(self.ast.slice(option.value.span));
        match ty {
            FieldType::Enum { name, .. } => {
                let meant = self.enum_decl(name).and_then(|(ast, decl)| {
                    nearest(&word, enum_values(decl).map(|value| ast.ident(value.name)))
                });
                let draft = self
                    .found
                    .report(
                        &rules::PROTO_OPTION,
                        format_args!("`{name}` has no value `{word}`"),
                    )
                    .at(option.value.span, "unknown value");
                if let Some(meant) = meant {
                    draft.fix(
                        format_args!("did you mean `{meant}`?"),
                        option.value.span,
                        meant,
                    );
                }
            }
            FieldType::Record { .. } => {
                self.bad_option(option.span, "a message has no default value", "remove it");
            }
            // The parser knows what fits these and said so.
            _ => {}
        }
    }

    fn check_field_options(
        &mut self,
        field: &proto::Field,
        ty: Option<&FieldType>,
        is_repeated: bool,
        place: Place,
    ) {
        let ast = self.ast;
        let is_true = |option: &OptionDecl| ast.slice(option.value.span) == "true";
        let scalar = match ty {
            Some(FieldType::Scalar(scalar)) => Some(*scalar),
            _ => None,
        };
        for option in &field.options.list {
            let name = ast.slice(option.name.span);
            let wrong = match name {
                "default" if is_repeated => Some("a repeated field has no default value"),
                "json_name" if place == Place::Extend => {
                    Some("an extension has no JSON name of its own")
                }
                "json_name" => {
                    let text = option.value.as_string().map(|text| ast.string(text));
                    text.filter(|text| text.starts_with('[') && text.ends_with(']'))
                        .map(|_| "a JSON name in brackets is that of an extension")
                }
                "packed" if ast.edition.is_editions() => {
                    Some("editions have `features.repeated_field_encoding` in place of `packed`")
                }
                "packed" if is_true(option) => {
                    let is_packable = match ty {
                        Some(FieldType::Scalar(scalar)) => {
                            !matches!(scalar, Scalar::Text | Scalar::Bytes)
                        }
                        Some(FieldType::Enum { .. }) | None => true,
                        Some(FieldType::Record { .. } | FieldType::Map(_)) => false,
                    };
                    (!is_repeated || !is_packable)
                        .then_some("only repeated numbers, booleans and enums can be packed")
                }
                "lazy" | "unverified_lazy" if is_true(option) => {
                    let is_message = matches!(ty, None | Some(FieldType::Record { .. }));
                    (!is_message).then_some("only a field with a message can be lazy")
                }
                "jstype" if ast.slice(option.value.span) != "JS_NORMAL" => {
                    let is_long = matches!(scalar, Some(Scalar::Int { bits: 64, .. }));
                    (!is_long && ty.is_some()).then_some("`jstype` is for whole numbers of 64 bits")
                }
                "ctype" if ast.edition >= Edition::Edition2024 => {
                    Some("edition 2024 has `features.(pb.cpp).string_type` in place of `ctype`")
                }
                _ => None,
            };
            if let Some(wrong) = wrong {
                self.bad_option(option.span, wrong, "not here");
            }
        }
        if let Some(option) = field.options.find(ast, "default")
            && ast.edition.is_editions()
            && place == Place::Message
            && !is_repeated
        {
            let features = self.own.and(ast, field.options.list.iter());
            if features.get(features::FIELD_PRESENCE) == features::IMPLICIT {
                self.bad_option(
                    option.span,
                    "a field without presence has no default value",
                    "absent means zero or empty",
                );
            }
        }
    }

    /// Reports a number that no field can have.
    pub(super) fn check_number(&mut self, number: i32, span: Span) {
        if !(1..=MAX_FIELD).contains(&number) {
            self.found
                .report(
                    &rules::PROTO_NUMBER,
                    format_args!("the number {number} is outside 1 to {MAX_FIELD}"),
                )
                .at(span, "no field can have it");
        } else if KEPT.contains(&number) {
            self.found
                .report(
                    &rules::PROTO_NUMBER,
                    format_args!(
                        "the numbers {} to {} belong to implementations",
                        KEPT.start(),
                        KEPT.end()
                    ),
                )
                .at(span, "no field can have it");
        }
    }

    /// The type of the keys of a map; reports what is none.
    pub(super) fn map_key(&mut self, key: &ValueType) -> Option<Scalar> {
        let scalar = key.scalar.map(super::fields::scalar);
        match scalar {
            Some(Scalar::Float { .. } | Scalar::Bytes) | None => {
                let word = clip(self.ast.slice(key.span));
                self.found
                    .report(
                        &rules::PROTO_NOT_ALLOWED,
                        format_args!("the keys of a map cannot be of type `{word}`"),
                    )
                    .at(key.span, "not a type for keys")
                    .help("use a whole number, `bool` or `string`");
                None
            }
            scalar => scalar,
        }
    }
}

impl Target {
    /// The target as part of a message.
    fn place(self) -> &'static str {
        match self {
            Target::File => "not on a file",
            Target::Range => "not on an extension range",
            Target::Message => "not on a message",
            Target::Field => "not on a field",
            Target::Oneof => "not on a oneof",
            Target::Enum => "not on an enum",
            Target::Value => "not on a value of an enum",
            Target::Service => "not on a service",
            Target::Method => "not on an rpc",
        }
    }
}

/// Whether a field is written as a map.
impl FieldTypeKind {
    pub(super) fn is_map(&self) -> bool {
        matches!(self, FieldTypeKind::Map(_))
    }
}
