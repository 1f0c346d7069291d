//! Every pair of types that meet when one schema reads what another one wrote, each once.

use std::collections::BTreeSet;

use super::least::{Least, branched};
use crate::schema::{Datum, DatumField, DatumId, DatumKind, DatumName, Datums, Json, Meaning};

/// What is wrong where two types meet.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    /// The reader has a field that the writer has not, and nothing stands for it.
    NoField {
        /// Its position in the reader's record.
        field: usize,
    },
    /// The writer writes names that the reader's enum has not.
    NoSymbol {
        /// The names.
        symbols: Vec<Box<str>>,
        /// What the reader takes instead, if anything.
        stands_in: Option<Box<str>>,
    },
    /// No value of this type is read as that one.
    NoMatch,
    /// A branch of the writer's union is read as none of the reader's types.
    NoBranch,
    /// Both are decimals, and the same bytes are another number.
    OtherScale,
    /// Values are read, and some of them become others.
    Altered {
        /// Which ones, as a phrase after "values".
        which: &'static str,
    },
}

/// Something wrong, and where.
#[derive(Debug, Clone)]
pub(super) struct Issue {
    /// What the writer has.
    pub(super) writer: DatumId,
    /// What the reader has.
    pub(super) reader: DatumId,
    /// The records around, and the field in each that leads there, of the writer.
    pub(super) field: Option<(DatumId, usize)>,
    /// What is wrong.
    pub(super) trouble: Trouble,
    /// A JSON Pointer to the place in a whole value.
    pub(super) at: String,
    /// A whole value that shows it; none when it would be too large.
    pub(super) value: Option<Json>,
}

/// A step from a value to a part of it.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// To the same value, in a branch of the reader's union.
    Same,
    /// To a branch of the writer's union.
    Branch,
    /// To a field of the writer's record.
    Field(usize),
    /// To an item.
    Item,
    /// To a value of a table.
    Entry,
}

/// The name under which a table of a witness holds the value that counts.
const ENTRY: &str = "key";

struct Node {
    writer: DatumId,
    reader: DatumId,
    from: Option<(usize, Step)>,
}

/// Everything that cannot be read, and everything that becomes another value.
pub(super) fn resolve(writer: (&Datums, DatumId), reader: (&Datums, DatumId)) -> Vec<Issue> {
    let mut walk = Walk {
        writer: writer.0,
        reader: reader.0,
        least: Least::of(writer.0),
        nodes: Vec::new(),
        known: BTreeSet::new(),
        issues: Vec::new(),
    };
    walk.meet(writer.1, reader.1, None);
    let mut at = 0;
    while at < walk.nodes.len() {
        walk.look(at);
        at += 1;
    }
    walk.issues
}

struct Walk<'a> {
    writer: &'a Datums,
    reader: &'a Datums,
    least: Least<'a>,
    nodes: Vec<Node>,
    known: BTreeSet<(DatumId, DatumId, bool)>,
    issues: Vec<Issue>,
}

impl<'a> Walk<'a> {
    fn meet(&mut self, writer: DatumId, reader: DatumId, from: Option<(usize, Step)>) {
        // What nobody can write is never read.
        if !self.least.has_value(writer) {
            return;
        }
        let is_branch = matches!(from, Some((_, Step::Branch)));
        if self.known.insert((writer, reader, is_branch)) {
            self.nodes.push(Node {
                writer,
                reader,
                from,
            });
        }
    }

    fn look(&mut self, at: usize) {
        let (writer, reader) = (self.nodes[at].writer, self.nodes[at].reader);
        let (written, read): (&'a Datum, &'a Datum) =
            (self.writer.get(writer), self.reader.get(reader));
        match (&written.kind, &read.kind) {
            (DatumKind::Union(branches), _) => {
                for branch in branches {
                    self.meet(*branch, reader, Some((at, Step::Branch)));
                }
            }
            (_, DatumKind::Union(branches)) => {
                let mut branches = branches.iter();
                match branches.find(|branch| self.matches(writer, **branch)) {
                    Some(branch) => self.meet(writer, *branch, Some((at, Step::Same))),
                    None => self.unmatched(at),
                }
            }
            (DatumKind::Array(writes), DatumKind::Array(reads)) => {
                self.meet(*writes, *reads, Some((at, Step::Item)));
            }
            (DatumKind::Map(writes), DatumKind::Map(reads)) => {
                self.meet(*writes, *reads, Some((at, Step::Entry)));
            }
            _ if !self.matches(writer, reader) => self.unmatched(at),
            (DatumKind::Record { fields: writes, .. }, DatumKind::Record { fields: reads, .. }) => {
                for (number, field) in reads.iter().enumerate() {
                    match partner(field, writes) {
                        Some(own) => {
                            let ty = writes[own].ty;
                            self.meet(ty, field.ty, Some((at, Step::Field(own))));
                        }
                        None if field.default.is_some() => {}
                        None => {
                            let value = self.least.value(writer);
                            self.tell(at, Trouble::NoField { field: number }, value);
                        }
                    }
                }
            }
            (
                DatumKind::Enum { symbols, .. },
                DatumKind::Enum {
                    symbols: known,
                    default,
                    ..
                },
            ) => {
                let missing: Vec<Box<str>> = symbols
                    .iter()
                    .filter(|symbol| !known.iter().any(|other| other.node == symbol.node))
                    .map(|symbol| symbol.node.clone())
                    .collect();
                if let Some(first) = missing.first() {
                    let value = Some(Json::String(first.clone()));
                    let stands_in = default.as_ref().map(|default| default.node.clone());
                    let trouble = Trouble::NoSymbol {
                        symbols: missing,
                        stands_in,
                    };
                    self.tell(at, trouble, value);
                }
            }
            (from, to) => {
                if let Some(which) = altered(from, to) {
                    self.tell(at, Trouble::Altered { which }, None);
                }
                if is_other_scale(written, read) {
                    let value = self.least.value(writer);
                    self.tell(at, Trouble::OtherScale, value);
                }
            }
        }
    }

