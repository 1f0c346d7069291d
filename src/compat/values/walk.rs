//! Every question that negative answers lead to, each once, with the calls that lead there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::harmless::Rewritten;
use super::said;
use crate::compat::calls::{Pair, Said, Where};
use crate::compat::contain::{
    Below, Cause, Doubt, Explained, Judge, Question, Reading, Sided, Step, Travel, Verdict,
};
use crate::compat::policy::{Mode, Policy};
use crate::diag::Undecided;
use crate::schema::{Constraint, Json, ParamPlace, ShapeId, Shapes};
use crate::text::Side;

/// Most places that are looked at for one comparison; what is beyond says the same once more.
const MAX_PLACES: usize = 20_000;

/// Most shapes in place that are looked through for what is written of a part.
const MAX_IN_PLACE: usize = 200;

/// Longest way from a body to a constraint.
const MAX_DEPTH: usize = 2_000;

/// A pair of schemas in one direction.
#[derive(Debug, Clone)]
pub(super) struct Root {
    /// Which pair.
    pub(super) pair: usize,
    /// What is written.
    pub(super) writer: Sided,
    /// What reads it.
    pub(super) reader: Sided,
    /// Which way it travels.
    pub(super) travel: Travel,
    /// Whether it is a part of a path, which is never empty: no request line carries such a one.
    pub(super) is_in_path: bool,
}

impl Root {
    /// The question whether all that is written is read.
    pub(super) fn ask(&self, judge: &mut Judge<'_>) -> Question {
        self.ask_of(judge, self.writer, self.reader)
    }

    /// The question whether all that one shape below this root describes is described by another. The
    /// empty text stands in no path, whichever way is asked.
    pub(super) fn ask_of(&self, judge: &mut Judge<'_>, from: Sided, to: Sided) -> Question {
        let ends = [self.writer, self.reader];
        if self.is_in_path && ends.contains(&from) && ends.contains(&to) {
            let empty = Json::String("".into());
            judge.ask_without(from, to, self.travel, &empty)
        } else {
            judge.ask(from, to, self.travel)
        }
    }
}

/// A question on the way.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) question: Question,
    /// The question that led here first, and by which of its ways.
    pub(super) from: Option<(usize, Below)>,
    /// The first root that leads here.
    pub(super) root: usize,
    /// Whether only the letter of the schemas is broken.
    pub(super) is_letter: bool,
    /// The shapes here, as far as they are known.
    pub(super) writer: ShapeId,
    pub(super) reader: ShapeId,
    /// Whether the writer's shape is written for this place, and not only around it.
    pub(super) is_written: bool,
    /// Steps from the root through the value.
    pub(super) pointer: String,
    /// What is wrong here.
    pub(super) explained: Explained,
    /// Further questions that it leads to.
    next: Vec<usize>,
    depth: usize,
}

pub(super) struct Walk<'a> {
    pub(super) pairs: &'a [Pair],
    pub(super) shapes: [&'a Shapes; 2],
    pub(super) policy: &'a Policy,
    pub(super) judge: Judge<'a>,
    /// Asked where the reading in force forgives what the letter does not.
    pub(super) letter: Option<Judge<'a>>,
    pub(super) roots: Vec<Root>,
    pub(super) nodes: Vec<Node>,
    known: BTreeMap<(bool, Question), usize>,
    /// Per root: where it begins, by the reading in force and by the letter.
    begins: Vec<Vec<usize>>,
    /// Changes that hurt nobody.
    pub(super) rewritten: Rewritten,
}

