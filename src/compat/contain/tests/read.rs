//! Shapes from JSON Schema text, for tests only: no diagnostics, `$ref` to `#/$defs/NAME` or `#`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::schema::{
    Bound, Constraint, Decimal, Json, Kinds, Property, Shape, ShapeId, Shapes, Use,
};
use crate::text::{RelPath, Side, SourceMap, Span, Spanned};

/// The shapes of a text, and the outermost one.
pub(super) fn read(text: &str) -> (Shapes, ShapeId) {
    let value: Value = serde_json::from_str(text).expect("a test writes JSON");
    read_value(&value)
}

pub(super) fn read_value(value: &Value) -> (Shapes, ShapeId) {
    let mut sources = SourceMap::default();
    let path = RelPath::new("test.json").expect("a plain name is a path");
    let file = sources.add(path, Side::Old, "".into());
    let mut reader = Reader {
        shapes: Shapes { shapes: Vec::new() },
        span: Span::new(file, 0, 0),
        named: BTreeMap::new(),
    };
    let root = reader.room();
    reader.named.insert("#".into(), root);
    if let Some(Value::Object(defs)) = value.get("$defs") {
        for name in defs.keys() {
            let id = reader.room();
            reader.named.insert(format!("#/$defs/{name}"), id);
        }
        for (name, inner) in defs {
            let id = reader.named[&format!("#/$defs/{name}")];
            reader.fill(id, inner, Some(name));
        }
    }
    reader.fill(root, value, None);
    (reader.shapes, root)
}

/// A value from serde's.
pub(super) fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(number) => Json::Number(decimal(number)),
        Value::String(text) => Json::String(text.as_str().into()),
        Value::Array(items) => Json::Array(items.iter().map(json).collect()),
        Value::Object(entries) => Json::Object(
            entries
                .iter()
                .map(|(name, value)| (name.as_str().into(), json(value)))
                .collect(),
        ),
    }
}

fn decimal(number: &serde_json::Number) -> Decimal {
    Decimal::parse(&number.to_string()).expect("a test writes plain numbers")
}

struct Reader {
    shapes: Shapes,
    span: Span,
    named: BTreeMap<String, ShapeId>,
}

impl Reader {
    fn room(&mut self) -> ShapeId {
        let id = ShapeId(u32::try_from(self.shapes.shapes.len()).expect("few shapes"));
        self.shapes.shapes.push(Shape {
            span: self.span,
            name: None,
            constraints: Box::default(),
            notes: None,
        });
        id
    }

    fn used(&mut self, value: &Value) -> Use {
        if let Some(Value::String(to)) = value.get("$ref")
            && value.as_object().is_some_and(|entries| entries.len() == 1)
        {
            return Use {
                shape: self.named[to],
                at: self.span,
            };
        }
        let shape = self.room();
        self.fill(shape, value, None);
        Use {
            shape,
            at: self.span,
        }
    }

    fn uses(&mut self, value: &Value) -> Box<[Use]> {
        let list = value.as_array().expect("a list of schemas");
        list.iter().map(|one| self.used(one)).collect()
    }

    fn rows(&mut self, value: &Value) -> Box<[(Spanned<Box<str>>, Use)]> {
        let entries = value.as_object().expect("schemas by name");
        entries
            .iter()
            .map(|(name, one)| (self.text(name), self.used(one)))
            .collect()
    }

    fn text(&self, text: &str) -> Spanned<Box<str>> {
        Spanned::new(text.into(), self.span)
    }

    fn texts(&self, value: &Value) -> Box<[Spanned<Box<str>>]> {
        let list = value.as_array().expect("a list of names");
        list.iter()
            .map(|name| self.text(name.as_str().expect("a name")))
            .collect()
    }

    fn fill(&mut self, id: ShapeId, value: &Value, name: Option<&str>) {
        let mut constraints = Vec::new();
        match value {
            Value::Bool(true) => {}
            Value::Bool(false) => constraints.push(Constraint::Never),
            Value::Object(entries) => {
                for (keyword, inner) in entries {
                    self.keyword(keyword, inner, entries, &mut constraints);
                }
            }
            _ => panic!("no schema: {value}"),
        }
        let span = self.span;
        let shape = &mut self.shapes.shapes[id.0 as usize];
        shape.name = name.map(Box::from);
        shape.constraints = constraints
            .into_iter()
            .map(|constraint| Spanned::new(constraint, span))
            .collect();
    }

