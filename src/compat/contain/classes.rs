//! Which shapes say the same: they share a class, whichever side they stand on.
//!
//! Shapes are taken in the order of what they use, so that a shape is known by what it says and the
//! classes of what it uses. Shapes that use each other are told apart by what they say to a growing
//! depth. Two shapes of one class accept the same values; two that do may have different classes.

use std::collections::HashMap;

use super::Travel;
use crate::schema::{Constraint, Decimal, Json, Kinds, Property, Shape, ShapeId, Shapes, Use};
use crate::text::Side;

/// A shape of either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node(pub(super) u32);

/// Shapes that say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Class(pub(super) u32);

/// The class of what accepts everything.
pub(super) const ANYTHING: Class = Class(0);

/// All shapes of both sides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) old: &'a Shapes,
    pub(super) new: &'a Shapes,
}

impl<'a> Both<'a> {
    pub(super) fn count(self) -> usize {
        self.old.shapes.len() + self.new.shapes.len()
    }

    pub(super) fn node(self, side: Side, shape: ShapeId) -> Node {
        let first = match side {
            Side::Old => 0,
            Side::New => index(self.old.shapes.len()),
        };
        Node(first + shape.0)
    }

    pub(super) fn side(self, node: Node) -> (Side, ShapeId) {
        let olds = index(self.old.shapes.len());
        match node.0.checked_sub(olds) {
            None => (Side::Old, ShapeId(node.0)),
            Some(shape) => (Side::New, ShapeId(shape)),
        }
    }

    pub(super) fn shape(self, node: Node) -> &'a Shape {
        match self.side(node) {
            (Side::Old, shape) => self.old.get(shape),
            (Side::New, shape) => self.new.get(shape),
        }
    }

    /// What a shape of the same side as `node` is.
    pub(super) fn beside(self, node: Node, shape: ShapeId) -> Node {
        self.node(self.side(node).0, shape)
    }
}

/// Whether a property is taken out on this way.
pub(super) fn is_taken_out(property: &Property, travel: Travel) -> bool {
    match travel {
        Travel::Request => property.is_read_only,
        Travel::Response => property.is_write_only,
        Travel::Plain => false,
    }
}

/// The class of every shape.
#[derive(Debug)]
pub(super) struct Classes {
    of: Vec<Class>,
    first: Vec<Node>,
    /// Shapes that apply themselves to the same value, in order.
    circular: Vec<Node>,
}

impl Classes {
    pub(super) fn of(&self, node: Node) -> Class {
        self.of[node.0 as usize]
    }

    /// A shape of the class.
    pub(super) fn first(&self, class: Class) -> Option<Node> {
        let node = self.first[class.0 as usize];
        (node != NOBODY).then_some(node)
    }

    pub(super) fn count(&self) -> usize {
        self.first.len()
    }

    /// Whether the shape applies itself to the same value, on whatever way in place.
    pub(super) fn is_circular(&self, node: Node) -> bool {
        !self.circular.is_empty() && self.circular.binary_search(&node).is_ok()
    }

    pub(super) fn new(both: Both<'_>, travel: Travel) -> Self {
        let circular = circular(both);
        let edges = Edges::new(both, travel, &circular);
        let mut names = Names::default();
        let mut known: HashMap<Box<[u32]>, Class> = HashMap::new();
        known.insert(Box::default(), ANYTHING);
        let mut classes = Classes {
            of: vec![UNSEEN; both.count()],
            first: vec![NOBODY],
            circular,
        };
        let mut text = Vec::new();
        for group in edges.groups() {
            let [node] = group[..] else {
                classes.add_group(&group, both, travel, &mut names, &mut known);
                continue;
            };
            if edges.of(node).contains(&node.0) {
                classes.add_group(&group, both, travel, &mut names, &mut known);
                continue;
            }
            if classes.is_circular(node) || is_lost(both.shape(node)) {
                classes.enter(node, &[LOST, node.0], &mut known);
                continue;
            }
            let shape = both.shape(node);
            if let [only] = &*shape.constraints
                && let Constraint::AllOf(parts) = &only.node
                && let [part] = &**parts
            {
                classes.of[node.0 as usize] = classes.of(both.beside(node, part.shape));
                continue;
            }
            names.write(shape, travel, &mut text, &mut |used| {
                classes.of(both.beside(node, used)).0
            });
            classes.enter(node, &text, &mut known);
        }
        classes
    }