impl<'a> Walk<'a> {
    pub(super) fn new(pairs: &'a [Pair], shapes: [&'a Shapes; 2], policy: &'a Policy) -> Self {
        let [old, new] = shapes;
        let letter =
            (policy.reading != Reading::Plain).then(|| Judge::new(old, new, Reading::Plain));
        let mut walk = Walk {
            pairs,
            shapes,
            policy,
            judge: Judge::new(old, new, policy.reading),
            letter,
            roots: Vec::new(),
            nodes: Vec::new(),
            known: BTreeMap::new(),
            begins: Vec::new(),
            rewritten: Rewritten::default(),
        };
        for (at, pair) in pairs.iter().enumerate() {
            walk.add(at, pair);
        }
        walk
    }

    /// The directions of a pair that are protected.
    fn add(&mut self, at: usize, pair: &Pair) {
        let old = Sided {
            side: Side::Old,
            shape: pair.old.map_or(ShapeId::ANYTHING, |used| used.shape),
        };
        let new = Sided {
            side: Side::New,
            shape: pair.new.map_or(ShapeId::ANYTHING, |used| used.shape),
        };
        // What callers of the old release meet when the new one answers.
        let (writer, reader) = match pair.travel {
            Travel::Request | Travel::Plain => (old, new),
            Travel::Response => (new, old),
        };
        let ways = match self.policy.mode {
            Mode::Backward | Mode::None => vec![(writer, reader)],
            Mode::Forward => vec![(reader, writer)],
            Mode::Full => vec![(writer, reader), (reader, writer)],
        };
        let place = ParamPlace::Path;
        let is_in_path = matches!(&pair.place, Where::Parameter { place: at, .. } if *at == place);
        for (writer, reader) in ways {
            self.roots.push(Root {
                pair: at,
                writer,
                reader,
                travel: pair.travel,
                is_in_path,
            });
        }
    }

    pub(super) fn run(&mut self) {
        for at in 0..self.roots.len() {
            let root = self.roots[at].clone();
            let shapes = (root.writer.shape, root.reader.shape);
            let question = root.ask(&mut self.judge);
            let verdict = self.judge.verdict(question);
            let mut begins = Vec::new();
            if verdict != Verdict::Contained {
                begins.extend(self.visit(question, None, at, false, shapes, true));
            }
            // What the reading in force forgives may still break the letter.
            if let Some(letter) = &mut self.letter {
                let question = root.ask(letter);
                if letter.verdict(question) == Verdict::NotContained {
                    begins.extend(self.visit(question, None, at, true, shapes, true));
                }
            }
            if begins.is_empty() {
                let judge = &mut self.judge;
                self.rewritten.look(judge, self.shapes, at, &root);
            }
            self.begins.push(begins);
        }
        let mut at = 0;
        while at < self.nodes.len() {
            self.follow(at);
            at += 1;
        }
    }

    fn visit(
        &mut self,
        question: Question,
        from: Option<(usize, Below)>,
        root: usize,
        is_letter: bool,
        (writer, reader): (ShapeId, ShapeId),
        is_written: bool,
    ) -> Option<usize> {
        if let Some(known) = self.known.get(&(is_letter, question)) {
            return Some(*known);
        }
        let (pointer, depth) = match &from {
            Some((outer, below)) => {
                let outer = &self.nodes[*outer];
                (
                    outer.pointer.clone() + &words(&below.steps),
                    outer.depth + 1,
                )
            }
            None => (String::new(), 0),
        };
        if self.nodes.len() > MAX_PLACES {
            // The place at the limit says that there are more.
            return None;
        }
        let is_too_far = self.nodes.len() == MAX_PLACES || depth > MAX_DEPTH;
        let mut explained = if is_too_far {
            let doubt = Doubt {
                why: "there is more than is looked at".into(),
                steps: Vec::new(),
                shape: None,
            };
            Explained {
                doubts: vec![doubt],
                ..Explained::default()
            }
        } else {
            self.judge_of(is_letter).explain(question)
        };
        if self.judge_of(is_letter).is_unsaid(question) {
            self.shorten(&mut explained, root);
        }
        let at = self.nodes.len();
        self.known.insert((is_letter, question), at);
        self.nodes.push(Node {
            question,
            from,
            root,
            is_letter,
            writer,
            reader,
            is_written,
            pointer,
            explained,
            next: Vec::new(),
            depth,
        });
        Some(at)
    }

    /// Where the writer says nothing, one reason speaks for all: what a name that nobody declared
    /// before is to be. The kind of it says most.
    fn shorten(&self, explained: &mut Explained, root: usize) {
        let reader = self.side(self.roots[root].reader.side);
        let is_kind = |cause: &Cause| {
            let constraints = &reader.get(cause.reader).constraints;
            let constraint = constraints.get(cause.constraint as usize);
            constraint.is_some_and(|constraint| matches!(constraint.node, Constraint::Kinds(_)))
        };
        let first = explained.causes.iter().position(is_kind);
        if let Some(first) = first {
            explained.causes.swap(0, first);
        }
        explained.causes.truncate(1);
        explained
            .below
            .truncate(usize::from(explained.causes.is_empty()));
    }

    pub(super) fn side(&self, side: Side) -> &'a Shapes {
        of_side(self.shapes, side)
    }

    fn follow(&mut self, at: usize) {
        let node = &self.nodes[at];
        let (root, is_letter) = (node.root, node.is_letter);
        let shapes = (node.writer, node.reader);
        let writer = self.side(self.roots[root].writer.side);
        let below = node.explained.below.clone();
        for below in below {
            let written = below.writer;
            let written = written.or_else(|| part(writer, shapes.0, &below.steps));
            let inner = (
                written.unwrap_or(shapes.0),
                below.reader.unwrap_or(shapes.1),
            );
            let (question, is_written) = (below.question, written.is_some());
            let from = Some((at, below));
            let next = self.visit(question, from, root, is_letter, inner, is_written);
            self.nodes[at].next.extend(next);
        }
    }

    pub(super) fn judge_of(&mut self, is_letter: bool) -> &mut Judge<'a> {
        match &mut self.letter {
            Some(letter) if is_letter => letter,
            _ => &mut self.judge,
        }
    }

    /// The roots that lead to each node, as numbers of pairs.
    pub(super) fn uses(&self) -> Vec<BTreeSet<usize>> {
        let mut uses = vec![BTreeSet::new(); self.nodes.len()];
        // Roots that begin at one node lead to the same ones.
        let mut begins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (root, own) in self.begins.iter().enumerate() {
            for begin in own {
                let pairs = begins.entry(*begin).or_default();
                pairs.push(self.roots[root].pair);
            }
        }
        for (begin, pairs) in begins {
            let mut seen = vec![false; self.nodes.len()];
            let mut stack = vec![begin];
            while let Some(at) = stack.pop() {
                if std::mem::replace(&mut seen[at], true) {
                    continue;
                }
                uses[at].extend(pairs.iter().copied());
                stack.extend(&self.nodes[at].next);
            }
        }
        uses
    }

    /// How many different questions the pairs put, and in how many of them something is left open.
    pub(super) fn undecided(&mut self) -> Undecided {
        let mut open: BTreeMap<Question, bool> = BTreeMap::new();
        for at in 0..self.roots.len() {
            let root = self.roots[at].clone();
            let question = root.ask(&mut self.judge);
            if open.contains_key(&question) {
                continue;
            }
            let begins = self.begins[at].iter().copied();
            let begins = begins.filter(|begin| !self.nodes[*begin].is_letter);
            let mut is_open = self.judge.verdict(question) == Verdict::Unknown;
            let mut stack: Vec<usize> = begins.collect();
            let mut seen: BTreeSet<usize> = stack.iter().copied().collect();
            while let Some(at) = stack.pop().filter(|_| !is_open) {
                let node = &self.nodes[at];
                is_open = !node.explained.doubts.is_empty();
                stack.extend(node.next.iter().filter(|next| seen.insert(**next)));
            }
            open.insert(question, is_open);
        }
        Undecided {
            asked: open.len(),
            unknown: open.values().filter(|is_open| **is_open).count(),
        }
    }

    /// Everything that there is to say.
    pub(super) fn finish(self) -> Vec<Said> {
        said::all(self)
    }
}

