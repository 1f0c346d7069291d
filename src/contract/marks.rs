//! Places in a payload that readers rely on: each must be there in every message, as one plain value.

mod datum;
mod record;

use super::{Carried, Contract, Event, rules};
use crate::diag::Diagnostics;
use crate::schema::{Constraint, Json, Kinds, Payload, ShapeId, Shapes, Use};
use crate::text::{Likeness, Span, nearest};

/// Deepest nesting of schemas that apply to one value; what is deeper says nothing here.
const MAX_DEPTH: usize = 64;

/// Most schemas that are looked at for one place.
const MAX_LOOKS: usize = 10_000;

/// Checks that the marks of every event stand in its payload, always, as one plain value. `payloads`
/// are those of the events in their order; `None` stands for one about which everything was said.
pub(crate) fn check_marks(
    contract: &Contract,
    payloads: &[Option<Payload<'_>>],
    sink: &mut Diagnostics,
) {
    for (event, payload) in contract.events.iter().zip(payloads) {
        let Some(payload) = payload else { continue };
        for carried in &event.marks {
            if carried.is_in_envelope {
                continue;
            }
            let place = Place {
                event,
                what: carried.mark.name(),
                path: &carried.path.node,
                span: carried.path.span,
            };
            if let Err(problem) = look_at(payload, &place) {
                problem.report(&place, sink);
            }
        }
    }
}

/// What the value of a mark is, such as "a text", and where that is said; `None` when it stands in the
/// envelope or not in the payload.
pub(crate) fn mark_type(
    event: &Event,
    carried: &Carried,
    payload: &Payload<'_>,
) -> Option<(String, Span)> {
    if carried.is_in_envelope {
        return None;
    }
    let place = Place {
        event,
        what: carried.mark.name(),
        path: &carried.path.node,
        span: carried.path.span,
    };
    look_at(payload, &place).ok()
}

/// The place of a mark.
struct Place<'a> {
    event: &'a Event,
    what: &'static str,
    path: &'a str,
    span: Span,
}

/// What is wrong with a place.
struct Problem {
    headline: String,
    /// The part of the path that it is about.
    at: Span,
    schema_at: Span,
    label: String,
    help: String,
}

impl Problem {
    fn report(self, place: &Place<'_>, sink: &mut Diagnostics) {
        sink.report(&rules::EVENT_MARK, self.headline)
            .at(
                self.at,
                format_args!("`{}` of `{}`", place.what, place.event.name.node),
            )
            .also(self.schema_at, self.label)
            .help(self.help);
    }
}

/// What the value at a place is, and where that is said.
fn look_at(payload: &Payload<'_>, place: &Place<'_>) -> Result<(String, Span), Problem> {
    match payload {
        Payload::Value(description, used) => look_at_shape(&description.shapes, *used, place),
        Payload::Record(set, name) => record::look_at(set, name, place),
        Payload::Datum(datums, ty) => datum::look_at(datums, *ty, place),
    }
}

