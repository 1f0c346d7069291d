//! What is said about values and refuses nothing: how shapes are told apart, defaults, known values,
//! contents, ends of life.
//!
//! Schemas of both sides are paired along the values that travel, each pair once, however many calls
//! reach it; the calls are found by going back from what changed.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;

use super::{Walk, life};
use crate::compat::calls::change::{Both, Change, Kind, Living, Named, Redirected, What};
use crate::compat::calls::values::{Pair, Where};
use crate::compat::contain::Travel;
use crate::schema::{Constraint, Discriminator, Shape, ShapeId, Shapes, Use};
use crate::text::Span;

/// Two schemas that describe one value on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Node {
    old: ShapeId,
    new: ShapeId,
    travel: Travel,
}

/// A node with what leads to it.
struct Reached<'a> {
    node: Node,
    /// Where each side uses it.
    at: Both<Span>,
    /// The name of the value within its object, and of the object.
    name: Named<'a>,
    /// Nodes that hold it.
    holders: Vec<usize>,
    /// Calls whose values it is a whole of.
    calls: Vec<Rc<str>>,
}

#[derive(Default)]
struct Graph<'a> {
    numbers: HashMap<Node, usize>,
    nodes: Vec<Reached<'a>>,
}

impl<'a> Graph<'a> {
    /// The number of a node, which is new when it is the last one.
    fn number(&mut self, node: Node, at: Both<Span>, name: Named<'a>) -> usize {
        let Graph { numbers, nodes } = self;
        *numbers.entry(node).or_insert_with(|| {
            nodes.push(Reached {
                node,
                at,
                name,
                holders: Vec::new(),
                calls: Vec::new(),
            });
            nodes.len() - 1
        })
    }

    /// The calls that reach a node.
    fn calls(&self, number: usize) -> Vec<Rc<str>> {
        let mut seen = HashSet::from([number]);
        let mut open = VecDeque::from([number]);
        let mut calls = BTreeSet::new();
        while let Some(number) = open.pop_front() {
            let reached = &self.nodes[number];
            calls.extend(reached.calls.iter().cloned());
            open.extend(
                reached
                    .holders
                    .iter()
                    .copied()
                    .filter(|at| seen.insert(*at)),
            );
        }
        calls.into_iter().collect()
    }

    /// Whether the schemas are paired, whichever way the value goes.
    fn are_paired(&self, old: ShapeId, new: ShapeId) -> bool {
        [Travel::Request, Travel::Response, Travel::Plain]
            .into_iter()
            .any(|travel| self.numbers.contains_key(&Node { old, new, travel }))
    }
}

impl<'a> Walk<'a> {
    pub(super) fn notes(&mut self) {
        let mut graph = Graph::default();
        let pairs = std::mem::take(&mut self.out.pairs);
        for Pair {
            old,
            new,
            travel,
            operation,
            place,
            ..
        } in &pairs
        {
            let (Some(old), Some(new)) = (old, new) else {
                continue;
            };
            let node = Node {
                old: old.shape,
                new: new.shape,
                travel: *travel,
            };
            let at = Both {
                old: old.at,
                new: new.at,
            };
            let name = Named {
                is_body: matches!(place, Where::Body { .. } | Where::Answer { .. }),
                ..Named::default()
            };
            let number = graph.number(node, at, name);
            let calls = &mut graph.nodes[number].calls;
            calls.extend(operation.as_deref().map(Rc::from));
        }
        self.out.pairs = pairs;
        let mut next = 0;
        while next < graph.nodes.len() {
            let node = graph.nodes[next].node;
            let shapes = Both {
                old: self.shapes.old.get(node.old),
                new: self.shapes.new.get(node.new),
            };
            for (uses, name) in children(self.shapes, shapes, node.travel) {
                let child = Node {
                    old: uses.old.shape,
                    new: uses.new.shape,
                    travel: node.travel,
                };
                let at = Both {
                    old: uses.old.at,
                    new: uses.new.at,
                };
                let number = graph.number(child, at, name);
                graph.nodes[number].holders.push(next);
            }
            next += 1;
        }
        for number in 0..graph.nodes.len() {
            self.noted(&graph, number);
        }
    }

