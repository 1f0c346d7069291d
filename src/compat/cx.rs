//! What rules may ask: the two releases, and what becomes of values between them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::change::{Change, FieldOwner, FieldPair, Pair, RecordPair};
use super::diff::{self, Walk};
use super::encoding::{BREAK, End, LOSS, SAFE, binary, json, worse};
use super::finding::{both, worst};
use super::index::Index;
use super::rules;
use crate::diag::{Breaks, Directions, Outcome, Verdict};
use crate::schema::{Cardinality, Field, FieldType, Record};

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
    /// The first difference that hurts.
    pub(super) reason: Option<Reason>,
}

/// A difference inside records that hurts.
#[derive(Debug, Clone)]
pub(super) struct Reason {
    /// The fields that lead there, the last one in it.
    path: Vec<String>,
    /// What differs, in words.
    headline: String,
}

impl Reason {
    fn plain(headline: String) -> Self {
        Reason {
            path: Vec::new(),
            headline,
        }
    }

    /// The difference as something to note below a finding about `field`.
    pub(super) fn note(&self, field: Option<&str>) -> String {
        let Reason { path, headline } = self;
        if path.len() < 2 {
            return format!("the first difference that hurts: {headline}");
        }
        let steps = field.into_iter().chain(path.iter().map(String::as_str));
        let steps: Vec<&str> = steps.collect();
        format!(
            "the first difference that hurts, at `{}`: {headline}",
            steps.join(".")
        )
    }
}

/// What is known about a pair of types.
#[derive(Debug)]
enum Known {
    /// It is being compared, at this height of the stack.
    Open(usize),
    /// It was compared while a pair that it leads back to, at this height of the stack, was not yet.
    Partial(Shape, usize),
    /// It was compared.
    Done(Shape),
}

/// Pairs of types that were asked about.
#[derive(Debug, Default)]
struct Shapes {
    known: HashMap<(String, String), Known>,
    /// For each pair being compared, the lowest one that it leads back to.
    stack: Vec<usize>,
    /// Pairs that are partial, oldest first.
    partial: Vec<(String, String)>,
}

impl Shapes {
    /// Notes that the pair on top of the stack leads back to the one at `height`.
    fn leads_to(&mut self, height: usize) {
        if let Some(lowest) = self.stack.last_mut() {
            *lowest = height.min(*lowest);
        }
    }
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
    shapes: RefCell<Shapes>,
    names: RefCell<Names<'a>>,
}

/// Fields by what they are called, in the records that were asked about: a record of which every field
/// changed is asked once a field.
type Names<'a> = HashMap<*const Record, Rc<HashMap<&'a str, Vec<&'a Field>>>>;

impl<'a> Cx<'a> {
    pub(super) fn new(old: &'a Index<'a>, new: &'a Index<'a>) -> Self {
        Cx {
            old,
            new,
            shapes: RefCell::default(),
            names: RefCell::default(),
        }
    }

    /// The fields of a record by their names and by their keys in JSON; a field whose name is its key
    /// stands there once.
    fn names(&self, record: &'a Record) -> Rc<HashMap<&'a str, Vec<&'a Field>>> {
        let mut names = self.names.borrow_mut();
        let made = names.entry(std::ptr::from_ref(record)).or_insert_with(|| {
            let mut made: HashMap<&str, Vec<&Field>> = HashMap::new();
            for field in &record.fields {
                let (name, key) = (&*field.name.node, &*field.json_name.name);
                made.entry(name).or_default().push(field);
                if key != name {
                    made.entry(key).or_default().push(field);
                }
            }
            Rc::new(made)
        });
        Rc::clone(made)
    }

