//! The closure of a shape as a JSON Schema document, as far as one value can reach it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::keywords::{Check, Constants, KEYWORD};
use crate::compat::contain::{Reading, Travel};
use crate::schema::{Constraint, Decimal, Json, Kinds, Property, ShapeId, Shapes, Use};

/// How what cannot be decided is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Assumed {
    Satisfied,
    Violated,
}

/// What of a document a value can reach.
#[derive(Debug)]
pub(super) struct Kept<'a> {
    /// Every name in it.
    names: BTreeSet<&'a str>,
    /// Every part of it that has no parts.
    leaves: BTreeSet<&'a Json>,
    /// Whether there is an item of a list anywhere.
    has_items: bool,
    /// Nesting of lists and objects.
    pub(super) depth: usize,
}

impl<'a> Kept<'a> {
    pub(super) fn of(value: &'a Json) -> Self {
        let mut kept = Kept {
            names: BTreeSet::new(),
            leaves: BTreeSet::new(),
            has_items: false,
            depth: 0,
        };
        let mut open = vec![(value, 1)];
        while let Some((value, depth)) = open.pop() {
            kept.depth = kept.depth.max(depth);
            match value {
                Json::Array(items) => {
                    kept.has_items |= !items.is_empty();
                    open.extend(items.iter().map(|item| (item, depth + 1)));
                }
                Json::Object(entries) => {
                    kept.names.extend(entries.keys().map(|name| &**name));
                    open.extend(entries.values().map(|value| (value, depth + 1)));
                }
                leaf => {
                    kept.leaves.insert(leaf);
                }
            }
        }
        kept
    }

    /// Whether a listed value may be a part of it, or one of its names.
    fn may_be(&self, listed: &Json) -> bool {
        match listed {
            Json::Array(_) | Json::Object(_) => true,
            Json::String(text) if self.names.contains(&**text) => true,
            leaf => self.leaves.contains(leaf),
        }
    }
}

/// A document that the validator takes.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) text: Value,
    /// The checks that it names by number.
    pub(super) constants: Constants,
    /// How many schemas it defines.
    pub(super) schemas: usize,
    /// Whether something in it cannot be decided.
    pub(super) has_doubts: bool,
}

/// Prints what `kept` can reach of a shape.
pub(super) fn document(
    (shapes, root): (&Shapes, ShapeId),
    travel: Travel,
    reading: Reading,
    assumed: Assumed,
    kept: &Kept<'_>,
) -> Document {
    let mut printer = Printer {
        shapes,
        travel,
        reading,
        assumed,
        kept,
        gone: BTreeMap::new(),
        numbers: BTreeMap::new(),
        open: Vec::new(),
        checks: Vec::new(),
        has_doubts: false,
    };
    let start = printer.outermost(root);
    let mut definitions = Map::new();
    while let Some((number, form)) = printer.open.pop() {
        let schema = match &form {
            Form::Outermost(shape) => printer.closed(*shape),
            Form::InPlace(shape, gone) => printer.schema(*shape, gone),
        };
        definitions.insert(number.to_string(), schema);
    }
    let schemas = definitions.len();
    let mut text = start;
    if let Value::Object(start) = &mut text {
        start.insert(
            "$schema".into(),
            "https://json-schema.org/draft/2020-12/schema".into(),
        );
        start.insert("$defs".into(), Value::Object(definitions));
    }
    Document {
        text,
        constants: printer.checks.into(),
        schemas,
        has_doubts: printer.has_doubts,
    }
}

/// Names that do not travel, of one object.
type Gone = Arc<BTreeSet<Box<str>>>;

/// One definition of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// The schema of a whole value, with the rest closed where the reading says so.
    Outermost(ShapeId),
    /// A schema that is applied to an object whose other schemas take these names out.
    InPlace(ShapeId, Gone),
}

struct Printer<'a> {
    shapes: &'a Shapes,
    travel: Travel,
    reading: Reading,
    assumed: Assumed,
    kept: &'a Kept<'a>,
    gone: BTreeMap<ShapeId, Gone>,
    numbers: BTreeMap<Form, usize>,
    open: Vec<(usize, Form)>,
    checks: Vec<Check>,
    has_doubts: bool,
}

