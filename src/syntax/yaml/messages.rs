//! What is said about texts that are neither YAML nor JSON.

use saphyr_parser::ScanError;

use crate::diag::Diagnostics;
use crate::syntax::build::MAX_DEPTH;
use crate::syntax::rules;
use crate::text::{FileId, Span};

/// The character at a byte offset; at the end of the file, nothing.
pub(super) fn char_at(file: FileId, text: &str, at: usize) -> Span {
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

pub(super) fn report_syntax(
    file: FileId,
    text: &str,
    at: usize,
    error: &ScanError,
    sink: &mut Diagnostics,
) {
    let span = char_at(file, text, at);
    if error.info().contains("recursion limit") {
        sink.report(
            &rules::LIMIT_EXCEEDED,
            format_args!("lists and mappings are nested deeper than {MAX_DEPTH} levels"),
        )
        .at(span, "far past the limit")
        .help("flatten the document");
        return;
    }
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

pub(super) fn report_json(
    file: FileId,
    text: &str,
    at: usize,
    expected: &str,
    sink: &mut Diagnostics,
) {
    let help = match text.as_bytes().get(at) {
        Some(b'\'') => "JSON knows double quotes only",
        Some(b'/' | b'#') => "remove the comment; JSON has none",
        Some(b'}' | b']') => "check the comma and the value before this bracket",
        None => "the file ends too early; check whether it was cut off",
        Some(_) => "mend the JSON at this place",
    };
    sink.report(&rules::YAML_SYNTAX, format_args!("expected {expected}"))
        .at(char_at(file, text, at), "here")
        .help(help);
}
