//! Schemas to shapes, keyword by keyword.

use std::collections::BTreeSet;

use super::dialect::{Dialect, Keyword, format_kinds};
use super::reader::{Reader, Todo, bare_reference, is_true};
use super::values::{NoValue, count, number};
use crate::ingest::grammar::{Role, Shape, Version};
use crate::ingest::lookup::{Place, nearest};
use crate::ingest::walk::MAX_REF_STEPS;
use crate::schema::{Bound, Constraint, Decimal, Kinds, Property, Use};
use crate::syntax::{Key, Kind, Value};
use crate::text::Spanned;

const WHOLE: &str = "a whole number of at least 0";
const MALFORMED: &str = "its dialect does not know such a value";
const NOWHERE: &str = "it leads nowhere";
const NO_SCHEMA: &str = "it is no schema";
const TOO_PRECISE: &str = "a number in it has more digits than are read exactly";

/// The names of the kinds of values.
const TYPES: [(&str, Kinds); 7] = [
    ("null", Kinds::NULL),
    ("boolean", Kinds::BOOL),
    ("integer", Kinds::INTEGER),
    ("number", Kinds::NUMBER),
    ("string", Kinds::STRING),
    ("array", Kinds::ARRAY),
    ("object", Kinds::OBJECT),
];

/// Names of schemas that a reference was to lead to.
struct NoNames;

/// A schema that is being read.
#[derive(Clone, Copy)]
pub(super) struct Schema<'t> {
    pub(super) place: Place<'t>,
    pub(super) dialect: Dialect,
}

impl<'t> Schema<'t> {
    fn get(self, key: &str) -> Option<Value<'t>> {
        self.place.value.get(key)
    }
}

