//! Patterns of names.

/// Whether `text` matches a pattern in which `*` stands for any characters and `?` for one.
pub(crate) fn matches_glob(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut seen) = (0, 0);
    // The last `*`, and how much of the text it has taken: the one place to come back to, because a
    // later star can take whatever an earlier one could.
    let mut star: Option<(usize, usize)> = None;
    while seen < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(c) if *c == '?' || *c == text[seen] => {
                at += 1;
                seen += 1;
            }
            _ => {
                let Some((from, taken)) = star else {
                    return false;
                };
                star = Some((from, taken + 1));
                at = from + 1;
                seen = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::matches_glob;

    #[test]
    fn stars_take_what_they_must() {
        for (pattern, text, expected) in [
            ("v*", "v1.2.3", true),
            ("v*", "api/v1", false),
            ("v1.*", "v1", false),
            ("*", "", true),
            ("a?c*", "abcd", true),
            ("*ab*ab", "abxabab", true),
            ("", "a", false),
        ] {
            assert_eq!(matches_glob(pattern, text), expected, "{pattern} {text}");
        }
    }
}
