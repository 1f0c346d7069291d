//! Fields: type, presence, default and JSON name.

use super::attrs;
use super::features::{self, Features};
use super::lower::Lower;
use super::names;
use super::symbols::{DeclKind, enter};
use crate::schema::{
    Attr, Attrs, Cardinality, Field, FieldType, IntCoding, JsonName, Literal, MapType, Scalar,
};
use crate::syntax::proto::{
    self, Edition, FieldTypeKind, LabelKind, OptionDecl, ValueKind, ValueType,
};
use crate::text::Spanned;

/// What a field stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Message,
    Oneof,
    Extend,
}

impl<'a> Lower<'a> {
    /// A field of a message; `None` when an important part of it could not be read.
    pub(super) fn field(
        &mut self,
        scope: &str,
        outer: Features,
        field: &'a proto::Field,
        oneof: Option<u32>,
    ) -> Option<Field> {
        let place = match oneof {
            Some(_) => Place::Oneof,
            None => Place::Message,
        };
        let mut lowered = self.any_field(scope, outer, field, place)?;
        lowered.oneof = oneof;
        Some(lowered)
    }

    /// A field that extends a message.
    pub(super) fn extension_field(
        &mut self,
        scope: &str,
        outer: Features,
        field: &'a proto::Field,
    ) -> Option<Field> {
        self.any_field(scope, outer, field, Place::Extend)
    }

    fn any_field(
        &mut self,
        scope: &str,
        outer: Features,
        field: &'a proto::Field,
        place: Place,
    ) -> Option<Field> {
        let ast = self.ast;
        let features = self.field_features(outer, field, place);
        let name = self.field_name(field);
        let ty = self.field_type(scope, features, field);
        let mut list = self.field_attrs(features, field, ty.as_ref());
        self.options("FieldOptions", field.options.list.iter(), scope, &mut list);
        let json_name = match field.options.find(ast, "json_name") {
            Some(option) => JsonName {
                name: match option.value.as_string() {
                    Some(text) => ast.string(text).into(),
                    None => names::json(&name).into(),
                },
                written: Some(option.span),
            },
            None => JsonName {
                name: names::json(&name).into(),
                written: None,
            },
        };
        self.check_field(field, ty.as_ref(), features, place);
        let default = field
            .options
            .find(ast, "default")
            .and_then(|option| self.default(option, ty.as_ref()));
        let ty = ty?;
        let number = u32::try_from(field.number.value?).ok()?;
        Some(Field {
            cardinality: cardinality(field, &ty, features, place),
            name: Spanned::new(name.into(), field.name.span),
            number: Spanned::new(number, field.number.span),
            json_name,
            ty_span: match field.ty.kind {
                FieldTypeKind::Group(_) => field.name.span,
                _ => field.ty.span,
            },
            ty,
            oneof: None,
            default,
            attrs: Attrs::new(list),
            span: field.span,
        })
    }

    /// The name of a field; of a group, that of its message in lower case.
    pub(super) fn field_name(&self, field: &proto::Field) -> String {
        let name = self.ast.ident(field.name);
        match field.ty.kind {
            FieldTypeKind::Group(_) => name.to_ascii_lowercase(),
            _ => name.to_owned(),
        }
    }

    /// The features of a field; before editions they follow from its syntax.
    fn field_features(&self, outer: Features, field: &proto::Field, place: Place) -> Features {
        if self.ast.edition.is_editions() {
            return outer.and(self.ast, field.options.list.iter());
        }
        let mut features = outer;
        match field.label.map(|label| label.kind) {
            Some(LabelKind::Required) => {
                features = features.with(features::FIELD_PRESENCE, features::LEGACY_REQUIRED);
            }
            Some(LabelKind::Optional) if place == Place::Message => {
                features = features.with(features::FIELD_PRESENCE, features::EXPLICIT);
            }
            _ => {}
        }
        if matches!(field.ty.kind, FieldTypeKind::Group(_)) {
            features = features.with(features::MESSAGE_ENCODING, features::DELIMITED);
        }
        if let Some(packed) = field.options.find(self.ast, "packed") {
            let value = match packed.value.as_ident() {
                Some(word) if self.ast.ident(word) == "true" => features::PACKED,
                _ => features::EXPANDED,
            };
            features = features.with(features::REPEATED_FIELD_ENCODING, value);
        }
        features
    }

