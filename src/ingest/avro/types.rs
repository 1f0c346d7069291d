//! The types of a schema, from the outside in and in the order of the writing.

use std::collections::BTreeMap;

use crate::diag::Diagnostics;
use crate::ingest::lookup::clip;
use crate::ingest::rules::INVALID_AVRO;
use crate::ingest::walk::found;
use crate::schema::{
    Datum, DatumField, DatumId, DatumKind, DatumName, Decimal, Json, Meaning, short,
};
use crate::syntax::{Kind, Value};
use crate::text::{Likeness, Span, Spanned, nearest};

/// Most types of one schema. YAML aliases repeat many for a few bytes.
const MAX_TYPES: usize = 50_000;

/// Types that have no name of their own, by the word for them.
static PRIMITIVES: [(&str, DatumKind); 8] = [
    ("null", DatumKind::Null),
    ("boolean", DatumKind::Bool),
    ("int", DatumKind::Int),
    ("long", DatumKind::Long),
    ("float", DatumKind::Float),
    ("double", DatumKind::Double),
    ("bytes", DatumKind::Bytes),
    ("string", DatumKind::Text),
];

/// Words for types that have parts.
const COMPOUND: [&str; 6] = ["record", "error", "enum", "array", "map", "fixed"];

/// A default that is to be looked at once all types are known.
pub(super) struct Given {
    /// What it must be a value of.
    pub(super) ty: DatumId,
    /// The value.
    pub(super) value: Spanned<Json>,
    /// The field that has it.
    pub(super) field: Box<str>,
}

/// Reads the types of one schema.
pub(super) struct Reader<'s> {
    sink: &'s mut Diagnostics,
    types: Vec<Datum>,
    /// Types by full name; absent while what was declared is no type.
    named: BTreeMap<Box<str>, (Option<DatumId>, Span)>,
    defaults: Vec<Given>,
    is_full: bool,
}

impl<'s> Reader<'s> {
    pub(super) fn new(sink: &'s mut Diagnostics) -> Self {
        Reader {
            sink,
            types: Vec::new(),
            named: BTreeMap::new(),
            defaults: Vec::new(),
            is_full: false,
        }
    }

    pub(super) fn finish(self) -> (Vec<Datum>, Vec<Given>) {
        (self.types, self.defaults)
    }

    /// The type that a value declares or names. `space` is the name space around it.
    pub(super) fn schema(&mut self, value: Value<'_>, space: &str) -> Option<DatumId> {
        match value.kind() {
            Kind::String(text) => self.word(text, value, value, space),
            Kind::Sequence => self.union(value, space),
            Kind::Mapping => self.declared(value, space),
            _ => {
                let headline = format!(
                    "a schema must be a name, a list or an object; found {}",
                    found(value)
                );
                self.problem(headline, value.span(), "no schema");
                None
            }
        }
    }

    fn problem(&mut self, headline: String, at: Span, label: &str) {
        self.sink.report(&INVALID_AVRO, headline).at(at, label);
    }

    fn helped(&mut self, headline: String, at: Span, label: &str, help: &str) {
        self.sink
            .report(&INVALID_AVRO, headline)
            .at(at, label)
            .help(help);
    }

    fn add(&mut self, span: Span, kind: DatumKind, meaning: Option<Meaning>) -> Option<DatumId> {
        if self.types.len() >= MAX_TYPES {
            if !std::mem::replace(&mut self.is_full, true) {
                self.problem(
                    format!("the schema has more than {MAX_TYPES} types"),
                    span,
                    "the first one too many",
                );
            }
            return None;
        }
        let id = DatumId(u32::try_from(self.types.len()).ok()?);
        self.types.push(Datum {
            span,
            kind,
            meaning,
        });
        Some(id)
    }

