//! Values against shapes, where a validator is easily wrong.

use serde_json::{Value, json};

use super::{Answer, Unconfirmed, accepts, confirm};
use crate::compat::contain::{Reading, Travel};
use crate::schema::{
    Bound, Constraint, Decimal, Json, Kinds, Property, Shape, ShapeId, Shapes, Use,
};
use crate::text::{RelPath, Side, SourceMap, Span, Spanned};

// === Shapes and values out of JSON ===

fn nowhere() -> Span {
    let path = RelPath::new("a.json").expect("a plain name");
    let file = SourceMap::default().add(path, Side::New, String::new().into());
    Span::new(file, 0, 0)
}

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, nowhere())
}

/// Exact numbers are written as texts that begin with `#`: `"#0.07"`.
fn value(text: &Value) -> Json {
    match text {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(number) => Json::Number(decimal(&number.to_string())),
        Value::String(text) => match text.strip_prefix('#') {
            Some(number) => Json::Number(decimal(number)),
            None => Json::String(text.as_str().into()),
        },
        Value::Array(items) => Json::Array(items.iter().map(value).collect()),
        Value::Object(entries) => Json::Object(
            entries
                .iter()
                .map(|(name, entry)| (name.as_str().into(), value(entry)))
                .collect(),
        ),
    }
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("the tests write numbers")
}

struct Build {
    shapes: Shapes,
    definitions: Vec<(String, ShapeId)>,
}

/// The shapes of a schema; `$ref` holds the bare name of one of `$defs`.
fn shapes(schema: &Value) -> (Shapes, ShapeId) {
    let mut build = Build {
        shapes: Shapes { shapes: Vec::new() },
        definitions: Vec::new(),
    };
    let empty = serde_json::Map::new();
    let definitions = schema["$defs"].as_object().unwrap_or(&empty);
    for name in definitions.keys() {
        let id = build.fresh();
        build.definitions.push((name.clone(), id));
    }
    for (at, definition) in definitions.values().enumerate() {
        let id = build.definitions[at].1;
        build.fill(id, definition);
    }
    let root = build.fresh();
    build.fill(root, schema);
    (build.shapes, root)
}

impl Build {
    fn fresh(&mut self) -> ShapeId {
        self.shapes.shapes.push(Shape {
            span: nowhere(),
            name: None,
            constraints: Box::default(),
            notes: None,
        });
        ShapeId(u32::try_from(self.shapes.shapes.len() - 1).expect("few shapes"))
    }

    fn part(&mut self, schema: &Value) -> Use {
        let shape = match schema["$ref"].as_str() {
            Some(name) => {
                let found = self.definitions.iter().find(|(known, _)| known == name);
                found.expect("the name is defined").1
            }
            None => {
                let id = self.fresh();
                self.fill(id, schema);
                id
            }
        };
        Use {
            shape,
            at: nowhere(),
        }
    }

    fn parts(&mut self, schemas: &Value) -> Box<[Use]> {
        let schemas = schemas.as_array().expect("a list");
        schemas.iter().map(|schema| self.part(schema)).collect()
    }

