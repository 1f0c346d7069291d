//! A release by name: what a comparison looks things up in.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::schema::{
    Attr, AttrTable, Attrs, Cardinality, EnumDef, Extension, Field, FieldType, JsonName, MapType,
    Record, Reserved, SchemaSet, Service, TypeDef, TypeKind, TypeName, Unit,
};
use crate::text::{NameMap, Spanned};

/// Something a unit declares, with the unit.
#[derive(Debug)]
pub(super) struct At<'a, T> {
    /// The unit.
    pub(super) unit: &'a Unit,
    /// What it declares.
    pub(super) node: &'a T,
}

impl<T> Clone for At<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for At<'_, T> {}

/// What a declaration is. Names of one kind do not stand for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// A record.
    Record,
    /// The record that the entries of a table are.
    Entry,
    /// An enum.
    Enum,
    /// An extension.
    Extension,
    /// A service.
    Service,
}

impl Kind {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Record => "message",
            Kind::Entry => "map entry",
            Kind::Enum => "enum",
            Kind::Extension => "extension",
            Kind::Service => "service",
        }
    }
}

/// The records that the entries of a release's tables are, with the positions of their units.
pub(super) struct Entries(Vec<(usize, TypeDef)>);

impl Entries {
    pub(super) fn of(set: &SchemaSet) -> Self {
        let table = set.attr_table;
        let mut list = Vec::new();
        for (at, unit) in set.units.iter().enumerate() {
            for ty in &unit.types {
                let TypeKind::Record(record) = &ty.kind else {
                    continue;
                };
                for field in &record.fields {
                    if let FieldType::Map(map) = &field.ty {
                        list.push((at, entry_record(table, ty, field, map)));
                    }
                }
            }
        }
        Entries(list)
    }
}

/// A table with room for so many names.
fn table<K, V>(room: usize) -> NameMap<K, V> {
    NameMap::with_capacity_and_hasher(room, Default::default())
}

/// A release by name. Iterate over [`Index::set`], never over the tables.
pub(super) struct Index<'a> {
    /// The release.
    pub(super) set: &'a SchemaSet,
    units: NameMap<&'a str, &'a Arc<Unit>>,
    types: NameMap<&'a str, At<'a, TypeDef>>,
    entries: NameMap<&'a str, At<'a, TypeDef>>,
    services: NameMap<&'a str, At<'a, Service>>,
    extensions: NameMap<(&'a str, u32), At<'a, Extension>>,
    /// Units by package; those that came with the compiler belong to nobody's package.
    packages: BTreeMap<&'a str, Vec<&'a Unit>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(set: &'a SchemaSet, entries: &'a Entries) -> Self {
        let mut index = Index {
            set,
            units: table(set.units.len()),
            types: table(set.units.iter().map(|unit| unit.types.len()).sum()),
            entries: table(entries.0.len()),
            services: NameMap::default(),
            extensions: NameMap::default(),
            packages: BTreeMap::new(),
        };
        for unit in &set.units {
            index.units.insert(&unit.path, unit);
            for node in &unit.types {
                index.types.insert(&node.name, At { unit, node });
            }
            for node in &unit.services {
                index.services.insert(&node.name, At { unit, node });
            }
            for node in &unit.extensions {
                let key = (&*node.extendee, node.field.number.node);
                index.extensions.insert(key, At { unit, node });
            }
            if !unit.is_builtin {
                let package = index.packages.entry(&unit.package.node).or_default();
                package.push(unit);
            }
        }
        for (at, node) in &entries.0 {
            let unit = &set.units[*at];
            index.entries.insert(&node.name, At { unit, node });
        }
        index
    }

    /// Units of the release itself, in the order of their paths.
    pub(super) fn own_units(&self) -> impl Iterator<Item = &'a Arc<Unit>> + use<'a> {
        self.set.units.iter().filter(|unit| !unit.is_builtin)
    }

    pub(super) fn unit(&self, path: &str) -> Option<&'a Arc<Unit>> {
        self.units.get(path).copied()
    }

    pub(super) fn ty(&self, name: &str) -> Option<At<'a, TypeDef>> {
        self.types.get(name).copied()
    }

    pub(super) fn record(&self, name: &str) -> Option<(At<'a, TypeDef>, &'a Record)> {
        let at = self.ty(name).or_else(|| self.entry(name))?;
        match &at.node.kind {
            TypeKind::Record(record) => Some((at, record)),
            TypeKind::Enum(_) => None,
        }
    }

    pub(super) fn enumeration(&self, name: &str) -> Option<(At<'a, TypeDef>, &'a EnumDef)> {
        let at = self.ty(name)?;
        match &at.node.kind {
            TypeKind::Enum(def) => Some((at, def)),
            TypeKind::Record(_) => None,
        }
    }

    pub(super) fn service(&self, name: &str) -> Option<At<'a, Service>> {
        self.services.get(name).copied()
    }

    pub(super) fn extension(&self, extendee: &str, number: u32) -> Option<At<'a, Extension>> {
        self.extensions.get(&(extendee, number)).copied()
    }

    /// Packages by name, each with its units.
    pub(super) fn packages(&self) -> &BTreeMap<&'a str, Vec<&'a Unit>> {
        &self.packages
    }

    /// The record that the entries of a table are, by its full name.
    pub(super) fn entry(&self, name: &str) -> Option<At<'a, TypeDef>> {
        self.entries.get(name).copied()
    }

    /// Whether a declaration of this kind has this full name in this package.
    pub(super) fn has(&self, kind: Kind, package: &str, name: &str) -> bool {
        let unit = match kind {
            Kind::Record | Kind::Entry => self.record(name).map(|(at, _)| at.unit),
            Kind::Enum => self.enumeration(name).map(|(at, _)| at.unit),
            Kind::Service => self.service(name).map(|at| at.unit),
            Kind::Extension => (self.packages.get(package).into_iter().flatten())
                .find(|unit| unit.extensions.iter().any(|ext| &*ext.name == name))
                .copied(),
        };
        unit.is_some_and(|unit| *unit.package.node == *package)
    }

    /// Whether a package declares anything of this kind.
    pub(super) fn has_kind(&self, kind: Kind, package: &str) -> bool {
        (self.packages.get(package).into_iter().flatten()).any(|unit| match kind {
            Kind::Record | Kind::Entry => unit
                .types
                .iter()
                .any(|ty| matches!(ty.kind, TypeKind::Record(_))),
            Kind::Enum => unit
                .types
                .iter()
                .any(|ty| matches!(ty.kind, TypeKind::Enum(_))),
            Kind::Service => !unit.services.is_empty(),
            Kind::Extension => !unit.extensions.is_empty(),
        })
    }
}