    fn enter(&mut self, node: Node, text: &[u32], known: &mut HashMap<Box<[u32]>, Class>) {
        let class = match known.get(text) {
            Some(class) => *class,
            None => {
                let class = Class(index(self.first.len()));
                self.first.push(node);
                known.insert(text.into(), class);
                class
            }
        };
        self.of[node.0 as usize] = class;
    }

    /// Gives classes to shapes that use each other.
    fn add_group<'a>(
        &mut self,
        group: &[Node],
        both: Both<'a>,
        travel: Travel,
        names: &mut Names<'a>,
        known: &mut HashMap<Box<[u32]>, Class>,
    ) {
        let inside: HashMap<Node, usize> =
            group.iter().enumerate().map(|(at, n)| (*n, at)).collect();
        let mut colors = vec![0_u32; group.len()];
        let mut count = 0;
        let mut text = Vec::new();
        let is_lost = |node: &Node| is_lost(both.shape(*node));
        if group.iter().any(is_lost) {
            for node in group {
                self.enter(*node, &[LOST, node.0], known);
            }
            return;
        }
        for round in 0..GROUP_ROUNDS {
            let next: Vec<u32> = group
                .iter()
                .map(|node| {
                    names.write(both.shape(*node), travel, &mut text, &mut |used| {
                        let used = both.beside(*node, used);
                        match inside.get(&used) {
                            Some(at) => COLOR | colors[*at],
                            None => self.of(used).0,
                        }
                    });
                    text.extend([GROUP, round]);
                    names.list(&text)
                })
                .collect();
            let mut different = next.clone();
            different.sort_unstable();
            different.dedup();
            colors = next;
            if different.len() == count || different.len() == group.len() {
                // One round more than needed tells the same of both groups that are alike: equal
                // sets of colors before and after mean that the two split each other no further.
                let whole = names.list(&different);
                for (node, color) in group.iter().zip(&colors) {
                    self.enter(*node, &[GROUP, round, whole, *color], known);
                }
                return;
            }
            count = different.len();
        }
        for node in group {
            self.enter(*node, &[GROUP, u32::MAX, node.0], known);
        }
    }
}

/// The keyword of a reference.
pub(super) const REFERENCE: &str = "$ref";

/// Whether a constraint is a reference that leads nowhere, or nobody knows where: what two of them
/// accept is not the same because they are written alike.
pub(super) fn leads_nowhere(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::Opaque { keyword, .. } => {
            [REFERENCE, "$dynamicRef", "$recursiveRef"].contains(&&**keyword)
        }
        _ => false,
    }
}

fn is_lost(shape: &Shape) -> bool {
    let mut constraints = shape.constraints.iter();
    constraints.any(|constraint| leads_nowhere(&constraint.node))
}

/// Shapes that apply themselves to the same value, in order.
fn circular(both: Both<'_>) -> Vec<Node> {
    let edges = Edges::from(both, &[], &mut in_place);
    let mut circular: Vec<Node> = edges
        .groups()
        .into_iter()
        .filter(|group| group.len() > 1 || edges.of(group[0]).contains(&group[0].0))
        .flatten()
        .collect();
    circular.sort_unstable();
    circular
}

/// Rounds after which shapes that use each other are no longer compared and stay strangers.
const GROUP_ROUNDS: u32 = 64;
const UNSEEN: Class = Class(u32::MAX);
const NOBODY: Node = Node(u32::MAX);
/// Marks what is known by a color, and texts about groups.
const COLOR: u32 = 1 << 31;
const GROUP: u32 = u32::MAX;
/// Marks what is like nothing else.
const LOST: u32 = u32::MAX - 1;

pub(super) fn index(count: usize) -> u32 {
    u32::try_from(count).expect("shapes are bounded by the size of a document")
}

