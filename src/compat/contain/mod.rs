//! Is every value that the writer's schema accepts a value that the reader's accepts?
//!
//! A [`Judge`] knows the shapes of both sides and answers questions about pairs of them, each once. A
//! question is settled by looking for a *counterexample*: a value that satisfies the writer's shape and
//! violates the reader's. So a negative answer comes with its proof, and the constraint of the reader
//! that was chosen to be violated is the reason.

mod budget;
mod cell;
mod check;
mod classes;
mod core;
mod explain;
mod glance;
mod holds;
mod list;
mod lit;
mod mistake;
mod needs;
mod number;
mod object;
mod pick;
mod rest;
mod scalar;
mod search;
mod take;
mod text;
mod value;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

use self::classes::Both;
use self::core::{Core, Role};
use self::lit::{Lit, StateId, Status};
pub(crate) use self::pick::Pick;
use self::search::{Memo, Search};
use crate::schema::{Constraint, Json, ShapeId, Shapes};
use crate::text::Side;

/// How names that nobody wrote down are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Reading {
    /// A name that the writer leaves to an unwritten rest is not sent when the reader declares it.
    #[default]
    Open,
    /// To the letter of JSON Schema.
    Plain,
    /// An object that declares a name and has no written rest has no other names.
    Closed,
}

/// Which way values travel, which decides what `readOnly` and `writeOnly` take out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Travel {
    /// To the service: what is read-only is taken out.
    Request,
    /// From the service: what is write-only is taken out.
    Response,
    /// Neither: nothing is taken out.
    Plain,
}

/// A shape of one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Sided {
    pub(crate) side: Side,
    pub(crate) shape: ShapeId,
}

/// Whether what a writer's shape accepts is accepted by a reader's; equal questions are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Question(pub(crate) u32);

/// What was found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Verdict {
    Contained,
    NotContained,
    /// Neither a proof nor a counterexample was found.
    Unknown,
}

/// One step from a place to the next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    /// To the value of a name.
    Property(Box<str>),
    /// To the item at a position.
    Item(u32),
    /// Within the reader's shape, at the same value: constraint number and number of the part of it
    /// (branch of `AllOf`, `AnyOf`, `OneOf`, `DependentSchemas`; test 0, then 1 and otherwise 2 of `If`).
    InPlace { constraint: u32, part: u32 },
}

/// A constraint of the reader that refuses a value which the writer accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cause {
    /// From the shapes of the question to the reader's shape with the constraint; only steps in place,
    /// as all that lies deeper is a question of its own.
    pub(crate) steps: Vec<Step>,
    /// The reader's shape.
    pub(crate) reader: ShapeId,
    /// The number of the constraint in it; one past the last for the closed reading, which is written
    /// nowhere.
    pub(crate) constraint: u32,
    /// What about it: a name that is missing, a value that is refused, a name that may not be there.
    pub(crate) detail: Option<Json>,
    /// A value that the writer's shape of the question accepts and the reader's does not.
    pub(crate) witness: Json,
    /// A JSON Pointer into the witness: what is refused, or the missing name itself.
    pub(crate) at: String,
}

/// A question within another: what is refused there is refused here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Below {
    /// From the shapes of the outer question to those of the inner one.
    pub(crate) steps: Vec<Step>,
    /// The reader's and the writer's shape of the inner question where each is a single one.
    pub(crate) reader: Option<ShapeId>,
    pub(crate) writer: Option<ShapeId>,
    pub(crate) question: Question,
}

/// Why a question could not be settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Doubt {
    /// In words, such as "the pattern looks ahead".
    pub(crate) why: Box<str>,
    /// Where, as in [`Cause::steps`], with steps through values.
    pub(crate) steps: Vec<Step>,
    /// The shape that cannot be decided, when it is one.
    pub(crate) shape: Option<Sided>,
}

