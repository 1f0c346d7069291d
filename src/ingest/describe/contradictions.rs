//! Keywords that contradict each other, so that no value satisfies the schema.
//!
//! Only what two keywords say is looked at, in a schema and in all that it extends by `allOf`: an
//! author can see and mend it. `false` and `not: {}` are meant, and no contradiction.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::Reader;
use crate::ingest::rules;
use crate::schema::{Bound, Constraint, Decimal, Json, Kinds, Shape, ShapeId};
use crate::text::{Span, Spanned};

/// Most constraints of one schema and all that it extends; what extends more is not judged.
const MAX_CONSTRAINTS: usize = 512;

/// Most constraints of all schemas, each as often as it is extended.
const MAX_FACTS: usize = 4_000_000;

/// Most values of an enumeration that are looked at one by one, and most checks of them.
const MAX_CHECKS: usize = 20_000;

/// Two places that say the opposite, and what they say.
struct Contradiction {
    says: String,
    at: Span,
    against: Span,
}

impl Reader<'_, '_> {
    /// Reports schemas that no value satisfies although somebody wrote what values are to satisfy.
    pub(super) fn judge_contradictions(&mut self) {
        let mut reported: BTreeSet<(Span, Span)> = BTreeSet::new();
        let mut impossible: BTreeSet<ShapeId> = BTreeSet::new();
        let mut found = Vec::new();
        let ids = || (0_u32..).map(ShapeId);
        let mut left = MAX_FACTS;
        for (id, shape) in ids().zip(&self.shapes) {
            if shape.constraints.len() < 2 && !extends(shape) && !is_empty_list(shape) {
                continue;
            }
            let Some(facts) = facts(&self.shapes, id, &mut left) else {
                continue;
            };
            if let Some(made) = contradiction(&facts) {
                impossible.insert(id);
                found.push(made);
            }
        }
        for (id, shape) in ids().zip(&self.shapes) {
            if impossible.contains(&id) || !(requires(shape) || extends(shape)) {
                continue;
            }
            if let Some(facts) = facts(&self.shapes, id, &mut left) {
                found.extend(impossible_name(&self.shapes, &facts, &impossible));
            }
        }
        for made in found {
            if !reported.insert((made.at, made.against)) {
                continue;
            }
            let headline = format!("no value satisfies this schema: {}", made.says);
            if let Some(draft) = self.report(&rules::SCHEMA_UNSATISFIABLE, headline) {
                let draft = draft.at(made.at, "this contradicts");
                if made.against != made.at {
                    draft
                        .also(made.against, "what stands here")
                        .help("change one of the two, or write `not: {}` if nothing is meant");
                } else {
                    draft.help("write what is allowed, or `not: {}` if nothing is meant");
                }
            }
        }
    }
}

fn extends(shape: &Shape) -> bool {
    let mut constraints = shape.constraints.iter();
    constraints.any(|constraint| matches!(constraint.node, Constraint::AllOf(_)))
}

fn requires(shape: &Shape) -> bool {
    let mut constraints = shape.constraints.iter();
    constraints.any(|constraint| matches!(constraint.node, Constraint::Required(_)))
}

fn is_empty_list(shape: &Shape) -> bool {
    let mut constraints = shape.constraints.iter();
    constraints.any(
        |constraint| matches!(&constraint.node, Constraint::OneOfValues(list) if list.is_empty()),
    )
}

/// All that a value of a schema must satisfy in place; `None` when it is too much, or when one part
/// is meant to be impossible.
fn facts<'s>(
    shapes: &'s [Shape],
    id: ShapeId,
    left: &mut usize,
) -> Option<Vec<&'s Spanned<Constraint>>> {
    let mut facts = Vec::new();
    let mut seen = BTreeSet::from([id]);
    let mut stack = vec![id];
    while let Some(id) = stack.pop() {
        for constraint in &shapes[id.0 as usize].constraints {
            *left = left.checked_sub(1)?;
            match &constraint.node {
                Constraint::AllOf(parts) => {
                    let new = parts.iter().map(|part| part.shape);
                    stack.extend(new.filter(|part| seen.insert(*part)));
                }
                Constraint::Never => return None,
                _ => facts.push(constraint),
            }
            if facts.len() > MAX_CONSTRAINTS {
                return None;
            }
        }
        if seen.len() > MAX_CONSTRAINTS {
            return None;
        }
    }
    facts.sort_by_key(|fact| fact.span);
    Some(facts)
}

