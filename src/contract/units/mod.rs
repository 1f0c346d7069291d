//! The micro-syntax: rates, durations, percentages and keys, parsed once and carried typed.
//!
//! ASCII, case-sensitive, one space exactly, no locale. Every problem says where in the text it
//! stands and, where a machine can tell, what to write instead.

mod duration;
mod key;
mod percent;
mod rate;

use std::ops::Range;

pub(crate) use duration::Micros;
pub(crate) use key::{KeyPart, parse_key};
pub(crate) use percent::Percent;
pub(crate) use rate::Rate;

/// What is wrong with a value of the micro-syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnitProblem {
    /// Headline.
    pub(crate) message: String,
    /// Byte range in the text.
    pub(crate) at: Range<usize>,
    /// What to do.
    pub(crate) help: Option<String>,
    /// The whole text as it was probably meant.
    pub(crate) fix: Option<String>,
}

impl UnitProblem {
    fn new(message: impl Into<String>, at: Range<usize>) -> Self {
        UnitProblem {
            message: message.into(),
            at,
            help: None,
            fix: None,
        }
    }

    fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    fn fix(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.help.get_or_insert_with(|| format!("write `{text}`"));
        self.fix = Some(text);
        self
    }
}

/// `whole.fraction` times `unit` as a whole number; `None` when it is none or leaves 64 bits.
fn scaled(whole: &str, fraction: &str, unit: u64) -> Option<u64> {
    let whole: u64 = whole.parse().ok()?;
    let fraction = fraction.trim_end_matches('0');
    let mut value = whole.checked_mul(unit)?;
    if !fraction.is_empty() {
        let digits: u128 = if fraction.len() <= 20 {
            fraction.parse().ok()?
        } else {
            return None;
        };
        let scale = 10_u128.pow(u32::try_from(fraction.len()).ok()?);
        let product = digits * u128::from(unit);
        if !product.is_multiple_of(scale) {
            return None;
        }
        value = value.checked_add(u64::try_from(product / scale).ok()?)?;
    }
    Some(value)
}

#[cfg(test)]
mod tests;
