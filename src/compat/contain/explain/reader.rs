//! Goes through what the reader asks, constraint by constraint.

use super::super::Step;
use super::super::budget::TOO_MANY;
use super::super::cell::Fact;
use super::super::cell::Region;
use super::super::classes::{Node, index, is_taken_out};
use super::super::core::{Role, Spot, is_apart};
use super::super::search::Outcome;
use super::{Explainer, Given};
use crate::schema::{Constraint, Kinds, Use};

impl Explainer<'_, '_> {
    pub(super) fn shape(
        &mut self,
        given: &Given,
        node: Node,
        is_outermost: bool,
        steps: &mut Vec<Step>,
    ) {
        // What is reached on many ways is not told for each of them.
        if steps.len() > 100 || self.left == 0 {
            self.doubt(TOO_MANY, node, steps.clone());
            return;
        }
        let count = index(self.world.core.constraints(node).len());
        for at in 0..count + u32::from(is_outermost) {
            self.constraint(given, Spot { node, at }, steps);
        }
    }

    pub(super) fn inner(
        &mut self,
        given: &Given,
        spot: Spot,
        part: usize,
        one: &Use,
        steps: &mut Vec<Step>,
    ) {
        steps.push(Step::InPlace {
            constraint: spot.at,
            part: index(part),
        });
        let node = self.world.core.beside(spot.node, one);
        self.shape(given, node, false, steps);
        steps.pop();
    }

