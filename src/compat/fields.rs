//! The walk over fields: of records, of the entries of tables, and of extensions.

use std::collections::HashMap;

use super::absent::{Absent, default_of};
use super::attrs::{custom_changes, known_changes};
use super::change::{AttrsOf, Change, ExtensionPair, FieldOwner, FieldPair, Pair, RecordPair};
use super::diff::{self, Walk};
use super::index::{At, Index};
use super::ranges::covers;
use crate::schema::{
    AttrOwner, Cardinality, Extension, Field, FieldGuard, FieldType, Oneof, Scalar, TypeDef,
    TypeKind,
};

/// Fields, groups, and what was required.
pub(super) fn records<'a>(walk: &Walk<'a>, pair: RecordPair<'a>, out: &mut Vec<Change<'a>>) {
    let (old, new) = (pair.records.old, pair.records.new);
    let new_by_number: HashMap<u32, &'a Field> = (new.fields.iter())
        .map(|field| (field.number.node, field))
        .collect();
    let old_by_number: HashMap<u32, &'a Field> = (old.fields.iter())
        .map(|field| (field.number.node, field))
        .collect();
    let named =
        |fields: &'a [Field], name: &str| fields.iter().find(|field| *field.name.node == *name);
    for field in &old.fields {
        if let Some(partner) = new_by_number.get(&field.number.node) {
            let fields = FieldPair {
                owner: FieldOwner::Record(pair),
                fields: Pair {
                    old: field,
                    new: partner,
                },
            };
            compare(walk, fields, out);
            oneofs(fields, pair, &old_by_number, &new_by_number, out);
            required(pair, field, partner, out);
            continue;
        }
        let kept = &pair.types.new.node.reserved;
        let number = i32::try_from(field.number.node).unwrap_or(i32::MAX);
        let moved = named(&new.fields, &field.name.node);
        out.push(Change::FieldRemoved {
            records: pair,
            old: field,
            renumbered_to: moved.filter(|new| !old_by_number.contains_key(&new.number.node)),
            is_number_reserved: covers(&kept.ranges, number),
            is_name_reserved: (kept.names.iter()).any(|name| name.node == field.name.node),
        });
        if field.cardinality == Cardinality::Required {
            out.push(Change::RequiredRemoved {
                records: pair,
                old: field,
            });
        }
    }
    for field in &new.fields {
        if old_by_number.contains_key(&field.number.node) {
            continue;
        }
        let moved = named(&old.fields, &field.name.node);
        out.push(Change::FieldAdded {
            records: pair,
            new: field,
            renumbered_from: moved.filter(|old| !new_by_number.contains_key(&old.number.node)),
            joins: known_group(pair, field, &old_by_number),
        });
        if field.cardinality == Cardinality::Required {
            out.push(Change::RequiredAdded {
                records: pair,
                new: field,
                old: None,
            });
        }
    }
    groups(walk, pair, out);
}

fn required<'a>(
    records: RecordPair<'a>,
    old: &'a Field,
    new: &'a Field,
    out: &mut Vec<Change<'a>>,
) {
    let is_required = |field: &Field| field.cardinality == Cardinality::Required;
    match (is_required(old), is_required(new)) {
        (true, false) => out.push(Change::RequiredRemoved { records, old }),
        (false, true) => out.push(Change::RequiredAdded {
            records,
            new,
            old: Some(old),
        }),
        _ => {}
    }
}

/// Groups by name: what is gone, and what is said about them otherwise.
fn groups<'a>(walk: &Walk<'a>, pair: RecordPair<'a>, out: &mut Vec<Change<'a>>) {
    for old in &pair.records.old.oneofs {
        let left = pair.records.new.oneofs.iter();
        let Some(new) = left.into_iter().find(|new| new.name.node == old.name.node) else {
            out.push(Change::OneofRemoved { records: pair, old });
            continue;
        };
        let of = AttrsOf {
            word: "oneof",
            name: &new.name.node,
            ty: Some(&pair.types.new.node.name),
            units: Pair {
                old: pair.types.old.unit,
                new: pair.types.new.unit,
            },
            spans: Some(Pair {
                old: old.span,
                new: new.span,
            }),
            falls_back: true,
            is_by_name: pair.is_by_name,
        };
        custom_changes(walk.new.set.attr_table, of, &old.attrs, &new.attrs, out);
    }
}

