//! Which procedures reach a type, as something that is sent to them or that they send back.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use super::{FieldType, SchemaSet, TypeKind};

/// Types that are looked at on the way to the procedures that name a type; procedures further up are
/// not named, and the role of the type is known all the same.
const MAX_STEPS: usize = 2_000;

/// The ways of a type to the procedures of a release.
pub(crate) struct Reach<'a> {
    /// For each type the records that hold it.
    holders: HashMap<&'a str, Vec<&'a str>>,
    /// For each record the procedures that take or give it.
    calls: HashMap<&'a str, Vec<Call<'a>>>,
    /// What callers send, with all that it holds.
    inputs: HashSet<&'a str>,
    /// What callers get, with all that it holds.
    outputs: HashSet<&'a str>,
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
        let mut reach = Reach {
            holders: HashMap::new(),
            calls: HashMap::new(),
            inputs: HashSet::new(),
            outputs: HashSet::new(),
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
                    for message in [&method.input, &method.output] {
                        let calls = reach.calls.entry(&message.name).or_default();
                        calls.push(Call {
                            service: &service.name,
                            method: &method.name.node,
                        });
                    }
                }
            }
        }
        let mut held: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        #[expect(
            clippy::iter_over_hash_type,
            reason = "what is gathered are sets, which have no order"
        )]
        for (ty, holders) in &reach.holders {
            for holder in holders {
                held.entry(holder).or_default().push(ty);
            }
        }
        reach.inputs = below(&held, Self::roots(set, true));
        reach.outputs = below(&held, Self::roots(set, false));
        reach
    }

    /// What procedures take or give.
    fn roots(set: &'a SchemaSet, is_input: bool) -> Vec<&'a str> {
        let services = set.units.iter().flat_map(|unit| &unit.services);
        let methods = services.flat_map(|service| &service.methods);
        methods
            .map(|method| {
                let message = if is_input {
                    &method.input
                } else {
                    &method.output
                };
                &*message.name
            })
            .collect()
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

/// Types and all that they hold.
fn below<'a>(held: &HashMap<&'a str, Vec<&'a str>>, roots: Vec<&'a str>) -> HashSet<&'a str> {
    let mut seen: HashSet<&'a str> = roots.iter().copied().collect();
    let mut open = roots;
    while let Some(ty) = open.pop() {
        for part in held.get(ty).into_iter().flatten() {
            if seen.insert(part) {
                open.push(part);
            }
        }
    }
    seen
}
