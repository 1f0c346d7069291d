//! Rates: `100r/s per client_ip burst 200`.

use std::fmt;
use std::ops::Range;

use cherry_runtime::bundle::RateSpec;

use super::duration::MAX_DURATION;
use super::{KeyPart, UnitProblem, parse_key};

/// `100r/s per client_ip burst 200`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rate {
    /// Requests per period.
    pub(crate) count: u64,
    /// The period in seconds.
    pub(crate) period_s: u64,
    /// What shares a bucket.
    pub(crate) key: Vec<KeyPart>,
    /// The bucket's capacity; the count when nothing is written.
    pub(crate) burst: u64,
    /// Whether the burst was written.
    pub(crate) burst_written: bool,
    /// Byte range of the key in the text.
    pub(crate) key_at: Range<usize>,
    /// The period as written, such as `s` or `2m`.
    pub(crate) period_text: Box<str>,
}

/// The fastest rate: above it a token would come due more than once a nanosecond.
pub(crate) const MAX_RATE_PER_SECOND: u64 = 1_000_000_000;

const RATE_UNITS: [(&str, u64); 4] = [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

impl Rate {
    /// Reads a rate string.
    pub(crate) fn parse(text: &str) -> Result<Self, UnitProblem> {
        if let Some(at) = text.find("  ") {
            let mut fixed = text.to_owned();
            while let Some(at) = fixed.find("  ") {
                fixed.remove(at);
            }
            return Err(
                UnitProblem::new(format!("two spaces at column {}", at + 1), at..at + 2)
                    .fix(fixed.trim()),
            );
        }
        if text.trim() != text {
            return Err(UnitProblem::new("spaces around the rate", 0..text.len()).fix(text.trim()));
        }
        let (count, count_len, after_slash) = parse_count(text)?;
        let (period_s, period_end) = parse_period(text, count, after_slash)?;
        let rest = &text[period_end..];
        let Some(key_text) = rest.strip_prefix(" per ") else {
            if rest.is_empty() || " per ".starts_with(rest) {
                return Err(UnitProblem::new(
                    "missing ` per <key>`, use ` per global` for one shared bucket",
                    period_end.saturating_sub(1)..text.len(),
                )
                .help(format!(
                    "write `{} per client_ip` or `{} per global`",
                    &text[..period_end],
                    &text[..period_end]
                )));
            }
            return Err(UnitProblem::new(
                format!("expected ` per <key>`, found `{rest}`"),
                period_end..text.len(),
            )
            .help(format!("write `{} per client_ip`", &text[..period_end])));
        };
        let key_start = period_end + " per ".len();
        let (key_text, burst_text) = match key_text.split_once(' ') {
            Some((key, tail)) => (key, Some((key_start + key.len() + 1, tail))),
            None => (key_text, None),
        };
        let key = parse_key(key_text, key_start)?;
        let burst = burst_text
            .map(|(at, tail)| parse_burst(text, at, tail))
            .transpose()?;
        if u128::from(count) > u128::from(MAX_RATE_PER_SECOND) * u128::from(period_s) {
            return Err(UnitProblem::new(
                format!("the rate is above {MAX_RATE_PER_SECOND} per second"),
                0..count_len,
            )
            .help("write a lower rate, or no limit at all"));
        }
        let slash = after_slash;
        Ok(Rate {
            count,
            period_s,
            key,
            burst: burst.unwrap_or(count),
            burst_written: burst.is_some(),
            key_at: key_start..key_start + key_text.len(),
            period_text: text[slash..period_end].into(),
        })
    }

    /// The rate as the limiter takes it.
    pub(crate) fn spec(&self) -> RateSpec {
        RateSpec {
            count: self.count,
            period_ns: self.period_ns(),
            burst: self.burst,
        }
    }

    /// The period in nanoseconds.
    pub(crate) fn period_ns(&self) -> u64 {
        self.period_s * 1_000_000_000
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}r/{} per ", self.count, self.period_text)?;
        for (index, part) in self.key.iter().enumerate() {
            write!(f, "{}{part}", if index > 0 { "+" } else { "" })?;
        }
        if self.burst_written {
            write!(f, " burst {}", self.burst)
        } else {
            Ok(())
        }
    }
}

/// The count, the bytes it takes, and where the period starts.
fn parse_count(text: &str) -> Result<(u64, usize, usize), UnitProblem> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let example = "write a rate such as `100r/s per client_ip`";
    if len == 0 {
        let end = text.find(' ').unwrap_or(text.len());
        return Err(UnitProblem::new(
            format!("expected a count of requests, found `{text}`"),
            0..end,
        )
        .help(example));
    }
    if text[len..].starts_with('.') {
        return Err(fraction_problem(text, len));
    }
    let digits = &text[..len];
    if digits.bytes().all(|b| b == b'0') {
        return Err(UnitProblem::new("a zero rate blocks everything", 0..len)
            .help("write a rate above zero, or remove the endpoint"));
    }
    if digits.starts_with('0') {
        return Err(
            UnitProblem::new("a count has no leading zero", 0..len).fix(format!(
                "{}{}",
                digits.trim_start_matches('0'),
                &text[len..]
            )),
        );
    }
    let Ok(count) = digits.parse::<u64>() else {
        return Err(UnitProblem::new(
            format!("the rate is above {MAX_RATE_PER_SECOND} per second"),
            0..len,
        )
        .help("write a lower rate, or no limit at all"));
    };
    match text[len..].strip_prefix("r/") {
        Some(_) => Ok((count, len, len + 2)),
        None => {
            let period = text[len..].trim_start_matches([' ', 'r', '/']);
            let has_unit = period.starts_with(['s', 'm', 'h', 'd']);
            let fixed = format!(
                "{count}r/{}",
                if has_unit { period } else { "s per client_ip" }
            );
            let fixed = if fixed.contains(" per ") {
                fixed
            } else {
                format!("{count}r/s per client_ip")
            };
            Err(UnitProblem::new(
                format!("expected `r/` after {count}: write `{fixed}`"),
                one_char(text, len),
            )
            .fix(fixed))
        }
    }
}

