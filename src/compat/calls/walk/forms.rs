//! How values are written into text, and whether two ways are one for the values that there are.

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
