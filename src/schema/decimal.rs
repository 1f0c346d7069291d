//! Exact decimal numbers: `0.07` is seven hundredths and a multiple of `0.01`.

use std::cmp::Ordering;
use std::fmt;

/// A number `mantissa * 10^exponent`. It is kept without trailing zeros in the mantissa, so that one
/// number has one form: `1`, `1.0` and `10e-1` are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// Most significant digits that are read exactly. What is longer is no number that a schema means.
const MAX_DIGITS: usize = 36;

/// Largest exponent, in either direction; beyond it only text files hold numbers.
const MAX_EXPONENT: u32 = 100_000;

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
        while mantissa % 10 == 0 && exponent < i32::MAX {
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
                let bare = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                if !bare.starts_with(|first: char| first.is_ascii_digit()) {
                    return None;
                }
                (digits, exponent.parse::<i32>().ok()?)
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
        if significant.saturating_sub(trailing) > MAX_DIGITS
            || exponent.unsigned_abs() > MAX_EXPONENT
        {
            return None;
        }
        let kept = (whole.len() + part.len()).saturating_sub(trailing);
        let mantissa = all()
            .take(kept)
            .fold(0_i128, |sum, byte| sum * 10 + i128::from(byte - b'0'));
        let shift = i32::try_from(trailing).ok()? - i32::try_from(part.len()).ok()?;
        Some(Decimal::new(sign * mantissa, exponent.checked_add(shift)?))
    }

    /// The mantissa and the exponent of ten.
    pub(crate) fn parts(self) -> (i128, i32) {
        (self.mantissa, self.exponent)
    }

    /// Whether this is a whole number.
    pub(crate) fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    /// The number without its sign. `None` when that does not fit.
    pub(crate) fn abs(self) -> Option<Self> {
        Some(Decimal {
            mantissa: self.mantissa.checked_abs()?,
            exponent: self.exponent,
        })
    }

    /// The number, `factor` times. `None` when that does not fit.
    pub(crate) fn times(self, factor: i128) -> Option<Self> {
        let mantissa = self.mantissa.checked_mul(factor)?;
        Some(Decimal::new(mantissa, self.exponent))
    }

    /// Whether this is a whole multiple of `step`; of zero only zero is. Always exact.
    pub(crate) fn is_multiple_of(self, step: Decimal) -> bool {
        if self.mantissa == 0 || step.mantissa == 0 {
            return self.mantissa == 0;
        }
        let mut zeros = i64::from(self.exponent) - i64::from(step.exponent);
        if zeros < 0 {
            // The mantissa would have to end in zeros, and none does.
            return false;
        }
        let mut rest = step.mantissa.unsigned_abs();
        rest /= gcd(self.mantissa.unsigned_abs(), rest);
        while zeros > 0 && (rest.is_multiple_of(2) || rest.is_multiple_of(5)) {
            for prime in [2, 5] {
                if rest.is_multiple_of(prime) {
                    rest /= prime;
                }
            }
            zeros -= 1;
        }
        rest == 1
    }

    /// The smallest number above zero that is a multiple of both; signs do not matter. `None` when
    /// one of them is zero or the number does not fit.
    pub(crate) fn lcm(self, other: Decimal) -> Option<Self> {
        if self.mantissa == 0 || other.mantissa == 0 {
            return None;
        }
        for (large, small) in [(self, other), (other, self)] {
            if large.is_multiple_of(small) {
                return large.abs();
            }
        }
        let (_, right) = self.ratio(other)?;
        // With self/other = left/right in lowest terms, self * right = other * left.
        self.times(right)?.abs()
    }

    /// This number over another, as a fraction in lowest terms whose lower part is above zero.
    /// `None` when the other is zero or a part does not fit.
    pub(crate) fn ratio(self, over: Decimal) -> Option<(i128, i128)> {
        if over.mantissa == 0 {
            return None;
        }
        if self.mantissa == 0 {
            return Some((0, 1));
        }
        let common = gcd(self.mantissa.unsigned_abs(), over.mantissa.unsigned_abs());
        let mut upper = self.mantissa.unsigned_abs() / common;
        let mut lower = over.mantissa.unsigned_abs() / common;
        let zeros = i64::from(self.exponent) - i64::from(over.exponent);
        let (grows, shrinks) = if zeros >= 0 {
            (&mut upper, &mut lower)
        } else {
            (&mut lower, &mut upper)
        };
        for _ in 0..zeros.unsigned_abs() {
            for prime in [2, 5] {
                if shrinks.is_multiple_of(prime) {
                    *shrinks /= prime;
                } else {
                    *grows = grows.checked_mul(prime)?;
                }
            }
        }
        let upper = i128::try_from(upper).ok()?;
        let lower = i128::try_from(lower).ok()?;
        let is_negative = (self.mantissa < 0) != (over.mantissa < 0);
        Some((if is_negative { -upper } else { upper }, lower))
    }

    /// The largest whole number of `step`s that is not above this; `step` is above zero. `None`
    /// when it does not fit.
    pub(crate) fn steps_below(self, step: Decimal) -> Option<i128> {
        if step.mantissa <= 0 {
            return None;
        }
        match self.ratio(step) {
            Some((upper, lower)) => Some(upper.div_euclid(lower)),
            // Only the lower part of the fraction can have grown too large, so that this is closer
            // to zero than one step.
            None if self < step && self.negated().is_some_and(|other| other < step) => {
                Some(if self.mantissa < 0 { -1 } else { 0 })
            }
            None => None,
        }
    }

    /// The smallest whole number of `step`s that is not below this; `step` is above zero. `None`
    /// when it does not fit.
    pub(crate) fn steps_above(self, step: Decimal) -> Option<i128> {
        self.negated()?.steps_below(step)?.checked_neg()
    }

    /// The number with the other sign. `None` when that does not fit.
    pub(crate) fn negated(self) -> Option<Self> {
        Some(Decimal {
            mantissa: self.mantissa.checked_neg()?,
            exponent: self.exponent,
        })
    }

    /// The power of ten of the first digit: 2 for 345, -1 for 0.5, 0 for zero.
    pub(crate) fn magnitude(self) -> i64 {
        match self.mantissa.unsigned_abs().checked_ilog10() {
            Some(digits) => i64::from(digits) + i64::from(self.exponent),
            None => 0,
        }
    }
}

/// The greatest common divisor of two numbers above zero.
pub(crate) fn gcd(left: u128, right: u128) -> u128 {
    let (mut left, mut right) = (left, right);
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
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
        let bigger = self.magnitude().cmp(&other.magnitude()).then_with(|| {
            // With one magnitude the exponents differ by less than the digits of a mantissa. Only
            // the number with the larger exponent is padded; when that does not fit, it is larger
            // than every mantissa is.
            let low = self.exponent.min(other.exponent);
            let padded = |number: &Decimal| {
                let zeros = (number.exponent - low).unsigned_abs();
                let power = 10_u128.checked_pow(zeros).unwrap_or(u128::MAX);
                number.mantissa.unsigned_abs().saturating_mul(power)
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

#[cfg(test)]
mod tests;
