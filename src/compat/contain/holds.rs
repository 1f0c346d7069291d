//! Does a value satisfy a shape? Word by word as JSON Schema 2020-12 has it, without any cleverness:
//! what the search finds is held to this.
//!
//! The answer is `None` when it hangs on something that nobody can decide.

use super::Travel;
use super::budget::{CHECK_DEPTH, COMPARED_BRANCHES};
use super::classes::{Node, is_taken_out};
use super::core::{Core, Role, Spot, concerns, kind_of};
use crate::schema::{Bound, Constraint, Decimal, Json, Property, Use};

/// A question about one value.
#[derive(Clone, Copy)]
struct Place<'v> {
    value: &'v Json,
    /// The outermost shape of the value.
    top: Node,
    role: Role,
    depth: u32,
}

impl<'a> Core<'a> {
    /// Whether the value satisfies the shape, as its outermost one.
    pub(super) fn holds(&self, node: Node, role: Role, value: &Json) -> Option<bool> {
        self.top(node, role, value, 0)
    }

    /// Whether the value satisfies the shape as one that is applied within another one.
    pub(super) fn holds_inside(&self, node: Node, role: Role, value: &Json) -> Option<bool> {
        let place = Place {
            value,
            top: node,
            role,
            depth: 0,
        };
        self.shape(node, place)
    }

    /// Whether the value satisfies one constraint.
    pub(super) fn holds_at(&self, spot: Spot, role: Role, value: &Json) -> Option<bool> {
        let place = Place {
            value,
            top: spot.node,
            role,
            depth: 0,
        };
        self.one(spot, place)
    }

    /// Whether something that applies in place and is satisfied looks at the name.
    pub(super) fn evaluates(
        &self,
        node: Node,
        role: Role,
        name: &str,
        value: &Json,
    ) -> Option<bool> {
        let place = Place {
            value,
            top: node,
            role,
            depth: 0,
        };
        self.is_evaluated(node, name, place)
    }

    fn top(&self, node: Node, role: Role, value: &Json, depth: u32) -> Option<bool> {
        if depth > CHECK_DEPTH {
            return None;
        }
        let place = Place {
            value,
            top: node,
            role,
            depth,
        };
        let inner = self.shape(node, place);
        if self.is_closable(self.classes.of(node)) {
            return and(inner, || self.is_closed(node, place));
        }
        inner
    }

    fn shape(&self, node: Node, place: Place<'_>) -> Option<bool> {
        if place.depth > CHECK_DEPTH {
            return None;
        }
        all((0..self.constraints(node).len()).map(|at| {
            let at = super::classes::index(at);
            move || self.one(Spot { node, at }, place)
        }))
    }

    fn is_closed(&self, node: Node, place: Place<'_>) -> Option<bool> {
        let Json::Object(entries) = place.value else {
            return Some(true);
        };
        all(entries
            .keys()
            .map(|name| move || self.is_evaluated(node, name, place)))
    }

