//! Which procedures reach a type, as something that is sent to them or that they send back.

use std::collections::{BTreeSet, HashSet, VecDeque};

use super::{FieldType, SchemaSet, TypeKind};
use crate::text::{NameMap, NameSet};

/// Types that are looked at on the way to the procedures that name a type; procedures further up are
/// not named, and the role of the type is known all the same.
const MAX_STEPS: usize = 2_000;

/// The ways of a type to the procedures of a release.
pub(crate) struct Reach<'a> {
    /// For each type the records that hold it.
    holders: NameMap<&'a str, Vec<&'a str>>,
    /// For each record the procedures that take or give it.
    calls: NameMap<&'a str, Vec<Call<'a>>>,
    /// What callers send, with all that it holds.
    inputs: NameSet<&'a str>,
    /// What callers get, with all that it holds.
    outputs: NameSet<&'a str>,
}

/// A procedure at one of its ends.
struct Call<'a> {
    service: &'a str,
    method: &'a str,
}

/// What a type is to the procedures of a release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Uses {
    /// Whether callers send it.
    pub(crate) is_input: bool,
    /// Whether callers get it.
    pub(crate) is_output: bool,
    /// The procedures, as `package.Service/Method`.
    pub(crate) operations: BTreeSet<String>,
}

impl<'a> Reach<'a> {
    pub(crate) fn of(set: &'a SchemaSet) -> Self {
        let ((holders, calls), (inputs, outputs)) =
            rayon::join(|| (holders(set), calls(set)), || sent(set));
        Reach {
            holders,
            calls,
            inputs,
            outputs,
        }
    }

    /// What the type with this full name is to the procedures.
    pub(crate) fn uses(&self, name: &str) -> Uses {
        let mut uses = Uses {
            is_input: self.inputs.contains(name),
            is_output: self.outputs.contains(name),
            operations: BTreeSet::new(),
        };
        let mut seen: HashSet<&str> = HashSet::from([name]);
        let mut open: VecDeque<&str> = VecDeque::from([name]);
        while let Some(ty) = open.pop_front() {
            for call in self.calls.get(ty).into_iter().flatten() {
                let operation = format!("{}/{}", call.service, call.method);
                uses.operations.insert(operation);
            }
            for holder in self.holders.get(ty).into_iter().flatten() {
                if seen.len() < MAX_STEPS && seen.insert(holder) {
                    open.push_back(holder);
                }
            }
        }
        uses
    }
}

// === The tables ===

/// Names of the types that a field of this type holds.
fn held(ty: &FieldType) -> impl Iterator<Item = &str> {
    let (entry, value) = match ty {
        // Entries are types of their own to who asks about one.
        FieldType::Map(map) => (Some(&*map.entry), &map.value),
        other => (None, other),
    };
    let name = match value {
        FieldType::Record { name, .. } | FieldType::Enum { name, .. } => Some(&**name),
        FieldType::Scalar(_) | FieldType::Map(_) => None,
    };
    entry.into_iter().chain(name)
}

/// The fields of every record with the name of the record, those that extensions give it as well.
fn fields(set: &SchemaSet) -> impl Iterator<Item = (&str, &FieldType)> {
    set.units.iter().flat_map(|unit| {
        let records = unit.types.iter().filter_map(|ty| match &ty.kind {
            TypeKind::Record(record) => Some((&*ty.name, record)),
            TypeKind::Enum(_) => None,
        });
        let own = records.flat_map(|(name, record)| {
            let fields = record.fields.iter();
            fields.map(move |field| (name, &field.ty))
        });
        let added = unit.extensions.iter();
        own.chain(added.map(|extension| (&*extension.extendee, &extension.field.ty)))
    })
}

/// For each type the records that hold it.
fn holders(set: &SchemaSet) -> NameMap<&str, Vec<&str>> {
    let mut holders: NameMap<&str, Vec<&str>> = NameMap::default();
    for (holder, ty) in fields(set) {
        for name in held(ty) {
            let of = holders.entry(name).or_default();
            if of.last() != Some(&holder) {
                of.push(holder);
            }
        }
    }
    holders
}

/// For each record the procedures that take or give it.
fn calls(set: &SchemaSet) -> NameMap<&str, Vec<Call<'_>>> {
    let mut calls: NameMap<&str, Vec<Call<'_>>> = NameMap::default();
    for service in set.units.iter().flat_map(|unit| &unit.services) {
        for method in &service.methods {
            for message in [&method.input, &method.output] {
                calls.entry(&message.name).or_default().push(Call {
                    service: &service.name,
                    method: &method.name.node,
                });
            }
        }
    }
    calls
}

/// What callers send and what they get, each with all that it holds.
fn sent(set: &SchemaSet) -> (NameSet<&str>, NameSet<&str>) {
    let mut parts: NameMap<&str, Vec<&str>> = NameMap::default();
    for (holder, ty) in fields(set) {
        let mut names = held(ty).peekable();
        if names.peek().is_some() {
            parts.entry(holder).or_default().extend(names);
        }
    }
    let services = set.units.iter().flat_map(|unit| &unit.services);
    let methods = services.flat_map(|service| &service.methods);
    let (inputs, outputs) = methods
        .map(|method| (&*method.input.name, &*method.output.name))
        .unzip();
    (below(&parts, inputs), below(&parts, outputs))
}

/// Types and all that they hold.
fn below<'a>(parts: &NameMap<&'a str, Vec<&'a str>>, roots: Vec<&'a str>) -> NameSet<&'a str> {
    let mut seen: NameSet<&'a str> = roots.iter().copied().collect();
    let mut open = roots;
    while let Some(ty) = open.pop() {
        for part in parts.get(ty).into_iter().flatten() {
            if seen.insert(part) {
                open.push(part);
            }
        }
    }
    seen
}
