//! YAML and JSON text to a tree.

use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::build::{Builder, Range, Stop, Text};
use super::node::{Tag, Tree};
use super::{json, rules};
use crate::diag::{Diagnostics, Phase};
use crate::text::{FileId, Span};

/// What a document is for, and with it how strict the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A contract: tags are refused.
    Contract,
    /// A document that others wrote, such as an OpenAPI description: `!!str` and its like are
    /// followed, tags of applications are passed over.
    Schema,
}

/// Reads a document. There is a tree unless the text is broken or past a limit; repeated keys and
/// refused tags are reported and reading goes on.
///
/// What begins with a bracket is tried as JSON first, because a YAML reader misreads the last bit
/// of JSON. When it is neither, the reader that came further has the word.
pub(crate) fn parse(file: FileId, text: &Arc<str>, mode: Mode) -> Phase<Option<Tree>> {
    let begins_with_bracket = text
        .trim_start_matches([' ', '\t', '\n', '\r'])
        .starts_with(['{', '[']);
    let mut not_json = None;
    if begins_with_bracket {
        let mut builder = Builder::new(file, text);
        match json::read(text, &mut builder) {
            Ok(()) => return done(builder),
            Err(json::Fail::Stopped) => return stopped(builder.sink),
            Err(json::Fail::Syntax { at, expected }) => not_json = Some((at, expected)),
        }
    }
    let mut reader = Reader {
        text,
        mode,
        places: Places::new(text),
        builder: Builder::new(file, text),
    };
    match reader.read() {
        Ok(()) => done(reader.builder),
        Err(Fail::Stopped) => stopped(reader.builder.sink),
        Err(Fail::Syntax(error)) => {
            let at = reader.places.byte(error.marker().index()).min(text.len());
            let mut sink = reader.builder.sink;
            match not_json {
                Some((json_at, expected)) if json_at >= at => {
                    let span = char_at(file, text, json_at);
                    sink.report(&rules::YAML_SYNTAX, format_args!("expected {expected}"))
                        .at(span, format_args!("expected {expected}"));
                }
                _ => report_syntax(file, text, at, &error, &mut sink),
            }
            stopped(sink)
        }
    }
}

fn done(builder: Builder) -> Phase<Option<Tree>> {
    let (tree, diagnostics) = builder.finish();
    Phase {
        value: Some(tree),
        diagnostics,
    }
}

fn stopped(diagnostics: Diagnostics) -> Phase<Option<Tree>> {
    Phase {
        value: None,
        diagnostics,
    }
}

/// Why reading ended early.
enum Fail {
    Syntax(ScanError),
    Stopped,
}

impl From<Stop> for Fail {
    fn from(_: Stop) -> Self {
        Fail::Stopped
    }
}

impl From<ScanError> for Fail {
    fn from(error: ScanError) -> Self {
        Fail::Syntax(error)
    }
}

struct Reader<'s> {
    text: &'s str,
    mode: Mode,
    places: Places<'s>,
    builder: Builder,
}

