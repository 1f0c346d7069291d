//! Looks for a value of a state.
//!
//! A state is worked on kind by kind: what is certain is taken in, then the choice with the fewest
//! ways is made, until a value can be built from the values of other states (see `object.rs` and
//! `list.rs`). States may hang on each other in a circle. A state that is being worked on counts as
//! empty, and whoever looked at it is looked at again when a value is found for it after all; what is
//! still without a value when nothing is left to look at has none, as every value is finite.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::Reading;
use super::budget::{
    ALL_TEXT_STEPS, ALL_WORK, LATE_TEXT_STEPS, LATE_WORK, NESTED_STATES, QUESTION_STEPS,
    QUESTION_TEXT_STEPS, QUESTION_WORK, STATE_STEPS, STATE_VISITS, TEXT_STEPS, TOO_MANY,
};
use super::cell::{Cell, Fact, Needs, Region};
use super::core::{Core, Role, Spot, kind_of};
use super::lit::{Lit, StateId, States, Status, Why};
use super::mistake::Mistake;
use super::value::Tree;
use crate::schema::{Json, Kinds};
use crate::text::Spanned;

/// What was found out about states.
#[derive(Debug)]
pub(super) struct Memo {
    pub(super) states: States,
    queue: Vec<StateId>,
    /// States that are not settled.
    open: Vec<StateId>,
    /// For each state that is worked on, those it looked at that are not settled.
    looked_at: Vec<BTreeSet<StateId>>,
    /// Steps that are left for the question.
    left: u32,
    pub(super) steps: u64,
    /// Facts and ways that may still be looked at for the question.
    work_left: u64,
    /// Facts and ways that were looked at.
    pub(super) work: u64,
    /// Edges of automata that may still be looked at for the question, and that were.
    text_left: u64,
    text_work: u64,
    /// How many states were found to have no value.
    empties: u64,
    pub(super) needs: HashMap<Spot, Rc<Needs>>,
}

impl Memo {
    pub(super) fn new() -> Self {
        Memo {
            states: States::new(),
            queue: Vec::new(),
            open: Vec::new(),
            looked_at: Vec::new(),
            left: QUESTION_STEPS,
            steps: 0,
            work_left: QUESTION_WORK,
            work: 0,
            text_left: QUESTION_TEXT_STEPS,
            text_work: 0,
            empties: 0,
            needs: HashMap::new(),
        }
    }

    /// Begins a question: what it may cost is counted anew, and is little where all questions before
    /// it were dear.
    pub(super) fn begin(&mut self) {
        self.left = QUESTION_STEPS;
        let left = ALL_WORK.saturating_sub(self.work);
        self.work_left = left.clamp(LATE_WORK, QUESTION_WORK);
        let left = ALL_TEXT_STEPS.saturating_sub(self.text_work);
        self.text_left = left.clamp(LATE_TEXT_STEPS, QUESTION_TEXT_STEPS);
    }

    /// Lets a search for a text look at as many edges as are left.
    pub(super) fn search_texts<T>(&mut self, search: impl FnOnce(&mut u64) -> T) -> T {
        let given = self.text_left.min(TEXT_STEPS);
        let mut left = given;
        let found = search(&mut left);
        self.text_left -= given - left;
        self.text_work += given - left;
        found
    }

    /// Looks at so many facts or ways.
    pub(super) fn look(&mut self, count: usize) {
        let count = count as u64;
        self.work += count;
        self.work_left = self.work_left.saturating_sub(count);
    }
}

/// What came of a search.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) found: Option<Tree>,
    pub(super) doubt: Option<Why>,
}

impl Outcome {
    pub(super) fn nothing() -> Self {
        Outcome::default()
    }

    pub(super) fn doubt(why: Why) -> Self {
        Outcome {
            found: None,
            doubt: Some(why),
        }
    }

    pub(super) fn of(found: Option<Tree>) -> Self {
        match found {
            Some(_) => Outcome { found, doubt: None },
            None => Outcome::doubt(super::budget::TOO_DEEP),
        }
    }
}

/// What is known about a state for now.
#[derive(Debug)]
pub(super) enum Answer {
    No,
    Doubt(Why),
    Yes(Tree),
}

