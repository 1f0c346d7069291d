//! Texts that some automata accept and others refuse, of lengths within bounds.
//!
//! States of all automata together are the nodes of a graph, walked from the start, the most readable
//! characters first. Mostly the first node that accepts is reached within the bounds, and that is the
//! answer. Otherwise the lengths decide: which nodes are reached in exactly so many steps is a
//! sequence of sets in which each set determines the next, so it repeats itself sooner or later, and
//! then the lengths at which a node is reached are known for good. So a bound of two million takes no
//! two million steps.

use std::collections::{BTreeSet, VecDeque};

use super::hash::QuickMap;
use super::language::Language;
use super::set::Partition;
use crate::compat::contain::pick::{Picks, Rest};

/// Longest text that is written out, in characters.
pub(super) const MAX_LENGTH: u64 = 4 << 20;

/// Characters that are written down for one step of the budget.
const CHARS_PER_STEP: u64 = 32;

const TOO_MANY_STEPS: &str = "the patterns together are too large";
const TOO_LONG: &str = "the shortest text is too long to be written out";

/// Characters in the order in which people like to read them. `T` and `Z` come before their small
/// letters, as dates and times are written with them.
const READABLE: &[u8; 95] = b"abcdefghijklmnopqrsABCDEFGHIJKLMNOPQRSTUVWXYZtuvwxyz0123456789\
-_./:@+~!$&'()*,;=?#%[]{}|^`<>\\\" ";

/// All others, in the order in which they are taken: letters and signs, ends of lines, and what has
/// no shape.
const OTHERS: [(u32, u32); 7] = [
    (0xA1, 0x1FFF),
    (0x2030, 0x10_FFFF),
    (0x09, 0x0D),
    (0x2000, 0x202F),
    (0, 0x08),
    (0x0E, 0x1F),
    (0x7F, 0xA0),
];

/// What to look for.
pub(super) struct Question<'a> {
    /// Each with whether texts are of it, or not of it.
    pub(super) languages: &'a [(&'a Language, bool)],
    pub(super) min_length: u64,
    pub(super) max_length: u64,
    pub(super) excluded: &'a BTreeSet<Box<str>>,
}

/// Looks for up to `count` texts. Each look along an edge takes a step of the budget.
pub(super) fn search(question: &Question<'_>, count: usize, budget: &mut u64) -> Picks<String> {
    let mut found = Vec::new();
    let rest = match Graph::of(question, count, budget) {
        Walked::Found(text) => {
            found.push(text);
            Rest::Unasked
        }
        Walked::OutOfSteps => Rest::Unknown(TOO_MANY_STEPS),
        Walked::Whole(graph) => match graph.texts(question.excluded, count, &mut found, budget) {
            _ if found.len() == count => Rest::Unasked,
            rest => rest,
        },
    };
    Picks { found, rest }
}

/// The node of the empty text.
const START: u32 = 0;

/// Lengths from the first to the second.
type Ranges = Vec<(u64, u64)>;

enum Walked {
    Found(String),
    Whole(Graph),
    OutOfSteps,
}

/// The states that can be reached and from which a text of some length can end well.
struct Graph {
    /// For each node the classes and nodes that follow, the most readable class first. The start is
    /// node 0.
    edges: Vec<Vec<(u16, u32)>>,
    /// Which nodes lead to each.
    sources: Vec<Vec<u32>>,
    /// The lengths with which a text may end at each node; a number in `ranges`.
    ends: Vec<u32>,
    ranges: Vec<Ranges>,
    alphabet: Alphabet,
}

/// How a node was reached.
#[derive(Debug, Clone, Copy)]
struct Step {
    depth: u64,
    from: u32,
    char: char,
}

/// The states of all automata with what the walk knows about them.
struct Walk<'a> {
    question: &'a Question<'a>,
    nodes: QuickMap<Box<[u32]>, u32>,
    states: Vec<Box<[u32]>>,
    /// Depth, node in front and character of those that were reached.
    reached: Vec<Option<Step>>,
    ends: Vec<u32>,
    ranges: Vec<Ranges>,
}

