//! The plainest value of each type, as Avro writes values in JSON ("JSON Encoding"): a branch of a
//! union stands in an object under its name, bytes are a text of the code points of their numbers.

use std::collections::{BTreeMap, VecDeque};

use crate::schema::{DatumId, DatumKind, Datums, Decimal, Json};

/// Parts of a value that is built; what is larger is not shown.
const MAX_PARTS: u64 = 20_000;

/// Which types have values, and the plainest one of each.
pub(super) struct Least<'a> {
    datums: &'a Datums,
    /// Per type: its parts, when it has a value at all.
    parts: Vec<Option<u64>>,
    /// Per union: the branch whose value is taken.
    branch: BTreeMap<DatumId, DatumId>,
}

impl<'a> Least<'a> {
    /// Finds out which types have values: a record that always holds itself has none.
    pub(super) fn of(datums: &'a Datums) -> Self {
        let count = datums.types.len();
        let mut least = Least {
            datums,
            parts: vec![None; count],
            branch: BTreeMap::new(),
        };
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut missing: Vec<usize> = vec![0; count];
        let mut ready: VecDeque<usize> = VecDeque::new();
        for (at, ty) in datums.types.iter().enumerate() {
            match &ty.kind {
                DatumKind::Record { fields, .. } => {
                    missing[at] = fields.len();
                    for field in fields {
                        holders[field.ty.0 as usize].push(at);
                    }
                }
                DatumKind::Union(branches) => {
                    missing[at] = 1;
                    for branch in branches {
                        holders[branch.0 as usize].push(at);
                    }
                }
                _ => {}
            }
            if missing[at] == 0 {
                least.parts[at] = Some(1);
                ready.push_back(at);
            }
        }
        // Each type is done when what it needs is, so what leads back to itself never is.
        while let Some(part) = ready.pop_front() {
            for holder in std::mem::take(&mut holders[part]) {
                if missing[holder] == 0 {
                    continue;
                }
                missing[holder] -= 1;
                if let DatumKind::Union(branches) = &datums.types[holder].kind {
                    let taken = branches.iter().find(|branch| branch.0 as usize == part);
                    if let Some(taken) = taken {
                        let holder = DatumId(u32::try_from(holder).unwrap_or(u32::MAX));
                        least.branch.insert(holder, *taken);
                    }
                }
                if missing[holder] == 0 {
                    least.parts[holder] = Some(least.sum(holder));
                    ready.push_back(holder);
                }
            }
        }
        least
    }

    fn sum(&self, at: usize) -> u64 {
        let known = |id: &DatumId| self.parts[id.0 as usize].unwrap_or(0);
        let inner = match &self.datums.types[at].kind {
            DatumKind::Record { fields, .. } => fields
                .iter()
                .fold(0_u64, |sum, field| sum.saturating_add(known(&field.ty))),
            DatumKind::Union(branches) => branches.iter().map(known).find(|n| *n > 0).unwrap_or(0),
            _ => 0,
        };
        inner.saturating_add(1)
    }

    /// Whether a type has a value.
    pub(super) fn has_value(&self, id: DatumId) -> bool {
        self.parts[id.0 as usize].is_some()
    }

    /// The plainest value; `None` when there is none, or it is too large to show.
    pub(super) fn value(&self, id: DatumId) -> Option<Json> {
        if self.parts[id.0 as usize]? > MAX_PARTS {
            return None;
        }
        Some(match &self.datums.get(id).kind {
            DatumKind::Null => Json::Null,
            DatumKind::Bool => Json::Bool(false),
            DatumKind::Int | DatumKind::Long => Json::Number(Decimal::ZERO),
            DatumKind::Float | DatumKind::Double => Json::Number(Decimal::ZERO),
            DatumKind::Bytes | DatumKind::Text => Json::String("".into()),
            DatumKind::Fixed { size, .. } => {
                let size = usize::try_from(*size).ok().filter(|size| *size <= 4_096)?;
                Json::String("\u{0}".repeat(size).into())
            }
            DatumKind::Enum { symbols, .. } => Json::String(symbols.first()?.node.clone()),
            DatumKind::Array(_) => Json::Array(Vec::new()),
            DatumKind::Map(_) => Json::Object(BTreeMap::new()),
            DatumKind::Union(_) => {
                let branch = *self.branch.get(&id)?;
                branched(self.datums, branch, self.value(branch)?)
            }
            DatumKind::Record { .. } => self.record(id, None)?,
        })
    }

    /// The plainest value of a record in which one field has a value of its own.
    pub(super) fn record(&self, id: DatumId, set: Option<(&str, Json)>) -> Option<Json> {
        let DatumKind::Record { fields, .. } = &self.datums.get(id).kind else {
            return None;
        };
        if self.parts[id.0 as usize]? > MAX_PARTS {
            return None;
        }
        let mut entries = BTreeMap::new();
        for field in fields {
            let value = match &set {
                Some((name, value)) if **name == *field.name.node => value.clone(),
                _ => self.value(field.ty)?,
            };
            entries.insert(field.name.node.clone(), value);
        }
        Some(Json::Object(entries))
    }
}

/// A value of a branch of a union.
pub(super) fn branched(datums: &Datums, branch: DatumId, value: Json) -> Json {
    match &datums.get(branch).kind {
        DatumKind::Null => Json::Null,
        kind => {
            let name = kind.name().map_or(kind.word(), |name| &*name.full);
            Json::Object(BTreeMap::from([(name.into(), value)]))
        }
    }
}