/// What a search is for.
#[derive(Debug)]
pub(super) struct Task<'a> {
    /// All literals of the value, which tell what is declared.
    pub(super) lits: Rc<[Lit]>,
    /// What the value must fulfil.
    pub(super) facts: Vec<Fact>,
    /// What it may be.
    pub(super) kinds: Kinds,
    /// More for a text that is a name.
    pub(super) name: Option<NameTask<'a>>,
}

/// What a name must be.
#[derive(Debug, Clone, Default)]
pub(super) struct NameTask<'a> {
    pub(super) patterns: Vec<(&'a str, bool)>,
    pub(super) without: BTreeSet<Box<str>>,
}

/// One search.
pub(super) struct Search<'s, 'a> {
    pub(super) core: &'s Core<'a>,
    pub(super) memo: &'s mut Memo,
    /// Steps that are left for the state that is worked on.
    steps: u32,
    /// The parts of the value that was found last without looking at a state.
    pub(super) parts: Parts,
}

/// What is asked of the parts of a value.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) names: BTreeMap<Rc<str>, Vec<Lit>>,
    pub(super) items: Vec<Vec<Lit>>,
    /// Names that were chosen for regions.
    pub(super) placed: Vec<(Region, Rc<str>)>,
}

/// What taking facts in led to.
pub(super) enum Taken<'a> {
    Fine,
    Dead,
    /// The value is one of these.
    Listed(Listed<'a>),
}

pub(super) enum Listed<'a> {
    Many(&'a [Spanned<Json>]),
    One(Rc<Json>),
}

/// Kinds in the order in which values are looked for.
const ORDER: [Kinds; 7] = [
    Kinds::STRING,
    Kinds::INTEGER,
    Kinds::BOOL,
    Kinds::NULL,
    Kinds::FRACTION,
    Kinds::OBJECT,
    Kinds::ARRAY,
];

impl<'s, 'a> Search<'s, 'a> {
    pub(super) fn new(core: &'s Core<'a>, memo: &'s mut Memo) -> Self {
        Search {
            core,
            memo,
            steps: STATE_STEPS,
            parts: Parts::default(),
        }
    }

    /// Whether no state is being worked on, but the question itself.
    pub(super) fn is_outside(&self) -> bool {
        self.memo.looked_at.len() == 1
    }

    /// Takes a step; `false` when none is left.
    pub(super) fn spend(&mut self) -> bool {
        let is_left = self.steps > 0 && self.memo.left > 0 && self.memo.work_left > 0;
        self.steps = self.steps.saturating_sub(1);
        self.memo.left = self.memo.left.saturating_sub(1);
        self.memo.steps += 1;
        is_left
    }

    /// What a state comes to, once and for all.
    pub(super) fn settle(&mut self, id: StateId) -> Status {
        if matches!(self.memo.states.get(id).status, Status::Fresh) {
            self.run(id);
        }
        loop {
            let status = &self.memo.states.get(id).status;
            if matches!(status, Status::Empty | Status::Inhabited(_)) {
                return status.clone();
            }
            if !self.work_off() {
                return self.memo.states.get(id).status.clone();
            }
        }
    }

    /// Works on one state that waits; `false` when none waited and all that was open is settled.
    fn work_off(&mut self) -> bool {
        if let Some(next) = self.memo.queue.pop() {
            let state = self.memo.states.get(next);
            state.is_queued = false;
            if !matches!(state.status, Status::Empty | Status::Inhabited(_)) {
                self.run(next);
            }
            return true;
        }
        for id in std::mem::take(&mut self.memo.open) {
            let state = self.memo.states.get(id);
            if matches!(state.status, Status::Pending) {
                state.status = Status::Empty;
                self.memo.empties += 1;
            }
            self.memo.states.get(id).dependents.clear();
        }
        false
    }

    /// Searches with more facts than a state has, after everything it hangs on is settled.
    pub(super) fn settle_task(&mut self, task: &Task<'a>, steps: u32) -> Outcome {
        loop {
            self.memo.looked_at.push(BTreeSet::new());
            self.steps = steps.min(STATE_STEPS);
            let outcome = self.solve(task);
            let looked_at = self.memo.looked_at.pop().unwrap_or_default();
            let is_open = looked_at.into_iter().any(|id| {
                let state = self.memo.states.get(id);
                matches!(state.status, Status::Fresh | Status::Pending)
            });
            if outcome.found.is_some() || !is_open {
                return outcome;
            }
            while self.work_off() {}
        }
    }