/// A tag of the event reader.
type YamlTag = saphyr_parser::Tag;

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Fail> {
        let mut parser = Parser::new_from_str(self.text);
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event?;
            let place = self.places.range(span);
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let span = self.builder.span(place);
                        self.builder
                            .sink
                            .report(
                                &rules::SEVERAL_DOCUMENTS,
                                "the file holds more than one YAML document",
                            )
                            .at(span, "another document begins here")
                            .help("move it to a file of its own");
                        // The first document stands; what follows was refused as a whole.
                        break;
                    }
                }
                Event::Alias(anchor) => self.builder.alias(anchor, place)?,
                Event::Scalar(text, style, anchor, tag) => {
                    self.check_tag(tag.as_deref(), place);
                    self.scalar(&text, style, anchor, tag.as_deref(), place)?;
                }
                Event::SequenceStart(anchor, tag) => {
                    self.check_tag(tag.as_deref(), place);
                    let start = self.behind_properties(place);
                    self.builder.open(Tag::Sequence, start, anchor)?;
                }
                Event::MappingStart(anchor, tag) => {
                    self.check_tag(tag.as_deref(), place);
                    let start = self.behind_properties(place);
                    self.builder.open(Tag::Mapping, start, anchor)?;
                }
                Event::SequenceEnd => self.close(place, "]"),
                Event::MappingEnd => self.close(place, "}"),
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
            }
        }
        Ok(())
    }

    /// Only flow collections end with a token of their own.
    fn close(&mut self, place: Range, bracket: &str) {
        let closes = self.text.get(place.start..place.end) == Some(bracket);
        self.builder.close(closes.then_some(place.end));
    }

    /// The span of a collection's start reaches from its anchor and tag to its bracket, or to
    /// nothing: the collection itself begins at the bracket.
    fn behind_properties(&self, place: Range) -> usize {
        match self.text.get(place.start..place.end) {
            Some(text) if text.ends_with(['[', '{']) => place.end - 1,
            Some(text) if text.starts_with(['&', '!']) => place.end,
            _ => place.start,
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&YamlTag>,
        place: Range,
    ) -> Result<(), Fail> {
        let plain = style == ScalarStyle::Plain;
        if plain && text.is_empty() {
            let place = self.nothing(place);
            let kind = resolve(text, plain, tag);
            let source = Text::Verbatim(place.start, place.start);
            return Ok(self.builder.scalar(kind, plain, source, place, anchor)?);
        }
        // Text in quotes ends one byte before the end of the token.
        let quotes = match style {
            ScalarStyle::Plain => 0,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => 1,
            ScalarStyle::Literal | ScalarStyle::Folded => {
                return Ok(self.block_scalar(text, anchor, tag, place)?);
            }
        };
        let kind = resolve(text, plain, tag);
        let from = place.end.checked_sub(text.len() + quotes);
        let verbatim = from.filter(|from| {
            *from >= place.start + quotes && self.text.get(*from..*from + text.len()) == Some(text)
        });
        match verbatim {
            Some(from) => {
                let place = Range {
                    start: from - quotes,
                    end: place.end,
                };
                let source = Text::Verbatim(from, from + text.len());
                self.builder.scalar(kind, plain, source, place, anchor)?;
            }
            None => self
                .builder
                .scalar(kind, plain, Text::Made(text), place, anchor)?,
        }
        Ok(())
    }

    /// The token of a block scalar reaches over the empty lines behind it.
    fn block_scalar(
        &mut self,
        text: &str,
        anchor: usize,
        tag: Option<&YamlTag>,
        place: Range,
    ) -> Result<(), Stop> {
        let written = self.text.get(place.start..place.end).unwrap_or("");
        let place = Range {
            start: place.start,
            end: place.start + written.trim_end().len(),
        };
        let kind = resolve(text, false, tag);
        self.builder
            .scalar(kind, false, Text::Made(text), place, anchor)
    }

    /// Where a value stands that is not there: behind the colon of its key. The event reader gives
    /// the next token instead, which is often on another line.
    fn nothing(&self, place: Range) -> Range {
        let at = match self.builder.current_key() {
            Some(key) => {
                let rest = self.text.get(key.end..).unwrap_or("");
                let gap = rest.len() - rest.trim_start().len();
                let colon = rest[gap..].starts_with(':');
                key.end + if colon { gap + 1 } else { 0 }
            }
            None => place.start,
        };
        Range { start: at, end: at }
    }

    fn check_tag(&mut self, tag: Option<&YamlTag>, place: Range) {
        if tag.is_none() || self.mode == Mode::Schema {
            return;
        }
        let written = self.text.get(place.start..).unwrap_or("");
        let from = written.find('!').map_or(place.start, |at| place.start + at);
        let length = self.text[from..]
            .find(|char: char| char.is_whitespace() || matches!(char, ',' | ']' | '}'))
            .unwrap_or(self.text.len() - from);
        let span = self.builder.span(Range {
            start: from,
            end: from + length,
        });
        let word = &self.text[from..from + length];
        self.builder
            .sink
            .report(
                &rules::TAG_REFUSED,
                format_args!(
                    "the tag `{}` has no meaning in a contract",
                    super::decode::Clipped(word)
                ),
            )
            .at(span, "a tag")
            .help("remove the tag; quote the value when it must be a text");
    }
}

/// The type of a scalar by the core schema of YAML 1.2.
fn resolve(text: &str, plain: bool, tag: Option<&YamlTag>) -> Tag {
    if let Some(tag) = tag {
        if tag.is_yaml_core_schema() {
            match (tag.suffix.as_str(), core_type(text)) {
                ("str", _) => return Tag::String,
                ("null", _) => return Tag::Null,
                ("int" | "float", kind @ Tag::Number) => return kind,
                ("bool", kind @ (Tag::True | Tag::False)) => return kind,
                _ => {}
            }
        } else if tag.handle.is_empty() || tag.suffix.is_empty() {
            // A lone `!` says that the value is a text.
            return Tag::String;
        }
    }
    if plain { core_type(text) } else { Tag::String }
}

fn core_type(text: &str) -> Tag {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Tag::Null,
        "true" | "True" | "TRUE" => Tag::True,
        "false" | "False" | "FALSE" => Tag::False,
        _ if is_number(text) => Tag::Number,
        _ => Tag::String,
    }
}

/// The numbers of the core schema: `[-+]?[0-9]+`, `0o[0-7]+`, `0x[0-9a-fA-F]+`, the decimal
/// fractions with exponents, and the words for infinity and not-a-number.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|char: char| char.is_ascii_digit() || char == '.') {
        return false;
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return !digits.is_empty() && digits.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_holds =
        digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    mantissa_holds
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        })
}

/// Character counts to byte offsets.
///
/// The event reader counts characters. In ASCII text these are bytes; elsewhere every 64th
/// character has its offset noted, so that a lookup walks 63 characters at most.
struct Places<'s> {
    text: &'s str,
    notes: Option<Vec<u32>>,
}

const NOTED_EVERY: usize = 64;

