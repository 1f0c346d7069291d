//! What a value of one kind must be, as far as it is worked out.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::classes::Node;
use super::core::{Role, Spot};
use super::lit::Lit;
use crate::schema::{Json, Kinds};
use crate::text::Spanned;

/// The number of a name of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name(pub(super) u32);

/// Something that the value must fulfil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    /// What a state asks for.
    Lit(Lit),
    /// The constraint is satisfied.
    Holds(Spot, Role),
    /// The constraint is violated, and nothing is said about the others.
    Broken(Spot, Role),
    /// The simple constraint is violated; [`Fact::Broken`] worked out.
    Refused(Spot),
    /// All constraints of the shape are satisfied but this one about what is not evaluated.
    Unevaluated(Spot, Role, Option<Name>),
    /// Exactly this branch is satisfied.
    Only(Spot, Role, u32),
    /// None of the branches is satisfied.
    NoneOf(Spot, Role),
    /// This branch is satisfied, and one behind it.
    Twice(Spot, Role, u32),
    /// The test has this outcome, and what is behind it is satisfied or not.
    Branch(Spot, Role, bool, bool),
    /// The name is there, and the other one is not.
    Lacks(Name, Name),
    /// The name is not there.
    Absent(Name),
    /// The name is there.
    Present(Name),
    /// The name is there, with a value of this sort.
    With(Name, Lit),
    /// The name is there, and the object itself is of this sort.
    When(Name, Lit),
    /// A name of the region is there, with a value of this sort.
    SomeName(Region, Option<Lit>),
    /// There is an item at the position, of this sort.
    Item(u32, Lit),
    /// There is an item at the position or behind it, of this sort.
    SomeItem(u32, Lit),
    MinItems(u64),
    MaxItems(u64),
    MinNames(u64),
    MaxNames(u64),
    /// So many items satisfy the shape.
    Count(Counted),
    /// Two items are equal.
    Twins,
}

impl Fact {
    /// Whether it is that a branch of a union is satisfied.
    pub(super) fn is_branch(&self) -> bool {
        match self {
            Fact::Only(..) => true,
            Fact::Lit(lit) => lit.is_positive() && !lit.is_value(),
            _ => false,
        }
    }

    /// What has to change in a cell for another answer to whether this can be had.
    fn hangs_on(&self) -> Hangs {
        let mut hangs = Hangs::default();
        match self {
            Fact::Lit(lit) => {
                hangs.lits = true;
                hangs.branches = !lit.is_value();
                hangs.reader = lit.role() == Role::Reader;
            }
            Fact::Holds(_, role)
            | Fact::Broken(_, role)
            | Fact::Unevaluated(_, role, _)
            | Fact::Only(_, role, _)
            | Fact::NoneOf(_, role)
            | Fact::Twice(_, role, _)
            | Fact::Branch(_, role, ..) => {
                hangs.lits = true;
                hangs.branches = true;
                hangs.reader = *role == Role::Reader;
            }
            Fact::When(_, lit) => {
                hangs.lits = true;
                hangs.names = true;
                hangs.branches = !lit.is_value();
                hangs.reader = lit.role() == Role::Reader;
            }
            Fact::Lacks(..) | Fact::Absent(_) | Fact::Present(_) | Fact::With(..) => {
                hangs.names = true;
            }
            Fact::SomeName(..) => hangs.all_names = true,
            Fact::MinItems(_) | Fact::MaxItems(_) | Fact::MinNames(_) | Fact::MaxNames(_) => {
                hangs.counts = true;
            }
            Fact::Refused(_)
            | Fact::Item(..)
            | Fact::SomeItem(..)
            | Fact::Count(_)
            | Fact::Twins => {}
        }
        hangs
    }

    /// Whether it speaks of one of these names.
    fn speaks_of(&self, names: &[Name]) -> bool {
        match self {
            Fact::Absent(name)
            | Fact::Present(name)
            | Fact::With(name, _)
            | Fact::When(name, _) => names.contains(name),
            Fact::Lacks(name, other) => names.contains(name) || names.contains(other),
            _ => false,
        }
    }
}

/// What the ways of a choice hang on.
#[derive(Debug, Clone, Copy, Default)]
struct Hangs {
    lits: bool,
    names: bool,
    all_names: bool,
    counts: bool,
    /// Whether a shape that applies in place is decided by it, and for whom.
    branches: bool,
    reader: bool,
}

