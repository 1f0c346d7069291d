//! How values are written into text, and whether two ways are one for the values that there are.

use std::collections::BTreeSet;

use crate::compat::calls::change::{Both, Rewritten};
use crate::schema::{Constraint, Form, Json, Kinds, Shapes, Use};

/// Schemas within schemas that are looked through for the kinds of a value; what lies deeper may be
/// of any kind.
const MAX_DEPTH: usize = 16;

/// How a value is written otherwise; `None` when its text is the same.
pub(super) fn rewritten(
    forms: Both<&Form>,
    uses: Both<Option<Use>>,
    shapes: Both<&Shapes>,
) -> Option<Rewritten> {
    match (forms.old, forms.new) {
        (Form::Content(old), Form::Content(new)) => {
            (old.node != new.node).then_some(Rewritten::Content)
        }
        (Form::Content(_), Form::Style { .. }) | (Form::Style { .. }, Form::Content(_)) => {
            Some(Rewritten::Content)
        }
        (
            Form::Style {
                style: old_style,
                explode: old_explode,
                allow_reserved: was_plain,
            },
            Form::Style {
                style: new_style,
                explode: new_explode,
                allow_reserved: is_plain,
            },
        ) => {
            let kinds = kinds(uses.old, shapes.old, 0).and(kinds(uses.new, shapes.new, 0));
            let differs = [Kinds::ARRAY, Kinds::OBJECT, kinds_of_text()]
                .into_iter()
                .filter(|kind| !kinds.and(*kind).is_empty())
                .any(|kind| {
                    written(&old_style.node, *old_explode, kind)
                        != written(&new_style.node, *new_explode, kind)
                });
            match (differs, *was_plain, *is_plain) {
                (true, _, _) => Some(Rewritten::Style),
                (false, true, false) => Some(Rewritten::ReservedEscaped),
                (false, false, true) => Some(Rewritten::ReservedPlain),
                (false, _, _) => None,
            }
        }
    }
}

/// A schema of one side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texted<'a> {
    /// Which; anything when absent.
    pub(super) used: Option<Use>,
    /// The side.
    pub(super) shapes: &'a Shapes,
}

impl<'a> Texted<'a> {
    fn kinds(self) -> Kinds {
        kinds(self.used, self.shapes, 0)
    }

    fn constraints(self) -> impl Iterator<Item = &'a Constraint> {
        let shape = self.used.map(|used| self.shapes.get(used.shape));
        let constraints = shape.into_iter().flat_map(|shape| &shape.constraints);
        constraints.map(|constraint| &constraint.node)
    }

    /// The schema of items, when nothing else is said about a list.
    fn items(self) -> Option<Texted<'a>> {
        let mut items = None;
        for constraint in self.constraints() {
            match constraint {
                Constraint::Kinds(_) => {}
                Constraint::Items(used) if items.is_none() => items = Some(*used),
                _ => return None,
            }
        }
        Some(Texted {
            used: items,
            ..self
        })
    }

    /// All texts, when they are listed.
    fn listed(self) -> Option<BTreeSet<String>> {
        let kinds = self.kinds();
        if kinds == Kinds::BOOL {
            return Some(["true", "false"].map(str::to_owned).into());
        }
        let mut listed = None;
        for constraint in self.constraints() {
            match constraint {
                Constraint::Kinds(_) => {}
                Constraint::OneOfValues(values) if listed.is_none() => listed = Some(values),
                _ => return None,
            }
        }
        let values = listed?.iter().map(|value| match &value.node {
            Json::Null | Json::Array(_) | Json::Object(_) => None,
            Json::String(text) => Some(text.to_string()),
            value @ (Json::Bool(_) | Json::Number(_)) => Some(value.to_string()),
        });
        values.collect()
    }

    /// Whether every text of at least this length is taken.
    fn takes_every_text(self, length: u64, depth: usize) -> bool {
        let each = |used: &Use| {
            let part = Texted {
                used: Some(*used),
                ..self
            };
            part.takes_every_text(length, depth + 1)
        };
        depth < MAX_DEPTH
            && self.constraints().all(|constraint| match constraint {
                Constraint::Kinds(kinds) => kinds.holds(Kinds::STRING),
                Constraint::MinLength(least) => *least <= length,
                Constraint::AllOf(uses) => uses.iter().all(each),
                Constraint::AnyOf(uses) => uses.iter().any(each),
                // These concern values of other kinds.
                Constraint::Minimum(_)
                | Constraint::Maximum(_)
                | Constraint::MultipleOf(_)
                | Constraint::MinItems(_)
                | Constraint::MaxItems(_)
                | Constraint::Items(_) => true,
                _ => false,
            })
    }
}

