//! Why a value is refused, as a phrase that ends "a value that ...".

use std::fmt::Write as _;

use crate::schema::{Constraint, Json, Kinds};

/// Values of a list that are named; the others are counted.
const NAMED: usize = 6;

/// Bytes of a pattern or value that are shown.
const SHOWN: usize = 120;

/// What is wrong with a value that a constraint refuses.
pub(super) fn phrase(constraint: &Constraint, detail: Option<&Json>) -> String {
    match constraint {
        Constraint::Never => named("has", detail).unwrap_or_else(|| "is anything at all".into()),
        Constraint::Kinds(kinds) => format!("is not {}", kinds_words(*kinds)),
        Constraint::OneOfValues(values) => {
            let mut out = String::from(if values.len() == 1 {
                "is not "
            } else {
                "is none of "
            });
            let values: Vec<&Json> = values.iter().map(|value| &value.node).collect();
            out.push_str(&list(&values));
            out
        }
        Constraint::Minimum(bound) if bound.is_exclusive => {
            format!("is not above {}", bound.value)
        }
        Constraint::Minimum(bound) => format!("is below {}", bound.value),
        Constraint::Maximum(bound) if bound.is_exclusive => {
            format!("is not below {}", bound.value)
        }
        Constraint::Maximum(bound) => format!("is above {}", bound.value),
        Constraint::MultipleOf(step) => format!("is no multiple of {step}"),
        Constraint::MinLength(length) => format!("is shorter than {length}"),
        Constraint::MaxLength(length) => format!("is longer than {length}"),
        Constraint::Pattern(pattern) => format!("does not match {}", code(pattern)),
        Constraint::Format(format) => format!("is no {}", code(format)),
        Constraint::MinItems(count) => format!("has fewer than {}", counted(*count, "item")),
        Constraint::MaxItems(count) => format!("has more than {}", counted(*count, "item")),
        Constraint::UniqueItems => "has an item twice".into(),
        Constraint::Contains { min, max, .. } => match max {
            Some(max) => format!("holds not {min} to {max} items of the kind that it has to hold"),
            None => format!("holds fewer than {min} items of the kind that it has to hold"),
        },
        Constraint::PrefixItems(_) | Constraint::Items(_) | Constraint::UnevaluatedItems(_) => {
            "has an item that is refused".into()
        }
        Constraint::MinProperties(count) => {
            format!("has fewer than {}", counted(*count, "name"))
        }
        Constraint::MaxProperties(count) => format!("has more than {}", counted(*count, "name")),
        Constraint::Required(_) | Constraint::DependentRequired(_) => {
            named("has no", detail).unwrap_or_else(|| "lacks a name".into())
        }
        Constraint::PropertyNames(_) => {
            named("has", detail).unwrap_or_else(|| "has a name that is refused".into())
        }
        Constraint::Properties(_)
        | Constraint::PatternProperties(_)
        | Constraint::AdditionalProperties(_)
        | Constraint::UnevaluatedProperties(_) => {
            named("has", detail).unwrap_or_else(|| "has a name that is refused".into())
        }
        Constraint::AnyOf(_) => "fits none of the alternatives".into(),
        Constraint::OneOf(_) => "does not fit exactly one of the alternatives".into(),
        Constraint::Not(_) => "fits what is excluded".into(),
        Constraint::AllOf(_) | Constraint::DependentSchemas(_) | Constraint::If { .. } => {
            "does not fit all that applies to it".into()
        }
        Constraint::Opaque { keyword, .. } => format!("is refused by {}", code(keyword)),
    }
}

/// Values with commas between them; of many the first ones.
pub(super) fn list(values: &[&Json]) -> String {
    let mut out = String::new();
    for (at, value) in values.iter().take(NAMED).enumerate() {
        let comma = if at > 0 { ", " } else { "" };
        let _ = write!(out, "{comma}{}", code(&value.to_string()));
    }
    if values.len() > NAMED {
        let _ = write!(out, " and {} more", values.len() - NAMED);
    }
    out
}

fn named(verb: &str, detail: Option<&Json>) -> Option<String> {
    match detail {
        Some(Json::String(name)) => Some(format!("{verb} {}", code(name))),
        _ => None,
    }
}

pub(super) fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Text in backticks, its beginning when it is long.
pub(super) fn code(text: &str) -> String {
    if text.len() <= SHOWN {
        return format!("`{text}`");
    }
    let cut = text.floor_char_boundary(SHOWN);
    format!("`{}...`", &text[..cut])
}

/// Kinds in words, such as "a string or `null`".
pub(super) fn kinds_words(kinds: Kinds) -> String {
    const WORDS: [(Kinds, &str); 6] = [
        (Kinds::NUMBER, "a number"),
        (Kinds::STRING, "a string"),
        (Kinds::BOOL, "a boolean"),
        (Kinds::ARRAY, "an array"),
        (Kinds::OBJECT, "an object"),
        (Kinds::NULL, "`null`"),
    ];
    let mut words: Vec<&str> = WORDS
        .into_iter()
        .filter(|(kind, _)| kinds.holds(*kind))
        .map(|(_, word)| word)
        .collect();
    if !kinds.holds(Kinds::NUMBER) && kinds.holds(Kinds::INTEGER) {
        words.insert(0, "an integer");
    }
    if !kinds.holds(Kinds::NUMBER) && kinds.holds(Kinds::FRACTION) {
        words.insert(0, "a number that is not whole");
    }
    match words.as_slice() {
        [] => "anything".into(),
        [one] => (*one).into(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