// === What a shape says, as numbers ===

#[derive(Debug, Default)]
struct Names<'a> {
    texts: HashMap<&'a str, u32>,
    values: HashMap<&'a Json, u32>,
    numbers: HashMap<Decimal, u32>,
    lists: HashMap<Box<[u32]>, u32>,
    parts: Vec<Vec<u32>>,
}

impl<'a> Names<'a> {
    fn text(&mut self, text: &'a str) -> u32 {
        let next = index(self.texts.len());
        *self.texts.entry(text).or_insert(next)
    }

    fn value(&mut self, value: &'a Json) -> u32 {
        let next = index(self.values.len());
        *self.values.entry(value).or_insert(next)
    }

    fn number(&mut self, number: Decimal) -> u32 {
        let next = index(self.numbers.len());
        *self.numbers.entry(number).or_insert(next)
    }

    fn list(&mut self, list: &[u32]) -> u32 {
        let next = index(self.lists.len());
        if let Some(known) = self.lists.get(list) {
            return *known;
        }
        self.lists.insert(list.into(), next);
        next
    }

    /// What a shape says: a list for each constraint, in a fixed order.
    fn write(
        &mut self,
        shape: &'a Shape,
        travel: Travel,
        text: &mut Vec<u32>,
        class: &mut dyn FnMut(ShapeId) -> u32,
    ) {
        text.clear();
        let mut parts = std::mem::take(&mut self.parts);
        let mut used = 0;
        for constraint in &shape.constraints {
            if parts.len() == used {
                parts.push(Vec::new());
            }
            parts[used].clear();
            self.constraint(&constraint.node, travel, &mut parts[used], class);
            used += usize::from(!parts[used].is_empty());
        }
        parts[..used].sort_unstable();
        for part in &parts[..used] {
            text.push(index(part.len()));
            text.extend_from_slice(part);
        }
        self.parts = parts;
    }

