//! What was probably meant: the name that a wrong word is most like.

/// Longest word or name that is compared: a longer one is no slip of the finger, and comparing it
/// would cost time.
const MAX_LETTERS: usize = 128;
/// Most names that are compared; a hostile document has more of them than anybody could mean.
pub(crate) const MAX_COMPARED: usize = 2_000;
/// From here on two words with one beginning count as forms of one word, by Jaro and Winkler.
const FORM: f64 = 0.85;

/// How unlike a name a word may be and still be taken for it.
#[derive(Debug)]
pub(crate) struct Likeness {
    /// Letters that may be wrong, by the lengths of the word and of the name.
    slips: fn(usize, usize) -> usize,
    /// Whether the two are kin although more letters differ.
    is_kin: fn(&str, &str) -> Kin,
}

/// What two words have in common beside their letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kin {
    No,
    /// They are, and their distance says how much.
    Far,
    /// As near as one slip makes them.
    Near,
}

impl Likeness {
    /// Keys and words of the language: one slip in a short word, one more for each four further
    /// letters; or another form of the same word, such as `retires` for `retry`.
    pub(crate) const KEY: Likeness = Likeness {
        slips: |word, name| 1 + word.min(name).saturating_sub(1) / 4,
        is_kin: |word, name| {
            let is_form = name.get(..3).is_some_and(|stem| word.starts_with(stem))
                && strsim::jaro_winkler(word, name) >= FORM;
            if is_form { Kin::Far } else { Kin::No }
        },
    };

    /// Names of several pieces, of which one may stand alone: `ip` for `client_ip`.
    pub(crate) const PIECES: Likeness = Likeness {
        slips: |_, name| 1 + name / 4,
        is_kin: |word, name| {
            let is_piece = word.len() >= 2 && name.split('_').any(|piece| piece == word);
            if is_piece { Kin::Near } else { Kin::No }
        },
    };

    /// Names that somebody gave to things in a document: many are alike, so less may be wrong.
    pub(crate) const GIVEN: Likeness = Likeness {
        slips: |word, name| 1 + word.min(name) / 5,
        is_kin: |_, _| Kin::No,
    };

    /// Operations and paths of a document.
    pub(crate) const OPERATION: Likeness = Likeness {
        slips: |word, _| 1 + word / 4,
        is_kin: |_, _| Kin::No,
    };

    /// One of a few fixed words.
    pub(crate) const WORD: Likeness = Likeness {
        slips: |_, _| 2,
        is_kin: |_, _| Kin::No,
    };

    /// Names of rules, which are long.
    pub(crate) const RULE: Likeness = Likeness {
        slips: |_, _| 3,
        is_kin: |_, _| Kin::No,
    };
}

/// The candidate that somebody who wrote `word` most likely meant; the first of several that are
/// equally like it. Case and the kind of dash do not matter.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    likeness: &Likeness,
) -> Option<&'c str> {
    nearest_by(word, candidates, |name| name, likeness)
}

/// As [`nearest`], for things that have a name.
pub(crate) fn nearest_by<T>(
    word: &str,
    candidates: impl IntoIterator<Item = T>,
    name: impl Fn(&T) -> &str,
    likeness: &Likeness,
) -> Option<T> {
    if word.len() > MAX_LETTERS {
        return None;
    }
    let word = fold(word);
    let mut best: Option<(usize, T)> = None;
    for candidate in candidates.into_iter().take(MAX_COMPARED) {
        let text = name(&candidate);
        if text.len() > MAX_LETTERS {
            continue;
        }
        if let Some(distance) = distance(&word, &fold(text), likeness)
            && best.as_ref().is_none_or(|(least, _)| distance < *least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How far a folded word is from a folded name; `None` when it is too far.
fn distance(word: &str, name: &str, likeness: &Likeness) -> Option<usize> {
    let kin = (likeness.is_kin)(word, name);
    if kin == Kin::Near {
        return Some(usize::from(word != name));
    }
    let slips = (likeness.slips)(word.len(), name.len());
    // A letter has at most four bytes, so words of very different lengths are not even compared.
    if kin == Kin::No && word.len().abs_diff(name.len()) > 4 * slips {
        return None;
    }
    let distance = strsim::osa_distance(word, name);
    (distance <= slips || kin == Kin::Far).then_some(distance)
}

fn fold(text: &str) -> String {
    text.to_ascii_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::{Likeness, nearest, nearest_by};

    #[test]
    fn the_nearest_name_is_meant_if_one_is_near() {
        let keys = &["retry", "timeout", "rate_limit"][..];
        let parts = &["client_ip", "client_id", "user"][..];
        for (word, names, likeness, expected) in [
            ("retires", keys, &Likeness::KEY, Some("retry")),
            ("Rate-Limit", keys, &Likeness::KEY, Some("rate_limit")),
            ("timeuot", keys, &Likeness::KEY, Some("timeout")),
            ("cache", keys, &Likeness::KEY, None),
            ("ip", parts, &Likeness::PIECES, Some("client_ip")),
            // The first of two that are equally near.
            ("client", parts, &Likeness::PIECES, Some("client_ip")),
            ("usr", parts, &Likeness::PIECES, Some("user")),
            ("tenant", parts, &Likeness::PIECES, None),
            ("retri", keys, &Likeness::GIVEN, Some("retry")),
            ("rtri", keys, &Likeness::GIVEN, None),
            (
                "/order/{id}",
                &["/orders/{id}"],
                &Likeness::OPERATION,
                Some("/orders/{id}"),
            ),
            ("ust", &["use", "ignore"], &Likeness::WORD, Some("use")),
            ("", keys, &Likeness::KEY, None),
        ] {
            assert_eq!(
                nearest(word, names.iter().copied(), likeness),
                expected,
                "{word}"
            );
        }
    }

    #[test]
    fn what_nobody_could_mean_is_not_compared() {
        let long = "a".repeat(200);
        assert_eq!(nearest(&long, [long.as_str()], &Likeness::RULE), None);
        assert_eq!(nearest("a", [long.as_str()], &Likeness::RULE), None);
        // Letters of several bytes are one slip each.
        let named = nearest_by(
            "für",
            [(1, "fur"), (2, "feuer")],
            |(_, name)| name,
            &Likeness::GIVEN,
        );
        assert_eq!(named, Some((1, "fur")));
    }
}
