//! Messages that a service sends and reads: names, places in the payload, and who must understand
//! which version.

use std::fmt;

use super::lower::{Lowering, parse_name};
use super::{ContractName, Micros, Origin, Setting, rules};
use crate::syntax::{
    self, ConsumeAst, DedupeAst, EncodingWord, EnvelopeWord, EventAst, EventKind, EvolutionWord,
};
use crate::text::{Span, Spanned};

/// Attributes of CloudEvents 1.0 that stand in for a place in the payload: which mark, and the name
/// of the attribute.
const CLOUD_EVENTS: [(Mark, &str); 2] = [(Mark::Idempotency, "id"), (Mark::Timestamp, "time")];

/// Versions that must read each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Evolution {
    /// Whether the new version reads what an older one wrote.
    pub(crate) is_backward: bool,
    /// Whether an older version reads what the new one writes.
    pub(crate) is_forward: bool,
    /// Whether every older version counts rather than the last one.
    pub(crate) is_transitive: bool,
}

impl Evolution {
    /// What a contract is held to that says nothing.
    pub(crate) const BACKWARD: Evolution = Evolution {
        is_backward: true,
        is_forward: false,
        is_transitive: false,
    };

    /// What a message is held to that says nothing: old messages stay in the log, and old readers
    /// go on reading it.
    const FULL_TRANSITIVE: Evolution = Evolution {
        is_backward: true,
        is_forward: true,
        is_transitive: true,
    };

    /// What a word of the language stands for.
    pub(super) fn of(word: EvolutionWord) -> Self {
        use EvolutionWord as W;
        Evolution {
            is_backward: matches!(
                word,
                W::Backward | W::Full | W::BackwardTransitive | W::FullTransitive
            ),
            is_forward: matches!(
                word,
                W::Forward | W::Full | W::ForwardTransitive | W::FullTransitive
            ),
            is_transitive: matches!(
                word,
                W::BackwardTransitive | W::ForwardTransitive | W::FullTransitive
            ),
        }
    }
}

impl fmt::Display for Evolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match (self.is_backward, self.is_forward) {
            (false, false) => return f.write_str("none"),
            (true, false) => "backward",
            (false, true) => "forward",
            (true, true) => "full",
        };
        let end = if self.is_transitive {
            "_transitive"
        } else {
            ""
        };
        write!(f, "{word}{end}")
    }
}

/// What readers tell messages apart, order and date them by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Mark {
    /// What the message is about.
    Key,
    /// Messages that agree here stay in order.
    Ordering,
    /// Which message it is.
    Idempotency,
    /// When it happened.
    Timestamp,
    /// Which version of the message it is.
    Version,
}

impl Mark {
    /// Every mark, in the order of the language.
    pub(crate) const ALL: [Mark; 5] = [
        Mark::Key,
        Mark::Ordering,
        Mark::Idempotency,
        Mark::Timestamp,
        Mark::Version,
    ];

    /// The key of the language that names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Mark::Key => "key",
            Mark::Ordering => "ordering.by",
            Mark::Idempotency => "idempotency.key",
            Mark::Timestamp => "timestamp",
            Mark::Version => "version",
        }
    }
}

/// Where a message carries a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Carried {
    /// Which mark.
    pub(crate) mark: Mark,
    /// Names from the outside in, joined by dots.
    pub(crate) path: Spanned<Box<str>>,
    /// Whether it is an attribute of the envelope, and not in the payload.
    pub(crate) is_in_envelope: bool,
}

impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_in_envelope {
            write!(f, "`{}` of the envelope", self.path.node)
        } else {
            write!(f, "`{}`", self.path.node)
        }
    }
}

/// How a message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// In bytes.
    Binary,
    /// As JSON.
    Json,
}

/// A schema of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SchemaRef {
    /// The import.
    pub(crate) alias: Box<str>,
    /// A JSON Pointer into it (RFC 6901), or `/` and the name of a component; of a language whose
    /// types have full names, `/` and that.
    pub(crate) pointer: Box<str>,
    /// Where it is written.
    pub(crate) span: Span,
}

/// Where a message travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Topic {
    /// Its name.
    pub(crate) name: Spanned<Box<str>>,
    /// Into how many logs it is split.
    pub(crate) partitions: Option<Spanned<u32>>,
    /// How long messages are kept, in milliseconds.
    pub(crate) retention_ms: Option<Spanned<u64>>,
}

