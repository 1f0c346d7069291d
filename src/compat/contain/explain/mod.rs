//! Why a reader refuses what a writer makes: every constraint that refuses something, each with a
//! value. What lies in a part of the value is a question of its own.

mod parts;
mod reader;
mod said;

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use super::budget::{REASON_STEPS, STATE_STEPS, WRITER_BRANCHES, WRITER_NESTING};
use super::cell::Fact;
use super::classes::{Class, Node};
use super::core::Role;
use super::lit::{Lit, Status, Why};
use super::search::{Outcome, Parts, Task};
use super::{Asked, Below, Doubt, Explained, Judge, Question, Step, World};
use crate::schema::{Constraint, Json, Kinds, ShapeId, Use};

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
            told: Told::default(),
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
        let mut seen = HashSet::new();
        for (steps, inner, reader) in below {
            let inner = self.question(inner);
            if !seen.insert((steps.clone(), reader, inner)) {
                continue;
            }
            let below = Below {
                steps,
                reader: Some(reader),
                writer: self.asked[inner.0 as usize].writer.map(|sided| sided.shape),
                question: inner,
            };
            explained.below.push(below);
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
            Some(Step::InPlace { .. }) | None => Fact::Lit(value),
        };
        let lits = Rc::clone(&world.memo.states.get(asked.state).lits);
        // What is refused below is mostly refused here with nothing else wrong, and a value with
        // nothing else wrong says more.
        let makes = lits.iter().filter(|lit| **lit != asked.refuses);
        let facts = makes.map(|lit| Fact::Lit(*lit)).chain([fact]).collect();
        let plain = world.whole(&lits, facts);
        let is_refused = |value: &Json| {
            let search = world.search();
            search.is_lit(asked.refuses, value) == Some(true)
        };
        if let Some(value) = plain.filter(is_refused) {
            return Some(value);
        }
        let all = lits.iter().map(|lit| Fact::Lit(*lit));
        world.whole(&lits, all.chain([fact]).collect())
    }
}

impl World<'_> {
    /// A value that fulfils these facts.
    fn whole(&mut self, lits: &Rc<[Lit]>, facts: Vec<Fact>) -> Option<Json> {
        self.memo.begin();
        let task = Task {
            facts,
            lits: Rc::clone(lits),
            kinds: Kinds::ALL,
            name: None,
        };
        let outcome = self.search().settle_task(&task, STATE_STEPS);
        outcome.found.and_then(|tree| tree.json())
    }
}

/// What is given about a value that the writer makes.
#[derive(Debug, Clone)]
struct Given {
    facts: Vec<Fact>,
    kinds: Kinds,
}

/// A constraint of the reader, and the way there.
type Blamed = (ShapeId, u32, Vec<Step>);

/// What was written down already.
#[derive(Debug, Default)]
struct Told {
    blamed: HashSet<Blamed>,
    details: HashSet<(Blamed, Option<Json>)>,
    doubts: BTreeSet<Doubt>,
}

struct Explainer<'w, 'a> {
    world: &'w mut World<'a>,
    asked: Asked,
    lits: Rc<[Lit]>,
    explained: Explained,
    told: Told,
    below: Vec<(Vec<Step>, Asked, ShapeId)>,
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
}

impl Outcome {
    fn is_something(&self) -> bool {
        self.found.is_some() || self.doubt.is_some()
    }
}