    /// Types that do not match: those of a branch are one of several.
    fn unmatched(&mut self, at: usize) {
        let mut around = self.nodes[at].from;
        while let Some((outer, Step::Same)) = around {
            around = self.nodes[outer].from;
        }
        let trouble = match around {
            Some((_, Step::Branch)) => Trouble::NoBranch,
            _ => Trouble::NoMatch,
        };
        let value = self.least.value(self.nodes[at].writer);
        self.tell(at, trouble, value);
    }

    /// Whether two types match, as far as that is asked before their parts are looked at. Parts of
    /// lists and tables are looked at; those cannot lead back to themselves without a name between.
    fn matches(&self, writer: DatumId, reader: DatumId) -> bool {
        use DatumKind as K;
        match (&self.writer.get(writer).kind, &self.reader.get(reader).kind) {
            (K::Union(_), _) | (_, K::Union(_)) => true,
            (K::Array(writes), K::Array(reads)) | (K::Map(writes), K::Map(reads)) => {
                self.matches(*writes, *reads)
            }
            (K::Record { name: w, .. }, K::Record { name: r, .. })
            | (K::Enum { name: w, .. }, K::Enum { name: r, .. }) => is_same_name(w, r),
            (
                K::Fixed { name: w, size },
                K::Fixed {
                    name: r,
                    size: other,
                },
            ) => is_same_name(w, r) && size == other,
            (K::Null, K::Null)
            | (K::Bool, K::Bool)
            | (K::Int, K::Int | K::Long | K::Float | K::Double)
            | (K::Long, K::Long | K::Float | K::Double)
            | (K::Float, K::Float | K::Double)
            | (K::Double, K::Double)
            | (K::Bytes | K::Text, K::Bytes | K::Text) => true,
            _ => false,
        }
    }

    /// Takes a trouble down, with a whole value in which `value` stands at its place.
    fn tell(&mut self, at: usize, trouble: Trouble, value: Option<Json>) {
        let node = &self.nodes[at];
        let (writer, reader) = (node.writer, node.reader);
        let mut whole = value;
        let mut pointer: Vec<String> = Vec::new();
        let mut field = None;
        let mut inner = writer;
        let mut here = node.from;
        while let Some((outer, step)) = here {
            let node = &self.nodes[outer];
            match step {
                Step::Same => {}
                Step::Branch => {
                    if !matches!(self.writer.get(inner).kind, DatumKind::Null) {
                        let kind = &self.writer.get(inner).kind;
                        pointer.push(
                            kind.name()
                                .map_or(kind.word(), |name| &*name.full)
                                .to_owned(),
                        );
                    }
                    whole = whole.map(|value| branched(self.writer, inner, value));
                }
                Step::Field(number) => {
                    field = field.or(Some((node.writer, number)));
                    if let DatumKind::Record { fields, .. } = &self.writer.get(node.writer).kind {
                        let name: &str = &fields[number].name.node;
                        pointer.push(name.to_owned());
                        whole = whole
                            .and_then(|value| self.least.record(node.writer, Some((name, value))));
                    }
                }
                Step::Item => {
                    pointer.push("0".to_owned());
                    whole = whole.map(|value| Json::Array(vec![value]));
                }
                Step::Entry => {
                    pointer.push(ENTRY.to_owned());
                    whole = whole.map(|value| Json::Object([(ENTRY.into(), value)].into()));
                }
            }
            inner = node.writer;
            here = node.from;
        }
        pointer.reverse();
        let pointer: String = pointer.iter().map(|part| format!("/{part}")).collect();
        self.issues.push(Issue {
            writer,
            reader,
            field,
            trouble,
            at: pointer,
            value: whole,
        });
    }
}

/// Whether names are the same to a reader, who knows earlier ones of his own.
fn is_same_name(writer: &DatumName, reader: &DatumName) -> bool {
    writer.short() == reader.short() || reader.aliases.contains(&writer.full)
}

/// The field of the writer that a reader takes for his own: by name, else by a name that his had.
pub(super) fn partner(field: &DatumField, writes: &[DatumField]) -> Option<usize> {
    let named = |name: &str| writes.iter().position(|own| *own.name.node == *name);
    named(&field.name.node).or_else(|| field.aliases.iter().find_map(|alias| named(alias)))
}

/// Values that are read and become others, when a type is read as another one.
fn altered(writer: &DatumKind, reader: &DatumKind) -> Option<&'static str> {
    use DatumKind as K;
    match (writer, reader) {
        (K::Int, K::Float) => Some("beyond 16777216, of which the last digits are lost"),
        (K::Long, K::Float) => Some("beyond 16777216, of which the last digits are lost"),
        (K::Long, K::Double) => Some("beyond 9007199254740992, of which the last digits are lost"),
        (K::Bytes, K::Text) => Some("that are no UTF-8, which readers refuse or replace"),
        _ => None,
    }
}

fn is_other_scale(writer: &Datum, reader: &Datum) -> bool {
    let is_decimal = |ty: &Datum| matches!(ty.meaning, Some(Meaning::Decimal { .. }));
    is_decimal(writer) && is_decimal(reader) && writer.meaning != reader.meaning
}
