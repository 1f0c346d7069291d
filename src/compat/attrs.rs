//! Facts that differ: judged by the row that declares their meaning, else listed as they are.

use super::change::{AttrsOf, Change, Pair, custom};
use crate::schema::{Attr, AttrChange, AttrDef, AttrOwner, AttrTable, Attrs};

/// Changes of attributes with a meaning, for the rows whose owner `applies`.
pub(super) fn known_changes<'a>(
    table: AttrTable,
    of: AttrsOf<'a>,
    applies: impl Fn(AttrOwner) -> bool,
    old: &'a Attrs,
    new: &'a Attrs,
    out: &mut Vec<Change<'a>>,
) {
    for def in table.iter().filter(|def| applies(def.of)) {
        let (old_attr, new_attr) = (old.get(def.key).last(), new.get(def.key).last());
        let values = Pair {
            old: old_attr.map_or(def.default, |attr| &*attr.value),
            new: new_attr.map_or(def.default, |attr| &*attr.value),
        };
        if counts(def, values) {
            out.push(Change::AttrChanged {
                def,
                of,
                values,
                written: Pair {
                    old: old_attr.and_then(|attr| attr.span),
                    new: new_attr.and_then(|attr| attr.span),
                },
            });
        }
    }
}

fn counts(def: &AttrDef, Pair { old, new }: Pair<&str>) -> bool {
    old != new
        && match def.counts {
            AttrChange::Any => true,
            AttrChange::From(value) => old == value,
            AttrChange::To(value) => new == value,
            AttrChange::Except(from, to) => !(old == from && new == to),
        }
}

/// Changes of facts whose meaning nobody declared, key by key.
pub(super) fn custom_changes<'a>(
    of: AttrsOf<'a>,
    old: &'a Attrs,
    new: &'a Attrs,
    out: &mut Vec<Change<'a>>,
) {
    let mut keys: Vec<&'a str> = custom(old)
        .chain(custom(new))
        .map(|attr| &*attr.key)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let old: Vec<&'a Attr> = custom(old).filter(|attr| *attr.key == *key).collect();
        let new: Vec<&'a Attr> = custom(new).filter(|attr| *attr.key == *key).collect();
        let values = |list: &[&'a Attr]| {
            list.iter()
                .map(|attr| &attr.value)
                .cloned()
                .collect::<Vec<_>>()
        };
        if values(&old) != values(&new) {
            out.push(Change::CustomAttrChanged { of, key, old, new });
        }
    }
}