    fn fill(&mut self, id: ShapeId, schema: &Value) {
        let mut constraints = Vec::new();
        if schema == &json!(false) {
            constraints.push(Constraint::Never);
        }
        let empty = serde_json::Map::new();
        for (keyword, argument) in schema.as_object().unwrap_or(&empty) {
            let count = || argument.as_u64().expect("a count");
            let bound = |is_exclusive| Bound {
                value: match value(argument) {
                    Json::Number(number) => number,
                    other => panic!("{other} is no number"),
                },
                is_exclusive,
            };
            let text = || Box::<str>::from(argument.as_str().expect("a text"));
            constraints.push(match keyword.as_str() {
                "$defs" | "then" | "else" => continue,
                "type" => Constraint::Kinds(match argument.as_str().expect("a type") {
                    "integer" => Kinds::INTEGER,
                    "number" => Kinds::NUMBER,
                    "fraction" => Kinds::FRACTION,
                    "string" => Kinds::STRING,
                    "object" => Kinds::OBJECT,
                    "array" => Kinds::ARRAY,
                    other => panic!("{other} is not needed here"),
                }),
                "enum" => Constraint::OneOfValues(
                    argument
                        .as_array()
                        .expect("a list")
                        .iter()
                        .map(|one| spanned(value(one)))
                        .collect(),
                ),
                "minimum" => Constraint::Minimum(bound(false)),
                "exclusiveMinimum" => Constraint::Minimum(bound(true)),
                "maximum" => Constraint::Maximum(bound(false)),
                "exclusiveMaximum" => Constraint::Maximum(bound(true)),
                "multipleOf" => Constraint::MultipleOf(bound(false).value),
                "minLength" => Constraint::MinLength(count()),
                "maxLength" => Constraint::MaxLength(count()),
                "pattern" => Constraint::Pattern(text()),
                "format" => Constraint::Format(text()),
                "uniqueItems" => Constraint::UniqueItems,
                "maxItems" => Constraint::MaxItems(count()),
                "items" => Constraint::Items(self.part(argument)),
                "prefixItems" => Constraint::PrefixItems(self.parts(argument)),
                "contains" => Constraint::Contains {
                    shape: self.part(argument),
                    min: 1,
                    max: None,
                },
                "required" => Constraint::Required(
                    argument
                        .as_array()
                        .expect("names")
                        .iter()
                        .map(|name| spanned(name.as_str().expect("a name").into()))
                        .collect(),
                ),
                "properties" => Constraint::Properties(
                    argument
                        .as_object()
                        .expect("properties")
                        .iter()
                        .map(|(name, schema)| Property {
                            name: spanned(name.as_str().into()),
                            value: self.part(schema),
                            is_read_only: schema["readOnly"] == json!(true),
                            is_write_only: schema["writeOnly"] == json!(true),
                        })
                        .collect(),
                ),
                "readOnly" | "writeOnly" => continue,
                "patternProperties" => Constraint::PatternProperties(
                    argument
                        .as_object()
                        .expect("patterns")
                        .iter()
                        .map(|(name, schema)| (spanned(name.as_str().into()), self.part(schema)))
                        .collect(),
                ),
                "additionalProperties" => Constraint::AdditionalProperties(self.part(argument)),
                "unevaluatedProperties" => Constraint::UnevaluatedProperties(self.part(argument)),
                "unevaluatedItems" => Constraint::UnevaluatedItems(self.part(argument)),
                "propertyNames" => Constraint::PropertyNames(self.part(argument)),
                "dependentSchemas" => Constraint::DependentSchemas(
                    argument
                        .as_object()
                        .expect("names")
                        .iter()
                        .map(|(name, schema)| (spanned(name.as_str().into()), self.part(schema)))
                        .collect(),
                ),
                "allOf" => Constraint::AllOf(self.parts(argument)),
                "anyOf" => Constraint::AnyOf(self.parts(argument)),
                "oneOf" => Constraint::OneOf(self.parts(argument)),
                "not" => Constraint::Not(self.part(argument)),
                "if" => Constraint::If {
                    test: self.part(argument),
                    then: schema.get("then").map(|then| self.part(then)),
                    otherwise: schema.get("else").map(|otherwise| self.part(otherwise)),
                },
                "opaque" => Constraint::Opaque {
                    keyword: "opaque".into(),
                    text: text(),
                    why: "nobody knows",
                },
                other => panic!("{other} is not needed here"),
            });
        }
        let constraints = constraints.into_iter().map(spanned).collect();
        self.shapes.shapes[id.0 as usize].constraints = constraints;
    }
}

/// The answer to one question under the plain reading.
fn answer(schema: &Value, instance: &Value) -> Answer {
    let (shapes, root) = shapes(schema);
    let instance = value(instance);
    accepts((&shapes, root), Travel::Plain, Reading::Plain, &instance).expect("a document")
}

fn yes(schema: Value, instances: &[Value]) {
    for instance in instances {
        assert_eq!(
            answer(&schema, instance),
            Answer::Yes,
            "{schema} {instance}"
        );
    }
}

fn no(schema: Value, instances: &[Value]) {
    for instance in instances {
        assert_eq!(answer(&schema, instance), Answer::No, "{schema} {instance}");
    }
}

