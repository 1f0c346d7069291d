//! Why a reader refuses what a writer makes: every constraint that refuses something, each with a
//! value. What lies in a part of the value is a question of its own.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::budget::{
    LISTED_CAUSES, QUESTION_STEPS, REASON_STEPS, STATE_STEPS, TOO_LARGE, WRITER_BRANCHES,
    WRITER_NESTING,
};
use super::cell::{Fact, Name, Region};
use super::classes::{Class, Node, index, is_taken_out};
use super::core::{Role, Spot, is_apart};
use super::lit::{Lit, Status, Why};
use super::search::{Outcome, Parts, Task};
use super::{Asked, Below, Cause, Doubt, Explained, Judge, Question, Sided, Step, World};
use crate::schema::{Constraint, Json, Kinds, Use};

/// Why a refusal stays unexplained.
const UNEXPLAINED: Why = "the value is refused by several constraints together";

impl Judge<'_> {
    /// Everything that is wrong about a question; nothing when all is taken.
    pub(crate) fn explain(&mut self, question: Question) -> Explained {
        let asked = self.asked[question.0 as usize];
        let world = self.world(asked.travel);
        let status = world.settle(asked.state);
        let node = world.core.both.node(asked.reader.side, asked.reader.shape);
        match status {
            Status::Empty => return Explained::default(),
            Status::Inhabited(_) => {}
            Status::Unknown(_) | Status::Pending | Status::Fresh => {}
        }
        let lits = Rc::clone(&world.memo.states.get(asked.state).lits);
        let makes = lits.iter().filter(|lit| **lit != asked.refuses);
        let given = Given {
            facts: makes.map(|lit| Fact::Lit(*lit)).collect(),
            kinds: Kinds::ALL,
        };
        let mut explainer = Explainer {
            world,
            asked,
            lits,
            explained: Explained::default(),
            below: Vec::new(),
            parts: Parts::default(),
            left: REASON_STEPS,
        };
        for given in explainer.branches(given) {
            let outcome = explainer.attempt(&given, &[Fact::Lit(asked.refuses)]);
            if outcome.found.is_some() || outcome.doubt.is_some() {
                explainer.shape(&given, node, asked.refuses.is_outermost(), &mut Vec::new());
            }
        }
        let Explainer {
            mut explained,
            below,
            ..
        } = explainer;
        for (steps, inner, reader) in below {
            let inner = self.question(inner);
            let below = Below {
                steps,
                reader: Some(reader),
                writer: self.asked[inner.0 as usize].writer.map(|sided| sided.shape),
                question: inner,
            };
            if !explained.below.contains(&below) {
                explained.below.push(below);
            }
        }
        let is_nothing = explained.causes.is_empty() && explained.below.is_empty();
        if is_nothing && explained.doubts.is_empty() {
            let why = match status {
                Status::Unknown(why) => why,
                _ => UNEXPLAINED,
            };
            explained.doubts.push(Doubt {
                why: why.into(),
                steps: Vec::new(),
                shape: Some(asked.reader),
            });
        }
        explained
    }

    /// A value that the writer of the question makes and its reader refuses, with this value at the
    /// place that is below; absent when there is none or none was found.
    pub(crate) fn lift(&mut self, question: Question, below: &Below, inner: &Json) -> Option<Json> {
        let asked = self.asked[question.0 as usize];
        let world = self.world(asked.travel);
        let value = Lit::value(world.memo.states.number(inner), true);
        let step = below
            .steps
            .iter()
            .find(|step| !matches!(step, Step::InPlace { .. }));
        let fact = match step {
            Some(Step::Property(name)) => Fact::With(world.memo.states.name(name), value),
            Some(Step::Item(at)) => Fact::Item(*at, value),
            Some(Step::Name(name)) => Fact::Present(world.memo.states.name(name)),
            Some(Step::InPlace { .. }) | None => Fact::Lit(value),
        };
        let lits = Rc::clone(&world.memo.states.get(asked.state).lits);
        let facts = lits.iter().map(|lit| Fact::Lit(*lit));
        let task = Task {
            facts: facts.chain([fact]).collect(),
            lits,
            kinds: Kinds::ALL,
            name: None,
        };
        world.memo.left = QUESTION_STEPS;
        let outcome = world.search().settle_task(&task, STATE_STEPS);
        outcome.found.and_then(|tree| tree.json())
    }
}