/// Everything that is wrong at a place; all of it, and not only the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Explained {
    pub(crate) causes: Vec<Cause>,
    pub(crate) below: Vec<Below>,
    pub(crate) doubts: Vec<Doubt>,
}

/// What a question is about.
#[derive(Debug, Clone, Copy)]
struct Asked {
    travel: Travel,
    state: StateId,
    /// The reader's literal of the state, which is violated.
    refuses: Lit,
    writer: Option<Sided>,
    reader: Sided,
}

/// How much was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Different questions.
    pub(crate) questions: usize,
    /// Questions that were asked for a verdict and stayed open.
    pub(crate) unknown: usize,
    /// Different states that were met.
    pub(crate) states: usize,
    /// Combinations that were looked at.
    pub(crate) steps: u64,
    /// Facts and ways that were looked at.
    pub(crate) work: u64,
}

/// The shapes on one way of travel, and what was found out about them.
#[derive(Debug)]
struct World<'a> {
    core: Core<'a>,
    memo: Memo,
}

/// Settles questions about the shapes of two sides.
#[derive(Debug)]
pub(crate) struct Judge<'a> {
    both: Both<'a>,
    reading: Reading,
    /// Whether anything is taken out on some way; when not, all ways are one.
    has_ways: bool,
    worlds: [Option<Box<World<'a>>>; 3],
    asked: Vec<Asked>,
    known: HashMap<(Travel, StateId, Lit, Option<Sided>, Sided), Question>,
    unknown: BTreeSet<Question>,
    #[cfg(test)]
    mistake: Option<mistake::Mistake>,
}

impl<'a> Judge<'a> {
    /// A judge over the shapes of both sides.
    pub(crate) fn new(old: &'a Shapes, new: &'a Shapes, reading: Reading) -> Self {
        let both = Both { old, new };
        let shapes = old.shapes.iter().chain(&new.shapes);
        let mut constraints = shapes.flat_map(|shape| &shape.constraints);
        let has_ways = constraints.any(|constraint| match &constraint.node {
            Constraint::Properties(properties) => properties
                .iter()
                .any(|property| property.is_read_only || property.is_write_only),
            _ => false,
        });
        Judge {
            both,
            reading,
            has_ways,
            worlds: [None, None, None],
            asked: Vec::new(),
            known: HashMap::new(),
            unknown: BTreeSet::new(),
            #[cfg(test)]
            mistake: None,
        }
    }

    /// A judge that makes a mistake.
    #[cfg(test)]
    fn mistaken(mut self, mistake: mistake::Mistake) -> Self {
        self.mistake = Some(mistake);
        self
    }

    /// The question whether the reader takes all that the writer makes.
    pub(crate) fn ask(&mut self, writer: Sided, reader: Sided, travel: Travel) -> Question {
        let travel = self.way(travel);
        let world = self.world(travel);
        let core = &world.core;
        let makes = core.outermost(core.class(writer), Role::Writer, true);
        let refuses = core.outermost(core.class(reader), Role::Reader, false);
        let state = world.memo.states.id(vec![makes, refuses]);
        self.question(Asked {
            travel,
            state,
            refuses,
            writer: Some(writer),
            reader,
        })
    }

    /// Whether all that the writer of the question makes is taken by its reader.
    pub(crate) fn verdict(&mut self, question: Question) -> Verdict {
        let asked = self.asked[question.0 as usize];
        let verdict = match self.world(asked.travel).settle(asked.state) {
            Status::Inhabited(_) => Verdict::NotContained,
            Status::Empty => Verdict::Contained,
            Status::Unknown(_) | Status::Pending | Status::Fresh => Verdict::Unknown,
        };
        if verdict == Verdict::Unknown {
            self.unknown.insert(question);
        }
        verdict
    }

