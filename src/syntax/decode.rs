//! Typed reading of a tree: every mistake is reported where it stands, and reading goes on.

use std::borrow::Cow;
use std::fmt;

use super::rules;
use super::{Key, Kind, Value};
use crate::diag::{Diagnostics, Draft};
use crate::text::{Likeness, Span, Spanned, nearest};

/// A value that can be read from a tree.
pub(crate) trait Decode: Sized {
    /// What the value must be, as a phrase: "`timeout` must be" goes before it.
    const EXPECTED: &'static str;

    /// Reads the value; `None` when a problem was reported.
    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self>;
}

/// What decoding carries along: where findings go, and how to call the value at hand.
pub(crate) struct DecodeCx<'d> {
    sink: &'d mut Diagnostics,
    /// The value at hand in a sentence, such as "`timeout`" or "an item of `on`".
    subject: Cow<'static, str>,
}

impl<'d> DecodeCx<'d> {
    /// A context whose outermost value is called `subject` in messages.
    pub(crate) fn new(sink: &'d mut Diagnostics, subject: &'static str) -> Self {
        DecodeCx {
            sink,
            subject: Cow::Borrowed(subject),
        }
    }

    /// The value at hand in a sentence.
    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    /// Where findings go.
    pub(crate) fn sink(&mut self) -> &mut Diagnostics {
        self.sink
    }

    /// Reads the value of a key.
    pub(crate) fn key<T: Decode>(&mut self, key: &str, value: Value<'_>) -> Option<T> {
        self.within(format!("`{key}`"), |cx| T::decode(value, cx))
    }

    /// Reads an item of the list at hand.
    pub(crate) fn item<T: Decode>(&mut self, value: Value<'_>) -> Option<T> {
        let subject = if self.subject.starts_with("an item of ") {
            self.subject.clone().into_owned()
        } else {
            format!("an item of {}", self.subject)
        };
        self.within(subject, |cx| T::decode(value, cx))
    }

    fn within<T>(&mut self, subject: String, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.subject, Cow::Owned(subject));
        let out = read(self);
        self.subject = outer;
        out
    }

    /// Reports that the value at hand is of the wrong type.
    pub(crate) fn wrong_type(&mut self, value: Value<'_>, expected: &str) -> Draft<'_> {
        let headline = format!(
            "{} must be {expected}, found {}",
            self.subject,
            Found(value)
        );
        self.sink
            .report(&rules::WRONG_TYPE, headline)
            .at(value.span(), Found(value))
    }

    /// Reports a number outside its bounds.
    pub(crate) fn out_of_range(&mut self, value: Value<'_>, expected: &str) -> Draft<'_> {
        let headline = format!(
            "{} must be {expected}, found {}",
            self.subject,
            Found(value)
        );
        self.sink
            .report(&rules::OUT_OF_RANGE, headline)
            .at(value.span(), "out of range")
    }

    /// Reports something of the language that this version does not enforce.
    pub(crate) fn reserved(&mut self, what: impl fmt::Display, span: Span) -> Draft<'_> {
        let headline = format!("{what} is reserved: not enforced by this version");
        self.sink
            .report(&rules::RESERVED_KEY, headline)
            .at(span, "reserved")
            .help("leave it out until a version enforces it")
    }

    /// Reports a key that nothing reads, with the nearest one that something does.
    pub(crate) fn unknown_key(&mut self, key: Key<'_>, allowed: &[&str]) {
        self.unknown("key", key.text, inner_span(key), allowed);
    }

    /// Reports an output that no emitter makes.
    pub(crate) fn unknown_output(&mut self, key: Key<'_>, allowed: &[&str]) {
        self.unknown("output", key.text, inner_span(key), allowed);
    }

    /// Reports an unknown word of a fixed set, such as a key or a mode.
    pub(crate) fn unknown(&mut self, noun: &str, word: &str, span: Span, allowed: &[&str]) {
        let shown = Clipped(word);
        // The label stands below the word, and the headline above names the key.
        let label = format!("unknown {}", noun.split(' ').next().unwrap_or(noun));
        match nearest(word, allowed.iter().copied(), &Likeness::KEY) {
            Some(near) => {
                let headline = format!("unknown {noun} `{shown}`; did you mean `{near}`?");
                self.sink
                    .report(&rules::UNKNOWN_KEY, headline)
                    .at(span, label)
                    .fix(format_args!("write `{near}`"), span, near);
            }
            None => {
                let draft = self
                    .sink
                    .report(
                        &rules::UNKNOWN_KEY,
                        format_args!("unknown {noun} `{shown}`"),
                    )
                    .at(span, label);
                match allowed {
                    [] => draft,
                    [only] => draft.help(format_args!("write `{only}`, the only one there is")),
                    _ => draft.help(format_args!("use one of {}", Listed(allowed))),
                };
            }
        }
    }

    /// Reports that `key`, which must be `expected`, is not written in `mapping`.
    pub(crate) fn missing_key(&mut self, mapping: Value<'_>, key: &str, expected: &str) {
        let headline = format!("{} needs the key `{key}`", self.subject);
        self.sink
            .report(&rules::MISSING_KEY, headline)
            .at(head(mapping), format_args!("`{key}` is missing"))
            .help(format_args!("add `{key}`: {expected}"));
    }

    /// The text of a string. Anything else is reported; words that some readers take for booleans
    /// are warned about.
    pub(crate) fn text<'t>(&mut self, value: Value<'t>, expected: &str) -> Option<&'t str> {
        let Some(text) = value.as_str() else {
            let quotable = value.scalar_text().filter(|text| !text.is_empty());
            let draft = self.wrong_type(value, expected);
            if let Some(text) = quotable {
                draft.fix(
                    format_args!("write it in quotes: `\"{text}\"`"),
                    value.span(),
                    format_args!("\"{text}\""),
                );
            }
            return None;
        };
        if value.is_plain() && is_norway(text) {
            let headline =
                format!("`{text}` is a text here, but many YAML readers take it for a boolean");
            self.sink
                .report(&rules::NORWAY_VALUE, headline)
                .at(value.span(), "read as a text")
                .fix(
                    format_args!("write it in quotes: `\"{text}\"`"),
                    value.span(),
                    format_args!("\"{text}\""),
                );
        }
        Some(text)
    }
}

