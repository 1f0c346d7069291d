//! Options: what their names mean, whether their values fit, and what they say in the end.
//!
//! The messages that options are (`google.protobuf.FieldOptions` and so on) are read from the same
//! trees as everything else, so custom options and those of the language go one way.

use super::lower::Lower;
use super::model::{FieldAt, Kind, Member, Shape, enum_values, fields, is_named};
use super::rules;
use super::symbols::{DeclKind, Found, Lost, SymbolRef};
use super::values::{Entry, Val};
use crate::ingest::lookup::{clip, nearest};
use crate::schema::Attr;
use crate::syntax::proto::{
    self, FieldTypeKind, OptionDecl, OptionPart, Path, TextField, TextName, Value, ValueKind,
};
use crate::text::Span;

/// What is being read, for messages.
#[derive(Clone, Copy)]
struct Cx<'s> {
    scope: &'s str,
    /// Inside `{ ... }`, where numbers may stand for values of enums and lists for repeated fields.
    in_text: bool,
}

impl<'a> Lower<'a> {
    /// Reads the options of a thing that are of message `ty`, reports what is wrong with them, and
    /// appends the custom ones to `list`. `scope` is what the thing stands in.
    pub(super) fn options<'o>(
        &mut self,
        ty: &str,
        options: impl Iterator<Item = &'o OptionDecl>,
        scope: &str,
        list: &mut Vec<Attr>,
    ) where
        'a: 'o,
    {
        let mut options = options.peekable();
        if options.peek().is_none() {
            return;
        }
        for (entry, span) in self.interpret(ty, options, scope) {
            if entry.is_extension {
                list.push(Attr {
                    key: format!("({})", entry.key).into(),
                    value: entry.value.to_string().into(),
                    span: Some(span),
                });
            }
        }
    }

    /// What options say, each top-level entry with the place of the option that began it.
    pub(super) fn interpret<'o>(
        &mut self,
        ty: &str,
        options: impl Iterator<Item = &'o OptionDecl>,
        scope: &str,
    ) -> Vec<(Entry, Span)>
    where
        'a: 'o,
    {
        let mut name = String::from("google.protobuf.");
        name.push_str(ty);
        let Some(root) = self.symbols.option_type(&name) else {
            return Vec::new();
        };
        let cx = Cx {
            scope,
            in_text: false,
        };
        let mut out: Vec<(Entry, Span)> = Vec::new();
        for option in options {
            let is_own = ty == "FieldOptions" && option.name.rest.is_empty();
            let word = self.ast.slice(option.name.first.name.span);
            if is_own && !option.name.first.is_extension && matches!(word, "default" | "json_name")
            {
                continue;
            }
            let mut entries: Vec<Entry> = Vec::new();
            self.option(cx, root, option, &mut entries, &out);
            for entry in entries {
                merge(&mut out, entry, option.span);
            }
        }
        out
    }

    /// Reads one option into the entries of its message.
    fn option(
        &mut self,
        cx: Cx<'_>,
        root: SymbolRef,
        option: &OptionDecl,
        entries: &mut Vec<Entry>,
        before: &[(Entry, Span)],
    ) -> Option<()> {
        let mut path: Vec<Member<'a>> = Vec::new();
        let mut shape = Shape::Message(root);
        let count = 1 + option.name.rest.len();
        for (at, part) in option.name.parts().enumerate() {
            let member = self.part(cx, shape, part)?;
            path.push(member);
            if at + 1 == count {
                break;
            }
            match (member.kind, member.is_repeated) {
                (Kind::Message(inner), false) => shape = inner,
                (Kind::Message(_), true) => {
                    self.bad_option(
                        part.name.span,
                        format_args!("`{}` is repeated", self.ast.slice(part.name.span)),
                        "parts of it cannot be set one by one",
                    );
                    return None;
                }
                _ => {
                    self.bad_option(
                        part.name.span,
                        format_args!("`{}` has no parts", self.ast.slice(part.name.span)),
                        "not a message",
                    );
                    return None;
                }
            }
        }
        let last = *path.last()?;
        if !last.is_repeated && is_set(before, &path) {
            self.bad_option(
                option.name.span,
                format_args!("`{}` is set twice", self.ast.slice(option.name.span)),
                "again here",
            );
            return None;
        }
        let value = self.value(cx, last, &option.value)?;
        let mut entry = self.entry(last, value);
        for outer in path.iter().rev().skip(1) {
            let value = Val::Message {
                entries: vec![entry],
                is_delimited: self.is_delimited(*outer),
            };
            entry = self.entry(*outer, value);
        }
        entries.push(entry);
        Some(())
    }

    fn entry(&self, member: Member<'a>, value: Val) -> Entry {
        let ast = self.symbols.views[member.at.file as usize]
            .file
            .ast
            .ident(member.at.field.name);
        Entry {
            number: member.number,
            key: match member.at.extension {
                Some(name) => name.into(),
                None => match (member.at.field.ty.kind.is_map(), member.number) {
                    (true, 1) if !member.is_repeated => "key".into(),
                    (true, 2) if !member.is_repeated => "value".into(),
                    _ => ast.into(),
                },
            },
            is_extension: member.at.extension.is_some(),
            is_repeated: member.is_repeated,
            is_packed: self.is_packed(member),
            value,
        }
    }

    /// The field that a part of a name means in a message.
    fn part(&mut self, cx: Cx<'_>, shape: Shape<'a>, part: OptionPart) -> Option<Member<'a>> {
        let name = self.ast.path(part.name).into_owned();
        let span = part.name.span;
        match part.is_extension {
            true => self.extension_of(cx, shape, &name, span),
            false => self.member_of(shape, &name, span, "option"),
        }
    }

    fn member_of(
        &mut self,
        shape: Shape<'a>,
        name: &str,
        span: Span,
        what: &str,
    ) -> Option<Member<'a>> {
        let member = self.symbols.member(shape, name);
        if name == "uninterpreted_option" && what == "option" {
            self.bad_option(
                span,
                "`uninterpreted_option` is for compilers",
                "cannot be written",
            );
            return None;
        }
        if member.is_none() {
            let Shape::Message(at) = shape else {
                self.bad_option(
                    span,
                    format_args!("an entry of a map has no field `{}`", clip(name)),
                    "only `key` and `value`",
                );
                return None;
            };
            let DeclKind::Message(body) = self.symbols.decl(at).kind else {
                return None;
            };
            let ast = &self.symbols.view(at).file.ast;
            if fields(body).any(|field| is_named(ast, field, name)) {
                // It is there and its own type could not be resolved, which is said there.
                return None;
            }
            let known: Vec<&str> = fields(body).map(|field| ast.ident(field.name)).collect();
            let meant = match name.len() > 2 {
                true => nearest(name, known.into_iter()),
                false => None,
            };
            let draft = self
                .found
                .report(
                    &rules::PROTO_OPTION,
                    format_args!("unknown {what} `{}`", clip(name)),
                )
                .at(
                    span,
                    format_args!("no field of `{}`", self.symbols.decl(at).name),
                );
            match meant {
                Some(meant) => draft.fix(format_args!("did you mean `{meant}`?"), span, meant),
                None if what == "option" => {
                    draft.help("write custom options in parentheses: `(package.name)`")
                }
                None => draft,
            };
        }
        member
    }

    fn extension_of(
        &mut self,
        cx: Cx<'_>,
        shape: Shape<'a>,
        name: &str,
        span: Span,
    ) -> Option<Member<'a>> {
        let found = self.symbols.resolve(self.file, cx.scope, name, false);
        let at = match found {
            Ok(Found::Decl(at)) => at,
            Ok(Found::Package) => {
                self.bad_option(
                    span,
                    format_args!("`{}` is a package, not an option", clip(name)),
                    "not an extension",
                );
                return None;
            }
            Err(lost) => {
                self.lost_option(name, &lost, span);
                return None;
            }
        };
        let Some(extendee) = self.symbols.extendee(at) else {
            if !matches!(self.symbols.decl(at).kind, DeclKind::Extension(..)) {
                self.bad_option(
                    span,
                    format_args!("`{}` is not an option", clip(name)),
                    "not an extension",
                );
            }
            return None;
        };
        let wanted = match shape {
            Shape::Message(wanted) => &self.symbols.decl(wanted).name,
            Shape::Entry(_) => return None,
        };
        let extended = &self.symbols.decl(extendee).name;
        if extended != wanted {
            let said = format!("it extends `{extended}`, not `{wanted}`");
            self.bad_option(
                span,
                format_args!("`{}` cannot be set here", clip(name)),
                &said,
            );
            return None;
        }
        self.symbols.extension(at)
    }

    fn lost_option(&mut self, name: &str, lost: &Lost, span: Span) {
        if !self.symbols.set.is_whole[self.file as usize] {
            // It may stand in what could not be read.
            return;
        }
        let draft = self
            .found
            .report(
                &rules::PROTO_OPTION,
                format_args!("unknown option `({})`", clip(name)),
            )
            .at(span, "no extension that is seen here has this name");
        if let Lost::NotImported(file) = lost {
            let path = &self.symbols.views[*file as usize].file.path;
            draft.help(format_args!("import \"{path}\", which declares it"));
        }
    }

    /// What a value means for a field; reports why it fits none.
    fn value(&mut self, cx: Cx<'_>, member: Member<'a>, value: &Value) -> Option<Val> {
        let ast = self.ast;
        let word = value.as_ident().map(|ident| ast.ident(ident));
        let fits = match (member.kind, &value.kind) {
            (_, ValueKind::Missing) => return None,
            (Kind::Scalar(scalar), _) => self.scalar_value(cx, scalar, word, value),
            (Kind::Enum(at), ValueKind::Ident) => {
                let word = word.unwrap_or_default();
                match self.symbols.enum_number(at, word) {
                    Some(number) => Some(Val::Enum(number, word.into())),
                    None => {
                        self.bad_enum_value(at, word, value.span);
                        return None;
                    }
                }
            }
            (
                Kind::Enum(at),
                ValueKind::Int {
                    is_negative,
                    magnitude,
                },
            ) if cx.in_text => {
                let number = i32::try_from(match is_negative {
                    true => -i128::from(*magnitude),
                    false => i128::from(*magnitude),
                });
                number.ok().map(|number| {
                    let name = self.symbols.enum_name(at, number);
                    Val::Enum(
                        number,
                        name.map_or_else(|| number.to_string(), str::to_owned)
                            .into(),
                    )
                })
            }
            (Kind::Message(shape), ValueKind::Message(fields)) => {
                let entries = self.text(cx, shape, fields);
                Some(Val::Message {
                    entries,
                    is_delimited: self.is_delimited(member),
                })
            }
            _ => None,
        };
        if fits.is_none() {
            let wanted = self.wanted(member.kind);
            let shown = clip(ast.slice(value.span));
            self.bad_option(
                value.span,
                format_args!("expected {wanted}, found `{shown}`"),
                "this value does not fit",
            );
        }
        fits
    }

    fn scalar_value(
        &self,
        cx: Cx<'_>,
        scalar: proto::Scalar,
        word: Option<&str>,
        value: &Value,
    ) -> Option<Val> {
        use crate::schema::Scalar;
        match (super::fields::scalar(scalar), &value.kind) {
            (Scalar::Bool, ValueKind::Ident) => match (word?, cx.in_text) {
                ("true", _) | ("True" | "t", true) => Some(Val::Bool(true)),
                ("false", _) | ("False" | "f", true) => Some(Val::Bool(false)),
                _ => None,
            },
            (
                Scalar::Bool,
                ValueKind::Int {
                    is_negative: false,
                    magnitude: magnitude @ (0 | 1),
                },
            ) if cx.in_text => Some(Val::Bool(*magnitude == 1)),
            (
                Scalar::Int { signed, bits, .. },
                ValueKind::Int {
                    is_negative,
                    magnitude,
                },
            ) => {
                let number = match is_negative {
                    true => -i128::from(*magnitude),
                    false => i128::from(*magnitude),
                };
                super::fields::int_range(signed, bits)
                    .contains(&number)
                    .then_some(Val::Int(scalar, number))
            }
            (Scalar::Float { bits }, kind) => super::fields::float(word, kind)
                .map(|number| Val::Float(scalar, super::fields::round(number, bits))),
            (Scalar::Text | Scalar::Bytes, ValueKind::String) => {
                Some(Val::Bytes(self.ast.bytes(value.as_string()?).into()))
            }
            _ => None,
        }
    }

    /// Reads `{ ... }`.
    fn text(&mut self, cx: Cx<'_>, shape: Shape<'a>, fields: &[TextField]) -> Vec<Entry> {
        let cx = Cx {
            in_text: true,
            ..cx
        };
        let mut entries: Vec<Entry> = Vec::new();
        for field in fields {
            let member = match &field.name {
                TextName::Field(name) => {
                    let word = self.ast.ident(*name);
                    self.member_of(shape, word, name.span, "field")
                }
                TextName::Extension(path) => {
                    let name = self.ast.path(*path).into_owned();
                    self.extension_of(cx, shape, &name, path.span)
                }
                TextName::Any { message, .. } => {
                    self.any(cx, field, *message, &mut entries);
                    continue;
                }
            };
            let Some(member) = member else { continue };
            if !member.is_repeated && entries.iter().any(|entry| entry.number == member.number) {
                self.bad_option(field.span, "a field is set twice", "again here");
                continue;
            }
            match &field.value.kind {
                ValueKind::List(values) if member.is_repeated => {
                    for value in values {
                        if let Some(value) = self.value(cx, member, value) {
                            entries.push(self.entry(member, value));
                        }
                    }
                }
                _ => {
                    if let Some(value) = self.value(cx, member, &field.value) {
                        entries.push(self.entry(member, value));
                    }
                }
            }
        }
        entries
    }

    /// Reads `[type.googleapis.com/a.B] { ... }`.
    fn any(&mut self, cx: Cx<'_>, field: &TextField, message: Path, entries: &mut Vec<Entry>) {
        let TextName::Any { domain, .. } = field.name else {
            return;
        };
        let name = self.ast.path(message).into_owned();
        let Some(at) = self.symbols.get(&name) else {
            self.bad_option(
                message.span,
                format_args!("there is no message `{}`", clip(&name)),
                "not found",
            );
            return;
        };
        let ValueKind::Message(fields) = &field.value.kind else {
            return;
        };
        let inner = self.text(cx, Shape::Message(at), fields);
        let url = format!("{}/{name}", self.ast.path(domain));
        entries.extend(super::values::any(&url, inner));
    }

    // === what fields are, for their bytes ===

    fn is_delimited(&self, member: Member<'a>) -> bool {
        use super::features::{DELIMITED, MESSAGE_ENCODING};
        match member.at.field.ty.kind {
            FieldTypeKind::Group(_) => true,
            FieldTypeKind::Named(_) => {
                self.features_at(member.at).get(MESSAGE_ENCODING) == DELIMITED
            }
            FieldTypeKind::Scalar(_) | FieldTypeKind::Map(_) => false,
        }
    }

    fn is_packed(&self, member: Member<'a>) -> bool {
        use super::features::{PACKED, REPEATED_FIELD_ENCODING};
        let is_packable = match member.kind {
            Kind::Scalar(scalar) => !matches!(scalar, proto::Scalar::String | proto::Scalar::Bytes),
            Kind::Enum(_) => true,
            Kind::Message(_) => false,
        };
        let ast = &self.symbols.views[member.at.file as usize].file.ast;
        is_packable && member.is_repeated && {
            match member.at.field.options.find(ast, "packed") {
                Some(option) => ast.slice(option.value.span) == "true",
                None => self.features_at(member.at).get(REPEATED_FIELD_ENCODING) == PACKED,
            }
        }
    }

    fn features_at(&self, at: FieldAt<'a>) -> super::features::Features {
        let view = &self.symbols.views[at.file as usize];
        let outer = match at.scope {
            Some(scope) => self.features[at.file as usize][scope as usize],
            None => super::lower::file_features(&view.file.ast),
        };
        outer.and(&view.file.ast, at.field.options.list.iter())
    }

    // === messages ===

    pub(super) fn bad_option(&mut self, span: Span, headline: impl std::fmt::Display, label: &str) {
        self.found
            .report(&rules::PROTO_OPTION, headline)
            .at(span, label);
    }

    fn bad_enum_value(&mut self, at: SymbolRef, word: &str, span: Span) {
        let decl = self.symbols.decl(at);
        let DeclKind::Enum(body) = decl.kind else {
            return;
        };
        let ast = &self.symbols.view(at).file.ast;
        let meant = nearest(word, enum_values(body).map(|value| ast.ident(value.name)));
        let draft = self
            .found
            .report(
                &rules::PROTO_OPTION,
                format_args!("`{}` has no value `{}`", decl.name, clip(word)),
            )
            .at(span, "unknown value");
        if let Some(meant) = meant {
            draft.fix(format_args!("did you mean `{meant}`?"), span, meant);
        }
    }

    fn wanted(&self, kind: Kind<'a>) -> String {
        match kind {
            Kind::Scalar(word) => format!("a value of type `{}`", word.word()),
            Kind::Enum(at) => format!("a value of `{}`", self.symbols.decl(at).name),
            Kind::Message(Shape::Message(at)) => {
                format!(
                    "`{{ ... }}` with fields of `{}`",
                    self.symbols.decl(at).name
                )
            }
            Kind::Message(Shape::Entry(_)) => "`{ key: ..., value: ... }`".to_owned(),
        }
    }
}

/// Puts an entry beside those that were set before; parts of one message come together.
fn merge(out: &mut Vec<(Entry, Span)>, entry: Entry, span: Span) {
    let same = out
        .iter_mut()
        .find(|(known, _)| known.number == entry.number && !entry.is_repeated);
    match same {
        Some((known, _)) => known.absorb(entry),
        None => out.push((entry, span)),
    }
}

/// Whether the field at the end of a path has a value already.
fn is_set(before: &[(Entry, Span)], path: &[Member<'_>]) -> bool {
    let Some(first) = path.first() else {
        return false;
    };
    let mut known = before.iter().map(|(entry, _)| entry);
    let mut at = known.find(|entry| entry.number == first.number);
    for member in &path[1..] {
        let Some(Entry {
            value: Val::Message { entries, .. },
            ..
        }) = at
        else {
            return false;
        };
        at = entries.iter().find(|entry| entry.number == member.number);
    }
    at.is_some()
}