impl Printer<'_> {
    /// A reference to the schema of a whole value.
    fn outermost(&mut self, shape: ShapeId) -> Value {
        if self.reading == Reading::Closed && closes(self.shapes, self.travel, shape) {
            return self.reference(Form::Outermost(shape));
        }
        let gone = self.gone(shape);
        self.reference(Form::InPlace(shape, gone))
    }

    fn reference(&mut self, form: Form) -> Value {
        let next = self.numbers.len();
        let number = *self.numbers.entry(form.clone()).or_insert(next);
        if number == next {
            self.open.push((number, form));
        }
        json!({ "$ref": format!("#/$defs/{number}") })
    }

    fn gone(&mut self, shape: ShapeId) -> Gone {
        if let Some(gone) = self.gone.get(&shape) {
            return Arc::clone(gone);
        }
        let names = in_place(self.shapes, &[shape])
            .into_iter()
            .flat_map(|shape| properties(self.shapes, shape))
            .filter(|property| !travels(property, self.travel))
            .map(|property| property.name.node.clone())
            .collect();
        let gone: Gone = Arc::new(names);
        self.gone.insert(shape, Arc::clone(&gone));
        gone
    }

    fn closed(&mut self, shape: ShapeId) -> Value {
        let gone = self.gone(shape);
        let inner = self.reference(Form::InPlace(shape, gone));
        json!({ "allOf": [inner], "unevaluatedProperties": false })
    }

    fn schema(&mut self, id: ShapeId, gone: &Gone) -> Value {
        let shape = self.shapes.get(id);
        let constraints = || shape.constraints.iter().map(|constraint| &constraint.node);
        let prefix = constraints()
            .find_map(|constraint| match constraint {
                Constraint::PrefixItems(items) => Some(items.len()),
                _ => None,
            })
            .unwrap_or_default();
        let mut out = Schema::default();
        if applies_itself(self.shapes, id) {
            // The validator would never come to an end.
            self.doubt(&mut out);
            return out.finish();
        }
        let mut names = Map::new();
        let mut patterns = Map::new();
        for constraint in constraints() {
            match constraint {
                Constraint::Never => out.put("not", json!({})),
                Constraint::Kinds(kinds) => print_kinds(*kinds, &mut out),
                Constraint::OneOfValues(values) => {
                    let values = values.iter().map(|value| &value.node);
                    let values = values.filter(|value| self.kept.may_be(value));
                    let values = values.cloned().collect();
                    self.check(Check::OneOf(values), &mut out);
                }
                Constraint::Minimum(bound) if bound.is_exclusive => {
                    self.check(Check::Above(bound.value), &mut out);
                }
                Constraint::Minimum(bound) => self.check(Check::Minimum(bound.value), &mut out),
                Constraint::Maximum(bound) if bound.is_exclusive => {
                    self.check(Check::Below(bound.value), &mut out);
                }
                Constraint::Maximum(bound) => self.check(Check::Maximum(bound.value), &mut out),
                Constraint::MultipleOf(unit) => self.check(Check::MultipleOf(*unit), &mut out),
                Constraint::MinLength(length) => out.put("minLength", json!(length)),
                Constraint::MaxLength(length) => out.put("maxLength", json!(length)),
                Constraint::Pattern(pattern) => match ecma(pattern) {
                    Some(pattern) => out.put("pattern", json!(pattern)),
                    None => self.doubt(&mut out),
                },
                Constraint::Format(name) => self.format(name, &mut out),
                Constraint::MinItems(count) => out.put("minItems", json!(count)),
                Constraint::MaxItems(count) => out.put("maxItems", json!(count)),
                Constraint::UniqueItems => out.put("uniqueItems", json!(true)),
                Constraint::PrefixItems(items) => {
                    let items = items.iter().map(|item| self.item(*item));
                    out.put("prefixItems", items.collect());
                }
                Constraint::Items(item) => {
                    let item = self.item(*item);
                    out.put("items", item);
                    if !out.main.contains_key("prefixItems") && prefix > 0 {
                        // Filled in by the list itself, which stands behind this one.
                        out.main
                            .insert("prefixItems".into(), vec![true; prefix].into());
                    }
                }
                Constraint::Contains { shape, min, max } => {
                    let mut group = Map::new();
                    group.insert("contains".into(), self.item(*shape));
                    group.insert("minContains".into(), json!(min));
                    if let Some(max) = max {
                        group.insert("maxContains".into(), json!(max));
                    }
                    out.put_group(group);
                }
                Constraint::MinProperties(count) => out.put("minProperties", json!(count)),
                Constraint::MaxProperties(count) => out.put("maxProperties", json!(count)),
                Constraint::Required(required) => {
                    let names = required.iter().map(|name| &*name.node);
                    let names = names.filter(|name| !gone.contains(*name));
                    out.put("required", names.collect::<Vec<_>>().into());
                }
                Constraint::Properties(properties) => {
                    let travel = self.travel;
                    for property in properties.iter().filter(|one| travels(one, travel)) {
                        // What is declared and nowhere in the value is as if it were not declared.
                        let name = &*property.name.node;
                        if self.kept.names.contains(name) {
                            let value = self.outermost(property.value.shape);
                            declare(&mut names, "properties", name, value, &mut out);
                        }
                    }
                }
                Constraint::PatternProperties(entries) => {
                    for (pattern, value) in entries {
                        let value = self.outermost(value.shape);
                        match ecma(&pattern.node) {
                            Some(text) => {
                                declare(&mut patterns, "patternProperties", &text, value, &mut out);
                            }
                            None => self.doubt(&mut out),
                        }
                    }
                }
                Constraint::AdditionalProperties(rest) => {
                    let rest = self.outermost(rest.shape);
                    out.put("additionalProperties", rest);
                }
                Constraint::PropertyNames(name) => {
                    let name = self.outermost(name.shape);
                    out.put("propertyNames", name);
                }
                Constraint::DependentRequired(entries) => {
                    let mut needs = Map::new();
                    for (name, needed) in entries {
                        let needed = needed.iter().map(|name| &*name.node);
                        let needed = needed.filter(|name| !gone.contains(*name));
                        needs.insert(name.node.to_string(), needed.collect::<Vec<_>>().into());
                    }
                    out.put("dependentRequired", Value::Object(needs));
                }
                Constraint::DependentSchemas(entries) => {
                    let mut needs = Map::new();
                    for (name, shape) in entries {
                        if self.kept.names.contains(&*name.node) {
                            needs.insert(name.node.to_string(), self.inside(*shape, gone));
                        }
                    }
                    out.put("dependentSchemas", Value::Object(needs));
                }
                Constraint::UnevaluatedProperties(rest) => {
                    let rest = self.outermost(rest.shape);
                    out.put("unevaluatedProperties", rest);
                }
                Constraint::UnevaluatedItems(rest) => {
                    let rest = self.item(*rest);
                    out.put("unevaluatedItems", rest);
                }
                Constraint::AllOf(branches) => {
                    let branches = self.all_inside(branches, gone);
                    out.branches.extend(branches);
                }
                Constraint::AnyOf(branches) => {
                    let branches = self.all_inside(branches, gone);
                    out.put("anyOf", branches.into());
                }
                Constraint::OneOf(branches) => {
                    let branches = self.all_inside(branches, gone);
                    out.put("oneOf", branches.into());
                }
                Constraint::Not(shape) => {
                    let shape = self.inside(*shape, gone);
                    out.put("not", shape);
                }
                Constraint::If {
                    test,
                    then,
                    otherwise,
                } => {
                    let mut group = Map::new();
                    group.insert("if".into(), self.inside(*test, gone));
                    if let Some(then) = then {
                        group.insert("then".into(), self.inside(*then, gone));
                    }
                    if let Some(otherwise) = otherwise {
                        group.insert("else".into(), self.inside(*otherwise, gone));
                    }
                    out.put_group(group);
                }
                Constraint::Opaque { .. } => self.doubt(&mut out),
            }
        }
        if !names.is_empty() {
            out.main.insert("properties".into(), Value::Object(names));
        }
        if !patterns.is_empty() {
            out.main
                .insert("patternProperties".into(), Value::Object(patterns));
        }
        out.finish()
    }

    fn inside(&mut self, place: Use, gone: &Gone) -> Value {
        self.reference(Form::InPlace(place.shape, Arc::clone(gone)))
    }

    fn all_inside(&mut self, places: &[Use], gone: &Gone) -> Vec<Value> {
        let places = places.iter();
        places.map(|place| self.inside(*place, gone)).collect()
    }

    fn item(&mut self, place: Use) -> Value {
        if self.kept.has_items {
            self.outermost(place.shape)
        } else {
            json!(true)
        }
    }

    fn check(&mut self, check: Check, out: &mut Schema) {
        let number = self.checks.len();
        self.checks.push(check);
        out.put(KEYWORD, json!(number));
    }

    fn doubt(&mut self, out: &mut Schema) {
        self.has_doubts = true;
        if self.assumed == Assumed::Violated {
            out.put("not", json!({}));
        }
    }

    fn format(&mut self, name: &str, out: &mut Schema) {
        if let Some((low, high)) = whole_format(name) {
            self.check(Check::Whole(low, high), out);
        } else if name == "char" {
            out.put("minLength", json!(1));
            out.put("maxLength", json!(1));
        } else if KNOWN_FORMATS.contains(&name) {
            out.put("format", json!(name));
        } else if !FREE_FORMATS.contains(&name) {
            self.doubt(out);
        }
    }
}

