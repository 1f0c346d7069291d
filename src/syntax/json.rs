//! JSON to events.
//!
//! YAML 1.2 almost contains JSON, but not the last bit: a YAML reader refuses surrogate pairs in
//! escapes, knows more escapes and bounds the length of keys. So JSON is read as what it is.

use super::build::{Builder, Range, Stop, Text};
use super::node::Tag;

/// Why a text is not JSON.
#[derive(Debug)]
pub(super) enum Fail {
    /// It is something else, from this byte on.
    Syntax {
        /// The byte.
        at: usize,
        /// What was expected there.
        expected: &'static str,
    },
    /// It is JSON past a limit; the reason was reported.
    Stopped,
}

impl From<Stop> for Fail {
    fn from(_: Stop) -> Self {
        Fail::Stopped
    }
}

/// Feeds the JSON document in `text` to `builder`.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<(), Fail> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        buffer: String::new(),
    };
    reader.value(builder)?;
    reader.blank();
    if reader.at < reader.bytes.len() {
        return Err(reader.fail("the end of the file"));
    }
    Ok(())
}

struct Reader<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    /// Texts with escapes are put together here.
    buffer: String,
}

impl Reader<'_> {
    fn fail(&self, expected: &'static str) -> Fail {
        Fail::Syntax {
            at: self.at,
            expected,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blank(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// A value. The builder bounds the depth, and with it this recursion.
    fn value(&mut self, builder: &mut Builder) -> Result<(), Fail> {
        self.blank();
        match self.peek() {
            Some(b'{') => self.object(builder),
            Some(b'[') => self.array(builder),
            Some(b'"') => self.string(builder),
            Some(b'-' | b'0'..=b'9') => self.number(builder),
            Some(b't') => self.word(builder, "true", Tag::True),
            Some(b'f') => self.word(builder, "false", Tag::False),
            Some(b'n') => self.word(builder, "null", Tag::Null),
            _ => Err(self.fail("a value")),
        }
    }

    fn object(&mut self, builder: &mut Builder) -> Result<(), Fail> {
        builder.open(Tag::Mapping, self.at, 0)?;
        self.at += 1;
        self.blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            builder.close(Some(self.at));
            return Ok(());
        }
        loop {
            self.blank();
            if self.peek() != Some(b'"') {
                return Err(self.fail("a key in double quotes"));
            }
            self.string(builder)?;
            self.blank();
            if self.peek() != Some(b':') {
                return Err(self.fail("`:` after the key"));
            }
            self.at += 1;
            self.value(builder)?;
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    builder.close(Some(self.at));
                    return Ok(());
                }
                _ => return Err(self.fail("`,` or `}`")),
            }
        }
    }

    fn array(&mut self, builder: &mut Builder) -> Result<(), Fail> {
        builder.open(Tag::Sequence, self.at, 0)?;
        self.at += 1;
        self.blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            builder.close(Some(self.at));
            return Ok(());
        }
        loop {
            self.value(builder)?;
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    builder.close(Some(self.at));
                    return Ok(());
                }
                _ => return Err(self.fail("`,` or `]`")),
            }
        }
    }

    fn word(&mut self, builder: &mut Builder, word: &str, tag: Tag) -> Result<(), Fail> {
        let end = self.at + word.len();
        let ends = self
            .bytes
            .get(end)
            .is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
        if !self.bytes[self.at..].starts_with(word.as_bytes()) || !ends {
            return Err(self.fail("a value"));
        }
        self.plain(builder, tag, end)
    }

    fn number(&mut self, builder: &mut Builder) -> Result<(), Fail> {
        let digits = |mut at: usize| {
            while self.bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        let integer = self.at + usize::from(self.peek() == Some(b'-'));
        let mut end = digits(integer);
        if end == integer || (self.bytes[integer] == b'0' && end > integer + 1) {
            return Err(self.fail("a number without leading zeros"));
        }
        if self.bytes.get(end) == Some(&b'.') {
            let fraction = digits(end + 1);
            if fraction == end + 1 {
                return Err(self.fail("a number with digits after its point"));
            }
            end = fraction;
        }
        if let Some(b'e' | b'E') = self.bytes.get(end) {
            let sign = usize::from(matches!(self.bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = digits(end + 1 + sign);
            if exponent == end + 1 + sign {
                return Err(self.fail("a number with digits in its exponent"));
            }
            end = exponent;
        }
        self.plain(builder, Tag::Number, end)
    }

    fn plain(&mut self, builder: &mut Builder, tag: Tag, end: usize) -> Result<(), Fail> {
        let place = Range {
            start: self.at,
            end,
        };
        builder.scalar(tag, true, Text::Verbatim(self.at, end), place, 0)?;
        self.at = end;
        Ok(())
    }

    fn string(&mut self, builder: &mut Builder) -> Result<(), Fail> {
        let start = self.at;
        self.at += 1;
        self.buffer.clear();
        let mut made = false;
        let mut from = self.at;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    made = true;
                    self.buffer.push_str(&self.text[from..self.at]);
                    let char = self.escape()?;
                    self.buffer.push(char);
                    from = self.at;
                }
                Some(0..0x20) => return Err(self.fail("an escape for the control character")),
                Some(_) => self.at += 1,
                None => {
                    self.at = start;
                    return Err(self.fail("a closing quote for this text"));
                }
            }
        }
        let end = self.at;
        self.at += 1;
        let place = Range {
            start,
            end: self.at,
        };
        if made {
            self.buffer.push_str(&self.text[from..end]);
            builder.scalar(Tag::String, false, Text::Made(&self.buffer), place, 0)?;
        } else {
            let text = Text::Verbatim(start + 1, end);
            builder.scalar(Tag::String, false, text, place, 0)?;
        }
        Ok(())
    }

    /// An escape; the reader stands at its backslash and goes behind it.
    fn escape(&mut self) -> Result<char, Fail> {
        let char = match self.bytes.get(self.at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.fail("an escape of JSON such as `\\n` or `\\u00e9`")),
        };
        self.at += 2;
        Ok(char)
    }

    fn unicode_escape(&mut self) -> Result<char, Fail> {
        const EXPECTED: &str = "four hexadecimal digits that make a character";
        let unit = |at: usize| {
            let digits = self.bytes.get(at..at + 4)?;
            if !digits.iter().all(u8::is_ascii_hexdigit) {
                return None;
            }
            let digits = std::str::from_utf8(digits).ok()?;
            u32::from_str_radix(digits, 16).ok()
        };
        let Some(first) = unit(self.at + 2) else {
            return Err(self.fail(EXPECTED));
        };
        // Characters outside the basic plane are written as two halves.
        let second = match first {
            0xD800..0xDC00 if self.bytes[self.at + 6..].starts_with(b"\\u") => unit(self.at + 8),
            _ => None,
        };
        let (code, length) = match second {
            Some(low @ 0xDC00..0xE000) => {
                (0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00), 12)
            }
            _ => (first, 6),
        };
        let char = char::from_u32(code).ok_or_else(|| self.fail(EXPECTED))?;
        self.at += length;
        Ok(char)
    }
}
