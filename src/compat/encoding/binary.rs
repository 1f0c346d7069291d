//! The binary form: numbered fields with a wire type each.

use super::{BREAK, End, LOSS, SAFE, breaks, loss, numbers, outside, range, record, worse};
use crate::compat::cx::Cx;
use crate::diag::Verdict;
use crate::schema::{Cardinality, FieldType, IntCoding, Scalar};

/// How a reader finds the end of a value; a field of another wire type is an unknown field to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::compat) enum WireType {
    /// Variable length, seven bits a byte.
    Varint,
    /// Four bytes.
    Bits32,
    /// Eight bytes.
    Bits64,
    /// A length and as many bytes.
    Length,
    /// Until an end mark.
    Group,
}

/// The wire type of a single value.
pub(in crate::compat) fn wire_type(ty: &FieldType) -> WireType {
    match ty {
        FieldType::Scalar(Scalar::Bool) | FieldType::Enum { .. } => WireType::Varint,
        FieldType::Scalar(Scalar::Int { coding, bits, .. }) => match (coding, bits) {
            (IntCoding::Fixed, 32) => WireType::Bits32,
            (IntCoding::Fixed, _) => WireType::Bits64,
            (IntCoding::Varint | IntCoding::ZigZag, _) => WireType::Varint,
        },
        FieldType::Scalar(Scalar::Float { bits: 32 }) => WireType::Bits32,
        FieldType::Scalar(Scalar::Float { .. }) => WireType::Bits64,
        FieldType::Scalar(Scalar::Text | Scalar::Bytes) | FieldType::Map(_) => WireType::Length,
        FieldType::Record { is_delimited, .. } => {
            if *is_delimited {
                WireType::Group
            } else {
                WireType::Length
            }
        }
    }
}

/// What becomes of a single value.
pub(in crate::compat) fn value(cx: &Cx<'_>, writer: End<'_>, reader: End<'_>) -> Verdict {
    if wire_type(writer.ty) != wire_type(reader.ty) {
        return LOSS;
    }
    match (writer.ty, reader.ty) {
        (FieldType::Scalar(from), FieldType::Scalar(to)) => scalar(*from, *to, reader),
        (FieldType::Enum { name, is_closed }, FieldType::Scalar(to)) => {
            let from = numbers(writer.enumeration(name), *is_closed);
            if is_zigzag(*to) {
                return LOSS;
            }
            truncated(from, range(*to).unwrap_or(from), *to)
        }
        (FieldType::Scalar(from), FieldType::Enum { name, is_closed }) => {
            if is_zigzag(*from) {
                return LOSS;
            }
            let to = numbers(None, false);
            let from = range(*from).unwrap_or(to);
            match (is_closed, outside(from, to)) {
                (true, _) => loss(&format!("numbers that `{name}` does not name are dropped")),
                (false, Some(values)) => loss(&format!("{values} lose their upper bits")),
                (false, None) => SAFE,
            }
        }
        (
            FieldType::Enum {
                name: from,
                is_closed: from_closed,
            },
            FieldType::Enum {
                name: to,
                is_closed: to_closed,
            },
        ) => enums(writer, reader, (from, *from_closed), (to, *to_closed)),
        (FieldType::Record { name: from, .. }, FieldType::Record { name: to, .. }) => {
            record(cx, writer, reader, (from, to)).0
        }
        (FieldType::Map(from), FieldType::Map(to)) => {
            record(cx, writer, reader, (&from.entry, &to.entry)).0
        }
        (FieldType::Map(from), FieldType::Record { name, .. }) => {
            record(cx, writer, reader, (&from.entry, name)).0
        }
        (FieldType::Record { name, .. }, FieldType::Map(to)) => {
            record(cx, writer, reader, (name, &to.entry)).0
        }
        // A record is bytes, whatever is in it.
        (FieldType::Record { .. } | FieldType::Map(_), FieldType::Scalar(Scalar::Bytes)) => SAFE,
        (FieldType::Record { .. } | FieldType::Map(_), FieldType::Scalar(_)) => {
            if reader.verifies_text {
                breaks("the bytes of the message are not UTF-8")
            } else {
                SAFE
            }
        }
        (FieldType::Scalar(_), FieldType::Record { .. } | FieldType::Map(_)) => {
            breaks("the bytes are not such a message")
        }
        _ => LOSS,
    }
}

fn is_zigzag(scalar: Scalar) -> bool {
    matches!(
        scalar,
        Scalar::Int {
            coding: IntCoding::ZigZag,
            ..
        }
    )
}