fn held(
    old: Value,
    new: Value,
    travel: Travel,
    reading: Reading,
    witness: Value,
) -> Result<(), Unconfirmed> {
    let ((old, old_root), (new, new_root)) = (shapes(&old), shapes(&new));
    confirm(
        (&old, old_root),
        (&new, new_root),
        travel,
        reading,
        &value(&witness),
    )
}

// === Numbers ===

#[test]
fn multiples_are_those_of_decimals() {
    yes(
        json!({"multipleOf": "#0.01"}),
        &[
            json!("#0.07"),
            json!("#1.13"),
            json!("#4.35"),
            json!(0),
            json!("#-0.29"),
        ],
    );
    no(
        json!({"multipleOf": "#0.01"}),
        &[json!("#0.075"), json!("#0.0700000000000000000000000000001")],
    );
    yes(
        json!({"multipleOf": 3}),
        &[
            json!("#3e30"),
            json!("#100000000000000000000000000000000002"),
        ],
    );
    no(
        json!({"multipleOf": 3}),
        &[
            json!("#1e30"),
            json!("#100000000000000000000000000000000001"),
        ],
    );
    no(json!({"multipleOf": "#1e3"}), &[json!(1), json!("#100")]);
    yes(
        json!({"multipleOf": "#1e-300"}),
        &[json!("#1e300"), json!("#3e-300")],
    );
    no(json!({"multipleOf": "#1e-300"}), &[json!("#3e-301")]);
    yes(
        json!({"multipleOf": "#99999999999999999999999999999999999.7"}),
        &[json!("#99999999999999999999999999999999999.7")],
    );
}

#[test]
fn bounds_see_every_digit() {
    let past = "#9007199254740993";
    yes(
        json!({"minimum": past}),
        &[json!(past), json!("#9007199254740993.1")],
    );
    no(
        json!({"minimum": past}),
        &[json!("#9007199254740992"), json!("#9007199254740992.9")],
    );
    no(
        json!({"exclusiveMaximum": "#1e400"}),
        &[json!("#1e400"), json!("#1e401")],
    );
    yes(
        json!({"exclusiveMaximum": "#1e400"}),
        &[json!("#9.999e399"), json!("#-1e500")],
    );
    yes(
        json!({"maximum": "#-0.1"}),
        &[json!("#-0.1"), json!("#-0.11"), json!("#-1")],
    );
    no(json!({"maximum": "#-0.1"}), &[json!("#-0.09"), json!(0)]);
}

#[test]
fn one_is_one_point_zero() {
    yes(
        json!({"type": "integer"}),
        &[json!("#1.0"), json!("#1e2"), json!("#1e400")],
    );
    no(
        json!({"type": "integer"}),
        &[json!("#1.5"), json!("#1e-400"), json!("1")],
    );
    yes(
        json!({"enum": [1, {"a": ["#2.50"]}]}),
        &[json!("#1.0"), json!({"a": ["#2.5"]})],
    );
    no(json!({"enum": ["#1.0000000000000000000001"]}), &[json!(1)]);
    no(json!({"uniqueItems": true}), &[json!(["#1.0", 1])]);
    yes(
        json!({"uniqueItems": true}),
        &[json!(["#1.0000000000000000000001", 1])],
    );
    yes(json!({"type": "fraction"}), &[json!("#1.5")]);
    no(json!({"type": "fraction"}), &[json!("#1.0")]);
}

#[test]
fn formats_of_numbers_are_ranges_of_whole_numbers() {
    yes(
        json!({"format": "int64"}),
        &[json!("#9223372036854775807"), json!("text")],
    );
    no(
        json!({"format": "int64"}),
        &[json!("#9223372036854775808"), json!("#0.5")],
    );
    no(json!({"format": "int32"}), &[json!("#-2147483649")]);
    yes(json!({"format": "double"}), &[json!("#0.1")]);
}

// === Texts ===

#[test]
fn lengths_are_code_points() {
    yes(json!({"maxLength": 1}), &[json!("🍒"), json!("é")]);
    no(json!({"maxLength": 1}), &[json!("e\u{301}")]);
}