    pub(super) fn constraint(&mut self, given: &Given, spot: Spot, steps: &mut Vec<Step>) {
        let Some(constraint) = self.world.core.constraint(spot) else {
            self.rest(given, spot, None, steps);
            return;
        };
        let node = spot.node;
        let reader = Role::Reader;
        match constraint {
            Constraint::AllOf(uses) => {
                for (part, one) in uses.iter().enumerate() {
                    let lit = self.here(node, one, false);
                    if self.attempt(given, &[Fact::Lit(lit)]).is_something() {
                        self.inner(given, spot, part, one, steps);
                    }
                }
            }
            Constraint::AnyOf(uses) | Constraint::OneOf(uses) => {
                self.union_refuses(given, spot, uses, steps);
            }
            Constraint::If {
                test,
                then,
                otherwise,
            } => {
                for (part, is_so, one) in [(1, true, then), (2, false, otherwise)] {
                    let Some(one) = one else { continue };
                    let fact = Fact::Branch(spot, reader, is_so, false);
                    if self.attempt(given, &[fact]).is_something() {
                        let mut given = given.clone();
                        given.facts.push(Fact::Lit(self.here(node, test, is_so)));
                        self.inner(&given, spot, part, one, steps);
                    }
                }
            }
            Constraint::DependentSchemas(rows) => {
                for (part, (name, one)) in rows.iter().enumerate() {
                    let name = self.name(&name.node);
                    let lit = self.here(node, one, false);
                    if self.attempt(given, &[Fact::When(name, lit)]).is_something() {
                        let mut given = given.clone();
                        given.facts.push(Fact::Present(name));
                        self.inner(&given, spot, part, one, steps);
                    }
                }
            }
            Constraint::Properties(properties) => {
                for property in properties {
                    if !is_taken_out(property, self.world.core.travel) {
                        let name = self.name(&property.name.node);
                        self.named(given, spot, name, &property.value, steps);
                    }
                }
            }
            Constraint::PatternProperties(rows) => {
                for (row, (pattern, one)) in (0..).zip(rows) {
                    let mut is_seen = false;
                    for name in self.declared() {
                        if self.world.core.is_match(&pattern.node, &name) == Some(true) {
                            let name = self.name(&name);
                            is_seen |= self.named(given, spot, name, one, steps);
                        }
                    }
                    if !is_seen {
                        self.some_name(given, spot, Region::Pattern(spot, row), one, steps);
                    }
                }
            }
            Constraint::AdditionalProperties(one) => {
                for name in self.declared() {
                    if self.world.core.is_declared(node, &name) == Some(false) {
                        let name = self.name(&name);
                        self.named(given, spot, name, one, steps);
                    }
                }
                self.some_name(given, spot, Region::Unnamed(node), one, steps);
            }
            Constraint::UnevaluatedProperties(one) => self.rest(given, spot, Some(one), steps),
            Constraint::Required(names) => {
                for name in names {
                    let is_out = self.lits.iter().any(|lit| {
                        let is_reader = !lit.is_value() && lit.role() == reader;
                        is_reader && {
                            let declared = self.world.core.declared(lit.as_class());
                            declared.names.get(&*name.node) == Some(&true)
                        }
                    });
                    if is_out {
                        continue;
                    }
                    let number = self.name(&name.node);
                    let outcome = self.attempt(given, &[Fact::Absent(number)]);
                    self.cause(outcome, spot, Some(&name.node), steps);
                }
            }
            Constraint::DependentRequired(rows) => {
                for (name, needed) in rows {
                    for other in needed {
                        if other.node == name.node {
                            continue;
                        }
                        let fact = Fact::Lacks(self.name(&name.node), self.name(&other.node));
                        let outcome = self.attempt(given, &[fact]);
                        self.cause(outcome, spot, Some(&other.node), steps);
                    }
                }
            }
            Constraint::PropertyNames(one) => self.names(given, spot, one, steps),
            Constraint::PrefixItems(uses) => {
                for (at, one) in (0..).zip(uses) {
                    self.item(
                        given,
                        Fact::Item(at, self.below(node, one)),
                        one,
                        spot,
                        steps,
                    );
                }
            }
            Constraint::Items(one) => {
                let from = index(self.world.core.prefix(node));
                let lit = self.below(node, one);
                let until = self.told_items().max(from);
                for at in from..until {
                    self.item(given, Fact::Item(at, lit), one, spot, steps);
                }
                self.item(given, Fact::SomeItem(until, lit), one, spot, steps);
            }
            Constraint::OneOfValues(_) => self.listed(given, spot, steps),
            Constraint::Never
            | Constraint::Kinds(_)
            | Constraint::Minimum(_)
            | Constraint::Maximum(_)
            | Constraint::MultipleOf(_)
            | Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::Contains { .. }
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_)
            | Constraint::UnevaluatedItems(_)
            | Constraint::Not(_)
            | Constraint::Opaque { .. } => {
                let outcome = self.attempt(given, &[Fact::Broken(spot, reader)]);
                self.cause(outcome, spot, None, steps);
            }
        }
    }

    /// Of a union: the one branch that is in question, or the union itself.
    pub(super) fn union_refuses(
        &mut self,
        given: &Given,
        spot: Spot,
        uses: &[Use],
        steps: &mut Vec<Step>,
    ) {
        let reader = Role::Reader;
        let mut blamed: Option<Outcome> = None;
        for kind in KINDS {
            if given.kinds.and(kind).is_empty() {
                continue;
            }
            let given = Given {
                facts: given.facts.clone(),
                kinds: kind,
            };
            let outcome = self.attempt(&given, &[Fact::Broken(spot, reader)]);
            if !outcome.is_something() {
                continue;
            }
            let none = self.attempt(&given, &[Fact::NoneOf(spot, reader)]);
            let meant = self.meant(&given, kind, spot.node, uses);
            match (none.is_something(), meant) {
                (true, Some(part)) => {
                    // What another branch takes is not refused.
                    let mut given = given.clone();
                    for (at, other) in uses.iter().enumerate() {
                        if at != part {
                            let lit = self.here(spot.node, other, false);
                            given.facts.push(Fact::Lit(lit));
                        }
                    }
                    self.inner(&given, spot, part, &uses[part], steps);
                }
                _ if blamed.as_ref().is_none_or(|blamed| blamed.found.is_none()) => {
                    blamed = Some(outcome);
                }
                _ => {}
            }
        }
        if let Some(outcome) = blamed {
            self.cause(outcome, spot, None, steps);
        }
    }

    /// The branch that must be meant: the only one of this kind, with these constants, or else with
    /// the name of what the writer makes.
    pub(super) fn meant(
        &self,
        given: &Given,
        kind: Kinds,
        node: Node,
        uses: &[Use],
    ) -> Option<usize> {
        let core = &self.world.core;
        let makes = || {
            given.facts.iter().filter_map(|fact| match fact {
                Fact::Lit(lit) if lit.is_positive() && !lit.is_value() => Some(lit.as_class()),
                _ => None,
            })
        };
        let is_possible = |one: &Use| {
            let class = core.used(node, one);
            let quick = core.quick(class);
            !quick.accepts.0.and(kind).is_empty()
                && makes().all(|made| {
                    kind != Kinds::OBJECT
                        || (!is_apart(&quick.fixed, &core.quick(made).fixed)
                            && !core.is_loosely_apart(class, made))
                })
        };
        let possible: Vec<usize> = (0..uses.len())
            .filter(|at| is_possible(&uses[*at]))
            .collect();
        if let [only] = possible[..] {
            return Some(only);
        }
        let name = |node: Node| core.both.shape(node).name.as_deref();
        let made: Vec<&str> = makes()
            .filter_map(|class| core.classes.first(class).and_then(name))
            .collect();
        let mut named = possible.into_iter().filter(|at| {
            let name = name(core.beside(node, &uses[*at]));
            name.is_some_and(|name| made.contains(&name))
        });
        let first = named.next();
        first.filter(|_| named.next().is_none())
    }
}

const KINDS: [Kinds; 7] = [
    Kinds::OBJECT,
    Kinds::ARRAY,
    Kinds::STRING,
    Kinds::INTEGER,
    Kinds::FRACTION,
    Kinds::BOOL,
    Kinds::NULL,
];