    fn run(&mut self, id: StateId) {
        let state = self.memo.states.get(id);
        state.is_running = true;
        state.visits += 1;
        let lits = Rc::clone(&state.lits);
        if state.visits > STATE_VISITS {
            self.conclude(id, Outcome::doubt(TOO_MANY), &BTreeSet::new());
            return;
        }
        let steps = std::mem::replace(&mut self.steps, STATE_STEPS);
        self.memo.looked_at.push(BTreeSet::new());
        let facts = lits.iter().map(|lit| Fact::Lit(*lit)).collect();
        let outcome = self.solve(&Task {
            lits,
            facts,
            kinds: Kinds::ALL,
            name: None,
        });
        let looked_at = self.memo.looked_at.pop().unwrap_or_default();
        self.steps = steps;
        self.conclude(id, outcome, &looked_at);
    }

    fn conclude(&mut self, id: StateId, outcome: Outcome, looked_at: &BTreeSet<StateId>) {
        let state = self.memo.states.get(id);
        state.is_running = false;
        let is_first = matches!(state.status, Status::Fresh);
        let (status, is_news) = match (outcome.found, outcome.doubt, &state.status) {
            (Some(tree), _, _) => (Status::Inhabited(tree), true),
            (None, Some(why), Status::Unknown(_)) => (Status::Unknown(why), false),
            (None, Some(why), _) => (Status::Unknown(why), true),
            (None, None, Status::Unknown(why)) => (Status::Unknown(why), false),
            (None, None, _) if looked_at.is_empty() => (Status::Empty, false),
            (None, None, _) if self.core.makes(Mistake::SettlesRecursionEarly) => {
                (Status::Empty, false)
            }
            (None, None, _) => (Status::Pending, false),
        };
        let is_empty = matches!(status, Status::Empty);
        state.status = status;
        self.memo.empties += u64::from(is_empty);
        let state = self.memo.states.get(id);
        if is_news {
            for dependent in std::mem::take(&mut state.dependents) {
                self.enqueue(dependent);
            }
        }
        let state = self.memo.states.get(id);
        if matches!(state.status, Status::Pending | Status::Unknown(_)) {
            if is_first {
                self.memo.open.push(id);
            }
            for other in looked_at {
                let other = self.memo.states.get(*other);
                other.dependents.insert(id);
                if matches!(other.status, Status::Inhabited(_)) {
                    self.enqueue(id);
                }
            }
        }
    }

    fn enqueue(&mut self, id: StateId) {
        let state = self.memo.states.get(id);
        if !state.is_queued && !matches!(state.status, Status::Empty | Status::Inhabited(_)) {
            state.is_queued = true;
            self.memo.queue.push(id);
        }
    }

    /// What is known of the state that asks for all of this.
    pub(super) fn child(&mut self, lits: Vec<Lit>) -> Answer {
        let id = self.memo.states.id(lits);
        let nested = u32::try_from(self.memo.looked_at.len()).unwrap_or(u32::MAX);
        let state = self.memo.states.get(id);
        if matches!(state.status, Status::Fresh) && !state.is_running {
            if nested > NESTED_STATES {
                self.enqueue(id);
            } else {
                self.run(id);
            }
        }
        let answer = match &self.memo.states.get(id).status {
            Status::Fresh | Status::Pending => Answer::No,
            Status::Empty => return Answer::No,
            Status::Unknown(why) => Answer::Doubt(why),
            Status::Inhabited(tree) => return Answer::Yes(tree.clone()),
        };
        if let Some(looked_at) = self.memo.looked_at.last_mut() {
            looked_at.insert(id);
        }
        answer
    }

