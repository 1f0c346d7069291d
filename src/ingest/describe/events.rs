//! The messages of an AsyncAPI document.
//!
//! The owner of the document sends or receives, as each operation says; answers go the other way.

use super::dialect::Dialect;
use super::reader::Reader;
use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::ingest::avro;
use crate::ingest::lookup::{Place, clip};
use crate::ingest::rules;
use crate::ingest::walk::head;
use crate::schema::{Constraint, Datums, Event, Shape, ShapeId, Use};
use crate::syntax::{Key, Value};
use crate::text::{Span, Spanned};

/// Most messages that operations send and receive; a channel of many messages may be that of many
/// operations.
pub(super) const MAX_EVENTS: usize = 50_000;

/// Languages of schemas that are dialects of JSON Schema, by the beginning of their media type and a
/// word of it.
const LANGUAGES: [(&str, &str, Dialect); 9] = [
    ("application/vnd.aai.asyncapi", "", Dialect::Draft07),
    (
        "application/vnd.oai.openapi",
        "version=3.0",
        Dialect::OpenApi30,
    ),
    (
        "application/vnd.oai.openapi",
        "version=3.1",
        Dialect::Draft2020,
    ),
    ("application/schema", "draft-04", Dialect::Draft04),
    ("application/schema", "draft-06", Dialect::Draft06),
    ("application/schema", "draft-07", Dialect::Draft07),
    ("application/schema", "2019-09", Dialect::Draft2019),
    ("application/schema", "2020-12", Dialect::Draft2020),
    ("application/schema", "", Dialect::Draft07),
];

/// Everything that a document says about messages.
pub(super) fn events<'t>(reader: &mut Reader<'t, '_>, root: Place<'t>) -> Vec<Event> {
    let mut sender = Sender {
        reader,
        events: Vec::new(),
    };
    // Names of shapes are those of components, so these come before all that refers to them.
    let schemas = root.value.pointer("/components/schemas");
    for (name, value) in schemas.into_iter().flat_map(Value::entries) {
        let place = Place { value, ..root };
        if value.get("$ref").is_none()
            && let Some(used) = sender.payload(place)
        {
            sender.reader.name(used.shape, name.text);
        }
    }
    let operations = root.value.get("operations");
    for (name, value) in operations.into_iter().flat_map(Value::entries) {
        sender.operation(name, Place { value, ..root });
    }
    if sender.events.len() >= MAX_EVENTS {
        let headline = format!("the operations have more than {MAX_EVENTS} messages");
        sender.reader.past_limit(headline, head(root.value));
        return Vec::new();
    }
    sender.events
}

/// The use of a schema of an AsyncAPI document, or of one in another language.
pub(super) fn payload<'t>(reader: &mut Reader<'t, '_>, place: Place<'t>) -> Option<Use> {
    let mut sender = Sender {
        reader,
        events: Vec::new(),
    };
    sender.payload(place)
}

/// The Avro schema that a payload is: `None` when it is none of Avro's, and nothing in it when it
/// cannot be read, which was reported.
pub(super) fn datums<'t>(
    reader: &mut Reader<'t, '_>,
    place: Place<'t>,
) -> Option<Option<Arc<Datums>>> {
    let target = reader.target(place)?;
    let format = target.value.get("schemaFormat")?.as_str()?;
    if !format
        .to_ascii_lowercase()
        .starts_with(avro::AVRO_MEDIA_TYPE)
    {
        return None;
    }
    let value = target.value.get("schema")?;
    let schema = reader.target(Place { value, ..target })?;
    let mut found = Diagnostics::default();
    let datums = avro::read(schema.value, &mut found);
    reader.absorb(found);
    Some(datums.map(Arc::new))
}

struct Sender<'t, 'r, 'w> {
    reader: &'r mut Reader<'t, 'w>,
    events: Vec<Event>,
}

/// The name and place of a message.
type Named<'t> = (Spanned<&'t str>, Place<'t>);

impl<'t> Sender<'t, '_, '_> {
    fn operation(&mut self, name: Key<'t>, place: Place<'t>) {
        let Some(operation) = self.reader.target(place) else {
            return;
        };
        let action = operation.value.get("action");
        let is_sent = match action.and_then(Value::as_str) {
            Some("send") => true,
            Some("receive") => false,
            _ => {
                let headline = format!(
                    "the operation `{}` must say whether it sends or receives",
                    clip(name.text)
                );
                if let Some(draft) = self.reader.report(&rules::INVALID_ASYNCAPI, headline) {
                    let at = action.map_or(name.span, Value::span);
                    draft
                        .at(at, "not known")
                        .help("write `action: send` or `action: receive`");
                }
                return;
            }
        };
        self.messages(operation, is_sent);
        if let Some(value) = operation.value.get("reply") {
            let reply = self.reader.target(Place { value, ..operation });
            if let Some(reply) = reply {
                self.messages(reply, !is_sent);
            }
        }
    }