    /// A type by its word or name; `holder` is the object that says more about it, or the word.
    fn word(
        &mut self,
        text: &str,
        at: Value<'_>,
        holder: Value<'_>,
        space: &str,
    ) -> Option<DatumId> {
        let primitive = PRIMITIVES.iter().find(|(word, _)| *word == text);
        if let Some((_, kind)) = primitive {
            let meaning = self.meaning(holder, kind, None);
            return self.add(at.span(), kind.clone(), meaning);
        }
        let full = full_name(text, space);
        if let Some((id, _)) = self.named.get(&*full) {
            return *id;
        }
        let known = self.named.keys().map(|name| &**name);
        let words = PRIMITIVES.iter().map(|(word, _)| *word);
        let near = nearest(&full, known.clone(), &Likeness::GIVEN)
            .or_else(|| nearest(text, words.chain(COMPOUND), &Likeness::GIVEN))
            .map(str::to_owned);
        let elsewhere = known
            .clone()
            .find(|name| short(name) == short(text))
            .map(str::to_owned);
        let help = match elsewhere.or(near) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "declare it before it is used, here or in a field above".to_owned(),
        };
        let headline = format!("there is no type `{}`", clip(text));
        self.helped(headline, at.span(), "named here", &help);
        None
    }

    fn union(&mut self, value: Value<'_>, space: &str) -> Option<DatumId> {
        let mut branches: Vec<DatumId> = Vec::new();
        let mut is_whole = true;
        for item in value.items() {
            if item.is_sequence() {
                self.helped(
                    "a union must not hold a union".to_owned(),
                    item.span(),
                    "a union in a union",
                    "write its types into the outer list",
                );
                is_whole = false;
                continue;
            }
            let Some(id) = self.schema(item, space) else {
                is_whole = false;
                continue;
            };
            let key = |id: DatumId| {
                let kind = &self.types[id.0 as usize].kind;
                kind.name()
                    .map_or_else(|| kind.word().to_owned(), |name| name.full.to_string())
            };
            if let Some(first) = branches.iter().find(|other| key(**other) == key(id)) {
                let (name, at) = (key(id), self.types[first.0 as usize].span);
                self.sink
                    .report(&INVALID_AVRO, format_args!("a union holds `{name}` twice"))
                    .at(item.span(), "once more")
                    .also(at, "the first one")
                    .help("remove one, or give one of them a name of its own");
                is_whole = false;
            }
            branches.push(id);
        }
        if value.len() == 0 {
            self.helped(
                "a union has no types".to_owned(),
                value.span(),
                "empty",
                "name the types that a value may have",
            );
            return None;
        }
        if !is_whole {
            return None;
        }
        self.add(value.span(), DatumKind::Union(branches.into()), None)
    }

    fn declared(&mut self, value: Value<'_>, space: &str) -> Option<DatumId> {
        let Some(ty) = value.get("type") else {
            self.helped(
                "a schema has no `type`".to_owned(),
                place(value),
                "says nothing of its values",
                "add `\"type\"`, such as `\"record\"` or `\"string\"`",
            );
            return None;
        };
        let Some(word) = ty.as_str() else {
            // `{"type": {"type": "string"}}` is what stands inside.
            return self.schema(ty, space);
        };
        match word {
            "record" | "error" => self.record(value, space),
            "enum" => self.enumeration(value, space),
            "fixed" => self.fixed(value, space),
            "array" => {
                let items = self.part(value, "items", space)?;
                self.add(ty.span(), DatumKind::Array(items), None)
            }
            "map" => {
                let values = self.part(value, "values", space)?;
                self.add(ty.span(), DatumKind::Map(values), None)
            }
            word => self.word(word, ty, value, space),
        }
    }

    fn part(&mut self, value: Value<'_>, key: &str, space: &str) -> Option<DatumId> {
        match value.get(key) {
            Some(part) => self.schema(part, space),
            None => {
                let headline = format!("a schema has no `{key}`");
                let help = format!("add `\"{key}\"`, the schema of each of its values");
                self.helped(headline, place(value), "says nothing of its parts", &help);
                None
            }
        }
    }

    /// The name of a declaration and the name space within it. A name that is taken is reported.
    fn name(&mut self, value: Value<'_>, space: &str) -> Option<(DatumName, String)> {
        let Some(written) = value.get("name").filter(|name| name.as_str().is_some()) else {
            self.helped(
                "a record, enum or fixed has no `name`".to_owned(),
                value.get("name").map_or(place(value), Value::span),
                "nameless",
                "add `\"name\"`, such as `\"OrderPaid\"`",
            );
            return None;
        };
        let text = written.as_str()?;
        let span = written.text_span();
        let own_space = value.get("namespace").and_then(Value::as_str);
        let full: Box<str> = match text.contains('.') {
            true => text.into(),
            false => full_name(text, own_space.unwrap_or(space)),
        };
        let is_good = full.split('.').all(is_name);
        if !is_good {
            let headline = format!("`{}` is no name of a type", clip(&full));
            self.helped(
                headline,
                span,
                "",
                "write letters, digits and `_`, no digit first, with dots between the parts of a name space",
            );
            return None;
        }
        if PRIMITIVES.iter().any(|(word, _)| *word == &*full) {
            let headline = format!("`{full}` is the name of a type that every schema has");
            self.helped(headline, span, "taken", "choose another name");
            return None;
        }
        let inner = match full.rsplit_once('.') {
            Some((space, _)) => space.to_owned(),
            None => String::new(),
        };
        if let Some((_, first)) = self.named.get(&full) {
            let first = *first;
            self.sink
                .report(
                    &INVALID_AVRO,
                    format_args!("the type `{full}` is declared twice"),
                )
                .at(span, "once more")
                .also(first, "the first one")
                .help("name it where it is used again, without declaring it");
            return None;
        }
        let aliases = self.aliases(value, &inner);
        self.named.insert(full.clone(), (None, span));
        Some((
            DatumName {
                full,
                aliases,
                span,
            },
            inner,
        ))
    }

    fn aliases(&mut self, value: Value<'_>, space: &str) -> Box<[Box<str>]> {
        let mut out = Vec::new();
        for item in value.get("aliases").into_iter().flat_map(Value::items) {
            match item.as_str().filter(|text| text.split('.').all(is_name)) {
                Some(text) => out.push(full_name(text, space)),
                None => {
                    let headline = format!("an alias must be a name; found {}", found(item));
                    self.problem(headline, item.span(), "no name");
                }
            }
        }
        out.into()
    }

    fn record(&mut self, value: Value<'_>, space: &str) -> Option<DatumId> {
        let (name, inner) = self.name(value, space)?;
        let full = name.full.clone();
        let span = name.span;
        // Fields may be of the record itself, so it has its number before they have theirs.
        let id = self.add(
            span,
            DatumKind::Record {
                name,
                fields: Box::default(),
            },
            None,
        )?;
        self.named.insert(full.clone(), (Some(id), span));
        let Some(list) = value.get("fields").filter(|list| list.is_sequence()) else {
            let headline = format!("the record `{full}` has no list of `fields`");
            self.helped(headline, span, "", "add `\"fields\"`, which may be empty");
            return None;
        };
        let mut fields: Vec<DatumField> = Vec::new();
        for item in list.items() {
            let Some(field) = self.field(item, &inner) else {
                continue;
            };
            let first = fields
                .iter()
                .find(|other| other.name.node == field.name.node);
            if let Some(first) = first {
                self.sink
                    .report(
                        &INVALID_AVRO,
                        format_args!("`{full}` has the field `{}` twice", field.name.node),
                    )
                    .at(field.name.span, "once more")
                    .also(first.name.span, "the first one")
                    .help("remove or rename one");
            }
            fields.push(field);
        }
        if let DatumKind::Record { fields: own, .. } = &mut self.types[id.0 as usize].kind {
            *own = fields.into();
        }
        Some(id)
    }

    fn field(&mut self, value: Value<'_>, space: &str) -> Option<DatumField> {
        let name = value.get("name");
        let text = name.and_then(Value::as_str).filter(|text| is_name(text));
        let (Some(name), Some(text)) = (name, text) else {
            let at = name.map_or_else(|| place(value), Value::span);
            self.helped(
                "a field has no name that can be one".to_owned(),
                at,
                "nameless",
                "add `\"name\"`: letters, digits and `_`, no digit first",
            );
            return None;
        };
        let span = name.text_span();
        let Some(ty) = value.get("type") else {
            let headline = format!("the field `{text}` has no `type`");
            self.helped(headline, span, "", "add `\"type\"`");
            return None;
        };
        let ty = self.schema(ty, space)?;
        let default = match value.get("default") {
            Some(written) => match json(written) {
                Some(node) => Some(Spanned::new(node, written.span())),
                None => {
                    self.problem(
                        format!("the default of `{text}` holds a number that is too long"),
                        written.span(),
                        "is not read exactly",
                    );
                    None
                }
            },
            None => None,
        };
        if let Some(value) = &default {
            self.defaults.push(Given {
                ty,
                value: value.clone(),
                field: text.into(),
            });
        }
        let aliases = value.get("aliases").into_iter().flat_map(Value::items);
        Some(DatumField {
            name: Spanned::new(text.into(), span),
            aliases: aliases.filter_map(Value::as_str).map(Into::into).collect(),
            ty,
            default,
            span,
        })
    }

    fn enumeration(&mut self, value: Value<'_>, space: &str) -> Option<DatumId> {
        let (name, _) = self.name(value, space)?;
        let (full, span) = (name.full.clone(), name.span);
        let mut symbols: Vec<Spanned<Box<str>>> = Vec::new();
        let list = value.get("symbols").filter(|list| list.len() > 0);
        for item in list.into_iter().flat_map(Value::items) {
            let Some(text) = item.as_str().filter(|text| is_name(text)) else {
                let headline = format!("a symbol must be a name; found {}", found(item));
                self.problem(headline, item.span(), "no name");
                continue;
            };
            if let Some(first) = symbols.iter().find(|other| *other.node == *text) {
                let first = first.span;
                self.sink
                    .report(
                        &INVALID_AVRO,
                        format_args!("`{full}` has the symbol `{text}` twice"),
                    )
                    .at(item.span(), "once more")
                    .also(first, "the first one")
                    .help("remove one");
            }
            symbols.push(Spanned::new(text.into(), item.text_span()));
        }
        if symbols.is_empty() {
            let headline = format!("the enum `{full}` has no `symbols`");
            self.helped(headline, span, "", "add `\"symbols\"`, a list of names");
            return None;
        }
        let default = value.get("default").and_then(|written| {
            let text = written.as_str();
            let known = text.filter(|text| symbols.iter().any(|one| *one.node == **text));
            if known.is_none() {
                let headline = format!("the default of `{full}` is none of its symbols");
                self.helped(
                    headline,
                    written.span(),
                    "not listed",
                    "name a symbol of the enum",
                );
            }
            known.map(|text| Spanned::new(text.into(), written.text_span()))
        });
        let id = self.add(
            span,
            DatumKind::Enum {
                name,
                symbols: symbols.into(),
                default,
            },
            None,
        );
        self.named.insert(full, (id, span));
        id
    }

    fn fixed(&mut self, value: Value<'_>, space: &str) -> Option<DatumId> {
        let (name, _) = self.name(value, space)?;
        let (full, span) = (name.full.clone(), name.span);
        let written = value.get("size");
        let Some(size) = written.and_then(count) else {
            let headline = format!("the fixed `{full}` has no `size` in bytes");
            let at = written.map_or(span, Value::span);
            self.helped(headline, at, "", "write a whole number, such as `16`");
            return None;
        };
        let kind = DatumKind::Fixed { name, size };
        let meaning = self.meaning(value, &kind, Some(size));
        let id = self.add(span, kind, meaning);
        self.named.insert(full, (id, span));
        id
    }

    /// What an object says that values stand for. What makes no sense is nothing, as Avro has it.
    fn meaning(
        &mut self,
        value: Value<'_>,
        kind: &DatumKind,
        size: Option<u64>,
    ) -> Option<Meaning> {
        let word = value.get("logicalType")?.as_str()?;
        if word != "decimal" {
            return Some(Meaning::Other(word.into()));
        }
        let fits = matches!(kind, DatumKind::Bytes | DatumKind::Fixed { .. });
        let precision = value.get("precision").and_then(count)?;
        let scale = value.get("scale").map_or(Some(0), count)?;
        // Digits that so many bytes can hold.
        let most = size.map_or(u64::MAX, |size| {
            let bits = size.saturating_mul(8).saturating_sub(1);
            // log10(2) to eight digits, so that no large number is mistaken.
            bits.saturating_mul(30_103_000) / 100_000_000
        });
        let is_good = fits && precision > 0 && scale <= precision && precision <= most;
        is_good.then_some(Meaning::Decimal { precision, scale })
    }
}

