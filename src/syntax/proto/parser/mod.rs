//! Tokens to the tree, one function per construct, with one token of lookahead.
//!
//! Words are no keywords: each means what its place says, so a field may be called `message`. A
//! construct that cannot be read was reported when it returns [`Skip`]; the loop around it passes
//! over the rest of the statement and goes on, so that a file gives all its errors at once.

mod block;
mod enums;
mod field;
mod file;
mod message;
mod option;
mod service;
mod text;

use std::fmt;
use std::sync::Arc;

use super::ast::{Braces, Edition, Ident, Int, Path, ProtoFile, StringLit};
use super::lexer::{self, Kind, Lexer, Token};
use crate::diag::Phase;
use crate::syntax::decode::Clipped;
use crate::text::{FileId, Span};

/// Messages and groups inside one another. The reference stops reading at the same depth.
pub(super) const MAX_NESTING: usize = 31;

/// Parts of the name of a package, as in the reference (100 dots). Every outer package is a scope of
/// its own, so that a name of a million parts would cost their square.
pub(super) const MAX_PACKAGE_PARTS: usize = 101;

/// Messages and lists inside one another in the value of an option. The reference has no limit;
/// its messages end at 100 when they are read from the wire.
pub(super) const MAX_VALUE_NESTING: usize = 100;

/// Reads a file. There is always a tree; what of the file it lacks, the findings say.
pub(crate) fn parse(file: FileId, text: &Arc<str>) -> Phase<ProtoFile> {
    let mut parser = Parser::new(file, text);
    let (syntax, package, items) = parser.file();
    let edition = parser.edition;
    let end = parser.empty_here();
    let problems = parser.lexer.problems;
    let value = ProtoFile {
        id: file,
        text: Arc::clone(text),
        edition,
        syntax,
        package,
        items,
        is_broken: problems.count() > 0,
    };
    Phase {
        value,
        diagnostics: problems.finish(end),
    }
}

/// A construct cannot be read; why was reported.
#[derive(Debug, Clone, Copy)]
struct Skip {
    /// Whether the statement ended where the problem stands, because a new line begins there.
    is_line_end: bool,
}

type Parsed<T> = Result<T, Skip>;

#[derive(Debug)]
struct Parser<'t> {
    text: &'t str,
    file: FileId,
    lexer: Lexer<'t>,
    /// The token that is looked at.
    token: Token,
    /// The token before it.
    before: Token,
    edition: Edition,
    /// Open brackets of the statement: a line may end inside them.
    brackets: usize,
    /// Messages and groups that are open.
    nesting: usize,
    /// Whether the file ended inside a body, which is said once.
    is_cut: bool,
}

impl<'t> Parser<'t> {
    fn new(file: FileId, text: &'t str) -> Self {
        let mut lexer = Lexer::new(file, text);
        let token = lexer.next();
        Parser {
            text,
            file,
            lexer,
            token,
            before: Token {
                kind: Kind::End,
                start: token.start.min(token.end),
                end: token.start,
            },
            edition: Edition::Proto2,
            brackets: 0,
            nesting: 0,
            is_cut: false,
        }
    }

    // === Looking ===

