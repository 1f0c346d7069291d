//! What became of a value, as the end of a headline: "now requires `url`", "may now be `null`".

use std::ops::Range;

use super::phrase::{code, counted, kinds_words, list, phrase};
use crate::compat::contain::Travel;
use crate::schema::{Constraint, Json, Kinds, ShapeId, Shapes};
use crate::text::Side;

/// Shapes that are looked through for the kinds that one allows; past it all kinds are.
const MAX_SHAPES: usize = 100;

/// The end of a headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Becomes {
    pub(super) text: String,
    /// The bytes of it that findings alike differ in, such as the name in "now requires `url`".
    pub(super) item: Option<Range<usize>>,
}

impl Becomes {
    fn plain(text: impl Into<String>) -> Self {
        Becomes {
            text: text.into(),
            item: None,
        }
    }

    fn about(before: &str, item: &str, after: &str) -> Self {
        let start = before.len() + 1;
        Becomes {
            text: format!("{before} {item}{after}"),
            item: Some(start..start + item.len()),
        }
    }

    /// The same said of a message: it is not offered to anyone who accepts it, but taken as it comes.
    fn of_message(self) -> Self {
        const WORDS: [(&str, &str); 2] = [
            ("no longer accepts", "no longer takes"),
            ("is no longer accepted", "is no longer taken"),
        ];
        let found = WORDS.into_iter().find_map(|(of_calls, words)| {
            let rest = self.text.strip_prefix(of_calls)?;
            Some((format!("{words}{rest}"), of_calls.len() - words.len()))
        });
        match found {
            Some((text, shift)) => Becomes {
                text,
                item: (self.item).map(|item| item.start - shift..item.end - shift),
            },
            None => self,
        }
    }
}

/// What is refused, and by whom.
pub(super) struct Refusal<'r> {
    /// The constraint of the reader that refuses.
    pub(super) constraint: &'r Constraint,
    /// What about it, such as the name that is missing.
    pub(super) detail: Option<&'r Json>,
    /// The values that the writer's list has and the reader's lacks.
    pub(super) values: &'r [&'r Json],
    /// The kinds that the writer allows; all where that is not known.
    pub(super) kinds: Kinds,
    /// Which side reads: the new one no longer accepts, for the old one something is new.
    pub(super) reader: Side,
    pub(super) travel: Travel,
    /// Whether it is part of a message, which readers take, and of no call.
    pub(super) is_of_message: bool,
}