    fn field_type(
        &mut self,
        scope: &str,
        features: Features,
        field: &proto::Field,
    ) -> Option<FieldType> {
        match &field.ty.kind {
            FieldTypeKind::Scalar(word) => Some(FieldType::Scalar(scalar(*word))),
            FieldTypeKind::Named(path) => {
                let at = self.resolve(scope, *path)?;
                Some(self.named_type(at, features))
            }
            FieldTypeKind::Group(_) => {
                let mut name = scope.to_owned();
                enter(&mut name, self.ast.ident(field.name));
                Some(FieldType::Record {
                    name: self.own_name(&name),
                    is_delimited: true,
                })
            }
            FieldTypeKind::Map(map) => {
                let mut entry = scope.to_owned();
                enter(&mut entry, &names::map_entry(self.ast.ident(field.name)));
                // Entries and what they hold are always framed by length.
                let features = features.with(features::MESSAGE_ENCODING, 0);
                let value = self.value_type(scope, features, &map.value);
                let key = self.map_key(&map.key)?;
                Some(FieldType::Map(Box::new(MapType {
                    key,
                    value: value?,
                    entry: entry.into(),
                })))
            }
        }
    }

    /// The name that a declaration of this file is known by, shared with it.
    fn own_name(&self, name: &str) -> crate::schema::TypeName {
        match self.symbols.get(name) {
            Some(at) => self.type_name(at),
            None => name.into(),
        }
    }

    fn value_type(
        &mut self,
        scope: &str,
        features: Features,
        value: &ValueType,
    ) -> Option<FieldType> {
        if let Some(word) = value.scalar {
            return Some(FieldType::Scalar(scalar(word)));
        }
        let at = self.resolve(scope, proto::Path { span: value.span })?;
        Some(self.named_type(at, features))
    }

    fn named_type(&self, at: super::symbols::SymbolRef, features: Features) -> FieldType {
        let name = self.type_name(at);
        match self.symbols.decl(at).kind {
            DeclKind::Enum(_) => {
                let own = self.features[at.file as usize][at.decl as usize];
                FieldType::Enum {
                    name,
                    is_closed: own.get(features::ENUM_TYPE) == features::CLOSED,
                }
            }
            _ => FieldType::Record {
                name,
                is_delimited: features.get(features::MESSAGE_ENCODING) == features::DELIMITED,
            },
        }
    }

    fn field_attrs(
        &self,
        features: Features,
        field: &'a proto::Field,
        ty: Option<&FieldType>,
    ) -> Vec<Attr> {
        let ast = self.ast;
        let mut list = Vec::new();
        let options = || field.options.list.iter();
        if !field.options.list.is_empty() {
            self.simple("deprecated", options(), &mut list);
            self.simple("jstype", options(), &mut list);
        }
        let holds = |wanted: &[Scalar]| match ty {
            Some(FieldType::Scalar(scalar)) => wanted.contains(scalar),
            Some(FieldType::Map(map)) => {
                wanted.contains(&map.key)
                    || matches!(&map.value, FieldType::Scalar(scalar) if wanted.contains(scalar))
            }
            _ => false,
        };
        if !holds(&[Scalar::Text, Scalar::Bytes]) {
            return list;
        }
        let ctype = field.options.find(ast, "ctype");
        match ctype.filter(|_| ast.edition < Edition::Edition2024) {
            Some(option) => list.extend(self.known("ctype", option).map(|attr| Attr {
                key: attrs::CPP_STRING_TYPE.into(),
                ..attr
            })),
            // Entries of maps cannot choose it.
            None if matches!(ty, Some(FieldType::Map(_))) => {}
            None => self.feature(
                attrs::CPP_STRING_TYPE,
                features::CPP_STRING_TYPE,
                features,
                options(),
                &mut list,
            ),
        }
        if !holds(&[Scalar::Text]) {
            return list;
        }
        self.feature(
            attrs::UTF8_VALIDATION,
            features::UTF8_VALIDATION,
            features,
            options(),
            &mut list,
        );
        list.extend(self.java_utf8(features, field));
        list
    }