impl Walk<'_> {
    /// The number of the node with these states. `None` when no text can end well from there.
    fn node(&mut self, states: Box<[u32]>) -> Option<u32> {
        if let Some(node) = self.nodes.get(&states) {
            return Some(*node);
        }
        let is_lost =
            states
                .iter()
                .zip(self.question.languages)
                .any(|(state, (language, is_positive))| match is_positive {
                    true => language.is_dead(*state),
                    false => language.is_full(*state),
                });
        if is_lost {
            return None;
        }
        let ends = self.question.ends(&states);
        let ends = match self.ranges.iter().position(|known| *known == ends) {
            Some(at) => at,
            None => {
                self.ranges.push(ends);
                self.ranges.len() - 1
            }
        };
        let node = u32::try_from(self.states.len()).unwrap_or(u32::MAX);
        self.nodes.insert(states.clone(), node);
        self.states.push(states);
        self.reached.push(None);
        self.ends.push(u32::try_from(ends).unwrap_or(u32::MAX));
        Some(node)
    }

    /// Notes how the node was reached, and whether that is new.
    fn reach(&mut self, node: u32, from: u32, char: char) -> bool {
        let depth = match self.reached.get(from as usize) {
            Some(Some(step)) => step.depth + 1,
            _ => 0,
        };
        let step = &mut self.reached[node as usize];
        let is_new = step.is_none();
        if is_new {
            *step = Some(Step { depth, from, char });
        }
        is_new
    }

    /// The text on whose way the node was reached, when it may end there.
    fn text_to(&self, node: u32) -> Option<String> {
        let ranges = &self.ranges[self.ends[node as usize] as usize];
        if !self.reached[node as usize].is_some_and(|step| holds(ranges, step.depth)) {
            return None;
        }
        let mut chars = Vec::new();
        let mut at = node;
        while at != START
            && let Some(step) = self.reached[at as usize]
        {
            chars.push(step.char);
            at = step.from;
        }
        let text: String = chars.into_iter().rev().collect();
        (!self.question.excluded.contains(text.as_str())).then_some(text)
    }
}

impl Question<'_> {
    /// The lengths with which a text may end in these states.
    fn ends(&self, states: &[u32]) -> Ranges {
        let mut ranges = vec![(self.min_length, self.max_length)];
        for (state, (language, is_positive)) in states.iter().zip(self.languages) {
            let (min, max) = (language.min_length, language.max_length);
            match (language.accepts(*state), is_positive) {
                (true, true) => ranges.retain_mut(|range| {
                    *range = (range.0.max(min), range.1.min(max));
                    range.0 <= range.1
                }),
                (false, true) => ranges.clear(),
                (true, false) => {
                    let outside = |range: (u64, u64)| {
                        let below = min.checked_sub(1).map(|end| (range.0, range.1.min(end)));
                        let above = max
                            .checked_add(1)
                            .map(|start| (range.0.max(start), range.1));
                        [below, above].into_iter().flatten()
                    };
                    ranges = ranges.into_iter().flat_map(outside).collect();
                    ranges.retain(|range| range.0 <= range.1);
                }
                (false, false) => {}
            }
        }
        ranges.retain(|range| range.0 <= range.1);
        ranges
    }
}

