//! A field has another type.

use super::package_changed::went_along;
use crate::compat::change::{Change, FieldPair};
use crate::compat::cx::{Cx, is_reuse, reuse};
use crate::compat::encoding::{BREAK, json};
use crate::compat::finding::{Effect, Finding, Place, both, breaks, harmless};
use crate::compat::peers;
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;
use crate::schema::{FieldType, MapType, Scalar};

declare_rule! {
    /// A field has another type.
    #[page = "field_type_changed.md"]
    pub(crate) static FIELD_TYPE_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FIELD_SAME_TYPE", "buf:FIELD_WIRE_JSON_COMPATIBLE_TYPE", "buf:FIELD_WIRE_COMPATIBLE_TYPE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &FIELD_TYPE_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, cx: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::TypeChanged(pair) = change else {
        return None;
    };
    let (old, new) = (pair.fields.old, pair.fields.new);
    let is_seen = pair.is_by_name();
    let shape = match (&old.ty, &new.ty) {
        (FieldType::Record { name: from, .. }, FieldType::Record { name: to, .. }) => {
            cx.shape(from, to).reason
        }
        _ => None,
    };
    let is_told = renamed_table(pair) || are_entries(pair);
    let hurts = if renamed_table(pair) {
        harmless()
    } else {
        let (binary, json) = cx.values(pair);
        if cx.taken_from(pair).is_some() {
            // JSON and code find both fields under their names, which is told there.
            let (binary, _) = reuse(old, new, binary);
            breaks(binary, Directions::SAFE, Directions::SAFE)
        } else if is_reuse(pair) {
            let (binary, json) = reuse(old, new, binary);
            breaks(binary, json, both(BREAK))
        } else {
            let json = if is_key(pair) {
                keys_of_table(pair)
            } else {
                json
            };
            breaks(binary, json, source(&old.ty, &new.ty))
        }
    };
    let headline = format!(
        "{} changed its type from `{}` to `{}`",
        pair.describe(),
        spell(&old.ty),
        spell(&new.ty)
    );
    let mut finding = Finding::new(&FIELD_TYPE_CHANGED, headline)
        .at(Place::At(new.ty_span), "")
        .was_at(old.ty_span)
        .in_units(Some(pair.units().old), Some(pair.units().new))
        .breaks(hurts)
        .peer("buf:FIELD_SAME_TYPE", is_seen)
        .peer(
            "buf:FIELD_WIRE_JSON_COMPATIBLE_TYPE",
            is_seen && !peers::is_json_compatible(cx, &old.ty, &new.ty),
        )
        .peer(
            "buf:FIELD_WIRE_COMPATIBLE_TYPE",
            is_seen && !peers::is_wire_compatible(cx, &old.ty, &new.ty),
        )
        .effect(
            if is_told && renamed_table(pair) || is_told_by_package(pair) {
                Effect::Repetition
            } else {
                Effect::Change
            },
        )
        .corrects(is_other_sign(&old.ty, &new.ty))
        .help("keep the field and add one of the new type under a new number");
    if let Some(reason) = shape {
        finding = finding.note(reason.note(Some(&new.name.node)));
    }
    Some(finding)
}

/// Whether whole numbers differ in their sign alone, which JSON does not forgive.
fn is_other_sign(old: &FieldType, new: &FieldType) -> bool {
    let shape = |ty: &FieldType| match ty {
        FieldType::Scalar(Scalar::Int {
            signed,
            bits,
            coding,
        }) => Some((*signed, (*bits, *coding))),
        _ => None,
    };
    match (shape(old), shape(new)) {
        (Some((from, old)), Some((to, new))) => from != to && old == new,
        _ => false,
    }
}

/// Code does not see how a record is framed.
fn source(old: &FieldType, new: &FieldType) -> Directions {
    match (old, new) {
        (FieldType::Record { name: old, .. }, FieldType::Record { name: new, .. })
            if old == new =>
        {
            Directions::SAFE
        }
        _ => both(BREAK),
    }
}

/// Whether the field is the key of a table's entries.
fn is_key(pair: &FieldPair<'_>) -> bool {
    are_entries(pair) && pair.fields.new.number.node == 1
}

/// Keys of a table are text in JSON.
fn keys_of_table(pair: &FieldPair<'_>) -> Directions {
    match (&pair.fields.old.ty, &pair.fields.new.ty) {
        (FieldType::Scalar(old), FieldType::Scalar(new)) => {
            Directions::new(json::map_key(*old, *new), json::map_key(*new, *old))
        }
        _ => both(BREAK),
    }
}

/// A table under another name: its entries have another name and are the same.
fn renamed_table(pair: &FieldPair<'_>) -> bool {
    match (&pair.fields.old.ty, &pair.fields.new.ty) {
        (FieldType::Map(old), FieldType::Map(new)) => content(old) == content(new),
        _ => false,
    }
}

fn content(map: &MapType) -> (Scalar, &FieldType) {
    (map.key, &map.value)
}

/// Whether the field refers to what it referred to, which changed its package together with it.
fn is_told_by_package(pair: &FieldPair<'_>) -> bool {
    let along = |old: &str, new: &str| went_along(pair.units(), old, new);
    match (&pair.fields.old.ty, &pair.fields.new.ty) {
        (FieldType::Enum { name: old, .. }, FieldType::Enum { name: new, .. }) => along(old, new),
        (
            FieldType::Record {
                name: old,
                is_delimited: was_delimited,
            },
            FieldType::Record {
                name: new,
                is_delimited,
            },
        ) => was_delimited == is_delimited && along(old, new),
        // What the entries hold is compared as the record that they are.
        (FieldType::Map(old), FieldType::Map(new)) => along(&old.entry, &new.entry),
        _ => false,
    }
}

/// Whether the field is part of the entries of a table.
fn are_entries(pair: &FieldPair<'_>) -> bool {
    matches!(pair.owner, crate::compat::change::FieldOwner::Record(records) if records.are_entries)
}

/// A type as schemas write it.
pub(super) fn spell(ty: &FieldType) -> String {
    match ty {
        FieldType::Scalar(scalar) => peers::word(*scalar).to_owned(),
        FieldType::Record {
            name,
            is_delimited: true,
        } => format!("{name} (delimited)"),
        FieldType::Record { name, .. } | FieldType::Enum { name, .. } => name.to_string(),
        FieldType::Map(map) => format!("map<{}, {}>", peers::word(map.key), spell(&map.value)),
    }
}