// === Keywords of one schema ===

/// A schema that is being written. A keyword that stands there already goes into a branch of `allOf`,
/// which says the same.
#[derive(Default)]
struct Schema {
    main: Map<String, Value>,
    branches: Vec<Value>,
}

impl Schema {
    fn put(&mut self, keyword: &str, value: Value) {
        let mut group = Map::new();
        group.insert(keyword.into(), value);
        self.put_group(group);
    }

    fn put_group(&mut self, group: Map<String, Value>) {
        if group.keys().any(|keyword| self.main.contains_key(keyword)) {
            self.branches.push(Value::Object(group));
        } else {
            self.main.extend(group);
        }
    }

    fn finish(mut self) -> Value {
        if !self.branches.is_empty() {
            self.main.insert("allOf".into(), self.branches.into());
        }
        Value::Object(self.main)
    }
}

/// Declares a name or pattern; one that is declared twice satisfies both.
fn declare(
    entries: &mut Map<String, Value>,
    keyword: &str,
    name: &str,
    value: Value,
    out: &mut Schema,
) {
    if entries.contains_key(name) {
        out.branches.push(json!({ keyword: { name: value } }));
    } else {
        entries.insert(name.to_owned(), value);
    }
}

fn print_kinds(kinds: Kinds, out: &mut Schema) {
    if kinds == Kinds::ALL {
        return;
    }
    if kinds.is_empty() {
        out.put("not", json!({}));
        return;
    }
    let words = [
        (Kinds::NULL, "null"),
        (Kinds::BOOL, "boolean"),
        (Kinds::STRING, "string"),
        (Kinds::ARRAY, "array"),
        (Kinds::OBJECT, "object"),
        (Kinds::INTEGER, "integer"),
        (Kinds::FRACTION, "number"),
    ];
    let held = words.iter().filter(|(kind, _)| kinds.holds(*kind));
    out.put("type", held.map(|(_, word)| *word).collect());
    if kinds.holds(Kinds::FRACTION) && !kinds.holds(Kinds::INTEGER) {
        out.put("not", json!({ "type": "integer" }));
    }
}