impl<'t> Reader<'t, '_> {
    /// Reads every schema in the queue, and all that they lead to.
    pub(super) fn drain(&mut self) {
        while let Some(Todo { place, dialect, id }) = self.queue.pop() {
            let schema = Schema { place, dialect };
            let mut out: Vec<Spanned<Constraint>> = Vec::new();
            let mut has_notes = false;
            match place.value.kind() {
                Kind::Mapping if bare_reference(place.value, dialect).is_some() => {
                    if let Some((key, reference)) = place.value.get_entry("$ref") {
                        out.push(self.dead_end(schema, key, reference));
                    }
                }
                Kind::Mapping => {
                    for (key, value) in place.value.entries() {
                        match dialect.keyword(key.text) {
                            Some(Keyword::Note) => has_notes = true,
                            Some(keyword) => self.constraint(schema, keyword, key, value, &mut out),
                            None => {}
                        }
                        has_notes |= key.text == "format";
                    }
                }
                Kind::Bool(false) => {
                    out.push(Spanned::new(Constraint::Never, place.value.span()));
                }
                Kind::Bool(true) => {}
                // The walk reported it.
                _ => {
                    let made = Constraint::Opaque {
                        keyword: "schema".into(),
                        text: self.budget.compact(place.value).into(),
                        why: NO_SCHEMA,
                    };
                    out.push(Spanned::new(made, place.value.span()));
                }
            }
            let notes = if has_notes {
                self.notes(schema, id)
            } else {
                None
            };
            let shape = &mut self.shapes[id.0 as usize];
            shape.constraints = out.into();
            shape.notes = notes.map(Box::new);
        }
    }

    // === the parts of a schema ===

    fn part(&mut self, schema: Schema<'t>, value: Value<'t>) -> Use {
        if matches!(value.kind(), Kind::Bool(_)) && !schema.dialect.has_booleans() {
            let headline = "a schema must be a mapping in this dialect, found a boolean";
            if let Some(draft) = self.report(self.invalid_schema(), headline) {
                draft
                    .at(value.span(), "no schema")
                    .help("write `{}` for `true` and `{not: {}}` for `false`");
            }
        }
        self.rest(schema, value)
    }

    /// A part that may be a boolean in every dialect.
    fn rest(&mut self, schema: Schema<'t>, value: Value<'t>) -> Use {
        let place = Place {
            value,
            ..schema.place
        };
        self.using(place, schema.dialect)
    }

    fn parts(&mut self, schema: Schema<'t>, list: Value<'t>) -> Box<[Use]> {
        list.items().map(|item| self.part(schema, item)).collect()
    }

    fn parts_by_name(
        &mut self,
        schema: Schema<'t>,
        names: Value<'t>,
    ) -> Result<Box<[(Spanned<Box<str>>, Use)]>, NoNames> {
        let mut list = Vec::new();
        let mut at = Schema {
            place: Place {
                value: names,
                ..schema.place
            },
            ..schema
        };
        // A reference may stand for all names that are not written, which the walk reported.
        let mut seen: Option<BTreeSet<&str>> = None;
        for _ in 0..=MAX_REF_STEPS {
            let reference = at
                .place
                .value
                .get("$ref")
                .filter(|to| to.as_str().is_some());
            if reference.is_some() {
                seen.get_or_insert_default();
            }
            for (name, value) in at.place.value.entries() {
                let is_reference = name.text == "$ref" && reference.is_some();
                let is_new = seen.as_mut().is_none_or(|seen| seen.insert(name.text));
                if !is_reference && is_new {
                    let used = self.part(at, value);
                    list.push((self.copy(name.text, name.span), used));
                }
            }
            let Some(reference) = reference else {
                return Ok(list.into());
            };
            let next = self.follow(at.place, at.dialect, reference);
            let Some((place, dialect, _)) = next.filter(|(place, ..)| place.value.is_mapping())
            else {
                return Err(NoNames);
            };
            at = Schema { place, dialect };
        }
        Err(NoNames)
    }

    /// The same as a constraint, and what cannot be decided in the place of names that are nowhere.
    fn named_parts(
        &mut self,
        schema: Schema<'t>,
        key: Key<'t>,
        value: Value<'t>,
        make: impl FnOnce(Box<[(Spanned<Box<str>>, Use)]>) -> Constraint,
    ) -> Option<Constraint> {
        match self.parts_by_name(schema, value) {
            Ok(list) => (!list.is_empty()).then(|| make(list)),
            Err(NoNames) => Some(self.opaque(key, value, NOWHERE)),
        }
    }

    fn names(&mut self, key: Key<'t>, list: Value<'t>) -> Option<Box<[Spanned<Box<str>>]>> {
        let mut names = Vec::new();
        let mut seen = BTreeSet::new();
        for item in list.items() {
            let Some(text) = item.as_str() else {
                self.bad(key, list, "a list of texts", "");
                return None;
            };
            if seen.insert(text) {
                names.push(self.copy(text, item.text_span()));
            }
        }
        Some(names.into())
    }

    // === constraints ===

    fn constraint(
        &mut self,
        schema: Schema<'t>,
        keyword: Keyword,
        key: Key<'t>,
        value: Value<'t>,
        out: &mut Vec<Spanned<Constraint>>,
    ) {
        if !is_built(key, value) {
            // The walk reported it.
            let span = self.pair(schema.place.doc, key, value);
            let made = self.opaque(key, value, MALFORMED);
            out.push(Spanned::new(made, span));
            return;
        }
        let faults = self.faults;
        let mut made = match keyword {
            Keyword::Ref => return self.reference(schema, key, value, out),
            Keyword::DynamicRef => return self.dynamic_reference(schema, key, value, out),
            Keyword::RecursiveRef => return self.recursive_reference(schema, key, value, out),
            Keyword::Items => self.items(schema, key, value, out),
            Keyword::Dependencies => self.dependencies(schema, key, value, out),
            Keyword::Type => self.kinds(schema, key, value).map(Constraint::Kinds),
            Keyword::Enum => self.enumeration(key, value),
            Keyword::Const => Some(self.values(key, value, [value])),
            Keyword::Minimum => self.bound(schema, key, value, Constraint::Minimum),
            Keyword::Maximum => self.bound(schema, key, value, Constraint::Maximum),
            Keyword::ExclusiveMinimum => self.exclusive(schema, key, value, Constraint::Minimum),
            Keyword::ExclusiveMaximum => self.exclusive(schema, key, value, Constraint::Maximum),
            Keyword::MultipleOf => self.multiple(key, value),
            Keyword::MinLength => self.count(key, value).map(Constraint::MinLength),
            Keyword::MaxLength => self.count(key, value).map(Constraint::MaxLength),
            Keyword::MinItems => self.count(key, value).map(Constraint::MinItems),
            Keyword::MaxItems => self.count(key, value).map(Constraint::MaxItems),
            Keyword::MinProperties => self.count(key, value).map(Constraint::MinProperties),
            Keyword::MaxProperties => self.count(key, value).map(Constraint::MaxProperties),
            Keyword::Pattern => self.text(key, value).map(Constraint::Pattern),
            Keyword::Format => self.format(schema, key, value),
            Keyword::UniqueItems => match value.kind() {
                Kind::Bool(flag) => flag.then_some(Constraint::UniqueItems),
                _ => self.no_constraint(key, value, "`true` or `false`"),
            },
            Keyword::PrefixItems => {
                (value.len() > 0).then(|| Constraint::PrefixItems(self.parts(schema, value)))
            }
            Keyword::Contains => Some(self.contains(schema, value)),
            Keyword::Required => self.required(key, value),
            Keyword::Properties => self.named_parts(schema, key, value, properties),
            Keyword::PatternProperties => {
                self.named_parts(schema, key, value, Constraint::PatternProperties)
            }
            Keyword::AdditionalProperties => {
                Some(Constraint::AdditionalProperties(self.rest(schema, value)))
            }
            Keyword::PropertyNames => Some(Constraint::PropertyNames(self.part(schema, value))),
            Keyword::DependentRequired => self.dependent_required(key, value),
            Keyword::DependentSchemas => {
                self.named_parts(schema, key, value, Constraint::DependentSchemas)
            }
            Keyword::UnevaluatedProperties => {
                Some(Constraint::UnevaluatedProperties(self.part(schema, value)))
            }
            Keyword::UnevaluatedItems
                if schema.dialect == Dialect::Draft2019 && schema.get("contains").is_some() =>
            {
                let why = "in this dialect `contains` leaves items unevaluated";
                Some(self.opaque(key, value, why))
            }
            Keyword::UnevaluatedItems => {
                Some(Constraint::UnevaluatedItems(self.part(schema, value)))
            }
            Keyword::AllOf => {
                let list = self.parts(schema, value);
                (!list.is_empty()).then_some(Constraint::AllOf(list))
            }
            Keyword::AnyOf => self.choice(schema, key, value, Constraint::AnyOf),
            Keyword::OneOf => self.choice(schema, key, value, Constraint::OneOf),
            Keyword::Not => Some(Constraint::Not(self.part(schema, value))),
            Keyword::If => self.condition(schema, value),
            Keyword::Note => None,
        };
        if self.faults > faults && !is_harmless(schema, keyword, value) {
            made = Some(self.opaque(key, value, MALFORMED));
        }
        if let Some(made) = made {
            let span = self.pair(schema.place.doc, key, value);
            out.push(Spanned::new(made, span));
        }
    }

    fn no_constraint(
        &mut self,
        key: Key<'t>,
        value: Value<'t>,
        expected: &str,
    ) -> Option<Constraint> {
        self.bad(key, value, expected, "");
        None
    }

    /// Something that cannot be decided.
    pub(super) fn opaque(
        &mut self,
        key: Key<'t>,
        value: Value<'t>,
        why: &'static str,
    ) -> Constraint {
        Constraint::Opaque {
            keyword: self.budget.copy(key.text),
            text: self.budget.compact(value).into(),
            why,
        }
    }

    fn count(&mut self, key: Key<'t>, value: Value<'t>) -> Option<u64> {
        let count = count(value);
        if count.is_none() {
            self.bad(key, value, WHOLE, "");
        }
        count
    }

    fn text(&mut self, key: Key<'t>, value: Value<'t>) -> Option<Box<str>> {
        match value.as_str() {
            Some(text) => Some(self.budget.copy(text)),
            None => {
                self.bad(key, value, "a text", "");
                None
            }
        }
    }

    fn kinds(&mut self, schema: Schema<'t>, key: Key<'t>, value: Value<'t>) -> Option<Kinds> {
        let is_old = schema.dialect == Dialect::OpenApi30;
        let mut kinds = Kinds(0);
        if value.is_sequence() && !is_old {
            if value.len() == 0 {
                self.bad(key, value, "a type or a list of types", "");
                return None;
            }
            for item in value.items() {
                kinds = kinds.with(self.kind(schema, key, item)?);
            }
            return Some(kinds);
        }
        if value.is_sequence() {
            self.bad(
                key,
                value,
                "one type",
                "write `nullable: true` beside the type, or raise the document to OpenAPI 3.1",
            );
            return None;
        }
        kinds = self.kind(schema, key, value)?;
        if is_old && is_true(schema.place.value, "nullable") {
            kinds = kinds.with(Kinds::NULL);
        }
        Some(kinds)
    }

    fn kind(&mut self, schema: Schema<'t>, key: Key<'t>, value: Value<'t>) -> Option<Kinds> {
        let is_old = schema.dialect == Dialect::OpenApi30;
        let text = value.as_str().unwrap_or("");
        // A bare `null` in YAML is no text, and everybody knows what is meant.
        let text = if value.kind() == Kind::Null && !is_old && value.span().start < value.span().end
        {
            "null"
        } else {
            text
        };
        let known = TYPES.iter().skip(usize::from(is_old));
        if let Some((_, kinds)) = known.clone().find(|(name, _)| *name == text) {
            return Some(*kinds);
        }
        let near = nearest(text, known.map(|(name, _)| *name));
        let help = match near {
            Some(near) => format!("write `{near}`"),
            None if text == "null" => "write `nullable: true` beside another type".to_owned(),
            None => "types are `boolean`, `integer`, `number`, `string`, `array`, `object`".into(),
        };
        self.bad(key, value, "the name of a type", &help);
        None
    }

    fn enumeration(&mut self, key: Key<'t>, value: Value<'t>) -> Option<Constraint> {
        if !value.is_sequence() {
            return self.no_constraint(key, value, "a list of values");
        }
        Some(self.values(key, value, value.items()))
    }

    fn values(
        &mut self,
        key: Key<'t>,
        whole: Value<'t>,
        values: impl IntoIterator<Item = Value<'t>>,
    ) -> Constraint {
        let mut list = Vec::new();
        for value in values {
            match self.budget.json(value) {
                Ok(json) => list.push(Spanned::new(json, value.span())),
                Err(NoValue::Number) => return self.opaque(key, whole, TOO_PRECISE),
                // Reported at the end of everything.
                Err(NoValue::TooMuch) => break,
            }
        }
        Constraint::OneOfValues(list.into())
    }

    /// A number, or what stands in for one that cannot be read.
    fn number(&mut self, key: Key<'t>, value: Value<'t>) -> Option<Result<Decimal, Constraint>> {
        let Kind::Number(text) = value.kind() else {
            self.bad(key, value, "a number", "");
            return None;
        };
        Some(match number(text) {
            Some(number) => Ok(number),
            None => Err(self.opaque(key, value, TOO_PRECISE)),
        })
    }

    fn bound(
        &mut self,
        schema: Schema<'t>,
        key: Key<'t>,
        value: Value<'t>,
        make: impl FnOnce(Bound) -> Constraint,
    ) -> Option<Constraint> {
        let flag = match key.text {
            "minimum" => "exclusiveMinimum",
            _ => "exclusiveMaximum",
        };
        let is_exclusive =
            schema.dialect.has_exclusive_flags() && is_true(schema.place.value, flag);
        let made = self.number(key, value)?.map(|value| {
            make(Bound {
                value,
                is_exclusive,
            })
        });
        Some(made.unwrap_or_else(|opaque| opaque))
    }

    fn exclusive(
        &mut self,
        schema: Schema<'t>,
        key: Key<'t>,
        value: Value<'t>,
        make: impl FnOnce(Bound) -> Constraint,
    ) -> Option<Constraint> {
        let is_flag = matches!(value.kind(), Kind::Bool(_));
        if schema.dialect.has_exclusive_flags() {
            if !is_flag {
                let help = "write the end as `minimum` or `maximum` with `true` here";
                self.bad(key, value, "`true` or `false` in this dialect", help);
            }
            // It was read with the end that it belongs to.
            return None;
        }
        if is_flag {
            let help = "write the end itself here, in place of `minimum` or `maximum`";
            self.bad(key, value, "a number in this dialect", help);
            return None;
        }
        let made = self.number(key, value)?.map(|value| {
            make(Bound {
                value,
                is_exclusive: true,
            })
        });
        Some(made.unwrap_or_else(|opaque| opaque))
    }

    fn multiple(&mut self, key: Key<'t>, value: Value<'t>) -> Option<Constraint> {
        match self.number(key, value)? {
            Ok(number) if number > Decimal::ZERO => Some(Constraint::MultipleOf(number)),
            Ok(_) => self.no_constraint(key, value, "a number above 0"),
            Err(opaque) => Some(opaque),
        }
    }

    fn format(&mut self, schema: Schema<'t>, key: Key<'t>, value: Value<'t>) -> Option<Constraint> {
        let name = self.text(key, value)?;
        let refused = format_kinds(&name)?;
        // `type: string, format: int64` is how JSON carries large numbers: the format is about
        // numbers, of which there are none here.
        let Some(types) = schema.get("type") else {
            return Some(Constraint::Format(name));
        };
        let types: Vec<&str> = match types.as_str() {
            Some(text) => vec![text],
            None => types.items().filter_map(Value::as_str).collect(),
        };
        let allowed = TYPES.iter().filter(|(name, _)| types.contains(name));
        let allowed = allowed.fold(Kinds(0), |all, (_, kinds)| all.with(*kinds));
        (!allowed.and(refused).is_empty()).then_some(Constraint::Format(name))
    }

    fn contains(&mut self, schema: Schema<'t>, value: Value<'t>) -> Constraint {
        let mut end = |name: &str| {
            let (key, value) = schema.place.value.get_entry(name)?;
            (schema.dialect >= Dialect::Draft2019).then(|| self.count(key, value))?
        };
        let min = end("minContains").unwrap_or(1);
        let max = end("maxContains");
        Constraint::Contains {
            shape: self.part(schema, value),
            min,
            max,
        }
    }

    fn required(&mut self, key: Key<'t>, value: Value<'t>) -> Option<Constraint> {
        if !value.is_sequence() {
            let help = "list the names in the `required` of the object that has the property";
            self.bad(key, value, "a list of names", help);
            return None;
        }
        let names = self.names(key, value)?;
        (!names.is_empty()).then_some(Constraint::Required(names))
    }

    fn choice(
        &mut self,
        schema: Schema<'t>,
        key: Key<'t>,
        value: Value<'t>,
        make: impl FnOnce(Box<[Use]>) -> Constraint,
    ) -> Option<Constraint> {
        if !value.is_sequence() {
            // The walk reported it.
            return None;
        }
        if value.len() == 0 {
            return self.no_constraint(key, value, "a list of at least one schema");
        }
        Some(make(self.parts(schema, value)))
    }

    fn condition(&mut self, schema: Schema<'t>, value: Value<'t>) -> Option<Constraint> {
        let (then, otherwise) = (schema.get("then"), schema.get("else"));
        if then.is_none() && otherwise.is_none() {
            return None;
        }
        Some(Constraint::If {
            test: self.part(schema, value),
            then: then.map(|value| self.part(schema, value)),
            otherwise: otherwise.map(|value| self.part(schema, value)),
        })
    }

    fn items(
        &mut self,
        schema: Schema<'t>,
        key: Key<'t>,
        value: Value<'t>,
        out: &mut Vec<Spanned<Constraint>>,
    ) -> Option<Constraint> {
        let doc = schema.place.doc;
        if !value.is_sequence() {
            let items = if schema.dialect == Dialect::OpenApi30 {
                self.part(schema, value)
            } else {
                self.rest(schema, value)
            };
            return Some(Constraint::Items(items));
        }
        if !schema.dialect.has_item_lists() {
            let help = match schema.dialect {
                Dialect::OpenApi30 => "lists of fixed positions need OpenAPI 3.1",
                _ => "write the positions in `prefixItems`",
            };
            self.bad(key, value, "a schema in this dialect", help);
            return None;
        }
        if value.len() > 0 {
            let list = Constraint::PrefixItems(self.parts(schema, value));
            out.push(Spanned::new(list, self.pair(doc, key, value)));
        }
        let (key, more) = schema.place.value.get_entry("additionalItems")?;
        let span = self.pair(doc, key, more);
        let more = Constraint::Items(self.rest(schema, more));
        out.push(Spanned::new(more, span));
        None
    }

    fn dependent_required(&mut self, key: Key<'t>, value: Value<'t>) -> Option<Constraint> {
        if !value.is_mapping() {
            return self.no_constraint(key, value, "a mapping from names to lists of names");
        }
        let mut list = Vec::new();
        for (name, others) in value.entries() {
            if !others.is_sequence() {
                return self.no_constraint(name, others, "a list of names");
            }
            let others = self.names(name, others)?;
            list.push((self.copy(name.text, name.span), others));
        }
        (!list.is_empty()).then(|| Constraint::DependentRequired(list.into()))
    }

    fn dependencies(
        &mut self,
        schema: Schema<'t>,
        key: Key<'t>,
        value: Value<'t>,
        out: &mut Vec<Spanned<Constraint>>,
    ) -> Option<Constraint> {
        let mut required = Vec::new();
        let mut schemas = Vec::new();
        for (name, what) in value.entries() {
            if what.is_sequence() {
                let Some(others) = self.names(name, what) else {
                    continue;
                };
                required.push((self.copy(name.text, name.span), others));
            } else {
                let used = self.part(schema, what);
                schemas.push((self.copy(name.text, name.span), used));
            }
        }
        let span = self.pair(schema.place.doc, key, value);
        if !required.is_empty() {
            let required = Constraint::DependentRequired(required.into());
            out.push(Spanned::new(required, span));
        }
        if !schemas.is_empty() {
            let schemas = Constraint::DependentSchemas(schemas.into());
            out.push(Spanned::new(schemas, span));
        }
        None
    }
}

