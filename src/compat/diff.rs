//! The one walk over two releases. It matches what belongs together and says what moved; it judges
//! nothing.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use super::attrs::{custom_changes, known_changes};
use super::change::{AttrsOf, Change, EnumPair, MethodPair, Pair, RecordPair, Removed};
use super::fields;
use super::index::{At, Index, Kind, nested};
use super::ranges::missing;
use crate::schema::{
    AttrOwner, EnumValue, FieldType, NumberRange, Reserved, Service, TypeDef, TypeKind, Unit,
};

/// What a walk is over.
pub(super) struct Walk<'a> {
    /// The old release.
    pub(super) old: &'a Index<'a>,
    /// The new one.
    pub(super) new: &'a Index<'a>,
    /// Whether only some units of the releases were read, so that what is not there says nothing.
    pub(super) is_partial: bool,
}

/// Everything that moved, unit by unit in the order of paths.
pub(super) fn diff<'a>(walk: &Walk<'a>) -> Vec<Change<'a>> {
    let mut out = Vec::new();
    if !walk.is_partial {
        packages(walk, &mut out);
    }
    for old in walk.old.own_units() {
        match walk.new.unit(&old.path).filter(|unit| !unit.is_builtin) {
            Some(new) if Arc::ptr_eq(old, new) || old.closure == new.closure => {}
            Some(new) => unit(walk, old, new, &mut out),
            None if walk.is_partial => {}
            None => {
                out.push(Change::UnitRemoved(old));
                declarations(walk, old, None, &mut out);
            }
        }
    }
    for new in walk.new.own_units() {
        match walk.old.unit(&new.path).filter(|unit| !unit.is_builtin) {
            Some(old) if Arc::ptr_eq(old, new) || old.closure == new.closure => {}
            Some(_) => additions(walk, new, &mut out),
            None if walk.is_partial => {}
            None => out.push(Change::UnitAdded(new)),
        }
    }
    out
}

fn packages<'a>(walk: &Walk<'a>, out: &mut Vec<Change<'a>>) {
    for (name, units) in walk.old.packages() {
        if walk.new.packages().contains_key(name) {
            continue;
        }
        out.push(Change::PackageRemoved {
            name,
            units,
            replaced_by: replacement(walk, units),
        });
    }
}

/// The package that newly declares most of what these units declared: they moved there.
fn replacement<'a>(walk: &Walk<'a>, units: &[&'a Unit]) -> Option<&'a str> {
    let mut names: HashSet<&str> = HashSet::new();
    for unit in units {
        names.extend(unit.types.iter().map(|ty| nested(unit, &ty.name)));
        names.extend(
            unit.services
                .iter()
                .map(|service| nested(unit, &service.name)),
        );
    }
    let mut best: Option<(usize, &'a str)> = None;
    for (package, candidates) in walk.new.packages() {
        if walk.old.packages().contains_key(package) {
            continue;
        }
        let common = candidates
            .iter()
            .flat_map(|unit| {
                let types = unit.types.iter().map(|ty| nested(unit, &ty.name));
                types.chain(unit.services.iter().map(|s| nested(unit, &s.name)))
            })
            .filter(|name| names.contains(name))
            .count();
        if common * 2 > names.len() && best.is_none_or(|(most, _)| common > most) {
            best = Some((common, package));
        }
    }
    best.map(|(_, package)| package)
}

fn unit<'a>(walk: &Walk<'a>, old: &'a Unit, new: &'a Unit, out: &mut Vec<Change<'a>>) {
    let from = out.len();
    let units = Pair { old, new };
    if old.package.node != new.package.node {
        out.push(Change::PackageChanged(units));
    }
    for import in old.imports.iter().filter(|import| import.is_public) {
        let is_left = (new.imports.iter()).any(|new| new.is_public && new.path == import.path);
        if !is_left {
            out.push(Change::PublicImportRemoved { units, import });
        }
    }
    let of = AttrsOf {
        word: "file",
        name: &new.path,
        units,
        spans: None,
        falls_back: false,
        is_by_name: true,
    };
    let table = walk.new.set.attr_table;
    known_changes(
        table,
        of,
        |owner| owner == AttrOwner::Unit,
        &old.attrs,
        &new.attrs,
        out,
    );
    custom_changes(walk.new.set.attr_table, of, &old.attrs, &new.attrs, out);
    declarations(walk, old, Some(new), out);
    if old.dialect.node != new.dialect.node {
        let is_observable = out[from..].iter().any(depends_on_dialect);
        out.push(Change::DialectChanged {
            units,
            is_observable,
        });
    }
}

/// Whether a change can follow from the dialect alone.
fn depends_on_dialect(change: &Change<'_>) -> bool {
    matches!(
        change,
        Change::CardinalityChanged(_)
            | Change::OpennessChanged(_)
            | Change::AttrChanged { .. }
            | Change::TypeChanged(_)
            | Change::DefaultChanged { .. }
    )
}

/// What a unit declared: compared where the new release declares it, else missed.
fn declarations<'a>(
    walk: &Walk<'a>,
    old: &'a Unit,
    new: Option<&'a Unit>,
    out: &mut Vec<Change<'a>>,
) {
    let gone = Gone::new(walk, old, new);
    for ty in &old.types {
        let kind = match ty.kind {
            TypeKind::Record(_) => Kind::Record,
            TypeKind::Enum(_) => Kind::Enum,
        };
        gone.report(kind, &ty.name, ty.span, out);
        if let TypeKind::Record(record) = &ty.kind {
            for field in &record.fields {
                if let FieldType::Map(map) = &field.ty {
                    gone.report(Kind::Entry, &map.entry, field.span, out);
                }
            }
        }
        let old_at = At {
            unit: old,
            node: ty,
        };
        let by_name = walk.new.ty(&ty.name);
        let partner = by_name.or_else(|| gone.renamed_type(ty));
        if let Some(new_at) = partner {
            types(walk, old_at, new_at, by_name.is_some(), out);
        }
    }
    for extension in &old.extensions {
        gone.report(Kind::Extension, &extension.name, extension.field.span, out);
        let number = extension.field.number.node;
        if let Some(new) = walk.new.extension(&extension.extendee, number) {
            fields::extensions(
                walk,
                Pair {
                    old: At {
                        unit: old,
                        node: extension,
                    },
                    new,
                },
                out,
            );
        }
    }
    for service in &old.services {
        gone.report(Kind::Service, &service.name, service.span, out);
        let by_name = walk.new.service(&service.name);
        if let Some(new) = by_name.or_else(|| gone.renamed_service(service)) {
            let services = Pair {
                old: At {
                    unit: old,
                    node: service,
                },
                new,
            };
            methods(walk, services, by_name.is_some(), out);
        }
    }
}

