//! The open reading: a name that the writer leaves to an unwritten rest is not sent when the reader
//! declares it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jsonschema::Validator;
use serde_json::json;

use super::print::{in_place, travels};
use crate::compat::contain::Travel;
use crate::schema::{Constraint, Json, ShapeId, Shapes};

/// A JSON Pointer to a name in the value that the writer does not send.
pub(super) fn not_sent(
    (writer, writer_root): (&Shapes, ShapeId),
    (reader, reader_root): (&Shapes, ShapeId),
    travel: Travel,
    value: &Json,
) -> Option<String> {
    let mut open = vec![Place {
        pointer: String::new(),
        value,
        writer: vec![writer_root],
        reader: vec![reader_root],
    }];
    while let Some(place) = open.pop() {
        let writers = in_place(writer, &place.writer);
        let readers = in_place(reader, &place.reader);
        match place.value {
            Json::Object(entries) => {
                let has_rest = writers.iter().any(|shape| has_written_rest(writer, *shape));
                let required = required(writer, &writers);
                for (name, value) in entries {
                    let pointer = format!("{}/{}", place.pointer, escaped(name));
                    let by_writer = Declared::of(writer, &writers, travel, name);
                    let by_reader = Declared::of(reader, &readers, travel, name);
                    // A writer that requires a name sends it, as otherwise it would send nothing.
                    let is_sent = has_rest || by_writer.is_declared || required.contains(&**name);
                    if !is_sent && by_reader.is_declared {
                        return Some(pointer);
                    }
                    open.push(Place {
                        pointer,
                        value,
                        writer: by_writer.values,
                        reader: by_reader.values,
                    });
                }
            }
            Json::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    let mut pointer = place.pointer.clone();
                    let _ = write!(pointer, "/{at}");
                    open.push(Place {
                        pointer,
                        value: item,
                        writer: items_at(writer, &writers, at),
                        reader: items_at(reader, &readers, at),
                    });
                }
            }
            _ => {}
        }
    }
    None
}

/// A part of the value with what either side says about it.
struct Place<'a> {
    pointer: String,
    value: &'a Json,
    writer: Vec<ShapeId>,
    reader: Vec<ShapeId>,
}

/// A name of an object, as one side has it.
struct Declared {
    is_declared: bool,
    /// What its value satisfies.
    values: Vec<ShapeId>,
}

impl Declared {
    fn of(shapes: &Shapes, places: &[ShapeId], travel: Travel, name: &str) -> Self {
        let mut declared = Declared {
            is_declared: false,
            values: Vec::new(),
        };
        let mut rests = Vec::new();
        for place in places {
            let mut is_here = false;
            let mut rest = None;
            for constraint in &shapes.get(*place).constraints {
                match &constraint.node {
                    Constraint::Properties(properties) => {
                        let found = properties.iter().find(|one| *one.name.node == *name);
                        if let Some(property) = found.filter(|one| travels(one, travel)) {
                            is_here = true;
                            declared.values.push(property.value.shape);
                        }
                    }
                    Constraint::PatternProperties(entries) => {
                        for (pattern, value) in entries {
                            if is_found(&pattern.node, name) {
                                is_here = true;
                                declared.values.push(value.shape);
                            }
                        }
                    }
                    Constraint::AdditionalProperties(value) => rest = Some(value.shape),
                    Constraint::UnevaluatedProperties(value) => rests.push(value.shape),
                    _ => {}
                }
            }
            declared.is_declared |= is_here;
            declared.values.extend(rest.filter(|_| !is_here));
        }
        if !declared.is_declared {
            declared.values.extend(rests);
        }
        declared
    }
}

/// Every name that one of the shapes requires.
fn required<'a>(shapes: &'a Shapes, places: &[ShapeId]) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for place in places {
        for constraint in &shapes.get(*place).constraints {
            if let Constraint::Required(required) = &constraint.node {
                names.extend(required.iter().map(|name| &*name.node));
            }
        }
    }
    names
}

fn has_written_rest(shapes: &Shapes, shape: ShapeId) -> bool {
    let mut constraints = shapes.get(shape).constraints.iter();
    constraints.any(|constraint| {
        matches!(
            constraint.node,
            Constraint::AdditionalProperties(_) | Constraint::UnevaluatedProperties(_)
        )
    })
}

/// What the item at a position may have to satisfy.
fn items_at(shapes: &Shapes, places: &[ShapeId], at: usize) -> Vec<ShapeId> {
    let mut found = Vec::new();
    for place in places {
        let constraints = &shapes.get(*place).constraints;
        let mut prefix = 0;
        for constraint in constraints {
            match &constraint.node {
                Constraint::PrefixItems(items) => {
                    prefix = items.len();
                    found.extend(items.get(at).map(|item| item.shape));
                }
                Constraint::Contains { shape, .. } | Constraint::UnevaluatedItems(shape) => {
                    found.push(shape.shape);
                }
                _ => {}
            }
        }
        for constraint in constraints {
            if let Constraint::Items(item) = &constraint.node
                && at >= prefix
            {
                found.push(item.shape);
            }
        }
    }
    found
}

/// Whether a pattern is found in a name, as the validator has it.
fn is_found(pattern: &str, name: &str) -> bool {
    let validator: Option<Validator> = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .build(&json!({ "pattern": pattern }))
        .ok();
    validator.is_some_and(|validator| validator.is_valid(&json!(name)))
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
