//! Defaults of fields: each must be a value of the type of its field, as JSON writes it.

use super::types::Given;
use crate::diag::Diagnostics;
use crate::ingest::rules::INVALID_AVRO;
use crate::schema::{DatumId, DatumKind, Datums, Json};

/// Most values that are looked at for one default. One that leaves fields out takes theirs, which may
/// never end, and is no value then.
const MAX_VALUES: usize = 10_000;

/// Deepest value within value.
const MAX_DEPTH: usize = 200;

/// Reports a default that is no value of its type.
pub(super) fn check(datums: &Datums, wanted: &Given, sink: &mut Diagnostics) {
    let mut left = MAX_VALUES;
    if fits(datums, wanted.ty, &wanted.value.node, 0, &mut left) {
        return;
    }
    let ty = datums.get(wanted.ty);
    sink.report(
        &INVALID_AVRO,
        format_args!(
            "the default of `{}` is no value of its type, {}",
            wanted.field,
            match ty.kind.name() {
                Some(name) => format!("the {} `{}`", ty.kind.word(), name.full),
                None => format!("`{}`", ty.kind.word()),
            }
        ),
    )
    .at(wanted.value.span, "does not fit")
    .also(ty.span, "the type")
    .help("write a value of the type as JSON has it; `null` only where the type takes it");
}

/// Whether a value is one of a type, as JSON writes defaults: without the names of union branches.
fn fits(datums: &Datums, ty: DatumId, value: &Json, depth: usize, left: &mut usize) -> bool {
    let Some(rest) = left.checked_sub(1).filter(|_| depth <= MAX_DEPTH) else {
        return false;
    };
    *left = rest;
    let whole = |least: i128, most: i128| match value {
        Json::Number(number) if number.is_integer() => {
            let (mantissa, exponent) = number.parts();
            let factor = u32::try_from(exponent)
                .ok()
                .and_then(|exponent| 10_i128.checked_pow(exponent));
            let whole = factor.and_then(|factor| mantissa.checked_mul(factor));
            whole.is_some_and(|whole| (least..=most).contains(&whole))
        }
        _ => false,
    };
    // Each byte is the code point of its number.
    let bytes = |text: &str| text.chars().all(|char| u32::from(char) < 256);
    match (&datums.get(ty).kind, value) {
        (DatumKind::Null, Json::Null)
        | (DatumKind::Bool, Json::Bool(_))
        | (DatumKind::Float | DatumKind::Double, Json::Number(_))
        | (DatumKind::Text, Json::String(_)) => true,
        (DatumKind::Int, _) => whole(i128::from(i32::MIN), i128::from(i32::MAX)),
        (DatumKind::Long, _) => whole(i128::from(i64::MIN), i128::from(i64::MAX)),
        // Numbers that JSON has no digits for.
        (DatumKind::Float | DatumKind::Double, Json::String(text)) => {
            matches!(&**text, "NaN" | "Infinity" | "-Infinity" | "INF" | "-INF")
        }
        (DatumKind::Bytes, Json::String(text)) => bytes(text),
        (DatumKind::Fixed { size, .. }, Json::String(text)) => {
            bytes(text) && u64::try_from(text.chars().count()) == Ok(*size)
        }
        (DatumKind::Enum { symbols, .. }, Json::String(text)) => {
            symbols.iter().any(|symbol| symbol.node == *text)
        }
        (DatumKind::Array(items), Json::Array(values)) => values
            .iter()
            .all(|value| fits(datums, *items, value, depth + 1, left)),
        (DatumKind::Map(values), Json::Object(entries)) => entries
            .values()
            .all(|value| fits(datums, *values, value, depth + 1, left)),
        (DatumKind::Union(branches), _) => branches
            .iter()
            .any(|branch| fits(datums, *branch, value, depth + 1, left)),
        (DatumKind::Record { fields, .. }, Json::Object(entries)) => fields.iter().all(|field| {
            let own = entries.get(&field.name.node);
            let default = field.default.as_ref().map(|default| &default.node);
            own.or(default)
                .is_some_and(|value| fits(datums, field.ty, value, depth + 1, left))
        }),
        _ => false,
    }
}
