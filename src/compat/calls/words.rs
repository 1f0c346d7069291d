//! What parts of calls are called in findings.

use std::fmt;

use super::change::{Living, Part};
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

/// What a content belongs to, as in "media type `a/b` of answer 200"; what is sent goes without
/// saying.
pub(super) fn part_words(part: Part) -> String {
    match part {
        Part::Body => String::new(),
        Part::Answer(status) => format!(" of {}", Answers(status)),
    }
}

/// What has a life; nothing for the call itself.
pub(super) fn living_words(living: Living<'_>) -> String {
    match living {
        Living::Call => String::new(),
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
