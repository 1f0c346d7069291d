//! What names and texts stand for, read from their places when somebody asks.

use std::borrow::Cow;

/// The name in `text` without blanks and comments, which nearly no name has.
pub(super) fn path(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        if let Some(after) = skip_comment(rest) {
            rest = after;
            continue;
        }
        // A domain of an `Any` keeps its other marks.
        if !char.is_ascii_whitespace() && char != '\u{b}' {
            out.push(char);
        }
        rest = &rest[char.len_utf8()..];
    }
    Cow::Owned(out)
}

/// What follows the comment that `text` begins with.
fn skip_comment(text: &str) -> Option<&str> {
    if let Some(inside) = text.strip_prefix("//") {
        return Some(inside.find('\n').map_or("", |end| &inside[end..]));
    }
    let inside = text.strip_prefix("/*")?;
    Some(inside.find("*/").map_or("", |end| &inside[end + 2..]))
}

/// The bytes of the texts in quotes in `text`, concatenated. Escapes that the lexer refused stand
/// for nothing.
pub(super) fn bytes(text: &str) -> Cow<'_, [u8]> {
    let all = text.as_bytes();
    if let [quote, inside @ .., last] = all
        && quote == last
        && !inside.iter().any(|byte| byte == quote || *byte == b'\\')
    {
        return Cow::Borrowed(inside);
    }
    let mut out = Vec::with_capacity(all.len());
    let mut rest = text;
    while let Some(&first) = rest.as_bytes().first() {
        if first == b'"' || first == b'\'' {
            rest = unquote(rest, first, &mut out);
        } else if let Some(after) = skip_comment(rest) {
            rest = after;
        } else {
            let char = rest.chars().next().expect("it is not empty");
            rest = &rest[char.len_utf8()..];
        }
    }
    Cow::Owned(out)
}

/// Decodes the text that begins with `quote`, and returns what follows it.
fn unquote<'t>(text: &'t str, quote: u8, out: &mut Vec<u8>) -> &'t str {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        if byte == quote {
            return &text[at + 1..];
        }
        if byte != b'\\' {
            out.push(byte);
            at += 1;
            continue;
        }
        at += 1 + escape(&bytes[at + 1..], out);
    }
    ""
}

/// Decodes the escape whose text behind the backslash begins `bytes`; returns its length.
fn escape(bytes: &[u8], out: &mut Vec<u8>) -> usize {
    let digits = |from: usize, most: usize, base: u32| {
        let digits = bytes[from.min(bytes.len())..].iter().take(most);
        digits
            .map_while(|byte| char::from(*byte).to_digit(base))
            .fold((0, 0), |(value, count), digit| {
                (value * base + digit, count + 1)
            })
    };
    let Some(&first) = bytes.first() else {
        return 0;
    };
    let plain = match first {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'\\' | b'?' | b'\'' | b'"' => first,
        b'0'..=b'7' => {
            let (value, count) = digits(0, 3, 8);
            // Three digits can pass a byte: `\777` keeps its low bits, as in C.
            out.push(u8::try_from(value & 0xFF).expect("it was masked"));
            return count;
        }
        b'x' | b'X' => {
            let (value, count) = digits(1, 2, 16);
            if count > 0 {
                out.push(u8::try_from(value).expect("two digits are a byte"));
            }
            return 1 + count;
        }
        b'u' | b'U' => return unicode(first, &digits, bytes, out),
        // Refused by the lexer; what follows the backslash is read as it is.
        _ => return 0,
    };
    out.push(plain);
    1
}

/// Decodes `u` and four digits or `U` and eight; a pair of surrogates stands for one character.
fn unicode(
    first: u8,
    digits: &dyn Fn(usize, usize, u32) -> (u32, usize),
    bytes: &[u8],
    out: &mut Vec<u8>,
) -> usize {
    let most = if first == b'u' { 4 } else { 8 };
    let (mut code, mut length) = digits(1, most, 16);
    length += 1;
    if (0xD800..0xDC00).contains(&code) && bytes[length..].starts_with(b"\\u") {
        let (low, count) = digits(length + 2, 4, 16);
        if (0xDC00..0xE000).contains(&low) && count == 4 {
            code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            length += 2 + count;
        }
    }
    push_code(code, out);
    length
}

/// The UTF-8 form of a code point. A lone surrogate has one too, as other readers of the language
/// write it, though it is not valid.
fn push_code(code: u32, out: &mut Vec<u8>) {
    if let Some(char) = char::from_u32(code) {
        out.extend(char.encode_utf8(&mut [0; 4]).bytes());
        return;
    }
    let tail = |shift: u32| 0x80 | u8::try_from((code >> shift) & 0x3F).expect("it was masked");
    let head = 0xE0 | u8::try_from((code >> 12) & 0x0F).expect("it was masked");
    out.extend([head, tail(6), tail(0)]);
}
