//! What moved between two descriptions, said without judgement.

use std::rc::Rc;

use crate::compat::contain::Travel;
use crate::schema::{
    Content, Discriminator, Endpoint, Form, Json, Parameter, Requirement, Response, Scheme, Server,
    Status,
};
use crate::text::{Span, Spanned};

/// A thing of the old release and what became of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Both<T> {
    /// In the old release.
    pub(super) old: T,
    /// In the new one.
    pub(super) new: T,
}

/// Who calls whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Clients call the service.
    Operation,
    /// The service calls those who asked for it beforehand.
    Webhook,
    /// The service calls those who asked for it in a call.
    Callback,
}

impl Kind {
    /// The way of what is sent in such a call.
    pub(super) fn sent(self) -> Travel {
        match self {
            Kind::Operation => Travel::Request,
            Kind::Webhook | Kind::Callback => Travel::Response,
        }
    }

    /// The way of what is answered.
    pub(super) fn answered(self) -> Travel {
        match self {
            Kind::Operation => Travel::Response,
            Kind::Webhook | Kind::Callback => Travel::Request,
        }
    }
}

/// The part of a call that has contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What is sent.
    Body,
    /// An answer.
    Answer(Status),
}

/// What has a life: a deprecation, an end, a stability.
#[derive(Debug, Clone, Copy)]
pub(super) enum Living<'a> {
    /// The call as a whole.
    Call,
    /// A parameter.
    Parameter(&'a Parameter),
    /// A part of a value.
    Value(Named<'a>),
}

/// What a part of a value can be called.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Named<'a> {
    /// Its name in its object.
    pub(super) property: Option<&'a str>,
    /// The name of the schema of the object.
    pub(super) owner: Option<&'a str>,
    /// The name of its own schema.
    pub(super) shape: Option<&'a str>,
    /// Whether it is the whole of a body.
    pub(super) is_body: bool,
}

/// A change, with the calls that it is a part of.
#[derive(Debug, Clone)]
pub(super) struct Change<'a> {
    /// The calls, as findings name them; none for what the whole document says.
    pub(super) calls: Rc<[Rc<str>]>,
    /// Who calls whom there.
    pub(super) kind: Kind,
    /// Which way what changed travels.
    pub(super) travel: Travel,
    /// What changed.
    pub(super) what: What<'a>,
}

