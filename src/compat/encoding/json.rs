//! The JSON form, with a reader that refuses keys and enum names that it does not know.

use super::{BREAK, End, LOSS, SAFE, breaks, loss, numbers, outside, range, record, worse};
use crate::compat::cx::Cx;
use crate::diag::Verdict;
use crate::schema::{Cardinality, Field, FieldType, Scalar};

/// Records with a JSON form of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::compat) enum Special {
    /// The bare value.
    Wrapper(Scalar),
    /// Text of a form.
    Text,
    /// Any value.
    Any,
    /// An array.
    List,
}

/// The JSON form of a record that has one of its own.
pub(in crate::compat) fn special(name: &str) -> Option<Special> {
    use crate::schema::IntCoding::Varint;
    let int = |signed, bits| Scalar::Int {
        signed,
        bits,
        coding: Varint,
    };
    Some(match name.strip_prefix("google.protobuf.")? {
        "DoubleValue" => Special::Wrapper(Scalar::Float { bits: 64 }),
        "FloatValue" => Special::Wrapper(Scalar::Float { bits: 32 }),
        "Int64Value" => Special::Wrapper(int(true, 64)),
        "UInt64Value" => Special::Wrapper(int(false, 64)),
        "Int32Value" => Special::Wrapper(int(true, 32)),
        "UInt32Value" => Special::Wrapper(int(false, 32)),
        "BoolValue" => Special::Wrapper(Scalar::Bool),
        "StringValue" => Special::Wrapper(Scalar::Text),
        "BytesValue" => Special::Wrapper(Scalar::Bytes),
        "Timestamp" | "Duration" | "FieldMask" => Special::Text,
        "Value" => Special::Any,
        "ListValue" => Special::List,
        _ => return None,
    })
}

/// What becomes of a single value.
pub(in crate::compat) fn value(cx: &Cx<'_>, writer: End<'_>, reader: End<'_>) -> Verdict {
    let form = |ty: &FieldType| match ty {
        FieldType::Record { name, .. } => special(name),
        _ => None,
    };
    if writer.ty == reader.ty && form(writer.ty).is_some() {
        return SAFE;
    }
    match (form(writer.ty), form(reader.ty)) {
        (_, Some(Special::Any)) => return SAFE,
        (Some(Special::Wrapper(from)), _) => {
            return value(cx, writer.with(&FieldType::Scalar(from)), reader);
        }
        (_, Some(Special::Wrapper(to))) => {
            return value(cx, writer, reader.with(&FieldType::Scalar(to)));
        }
        (Some(Special::Any), _) => return breaks("values of another JSON type"),
        (Some(Special::Text), None) => {
            return match reader.ty {
                FieldType::Scalar(Scalar::Text) => SAFE,
                FieldType::Scalar(Scalar::Bytes) => LOSS,
                _ => BREAK,
            };
        }
        (None, Some(Special::Text)) => {
            return match writer.ty {
                FieldType::Scalar(Scalar::Text | Scalar::Bytes) => breaks("text of another form"),
                _ => BREAK,
            };
        }
        (Some(_), _) | (_, Some(_)) => return BREAK,
        (None, None) => {}
    }
    match (writer.ty, reader.ty) {
        (FieldType::Scalar(from), FieldType::Scalar(to)) => scalar(*from, *to),
        (FieldType::Enum { .. }, FieldType::Scalar(Scalar::Text)) => SAFE,
        (FieldType::Enum { .. }, FieldType::Scalar(_)) => BREAK,
        (FieldType::Scalar(Scalar::Text), FieldType::Enum { name, .. }) => {
            breaks(&format!("text that is no name of `{name}`"))
        }
        (FieldType::Scalar(from @ Scalar::Int { .. }), FieldType::Enum { name, is_closed }) => {
            // A number is legal for an enum.
            let to = numbers(reader.enumeration(name), *is_closed);
            match (is_closed, outside(range(*from).unwrap_or(to), to)) {
                (true, _) => breaks(&format!("numbers that `{name}` does not name")),
                (false, Some(values)) => breaks(&values),
                (false, None) => SAFE,
            }
        }
        (FieldType::Scalar(_), FieldType::Enum { .. }) => BREAK,
        (FieldType::Enum { name: from, .. }, FieldType::Enum { name: to, .. }) => {
            enums(writer, reader, from, to)
        }
        (FieldType::Record { name: from, .. }, FieldType::Record { name: to, .. }) => {
            record(cx, writer, reader, (from, to)).1
        }
        (FieldType::Map(from), FieldType::Map(to)) => {
            let key = map_key(from.key, to.key);
            worse(
                key,
                value(cx, writer.with(&from.value), reader.with(&to.value)),
            )
        }
        _ => BREAK,
    }
}