/// The character at `at`, as a range of bytes; nothing at the end.
fn one_char(text: &str, at: usize) -> Range<usize> {
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// `1.5r/s per client_ip` is `3r/2s per client_ip`.
fn fraction_problem(text: &str, len: usize) -> UnitProblem {
    let decimals = text[len + 1..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let end = len + 1 + decimals;
    let fixed = (|| {
        let tail = text[end..].strip_prefix("r/")?;
        let every_len = tail.bytes().take_while(u8::is_ascii_digit).count();
        let every: u64 = if every_len == 0 {
            1
        } else {
            tail[..every_len].parse().ok()?
        };
        let scale = 10_u64.checked_pow(u32::try_from(decimals).ok()?)?;
        let count: u64 = format!("{}{}", &text[..len], &text[len + 1..end])
            .parse()
            .ok()?;
        let period = every.checked_mul(scale)?;
        let divisor = gcd(count, period);
        let every = if period / divisor == 1 {
            String::new()
        } else {
            (period / divisor).to_string()
        };
        (count > 0).then(|| format!("{}r/{every}{}", count / divisor, &tail[every_len..]))
    })();
    match fixed {
        Some(fixed) => {
            UnitProblem::new(format!("whole numbers only: `{fixed}`"), 0..end).fix(fixed)
        }
        None => UnitProblem::new("whole numbers only", 0..end)
            .help("write a rate such as `3r/2s per client_ip`"),
    }
}

/// The period in seconds, and where it ends.
fn parse_period(text: &str, count: u64, at: usize) -> Result<(u64, usize), UnitProblem> {
    let every_len = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let unit_at = at + every_len;
    let unit_len = text[unit_at..]
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let unit = &text[unit_at..unit_at + unit_len];
    let every = match &text[at..unit_at] {
        "" => 1,
        digits => match digits.parse::<u64>() {
            Ok(every) if every > 0 && !digits.starts_with('0') => every,
            _ => {
                return Err(
                    UnitProblem::new(format!("`{digits}` is no period"), at..unit_at)
                        .help("write a period such as `2s`"),
                );
            }
        },
    };
    let Some((_, size)) = RATE_UNITS.iter().find(|(name, _)| *name == unit) else {
        let problem_at = match unit_len {
            0 => one_char(text, unit_at),
            _ => unit_at..unit_at + unit_len,
        };
        let shown = &text[at..unit_at + unit_len];
        return Err(match unit {
            "" => UnitProblem::new("expected a period after `r/`", problem_at)
                .help("write a rate such as `100r/s per client_ip`"),
            "ms" if 1000 % every == 0 => {
                let per_second = count.saturating_mul(1000 / every);
                UnitProblem::new(
                    format!("unit `ms` not allowed; {count}r/{shown} is `{per_second}r/s`"),
                    problem_at,
                )
                .fix(format!("{per_second}r/s{}", &text[unit_at + unit_len..]))
            }
            _ => UnitProblem::new(format!("unit `{unit}` not allowed"), problem_at)
                .help("units of a rate are `s`, `m`, `h` and `d`"),
        });
    };
    let limit = MAX_DURATION.0 / 1_000_000;
    let period = every
        .checked_mul(*size)
        .filter(|period| *period <= limit)
        .ok_or_else(|| {
            UnitProblem::new("the period is longer than 366 days", at..unit_at + unit_len)
                .help("write a shorter period")
        })?;
    Ok((period, unit_at + unit_len))
}

fn parse_burst(text: &str, at: usize, tail: &str) -> Result<u64, UnitProblem> {
    let Some(digits) = tail.strip_prefix("burst ") else {
        return Err(UnitProblem::new(
            format!("expected ` burst <n>` or the end, found `{tail}`"),
            at..text.len(),
        )
        .help("a rate ends after its key or after ` burst <n>`"));
    };
    let range = at + "burst ".len()..text.len();
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    match digits.parse::<u64>() {
        Ok(0) => Err(
            UnitProblem::new("a burst of zero lets nothing through", range)
                .help("write the number of requests that may come at once"),
        ),
        Ok(burst) if plain && !digits.starts_with('0') => Ok(burst),
        _ => Err(UnitProblem::new(format!("`{digits}` is no burst"), range)
            .help("write a whole number such as `burst 200`")),
    }
}

/// Greatest common divisor.
fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