    fn one(&self, spot: Spot, place: Place<'_>) -> Option<bool> {
        let Some(constraint) = self.constraint(spot) else {
            return self.is_closed(spot.node, place);
        };
        let node = spot.node;
        let kind = kind_of(place.value);
        if concerns(constraint).and(kind).is_empty() {
            return Some(true);
        }
        let deeper = Place {
            depth: place.depth + 1,
            ..place
        };
        let here = |one: &Use| self.shape(self.beside(node, one), deeper);
        let below = |one: &Use, value: &Json| {
            self.top(self.beside(node, one), place.role, value, place.depth + 1)
        };
        match constraint {
            Constraint::Never => Some(false),
            Constraint::Kinds(kinds) => Some(kinds.holds(kind)),
            Constraint::OneOfValues(values) => Some(self.is_listed(spot, values, place.value)),
            Constraint::Minimum(bound) => number(place.value, |n| is_from(n, *bound)),
            Constraint::Maximum(bound) => number(place.value, |n| is_up_to(n, *bound)),
            Constraint::MultipleOf(of) => number(place.value, |n| n.is_multiple_of(*of)),
            Constraint::MinLength(n) => text(place.value, |text| Some(length(text) >= *n)),
            Constraint::MaxLength(n) => text(place.value, |text| Some(length(text) <= *n)),
            Constraint::Pattern(pattern) => text(place.value, |text| self.is_match(pattern, text)),
            Constraint::Format(format) => match super::number::format(format) {
                Some(range) => number(place.value, |n| n.is_integer() && range.contains(&n)),
                None => text(place.value, |text| {
                    super::text::has_format(format, text).ok()
                }),
            },
            Constraint::Opaque { .. } => None,
            Constraint::AllOf(uses) => all(uses.iter().map(|one| || here(one))),
            Constraint::AnyOf(uses) | Constraint::OneOf(uses)
                if uses.len() > COMPARED_BRANCHES
                    && let Some(counts) = self.listed_by(spot, uses) =>
            {
                let count = counts.get(place.value).copied().unwrap_or_default();
                let is_any = matches!(constraint, Constraint::AnyOf(_));
                Some(count == 1 || (is_any && count > 1))
            }
            Constraint::AnyOf(uses) => not(all(uses.iter().map(|one| || not(here(one))))),
            Constraint::OneOf(uses) => {
                let mut count = 0;
                let mut doubts = 0;
                for one in uses {
                    match here(one) {
                        Some(true) => count += 1,
                        Some(false) => {}
                        None => doubts += 1,
                    }
                }
                match (count, doubts) {
                    (1, 0) => Some(true),
                    (0, 0) | (2.., _) => Some(false),
                    _ => None,
                }
            }
            Constraint::Not(one) => not(here(one)),
            Constraint::If {
                test,
                then,
                otherwise,
            } => {
                let branch = |one: &Option<Use>| one.as_ref().map_or(Some(true), here);
                match here(test) {
                    Some(true) => branch(then),
                    Some(false) => branch(otherwise),
                    None => and(branch(then), || branch(otherwise)).filter(|both| *both),
                }
            }
            Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::PrefixItems(_)
            | Constraint::Items(_)
            | Constraint::Contains { .. }
            | Constraint::UnevaluatedItems(_) => self.list(spot, constraint, place, &below),
            _ => self.object(spot, constraint, place, &here, &below),
        }
    }

    fn list(
        &self,
        spot: Spot,
        constraint: &'a Constraint,
        place: Place<'_>,
        below: &dyn Fn(&Use, &Json) -> Option<bool>,
    ) -> Option<bool> {
        let Json::Array(items) = place.value else {
            return Some(true);
        };
        let count = items.len() as u64;
        match constraint {
            Constraint::MinItems(n) => Some(count >= *n),
            Constraint::MaxItems(n) => Some(count <= *n),
            Constraint::UniqueItems => {
                let distinct: std::collections::BTreeSet<_> = items.iter().collect();
                Some(distinct.len() == items.len())
            }
            Constraint::PrefixItems(uses) => all(uses
                .iter()
                .zip(items)
                .map(|(one, item)| || below(one, item))),
            Constraint::Items(one) => {
                let from = self.prefix(spot.node);
                all(items.iter().skip(from).map(|item| || below(one, item)))
            }
            Constraint::Contains { shape, min, max } => {
                let (mut sure, mut possible) = (0, 0);
                for item in items {
                    let answer = below(shape, item);
                    sure += u64::from(answer == Some(true));
                    possible += u64::from(answer != Some(false));
                }
                let fits = |n: u64| n >= *min && max.is_none_or(|max| n <= max);
                if fits(sure) && fits(possible) {
                    Some(true)
                } else if possible < *min || max.is_some_and(|max| sure > max) {
                    Some(false)
                } else {
                    None
                }
            }
            Constraint::UnevaluatedItems(one) => all(items.iter().enumerate().map(|(at, item)| {
                move || {
                    or(self.is_item_evaluated(spot.node, at, item, place), || {
                        below(one, item)
                    })
                }
            })),
            _ => Some(true),
        }
    }

