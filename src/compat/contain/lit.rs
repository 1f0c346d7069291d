//! Literals and states: what is asked of one value.
//!
//! A state is a set of literals, each of which asks that the value satisfies or violates a class, or
//! that it is or is not a certain value. Equal states are one.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::cell::Name;
use super::classes::{ANYTHING, Class};
use super::core::{Core, Role};
use super::value::Tree;
use crate::schema::Json;

/// One thing that is asked of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Lit(u32);

const VIOLATES: u32 = 1;
const READER: u32 = 2;
const OUTERMOST: u32 = 4;
const VALUE: u32 = 8;
const FLAGS: u32 = 4;

impl Lit {
    /// The value satisfies or violates the class, whose shape is the outermost of that value or not.
    pub(super) fn class(class: Class, role: Role, is_positive: bool, is_outermost: bool) -> Self {
        let mut bits = class.0 << FLAGS;
        bits |= if is_positive { 0 } else { VIOLATES };
        bits |= if role == Role::Reader { READER } else { 0 };
        bits |= if is_outermost { OUTERMOST } else { 0 };
        Lit(bits)
    }

    /// The value is or is not the one with this number.
    pub(super) fn value(value: u32, is_positive: bool) -> Self {
        Lit(value << FLAGS | VALUE | if is_positive { 0 } else { VIOLATES })
    }

    pub(super) fn is_positive(self) -> bool {
        self.0 & VIOLATES == 0
    }

    /// The opposite.
    pub(super) fn negated(self) -> Self {
        Lit(self.0 ^ VIOLATES)
    }

    pub(super) fn is_value(self) -> bool {
        self.0 & VALUE != 0
    }

    pub(super) fn is_outermost(self) -> bool {
        self.0 & OUTERMOST != 0
    }

    pub(super) fn role(self) -> Role {
        if self.0 & READER == 0 {
            Role::Writer
        } else {
            Role::Reader
        }
    }

    /// The number of the class or of the value.
    pub(super) fn number(self) -> u32 {
        self.0 >> FLAGS
    }

    pub(super) fn as_class(self) -> Class {
        Class(self.number())
    }

    /// Whether no value satisfies both.
    pub(super) fn contradicts(self, other: Lit) -> bool {
        if self.is_value() != other.is_value() {
            return false;
        }
        if self.is_value() && self.number() != other.number() {
            return self.is_positive() && other.is_positive();
        }
        if self.number() != other.number() || self.is_positive() == other.is_positive() {
            return false;
        }
        // What is closed is a part of what is not: only that way round can both be had.
        let (positive, negative) = if self.is_positive() {
            (self, other)
        } else {
            (other, self)
        };
        positive.is_outermost() || !negative.is_outermost()
    }
}

/// The number of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct StateId(pub(super) u32);

/// The state that no value satisfies.
pub(super) const NOTHING: StateId = StateId(0);

/// Why something is not known, and the shape that it hangs on.
pub(super) type Why = &'static str;

/// What is known of a state.
#[derive(Debug, Clone)]
pub(super) enum Status {
    /// Nobody looked.
    Fresh,
    /// No value was found, unless one is found for a state that it hangs on.
    Pending,
    /// No value was found and some could not be decided; a value may still be found.
    Unknown(Why),
    /// There is no value.
    Empty,
    /// There is this one.
    Inhabited(Tree),
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) lits: Rc<[Lit]>,
    pub(super) status: Status,
    /// States that looked at this one before it was settled.
    pub(super) dependents: BTreeSet<StateId>,
    pub(super) is_running: bool,
    pub(super) is_queued: bool,
    pub(super) visits: u32,
}

/// Every state that was met.
#[derive(Debug)]
pub(super) struct States {
    pub(super) list: Vec<State>,
    known: HashMap<Rc<[Lit]>, StateId>,
    values: Vec<Rc<Json>>,
    numbers: HashMap<Rc<Json>, u32>,
    names: Vec<Rc<str>>,
    name_numbers: HashMap<Rc<str>, Name>,
}

impl States {
    pub(super) fn new() -> Self {
        let mut states = States {
            list: Vec::new(),
            known: HashMap::new(),
            values: Vec::new(),
            numbers: HashMap::new(),
            names: Vec::new(),
            name_numbers: HashMap::new(),
        };
        let nothing = Lit::class(ANYTHING, Role::Writer, false, false);
        states.add(Rc::new([nothing]), Status::Empty);
        states
    }

    fn add(&mut self, lits: Rc<[Lit]>, status: Status) -> StateId {
        let id = StateId(super::classes::index(self.list.len()));
        self.list.push(State {
            lits: Rc::clone(&lits),
            status,
            dependents: BTreeSet::new(),
            is_running: false,
            is_queued: false,
            visits: 0,
        });
        self.known.insert(lits, id);
        id
    }

    pub(super) fn get(&mut self, id: StateId) -> &mut State {
        &mut self.list[id.0 as usize]
    }

    /// What is known of the state that asks for all of this, which is sorted and simplified.
    pub(super) fn known(&self, lits: &[Lit]) -> Option<&Status> {
        let id = self.known.get(lits)?;
        Some(&self.list[id.0 as usize].status)
    }

    pub(super) fn number(&mut self, value: &Json) -> u32 {
        if let Some(known) = self.numbers.get(value) {
            return *known;
        }
        let value = Rc::new(value.clone());
        let number = super::classes::index(self.values.len());
        self.values.push(Rc::clone(&value));
        self.numbers.insert(value, number);
        number
    }

    pub(super) fn value(&self, lit: Lit) -> Rc<Json> {
        Rc::clone(&self.values[lit.number() as usize])
    }

    pub(super) fn name(&mut self, name: &str) -> Name {
        if let Some(known) = self.name_numbers.get(name) {
            return *known;
        }
        let name: Rc<str> = name.into();
        let number = Name(super::classes::index(self.names.len()));
        self.names.push(Rc::clone(&name));
        self.name_numbers.insert(name, number);
        number
    }

    pub(super) fn name_text(&self, name: Name) -> Rc<str> {
        Rc::clone(&self.names[name.0 as usize])
    }

    /// The state that asks for all of this.
    pub(super) fn id(&mut self, mut lits: Vec<Lit>) -> StateId {
        if simplify(&mut lits) {
            return NOTHING;
        }
        match self.known.get(&lits[..]) {
            Some(known) => *known,
            None => self.add(lits.into(), Status::Fresh),
        }
    }
}

/// Sorts and leaves out what says nothing; `true` when nothing satisfies all of it at first sight.
pub(super) fn simplify(lits: &mut Vec<Lit>) -> bool {
    lits.sort_unstable();
    lits.dedup();
    lits.retain(|lit| lit.is_value() || lit.as_class() != ANYTHING || !lit.is_positive());
    let is_nothing = |lit: &Lit| !lit.is_value() && lit.as_class() == ANYTHING;
    lits.iter().any(is_nothing)
        || lits
            .iter()
            .enumerate()
            .any(|(at, lit)| lits[at + 1..].iter().any(|other| lit.contradicts(*other)))
}

impl Core<'_> {
    /// What is asked of a value by a shape that is its outermost one.
    pub(super) fn outermost(&self, class: Class, role: Role, is_positive: bool) -> Lit {
        Lit::class(class, role, is_positive, self.is_closable(class))
    }
}