/// A message that the service sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// Its name with its major version.
    pub(crate) name: Spanned<ContractName>,
    /// What it holds; `None` when the reference cannot be read, which was reported.
    pub(crate) schema: Option<SchemaRef>,
    /// What readers tell it apart, order and date it by.
    pub(crate) marks: Vec<Carried>,
    /// How long it may come again, in milliseconds.
    pub(crate) window_ms: Option<Spanned<u64>>,
    /// Which versions must read each other.
    pub(crate) evolution: Setting<Evolution>,
    /// Where it travels.
    pub(crate) topic: Option<Topic>,
    /// Where it says that CloudEvents stands around it.
    pub(crate) envelope: Option<Span>,
    /// How it travels, where that is said: a record with numbered fields has two forms.
    pub(crate) encoding: Option<Spanned<Encoding>>,
}

impl Event {
    /// Where it carries a mark.
    pub(crate) fn mark(&self, mark: Mark) -> Option<&Carried> {
        self.marks.iter().find(|carried| carried.mark == mark)
    }
}

/// A message of another service that this one reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Consumed {
    /// Its name with its major version.
    pub(crate) name: Spanned<ContractName>,
    /// Who reads it.
    pub(crate) group: Spanned<Box<str>>,
    /// Versions that are understood.
    pub(crate) range: Option<Spanned<semver::VersionReq>>,
    /// How long a message is remembered, in milliseconds.
    pub(crate) window_ms: Option<Spanned<u64>>,
}

/// What a contract says about versions of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Compat {
    /// Which versions must read each other.
    pub(crate) mode: Setting<Evolution>,
    /// What it is compared with, such as `git:origin/main`.
    pub(crate) baseline: Option<Spanned<Box<str>>>,
}