    /// Looks for a value.
    pub(super) fn solve(&mut self, task: &Task<'a>) -> Outcome {
        let mut kinds = task.kinds;
        for fact in &task.facts {
            kinds = kinds.and(self.kinds(*fact));
        }
        let mut doubt = None;
        for kind in ORDER {
            if kinds.and(kind).is_empty() {
                continue;
            }
            let outcome = self.solve_kind(task, kind);
            if outcome.found.is_some() {
                return outcome;
            }
            doubt = doubt.or(outcome.doubt);
        }
        Outcome { found: None, doubt }
    }

    fn kinds(&self, fact: Fact) -> Kinds {
        match fact {
            Fact::Lit(lit) => self.lit_kinds(lit),
            Fact::Lacks(..)
            | Fact::Absent(_)
            | Fact::Present(_)
            | Fact::With(..)
            | Fact::When(..)
            | Fact::SomeName(..)
            | Fact::MinNames(_)
            | Fact::MaxNames(_) => Kinds::OBJECT,
            Fact::Item(..)
            | Fact::SomeItem(..)
            | Fact::MinItems(_)
            | Fact::MaxItems(_)
            | Fact::Count(_)
            | Fact::Twins => Kinds::ARRAY,
            Fact::Holds(..)
            | Fact::Broken(..)
            | Fact::Refused(_)
            | Fact::Unevaluated(..)
            | Fact::Only(..)
            | Fact::NoneOf(..)
            | Fact::Twice(..)
            | Fact::Branch(..) => Kinds::ALL,
        }
    }

    /// Kinds of which the literal may allow a value.
    pub(super) fn lit_kinds(&self, lit: Lit) -> Kinds {
        if lit.is_value() {
            return match lit.is_positive() {
                true => kind_of(&self.memo.states.value(lit)),
                false => Kinds::ALL,
            };
        }
        let quick = self.core.quick(lit.as_class());
        match lit.is_positive() {
            true => quick.accepts.0,
            false if lit.is_outermost() => quick.refuses.0.with(Kinds::OBJECT),
            false => quick.refuses.0,
        }
    }

    /// Looks for a text that is a name.
    pub(super) fn solve_name(&mut self, task: &Task<'a>) -> Outcome {
        self.solve_kind(task, Kinds::STRING)
    }

    fn solve_kind(&mut self, task: &Task<'a>, kind: Kinds) -> Outcome {
        let mut doubt = None;
        let first = Cell::new(kind, Rc::clone(&task.lits));
        let mut next = Some((first, task.facts.clone()));
        let mut open: Vec<Choice<'a>> = Vec::new();
        while let Some((mut cell, mut agenda)) = next.take().or_else(|| following(&mut open)) {
            if !self.spend() {
                doubt = Some(TOO_MANY);
                break;
            }
            let outcome = match self.work_out(&mut cell, &mut agenda) {
                Step::Dead => continue,
                Step::Listed(listed) => self.pick_listed(task, kind, &listed),
                Step::Complete => self.build(task, &cell),
                Step::Split(ways) => {
                    open.push(Choice {
                        cell: Rc::new(cell),
                        ways,
                        at: 0,
                    });
                    continue;
                }
            };
            if outcome.found.is_some() {
                return outcome;
            }
            doubt = doubt.or(outcome.doubt);
        }
        Outcome { found: None, doubt }
    }