impl Graph {
    /// Walks from the start, and stops early when one text is all that is wanted.
    fn of(question: &Question<'_>, count: usize, budget: &mut u64) -> Walked {
        let parts: Vec<&Partition> = question
            .languages
            .iter()
            .map(|(language, _)| &language.partition)
            .collect();
        let Some((partition, members)) = Partition::joint(&parts) else {
            return Walked::OutOfSteps;
        };
        let alphabet = Alphabet::new(&partition);
        let mut walk = Walk {
            question,
            nodes: QuickMap::default(),
            states: Vec::new(),
            reached: Vec::new(),
            ends: Vec::new(),
            ranges: Vec::new(),
        };
        let start = vec![0; parts.len()].into();
        // What is reached by readable characters alone is walked before all else.
        let (mut readable, mut others) = (VecDeque::new(), VecDeque::new());
        if let Some(node) = walk.node(start) {
            others.push_back((node, u32::MAX, ' '));
        }
        let mut edges: Vec<Vec<(u16, u32)>> = Vec::new();
        loop {
            let node = match readable.pop_front() {
                Some(node) => node,
                None => match others.pop_front() {
                    Some((node, from, char)) if walk.reach(node, from, char) => node,
                    Some(_) => continue,
                    None => break,
                },
            };
            if count == 1
                && let Some(text) = walk.text_to(node)
            {
                return Walked::Found(text);
            }
            // Each automaton is asked for each character.
            let cost = (alphabet.order.len() * parts.len().max(1)) as u64;
            let Some(left) = budget.checked_sub(cost) else {
                return Walked::OutOfSteps;
            };
            *budget = left;
            let states = walk.states[node as usize].clone();
            let mut following = Vec::new();
            for class in &alphabet.order {
                let next: Box<[u32]> = states
                    .iter()
                    .zip(question.languages)
                    .zip(&members[usize::from(*class)])
                    .map(|((state, (language, _)), class)| language.next(*state, *class))
                    .collect();
                let letters = &alphabet.letters[usize::from(*class)];
                let Some(next) = walk.node(next) else {
                    continue;
                };
                following.push((*class, next));
                if !letters.is_readable() {
                    others.push_back((next, node, letters.first));
                } else if walk.reach(next, node, letters.first) {
                    readable.push_back(next);
                }
            }
            let at = node as usize;
            if edges.len() <= at {
                edges.resize_with(at + 1, Vec::new);
            }
            edges[at] = following;
        }
        edges.resize_with(walk.states.len(), Vec::new);
        let mut sources = vec![Vec::new(); edges.len()];
        for (from, row) in (0_u32..).zip(&edges) {
            for (_, to) in row {
                let sources: &mut Vec<u32> = &mut sources[*to as usize];
                if sources.last() != Some(&from) {
                    sources.push(from);
                }
            }
        }
        let mut graph = Graph {
            edges,
            sources,
            ends: walk.ends,
            ranges: walk.ranges,
            alphabet,
        };
        graph.trim();
        Walked::Whole(graph)
    }

    fn ends_at(&self, node: u32) -> &Ranges {
        &self.ranges[self.ends[node as usize] as usize]
    }

    /// Takes out edges to nodes from which no text of whatever length can end well.
    fn trim(&mut self) {
        let count = u32::try_from(self.edges.len()).unwrap_or(u32::MAX);
        let mut is_live = vec![false; self.edges.len()];
        let mut stack: Vec<u32> = (0..count)
            .filter(|node| !self.ends_at(*node).is_empty())
            .collect();
        for node in &stack {
            is_live[*node as usize] = true;
        }
        while let Some(node) = stack.pop() {
            for from in &self.sources[node as usize] {
                if !std::mem::replace(&mut is_live[*from as usize], true) {
                    stack.push(*from);
                }
            }
        }
        for row in &mut self.edges {
            row.retain(|(_, to)| is_live[*to as usize]);
        }
    }

