//! A value as something that can be tried.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::compat::calls::Where;
use crate::schema::{Json, ParamPlace, Status};

/// Bytes of what can be tried that are short enough to be read; of a longer one people get a brief form.
const SHOWN: usize = 600;

/// A `curl` line that sends the value, or an answer that holds it; `None` where its place says neither.
pub(super) fn example(place: &Where, operation: Option<&str>, value: &Json) -> Option<String> {
    let (method, path) = operation?.split_once(' ')?;
    if !path.starts_with('/') {
        // The call is a webhook or a callback: whoever receives it has an address of their own.
        return None;
    }
    match place {
        Where::Body {
            media_type,
            is_item: false,
        } if is_json(media_type) => Some(format!(
            "curl -X {method} {} -H {} -d {}",
            url(path, ""),
            quoted(&format!("content-type: {media_type}")),
            quoted(&value.to_string())
        )),
        Where::Parameter { place, name } => parameter(method, path, *place, name, value),
        Where::Answer {
            status,
            media_type,
            is_item: false,
        } if is_json(media_type) => Some(format!(
            "HTTP/1.1 {}\ncontent-type: {media_type}\n\n{value}",
            code(*status)
        )),
        Where::Header { status, name } => {
            let text = plain(value)?;
            Some(format!("HTTP/1.1 {}\n{name}: {text}", code(*status)))
        }
        _ => None,
    }
}

/// The same with a value from which much is left out, for a whole that is long. `at` is what must stay.
pub(in crate::compat) fn brief(
    place: &Where,
    operation: Option<&str>,
    value: &Json,
    at: &str,
) -> Option<String> {
    let told = |value: &Json| {
        let told = example(place, operation, value);
        told.unwrap_or_else(|| value.to_string())
    };
    if told(value).len() <= SHOWN {
        return None;
    }
    let short = |room: &Room| told(&room.shortened(value, at));
    let mut rooms = ROOMS.iter().map(short);
    let fitting = rooms.find(|text| text.len() <= SHOWN);
    fitting.or_else(|| ROOMS.last().map(short))
}

/// How much of a value stays beside what is refused.
struct Room {
    items: usize,
    names: usize,
    characters: usize,
}

/// From much to little.
const ROOMS: [Room; 3] = [
    Room {
        items: 3,
        names: usize::MAX,
        characters: 60,
    },
    Room {
        items: 2,
        names: 5,
        characters: 40,
    },
    Room {
        items: 0,
        names: 0,
        characters: 40,
    },
];

impl Room {
    /// The value with marks for what is left out. It stays JSON, so that a line with it can be run.
    fn shortened(&self, value: &Json, at: &str) -> Json {
        let steps: Vec<String> = at
            .split('/')
            .skip(1)
            .map(|step| step.replace("~1", "/").replace("~0", "~"))
            .collect();
        self.within(value, Some(&steps))
    }

    fn within(&self, value: &Json, way: Option<&[String]>) -> Json {
        let step = way.and_then(<[String]>::first);
        let rest = way.and_then(|way| way.get(1..));
        match value {
            Json::Array(items) => {
                let on_way = step.and_then(|step| step.parse::<usize>().ok());
                let mut out = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    if on_way == Some(index) {
                        out.push(self.within(item, rest));
                    } else if index < self.items {
                        out.push(self.within(item, None));
                    }
                }
                if let Some(more) = more(items.len() - out.len()) {
                    out.push(Json::String(more));
                }
                Json::Array(out)
            }
            Json::Object(entries) => {
                let mut out = BTreeMap::new();
                for (index, (name, value)) in entries.iter().enumerate() {
                    if step.is_some_and(|step| **step == **name) {
                        out.insert(name.clone(), self.within(value, rest));
                    } else if index < self.names {
                        out.insert(name.clone(), self.within(value, None));
                    }
                }
                if let Some(more) = more(entries.len() - out.len()) {
                    out.insert("…".into(), Json::String(more));
                }
                Json::Object(out)
            }
            Json::String(text) => match text.char_indices().nth(self.characters) {
                Some((cut, _)) => {
                    let left = text[cut..].chars().count();
                    Json::String(format!("{}… {left} more", &text[..cut]).into())
                }
                None => value.clone(),
            },
            Json::Null | Json::Bool(_) | Json::Number(_) => value.clone(),
        }
    }
}

fn more(left_out: usize) -> Option<Box<str>> {
    (left_out > 0).then(|| format!("… {left_out} more").into())
}

fn parameter(
    method: &str,
    path: &str,
    place: ParamPlace,
    name: &str,
    value: &Json,
) -> Option<String> {
    let text = plain(value)?;
    // `GET` is what curl does, and it would wait for a body that an answer to `HEAD` does not have.
    let method = match method {
        "GET" => String::new(),
        "HEAD" => "-I ".to_owned(),
        method => format!("-X {method} "),
    };
    Some(match place {
        ParamPlace::Query => {
            let query = format!("?{}={}", encoded(name), encoded(&text));
            format!("curl {method}{}", url(path, &query))
        }
        ParamPlace::Path => {
            let filled = path.replace(&format!("{{{name}}}"), &encoded(&text));
            format!("curl {method}{}", url(&filled, ""))
        }
        ParamPlace::Header => {
            let header = quoted(&format!("{name}: {text}"));
            format!("curl {method}{} -H {header}", url(path, ""))
        }
        ParamPlace::Cookie => {
            let cookie = quoted(&format!("{name}={}", encoded(&text)));
            format!("curl {method}{} -b {cookie}", url(path, ""))
        }
    })
}