/// What of an old unit is not where it was.
struct Gone<'w, 'a> {
    walk: &'w Walk<'a>,
    old: &'a Unit,
    new: Option<&'a Unit>,
    /// What the unit of this path declares now, by kind and nested name.
    left: HashMap<(Kind, &'a str), Option<&'a TypeDef>>,
    services: HashMap<&'a str, &'a Service>,
    is_package_alive: bool,
}

impl<'w, 'a> Gone<'w, 'a> {
    fn new(walk: &'w Walk<'a>, old: &'a Unit, new: Option<&'a Unit>) -> Self {
        let mut gone = Gone {
            walk,
            old,
            new,
            left: HashMap::new(),
            services: HashMap::new(),
            is_package_alive: walk.new.packages().contains_key(&*old.package.node),
        };
        let Some(new) = new else {
            return gone;
        };
        for ty in &new.types {
            let name = nested(new, &ty.name);
            match &ty.kind {
                TypeKind::Enum(_) => {
                    gone.left.insert((Kind::Enum, name), Some(ty));
                }
                TypeKind::Record(record) => {
                    gone.left.insert((Kind::Record, name), Some(ty));
                    for field in &record.fields {
                        if let FieldType::Map(map) = &field.ty {
                            gone.left
                                .insert((Kind::Entry, nested(new, &map.entry)), None);
                        }
                    }
                }
            }
        }
        for extension in &new.extensions {
            let key = (Kind::Extension, nested(new, &extension.name));
            gone.left.insert(key, None);
        }
        for service in &new.services {
            gone.left
                .insert((Kind::Service, nested(new, &service.name)), None);
            gone.services.insert(nested(new, &service.name), service);
        }
        gone
    }

    fn has_left(&self, kind: Kind, name: &str) -> bool {
        match kind {
            // An entry and a record of the same name stand for one another.
            Kind::Record | Kind::Entry => {
                self.left.contains_key(&(Kind::Record, name))
                    || self.left.contains_key(&(Kind::Entry, name))
            }
            _ => self.left.contains_key(&(kind, name)),
        }
    }