impl Lowering<'_> {
    /// Messages that the service sends, those that can be read.
    pub(super) fn events(&mut self) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        for written in self.ast.events.iter().flat_map(|list| &list.node) {
            let Some(event) = self.event(written) else {
                continue;
            };
            match events
                .iter()
                .find(|other| other.name.node == event.name.node)
            {
                Some(other) => {
                    self.sink
                        .report(
                            &rules::DUPLICATE_EVENT,
                            format_args!("the event `{}` is listed twice", event.name.node),
                        )
                        .at(event.name.span, "once more")
                        .also(other.name.span, "the first one")
                        .help("remove one, or raise its major version");
                }
                None => events.push(event),
            }
        }
        events
    }

    fn event(&mut self, ast: &EventAst) -> Option<Event> {
        let name = ast.name.as_ref();
        let name = name.and_then(|name| self.event_name(name.node.as_str(), name.span));
        let schema = ast.schema.as_ref();
        let schema = schema.and_then(|text| self.schema_ref(text.node.as_str(), text.span));
        if let Some(kind) = ast
            .kind
            .as_ref()
            .filter(|kind| kind.node == EventKind::Command)
        {
            self.sink
                .report(
                    &rules::EVENT_COMMAND,
                    "an event asks for something instead of telling what happened",
                )
                .at(kind.span, "whoever sends it depends on who reads it")
                .help("tell what happened, such as `order.paid/v1`, and call who must act");
        }
        let envelope = ast.envelope.as_ref().map(|word| match word.node {
            EnvelopeWord::CloudEvents => word.span,
        });
        let idempotency = ast.idempotency.as_ref().map(|node| &node.node);
        let written = [
            (Mark::Key, ast.key.as_ref()),
            (
                Mark::Ordering,
                ast.ordering.as_ref().and_then(|node| node.node.by.as_ref()),
            ),
            (
                Mark::Idempotency,
                idempotency.and_then(|node| node.key.as_ref()),
            ),
            (Mark::Timestamp, ast.timestamp.as_ref()),
            (Mark::Version, ast.version.as_ref()),
        ];
        let mut marks = Vec::new();
        for (mark, text) in written {
            let attribute = CLOUD_EVENTS.iter().find(|(other, _)| *other == mark);
            let attribute = envelope.and(attribute).map(|(_, name)| *name);
            let (path, span) = match (text, attribute, envelope) {
                (Some(text), ..) => (text.node.as_str(), text.span),
                (None, Some(name), Some(span)) => (name, span),
                (None, ..) => continue,
            };
            if !self.field(path, span) {
                continue;
            }
            marks.push(Carried {
                mark,
                path: Spanned::new(path.into(), span),
                is_in_envelope: attribute == Some(path),
            });
        }
        let evolution = match &ast.evolution {
            Some(word) => Setting {
                value: Evolution::of(word.node),
                origin: Origin::Written(word.span),
            },
            None => Setting::default(Evolution::FULL_TRANSITIVE),
        };
        let window_ms = idempotency.and_then(|node| self.window(node));
        let kafka = ast.channel.as_ref();
        let kafka = kafka.and_then(|channel| channel.node.kafka.as_ref());
        let topic = kafka.and_then(|kafka| {
            let kafka = &kafka.node;
            let name = kafka.topic.as_ref()?;
            let name = self.kafka_name(name.node.as_str(), name.span);
            let retention = kafka.retention.as_ref();
            Some(Topic {
                name: name?,
                partitions: kafka
                    .partitions
                    .as_ref()
                    .map(|n| Spanned::new(n.node.0, n.span)),
                retention_ms: retention.and_then(|text| self.time(text)),
            })
        });
        Some(Event {
            name: name?,
            schema,
            marks,
            window_ms,
            evolution,
            topic,
            envelope,
            encoding: ast.encoding.as_ref().map(|word| {
                let encoding = match word.node {
                    EncodingWord::Binary => Encoding::Binary,
                    EncodingWord::Json => Encoding::Json,
                };
                Spanned::new(encoding, word.span)
            }),
        })
    }

    /// Messages of other services that are read.
    pub(super) fn consumes(&mut self) -> Vec<Consumed> {
        let mut out: Vec<Consumed> = Vec::new();
        for written in self.ast.consumes.iter().flat_map(|list| &list.node) {
            let Some(consumed) = self.consumed(written) else {
                continue;
            };
            let is_same = |other: &&Consumed| {
                other.name.node == consumed.name.node && other.group.node == consumed.group.node
            };
            match out.iter().find(is_same) {
                Some(other) => {
                    self.sink
                        .report(
                            &rules::DUPLICATE_EVENT,
                            format_args!(
                                "the group `{}` reads `{}` twice",
                                consumed.group.node, consumed.name.node
                            ),
                        )
                        .at(consumed.name.span, "once more")
                        .also(other.name.span, "the first time")
                        .help("remove one; each message goes to one reader of a group");
                }
                None => out.push(consumed),
            }
        }
        out
    }

    fn consumed(&mut self, ast: &ConsumeAst) -> Option<Consumed> {
        let name = ast.event.as_ref();
        let name = name.and_then(|name| self.event_name(name.node.as_str(), name.span));
        let range = ast.version.as_ref().and_then(|text| {
            let range = self.range(text.node.as_str(), text.span)?;
            if let Some(name) = &name {
                self.check_range(&range, text.span, name);
            }
            Some(Spanned::new(range, text.span))
        });
        let dedupe = ast.dedupe.as_ref().map(|node| &node.node);
        let window_ms = dedupe.and_then(|dedupe| {
            if let Some(key) = &dedupe.key {
                self.field(key.node.as_str(), key.span);
            }
            self.window(dedupe)
        });
        self.ladder(ast);
        if let Some(topic) = &ast.dead_letter {
            self.kafka_name(topic.node.as_str(), topic.span);
        }
        let group = ast.group.as_ref();
        let group = group.and_then(|group| self.kafka_name(group.node.as_str(), group.span));
        Some(Consumed {
            name: name?,
            group: group?,
            range,
            window_ms,
        })
    }

    /// What the contract says about versions of its own.
    pub(super) fn compat(&mut self) -> Compat {
        let written = self.ast.compat.as_ref().map(|compat| &compat.node);
        let mode = match written.and_then(|compat| compat.mode.as_ref()) {
            Some(word) => Setting {
                value: Evolution::of(word.node),
                origin: Origin::Written(word.span),
            },
            None => Setting::default(Evolution::BACKWARD),
        };
        let baseline = written.and_then(|compat| compat.baseline.as_ref());
        let baseline = baseline.and_then(|text| {
            let rest = ["git:", "file:", "dir:"]
                .iter()
                .find_map(|kind| text.node.as_str().strip_prefix(kind));
            if rest.is_none_or(str::is_empty) {
                self.sink
                    .report(
                        &rules::INVALID_BASELINE,
                        format_args!("`{}` does not say what to compare with", text.node),
                    )
                    .at(text.span, "")
                    .help("write `git:REVISION`, `file:PATH` or `dir:FOLDER`");
                return None;
            }
            Some(Spanned::new(text.node.as_str().into(), text.span))
        });
        Compat { mode, baseline }
    }

    fn event_name(&mut self, text: &str, span: Span) -> Option<Spanned<ContractName>> {
        match parse_name(text) {
            Ok(name) => Some(Spanned::new(name, span)),
            Err((problem, fix)) => {
                let draft = self
                    .sink
                    .report(
                        &rules::INVALID_EVENT,
                        format_args!("`{text}` is no name of an event: {problem}"),
                    )
                    .at(span, "");
                match fix {
                    Some(fix) => draft.fix(format_args!("write `{fix}`"), span, &fix),
                    None => draft
                        .help("write what happened and the major version, such as `order.paid/v1`"),
                };
                None
            }
        }
    }

    /// Reads `alias#/pointer`, and `alias.full.Name` where the import is of records with full names;
    /// the alias must be one of the imports.
    fn schema_ref(&mut self, text: &str, span: Span) -> Option<SchemaRef> {
        let imports = || self.ast.imports.iter().flat_map(|list| list.node.iter());
        let is_of_records = |alias: &str| {
            let mut all = imports();
            all.any(|(own, import)| own.node.as_str() == alias && import.proto.is_some())
        };
        let dotted = text.split_once('.').filter(|_| !text.contains('#'));
        if let Some((alias, name)) = dotted.filter(|(alias, _)| is_of_records(alias)) {
            return Some(SchemaRef {
                alias: alias.into(),
                pointer: format!("/{name}").into(),
                span,
            });
        }
        let Some((alias, pointer)) = text.split_once('#') else {
            if let Some((alias, name)) = dotted {
                self.sink
                    .report(
                        &rules::UNKNOWN_SCHEMA,
                        format_args!("`{alias}` is no import of Protobuf"),
                    )
                    .at(span.part(0, alias.len()), "")
                    .help(format_args!(
                        "add `imports: {{{alias}: {{proto: ./proto}}}}`, or write `{alias}#/{name}` for another kind"
                    ));
                return None;
            }
            self.sink
                .report(
                    &rules::UNKNOWN_SCHEMA,
                    format_args!("`{text}` does not say which import it is from"),
                )
                .at(span, "")
                .help("write the alias of an import, `#/` and the name of the schema, such as `ev#/OrderPaid`");
            return None;
        };
        let imports = self.ast.imports.iter().flat_map(|list| list.node.iter());
        let aliases: Vec<&str> = imports.map(|(alias, _)| alias.node.as_str()).collect();
        if !aliases.contains(&alias) {
            let draft = self
                .sink
                .report(
                    &rules::UNKNOWN_SCHEMA,
                    format_args!("there is no import `{alias}`"),
                )
                .at(span.part(0, alias.len()), "");
            match aliases.as_slice() {
                [] => draft.help(format_args!(
                    "add `imports: {{{alias}: {{asyncapi: ./events.asyncapi.yaml}}}}`"
                )),
                _ => draft.help(format_args!("imports are `{}`", aliases.join("`, `"))),
            };
            return None;
        }
        if !pointer.is_empty() && !pointer.starts_with('/') {
            self.sink
                .report(
                    &rules::UNKNOWN_SCHEMA,
                    format_args!("`#{pointer}` does not begin with `#/`"),
                )
                .at(span, "")
                .fix(
                    format_args!("write `{alias}#/{pointer}`"),
                    span,
                    format_args!("{alias}#/{pointer}"),
                );
            return None;
        }
        Some(SchemaRef {
            alias: alias.into(),
            pointer: pointer.into(),
            span,
        })
    }

    /// Whether a text names a place in a message; the contrary is reported.
    fn field(&mut self, text: &str, span: Span) -> bool {
        let is_path = text
            .split('.')
            .all(|name| !name.is_empty() && !name.contains(char::is_whitespace));
        if !is_path {
            self.sink
                .report(
                    &rules::INVALID_EVENT,
                    format_args!("`{text}` is no place in a message"),
                )
                .at(span, "")
                .help("write names joined by dots, such as `customer.id`");
        }
        is_path
    }

    /// Names that Kafka takes: letters, digits, `.`, `_` and `-`, at most 249.
    fn kafka_name(&mut self, text: &str, span: Span) -> Option<Spanned<Box<str>>> {
        let is_plain = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        if is_plain && (1..=249).contains(&text.len()) && text != "." && text != ".." {
            return Some(Spanned::new(text.into(), span));
        }
        self.sink
            .report(
                &rules::INVALID_EVENT,
                format_args!("`{text}` is no name that Kafka takes"),
            )
            .at(span, "")
            .help("write letters, digits, `.`, `_` and `-`, 249 at most");
        None
    }

    fn window(&mut self, ast: &DedupeAst) -> Option<Spanned<u64>> {
        ast.window.as_ref().and_then(|text| self.time(text))
    }

    /// A duration in milliseconds, above zero.
    fn time(&mut self, text: &Spanned<syntax::DurationText>) -> Option<Spanned<u64>> {
        let millis = match Micros::parse(text.node.as_str()) {
            Ok(duration) => duration.as_millis().filter(|ms| *ms > 0),
            Err(problem) => {
                self.unit_problem(&rules::INVALID_DURATION, problem, text.span);
                return None;
            }
        };
        if millis.is_none() {
            self.sink
                .report(
                    &rules::INVALID_DURATION,
                    format_args!(
                        "`{}` is no whole number of milliseconds above zero",
                        text.node
                    ),
                )
                .at(text.span, "")
                .help("write a duration of at least `1ms`");
        }
        millis.map(|ms| Spanned::new(ms, text.span))
    }

    fn range(&mut self, text: &str, span: Span) -> Option<semver::VersionReq> {
        match semver::VersionReq::parse(text) {
            Ok(range) => Some(range),
            Err(error) => {
                self.sink
                    .report(
                        &rules::INVALID_EVENT,
                        format_args!("`{text}` is no range of versions: {error}"),
                    )
                    .at(span, "")
                    .help("write a range such as `^1` or `>=1.2, <2`");
                None
            }
        }
    }

    /// The range must hold a version of the major that is read.
    fn check_range(
        &mut self,
        range: &semver::VersionReq,
        span: Span,
        name: &Spanned<ContractName>,
    ) {
        let major = u64::from(name.node.major());
        let can_be = range.comparators.iter().all(|part| {
            use semver::Op;
            match part.op {
                Op::Exact | Op::Tilde | Op::Caret | Op::Wildcard => part.major == major,
                Op::Greater | Op::GreaterEq => part.major <= major,
                Op::Less => {
                    part.major > major
                        || (part.major == major
                            && (part.minor.unwrap_or(0) > 0 || part.patch.unwrap_or(0) > 0))
                }
                Op::LessEq => part.major >= major,
                // Operators of later releases of the crate are not told.
                _ => true,
            }
        });
        if !can_be {
            self.sink
                .report(
                    &rules::INVALID_EVENT,
                    format_args!("`{range}` holds no version of `{}`", name.node),
                )
                .at(span, "")
                .also(name.span, format_args!("major version {major}"))
                .help(format_args!(
                    "write `^{major}`, or read another major version"
                ));
        }
    }

    /// Waits grow, and there are tries for all of them.
    fn ladder(&mut self, ast: &ConsumeAst) {
        let Some(retry) = &ast.retry else { return };
        let mut last: Option<Spanned<u64>> = None;
        for text in &retry.node {
            let Some(wait) = self.time(text) else {
                continue;
            };
            if let Some(before) = last.as_ref().filter(|before| before.node >= wait.node) {
                self.sink
                    .report(
                        &rules::INVALID_EVENT,
                        format_args!(
                            "the wait of `{}` is no longer than the one before",
                            text.node
                        ),
                    )
                    .at(wait.span, "")
                    .also(before.span, "the one before")
                    .help("write waits that grow, such as `[1m, 10m, 1h]`");
            }
            last = Some(wait);
        }
        let tries = retry.node.len() + 1;
        if let Some(most) = ast.max_attempts.as_ref()
            && (most.node.0 as usize) < tries
        {
            self.sink
                .report(
                    &rules::INVALID_EVENT,
                    format_args!("{} tries never reach the last wait", most.node.0),
                )
                .at(most.span, "")
                .also(retry.span, format_args!("{} waits", retry.node.len()))
                .help(format_args!(
                    "write `max_attempts: {tries}` or more: the first try needs no wait"
                ));
        }
    }
}