impl Refusal<'_> {
    /// Words for a new reader, or for what an old reader meets.
    fn either(&self, accepts: impl Into<String>, holds: impl Into<String>) -> Becomes {
        Becomes::plain(match self.reader {
            Side::New => accepts.into(),
            Side::Old => holds.into(),
        })
    }

    fn named(&self, name: &str, accepts: &str, holds: &str) -> Becomes {
        let before = match self.reader {
            Side::New => accepts,
            Side::Old => holds,
        };
        Becomes::about(before, &code(name), "")
    }

    /// What became of the value.
    pub(super) fn becomes(&self) -> Becomes {
        let becomes = self.of_value();
        match self.is_of_message {
            true => becomes.of_message(),
            false => becomes,
        }
    }

    fn of_value(&self) -> Becomes {
        let name = match self.detail {
            Some(Json::String(name)) => Some(&**name),
            _ => None,
        };
        match self.constraint {
            Constraint::OneOfValues(known) => {
                let known: Vec<&Json> = known.iter().map(|value| &value.node).collect();
                self.listed(&known)
            }
            Constraint::Kinds(known) => self.kinds(*known),
            Constraint::Required(_) | Constraint::DependentRequired(_) => match name {
                Some(name) => self.named(name, "now requires", "may now lack"),
                None => self.either("now requires more names", "may now lack a name"),
            },
            Constraint::PropertyNames(_) => match name {
                Some(name) => self.named(
                    name,
                    "no longer accepts names such as",
                    "may now have names such as",
                ),
                None => self.either("no longer accepts all names", "may now have other names"),
            },
            Constraint::Never
            | Constraint::Properties(_)
            | Constraint::PatternProperties(_)
            | Constraint::AdditionalProperties(_)
            | Constraint::UnevaluatedProperties(_) => match name {
                Some(name) => self.named(name, "no longer accepts", "may now have"),
                None => self.either("is no longer accepted", "may now be there"),
            },
            constraint => self.limited(constraint),
        }
    }

    /// Lists of values.
    fn listed(&self, known: &[&Json]) -> Becomes {
        let readers = match self.travel {
            Travel::Request | Travel::Response if !self.is_of_message => "callers know",
            _ => "readers know",
        };
        match (self.values, self.reader) {
            ([], Side::New) => {
                let only = if known.len() == 1 { "" } else { "one of " };
                Becomes::plain(format!("now has to be {only}{}", list(known)))
            }
            ([], Side::Old) => Becomes::plain(format!(
                "may now be anything; {readers} only {}",
                list(known)
            )),
            (values, Side::New) => Becomes::about("no longer accepts", &list(values), ""),
            (values, Side::Old) => Becomes::about(
                "may now be",
                &list(values),
                &format!("; {readers} {}", list(known)),
            ),
        }
    }

    /// Kinds of values.
    fn kinds(&self, known: Kinds) -> Becomes {
        let lost = self.kinds.without(known);
        if self.kinds == Kinds::ALL || lost.is_empty() {
            let known = kinds_words(known);
            return self.either(
                format!("now has to be {known}"),
                format!("may now be something else than {known}"),
            );
        }
        let lost = kinds_words(lost);
        self.either(
            format!("no longer accepts {lost}"),
            format!("may now be {lost}"),
        )
    }

    /// Limits.
    fn limited(&self, constraint: &Constraint) -> Becomes {
        let beyond = |what: String| {
            self.either(
                format!("no longer accepts {what}"),
                format!("may now be {what}"),
            )
        };
        let holds = |what: String| {
            self.either(
                format!("no longer accepts {what}"),
                format!("may now have {what}"),
            )
        };
        match constraint {
            Constraint::Minimum(bound) if bound.is_exclusive => {
                beyond(format!("{} or less", bound.value))
            }
            Constraint::Minimum(bound) => beyond(format!("less than {}", bound.value)),
            Constraint::Maximum(bound) if bound.is_exclusive => {
                beyond(format!("{} or more", bound.value))
            }
            Constraint::Maximum(bound) => beyond(format!("more than {}", bound.value)),
            Constraint::MultipleOf(step) => self.either(
                format!("now has to be a multiple of {step}"),
                format!("may now be no multiple of {step}"),
            ),
            Constraint::MinLength(1) => beyond("an empty text".into()),
            Constraint::MinLength(length) => self.either(
                format!("now has to have at least {}", counted(*length, "character")),
                format!("may now be shorter than {}", counted(*length, "character")),
            ),
            Constraint::MaxLength(length) => self.either(
                format!("now has to have at most {}", counted(*length, "character")),
                format!("may now be longer than {}", counted(*length, "character")),
            ),
            Constraint::Pattern(pattern) => self.either(
                format!("now has to match {}", code(pattern)),
                format!("may now not match {}", code(pattern)),
            ),
            Constraint::Format(format) => self.either(
                format!("now has to be a valid {}", code(format)),
                format!("may now be no valid {}", code(format)),
            ),
            Constraint::MinItems(1) => beyond("an empty list".into()),
            Constraint::MinItems(count) => holds(format!("fewer than {}", counted(*count, "item"))),
            Constraint::MaxItems(0) => holds("any item".into()),
            Constraint::MaxItems(count) => holds(format!("more than {}", counted(*count, "item"))),
            Constraint::UniqueItems => holds("an item twice".into()),
            Constraint::MinProperties(count) => {
                holds(format!("fewer than {}", counted(*count, "name")))
            }
            Constraint::MaxProperties(count) => {
                holds(format!("more than {}", counted(*count, "name")))
            }
            Constraint::AnyOf(_) => self.either(
                "no longer accepts what fits none of the alternatives",
                "may now fit none of the alternatives that were known",
            ),
            Constraint::OneOf(_) => self.either(
                "no longer accepts what does not fit exactly one of the alternatives",
                "may now not fit exactly one of the alternatives that were known",
            ),
            Constraint::Not(_) => self.either(
                "no longer accepts what is excluded now",
                "may now be what was excluded",
            ),
            constraint => {
                let why = phrase(constraint, self.detail);
                self.either(
                    format!("no longer accepts a value that {why}"),
                    format!("may now be a value that {why}"),
                )
            }
        }
    }
}

/// The kinds that a shape allows at most, as far as a few steps show.
pub(super) fn kinds_of(shapes: &Shapes, shape: ShapeId) -> Kinds {
    let mut left = MAX_SHAPES;
    within(shapes, shape, &mut left)
}

fn within(shapes: &Shapes, shape: ShapeId, left: &mut usize) -> Kinds {
    let Some(rest) = left.checked_sub(1) else {
        return Kinds::ALL;
    };
    *left = rest;
    let constraints = shapes.get(shape).constraints.iter();
    constraints.fold(Kinds::ALL, |kinds, constraint| {
        kinds.and(match &constraint.node {
            Constraint::Kinds(kinds) => *kinds,
            Constraint::OneOfValues(values) => {
                let kinds = values.iter().map(|value| kind(&value.node));
                kinds.fold(Kinds(0), Kinds::with)
            }
            Constraint::AllOf(uses) => {
                let kinds = uses.iter().map(|one| within(shapes, one.shape, left));
                kinds.fold(Kinds::ALL, Kinds::and)
            }
            Constraint::AnyOf(uses) | Constraint::OneOf(uses) => {
                let kinds = uses.iter().map(|one| within(shapes, one.shape, left));
                kinds.fold(Kinds(0), Kinds::with)
            }
            _ => Kinds::ALL,
        })
    })
}

fn kind(value: &Json) -> Kinds {
    match value {
        Json::Null => Kinds::NULL,
        Json::Bool(_) => Kinds::BOOL,
        Json::Number(_) => Kinds::NUMBER,
        Json::String(_) => Kinds::STRING,
        Json::Array(_) => Kinds::ARRAY,
        Json::Object(_) => Kinds::OBJECT,
    }
}