    fn report(
        &self,
        kind: Kind,
        name: &'a str,
        old_at: crate::text::Span,
        out: &mut Vec<Change<'a>>,
    ) {
        let in_unit = nested(self.old, name);
        let is_in_unit = self.has_left(kind, in_unit);
        let package = &*self.old.package.node;
        let is_in_package = self.walk.new.has(kind, package, name);
        let is_missed_in_unit = self.new.is_some() && !is_in_unit;
        let is_missed_in_package = self.is_package_alive && !is_in_package && !self.walk.is_partial;
        if !is_missed_in_unit && !is_missed_in_package {
            return;
        }
        let moved_to = match kind {
            Kind::Record | Kind::Entry | Kind::Enum => {
                self.walk.new.ty(name).map(|at| (at.unit, at.node.span))
            }
            Kind::Service => self
                .walk
                .new
                .service(name)
                .map(|at| (at.unit, at.node.span)),
            Kind::Extension => None,
        };
        out.push(Change::Removed(Removed {
            kind,
            name,
            old_unit: self.old,
            old_at,
            new_unit: self.new,
            parent: self.parent(in_unit),
            is_in_unit,
            is_package_alive: self.is_package_alive,
            is_in_package,
            has_package_kind: self.walk.new.has_kind(kind, package),
            moved_to,
        }));
    }

    /// The nearest record around a nested name that is left.
    fn parent(&self, name: &str) -> Option<&'a TypeDef> {
        let mut outer = name;
        while let Some((rest, _)) = outer.rsplit_once('.') {
            if let Some(Some(ty)) = self.left.get(&(Kind::Record, rest)) {
                return Some(ty);
            }
            outer = rest;
        }
        None
    }

    /// The type of this nested name in the same unit, when the unit went to another package.
    fn renamed_type(&self, old: &TypeDef) -> Option<At<'a, TypeDef>> {
        let kind = match old.kind {
            TypeKind::Record(_) => Kind::Record,
            TypeKind::Enum(_) => Kind::Enum,
        };
        let node = (*self.left.get(&(kind, nested(self.old, &old.name)))?)?;
        let unit = self.new?;
        Some(At { unit, node })
    }

    fn renamed_service(&self, old: &Service) -> Option<At<'a, Service>> {
        let node = self.services.get(nested(self.old, &old.name))?;
        let unit = self.new?;
        Some(At { unit, node })
    }
}

fn types<'a>(
    walk: &Walk<'a>,
    old: At<'a, TypeDef>,
    new: At<'a, TypeDef>,
    is_by_name: bool,
    out: &mut Vec<Change<'a>>,
) {
    let types = Pair { old, new };
    match (&old.node.kind, &new.node.kind) {
        (TypeKind::Record(old_record), TypeKind::Record(new_record)) => {
            let pair = RecordPair {
                types,
                records: Pair {
                    old: old_record,
                    new: new_record,
                },
                are_entries: false,
                is_by_name,
            };
            records(walk, pair, out);
        }
        (TypeKind::Enum(old_enum), TypeKind::Enum(new_enum)) => {
            let pair = EnumPair {
                types,
                enums: Pair {
                    old: old_enum,
                    new: new_enum,
                },
                is_by_name,
            };
            enums(walk, pair, out);
        }
        // A record that became an enum is gone, and was reported so.
        _ => return,
    }
    if old.node.is_exported && !new.node.is_exported {
        out.push(Change::VisibilityNarrowed(types));
    }
}