/// Whether a text is one part of a name.
fn is_name(text: &str) -> bool {
    let mut chars = text.bytes();
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    chars.next().is_some_and(is_letter)
        && chars.all(|byte| is_letter(byte) || byte.is_ascii_digit())
}

/// A name within a name space.
fn full_name(text: &str, space: &str) -> Box<str> {
    if text.contains('.') || space.is_empty() {
        text.into()
    } else {
        format!("{space}.{text}").into()
    }
}

/// Where a value is pointed at: an object by its name, else by its first key.
pub(super) fn place(value: Value<'_>) -> Span {
    match value.get("name").filter(|name| name.as_str().is_some()) {
        Some(name) => name.text_span(),
        None => crate::ingest::walk::head(value),
    }
}

/// A whole number of at least zero.
fn count(value: Value<'_>) -> Option<u64> {
    match value.kind() {
        Kind::Number(text) => text.parse().ok(),
        _ => None,
    }
}

/// Data as a value; `None` when a number in it is not read exactly. Documents bound their depth.
fn json(value: Value<'_>) -> Option<Json> {
    Some(match value.kind() {
        Kind::Null => Json::Null,
        Kind::Bool(flag) => Json::Bool(flag),
        Kind::Number(text) => Json::Number(Decimal::parse(text)?),
        Kind::String(text) => Json::String(text.into()),
        Kind::Sequence => Json::Array(value.items().map(json).collect::<Option<_>>()?),
        Kind::Mapping => {
            let entries = value
                .entries()
                .map(|(key, value)| Some((key.text.into(), json(value)?)));
            Json::Object(entries.collect::<Option<_>>()?)
        }
    })
}
