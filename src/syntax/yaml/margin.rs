//! Texts in quotes and brackets that are not indented as YAML 1.2 asks for.
//!
//! YAML 1.2 wants every line of them deeper than the key that they belong to. The reader of most
//! tools (libyaml, and all that descends from it) does not, so documents are published like this:
//!
//! ```yaml
//! example: '{
//!     "Id": 1
//! }'
//! ```
//!
//! Leading blanks of such lines mean nothing, so a text with more of them says the same: that is
//! made here, for a second try at a document that was refused.

/// Longest text in quotes or brackets that is looked at, in bytes. What is never closed would
/// otherwise be searched to the end of the file, from each of its lines.
const MAX_BYTES: usize = 64 * 1024;

/// Most bytes that are looked through for ends that are not there, beside the length of the text.
const MAX_IN_VAIN: usize = 1024 * 1024;

/// A text with blanks put in.
#[derive(Debug)]
pub(super) struct Indented {
    pub(super) text: String,
    /// Blanks that were put in: the character they begin at, counted in `text`, how many there are,
    /// and how many there are up to their end.
    pieces: Vec<(usize, usize, usize)>,
}

impl Indented {
    /// The text with the lines indented that need it; `None` when none does.
    pub(super) fn of(text: &str) -> Option<Self> {
        let inserts = inserts(text);
        if inserts.is_empty() {
            return None;
        }
        let extra: usize = inserts.iter().map(|(_, count)| count).sum();
        if extra > text.len() {
            return None;
        }
        let mut out = String::with_capacity(text.len() + extra);
        let mut pieces = Vec::new();
        let (mut from, mut chars, mut sum) = (0, 0, 0);
        for (at, count) in inserts {
            let before = &text[from..at];
            out.push_str(before);
            chars += before.chars().count();
            out.extend(std::iter::repeat_n(' ', count));
            sum += count;
            pieces.push((chars, count, sum));
            chars += count;
            from = at;
        }
        out.push_str(&text[from..]);
        Some(Indented { text: out, pieces })
    }

    /// Whether blanks were put in between two characters.
    pub(super) fn is_between(&self, start: usize, end: usize) -> bool {
        let first = self.pieces.partition_point(|(at, _, _)| *at < start);
        self.pieces.get(first).is_some_and(|(at, _, _)| *at < end)
    }

    /// Where a character stands in the text as it was.
    pub(super) fn before(&self, char: usize) -> usize {
        let next = self.pieces.partition_point(|(at, _, _)| *at <= char);
        let Some((at, count, sum)) = next.checked_sub(1).map(|last| self.pieces[last]) else {
            return char;
        };
        let inside = (char - at).min(count);
        char + (count - inside) - sum
    }
}

/// Where blanks are missing, as byte and count.
fn inserts(text: &str) -> Vec<(usize, usize)> {
    let mut inserts = Vec::new();
    let mut at = 0;
    // Lines deeper than this are the content of a block scalar.
    let mut block: Option<usize> = None;
    let mut in_vain = 0_usize;
    while at < text.len() {
        let line = line_at(text, at);
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_blank = line.trim().is_empty();
        if is_blank || block.is_some_and(|outer| indent > outer) {
            at = next_line(text, at);
            continue;
        }
        block = None;
        match value_of(line) {
            Value::Block { outer } => {
                block = Some(outer);
                at = next_line(text, at);
            }
            Value::Enclosed { key, begin } => match end_of(text, at + begin) {
                Some(end) => {
                    indent_lines(text, at, end, key, &mut inserts);
                    at = next_line(text, end);
                }
                None => {
                    in_vain += MAX_BYTES.min(text.len() - at);
                    if in_vain > MAX_IN_VAIN + text.len() {
                        return Vec::new();
                    }
                    at = next_line(text, at);
                }
            },
            Value::Other => at = next_line(text, at),
        }
    }
    inserts
}

/// What the value on a line is.
enum Value {
    /// One whose text follows on lines deeper than this column.
    Block {
        outer: usize,
    },
    /// One in quotes or brackets, at this byte of the line; its key stands in this column.
    Enclosed {
        key: usize,
        begin: usize,
    },
    Other,
}

fn value_of(line: &str) -> Value {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let mut key = indent;
    while line[key..].starts_with("- ") {
        let rest = line[key + 2..].trim_start_matches(' ');
        key = line.len() - rest.len();
    }
    let mut begin = key;
    // A key in quotes, then its colon; else the first colon with a blank behind it.
    let quoted_key = line[key..]
        .starts_with(['"', '\''])
        .then(|| end_of(line, key));
    let colon = match quoted_key {
        Some(Some(end)) => line[end..].starts_with(": ").then_some(end),
        Some(None) => None,
        None => line[key..].find(": ").map(|colon| key + colon),
    };
    if let Some(colon) = colon {
        let rest = line[colon + 1..].trim_start_matches(' ');
        begin = line.len() - rest.len();
    }
    // An anchor and a tag may stand before the value.
    while line[begin..].starts_with(['&', '!']) {
        let rest = line[begin..].trim_start_matches(|char| char != ' ');
        begin = line.len() - rest.trim_start_matches(' ').len();
    }
    match line[begin..].chars().next() {
        Some('|' | '>') => Value::Block {
            outer: if colon.is_some() { key } else { indent },
        },
        Some('"' | '\'' | '[' | '{') => Value::Enclosed { key, begin },
        _ => Value::Other,
    }
}

/// Puts blanks before each line of a value that does not stand deeper than its key.
fn indent_lines(text: &str, from: usize, end: usize, key: usize, out: &mut Vec<(usize, usize)>) {
    let mut at = next_line(text, from);
    while at < end {
        let line = line_at(text, at);
        let indent = line.len() - line.trim_start_matches(' ').len();
        if indent <= key && !line.trim().is_empty() {
            out.push((at, key + 1 - indent));
        }
        at = next_line(text, at);
    }
}

/// Where a text in quotes or brackets ends that begins at `from`.
fn end_of(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let limit = bytes.len().min(from + MAX_BYTES);
    let mut depth = 0_usize;
    let mut at = from;
    // What stood before, blanks aside: quotes and comments begin only behind some marks.
    let mut before = b'[';
    while at < limit {
        match bytes[at] {
            quote @ (b'"' | b'\'') if matches!(before, b'[' | b'{' | b',' | b':') => {
                at = end_of_quotes(bytes, at, limit)?;
                before = quote;
            }
            b'#' if at > 0 && bytes[at - 1].is_ascii_whitespace() => {
                at = next_line(text, at);
                continue;
            }
            open @ (b'[' | b'{') => {
                depth += 1;
                before = open;
                at += 1;
            }
            b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                before = b']';
                at += 1;
            }
            byte => {
                if !byte.is_ascii_whitespace() {
                    before = byte;
                }
                at += 1;
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Where the quotes end that begin at `from`.
fn end_of_quotes(bytes: &[u8], from: usize, limit: usize) -> Option<usize> {
    let quote = bytes[from];
    let mut at = from + 1;
    while at < limit {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

fn line_at(text: &str, at: usize) -> &str {
    text[at..].lines().next().unwrap_or("")
}

/// The beginning of the line behind the one that `at` stands in.
fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}
