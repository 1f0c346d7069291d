//! The comments of a file, read when somebody asks: most runs never do, and a corpus is mostly
//! comments.
//!
//! Which comment belongs to which declaration follows the reference: what stands directly above a
//! declaration leads it, what follows its `;` or `{` on the same line, or below it before a blank
//! line, trails it, and every other block above it is detached.

use super::ast::{Braces, ProtoFile};
use super::lexer::{Kind, Lexer};
use crate::text::Span;

/// Comments that belong together: one `/* */`, or neighbouring lines of `//`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Comment {
    /// From the first mark to the last character.
    pub(crate) span: Span,
}

impl Comment {
    /// What it says: without the marks of comments, with its line ends.
    pub(crate) fn text(self, file: &ProtoFile) -> String {
        let text = file.slice(self.span);
        let mut out = String::with_capacity(text.len());
        if let Some(inside) = text.strip_prefix("/*") {
            let inside = inside.strip_suffix("*/").unwrap_or(inside);
            for (count, line) in inside.split_inclusive('\n').enumerate() {
                let bare = line.trim_start_matches(|char: char| {
                    char != '\n' && (char.is_ascii_whitespace() || char == '\u{b}')
                });
                match count {
                    0 => out.push_str(line),
                    _ => out.push_str(bare.strip_prefix('*').unwrap_or(bare)),
                }
            }
            return out;
        }
        for line in text.split_inclusive('\n') {
            let bare = line.trim_start();
            out.push_str(bare.strip_prefix("//").unwrap_or(bare));
        }
        // The line end of the last line lies behind the comment.
        if file.text[self.span.end as usize..].starts_with('\n') {
            out.push('\n');
        }
        out
    }
}

/// The comments of one declaration.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct DeclComments {
    /// Directly above it.
    pub(crate) leading: Option<Comment>,
    /// Directly behind its `;` or `{`.
    pub(crate) trailing: Option<Comment>,
    /// Further above, with blank lines between.
    pub(crate) detached: Vec<Comment>,
}

/// The tokens of a file that comments stand between.
#[derive(Debug)]
pub(crate) struct Comments<'f> {
    file: &'f ProtoFile,
    /// Stretches between two tokens that hold a comment, in the order of the text.
    gaps: Vec<Gap>,
}

#[derive(Debug, Clone, Copy)]
struct Gap {
    start: u32,
    end: u32,
    /// Whether the file begins with it.
    is_first: bool,
    /// Whether a bracket that closes something, or the end of the file, follows: nothing that a
    /// comment could lead.
    is_closed: bool,
}

impl<'f> Comments<'f> {
    /// Finds the comments of a file.
    pub(crate) fn of(file: &'f ProtoFile) -> Self {
        let mut lexer = Lexer::new(file.id, &file.text);
        let mut gaps = Vec::new();
        let mut start = 0;
        loop {
            let token = lexer.next();
            let between = file.slice(Span::new(file.id, start, token.start));
            if between.contains('/') {
                gaps.push(Gap {
                    start,
                    end: token.start,
                    is_first: start == 0,
                    is_closed: matches!(token.kind, Kind::End | Kind::Symbol(b'}' | b']' | b')')),
                });
            }
            if token.kind == Kind::End {
                return Comments { file, gaps };
            }
            start = token.end;
        }
    }

    /// The comments of a declaration: its span, and its braces when it has a body.
    pub(crate) fn around(&self, decl: Span, braces: Option<Braces>) -> DeclComments {
        let head_end = braces.map_or(decl.end, |braces| braces.open.end);
        let mut comments = DeclComments::default();
        if let Ok(at) = self.gaps.binary_search_by_key(&decl.start, |gap| gap.end) {
            let split = self.split(self.gaps[at]);
            comments.leading = split.leading;
            comments.detached = split.detached;
        }
        if let Ok(at) = self.gaps.binary_search_by_key(&head_end, |gap| gap.start) {
            comments.trailing = self.split(self.gaps[at]).trailing;
        }
        comments
    }