    fn slice(&self, span: Span) -> &'t str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    fn span_of(&self, token: Token) -> Span {
        Span::new(self.file, token.start, token.end)
    }

    /// The token that is looked at.
    fn here(&self) -> Span {
        self.span_of(self.token)
    }

    /// The empty place behind the last token.
    fn empty_here(&self) -> Span {
        Span::new(self.file, self.before.end, self.before.end)
    }

    /// From `start` to the last token.
    fn since(&self, start: u32) -> Span {
        Span::new(self.file, start, self.before.end)
    }

    /// The word that is looked at; empty when it is none.
    fn word(&self) -> &'t str {
        match self.token.kind {
            Kind::Ident => self.slice(self.here()),
            _ => "",
        }
    }

    fn is_symbol(&self, symbol: u8) -> bool {
        self.token.kind == Kind::Symbol(symbol)
    }

    fn is_end(&self) -> bool {
        self.token.kind == Kind::End
    }

    /// Whether the token that is looked at begins a line.
    fn begins_line(&self) -> bool {
        let between = self.before.end as usize..self.token.start as usize;
        self.text
            .get(between)
            .is_some_and(|between| between.contains('\n'))
    }

    // === Taking ===

    fn bump(&mut self) -> Token {
        self.before = self.token;
        self.token = self.lexer.next();
        self.before
    }

    fn eat_symbol(&mut self, symbol: u8) -> bool {
        let found = self.is_symbol(symbol);
        if found {
            self.bump();
        }
        found
    }

    fn eat_word(&mut self, word: &str) -> Option<Span> {
        (self.word() == word).then(|| {
            let token = self.bump();
            self.span_of(token)
        })
    }

    /// Takes `symbol`; `place` says where it belongs.
    fn symbol(&mut self, symbol: u8, place: &str) -> Parsed<Span> {
        if self.is_symbol(symbol) {
            let token = self.bump();
            return Ok(self.span_of(token));
        }
        let symbol = char::from(symbol);
        Err(self.expected(format_args!("`{symbol}` {place}"), ""))
    }

    /// Takes the `;` that ends a statement. One that is missing at the end of a line is reported
    /// and taken as written.
    fn semicolon(&mut self, what: &str) -> Parsed<()> {
        if self.eat_symbol(b';') {
            return Ok(());
        }
        let is_over = self.begins_line() || self.is_symbol(b'}') || self.is_end();
        if !is_over {
            return Err(self.expected(format_args!("`;` after {what}"), ""));
        }
        if self.is_known() {
            return Ok(());
        }
        let last = self.span_of(self.before);
        let end = self.empty_here();
        self.lexer
            .problems
            .syntax(format_args!("`;` is missing after {what}"))
            .at(last, "after this")
            .fix("write `;`", end, ";");
        Ok(())
    }

    /// Takes a name; `what` says of what.
    fn name(&mut self, what: &str) -> Parsed<Ident> {
        if self.token.kind == Kind::Ident {
            let token = self.bump();
            return Ok(Ident {
                span: self.span_of(token),
            });
        }
        Err(self.expected(what, ""))
    }

    /// Takes a name with dots; one may begin it where `absolute` says so.
    fn path(&mut self, what: &str, absolute: bool) -> Parsed<Path> {
        Ok(self.counted_path(what, absolute)?.0)
    }

    /// A path and how many parts it has.
    fn counted_path(&mut self, what: &str, absolute: bool) -> Parsed<(Path, usize)> {
        let start = self.token.start;
        if absolute {
            self.eat_symbol(b'.');
        }
        self.name(what)?;
        let mut parts = 1;
        while self.eat_symbol(b'.') {
            self.name("a name after the `.`")?;
            parts += 1;
        }
        let span = self.since(start);
        Ok((Path { span }, parts))
    }

    /// Takes one or several texts in quotes.
    fn string(&mut self, what: &str) -> Parsed<StringLit> {
        let start = self.token.start;
        if self.token.kind != Kind::String {
            let help = match self.token.kind {
                Kind::Ident => "put it in quotes",
                _ => "",
            };
            return Err(self.expected(what, help));
        }
        while self.token.kind == Kind::String {
            self.bump();
        }
        Ok(StringLit {
            span: self.since(start),
        })
    }

    /// Takes a whole number of 32 bits.
    fn int(&mut self, what: &str, sign: Sign) -> Parsed<Int> {
        let start = self.token.start;
        let is_negative = sign == Sign::Allowed && self.eat_symbol(b'-');
        if !matches!(self.token.kind, Kind::Int | Kind::BadNumber) {
            return Err(self.expected(what, ""));
        }
        let token = self.bump();
        let span = self.since(start);
        if token.kind == Kind::BadNumber {
            return Ok(Int { span, value: None });
        }
        let value = lexer::int(self.slice(self.span_of(token)))
            .and_then(|magnitude| i64::try_from(magnitude).ok())
            .map(|magnitude| if is_negative { -magnitude } else { magnitude })
            .and_then(|value| i32::try_from(value).ok());
        if value.is_none() {
            let shown = Clipped(self.slice(span));
            let range = match sign {
                Sign::Allowed => "write a number from -2147483648 to 2147483647",
                Sign::Refused => "write a number up to 2147483647",
            };
            self.lexer
                .problems
                .syntax(format_args!("the number {shown} needs more than 32 bits"))
                .at(span, "too large")
                .help(range);
        }
        Ok(Int { span, value })
    }

    // === Problems ===

    /// Reports that something else stands where `what` is expected.
    fn expected(&mut self, what: impl fmt::Display, help: &str) -> Skip {
        let found = self.found();
        self.refuse(format_args!("expected {what}, found {found}"), help)
    }

    /// Reports the token that is looked at. Without help, the headline says what to write.
    fn refuse(&mut self, headline: impl fmt::Display, help: &str) -> Skip {
        let is_line_end = (self.brackets == 0 && self.begins_line()) || self.is_behind_open_text();
        // The end of a file has no character to point at.
        let span = if self.is_end() {
            self.span_of(self.before)
        } else {
            self.here()
        };
        if !self.is_known() {
            let label = if self.is_end() {
                "the file ends here"
            } else {
                "here"
            };
            let draft = self.lexer.problems.syntax(headline).at(span, label);
            if !help.is_empty() {
                draft.help(help);
            }
            self.is_cut |= self.is_end();
        }
        Skip { is_line_end }
    }

    /// Whether what is wrong here follows from something that was reported: a body that is cut off,
    /// a number that is none, a text that took the rest of its line.
    fn is_known(&self) -> bool {
        let is_cut = self.is_end() && self.is_cut;
        is_cut || self.token.kind == Kind::BadNumber || self.is_behind_open_text()
    }

    /// Whether the last token is a text that took the rest of its line.
    fn is_behind_open_text(&self) -> bool {
        let before = self.slice(self.span_of(self.before)).as_bytes();
        self.before.kind == Kind::String
            && self.begins_line()
            && (before.len() < 2 || before.first() != before.last())
    }

    fn found(&self) -> String {
        match self.token.kind {
            Kind::End => "the end of the file".to_owned(),
            Kind::String => format!("the text {}", Clipped(self.slice(self.here()))),
            Kind::Int | Kind::Float | Kind::BadNumber => {
                format!("the number {}", Clipped(self.slice(self.here())))
            }
            Kind::Ident | Kind::Symbol(_) => format!("`{}`", Clipped(self.slice(self.here()))),
        }
    }

    // === Going on ===

    /// Passes over the rest of a statement that could not be read: to its `;`, or over the body it
    /// has. `start` is where it began, so that something is always passed over.
    fn skip_statement(&mut self, skip: Skip, start: u32) {
        self.brackets = 0;
        if skip.is_line_end && self.token.start > start {
            return;
        }
        loop {
            match self.token.kind {
                Kind::End | Kind::Symbol(b'}') => break,
                Kind::Symbol(b';') => {
                    self.bump();
                    return;
                }
                Kind::Symbol(b'{') => {
                    self.skip_block();
                    // `};` is one statement.
                    return;
                }
                _ => self.bump(),
            };
        }
    }

    /// Passes over `{` and everything up to its `}`.
    fn skip_block(&mut self) -> Braces {
        let open = self.here();
        let mut depth = 0_usize;
        loop {
            match self.token.kind {
                Kind::End => break,
                Kind::Symbol(b'{') => depth += 1,
                Kind::Symbol(b'}') => depth -= 1,
                _ => {}
            }
            self.bump();
            if depth == 0 {
                return Braces {
                    open,
                    close: self.span_of(self.before),
                };
            }
        }
        self.cut_off(open, "the body");
        Braces {
            open,
            close: self.empty_here(),
        }
    }

    /// Reports, once, that the file ends in a body.
    fn cut_off(&mut self, open: Span, what: &str) {
        if self.is_cut {
            return;
        }
        self.is_cut = true;
        self.lexer
            .problems
            .syntax(format_args!("{what} is not closed"))
            .at(open, "it begins here and the file ends in it")
            .help("write the missing `}`");
    }
}

/// Whether a number may have a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Allowed,
    Refused,
}
