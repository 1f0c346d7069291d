//! Places in records with numbered fields.
//!
//! A field without presence of its own always has a value, if only the default. One that may be told
//! to be absent is refused at the end of the path; on the way there an absent record reads as one
//! whose fields have their defaults.

use super::{Place, Problem};
use crate::schema::{
    Cardinality, Field, FieldType, IntCoding, Record, Scalar, SchemaSet, TypeDef, TypeKind,
};
use crate::text::{Likeness, Span, nearest};

/// Records that stand for one plain value in every form.
const PLAIN: [&str; 2] = ["google.protobuf.Timestamp", "google.protobuf.Duration"];

pub(super) fn look_at(
    set: &SchemaSet,
    name: &str,
    place: &Place<'_>,
) -> Result<(String, Span), Problem> {
    let steps: Vec<&str> = place.path.split('.').collect();
    let mut holder = name;
    let mut begin = 0;
    for (depth, step) in steps.iter().enumerate() {
        let at = place.span.part(begin, begin + step.len());
        begin += step.len() + 1;
        let Some((record, ty)) = record(set, holder) else {
            return Err(Problem {
                headline: format!("there is no message `{holder}`"),
                at,
                schema_at: place.span,
                label: "looked for here".to_owned(),
                help: "name a message of the import".to_owned(),
            });
        };
        let found = record
            .fields
            .iter()
            .find(|field| *field.name.node == **step || *field.json_name.name == **step);
        let Some(field) = found else {
            let names = record.fields.iter().map(|field| &*field.name.node);
            let near = nearest(step, names, &Likeness::GIVEN);
            return Err(Problem {
                headline: format!(
                    "the payload of `{}` declares no `{}`",
                    place.event.name.node, place.path
                ),
                at,
                schema_at: ty.span,
                label: "the message".to_owned(),
                help: match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a field of the message, or add this one to it".to_owned(),
                },
            });
        };
        let is_last = depth + 1 == steps.len();
        one(field, is_last, place, at)?;
        match &field.ty {
            FieldType::Record { name, .. } if !is_last => holder = name,
            FieldType::Record { name, .. } if PLAIN.contains(&&**name) => {
                return Ok((format!("`{name}`"), field.span));
            }
            FieldType::Scalar(scalar) if is_last => {
                return Ok((words(*scalar), field.span));
            }
            FieldType::Enum { name, .. } if is_last => {
                return Ok((format!("the enum `{name}`"), field.span));
            }
            _ => {
                let (headline, help) = if is_last {
                    (
                        format!("`{}` is not one plain value", place.path),
                        "name a field of a scalar type, or a place within the message",
                    )
                } else {
                    (
                        format!("`{step}` of `{}` has no fields", place.path),
                        "name the field itself, or another place",
                    )
                };
                return Err(Problem {
                    headline,
                    at,
                    schema_at: field.ty_span,
                    label: "its type".to_owned(),
                    help: help.to_owned(),
                });
            }
        }
    }
    Err(Problem {
        headline: format!("`{}` names no place", place.path),
        at: place.span,
        schema_at: place.span,
        label: String::new(),
        help: "name a field of the message".to_owned(),
    })
}

/// Whether a field always has exactly one value.
fn one(field: &Field, is_last: bool, place: &Place<'_>, at: Span) -> Result<(), Problem> {
    let problem = |headline: String, label: &str, help: &str| {
        Err(Problem {
            headline,
            at,
            schema_at: field.span,
            label: label.to_owned(),
            help: help.to_owned(),
        })
    };
    match field.cardinality {
        Cardinality::Repeated { .. } | Cardinality::Map => problem(
            format!("`{}` is not one plain value", place.path),
            "holds any number of them",
            "name a field with one value",
        ),
        _ if field.oneof.is_some() => problem(
            format!("not every message has `{}`", place.path),
            "is one of several fields",
            "take it out of the oneof, or name another place",
        ),
        Cardinality::Explicit if is_last && !matches!(field.ty, FieldType::Record { .. }) => {
            problem(
                format!("not every message has `{}`", place.path),
                "may be absent",
                "leave `optional` out (in an edition: `features.field_presence = IMPLICIT`), or name another place",
            )
        }
        _ => Ok(()),
    }
}

fn record<'s>(set: &'s SchemaSet, name: &str) -> Option<(&'s Record, &'s TypeDef)> {
    let mut types = set.units.iter().flat_map(|unit| &unit.types);
    let found = types.find(|ty| *ty.name == *name)?;
    match &found.kind {
        TypeKind::Record(record) => Some((record, found)),
        TypeKind::Enum(_) => None,
    }
}

fn words(scalar: Scalar) -> String {
    match scalar {
        Scalar::Bool => "`bool`".to_owned(),
        Scalar::Text => "`string`".to_owned(),
        Scalar::Bytes => "`bytes`".to_owned(),
        Scalar::Float { bits: 32 } => "`float`".to_owned(),
        Scalar::Float { .. } => "`double`".to_owned(),
        Scalar::Int {
            signed,
            bits,
            coding,
        } => {
            let stem = match (coding, signed) {
                (IntCoding::Varint, true) => "int",
                (IntCoding::Varint, false) => "uint",
                (IntCoding::ZigZag, _) => "sint",
                (IntCoding::Fixed, true) => "sfixed",
                (IntCoding::Fixed, false) => "fixed",
            };
            format!("`{stem}{bits}`")
        }
    }
}
