//! Descriptions: everything that a document promises to those who call, answer, send or listen.

use std::sync::Arc;

use super::api::ParamPlace;
use super::datum::Datums;
use super::shape::{Shapes, Use};
use crate::text::{Span, Spanned};

/// One side of a comparison.
#[derive(Debug, Clone)]
pub(crate) struct Description {
    /// The head of the document, for messages about what is not there.
    pub(crate) span: Span,
    /// The version that the document gives itself.
    pub(crate) version: Option<Spanned<Box<str>>>,
    /// Every shape that it uses.
    pub(crate) shapes: Shapes,
    /// What it describes.
    pub(crate) subject: Subject,
}

/// What a document describes.
#[derive(Debug, Clone)]
pub(crate) enum Subject {
    /// Calls and their answers.
    Calls(Box<Calls>),
    /// Messages that are sent and received.
    Events(Vec<Event>),
    /// Values, such as those of a file or a store.
    Values(Use),
}

/// Calls and their answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Calls {
    /// Calls that the service answers, in the order of the document.
    pub(crate) endpoints: Vec<Endpoint>,
    /// Calls that the service makes; their names stand in for paths.
    pub(crate) webhooks: Vec<Endpoint>,
    /// How callers prove who they are.
    pub(crate) schemes: Vec<Scheme>,
    /// Shapes that have names, in the order of the document: generated code knows them by these.
    pub(crate) named: Vec<(Spanned<Box<str>>, Use)>,
}

/// A call.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    /// Its own name.
    pub(crate) id: Option<Spanned<Box<str>>>,
    /// Method in upper case.
    pub(crate) method: Box<str>,
    /// Path template, name of a webhook, or expression of a callback, as the document writes it.
    pub(crate) path: Spanned<Box<str>>,
    /// The method where it is written.
    pub(crate) span: Span,
    /// Parameters, those of the whole path included.
    pub(crate) params: Vec<Parameter>,
    /// What is sent.
    pub(crate) body: Option<Body>,
    /// What is answered.
    pub(crate) responses: Vec<Response>,
    /// Who may call, where it is written: any of the alternatives, each of which is all of its
    /// requirements. No alternative at all is the same as one without requirements: everybody.
    pub(crate) security: Spanned<Vec<Vec<Requirement>>>,
    /// Where it can be called: its own servers, else those of the path, else of the document.
    pub(crate) servers: Vec<Server>,
    /// Calls that the service makes because of this one; the name of the callback is part of the path.
    pub(crate) callbacks: Vec<Endpoint>,
    /// Deprecation, end of life, stability.
    pub(crate) life: Life,
    /// Words that it is filed under.
    pub(crate) tags: Vec<Spanned<Box<str>>>,
}

/// Deprecation, end of life, stability: as they are written, unread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Life {
    /// Where it says that it should not be used any more.
    pub(crate) deprecated: Option<Span>,
    /// The day after which it may be gone (`x-sunset`).
    pub(crate) sunset: Option<Spanned<Box<str>>>,
    /// How much may change (`x-stability-level`).
    pub(crate) stability: Option<Spanned<Box<str>>>,
}

/// A value beside the body.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    /// Its name; in the path the position counts instead.
    pub(crate) name: Spanned<Box<str>>,
    /// Where it is sent.
    pub(crate) place: ParamPlace,
    /// Whether it is the whole query, described as one.
    pub(crate) is_whole_query: bool,
    /// Whether every call has it.
    pub(crate) is_required: bool,
    /// How its value is written into text.
    pub(crate) form: Form,
    /// What its value satisfies.
    pub(crate) value: Option<Use>,
    /// The whole declaration.
    pub(crate) span: Span,
    /// Deprecation, end of life, stability.
    pub(crate) life: Life,
}

/// How a value is written into text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// By a style (OpenAPI 3.1.1, section 4.8.12.2), with the defaults of its place filled in.
    Style {
        /// `form`, `simple`, `label`, `matrix`, `spaceDelimited`, `pipeDelimited`, `deepObject`, `cookie`.
        style: Spanned<Box<str>>,
        /// Whether each item is a parameter of its own.
        explode: bool,
        /// Whether reserved characters are written as they are.
        allow_reserved: bool,
    },
    /// As a document of a media type.
    Content(Spanned<Box<str>>),
}

/// What is sent.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    /// Whether every call has it.
    pub(crate) is_required: bool,
    /// Where it is described.
    pub(crate) span: Span,
    /// What it may be.
    pub(crate) contents: Vec<Content>,
}

/// A body of one media type.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    /// The media type or range, in lower case, without blanks.
    pub(crate) media_type: Spanned<Box<str>>,
    /// What it satisfies as a whole; anything when absent.
    pub(crate) value: Option<Use>,
    /// What each item of a stream satisfies.
    pub(crate) item: Option<Use>,
    /// How parts are written: the name of the part and a canonical text of its rules.
    pub(crate) encodings: Vec<(Spanned<Box<str>>, Box<str>)>,
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    /// Which answers it describes.
    pub(crate) status: Spanned<Status>,
    /// Headers; names compare without case.
    pub(crate) headers: Vec<Parameter>,
    /// What it may hold.
    pub(crate) contents: Vec<Content>,
}

/// Which answers are described.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Status {
    /// One code.
    Code(u16),
    /// A hundred of them, by the first digit.
    Range(u8),
    /// All that nothing else describes.
    Default,
}

/// A proof that a caller has to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Requirement {
    /// The name of the scheme.
    pub(crate) scheme: Spanned<Box<str>>,
    /// What the proof has to allow.
    pub(crate) scopes: Vec<Spanned<Box<str>>>,
}

/// How callers prove who they are.
#[derive(Debug, Clone)]
pub(crate) struct Scheme {
    /// Its name.
    pub(crate) name: Spanned<Box<str>>,
    /// A canonical text of its kind and place, such as `apiKey in header X-Key`; two that are equal
    /// ask for the same proof.
    pub(crate) meaning: Box<str>,
}

/// Where calls go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Server {
    /// The address, with variables as they are written.
    pub(crate) url: Spanned<Box<str>>,
    /// The values of each variable that lists them, sorted.
    pub(crate) variables: Box<[Variable]>,
}

/// A variable in the address of a server, with its values.
pub(crate) type Variable = (Box<str>, Box<[Box<str>]>);

/// A message that is sent or received.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// Its name, such as `order.paid/v1`.
    pub(crate) name: Spanned<Box<str>>,
    /// What the owner of the document does with it; `true` when it sends.
    pub(crate) is_sent: bool,
    /// Where it travels, such as a topic.
    pub(crate) channel: Option<Spanned<Box<str>>>,
    /// What it holds.
    pub(crate) payload: Option<Use>,
    /// What it holds instead, where readers need the schema that wrote it.
    pub(crate) datum: Option<Arc<Datums>>,
    /// What its headers satisfy, as one object.
    pub(crate) headers: Option<Use>,
    /// Facts that it is told apart, ordered and dated by, as paths into the payload: `key`,
    /// `ordering`, `idempotency`, `timestamp`, `version`.
    pub(crate) marks: Vec<(&'static str, Spanned<Box<str>>)>,
}
