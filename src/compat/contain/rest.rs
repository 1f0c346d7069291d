//! What is left over: names and items that nothing which applies in place looks at.
//!
//! Which shapes apply in place depends on which of them the value satisfies, so that each of those is
//! decided one way or the other before a rest is judged.

use std::collections::BTreeSet;

use super::Reading;
use super::cell::{Cell, Fact, Name, Region};
use super::classes::{Node, index};
use super::core::{Role, Spot, concerns};
use super::lit::{Lit, Why};
use super::search::{Search, Taken};
use crate::schema::{Constraint, Kinds, Use};

/// Why a rest of items is not known.
pub(super) const CONTAINS_LOOKS: Why = "which items `contains` looks at is not worked out";

/// Items that are looked at.
pub(super) enum Looked {
    UpTo(u32),
    All,
}

impl<'a> Search<'_, 'a> {
    /// Has every shape that a shape applies in place decided.
    pub(super) fn tell(&mut self, cell: &mut Cell<'a>, node: Node, role: Role) {
        let mut seen = BTreeSet::from([node]);
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            for constraint in self.core.constraints(node) {
                let mut walk = |one: &Use, is_open: bool| {
                    let inner = self.core.beside(node, one);
                    if is_open {
                        let ways = [true, false].map(|is_so| self.here(node, one, role, is_so));
                        cell.choose(ways.map(Fact::Lit));
                    }
                    if seen.insert(inner) {
                        open.push(inner);
                    }
                };
                match &constraint.node {
                    Constraint::AllOf(uses) | Constraint::OneOf(uses) => {
                        uses.iter().for_each(|one| walk(one, false));
                    }
                    Constraint::AnyOf(uses) => uses.iter().for_each(|one| walk(one, true)),
                    Constraint::DependentSchemas(rows) => {
                        rows.iter().for_each(|(_, one)| walk(one, true));
                    }
                    Constraint::If {
                        test,
                        then,
                        otherwise,
                    } => {
                        walk(test, true);
                        then.iter()
                            .chain(otherwise)
                            .for_each(|one| walk(one, false));
                    }
                    _ => {}
                }
            }
        }
    }

    /// Everything but the rest is satisfied, and something of the rest is not as it should be.
    pub(super) fn take_unevaluated(
        &mut self,
        cell: &mut Cell<'a>,
        spot: Spot,
        role: Role,
        name: Option<Name>,
        agenda: &mut Vec<Fact>,
    ) -> Taken<'a> {
        let node = spot.node;
        let concerned = match self.core.constraint(spot) {
            Some(constraint) => concerns(constraint),
            None => Kinds::OBJECT,
        };
        if concerned.and(cell.kind).is_empty() {
            return Taken::Dead;
        }
        let count = index(self.core.constraints(node).len());
        let others = (0..count).filter(|at| *at != spot.at);
        agenda.extend(others.map(|at| Fact::Holds(Spot { node, at }, role)));
        // The shape itself may stand in the way of nothing else: what it is part of is told by others.
        self.tell(cell, node, role);
        match self.core.constraint(spot) {
            None => agenda.push(Fact::SomeName(Region::Unevaluated(node, role, name), None)),
            Some(Constraint::UnevaluatedProperties(one)) => {
                let lit = self.below(node, one, role, false);
                agenda.push(Fact::SomeName(
                    Region::Unevaluated(node, role, name),
                    Some(lit),
                ));
            }
            Some(Constraint::UnevaluatedItems(one)) => {
                let lit = self.below(node, one, role, false);
                cell.unevaluated_items.push((node, role, lit));
                cell.at_least(1);
            }
            Some(_) => {}
        }
        Taken::Fine
    }

    /// Whether something that applies in place and is satisfied looks at the name.
    pub(super) fn is_evaluated(
        &self,
        cell: &Cell<'a>,
        start: Node,
        role: Role,
        name: &str,
    ) -> Option<bool> {
        let mut answer = Some(false);
        let mut is_done = false;
        self.in_place(cell, start, role, &mut |node| {
            let layout = self.core.layout(node);
            let is_all =
                layout.additional.is_some() || (node != start && layout.unevaluated.is_some());
            match self.core.is_declared(node, name) {
                _ if is_all => is_done = true,
                Some(true) => is_done = true,
                Some(false) => {}
                None => answer = None,
            }
        });
        if is_done { Some(true) } else { answer }
    }

    /// How many items something that applies in place and is satisfied looks at.
    pub(super) fn looked_at(
        &self,
        cell: &Cell<'a>,
        start: Node,
        role: Role,
    ) -> Result<Looked, Why> {
        let mut count = 0;
        let mut is_all = false;
        let mut has_contains = false;
        self.in_place(cell, start, role, &mut |node| {
            for constraint in self.core.constraints(node) {
                match &constraint.node {
                    Constraint::PrefixItems(uses) => count = count.max(index(uses.len())),
                    Constraint::Items(_) => is_all = true,
                    Constraint::UnevaluatedItems(_) => is_all |= node != start,
                    Constraint::Contains { .. } => has_contains = true,
                    _ => {}
                }
            }
        });
        match (is_all, has_contains) {
            (true, _) => Ok(Looked::All),
            (false, true) => Err(CONTAINS_LOOKS),
            (false, false) => Ok(Looked::UpTo(count)),
        }
    }

    /// Every shape that applies in place and is satisfied.
    fn in_place(&self, cell: &Cell<'a>, start: Node, role: Role, take: &mut dyn FnMut(Node)) {
        let mut seen = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            take(node);
            for constraint in self.core.constraints(node) {
                let mut walk = |one: &Use| {
                    let inner = self.core.beside(node, one);
                    if self.passes(cell, self.core.classes.of(inner), role) && seen.insert(inner) {
                        open.push(inner);
                    }
                };
                match &constraint.node {
                    Constraint::AllOf(uses) | Constraint::AnyOf(uses) | Constraint::OneOf(uses) => {
                        uses.iter().for_each(walk)
                    }
                    Constraint::DependentSchemas(rows) => {
                        for (name, one) in rows {
                            let is_there = cell
                                .present
                                .keys()
                                .any(|present| *self.memo.states.name_text(*present) == *name.node);
                            if is_there {
                                walk(one);
                            }
                        }
                    }
                    Constraint::If {
                        test,
                        then,
                        otherwise,
                    } => {
                        let is_true = self.passes(cell, self.core.used(node, test), role);
                        walk(test);
                        if let Some(one) = if is_true { then } else { otherwise } {
                            walk(one);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    // === Who declares what ===

    /// Whether a name is taken out on this way, for those who speak in this role.
    pub(super) fn is_out(&self, cell: &Cell<'a>, role: Role, name: &str) -> bool {
        self.core.travel != super::Travel::Plain
            && cell.context.iter().any(|lit| {
                !lit.is_value() && lit.role() == role && {
                    let declared = self.core.declared(lit.as_class());
                    declared.names.get(name) == Some(&true)
                }
            })
    }

    /// Whether somebody in this role declares the name; `None` when a pattern cannot be read.
    fn declares(&self, cell: &Cell<'a>, role: Role, name: &str) -> Option<bool> {
        let mut answer = Some(false);
        for lit in cell.context.iter().filter(|lit| !lit.is_value()) {
            if lit.role() != role {
                continue;
            }
            let declared = self.core.declared(lit.as_class());
            if declared.names.contains_key(name) {
                return Some(true);
            }
            for pattern in &declared.patterns {
                match self.core.is_match(pattern, name) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => answer = None,
                }
            }
        }
        answer
    }

    /// Whether the writer leaves a name to a rest that nobody wrote, and the reader declares it.
    pub(super) fn is_not_sent(&self, cell: &Cell<'a>, name: &str) -> Option<bool> {
        if self.core.reading != Reading::Open || self.writes_rest(cell) {
            return Some(false);
        }
        match self.declares(cell, Role::Reader, name) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => return None,
        }
        if self.is_required(cell, Role::Writer, name) {
            return Some(false);
        }
        self.declares(cell, Role::Writer, name)
            .map(|declares| !declares)
    }

    /// Whether a rest is written in a shape of the writer that the value satisfies.
    pub(super) fn writes_rest(&self, cell: &Cell<'a>) -> bool {
        let is_writer = |role| role == Role::Writer;
        cell.scopes
            .iter()
            .any(|scope| is_writer(scope.role) && self.core.layout(scope.node).additional.is_some())
            || cell
                .watches
                .iter()
                .any(|watch| is_writer(watch.role) && watch.rest.is_some())
    }

    fn is_required(&self, cell: &Cell<'a>, role: Role, name: &str) -> bool {
        cell.required
            .iter()
            .any(|(spot, of)| *of == role && self.core.requires(*spot, name))
    }

    /// Patterns by which somebody in this role declares names.
    pub(super) fn declared_patterns(&self, cell: &Cell<'a>, role: Role) -> BTreeSet<&'a str> {
        let lits = cell.context.iter();
        let lits = lits.filter(|lit| !lit.is_value() && lit.role() == role);
        lits.flat_map(|lit| {
            let declared = self.core.declared(lit.as_class());
            declared.patterns.iter().copied().collect::<Vec<_>>()
        })
        .collect()
    }

    /// Whether anybody declares this very name.
    pub(super) fn is_named(&self, cell: &Cell<'a>, name: &str) -> bool {
        let mut lits = cell.context.iter().filter(|lit| !lit.is_value());
        lits.any(|lit| {
            let declared = self.core.declared(lit.as_class());
            declared.names.contains_key(name)
        })
    }

    /// Every name that anybody declares.
    pub(super) fn declared_names(&self, cell: &Cell<'a>) -> BTreeSet<&'a str> {
        let lits = cell.context.iter().filter(|lit| !lit.is_value());
        lits.flat_map(|lit: &Lit| {
            let declared = self.core.declared(lit.as_class());
            declared.names.keys().copied().collect::<Vec<_>>()
        })
        .collect()
    }
}