    /// Takes in all that is certain, and finds the choice with the fewest ways.
    fn work_out(&mut self, cell: &mut Cell<'a>, agenda: &mut Vec<Fact>) -> Step<'a> {
        loop {
            while let Some(fact) = agenda.pop() {
                self.memo.look(1);
                match self.take(cell, fact, agenda) {
                    Taken::Fine => {}
                    Taken::Dead => return Step::Dead,
                    Taken::Listed(listed) => return Step::Listed(listed),
                }
            }
            if cell.is_cramped()
                || (cell.is_distinct && cell.has_twins)
                || self.is_without_value(cell)
            {
                return Step::Dead;
            }
            let mut news = std::mem::take(&mut cell.news);
            news.all |= cell.empties != self.memo.empties;
            cell.empties = self.memo.empties;
            if news.all && self.is_required_hopeless(cell) {
                return Step::Dead;
            }
            let mut kept = Vec::with_capacity(cell.splits.len());
            for split in std::mem::take(&mut cell.splits) {
                if !split.is_moved_by(&news) {
                    kept.push(split);
                    continue;
                }
                self.memo.look(split.ways.len());
                if split.ways.iter().any(|way| self.is_given(cell, *way))
                    && !self.may_send_more(cell, &split.ways)
                {
                    continue;
                }
                let mut ways = Vec::with_capacity(split.ways.len());
                for way in &*split.ways {
                    if !self.is_hopeless(cell, *way) {
                        ways.push(*way);
                    }
                }
                match ways[..] {
                    [] => return Step::Dead,
                    [only] => agenda.push(only),
                    _ => kept.push(split.narrowed(ways)),
                }
            }
            cell.keep(kept);
            if !agenda.is_empty() || cell.news.all {
                continue;
            }
            // The branch of a union comes before what is to be violated: once it is chosen, its
            // constants settle most of the rest.
            let splits = cell.splits.iter().enumerate();
            let best = splits.min_by_key(|(_, split)| (!split.is_union, split.ways.len()));
            let Some(best) = best.map(|(at, _)| at) else {
                return Step::Complete;
            };
            return Step::Split(cell.splits.remove(best).ways);
        }
    }

    /// Whether a name whose value was asked for has none. It is looked at here, as the choices that
    /// are still to be made mostly have nothing to do with it.
    fn is_without_value(&mut self, cell: &mut Cell<'a>) -> bool {
        for name in std::mem::take(&mut cell.unseen) {
            let text = self.memo.states.name_text(name);
            let mut lits = match self.sure_lits(cell, &text) {
                Ok(lits) => lits,
                Err(None) => return true,
                Err(Some(_)) => continue,
            };
            lits.extend(cell.present.get(&name).into_iter().flatten());
            if matches!(self.child(lits), Answer::No) {
                return true;
            }
        }
        false
    }

    /// Whether the open reading makes more of a branch of the writer than that it is satisfied: names
    /// may be sent because of it.
    fn may_send_more(&self, cell: &Cell<'a>, split: &[Fact]) -> bool {
        self.core.reading == Reading::Open
            && cell.kind == Kinds::OBJECT
            && split.iter().any(|way| match way {
                Fact::Lit(lit) => {
                    !lit.is_value()
                        && lit.is_positive()
                        && lit.role() == Role::Writer
                        && !cell.has(*lit)
                        && self.core.declared(lit.as_class()).sends_more
                }
                _ => false,
            })
    }

    /// The first of the listed values that fulfils the task.
    fn pick_listed(&mut self, task: &Task<'a>, kind: Kinds, listed: &Listed<'a>) -> Outcome {
        let mut doubt = None;
        let one;
        let values: &mut dyn Iterator<Item = &Json> = match listed {
            Listed::Many(values) => &mut values.iter().map(|value| &value.node),
            Listed::One(value) => {
                one = Rc::clone(value);
                &mut std::iter::once(&*one)
            }
        };
        for value in values.filter(|value| kind_of(value) == kind) {
            self.memo.look(1);
            match self.fulfils(task, value) {
                Some(true) => {
                    if self.is_outside() {
                        self.parts = Parts::default();
                    }
                    return Outcome::of(Some(Tree::whole(value.clone())));
                }
                Some(false) => {}
                None => doubt = Some(UNDECIDED),
            }
        }
        Outcome { found: None, doubt }
    }
}

/// Why nothing is said about a listed value.
pub(super) const UNDECIDED: Why = "a listed value cannot be checked";

enum Step<'a> {
    Dead,
    Listed(Listed<'a>),
    Complete,
    Split(Rc<[Fact]>),
}

/// A choice some ways of which were not gone yet.
struct Choice<'a> {
    cell: Rc<Cell<'a>>,
    ways: Rc<[Fact]>,
    at: usize,
}

/// The next way of the choice that was made last.
fn following<'a>(open: &mut Vec<Choice<'a>>) -> Option<(Cell<'a>, Vec<Fact>)> {
    let mut choice = open.pop()?;
    let agenda = vec![*choice.ways.get(choice.at)?];
    choice.at += 1;
    if choice.at < choice.ways.len() {
        let cell = Cell::clone(&choice.cell);
        open.push(choice);
        return Some((cell, agenda));
    }
    Some((Rc::unwrap_or_clone(choice.cell), agenda))
}
