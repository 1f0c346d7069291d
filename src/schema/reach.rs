//! Which procedures reach a type, as something that is sent to them or that they send back.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{FieldType, SchemaSet, TypeKind};

/// The ways of a type to the procedures of a release.
pub(crate) struct Reach<'a> {
    /// For each type the records that hold it.
    holders: HashMap<&'a str, Vec<&'a str>>,
    /// For each record the procedures that take or give it.
    calls: HashMap<&'a str, Vec<Call<'a>>>,
}

/// A procedure at one of its ends.
struct Call<'a> {
    service: &'a str,
    method: &'a str,
    is_input: bool,
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
        let mut reach = Reach {
            holders: HashMap::new(),
            calls: HashMap::new(),
        };
        for unit in &set.units {
            for ty in &unit.types {
                let TypeKind::Record(record) = &ty.kind else {
                    continue;
                };
                for field in &record.fields {
                    reach.hold(&field.ty, &ty.name);
                }
            }
            for extension in &unit.extensions {
                reach.hold(&extension.field.ty, &extension.extendee);
            }
            for service in &unit.services {
                for method in &service.methods {
                    for (message, is_input) in [(&method.input, true), (&method.output, false)] {
                        let calls = reach.calls.entry(&message.name).or_default();
                        calls.push(Call {
                            service: &service.name,
                            method: &method.name.node,
                            is_input,
                        });
                    }
                }
            }
        }
        reach
    }

    fn hold(&mut self, held: &'a FieldType, holder: &'a str) {
        match held {
            FieldType::Scalar(_) => {}
            FieldType::Record { name, .. } | FieldType::Enum { name, .. } => {
                let holders = self.holders.entry(name).or_default();
                if holders.last() != Some(&holder) {
                    holders.push(holder);
                }
            }
            FieldType::Map(map) => {
                // Entries are types of their own to who asks about one.
                self.holders.entry(&map.entry).or_default().push(holder);
                self.hold(&map.value, holder);
            }
        }
    }

    /// What the type with this full name is to the procedures.
    pub(crate) fn uses(&self, name: &str) -> Uses {
        let mut uses = Uses::default();
        let mut seen: HashSet<&str> = HashSet::from([name]);
        let mut open: Vec<&str> = vec![name];
        while let Some(ty) = open.pop() {
            for call in self.calls.get(ty).into_iter().flatten() {
                uses.is_input |= call.is_input;
                uses.is_output |= !call.is_input;
                let operation = format!("{}/{}", call.service, call.method);
                uses.operations.insert(operation);
            }
            for holder in self.holders.get(ty).into_iter().flatten() {
                if seen.insert(holder) {
                    open.push(holder);
                }
            }
        }
        uses
    }
}
