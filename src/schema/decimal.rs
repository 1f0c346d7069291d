//! Exact decimal numbers: `0.07` is seven hundredths and a multiple of `0.01`.

use std::cmp::Ordering;
use std::fmt;

/// A number `mantissa * 10^exponent`. It is kept without trailing zeros in the mantissa, so that one
/// number has one form: `1`, `1.0` and `10e-1` are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// Most significant digits that are read exactly. What is longer is no number that a schema means.
const MAX_DIGITS: usize = 36;

/// Largest exponent, in either direction; beyond it only text files hold numbers.
const MAX_EXPONENT: i32 = 100_000;

impl Decimal {
    /// Zero.
    pub(crate) const ZERO: Decimal = Decimal {
        mantissa: 0,
        exponent: 0,
    };

    /// The number `mantissa * 10^exponent`.
    pub(crate) fn new(mantissa: i128, exponent: i32) -> Self {
        let (mut mantissa, mut exponent) = (mantissa, exponent);
        if mantissa == 0 {
            return Decimal::ZERO;
        }
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        Decimal { mantissa, exponent }
    }

    /// Reads a number as JSON and YAML 1.2 core write it. `None` when the text is no such number, or
    /// has more than 36 significant digits or an exponent beyond 100,000.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (sign, rest) = match text.as_bytes().first()? {
            b'-' => (-1, &text[1..]),
            b'+' => (1, &text[1..]),
            _ => (1, text),
        };
        let (digits, exponent) = match rest.split_once(['e', 'E']) {
            Some((digits, exponent)) => {
                let bare = exponent.strip_prefix('+').unwrap_or(exponent);
                (digits, bare.parse::<i32>().ok()?)
            }
            None => (rest, 0),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all = || whole.bytes().chain(part.bytes());
        if all().next().is_none() || !all().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let significant = all().skip_while(|byte| *byte == b'0').count();
        let trailing = all().rev().take_while(|byte| *byte == b'0').count();
        if significant.saturating_sub(trailing) > MAX_DIGITS || exponent.abs() > MAX_EXPONENT {
            return None;
        }
        let kept = (whole.len() + part.len()).saturating_sub(trailing);
        let mantissa = all()
            .take(kept)
            .fold(0_i128, |sum, byte| sum * 10 + i128::from(byte - b'0'));
        let shift = i32::try_from(trailing).ok()? - i32::try_from(part.len()).ok()?;
        Some(Decimal::new(sign * mantissa, exponent + shift))
    }

    /// The mantissa and the exponent of ten.
    pub(crate) fn parts(self) -> (i128, i32) {
        (self.mantissa, self.exponent)
    }

    /// Whether this is a whole number.
    pub(crate) fn is_integer(self) -> bool {
        self.exponent >= 0
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Decimal::new(i128::from(number), 0)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let signs = self.mantissa.signum().cmp(&other.mantissa.signum());
        if signs != Ordering::Equal || self.mantissa == 0 {
            return signs;
        }
        let size = |number: &Decimal| {
            let digits = number.mantissa.unsigned_abs().ilog10();
            i64::from(digits) + i64::from(number.exponent)
        };
        let bigger = size(self).cmp(&size(other)).then_with(|| {
            // With one magnitude the exponents differ by less than the digits of a mantissa, so
            // that padding to the smaller exponent fits.
            let low = self.exponent.min(other.exponent);
            let padded = |number: &Decimal| {
                let zeros = (number.exponent - low).unsigned_abs();
                number.mantissa.unsigned_abs() * 10_u128.pow(zeros)
            };
            padded(self).cmp(&padded(other))
        });
        if self.mantissa < 0 {
            bigger.reverse()
        } else {
            bigger
        }
    }
}

impl fmt::Display for Decimal {
    /// The number as JSON writes it (RFC 8259, section 6): in full up to 21 digits, else with an
    /// exponent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
        match self.exponent {
            0 => write!(f, "{sign}{digits}"),
            zeros @ 1.. if length + zeros <= 21 => {
                write!(
                    f,
                    "{sign}{digits}{}",
                    "0".repeat(zeros.unsigned_abs() as usize)
                )
            }
            places if places < 0 && places > -21 => {
                let places = places.unsigned_abs() as usize;
                let padded = format!("{digits:0>width$}", width = places + 1);
                let (whole, part) = padded.split_at(padded.len() - places);
                write!(f, "{sign}{whole}.{part}")
            }
            exponent => write!(f, "{sign}{digits}e{exponent}"),
        }
    }
}