/// The group that a new field joins, when one of its members was in it before.
fn known_group<'a>(
    pair: RecordPair<'a>,
    field: &Field,
    old_by_number: &HashMap<u32, &'a Field>,
) -> Option<&'a Oneof> {
    let group = field.oneof?;
    let is_known = (pair.records.new.fields.iter())
        .filter(|other| other.oneof == Some(group))
        .filter_map(|other| old_by_number.get(&other.number.node))
        .any(|old| old.oneof.is_some());
    let oneof = pair.records.new.oneofs.get(group as usize)?;
    is_known.then_some(oneof)
}

/// Extensions of one record and number.
pub(super) fn extensions<'a>(
    walk: &Walk<'a>,
    pair: Pair<At<'a, Extension>>,
    out: &mut Vec<Change<'a>>,
) {
    let owner = FieldOwner::Extension(ExtensionPair {
        units: Pair {
            old: pair.old.unit,
            new: pair.new.unit,
        },
        names: Pair {
            old: &pair.old.node.name,
            new: &pair.new.node.name,
        },
        extendee: &pair.new.node.extendee,
    });
    let fields = FieldPair {
        owner,
        fields: Pair {
            old: &pair.old.node.field,
            new: &pair.new.node.field,
        },
    };
    compare(walk, fields, out);
}

/// Everything that moved in a field.
fn compare<'a>(walk: &Walk<'a>, pair: FieldPair<'a>, out: &mut Vec<Change<'a>>) {
    let Pair { old, new } = pair.fields;
    let are_entries = matches!(pair.owner, FieldOwner::Record(records) if records.are_entries);
    let is_renamed = match pair.owner {
        FieldOwner::Extension(extension) => extension.names.old != extension.names.new,
        FieldOwner::Record(_) => old.name.node != new.name.node,
    };
    if is_renamed {
        out.push(Change::FieldRenamed(pair));
    }
    let has_key = matches!(pair.owner, FieldOwner::Record(_));
    if has_key && old.json_name.name != new.json_name.name {
        out.push(Change::JsonNameChanged(pair));
    }
    if class(old.cardinality) != class(new.cardinality) && !are_entries {
        out.push(Change::CardinalityChanged(pair));
    }
    if is_other_type(&old.ty, &new.ty) {
        out.push(Change::TypeChanged(pair));
    }
    defaults(walk, pair, out);
    let owner: Option<&'a str> = match pair.owner {
        FieldOwner::Record(records) => Some(&records.types.new.node.name),
        FieldOwner::Extension(extension) => Some(extension.extendee),
    };
    let of = AttrsOf {
        word: "field",
        name: &new.name.node,
        ty: owner,
        units: pair.units(),
        spans: Some(Pair {
            old: old.span,
            new: new.span,
        }),
        falls_back: true,
        is_by_name: pair.is_by_name(),
    };
    let applies = |owner: AttrOwner| match owner {
        AttrOwner::Field(guard) => {
            let is_string_type = guard == FieldGuard::TextOrBytes;
            guards(guard, &old.ty) && guards(guard, &new.ty) && !(is_string_type && are_entries)
        }
        _ => false,
    };
    let table = walk.new.set.attr_table;
    known_changes(table, of, applies, &old.attrs, &new.attrs, out);
    if !are_entries {
        custom_changes(walk.new.set.attr_table, of, &old.attrs, &new.attrs, out);
        entries(walk, pair, out);
    }
}

fn guards(guard: FieldGuard, ty: &FieldType) -> bool {
    let FieldType::Scalar(scalar) = ty else {
        return guard == FieldGuard::Any;
    };
    match guard {
        FieldGuard::Any => true,
        FieldGuard::Text => *scalar == Scalar::Text,
        FieldGuard::TextOrBytes => matches!(scalar, Scalar::Text | Scalar::Bytes),
        FieldGuard::Int64 => matches!(scalar, Scalar::Int { bits: 64, .. }),
    }
}

/// The cardinality without what only writers choose.
pub(super) fn class(cardinality: Cardinality) -> Cardinality {
    match cardinality {
        Cardinality::Repeated { .. } => Cardinality::Repeated { packed: false },
        other => other,
    }
}

/// Whether two types differ by kind or by the name of what they refer to.
fn is_other_type(old: &FieldType, new: &FieldType) -> bool {
    match (old, new) {
        (FieldType::Scalar(old), FieldType::Scalar(new)) => old != new,
        (FieldType::Enum { name: old, .. }, FieldType::Enum { name: new, .. }) => old != new,
        _ => match (record_of(old), record_of(new)) {
            (Some(old), Some(new)) => old != new,
            _ => true,
        },
    }
}