/// The pattern, when the validator can read it.
fn ecma(pattern: &str) -> Option<String> {
    // Without the `u` flag `[^]` is any character and `[]` none.
    let pattern = pattern.replace("[^]", r"[\s\S]");
    let schema = json!({ "pattern": pattern });
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    options.build(&schema).is_ok().then_some(pattern)
}

// === Formats ===

/// Formats that the validator decides.
const KNOWN_FORMATS: [&str; 18] = [
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Formats that refuse no value.
const FREE_FORMATS: [&str; 7] = [
    "float",
    "double",
    "decimal",
    "password",
    "binary",
    "html",
    "commonmark",
];

/// The ends of a format of whole numbers.
fn whole_format(name: &str) -> Option<(Decimal, Decimal)> {
    let ends = match name {
        "int8" => (i128::from(i8::MIN), i128::from(i8::MAX)),
        "int16" => (i128::from(i16::MIN), i128::from(i16::MAX)),
        "int32" => (i128::from(i32::MIN), i128::from(i32::MAX)),
        "int64" => (i128::from(i64::MIN), i128::from(i64::MAX)),
        "uint8" => (0, i128::from(u8::MAX)),
        "uint16" => (0, i128::from(u16::MAX)),
        "uint32" => (0, i128::from(u32::MAX)),
        "uint64" => (0, i128::from(u64::MAX)),
        "double-int" => (-((1 << 53) - 1), (1 << 53) - 1),
        _ => return None,
    };
    Some((Decimal::new(ends.0, 0), Decimal::new(ends.1, 0)))
}

// === Shapes that apply to one object ===

/// The shapes that apply in place, those given included, each once.
pub(super) fn in_place(shapes: &Shapes, roots: &[ShapeId]) -> Vec<ShapeId> {
    let mut found: Vec<ShapeId> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = roots.to_vec();
    while let Some(shape) = open.pop() {
        if seen.insert(shape) {
            found.push(shape);
            open.extend(applied(shapes, shape));
        }
    }
    found
}

/// Whether a shape applies itself to the same value, so that there is no telling what it accepts.
fn applies_itself(shapes: &Shapes, shape: ShapeId) -> bool {
    let inner = applied(shapes, shape);
    !inner.is_empty() && in_place(shapes, &inner).contains(&shape)
}

/// The shapes that a shape applies to the same value by its own words.
fn applied(shapes: &Shapes, shape: ShapeId) -> Vec<ShapeId> {
    let mut inner = Vec::new();
    for constraint in &shapes.get(shape).constraints {
        match &constraint.node {
            Constraint::AllOf(branches)
            | Constraint::AnyOf(branches)
            | Constraint::OneOf(branches) => {
                inner.extend(branches.iter().map(|branch| branch.shape));
            }
            Constraint::Not(branch) => inner.push(branch.shape),
            Constraint::If {
                test,
                then,
                otherwise,
            } => {
                let branches = [Some(test), then.as_ref(), otherwise.as_ref()];
                inner.extend(branches.into_iter().flatten().map(|branch| branch.shape));
            }
            Constraint::DependentSchemas(entries) => {
                inner.extend(entries.iter().map(|(_, branch)| branch.shape));
            }
            _ => {}
        }
    }
    inner
}

fn properties(shapes: &Shapes, shape: ShapeId) -> impl Iterator<Item = &Property> {
    let constraints = shapes.get(shape).constraints.iter();
    constraints.flat_map(|constraint| match &constraint.node {
        Constraint::Properties(properties) => properties.iter(),
        _ => [].iter(),
    })
}

/// Whether a property is sent in this direction.
pub(super) fn travels(property: &Property, travel: Travel) -> bool {
    match travel {
        Travel::Request => !property.is_read_only,
        Travel::Response => !property.is_write_only,
        Travel::Plain => true,
    }
}

/// Whether the closed reading closes the shape of a whole value.
fn closes(shapes: &Shapes, travel: Travel, root: ShapeId) -> bool {
    let mut declares = false;
    for shape in in_place(shapes, &[root]) {
        for constraint in &shapes.get(shape).constraints {
            match &constraint.node {
                Constraint::AdditionalProperties(_) | Constraint::UnevaluatedProperties(_) => {
                    return false;
                }
                Constraint::Properties(properties) => {
                    declares |= properties.iter().any(|one| travels(one, travel));
                }
                Constraint::PatternProperties(entries) => declares |= !entries.is_empty(),
                _ => {}
            }
        }
    }
    declares
}