fn properties(list: Box<[(Spanned<Box<str>>, Use)]>) -> Constraint {
    let list = list.into_iter().map(|(name, value)| Property {
        name,
        value,
        is_read_only: false,
        is_write_only: false,
    });
    Constraint::Properties(list.collect())
}

/// Whether the value of a keyword is a list or a mapping where it must be one.
fn is_built(key: Key<'_>, value: Value<'_>) -> bool {
    match Role::Schema.child(key.text, Version::V3_1) {
        Some(Shape::List(_)) => value.is_sequence(),
        Some(Shape::Map(_) | Shape::MapOrNames(_)) => value.is_mapping(),
        Some(Shape::One(_) | Shape::OneOrList(_)) | None => true,
    }
}

/// Whether a value that its dialect does not know refuses nothing for all that: `false` never did as
/// a flag of an end, and `true` only beside one.
fn is_harmless(schema: Schema<'_>, keyword: Keyword, value: Value<'_>) -> bool {
    let end = match keyword {
        Keyword::ExclusiveMinimum => "minimum",
        Keyword::ExclusiveMaximum => "maximum",
        _ => return false,
    };
    match value.kind() {
        Kind::Bool(false) => true,
        Kind::Bool(true) => schema.get(end).is_none(),
        _ => false,
    }
}