/// Keys of a table are text in JSON whatever their type.
pub(in crate::compat) fn map_key(from: Scalar, to: Scalar) -> Verdict {
    match (from, to) {
        _ if from == to => SAFE,
        (_, Scalar::Text) => SAFE,
        (Scalar::Text, _) => breaks("keys that do not spell such a value"),
        (Scalar::Bool, _) | (_, Scalar::Bool) => BREAK,
        _ => match (range(from), range(to)) {
            (Some(from), Some(to)) => {
                outside(from, to).map_or(SAFE, |values| breaks(&format!("keys: {values}")))
            }
            _ => BREAK,
        },
    }
}

fn scalar(from: Scalar, to: Scalar) -> Verdict {
    use Scalar::{Bool, Bytes, Float, Int, Text};
    match (from, to) {
        _ if from == to => SAFE,
        (Int { .. }, Int { .. }) => match (range(from), range(to)) {
            (Some(from), Some(to)) => outside(from, to).map_or(SAFE, |values| breaks(&values)),
            _ => BREAK,
        },
        (Int { bits: 64, .. }, Float { bits: 64 }) => loss("numbers beyond 2^53 are rounded"),
        (Int { bits: 32, .. }, Float { bits: 64 }) => SAFE,
        (Int { .. }, Float { .. }) => loss("numbers beyond 2^24 are rounded"),
        (Float { .. }, Int { .. }) => breaks("fractions and numbers out of range"),
        (Float { bits: 32 }, Float { .. }) => SAFE,
        (Float { .. }, Float { .. }) => breaks("numbers too large; others are rounded"),
        // Text is read as base64, and what is written as base64 as text: wrong without an error.
        (Text, Bytes) => breaks("text that is no base64; other text is read as other bytes"),
        (Bytes, Text) => LOSS,
        // Numbers of 64 bits are written as text.
        (Int { bits: 64, .. }, Text) => SAFE,
        (Text, Int { .. } | Float { .. }) => breaks("text that spells no such number"),
        (Bool, _) | (_, Bool) => BREAK,
        (Float { .. } | Int { .. }, Text | Bytes) => BREAK,
        (Bytes, _) => BREAK,
        (Text, Text) => SAFE,
    }
}

/// Enums of different names: names travel.
fn enums(writer: End<'_>, reader: End<'_>, from: &str, to: &str) -> Verdict {
    let (Some(from_def), Some(to_def)) = (writer.enumeration(from), reader.enumeration(to)) else {
        return BREAK;
    };
    let is_known = |name: &str| to_def.values.iter().any(|value| *value.name.node == *name);
    let unknown = from_def
        .values
        .iter()
        .filter(|value| !is_known(&value.name.node));
    let missing: Vec<&str> = unknown.map(|value| &*value.name.node).collect();
    match missing.as_slice() {
        [] => SAFE,
        all if all.len() == from_def.values.len() => BREAK,
        [name, ..] => breaks(&format!("`{name}`, which `{to}` does not know")),
    }
}

/// What becomes of the key of a field. Readers take the JSON name and the name itself.
pub(in crate::compat) fn key(writer: &Field, reader: &Field) -> Verdict {
    let written = &writer.json_name.name;
    if *written == reader.json_name.name || *written == reader.name.node {
        SAFE
    } else {
        BREAK
    }
}

/// What becomes of the number of values; `ty` is what the writer writes.
pub(in crate::compat) fn count(from: Cardinality, to: Cardinality, ty: &FieldType) -> Verdict {
    use Cardinality::{Explicit, Implicit, Map, Repeated, Required};
    let is_one = |c: Cardinality| matches!(c, Implicit | Explicit | Required);
    let holds_records = matches!(ty, FieldType::Record { .. });
    match (from, to) {
        (Implicit | Explicit, Required) => breaks("the field is absent"),
        (Explicit, Implicit) if !holds_records => {
            loss("an explicit zero cannot be told from an absent value")
        }
        _ if is_one(from) && is_one(to) => SAFE,
        (Repeated { .. }, Repeated { .. }) | (Map, Map) => SAFE,
        // A value, an array and an object are three things.
        _ => BREAK,
    }
}