/// Everything that moved in a record.
pub(super) fn records<'a>(walk: &Walk<'a>, pair: RecordPair<'a>, out: &mut Vec<Change<'a>>) {
    fields::records(walk, pair, out);
    let Pair { old, new } = pair.types;
    keeps(pair.types, false, pair.is_by_name, out);
    ranges(
        "extension",
        pair.types,
        false,
        pair.is_by_name,
        &pair.records.old.extension_ranges,
        &pair.records.new.extension_ranges,
        out,
    );
    let of = AttrsOf {
        word: "message",
        name: &new.node.name,
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
        |owner| owner == AttrOwner::Record,
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

fn keeps<'a>(
    types: Pair<At<'a, TypeDef>>,
    is_enum: bool,
    is_by_name: bool,
    out: &mut Vec<Change<'a>>,
) {
    let (old, new): (&'a Reserved, &'a Reserved) =
        (&types.old.node.reserved, &types.new.node.reserved);
    ranges(
        "reserved",
        types,
        is_enum,
        is_by_name,
        &old.ranges,
        &new.ranges,
        out,
    );
    let left: HashSet<&str> = new.names.iter().map(|name| &*name.node).collect();
    for name in &old.names {
        if !left.contains(&*name.node) {
            out.push(Change::ReservedNameRemoved {
                types,
                is_enum,
                old: name,
                is_by_name,
            });
        }
    }
}

fn ranges<'a>(
    word: &'static str,
    types: Pair<At<'a, TypeDef>>,
    is_enum: bool,
    is_by_name: bool,
    old: &'a [NumberRange],
    new: &'a [NumberRange],
    out: &mut Vec<Change<'a>>,
) {
    for range in old {
        let missing = missing((range.start, range.end), new);
        if !missing.is_empty() {
            out.push(Change::RangeRemoved {
                word,
                types,
                is_enum,
                old: range,
                missing,
                is_by_name,
            });
        }
    }
}

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
            for (at, value) in new_names.iter().enumerate() {
                out.push(Change::ValueRenamed {
                    enums: pair,
                    old: Rc::clone(&old_names),
                    new: value,
                    all_new: Rc::clone(&all_new),
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

fn methods<'a>(
    walk: &Walk<'a>,
    services: Pair<At<'a, Service>>,
    is_by_name: bool,
    out: &mut Vec<Change<'a>>,
) {
    let Pair { old, new } = services;
    for old_method in &old.node.methods {
        let partner = (new.node.methods.iter()).find(|m| m.name.node == old_method.name.node);
        let Some(new_method) = partner else {
            out.push(Change::MethodRemoved {
                services,
                old: old_method,
                is_by_name,
            });
            continue;
        };
        let pair = MethodPair {
            services,
            methods: Pair {
                old: old_method,
                new: new_method,
            },
            is_by_name,
        };
        let sides = [
            (true, &old_method.input, &new_method.input),
            (false, &old_method.output, &new_method.output),
        ];
        for (is_input, old_message, new_message) in sides {
            if old_message.is_stream != new_message.is_stream {
                out.push(Change::StreamingChanged {
                    methods: pair,
                    is_input,
                });
            }
            if old_message.name != new_message.name {
                out.push(Change::MessageChanged {
                    methods: pair,
                    is_input,
                });
            }
        }
        let of = AttrsOf {
            word: "rpc",
            name: &new_method.name.node,
            units: Pair {
                old: old.unit,
                new: new.unit,
            },
            spans: Some(Pair {
                old: old_method.span,
                new: new_method.span,
            }),
            falls_back: false,
            is_by_name,
        };
        let table = walk.new.set.attr_table;
        known_changes(
            table,
            of,
            |owner| owner == AttrOwner::Method,
            &old_method.attrs,
            &new_method.attrs,
            out,
        );
        custom_changes(
            walk.new.set.attr_table,
            of,
            &old_method.attrs,
            &new_method.attrs,
            out,
        );
    }
    for new_method in &new.node.methods {
        if !(old.node.methods.iter()).any(|m| m.name.node == new_method.name.node) {
            out.push(Change::MethodAdded {
                services,
                new: new_method,
            });
        }
    }
    let of = AttrsOf {
        word: "service",
        name: &new.node.name,
        units: Pair {
            old: old.unit,
            new: new.unit,
        },
        spans: Some(Pair {
            old: old.node.span,
            new: new.node.span,
        }),
        falls_back: true,
        is_by_name,
    };
    custom_changes(
        walk.new.set.attr_table,
        of,
        &old.node.attrs,
        &new.node.attrs,
        out,
    );
}

/// What a unit declares that the old release did not.
fn additions<'a>(walk: &Walk<'a>, new: &'a Unit, out: &mut Vec<Change<'a>>) {
    let old_unit = walk.old.unit(&new.path);
    // Types that went along with their unit into another package are not new.
    let mut there: HashSet<&str> = HashSet::new();
    if let Some(old) = old_unit {
        there.extend(old.types.iter().map(|ty| nested(old, &ty.name)));
        there.extend(old.services.iter().map(|s| nested(old, &s.name)));
    }
    let was_there = |name: &str| there.contains(nested(new, name));
    for ty in &new.types {
        if walk.old.ty(&ty.name).is_none() && !was_there(&ty.name) {
            let kind = match ty.kind {
                TypeKind::Record(_) => Kind::Record,
                TypeKind::Enum(_) => Kind::Enum,
            };
            out.push(Change::Added {
                kind,
                name: &ty.name,
                at: ty.span,
            });
        }
    }
    for extension in &new.extensions {
        let number = extension.field.number.node;
        if walk.old.extension(&extension.extendee, number).is_none() {
            out.push(Change::Added {
                kind: Kind::Extension,
                name: &extension.name,
                at: extension.field.span,
            });
        }
    }
    for service in &new.services {
        if walk.old.service(&service.name).is_none() && !was_there(&service.name) {
            out.push(Change::Added {
                kind: Kind::Service,
                name: &service.name,
                at: service.span,
            });
        }
    }
}
