//! What parts of calls are called in findings.

use std::fmt;

use super::change::{Living, Named, Part};
use crate::schema::{ParamPlace, Requirement, Status};

/// A parameter of a place.
pub(super) fn place_words(place: ParamPlace) -> &'static str {
    match place {
        ParamPlace::Path => "path parameter",
        ParamPlace::Query => "query parameter",
        ParamPlace::Header => "header",
        ParamPlace::Cookie => "cookie",
    }
}

/// Answers, as in "answer 404", "answers 4XX" and "other answers".
pub(super) struct Answers(pub(super) Status);

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Status::Code(code) => write!(f, "answer {code}"),
            Status::Range(hundred) => write!(f, "answers {hundred}XX"),
            Status::Default => f.write_str("the default answer"),
        }
    }
}

/// The verb that fits answers.
pub(super) fn is_or_are(status: Status) -> &'static str {
    match status {
        Status::Code(_) | Status::Default => "is",
        Status::Range(_) => "are",
    }
}

/// What a content belongs to, as in "media type `a/b` of answer 200".
pub(super) fn part_words(part: Part) -> String {
    match part {
        Part::Body => " of the body".to_owned(),
        Part::Answer(status) => format!(" of {}", Answers(status)),
    }
}

/// A part of a value: by the name of its own schema, which others may use, else by where it is.
pub(super) fn named_words(name: Named<'_>) -> String {
    match (name.shape, name.property, name.owner) {
        (Some(shape), _, _) => format!("schema `{shape}`"),
        (None, Some(property), Some(owner)) => format!("property `{property}` of `{owner}`"),
        (None, Some(property), None) => format!("property `{property}`"),
        (None, None, Some(owner)) => format!("a part of `{owner}`"),
        (None, None, None) if name.is_body => "the body".to_owned(),
        (None, None, None) => "the value".to_owned(),
    }
}

/// Whether the words say enough without a call.
pub(super) fn is_named(name: Named<'_>) -> bool {
    name.shape.is_some() || name.owner.is_some()
}

/// What has a life; nothing for the call itself.
pub(super) fn living_words(living: Living<'_>) -> String {
    match living {
        Living::Call => String::new(),
        Living::Value(name) => named_words(name),
        Living::Parameter(param) => format!("{} `{}`", place_words(param.place), param.name.node),
    }
}

/// Alternatives, as in "`key`, or `token` (`read`) and `key`".
pub(super) fn security_words(alternatives: &[Vec<Requirement>]) -> String {
    if alternatives.is_empty() {
        return alternative_words(&[]);
    }
    let words: Vec<String> = (alternatives.iter())
        .map(|alternative| alternative_words(alternative))
        .collect();
    words.join(", or ")
}

/// What an alternative asks for, as in "`token` (`read`) and `key`".
pub(super) fn alternative_words(requirements: &[Requirement]) -> String {
    if requirements.is_empty() {
        return "no proof".to_owned();
    }
    let one = |requirement: &Requirement| {
        let name = &requirement.scheme.node;
        let scopes: Vec<String> = (requirement.scopes.iter())
            .map(|scope| format!("`{}`", scope.node))
            .collect();
        match scopes.is_empty() {
            true => format!("`{name}`"),
            false => format!("`{name}` ({})", scopes.join(", ")),
        }
    };
    let all: Vec<String> = requirements.iter().map(one).collect();
    all.join(" and ")
}

/// Whether the words for what has a life say enough without a call.
pub(super) fn living_is_named(living: Living<'_>) -> bool {
    matches!(living, Living::Value(name) if is_named(name))
}
