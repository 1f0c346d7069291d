//! Features of editions: what each file, message, enum and field has in the end.
//!
//! A row per feature says which values it has, where it begins in each language, and on what it may
//! be written. What is written on a thing holds for everything in it, until it is written again.

use crate::syntax::proto::{Edition, OptionDecl, ProtoFile, TextField, TextName, Value, ValueKind};
use crate::text::Span;

/// What a feature may be written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    File,
    Range,
    Message,
    Field,
    Oneof,
    Enum,
    Value,
    Service,
    Method,
}

use Target::{Enum, Field, File, Message, Method, Oneof, Range, Service, Value as EnumValue};

/// A feature.
#[derive(Debug)]
pub(super) struct FeatureDef {
    /// The extension that it is in; empty for features of the language itself.
    pub(super) set: &'static str,
    pub(super) name: &'static str,
    /// Its values; the position is what [`Features`] holds.
    values: &'static [&'static str],
    /// Where it begins in proto2, proto3, 2023 and 2024.
    defaults: [u8; 4],
    /// What it may be written on.
    pub(super) targets: &'static [Target],
    /// The first edition that has it.
    pub(super) since: Edition,
}

/// A position in [`FEATURES`].
pub(super) type Feature = usize;

pub(super) const FIELD_PRESENCE: Feature = 0;
pub(super) const ENUM_TYPE: Feature = 1;
pub(super) const REPEATED_FIELD_ENCODING: Feature = 2;
pub(super) const UTF8_VALIDATION: Feature = 3;
pub(super) const MESSAGE_ENCODING: Feature = 4;
pub(super) const JSON_FORMAT: Feature = 5;
pub(super) const ENFORCE_NAMING_STYLE: Feature = 6;
pub(super) const DEFAULT_SYMBOL_VISIBILITY: Feature = 7;
pub(super) const CPP_STRING_TYPE: Feature = 8;
pub(super) const JAVA_UTF8_VALIDATION: Feature = 9;
pub(super) const JAVA_NEST_IN_FILE_CLASS: Feature = 10;
pub(super) const JAVA_LARGE_ENUM: Feature = 11;
pub(super) const GO_API_LEVEL: Feature = 12;
pub(super) const GO_STRIP_ENUM_PREFIX: Feature = 13;

pub(super) const EXPLICIT: u8 = 0;
pub(super) const IMPLICIT: u8 = 1;
pub(super) const LEGACY_REQUIRED: u8 = 2;
pub(super) const CLOSED: u8 = 1;
pub(super) const PACKED: u8 = 0;
pub(super) const EXPANDED: u8 = 1;
pub(super) const DELIMITED: u8 = 1;
pub(super) const ALLOW: u8 = 0;
pub(super) const STYLE2024: u8 = 0;
pub(super) const EXPORT_ALL: u8 = 0;
pub(super) const EXPORT_TOP_LEVEL: u8 = 1;
pub(super) const STRICT: u8 = 3;

const E23: Edition = Edition::Edition2023;
const E24: Edition = Edition::Edition2024;
/// What the style of names may be written on.
const ANY: &[Target] = &[
    File, Range, Message, Field, Oneof, Enum, EnumValue, Service, Method,
];

macro_rules! features {
    ($([$set:literal $name:literal: $($value:ident)|+; $defaults:expr; $targets:expr; $since:expr])+) => {
        &[$(FeatureDef {
            set: $set,
            name: $name,
            values: &[$(stringify!($value)),+],
            defaults: $defaults,
            targets: $targets,
            since: $since,
        }),+]
    };
}

/// The features of the language and those of languages that code is made for.
#[rustfmt::skip]
pub(super) static FEATURES: &[FeatureDef] = features![
    ["" "field_presence": EXPLICIT | IMPLICIT | LEGACY_REQUIRED; [0, 1, 0, 0]; &[Field, File]; E23]
    ["" "enum_type": OPEN | CLOSED; [1, 0, 0, 0]; &[Enum, File]; E23]
    ["" "repeated_field_encoding": PACKED | EXPANDED; [1, 0, 0, 0]; &[Field, File]; E23]
    ["" "utf8_validation": VERIFY | NONE; [1, 0, 0, 0]; &[Field, File]; E23]
    ["" "message_encoding": LENGTH_PREFIXED | DELIMITED; [0, 0, 0, 0]; &[Field, File]; E23]
    ["" "json_format": ALLOW | LEGACY_BEST_EFFORT; [1, 0, 0, 0]; &[Message, Enum, File]; E23]
    ["" "enforce_naming_style": STYLE2024 | STYLE_LEGACY | STYLE2026; [1, 1, 1, 0]; ANY; E24]
    ["" "default_symbol_visibility": EXPORT_ALL | EXPORT_TOP_LEVEL | LOCAL_ALL | STRICT;
        [0, 0, 0, 1]; &[File]; E24]
    ["pb.cpp" "string_type": STRING | VIEW | CORD; [0, 0, 0, 1]; &[Field, File]; E23]
    ["pb.java" "utf8_validation": DEFAULT | VERIFY; [0, 0, 0, 0]; &[Field, File]; E23]
    ["pb.java" "nest_in_file_class": NO | YES; [0, 0, 0, 0]; &[Message, Enum, Service]; E24]
    ["pb.java" "large_enum": false | true; [0, 0, 0, 0]; &[Enum, File]; E24]
    ["pb.go" "api_level": API_LEVEL_UNSPECIFIED | API_OPEN | API_HYBRID | API_OPAQUE;
        [0, 0, 0, 3]; &[Message, File]; E23]
    ["pb.go" "strip_enum_prefix": STRIP_ENUM_PREFIX_KEEP | STRIP_ENUM_PREFIX_UNSPECIFIED
        | STRIP_ENUM_PREFIX_GENERATE_BOTH | STRIP_ENUM_PREFIX_STRIP;
        [0, 0, 0, 0]; &[Enum, EnumValue, File]; E24]
];