impl<'s> Places<'s> {
    fn new(text: &'s str) -> Self {
        let notes = (!text.is_ascii()).then(|| {
            text.char_indices()
                .step_by(NOTED_EVERY)
                .map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX))
                .collect()
        });
        Places { text, notes }
    }

    fn byte(&self, char: usize) -> usize {
        let Some(notes) = &self.notes else {
            return char.min(self.text.len());
        };
        let Some(note) = notes.get(char / NOTED_EVERY) else {
            return self.text.len();
        };
        let from = *note as usize;
        self.text[from..]
            .char_indices()
            .nth(char % NOTED_EVERY)
            .map_or(self.text.len(), |(at, _)| from + at)
    }

    fn range(&self, span: saphyr_parser::Span) -> Range {
        let start = self.byte(span.start.index());
        Range {
            start,
            end: self.byte(span.end.index()).max(start),
        }
    }
}

/// The character at a byte offset; at the end of the file, nothing.
fn char_at(file: FileId, text: &str, at: usize) -> Span {
    let length = text.get(at..).and_then(|rest| rest.chars().next());
    let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    // A line break cannot be underlined.
    let length = length
        .filter(|char| !matches!(char, '\n' | '\r'))
        .map_or(0, char::len_utf8);
    Span::new(file, offset(at), offset(at + length))
}

/// What the event reader says, and what we say: what was expected, and what to do.
const MESSAGES: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "a `:` cannot stand here",
        "put a text that holds `: ` in quotes, or begin a new line for a new key",
    ),
    (
        "did not find expected key",
        "expected a key of the mapping that this line belongs to",
        "check the indentation of this line, and the quotes on the line before",
    ),
    (
        "did not find expected '-' indicator",
        "expected `- ` and an item of the list that this line belongs to",
        "check the indentation of this line",
    ),
    (
        "simple key expect",
        "expected `:` after this key",
        "write `key: value`, or check the indentation",
    ),
    ("tab", "expected spaces, found a tab", "indent with spaces"),
    (
        "unknown anchor",
        "this alias repeats an anchor that is not in the document",
        "write `&name` before the value that it repeats, or put the text in quotes",
    ),
    (
        "expected ',' or '}'",
        "expected `,` or `}`",
        "close the `{` that was opened before",
    ),
    (
        "expected ',' or ']'",
        "expected `,` or `]`",
        "close the `[` that was opened before",
    ),
    (
        "misplaced bracket",
        "expected no closing bracket here",
        "remove the bracket, or open it before",
    ),
    (
        "unexpected end of stream",
        "expected a closing quote for this text",
        "add the quote at the end of the text",
    ),
    (
        "invalid trailing content",
        "expected the end of the value after its closing quote",
        "put the whole value in one pair of quotes",
    ),
    (
        "unknown escape character",
        "expected an escape of YAML such as `\\n` or `\\u00e9`",
        "write `\\\\` for a backslash, or use single quotes, which know no escapes",
    ),
    (
        "hexadecimal number",
        "expected hexadecimal digits after this escape",
        "write `\\x` with two digits or `\\u` with four",
    ),
    (
        "invalid Unicode character escape",
        "expected the number of a character after this escape",
        "write a character outside the basic plane as `\\U` with eight digits",
    ),
    (
        "block sequence entries are not allowed",
        "a `- ` cannot stand here",
        "begin a new line for the first item of a list",
    ),
    (
        "mapping keys are not allowed",
        "a key cannot stand here",
        "begin a new line for the first key of a mapping",
    ),
    (
        "indent",
        "expected this line to be indented like its neighbours",
        "indent with two more spaces than the line that it belongs to",
    ),
    (
        "recursion limit",
        "brackets are nested too deeply",
        "flatten the document",
    ),
    (
        "unexpected character",
        "a text cannot begin with this character",
        "put the text in quotes",
    ),
    (
        "comment",
        "expected a space before this comment, or an end of the text above it",
        "put the text in quotes, or move the comment",
    ),
    (
        "node content",
        "expected a value",
        "write a value here, or put the text in quotes",
    ),
    ("plain scalar", "expected a value", "put the text in quotes"),
    (
        "document",
        "expected the beginning of a document",
        "remove what stands between documents",
    ),
    (
        "directive",
        "expected a directive such as `%YAML 1.2`",
        "remove the line; a contract needs no directive",
    ),
];

fn report_syntax(file: FileId, text: &str, at: usize, error: &ScanError, sink: &mut Diagnostics) {
    let span = char_at(file, text, at);
    let known = MESSAGES
        .iter()
        .find(|(part, _, _)| error.info().contains(part));
    match known {
        Some((_, headline, help)) => {
            sink.report(&rules::YAML_SYNTAX, headline)
                .at(span, "here")
                .help(help);
        }
        None => {
            sink.report(
                &rules::YAML_SYNTAX,
                format_args!("expected YAML: {}", error.info()),
            )
            .at(span, "here")
            .help("put texts with special characters in quotes");
        }
    }
}

#[cfg(test)]
mod tests;
