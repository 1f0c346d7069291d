//! Facts that differ: judged by the row that declares their meaning, else listed as they are.

use super::change::{AttrsOf, Change, Pair};
use super::finding::{Effect, Finding, Place};
use crate::diag::{Breaks, Rule};
use crate::schema::{Attr, AttrChange, AttrDef, AttrHurt, AttrOwner, AttrTable, Attrs};
use crate::text::Span;

/// Changes of attributes with a meaning, for the rows whose owner `applies`.
pub(super) fn known_changes<'a>(
    table: AttrTable,
    of: AttrsOf<'a>,
    applies: impl Fn(AttrOwner) -> bool,
    old: &'a Attrs,
    new: &'a Attrs,
    out: &mut Vec<Change<'a>>,
) {
    let values = |def: &'static AttrDef| Pair {
        old: old
            .get(def.key)
            .last()
            .map_or(def.default, |attr| &*attr.value),
        new: new
            .get(def.key)
            .last()
            .map_or(def.default, |attr| &*attr.value),
    };
    let written = |def: &AttrDef, attrs: &Attrs| attrs.get(def.key).last().and_then(|a| a.span);
    for def in table.iter().filter(|def| applies(def.of)) {
        let changed = values(def);
        if !counts(def, changed) {
            continue;
        }
        let leads = |other: &&'static AttrDef| def.follows == Some(other.key) && applies(other.of);
        let is_told = table.iter().find(leads).is_some_and(|other| {
            let other = values(other);
            (other.old, other.new) == (changed.old, changed.new)
        });
        out.push(Change::AttrChanged {
            def,
            of,
            values: changed,
            written: Pair {
                old: written(def, old),
                new: written(def, new),
            },
            is_told,
        });
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

/// Changes of facts whose meaning no row of `table` declares, key by key.
pub(super) fn custom_changes<'a>(
    table: AttrTable,
    of: AttrsOf<'a>,
    old: &'a Attrs,
    new: &'a Attrs,
    out: &mut Vec<Change<'a>>,
) {
    if old.iter().next().is_none() && new.iter().next().is_none() {
        return;
    }
    let is_custom = |attr: &&Attr| !table.iter().any(|def| *def.key == *attr.key);
    let custom = |attrs: &'a Attrs| attrs.iter().filter(is_custom);
    let mut keys: Vec<&'a str> = custom(old)
        .chain(custom(new))
        .map(|attr| &*attr.key)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let old: Vec<&'a Attr> = old.get(key).collect();
        let new: Vec<&'a Attr> = new.get(key).collect();
        let is_same = old.len() == new.len()
            && old
                .iter()
                .zip(&new)
                .all(|(old, new)| old.value == new.value);
        if !is_same {
            out.push(Change::CustomAttrChanged { of, key, old, new });
        }
    }
}

/// The finding that a change of an attribute is by `rule`, when that is the rule for who `hurts`;
/// `breaks` says what the values mean.
pub(super) fn finding<'a>(
    change: &Change<'a>,
    rule: &'static Rule,
    hurts: AttrHurt,
    breaks: impl FnOnce(&AttrDef, Pair<&str>) -> Breaks,
) -> Option<Finding<'a>> {
    let Change::AttrChanged {
        def,
        of,
        values,
        written,
        is_told,
    } = change
    else {
        return None;
    };
    if def.hurts != hurts {
        return None;
    }
    let mut finding = Finding::new(rule, headline(def, of, *values))
        .at(place(of, written.new), "")
        .in_units(Some(of.units.old), Some(of.units.new))
        .breaks(breaks(def, *values))
        .effect(if *is_told {
            Effect::Repetition
        } else {
            Effect::Change
        })
        .help("keep the old value");
    for id in def.peers {
        finding = finding.peer(id, of.is_by_name);
    }
    if let Some(span) = written.old.or(of.spans.map(|spans| spans.old)) {
        finding = finding.was_at(span);
    }
    Some(finding)
}

/// The attribute and its values in words.
fn headline(def: &AttrDef, of: &AttrsOf<'_>, values: Pair<&str>) -> String {
    let show = |value: &str| {
        if value.is_empty() {
            "nothing".to_owned()
        } else {
            format!("`{value}`")
        }
    };
    format!(
        "`{}` of {} `{}` changed from {} to {}",
        def.key,
        of.word,
        of.name,
        show(values.old),
        show(values.new)
    )
}

/// Where the attribute is written, else what has it, else the unit.
pub(super) fn place(of: &AttrsOf<'_>, written: Option<Span>) -> Place {
    match (written, of.spans) {
        (Some(span), _) => Place::At(span),
        (None, Some(spans)) if of.falls_back => Place::At(spans.new),
        _ => Place::Top(of.units.new.file),
    }
}