/// A single value as parameters write it; lists and objects depend on the style.
fn plain(value: &Json) -> Option<String> {
    match value {
        Json::Null | Json::Array(_) | Json::Object(_) => None,
        Json::String(text) => Some(text.to_string()),
        Json::Bool(_) | Json::Number(_) => Some(value.to_string()),
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or(media_type);
    essence == "application/json" || essence.ends_with("+json") || essence.ends_with("/*")
}

/// A status as an answer has it; of many the one that is usual.
fn code(status: Status) -> u16 {
    match status {
        Status::Code(code) => code,
        Status::Range(hundred) => u16::from(hundred) * 100,
        Status::Default => 500,
    }
}

/// Text for a shell (POSIX.1-2017, section 2.2.2): in single quotes, unless it needs none.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "%+,-./:=@_".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// The address of a call for a shell (section 2.2.3): in double quotes, with a variable for the host and
/// one for each parameter of the path that has no value, such as `$ORG` for `{org}`.
fn url(path: &str, query: &str) -> String {
    let mut out = String::from("\"$HOST");
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        literal(&mut out, before);
        out.push_str(&variable(name, after));
        rest = after;
    }
    literal(&mut out, rest);
    out.push_str(query);
    out.push('"');
    out
}

/// Text of a path as an address has it: what it may not hold (RFC 3986, section 3.3), and what a shell
/// would read in double quotes, is encoded.
fn literal(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b':' | b'@' | b'&' | b'\'' | b'(' | b')' | b'*'
            | b'+' | b',' | b';' | b'=' | b'%' | b'?' => out.push(char::from(byte)),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// A variable of the shell for a parameter; in braces where the text behind it would belong to its name.
fn variable(name: &str, after: &str) -> String {
    let mut out = String::new();
    for char in name.chars() {
        match char {
            char if char.is_ascii_alphanumeric() => out.push(char.to_ascii_uppercase()),
            _ => out.push('_'),
        }
    }
    if !out.starts_with(|char: char| char.is_ascii_alphabetic()) {
        out.insert(0, '_');
    }
    let goes_on = |char: char| char.is_ascii_alphanumeric() || char == '_';
    match after.starts_with(goes_on) {
        true => format!("${{{out}}}"),
        false => format!("${out}"),
    }
}

/// Text in a query or a path (RFC 3986, section 2.1).
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{SHOWN, brief, example, quoted, url};
    use crate::compat::calls::Where;
    use crate::schema::{Json, ParamPlace};

    #[test]
    fn addresses_are_ready_for_a_shell() {
        for (path, expected) in [
            ("/orders", "\"$HOST/orders\""),
            ("/orgs/{org}/{team_slug}", "\"$HOST/orgs/$ORG/$TEAM_SLUG\""),
            ("/{a}b", "\"$HOST/${A}b\""),
            ("/{2-x}/", "\"$HOST/$_2_X/\""),
            ("/a\"`$(rm)`!", "\"$HOST/a%22%60%24(rm)%60%21\""),
            ("/{open", "\"$HOST/%7Bopen\""),
        ] {
            assert_eq!(url(path, ""), expected);
        }
    }

    #[test]
    fn quotes_stand_where_they_are_needed() {
        for (text, expected) in [
            ("id=1", "id=1"),
            ("", "''"),
            ("a b", "'a b'"),
            ("it's", "'it'\\''s'"),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn a_call_has_the_method_that_it_needs() {
        let place = Where::Parameter {
            place: ParamPlace::Query,
            name: "limit".into(),
        };
        for (call, expected) in [
            ("GET /orders", "curl \"$HOST/orders?limit=true\""),
            ("HEAD /orders", "curl -I \"$HOST/orders?limit=true\""),
            (
                "DELETE /orders/{id}",
                "curl -X DELETE \"$HOST/orders/$ID?limit=true\"",
            ),
        ] {
            let made = example(&place, Some(call), &Json::Bool(true));
            assert_eq!(made.as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_long_value_is_shortened_inside_and_stays_json() {
        let place = Where::Body {
            media_type: "application/json".into(),
            is_item: false,
        };
        let entries = |count: usize, value: &Json| {
            let name = |at: usize| format!("name{at:03}").into_boxed_str();
            Json::Object((0..count).map(|at| (name(at), value.clone())).collect())
        };
        let long = Json::String("a".repeat(5000).into());
        for (value, at, stays) in [
            (Json::Array(vec![Json::Null; 251]), "/250", "null"),
            (entries(400, &Json::Bool(false)), "/name399", "name399"),
            (
                entries(3, &Json::Array(vec![entries(90, &long)])),
                "/name002/0/name077",
                "name077",
            ),
            (long, "", "4940 more"),
        ] {
            let text = brief(&place, Some("POST /orders"), &value, at).expect("it is long");
            assert!(text.len() <= SHOWN, "{text}");
            assert!(text.contains(stays) && text.contains(" more"), "{text}");
            let (_, body) = text.split_once(" -d '").expect("it has a body");
            let body = body.strip_suffix('\'').expect("the quote is closed");
            assert!(serde_json::from_str::<serde_json::Value>(body).is_ok());
        }
        assert_eq!(brief(&place, Some("POST /orders"), &Json::Null, ""), None);
    }
}
