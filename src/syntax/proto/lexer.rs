//! Text to tokens, without copies: a token is a place.
//!
//! What is no token is reported here and passed over, so that the parser sees the file as it was
//! meant: a stray byte, an escape that does not exist, a number with letters at its end.

use memchr::{memchr, memchr2};

use super::problems::Problems;
use crate::text::{FileId, Span};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word.
    Ident,
    /// A whole number in decimal, octal or hexadecimal digits.
    Int,
    /// A number with a point or an exponent.
    Float,
    /// A number that was reported; it stands for any number.
    BadNumber,
    /// One text in quotes.
    String,
    /// Any other ASCII character.
    Symbol(u8),
    /// The end of the file.
    End,
}

/// A token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Its first byte.
    pub(super) start: u32,
    /// The byte after its last one.
    pub(super) end: u32,
}

/// What a byte can begin or be a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Control,
    Letter,
    Digit,
    Quote,
    Dot,
    Slash,
    Symbol,
    Beyond,
}

/// The class of every byte.
const CLASSES: [Class; 256] = {
    let mut table = [Class::Symbol; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b' ' | 9..=13 => Class::Blank,
            0..=31 => Class::Control,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'"' | b'\'' => Class::Quote,
            b'.' => Class::Dot,
            b'/' => Class::Slash,
            128..=255 => Class::Beyond,
            _ => Class::Symbol,
        };
        at += 1;
    }
    table
};

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// Reads tokens.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    file: FileId,
    at: usize,
    pub(super) problems: Problems,
}