#[test]
fn patterns_are_those_of_ecma_script() {
    no(json!({"pattern": "^a$"}), &[json!("a\n"), json!("a\r")]);
    no(
        json!({"pattern": "^.$"}),
        &[
            json!("\n"),
            json!("\r"),
            json!("\u{2028}"),
            json!("\u{2029}"),
        ],
    );
    yes(
        json!({"pattern": "^.$"}),
        &[json!("\u{85}"), json!("🍒"), json!("\u{b}")],
    );
    no(json!({"pattern": r"^\d$"}), &[json!("٣")]);
    no(json!({"pattern": r"^\w$"}), &[json!("é")]);
    yes(
        json!({"pattern": r"^\s$"}),
        &[json!("\u{feff}"), json!("\u{a0}")],
    );
    no(json!({"pattern": r"^\s$"}), &[json!("\u{85}")]);
    yes(json!({"pattern": "b"}), &[json!("abc")]);
    yes(json!({"pattern": r"^\/[^/]+$"}), &[json!("/a")]);
    yes(json!({"pattern": "^[^]$"}), &[json!("\n")]);
    yes(json!({"pattern": r"^(?!\d)\w+$"}), &[json!("a1")]);
    no(json!({"pattern": r"^(?!\d)\w+$"}), &[json!("1a")]);
}

#[test]
fn formats_are_asserted() {
    no(json!({"format": "date"}), &[json!("2026-02-30")]);
    yes(json!({"format": "date"}), &[json!("2026-02-28"), json!(1)]);
    no(json!({"format": "uuid"}), &[json!("x")]);
    yes(json!({"format": "char", "maxLength": 9}), &[json!("🍒")]);
    no(json!({"format": "char"}), &[json!("ab"), json!("")]);
    assert_eq!(
        answer(&json!({"format": "shoe-size"}), &json!("x")),
        Answer::Depends
    );
    assert_eq!(
        answer(
            &json!({"type": "integer", "format": "shoe-size"}),
            &json!("x")
        ),
        Answer::No
    );
}

// === Lists and objects ===

#[test]
fn what_is_looked_at_in_place_is_evaluated() {
    let schema = json!({
        "allOf": [{"properties": {"a": {}}}, {"$ref": "B"}],
        "unevaluatedProperties": false,
        "$defs": {"B": {"properties": {"b": {"type": "string"}}}}
    });
    yes(schema.clone(), &[json!({"a": 1, "b": "x"}), json!({})]);
    no(schema, &[json!({"a": 1, "c": 1}), json!({"b": 1})]);
    let schema = json!({"prefixItems": [{"type": "string"}], "items": {"type": "integer"}});
    yes(schema.clone(), &[json!(["a", 1]), json!([])]);
    no(schema, &[json!(["a", "b"]), json!([1])]);
    let schema = json!({"contains": {"type": "string"}, "unevaluatedItems": {"type": "integer"}});
    yes(schema.clone(), &[json!(["a", 1])]);
    no(schema, &[json!([1]), json!(["a", null])]);
}

#[test]
fn names_that_are_not_in_the_value_keep_their_place() {
    let schema = json!({
        "properties": {"a": {"$ref": "A"}, "b": {}},
        "additionalProperties": false,
        "$defs": {"A": {"opaque": "x", "properties": {"a": {"$ref": "A"}}}}
    });
    yes(schema.clone(), &[json!({"b": 1})]);
    no(schema.clone(), &[json!({"c": 1})]);
    assert_eq!(answer(&schema, &json!({"a": 1})), Answer::Depends);
}

#[test]
fn a_recursive_shape_is_followed_down_to_the_leaves() {
    let schema = json!({
        "$ref": "T",
        "allOf": [{"$ref": "T"}],
        "$defs": {"T": {"type": "object", "properties": {"v": {"type": "integer"}, "next": {"$ref": "T"}}}}
    });
    let schema = json!({"allOf": schema["allOf"], "$defs": schema["$defs"]});
    let mut deep = json!({"v": 1});
    for _ in 0..400 {
        deep = json!({ "next": deep });
    }
    yes(schema.clone(), &[deep]);
    let mut deep = json!({"v": "x"});
    for _ in 0..400 {
        deep = json!({ "next": deep });
    }
    no(schema, &[deep]);
}

