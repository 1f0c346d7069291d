//! What is known about the shapes of both sides on one way, and does not change with the questions.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use super::budget::QUICK_DEPTH;
use super::classes::{Both, Class, Classes, Node, REFERENCE, in_place, is_taken_out};
use super::lit::Why;
use super::mistake::Mistake;
use super::number;
use super::text::Language;
use super::{Reading, Sided, Step, Travel};
use crate::schema::{Constraint, Json, Kinds, Property, ShapeId, Use};
use crate::text::{RelPath, Side, SourceMap, Span, Spanned};

/// Who a shape speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Role {
    Writer,
    Reader,
}

/// A constraint of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Spot {
    pub(super) node: Node,
    pub(super) at: u32,
}

/// A pattern, or why nothing can be computed with it.
type Read = Result<Arc<Language>, Why>;

/// Listed values, each with the number of branches that list it.
type Listed<'a> = Rc<BTreeMap<&'a Json, u32>>;

/// What is known without any question.
#[derive(Debug)]
pub(super) struct Core<'a> {
    pub(super) both: Both<'a>,
    pub(super) travel: Travel,
    pub(super) reading: Reading,
    pub(super) classes: Classes,
    quick: Vec<OnceCell<Rc<Quick<'a>>>>,
    declared: Vec<OnceCell<Rc<Declared<'a>>>>,
    required: RefCell<HashMap<Spot, Rc<BTreeSet<&'a str>>>>,
    layouts: RefCell<HashMap<Node, Rc<Layout<'a>>>>,
    languages: RefCell<HashMap<&'a str, Read>>,
    enums: RefCell<HashMap<Spot, Rc<BTreeSet<&'a Json>>>>,
    partners: RefCell<HashMap<(Spot, u32), Rc<[u32]>>>,
    listed_by: RefCell<HashMap<Spot, Option<Listed<'a>>>>,
    /// Classes that are being looked at, as a shape may apply itself in place.
    busy: RefCell<BTreeSet<Class>>,
    #[cfg(test)]
    mistake: Option<Mistake>,
}

/// What is seen of a class at a glance. All of it errs on the side of "it might".
#[derive(Debug, Default)]
pub(super) struct Quick<'a> {
    /// Kinds of which it may accept a value.
    pub(super) accepts: Kinds0,
    /// Kinds of which it may refuse a value.
    pub(super) refuses: Kinds0,
    /// Names that every object it accepts has, with all that their values may be.
    pub(super) fixed: Vec<(&'a str, Rc<BTreeSet<&'a Json>>)>,
    /// All that a value may be, when that is a short list.
    pub(super) values: Option<Rc<BTreeSet<&'a Json>>>,
}

/// Kinds that are none unless said otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kinds0(pub(super) Kinds);

impl Default for Kinds0 {
    fn default() -> Self {
        Kinds0(Kinds(0))
    }
}

/// What a shape and all that it applies in place declare.
#[derive(Debug, Default)]
pub(super) struct Declared<'a> {
    /// Names, and whether they are taken out on this way.
    pub(super) names: BTreeMap<&'a str, bool>,
    pub(super) patterns: BTreeSet<&'a str>,
    /// Whether a rest is written.
    pub(super) has_rest: bool,
    /// Whether names may be sent that it does not declare, as a rest is written or they are required.
    pub(super) sends_more: bool,
}

/// The parts of one shape that speak of names.
#[derive(Debug, Default)]
pub(super) struct Layout<'a> {
    properties: BTreeMap<&'a str, &'a Property>,
    pub(super) patterns: Vec<(&'a str, Use)>,
    pub(super) additional: Option<Use>,
    pub(super) unevaluated: Option<Use>,
}

impl<'a> Layout<'a> {
    pub(super) fn property(&self, name: &str) -> Option<&'a Property> {
        self.properties.get(name).copied()
    }

    /// How many names are declared one by one.
    pub(super) fn count(&self) -> usize {
        self.properties.len()
    }

    /// The names that are declared one by one.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.properties.keys().copied()
    }
}

impl<'a> Core<'a> {
    pub(super) fn new(both: Both<'a>, travel: Travel, reading: Reading) -> Self {
        let classes = Classes::new(both, travel);
        Core {
            both,
            travel,
            reading,
            quick: vec![OnceCell::new(); classes.count()],
            declared: vec![OnceCell::new(); classes.count()],
            required: RefCell::default(),
            classes,
            layouts: RefCell::default(),
            languages: RefCell::default(),
            enums: RefCell::default(),
            partners: RefCell::default(),
            listed_by: RefCell::default(),
            busy: RefCell::default(),
            #[cfg(test)]
            mistake: None,
        }
    }

