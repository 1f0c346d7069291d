//! Regular languages as terms with union, intersection and complement, and their derivatives.
//!
//! The derivative of a language by a character is what may follow that character (Brzozowski 1964).
//! Equal terms have one number, and unions and intersections forget order and repetition, so that a
//! term has finitely many derivatives: they are the states of an automaton. What looks ahead becomes
//! an intersection, which an automaton over positions could not express.

use super::ast::NO_END;
use super::hash::QuickMap;

/// The number of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Term(u32);

impl Term {
    /// No text.
    pub(super) const NEVER: Term = Term(0);
    /// The empty text.
    pub(super) const EMPTY: Term = Term(1);
    /// Every text.
    pub(super) const ALL: Term = Term(2);
}

/// Steps of arithmetic with terms that one pattern may take. Typical ones take some hundred; those
/// that pass it would have states without measure.
const MAX_WORK: u64 = 250_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Node {
    Never,
    Empty,
    All,
    /// One character of a set of classes.
    One(Bits),
    /// The first part is none itself, and no union.
    Concat(Term, Term),
    Repeat(Term, u32, u32),
    Union(Box<[Term]>),
    Both(Box<[Term]>),
    Not(Term),
}

/// A set of classes of characters.
pub(super) type Bits = Box<[u64]>;

/// A table of terms.
#[derive(Debug)]
pub(super) struct Terms {
    nodes: Vec<Node>,
    /// Whether the empty text belongs to each.
    nullable: Vec<bool>,
    ids: QuickMap<Node, Term>,
    derived: QuickMap<(Term, u16), Term>,
    classes: usize,
    work: u64,
}

impl Terms {
    /// An empty table for characters of so many classes.
    pub(super) fn new(classes: usize) -> Self {
        let mut terms = Terms {
            nodes: Vec::new(),
            nullable: Vec::new(),
            ids: QuickMap::default(),
            derived: QuickMap::default(),
            classes,
            work: 0,
        };
        terms.intern(Node::Never);
        terms.intern(Node::Empty);
        terms.intern(Node::All);
        terms
    }

    /// Whether so much was computed that the results no longer count.
    pub(super) fn is_exhausted(&self) -> bool {
        self.work > MAX_WORK
    }

    pub(super) fn is_nullable(&self, term: Term) -> bool {
        self.nullable[term.0 as usize]
    }

    fn node(&self, term: Term) -> &Node {
        &self.nodes[term.0 as usize]
    }

    fn intern(&mut self, node: Node) -> Term {
        self.work += 1;
        if let Some(term) = self.ids.get(&node) {
            return *term;
        }
        let is_nullable = match &node {
            Node::Never | Node::One(_) => false,
            Node::Empty | Node::All => true,
            Node::Concat(first, rest) => self.is_nullable(*first) && self.is_nullable(*rest),
            Node::Repeat(inner, min, _) => *min == 0 || self.is_nullable(*inner),
            Node::Union(parts) => parts.iter().any(|part| self.is_nullable(*part)),
            Node::Both(parts) => parts.iter().all(|part| self.is_nullable(*part)),
            Node::Not(inner) => !self.is_nullable(*inner),
        };
        let term = Term(u32::try_from(self.nodes.len()).expect("work is limited"));
        self.nodes.push(node.clone());
        self.nullable.push(is_nullable);
        self.ids.insert(node, term);
        term
    }

    /// One character of one of these classes.
    pub(super) fn one(&mut self, classes: impl IntoIterator<Item = u16>) -> Term {
        let mut bits = vec![0; self.classes.div_ceil(64)];
        for class in classes {
            bits[usize::from(class) / 64] |= 1 << (class % 64);
        }
        self.one_of(bits.into())
    }

    fn one_of(&mut self, bits: Bits) -> Term {
        match bits.iter().all(|word| *word == 0) {
            true => Term::NEVER,
            false => self.intern(Node::One(bits)),
        }
    }

    fn is_any_char(&self, term: Term) -> bool {
        let Node::One(bits) = self.node(term) else {
            return false;
        };
        bits.iter()
            .map(|word| word.count_ones() as usize)
            .sum::<usize>()
            == self.classes
    }

    /// Texts of the first with texts of the second behind them.
    pub(super) fn concat(&mut self, first: Term, rest: Term) -> Term {
        let mut chain = Vec::new();
        let mut last = first;
        while let Node::Concat(head, tail) = self.node(last) {
            chain.push(*head);
            last = *tail;
        }
        let mut sum = self.concat_one(last, rest);
        while let Some(head) = chain.pop() {
            sum = self.concat_one(head, sum);
        }
        sum
    }

