//! What the encodings do with a value that one schema wrote and another one reads.
//!
//! Sources: the Protocol Buffers documentation, "Encoding", "ProtoJSON Format" and "Updating A
//! Message Type"; every row of the direction matrix was run on a real runtime (`tests/matrix.py`).

pub(super) mod binary;
pub(super) mod json;

use super::cx::Cx;
use super::index::Index;
use crate::diag::{Outcome, Verdict};
use crate::schema::{EnumDef, FieldType, Scalar};

/// One end of a transfer: a type in its release.
#[derive(Clone, Copy)]
pub(super) struct End<'a> {
    /// The release.
    pub(super) index: &'a Index<'a>,
    /// The type.
    pub(super) ty: &'a FieldType,
    /// Whether text is refused when it is no UTF-8.
    pub(super) verifies_text: bool,
    /// Whether it is the old release.
    pub(super) is_old: bool,
}

impl<'a> End<'a> {
    pub(super) fn with(self, ty: &'a FieldType) -> Self {
        End { ty, ..self }
    }

    fn enumeration(&self, name: &str) -> Option<&'a EnumDef> {
        self.index.enumeration(name).map(|(_, def)| def)
    }
}

/// The worse of two verdicts. What is so for all values is worse than what is so for some.
pub(super) fn worse(left: Verdict, right: Verdict) -> Verdict {
    let rank = |verdict: &Verdict| (verdict.outcome, verdict.when.is_none());
    if rank(&right) > rank(&left) {
        right
    } else {
        left
    }
}

pub(super) const SAFE: Verdict = Verdict::always(Outcome::Safe);
pub(super) const LOSS: Verdict = Verdict::always(Outcome::Loss);
pub(super) const BREAK: Verdict = Verdict::always(Outcome::Break);

pub(super) fn loss(when: &str) -> Verdict {
    Verdict::when(Outcome::Loss, when)
}

pub(super) fn breaks(when: &str) -> Verdict {
    Verdict::when(Outcome::Break, when)
}

/// The whole numbers that a type holds, both ends included.
fn range(scalar: Scalar) -> Option<(i128, i128)> {
    match scalar {
        Scalar::Bool => Some((0, 1)),
        Scalar::Int { signed, bits, .. } => Some(match (signed, bits) {
            (true, 32) => (i128::from(i32::MIN), i128::from(i32::MAX)),
            (true, _) => (i128::from(i64::MIN), i128::from(i64::MAX)),
            (false, 32) => (0, i128::from(u32::MAX)),
            (false, _) => (0, i128::from(u64::MAX)),
        }),
        _ => None,
    }
}

/// The values of `writer` that lie outside of `reader`, in words; `None` when there are none.
fn outside(writer: (i128, i128), reader: (i128, i128)) -> Option<String> {
    let below = writer.0 < reader.0;
    let above = writer.1 > reader.1;
    let low = if reader.0 == 0 {
        "negative values".to_owned()
    } else {
        format!("values below {}", reader.0)
    };
    match (below, above) {
        (false, false) => None,
        (true, false) => Some(low),
        (false, true) => Some(format!("values above {}", reader.1)),
        (true, true) => Some(format!("{low} and values above {}", reader.1)),
    }
}

/// The numbers that an enum can hold on the wire.
fn numbers(def: Option<&EnumDef>, is_closed: bool) -> (i128, i128) {
    let open = (i128::from(i32::MIN), i128::from(i32::MAX));
    let Some(def) = def.filter(|_| is_closed) else {
        return open;
    };
    let values = def.values.iter().map(|value| i128::from(value.number.node));
    values.clone().min().zip(values.max()).unwrap_or(open)
}

/// Records: what becomes of one in the place of the other.
fn record(
    cx: &Cx<'_>,
    writer: End<'_>,
    reader: End<'_>,
    names: (&str, &str),
) -> (Verdict, Verdict) {
    let (old, new) = if writer.is_old {
        names
    } else {
        (names.1, names.0)
    };
    debug_assert_ne!(writer.is_old, reader.is_old, "one end is old, one is new");
    cx.shape(old, new).verdicts(writer.is_old)
}