fn look_at_shape(shapes: &Shapes, used: Use, place: &Place<'_>) -> Result<(String, Span), Problem> {
    let mut uses = vec![vec![used]];
    let mut begin = 0;
    let mut around = String::new();
    for (depth, name) in place.path.split('.').enumerate() {
        let at = place.span.part(begin, begin + name.len());
        begin += name.len() + 1;
        if depth > 0 {
            let kinds = kinds_of(shapes, &uses);
            if !Kinds::OBJECT.holds(kinds) {
                return Err(Problem {
                    headline: format!(
                        "`{around}` is not always an object, so not every message has `{}`",
                        place.path
                    ),
                    at,
                    schema_at: uses[0][0].at,
                    label: format!("may be {}", words(kinds.without(Kinds::OBJECT))),
                    help: "write `type: object` in the schema, or name another place".to_owned(),
                });
            }
        }
        let mut found = Found::default();
        for choices in &uses {
            let mut look = Look::new(shapes, name);
            let each = choices.iter().map(|used| look.at(used.shape, 0));
            found.also(Found::of_each(each.collect()));
        }
        let holder = uses[0][0];
        if found.values.is_empty() {
            let near = nearest(
                name,
                found.names.iter().map(String::as_str),
                &Likeness::GIVEN,
            );
            return Err(Problem {
                headline: format!(
                    "the payload of `{}` declares no `{}`",
                    place.event.name.node, place.path
                ),
                at,
                schema_at: shapes.get(holder.shape).span,
                label: "the schema".to_owned(),
                help: match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a property of the schema, or add this one to it".to_owned(),
                },
            });
        }
        if !found.is_required {
            return Err(Problem {
                headline: format!("not every message has `{}`", place.path),
                at,
                schema_at: found.declared.unwrap_or(found.values[0][0].at),
                label: "is not required".to_owned(),
                help: format!("add `{name}` to `required`, or name another place"),
            });
        }
        uses = found.values;
        if !around.is_empty() {
            around.push('.');
        }
        around.push_str(name);
    }
    let kinds = kinds_of(shapes, &uses);
    let plain = Kinds::BOOL.with(Kinds::NUMBER).with(Kinds::STRING);
    if plain.holds(kinds) {
        let mut said = words(kinds);
        for format in formats_of(shapes, &uses) {
            said.push_str(&format!(" with the format `{format}`"));
        }
        return Ok((said, uses[0][0].at));
    }
    let found = if kinds == Kinds::ALL {
        "anything".to_owned()
    } else {
        words(kinds.without(plain))
    };
    Err(Problem {
        headline: format!("`{}` is not always one plain value", place.path),
        at: place.span,
        schema_at: uses[0][0].at,
        label: format!("may be {found}"),
        help: "write `type: string`, `integer` or another plain type in the schema".to_owned(),
    })
}

/// What is known of a name of an object.
#[derive(Default)]
struct Found {
    /// What its value satisfies, all of it; of each list one.
    values: Vec<Vec<Use>>,
    /// Where it is declared.
    declared: Option<Span>,
    is_required: bool,
    /// Names that are declared.
    names: Vec<String>,
}

impl Found {
    /// All of both hold.
    fn also(&mut self, other: Found) {
        self.values.extend(other.values);
        self.declared = self.declared.or(other.declared);
        self.is_required |= other.is_required;
        self.names.extend(other.names);
    }

    /// One of these holds: what all of them say.
    fn of_each(each: Vec<Found>) -> Self {
        let mut each = each;
        if each.len() == 1 {
            return each.remove(0);
        }
        let mut all = Found {
            is_required: !each.is_empty() && each.iter().all(|branch| branch.is_required),
            ..Found::default()
        };
        let is_declared = each.iter().all(|branch| !branch.values.is_empty());
        let mut choices = Vec::new();
        for branch in each {
            all.names.extend(branch.names);
            if is_declared {
                all.declared = all.declared.or(branch.declared);
                choices.extend(branch.values.into_iter().flatten());
            }
        }
        if !choices.is_empty() {
            all.values.push(choices);
        }
        all
    }
}

/// A search for one name in everything that applies to an object in place.
struct Look<'s> {
    shapes: &'s Shapes,
    name: &'s str,
    left: usize,
}

impl<'s> Look<'s> {
    fn new(shapes: &'s Shapes, name: &'s str) -> Self {
        Look {
            shapes,
            name,
            left: MAX_LOOKS,
        }
    }