    /// The same where the first is no [`Node::Concat`] itself.
    fn concat_one(&mut self, first: Term, rest: Term) -> Term {
        if first == Term::NEVER || rest == Term::NEVER {
            return Term::NEVER;
        }
        if first == Term::EMPTY {
            return rest;
        }
        if rest == Term::EMPTY {
            return first;
        }
        if rest == Term::ALL && self.is_nullable(first) {
            return Term::ALL;
        }
        match (self.node(first).clone(), self.node(rest).clone()) {
            (Node::Union(parts), _) => {
                let parts = parts.iter().map(|part| self.concat(*part, rest)).collect();
                self.union(parts)
            }
            (Node::All, Node::Concat(Term::ALL, _)) => rest,
            // Everything may follow, so that the shortest repetition is enough.
            (Node::Repeat(inner, min, max), Node::All) if max > min => {
                let shortest = self.repeat(inner, min, min);
                self.concat(shortest, rest)
            }
            (Node::Repeat(inner, min, max), Node::Concat(next, tail)) => {
                match self.node(next).clone() {
                    Node::Repeat(other, low, high) if other == inner => {
                        let both = self.repeat_sum(inner, (min, max), (low, high));
                        self.concat_one(both, tail)
                    }
                    _ => self.intern(Node::Concat(first, rest)),
                }
            }
            (Node::Repeat(inner, min, max), Node::Repeat(other, low, high)) if other == inner => {
                self.repeat_sum(inner, (min, max), (low, high))
            }
            _ => self.intern(Node::Concat(first, rest)),
        }
    }

    fn repeat_sum(&mut self, inner: Term, one: (u32, u32), other: (u32, u32)) -> Term {
        let min = one.0.saturating_add(other.0).min(NO_END - 1);
        self.repeat(inner, min, one.1.saturating_add(other.1))
    }

    /// From `min` to `max` texts, one behind the other.
    pub(super) fn repeat(&mut self, inner: Term, min: u32, max: u32) -> Term {
        let min = if self.is_nullable(inner) { 0 } else { min };
        if max == 0 || inner == Term::EMPTY || (inner == Term::NEVER && min == 0) {
            return Term::EMPTY;
        }
        if inner == Term::NEVER || inner == Term::ALL || (min == 1 && max == 1) {
            return inner;
        }
        match self.node(inner) {
            Node::Repeat(_, 0, NO_END) => inner,
            _ if min == 0 && max == NO_END && self.is_any_char(inner) => Term::ALL,
            _ => self.intern(Node::Repeat(inner, min, max)),
        }
    }

    /// Texts of one of them.
    pub(super) fn union(&mut self, parts: Vec<Term>) -> Term {
        let mut flat = Vec::with_capacity(parts.len());
        let mut bits: Option<Bits> = None;
        let mut has_empty = false;
        let mut stack = parts;
        while let Some(part) = stack.pop() {
            self.work += 1;
            match self.node(part) {
                Node::Never => {}
                Node::All => return Term::ALL,
                Node::Empty => has_empty = true,
                Node::Union(inner) => stack.extend(inner.iter()),
                Node::One(more) => match &mut bits {
                    Some(bits) => {
                        bits.iter_mut()
                            .zip(more)
                            .for_each(|(bits, more)| *bits |= more);
                    }
                    None => bits = Some(more.clone()),
                },
                _ => flat.push(part),
            }
        }
        if let Some(bits) = bits {
            let one = self.one_of(bits);
            flat.push(one);
        }
        flat.sort_unstable();
        flat.dedup();
        if flat.len() > 1 {
            flat = self.join_repeats(flat);
        }
        if flat.contains(&Term::ALL) {
            return Term::ALL;
        }
        if has_empty && !flat.iter().any(|part| self.is_nullable(*part)) {
            flat.push(Term::EMPTY);
        }
        let is_either = |part: &Term| match self.node(*part) {
            Node::Not(inner) => flat.binary_search(inner).is_ok(),
            _ => false,
        };
        if flat.iter().any(is_either) {
            return Term::ALL;
        }
        flat.sort_unstable();
        match flat.len() {
            0 => Term::NEVER,
            1 => flat[0],
            _ => self.intern(Node::Union(flat.into())),
        }
    }

