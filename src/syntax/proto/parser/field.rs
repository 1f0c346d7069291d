//! Fields, maps and groups.

use super::{Parsed, Parser, Sign, Skip};
use crate::syntax::proto::ast::{
    Edition, Field, FieldType, FieldTypeKind, GroupBody, Ident, Label, LabelKind, MapType,
    OptionDecl, Options, Path, Scalar, Value, ValueKind, ValueType,
};

/// Where a field stands: what it may be depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Home {
    Message,
    Oneof,
    Extend,
}

impl Parser<'_> {
    /// A field of a message.
    pub(super) fn field(&mut self) -> Parsed<Field> {
        self.field_of(Home::Message)
    }

    /// A field of a oneof.
    pub(super) fn oneof_field(&mut self) -> Parsed<Field> {
        self.field_of(Home::Oneof)
    }

    /// A field of an `extend`.
    pub(super) fn extension(&mut self) -> Parsed<Field> {
        self.field_of(Home::Extend)
    }

    fn field_of(&mut self, home: Home) -> Parsed<Field> {
        let start = self.token.start;
        let label = self.label(home);
        let ty = self.field_type(home, label)?;
        let name = self.name("the name of a field")?;
        if !self.is_symbol(b'=') {
            return Err(self.expected("`=` and a number after the name of the field", ""));
        }
        self.bump();
        let number = self.int("the number of the field", Sign::Refused)?;
        let options = match self.is_symbol(b'[') {
            true => self.options(|parser| parser.option_assignment())?,
            false => Options::default(),
        };
        self.check_options(&ty, &options);
        let mut field = Field {
            span: self.since(start),
            label,
            ty,
            name,
            number,
            options,
        };
        if matches!(field.ty.kind, FieldTypeKind::Group(_)) {
            field.ty.kind = FieldTypeKind::Group(Box::new(self.group(name)?));
        } else {
            self.semicolon("the field")?;
        }
        field.span = self.since(start);
        Ok(field)
    }

    /// The label. One that does not fit the language or the place is reported and kept.
    fn label(&mut self, home: Home) -> Option<Label> {
        let kind = match self.word() {
            "optional" => LabelKind::Optional,
            "repeated" => LabelKind::Repeated,
            "required" => LabelKind::Required,
            _ => return None,
        };
        let is_editions = self.edition.is_editions();
        match kind {
            _ if home == Home::Oneof => self.refuse(
                format_args!("fields of a oneof have no label, found `{}`", self.word()),
                "remove it; to repeat, put the list into a message",
            ),
            LabelKind::Optional if is_editions => self.refuse(
                "editions have no `optional`",
                "remove it; fields have presence unless `features.field_presence` says otherwise",
            ),
            LabelKind::Required if is_editions => self.refuse(
                "editions have no `required`",
                "write `[features.field_presence = LEGACY_REQUIRED]`",
            ),
            LabelKind::Required if self.edition == Edition::Proto3 => {
                self.refuse("proto3 has no `required`", "remove it")
            }
            _ => Skip { is_line_end: false },
        };
        let token = self.bump();
        Some(Label {
            span: self.span_of(token),
            kind,
        })
    }

    fn field_type(&mut self, home: Home, label: Option<Label>) -> Parsed<FieldType> {
        let start = self.token.start;
        let word = self.word();
        if word == "map" {
            let token = self.bump();
            if self.is_symbol(b'<') {
                return self.map(home, label, start);
            }
            // A message may be called `map`, but what is inside it is reached only from outside.
            if self.is_symbol(b'.') {
                return Err(self.refuse(
                    "`map` before a `.` is no type",
                    "write the whole name of the type, with a `.` at its beginning",
                ));
            }
            self.need_label(home, label, self.span_of(token));
            return Ok(self.named(start));
        }
        if word == "group" {
            self.need_label(home, label, self.here());
            match self.edition {
                Edition::Proto2 => {}
                Edition::Proto3 => {
                    self.refuse("proto3 has no groups", "use a message");
                }
                _ => {
                    self.refuse(
                        "editions have no groups",
                        "use a message and `[features.message_encoding = DELIMITED]`",
                    );
                }
            }
            self.bump();
            // The body follows the number; this keeps its place.
            let body = GroupBody {
                braces: super::Braces {
                    open: self.empty_here(),
                    close: self.empty_here(),
                },
                items: Box::default(),
            };
            return Ok(FieldType {
                span: self.since(start),
                kind: FieldTypeKind::Group(Box::new(body)),
            });
        }
        if let Some(scalar) = Scalar::of(word) {
            self.need_label(home, label, self.here());
            self.bump();
            return Ok(FieldType {
                span: self.since(start),
                kind: FieldTypeKind::Scalar(scalar),
            });
        }
        let at = self.here();
        self.path("the type of a field", true)?;
        // Reported behind the type: what is no field at all lacks more than a label.
        if self.token.kind == super::Kind::Ident {
            self.need_label(home, label, at);
        }
        Ok(self.named(start))
    }

    fn named(&self, start: u32) -> FieldType {
        let span = self.since(start);
        FieldType {
            span,
            kind: FieldTypeKind::Named(Path { span }),
        }
    }

    /// Reports a field of proto2 without a label.
    fn need_label(&mut self, home: Home, label: Option<Label>, at: crate::text::Span) {
        if label.is_some() || home == Home::Oneof || self.edition != Edition::Proto2 {
            return;
        }
        self.lexer
            .problems
            .syntax("a field of proto2 needs a label")
            .at(at, "no label before this type")
            .help("write `optional` or `repeated` before it, or begin the file with `syntax = \"proto3\";`");
    }

    /// `<K, V>`; `map` was taken.
    fn map(&mut self, home: Home, label: Option<Label>, start: u32) -> Parsed<FieldType> {
        let span = self.span_of(self.before);
        let wrong = match (home, label) {
            (Home::Oneof, _) => Some((
                span,
                "a map cannot stand in a oneof",
                "put the map into a message",
            )),
            (Home::Extend, _) => Some((
                span,
                "a map cannot be an extension",
                "put the map into a message",
            )),
            (Home::Message, Some(label)) => {
                Some((label.span, "a map has no label", "remove the label"))
            }
            (Home::Message, None) => None,
        };
        if let Some((span, headline, help)) = wrong {
            let problems = &mut self.lexer.problems;
            problems.syntax(headline).at(span, "here").help(help);
        }
        self.bump();
        let key = self.value_type("the type of the keys")?;
        self.symbol(b',', "between the types of keys and values")?;
        let value = self.value_type("the type of the values")?;
        self.symbol(b'>', "after the types of the map")?;
        Ok(FieldType {
            span: self.since(start),
            kind: FieldTypeKind::Map(Box::new(MapType { key, value })),
        })
    }

    fn value_type(&mut self, what: &str) -> Parsed<ValueType> {
        let start = self.token.start;
        let scalar = Scalar::of(self.word());
        if scalar.is_some() {
            self.bump();
        } else if self.word() == "group" {
            return Err(self.refuse("a map cannot hold groups", "use a message"));
        } else {
            self.path(what, true)?;
        }
        Ok(ValueType {
            span: self.since(start),
            scalar,
        })
    }

    fn group(&mut self, name: Ident) -> Parsed<GroupBody> {
        if !self
            .slice(name.span)
            .starts_with(|c: char| c.is_ascii_uppercase())
        {
            self.lexer
                .problems
                .syntax("the name of a group begins with a capital letter")
                .at(name.span, "this one does not")
                .help("a group is a message too: write its name like one");
        }
        let (braces, items) = self.message_body("the group")?;
        Ok(GroupBody { braces, items })
    }

    // === Options with a meaning of their own ===

    /// `default` and `json_name` are no options but look like some: they stand once, and their
    /// values are of the grammar.
    fn check_options(&mut self, ty: &FieldType, options: &Options) {
        let mut seen: [Option<&OptionDecl>; 2] = [None; 2];
        for option in &options.list {
            let first = option.name.first;
            let word = self.slice(first.name.span);
            let at = match word {
                "default" if !first.is_extension => 0,
                "json_name" if !first.is_extension => 1,
                _ => continue,
            };
            let problems = &mut self.lexer.problems;
            if let Some(part) = option.name.rest.first() {
                problems
                    .syntax(format_args!("`{word}` has no parts"))
                    .at(part.name.span, "this part")
                    .help(format_args!("write `{word} = VALUE`"));
                continue;
            }
            if let Some(before) = seen[at].replace(option) {
                problems
                    .syntax(format_args!("`{word}` stands twice"))
                    .at(option.span, "the second")
                    .also(before.span, "the first")
                    .help("remove one of them");
            }
            if matches!(option.value.kind, ValueKind::Missing) {
                continue;
            }
            if at == 1 {
                if option.value.as_string().is_none() {
                    problems
                        .syntax("`json_name` must be a text in quotes")
                        .at(option.value.span, "here")
                        .help("put the name in quotes");
                }
                continue;
            }
            self.check_default(ty, option);
        }
    }

    fn check_default(&mut self, ty: &FieldType, option: &OptionDecl) {
        let value = &option.value;
        let wrong = match &ty.kind {
            _ if self.edition == Edition::Proto3 => Some((
                "proto3 has no default values",
                "remove it; an absent field is zero or empty",
            )),
            FieldTypeKind::Scalar(scalar) => self.default_of(*scalar, value),
            FieldTypeKind::Group(_) => Some(("a group has no default value", "remove it")),
            FieldTypeKind::Map(_) => Some(("a map has no default value", "remove it")),
            // Whether the name is an enum is known where names are.
            FieldTypeKind::Named(_) => match value.kind {
                ValueKind::Message(_) => Some(("a message has no default value", "remove it")),
                _ => None,
            },
        };
        let Some((headline, help)) = wrong else {
            return;
        };
        let word = match &ty.kind {
            FieldTypeKind::Scalar(_) if self.edition != Edition::Proto3 => self.slice(ty.span),
            _ => "",
        };
        let headline = match word {
            "" => headline.to_owned(),
            word => format!("the default of a field of type `{word}` {headline}"),
        };
        self.lexer
            .problems
            .syntax(headline)
            .at(value.span, "here")
            .help(help);
    }

    /// What is wrong with a default of a scalar.
    fn default_of(&self, scalar: Scalar, value: &Value) -> Option<(&'static str, &'static str)> {
        const HALF: u64 = 1 << 31;
        let word = match value.kind {
            ValueKind::Ident => self.slice(value.span),
            _ => "",
        };
        let int = match value.kind {
            ValueKind::Int {
                is_negative,
                magnitude,
            } => Some((is_negative, magnitude)),
            _ => None,
        };
        let whole = |least: u64, most: u64| match int {
            None => Some(("must be a whole number", "write a whole number")),
            Some((is_negative, magnitude)) => {
                let bound = if is_negative { least } else { most };
                // `-0` is a number of signed types only.
                let fits = magnitude <= bound && (least > 0 || !is_negative);
                (!fits).then_some(("is outside its range", "write a number of the type's range"))
            }
        };
        match scalar {
            Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => whole(HALF, HALF - 1),
            Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => whole(1 << 63, (1 << 63) - 1),
            Scalar::Uint32 | Scalar::Fixed32 => whole(0, u64::from(u32::MAX)),
            Scalar::Uint64 | Scalar::Fixed64 => whole(0, u64::MAX),
            Scalar::Float | Scalar::Double => {
                let is_number = matches!(value.kind, ValueKind::Float(_)) || int.is_some();
                (!is_number && !matches!(word, "inf" | "nan"))
                    .then_some(("must be a number", "write a number, `inf` or `nan`"))
            }
            Scalar::Bool => (!matches!(word, "true" | "false"))
                .then_some(("must be `true` or `false`", "write one of them")),
            Scalar::String | Scalar::Bytes => value
                .as_string()
                .is_none()
                .then_some(("must be a text in quotes", "put it in quotes")),
        }
    }
}