/// The shapes of a side.
pub(super) fn of_side(shapes: [&Shapes; 2], side: Side) -> &Shapes {
    match side {
        Side::Old => shapes[0],
        Side::New => shapes[1],
    }
}

/// What a shape says of a part of its values: the first shape that is written for it.
pub(super) fn part(shapes: &Shapes, shape: ShapeId, steps: &[Step]) -> Option<ShapeId> {
    let step = steps
        .iter()
        .find(|step| !matches!(step, Step::InPlace { .. }))?;
    let mut open = VecDeque::from([shape]);
    let mut rest = None;
    for _ in 0..MAX_IN_PLACE {
        let Some(shape) = open.pop_front() else { break };
        for constraint in &shapes.get(shape).constraints {
            match (&constraint.node, step) {
                (Constraint::Properties(properties), Step::Property(name)) => {
                    let mut properties = properties.iter();
                    if let Some(found) = properties.find(|one| one.name.node == *name) {
                        return Some(found.value.shape);
                    }
                }
                (Constraint::PrefixItems(uses), Step::Item(at)) => {
                    if let Some(one) = uses.get(*at as usize) {
                        return Some(one.shape);
                    }
                }
                (Constraint::AdditionalProperties(one), Step::Property(_))
                | (Constraint::Items(one), Step::Item(_)) => {
                    rest = rest.or(Some(one.shape));
                }
                (
                    Constraint::AllOf(uses) | Constraint::AnyOf(uses) | Constraint::OneOf(uses),
                    _,
                ) => {
                    open.extend(uses.iter().map(|one| one.shape));
                }
                _ => {}
            }
        }
    }
    rest
}

/// The steps through a value as a JSON Pointer (RFC 6901).
pub(super) fn through(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        match step {
            Step::Property(name) => {
                out.push('/');
                out.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            Step::Item(at) => out.push_str(&format!("/{at}")),
            Step::InPlace { .. } => {}
        }
    }
    out
}

/// The same for people: items are all alike.
pub(super) fn words(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        match step {
            Step::Item(_) => out.push_str("/*"),
            step => out.push_str(&through(std::slice::from_ref(step))),
        }
    }
    out
}