    /// Joins repetitions of the same with the same behind them where their counts touch; without it
    /// `.*a{1,100}` would have a state for each set of counts.
    fn join_repeats(&mut self, parts: Vec<Term>) -> Vec<Term> {
        let mut repeats: Vec<(Term, Term, u32, u32)> = Vec::new();
        let mut others = Vec::with_capacity(parts.len());
        for part in parts {
            let (head, tail) = match self.node(part) {
                Node::Concat(head, tail) => (*head, *tail),
                _ => (part, Term::EMPTY),
            };
            match self.node(head) {
                Node::Repeat(inner, min, max) => repeats.push((*inner, tail, *min, *max)),
                _ => others.push(part),
            }
        }
        repeats.sort_unstable();
        let mut joined: Vec<(Term, Term, u32, u32)> = Vec::with_capacity(repeats.len());
        for next in repeats {
            match joined.last_mut() {
                Some(last)
                    if (last.0, last.1) == (next.0, next.1)
                        && next.2 <= last.3.saturating_add(1) =>
                {
                    last.3 = last.3.max(next.3);
                }
                _ => joined.push(next),
            }
        }
        for (inner, tail, min, max) in joined {
            let repeat = self.repeat(inner, min, max);
            let part = self.concat(repeat, tail);
            others.push(part);
        }
        others.sort_unstable();
        others.dedup();
        others
    }

    /// Texts of all of them.
    pub(super) fn both(&mut self, parts: Vec<Term>) -> Term {
        let mut flat = Vec::with_capacity(parts.len());
        let mut bits: Option<Bits> = None;
        let mut has_empty = false;
        let mut stack = parts;
        while let Some(part) = stack.pop() {
            self.work += 1;
            match self.node(part) {
                Node::Never => return Term::NEVER,
                Node::All => {}
                Node::Empty => has_empty = true,
                Node::Both(inner) => stack.extend(inner.iter()),
                Node::One(more) => match &mut bits {
                    Some(bits) => {
                        bits.iter_mut()
                            .zip(more)
                            .for_each(|(bits, more)| *bits &= more);
                    }
                    None => bits = Some(more.clone()),
                },
                _ => flat.push(part),
            }
        }
        if has_empty {
            let is_in_all = bits.is_none() && flat.iter().all(|part| self.is_nullable(*part));
            return if is_in_all { Term::EMPTY } else { Term::NEVER };
        }
        if let Some(bits) = bits {
            match self.one_of(bits) {
                Term::NEVER => return Term::NEVER,
                one => flat.push(one),
            }
        }
        flat.sort_unstable();
        flat.dedup();
        let is_neither = |part: &Term| match self.node(*part) {
            Node::Not(inner) => flat.binary_search(inner).is_ok(),
            _ => false,
        };
        if flat.iter().any(is_neither) {
            return Term::NEVER;
        }
        match flat.len() {
            0 => Term::ALL,
            1 => flat[0],
            _ => self.intern(Node::Both(flat.into())),
        }
    }

    /// Texts that are not of it.
    pub(super) fn not(&mut self, term: Term) -> Term {
        match self.node(term) {
            Node::Never => Term::ALL,
            Node::All => Term::NEVER,
            Node::Not(inner) => *inner,
            _ => self.intern(Node::Not(term)),
        }
    }

    /// What may follow a character of a class.
    pub(super) fn derive(&mut self, term: Term, class: u16) -> Term {
        if self.is_exhausted() {
            return Term::NEVER;
        }
        self.work += 1;
        match self.node(term) {
            Node::Never | Node::Empty => return Term::NEVER,
            Node::All => return Term::ALL,
            Node::One(bits) => {
                let is_in = bits[usize::from(class) / 64] >> (class % 64) & 1 == 1;
                return if is_in { Term::EMPTY } else { Term::NEVER };
            }
            _ => {}
        }
        if let Some(derived) = self.derived.get(&(term, class)) {
            return *derived;
        }
        let derived = match self.node(term).clone() {
            Node::Repeat(inner, min, max) => {
                let first = self.derive(inner, class);
                if first == Term::NEVER {
                    Term::NEVER
                } else {
                    let less = if max == NO_END { NO_END } else { max - 1 };
                    let rest = self.repeat(inner, min.saturating_sub(1), less);
                    self.concat(first, rest)
                }
            }
            Node::Union(parts) => {
                let parts = parts.iter().map(|part| self.derive(*part, class)).collect();
                self.union(parts)
            }
            Node::Both(parts) => {
                let parts = parts.iter().map(|part| self.derive(*part, class)).collect();
                self.both(parts)
            }
            Node::Not(inner) => {
                let inner = self.derive(inner, class);
                self.not(inner)
            }
            // A chain is walked and not called down, as it can be as long as the pattern.
            _ => {
                let mut parts = Vec::new();
                let mut last = term;
                while let Node::Concat(head, tail) = *self.node(last) {
                    let first = self.derive(head, class);
                    if first != Term::NEVER {
                        let part = self.concat(first, tail);
                        parts.push(part);
                    }
                    last = tail;
                    if !self.is_nullable(head) || self.is_exhausted() {
                        last = Term::NEVER;
                    }
                }
                if last != Term::NEVER {
                    let part = self.derive(last, class);
                    parts.push(part);
                }
                self.union(parts)
            }
        };
        self.derived.insert((term, class), derived);
        derived
    }
}
