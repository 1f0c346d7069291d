//! A value as something that can be tried.

use std::fmt::Write as _;

use crate::compat::calls::Where;
use crate::schema::{Json, ParamPlace, Status};

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
            quoted(&format!("$HOST{path}")),
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

fn parameter(
    method: &str,
    path: &str,
    place: ParamPlace,
    name: &str,
    value: &Json,
) -> Option<String> {
    let text = plain(value)?;
    let url = |path: &str| quoted(&format!("$HOST{path}"));
    match place {
        ParamPlace::Query => {
            let query = format!("{path}?{}={}", encoded(name), encoded(&text));
            Some(format!("curl -X {method} {}", url(&query)))
        }
        ParamPlace::Path => {
            let filled = path.replace(&format!("{{{name}}}"), &encoded(&text));
            Some(format!("curl -X {method} {}", url(&filled)))
        }
        ParamPlace::Header => {
            let header = quoted(&format!("{name}: {text}"));
            Some(format!("curl -X {method} {} -H {header}", url(path)))
        }
        ParamPlace::Cookie => {
            let cookie = quoted(&format!("{name}={}", encoded(&text)));
            Some(format!("curl -X {method} {} -b {cookie}", url(path)))
        }
    }
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

/// Text for a shell (POSIX.1-2017, section 2.2.2): single quotes, `$HOST` outside of them.
fn quoted(text: &str) -> String {
    let (host, rest) = match text.strip_prefix("$HOST") {
        Some(rest) => ("\"$HOST\"", rest),
        None => ("", text),
    };
    format!("{host}'{}'", rest.replace('\'', "'\\''"))
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