    /// A value that the writer of the question makes and its reader refuses; absent when there is
    /// none, none was found, or it is too large to be of use.
    pub(crate) fn witness(&mut self, question: Question) -> Option<Json> {
        let asked = self.asked[question.0 as usize];
        match self.world(asked.travel).settle(asked.state) {
            Status::Inhabited(tree) => tree.json(),
            _ => None,
        }
    }

    /// Whether two shapes say the same, annotations aside. Two that do not may still accept the same
    /// values.
    pub(crate) fn equal(&mut self, one: Sided, other: Sided, travel: Travel) -> bool {
        let core = &self.world(travel).core;
        core.class(one) == core.class(other)
    }

    /// Whether the shape takes the value: what is taken out on this way may be there all the same.
    /// `None` when nobody can decide.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests hold the search to it"))]
    pub(crate) fn is_taken(&mut self, shape: Sided, value: &Json, travel: Travel) -> Option<bool> {
        self.holds(shape, value, travel, Role::Reader)
    }

    /// Whether the shape makes the value: what is taken out on this way is not there. The open
    /// reading is not looked at, as it hangs on the reader. `None` when nobody can decide.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests hold the search to it"))]
    pub(crate) fn is_made(&mut self, shape: Sided, value: &Json, travel: Travel) -> Option<bool> {
        self.holds(shape, value, travel, Role::Writer)
    }

    fn holds(&mut self, shape: Sided, value: &Json, travel: Travel, role: Role) -> Option<bool> {
        let core = &self.world(travel).core;
        let node = core.both.node(shape.side, shape.shape);
        core.holds(node, role, value)
    }

    /// Whether the writer of the question says nothing of the value, so that every part of it is
    /// refused for one and the same reason.
    pub(crate) fn is_unsaid(&mut self, question: Question) -> bool {
        let asked = self.asked[question.0 as usize];
        let world = self.world(asked.travel);
        let lits = std::rc::Rc::clone(&world.memo.states.get(asked.state).lits);
        let mut said = lits.iter().filter(|lit| **lit != asked.refuses);
        said.all(|lit| {
            let core = &world.core;
            let says_nothing = |lit: &Lit| {
                let node = core.classes.first(lit.as_class());
                node.is_none_or(|node| core.constraints(node).is_empty())
            };
            !lit.is_value() && (lit.role() == Role::Reader || says_nothing(lit))
        })
    }

    /// How much was done so far.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests hold the search to it"))]
    pub(crate) fn counts(&self) -> Counts {
        let worlds = || self.worlds.iter().flatten();
        Counts {
            questions: self.asked.len(),
            unknown: self.unknown.len(),
            states: worlds().map(|world| world.memo.states.list.len()).sum(),
            steps: worlds().map(|world| world.memo.steps).sum(),
            work: worlds().map(|world| world.memo.work).sum(),
        }
    }

    fn question(&mut self, asked: Asked) -> Question {
        let key = (
            asked.travel,
            asked.state,
            asked.refuses,
            asked.writer,
            asked.reader,
        );
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let question = Question(classes::index(self.asked.len()));
        self.asked.push(asked);
        self.known.insert(key, question);
        question
    }

    fn way(&self, travel: Travel) -> Travel {
        if self.has_ways { travel } else { Travel::Plain }
    }

    fn world(&mut self, travel: Travel) -> &mut World<'a> {
        let travel = self.way(travel);
        let (both, reading) = (self.both, self.reading);
        #[cfg(test)]
        let mistake = self.mistake;
        self.worlds[travel as usize].get_or_insert_with(|| {
            let core = Core::new(both, travel, reading);
            #[cfg(test)]
            let core = core.mistaken(mistake);
            Box::new(World {
                core,
                memo: Memo::new(),
            })
        })
    }
}

impl<'a> World<'a> {
    fn search(&mut self) -> Search<'_, 'a> {
        Search::new(&self.core, &mut self.memo)
    }

    fn settle(&mut self, state: StateId) -> Status {
        self.memo.begin();
        self.search().settle(state)
    }
}