/// A choice that is still to be made.
#[derive(Debug, Clone)]
pub(super) struct Split {
    /// The ways that are left.
    pub(super) ways: Rc<[Fact]>,
    hangs: Hangs,
    /// Whether a shape of the writer and of the reader that applies in place hangs on it.
    decides: [bool; 2],
    /// Whether all ways are branches of a union.
    pub(super) is_union: bool,
    is_fresh: bool,
}

impl Split {
    pub(super) fn new(ways: impl Into<Rc<[Fact]>>) -> Self {
        let ways: Rc<[Fact]> = ways.into();
        let mut hangs = Hangs::default();
        let mut decides = [false; 2];
        for way in &*ways {
            let one = way.hangs_on();
            hangs.lits |= one.lits;
            hangs.names |= one.names;
            hangs.all_names |= one.all_names;
            hangs.counts |= one.counts;
            decides[usize::from(one.reader)] |= one.branches;
        }
        let is_union = ways.iter().all(Fact::is_branch);
        Split {
            ways,
            hangs,
            decides,
            is_union,
            is_fresh: true,
        }
    }

    /// The same choice with only these ways left.
    pub(super) fn narrowed(&self, ways: Vec<Fact>) -> Self {
        let ways: Rc<[Fact]> = match ways.len() == self.ways.len() {
            true => Rc::clone(&self.ways),
            false => ways.into(),
        };
        Split {
            ways,
            is_fresh: false,
            ..self.clone()
        }
    }

    /// Whether it has to be looked at again after these news.
    pub(super) fn is_moved_by(&self, news: &News) -> bool {
        let hangs = self.hangs;
        self.is_fresh
            || (news.all && (hangs.lits || hangs.names || hangs.all_names || hangs.counts))
            || (news.lits && hangs.lits)
            || (news.counts && hangs.counts)
            || (!news.names.is_empty()
                && (hangs.all_names
                    || (hangs.names && self.ways.iter().any(|way| way.speaks_of(&news.names)))))
    }
}

/// What changed in a cell since its choices were looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct News {
    /// Something that every choice may hang on.
    pub(super) all: bool,
    pub(super) lits: bool,
    pub(super) counts: bool,
    pub(super) names: Vec<Name>,
}

/// A set of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    /// In which the pattern of this row is found.
    Pattern(Spot, u32),
    /// That the shape itself does not declare.
    Rest(Node),
    /// That nothing which applies in place declares; only this one if one is given.
    Unevaluated(Node, Role, Option<Name>),
    /// That the shape itself does not declare, nor anybody else.
    Unnamed(Node),
    /// That the object with this number does not have.
    Beyond(Lit),
    /// That violate the literal.
    Names(Lit),
}

/// A number of items of a sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    /// What they satisfy.
    pub(super) lit: Lit,
    pub(super) min: u64,
    pub(super) max: Option<u64>,
}

/// Which names come with which.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// What must be there when a name is.
    pub(super) with: BTreeMap<Name, BTreeSet<Name>>,
    /// What cannot be there when a name is not.
    pub(super) without: BTreeMap<Name, BTreeSet<Name>>,
}

/// A shape whose properties or items apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) node: Node,
    pub(super) role: Role,
}

/// A shape whose rest applies to what nothing in place declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Watch {
    pub(super) node: Node,
    pub(super) role: Role,
    /// What the rest satisfies; nothing is left for a rest when absent.
    pub(super) rest: Option<Node>,
}

