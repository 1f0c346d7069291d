//! Places in records whose every field is in every value: only a union makes one be absent.

use super::{Place, Problem};
use crate::schema::{Datum, DatumId, DatumKind, Datums};
use crate::text::{Likeness, Span, nearest};

pub(super) fn look_at(
    datums: &Datums,
    root: DatumId,
    place: &Place<'_>,
) -> Result<(String, Span), Problem> {
    let mut here = root;
    let mut begin = 0;
    let mut at = place.span;
    for step in place.path.split('.') {
        at = place.span.part(begin, begin + step.len());
        begin += step.len() + 1;
        let ty = datums.get(here);
        let DatumKind::Record { fields, .. } = &ty.kind else {
            return Err(Problem {
                headline: format!("not every message has `{}`", place.path),
                at,
                schema_at: ty.span,
                label: format!("what should hold it is {}", words(ty)),
                help: "make it a record, without a union around it, or name another place"
                    .to_owned(),
            });
        };
        let Some(field) = fields.iter().find(|field| *field.name.node == *step) else {
            let names = fields.iter().map(|field| &*field.name.node);
            let near = nearest(step, names, &Likeness::GIVEN);
            return Err(Problem {
                headline: format!(
                    "the payload of `{}` declares no `{}`",
                    place.event.name.node, place.path
                ),
                at,
                schema_at: ty.span,
                label: "the record".to_owned(),
                help: match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a field of the record, or add this one to it".to_owned(),
                },
            });
        };
        here = field.ty;
    }
    let ty = datums.get(here);
    if matches!(&ty.kind, DatumKind::Union(branches) if branches.iter().any(|branch| matches!(datums.get(*branch).kind, DatumKind::Null)))
    {
        return Err(Problem {
            headline: format!("not every message has `{}`", place.path),
            at,
            schema_at: ty.span,
            label: "may be `null`".to_owned(),
            help: "take `null` out of the union, or name another place".to_owned(),
        });
    }
    match &ty.kind {
        DatumKind::Bool
        | DatumKind::Int
        | DatumKind::Long
        | DatumKind::Float
        | DatumKind::Double
        | DatumKind::Bytes
        | DatumKind::Text
        | DatumKind::Fixed { .. }
        | DatumKind::Enum { .. } => Ok((words(ty), ty.span)),
        DatumKind::Null
        | DatumKind::Array(_)
        | DatumKind::Map(_)
        | DatumKind::Union(_)
        | DatumKind::Record { .. } => Err(Problem {
            headline: format!("`{}` is not one plain value", place.path),
            at,
            schema_at: ty.span,
            label: format!("is {}", words(ty)),
            help: "write one plain type, or name a place within it".to_owned(),
        }),
    }
}

fn words(ty: &Datum) -> String {
    let mut said = match ty.kind.name() {
        Some(name) => format!("the {} `{}`", ty.kind.word(), name.short()),
        None => format!("`{}`", ty.kind.word()),
    };
    if let Some(meaning) = &ty.meaning {
        said.push_str(&format!(" that stands for `{meaning}`"));
    }
    said
}
