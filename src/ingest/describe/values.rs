//! Data of a document as values, with exact numbers.

use std::collections::BTreeMap;

use crate::schema::{Decimal, Json};
use crate::syntax::{Kind, Value};

/// Why a value cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoValue {
    /// A number in it is beyond what is read exactly.
    Number,
    /// The document repeats more text than is copied.
    TooMuch,
}

/// Text that may still be copied out of a document. Aliases repeat a long text for a few bytes, so
/// what is copied can be very much more than the file holds.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Budget { left: bytes }
    }

    /// A copy of a text, or an empty one when nothing may be copied any more.
    pub(super) fn copy(&mut self, text: &str) -> Box<str> {
        match self.left.checked_sub(text.len()) {
            Some(left) => {
                self.left = left;
                text.into()
            }
            None => {
                self.left = 0;
                Box::default()
            }
        }
    }

    /// Whether something was not copied.
    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// The value that data stands for. Documents bound their depth, and with it this recursion.
    pub(super) fn json(&mut self, value: Value<'_>) -> Result<Json, NoValue> {
        Ok(match value.kind() {
            Kind::Null => Json::Null,
            Kind::Bool(flag) => Json::Bool(flag),
            Kind::Number(text) => Json::Number(number(text).ok_or(NoValue::Number)?),
            Kind::String(text) => Json::String(self.text(text)?),
            Kind::Sequence => {
                let items = value.items().map(|item| self.json(item));
                Json::Array(items.collect::<Result<_, _>>()?)
            }
            Kind::Mapping => {
                let mut entries = BTreeMap::new();
                for (key, value) in value.entries() {
                    entries.insert(self.text(key.text)?, self.json(value)?);
                }
                Json::Object(entries)
            }
        })
    }

    /// Data as compact text, with numbers as they are written.
    pub(super) fn compact(&mut self, value: Value<'_>) -> String {
        let mut out = String::new();
        self.compact_into(value, &mut out);
        out
    }

    fn compact_into(&mut self, value: Value<'_>, out: &mut String) {
        match value.kind() {
            Kind::Null => out.push_str("null"),
            Kind::Bool(flag) => out.push_str(if flag { "true" } else { "false" }),
            Kind::Number(text) => out.push_str(&self.copy(text)),
            Kind::String(text) => out.push_str(&format!("{:?}", self.copy(text))),
            Kind::Sequence => {
                out.push('[');
                for (at, item) in value.items().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    self.compact_into(item, out);
                }
                out.push(']');
            }
            Kind::Mapping => {
                out.push('{');
                for (at, (key, item)) in value.entries().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    out.push_str(&format!("{:?}:", self.copy(key.text)));
                    self.compact_into(item, out);
                }
                out.push('}');
            }
        }
    }

    fn text(&mut self, text: &str) -> Result<Box<str>, NoValue> {
        let copy = self.copy(text);
        if self.is_spent() {
            Err(NoValue::TooMuch)
        } else {
            Ok(copy)
        }
    }
}

/// A number as JSON and YAML write it.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let whole = |digits, radix| i128::from_str_radix(digits, radix).ok();
    // Schemas of YAML 1.2 have these beside the decimal ones.
    if let Some(digits) = text.strip_prefix("0x") {
        return Some(Decimal::new(whole(digits, 16)?, 0));
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return Some(Decimal::new(whole(digits, 8)?, 0));
    }
    Decimal::parse(text)
}

/// A whole number of at least zero. What is larger than any count is the largest count.
pub(super) fn count(value: Value<'_>) -> Option<u64> {
    let Kind::Number(text) = value.kind() else {
        return None;
    };
    let (mantissa, exponent) = number(text)?.parts();
    let mantissa = u128::try_from(mantissa).ok()?;
    let exponent = u32::try_from(exponent).ok()?;
    let factor = 10_u128.checked_pow(exponent);
    let product = factor.and_then(|factor| mantissa.checked_mul(factor));
    let product = if mantissa == 0 { Some(0) } else { product };
    Some(product.map_or(u64::MAX, |n| u64::try_from(n).unwrap_or(u64::MAX)))
}
