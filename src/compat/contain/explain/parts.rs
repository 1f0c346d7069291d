//! Parts of a value that are refused: names, what stands under them, items, and listed values.

use super::super::Step;
use super::super::budget::LISTED_CAUSES;
use super::super::cell::{Fact, Name, Region};
use super::super::classes::index;
use super::super::core::{Role, Spot};
use super::super::lit::Lit;
use super::{Explainer, Given};
use crate::schema::{Constraint, Json, Use};

impl Explainer<'_, '_> {
    /// A name whose value is refused; whether it is.
    pub(super) fn named(
        &mut self,
        given: &Given,
        spot: Spot,
        name: Name,
        one: &Use,
        steps: &[Step],
    ) -> bool {
        let lit = self.below(spot.node, one);
        let outcome = self.attempt(given, &[Fact::With(name, lit)]);
        let text = self.world.memo.states.name_text(name);
        let is_found = outcome.found.is_some();
        if self.bars(spot.node, one) {
            self.cause(outcome, spot, Some(&text), steps);
        } else {
            let lits = self.parts.names.get(&text).cloned();
            self.below_here(
                outcome,
                lits,
                lit,
                Step::Property((&*text).into()),
                spot,
                one,
                steps,
            );
        }
        is_found
    }

    /// Some name of a region whose value is refused.
    pub(super) fn some_name(
        &mut self,
        given: &Given,
        spot: Spot,
        region: Region,
        one: &Use,
        steps: &[Step],
    ) {
        let lit = self.below(spot.node, one);
        let outcome = self.attempt(given, &[Fact::SomeName(region, Some(lit))]);
        let text = self.culprit(&outcome, region, Some(lit));
        if self.bars(spot.node, one) {
            self.cause(outcome, spot, text.as_deref(), steps);
            return;
        }
        let text = text.unwrap_or_else(|| "".into());
        let lits = self.parts.names.get(&text).cloned();
        self.below_here(
            outcome,
            lits,
            lit,
            Step::Property((&*text).into()),
            spot,
            one,
            steps,
        );
    }

    /// Names that nothing in place declares.
    pub(super) fn rest(&mut self, given: &Given, spot: Spot, one: Option<&Use>, steps: &[Step]) {
        let bars = one.is_none_or(|one| self.bars(spot.node, one));
        let names: Vec<Option<Name>> = self
            .declared()
            .iter()
            .map(|name| Some(self.name(name)))
            .chain([None])
            .collect();
        let mut is_seen = false;
        for name in names {
            if name.is_none() && is_seen {
                continue;
            }
            let fact = Fact::Unevaluated(spot, Role::Reader, name);
            let outcome = self.attempt(given, &[fact]);
            is_seen |= outcome.found.is_some();
            if name.is_some() && outcome.found.is_none() {
                continue;
            }
            let region = Region::Unevaluated(spot.node, Role::Reader, name);
            let lit = one.map(|one| self.below(spot.node, one));
            let placed = self.culprit(&outcome, region, lit);
            match (one, &placed) {
                (Some(one), Some(text)) if !bars => {
                    let lit = self.below(spot.node, one);
                    let lits = self.parts.names.get(text).cloned();
                    let step = Step::Property((&**text).into());
                    self.below_here(outcome, lits, lit, step, spot, one, steps);
                }
                _ => self.cause(outcome, spot, placed.as_deref(), steps),
            }
        }
    }

    /// Names that are refused as such.
    pub(super) fn names(&mut self, given: &Given, spot: Spot, one: &Use, steps: &[Step]) {
        let lit = self.below(spot.node, one);
        let mut is_seen = false;
        for name in self.declared() {
            let value = Json::String(name.clone());
            if self.world.search().is_lit(lit, &value) == Some(true) {
                let fact = Fact::Present(self.name(&name));
                let outcome = self.attempt(given, &[fact]);
                is_seen |= outcome.found.is_some();
                self.cause(outcome, spot, Some(&name), steps);
            }
        }
        if !is_seen {
            let outcome = self.attempt(given, &[Fact::SomeName(Region::Names(lit), None)]);
            let placed = self.culprit(&outcome, Region::Names(lit), None);
            self.cause(outcome, spot, placed.as_deref(), steps);
        }
    }

    /// An item that is refused.
    pub(super) fn item(
        &mut self,
        given: &Given,
        fact: Fact,
        one: &Use,
        spot: Spot,
        steps: &[Step],
    ) {
        let (Fact::Item(at, lit) | Fact::SomeItem(at, lit)) = fact else {
            return;
        };
        let outcome = self.attempt(given, &[fact]);
        let at = match fact {
            Fact::Item(..) => Some(at as usize),
            _ => (at as usize..self.parts.items.len())
                .find(|at| self.parts.items[*at].contains(&lit)),
        };
        let at = at.unwrap_or_default();
        let lits = self.parts.items.get(at).cloned();
        let step = Step::Item(index(at));
        if self.bars(spot.node, one) {
            let mut outcome = Some(outcome);
            if let Some(tree) = outcome.as_mut().and_then(|outcome| outcome.found.take()) {
                self.push_cause(tree.json(), spot, None, format!("/{at}"), steps);
            }
            return;
        }
        self.below_here(outcome, lits, lit, step, spot, one, steps);
    }

    /// Listed values that do not hold what the writer makes.
    pub(super) fn listed(&mut self, given: &Given, spot: Spot, steps: &[Step]) {
        let fact = Fact::Broken(spot, Role::Reader);
        let mut more = vec![fact];
        for _ in 0..LISTED_CAUSES {
            let outcome = self.attempt(given, &more);
            let value = outcome.found.as_ref().and_then(|tree| tree.json());
            if more.len() == 1 || value.is_some() {
                self.cause(outcome, spot, None, steps);
            }
            // Of values without end one is enough.
            match value {
                Some(value) if self.is_listing(given) => {
                    let number = self.world.memo.states.number(&value);
                    more.push(Fact::Lit(Lit::value(number, false)));
                }
                _ => break,
            }
        }
    }

    pub(super) fn is_listing(&self, given: &Given) -> bool {
        given.facts.iter().any(|fact| match fact {
            Fact::Lit(lit) if lit.is_positive() && !lit.is_value() => {
                let node = self.world.core.classes.first(lit.as_class());
                node.is_some_and(|node| {
                    let mut constraints = self.world.core.constraints(node).iter();
                    constraints.any(|one| matches!(one.node, Constraint::OneOfValues(_)))
                })
            }
            _ => false,
        })
    }
}
