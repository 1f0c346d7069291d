//! The text of a reference: where it leads, before anybody looks.

use std::borrow::Cow;

use crate::text::RelPath;

/// What relative references are relative to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Base {
    /// A file of the workspace, or a name beside one that an `$id` made up.
    File(RelPath),
    /// An absolute address that an `$id` gave.
    Uri(String),
}

/// The document that a reference names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goal {
    /// The one it stands in.
    Same,
    /// A file, or a document whose `$id` gave it that place.
    File(RelPath),
    /// A document that some `$id` names so; there is no other way to reach an address.
    Uri(String),
}

/// Why a reference names nothing that may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It climbs above the workspace.
    Above,
    /// It begins at the root of a disk.
    Absolute,
}

/// A reference taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference<'t> {
    pub(super) goal: Goal,
    /// What follows `#`, as written.
    pub(super) fragment: &'t str,
}

/// Takes a reference apart.
pub(super) fn parse<'t>(text: &'t str, base: &Base) -> Result<Reference<'t>, Refused> {
    let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
    let goal = if address.is_empty() {
        Goal::Same
    } else {
        resolve(address, base)?
    };
    Ok(Reference { goal, fragment })
}

/// An address without fragment, read relative to `base`.
pub(super) fn resolve(address: &str, base: &Base) -> Result<Goal, Refused> {
    if let Some(scheme) = scheme(address) {
        // One letter is a drive of a disk, not a scheme.
        if scheme.len() == 1 || scheme.eq_ignore_ascii_case("file") {
            return Err(Refused::Absolute);
        }
        return Ok(Goal::Uri(address.to_owned()));
    }
    match base {
        Base::Uri(base) => Ok(Goal::Uri(join_uri(base, address))),
        Base::File(_) if address.starts_with("//") => Ok(Goal::Uri(format!("https:{address}"))),
        Base::File(file) => {
            let path = percent_decode(address);
            if path.starts_with('/') {
                return Err(Refused::Absolute);
            }
            let joined = file.parent().join(&path);
            joined.map(Goal::File).ok_or(Refused::Above)
        }
    }
}

/// The scheme of an absolute address.
pub(super) fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut bytes = scheme.bytes();
    let starts = bytes.next().is_some_and(|b| b.is_ascii_alphabetic());
    let goes_on = bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'));
    (starts && goes_on).then_some(scheme)
}

/// `address` relative to an absolute one, as RFC 3986 joins them; queries are parts of the path
/// here, because no identity of a schema depends on one.
fn join_uri(base: &str, address: &str) -> String {
    let (scheme, rest) = base.split_once(':').unwrap_or(("https", base));
    if let Some(tail) = address.strip_prefix("//") {
        return format!("{scheme}://{tail}");
    }
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find('/').unwrap_or(rest.len());
            (Some(&rest[..end]), &rest[end..])
        }
        None => (None, rest),
    };
    let folder = if address.starts_with('/') {
        ""
    } else {
        path.rfind('/').map_or("", |end| &path[..=end])
    };
    let mut parts: Vec<&str> = Vec::new();
    let whole = format!("{folder}{address}");
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                // RFC 3986 drops what climbs too high.
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    match host {
        Some(host) => format!("{scheme}://{host}/{path}"),
        None => format!("{scheme}:{path}"),
    }
}

/// `%2F` and its like as the characters they stand for; a text whose escapes make no UTF-8 stays.
pub(super) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(hex_byte);
        match escaped {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(digits[0])? * 16 + digit(digits[1])?).ok()
}

/// A key as a segment of a pointer.
pub(super) fn escape_segment(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

/// A segment of a pointer as the key it names.
pub(super) fn unescape_segment(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}
