//! What must hold inside a scope: each name once, each number once, nothing that was given up.

use std::collections::HashMap;

use super::features;
use super::lower::{Lower, MAX_FIELD, enum_options, message_options};
use super::model::{enum_values, fields};
use super::names;
use super::rules;
use super::symbols::{Body, DeclKind};
use crate::diag::Severity;
use crate::ingest::lookup::clip;
use crate::schema::{EnumValue, NumberRange, Record, Reserved};
use crate::syntax::proto::{
    Edition, Enum, FileItem, Ident, MessageItem, ProtoFile, Service, ServiceItem,
};
use crate::text::Span;

/// A name of a scope, where it is written.
type Named<'n> = (std::borrow::Cow<'n, str>, Span);

impl<'a> Lower<'a> {
    // === names ===

    /// Names at the top of a file.
    pub(super) fn check_scope_of_file(&mut self) {
        let ast = self.ast;
        let mut list: Vec<Named<'a>> = Vec::new();
        for item in &ast.items {
            match item {
                FileItem::Message(message) => list.push(word(ast, message.name)),
                FileItem::Enum(decl) => enum_names(ast, decl, &mut list),
                FileItem::Service(service) => list.push(word(ast, service.name)),
                FileItem::Extend(extend) => {
                    for field in &extend.fields {
                        list.push((self.field_name(field).into(), field.name.span));
                        if matches!(field.ty.kind, crate::syntax::proto::FieldTypeKind::Group(_)) {
                            list.push(word(ast, field.name));
                        }
                    }
                }
                FileItem::Import(_) | FileItem::Option(_) => {}
            }
        }
        let scope = self.view.package.clone();
        self.names_once(list, &scope);
    }

    /// Names in a message.
    fn names_of(&mut self, body: Body<'a>, scope: &str) {
        use crate::syntax::proto::FieldTypeKind::{Group, Map};
        let ast = self.ast;
        let mut list: Vec<Named<'a>> = Vec::with_capacity(body.items.len());
        let mut entries: Vec<Named<'a>> = Vec::new();
        for field in fields(body) {
            match field.ty.kind {
                Group(_) => {
                    list.push((self.field_name(field).into(), field.name.span));
                    list.push(word(ast, field.name));
                }
                Map(_) => {
                    let entry = names::map_entry(ast.ident(field.name));
                    entries.push((entry.into(), field.name.span));
                    list.push(word(ast, field.name));
                }
                _ => list.push(word(ast, field.name)),
            }
        }
        for item in body.items {
            match item {
                MessageItem::Oneof(oneof) => list.push(word(ast, oneof.name)),
                MessageItem::Message(message) => list.push(word(ast, message.name)),
                MessageItem::Enum(decl) => enum_names(ast, decl, &mut list),
                MessageItem::Extend(extend) => {
                    for field in &extend.fields {
                        list.push((self.field_name(field).into(), field.name.span));
                        if matches!(field.ty.kind, Group(_)) {
                            list.push(word(ast, field.name));
                        }
                    }
                }
                _ => {}
            }
        }
        list.extend(entries);
        self.names_once(list, scope);
    }

    fn names_once(&mut self, mut list: Vec<Named<'_>>, scope: &str) {
        list.retain(|(name, _)| !name.is_empty());
        list.sort_by(|l, r| l.0.cmp(&r.0).then(l.1.cmp(&r.1)));
        for run in list.chunk_by(|l, r| l.0 == r.0) {
            let (name, first) = &run[0];
            for (_, again) in &run[1..] {
                let place = match scope.is_empty() {
                    true => String::new(),
                    false => format!(" in `{scope}`"),
                };
                self.found
                    .report(
                        &rules::PROTO_DUPLICATE_NAME,
                        format_args!("the name `{}` is declared twice{place}", clip(name)),
                    )
                    .at(*again, "again here")
                    .also(*first, "first here");
            }
        }
    }

    /// Names in a service.
    pub(super) fn check_service(&mut self, service: &'a Service) {
        let list = service.items.iter().filter_map(|item| match item {
            ServiceItem::Rpc(rpc) => Some(word(self.ast, rpc.name)),
            ServiceItem::Option(_) => None,
        });
        let list = list.collect();
        self.names_once(list, self.ast.ident(service.name));
        self.check_features_of(DeclKind::Service(service));
    }