    #[cfg(test)]
    pub(super) fn mistaken(mut self, mistake: Option<Mistake>) -> Self {
        self.mistake = mistake;
        self
    }

    /// Whether this mistake is made; never outside of tests.
    #[cfg_attr(
        not(test),
        expect(clippy::unused_self, reason = "tests plant mistakes")
    )]
    pub(super) fn makes(&self, mistake: Mistake) -> bool {
        #[cfg(test)]
        let planted = self.mistake;
        #[cfg(not(test))]
        let planted: Option<Mistake> = None;
        planted == Some(mistake)
    }

    pub(super) fn constraints(&self, node: Node) -> &'a [Spanned<Constraint>] {
        match self.classes.is_circular(node) {
            true => std::slice::from_ref(&*CIRCULAR),
            false => &self.both.shape(node).constraints,
        }
    }

    /// The constraint, unless it is the one that closes an object and is written nowhere.
    pub(super) fn constraint(&self, spot: Spot) -> Option<&'a Constraint> {
        self.constraints(spot.node)
            .get(spot.at as usize)
            .map(|constraint| &constraint.node)
    }

    pub(super) fn beside(&self, node: Node, used: &Use) -> Node {
        self.both.beside(node, used.shape)
    }

    pub(super) fn class(&self, shape: Sided) -> Class {
        self.classes.of(self.both.node(shape.side, shape.shape))
    }

    /// The class of what is used by `node`.
    pub(super) fn used(&self, node: Node, used: &Use) -> Class {
        self.classes.of(self.beside(node, used))
    }

    pub(super) fn side(&self, node: Node) -> (Side, ShapeId) {
        self.both.side(node)
    }

    /// Whether a closed reading closes objects of this class where it is the outermost.
    pub(super) fn is_closable(&self, class: Class) -> bool {
        if self.reading != Reading::Closed {
            return false;
        }
        let declared = self.declared(class);
        let declares = !declared.names.is_empty() || !declared.patterns.is_empty();
        declares && !declared.has_rest
    }

    pub(super) fn language(&self, pattern: &'a str) -> Read {
        let mut languages = self.languages.borrow_mut();
        let known = languages
            .entry(pattern)
            .or_insert_with(|| Language::parse(pattern).map(Arc::new));
        known.clone()
    }

    /// Whether a text matches; `None` when the pattern cannot be read.
    pub(super) fn is_match(&self, pattern: &'a str, text: &str) -> Option<bool> {
        let language = self.language(pattern).ok()?;
        Some(language.is_match(text))
    }

    pub(super) fn is_listed(&self, spot: Spot, values: &'a [Spanned<Json>], value: &Json) -> bool {
        if values.len() < 16 {
            return values.iter().any(|listed| listed.node == *value);
        }
        let mut enums = self.enums.borrow_mut();
        enums
            .entry(spot)
            .or_insert_with(|| Rc::new(values.iter().map(|listed| &listed.node).collect()))
            .contains(value)
    }

    pub(super) fn layout(&self, node: Node) -> Rc<Layout<'a>> {
        if let Some(known) = self.layouts.borrow().get(&node) {
            return Rc::clone(known);
        }
        let mut layout = Layout::default();
        for constraint in self.constraints(node) {
            match &constraint.node {
                Constraint::Properties(properties) => {
                    for property in properties {
                        layout.properties.insert(&property.name.node, property);
                    }
                }
                Constraint::PatternProperties(rows) => {
                    let rows = rows.iter().map(|(pattern, one)| (&*pattern.node, *one));
                    layout.patterns.extend(rows);
                }
                Constraint::AdditionalProperties(one) => layout.additional = Some(*one),
                Constraint::UnevaluatedProperties(one) => layout.unevaluated = Some(*one),
                _ => {}
            }
        }
        let layout = Rc::new(layout);
        self.layouts.borrow_mut().insert(node, Rc::clone(&layout));
        layout
    }

    /// The branches behind one that a value which satisfies it may satisfy, too.
    pub(super) fn partners(&self, spot: Spot, branches: &[Use], at: u32) -> Rc<[u32]> {
        if let Some(known) = self.partners.borrow().get(&(spot, at)) {
            return Rc::clone(known);
        }
        let quick = |branch: &Use| self.quick(self.used(spot.node, branch));
        let one = quick(&branches[at as usize]);
        let may_be_both = |other: &Use| {
            let other = quick(other);
            let shared = one.accepts.0.and(other.accepts.0);
            let is_apart_by_values = match (&one.values, &other.values) {
                (Some(values), Some(others)) => values.is_disjoint(others),
                _ => false,
            };
            !(shared.is_empty()
                || is_apart_by_values
                || (shared == Kinds::OBJECT && is_apart(&one.fixed, &other.fixed)))
        };
        let others = (0..).zip(branches).skip(at as usize + 1);
        let partners: Rc<[u32]> = others
            .filter(|(_, other)| may_be_both(other))
            .map(|(other, _)| other)
            .collect();
        self.partners
            .borrow_mut()
            .insert((spot, at), Rc::clone(&partners));
        partners
    }

    /// The values of a union all branches of which only list values.
    pub(super) fn listed_by(&self, spot: Spot, branches: &[Use]) -> Option<Listed<'a>> {
        if let Some(known) = self.listed_by.borrow().get(&spot) {
            return known.clone();
        }
        let mut counts: Option<BTreeMap<&'a Json, u32>> = Some(BTreeMap::new());
        for branch in branches {
            let node = self.classes.first(self.used(spot.node, branch));
            let values = node.and_then(|node| match self.constraints(node) {
                [
                    Spanned {
                        node: Constraint::OneOfValues(values),
                        ..
                    },
                ] => Some(values),
                _ => None,
            });
            let (Some(values), Some(known)) = (values, &mut counts) else {
                counts = None;
                break;
            };
            let distinct: BTreeSet<&'a Json> = values.iter().map(|value| &value.node).collect();
            for value in distinct {
                *known.entry(value).or_insert(0) += 1;
            }
        }
        let counts = counts.map(Rc::new);
        self.listed_by.borrow_mut().insert(spot, counts.clone());
        counts
    }

    /// Whether a list of required names holds this one.
    pub(super) fn requires(&self, spot: Spot, name: &str) -> bool {
        let Some(Constraint::Required(names)) = self.constraint(spot) else {
            return false;
        };
        if names.len() < 16 {
            return names.iter().any(|one| *one.node == *name);
        }
        let mut required = self.required.borrow_mut();
        required
            .entry(spot)
            .or_insert_with(|| Rc::new(names.iter().map(|name| &*name.node).collect()))
            .contains(name)
    }

    /// What a shape of the class and all that it applies in place declare.
    pub(super) fn declared(&self, class: Class) -> Rc<Declared<'a>> {
        let cell = &self.declared[class.0 as usize];
        let declared = cell.get_or_init(|| {
            let node = self.classes.first(class);
            Rc::new(node.map_or_else(Declared::default, |node| self.gather(node)))
        });
        Rc::clone(declared)
    }

    // === At a glance ===

    pub(super) fn quick(&self, class: Class) -> Rc<Quick<'a>> {
        self.glance(class, 0)
    }

    fn glance(&self, class: Class, depth: u32) -> Rc<Quick<'a>> {
        let cell = &self.quick[class.0 as usize];
        if let Some(known) = cell.get() {
            return Rc::clone(known);
        }
        let Some(node) = self.classes.first(class) else {
            return Rc::new(Quick {
                accepts: Kinds0(Kinds::ALL),
                ..Quick::default()
            });
        };
        if depth > QUICK_DEPTH || !self.busy.borrow_mut().insert(class) {
            return Rc::new(Quick {
                accepts: Kinds0(Kinds::ALL),
                refuses: Kinds0(Kinds::ALL),
                ..Quick::default()
            });
        }
        let mut seen = self.look(node, depth);
        seen.fixed.truncate(MOST_FIXED);
        self.busy.borrow_mut().remove(&class);
        Rc::clone(cell.get_or_init(|| Rc::new(seen)))
    }

    fn look(&self, node: Node, depth: u32) -> Quick<'a> {
        let inner = |one: &Use| self.glance(self.used(node, one), depth + 1);
        let mut accepts = Kinds::ALL;
        let mut refuses = Kinds(0);
        let mut fixed: Vec<(&'a str, Rc<BTreeSet<&'a Json>>)> = Vec::new();
        for constraint in self.constraints(node) {
            let (takes, bars) = match &constraint.node {
                Constraint::Never => (Kinds(0), Kinds::ALL),
                Constraint::Kinds(kinds) => (*kinds, Kinds::ALL.without(*kinds)),
                Constraint::OneOfValues(values) => {
                    let kinds = values
                        .iter()
                        .fold(Kinds(0), |kinds, value| kinds.with(kind_of(&value.node)));
                    (kinds, Kinds::ALL)
                }
                Constraint::AllOf(uses) => {
                    uses.iter()
                        .fold((Kinds::ALL, Kinds(0)), |(takes, bars), one| {
                            let one = inner(one);
                            fixed.extend(one.fixed.iter().cloned());
                            (takes.and(one.accepts.0), bars.with(one.refuses.0))
                        })
                }
                Constraint::AnyOf(uses) => {
                    uses.iter()
                        .fold((Kinds(0), Kinds::ALL), |(takes, bars), one| {
                            let one = inner(one);
                            (takes.with(one.accepts.0), bars.and(one.refuses.0))
                        })
                }
                Constraint::OneOf(uses) => {
                    let takes = uses
                        .iter()
                        .fold(Kinds(0), |takes, one| takes.with(inner(one).accepts.0));
                    (takes, Kinds::ALL)
                }
                Constraint::Not(one) => {
                    let one = inner(one);
                    (one.refuses.0, one.accepts.0)
                }
                Constraint::If { .. } | Constraint::Opaque { .. } => (Kinds::ALL, Kinds::ALL),
                other => (Kinds::ALL, concerns(other)),
            };
            accepts = accepts.and(takes);
            refuses = refuses.with(bars);
        }
        self.look_for_fixed(node, &mut fixed);
        Quick {
            accepts: Kinds0(accepts),
            refuses: Kinds0(refuses),
            fixed,
            values: self.listed(node, 0).map(Rc::new),
        }
    }

    fn look_for_fixed(&self, node: Node, fixed: &mut Vec<(&'a str, Rc<BTreeSet<&'a Json>>)>) {
        let required = self
            .constraints(node)
            .iter()
            .filter_map(|one| match &one.node {
                Constraint::Required(names) => Some(names),
                _ => None,
            });
        let layout = self.layout(node);
        for name in required.flatten() {
            if let Some(property) = layout.property(&name.node)
                && !is_taken_out(property, self.travel)
                && let Some(values) = self.listed(self.beside(node, &property.value), 0)
            {
                fixed.push((&property.name.node, Rc::new(values)));
            }
        }
    }

    /// All that a value may be, when that is a short list.
    fn listed(&self, node: Node, depth: u32) -> Option<BTreeSet<&'a Json>> {
        const SHORT: usize = 64;
        self.constraints(node)
            .iter()
            .find_map(|one| match &one.node {
                Constraint::OneOfValues(values) if values.len() <= SHORT => {
                    Some(values.iter().map(|value| &value.node).collect())
                }
                Constraint::AllOf(uses) if depth < 8 => uses
                    .iter()
                    .find_map(|one| self.listed(self.beside(node, one), depth + 1)),
                _ => None,
            })
    }

    /// Whether a name has different fixed values in two objects if it is there, which tells people
    /// which of several shapes is meant.
    pub(super) fn is_loosely_apart(&self, one: Class, other: Class) -> bool {
        let values = |class: Class| {
            let mut values = Vec::new();
            if let Some(node) = self.classes.first(class) {
                for constraint in self.constraints(node) {
                    if let Constraint::Properties(properties) = &constraint.node {
                        for property in properties {
                            let inner = self.beside(node, &property.value);
                            if let Some(listed) = self.listed(inner, 0) {
                                values.push((&*property.name.node, Rc::new(listed)));
                            }
                        }
                    }
                }
            }
            values
        };
        is_apart(&values(one), &values(other))
    }

    /// The shape of this class that applies to a part of the values of a shape.
    pub(super) fn part(&self, start: Node, step: &Step, class: Class) -> Option<Node> {
        let mut seen = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            for constraint in self.constraints(node) {
                let mut found = None;
                let mut take = |one: &Use| {
                    let inner = self.beside(node, one);
                    if found.is_none() && self.classes.of(inner) == class {
                        found = Some(inner);
                    }
                };
                match (&constraint.node, step) {
                    (Constraint::Properties(properties), Step::Property(name)) => properties
                        .iter()
                        .filter(|property| property.name.node == *name)
                        .for_each(|property| take(&property.value)),
                    (Constraint::PatternProperties(rows), Step::Property(_)) => {
                        rows.iter().for_each(|(_, one)| take(one));
                    }
                    (
                        Constraint::AdditionalProperties(one)
                        | Constraint::UnevaluatedProperties(one),
                        Step::Property(_),
                    )
                    | (Constraint::Items(one) | Constraint::UnevaluatedItems(one), Step::Item(_)) => {
                        take(one)
                    }
                    (Constraint::PrefixItems(uses), Step::Item(at)) => {
                        uses.iter().skip(*at as usize).take(1).for_each(take);
                    }
                    (other, _) => in_place(other, &mut |one| {
                        let next = self.beside(node, one);
                        if seen.insert(next) {
                            open.push(next);
                        }
                    }),
                }
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    fn gather(&self, start: Node) -> Declared<'a> {
        let mut declared = Declared::default();
        let mut required: Vec<&'a str> = Vec::new();
        let mut seen = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            for constraint in self.constraints(node) {
                match &constraint.node {
                    Constraint::Properties(properties) => {
                        for property in properties {
                            let is_out = is_taken_out(property, self.travel);
                            *declared.names.entry(&property.name.node).or_insert(false) |= is_out;
                        }
                    }
                    Constraint::PatternProperties(rows) => {
                        let patterns = rows.iter().map(|(pattern, _)| &*pattern.node);
                        declared.patterns.extend(patterns);
                    }
                    Constraint::AdditionalProperties(_) | Constraint::UnevaluatedProperties(_) => {
                        declared.has_rest = true;
                    }
                    Constraint::Required(names) => {
                        required.extend(names.iter().map(|name| &*name.node));
                    }
                    other => in_place(other, &mut |one| {
                        let next = self.beside(node, one);
                        if seen.insert(next) {
                            open.push(next);
                        }
                    }),
                }
            }
        }
        let is_undeclared = |name: &&str| !declared.names.contains_key(name);
        declared.sends_more = declared.has_rest || required.iter().any(is_undeclared);
        declared
    }
}