/// What a value of one kind must be.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    pub(super) kind: Kinds,
    /// All literals of the value, which tell what is declared.
    pub(super) context: Rc<[Lit]>,
    /// Literals that were taken in, in order.
    pub(super) lits: Vec<Lit>,
    /// Simple constraints, and whether they are satisfied or violated.
    pub(super) simple: Vec<(Spot, bool)>,
    /// What nobody can decide, and whether it is satisfied or violated.
    pub(super) opaque: Vec<(Spot, bool)>,
    /// Values that it is none of.
    pub(super) barred: Vec<&'a [Spanned<Json>]>,
    pub(super) barred_one: Vec<Rc<Json>>,
    /// Names with fixed values, all that they may be.
    pub(super) fixed: Vec<(&'a str, Rc<BTreeSet<&'a Json>>)>,
    /// Choices that are still to be made.
    pub(super) splits: Vec<Split>,
    /// What changed since they were looked at.
    pub(super) news: News,
    /// Names whose values were asked for since it was last seen whether there are any.
    pub(super) unseen: Vec<Name>,
    /// For whom shapes that apply in place are not decided yet.
    undecided: [bool; 2],
    /// How many states were known to have no value when the choices were looked at.
    pub(super) empties: u64,
    pub(super) scopes: Vec<Scope>,
    pub(super) watches: Vec<Watch>,
    // Objects.
    pub(super) required: Vec<(Spot, Role)>,
    pub(super) present: BTreeMap<Name, Vec<Lit>>,
    pub(super) absent: BTreeSet<Name>,
    /// Names with those that must come with them.
    pub(super) needs: Vec<(Rc<Needs>, Role)>,
    pub(super) some_names: Vec<(Region, Option<Lit>)>,
    pub(super) names: Vec<Lit>,
    // Lists.
    pub(super) items: BTreeMap<u32, Vec<Lit>>,
    pub(super) some_items: Vec<(u32, Lit)>,
    /// An item that nothing in place of the shape looks at is of this sort.
    pub(super) unevaluated_items: Vec<(Node, Role, Lit)>,
    pub(super) counts: Vec<Counted>,
    pub(super) is_distinct: bool,
    pub(super) has_twins: bool,
    /// How many names or items.
    pub(super) least: u64,
    pub(super) most: Option<u64>,
}

impl<'a> Cell<'a> {
    pub(super) fn new(kind: Kinds, context: Rc<[Lit]>) -> Self {
        Cell {
            kind,
            context,
            lits: Vec::new(),
            simple: Vec::new(),
            opaque: Vec::new(),
            barred: Vec::new(),
            barred_one: Vec::new(),
            fixed: Vec::new(),
            splits: Vec::new(),
            news: News::default(),
            unseen: Vec::new(),
            undecided: [false; 2],
            empties: 0,
            scopes: Vec::new(),
            watches: Vec::new(),
            required: Vec::new(),
            present: BTreeMap::new(),
            absent: BTreeSet::new(),
            needs: Vec::new(),
            some_names: Vec::new(),
            names: Vec::new(),
            items: BTreeMap::new(),
            some_items: Vec::new(),
            unevaluated_items: Vec::new(),
            counts: Vec::new(),
            is_distinct: false,
            has_twins: false,
            least: 0,
            most: None,
        }
    }

    pub(super) fn has(&self, lit: Lit) -> bool {
        self.lits.binary_search(&lit).is_ok()
    }

    /// Whether a literal that was taken in cannot be had together with this one.
    pub(super) fn contradicts(&self, lit: Lit) -> bool {
        let from = self
            .lits
            .partition_point(|other| other.number() < lit.number());
        self.lits[from..]
            .iter()
            .take_while(|other| other.number() == lit.number())
            .any(|other| lit.contradicts(*other))
    }

    /// Takes a literal in; `false` when it was there.
    pub(super) fn insert(&mut self, lit: Lit) -> bool {
        match self.lits.binary_search(&lit) {
            Ok(_) => false,
            Err(at) => {
                self.lits.insert(at, lit);
                self.news.lits = true;
                true
            }
        }
    }

    pub(super) fn choose(&mut self, ways: impl Into<Rc<[Fact]>>) {
        let split = Split::new(ways);
        for (all, one) in self.undecided.iter_mut().zip(split.decides) {
            *all |= one;
        }
        self.splits.push(split);
    }

    /// Puts back the choices that are left.
    pub(super) fn keep(&mut self, splits: Vec<Split>) {
        let decides = |at: usize| splits.iter().any(|split| split.decides[at]);
        let undecided = [decides(0), decides(1)];
        // What is decided now may settle what was left open because of it.
        self.news.all |= undecided != self.undecided;
        self.undecided = undecided;
        self.splits = splits;
    }

    /// Whether every shape of this role that applies in place is known to be satisfied or not.
    pub(super) fn is_decided(&self, role: Role) -> bool {
        !self.undecided[usize::from(role == Role::Reader)]
    }

    pub(super) fn at_least(&mut self, count: u64) {
        self.news.counts |= count > self.least;
        self.least = self.least.max(count);
    }

    pub(super) fn at_most(&mut self, count: u64) {
        self.news.counts |= self.most.is_none_or(|most| count < most);
        self.most = Some(self.most.map_or(count, |most| most.min(count)));
    }

    /// Whether too few are left.
    pub(super) fn is_cramped(&self) -> bool {
        self.most.is_some_and(|most| most < self.least)
    }
}