/// Scalars of one wire type.
fn scalar(from: Scalar, to: Scalar, reader: End<'_>) -> Verdict {
    match (from, to) {
        _ if from == to => SAFE,
        (Scalar::Text, Scalar::Bytes) => SAFE,
        (Scalar::Bytes, Scalar::Text) if reader.verifies_text => breaks("bytes that are not UTF-8"),
        (Scalar::Bytes, Scalar::Text) => SAFE,
        // The same bits with another meaning.
        _ if is_zigzag(from) != is_zigzag(to) => LOSS,
        (Scalar::Float { .. }, _) | (_, Scalar::Float { .. }) => LOSS,
        _ => match (range(from), range(to)) {
            (Some(from), Some(values)) => truncated(from, values, to),
            _ => LOSS,
        },
    }
}

/// Whole numbers where a reader keeps as many bits as it has.
fn truncated(from: (i128, i128), to: (i128, i128), reader: Scalar) -> Verdict {
    match outside(from, to) {
        None => SAFE,
        Some(_) if reader == Scalar::Bool => loss("every value but 0 becomes true"),
        Some(values) => loss(&format!("{values} become other numbers")),
    }
}

/// Enums of different names: numbers travel, so what matters is which name a number has.
fn enums(
    writer: End<'_>,
    reader: End<'_>,
    (from, from_closed): (&str, bool),
    (to, to_closed): (&str, bool),
) -> Verdict {
    let (Some(from), Some(to_def)) = (writer.enumeration(from), reader.enumeration(to)) else {
        return LOSS;
    };
    let mut verdict = SAFE;
    if to_closed && !from_closed {
        verdict = loss(&format!("numbers that `{to}` does not name are dropped"));
    }
    for value in &from.values {
        let same_number =
            |other: &&crate::schema::EnumValue| other.number.node == value.number.node;
        let mut partners = to_def.values.iter().filter(same_number).peekable();
        if partners.peek().is_none() {
            if to_closed {
                verdict = worse(
                    verdict,
                    loss(&format!("`{}` is unknown and dropped", value.name.node)),
                );
            }
            continue;
        }
        let same_name = |other: &crate::schema::EnumValue| {
            bare(from, &other.name.node) == bare(from, &value.name.node)
                || bare(to_def, &other.name.node) == bare(from, &value.name.node)
        };
        if !partners.any(same_name) {
            verdict = worse(
                verdict,
                loss(&format!("`{}` is read as another value", value.name.node)),
            );
        }
    }
    verdict
}

/// A value's name without the prefix that the values of its enum share, by which enums are told
/// apart that have to live in one scope.
fn bare<'n>(def: &crate::schema::EnumDef, name: &'n str) -> &'n str {
    let mut prefix: Option<&str> = None;
    for value in &def.values {
        let other: &str = &value.name.node;
        prefix = Some(match prefix {
            None => other,
            Some(prefix) => {
                let common = prefix
                    .bytes()
                    .zip(other.bytes())
                    .take_while(|(l, r)| l == r)
                    .count();
                &prefix[..common]
            }
        });
    }
    let prefix = prefix.unwrap_or("");
    let end = prefix.rfind('_').map_or(0, |at| at + 1);
    name.strip_prefix(&prefix[..end]).unwrap_or(name)
}

/// What becomes of the number of values; `ty` is what the writer writes.
pub(in crate::compat) fn count(from: Cardinality, to: Cardinality, ty: &FieldType) -> Verdict {
    use Cardinality::{Explicit, Implicit, Map, Repeated, Required};
    let holds_records = matches!(ty, FieldType::Record { .. } | FieldType::Map(_));
    match (from, to) {
        (Implicit, Implicit | Explicit) | (Explicit, Explicit) | (Required, Required) => SAFE,
        (Repeated { .. }, Repeated { .. }) | (Map, Map) => SAFE,
        (Explicit, Implicit) if holds_records => SAFE,
        (Explicit, Implicit) => loss("an explicit zero cannot be told from an absent value"),
        (Required, Implicit | Explicit) => SAFE,
        (Implicit | Explicit | Repeated { .. } | Map, Required) => {
            let absent = breaks("the field is absent");
            match from {
                Repeated { packed: true } => BREAK,
                _ => absent,
            }
        }
        (Implicit | Explicit | Required, Repeated { .. } | Map) => SAFE,
        (Repeated { packed: true }, Implicit | Explicit) => LOSS,
        (Repeated { .. } | Map, Implicit | Explicit) if holds_records => {
            loss("more than one element: they are merged into one")
        }
        (Repeated { .. } | Map, Implicit | Explicit) => {
            loss("more than one element: the last one stays")
        }
        (Map, Repeated { .. }) => SAFE,
        (Repeated { .. }, Map) => loss("elements with one key: the last one stays"),
    }
}
