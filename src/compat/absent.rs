//! What an absent field means.

use std::fmt;

use super::index::Index;
use crate::schema::{Cardinality, EnumDef, Field, FieldType, Literal, Scalar};

/// The value that a reader sees where a field is absent.
#[derive(Debug, Clone)]
pub(super) enum Absent {
    /// Text or bytes.
    Bytes(Vec<u8>),
    /// A whole number, or a truth value as 0 or 1.
    Int(i128),
    /// A binary floating-point number of 32 bits.
    Float(f32),
    /// A binary floating-point number of 64 bits.
    Double(f64),
    /// A value of an enum.
    Named(String, i32),
}

impl Absent {
    /// Whether it is what a field has when nothing is written.
    pub(super) fn is_zero(&self) -> bool {
        match self {
            Absent::Bytes(bytes) => bytes.is_empty(),
            Absent::Int(value) => *value == 0,
            Absent::Float(value) => *value == 0.0,
            Absent::Double(value) => *value == 0.0,
            Absent::Named(_, number) => *number == 0,
        }
    }

    /// Whether two defaults are one value, whatever the types: a changed type is another matter.
    pub(super) fn same(old: &Self, new: &Self) -> bool {
        match (old, new) {
            (Absent::Bytes(old), Absent::Bytes(new)) => old == new,
            (Absent::Bytes(_), _) | (_, Absent::Bytes(_)) => false,
            // 0.1 as 32 bits and as 64 bits is the same number to who wrote it.
            (Absent::Float(old), Absent::Double(new)) => same_float(*old, narrow(*new)),
            (Absent::Double(old), Absent::Float(new)) => same_float(narrow(*old), *new),
            _ => match (old.whole(), new.whole()) {
                (Some(old), Some(new)) => old == new,
                (None, None) => {
                    let (old, new) = (old.float(), new.float());
                    old == new || (old.is_nan() && new.is_nan())
                }
                _ => false,
            },
        }
    }

    /// The value when it is a whole number.
    fn whole(&self) -> Option<i128> {
        match self {
            Absent::Bytes(_) => None,
            Absent::Int(value) => Some(*value),
            Absent::Named(_, number) => Some(i128::from(*number)),
            Absent::Float(_) | Absent::Double(_) => {
                let value = self.float();
                // Casting saturates far outside of what any whole number here can be.
                (value.fract() == 0.0 && value.abs() < 1e30).then_some(value as i128)
            }
        }
    }

    fn float(&self) -> f64 {
        match self {
            Absent::Float(value) => f64::from(*value),
            Absent::Double(value) => *value,
            _ => f64::NAN,
        }
    }
}

fn same_float(old: f32, new: f32) -> bool {
    old == new || (old.is_nan() && new.is_nan())
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "rounding to 32 bits is what is asked for"
)]
fn narrow(value: f64) -> f32 {
    value as f32
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Absent::Bytes(bytes) => write!(f, "\"{}\"", bytes.escape_ascii()),
            Absent::Int(value) => write!(f, "{value}"),
            Absent::Float(value) => write!(f, "{value}"),
            Absent::Double(value) => write!(f, "{value}"),
            Absent::Named(name, number) => write!(f, "{name} = {number}"),
        }
    }
}

/// What absence of a field means; `None` for fields that have no such value.
pub(super) fn default_of(index: &Index<'_>, field: &Field) -> Option<Absent> {
    match field.cardinality {
        Cardinality::Repeated { .. } | Cardinality::Map => return None,
        Cardinality::Implicit | Cardinality::Explicit | Cardinality::Required => {}
    }
    let written = field.default.as_ref().map(|default| &default.node);
    match &field.ty {
        FieldType::Record { .. } | FieldType::Map(_) => None,
        FieldType::Enum { name, .. } => {
            let (_, def) = index.enumeration(name)?;
            of_enum(def, written)
        }
        FieldType::Scalar(scalar) => Some(of_scalar(*scalar, written)),
    }
}

fn of_enum(def: &EnumDef, written: Option<&Literal>) -> Option<Absent> {
    let value = match written {
        Some(Literal::Name(name)) => def.values.iter().find(|value| value.name.node == *name),
        _ => def.values.first(),
    }?;
    Some(Absent::Named(
        value.name.node.to_string(),
        value.number.node,
    ))
}

fn of_scalar(scalar: Scalar, written: Option<&Literal>) -> Absent {
    let number = match written {
        Some(Literal::Bool(value)) => Some(f64::from(u8::from(*value))),
        #[allow(
            clippy::cast_precision_loss,
            reason = "a whole number written for a float is rounded as the float is"
        )]
        Some(Literal::Int(value)) => Some(*value as f64),
        Some(Literal::Float(value)) => Some(*value),
        _ => None,
    };
    match scalar {
        Scalar::Text | Scalar::Bytes => Absent::Bytes(match written {
            Some(Literal::Text(text)) => text.as_bytes().to_vec(),
            Some(Literal::Bytes(bytes)) => bytes.to_vec(),
            _ => Vec::new(),
        }),
        Scalar::Float { bits: 32 } => Absent::Float(narrow(number.unwrap_or(0.0))),
        Scalar::Float { .. } => Absent::Double(number.unwrap_or(0.0)),
        Scalar::Bool | Scalar::Int { .. } => Absent::Int(match written {
            Some(Literal::Int(value)) => *value,
            Some(Literal::Bool(value)) => i128::from(*value),
            _ => 0,
        }),
    }
}
