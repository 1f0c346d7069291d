//! Keywords that the validator would answer in binary floating point, answered exactly: bounds,
//! multiples, formats of whole numbers, and equality with listed values.
//!
//! The arithmetic is written out over digits, and so is another one than that of the question which
//! led to a witness.

use std::cmp::Ordering;
use std::sync::Arc;

use jsonschema::{Keyword, ValidationError, ValidationOptions};

use super::exact::Exact;
use crate::schema::{Decimal, Json};

/// A check that a document names by its number.
#[derive(Debug, Clone)]
pub(super) enum Check {
    Minimum(Decimal),
    Maximum(Decimal),
    Above(Decimal),
    Below(Decimal),
    MultipleOf(Decimal),
    /// A whole number within these ends.
    Whole(Decimal, Decimal),
    OneOf(Box<[Json]>),
}

/// Checks by number.
pub(super) type Constants = Arc<[Check]>;

/// The keyword whose value is the number of a check.
pub(super) const KEYWORD: &str = "exactly";

/// Makes the keyword known.
pub(super) fn register<R>(
    options: ValidationOptions<'_, R, Exact>,
    constants: Constants,
) -> ValidationOptions<'_, R, Exact> {
    options.with_keyword(KEYWORD, move |_, number, _| {
        let found = number
            .as_u64()
            .and_then(|at| constants.get(usize::try_from(at).ok()?));
        match found {
            Some(check) => Ok(Box::new(Exactly(check.clone()))),
            None => Err(ValidationError::custom("no such check")),
        }
    })
}

struct Exactly(Check);

impl<'i> Keyword<'i, Exact> for Exactly {
    fn validate(&self, instance: &'i Json) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            Ok(())
        } else {
            Err(ValidationError::custom("refused"))
        }
    }

    fn is_valid(&self, instance: &'i Json) -> bool {
        self.0.accepts(instance)
    }
}

impl Check {
    fn accepts(&self, value: &Json) -> bool {
        if let Check::OneOf(values) = self {
            return values.contains(value);
        }
        let &Json::Number(number) = value else {
            return true;
        };
        match self {
            Check::Minimum(end) => order(number, *end).is_ge(),
            Check::Maximum(end) => order(number, *end).is_le(),
            Check::Above(end) => order(number, *end).is_gt(),
            Check::Below(end) => order(number, *end).is_lt(),
            Check::MultipleOf(unit) => is_multiple(number, *unit),
            Check::Whole(low, high) => {
                number.parts().1 >= 0 && order(number, *low).is_ge() && order(number, *high).is_le()
            }
            Check::OneOf(_) => unreachable!("listed values were looked at above"),
        }
    }
}

/// The order of two numbers, digit by digit.
fn order(one: Decimal, other: Decimal) -> Ordering {
    let (one, other) = (one.parts(), other.parts());
    let signs = one.0.signum().cmp(&other.0.signum());
    if signs.is_ne() || one.0 == 0 {
        return signs;
    }
    let digits = |(mantissa, exponent): (i128, i32)| {
        let text = mantissa.unsigned_abs().to_string();
        // The place of the first digit; the digits behind it compare as texts do, as a number that
        // ends is followed by zeros and no mantissa ends in one.
        let place = i64::try_from(text.len()).unwrap_or(i64::MAX) + i64::from(exponent);
        (place, text)
    };
    let by_size = digits(one).cmp(&digits(other));
    if one.0 < 0 {
        by_size.reverse()
    } else {
        by_size
    }
}

/// Whether a number is a whole multiple of `unit`, by long division.
fn is_multiple(number: Decimal, unit: Decimal) -> bool {
    let ((number, number_exponent), (unit, unit_exponent)) = (number.parts(), unit.parts());
    let divisor = unit.unsigned_abs();
    if number == 0 || divisor == 0 {
        return number == 0;
    }
    let zeros = i64::from(number_exponent) - i64::from(unit_exponent);
    if zeros < 0 {
        // The unit ends in more zeros than the number, whose mantissa ends in none.
        return false;
    }
    // A mantissa has at most 38 digits, and a remainder times ten fits when the divisor has one
    // All remainders are below the divisor, which is below half of what fits.
    let step = |rest: u128, digit: u128| {
        let tenfold = (0..10).fold(0, |sum, _| (sum + rest) % divisor);
        (tenfold + digit) % divisor
    };
    let digits = number.unsigned_abs().to_string();
    let mut rest = digits
        .bytes()
        .fold(0_u128, |rest, digit| step(rest, u128::from(digit - b'0')));
    for _ in 0..zeros {
        if rest == 0 {
            break;
        }
        rest = step(rest, 0);
    }
    rest == 0
}