/// What changed.
#[derive(Debug, Clone)]
pub(super) enum What<'a> {
    /// A call is gone.
    CallRemoved {
        /// The call.
        old: &'a Endpoint,
        /// Where the new release has other methods of the path, or its head.
        at: Span,
        /// Whether no method of the path is left.
        is_path_gone: bool,
    },
    /// A call is new.
    CallAdded(&'a Endpoint),
    /// A parameter is new.
    ParameterAdded(&'a Parameter),
    /// A parameter is gone.
    ParameterRemoved {
        /// The parameter.
        old: &'a Parameter,
        /// The call in the new release.
        at: Span,
    },
    /// A parameter is sent elsewhere.
    ParameterMoved(Both<&'a Parameter>),
    /// A parameter is required in one release only.
    ParameterRequired(Both<&'a Parameter>),
    /// A value is written into text otherwise.
    FormChanged {
        /// The parameter, or header of an answer.
        params: Both<&'a Parameter>,
        /// The answers that it is a header of.
        answers: Option<Status>,
        /// How.
        how: Rewritten,
    },
    /// Values are of another kind, whose texts are read all the same.
    KindOfText {
        /// The parameter, or header of an answer.
        params: Both<&'a Parameter>,
        /// The answers that it is a header of.
        answers: Option<Status>,
        /// Whether the new side reads what the old one writes, and the other way round.
        is_read: Both<bool>,
    },
    /// What stands for an absent parameter is something else.
    DefaultChanged {
        /// The parameter.
        params: Both<&'a Parameter>,
        /// The defaults.
        defaults: Both<Option<&'a Spanned<Json>>>,
    },
    /// Something is sent where nothing was.
    BodyAdded {
        /// Where it is described.
        at: Span,
        /// Whether every call has it.
        is_required: bool,
    },
    /// Nothing is sent where something was.
    BodyRemoved {
        /// Where it was described.
        old_at: Span,
        /// The call in the new release.
        at: Span,
        /// Whether every call had it.
        is_required: bool,
    },
    /// What is sent is required in one release only.
    BodyRequired {
        /// Where it is described.
        spans: Both<Span>,
        /// Whether it is the new one.
        is_now: bool,
    },
    /// A media type is new.
    ContentAdded {
        /// Of what.
        part: Part,
        /// What.
        new: &'a Content,
    },
    /// A media type is gone.
    ContentRemoved {
        /// Of what.
        part: Part,
        /// What.
        old: &'a Content,
        /// What had it, in the new release.
        at: Span,
    },
    /// A media type became a range that holds it, or the other way round.
    ContentRanged {
        /// Of what.
        part: Part,
        /// The media types.
        contents: Both<&'a Content>,
        /// Whether the new one holds more.
        is_wider: bool,
    },
    /// A part of a form is written otherwise.
    EncodingChanged {
        /// Of what.
        part: Part,
        /// The media types.
        contents: Both<&'a Content>,
        /// The part of the form.
        name: &'a str,
        /// Where it stands, when it does.
        spans: Both<Option<Span>>,
    },
    /// Answers are new.
    AnswerAdded(&'a Response),
    /// Answers are gone.
    AnswerRemoved {
        /// The answers.
        old: &'a Response,
        /// The call in the new release.
        at: Span,
        /// Whether clients waited for one of them as a success.
        is_success: bool,
    },
    /// A header of an answer is new.
    HeaderAdded {
        /// The answers.
        answers: Status,
        /// The header.
        new: &'a Parameter,
    },
    /// A header of an answer is gone.
    HeaderRemoved {
        /// The answers.
        answers: Status,
        /// The header.
        old: &'a Parameter,
        /// The answer in the new release.
        at: Span,
    },
    /// A header of an answer is always there in one release only.
    HeaderRequired {
        /// The answers.
        answers: Status,
        /// The headers.
        headers: Both<&'a Parameter>,
    },
    /// Callers have to prove more.
    SecurityTightened {
        /// What is required.
        security: Both<&'a Spanned<Vec<Vec<Requirement>>>>,
        /// How.
        how: Tightened<'a>,
    },
    /// Callers may prove less, or something else.
    SecurityLoosened(Both<&'a Spanned<Vec<Vec<Requirement>>>>),
    /// A scheme of one name asks for another proof.
    SchemeChanged(Both<&'a Scheme>),
    /// A scheme is new.
    SchemeAdded(&'a Scheme),
    /// A scheme is gone.
    SchemeRemoved {
        /// The scheme.
        old: &'a Scheme,
        /// The head of the new document.
        at: Span,
    },
    /// An address is new.
    ServerAdded(&'a Server),
    /// An address is gone.
    ServerRemoved {
        /// The server.
        old: &'a Server,
        /// It, or the first of its addresses that is gone when others are left.
        address: Box<str>,
        /// Where the new release lists others, or the call.
        at: Span,
    },
    /// A call has another name of its own.
    IdChanged {
        /// The names.
        ids: Both<Option<&'a Spanned<Box<str>>>>,
        /// The calls.
        spans: Both<Span>,
    },
    /// A named shape is gone.
    ComponentRemoved {
        /// Its name.
        old: &'a Spanned<Box<str>>,
        /// The head of the new document.
        at: Span,
    },
    /// A call is filed under another word, or no longer.
    TagChanged {
        /// The word.
        tag: &'a Spanned<Box<str>>,
        /// Whether it is new.
        is_new: bool,
        /// The call on the other side.
        other: Span,
    },
    /// It should not be used any more.
    Deprecated {
        /// What.
        living: Living<'a>,
        /// Where that is said.
        at: Span,
        /// Where it stands in the old release.
        old_at: Span,
        /// The day after which it may be gone.
        sunset: Option<&'a Spanned<Box<str>>>,
    },
    /// It may be used again.
    Reactivated {
        /// What.
        living: Living<'a>,
        /// Where that was said.
        old_at: Span,
        /// Where it stands in the new release.
        at: Span,
    },
    /// The end is no day.
    SunsetInvalid {
        /// What.
        living: Living<'a>,
        /// What is written.
        sunset: &'a Spanned<Box<str>>,
        /// What was written.
        old: Option<&'a Spanned<Box<str>>>,
    },
    /// The end comes earlier than was said, or is over when it is announced.
    SunsetEarlier {
        /// What.
        living: Living<'a>,
        /// What was written.
        old: Option<&'a Spanned<Box<str>>>,
        /// What is written.
        new: &'a Spanned<Box<str>>,
    },
    /// Something that should not be used any more has no end any more.
    SunsetRemoved {
        /// What.
        living: Living<'a>,
        /// What was written.
        old: &'a Spanned<Box<str>>,
        /// Where it stands in the new release.
        at: Span,
    },
    /// Another stability is promised.
    StabilityChanged {
        /// What is written.
        levels: Both<Option<&'a Spanned<Box<str>>>>,
        /// The calls.
        spans: Both<Span>,
        /// Whether less is promised.
        is_decrease: bool,
    },
    /// What is promised is none of the words for it.
    StabilityInvalid(&'a Spanned<Box<str>>),
    /// Another value means a shape, or a value means another.
    DiscriminatorChanged {
        /// What is written.
        discriminators: Both<Option<&'a Discriminator>>,
        /// The shapes.
        spans: Both<Span>,
        /// What it is about.
        name: Named<'a>,
        /// What changed.
        how: Redirected,
    },
    /// What stands for an absent part of a value is something else.
    ValueDefaultChanged {
        /// What it is about.
        name: Named<'a>,
        /// The defaults.
        defaults: Both<Option<&'a Spanned<Json>>>,
        /// Where the part is described.
        spans: Both<Span>,
    },
    /// Values are gone from a list that may grow without notice.
    KnownValuesRemoved {
        /// What it is about.
        name: Named<'a>,
        /// The values.
        removed: Vec<&'a Json>,
        /// The lists.
        spans: Both<Span>,
    },
    /// A text holds something else.
    ValueContentChanged {
        /// What it is about.
        name: Named<'a>,
        /// What is said about it.
        contents: Both<Option<&'a Spanned<Box<str>>>>,
        /// Where the text is described.
        spans: Both<Span>,
    },
}

/// How a value is written into text otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rewritten {
    /// By another style, so that values are other text.
    Style,
    /// As a document instead of by a style, the other way round, or as another kind of document.
    Content,
    /// Reserved characters are no longer written as they are.
    ReservedEscaped,
    /// Reserved characters are written as they are.
    ReservedPlain,
}

/// How callers have to prove more.
#[derive(Debug, Clone)]
pub(super) enum Tightened<'a> {
    /// Everybody could call.
    Closed,
    /// The proofs are the same and have to allow more.
    Scopes(Vec<&'a str>),
    /// What was enough no longer is.
    Alternative(&'a [Requirement]),
}

/// What changed about the name whose value tells shapes apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Redirected {
    /// There is one only in the new release.
    Added,
    /// There was one only in the old release.
    Removed,
    /// It is another name.
    Property,
    /// These values mean nothing any more, mean something else, and are new.
    Values {
        /// No longer there.
        removed: Vec<Box<str>>,
        /// Another shape.
        changed: Vec<Box<str>>,
        /// New.
        added: Vec<Box<str>>,
    },
}

/// The text of a form, for findings.
pub(super) fn form_words(form: &Form) -> String {
    match form {
        Form::Style { style, explode, .. } => {
            let explode = if *explode { "exploded" } else { "not exploded" };
            format!("style `{}`, {explode}", style.node)
        }
        Form::Content(media_type) => format!("content `{}`", media_type.node),
    }
}
