//! Builds a list: items at their positions, as many as are needed, counted and told apart where the
//! shapes ask for it.

use std::collections::BTreeMap;

use super::budget::{FILLERS, TOO_LARGE, TOO_MANY};
use super::cell::{Cell, Counted};
use super::classes::index;
use super::lit::{Lit, Why};
use super::rest::Looked;
use super::search::{Answer, Outcome, Search};
use super::value::Tree;
use crate::schema::{Constraint, Json};

/// Most different items that are matched to positions; longer lists must be of one sort.
const MATCHED: usize = 16;

/// Why a rest of items is not known.
const CONTAINS_LOOKS: Why = "which items `contains` looks at is not worked out";

/// Positions with what is asked of their items beyond what the shapes say.
type Chosen = BTreeMap<u32, Vec<Lit>>;

impl<'a> Search<'_, 'a> {
    /// Looks for a list of the cell.
    pub(super) fn build_list(&mut self, cell: &Cell<'a>) -> Outcome {
        let some = cell.some_items.iter();
        let mut asked: Vec<(u32, Vec<Lit>)> = some.map(|(at, lit)| (*at, vec![*lit])).collect();
        for (node, role, lit) in &cell.unevaluated_items {
            match self.looked_at(cell, *node, *role) {
                Looked::All => return Outcome::nothing(),
                Looked::UpTo(count, found) => {
                    let mut lits: Vec<Lit> = found.into_iter().map(Lit::negated).collect();
                    lits.push(*lit);
                    asked.push((count, lits));
                }
            }
        }
        let mut horizon = index(0);
        for scope in &cell.scopes {
            horizon = horizon.max(index(self.core.prefix(scope.node)));
        }
        for watch in &cell.watches {
            if let Looked::UpTo(count, _) = self.looked_at(cell, watch.node, watch.role) {
                horizon = horizon.max(count);
            }
        }
        for at in cell.items.keys() {
            horizon = horizon.max(at.saturating_add(1));
        }
        for (from, _) in &asked {
            horizon = horizon.max(*from);
        }
        self.place_items(cell, horizon, &asked, &cell.items)
    }

    /// What the shapes ask of the item at a position of which `said` is asked besides. As long as that
    /// leaves open whether `contains` finds the item, nothing is asked for a rest.
    ///
    /// # Errors
    ///
    /// Why it is not known, when `is_last`: nothing more will be said of the item.
    fn item_lits(
        &self,
        cell: &Cell<'a>,
        at: u32,
        said: &[Lit],
        is_last: bool,
    ) -> Result<Vec<Lit>, Why> {
        let mut lits = said.to_vec();
        for scope in &cell.scopes {
            let prefix = self.core.prefix(scope.node);
            for constraint in self.core.constraints(scope.node) {
                let one = match &constraint.node {
                    Constraint::PrefixItems(uses) => uses.get(at as usize),
                    Constraint::Items(one) if at as usize >= prefix => Some(one),
                    _ => None,
                };
                lits.extend(one.map(|one| self.below(scope.node, one, scope.role, true)));
            }
        }
        for watch in &cell.watches {
            let Some(rest) = watch.rest else { continue };
            let constraints = self.core.constraints(watch.node);
            let is_of_items = constraints.iter().any(|one| {
                matches!(&one.node, Constraint::UnevaluatedItems(one)
                    if self.core.beside(watch.node, one) == rest)
            });
            if !is_of_items {
                continue;
            }
            let Looked::UpTo(count, found) = self.looked_at(cell, watch.node, watch.role) else {
                continue;
            };
            if at < count || found.iter().any(|lit| said.contains(lit)) {
                continue;
            }
            if found.iter().all(|lit| said.contains(&lit.negated())) {
                let class = self.core.classes.of(rest);
                lits.push(self.core.outermost(class, watch.role, true));
            } else if is_last {
                return Err(CONTAINS_LOOKS);
            }
        }
        Ok(lits)
    }

    fn item(&mut self, cell: &Cell<'a>, at: u32, more: &[Lit]) -> Answer {
        match self.item_lits(cell, at, more, false) {
            Ok(lits) => self.child(lits),
            Err(why) => Answer::Doubt(why),
        }
    }

    /// Chooses a position for each item that must be somewhere, then completes the list.
    fn place_items(
        &mut self,
        cell: &Cell<'a>,
        horizon: u32,
        asked: &[(u32, Vec<Lit>)],
        chosen: &Chosen,
    ) -> Outcome {
        let Some(((from, lits), others)) = asked.split_first() else {
            return self.place_twins(cell, horizon, chosen);
        };
        let mut doubt = None;
        // Behind the horizon all positions are alike, so that one for each item is enough.
        let behind = horizon.max(*from) + index(others.len());
        for at in *from..=behind {
            if cell.most.is_some_and(|most| u64::from(at) >= most) {
                break;
            }
            if !self.spend() {
                return Outcome::doubt(TOO_MANY);
            }
            let mut chosen = chosen.clone();
            let more = chosen.entry(at).or_default();
            more.extend(lits);
            match self.item(cell, at, more) {
                Answer::No => continue,
                Answer::Doubt(why) => {
                    doubt = Some(why);
                    continue;
                }
                Answer::Yes(_) => {}
            }
            let outcome = self.place_items(cell, horizon, others, &chosen);
            if outcome.found.is_some() {
                return outcome;
            }
            doubt = doubt.or(outcome.doubt);
        }
        Outcome { found: None, doubt }
    }

    /// Chooses two positions whose items are equal, if there must be some.
    fn place_twins(&mut self, cell: &Cell<'a>, horizon: u32, chosen: &Chosen) -> Outcome {
        if !cell.has_twins {
            return self.complete_list(cell, horizon, chosen);
        }
        let last = chosen.keys().next_back().map_or(0, |at| at + 1);
        let behind = horizon.max(last) + 2;
        let mut doubt = None;
        for second in 1..behind {
            if cell.most.is_some_and(|most| u64::from(second) >= most) {
                break;
            }
            for first in 0..second {
                if !self.spend() {
                    return Outcome::doubt(TOO_MANY);
                }
                let mut both = Vec::new();
                for at in [first, second] {
                    let said = chosen.get(&at).map_or(&[][..], |lits| lits);
                    match self.item_lits(cell, at, said, false) {
                        Ok(lits) => both.extend(lits),
                        Err(why) => doubt = Some(why),
                    }
                }
                if !matches!(self.child(both.clone()), Answer::Yes(_)) {
                    continue;
                }
                let mut chosen = chosen.clone();
                chosen.insert(first, both.clone());
                chosen.insert(second, both);
                let outcome = self.complete_list(cell, horizon, &chosen);
                let is_as_meant = outcome
                    .found
                    .as_ref()
                    .and_then(Tree::json)
                    .is_some_and(|value| has_twins(&value));
                if is_as_meant {
                    return outcome;
                }
                doubt = doubt.or(outcome.doubt);
                doubt = doubt.or(outcome.found.map(|_| TOO_MANY));
            }
        }
        Outcome { found: None, doubt }
    }

    fn complete_list(&mut self, cell: &Cell<'a>, horizon: u32, chosen: &Chosen) -> Outcome {
        let last = chosen.keys().next_back().map_or(0, |at| u64::from(*at) + 1);
        let least = cell.least.max(last);
        if cell.most.is_some_and(|most| most < least) {
            return Outcome::nothing();
        }
        if least > FILLERS * 32 {
            return Outcome::doubt(TOO_LARGE);
        }
        if cell.counts.is_empty() {
            return self.finish(cell, horizon, least, chosen);
        }
        // A shortest list holds no item behind the horizon that is not needed for a count.
        let needed: u64 = cell.counts.iter().map(|count| count.min).sum();
        let longest = least.max(u64::from(horizon)).saturating_add(needed);
        let longest = cell.most.map_or(longest, |most| most.min(longest));
        if longest > FILLERS {
            return Outcome::doubt(TOO_LARGE);
        }
        let mut doubt = None;
        for length in least..=longest {
            let mut signed = chosen.clone();
            let counts = cell.counts.clone();
            let outcome = self.sign(cell, horizon, length, 0, &counts, &mut signed);
            if outcome.found.is_some() {
                return outcome;
            }
            doubt = doubt.or(outcome.doubt);
        }
        Outcome { found: None, doubt }
    }

    /// Says of each item whether it counts.
    fn sign(
        &mut self,
        cell: &Cell<'a>,
        horizon: u32,
        length: u64,
        at: u32,
        counts: &[Counted],
        signed: &mut Chosen,
    ) -> Outcome {
        let left = length - u64::from(at);
        if counts.iter().any(|count| count.min > left) {
            return Outcome::nothing();
        }
        if left == 0 {
            return self.finish(cell, horizon, length, signed);
        }
        let mut doubt = None;
        let told = counts.len().min(6);
        if told < counts.len() {
            return Outcome::doubt(TOO_MANY);
        }
        for signs in 0..1_u32 << told {
            if !self.spend() {
                return Outcome::doubt(TOO_MANY);
            }
            let mut next = counts.to_vec();
            let mut more = signed.get(&at).cloned().unwrap_or_default();
            let mut is_over = false;
            for (one, count) in next.iter_mut().enumerate() {
                let counts_here = signs >> one & 1 == 0;
                if counts_here {
                    more.push(count.lit);
                    count.min = count.min.saturating_sub(1);
                    match count.max {
                        Some(0) => is_over = true,
                        Some(max) => count.max = Some(max - 1),
                        None => {}
                    }
                } else {
                    more.push(count.lit.negated());
                }
            }
            if is_over {
                continue;
            }
            match self.item(cell, at, &more) {
                Answer::No => continue,
                Answer::Doubt(why) => {
                    doubt = Some(why);
                    continue;
                }
                Answer::Yes(_) => {}
            }
            let kept = signed.insert(at, more);
            let outcome = self.sign(cell, horizon, length, at + 1, &next, signed);
            match kept {
                Some(kept) => signed.insert(at, kept),
                None => signed.remove(&at),
            };
            if outcome.found.is_some() {
                return outcome;
            }
            doubt = doubt.or(outcome.doubt);
        }
        Outcome { found: None, doubt }
    }

    /// Finds a value for each position.
    fn finish(&mut self, cell: &Cell<'a>, horizon: u32, length: u64, chosen: &Chosen) -> Outcome {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        let mut states = Vec::new();
        for at in 0..length {
            // Behind everything that is said of single positions all items are alike.
            let is_alike =
                at > horizon && !chosen.contains_key(&at) && !chosen.contains_key(&(at - 1));
            if let (true, Some(last)) = (is_alike, states.last()) {
                let last: &Vec<Lit> = last;
                states.push(last.clone());
                continue;
            }
            let said = chosen.get(&at).map_or(&[][..], |lits| lits);
            match self.item_lits(cell, at, said, true) {
                Ok(lits) => states.push(lits),
                Err(why) => return Outcome::doubt(why),
            }
        }
        let mut items = Vec::new();
        let mut doubt = None;
        for lits in &states {
            match self.child(lits.clone()) {
                Answer::No => return Outcome::nothing(),
                Answer::Doubt(why) => doubt = Some(why),
                Answer::Yes(tree) => items.push(tree),
            }
        }
        if let Some(why) = doubt {
            return Outcome::doubt(why);
        }
        if self.is_outside() {
            self.parts.items.clone_from(&states);
        }
        if cell.is_distinct && states.len() > 1 {
            return self.tell_apart(&states);
        }
        Outcome::of(Tree::array(items))
    }

    /// Finds different values for positions: each position has at most as many values to choose from
    /// as there are positions, which is enough for a choice to exist if there is one.
    fn tell_apart(&mut self, states: &[Vec<Lit>]) -> Outcome {
        let is_one_sort = states.windows(2).all(|pair| pair[0] == pair[1]);
        let count = states.len();
        if is_one_sort {
            return match self.several(&states[0], count) {
                Ok(trees) if trees.len() == count => Outcome::of(Tree::array(trees)),
                Ok(_) => Outcome::nothing(),
                Err(why) => Outcome::doubt(why),
            };
        }
        if count > MATCHED {
            return Outcome::doubt(TOO_MANY);
        }
        let mut values: Vec<(Json, Tree)> = Vec::new();
        let mut choices = Vec::new();
        for lits in states {
            let trees = match self.several(lits, count) {
                Ok(trees) => trees,
                Err(why) => return Outcome::doubt(why),
            };
            let mut numbers = Vec::new();
            for tree in trees {
                let Some(value) = tree.json() else {
                    return Outcome::doubt(TOO_LARGE);
                };
                match values.iter().position(|(known, _)| *known == value) {
                    Some(at) => numbers.push(at),
                    None => {
                        numbers.push(values.len());
                        values.push((value, tree));
                    }
                }
            }
            choices.push(numbers);
        }
        let mut owner: Vec<Option<usize>> = vec![None; values.len()];
        for position in 0..count {
            let mut tried = vec![false; values.len()];
            if !assign(position, &choices, &mut owner, &mut tried) {
                return Outcome::nothing();
            }
        }
        let items = (0..count).filter_map(|position| {
            let at = owner.iter().position(|of| *of == Some(position))?;
            Some(values[at].1.clone())
        });
        Outcome::of(Tree::array(items.collect()))
    }

    /// Different values of a state, as many as there are up to a number.
    fn several(&mut self, lits: &[Lit], count: usize) -> Result<Vec<Tree>, Why> {
        let mut lits = lits.to_vec();
        let mut trees = Vec::new();
        while trees.len() < count {
            match self.child(lits.clone()) {
                Answer::No => break,
                Answer::Doubt(why) => return Err(why),
                Answer::Yes(tree) => {
                    let value = tree.json().ok_or(TOO_LARGE)?;
                    lits.push(Lit::value(self.memo.states.number(&value), false));
                    trees.push(tree);
                }
            }
        }
        Ok(trees)
    }
}

/// Gives a position one of its values, moving others on where that is possible.
fn assign(
    position: usize,
    choices: &[Vec<usize>],
    owner: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    for &value in &choices[position] {
        if std::mem::replace(&mut tried[value], true) {
            continue;
        }
        let is_free = match owner[value] {
            None => true,
            Some(other) => assign(other, choices, owner, tried),
        };
        if is_free {
            owner[value] = Some(position);
            return true;
        }
    }
    false
}

fn has_twins(value: &Json) -> bool {
    match value {
        Json::Array(items) => {
            let distinct: std::collections::BTreeSet<&Json> = items.iter().collect();
            distinct.len() < items.len()
        }
        _ => false,
    }
}
