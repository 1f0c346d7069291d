//! The micro-syntax: rates, durations, percentages and keys, parsed once and carried typed.
//!
//! ASCII, case-sensitive, one space exactly, no locale. Every problem says where in the text it
//! stands and, where a machine can tell, what to write instead.

use std::fmt;
use std::ops::Range;

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

// === Durations ===

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

// === Percentages ===

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

// === Rates ===

/// A part of the key of a limit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum KeyPart {
    /// One bucket for everybody.
    Global,
    /// The address of the client.
    ClientIp,
    /// The tenant, as the contract's `identity` says.
    Tenant,
    /// The subject of the token.
    User,
    /// The client of the token or key.
    ClientId,
    /// A request header, name in lower case.
    Header(Box<str>),
    /// A claim of the token, with dots between the levels.
    Claim(Box<str>),
    /// A cookie.
    Cookie(Box<str>),
    /// A parameter of the path.
    Path(Box<str>),
    /// A parameter of the query.
    Query(Box<str>),
}

impl KeyPart {
    /// Whether `auth` must have identified the caller first.
    pub(crate) fn needs_auth(&self) -> bool {
        matches!(self, KeyPart::User | KeyPart::ClientId | KeyPart::Claim(_))
    }
}

impl fmt::Display for KeyPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyPart::Global => f.write_str("global"),
            KeyPart::ClientIp => f.write_str("client_ip"),
            KeyPart::Tenant => f.write_str("tenant"),
            KeyPart::User => f.write_str("user"),
            KeyPart::ClientId => f.write_str("client_id"),
            KeyPart::Header(name) => write!(f, "header({name})"),
            KeyPart::Claim(path) => write!(f, "claim({path})"),
            KeyPart::Cookie(name) => write!(f, "cookie({name})"),
            KeyPart::Path(name) => write!(f, "path({name})"),
            KeyPart::Query(name) => write!(f, "query({name})"),
        }
    }
}

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

/// Most parts of one key; each one is read and hashed on every request.
pub(crate) const MAX_KEY_PARTS: usize = 8;

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

// === Keys ===

/// Key functions with their argument.
const KEY_WORDS: [&str; 10] = [
    "client_ip",
    "global",
    "client_id",
    "user",
    "tenant",
    "header",
    "cookie",
    "query",
    "path",
    "claim",
];

/// Reads `client_ip+header(X-App)`; `at` is where the text stands in the rate.
pub(crate) fn parse_key(text: &str, at: usize) -> Result<Vec<KeyPart>, UnitProblem> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in split_key(text) {
        let here = at + start..at + start + part.len();
        let parsed = parse_key_part(part, here.clone())?;
        if parts.contains(&parsed) {
            return Err(
                UnitProblem::new(format!("`{parsed}` stands twice in the key"), here)
                    .help("write it once"),
            );
        }
        parts.push(parsed);
        start += part.len() + 1;
    }
    let all = at..at + text.len();
    if parts.len() > 1 && parts.contains(&KeyPart::Global) {
        return Err(
            UnitProblem::new("`global` cannot be combined with other keys", all)
                .help("leave `global` out: the other parts alone decide the bucket"),
        );
    }
    if parts.len() > MAX_KEY_PARTS {
        return Err(UnitProblem::new(
            format!("a key has at most {MAX_KEY_PARTS} parts"),
            all,
        ));
    }
    Ok(parts)
}

/// Splits at `+` outside parentheses, so that a `+` in a header name gets its own message.
fn split_key(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'+' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn parse_key_part(part: &str, at: Range<usize>) -> Result<KeyPart, UnitProblem> {
    match part {
        "global" => return Ok(KeyPart::Global),
        "client_ip" => return Ok(KeyPart::ClientIp),
        "tenant" => return Ok(KeyPart::Tenant),
        "user" => return Ok(KeyPart::User),
        "client_id" => return Ok(KeyPart::ClientId),
        _ => {}
    }
    let (word, argument) = match part.split_once('(') {
        Some((word, tail)) => match tail.strip_suffix(')') {
            Some(argument) => (word, Some(argument)),
            None => {
                return Err(UnitProblem::new(format!("`{part}` has no closing `)`"), at)
                    .help(format!("write `{part})`")));
            }
        },
        None => (part, None),
    };
    if !KEY_WORDS.contains(&word) {
        let problem = UnitProblem::new(
            format!("unknown key `{word}`"),
            at.start..at.start + word.len(),
        );
        let near = nearest(word, KEY_WORDS);
        return Err(match near {
            Some(near) => {
                let message = format!("unknown key `{word}`; did you mean `{near}`?");
                UnitProblem { message, ..problem }.help(format!("write `{near}`"))
            }
            None => problem.help("keys are `client_ip`, `global`, `tenant`, `header(x)`, `cookie(x)`, `query(x)`, `path(x)`, `claim(x)`, `user` and `client_id`"),
        });
    }
    let takes_argument = matches!(word, "header" | "cookie" | "query" | "path" | "claim");
    let Some(argument) = argument.filter(|_| takes_argument) else {
        return Err(match takes_argument {
            true => UnitProblem::new(format!("key `{word}` needs a name"), at)
                .help(format!("write `{word}(name)`")),
            false => UnitProblem::new(format!("key `{word}` takes no argument"), at)
                .help(format!("write `{word}`")),
        });
    };
    let inner = at.start + word.len() + 1..at.end - 1;
    if argument.is_empty() {
        return Err(UnitProblem::new(format!("{word} name is empty"), at)
            .help(format!("write a name: `{word}(name)`")));
    }
    if word == "header" && argument.contains('+') {
        return Err(
            UnitProblem::new("`+` inside a header name is refused", inner)
                .help("`+` joins keys: `header(a)+header(b)`"),
        );
    }
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*-.^_`|~+".contains(&b);
    let is_ident = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    };
    let fits = match word {
        "header" | "cookie" | "query" => argument.len() <= 128 && argument.bytes().all(is_token),
        "path" => argument
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b)),
        _ => argument.split('.').all(is_ident),
    };
    if !fits {
        return Err(
            UnitProblem::new(format!("`{argument}` is no {word} name"), inner)
                .help("use letters, digits, `-` and `_`"),
        );
    }
    Ok(match word {
        "header" => KeyPart::Header(argument.to_ascii_lowercase().into()),
        "cookie" => KeyPart::Cookie(argument.into()),
        "query" => KeyPart::Query(argument.into()),
        "path" => KeyPart::Path(argument.into()),
        _ => KeyPart::Claim(argument.into()),
    })
}

/// The candidate that was probably meant: the nearest by edits, or one that the word is a part of.
fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let lower = word.to_ascii_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, candidate);
            let is_part = lower.len() >= 2 && candidate.split('_').any(|piece| piece == lower);
            (if is_part { 1 } else { distance }, candidate)
        })
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .map(|(_, candidate)| candidate)
}

/// Greatest common divisor.
fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
#[path = "units_tests.rs"]
mod tests;
