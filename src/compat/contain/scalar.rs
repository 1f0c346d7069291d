//! Builds values that have no parts.

use std::collections::BTreeSet;

use super::Pick;
use super::cell::Cell;
use super::lit::Why;
use super::mistake::Mistake;
use super::number::{self, Numbers};
use super::search::{Outcome, Search, Task};
use super::text::Texts;
use super::value::Tree;
use crate::schema::{Bound, Constraint, Decimal, Json, Kinds};

impl<'a> Search<'_, 'a> {
    /// Looks for a value of a cell in which all choices are made.
    pub(super) fn build(&mut self, task: &Task<'a>, cell: &Cell<'a>) -> Outcome {
        let outcome = match cell.kind {
            Kinds::NULL => pick_listed(cell, &[Json::Null]),
            Kinds::BOOL => pick_listed(cell, &[Json::Bool(false), Json::Bool(true)]),
            Kinds::INTEGER | Kinds::FRACTION => self.build_number(cell),
            Kinds::STRING => self.build_text(task, cell),
            Kinds::ARRAY => self.build_list(cell),
            _ => self.build_object(cell),
        };
        match (self.opaque(cell), outcome) {
            (Some(why), Outcome { found: Some(_), .. }) => Outcome::doubt(why),
            (_, outcome) => outcome,
        }
    }

    fn opaque(&self, cell: &Cell<'a>) -> Option<Why> {
        let (spot, _) = cell.opaque.first()?;
        match self.core.constraint(*spot) {
            Some(Constraint::Opaque { why, .. }) => Some(why),
            _ => None,
        }
    }

    fn build_number(&mut self, cell: &Cell<'a>) -> Outcome {
        let mut numbers = Numbers::all();
        match cell.kind {
            Kinds::INTEGER => numbers.integers(),
            _ => numbers.fractions(),
        }
        let mut outside = Vec::new();
        for (spot, is_satisfied) in &cell.simple {
            match (self.core.constraint(*spot), is_satisfied) {
                (Some(Constraint::Minimum(bound)), true) => numbers.at_least(*bound),
                (Some(Constraint::Minimum(bound)), false)
                    if self.core.makes(Mistake::ReadsBoundsStrictly) =>
                {
                    numbers.at_most(*bound);
                }
                (Some(Constraint::Minimum(bound)), false) => numbers.at_most(beyond(*bound)),
                (Some(Constraint::Maximum(bound)), true) => numbers.at_most(*bound),
                (Some(Constraint::Maximum(bound)), false) => numbers.at_least(beyond(*bound)),
                (Some(Constraint::MultipleOf(of)), true) => numbers.multiple_of(*of),
                (Some(Constraint::MultipleOf(of)), false) => numbers.not_multiple_of(*of),
                (Some(Constraint::Format(name)), is_so) => {
                    let Some(range) = number::format(name) else {
                        continue;
                    };
                    let (low, high) = (end(*range.start()), end(*range.end()));
                    match (is_so, cell.kind) {
                        (true, Kinds::INTEGER) => {
                            numbers.at_least(low);
                            numbers.at_most(high);
                        }
                        (true, _) => return Outcome::nothing(),
                        (false, Kinds::INTEGER) => outside.push((beyond(low), beyond(high))),
                        (false, _) => {}
                    }
                }
                _ => {}
            }
        }
        let barred: BTreeSet<_> = barred(cell)
            .filter_map(|value| match value {
                Json::Number(number) => Some(*number),
                _ => None,
            })
            .collect();
        if !barred.is_empty() {
            numbers.without(&barred);
        }
        // A number is outside of a range on either side of it.
        let mut sets = vec![numbers];
        for (below, above) in outside {
            sets = sets
                .into_iter()
                .flat_map(|numbers| {
                    let (mut small, mut large) = (numbers.clone(), numbers);
                    small.at_most(below);
                    large.at_least(above);
                    [large, small]
                })
                .collect();
        }
        let mut doubt = None;
        for numbers in sets {
            let outcome = picked(numbers.pick(), Json::Number);
            if outcome.found.is_some() {
                return outcome;
            }
            doubt = doubt.or(outcome.doubt);
        }
        Outcome { found: None, doubt }
    }

    fn build_text(&mut self, task: &Task<'a>, cell: &Cell<'a>) -> Outcome {
        let mut texts = Texts::all();
        for (spot, is_satisfied) in &cell.simple {
            match (self.core.constraint(*spot), *is_satisfied) {
                (Some(Constraint::MinLength(n)), true) => texts.min_length(*n),
                (Some(Constraint::MinLength(n)), false) => match n.checked_sub(1) {
                    Some(n) => texts.max_length(n),
                    None => return Outcome::nothing(),
                },
                (Some(Constraint::MaxLength(n)), true) => texts.max_length(*n),
                (Some(Constraint::MaxLength(n)), false)
                    if self.core.makes(Mistake::CountsCharactersWrong) =>
                {
                    texts.min_length(n.saturating_add(2));
                }
                (Some(Constraint::MaxLength(n)), false) => match n.checked_add(1) {
                    Some(n) => texts.min_length(n),
                    None => return Outcome::nothing(),
                },
                (Some(Constraint::Pattern(pattern)), is_found) => {
                    self.add_pattern(&mut texts, pattern, is_found);
                }
                (Some(Constraint::Format(format)), is_so) => texts.format(format, is_so),
                _ => {}
            }
        }
        texts.without(barred(cell).filter_map(|value| match value {
            Json::String(text) => Some(&**text),
            _ => None,
        }));
        if let Some(name) = &task.name {
            for (pattern, is_found) in &name.patterns {
                self.add_pattern(&mut texts, pattern, *is_found);
            }
            texts.without(name.without.iter().map(|text| &**text));
        }
        let pick = self.memo.search_texts(|steps| texts.pick(steps));
        picked(pick, |text| Json::String(text.into()))
    }

    fn add_pattern(&self, texts: &mut Texts, pattern: &'a str, is_found: bool) {
        match self.core.language(pattern) {
            Ok(language) => texts.pattern(&language, is_found),
            Err(why) => texts.opaque(pattern, why, is_found),
        }
    }
}

fn end(value: Decimal) -> Bound {
    Bound {
        value,
        is_exclusive: false,
    }
}

/// Values that the cell is none of.
fn barred<'c>(cell: &'c Cell<'_>) -> impl Iterator<Item = &'c Json> {
    let lists = cell.barred.iter().flat_map(|values| values.iter());
    let ones = cell.barred_one.iter().map(|value| &**value);
    lists.map(|value| &value.node).chain(ones)
}

fn pick_listed(cell: &Cell<'_>, values: &[Json]) -> Outcome {
    let free = values
        .iter()
        .find(|value| barred(cell).all(|barred| barred != *value));
    match free {
        Some(value) => Outcome::of(Some(Tree::whole(value.clone()))),
        None => Outcome::nothing(),
    }
}

fn picked<T>(pick: Pick<T>, value: impl Fn(T) -> Json) -> Outcome {
    match pick {
        Pick::Some(found) => Outcome::of(Some(Tree::whole(value(found)))),
        Pick::Empty => Outcome::nothing(),
        Pick::Unknown(why) => Outcome::doubt(why),
    }
}

/// The end of the range on the other side.
fn beyond(bound: Bound) -> Bound {
    Bound {
        is_exclusive: !bound.is_exclusive,
        ..bound
    }
}