/// Whether values of other kinds are the same texts: whoever sends the number 5 sends the text `5`,
/// which a reader of any text takes. `false` where the kinds are the same, and where it is not plain.
pub(super) fn is_text_of(writer: Texted<'_>, reader: Texted<'_>) -> bool {
    let (sent, taken) = (writer.kinds(), reader.kinds());
    if sent == Kinds::ARRAY && taken == Kinds::ARRAY {
        // A list of numbers is a list of texts.
        let items = writer.items().zip(reader.items());
        return items.is_some_and(|(writer, reader)| {
            !writer.kinds().holds(Kinds::ARRAY) && is_text_of(writer, reader)
        });
    }
    let is_plain = sent
        .and(Kinds::ARRAY.with(Kinds::OBJECT).with(Kinds::NULL))
        .is_empty();
    if taken.holds(sent) || !is_plain {
        return false;
    }
    // The texts of numbers and truths are not empty.
    let length = u64::from(!sent.holds(Kinds::STRING));
    let listed = || {
        let (sent, taken) = (writer.listed()?, reader.listed()?);
        Some(sent.is_subset(&taken))
    };
    reader.takes_every_text(length, 0) || listed().unwrap_or(false)
}

/// Kinds of values that are one piece of text.
fn kinds_of_text() -> Kinds {
    Kinds::ALL.without(Kinds::ARRAY).without(Kinds::OBJECT)
}

/// What values of a kind look like (OpenAPI 3.1.1, section 4.8.12.5): equal words are equal texts.
fn written(style: &str, explode: bool, kind: Kinds) -> &'static str {
    let is_list = kind == Kinds::ARRAY;
    let is_object = kind == Kinds::OBJECT;
    match (style, explode) {
        ("simple", true) if is_object => "k=v,k=v",
        ("simple", _) => "v,v",
        ("label", true) if is_object => ".k=v.k=v",
        ("label", true) if is_list => ".v.v",
        ("label", _) => ".v,v",
        ("matrix", true) if is_object => ";k=v;k=v",
        ("matrix", true) if is_list => ";n=v;n=v",
        ("matrix", _) => ";n=v,v",
        ("deepObject", _) if is_object => "n[k]=v",
        // One piece of text is the same in all styles of the query; lists that are exploded are
        // several of them.
        _ if !is_list && !is_object => "n=v",
        (_, true) if is_object => "k=v&k=v",
        (_, true) => "n=v&n=v",
        ("spaceDelimited", false) => "n=v%20v",
        ("pipeDelimited", false) => "n=v|v",
        _ => "n=v,v",
    }
}

/// Kinds of values that a use may have, or more than those.
fn kinds(used: Option<Use>, shapes: &Shapes, depth: usize) -> Kinds {
    let Some(used) = used.filter(|_| depth < MAX_DEPTH) else {
        return Kinds::ALL;
    };
    let mut left = Kinds::ALL;
    for constraint in &shapes.get(used.shape).constraints {
        let any = |uses: &[Use]| {
            let each = uses
                .iter()
                .map(|used| kinds(Some(*used), shapes, depth + 1));
            each.fold(Kinds(0), Kinds::with)
        };
        left = match &constraint.node {
            Constraint::Never => Kinds(0),
            Constraint::Kinds(kinds) => left.and(*kinds),
            Constraint::OneOfValues(values) => {
                let each = values.iter().map(|value| kind_of(&value.node));
                left.and(each.fold(Kinds(0), Kinds::with))
            }
            Constraint::AllOf(uses) => {
                let each = uses
                    .iter()
                    .map(|used| kinds(Some(*used), shapes, depth + 1));
                each.fold(left, Kinds::and)
            }
            Constraint::AnyOf(uses) | Constraint::OneOf(uses) => left.and(any(uses)),
            _ => left,
        };
    }
    left
}

/// The kind of a value, as far as texts are concerned.
fn kind_of(value: &Json) -> Kinds {
    match value {
        Json::Array(_) => Kinds::ARRAY,
        Json::Object(_) => Kinds::OBJECT,
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => kinds_of_text(),
    }
}
