//! Values that look like those of a real call, in the place of those that are merely allowed.
//!
//! A search ends at the least text that a schema takes, such as an address `a:` or the year 0. It proves
//! what it has to, and a reader who sees it doubts the report. So what stands beside the refused place is
//! replaced, as long as the whole is still a proof.

use crate::schema::Json;

/// What is replaced where a text looks like it, by what.
const ODD: [(&str, &str); 6] = [
    ("a:", "https://example.org/"),
    ("0000-01-01", "2000-01-01"),
    ("0000-01-01T00:00:00Z", "2000-01-01T00:00:00Z"),
    ("a@a", "someone@example.org"),
    ("a", "example"),
    ("", "example"),
];

/// Replacements that hold for themselves: only a text of that format looks so.
const SURE: usize = 4;

/// The value with such replacements everywhere but at `at`; `None` where nothing is to be replaced or the
/// whole would prove nothing. Each attempt asks once.
pub(super) fn plausible(value: &Json, at: &str, is_proof: impl Fn(&Json) -> bool) -> Option<Json> {
    let steps: Vec<String> = at
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect();
    let attempts = [&ODD[..], &ODD[..SURE]];
    let mut last = None;
    for odd in attempts {
        let made = replaced(value, Some(&steps), odd);
        if made == *value || last.as_ref() == Some(&made) {
            continue;
        }
        if is_proof(&made) {
            return Some(made);
        }
        last = Some(made);
    }
    None
}

/// `way` leads to what must stay as it is, from here; nothing when that lies elsewhere.
fn replaced(value: &Json, way: Option<&[String]>, odd: &[(&str, &str)]) -> Json {
    let step = match way {
        Some([]) => return value.clone(),
        way => way.and_then(<[String]>::first),
    };
    let rest = way.and_then(|way| way.get(1..));
    match value {
        Json::String(text) => {
            let found = odd.iter().find(|(from, _)| **from == **text);
            found.map_or_else(|| value.clone(), |(_, to)| Json::String((*to).into()))
        }
        Json::Array(items) => {
            let items = items.iter().enumerate();
            Json::Array(
                items
                    .map(|(index, item)| {
                        let on_way = step.is_some_and(|step| *step == index.to_string());
                        replaced(item, rest.filter(|_| on_way), odd)
                    })
                    .collect(),
            )
        }
        Json::Object(entries) => {
            let entries = entries.iter().map(|(name, value)| {
                let on_way = step.is_some_and(|step| **step == **name);
                (name.clone(), replaced(value, rest.filter(|_| on_way), odd))
            });
            Json::Object(entries.collect())
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::plausible;
    use crate::schema::Json;

    fn object(entries: &[(&str, &str)]) -> Json {
        let entries = entries.iter();
        Json::Object(
            entries
                .map(|(name, text)| ((*name).into(), Json::String((*text).into())))
                .collect(),
        )
    }

    #[test]
    fn what_is_refused_stays_and_the_rest_is_replaced() {
        let value = object(&[("refused", ""), ("site", "a:"), ("name", "")]);
        let made = plausible(&value, "/refused", |_| true);
        let expected = object(&[
            ("refused", ""),
            ("site", "https://example.org/"),
            ("name", "example"),
        ]);
        assert_eq!(made, Some(expected));
    }

    #[test]
    fn what_would_prove_nothing_is_not_taken() {
        let value = object(&[("site", "a:"), ("name", "")]);
        let is_short = |value: &Json| !value.to_string().contains("\"example\"");
        let made = plausible(&value, "/missing", is_short);
        let expected = object(&[("site", "https://example.org/"), ("name", "")]);
        assert_eq!(made, Some(expected));
        assert_eq!(plausible(&value, "/missing", |_| false), None);
        assert_eq!(plausible(&object(&[]), "/missing", |_| true), None);
    }
}