/// What stands for a shape that applies itself to the same value: whether a value satisfies it has no
/// answer, or any.
static CIRCULAR: LazyLock<Spanned<Constraint>> = LazyLock::new(|| {
    let constraint = Constraint::Opaque {
        keyword: REFERENCE.into(),
        text: "".into(),
        why: "the schema applies itself to the same value",
    };
    let nowhere = RelPath::new("nowhere").expect("a plain name is a path");
    let file = SourceMap::default().add(nowhere, Side::Old, "".into());
    Spanned::new(constraint, Span::new(file, 0, 0))
});

/// Most names with fixed values that a class is told by.
const MOST_FIXED: usize = 32;

/// Whether two objects cannot be one, as a name has a different value in each.
pub(super) fn is_apart(
    one: &[(&str, Rc<BTreeSet<&Json>>)],
    other: &[(&str, Rc<BTreeSet<&Json>>)],
) -> bool {
    one.iter().any(|(name, values)| {
        other
            .iter()
            .any(|(same, others)| name == same && values.is_disjoint(others))
    })
}

/// The kind of a value, one bit.
pub(super) fn kind_of(value: &Json) -> Kinds {
    match value {
        Json::Null => Kinds::NULL,
        Json::Bool(_) => Kinds::BOOL,
        Json::Number(number) if number.is_integer() => Kinds::INTEGER,
        Json::Number(_) => Kinds::FRACTION,
        Json::String(_) => Kinds::STRING,
        Json::Array(_) => Kinds::ARRAY,
        Json::Object(_) => Kinds::OBJECT,
    }
}