    fn constraint(
        &mut self,
        constraint: &'a Constraint,
        travel: Travel,
        text: &mut Vec<u32>,
        class: &mut dyn FnMut(ShapeId) -> u32,
    ) {
        let sorted = |text: &mut Vec<u32>, from: usize| text[from..].sort_unstable();
        match constraint {
            Constraint::Never => text.push(1),
            Constraint::Kinds(Kinds::ALL) => {}
            Constraint::Kinds(kinds) => text.extend([2, u32::from(kinds.0)]),
            Constraint::OneOfValues(values) => {
                text.push(3);
                for value in values {
                    let value = self.value(&value.node);
                    text.push(value);
                }
                sorted(text, 1);
                text.dedup();
            }
            Constraint::Minimum(bound) => {
                text.extend([4, self.number(bound.value), u32::from(bound.is_exclusive)]);
            }
            Constraint::Maximum(bound) => {
                text.extend([5, self.number(bound.value), u32::from(bound.is_exclusive)]);
            }
            Constraint::MultipleOf(of) => text.extend([6, self.number(*of)]),
            Constraint::MinLength(0) | Constraint::MinItems(0) | Constraint::MinProperties(0) => {}
            Constraint::MinLength(n) => wide(text, 7, *n),
            Constraint::MaxLength(n) => wide(text, 8, *n),
            Constraint::Pattern(pattern) => text.extend([9, self.text(pattern)]),
            Constraint::Format(format) => text.extend([10, self.text(format)]),
            Constraint::MinItems(n) => wide(text, 11, *n),
            Constraint::MaxItems(n) => wide(text, 12, *n),
            Constraint::UniqueItems => text.push(13),
            Constraint::PrefixItems(uses) => {
                text.push(14);
                text.extend(uses.iter().map(|one| class(one.shape)));
            }
            Constraint::Items(one) => text.extend([15, class(one.shape)]),
            Constraint::Contains { shape, min, max } => {
                text.extend([16, class(shape.shape), u32::from(max.is_some())]);
                wide(text, 16, *min);
                wide(text, 16, max.unwrap_or(0));
            }
            Constraint::MinProperties(n) => wide(text, 17, *n),
            Constraint::MaxProperties(n) => wide(text, 18, *n),
            Constraint::Required(names) => {
                text.push(19);
                for name in names {
                    let name = self.text(&name.node);
                    text.push(name);
                }
                sorted(text, 1);
                if text.len() == 1 {
                    text.clear();
                }
            }
            Constraint::Properties(properties) => {
                let mut rows: Vec<[u32; 2]> = properties
                    .iter()
                    .map(|property| {
                        let value = match is_taken_out(property, travel) {
                            true => u32::MAX,
                            false => class(property.value.shape),
                        };
                        [self.text(&property.name.node), value]
                    })
                    .collect();
                rows.sort_unstable();
                text.push(20);
                text.extend(rows.into_iter().flatten());
            }
            Constraint::PatternProperties(rows) => {
                text.push(21);
                let mut rows: Vec<[u32; 2]> = rows
                    .iter()
                    .map(|(pattern, value)| [self.text(&pattern.node), class(value.shape)])
                    .collect();
                rows.sort_unstable();
                text.extend(rows.into_iter().flatten());
            }
            Constraint::AdditionalProperties(one) => text.extend([22, class(one.shape)]),
            Constraint::PropertyNames(one) => text.extend([23, class(one.shape)]),
            Constraint::DependentRequired(rows) => {
                text.push(24);
                for (name, needed) in rows {
                    text.extend([self.text(&name.node), index(needed.len())]);
                    for name in needed {
                        let name = self.text(&name.node);
                        text.push(name);
                    }
                }
            }
            Constraint::DependentSchemas(rows) => {
                text.push(25);
                for (name, one) in rows {
                    text.extend([self.text(&name.node), class(one.shape)]);
                }
            }
            Constraint::UnevaluatedProperties(one) => text.extend([26, class(one.shape)]),
            Constraint::UnevaluatedItems(one) => text.extend([27, class(one.shape)]),
            Constraint::AllOf(uses) => {
                text.push(28);
                text.extend(uses.iter().map(|one| class(one.shape)));
                sorted(text, 1);
            }
            Constraint::AnyOf(uses) => {
                text.push(29);
                text.extend(uses.iter().map(|one| class(one.shape)));
                sorted(text, 1);
            }
            Constraint::OneOf(uses) => {
                text.push(30);
                text.extend(uses.iter().map(|one| class(one.shape)));
                sorted(text, 1);
            }
            Constraint::Not(one) => text.extend([31, class(one.shape)]),
            Constraint::If {
                test,
                then,
                otherwise,
            } => {
                text.extend([32, class(test.shape)]);
                for one in [then, otherwise] {
                    text.push(one.map_or(u32::MAX - 1, |one| class(one.shape)));
                }
            }
            Constraint::Opaque {
                keyword,
                text: what,
                ..
            } => text.extend([33, self.text(keyword), self.text(what)]),
        }
    }
}

fn wide(text: &mut Vec<u32>, tag: u32, number: u64) {
    let low = u32::try_from(number & u64::from(u32::MAX)).unwrap_or(0);
    let high = u32::try_from(number >> 32).unwrap_or(0);
    text.extend([tag, low, high]);
}

/// Everything that a constraint refers to.
pub(super) fn uses(constraint: &Constraint, travel: Travel, take: &mut dyn FnMut(&Use)) {
    match constraint {
        Constraint::PrefixItems(uses)
        | Constraint::AllOf(uses)
        | Constraint::AnyOf(uses)
        | Constraint::OneOf(uses) => uses.iter().for_each(take),
        Constraint::Items(one)
        | Constraint::Contains { shape: one, .. }
        | Constraint::AdditionalProperties(one)
        | Constraint::PropertyNames(one)
        | Constraint::UnevaluatedProperties(one)
        | Constraint::UnevaluatedItems(one)
        | Constraint::Not(one) => take(one),
        Constraint::Properties(properties) => properties
            .iter()
            .filter(|property| !is_taken_out(property, travel))
            .for_each(|property| take(&property.value)),
        Constraint::PatternProperties(rows) | Constraint::DependentSchemas(rows) => {
            rows.iter().for_each(|(_, one)| take(one));
        }
        Constraint::If {
            test,
            then,
            otherwise,
        } => {
            take(test);
            then.iter().chain(otherwise).for_each(take);
        }
        Constraint::Never
        | Constraint::Kinds(_)
        | Constraint::OneOfValues(_)
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
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_)
        | Constraint::Required(_)
        | Constraint::DependentRequired(_)
        | Constraint::Opaque { .. } => {}
    }
}