/// The record that a type is, by name and framing; that of a table is its entry.
pub(super) fn record_of(ty: &FieldType) -> Option<(&str, bool)> {
    match ty {
        FieldType::Record { name, is_delimited } => Some((name, *is_delimited)),
        FieldType::Map(map) => Some((&map.entry, false)),
        FieldType::Scalar(_) | FieldType::Enum { .. } => None,
    }
}

fn defaults<'a>(walk: &Walk<'a>, pair: FieldPair<'a>, out: &mut Vec<Change<'a>>) {
    let old = default_of(walk.old, pair.fields.old);
    let new = default_of(walk.new, pair.fields.new);
    let (Some(old), Some(new)) = (old, new) else {
        return;
    };
    let is_same = Absent::same(&old, &new) || (old.is_zero() && new.is_zero());
    if !is_same {
        out.push(Change::DefaultChanged {
            fields: pair,
            values: Pair {
                old: old.to_string(),
                new: new.to_string(),
            },
        });
    }
}

/// Tables under one name are compared as the records that their entries are.
fn entries<'a>(walk: &Walk<'a>, pair: FieldPair<'a>, out: &mut Vec<Change<'a>>) {
    let FieldOwner::Record(owner) = pair.owner else {
        return;
    };
    let (FieldType::Map(old), FieldType::Map(new)) = (&pair.fields.old.ty, &pair.fields.new.ty)
    else {
        return;
    };
    let found = (walk.old.record(&old.entry)).zip(walk.new.record(&new.entry));
    let Some(((old_at, old_record), (new_at, new_record))) = found else {
        return;
    };
    let records_pair = RecordPair {
        types: Pair {
            old: old_at,
            new: new_at,
        },
        records: Pair {
            old: old_record,
            new: new_record,
        },
        are_entries: true,
        is_by_name: owner.is_by_name && old.entry == new.entry,
    };
    diff::records(walk, records_pair, out);
}

/// What became of the group that a field was in.
fn oneofs<'a>(
    pair: FieldPair<'a>,
    owner: RecordPair<'a>,
    old_by_number: &HashMap<u32, &'a Field>,
    new_by_number: &HashMap<u32, &'a Field>,
    out: &mut Vec<Change<'a>>,
) {
    let Pair { old, new } = pair.fields;
    let name = |oneofs: &'a [Oneof], at: Option<u32>| {
        at.and_then(|at| oneofs.get(at as usize))
            .map(|oneof| &*oneof.name.node)
    };
    let old_name = name(&owner.records.old.oneofs, old.oneof);
    let new_name = name(&owner.records.new.oneofs, new.oneof);
    if old_name == new_name {
        return;
    }
    // Who shared the group then and does not now, and the other way round.
    let excludes = members(&owner.records.new.fields, new)
        .filter_map(|other| old_by_number.get(&other.number.node).copied())
        .find(|other| old.oneof.is_none() || other.oneof != old.oneof);
    let admits = members(&owner.records.old.fields, old)
        .filter_map(|other| new_by_number.get(&other.number.node).copied())
        .find(|other| new.oneof.is_none() || other.oneof != new.oneof);
    let set = |fields: &'a [Field], field: &'a Field| -> Vec<u32> {
        let mut numbers: Vec<u32> = members(fields, field).map(|f| f.number.node).collect();
        numbers.sort_unstable();
        numbers
    };
    let is_renamed = old_name.is_some()
        && new_name.is_some()
        && set(&owner.records.old.fields, old) == set(&owner.records.new.fields, new);
    out.push(Change::OneofChanged {
        fields: pair,
        records: owner,
        excludes,
        admits,
        is_renamed,
    });
}

/// The other members of a field's group.
fn members<'a>(fields: &'a [Field], field: &'a Field) -> impl Iterator<Item = &'a Field> {
    fields.iter().filter(move |other| {
        field.oneof.is_some() && other.oneof == field.oneof && !std::ptr::eq(*other, field)
    })
}

/// Whether fields of a type's unit are required by a label rather than by a feature, which is all
/// that some tools look at.
pub(super) fn is_label(at: At<'_, TypeDef>) -> bool {
    at.unit.dialect.node.starts_with("proto")
}

/// A field that has to be there and holds this enum.
pub(super) fn required_enum<'a>(index: &Index<'a>, name: &str) -> Option<&'a Field> {
    index
        .set
        .units
        .iter()
        .flat_map(|unit| &unit.types)
        .filter_map(|ty| match &ty.kind {
            TypeKind::Record(record) => Some(&record.fields),
            TypeKind::Enum(_) => None,
        })
        .flatten()
        .find(|field| {
            field.cardinality == Cardinality::Required
                && matches!(&field.ty, FieldType::Enum { name: of, .. } if **of == *name)
        })
}