fn contradiction(facts: &[&Spanned<Constraint>]) -> Option<Contradiction> {
    // Kinds first: what a keyword says counts only where all values are of the kind it is about.
    let mut kinds = Kinds::ALL;
    let mut by: Option<Span> = None;
    for fact in facts {
        let Constraint::Kinds(these) = fact.node else {
            continue;
        };
        let both = kinds.and(these);
        if let Some(against) = by.filter(|_| both.is_empty()) {
            return Some(Contradiction {
                says: "two types have no value in common".to_owned(),
                at: fact.span,
                against,
            });
        }
        if both != kinds {
            by = Some(fact.span);
        }
        kinds = both;
    }
    let is_only = |wanted: Kinds| wanted.holds(kinds);
    if is_only(Kinds::NUMBER)
        && let Some(made) = no_number(facts, !kinds.holds(Kinds::FRACTION))
    {
        return Some(made);
    }
    let counts: [(
        Kinds,
        fn(&Constraint) -> Option<u64>,
        fn(&Constraint) -> Option<u64>,
        &str,
    ); 3] = [
        (Kinds::STRING, min_length, max_length, "texts"),
        (Kinds::ARRAY, min_items, max_items, "lists"),
        (Kinds::OBJECT, min_properties, max_properties, "objects"),
    ];
    for (wanted, least, most, what) in counts {
        let least = facts
            .iter()
            .filter_map(|fact| Some((least(&fact.node)?, fact.span)));
        let most = facts
            .iter()
            .filter_map(|fact| Some((most(&fact.node)?, fact.span)));
        if is_only(wanted)
            && let Some((least, at)) = least.max_by_key(|(count, _)| *count)
            && let Some((most, against)) = most.min_by_key(|(count, _)| *count)
            && least > most
        {
            return Some(Contradiction {
                says: format!("{what} would have at least {least} and at most {most} parts"),
                at,
                against,
            });
        }
    }
    no_listed(facts)
}

fn min_length(constraint: &Constraint) -> Option<u64> {
    match constraint {
        Constraint::MinLength(count) => Some(*count),
        _ => None,
    }
}

fn max_length(constraint: &Constraint) -> Option<u64> {
    match constraint {
        Constraint::MaxLength(count) => Some(*count),
        _ => None,
    }
}

fn min_items(constraint: &Constraint) -> Option<u64> {
    match constraint {
        Constraint::MinItems(count) => Some(*count),
        _ => None,
    }
}

fn max_items(constraint: &Constraint) -> Option<u64> {
    match constraint {
        Constraint::MaxItems(count) => Some(*count),
        _ => None,
    }
}

fn min_properties(constraint: &Constraint) -> Option<u64> {
    match constraint {
        Constraint::MinProperties(count) => Some(*count),
        Constraint::Required(names) => u64::try_from(names.len()).ok(),
        _ => None,
    }
}

fn max_properties(constraint: &Constraint) -> Option<u64> {
    match constraint {
        Constraint::MaxProperties(count) => Some(*count),
        _ => None,
    }
}

/// Whether the ends of a range leave no number, or no whole one.
fn no_number(facts: &[&Spanned<Constraint>], is_whole: bool) -> Option<Contradiction> {
    let mut low: Option<(Bound, Span)> = None;
    let mut high: Option<(Bound, Span)> = None;
    for fact in facts {
        match fact.node {
            // Of two equal ends the one that does not belong to the range is the narrower.
            Constraint::Minimum(end) => {
                let is_narrower = low.is_none_or(|(low, _)| {
                    (end.value, end.is_exclusive) > (low.value, low.is_exclusive)
                });
                if is_narrower {
                    low = Some((end, fact.span));
                }
            }
            Constraint::Maximum(end) => {
                let is_narrower = high.is_none_or(|(high, _)| {
                    (end.value, !end.is_exclusive) < (high.value, !high.is_exclusive)
                });
                if is_narrower {
                    high = Some((end, fact.span));
                }
            }
            _ => {}
        }
    }
    let ((low, at), (high, against)) = (low?, high?);
    let is_exclusive = low.is_exclusive || high.is_exclusive;
    let is_empty = low.value > high.value || (low.value == high.value && is_exclusive);
    let between = if low.is_exclusive {
        "above"
    } else {
        "at least"
    };
    let below = if high.is_exclusive {
        "below"
    } else {
        "at most"
    };
    if is_empty || (is_whole && no_whole(low, high)) {
        let what = if is_empty { "numbers" } else { "whole numbers" };
        return Some(Contradiction {
            says: format!(
                "{what} would be {between} {} and {below} {}",
                low.value, high.value
            ),
            at,
            against,
        });
    }
    None
}