/// What a constraint applies to the value itself.
pub(super) fn in_place(constraint: &Constraint, take: &mut dyn FnMut(&Use)) {
    match constraint {
        Constraint::AllOf(_)
        | Constraint::AnyOf(_)
        | Constraint::OneOf(_)
        | Constraint::Not(_)
        | Constraint::If { .. }
        | Constraint::DependentSchemas(_) => uses(constraint, Travel::Plain, take),
        _ => {}
    }
}

// === Shapes that use each other ===

/// Who uses whom.
struct Edges {
    ends: Vec<u32>,
    to: Vec<u32>,
}

impl Edges {
    fn new(both: Both<'_>, travel: Travel, without: &[Node]) -> Self {
        Edges::from(both, without, &mut |constraint, take| {
            uses(constraint, travel, take)
        })
    }

    /// The edges of some constraints, but none from the shapes that are left out.
    fn from(
        both: Both<'_>,
        without: &[Node],
        walk: &mut dyn FnMut(&Constraint, &mut dyn FnMut(&Use)),
    ) -> Self {
        let mut edges = Edges {
            ends: Vec::with_capacity(both.count() + 1),
            to: Vec::with_capacity(both.count() * 2),
        };
        edges.ends.push(0);
        for at in 0..index(both.count()) {
            let node = Node(at);
            if without.is_empty() || without.binary_search(&node).is_err() {
                for constraint in &both.shape(node).constraints {
                    walk(&constraint.node, &mut |one| {
                        edges.to.push(both.beside(node, one.shape).0);
                    });
                }
            }
            edges.ends.push(index(edges.to.len()));
        }
        edges
    }

    fn of(&self, node: Node) -> &[u32] {
        let at = node.0 as usize;
        &self.to[self.ends[at] as usize..self.ends[at + 1] as usize]
    }

    /// Strongly connected groups, those that are used first (Tarjan, without a deep stack).
    fn groups(&self) -> Vec<Vec<Node>> {
        const FRESH: u32 = u32::MAX;
        let count = self.ends.len() - 1;
        let mut order = vec![FRESH; count];
        let mut low = vec![0_u32; count];
        let mut is_open = vec![false; count];
        let mut open = Vec::new();
        let mut walk: Vec<(u32, u32)> = Vec::new();
        let mut groups = Vec::new();
        let mut next = 0;
        for start in 0..index(count) {
            if order[start as usize] != FRESH {
                continue;
            }
            walk.push((start, 0));
            while let Some((at, edge)) = walk.pop() {
                let here = at as usize;
                if edge == 0 {
                    order[here] = next;
                    low[here] = next;
                    next += 1;
                    open.push(Node(at));
                    is_open[here] = true;
                }
                let edges = self.of(Node(at));
                match edges.get(edge as usize) {
                    Some(to) => {
                        walk.push((at, edge + 1));
                        let there = *to as usize;
                        if order[there] == FRESH {
                            walk.push((*to, 0));
                        } else if is_open[there] {
                            low[here] = low[here].min(order[there]);
                        }
                    }
                    None => {
                        if low[here] == order[here] {
                            let from = open
                                .iter()
                                .rposition(|node| node.0 == at)
                                .expect("a group closes at one of its own, which is still open");
                            let group = open.split_off(from);
                            for node in &group {
                                is_open[node.0 as usize] = false;
                            }
                            groups.push(group);
                        }
                        if let Some((user, _)) = walk.last() {
                            let user = *user as usize;
                            low[user] = low[user].min(low[here]);
                        }
                    }
                }
            }
        }
        groups
    }
}
