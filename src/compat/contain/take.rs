//! What follows from what is asked: a satisfied shape satisfies each of its constraints, a violated
//! one violates at least one.

use super::budget::COMPARED_BRANCHES;
use super::cell::{Cell, Counted, Fact, Region, Scope, Watch};
use super::classes::{ANYTHING, Node, index, is_taken_out, leads_nowhere};
use super::core::{Role, Spot, concerns};
use super::lit::Lit;
use super::mistake::Mistake;
use super::search::{Listed, Search, Taken};
use crate::schema::{Constraint, Json, Kinds, Use};

impl<'a> Search<'_, 'a> {
    /// Takes a fact in.
    pub(super) fn take(
        &mut self,
        cell: &mut Cell<'a>,
        fact: Fact,
        agenda: &mut Vec<Fact>,
    ) -> Taken<'a> {
        match fact {
            Fact::Lit(lit) if lit.is_value() => return self.take_value(cell, lit),
            Fact::Lit(lit) => return self.take_lit(cell, lit, agenda),
            Fact::Holds(spot, role) => return self.take_holds(cell, spot, role, agenda),
            Fact::Broken(spot, role) => {
                let mut ways = Vec::new();
                if self.ways(cell, spot, role, &mut ways) {
                    return Taken::Fine;
                }
                return choose(cell, ways, agenda);
            }
            Fact::Refused(spot) => return self.take_simple(cell, spot, false),
            Fact::Unevaluated(spot, role, name) => {
                return self.take_unevaluated(cell, spot, role, name, agenda);
            }
            Fact::Only(spot, role, branch) => {
                let branches = self.branches(spot);
                for (at, one) in (0..).zip(branches) {
                    if at != branch {
                        agenda.push(Fact::Lit(self.here(spot.node, one, role, false)));
                    }
                }
                // Taken first, as its constants settle most of the others.
                let one = &branches[branch as usize];
                agenda.push(Fact::Lit(self.here(spot.node, one, role, true)));
            }
            Fact::NoneOf(spot, role) => {
                for one in self.branches(spot) {
                    agenda.push(Fact::Lit(self.here(spot.node, one, role, false)));
                }
            }
            Fact::Twice(spot, role, at) => {
                let branches = self.branches(spot);
                let lit = |at: u32| self.here(spot.node, &branches[at as usize], role, true);
                agenda.push(Fact::Lit(lit(at)));
                let others = self.core.partners(spot, branches, at);
                let ways = others.iter().map(|other| Fact::Lit(lit(*other))).collect();
                return choose(cell, ways, agenda);
            }
            Fact::Branch(spot, role, outcome, is_satisfied) => {
                let Some(Constraint::If {
                    test,
                    then,
                    otherwise,
                }) = self.core.constraint(spot)
                else {
                    return Taken::Fine;
                };
                agenda.push(Fact::Lit(self.here(spot.node, test, role, outcome)));
                match (if outcome { then } else { otherwise }, is_satisfied) {
                    (Some(one), _) => {
                        agenda.push(Fact::Lit(self.here(spot.node, one, role, is_satisfied)));
                    }
                    (None, true) => {}
                    (None, false) => return Taken::Dead,
                }
            }
            Fact::Lacks(name, other) => {
                // Taken last, as what comes with a name settles most of these at once.
                let is_shape = |fact: &Fact| matches!(fact, Fact::Lit(_) | Fact::Holds(..));
                if agenda.iter().any(is_shape) {
                    agenda.insert(0, fact);
                } else if self.comes_with(cell, name, other) {
                    return Taken::Dead;
                } else {
                    agenda.extend([Fact::Present(name), Fact::Absent(other)]);
                }
            }
            Fact::Absent(name) => {
                if cell.present.contains_key(&name) || self.is_required_here(cell, name) {
                    return Taken::Dead;
                }
                if cell.absent.insert(name) {
                    cell.news.names.push(name);
                    self.leave_without(cell, name, agenda);
                }
            }
            Fact::Present(name) | Fact::With(name, _) | Fact::When(name, _) => {
                if cell.absent.contains(&name) {
                    return Taken::Dead;
                }
                cell.news.names.push(name);
                let is_new = !cell.present.contains_key(&name);
                let asked = cell.present.entry(name).or_default();
                match fact {
                    Fact::With(_, lit) if !asked.contains(&lit) => {
                        asked.push(lit);
                        cell.unseen.push(name);
                    }
                    Fact::When(_, lit) => agenda.push(Fact::Lit(lit)),
                    _ => {}
                }
                if is_new {
                    self.bring_with(cell, name, agenda);
                }
            }
            Fact::SomeName(region, lit) => cell.some_names.push((region, lit)),
            Fact::Item(at, lit) => {
                cell.items.entry(at).or_default().push(lit);
                cell.at_least(u64::from(at) + 1);
            }
            Fact::SomeItem(from, lit) => {
                cell.some_items.push((from, lit));
                cell.at_least(u64::from(from) + 1);
            }
            Fact::MinItems(count) | Fact::MinNames(count) => cell.at_least(count),
            Fact::MaxItems(count) | Fact::MaxNames(count) => cell.at_most(count),
            Fact::Count(counted) => cell.counts.push(counted),
            Fact::Twins => {
                cell.has_twins = true;
                cell.at_least(2);
            }
        }
        Taken::Fine
    }

    fn take_value(&mut self, cell: &mut Cell<'a>, lit: Lit) -> Taken<'a> {
        if !cell.insert(lit) {
            return Taken::Fine;
        }
        let value = self.memo.states.value(lit);
        if lit.is_positive() {
            return Taken::Listed(Listed::One(value));
        }
        if super::core::kind_of(&value) == cell.kind {
            self.bar(cell, &value);
            cell.barred_one.push(value);
        }
        Taken::Fine
    }

    /// A list or an object that is not the value must differ from it somewhere.
    fn bar(&mut self, cell: &mut Cell<'a>, value: &Json) {
        let mut ways = Vec::new();
        match value {
            Json::Object(entries) => {
                for (name, value) in entries {
                    let name = self.memo.states.name(name);
                    let other = Lit::value(self.memo.states.number(value), false);
                    ways.extend([Fact::Absent(name), Fact::With(name, other)]);
                }
                let whole = Lit::value(self.memo.states.number(value), true);
                ways.push(Fact::SomeName(Region::Beyond(whole), None));
            }
            Json::Array(items) => {
                let count = items.len() as u64;
                ways.extend(count.checked_sub(1).map(Fact::MaxItems));
                ways.push(Fact::MinItems(count + 1));
                for (at, item) in (0..).zip(items) {
                    let other = Lit::value(self.memo.states.number(item), false);
                    ways.push(Fact::Item(at, other));
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => return,
        }
        cell.choose(ways);
    }

    fn take_lit(&mut self, cell: &mut Cell<'a>, lit: Lit, agenda: &mut Vec<Fact>) -> Taken<'a> {
        if cell.has(lit) {
            return Taken::Fine;
        }
        if self.is_lit_hopeless(cell, lit) {
            return Taken::Dead;
        }
        if self.is_lit_given(cell, lit) {
            return Taken::Fine;
        }
        cell.insert(lit);
        let Some(node) = self.core.classes.first(lit.as_class()) else {
            return Taken::Fine;
        };
        let role = lit.role();
        let count = index(self.core.constraints(node).len());
        if lit.is_positive() {
            cell.news.all = true;
            if cell.kind == Kinds::OBJECT {
                let quick = self.core.quick(lit.as_class());
                cell.fixed.extend(quick.fixed.iter().cloned());
                if lit.is_outermost() {
                    cell.watches.push(Watch {
                        node,
                        role,
                        rest: None,
                    });
                    self.tell(cell, node, role);
                }
            }
            agenda.extend(
                (0..count)
                    .rev()
                    .map(|at| Fact::Holds(Spot { node, at }, role)),
            );
            return Taken::Fine;
        }
        let mut ways = Vec::new();
        for at in 0..count {
            if self.ways(cell, Spot { node, at }, role, &mut ways) {
                return Taken::Fine;
            }
        }
        if lit.is_outermost() && cell.kind == Kinds::OBJECT {
            ways.push(Fact::Broken(Spot { node, at: count }, role));
        }
        choose(cell, ways, agenda)
    }

    /// What a satisfied constraint asks for.
    fn take_holds(
        &mut self,
        cell: &mut Cell<'a>,
        spot: Spot,
        role: Role,
        agenda: &mut Vec<Fact>,
    ) -> Taken<'a> {
        let Some(constraint) = self.core.constraint(spot) else {
            return Taken::Fine;
        };
        if concerns(constraint).and(cell.kind).is_empty() {
            return Taken::Fine;
        }
        let node = spot.node;
        match constraint {
            Constraint::Never => return Taken::Dead,
            Constraint::Kinds(kinds) if kinds.holds(cell.kind) => {}
            Constraint::Kinds(_) => return Taken::Dead,
            Constraint::OneOfValues(values) => return Taken::Listed(Listed::Many(values)),
            Constraint::Minimum(_)
            | Constraint::Maximum(_)
            | Constraint::MultipleOf(_)
            | Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::Opaque { .. } => return self.take_simple(cell, spot, true),
            Constraint::MinItems(n) | Constraint::MinProperties(n) => cell.at_least(*n),
            Constraint::MaxItems(n) | Constraint::MaxProperties(n) => cell.at_most(*n),
            Constraint::UniqueItems => cell.is_distinct = true,
            Constraint::Contains { shape, min, max } => cell.counts.push(Counted {
                lit: self.below(node, shape, role, true),
                min: *min,
                max: *max,
            }),
            Constraint::PrefixItems(_)
            | Constraint::Items(_)
            | Constraint::Properties(_)
            | Constraint::PatternProperties(_)
            | Constraint::AdditionalProperties(_) => {
                let scope = Scope { node, role };
                if !cell.scopes.contains(&scope) {
                    cell.scopes.push(scope);
                    cell.news.all = true;
                }
            }
            Constraint::UnevaluatedProperties(one) | Constraint::UnevaluatedItems(one) => {
                cell.watches.push(Watch {
                    node,
                    role,
                    rest: Some(self.core.beside(node, one)),
                });
                cell.news.all = true;
                self.tell(cell, node, role);
            }
            Constraint::Required(names) => {
                cell.required.push((spot, role));
                cell.news.all = true;
                let absent = std::mem::take(&mut cell.absent);
                let is_torn = absent.iter().any(|name| self.is_required_here(cell, *name));
                cell.absent = absent;
                if is_torn {
                    return Taken::Dead;
                }
                if !cell.needs.is_empty() {
                    for name in names {
                        self.bring_with_required(cell, role, &name.node, agenda);
                    }
                }
            }
            Constraint::PropertyNames(one) => cell.names.push(self.below(node, one, role, true)),
            Constraint::DependentRequired(rows) => {
                let needs = self.needs(spot, rows);
                cell.needs.push((needs, role));
                cell.news.all = true;
                let present: Vec<_> = cell.present.keys().copied().collect();
                for name in present {
                    self.bring_with(cell, name, agenda);
                }
                for name in cell.absent.clone() {
                    self.leave_without(cell, name, agenda);
                }
                for (spot, role) in cell.required.clone() {
                    if let Some(Constraint::Required(names)) = self.core.constraint(spot) {
                        for name in names {
                            self.bring_with_required(cell, role, &name.node, agenda);
                        }
                    }
                }
            }
            Constraint::DependentSchemas(rows) => {
                for (name, one) in rows {
                    let name = self.memo.states.name(&name.node);
                    let lit = self.here(node, one, role, true);
                    cell.choose([Fact::Absent(name), Fact::When(name, lit)]);
                }
            }
            Constraint::AllOf(uses) => {
                let lits = uses
                    .iter()
                    .rev()
                    .map(|one| self.here(node, one, role, true));
                agenda.extend(lits.map(Fact::Lit));
            }
            Constraint::AnyOf(uses) => {
                let lits = uses.iter().map(|one| self.here(node, one, role, true));
                let ways = lits.map(Fact::Lit).collect();
                return choose(cell, ways, agenda);
            }
            Constraint::OneOf(uses) => {
                let ways = (0..index(uses.len())).map(|at| Fact::Only(spot, role, at));
                return choose(cell, ways.collect(), agenda);
            }
            Constraint::Not(one) => agenda.push(Fact::Lit(self.here(node, one, role, false))),
            Constraint::If {
                then, otherwise, ..
            } => {
                if then.is_some() || otherwise.is_some() {
                    let ways = [true, false].map(|test| Fact::Branch(spot, role, test, true));
                    return choose(cell, ways.into(), agenda);
                }
            }
        }
        Taken::Fine
    }

    /// Ways to violate a constraint with a value of this kind; `true` when every value does.
    pub(super) fn ways(
        &mut self,
        cell: &Cell<'a>,
        spot: Spot,
        role: Role,
        ways: &mut Vec<Fact>,
    ) -> bool {
        let (kind, node) = (cell.kind, spot.node);
        let Some(constraint) = self.core.constraint(spot) else {
            if kind == Kinds::OBJECT {
                ways.push(Fact::Unevaluated(spot, role, None));
            }
            return false;
        };
        if concerns(constraint).and(kind).is_empty() {
            return false;
        }
        let below = |search: &Self, one: &Use| {
            let class = search.core.used(node, one);
            let lit = search.below(node, one, role, false);
            let is_refusing = lit.is_outermost() || !search.core.quick(class).refuses.0.is_empty();
            (class != ANYTHING && is_refusing).then_some(lit)
        };
        match constraint {
            Constraint::Never => return true,
            Constraint::Kinds(kinds) => return !kinds.holds(kind),
            Constraint::OneOfValues(values) => {
                if !values
                    .iter()
                    .any(|value| super::core::kind_of(&value.node) == kind)
                {
                    return true;
                }
                ways.push(Fact::Refused(spot));
            }
            Constraint::Minimum(_)
            | Constraint::Maximum(_)
            | Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::Opaque { .. } => ways.push(Fact::Refused(spot)),
            Constraint::MultipleOf(_) => {
                if !self.core.makes(Mistake::OverlooksMultiples) {
                    ways.push(Fact::Refused(spot));
                }
            }
            Constraint::MinItems(n) => ways.extend(n.checked_sub(1).map(Fact::MaxItems)),
            Constraint::MaxItems(n) => ways.extend(n.checked_add(1).map(Fact::MinItems)),
            Constraint::UniqueItems => ways.push(Fact::Twins),
            Constraint::PrefixItems(uses) => {
                for (at, one) in (0..).zip(uses) {
                    ways.extend(below(self, one).map(|lit| Fact::Item(at, lit)));
                }
            }
            Constraint::Items(one) => {
                let from = index(self.core.prefix(node));
                ways.extend(below(self, one).map(|lit| Fact::SomeItem(from, lit)));
            }
            Constraint::Contains { shape, min, max } => {
                let lit = self.below(node, shape, role, true);
                let count = |min, max| Fact::Count(Counted { lit, min, max });
                ways.extend(min.checked_sub(1).map(|fewer| count(0, Some(fewer))));
                ways.extend(
                    max.and_then(|max| max.checked_add(1))
                        .map(|more| count(more, None)),
                );
            }
            Constraint::MinProperties(n) => ways.extend(n.checked_sub(1).map(Fact::MaxNames)),
            Constraint::MaxProperties(n) => ways.extend(n.checked_add(1).map(Fact::MinNames)),
            Constraint::Required(names) => {
                for name in names {
                    if self.is_out(cell, role, &name.node)
                        || self.core.makes(Mistake::OverlooksRequired)
                    {
                        continue;
                    }
                    ways.push(Fact::Absent(self.memo.states.name(&name.node)));
                }
            }
            Constraint::Properties(properties) => {
                for property in properties {
                    if !is_taken_out(property, self.core.travel)
                        && let Some(lit) = below(self, &property.value)
                    {
                        let name = self.memo.states.name(&property.name.node);
                        ways.push(Fact::With(name, lit));
                    }
                }
            }
            Constraint::PatternProperties(rows) => {
                if self.core.makes(Mistake::OverlooksPatternProperties) {
                    return false;
                }
                for (row, (_, one)) in (0..).zip(rows) {
                    let lit = below(self, one);
                    let region = Region::Pattern(spot, row);
                    ways.extend(lit.map(|lit| Fact::SomeName(region, Some(lit))));
                }
            }
            Constraint::AdditionalProperties(_) if self.core.makes(Mistake::OverlooksRest) => {}
            Constraint::AdditionalProperties(one) => {
                let lit = below(self, one);
                ways.extend(lit.map(|lit| Fact::SomeName(Region::Rest(node), Some(lit))));
            }
            Constraint::PropertyNames(one) => {
                let lit = below(self, one);
                ways.extend(lit.map(|lit| Fact::SomeName(Region::Names(lit), None)));
            }
            Constraint::DependentRequired(rows) => {
                for (name, needed) in rows {
                    let name = self.memo.states.name(&name.node);
                    for other in needed {
                        if self.is_out(cell, role, &other.node) {
                            continue;
                        }
                        let other = self.memo.states.name(&other.node);
                        if other != name {
                            ways.push(Fact::Lacks(name, other));
                        }
                    }
                }
            }
            Constraint::DependentSchemas(rows) => {
                for (name, one) in rows {
                    let name = self.memo.states.name(&name.node);
                    ways.push(Fact::When(name, self.here(node, one, role, false)));
                }
            }
            Constraint::UnevaluatedProperties(_) | Constraint::UnevaluatedItems(_) => {
                ways.push(Fact::Unevaluated(spot, role, None));
            }
            Constraint::AllOf(uses) => {
                for one in uses {
                    ways.push(Fact::Lit(self.here(node, one, role, false)));
                }
            }
            Constraint::AnyOf(_) => ways.push(Fact::NoneOf(spot, role)),
            Constraint::OneOf(uses) => {
                ways.push(Fact::NoneOf(spot, role));
                if self.core.makes(Mistake::TakesExactlyOneForAny) {
                    return false;
                }
                if let Some(counts) = self.core.listed_by(spot, uses) {
                    for (value, count) in &*counts {
                        if *count > 1 && super::core::kind_of(value) == kind {
                            let number = self.memo.states.number(value);
                            ways.push(Fact::Lit(Lit::value(number, true)));
                        }
                    }
                    return false;
                }
                let is_small = uses.len() <= COMPARED_BRANCHES;
                for at in 0..index(uses.len()).saturating_sub(1) {
                    if !is_small || !self.core.partners(spot, uses, at).is_empty() {
                        ways.push(Fact::Twice(spot, role, at));
                    }
                }
            }
            Constraint::Not(one) => ways.push(Fact::Lit(self.here(node, one, role, true))),
            Constraint::If {
                then, otherwise, ..
            } => {
                for (test, one) in [(true, then), (false, otherwise)] {
                    if one.is_some() {
                        ways.push(Fact::Branch(spot, role, test, false));
                    }
                }
            }
        }
        false
    }

    /// Takes in a simple constraint, satisfied or violated.
    fn take_simple(&mut self, cell: &mut Cell<'a>, spot: Spot, is_satisfied: bool) -> Taken<'a> {
        let Some(constraint) = self.core.constraint(spot) else {
            return Taken::Fine;
        };
        if let Constraint::OneOfValues(values) = constraint {
            for value in values {
                if super::core::kind_of(&value.node) == cell.kind {
                    self.bar(cell, &value.node);
                }
            }
            cell.barred.push(values);
            return Taken::Fine;
        }
        let is_opaque = matches!(constraint, Constraint::Opaque { .. });
        let list = if is_opaque {
            &mut cell.opaque
        } else {
            &mut cell.simple
        };
        let is_lost = leads_nowhere(constraint);
        for (other, other_is) in &*list {
            if *other == spot && *other_is == is_satisfied {
                return Taken::Fine;
            }
            if !is_lost && self.core.constraint(*other) == Some(constraint) {
                match *other_is == is_satisfied {
                    true => return Taken::Fine,
                    false => return Taken::Dead,
                }
            }
        }
        list.push((spot, is_satisfied));
        Taken::Fine
    }

    // === Literals ===

    /// What applies to the value itself.
    pub(super) fn here(&self, node: Node, one: &Use, role: Role, is_positive: bool) -> Lit {
        Lit::class(self.core.used(node, one), role, is_positive, false)
    }

    /// What applies to a part of the value.
    pub(super) fn below(&self, node: Node, one: &Use, role: Role, is_positive: bool) -> Lit {
        self.core
            .outermost(self.core.used(node, one), role, is_positive)
    }

    pub(super) fn branches(&self, spot: Spot) -> &'a [Use] {
        match self.core.constraint(spot) {
            Some(Constraint::AnyOf(uses) | Constraint::OneOf(uses) | Constraint::AllOf(uses)) => {
                uses
            }
            _ => &[],
        }
    }
}

fn choose<'a>(cell: &mut Cell<'a>, ways: Vec<Fact>, agenda: &mut Vec<Fact>) -> Taken<'a> {
    match ways[..] {
        [] => Taken::Dead,
        [only] => {
            agenda.push(only);
            Taken::Fine
        }
        _ => {
            cell.choose(ways);
            Taken::Fine
        }
    }
}
