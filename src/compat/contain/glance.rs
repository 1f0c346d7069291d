//! Choices at a glance: which of their ways cannot be gone, and which are gone already. Nothing is
//! searched here, so that wide shapes cost no more than a look at each of their parts.

use std::collections::BTreeSet;

use super::budget::{CLOSED_NAMES, TRIED_VALUES};
use super::cell::{Cell, Fact, Name, Region};
use super::classes::{ANYTHING, Class, is_taken_out};
use super::core::{Role, is_apart};
use super::lit::{Lit, Status, simplify};
use super::search::Search;
use crate::schema::{Constraint, Json, Kinds};

impl<'a> Search<'_, 'a> {
    /// Whether the way cannot be gone.
    pub(super) fn is_hopeless(&mut self, cell: &Cell<'a>, way: Fact) -> bool {
        match way {
            Fact::Lit(lit) => self.is_lit_hopeless(cell, lit),
            Fact::Only(spot, role, at) => {
                let lit = self.here(spot.node, &self.branches(spot)[at as usize], role, true);
                self.is_lit_hopeless(cell, lit)
            }
            Fact::Twice(spot, role, at) => {
                let one = &self.branches(spot)[at as usize];
                let lit = self.here(spot.node, one, role, true);
                self.is_lit_hopeless(cell, lit)
            }
            Fact::NoneOf(spot, role) => self.branches(spot).iter().any(|one| {
                let lit = self.here(spot.node, one, role, false);
                self.is_lit_hopeless(cell, lit)
            }),
            Fact::Branch(spot, role, outcome, _) => match self.core.constraint(spot) {
                Some(Constraint::If { test, .. }) => {
                    let lit = self.here(spot.node, test, role, outcome);
                    self.is_lit_hopeless(cell, lit)
                }
                _ => false,
            },
            Fact::Absent(name) => {
                cell.present.contains_key(&name) || self.is_required_here(cell, name)
            }
            Fact::Present(name) => {
                cell.absent.contains(&name) || self.is_value_hopeless(cell, name, None)
            }
            Fact::With(name, lit) => {
                cell.absent.contains(&name) || self.is_value_hopeless(cell, name, Some(lit))
            }
            Fact::Lacks(name, other) => {
                cell.absent.contains(&name)
                    || cell.present.contains_key(&other)
                    || self.comes_with(cell, name, other)
                    || self.is_required_here(cell, other)
            }
            Fact::SomeName(region, lit) => self.is_region_hopeless(cell, region, lit),
            Fact::When(name, lit) => cell.absent.contains(&name) || self.is_lit_hopeless(cell, lit),
            Fact::MinItems(n) | Fact::MinNames(n) => cell.most.is_some_and(|most| most < n),
            Fact::MaxItems(n) | Fact::MaxNames(n) => cell.least > n,
            _ => false,
        }
    }

    /// Whether the way is gone already.
    pub(super) fn is_given(&self, cell: &Cell<'a>, way: Fact) -> bool {
        match way {
            Fact::Lit(lit) => self.is_lit_given(cell, lit),
            Fact::Absent(name) => cell.absent.contains(&name),
            Fact::Present(name) => cell.present.contains_key(&name),
            Fact::With(name, lit) => {
                let asked = cell.present.get(&name);
                asked.is_some_and(|lits| lits.contains(&lit)) || self.is_fixed(cell, name, lit)
            }
            Fact::When(name, lit) => cell.present.contains_key(&name) && cell.has(lit),
            Fact::MinItems(n) | Fact::MinNames(n) => cell.least >= n,
            Fact::MaxItems(n) | Fact::MaxNames(n) => cell.most.is_some_and(|most| most <= n),
            _ => false,
        }
    }

    /// Whether all that the value of a name may be fulfils the literal: what tells the branches of a
    /// union apart settles most of what is asked about the others.
    fn is_fixed(&self, cell: &Cell<'a>, name: Name, lit: Lit) -> bool {
        let text = self.memo.states.name_text(name);
        let all_fulfil = |values: &BTreeSet<&Json>| {
            let is_it = |value: &&Json| self.is_lit(lit, value) == Some(true);
            !values.is_empty() && values.len() <= TRIED_VALUES && values.iter().all(is_it)
        };
        let mut fixed = cell.fixed.iter();
        if fixed.any(|(fixed, values)| **fixed == *text && all_fulfil(values)) {
            return true;
        }
        let Some(asked) = cell.present.get(&name) else {
            return false;
        };
        let classes = asked
            .iter()
            .filter(|lit| lit.is_positive() && !lit.is_value())
            .map(|lit| lit.as_class());
        let declared = cell.scopes.iter().filter_map(|scope| {
            let property = self.core.layout(scope.node).property(&text)?;
            (!is_taken_out(property, self.core.travel))
                .then(|| self.core.used(scope.node, &property.value))
        });
        classes.chain(declared).any(|class| {
            let quick = self.core.quick(class);
            quick
                .values
                .as_ref()
                .is_some_and(|values| all_fulfil(values))
        })
    }

    /// Whether a name that must be there cannot have such a value, by a look that searches nothing.
    fn is_value_hopeless(&self, cell: &Cell<'a>, name: Name, more: Option<Lit>) -> bool {
        let text = self.memo.states.name_text(name);
        match self.sure_lits(cell, &text) {
            Ok(mut lits) => {
                lits.extend(more);
                lits.extend(cell.present.get(&name).into_iter().flatten());
                self.are_hopeless(lits)
            }
            Err(doubt) => doubt.is_none(),
        }
    }

    /// Whether a name that must be there cannot be.
    pub(super) fn is_required_hopeless(&mut self, cell: &Cell<'a>) -> bool {
        for (spot, role) in &cell.required {
            let Some(Constraint::Required(names)) = self.core.constraint(*spot) else {
                continue;
            };
            self.memo.look(names.len());
            for name in names {
                if self.is_out(cell, *role, &name.node) {
                    continue;
                }
                let number = self.memo.states.name(&name.node);
                if self.is_value_hopeless(cell, number, None) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether nothing satisfies all of this, by a look that searches nothing.
    fn are_hopeless(&self, mut lits: Vec<Lit>) -> bool {
        if simplify(&mut lits) {
            return true;
        }
        match self.memo.states.known(&lits) {
            Some(Status::Empty) => return true,
            Some(Status::Inhabited(_)) => return false,
            _ => {}
        }
        let kinds = lits
            .iter()
            .fold(Kinds::ALL, |kinds, lit| kinds.and(self.lit_kinds(*lit)));
        if kinds.is_empty() {
            return true;
        }
        let listed = lits.iter().filter_map(|lit| {
            let is_class = lit.is_positive() && !lit.is_value();
            is_class.then(|| self.core.quick(lit.as_class()).values.clone())?
        });
        let Some(values) = listed.min_by_key(|values| values.len()) else {
            return false;
        };
        let is_refused = |value: &&Json| {
            let is_small = !matches!(value, Json::Array(_) | Json::Object(_));
            is_small
                && lits
                    .iter()
                    .any(|lit| self.is_lit(*lit, value) == Some(false))
        };
        values.len() <= TRIED_VALUES && values.iter().all(is_refused)
    }

    /// Whether an object that has only certain names has none of the region.
    fn is_region_hopeless(&self, cell: &Cell<'a>, region: Region, lit: Option<Lit>) -> bool {
        let closed = cell.scopes.iter().find_map(|scope| {
            let layout = self.core.layout(scope.node);
            let rest = layout.additional.as_ref()?;
            let is_closed = self.core.quick(self.core.used(scope.node, rest)).accepts.0;
            (is_closed.is_empty() && layout.patterns.is_empty()).then_some(layout)
        });
        let Some(layout) = closed else {
            return false;
        };
        if matches!(region, Region::Unevaluated(..)) || layout.count() > CLOSED_NAMES {
            return false;
        }
        layout.names().all(|name| {
            if self.is_in_region(region, name) == Some(false) {
                return true;
            }
            match self.sure_lits(cell, name) {
                Ok(mut lits) => {
                    lits.extend(lit);
                    self.are_hopeless(lits)
                }
                Err(doubt) => doubt.is_none(),
            }
        })
    }

    pub(super) fn is_lit_hopeless(&self, cell: &Cell<'a>, lit: Lit) -> bool {
        if self.lit_kinds(lit).and(cell.kind).is_empty() || cell.contradicts(lit) {
            return true;
        }
        lit.is_positive() && cell.kind == Kinds::OBJECT && !lit.is_value() && {
            let quick = self.core.quick(lit.as_class());
            is_apart(&quick.fixed, &cell.fixed)
        }
    }

    pub(super) fn is_lit_given(&self, cell: &Cell<'a>, lit: Lit) -> bool {
        if cell.has(lit) {
            return true;
        }
        if lit.is_value() {
            return false;
        }
        if lit.is_positive() {
            return lit.as_class() == ANYTHING;
        }
        let quick = self.core.quick(lit.as_class());
        quick.accepts.0.and(cell.kind).is_empty()
            || (cell.kind == Kinds::OBJECT && is_apart(&quick.fixed, &cell.fixed))
    }

    pub(super) fn passes(&self, cell: &Cell<'a>, class: Class, role: Role) -> bool {
        class == ANYTHING || cell.has(Lit::class(class, role, true, false))
    }
}