    fn keyword(
        &mut self,
        keyword: &str,
        value: &Value,
        beside: &serde_json::Map<String, Value>,
        to: &mut Vec<Constraint>,
    ) {
        let count = || value.as_u64().expect("a count");
        let bound = |is_exclusive| match value {
            Value::Number(number) => Bound {
                value: decimal(number),
                is_exclusive,
            },
            _ => panic!("no number: {value}"),
        };
        to.push(match keyword {
            "$defs" | "readOnly" | "writeOnly" | "minContains" | "maxContains" | "then"
            | "else" | "title" => return,
            "$ref" => Constraint::AllOf(Box::new([self.used(&serde_json::json!({"$ref": value}))])),
            "type" => {
                let names = match value {
                    Value::Array(names) => names.clone(),
                    one => vec![one.clone()],
                };
                let kinds = names.iter().map(|name| match name.as_str() {
                    Some("null") => Kinds::NULL,
                    Some("boolean") => Kinds::BOOL,
                    Some("integer") => Kinds::INTEGER,
                    Some("number") => Kinds::NUMBER,
                    Some("string") => Kinds::STRING,
                    Some("array") => Kinds::ARRAY,
                    Some("object") => Kinds::OBJECT,
                    _ => panic!("no type: {name}"),
                });
                Constraint::Kinds(kinds.fold(Kinds(0), Kinds::with))
            }
            "enum" => {
                let list = value.as_array().expect("a list of values");
                let list = list.iter().map(|one| Spanned::new(json(one), self.span));
                Constraint::OneOfValues(list.collect())
            }
            "const" => Constraint::OneOfValues(Box::new([Spanned::new(json(value), self.span)])),
            "minimum" => Constraint::Minimum(bound(false)),
            "exclusiveMinimum" => Constraint::Minimum(bound(true)),
            "maximum" => Constraint::Maximum(bound(false)),
            "exclusiveMaximum" => Constraint::Maximum(bound(true)),
            "multipleOf" => Constraint::MultipleOf(bound(false).value),
            "minLength" => Constraint::MinLength(count()),
            "maxLength" => Constraint::MaxLength(count()),
            "pattern" => Constraint::Pattern(value.as_str().expect("a pattern").into()),
            "format" => Constraint::Format(value.as_str().expect("a format").into()),
            "minItems" => Constraint::MinItems(count()),
            "maxItems" => Constraint::MaxItems(count()),
            "uniqueItems" if value.as_bool() == Some(true) => Constraint::UniqueItems,
            "uniqueItems" => return,
            "prefixItems" => Constraint::PrefixItems(self.uses(value)),
            "items" => Constraint::Items(self.used(value)),
            "contains" => Constraint::Contains {
                shape: self.used(value),
                min: beside
                    .get("minContains")
                    .and_then(Value::as_u64)
                    .unwrap_or(1),
                max: beside.get("maxContains").and_then(Value::as_u64),
            },
            "minProperties" => Constraint::MinProperties(count()),
            "maxProperties" => Constraint::MaxProperties(count()),
            "required" => Constraint::Required(self.texts(value)),
            "properties" => {
                let entries = value.as_object().expect("schemas by name");
                let rows = entries.iter().map(|(name, one)| {
                    let flag = |name| one.get(name).and_then(Value::as_bool) == Some(true);
                    Property {
                        name: self.text(name),
                        value: self.used(one),
                        is_read_only: flag("readOnly"),
                        is_write_only: flag("writeOnly"),
                    }
                });
                Constraint::Properties(rows.collect())
            }
            "patternProperties" => Constraint::PatternProperties(self.rows(value)),
            "additionalProperties" => Constraint::AdditionalProperties(self.used(value)),
            "propertyNames" => Constraint::PropertyNames(self.used(value)),
            "dependentRequired" => {
                let entries = value.as_object().expect("names by name");
                let rows = entries
                    .iter()
                    .map(|(name, needed)| (self.text(name), self.texts(needed)));
                Constraint::DependentRequired(rows.collect())
            }
            "dependentSchemas" => Constraint::DependentSchemas(self.rows(value)),
            "unevaluatedProperties" => Constraint::UnevaluatedProperties(self.used(value)),
            "unevaluatedItems" => Constraint::UnevaluatedItems(self.used(value)),
            "allOf" => Constraint::AllOf(self.uses(value)),
            "anyOf" => Constraint::AnyOf(self.uses(value)),
            "oneOf" => Constraint::OneOf(self.uses(value)),
            "not" => Constraint::Not(self.used(value)),
            "if" => Constraint::If {
                test: self.used(value),
                then: beside.get("then").map(|one| self.used(one)),
                otherwise: beside.get("else").map(|one| self.used(one)),
            },
            "x-opaque" => Constraint::Opaque {
                keyword: "x-opaque".into(),
                text: value.to_string().into(),
                why: "nobody can decide it",
            },
            _ => panic!("no keyword of tests: {keyword}"),
        });
    }
}