// === Direction and reading ===

#[test]
fn what_does_not_travel_is_taken_out_with_its_requirement() {
    let old = json!({"properties": {"a": {}}, "required": ["a"]});
    let new = json!({"allOf": [{"properties": {"id": {"readOnly": true}}}, {"required": ["id"]}]});
    let witness = json!({"a": 1});
    assert_eq!(
        held(
            old.clone(),
            new.clone(),
            Travel::Request,
            Reading::Plain,
            witness.clone()
        ),
        Err(Unconfirmed::ReaderAccepts)
    );
    assert_eq!(
        held(
            old.clone(),
            new.clone(),
            Travel::Response,
            Reading::Plain,
            witness.clone()
        ),
        Ok(())
    );
    assert_eq!(
        held(old, new, Travel::Plain, Reading::Plain, witness),
        Ok(())
    );
}

#[test]
fn the_open_reading_does_not_send_what_only_the_reader_declares() {
    let old = json!({"properties": {"a": {}}});
    let new = json!({"properties": {"a": {}, "b": {"type": "integer"}}});
    let witness = json!({"b": "x"});
    assert_eq!(
        held(
            old.clone(),
            new.clone(),
            Travel::Request,
            Reading::Plain,
            witness.clone()
        ),
        Ok(())
    );
    assert_eq!(
        held(
            old,
            new.clone(),
            Travel::Request,
            Reading::Open,
            witness.clone()
        ),
        Err(Unconfirmed::NotSent("/b".to_owned()))
    );
    let written = json!({"properties": {"a": {}}, "additionalProperties": {}});
    assert_eq!(
        held(written, new, Travel::Request, Reading::Open, witness),
        Ok(())
    );
    // A name that neither side declares counts to the letter.
    let closed = json!({"properties": {"a": {}}, "additionalProperties": false});
    assert_eq!(
        held(
            json!({"properties": {"a": {}}}),
            closed,
            Travel::Request,
            Reading::Open,
            json!({"z": 1})
        ),
        Ok(())
    );
    // Declared by a pattern, two levels down.
    let old = json!({"properties": {"in": {"items": {"type": "object"}}}});
    let new = json!({"properties": {"in": {"items": {"patternProperties": {"^x-": {"type": "string"}}}}}});
    assert_eq!(
        held(
            old,
            new,
            Travel::Request,
            Reading::Open,
            json!({"in": [{"x-a": 1}]})
        ),
        Err(Unconfirmed::NotSent("/in/0/x-a".to_owned()))
    );
}

#[test]
fn the_closed_reading_closes_the_outermost_schema() {
    let old = json!({"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]});
    let new = json!({"properties": {"a": {}}});
    assert_eq!(
        held(
            old.clone(),
            new.clone(),
            Travel::Request,
            Reading::Closed,
            json!({"b": 1})
        ),
        Ok(())
    );
    assert_eq!(
        held(
            old.clone(),
            new.clone(),
            Travel::Request,
            Reading::Closed,
            json!({"c": 1})
        ),
        Err(Unconfirmed::WriterRefuses)
    );
    assert_eq!(
        held(old, new, Travel::Request, Reading::Plain, json!({"b": 1})),
        Err(Unconfirmed::ReaderAccepts)
    );
    // An object that declares nothing stays open.
    yes(json!({"required": ["a"]}), &[json!({"a": 1, "b": 2})]);
}

#[test]
fn what_nobody_can_decide_confirms_nothing() {
    let old = json!({"opaque": "x"});
    let new = json!({"opaque": "x", "type": "string"});
    assert_eq!(
        held(old, new, Travel::Plain, Reading::Plain, json!(1)),
        Err(Unconfirmed::Undecided)
    );
    assert_eq!(
        held(
            json!({}),
            json!({"opaque": "y"}),
            Travel::Plain,
            Reading::Plain,
            json!(1)
        ),
        Err(Unconfirmed::Undecided)
    );
}
