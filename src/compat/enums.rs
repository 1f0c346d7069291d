//! The walk over enums.

use std::collections::BTreeMap;

use super::attrs::{custom_changes, known_changes};
use super::change::{AttrsOf, Change, EnumPair, Pair};
use super::diff::{Walk, keeps};
use super::fields;
use super::index::Index;
use crate::schema::{AttrOwner, EnumValue};

/// Values by number, the numbers in order and values of one number in the order of declaration.
pub(super) fn by_number(values: &[EnumValue]) -> BTreeMap<i32, Vec<&EnumValue>> {
    let mut map: BTreeMap<i32, Vec<&EnumValue>> = BTreeMap::new();
    for value in values {
        map.entry(value.number.node).or_default().push(value);
    }
    map
}

/// Everything that moved in an enum.
pub(super) fn enums<'a>(walk: &Walk<'a>, pair: EnumPair<'a>, out: &mut Vec<Change<'a>>) {
    let Pair { old, new } = pair.types;
    if pair.enums.old.is_closed != pair.enums.new.is_closed {
        out.push(Change::OpennessChanged(pair));
    }
    let old_values = by_number(&pair.enums.old.values);
    let new_values = by_number(&pair.enums.new.values);
    let named =
        |values: &'a [EnumValue], name: &str| values.iter().find(|value| *value.name.node == *name);
    let required_in = |index: &Index<'a>, name: &str| fields::required_enum(index, name);
    for (number, old_names) in &old_values {
        let Some(new_names) = new_values.get(number) else {
            let kept = &new.node.reserved;
            let is_reserved =
                |value: &&EnumValue| kept.names.iter().any(|name| name.node == value.name.node);
            out.push(Change::ValueRemoved {
                enums: pair,
                old: old_names.clone(),
                renumbered_to: (old_names.iter())
                    .find_map(|value| named(&pair.enums.new.values, &value.name.node)),
                is_number_reserved: super::ranges::covers(&kept.ranges, *number),
                are_names_reserved: old_names.iter().all(is_reserved),
                required_in: required_in(walk.new, &new.node.name),
            });
            continue;
        };
        let lost =
            |value: &&&EnumValue| !(new_names.iter()).any(|left| left.name.node == value.name.node);
        if old_names.iter().any(|value| lost(&value)) {
            for (at, value) in new_names.iter().enumerate() {
                out.push(Change::ValueRenamed {
                    enums: pair,
                    old: old_names.clone(),
                    new: value,
                    all_new: new_names.clone(),
                    is_first: at == 0,
                });
            }
        } else if old_names[0].name.node != new_names[0].name.node {
            out.push(Change::AliasFirst {
                enums: pair,
                old: old_names[0],
                new: new_names[0],
            });
        }
    }
    for old_value in &pair.enums.old.values {
        let Some(new_value) = named(&pair.enums.new.values, &old_value.name.node) else {
            continue;
        };
        let of = AttrsOf {
            word: "value",
            name: &new_value.name.node,
            ty: Some(&new.node.name),
            units: Pair {
                old: old.unit,
                new: new.unit,
            },
            spans: Some(Pair {
                old: old_value.span,
                new: new_value.span,
            }),
            falls_back: true,
            is_by_name: pair.is_by_name,
        };
        let table = walk.new.set.attr_table;
        custom_changes(table, of, &old_value.attrs, &new_value.attrs, out);
    }
    for (number, names) in &new_values {
        if !old_values.contains_key(number) {
            out.push(Change::ValueAdded {
                enums: pair,
                new: names[0],
                renumbered_from: (names.iter())
                    .find_map(|value| named(&pair.enums.old.values, &value.name.node)),
                required_in: required_in(walk.old, &old.node.name),
            });
        }
    }
    keeps(pair.types, true, pair.is_by_name, out);
    let of = AttrsOf {
        word: "enum",
        name: &new.node.name,
        ty: Some(&new.node.name),
        units: Pair {
            old: old.unit,
            new: new.unit,
        },
        spans: Some(Pair {
            old: old.node.span,
            new: new.node.span,
        }),
        falls_back: true,
        is_by_name: pair.is_by_name,
    };
    let table = walk.new.set.attr_table;
    known_changes(
        table,
        of,
        |owner| owner == AttrOwner::Enum,
        &old.node.attrs,
        &new.node.attrs,
        out,
    );
    custom_changes(
        walk.new.set.attr_table,
        of,
        &old.node.attrs,
        &new.node.attrs,
        out,
    );
}
