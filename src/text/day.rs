//! Days as people write them.

/// Whether `text` is a day of the calendar in the form `YYYY-MM-DD` (RFC 3339, `full-date`). Days in
/// this form compare as text.
pub fn is_day(text: &str) -> bool {
    let number = |part: &str, len: usize| {
        let plain = part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<u32>().ok()).flatten()
    };
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (text, expected) in [
            ("2026-11-24", true),
            ("2024-02-29", true),
            ("2000-02-29", true),
            ("1900-02-29", false),
            ("2026-02-29", false),
            ("2026-02-31", false),
            ("2026-04-31", false),
            ("2026-13-01", false),
            ("2026-00-10", false),
            ("2026-01-00", false),
            ("26-1-1", false),
            ("2026-11", false),
            ("+026-01-01", false),
            ("2026-11-24T00:00:00", false),
        ] {
            assert_eq!(is_day(text), expected, "{text}");
        }
    }
}