/// A value for every row of [`FEATURES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Features([u8; 14]);

/// A feature as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    /// The extension that it is in, or nothing.
    pub(super) set: &'a str,
    pub(super) name: &'a str,
    value: &'a str,
    /// The option that it is a part of.
    pub(super) option: Span,
    /// The feature itself.
    pub(super) at: Span,
}

impl Features {
    /// Where a file of this language begins.
    pub(super) fn of(edition: Edition) -> Self {
        let column = match edition {
            Edition::Proto2 => 0,
            Edition::Proto3 => 1,
            Edition::Edition2023 => 2,
            Edition::Edition2024 => 3,
        };
        let mut values = [0; 14];
        for (value, def) in values.iter_mut().zip(FEATURES) {
            *value = def.defaults[column];
        }
        Features(values)
    }

    /// The value, as a position in the row's list.
    pub(super) fn get(self, feature: Feature) -> u8 {
        self.0[feature]
    }

    /// The value as a word.
    pub(super) fn word(self, feature: Feature) -> &'static str {
        FEATURES[feature].values[self.0[feature] as usize]
    }

    /// With another value for one feature.
    pub(super) fn with(mut self, feature: Feature, value: u8) -> Self {
        self.0[feature] = value;
        self
    }

    /// With what is written on a thing. Words that no row has are reported where options are read.
    pub(super) fn and<'a>(
        mut self,
        ast: &'a ProtoFile,
        options: impl Iterator<Item = &'a OptionDecl>,
    ) -> Self {
        for option in options {
            each(ast, option, &mut |written| {
                let row = FEATURES
                    .iter()
                    .position(|def| def.set == written.set && def.name == written.name);
                let Some(row) = row else { return };
                let values = FEATURES[row].values.iter();
                if let Some(value) = values.clone().position(|word| *word == written.value) {
                    self.0[row] = u8::try_from(value).unwrap_or(0);
                }
            });
        }
        self
    }
}

/// Calls `call` with every feature that an option writes.
pub(super) fn each<'a>(
    ast: &'a ProtoFile,
    option: &'a OptionDecl,
    call: &mut dyn FnMut(Written<'a>),
) {
    if option.name.first.is_extension || ast.slice(option.name.first.name.span) != "features" {
        return;
    }
    let mut set = "";
    let mut name = None;
    for part in &option.name.rest {
        let word = ast.slice(part.name.span).trim_start_matches('.');
        match part.is_extension {
            true => set = word,
            false => name = Some((word, part.name.span)),
        }
    }
    let at = option.span;
    match (name, &option.value.kind) {
        (Some((name, place)), _) => call(Written {
            set,
            name,
            value: word(ast, &option.value),
            option: at,
            at: place,
        }),
        (None, ValueKind::Message(fields)) => in_message(ast, at, set, fields, call),
        (None, _) => {}
    }
}

fn in_message<'a>(
    ast: &'a ProtoFile,
    option: Span,
    set: &'a str,
    fields: &'a [TextField],
    call: &mut dyn FnMut(Written<'a>),
) {
    for field in fields {
        match (&field.name, &field.value.kind) {
            (TextName::Field(name), _) => call(Written {
                set,
                name: ast.ident(*name),
                value: word(ast, &field.value),
                option,
                at: name.span,
            }),
            (TextName::Extension(path), ValueKind::Message(inner)) if set.is_empty() => {
                let set = ast.slice(path.span).trim_start_matches('.');
                in_message(ast, option, set, inner, call);
            }
            _ => {}
        }
    }
}

fn word<'a>(ast: &'a ProtoFile, value: &Value) -> &'a str {
    value.as_ident().map_or("", |ident| ast.ident(ident))
}

/// The option that writes a feature on a thing.
pub(super) fn written_at<'a>(
    ast: &'a ProtoFile,
    options: impl Iterator<Item = &'a OptionDecl>,
    feature: Feature,
) -> Option<Span> {
    let def = &FEATURES[feature];
    let mut at = None;
    for option in options {
        each(ast, option, &mut |written| {
            if written.set == def.set && written.name == def.name {
                at = Some(written.option);
            }
        });
    }
    at
}
