//! The one walk over two releases. It matches what belongs together and says what moved; it judges
//! nothing.

use std::collections::HashSet;
use std::sync::Arc;

use super::attrs::{custom_changes, known_changes};
use super::change::{AttrsOf, Change, EnumPair, Pair, RecordPair};
use super::enums::enums;
use super::fields;
use super::gone::{Gone, packages};
use super::index::{At, Index, Kind, nested};
use super::methods::methods;
use super::ranges::missing;
use crate::schema::{AttrOwner, FieldType, NumberRange, Reserved, TypeDef, TypeKind, Unit};

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
        ty: None,
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

/// Numbers and names that are no longer kept.
pub(super) fn keeps<'a>(
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