/// What is given about a value that the writer makes.
#[derive(Debug, Clone)]
struct Given {
    facts: Vec<Fact>,
    kinds: Kinds,
}

struct Explainer<'w, 'a> {
    world: &'w mut World<'a>,
    asked: Asked,
    lits: Rc<[Lit]>,
    explained: Explained,
    below: Vec<(Vec<Step>, Asked, crate::schema::ShapeId)>,
    /// Of the value that was found last.
    parts: Parts,
    /// Steps that are left.
    left: u32,
}

impl<'a> Explainer<'_, 'a> {
    fn attempt(&mut self, given: &Given, more: &[Fact]) -> Outcome {
        let mut facts = given.facts.clone();
        facts.extend(more);
        let task = Task {
            lits: Rc::clone(&self.lits),
            facts,
            kinds: given.kinds,
            name: None,
        };
        let before = self.world.memo.steps;
        let mut search = self.world.search();
        let outcome = search.settle_task(&task, self.left);
        self.parts = search.parts;
        let spent = self.world.memo.steps - before;
        let spent = u32::try_from(spent).unwrap_or(u32::MAX);
        self.left = self.left.saturating_sub(spent);
        outcome
    }

    // === What the writer makes ===

    /// The branches of the writer's unions, one by one.
    fn branches(&mut self, given: Given) -> Vec<Given> {
        let mut done = Vec::new();
        let mut open = vec![(given, 0_usize)];
        while let Some((given, at)) = open.pop() {
            let Some(fact) = given.facts.get(at).filter(|_| at < WRITER_NESTING) else {
                done.push(given);
                continue;
            };
            let union = match fact {
                Fact::Lit(lit) if lit.is_positive() && !lit.is_value() => {
                    self.union(lit.as_class())
                }
                _ => None,
            };
            match union {
                Some((node, uses)) if done.len() + open.len() + uses.len() < WRITER_BRANCHES => {
                    for one in uses.iter().rev() {
                        let class = self.world.core.used(node, one);
                        let lit = Lit::class(class, Role::Writer, true, false);
                        let mut given = given.clone();
                        if given.facts.contains(&Fact::Lit(lit)) {
                            continue;
                        }
                        given.facts.push(Fact::Lit(lit));
                        open.push((given, at + 1));
                    }
                }
                _ => open.push((given, at + 1)),
            }
        }
        done
    }

    /// The first union of a class, in parts of which all apply too.
    fn union(&self, class: Class) -> Option<(Node, &'a [Use])> {
        let core = &self.world.core;
        let mut open = vec![core.classes.first(class)?];
        let mut steps = 0;
        while let Some(node) = open.pop() {
            steps += 1;
            for constraint in core.constraints(node) {
                match &constraint.node {
                    Constraint::AnyOf(uses) | Constraint::OneOf(uses) => return Some((node, uses)),
                    Constraint::AllOf(uses) if steps < 64 => {
                        open.extend(uses.iter().map(|one| core.beside(node, one)));
                    }
                    _ => {}
                }
            }
        }
        None
    }

    // === What the reader refuses ===

    fn shape(&mut self, given: &Given, node: Node, is_outermost: bool, steps: &mut Vec<Step>) {
        if steps.len() > 100 {
            return;
        }
        let count = index(self.world.core.constraints(node).len());
        for at in 0..count + u32::from(is_outermost) {
            self.constraint(given, Spot { node, at }, steps);
        }
    }

    fn inner(&mut self, given: &Given, spot: Spot, part: usize, one: &Use, steps: &mut Vec<Step>) {
        steps.push(Step::InPlace {
            constraint: spot.at,
            part: index(part),
        });
        let node = self.world.core.beside(spot.node, one);
        self.shape(given, node, false, steps);
        steps.pop();
    }

    fn constraint(&mut self, given: &Given, spot: Spot, steps: &mut Vec<Step>) {
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
    fn union_refuses(&mut self, given: &Given, spot: Spot, uses: &[Use], steps: &mut Vec<Step>) {
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
    fn meant(&self, given: &Given, kind: Kinds, node: Node, uses: &[Use]) -> Option<usize> {
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

    /// A name whose value is refused; whether it is.
    fn named(
        &mut self,
        given: &Given,
        spot: Spot,
        name: Name,
        one: &Use,
        steps: &mut Vec<Step>,
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
    fn some_name(
        &mut self,
        given: &Given,
        spot: Spot,
        region: Region,
        one: &Use,
        steps: &mut Vec<Step>,
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
    fn rest(&mut self, given: &Given, spot: Spot, one: Option<&Use>, steps: &mut Vec<Step>) {
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
    fn names(&mut self, given: &Given, spot: Spot, one: &Use, steps: &mut Vec<Step>) {
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
    fn item(&mut self, given: &Given, fact: Fact, one: &Use, spot: Spot, steps: &mut Vec<Step>) {
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
    fn listed(&mut self, given: &Given, spot: Spot, steps: &mut Vec<Step>) {
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

    fn is_listing(&self, given: &Given) -> bool {
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

    // === What is said ===

    fn cause(&mut self, outcome: Outcome, spot: Spot, name: Option<&str>, steps: &[Step]) {
        if let Some(tree) = outcome.found {
            let at = name.map_or_else(String::new, pointer);
            self.push_cause(tree.json(), spot, name, at, steps);
        } else if let Some(why) = outcome.doubt {
            self.doubt(why, spot.node, steps.to_vec());
        }
    }

    fn push_cause(
        &mut self,
        witness: Option<Json>,
        spot: Spot,
        name: Option<&str>,
        at: String,
        steps: &[Step],
    ) {
        let Some(witness) = witness else {
            self.doubt(TOO_LARGE, spot.node, steps.to_vec());
            return;
        };
        let detail = match (name, &witness) {
            (Some(name), _) => Some(Json::String(name.into())),
            (None, Json::Array(_) | Json::Object(_)) => None,
            (None, value) => Some(value.clone()),
        };
        let reader = self.world.core.side(spot.node).1;
        let is_listed = matches!(
            self.world.core.constraint(spot),
            Some(Constraint::OneOfValues(_))
        );
        let is_known = self.explained.causes.iter().any(|cause| {
            cause.reader == reader
                && cause.constraint == spot.at
                && cause.steps == steps
                && (cause.detail == detail || (name.is_none() && !is_listed))
        });
        if !is_known {
            self.explained.causes.push(Cause {
                steps: steps.to_vec(),
                reader,
                constraint: spot.at,
                detail,
                witness,
                at,
            });
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "each is a fact of its own about one place"
    )]
    fn below_here(
        &mut self,
        outcome: Outcome,
        lits: Option<Vec<Lit>>,
        refuses: Lit,
        step: Step,
        spot: Spot,
        one: &Use,
        steps: &[Step],
    ) {
        let reader = self.world.core.beside(spot.node, one);
        // A value that the writer lists as a whole has parts that no shape tells of.
        let lits = lits.or_else(|| {
            let whole = outcome.found.as_ref()?.json()?;
            let part = match (&step, whole) {
                (Step::Property(name), Json::Object(mut entries)) => entries.remove(name)?,
                (Step::Item(at), Json::Array(mut items)) if (*at as usize) < items.len() => {
                    items.swap_remove(*at as usize)
                }
                _ => return None,
            };
            let number = self.world.memo.states.number(&part);
            Some(vec![Lit::value(number, true), refuses])
        });
        let mut steps = steps.to_vec();
        steps.push(step);
        match (outcome, lits) {
            (Outcome { found: Some(_), .. }, Some(mut lits)) => {
                super::lit::simplify(&mut lits);
                let writer = self.writer(&lits, refuses, steps.last());
                let state = self.world.memo.states.id(lits);
                let (side, shape) = self.world.core.side(reader);
                let asked = Asked {
                    travel: self.asked.travel,
                    state,
                    refuses,
                    writer,
                    reader: Sided { side, shape },
                };
                self.below.push((steps, asked, shape));
            }
            (Outcome { doubt, .. }, _) => {
                if let Some(why) = doubt {
                    self.doubt(why, reader, steps);
                }
            }
        }
    }

    fn doubt(&mut self, why: Why, node: Node, steps: Vec<Step>) {
        let (side, shape) = self.world.core.side(node);
        let doubt = Doubt {
            why: why.into(),
            steps,
            shape: Some(Sided { side, shape }),
        };
        if !self.explained.doubts.contains(&doubt) {
            self.explained.doubts.push(doubt);
        }
    }

    /// The writer's shape of a part where it is a single one.
    fn writer(&self, lits: &[Lit], refuses: Lit, step: Option<&Step>) -> Option<Sided> {
        let mut makes = lits.iter().filter(|lit| **lit != refuses);
        let lit = makes.next()?;
        if makes.next().is_some() || !lit.is_positive() || lit.is_value() {
            return None;
        }
        let core = &self.world.core;
        let class = lit.as_class();
        let exact = self.asked.writer.and_then(|writer| {
            let node = core.both.node(writer.side, writer.shape);
            core.part(node, step?, class)
        });
        let (side, shape) = core.side(exact.or_else(|| core.classes.first(class))?);
        Some(Sided { side, shape })
    }

    // === Small helpers ===

    /// The name of a region that is refused in the value that was found.
    fn culprit(&mut self, outcome: &Outcome, region: Region, lit: Option<Lit>) -> Option<Rc<str>> {
        let placed = self.parts.placed.iter().find(|(of, _)| *of == region);
        if let Some((_, name)) = placed {
            return Some(Rc::clone(name));
        }
        let Json::Object(entries) = outcome.found.as_ref()?.json()? else {
            return None;
        };
        let search = self.world.search();
        let is_it = |name: &str, value: &Json| {
            let whole = Json::Object(BTreeMap::from([(name.into(), value.clone())]));
            let is_inside = match region {
                Region::Unevaluated(node, role, _) => search
                    .core
                    .evaluates(node, role, name, &Json::Object(entries.clone()))
                    .map(|is_so| !is_so),
                _ => search.has_some_name(region, None, &whole),
            };
            let is_refused = lit.map_or(Some(true), |lit| search.is_lit(lit, value));
            is_inside == Some(true) && is_refused == Some(true)
        };
        let found = entries.iter().find(|(name, value)| is_it(name, value));
        found.map(|(name, _)| Rc::from(&**name))
    }

    fn here(&self, node: Node, one: &Use, is_positive: bool) -> Lit {
        Lit::class(
            self.world.core.used(node, one),
            Role::Reader,
            is_positive,
            false,
        )
    }

    fn below(&self, node: Node, one: &Use) -> Lit {
        let core = &self.world.core;
        core.outermost(core.used(node, one), Role::Reader, false)
    }

    /// Whether nothing satisfies the shape by its own words.
    fn bars(&self, node: Node, one: &Use) -> bool {
        let core = &self.world.core;
        core.quick(core.used(node, one)).accepts.0.is_empty()
    }

    fn name(&mut self, name: &str) -> Name {
        self.world.memo.states.name(name)
    }

    /// Names that the writer declares.
    fn declared(&self) -> Vec<Box<str>> {
        let mut names = std::collections::BTreeSet::new();
        for lit in self.lits.iter() {
            if !lit.is_value() && lit.role() == Role::Writer {
                let declared = self.world.core.declared(lit.as_class());
                names.extend(declared.names.keys().map(|name| Box::from(*name)));
            }
        }
        names.into_iter().collect()
    }

    /// How many positions of a list the writer tells apart.
    fn told_items(&self) -> u32 {
        let core = &self.world.core;
        let mut most = 0;
        for lit in self.lits.iter() {
            if !lit.is_value()
                && lit.role() == Role::Writer
                && let Some(node) = core.classes.first(lit.as_class())
            {
                most = most.max(index(core.prefix(node)));
            }
        }
        most.min(index(LISTED_CAUSES))
    }
}

impl Outcome {
    fn is_something(&self) -> bool {
        self.found.is_some() || self.doubt.is_some()
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

/// A JSON Pointer to a name (RFC 6901).
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
