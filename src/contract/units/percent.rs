//! Percentages: `99.9%`.

use std::fmt;

use super::{UnitProblem, scaled};

/// A percentage in ten-thousandths of a percent: `10%` is 100,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Percent(pub(crate) u32);

impl Percent {
    const ONE: u64 = 10_000;

    /// Reads `99.9%`: 0 to 100 with at most four decimals.
    pub(crate) fn parse(text: &str) -> Result<Self, UnitProblem> {
        let all = 0..text.len();
        let Some(number) = text.strip_suffix('%') else {
            let problem = UnitProblem::new(format!("`{text}` is no percentage"), all);
            return Err(match text.parse::<f64>() {
                Ok(_) => problem.fix(format!("{text}%")),
                Err(_) => problem.help("write a percentage such as `10%`"),
            });
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || !plain(whole)
            || !plain(fraction)
            || (fraction.is_empty() && number.contains('.'))
        {
            return Err(UnitProblem::new(format!("`{text}` is no percentage"), all)
                .help("write a percentage such as `10%`"));
        }
        if fraction.len() > 4 {
            return Err(UnitProblem::new(
                "a percentage has at most four decimals",
                whole.len() + 1..number.len(),
            )
            .help("round it to four decimals"));
        }
        scaled(whole, fraction, Percent::ONE)
            .filter(|value| *value <= 100 * Percent::ONE)
            .and_then(|value| u32::try_from(value).ok())
            .map(Percent)
            .ok_or_else(|| {
                UnitProblem::new("a percentage lies between 0% and 100%", all)
                    .help("write a share such as `10%`")
            })
    }

    /// The percentage as a number from 0 to 100.
    pub(crate) fn value(self) -> f64 {
        f64::from(self.0) / Percent::ONE as f64
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.value())
    }
}