    // === messages ===

    /// What must hold inside a message.
    pub(super) fn check_message(
        &mut self,
        at: usize,
        body: Body<'a>,
        record: &Record,
        reserved: &Reserved,
    ) {
        let name = std::sync::Arc::clone(&self.view.decls[at].name);
        self.names_of(body, &name);
        self.check_features_of(DeclKind::Message(body));
        let is_set = message_options(body.items).find(|option| {
            option.name.is(self.ast, "message_set_wire_format")
                && self.ast.slice(option.value.span) == "true"
        });
        if let Some(option) = is_set {
            self.message_set(option.span, record);
        }
        if self.ast.edition == Edition::Proto3 {
            for range in &record.extension_ranges {
                self.found
                    .report(
                        &rules::PROTO_NOT_ALLOWED,
                        "proto3 messages cannot be extended",
                    )
                    .at(range.span, "no extension ranges in proto3")
                    .help("use `google.protobuf.Any`");
            }
        }
        // Which numbers are given up, and to whom.
        let max = match is_set {
            Some(_) => i32::MAX,
            None => MAX_FIELD,
        };
        let kept = reserved.ranges.iter().map(|range| (range, "reserved"));
        let lent = record.extension_ranges.iter();
        let lent = lent.map(|range| (range, "kept for extensions"));
        let ranges = self.ranges(kept.chain(lent).collect(), 1, max);
        let numbers = record.fields.iter().map(|field| {
            (
                i64::from(field.number.node),
                field.number.span,
                &*field.name.node,
            )
        });
        let mut by_number: Vec<(i64, Span, &str)> = numbers.collect();
        by_number.sort_by_key(|(number, span, _)| (*number, *span));
        for run in by_number.chunk_by(|l, r| l.0 == r.0) {
            for (number, again, _) in &run[1..] {
                self.found
                    .report(
                        &rules::PROTO_NUMBER,
                        format_args!("two fields of `{name}` have the number {number}"),
                    )
                    .at(*again, "again here")
                    .also(run[0].1, format_args!("first here, for `{}`", run[0].2));
            }
        }
        for (number, span, field) in &by_number {
            self.in_ranges(*number, *span, field, &ranges);
        }
        let names = self.reserved_names(reserved);
        for field in &record.fields {
            self.is_name_free(&field.name.node, field.name.span, &names);
        }
        if record.fields.len() > 1 {
            self.json_names(at, body, record);
        }
    }

    fn message_set(&mut self, at: Span, record: &Record) {
        if self.ast.edition == Edition::Proto3 {
            self.found
                .report(&rules::PROTO_NOT_ALLOWED, "proto3 has no message sets")
                .at(at, "not in proto3");
        }
        for field in &record.fields {
            self.found
                .report(
                    &rules::PROTO_NOT_ALLOWED,
                    "a message set has extensions only, no fields",
                )
                .at(field.span, "a field")
                .also(at, "this makes it a message set");
        }
    }