    /// Whether Java refuses text that is not UTF-8: by the option of the file before editions, by
    /// its own feature or the common one after.
    fn java_utf8(&self, features: Features, field: &'a proto::Field) -> Option<Attr> {
        let ast = self.ast;
        let of_file = super::lower::file_options(ast)
            .find(|option| option.name.is(ast, "java_string_check_utf8"));
        let is_checked = of_file.is_some_and(|option| {
            let word = option.value.as_ident();
            word.is_some_and(|word| ast.ident(word) == "true")
        });
        let common = features.word(features::UTF8_VALIDATION);
        let is_editions = ast.edition.is_editions();
        let value = match () {
            () if is_checked => "VERIFY",
            () if !is_editions || of_file.is_some() => common,
            () => match features.word(features::JAVA_UTF8_VALIDATION) {
                "VERIFY" => "VERIFY",
                _ => common,
            },
        };
        let span = of_file.map(|option| option.span).or_else(|| {
            let options = field.options.list.iter();
            is_editions
                .then(|| features::written_at(ast, options, features::JAVA_UTF8_VALIDATION))
                .flatten()
        });
        (value != "VERIFY" || span.is_some()).then(|| Attr {
            key: attrs::JAVA_UTF8_VALIDATION.into(),
            value: value.into(),
            span,
        })
    }

    /// The value that a reader sees in place of an absent one.
    fn default(&mut self, option: &OptionDecl, ty: Option<&FieldType>) -> Option<Spanned<Literal>> {
        let ast = self.ast;
        let value = &option.value;
        let ty = ty?;
        let word = value.as_ident().map(|ident| ast.ident(ident));
        let literal = match (ty, &value.kind) {
            (FieldType::Scalar(Scalar::Bool), _) => match word {
                Some("true") => Some(Literal::Bool(true)),
                Some("false") => Some(Literal::Bool(false)),
                _ => None,
            },
            (
                FieldType::Scalar(Scalar::Int { signed, bits, .. }),
                ValueKind::Int {
                    is_negative,
                    magnitude,
                },
            ) => {
                let value = match is_negative {
                    true => -i128::from(*magnitude),
                    false => i128::from(*magnitude),
                };
                int_range(*signed, *bits)
                    .contains(&value)
                    .then_some(Literal::Int(value))
            }
            (FieldType::Scalar(Scalar::Float { bits }), _) => {
                float(word, &value.kind).map(|value| Literal::Float(round(value, *bits)))
            }
            (FieldType::Scalar(Scalar::Text), ValueKind::String) => value
                .as_string()
                .map(|text| Literal::Text(ast.string(text).into())),
            (FieldType::Scalar(Scalar::Bytes), ValueKind::String) => value
                .as_string()
                .map(|text| Literal::Bytes(ast.bytes(text).into())),
            (FieldType::Enum { name, .. }, ValueKind::Ident) => word
                .filter(|word| self.has_value(name, word))
                .map(|word| Literal::Name(word.into())),
            _ => None,
        };
        if literal.is_none() && !matches!(value.kind, ValueKind::Missing) {
            self.bad_default(option, ty);
        }
        literal.map(|literal| Spanned::new(literal, option.span))
    }
}

