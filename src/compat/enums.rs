//! The walk over enums.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use super::attrs::{custom_changes, known_changes};
use super::change::{AttrsOf, Change, EnumPair, Pair};
use super::diff::{Walk, keeps};
use super::fields;
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
    let by_name = |values: &'a [EnumValue]| -> HashMap<&'a str, &'a EnumValue> {
        // Of two values with one name, which no schema in order has, the first counts.
        let values = values.iter().rev();
        values.map(|value| (&*value.name.node, value)).collect()
    };
    let old_named = by_name(&pair.enums.old.values);
    let new_named = by_name(&pair.enums.new.values);
    let kept_names: HashSet<&str> = (new.node.reserved.names.iter())
        .map(|name| &*name.node)
        .collect();
    // Every field of the release is looked at, so once an enum, and only when asked.
    let required_in_new = LazyCell::new(|| fields::required_enum(walk.new, &new.node.name));
    let required_in_old = LazyCell::new(|| fields::required_enum(walk.old, &old.node.name));
    for (number, old_names) in &old_values {
        let Some(new_names) = new_values.get(number) else {
            let kept = &new.node.reserved;
            let is_reserved = |value: &&EnumValue| kept_names.contains(&*value.name.node);
            out.push(Change::ValueRemoved {
                enums: pair,
                old: old_names.clone(),
                renumbered_to: (old_names.iter())
                    .find_map(|value| new_named.get(&*value.name.node).copied()),
                is_number_reserved: super::ranges::covers(&kept.ranges, *number),
                are_names_reserved: old_names.iter().all(is_reserved),
                required_in: *required_in_new,
            });
            continue;
        };
        let lost = |value: &&EnumValue| {
            let left = new_named.get(&*value.name.node);
            left.is_none_or(|left| left.number.node != *number)
        };
        if old_names.iter().any(lost) {
            let old_names: Rc<[_]> = old_names.as_slice().into();
            let all_new: Rc<[_]> = new_names.as_slice().into();
            let knows = |named: &HashMap<&str, &EnumValue>, name: &str| {
                let value = named.get(name);
                value.is_some_and(|value| value.number.node == *number)
            };
            let is_read = Pair {
                old: knows(&new_named, &old_names[0].name.node),
                new: knows(&old_named, &new_names[0].name.node),
            };
            for (at, value) in new_names.iter().enumerate() {
                out.push(Change::ValueRenamed {
                    enums: pair,
                    old: Rc::clone(&old_names),
                    new: value,
                    all_new: Rc::clone(&all_new),
                    is_read,
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
        let Some(new_value) = new_named.get(&*old_value.name.node).copied() else {
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
                    .find_map(|value| old_named.get(&*value.name.node).copied()),
                required_in: *required_in_old,
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