    fn object(
        &self,
        spot: Spot,
        constraint: &'a Constraint,
        place: Place<'_>,
        here: &dyn Fn(&Use) -> Option<bool>,
        below: &dyn Fn(&Use, &Json) -> Option<bool>,
    ) -> Option<bool> {
        let Json::Object(entries) = place.value else {
            return Some(true);
        };
        let count = entries.len() as u64;
        match constraint {
            Constraint::MinProperties(n) => Some(count >= *n),
            Constraint::MaxProperties(n) => Some(count <= *n),
            Constraint::Required(names) => Some(
                names
                    .iter()
                    .all(|name| entries.contains_key(&name.node) || self.is_out(place, &name.node)),
            ),
            Constraint::Properties(properties) if entries.len() < properties.len() / 4 => {
                let layout = self.layout(spot.node);
                all(entries.iter().map(|(name, value)| {
                    let property = layout.property(name);
                    move || match property {
                        Some(property) => self.property(property, place.role, Some(value), below),
                        None => Some(true),
                    }
                }))
            }
            Constraint::Properties(properties) => all(properties.iter().map(|property| {
                move || {
                    self.property(
                        property,
                        place.role,
                        entries.get(&property.name.node),
                        below,
                    )
                }
            })),
            Constraint::PatternProperties(rows) => all(rows.iter().flat_map(|(pattern, one)| {
                entries.iter().map(move |(name, value)| {
                    move || {
                        or(not(self.is_match(&pattern.node, name)), || {
                            below(one, value)
                        })
                    }
                })
            })),
            Constraint::AdditionalProperties(one) => all(entries.iter().map(|(name, value)| {
                move || or(self.is_declared(spot.node, name), || below(one, value))
            })),
            Constraint::PropertyNames(one) => all(entries
                .keys()
                .map(|name| move || below(one, &Json::String(name.clone())))),
            Constraint::DependentRequired(rows) => Some(rows.iter().all(|(name, needed)| {
                !entries.contains_key(&name.node)
                    || needed.iter().all(|name| {
                        entries.contains_key(&name.node) || self.is_out(place, &name.node)
                    })
            })),
            Constraint::DependentSchemas(rows) => all(rows
                .iter()
                .filter(|(name, _)| entries.contains_key(&name.node))
                .map(|(_, one)| || here(one))),
            Constraint::UnevaluatedProperties(one) => all(entries.iter().map(|(name, value)| {
                move || {
                    or(self.is_evaluated(spot.node, name, place), || {
                        below(one, value)
                    })
                }
            })),
            _ => Some(true),
        }
    }

    /// A name that does not travel this way is not sent; who is sent it takes it as it is.
    fn property(
        &self,
        property: &Property,
        role: Role,
        value: Option<&Json>,
        below: &dyn Fn(&Use, &Json) -> Option<bool>,
    ) -> Option<bool> {
        match value {
            None => Some(true),
            Some(_) if is_taken_out(property, self.travel) => Some(role == Role::Reader),
            Some(value) => below(&property.value, value),
        }
    }

    fn is_out(&self, place: Place<'_>, name: &str) -> bool {
        self.travel != Travel::Plain && {
            let declared = self.declared(self.classes.of(place.top));
            declared.names.get(name) == Some(&true)
        }
    }

    /// Whether the shape itself declares the name.
    pub(super) fn is_declared(&self, node: Node, name: &str) -> Option<bool> {
        let layout = self.layout(node);
        if layout.property(name).is_some() {
            return Some(true);
        }
        not(all(layout.patterns.iter().map(|(pattern, _)| {
            move || not(self.is_match(pattern, name))
        })))
    }

    fn is_evaluated(&self, node: Node, name: &str, place: Place<'_>) -> Option<bool> {
        let layout = self.layout(node);
        if layout.additional.is_some() {
            return Some(true);
        }
        or(self.is_declared(node, name), || {
            self.any_in_place(node, place, &|inner| {
                if self.layout(inner).unevaluated.is_some() {
                    return Some(true);
                }
                self.is_evaluated(inner, name, place)
            })
        })
    }

