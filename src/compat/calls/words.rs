//! What parts of calls are called in findings.

use std::fmt;

use crate::schema::{ParamPlace, Status};

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