    /// What is said of two schemas that are one.
    fn noted(&mut self, graph: &Graph<'a>, number: usize) {
        let Reached { node, at, name, .. } = &graph.nodes[number];
        let shapes = Both {
            old: self.shapes.old.get(node.old),
            new: self.shapes.new.get(node.new),
        };
        if shapes.old.notes.is_none() && shapes.new.notes.is_none() {
            return;
        }
        let name = Named {
            shape: shapes.new.name.as_deref(),
            ..*name
        };
        let old = shapes.old.notes.as_deref();
        let new = shapes.new.notes.as_deref();
        let mut found = Vec::new();
        let discriminators = Both {
            old: old.and_then(|notes| notes.discriminator.as_deref()),
            new: new.and_then(|notes| notes.discriminator.as_deref()),
        };
        if let Some(how) = self.redirected(graph, discriminators) {
            let spans = Both {
                old: shapes.old.span,
                new: shapes.new.span,
            };
            found.push(What::DiscriminatorChanged {
                discriminators,
                spans,
                name,
                how,
            });
        }
        let defaults = Both {
            old: old.and_then(|notes| notes.default.as_ref()),
            new: new.and_then(|notes| notes.default.as_ref()),
        };
        // Those of parameters are told with the parameters.
        if (name.property.is_some() || name.is_body)
            && defaults.old.map(|default| &default.node)
                != defaults.new.map(|default| &default.node)
        {
            found.push(What::ValueDefaultChanged {
                name,
                defaults,
                spans: *at,
            });
        }
        let known = Both {
            old: old.and_then(|notes| notes.known_values.as_ref()),
            new: new.and_then(|notes| notes.known_values.as_ref()),
        };
        if let Both {
            old: Some(old),
            new: Some(new),
        } = known
        {
            let removed: Vec<_> = (old.node.iter())
                .filter(|value| !new.node.contains(value))
                .collect();
            if !removed.is_empty() {
                found.push(What::KnownValuesRemoved {
                    name,
                    removed,
                    spans: Both {
                        old: old.span,
                        new: new.span,
                    },
                });
            }
        }
        let contents = Both {
            old: old.and_then(|notes| notes.content.as_ref()),
            new: new.and_then(|notes| notes.content.as_ref()),
        };
        if contents.old.map(|text| &text.node) != contents.new.map(|text| &text.node) {
            found.push(What::ValueContentChanged {
                name,
                contents,
                spans: *at,
            });
        }
        if name.property.is_some() {
            let lives = Both {
                old: old.map_or(&life::NOTHING_SAID, |notes| &notes.life),
                new: new.map_or(&life::NOTHING_SAID, |notes| &notes.life),
            };
            found.extend(life::ended(Living::Value(name), lives, *at, self.today));
        }
        if found.is_empty() {
            return;
        }
        let calls: Rc<[Rc<str>]> = graph.calls(number).into();
        for what in found {
            self.out.changes.push(Change {
                calls: calls.clone(),
                kind: Kind::Operation,
                travel: node.travel,
                what,
            });
        }
    }

    /// What changed about how shapes are told apart.
    fn redirected(
        &self,
        graph: &Graph<'a>,
        discriminators: Both<Option<&'a Discriminator>>,
    ) -> Option<Redirected> {
        let (old, new) = match (discriminators.old, discriminators.new) {
            (None, None) => return None,
            (None, Some(_)) => return Some(Redirected::Added),
            (Some(_), None) => return Some(Redirected::Removed),
            (Some(old), Some(new)) => (old, new),
        };
        if old.property.node != new.property.node {
            return Some(Redirected::Property);
        }
        let is_same = |old: ShapeId, new: ShapeId| {
            let (old_name, new_name) = (
                &self.shapes.old.get(old).name,
                &self.shapes.new.get(new).name,
            );
            (old_name.is_some() && old_name == new_name) || graph.are_paired(old, new)
        };
        let new_by_value: HashMap<&str, ShapeId> = (new.mapping.iter())
            .map(|(value, shape)| (&*value.node, *shape))
            .collect();
        let old_values: HashSet<&str> = (old.mapping.iter())
            .map(|(value, _)| &*value.node)
            .collect();
        let (mut removed, mut changed) = (Vec::new(), Vec::new());
        for (value, shape) in &old.mapping {
            match new_by_value.get(&*value.node) {
                None => removed.push(value.node.clone()),
                Some(other) if !is_same(*shape, *other) => changed.push(value.node.clone()),
                Some(_) => {}
            }
        }
        let added: Vec<Box<str>> = (new.mapping.iter())
            .filter(|(value, _)| !old_values.contains(&*value.node))
            .map(|(value, _)| value.node.clone())
            .collect();
        let is_nothing = removed.is_empty() && changed.is_empty() && added.is_empty();
        (!is_nothing).then_some(Redirected::Values {
            removed,
            changed,
            added,
        })
    }
}

