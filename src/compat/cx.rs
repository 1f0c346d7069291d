//! What rules may ask: the two releases, and what becomes of values between them.

use std::cell::RefCell;
use std::collections::HashMap;

use super::change::{FieldOwner, FieldPair, Pair, RecordPair};
use super::diff::{self, Walk};
use super::encoding::{BREAK, End, LOSS, SAFE, binary, json, worse};
use super::finding::worst;
use super::index::Index;
use super::rules;
use crate::diag::{Breaks, Directions, Outcome, Verdict};
use crate::schema::{Cardinality, Field};

/// Records within records that are followed before a comparison of types gives up; generated
/// schemas nest some ten deep.
const MAX_SHAPE_DEPTH: usize = 64;

/// What becomes of records of one type in the place of another.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// The binary form.
    pub(super) binary: Directions,
    /// The JSON form.
    pub(super) json: Directions,
    /// The first difference that hurts, in words.
    pub(super) reason: Option<String>,
}

impl Shape {
    fn same() -> Self {
        Shape {
            binary: Directions::SAFE,
            json: Directions::SAFE,
            reason: None,
        }
    }

    /// The binary and the JSON verdict of one direction.
    pub(super) fn verdicts(&self, writer_is_old: bool) -> (Verdict, Verdict) {
        let side = |both: &Directions| {
            if writer_is_old {
                both.old_to_new.clone()
            } else {
                both.new_to_old.clone()
            }
        };
        (side(&self.binary), side(&self.json))
    }
}

/// What rules may ask.
pub(super) struct Cx<'a> {
    /// The old release.
    pub(super) old: &'a Index<'a>,
    /// The new one.
    pub(super) new: &'a Index<'a>,
    shapes: RefCell<HashMap<(String, String), Shape>>,
    depth: RefCell<usize>,
}

impl<'a> Cx<'a> {
    pub(super) fn new(old: &'a Index<'a>, new: &'a Index<'a>) -> Self {
        Cx {
            old,
            new,
            shapes: RefCell::default(),
            depth: RefCell::default(),
        }
    }

    /// What becomes of records of type `old` in the place of records of type `new`. A pair that is
    /// asked about while it is being answered differs nowhere as far as this question is concerned:
    /// every difference is found where it is.
    pub(super) fn shape(&self, old: &str, new: &str) -> Shape {
        let key = (old.to_owned(), new.to_owned());
        if let Some(known) = self.shapes.borrow().get(&key) {
            return known.clone();
        }
        self.shapes.borrow_mut().insert(key.clone(), Shape::same());
        *self.depth.borrow_mut() += 1;
        let shape = if *self.depth.borrow() > MAX_SHAPE_DEPTH {
            Shape {
                binary: super::finding::both(BREAK),
                json: super::finding::both(BREAK),
                reason: Some(format!(
                    "`{old}` nests too deep to be compared with `{new}`"
                )),
            }
        } else {
            self.compare(old, new)
        };
        *self.depth.borrow_mut() -= 1;
        self.shapes.borrow_mut().insert(key, shape.clone());
        shape
    }

    fn compare(&self, old: &str, new: &str) -> Shape {
        let mut shape = Shape::same();
        let found = self.old.record(old).zip(self.new.record(new));
        let Some(((old_at, old_record), (new_at, new_record))) = found else {
            return Shape {
                binary: super::finding::both(BREAK),
                json: super::finding::both(BREAK),
                reason: None,
            };
        };
        // Records with a meaning of their own have it by name: the same numbers mean other things.
        if old != new && json::special(old).is_some() && json::special(new).is_some() {
            shape.binary = super::finding::both(LOSS);
            shape.reason = Some(format!(
                "`{old}` and `{new}` give the same numbers other meanings"
            ));
            return shape;
        }
        let pair = RecordPair {
            types: Pair {
                old: old_at,
                new: new_at,
            },
            records: Pair {
                old: old_record,
                new: new_record,
            },
            are_entries: false,
            is_by_name: false,
        };
        let walk = Walk {
            old: self.old,
            new: self.new,
            is_partial: true,
        };
        let mut changes = Vec::new();
        diff::records(&walk, pair, &mut changes);
        for finding in changes.iter().flat_map(|change| rules::judge(change, self)) {
            let Breaks { binary, json, .. } = finding.breaks;
            let hurts = [&binary, &json].into_iter().flatten().any(|both| {
                both.old_to_new.outcome != Outcome::Safe || both.new_to_old.outcome != Outcome::Safe
            });
            if hurts && shape.reason.is_none() {
                shape.reason = Some(finding.headline);
            }
            shape.binary = worst(Some(shape.binary), binary).unwrap_or(Directions::SAFE);
            shape.json = worst(Some(shape.json), json).unwrap_or(Directions::SAFE);
        }
        shape
    }