impl<'t> Lexer<'t> {
    /// A lexer at the beginning of `text`, whose length fits 32 bits. A byte order mark is passed
    /// over.
    pub(super) fn new(file: FileId, text: &'t str) -> Self {
        Lexer {
            text,
            file,
            at: if text.starts_with('\u{FEFF}') { 3 } else { 0 },
            problems: Problems::default(),
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn is(&self, at: usize, wanted: impl Fn(u8) -> bool) -> bool {
        self.byte(at).is_some_and(wanted)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, offset(start), offset(end))
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Token {
        loop {
            let start = self.at;
            let Some(byte) = self.byte(start) else {
                return self.token(Kind::End, start);
            };
            self.at += 1;
            match class(byte) {
                Class::Blank => {}
                Class::Letter => {
                    self.word();
                    return self.token(Kind::Ident, start);
                }
                Class::Symbol => return self.token(Kind::Symbol(byte), start),
                Class::Slash => match self.byte(self.at) {
                    Some(b'/') => self.line_comment(),
                    Some(b'*') => self.block_comment(start),
                    _ => return self.token(Kind::Symbol(b'/'), start),
                },
                Class::Dot if !self.is(self.at, |byte| byte.is_ascii_digit()) => {
                    return self.token(Kind::Symbol(b'.'), start);
                }
                Class::Digit | Class::Dot => {
                    let kind = self.number(start);
                    return self.token(kind, start);
                }
                Class::Quote => {
                    self.string(start, byte);
                    return self.token(Kind::String, start);
                }
                Class::Control => self.control(start),
                Class::Beyond => {
                    if self.beyond(start) {
                        return self.token(Kind::Ident, start);
                    }
                }
            }
        }
    }

    fn token(&self, kind: Kind, start: usize) -> Token {
        Token {
            kind,
            start: offset(start),
            end: offset(self.at),
        }
    }

    /// The rest of a word.
    fn word(&mut self) {
        let start = self.at - 1;
        while self.is(self.at, |byte| {
            matches!(class(byte), Class::Letter | Class::Digit)
        }) {
            self.at += 1;
        }
        if self.is(self.at, |byte| !byte.is_ascii())
            && self.rest().starts_with(char::is_alphanumeric)
        {
            self.foreign_word(start);
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Reports a word with letters that no name has, and passes it over.
    fn foreign_word(&mut self, start: usize) {
        let rest = &self.text[start..];
        let length = rest
            .find(|char: char| !char.is_alphanumeric() && char != '_')
            .unwrap_or(rest.len());
        self.at = start + length;
        let span = self.span(start, self.at);
        self.problems
            .syntax("a name is made of ASCII letters, digits and `_`")
            .at(span, "not such a name")
            .help("rename it");
    }

    /// A character beyond ASCII outside texts and comments; whether it begins a word.
    fn beyond(&mut self, start: usize) -> bool {
        let char = self.text[start..].chars().next().unwrap_or(' ');
        if char.is_alphanumeric() {
            self.foreign_word(start);
            return true;
        }
        self.at = start + char.len_utf8();
        let headline = format!("the character `{char}` cannot stand here");
        let span = self.span(start, self.at);
        let draft = self.problems.syntax(headline).at(span, "here");
        match char {
            '\u{2018}'..='\u{201F}' | '\u{AB}' | '\u{BB}' => {
                draft.fix("write a straight quote", span, "\"")
            }
            _ if char.is_whitespace() => draft.fix("write an ordinary blank", span, " "),
            _ => draft.help("remove it, or put it in a comment"),
        };
        false
    }

    fn control(&mut self, start: usize) {
        while self.is(self.at, |byte| class(byte) == Class::Control) {
            self.at += 1;
        }
        let byte = self.text.as_bytes()[start];
        let span = self.span(start, self.at);
        self.problems
            .syntax(format_args!(
                "the control character {byte:#04x} cannot stand here"
            ))
            .at(span, "here")
            .help("remove it");
    }

    // === Comments ===

    fn line_comment(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += memchr(b'\n', rest).unwrap_or(rest.len());
    }

    /// The rest of a comment whose `/*` begins at `start`.
    fn block_comment(&mut self, start: usize) {
        self.at += 1;
        let bytes = self.text.as_bytes();
        while let Some(found) = memchr2(b'*', b'/', &bytes[self.at..]) {
            let at = self.at + found;
            self.at = at + 1;
            match (bytes[at], self.byte(at + 1)) {
                (b'*', Some(b'/')) => {
                    self.at += 1;
                    return;
                }
                (b'/', Some(b'*')) => {
                    let span = self.span(at, at + 2);
                    let outer = self.span(start, start + 2);
                    self.problems
                        .syntax("a comment cannot stand inside a comment")
                        .at(span, "`/*` inside a comment")
                        .also(outer, "which begins here")
                        .help(
                            "remove the inner `/*`, or begin the lines of the outer one with `//`",
                        );
                }
                _ => {}
            }
        }
        self.at = bytes.len();
        let span = self.span(start, start + 2);
        self.problems
            .syntax("a comment does not end")
            .at(span, "it begins here")
            .help("close it with `*/`");
    }

    // === Numbers ===

    fn digits(&mut self, is_digit: impl Fn(&u8) -> bool) -> usize {
        let from = self.at;
        while self.is(self.at, |byte| is_digit(&byte)) {
            self.at += 1;
        }
        self.at - from
    }

    /// The rest of a number that begins at `start`; its first byte was read.
    fn number(&mut self, start: usize) -> Kind {
        let first = self.text.as_bytes()[start];
        let mut kind = Kind::Int;
        let mut wrong = None;
        if first == b'0' && self.is(self.at, |byte| byte | 0x20 == b'x') {
            self.at += 1;
            if self.digits(u8::is_ascii_hexdigit) == 0 {
                wrong = Some("`0x` needs hexadecimal digits");
            }
        } else if first == b'0' && self.is(self.at, |byte| byte.is_ascii_digit()) {
            self.digits(|byte| (b'0'..=b'7').contains(byte));
            if self.digits(u8::is_ascii_digit) > 0 {
                wrong = Some("a number that begins with 0 is octal and has no digit 8 or 9");
            }
        } else {
            self.digits(u8::is_ascii_digit);
            if first == b'.' {
                kind = Kind::Float;
            } else if self.byte(self.at) == Some(b'.') {
                kind = Kind::Float;
                self.at += 1;
                self.digits(u8::is_ascii_digit);
            }
            if self.is(self.at, |byte| byte | 0x20 == b'e') {
                kind = Kind::Float;
                self.at += 1;
                if matches!(self.byte(self.at), Some(b'+' | b'-')) {
                    self.at += 1;
                }
                if self.digits(u8::is_ascii_digit) == 0 {
                    wrong = Some("an exponent needs digits");
                }
            }
        }
        let end = self.at;
        let is_joined = |byte| matches!(class(byte), Class::Letter | Class::Digit | Class::Dot);
        while self.is(self.at, is_joined) {
            self.at += 1;
        }
        if end < self.at && wrong.is_none() {
            wrong = Some(match self.text.as_bytes()[end] {
                b'.' if kind == Kind::Float => {
                    "a number has one point at most, before its exponent"
                }
                b'.' => "octal and hexadecimal numbers have no point",
                _ => "a letter cannot follow a number",
            });
        }
        let before = start.checked_sub(1).and_then(|before| self.byte(before));
        if first == b'.' && before.is_some_and(is_joined) {
            wrong = Some("a part of a name cannot begin with a digit");
        }
        let Some(wrong) = wrong else {
            return kind;
        };
        let help = match kind {
            _ if end < self.at => "put a blank between them, or correct the number",
            _ => "correct the number",
        };
        let span = self.span(start, self.at);
        self.problems.syntax(wrong).at(span, "here").help(help);
        Kind::BadNumber
    }

    // === Texts ===

    /// The rest of a text that begins with `quote` at `start`.
    fn string(&mut self, start: usize, quote: u8) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'\n' => break,
                b'\\' => self.escape(),
                0 => {
                    self.control(self.at);
                }
                _ => {
                    self.at += 1;
                    if byte == quote {
                        return;
                    }
                }
            }
        }
        let quote = char::from(quote);
        let open = self.span(start, start + 1);
        self.problems
            .syntax("a text in quotes does not end on its line")
            .at(open, "it begins here")
            .help(format_args!(
                "close it with `{quote}`; a long text is written as several, one after the other"
            ));
    }

    /// Passes an escape over, and reports one that does not exist.
    fn escape(&mut self) {
        let start = self.at;
        self.at += 1;
        let hex = |lexer: &Self, from: usize, count: usize| {
            (from..from + count).all(|at| lexer.is(at, |byte| byte.is_ascii_hexdigit()))
        };
        let after = start + 2;
        let expected = match self.byte(self.at) {
            // The end of the line or of the file is reported as the end of the text.
            None | Some(b'\n') => return,
            Some(
                b'a'
                | b'b'
                | b'f'
                | b'n'
                | b'r'
                | b't'
                | b'v'
                | b'\\'
                | b'?'
                | b'\''
                | b'"'
                | b'0'..=b'7',
            ) => {
                self.at = after;
                return;
            }
            Some(b'x' | b'X') if hex(self, after, 1) => {
                self.at = after + 1;
                return;
            }
            Some(b'u') if hex(self, after, 4) => {
                self.at = after + 4;
                return;
            }
            Some(b'U') if hex(self, after, 8) && self.is_code(after) => {
                self.at = after + 8;
                return;
            }
            Some(b'x' | b'X') => "write one or two hexadecimal digits behind it",
            Some(b'u') => "write four hexadecimal digits behind it",
            Some(b'U') => "write eight hexadecimal digits behind it, up to `\\U0010ffff`",
            Some(_) => "write `\\\\` for a backslash",
        };
        let char = self.rest().chars().next().unwrap_or(' ');
        self.at += char.len_utf8();
        let end = self.at;
        let span = self.span(start, end);
        self.problems
            .syntax(format_args!("`{}` is no escape", &self.text[start..end]))
            .at(span, "here")
            .help(expected);
    }

    /// Whether eight hexadecimal digits can be a code point; other readers test the first three.
    fn is_code(&self, at: usize) -> bool {
        let digits = &self.text.as_bytes()[at..];
        digits.starts_with(b"000") || digits.starts_with(b"001")
    }
}

/// The value of a whole number as written; `None` past 64 bits.
pub(super) fn int(text: &str) -> Option<u64> {
    let is_hex = text.starts_with("0x") || text.starts_with("0X");
    if is_hex {
        u64::from_str_radix(&text[2..], 16).ok()
    } else if text.len() > 1 && text.starts_with('0') {
        u64::from_str_radix(&text[1..], 8).ok()
    } else {
        text.parse().ok()
    }
}

/// Offsets fit 32 bits because the size of files is bounded.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