/// Schemas below two schemas that describe the same part of a value.
fn children<'a>(
    all: Both<&Shapes>,
    shapes: Both<&'a Shape>,
    travel: Travel,
) -> Vec<(Both<Use>, Named<'a>)> {
    let mut out = Vec::new();
    let owner = shapes.new.name.as_deref();
    let part = Named {
        property: None,
        owner,
        shape: None,
        is_body: false,
    };
    for old in &shapes.old.constraints {
        for new in &shapes.new.constraints {
            match (&old.node, &new.node) {
                (Constraint::Properties(old), Constraint::Properties(new)) => {
                    let by_name: HashMap<&str, _> = (new.iter())
                        .map(|property| (&*property.name.node, property))
                        .collect();
                    for property in old {
                        let Some(partner) = by_name.get(&*property.name.node) else {
                            continue;
                        };
                        let is_out = match travel {
                            Travel::Request => property.is_read_only || partner.is_read_only,
                            Travel::Response => property.is_write_only || partner.is_write_only,
                            Travel::Plain => false,
                        };
                        if !is_out {
                            let name = Named {
                                property: Some(&partner.name.node),
                                ..part
                            };
                            let uses = Both {
                                old: property.value,
                                new: partner.value,
                            };
                            out.push((uses, name));
                        }
                    }
                }
                (Constraint::PatternProperties(old), Constraint::PatternProperties(new)) => {
                    for (pattern, used) in old {
                        let partner = new.iter().find(|(other, _)| other.node == pattern.node);
                        if let Some((_, partner)) = partner {
                            let uses = Both {
                                old: *used,
                                new: *partner,
                            };
                            out.push((uses, part));
                        }
                    }
                }
                (Constraint::Items(old), Constraint::Items(new))
                | (Constraint::AdditionalProperties(old), Constraint::AdditionalProperties(new)) => {
                    let uses = Both {
                        old: *old,
                        new: *new,
                    };
                    out.push((uses, part));
                }
                (Constraint::PrefixItems(old), Constraint::PrefixItems(new)) => {
                    for (old, new) in old.iter().zip(new) {
                        let uses = Both {
                            old: *old,
                            new: *new,
                        };
                        out.push((uses, part));
                    }
                }
                (Constraint::AllOf(old), Constraint::AllOf(new))
                | (Constraint::AnyOf(old), Constraint::AnyOf(new))
                | (Constraint::OneOf(old), Constraint::OneOf(new)) => {
                    let branches = branches(all, old, new);
                    out.extend(branches.into_iter().map(|uses| (uses, part)));
                }
                _ => {}
            }
        }
    }
    out
}

/// Branches of both sides: those of one name, and the others in their order.
fn branches(all: Both<&Shapes>, old: &[Use], new: &[Use]) -> Vec<Both<Use>> {
    let mut out = Vec::new();
    let mut left: Vec<Use> = new.to_vec();
    let mut rest = Vec::new();
    for old in old {
        let name = &all.old.get(old.shape).name;
        let same = |new: &Use| name.is_some() && all.new.get(new.shape).name == *name;
        match left.iter().position(same) {
            Some(at) => out.push(Both {
                old: *old,
                new: left.remove(at),
            }),
            None => rest.push(*old),
        }
    }
    let rest = rest.into_iter().zip(left);
    out.extend(rest.map(|(old, new)| Both { old, new }));
    out
}