    /// Looks for texts by their length, and says what is known about the others.
    fn texts(
        &self,
        excluded: &BTreeSet<Box<str>>,
        count: usize,
        found: &mut Vec<String>,
        budget: &mut u64,
    ) -> Rest {
        if self.edges.is_empty() || self.ranges.iter().all(Vec::is_empty) {
            return Rest::Empty;
        }
        let mut forward = Layers::new(vec![START]);
        let mut length = 0;
        while found.len() < count {
            match self.next_length(&mut forward, length, budget) {
                None => return Rest::Unknown(TOO_MANY_STEPS),
                Some(None) => return Rest::Empty,
                Some(Some(next)) => length = next,
            }
            if length > MAX_LENGTH {
                return Rest::Unknown(TOO_LONG);
            }
            if self
                .texts_of(length, excluded, count, found, budget)
                .is_none()
            {
                return Rest::Unknown(TOO_MANY_STEPS);
            }
            length += 1;
        }
        Rest::Unasked
    }

    /// The smallest length from `from` on with which a text can end. `None` when steps ran out.
    fn next_length(
        &self,
        forward: &mut Layers,
        from: u64,
        budget: &mut u64,
    ) -> Option<Option<u64>> {
        let mut length = from;
        let (start, period) = loop {
            if let Some((start, period)) = forward.repeats
                && length >= start + period
            {
                break (start, period);
            }
            let layer = forward.get(length, budget, |node| {
                self.edges[node as usize].iter().map(|(_, to)| *to)
            })?;
            if layer.is_empty() {
                return Some(None);
            }
            if layer.iter().any(|node| holds(self.ends_at(*node), length)) {
                return Some(Some(length));
            }
            length += 1;
        };
        // From here on node n is reached with the lengths of its layer plus whole periods.
        let mut best: Option<u64> = None;
        for at in start..start + period {
            let layer = &forward.layers[usize::try_from(at).ok()?];
            for (low, high) in layer.iter().flat_map(|node| self.ends_at(*node)) {
                let low = (*low).max(length);
                // The smallest at + k * period that is not below `low`, which is not below `at`.
                let short = (low - at).div_ceil(period).checked_mul(period);
                let next = short.and_then(|short| short.checked_add(at));
                if let Some(next) = next.filter(|next| next <= high) {
                    best = Some(best.map_or(next, |best| best.min(next)));
                }
            }
        }
        Some(best)
    }

    /// Texts of exactly this length until there are enough, the most readable first. `None` when
    /// steps ran out.
    fn texts_of(
        &self,
        length: u64,
        excluded: &BTreeSet<Box<str>>,
        count: usize,
        found: &mut Vec<String>,
        budget: &mut u64,
    ) -> Option<()> {
        let nodes = u32::try_from(self.edges.len()).ok()?;
        let last = (0..nodes)
            .filter(|node| holds(self.ends_at(*node), length))
            .collect();
        let mut backward = Layers::new(last);
        // The way to the place that is looked at: at each node which edge and which of its
        // characters is next.
        let mut way: Vec<(u32, u32, u32)> = vec![(START, 0, 0)];
        let mut text: Vec<char> = Vec::new();
        while let Some((node, edge, letter)) = way.last_mut() {
            let left = length - text.len() as u64;
            // No way is walked in vain, and to write a character down is far less than to look along
            // an edge.
            if left.is_multiple_of(CHARS_PER_STEP) {
                *budget = budget.checked_sub(1)?;
            }
            if left == 0 {
                let word: String = text.iter().collect();
                if !excluded.contains(word.as_str()) {
                    found.push(word);
                    if found.len() >= count {
                        return Some(());
                    }
                }
                way.pop();
                text.pop();
                continue;
            }
            let Some((class, next)) = self.edges[*node as usize].get(*edge as usize) else {
                way.pop();
                text.pop();
                continue;
            };
            let leads = *letter > 0
                || backward
                    .get(left - 1, budget, |node| {
                        self.sources[node as usize].iter().copied()
                    })?
                    .binary_search(next)
                    .is_ok();
            let char = match leads {
                true => self.alphabet.letters[usize::from(*class)].get(*letter),
                false => None,
            };
            match char {
                Some(char) => {
                    *letter += 1;
                    text.push(char);
                    way.push((*next, 0, 0));
                }
                None => {
                    *edge += 1;
                    *letter = 0;
                }
            }
        }
        Some(())
    }
}

