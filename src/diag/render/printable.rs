//! Text of unknown origin, made safe to show.
//!
//! A key of a contract can hold an escape sequence that repaints a terminal, or a character that
//! turns the reading direction around and hides what a line says. Neither reaches a reader.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::mem;

/// Whether `c` changes how its surroundings are shown instead of being shown itself.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Noncharacters, which XML and HTML refuse.
            '\u{FFFE}' | '\u{FFFF}'
            // Line and paragraph separator.
            | '\u{2028}' | '\u{2029}'
            // Embeddings, overrides and isolates of the reading direction.
            | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// `text` on one line: what is unsafe to show is written as an escape such as `\n` or `\u{1b}`.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_unsafe(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The lines of `text`, each safe to show.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.lines().map(|line| inert(one_line(line)))
}

/// `line` such that a build server does not take it for a command: GitHub's runner obeys every line
/// of the log that starts with `::`, after any white space.
fn inert(line: Cow<'_, str>) -> Cow<'_, str> {
    if line.trim_start().starts_with("::") {
        Cow::Owned(line.replacen(':', "\\u{3a}", 1))
    } else {
        line
    }
}

/// A character that stands for `c` in an excerpt: one column wide, and visibly not itself.
pub(super) fn stand_in(c: char) -> char {
    match u32::from(c) {
        // A tab is shown by its width.
        0x09 => '\t',
        // The control pictures stand in the order of the controls.
        code @ 0x00..0x20 => char::from_u32(0x2400 + code).unwrap_or('\u{FFFD}'),
        0x7F => '\u{2421}',
        _ => '\u{FFFD}',
    }
}

/// A stretch of a message: plain, or between backticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words.
    Plain(&'a str),
    /// Something quoted from a file; it holds no backtick and is not empty.
    Code(&'a str),
}

/// Splits a message at its backticks. A backtick without a partner is plain.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(open) = rest[at..].find('`').map(|i| at + i) {
        let Some(close) = rest[open + 1..].find('`').map(|i| open + 1 + i) else {
            break;
        };
        if close == open + 1 {
            at = close + 1;
            continue;
        }
        if open > plain_from {
            out.push(Piece::Plain(&rest[plain_from..open]));
        }
        out.push(Piece::Code(&rest[open + 1..close]));
        rest = &rest[close + 1..];
        plain_from = 0;
        at = 0;
    }
    if plain_from < rest.len() {
        out.push(Piece::Plain(&rest[plain_from..]));
    }
    out
}

/// `text` broken at spaces into lines of at most `width` characters, between backticks only where there
/// is no room for the whole; a longer word is broken behind a slash. Spaces at the start of a line stay.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines(text) {
        let mut current = String::new();
        let mut used = 0;
        let mut is_first = true;
        for (space, word) in words(&line, width) {
            let len = word.chars().count();
            if used > 0 && used + space.len() + len > width {
                out.push(mem::take(&mut current));
                // Only now does the word stand at the start of a line.
                current.push_str(&inert(Cow::Borrowed(word)));
                used = len;
                continue;
            }
            if !is_first {
                current.push_str(space);
                used += space.len();
            }
            is_first = false;
            current.push_str(word);
            used += len;
        }
        out.push(current);
    }
    if out.is_empty() {
        out.push(String::new());
    }
    out
}

/// What is kept together, each with what stands before it: a space, or nothing inside of a long word.
fn words(line: &str, width: usize) -> Vec<(&'static str, &str)> {
    let mut out = Vec::new();
    for word in split_outside_code(line) {
        if word.chars().count() <= width {
            out.push((" ", word));
            continue;
        }
        for word in word.split(' ') {
            if word.chars().count() <= width {
                out.push((" ", word));
                continue;
            }
            let parts = word.split_inclusive('/').enumerate();
            out.extend(parts.map(|(i, part)| (if i == 0 { " " } else { "" }, part)));
        }
    }
    out
}

/// The words of a line, where what stands between backticks is a part of one.
fn split_outside_code(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = line[at..].find([' ', '`']).map(|i| at + i) {
        if line.as_bytes()[found] == b' ' {
            out.push(&line[from..found]);
            from = found + 1;
            at = from;
        } else {
            // A backtick without a partner is a character like any other.
            let close = line[found + 1..].find('`');
            at = close.map_or(found + 1, |close| found + 1 + close + 1);
        }
    }
    out.push(&line[from..]);
    out
}