    /// The messages of an operation or of its reply: those that it lists, else all of its channel.
    fn messages(&mut self, holder: Place<'t>, is_sent: bool) {
        let channel = holder.value.get("channel");
        let channel = channel.and_then(|value| {
            let place = Place { value, ..holder };
            let target = self.reader.target(place)?;
            Some((place, target))
        });
        let address = channel.and_then(|(used, channel)| {
            let address = channel.value.get("address");
            match address.and_then(|address| Some((address.as_str()?, address.text_span()))) {
                Some((text, span)) => Some(Spanned::new(text, span)),
                // An address that is known only later; the channel is told apart by its name.
                None => {
                    let reference = used.value.get("$ref")?;
                    let text = reference.as_str()?;
                    let name = text.rsplit('/').next().unwrap_or(text);
                    Some(Spanned::new(name, reference.text_span()))
                }
            }
        });
        let listed = holder
            .value
            .get("messages")
            .filter(|list| list.is_sequence());
        let named: Vec<Named<'t>> = match listed {
            Some(list) => list
                .items()
                .filter_map(|item| {
                    let reference = item.get("$ref")?;
                    let text = reference.as_str()?;
                    let name = text.rsplit('/').next().unwrap_or(text);
                    let place = Place {
                        value: item,
                        ..holder
                    };
                    Some((Spanned::new(name, reference.text_span()), place))
                })
                .collect(),
            None => {
                let all = channel.and_then(|(_, channel)| {
                    let list = channel.value.get("messages")?;
                    Some(list.entries().map(move |(name, value)| {
                        let place = Place { value, ..channel };
                        (Spanned::new(name.text, name.span), place)
                    }))
                });
                all.into_iter().flatten().collect()
            }
        };
        for (name, place) in named {
            if self.events.len() >= MAX_EVENTS {
                return;
            }
            if let Some(message) = self.reader.target(place) {
                self.event(name, message, address, is_sent);
            }
        }
    }

    fn event(
        &mut self,
        name: Spanned<&'t str>,
        message: Place<'t>,
        address: Option<Spanned<&'t str>>,
        is_sent: bool,
    ) {
        // Later traits count before earlier ones, and the message before all of them.
        let traits = message.value.get("traits");
        let mut layers: Vec<Place<'t>> = Vec::new();
        for value in traits.into_iter().flat_map(Value::items) {
            layers.extend(self.reader.target(Place { value, ..message }));
        }
        layers.push(message);
        layers.reverse();
        let first = |key: &str| {
            layers.iter().find_map(|layer| {
                let value = layer.value.get(key)?;
                Some(Place { value, ..*layer })
            })
        };
        let own_name = first("name").and_then(|name| {
            let text = name.value.as_str()?;
            Some(Spanned::new(text, name.value.text_span()))
        });
        let name = own_name.unwrap_or(name);
        let key = layers.iter().find_map(|layer| {
            let value = layer.value.get("bindings")?;
            let bindings = self.reader.target(Place { value, ..*layer })?;
            let key = bindings.value.get("kafka")?.get("key")?;
            Some(Place {
                value: key,
                ..bindings
            })
        });
        let mut marks = Vec::new();
        if let Some(key) = key.and_then(|key| self.reader.target(key)) {
            let text = self.reader.budget.compact(key.value);
            let span = self.reader.line(key.doc, key.value);
            marks.push(("key", Spanned::new(text.into(), span)));
        }
        let headers: Vec<Place<'t>> = layers
            .iter()
            .filter_map(|layer| {
                let value = layer.value.get("headers")?;
                Some(Place { value, ..*layer })
            })
            .collect();
        let headers: Vec<Use> = headers
            .into_iter()
            .filter_map(|place| self.payload(place))
            .collect();
        let headers = match headers[..] {
            [] => None,
            [one] => Some(one),
            _ => Some(self.made(
                headers[0].at,
                vec![Spanned::new(
                    Constraint::AllOf(headers.clone().into()),
                    headers[0].at,
                )],
            )),
        };
        let payload = first("payload");
        let datum = payload.and_then(|payload| datums(self.reader, payload));
        let payload = match datum {
            Some(_) => None,
            None => payload.and_then(|payload| self.payload(payload)),
        };
        let event = Event {
            name: self.reader.copy(name.node, name.span),
            is_sent,
            channel: address.map(|address| self.reader.copy(address.node, address.span)),
            payload,
            datum: datum.flatten(),
            headers,
            marks,
        };
        self.events.push(event);
    }

    /// The use of a schema, or of one in another language.
    fn payload(&mut self, place: Place<'t>) -> Option<Use> {
        let dialect = self.reader.dialect_in(place.doc, Dialect::Draft07);
        let target = self.reader.target(place);
        let Some(target) = target.filter(|target| target.value.get("schemaFormat").is_some())
        else {
            return Some(self.reader.using(place, dialect));
        };
        let (key, format) = target.value.get_entry("schemaFormat")?;
        let schema = target.value.get("schema")?;
        let text = format.as_str().unwrap_or("").to_ascii_lowercase();
        let row = LANGUAGES
            .iter()
            .find(|(begin, word, _)| text.starts_with(begin) && text.contains(word));
        if let Some((_, _, dialect)) = row {
            let inner = Place {
                value: schema,
                ..target
            };
            return Some(self.reader.using(inner, *dialect));
        }
        let why = "its language is not read in a document of this kind";
        let opaque = self.reader.opaque(key, target.value, why);
        let at = self.reader.line(target.doc, target.value);
        Some(self.made(at, vec![Spanned::new(opaque, at)]))
    }

    /// A shape that no schema of the document is.
    fn made(&mut self, at: Span, constraints: Vec<Spanned<Constraint>>) -> Use {
        let count = u32::try_from(self.reader.shapes.len()).unwrap_or(u32::MAX - 1);
        self.reader.shapes.push(Shape {
            span: at,
            name: None,
            constraints: constraints.into(),
            notes: None,
        });
        Use {
            shape: ShapeId(count),
            at,
        }
    }
}
