//! Changes that hurt nobody: found by descending to the smallest schemas that differ.

use std::collections::BTreeSet;

use super::walk::{Root, of_side};
use crate::compat::contain::{Judge, Sided, Travel, Verdict};
use crate::schema::{Constraint, Shape, ShapeId, Shapes, Use};

/// Most pairs of schemas that are looked at.
const MAX_PAIRS: usize = 200_000;

/// A pair of schemas that differ and hurt nobody.
#[derive(Debug)]
pub(super) struct Change {
    /// The first root that leads to it.
    pub(super) root: usize,
    pub(super) writer: Sided,
    pub(super) reader: Sided,
    /// Whether the reader's side writes only what the writer's side reads, too.
    pub(super) is_equal: bool,
}

/// Such pairs, each once.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    pub(super) changes: Vec<Change>,
    seen: BTreeSet<(Sided, Sided, Travel)>,
}

impl Rewritten {
    /// Looks for what differs below a root.
    pub(super) fn look(
        &mut self,
        judge: &mut Judge<'_>,
        shapes: [&Shapes; 2],
        at: usize,
        root: &Root,
    ) {
        let mut stack = vec![(root.writer, root.reader)];
        while let Some((writer, reader)) = stack.pop() {
            if self.seen.len() >= MAX_PAIRS || !self.seen.insert((writer, reader, root.travel)) {
                continue;
            }
            if judge.equal(writer, reader, root.travel) {
                continue;
            }
            let shape = |sided: Sided| of_side(shapes, sided.side).get(sided.shape);
            let [left, right] = [writer, reader].map(shape);
            match differing(left, right) {
                Some(parts) => {
                    let parts = parts.into_iter().rev().map(|(left, right)| {
                        let of = |sided: Sided, shape: ShapeId| Sided { shape, ..sided };
                        (of(writer, left), of(reader, right))
                    });
                    stack.extend(parts);
                }
                None => {
                    // A part may break where the whole does not; that is told by nobody.
                    let question = root.ask_of(judge, writer, reader);
                    if judge.verdict(question) != Verdict::Contained {
                        continue;
                    }
                    let back = root.ask_of(judge, reader, writer);
                    let is_equal = judge.verdict(back) == Verdict::Contained;
                    self.changes.push(Change {
                        root: at,
                        writer,
                        reader,
                        is_equal,
                    });
                }
            }
        }
    }
}

/// The parts of two shapes that stand in the same places; `None` when the shapes differ in more than
/// their parts.
fn differing(left: &Shape, right: &Shape) -> Option<Vec<(ShapeId, ShapeId)>> {
    if left.constraints.len() != right.constraints.len() {
        return None;
    }
    let mut parts = Vec::new();
    for (left, right) in left.constraints.iter().zip(&right.constraints) {
        match (&left.node, &right.node) {
            (Constraint::Properties(left), Constraint::Properties(right)) => {
                if left.len() != right.len() {
                    return None;
                }
                for property in left {
                    let other = right
                        .iter()
                        .find(|other| other.name.node == property.name.node)?;
                    let same = (other.is_read_only, other.is_write_only)
                        == (property.is_read_only, property.is_write_only);
                    if !same {
                        return None;
                    }
                    parts.push((property.value.shape, other.value.shape));
                }
            }
            (Constraint::AllOf(left), Constraint::AllOf(right))
            | (Constraint::AnyOf(left), Constraint::AnyOf(right))
            | (Constraint::OneOf(left), Constraint::OneOf(right))
            | (Constraint::PrefixItems(left), Constraint::PrefixItems(right)) => {
                if left.len() != right.len() {
                    return None;
                }
                parts.extend(left.iter().zip(right).map(|(l, r)| (l.shape, r.shape)));
            }
            (left, right) => match (only_part(left), only_part(right)) {
                (Some(l), Some(r))
                    if std::mem::discriminant(left) == std::mem::discriminant(right) =>
                {
                    parts.push((l.shape, r.shape));
                }
                (None, None) if is_same(left, right) => {}
                _ => return None,
            },
        }
    }
    Some(parts)
}

/// The part of a constraint that has one, and says nothing besides.
fn only_part(constraint: &Constraint) -> Option<Use> {
    match constraint {
        Constraint::Items(used)
        | Constraint::AdditionalProperties(used)
        | Constraint::UnevaluatedProperties(used)
        | Constraint::UnevaluatedItems(used) => Some(*used),
        _ => None,
    }
}

/// Whether two constraints without parts say the same.
fn is_same(left: &Constraint, right: &Constraint) -> bool {
    match (left, right) {
        (Constraint::OneOfValues(left), Constraint::OneOfValues(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| l.node == r.node)
        }
        (Constraint::Required(left), Constraint::Required(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| l.node == r.node)
        }
        (Constraint::Kinds(left), Constraint::Kinds(right)) => left == right,
        (Constraint::Minimum(left), Constraint::Minimum(right))
        | (Constraint::Maximum(left), Constraint::Maximum(right)) => left == right,
        (Constraint::MultipleOf(left), Constraint::MultipleOf(right)) => left == right,
        (Constraint::MinLength(left), Constraint::MinLength(right))
        | (Constraint::MaxLength(left), Constraint::MaxLength(right))
        | (Constraint::MinItems(left), Constraint::MinItems(right))
        | (Constraint::MaxItems(left), Constraint::MaxItems(right))
        | (Constraint::MinProperties(left), Constraint::MinProperties(right))
        | (Constraint::MaxProperties(left), Constraint::MaxProperties(right)) => left == right,
        (Constraint::Pattern(left), Constraint::Pattern(right))
        | (Constraint::Format(left), Constraint::Format(right)) => left == right,
        (Constraint::UniqueItems, Constraint::UniqueItems)
        | (Constraint::Never, Constraint::Never) => true,
        _ => false,
    }
}