    /// Sorts ranges, and reports those that hold nothing, leave the limits, or meet.
    fn ranges<'r>(
        &mut self,
        list: Vec<(&'r NumberRange, &'static str)>,
        min: i32,
        max: i32,
    ) -> Vec<(&'r NumberRange, &'static str)> {
        let mut good: Vec<(&NumberRange, &'static str)> = Vec::with_capacity(list.len());
        for (range, what) in list {
            let wrong = if range.start > range.end {
                Some(format!(
                    "a range ends at {} before it begins at {}",
                    range.end, range.start
                ))
            } else if range.start < min || range.end > max {
                Some(format!("a range leaves the numbers {min} to {max}"))
            } else {
                None
            };
            match wrong {
                Some(wrong) => {
                    self.found
                        .report(&rules::PROTO_NUMBER, wrong)
                        .at(range.span, "this range");
                }
                None => good.push((range, what)),
            }
        }
        good.sort_by_key(|(range, _)| (range.start, range.end, range.span));
        let mut widest: Option<(&NumberRange, &'static str)> = None;
        for (range, what) in &good {
            if let Some((before, as_what)) = widest
                && before.end >= range.start
            {
                let (first, second) = match before.span < range.span {
                    true => ((before, as_what), (*range, *what)),
                    false => ((*range, *what), (before, as_what)),
                };
                self.found
                    .report(
                        &rules::PROTO_RESERVED,
                        format_args!("the number {} is given away twice", range.start),
                    )
                    .at(second.0.span, format_args!("{} here", second.1))
                    .also(first.0.span, format_args!("{} here", first.1));
            }
            if widest.is_none_or(|(before, _)| before.end < range.end) {
                widest = Some((range, what));
            }
        }
        good
    }

    /// Reports a number inside one of the sorted ranges.
    fn in_ranges(
        &mut self,
        number: i64,
        span: Span,
        name: &str,
        ranges: &[(&NumberRange, &'static str)],
    ) {
        let after = ranges.partition_point(|(range, _)| i64::from(range.start) <= number);
        let Some((range, what)) = after.checked_sub(1).map(|at| ranges[at]) else {
            return;
        };
        if i64::from(range.end) >= number {
            self.found
                .report(
                    &rules::PROTO_RESERVED,
                    format_args!("the number {number} of `{}` is {what}", clip(name)),
                )
                .at(span, "used here")
                .also(range.span, format_args!("{what} here"));
        }
    }

    /// Reserved names with their places; reports those that stand twice.
    fn reserved_names(&mut self, reserved: &Reserved) -> HashMap<Box<str>, Span> {
        let mut names = HashMap::new();
        for name in &reserved.names {
            if let Some(first) = names.get(&name.node) {
                self.found
                    .report(
                        &rules::PROTO_RESERVED,
                        format_args!("the name `{}` is reserved twice", clip(&name.node)),
                    )
                    .at(name.span, "again here")
                    .also(*first, "first here");
                continue;
            }
            names.insert(name.node.clone(), name.span);
        }
        names
    }

    fn is_name_free(&mut self, name: &str, span: Span, names: &HashMap<Box<str>, Span>) {
        if let Some(reserved) = names.get(name) {
            self.found
                .report(
                    &rules::PROTO_RESERVED,
                    format_args!("the name `{}` is reserved", clip(name)),
                )
                .at(span, "used here")
                .also(*reserved, "reserved here");
        }
    }

    /// Reports fields that JSON cannot tell apart: as an error where JSON is promised, or where
    /// both names were chosen.
    fn json_names(&mut self, at: usize, body: Body<'a>, record: &Record) {
        let is_legacy = message_options(body.items).any(|option| {
            option
                .name
                .is(self.ast, "deprecated_legacy_json_field_conflicts")
                && self.ast.slice(option.value.span) == "true"
        });
        if is_legacy {
            return;
        }
        let is_promised = self.features(at).get(features::JSON_FORMAT) == features::ALLOW;
        for with_chosen in [false, true] {
            let is_any_chosen = record
                .fields
                .iter()
                .any(|field| field.json_name.written.is_some());
            if with_chosen && !is_any_chosen {
                return;
            }
            let mut seen: HashMap<String, (usize, bool)> = HashMap::new();
            for (index, field) in record.fields.iter().enumerate() {
                let default = names::json(&field.name.node);
                let is_chosen = with_chosen
                    && field.json_name.written.is_some()
                    && *field.json_name.name != *default;
                let name = match is_chosen {
                    true => field.json_name.name.to_string(),
                    false => default,
                };
                let Some((first, was_chosen)) = seen.get(&name).copied() else {
                    seen.insert(name, (index, is_chosen));
                    continue;
                };
                if with_chosen && !is_chosen && !was_chosen {
                    continue;
                }
                let first = &record.fields[first];
                if first.name.node == field.name.node {
                    // That a name stands twice was said.
                    continue;
                }
                let severity = match is_promised || (is_chosen && was_chosen) {
                    true => Severity::Error,
                    false => Severity::Warning,
                };
                let span = field.json_name.written.filter(|_| is_chosen);
                let before = first.json_name.written.filter(|_| was_chosen);
                self.found
                    .report(
                        &rules::PROTO_JSON_NAME,
                        format_args!("two fields have the JSON name `{}`", clip(&name)),
                    )
                    .severity(severity)
                    .at(span.unwrap_or(field.name.span), "again here")
                    .also(before.unwrap_or(first.name.span), "first here")
                    .help("rename one, or give it another `json_name`");
            }
        }
    }

    // === enums ===

    /// What must hold inside an enum.
    pub(super) fn check_enum(
        &mut self,
        at: usize,
        decl: &'a Enum,
        values: &[EnumValue],
        reserved: &Reserved,
    ) {
        self.check_features_of(DeclKind::Enum(decl));
        let name = self.ast.ident(decl.name);
        let features = self.features(at);
        let is_open = features.get(features::ENUM_TYPE) != features::CLOSED;
        if is_open
            && let Some(first) = enum_values(decl).next()
            && first.number.value.is_some_and(|number| number != 0)
        {
            self.found
                .report(
                    &rules::PROTO_NUMBER,
                    format_args!("the first value of the open enum `{name}` must be zero"),
                )
                .at(first.number.span, "the value of an absent field")
                .help("put a value with the number 0 first");
        }
        let ranges = reserved.ranges.iter().map(|range| (range, "reserved"));
        let ranges = self.ranges(ranges.collect(), i32::MIN, i32::MAX);
        let names = self.reserved_names(reserved);
        for value in values {
            self.in_ranges(
                i64::from(value.number.node),
                value.number.span,
                &value.name.node,
                &ranges,
            );
            self.is_name_free(&value.name.node, value.name.span, &names);
        }
        self.aliases(decl, values);
        self.same_without_prefix(decl, values);
    }

    fn aliases(&mut self, decl: &Enum, values: &[EnumValue]) {
        let option = enum_options(decl).find(|option| option.name.is(self.ast, "allow_alias"));
        let is_allowed = option.filter(|option| self.ast.slice(option.value.span) == "true");
        let mut by_number: Vec<&EnumValue> = values.iter().collect();
        by_number.sort_by_key(|value| (value.number.node, value.number.span));
        let mut has_alias = false;
        for run in by_number.chunk_by(|l, r| l.number.node == r.number.node) {
            for again in &run[1..] {
                has_alias = true;
                if is_allowed.is_some() {
                    break;
                }
                self.found
                    .report(
                        &rules::PROTO_NUMBER,
                        format_args!(
                            "`{}` and `{}` have the number {}",
                            run[0].name.node, again.name.node, again.number.node
                        ),
                    )
                    .at(again.number.span, "again here")
                    .also(run[0].number.span, "first here")
                    .help("if both names are meant, write `option allow_alias = true;`");
            }
        }
        if let Some(option) = is_allowed
            && !has_alias
        {
            self.bad_option(
                option.span,
                "no two values share a number here",
                "so there is no alias to allow",
            );
        }
    }

    /// Reports values that languages without prefixes cannot tell apart.
    fn same_without_prefix(&mut self, decl: &Enum, values: &[EnumValue]) {
        let is_legacy = enum_options(decl).any(|option| {
            option
                .name
                .is(self.ast, "deprecated_legacy_json_field_conflicts")
                && self.ast.slice(option.value.span) == "true"
        });
        if is_legacy {
            return;
        }
        let name = self.ast.ident(decl.name);
        let mut seen: HashMap<String, &EnumValue> = HashMap::with_capacity(values.len());
        for value in values {
            let short = names::enum_value(name, &value.name.node);
            let Some(first) = seen.get(&short) else {
                seen.insert(short, value);
                continue;
            };
            if first.name.node == value.name.node || first.number.node == value.number.node {
                continue;
            }
            self.found
                .report(
                    &rules::PROTO_JSON_NAME,
                    format_args!(
                        "`{}` and `{}` are both `{short}` without the name of the enum",
                        first.name.node, value.name.node
                    ),
                )
                .at(value.name.span, "again here")
                .also(first.name.span, "first here")
                .help("rename one of them");
        }
    }
}

fn word(ast: &ProtoFile, ident: Ident) -> Named<'_> {
    (ast.ident(ident).into(), ident.span)
}

/// Values of an enum are names beside it, as in C++.
fn enum_names<'n>(ast: &'n ProtoFile, decl: &'n Enum, list: &mut Vec<Named<'n>>) {
    list.push(word(ast, decl.name));
    list.extend(enum_values(decl).map(|value| word(ast, value.name)));
}