/// Kinds of which a constraint about one kind may refuse values.
pub(super) fn concerns(constraint: &Constraint) -> Kinds {
    match constraint {
        Constraint::Minimum(_) | Constraint::Maximum(_) | Constraint::MultipleOf(_) => {
            Kinds::NUMBER
        }
        Constraint::MinLength(0) | Constraint::MinItems(0) | Constraint::MinProperties(0) => {
            Kinds(0)
        }
        Constraint::MinLength(_) | Constraint::MaxLength(_) | Constraint::Pattern(_) => {
            Kinds::STRING
        }
        // The name tells which kind is meant.
        Constraint::Format(name) if number::format(name).is_some() => Kinds::NUMBER,
        Constraint::Format(_) => Kinds::STRING,
        Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::PrefixItems(_)
        | Constraint::Items(_)
        | Constraint::Contains { .. }
        | Constraint::UnevaluatedItems(_) => Kinds::ARRAY,
        Constraint::MinProperties(_)
        | Constraint::MaxProperties(_)
        | Constraint::Required(_)
        | Constraint::Properties(_)
        | Constraint::PatternProperties(_)
        | Constraint::AdditionalProperties(_)
        | Constraint::PropertyNames(_)
        | Constraint::DependentRequired(_)
        | Constraint::DependentSchemas(_)
        | Constraint::UnevaluatedProperties(_) => Kinds::OBJECT,
        Constraint::Never
        | Constraint::Kinds(_)
        | Constraint::OneOfValues(_)
        | Constraint::AllOf(_)
        | Constraint::AnyOf(_)
        | Constraint::OneOf(_)
        | Constraint::Not(_)
        | Constraint::If { .. }
        | Constraint::Opaque { .. } => Kinds::ALL,
    }
}