    /// Both ends of a field, for either direction.
    pub(super) fn ends(&self, pair: &FieldPair<'a>) -> Pair<End<'a>> {
        Pair {
            old: self.end(true, pair.fields.old),
            new: self.end(false, pair.fields.new),
        }
    }

    fn end(&self, is_old: bool, field: &'a Field) -> End<'a> {
        let verifies = field.attrs.get("utf8_validation").last();
        End {
            index: if is_old { self.old } else { self.new },
            ty: &field.ty,
            verifies_text: verifies.is_none_or(|attr| &*attr.value == "VERIFY"),
            is_old,
        }
    }

    /// What becomes of single values of a field, in both directions and forms.
    pub(super) fn values(&self, pair: &FieldPair<'a>) -> (Directions, Directions) {
        let Pair { old, new } = self.ends(pair);
        (
            Directions::new(binary::value(self, old, new), binary::value(self, new, old)),
            Directions::new(json::value(self, old, new), json::value(self, new, old)),
        )
    }

    /// What becomes in JSON of a field that has the same name under another number.
    pub(super) fn moved_values(
        &self,
        records: RecordPair<'a>,
        old: &'a Field,
        new: &'a Field,
    ) -> Directions {
        let pair = FieldPair {
            owner: FieldOwner::Record(records),
            fields: Pair { old, new },
        };
        let all = [self.values(&pair).1, self.counts(&pair).1, keys(old, new)];
        all.into_iter()
            .reduce(|left, right| worst(Some(left), Some(right)).unwrap_or(Directions::SAFE))
            .unwrap_or(Directions::SAFE)
    }

    /// What becomes of the number of values of a field.
    pub(super) fn counts(&self, pair: &FieldPair<'a>) -> (Directions, Directions) {
        let Pair { old, new } = pair.fields;
        let (from, to) = (old.cardinality, new.cardinality);
        (
            Directions::new(
                binary::count(from, to, &old.ty),
                binary::count(to, from, &new.ty),
            ),
            Directions::new(
                json::count(from, to, &old.ty),
                json::count(to, from, &new.ty),
            ),
        )
    }
}

/// The field of the old record that has the name that this number has now, under another number:
/// names changed places, and what travels by number is read under the wrong one.
pub(super) fn taken_from<'a>(pair: &FieldPair<'a>) -> Option<&'a Field> {
    let FieldOwner::Record(records) = pair.owner else {
        return None;
    };
    let Pair { old, new } = pair.fields;
    let fields = records.records.old.fields.iter();
    let mut others = fields.filter(|other| other.number.node != old.number.node);
    others.find(|other| other.name.node == new.name.node)
}

/// What becomes of the two keys that a number had and has, when its new name is `taken` from another
/// number: a key is still read wherever a field has its name.
pub(super) fn moved_keys(pair: &FieldPair<'_>, taken: &Field) -> Directions {
    let FieldOwner::Record(records) = pair.owner else {
        return Directions::SAFE;
    };
    let Pair { old, new } = pair.fields;
    let fields = records.records.new.fields.iter();
    let forth = fields.map(|reader| json::key(old, reader));
    let forth = forth.min_by_key(|verdict| verdict.outcome);
    Directions::new(forth.unwrap_or(BREAK), json::key(new, taken))
}

/// The key of a field in JSON, in both directions.
pub(super) fn keys(old: &Field, new: &Field) -> Directions {
    Directions::new(json::key(old, new), json::key(new, old))
}

/// Whether fields of one number have nothing but the number in common: a name and a type that were
/// given to something else.
pub(super) fn is_reuse(pair: &FieldPair<'_>) -> bool {
    let Pair { old, new } = pair.fields;
    let is_other_name = matches!(pair.owner, FieldOwner::Record(_))
        && old.name.node != new.name.node
        && old.json_name.name != new.json_name.name;
    if !is_other_name || old.ty == new.ty {
        return false;
    }
    // Tables under another name have entries under another name, which is no other type.
    !(old.cardinality == Cardinality::Map && new.cardinality == Cardinality::Map)
}

/// What a reader makes of a number that was given to another field, whose single values would become
/// `values`.
pub(super) fn reuse(old: &Field, new: &Field, values: Directions) -> (Directions, Directions) {
    let is_same_wire = binary::wire_type(&old.ty) == binary::wire_type(&new.ty);
    // To the old side a field of another wire type is one that it does not know.
    let backwards = if is_same_wire {
        worse(LOSS, values.new_to_old)
    } else {
        SAFE
    };
    (
        Directions::new(worse(LOSS, values.old_to_new), backwards),
        keys(old, new),
    )
}
