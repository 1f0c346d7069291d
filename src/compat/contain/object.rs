//! Builds an object: the names that must be there, each with a value of its own state, and further
//! ones until there are enough.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Travel;
use super::budget::{FILLERS, NAME_PATTERNS, TOO_MANY};
use super::cell::{Cell, Fact, Region};
use super::classes::is_taken_out;
use super::core::Role;
use super::lit::{Lit, Why};
use super::search::{Answer, NameTask, Outcome, Search, Task};
use super::value::Tree;
use crate::schema::{Constraint, Json, Kinds};

/// Why something about names is not known.
const UNREAD_PATTERN: Why = "a pattern for names cannot be read";

/// Names with what is asked of their values beyond what the shapes say.
type Chosen = BTreeMap<Rc<str>, Vec<Lit>>;

/// Names that were found, and why there may be others.
type Incomplete = (Vec<Rc<str>>, Why);

impl<'a> Search<'_, 'a> {
    /// Looks for an object of the cell.
    pub(super) fn build_object(&mut self, cell: &Cell<'a>) -> Outcome {
        let mut chosen = Chosen::new();
        let mut doubt = None;
        for (name, lits) in &cell.present {
            let name = self.memo.states.name_text(*name);
            match self.value(cell, &name, lits) {
                Answer::No => return Outcome::nothing(),
                Answer::Doubt(why) => doubt = Some(why),
                Answer::Yes(_) => {}
            }
            chosen.insert(name, lits.clone());
        }
        let mut outcome = self.place(cell, &cell.some_names, chosen);
        if let (Some(why), Some(_)) = (doubt, &outcome.found) {
            outcome = Outcome::doubt(why);
        }
        outcome
    }

    /// What the shapes ask of the value of a name. It cannot be there when this is `Err(None)`.
    pub(super) fn value_lits(&self, cell: &Cell<'a>, name: &str) -> Result<Vec<Lit>, Option<Why>> {
        self.lits_where(cell, name, |_| true)
    }

    /// The part of it that holds whatever is chosen later.
    pub(super) fn sure_lits(&self, cell: &Cell<'a>, name: &str) -> Result<Vec<Lit>, Option<Why>> {
        self.lits_where(cell, name, |role| cell.is_decided(role))
    }

    /// What the shapes ask, with the rests of those for whom all shapes in place are decided.
    fn lits_where(
        &self,
        cell: &Cell<'a>,
        name: &str,
        is_decided: impl Fn(Role) -> bool,
    ) -> Result<Vec<Lit>, Option<Why>> {
        let mut lits = Vec::new();
        for scope in &cell.scopes {
            let layout = self.core.layout(scope.node);
            let mut is_declared = false;
            if let Some(property) = layout.property(name) {
                is_declared = true;
                if !is_taken_out(property, self.core.travel) {
                    lits.push(self.below(scope.node, &property.value, scope.role, true));
                } else if scope.role == Role::Writer {
                    return Err(None);
                }
            }
            for (pattern, one) in &layout.patterns {
                match self.core.is_match(pattern, name) {
                    Some(true) => {
                        is_declared = true;
                        lits.push(self.below(scope.node, one, scope.role, true));
                    }
                    Some(false) => {}
                    None => return Err(Some(UNREAD_PATTERN)),
                }
            }
            if let (false, Some(one)) = (is_declared, &layout.additional) {
                lits.push(self.below(scope.node, one, scope.role, true));
            }
        }
        for watch in cell.watches.iter().filter(|watch| is_decided(watch.role)) {
            match self.is_evaluated(cell, watch.node, watch.role, name) {
                Some(true) => {}
                Some(false) => match watch.rest {
                    None => return Err(None),
                    Some(rest) => {
                        let class = self.core.classes.of(rest);
                        lits.push(self.core.outermost(class, watch.role, true));
                    }
                },
                None => return Err(Some(UNREAD_PATTERN)),
            }
        }
        if !is_decided(Role::Writer) {
            return Ok(lits);
        }
        match self.is_not_sent(cell, name) {
            Some(false) => Ok(lits),
            Some(true) => Err(None),
            None => Err(Some(UNREAD_PATTERN)),
        }
    }

    /// A value for a name.
    fn value(&mut self, cell: &Cell<'a>, name: &Rc<str>, more: &[Lit]) -> Answer {
        let number = self.memo.states.name(name);
        if cell.absent.contains(&number) {
            return Answer::No;
        }
        if !cell.names.is_empty() {
            let text = Json::String((&**name).into());
            for lit in &cell.names {
                match self.is_lit(*lit, &text) {
                    Some(true) => {}
                    Some(false) => return Answer::No,
                    None => return Answer::Doubt(UNREAD_PATTERN),
                }
            }
        }
        match self.value_lits(cell, name) {
            Err(None) => Answer::No,
            Err(Some(why)) => Answer::Doubt(why),
            Ok(mut lits) => {
                lits.extend(more);
                self.child(lits)
            }
        }
    }

    pub(super) fn is_in_region(&self, region: Region, name: &str) -> Option<bool> {
        match region {
            Region::Pattern(spot, row) => match self.core.constraint(spot) {
                Some(Constraint::PatternProperties(rows)) => {
                    self.core.is_match(&rows[row as usize].0.node, name)
                }
                _ => Some(false),
            },
            Region::Rest(node) | Region::Unnamed(node) => {
                self.core.is_declared(node, name).map(|is_so| !is_so)
            }
            Region::Unevaluated(..) => None,
            Region::Beyond(lit) => match &*self.memo.states.value(lit) {
                Json::Object(entries) => Some(!entries.contains_key(name)),
                _ => Some(true),
            },
            Region::Names(lit) => self.is_lit(lit, &Json::String(name.into())),
        }
    }

    fn is_in(&self, cell: &Cell<'a>, region: Region, name: &str) -> Option<bool> {
        match region {
            Region::Unevaluated(_, _, Some(only)) if *self.memo.states.name_text(only) != *name => {
                Some(false)
            }
            Region::Unevaluated(node, role, _) => self
                .is_evaluated(cell, node, role, name)
                .map(|is_so| !is_so),
            Region::Unnamed(_) if self.is_named(cell, name) => Some(false),
            _ => self.is_in_region(region, name),
        }
    }

    /// Chooses a name for each region that needs one, then completes the object.
    fn place(
        &mut self,
        cell: &Cell<'a>,
        regions: &[(Region, Option<Lit>)],
        chosen: Chosen,
    ) -> Outcome {
        let Some(((region, lit), others)) = regions.split_first() else {
            return self.complete(cell, chosen);
        };
        let mut doubt = None;
        let mut names: BTreeSet<Rc<str>> = chosen.keys().cloned().collect();
        names.extend(self.required_names(cell));
        let mut candidates: Vec<Rc<str>> = names.iter().cloned().collect();
        let mentioned = self.mentioned(cell);
        candidates.extend(mentioned.into_iter().filter(|name| !names.contains(name)));
        let known = candidates.len();
        let mut fresh = None;
        let mut at = 0;
        loop {
            if at == known && fresh.is_none() {
                match self.fresh_names(cell, &candidates) {
                    Ok(more) => candidates.extend(more),
                    Err((more, why)) => {
                        candidates.extend(more);
                        doubt = Some(why);
                    }
                }
                fresh = Some(());
            }
            let Some(name) = candidates.get(at).cloned() else {
                break;
            };
            at += 1;
            if !self.spend() {
                return Outcome::doubt(TOO_MANY);
            }
            match self.is_in(cell, *region, &name) {
                Some(true) => {}
                Some(false) => continue,
                None => {
                    doubt = Some(UNREAD_PATTERN);
                    continue;
                }
            }
            let mut asked = chosen.get(&name).cloned().unwrap_or_default();
            asked.extend(lit);
            match self.value(cell, &name, &asked) {
                Answer::No => continue,
                Answer::Doubt(why) => {
                    doubt = Some(why);
                    continue;
                }
                Answer::Yes(_) => {}
            }
            let mut chosen = chosen.clone();
            chosen.insert(Rc::clone(&name), asked);
            let outcome = self.place(cell, others, chosen);
            if outcome.found.is_some() {
                if self.is_outside() {
                    self.parts.placed.push((*region, name));
                }
                return outcome;
            }
            doubt = doubt.or(outcome.doubt);
        }
        Outcome { found: None, doubt }
    }

    /// Every name that something is said of. All others are alike where the same patterns are found
    /// in them.
    fn mentioned(&self, cell: &Cell<'a>) -> BTreeSet<Rc<str>> {
        let mut names = self.required_names(cell);
        names.extend(self.declared_names(cell).into_iter().map(Rc::from));
        let told = cell.absent.iter().chain(cell.present.keys());
        names.extend(told.map(|name| self.memo.states.name_text(*name)));
        for (needs, _) in &cell.needs {
            let told = needs.with.keys().chain(needs.without.keys());
            names.extend(told.map(|name| self.memo.states.name_text(*name)));
        }
        for (region, _) in &cell.some_names {
            if let Region::Beyond(lit) = region
                && let Json::Object(entries) = &*self.memo.states.value(*lit)
            {
                names.extend(entries.keys().map(|name| Rc::from(&**name)));
            }
        }
        names
    }

    fn required_names(&self, cell: &Cell<'a>) -> BTreeSet<Rc<str>> {
        let mut names = BTreeSet::new();
        for (spot, role) in &cell.required {
            if let Some(Constraint::Required(list)) = self.core.constraint(*spot) {
                for name in list {
                    let is_out =
                        self.core.travel != Travel::Plain && self.is_out(cell, *role, &name.node);
                    if !is_out {
                        names.insert(Rc::from(&*name.node));
                    }
                }
            }
        }
        names
    }

    /// Adds what must be there beside what was chosen.
    fn complete(&mut self, cell: &Cell<'a>, mut chosen: Chosen) -> Outcome {
        let mut doubt = None;
        for name in self.required_names(cell) {
            chosen.entry(name).or_default();
        }
        self.bring_all(cell, &mut chosen);
        let most = cell.most.unwrap_or(u64::MAX);
        if chosen.len() as u64 > most {
            return Outcome::nothing();
        }
        let mut entries: BTreeMap<Box<str>, Tree> = BTreeMap::new();
        for (name, asked) in &chosen {
            match self.value(cell, name, asked) {
                Answer::No => return Outcome::nothing(),
                Answer::Doubt(why) => doubt = Some(why),
                Answer::Yes(tree) => {
                    entries.insert((&**name).into(), tree);
                }
            }
        }
        if let Some(why) = doubt {
            return Outcome::doubt(why);
        }
        if let Err(outcome) = self.fill(cell, &mut entries) {
            return outcome;
        }
        if self.is_outside() {
            self.parts.placed.clear();
            self.parts.names.clear();
            for (name, asked) in &chosen {
                let mut lits = self.value_lits(cell, name).unwrap_or_default();
                lits.extend(asked);
                self.parts.names.insert(Rc::clone(name), lits);
            }
        }
        Outcome::of(Tree::object(entries))
    }

    /// Adds names until there are enough.
    fn fill(
        &mut self,
        cell: &Cell<'a>,
        entries: &mut BTreeMap<Box<str>, Tree>,
    ) -> Result<(), Outcome> {
        let mut doubt = None;
        if entries.len() as u64 >= cell.least {
            return Ok(());
        }
        if cell.least.saturating_sub(entries.len() as u64) > FILLERS {
            return Err(Outcome::doubt(TOO_MANY));
        }
        if (entries.len() as u64) < cell.least {
            for name in self.mentioned(cell) {
                if entries.len() as u64 >= cell.least {
                    return Ok(());
                }
                if entries.contains_key(&*name) {
                    continue;
                }
                match self.filler(cell, entries, &name) {
                    Answer::No => {}
                    Answer::Doubt(why) => doubt = Some(why),
                    Answer::Yes(tree) => {
                        entries.insert((&*name).into(), tree);
                    }
                }
            }
        }
        let mut taken: Vec<Rc<str>> = entries.keys().map(|name| Rc::from(&**name)).collect();
        taken.extend(self.mentioned(cell));
        while (entries.len() as u64) < cell.least {
            let (fresh, why) = match self.fresh_names(cell, &taken) {
                Ok(fresh) => (fresh, None),
                Err((fresh, why)) => (fresh, Some(why)),
            };
            doubt = doubt.or(why);
            let before = entries.len();
            for name in fresh {
                taken.push(Rc::clone(&name));
                match self.filler(cell, entries, &name) {
                    Answer::No => {}
                    Answer::Doubt(why) => doubt = Some(why),
                    Answer::Yes(tree) if (entries.len() as u64) < cell.least => {
                        entries.insert((&*name).into(), tree);
                    }
                    Answer::Yes(_) => {}
                }
            }
            if entries.len() == before {
                return Err(Outcome { found: None, doubt });
            }
        }
        Ok(())
    }

    /// A value for a name that is added to make up the number. One that brings others along is not
    /// taken: whether it could be is not worked out.
    fn filler(
        &mut self,
        cell: &Cell<'a>,
        entries: &BTreeMap<Box<str>, Tree>,
        name: &Rc<str>,
    ) -> Answer {
        let number = self.memo.states.name(name);
        let needed = self.needed(cell, number);
        let is_there = |other: &super::cell::Name| {
            *other == number || entries.contains_key(&*self.memo.states.name_text(*other))
        };
        if !needed.iter().all(is_there) {
            for other in needed {
                let other = self.memo.states.name_text(other);
                if matches!(self.value(cell, &other, &[]), Answer::No) {
                    return Answer::No;
                }
            }
            return Answer::Doubt(TOO_MANY);
        }
        self.value(cell, name, &[])
    }

    /// Adds the names that come with those that were chosen.
    fn bring_all(&mut self, cell: &Cell<'a>, chosen: &mut Chosen) {
        if cell.needs.is_empty() {
            return;
        }
        let mut open: Vec<Rc<str>> = chosen.keys().cloned().collect();
        while let Some(name) = open.pop() {
            let number = self.memo.states.name(&name);
            for other in self.needed(cell, number) {
                let other = self.memo.states.name_text(other);
                if !chosen.contains_key(&other) {
                    chosen.insert(Rc::clone(&other), Vec::new());
                    open.push(other);
                }
            }
        }
    }

    /// Names that nobody declares: one for each way in which the patterns may meet it.
    fn fresh_names(
        &mut self,
        cell: &Cell<'a>,
        taken: &[Rc<str>],
    ) -> Result<Vec<Rc<str>>, Incomplete> {
        let mut patterns = BTreeSet::new();
        for scope in &cell.scopes {
            let layout = self.core.layout(scope.node);
            patterns.extend(layout.patterns.iter().map(|(pattern, _)| *pattern));
        }
        for role in [Role::Writer, Role::Reader] {
            patterns.extend(self.declared_patterns(cell, role));
        }
        let facts: Vec<Fact> = cell.names.iter().map(|lit| Fact::Lit(*lit)).collect();
        let wanted: Vec<Lit> = cell
            .some_names
            .iter()
            .filter_map(|(region, _)| match region {
                Region::Names(lit) => Some(*lit),
                _ => None,
            })
            .collect();
        let patterns: Vec<&'a str> = patterns.into_iter().collect();
        let told = patterns.len().min(NAME_PATTERNS);
        let asked = wanted.len().min(NAME_PATTERNS - told);
        let mut doubt = None;
        if told < patterns.len() || asked < wanted.len() {
            doubt = Some(TOO_MANY);
        }
        let without: BTreeSet<Box<str>> = taken.iter().map(|name| (&**name).into()).collect();
        let mut names = Vec::new();
        for signs in 0..1_u32 << (told + asked) {
            let signed = patterns[..told].iter().enumerate();
            let signed = signed.map(|(at, pattern)| (*pattern, signs >> at & 1 == 1));
            let mut facts = facts.clone();
            for (at, lit) in wanted[..asked].iter().enumerate() {
                let is_wanted = signs >> (told + at) & 1 == 1;
                facts.push(Fact::Lit(if is_wanted { *lit } else { lit.negated() }));
            }
            let name = NameTask {
                patterns: signed.collect(),
                without: without.clone(),
            };
            let outcome = self.fresh_name(&facts, name);
            doubt = doubt.or(outcome.doubt);
            if let Some(Json::String(name)) = outcome.found.and_then(|tree| tree.json()) {
                names.push(Rc::from(&*name));
            }
        }
        match doubt {
            None => Ok(names),
            Some(why) => Err((names, why)),
        }
    }

    fn fresh_name(&mut self, facts: &[Fact], name: NameTask<'a>) -> Outcome {
        // Plain words make better reading than the shortest text that fits.
        if facts.is_empty() && name.patterns.iter().all(|(_, is_found)| !is_found) {
            for at in 0..FILLERS {
                let word = match at {
                    0 => "extra".to_owned(),
                    at => format!("extra{at}"),
                };
                let is_free = !name.without.contains(&*word);
                let is_match = |pattern: &&'a str| self.core.is_match(pattern, &word);
                let is_plain = name
                    .patterns
                    .iter()
                    .all(|(pattern, _)| is_match(pattern) == Some(false));
                if is_free && is_plain {
                    let word = Json::String(word.into());
                    return Outcome::of(Some(Tree::whole(word)));
                }
                if !is_plain {
                    break;
                }
            }
        }
        let task = Task {
            lits: Rc::new([]),
            facts: facts.to_vec(),
            kinds: Kinds::STRING,
            name: Some(name),
        };
        self.solve_name(&task)
    }
}