/// Whether no whole number lies in a range that is not empty.
fn no_whole(low: Bound, high: Bound) -> bool {
    let one = Decimal::from(1);
    let (Some(first), Some(last)) = (low.value.steps_above(one), high.value.steps_below(one))
    else {
        return false;
    };
    let is_end = |bound: Bound| bound.is_exclusive && bound.value.is_integer();
    let first = first.saturating_add(i128::from(is_end(low)));
    let last = last.saturating_sub(i128::from(is_end(high)));
    first > last
}

/// Whether each value of a list is refused by another keyword.
fn no_listed(facts: &[&Spanned<Constraint>]) -> Option<Contradiction> {
    let mut left = MAX_CHECKS;
    for fact in facts {
        let Constraint::OneOfValues(list) = &fact.node else {
            continue;
        };
        if list.is_empty() {
            return Some(Contradiction {
                says: "`enum` lists nothing".to_owned(),
                at: fact.span,
                against: fact.span,
            });
        }
        let mut against = None;
        let are_refused = list.iter().all(|value| {
            let refusing = facts.iter().find(|other| {
                left = left.saturating_sub(1);
                left > 0 && refuses(&other.node, &value.node)
            });
            against = against.or(refusing.map(|other| other.span));
            refusing.is_some()
        });
        if let Some(against) = against.filter(|_| are_refused) {
            let says = match list.len() {
                1 => "the only value that is listed is refused",
                _ => "every value that is listed is refused",
            };
            return Some(Contradiction {
                says: says.to_owned(),
                at: fact.span,
                against,
            });
        }
    }
    None
}

/// Whether a simple keyword refuses a value.
fn refuses(constraint: &Constraint, value: &Json) -> bool {
    match (constraint, value) {
        (Constraint::Kinds(kinds), value) => kinds.and(kind_of(value)).is_empty(),
        (Constraint::OneOfValues(list), value) if list.len() <= 256 => {
            list.iter().all(|listed| listed.node != *value)
        }
        (Constraint::Minimum(end), Json::Number(number)) => {
            *number < end.value || (end.is_exclusive && *number == end.value)
        }
        (Constraint::Maximum(end), Json::Number(number)) => {
            *number > end.value || (end.is_exclusive && *number == end.value)
        }
        (Constraint::MinLength(least), Json::String(text)) => {
            (text.chars().count() as u64) < *least
        }
        (Constraint::MaxLength(most), Json::String(text)) => text.chars().count() as u64 > *most,
        _ => false,
    }
}

fn kind_of(value: &Json) -> Kinds {
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

/// A name that must be there and whose values are impossible, or that is forbidden.
fn impossible_name(
    shapes: &[Shape],
    facts: &[&Spanned<Constraint>],
    impossible: &BTreeSet<ShapeId>,
) -> Option<Contradiction> {
    let kinds = facts.iter().filter_map(|fact| match fact.node {
        Constraint::Kinds(kinds) => Some(kinds),
        _ => None,
    });
    let kinds = kinds.fold(Kinds::ALL, Kinds::and);
    if !Kinds::OBJECT.holds(kinds) {
        return None;
    }
    let mut required: BTreeMap<&str, Span> = BTreeMap::new();
    for fact in facts {
        if let Constraint::Required(names) = &fact.node {
            required.extend(names.iter().map(|name| (&*name.node, name.span)));
        }
    }
    let is_never = |shape: ShapeId| {
        let mut constraints = shapes[shape.0 as usize].constraints.iter();
        constraints.any(|constraint| constraint.node == Constraint::Never)
    };
    facts.iter().find_map(|fact| {
        let Constraint::Properties(list) = &fact.node else {
            return None;
        };
        list.iter().find_map(|property| {
            let used = property.value.shape;
            let at = required.get(&*property.name.node)?;
            (impossible.contains(&used) || is_never(used)).then(|| Contradiction {
                says: format!(
                    "`{}` must be there, and no value satisfies it",
                    crate::ingest::lookup::clip(&property.name.node)
                ),
                at: *at,
                against: property.name.span,
            })
        })
    })
}