    fn is_item_evaluated(
        &self,
        node: Node,
        at: usize,
        item: &Json,
        place: Place<'_>,
    ) -> Option<bool> {
        let own = all(self.constraints(node).iter().map(|one| {
            move || match &one.node {
                Constraint::Items(_) => Some(false),
                Constraint::PrefixItems(uses) => Some(at >= uses.len()),
                Constraint::Contains { shape, .. } => {
                    let inner = self.beside(node, shape);
                    not(self.top(inner, place.role, item, place.depth + 1))
                }
                _ => Some(true),
            }
        }));
        or(not(own), || {
            self.any_in_place(node, place, &|inner| {
                let is_all = self
                    .constraints(inner)
                    .iter()
                    .any(|one| matches!(one.node, Constraint::UnevaluatedItems(_)));
                if is_all {
                    return Some(true);
                }
                self.is_item_evaluated(inner, at, item, place)
            })
        })
    }

    /// Whether something is true of a shape that applies in place and is satisfied.
    fn any_in_place(
        &self,
        node: Node,
        place: Place<'_>,
        is_so: &dyn Fn(Node) -> Option<bool>,
    ) -> Option<bool> {
        let deeper = Place {
            depth: place.depth + 1,
            ..place
        };
        if deeper.depth > CHECK_DEPTH {
            return None;
        }
        let passes = |one: &Use| {
            let inner = self.beside(node, one);
            and(self.shape(inner, deeper), || is_so(inner))
        };
        not(all(self.constraints(node).iter().map(|constraint| {
            || {
                not(match &constraint.node {
                    Constraint::AllOf(uses) | Constraint::AnyOf(uses) | Constraint::OneOf(uses) => {
                        not(all(uses.iter().map(|one| || not(passes(one)))))
                    }
                    Constraint::If {
                        test,
                        then,
                        otherwise,
                    } => match self.shape(self.beside(node, test), deeper) {
                        Some(true) => or(is_so(self.beside(node, test)), || {
                            then.as_ref().map_or(Some(false), passes)
                        }),
                        Some(false) => otherwise.as_ref().map_or(Some(false), passes),
                        None => None,
                    },
                    Constraint::DependentSchemas(rows) => {
                        let Json::Object(entries) = place.value else {
                            return Some(true);
                        };
                        not(all(rows
                            .iter()
                            .filter(|(name, _)| entries.contains_key(&name.node))
                            .map(|(_, one)| || not(passes(one)))))
                    }
                    _ => Some(false),
                })
            }
        })))
    }

    /// How many items stand before those of `Items`.
    pub(super) fn prefix(&self, node: Node) -> usize {
        self.constraints(node)
            .iter()
            .map(|one| match &one.node {
                Constraint::PrefixItems(uses) => uses.len(),
                _ => 0,
            })
            .max()
            .unwrap_or(0)
    }
}

fn number(value: &Json, test: impl Fn(Decimal) -> bool) -> Option<bool> {
    match value {
        Json::Number(number) => Some(test(*number)),
        _ => Some(true),
    }
}

fn text(value: &Json, test: impl Fn(&str) -> Option<bool>) -> Option<bool> {
    match value {
        Json::String(text) => test(text),
        _ => Some(true),
    }
}

fn is_from(number: Decimal, bound: Bound) -> bool {
    number > bound.value || (number == bound.value && !bound.is_exclusive)
}

fn is_up_to(number: Decimal, bound: Bound) -> bool {
    number < bound.value || (number == bound.value && !bound.is_exclusive)
}

fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

fn not(answer: Option<bool>) -> Option<bool> {
    answer.map(|answer| !answer)
}

fn and(one: Option<bool>, other: impl FnOnce() -> Option<bool>) -> Option<bool> {
    match one {
        Some(false) => Some(false),
        Some(true) => other(),
        None => other().filter(|other| !other),
    }
}

fn or(one: Option<bool>, other: impl FnOnce() -> Option<bool>) -> Option<bool> {
    not(and(not(one), || not(other())))
}

fn all<F: FnOnce() -> Option<bool>>(answers: impl Iterator<Item = F>) -> Option<bool> {
    let mut sum = Some(true);
    for answer in answers {
        match answer() {
            Some(true) => {}
            Some(false) => return Some(false),
            None => sum = None,
        }
    }
    sum
}
