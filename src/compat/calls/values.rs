//! Values that travel: which description of the old side belongs to which of the new one.

use std::fmt;

use super::words::{Answers, place_words};
use crate::compat::contain::Travel;
use crate::schema::{ParamPlace, Status, Use};
use crate::text::Span;

/// A value that travels, as both sides describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compat) struct Pair {
    /// What it satisfies in the old release; anything when absent.
    pub(in crate::compat) old: Option<Use>,
    /// What it satisfies in the new release; anything when absent.
    pub(in crate::compat) new: Option<Use>,
    /// Which way it travels. With `Request` callers write it: the old side, when old callers are to be
    /// served. With `Response` the service writes it, to those who call or listen. With `Plain` the
    /// old side writes and the new one reads. What a webhook or callback sends is a `Response`, and
    /// what it gets for it is a `Request`.
    pub(in crate::compat) travel: Travel,
    /// Which part of the call it is.
    pub(in crate::compat) place: Where,
    /// The call, as findings name it, such as `POST /orders`; absent for a value without a call.
    pub(in crate::compat) operation: Option<Box<str>>,
    /// Where the old release declares the part of the call, for what has no schema to point at.
    pub(in crate::compat) old_at: Span,
    /// Where the new one does.
    pub(in crate::compat) new_at: Span,
}

/// A part of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compat) enum Where {
    /// A value beside the body.
    Parameter {
        /// Where it is sent.
        place: ParamPlace,
        /// Its name in the new release.
        name: Box<str>,
    },
    /// The query as a whole.
    Query,
    /// What is sent.
    Body {
        /// The media type, in the more exact of both releases.
        media_type: Box<str>,
        /// Whether it is an item of a stream, and not the whole.
        is_item: bool,
    },
    /// What is answered.
    Answer {
        /// The answers, in the more exact of both releases.
        status: Status,
        /// The media type, in the more exact of both releases.
        media_type: Box<str>,
        /// Whether it is an item of a stream, and not the whole.
        is_item: bool,
    },
    /// A header of an answer.
    Header {
        /// The answers, in the more exact of both releases.
        status: Status,
        /// Its name in the new release.
        name: Box<str>,
    },
    /// What a message holds.
    Payload,
    /// What stands beside the payload of a message, as one object.
    Headers,
    /// A value without a call.
    Value,
}

impl fmt::Display for Where {
    /// Words that stand in front of "of `POST /orders`", such as "query parameter `limit`".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let item = |is_item: bool| if is_item { "each item of " } else { "" };
        match self {
            Where::Parameter { place, name } => write!(f, "{} `{name}`", place_words(*place)),
            Where::Query => f.write_str("the query"),
            Where::Body {
                media_type,
                is_item,
            } => write!(f, "{}the `{media_type}` body", item(*is_item)),
            Where::Answer {
                status,
                media_type,
                is_item,
            } => {
                let answers = Answers(*status);
                write!(f, "{}the `{media_type}` body of {answers}", item(*is_item))
            }
            Where::Header { status, name } => {
                write!(f, "header `{name}` of {}", Answers(*status))
            }
            Where::Payload => f.write_str("the payload"),
            Where::Headers => f.write_str("the headers"),
            Where::Value => f.write_str("the value"),
        }
    }
}