/// A full name without the package in front: how it is nested in its unit.
pub(super) fn nested<'n>(unit: &Unit, name: &'n str) -> &'n str {
    name.strip_prefix(&*unit.package.node)
        .map_or(name, |rest| rest.strip_prefix('.').unwrap_or(rest))
}

/// The record that the entries of a table are, spelled out: formats that have one treat it as a
/// record with the key as field 1 and the value as field 2.
fn entry_record(table: AttrTable, owner: &TypeDef, field: &Field, map: &MapType) -> TypeDef {
    let part = |name: &str, number: u32, ty: FieldType| Field {
        name: Spanned::new(name.into(), field.span),
        number: Spanned::new(number, field.span),
        json_name: JsonName {
            name: name.into(),
            written: None,
        },
        cardinality: match &ty {
            FieldType::Record { .. } => Cardinality::Explicit,
            _ => Cardinality::Implicit,
        },
        ty,
        ty_span: field.span,
        oneof: None,
        default: None,
        // What an entry is made of follows the field: its facts are those of both parts.
        attrs: field.attrs.clone(),
        span: field.span,
    };
    TypeDef {
        name: TypeName::clone(&map.entry),
        span: field.span,
        is_exported: owner.is_exported,
        reserved: Reserved::default(),
        attrs: inherited(table, &owner.attrs),
        kind: TypeKind::Record(Record {
            fields: vec![
                part("key", 1, FieldType::Scalar(map.key)),
                part("value", 2, map.value.clone()),
            ],
            ..Record::default()
        }),
    }
}

/// The facts of a record that hold for the entries of its tables; they are written nowhere there.
fn inherited(table: AttrTable, owner: &Attrs) -> Attrs {
    let reaches = |attr: &&Attr| {
        let row = table.iter().find(|def| *def.key == *attr.key);
        row.is_some_and(|def| def.reaches_entries)
    };
    let copy = |attr: &Attr| Attr {
        span: None,
        ..attr.clone()
    };
    Attrs::new(owner.iter().filter(reaches).map(copy).collect())
}