fn holds(ranges: &Ranges, length: u64) -> bool {
    ranges
        .iter()
        .any(|(low, high)| (*low..=*high).contains(&length))
}

/// A sequence of sets of nodes of which each determines the next.
struct Layers {
    layers: Vec<Box<[u32]>>,
    known: QuickMap<Box<[u32]>, u64>,
    /// From which layer on the sequence repeats itself, and after how many layers.
    repeats: Option<(u64, u64)>,
}

impl Layers {
    fn new(first: Vec<u32>) -> Self {
        let first: Box<[u32]> = first.into();
        Layers {
            known: QuickMap::from_iter([(first.clone(), 0)]),
            layers: vec![first],
            repeats: None,
        }
    }

    /// A layer by number. `None` when steps ran out.
    fn get<I: Iterator<Item = u32>>(
        &mut self,
        at: u64,
        budget: &mut u64,
        next: impl Fn(u32) -> I,
    ) -> Option<&[u32]> {
        while self.repeats.is_none() && self.layers.len() as u64 <= at {
            let last = &self.layers[self.layers.len() - 1];
            let mut layer: Vec<u32> = last.iter().flat_map(|node| next(*node)).collect();
            *budget = budget.checked_sub(layer.len() as u64 + 1)?;
            layer.sort_unstable();
            layer.dedup();
            let layer: Box<[u32]> = layer.into();
            let number = self.layers.len() as u64;
            match self.known.get(&layer) {
                Some(first) => self.repeats = Some((*first, number - first)),
                None => {
                    self.known.insert(layer.clone(), number);
                    self.layers.push(layer);
                }
            }
        }
        let at = match self.repeats {
            Some((first, period)) if at >= first => first + (at - first) % period,
            _ => at,
        };
        Some(&self.layers[usize::try_from(at).ok()?])
    }
}

/// The characters of each class, the readable ones first.
struct Alphabet {
    letters: Vec<Letters>,
    /// The classes, the most readable first.
    order: Vec<u16>,
}

struct Letters {
    first: char,
    readable: Vec<char>,
    /// All others, without a word about how they look.
    others: Vec<(u32, u32)>,
}

impl Letters {
    fn is_readable(&self) -> bool {
        !self.readable.is_empty()
    }

    fn get(&self, at: u32) -> Option<char> {
        let mut at = at as usize;
        if let Some(char) = self.readable.get(at) {
            return Some(*char);
        }
        at -= self.readable.len();
        for (from, to) in &self.others {
            let size = (to - from + 1) as usize;
            if at < size {
                return char::from_u32(from + u32::try_from(at).ok()?);
            }
            at -= size;
        }
        None
    }
}

impl Alphabet {
    fn new(partition: &Partition) -> Self {
        let mut letters: Vec<Letters> = (0..partition.count())
            .map(|_| Letters {
                first: ' ',
                readable: Vec::new(),
                others: Vec::new(),
            })
            .collect();
        for byte in READABLE {
            let char = char::from(*byte);
            letters[usize::from(partition.class(char))]
                .readable
                .push(char);
        }
        for (low, high) in OTHERS {
            for (from, to, class) in partition.runs() {
                let (from, to) = (from.max(low), to.min(high));
                if from <= to {
                    letters[usize::from(class)].others.push((from, to));
                }
            }
        }
        let rank = |letters: &Letters| match letters.readable.first() {
            Some(char) => READABLE
                .iter()
                .position(|byte| char::from(*byte) == *char)
                .unwrap_or(95),
            None => 95,
        };
        let mut order: Vec<u16> = (0..partition.count())
            .filter_map(|class| u16::try_from(class).ok())
            .collect();
        for letters in &mut letters {
            letters.first = letters.get(0).unwrap_or(' ');
        }
        order.sort_by_key(|class| rank(&letters[usize::from(*class)]));
        Alphabet { letters, order }
    }
}
