//! Durations: `1m30s`.

use std::fmt;

use super::{UnitProblem, scaled};

/// A duration in whole microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Micros(pub(crate) u64);

/// The longest duration: no proxy keeps a timer for longer, and every sum of two stays in 64 bits.
pub(crate) const MAX_DURATION: Micros = Micros(366 * 24 * 3600 * 1_000_000);

/// Units of durations from the largest, in microseconds.
const DURATION_UNITS: [(&str, u64); 6] = [
    ("d", 86_400_000_000),
    ("h", 3_600_000_000),
    ("m", 60_000_000),
    ("s", 1_000_000),
    ("ms", 1_000),
    ("us", 1),
];

impl Micros {
    /// Reads `1m30s`: units strictly descending, each once, a fraction only in the last part.
    pub(crate) fn parse(text: &str) -> Result<Self, UnitProblem> {
        if text.is_empty() {
            return Err(UnitProblem::new("a duration is missing", 0..0)
                .help("write a duration such as `250ms`"));
        }
        if let Some(at) = text.find(' ') {
            return Err(UnitProblem::new(
                format!("no space is allowed in the duration `{text}`"),
                at..at + 1,
            )
            .fix(text.replace(' ', "")));
        }
        let mut total: u64 = 0;
        let mut smallest: Option<usize> = None;
        let mut at = 0;
        let mut had_fraction = false;
        while at < text.len() {
            let start = at;
            let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
            let whole_len = digits(at);
            if whole_len == 0 {
                return Err(UnitProblem::new(
                    format!("expected a number in the duration, found `{}`", &text[at..]),
                    at..text.len(),
                )
                .help("write a duration such as `250ms` or `1m30s`"));
            }
            at += whole_len;
            let mut fraction = "";
            if text[at..].starts_with('.') {
                let len = digits(at + 1);
                if len == 0 {
                    return Err(
                        UnitProblem::new("expected digits after the point", at..at + 1)
                            .help("write `1.5s`, or leave the point out"),
                    );
                }
                fraction = &text[at + 1..at + 1 + len];
                at += 1 + len;
            }
            let unit_len = text[at..]
                .bytes()
                .take_while(u8::is_ascii_alphabetic)
                .count();
            let unit = &text[at..at + unit_len];
            let number = &text[start..at];
            if unit.is_empty() {
                return Err(UnitProblem::new(
                    format!("duration needs a unit; did you mean `{number}s` or `{number}ms`?"),
                    start..at.max(start + 1),
                )
                .help("write the unit behind the number: `us`, `ms`, `s`, `m`, `h` or `d`"));
            }
            let Some(rank) = DURATION_UNITS.iter().position(|(name, _)| *name == unit) else {
                let problem = UnitProblem::new(
                    format!("unknown unit `{unit}` in the duration"),
                    at..at + unit_len,
                );
                let lower = unit.to_ascii_lowercase();
                return Err(if DURATION_UNITS.iter().any(|(name, _)| *name == lower) {
                    problem.fix(format!("{}{lower}{}", &text[..at], &text[at + unit_len..]))
                } else {
                    problem.help("units are `us`, `ms`, `s`, `m`, `h` and `d`")
                });
            };
            match smallest {
                Some(last) if last == rank => {
                    return Err(UnitProblem::new(
                        format!("unit `{unit}` stands twice"),
                        at..at + unit_len,
                    )
                    .help("add the parts up and write the unit once"));
                }
                Some(last) if last > rank => {
                    return Err(UnitProblem::new("units must descend", start..at + unit_len)
                        .help("write the larger unit first, such as `1m1s`"));
                }
                _ if had_fraction => {
                    return Err(UnitProblem::new(
                        "only the last part may have a fraction",
                        start..at + unit_len,
                    )
                    .help("write the fraction as smaller units, such as `1m30s` for `1.5m`"));
                }
                _ => {}
            }
            smallest = Some(rank);
            had_fraction = !fraction.is_empty();
            let part = scaled(
                &text[start..start + whole_len],
                fraction,
                DURATION_UNITS[rank].1,
            )
            .ok_or_else(|| {
                UnitProblem::new(
                    format!("`{number}{unit}` is no whole number of microseconds"),
                    start..at + unit_len,
                )
            })?;
            at += unit_len;
            total = total
                .checked_add(part)
                .filter(|total| *total <= MAX_DURATION.0)
                .ok_or_else(|| {
                    UnitProblem::new("the duration is longer than 366 days", 0..text.len())
                        .help("write a shorter one")
                })?;
        }
        Ok(Micros(total))
    }

    /// Whole milliseconds; `None` when it is not a whole number of them.
    pub(crate) fn as_millis(self) -> Option<u64> {
        self.0.is_multiple_of(1000).then_some(self.0 / 1000)
    }
}

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0s");
        }
        let mut rest = self.0;
        for (unit, size) in DURATION_UNITS {
            if rest >= size {
                write!(f, "{}{unit}", rest / size)?;
                rest %= size;
            }
        }
        Ok(())
    }
}
