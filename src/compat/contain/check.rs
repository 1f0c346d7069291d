//! Whether a value that is at hand is what a search is for, by the words of its facts.

use std::collections::BTreeSet;

use super::cell::{Fact, Region};
use super::core::{Role, Spot};
use super::lit::Lit;
use super::search::{NameTask, Search, Task};
use crate::schema::{Constraint, Json};

impl<'a> Search<'_, 'a> {
    /// Whether a value is what the search is for.
    pub(super) fn fulfils(&self, task: &Task<'a>, value: &Json) -> Option<bool> {
        let name = task.name.as_ref();
        let name = name.map(|name| self.is_such_name(name, value));
        let facts = task.facts.iter().map(|fact| self.is_fact(*fact, value));
        every(facts.chain(name))
    }

    fn is_such_name(&self, name: &NameTask<'a>, value: &Json) -> Option<bool> {
        let Json::String(text) = value else {
            return Some(false);
        };
        if name.without.contains(text) {
            return Some(false);
        }
        let mut sum = Some(true);
        for (pattern, is_found) in &name.patterns {
            match self.core.is_match(pattern, text) {
                Some(found) if found == *is_found => {}
                Some(_) => return Some(false),
                None => sum = None,
            }
        }
        sum
    }

    /// Whether a value satisfies a literal.
    pub(super) fn is_lit(&self, lit: Lit, value: &Json) -> Option<bool> {
        let holds = if lit.is_value() {
            Some(*self.memo.states.value(lit) == *value)
        } else {
            match self.core.classes.first(lit.as_class()) {
                None => Some(true),
                Some(node) if lit.is_outermost() => self.core.holds(node, lit.role(), value),
                Some(node) => self.core.holds_inside(node, lit.role(), value),
            }
        };
        holds.map(|holds| holds == lit.is_positive())
    }

    fn is_fact(&self, fact: Fact, value: &Json) -> Option<bool> {
        let entry = |name| match value {
            Json::Object(entries) => entries.get(&*self.memo.states.name_text(name)),
            _ => None,
        };
        match fact {
            Fact::Lit(lit) => self.is_lit(lit, value),
            Fact::Holds(spot, role) => self.core.holds_at(spot, role, value),
            Fact::Broken(spot, role) => not(self.core.holds_at(spot, role, value)),
            Fact::Refused(spot) => not(self.core.holds_at(spot, Role::Reader, value)),
            Fact::Absent(name) => Some(matches!(value, Json::Object(_)) && entry(name).is_none()),
            Fact::Present(name) => Some(entry(name).is_some()),
            Fact::With(name, lit) => match entry(name) {
                Some(value) => self.is_lit(lit, value),
                None => Some(false),
            },
            Fact::Lacks(name, other) => Some(entry(name).is_some() && entry(other).is_none()),
            Fact::Item(at, lit) => match value {
                Json::Array(items) => match items.get(at as usize) {
                    Some(item) => self.is_lit(lit, item),
                    None => Some(false),
                },
                _ => Some(false),
            },
            Fact::SomeItem(from, lit) => match value {
                Json::Array(items) => {
                    let answers = || {
                        let items = items.iter().skip(from as usize);
                        items.map(|item| self.is_lit(lit, item))
                    };
                    match answers().any(|answer| answer == Some(true)) {
                        true => Some(true),
                        false if answers().any(|answer| answer.is_none()) => None,
                        false => Some(false),
                    }
                }
                _ => Some(false),
            },
            Fact::SomeName(region, lit) => self.has_some_name(region, lit, value),
            Fact::MinItems(_)
            | Fact::MaxItems(_)
            | Fact::MinNames(_)
            | Fact::MaxNames(_)
            | Fact::Count(_)
            | Fact::Twins => self.is_counted(fact, value),
            Fact::Unevaluated(spot, role, name) => {
                let count = super::classes::index(self.core.constraints(spot.node).len());
                let others = (0..count).filter(|at| *at != spot.at);
                let others = others.map(|at| self.core.holds_at(Spot { at, ..spot }, role, value));
                let broken = not(self.core.holds_at(spot, role, value));
                let named = name.map(|name| {
                    let name = self.memo.states.name_text(name);
                    let is_there = match value {
                        Json::Object(entries) => entries.contains_key(&*name),
                        _ => false,
                    };
                    match is_there {
                        true => not(self.core.evaluates(spot.node, role, &name, value)),
                        false => Some(false),
                    }
                });
                every(others.chain([broken]).chain(named))
            }
            Fact::Only(spot, role, branch) => {
                let branches = (0..).zip(self.branches(spot));
                every(branches.map(|(at, one)| {
                    self.is_lit(self.here(spot.node, one, role, at == branch), value)
                }))
            }
            Fact::NoneOf(spot, role) => {
                let branches = self.branches(spot).iter();
                every(
                    branches.map(|one| self.is_lit(self.here(spot.node, one, role, false), value)),
                )
            }
            Fact::Twice(spot, role, first) => {
                let branches = self.branches(spot);
                let lit = |one| self.here(spot.node, one, role, true);
                let others = branches.iter().skip(first as usize + 1);
                let other = others.map(|one| self.is_lit(lit(one).negated(), value));
                let one = self.is_lit(lit(&branches[first as usize]), value);
                every([one, not(every(other))])
            }
            Fact::Branch(spot, role, outcome, is_satisfied) => match self.core.constraint(spot) {
                Some(Constraint::If {
                    test,
                    then,
                    otherwise,
                }) => {
                    let branch = if outcome { then } else { otherwise };
                    let branch = match branch {
                        Some(one) => {
                            self.is_lit(self.here(spot.node, one, role, is_satisfied), value)
                        }
                        None => Some(is_satisfied),
                    };
                    let test = self.is_lit(self.here(spot.node, test, role, outcome), value);
                    every([test, branch])
                }
                _ => None,
            },
            Fact::When(name, lit) => every([Some(entry(name).is_some()), self.is_lit(lit, value)]),
        }
    }

    fn is_counted(&self, fact: Fact, value: &Json) -> Option<bool> {
        let (count, items) = match value {
            Json::Array(items) => (items.len() as u64, &items[..]),
            Json::Object(entries) => (entries.len() as u64, &[][..]),
            _ => return Some(false),
        };
        match fact {
            Fact::MinItems(n) | Fact::MinNames(n) => Some(count >= n),
            Fact::MaxItems(n) | Fact::MaxNames(n) => Some(count <= n),
            Fact::Twins => {
                let distinct: BTreeSet<&Json> = items.iter().collect();
                Some(distinct.len() < items.len())
            }
            Fact::Count(counted) => {
                let mut count = 0;
                for item in items {
                    count += u64::from(self.is_lit(counted.lit, item)?);
                }
                Some(count >= counted.min && counted.max.is_none_or(|max| count <= max))
            }
            _ => None,
        }
    }

    pub(super) fn has_some_name(
        &self,
        region: Region,
        lit: Option<Lit>,
        whole: &Json,
    ) -> Option<bool> {
        let Json::Object(entries) = whole else {
            return Some(false);
        };
        let mut sum = Some(false);
        for (name, value) in entries {
            let is_inside = match region {
                Region::Pattern(..)
                | Region::Rest(_)
                | Region::Unnamed(_)
                | Region::Names(_)
                | Region::Beyond(_) => self.is_in_region(region, name),
                Region::Unevaluated(_, _, Some(only))
                    if *self.memo.states.name_text(only) != **name =>
                {
                    Some(false)
                }
                Region::Unevaluated(node, role, _) => {
                    not(self.core.evaluates(node, role, name, whole))
                }
            };
            let fits = lit.map_or(Some(true), |lit| self.is_lit(lit, value));
            match (is_inside, fits) {
                (Some(true), Some(true)) => return Some(true),
                (Some(false), _) | (_, Some(false)) => {}
                _ => sum = None,
            }
        }
        sum
    }
}

/// Whether all of it is so.
fn every(answers: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut sum = Some(true);
    for answer in answers {
        match answer {
            Some(true) => {}
            Some(false) => return Some(false),
            None => sum = None,
        }
    }
    sum
}

fn not(answer: Option<bool>) -> Option<bool> {
    answer.map(|answer| !answer)
}
