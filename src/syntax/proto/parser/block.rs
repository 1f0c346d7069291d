//! What bodies have in common: braces, a loop that goes on after a problem, a limit of depth.

use super::{Parsed, Parser};
use crate::syntax::proto::ast::Braces;
use crate::syntax::rules::LIMIT_EXCEEDED;

use super::MAX_NESTING;

/// Whether a lone `;` may stand in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Empty {
    Allowed,
    Refused,
}

impl<'t> Parser<'t> {
    /// Reads a body: `{`, then statements by `read`, then `}`. `what` names it in messages.
    pub(super) fn block<T>(
        &mut self,
        what: &str,
        empty: Empty,
        read: impl Fn(&mut Self) -> Parsed<T>,
    ) -> Parsed<(Braces, Box<[T]>)> {
        let open = self.symbol(b'{', &format!("to begin {what}"))?;
        let mut items = Vec::new();
        loop {
            if self.is_symbol(b'}') {
                let token = self.bump();
                let close = self.span_of(token);
                return Ok((Braces { open, close }, items.into_boxed_slice()));
            }
            if self.is_end() {
                self.cut_off(open, what);
                let close = self.empty_here();
                return Ok((Braces { open, close }, items.into_boxed_slice()));
            }
            let start = self.token.start;
            if self.is_symbol(b';') {
                if empty == Empty::Refused {
                    self.refuse(
                        format_args!("{what} has no empty statements"),
                        "remove the `;`",
                    );
                }
                self.bump();
                continue;
            }
            match read(self) {
                Ok(item) => items.push(item),
                Err(skip) => self.skip_statement(skip, start),
            }
        }
    }

    /// Reads something that may hold itself; past the limit it is reported and its body passed over.
    pub(super) fn nested<T>(
        &mut self,
        past_limit: impl FnOnce(&mut Self) -> T,
        read: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<T> {
        if self.nesting == MAX_NESTING {
            let span = self.here();
            self.lexer
                .problems
                .report(
                    &LIMIT_EXCEEDED,
                    format_args!("messages are nested deeper than {MAX_NESTING} levels"),
                )
                .at(span, "one level too many")
                .help("move the inner messages out, to the top of the file");
            return Ok(past_limit(self));
        }
        self.nesting += 1;
        let result = read(self);
        self.nesting -= 1;
        result
    }
}
