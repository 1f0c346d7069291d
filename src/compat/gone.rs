//! What the new release does not declare where the old one did, and packages that went as a whole.

use std::collections::{HashMap, HashSet};

use super::change::{Change, Removed};
use super::diff::Walk;
use super::index::{At, Kind, nested};
use crate::schema::{FieldType, Service, TypeDef, TypeKind, Unit};
use crate::text::Span;

/// Packages without a unit in the new release.
pub(super) fn packages<'a>(walk: &Walk<'a>, out: &mut Vec<Change<'a>>) {
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

/// What of an old unit is not where it was.
pub(super) struct Gone<'w, 'a> {
    walk: &'w Walk<'a>,
    old: &'a Unit,
    new: Option<&'a Unit>,
    /// What the unit of this path declares now, by kind and nested name.
    left: HashMap<(Kind, &'a str), Option<&'a TypeDef>>,
    services: HashMap<&'a str, &'a Service>,
    is_package_alive: bool,
}

impl<'w, 'a> Gone<'w, 'a> {
    pub(super) fn new(walk: &'w Walk<'a>, old: &'a Unit, new: Option<&'a Unit>) -> Self {
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

    pub(super) fn report(
        &self,
        kind: Kind,
        name: &'a str,
        old_at: Span,
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
    pub(super) fn renamed_type(&self, old: &TypeDef) -> Option<At<'a, TypeDef>> {
        let kind = match old.kind {
            TypeKind::Record(_) => Kind::Record,
            TypeKind::Enum(_) => Kind::Enum,
        };
        let node = (*self.left.get(&(kind, nested(self.old, &old.name)))?)?;
        let unit = self.new?;
        Some(At { unit, node })
    }

    pub(super) fn renamed_service(&self, old: &Service) -> Option<At<'a, Service>> {
        let node = self.services.get(nested(self.old, &old.name))?;
        let unit = self.new?;
        Some(At { unit, node })
    }
}