/// The beginning of a mapping: its first key, so that a label does not cover the whole file.
pub(crate) fn head(mapping: Value<'_>) -> Span {
    mapping
        .entries()
        .next()
        .map_or_else(|| mapping.span(), |(key, _)| key.span)
}

/// Where a key stands without its quotes.
fn inner_span(key: Key<'_>) -> Span {
    let quoted = (key.span.end - key.span.start) as usize == key.text.len() + 2;
    if quoted {
        key.span.part(1, key.text.len() + 1)
    } else {
        key.span
    }
}

/// Words that YAML 1.1 readers take for booleans and YAML 1.2 readers for texts.
fn is_norway(text: &str) -> bool {
    ["no", "yes", "on", "off", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// A found value in a sentence: "the number `250`", "a list".
pub(crate) struct Found<'t>(pub(crate) Value<'t>);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind() {
            Kind::Null => f.write_str("nothing"),
            Kind::Bool(flag) => write!(f, "the boolean `{flag}`"),
            Kind::Number(text) => write!(f, "the number `{}`", Clipped(text)),
            Kind::String(text) => write!(f, "the text `{}`", Clipped(text)),
            Kind::Sequence => f.write_str("a list"),
            Kind::Mapping => f.write_str("a mapping"),
        }
    }
}

/// A text in a message: one line, not too long.
pub(crate) struct Clipped<'t>(pub(crate) &'t str);

impl fmt::Display for Clipped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        const SHOWN: usize = 60;
        for (count, char) in self.0.chars().enumerate() {
            if count == SHOWN {
                return f.write_str("...");
            }
            if char.is_control() {
                write!(f, "{}", char.escape_default())?;
            } else {
                f.write_char(char)?;
            }
        }
        Ok(())
    }
}

/// Words in backticks, with commas between.
pub(crate) struct Listed<'w>(pub(crate) &'w [&'w str]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, word) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}`{word}`")?;
        }
        Ok(())
    }
}

// === impl Decode for common shapes ===

impl<T: Decode> Decode for Spanned<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        Some(Spanned::new(T::decode(value, cx)?, value.text_span()))
    }
}

impl<T: Decode> Decode for Vec<T> {
    const EXPECTED: &'static str = "a list";

    /// The items that could be read; a bad one is reported and left out.
    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        if !value.is_sequence() {
            let draft = cx.wrong_type(value, "a list");
            if !matches!(value.kind(), Kind::Null) {
                draft.help("write it as a list: put `- ` before each item, or `[...]` around them");
            }
            return None;
        }
        Some(value.items().filter_map(|item| cx.item(item)).collect())
    }
}

impl Decode for String {
    const EXPECTED: &'static str = "a text";

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        cx.text(value, Self::EXPECTED).map(str::to_owned)
    }
}

impl Decode for bool {
    const EXPECTED: &'static str = "`true` or `false`";

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        match value.kind() {
            Kind::Bool(flag) => Some(flag),
            _ => {
                cx.wrong_type(value, Self::EXPECTED);
                None
            }
        }
    }
}

/// A key of a [`Map`].
pub(crate) trait MapKey: Sized {
    /// Reads the key; `None` when a problem was reported.
    fn read(key: Key<'_>, cx: &mut DecodeCx<'_>) -> Option<Self>;

    /// The JSON Schema that the key must meet.
    fn key_schema() -> serde_json::Value;
}

/// Keys that the user chose, with values of one type, in written order and without repetition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Map<K, V> {
    entries: Vec<(Spanned<K>, V)>,
}

impl<K: MapKey, V> Map<K, V> {
    /// Keys and values in written order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (&Spanned<K>, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl<K: MapKey, V: Decode> Decode for Map<K, V> {
    const EXPECTED: &'static str = "a mapping";

    fn decode(value: Value<'_>, cx: &mut DecodeCx<'_>) -> Option<Self> {
        if !value.is_mapping() {
            cx.wrong_type(value, Self::EXPECTED);
            return None;
        }
        let mut entries: Vec<(Spanned<K>, V)> = Vec::with_capacity(value.len());
        for (key, value) in value.entries() {
            // Reserved and unknown names are not read further: their values mean nothing here.
            let Some(name) = K::read(key, cx) else {
                continue;
            };
            if let Some(read) = cx.key(key.text, value) {
                entries.push((Spanned::new(name, inner_span(key)), read));
            }
        }
        Some(Map { entries })
    }
}