    /// The field of the old record that has the name that this number has now, under another number:
    /// names changed places, and what travels by number is read under the wrong one.
    pub(super) fn taken_from(&self, pair: &FieldPair<'a>) -> Option<&'a Field> {
        let FieldOwner::Record(records) = pair.owner else {
            return None;
        };
        let Pair { old, new } = pair.fields;
        if old.name.node == new.name.node {
            // The old field has the name itself, and names of a record differ.
            return None;
        }
        let names = self.names(records.records.old);
        let mut others = names.get(&*new.name.node)?.iter().copied();
        others
            .find(|other| other.number.node != old.number.node && other.name.node == new.name.node)
    }

    /// What becomes of the two keys that a number had and has, when its new name is `taken` from
    /// another number: a key is still read wherever a field has its name.
    pub(super) fn moved_keys(&self, pair: &FieldPair<'a>, taken: &Field) -> Directions {
        let FieldOwner::Record(records) = pair.owner else {
            return Directions::SAFE;
        };
        let Pair { old, new } = pair.fields;
        let names = self.names(records.records.new);
        let forth = match names.contains_key(&*old.json_name.name) {
            true => SAFE,
            false => BREAK,
        };
        Directions::new(forth, json::key(new, taken))
    }

    /// Whether a field of the new record has this name.
    pub(super) fn has_name(&self, records: RecordPair<'a>, name: &str) -> bool {
        let names = self.names(records.records.new);
        let fields = names.get(name).into_iter().flatten();
        fields.into_iter().any(|field| *field.name.node == *name)
    }

    /// What becomes of records of type `old` in the place of records of type `new`.
    ///
    /// A pair that is asked about while it is being compared adds nothing to its own answer. Pairs
    /// that lead to each other (`A` holds `B`, `B` holds `A`, both renamed) hold all of each other's
    /// differences, so they share the answer of the first, which is the last to be known.
    pub(super) fn shape(&self, old: &str, new: &str) -> Shape {
        let key = (old.to_owned(), new.to_owned());
        let (height, first_partial) = {
            let mut shapes = self.shapes.borrow_mut();
            let known = match shapes.known.get(&key) {
                None => None,
                Some(Known::Done(shape)) => return shape.clone(),
                Some(Known::Partial(shape, lowest)) => Some((shape.clone(), *lowest)),
                Some(Known::Open(height)) => Some((Shape::same(), *height)),
            };
            if let Some((shape, lowest)) = known {
                shapes.leads_to(lowest);
                return shape;
            }
            let height = shapes.stack.len();
            shapes.stack.push(height);
            shapes.known.insert(key.clone(), Known::Open(height));
            (height, shapes.partial.len())
        };
        let shape = if height >= MAX_SHAPE_DEPTH {
            Shape {
                binary: both(BREAK),
                json: both(BREAK),
                reason: Some(Reason::plain(format!(
                    "`{old}` nests too deep to be compared with `{new}`"
                ))),
            }
        } else {
            self.compare(old, new)
        };
        let mut shapes = self.shapes.borrow_mut();
        let lowest = shapes.stack.pop().unwrap_or(height);
        if lowest < height {
            shapes.leads_to(lowest);
            let partial = Known::Partial(shape.clone(), lowest);
            shapes.known.insert(key.clone(), partial);
            shapes.partial.push(key);
            return shape;
        }
        for member in shapes.partial.split_off(first_partial) {
            let own = match shapes.known.remove(&member) {
                Some(Known::Partial(own, _)) => own.reason,
                _ => None,
            };
            let shared = Shape {
                // The way from there to what hurts the first pair is another one.
                reason: own.or_else(|| {
                    (shape.reason.as_ref()).map(|reason| Reason::plain(reason.headline.clone()))
                }),
                ..shape.clone()
            };
            shapes.known.insert(member, Known::Done(shared));
        }
        shapes.known.insert(key, Known::Done(shape.clone()));
        shape
    }

    fn compare(&self, old: &str, new: &str) -> Shape {
        let mut shape = Shape::same();
        let found = self.old.record(old).zip(self.new.record(new));
        let Some(((old_at, old_record), (new_at, new_record))) = found else {
            return Shape {
                binary: both(BREAK),
                json: both(BREAK),
                reason: None,
            };
        };
        // Records with a meaning of their own have it by name: the same numbers mean other things.
        if old != new && json::special(old).is_some() && json::special(new).is_some() {
            shape.binary = both(LOSS);
            shape.reason = Some(Reason::plain(format!(
                "`{old}` and `{new}` give the same numbers other meanings"
            )));
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
        let judged = changes.iter().flat_map(|change| {
            rules::judge(change, self)
                .into_iter()
                .map(move |f| (change, f))
        });
        for (change, finding) in judged {
            let Breaks { binary, json, .. } = finding.breaks;
            let hurts = [&binary, &json].into_iter().flatten().any(|both| {
                both.old_to_new.outcome != Outcome::Safe || both.new_to_old.outcome != Outcome::Safe
            });
            if hurts && shape.reason.is_none() {
                shape.reason = Some(self.reason(change, finding.headline));
            }
            shape.binary = worst(Some(shape.binary), binary).unwrap_or(Directions::SAFE);
            shape.json = worst(Some(shape.json), json).unwrap_or(Directions::SAFE);
        }
        shape
    }

    /// Why a change inside a record hurts: the change, or what is behind it when the type of a field
    /// has another name.
    fn reason(&self, change: &Change<'_>, headline: String) -> Reason {
        let Change::TypeChanged(pair) = change else {
            return Reason::plain(headline);
        };
        let field = pair.fields.new.name.node.to_string();
        let inner = match (&pair.fields.old.ty, &pair.fields.new.ty) {
            (FieldType::Record { name: old, .. }, FieldType::Record { name: new, .. }) => {
                self.shape(old, new).reason
            }
            _ => None,
        };
        let Some(mut inner) = inner else {
            return Reason {
                path: vec![field],
                headline,
            };
        };
        inner.path.insert(0, field);
        inner
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
