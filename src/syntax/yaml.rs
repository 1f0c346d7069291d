//! YAML and JSON text to a tree.

mod margin;
mod messages;

use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::build::{Builder, Range, Stop, Text};
use super::node::{Tag, Tree};
use super::{json, rules};
use crate::diag::{Diagnostics, Phase};
use crate::text::FileId;
use margin::Indented;
use messages::{char_at, report_json, report_syntax};

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
    if flow_marks(text) > MAX_FLOW_MARKS {
        return too_many_marks(file, text, not_json);
    }
    let mut reader = Reader::new(file, text, mode, None);
    match reader.read() {
        Ok(()) => done(reader.builder),
        Err(Fail::Stopped) => stopped(reader.builder.sink),
        Err(Fail::Syntax(error)) => {
            if mode == Mode::Schema
                && let Some(indented) = Indented::of(text)
            {
                let mut reader = Reader::new(file, text, mode, Some(&indented));
                match reader.read() {
                    Ok(()) => return done(reader.builder),
                    Err(Fail::Stopped) => return stopped(reader.builder.sink),
                    // What was refused before is what the author knows about.
                    Err(Fail::Syntax(_)) => {}
                }
            }
            let at = reader.places.byte(error.marker().index()).min(text.len());
            let mut sink = reader.builder.sink;
            match not_json {
                Some((json_at, expected)) if json_at >= at => {
                    report_json(file, text, json_at, expected, &mut sink);
                }
                _ => report_syntax(file, text, at, &error, &mut sink),
            }
            stopped(sink)
        }
    }
}

/// Bytes after which a text that was JSON so far was meant to be JSON.
const JSON_FOR_A_WHILE: usize = 64;

/// What is too large for the YAML reader and was JSON for a while is most likely broken JSON.
fn too_many_marks(
    file: FileId,
    text: &str,
    not_json: Option<(usize, &'static str)>,
) -> Phase<Option<Tree>> {
    let mut sink = Diagnostics::default();
    match not_json {
        Some((at, expected)) if at > JSON_FOR_A_WHILE => {
            report_json(file, text, at, expected, &mut sink);
        }
        _ => {
            sink.report(
                &rules::LIMIT_EXCEEDED,
                format_args!(
                    "the document holds more than {MAX_FLOW_MARKS} marks in one pair of brackets"
                ),
            )
            .at(char_at(file, text, 0), "in this file")
            .help("split the document into several files, or write it as JSON");
        }
    }
    stopped(sink)
}

/// The most punctuation marks of one flow collection: too many rather than too few.
fn flow_marks(text: &str) -> usize {
    let mut depth = 0_usize;
    // Behind a quote or a comment a closing bracket may be text, so none counts until the next key
    // at the margin.
    let mut unsure = false;
    let mut count = 0_usize;
    let mut most = 0_usize;
    let mut keys_at_margin = None;
    for line in text.lines() {
        if let Some(first) = line.bytes().find(|byte| !byte.is_ascii_whitespace())
            && first != b'#'
            && line.trim_end() != "---"
        {
            // Where the document is a mapping at the left margin, a word at the margin is its next
            // key, and no bracket is open before it: a text in brackets has to be indented.
            let word = line.starts_with(|char: char| char.is_ascii_alphanumeric());
            if *keys_at_margin.get_or_insert(word) && word {
                depth = 0;
                count = 0;
                unsure = false;
            }
        }
        for byte in line.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' if unsure => {}
                b']' | b'}' => depth = depth.saturating_sub(1),
                b'"' | b'\'' | b'#' if depth > 0 => unsure = true,
                b',' | b':' | b'?' | b'&' | b'*' | b'!' if depth > 0 => {}
                _ => continue,
            }
            count = if depth == 0 { 0 } else { count + 1 };
            most = most.max(count);
        }
    }
    most
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
    /// What the event reader is given in place of the text.
    indented: Option<&'s Indented>,
    places: Places<'s>,
    builder: Builder,
    /// For each open collection, whether a bracket opened it.
    brackets: Vec<bool>,
}

/// Most punctuation marks of a YAML text that may be tokens of a flow collection. The event reader
/// holds all tokens of one before it hands out its first event, and a mark can cost five tokens of
/// 150 bytes; GitHub's 10 MB of YAML have 312,000 marks inside and outside of flow collections
/// together. JSON takes another way and has no such limit.
const MAX_FLOW_MARKS: usize = 400_000;

/// A tag of the event reader.
type YamlTag = saphyr_parser::Tag;

impl<'s> Reader<'s> {
    fn new(file: FileId, text: &'s Arc<str>, mode: Mode, indented: Option<&'s Indented>) -> Self {
        Reader {
            text,
            mode,
            indented,
            places: Places::new(text),
            builder: Builder::new(file, text),
            brackets: Vec::new(),
        }
    }

    fn read(&mut self) -> Result<(), Fail> {
        let given = self.indented.map_or(self.text, |indented| &indented.text);
        let mut parser = Parser::new_from_str(given);
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event?;
            let (mut start, mut end) = (span.start.index(), span.end.index());
            if let Some(indented) = self.indented {
                if let Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, _, _) = event
                    && indented.is_between(start, end)
                {
                    // Blanks mean something there, so the text was misread when they were put in.
                    return Err(ScanError::new_str(span.start, "indent").into());
                }
                (start, end) = (indented.before(start), indented.before(end));
            }
            let place = self.places.range(start, end);
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
                    self.open(Tag::Sequence, place, anchor)?;
                }
                Event::MappingStart(anchor, tag) => {
                    self.check_tag(tag.as_deref(), place);
                    self.open(Tag::Mapping, place, anchor)?;
                }
                Event::SequenceEnd => self.close(place, ']'),
                Event::MappingEnd => self.close(place, '}'),
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
            }
        }
        Ok(())
    }

    /// The span of a collection's start reaches from its anchor and tag to its bracket, or to
    /// nothing: the collection itself begins at the bracket, or at the first `-`.
    fn open(&mut self, kind: Tag, place: Range, anchor: usize) -> Result<(), Stop> {
        let written = self.text.get(place.start..place.end).unwrap_or("");
        let bracket = written.ends_with(['[', '{']);
        let mut start = if bracket {
            place.end - 1
        } else if written.starts_with(['&', '!']) {
            place.end
        } else {
            place.start
        };
        if kind == Tag::Sequence && !bracket {
            // A list that is not indented is said to start behind its first `-`.
            let before = self.text.get(..start).unwrap_or("").trim_end();
            if before.ends_with('-') && !self.text[start..].starts_with("- ") {
                start = before.len() - 1;
            }
        }
        self.brackets.push(bracket);
        self.builder.open(kind, start, anchor)
    }

    /// A bracket closes a collection that a bracket opened. Behind a last comma the event reader
    /// gives the comma instead, and only blanks and comments lie between.
    fn close(&mut self, place: Range, bracket: char) {
        let end = self.brackets.pop().unwrap_or(false).then(|| {
            let mut at = place.start;
            loop {
                let rest = self.text.get(at..).unwrap_or("");
                let skipped = rest.trim_start_matches([' ', '\t', '\r', '\n', ',']);
                at += rest.len() - skipped.len();
                if skipped.starts_with(bracket) {
                    return at + 1;
                }
                if !skipped.starts_with('#') {
                    return place.end;
                }
                at += skipped.find('\n').unwrap_or(skipped.len());
            }
        });
        self.builder.close(end);
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

    fn range(&self, start: usize, end: usize) -> Range {
        let start = self.byte(start);
        Range {
            start,
            end: self.byte(end).max(start),
        }
    }
}

#[cfg(test)]
mod tests;