    fn at(&mut self, shape: ShapeId, depth: usize) -> Found {
        let mut found = Found::default();
        if depth > MAX_DEPTH || self.left == 0 {
            return found;
        }
        self.left -= 1;
        let shapes = self.shapes;
        for constraint in &shapes.get(shape).constraints {
            match &constraint.node {
                Constraint::Properties(properties) => {
                    for property in properties {
                        found.names.push(property.name.node.to_string());
                        if *property.name.node == *self.name {
                            found.values.push(vec![property.value]);
                            found.declared = Some(property.name.span);
                        }
                    }
                }
                Constraint::Required(names) => {
                    found.is_required |= names.iter().any(|name| *name.node == *self.name);
                }
                Constraint::AllOf(parts) => {
                    for part in parts {
                        let part = self.at(part.shape, depth + 1);
                        found.also(part);
                    }
                }
                // What holds in every branch holds.
                Constraint::AnyOf(branches) | Constraint::OneOf(branches) => {
                    let each: Vec<Found> = branches
                        .iter()
                        .map(|branch| self.at(branch.shape, depth + 1))
                        .collect();
                    found.also(Found::of_each(each));
                }
                _ => {}
            }
        }
        found
    }
}

/// Formats that are said of a value right where it is described.
fn formats_of(shapes: &Shapes, uses: &[Vec<Use>]) -> Vec<Box<str>> {
    let all = uses.iter().flatten();
    let constraints = all.flat_map(|used| &shapes.get(used.shape).constraints);
    let mut formats: Vec<Box<str>> = constraints
        .filter_map(|constraint| match &constraint.node {
            Constraint::Format(format) => Some(format.clone()),
            _ => None,
        })
        .collect();
    formats.sort();
    formats.dedup();
    formats
}

/// Kinds that a value has which satisfies one of each list.
fn kinds_of(shapes: &Shapes, uses: &[Vec<Use>]) -> Kinds {
    let mut left = MAX_LOOKS;
    uses.iter().fold(Kinds::ALL, |kinds, choices| {
        kinds.and(choices.iter().fold(Kinds(0), |all, used| {
            all.with(kinds_in(shapes, used.shape, 0, &mut left))
        }))
    })
}

fn kinds_in(shapes: &Shapes, shape: ShapeId, depth: usize, left: &mut usize) -> Kinds {
    if depth > MAX_DEPTH || *left == 0 {
        return Kinds::ALL;
    }
    *left -= 1;
    let mut kinds = Kinds::ALL;
    for constraint in &shapes.get(shape).constraints {
        kinds = kinds.and(match &constraint.node {
            Constraint::Never => Kinds(0),
            Constraint::Kinds(kinds) => *kinds,
            Constraint::OneOfValues(values) => values
                .iter()
                .fold(Kinds(0), |all, value| all.with(kind_of(&value.node))),
            Constraint::AllOf(parts) => parts.iter().fold(Kinds::ALL, |all, part| {
                all.and(kinds_in(shapes, part.shape, depth + 1, left))
            }),
            Constraint::AnyOf(parts) | Constraint::OneOf(parts) => {
                parts.iter().fold(Kinds(0), |all, part| {
                    all.with(kinds_in(shapes, part.shape, depth + 1, left))
                })
            }
            _ => Kinds::ALL,
        });
    }
    kinds
}

fn kind_of(value: &Json) -> Kinds {
    match value {
        Json::Null => Kinds::NULL,
        Json::Bool(_) => Kinds::BOOL,
        Json::Number(_) => Kinds::NUMBER,
        Json::String(_) => Kinds::STRING,
        Json::Array(_) => Kinds::ARRAY,
        Json::Object(_) => Kinds::OBJECT,
    }
}

/// Kinds in words.
fn words(kinds: Kinds) -> String {
    let names = [
        (Kinds::NULL, "null"),
        (Kinds::BOOL, "a boolean"),
        (Kinds::NUMBER, "a number"),
        (Kinds::STRING, "a text"),
        (Kinds::ARRAY, "a list"),
        (Kinds::OBJECT, "an object"),
    ];
    let found: Vec<&str> = names
        .iter()
        .filter(|(kind, _)| !kinds.and(*kind).is_empty())
        .map(|(_, name)| *name)
        .collect();
    match found.as_slice() {
        [] => "nothing".to_owned(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