    /// Deals the comments of a gap out to the declaration before it and the one behind it.
    fn split(&self, gap: Gap) -> DeclComments {
        let whole = Span::new(self.file.id, gap.start, gap.end);
        let text = self.file.slice(whole);
        let mut split = Split {
            can_trail: !gap.is_first,
            ..Split::default()
        };
        let mut at = blanks(text, 0);
        // Where the comment on the line of the declaration before ends.
        let mut first_end = None;
        if !gap.is_first {
            if let Some((end, is_line)) = comment_end(text, at) {
                split.take(at, end, is_line);
                split.flush();
                first_end = Some(end);
                at = if is_line {
                    past_newline(text, end)
                } else {
                    end
                };
            } else if text[at..].starts_with('\n') {
                at += 1;
            }
        }
        while at < text.len() {
            at = blanks(text, at);
            if let Some((end, is_line)) = comment_end(text, at) {
                split.take(at, end, is_line);
                at = past_newline(text, if is_line { end } else { blanks(text, end) });
            } else if text[at..].starts_with('\n') {
                // A blank line.
                split.flush();
                split.can_trail = false;
                at += 1;
            } else {
                // No token, which was reported; comments do not mind.
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
        if gap.is_closed {
            split.flush();
        }
        let is_one_line = !gap.is_first && !text.contains('\n');
        if is_one_line || first_end.is_some_and(|end| !text[end..].contains('\n')) {
            split.detach_single();
        }
        let comment = |(start, end): (usize, usize)| Comment {
            span: whole.part(start, end),
        };
        DeclComments {
            leading: split.open.map(|open| comment(open.range)),
            trailing: split.trailing.map(comment),
            detached: split.detached.into_iter().map(comment).collect(),
        }
    }
}

/// The place behind the blanks at `at`; line ends are none.
fn blanks(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let blank = |char: char| char != '\n' && (char.is_ascii_whitespace() || char == '\u{b}');
    text.len() - rest.trim_start_matches(blank).len()
}

/// The place behind the line end at `at`, if one is there.
fn past_newline(text: &str, at: usize) -> usize {
    at + usize::from(text[at..].starts_with('\n'))
}

/// Where the comment at `at` ends, and whether it is one of `//`.
fn comment_end(text: &str, at: usize) -> Option<(usize, bool)> {
    let rest = &text[at..];
    if rest.starts_with("//") {
        return Some((at + rest.find('\n').unwrap_or(rest.len()), true));
    }
    let inside = rest.strip_prefix("/*")?;
    Some((
        at + inside.find("*/").map_or(rest.len(), |end| end + 4),
        false,
    ))
}

/// Comments on their way.
#[derive(Debug, Default)]
struct Split {
    /// The comment that may go on.
    open: Option<Open>,
    /// Whether the next comment may belong to the declaration before.
    can_trail: bool,
    trailing: Option<(usize, usize)>,
    detached: Vec<(usize, usize)>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    range: (usize, usize),
    is_line: bool,
}

impl Split {
    /// The next comment. A line of `//` goes on with the one before it.
    fn take(&mut self, start: usize, end: usize, is_line: bool) {
        match &mut self.open {
            Some(open) if open.is_line && is_line => open.range.1 = end,
            _ => {
                self.flush();
                self.open = Some(Open {
                    range: (start, end),
                    is_line,
                });
            }
        }
    }

    /// The open comment does not lead what follows.
    fn flush(&mut self) {
        let Some(open) = self.open.take() else { return };
        if self.can_trail {
            self.trailing = Some(open.range);
            self.can_trail = false;
        } else {
            self.detached.push(open.range);
        }
    }

    /// A lone comment on the line of both declarations belongs to neither.
    fn detach_single(&mut self) {
        let count = self.detached.len()
            + usize::from(self.trailing.is_some())
            + usize::from(self.open.is_some());
        if count == 1 {
            if let Some(trailing) = self.trailing.take() {
                self.detached.insert(0, trailing);
            }
            self.flush();
        }
    }
}