/// The values that a whole number of some size can have.
pub(super) fn int_range(signed: bool, bits: u8) -> std::ops::RangeInclusive<i128> {
    match (signed, bits) {
        (true, 32) => i128::from(i32::MIN)..=i128::from(i32::MAX),
        (true, _) => i128::from(i64::MIN)..=i128::from(i64::MAX),
        (false, 32) => 0..=i128::from(u32::MAX),
        (false, _) => 0..=i128::from(u64::MAX),
    }
}

/// A number as written, as a binary floating-point number of 64 bits.
pub(super) fn float(word: Option<&str>, kind: &ValueKind) -> Option<f64> {
    match (word, kind) {
        (Some("inf"), _) => Some(f64::INFINITY),
        (Some("nan"), _) => Some(f64::NAN),
        (_, ValueKind::Float(value)) => Some(*value),
        (
            _,
            ValueKind::Int {
                is_negative,
                magnitude,
            },
        ) => {
            #[expect(clippy::cast_precision_loss, reason = "a float is what is asked for")]
            let value = *magnitude as f64;
            Some(if *is_negative { -value } else { value })
        }
        _ => None,
    }
}

/// A number of 32 bits in the place of one of 64.
pub(super) fn round(value: f64, bits: u8) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounding to 32 bits is what is asked for"
    )]
    match bits {
        32 => f64::from(value as f32),
        _ => value,
    }
}

fn cardinality(
    field: &proto::Field,
    ty: &FieldType,
    features: Features,
    place: Place,
) -> Cardinality {
    if matches!(ty, FieldType::Map(_)) {
        return Cardinality::Map;
    }
    if field
        .label
        .is_some_and(|label| label.kind == LabelKind::Repeated)
    {
        let is_packable = match ty {
            FieldType::Scalar(scalar) => !matches!(scalar, Scalar::Text | Scalar::Bytes),
            FieldType::Enum { .. } => true,
            FieldType::Record { .. } | FieldType::Map(_) => false,
        };
        let packed = features.get(features::REPEATED_FIELD_ENCODING) == features::PACKED;
        return Cardinality::Repeated {
            packed: is_packable && packed,
        };
    }
    let presence = features.get(features::FIELD_PRESENCE);
    if place != Place::Oneof && presence == features::LEGACY_REQUIRED {
        return Cardinality::Required;
    }
    let is_told = place != Place::Message || matches!(ty, FieldType::Record { .. });
    match is_told || presence != features::IMPLICIT {
        true => Cardinality::Explicit,
        false => Cardinality::Implicit,
    }
}

/// A word of the language as the waist has it.
pub(super) fn scalar(word: proto::Scalar) -> Scalar {
    let int = |signed, bits, coding| Scalar::Int {
        signed,
        bits,
        coding,
    };
    match word {
        proto::Scalar::Double => Scalar::Float { bits: 64 },
        proto::Scalar::Float => Scalar::Float { bits: 32 },
        proto::Scalar::Int32 => int(true, 32, IntCoding::Varint),
        proto::Scalar::Int64 => int(true, 64, IntCoding::Varint),
        proto::Scalar::Uint32 => int(false, 32, IntCoding::Varint),
        proto::Scalar::Uint64 => int(false, 64, IntCoding::Varint),
        proto::Scalar::Sint32 => int(true, 32, IntCoding::ZigZag),
        proto::Scalar::Sint64 => int(true, 64, IntCoding::ZigZag),
        proto::Scalar::Fixed32 => int(false, 32, IntCoding::Fixed),
        proto::Scalar::Fixed64 => int(false, 64, IntCoding::Fixed),
        proto::Scalar::Sfixed32 => int(true, 32, IntCoding::Fixed),
        proto::Scalar::Sfixed64 => int(true, 64, IntCoding::Fixed),
        proto::Scalar::Bool => Scalar::Bool,
        proto::Scalar::String => Scalar::Text,
        proto::Scalar::Bytes => Scalar::Bytes,
    }
}
