//! Options: names with dots and parentheses, and values.

use super::{Parsed, Parser};
use crate::syntax::proto::ast::{
    OptionDecl, OptionName, OptionPart, Options, Path, Value, ValueKind,
};
use crate::syntax::proto::lexer::{self, Kind};
use crate::text::Span;

impl Parser<'_> {
    /// `option a = b;`; `option` is looked at.
    pub(super) fn option_statement(&mut self) -> Parsed<OptionDecl> {
        let start = self.token.start;
        self.bump();
        let mut option = self.option_assignment()?;
        self.semicolon("the option")?;
        option.span = self.since(start);
        Ok(option)
    }

    /// `[a = b, c = d]`; `[` is looked at.
    pub(super) fn options(
        &mut self,
        read: impl Fn(&mut Self) -> Parsed<OptionDecl>,
    ) -> Parsed<Options> {
        let start = self.token.start;
        self.bump();
        self.brackets += 1;
        let mut list = Vec::new();
        loop {
            list.push(read(self)?);
            if self.eat_symbol(b',') {
                continue;
            }
            self.symbol(b']', "or `,` after the option")?;
            self.brackets -= 1;
            return Ok(Options {
                span: Some(self.since(start)),
                list: list.into_boxed_slice(),
            });
        }
    }

    /// `a = b`.
    pub(super) fn option_assignment(&mut self) -> Parsed<OptionDecl> {
        let start = self.token.start;
        let first = self.option_part()?;
        let mut rest = Vec::new();
        while self.eat_symbol(b'.') {
            rest.push(self.option_part()?);
        }
        let name = OptionName {
            span: self.since(start),
            first,
            rest: rest.into_boxed_slice(),
        };
        self.symbol(b'=', "after the name of the option")?;
        let value = self.option_value()?;
        Ok(OptionDecl {
            span: self.since(start),
            name,
            value,
        })
    }

    fn option_part(&mut self) -> Parsed<OptionPart> {
        if self.eat_symbol(b'(') {
            let name = self.path("the name of an extension", true)?;
            self.symbol(b')', "after the name of the extension")?;
            return Ok(OptionPart {
                name,
                is_extension: true,
            });
        }
        let name = self.name("the name of an option")?;
        Ok(OptionPart {
            name: Path { span: name.span },
            is_extension: false,
        })
    }

    fn option_value(&mut self) -> Parsed<Value> {
        if self.is_symbol(b'{') {
            return self.aggregate();
        }
        self.scalar(&["inf", "nan"], "a value")
    }

    /// A word, a number or a text. `signed` are the words that may have a sign.
    pub(super) fn scalar(&mut self, signed: &[&str], what: &str) -> Parsed<Value> {
        let start = self.token.start;
        let is_negative = self.eat_symbol(b'-');
        let kind = match self.token.kind {
            Kind::Ident if !is_negative => {
                self.bump();
                ValueKind::Ident
            }
            Kind::Ident => {
                let word = self.word();
                if !signed.contains(&word) {
                    return Err(self.refuse(
                        format_args!("a `-` stands before a number, found `{word}`"),
                        "remove the `-`",
                    ));
                }
                self.bump();
                ValueKind::Float(match word {
                    "nan" => f64::NAN,
                    _ => f64::NEG_INFINITY,
                })
            }
            Kind::Int | Kind::Float => self.number(is_negative),
            Kind::BadNumber => {
                self.bump();
                ValueKind::Missing
            }
            Kind::String if !is_negative => {
                self.string(what)?;
                ValueKind::String
            }
            Kind::String => {
                return Err(self.refuse("a `-` stands before a text", "remove the `-`"));
            }
            Kind::Symbol(_) | Kind::End => return Err(self.expected(what, "")),
        };
        Ok(Value {
            span: self.since(start),
            kind,
        })
    }

    /// A number whose sign was taken. A whole one past 64 bits is the nearest `double`.
    fn number(&mut self, is_negative: bool) -> ValueKind {
        let token = self.bump();
        let span: Span = self.span_of(token);
        let text = self.slice(span);
        let limit = if is_negative { 1 << 63 } else { u64::MAX };
        let is_int = token.kind == Kind::Int;
        let int = lexer::int(text).filter(|magnitude| is_int && *magnitude <= limit);
        if let Some(magnitude) = int {
            return ValueKind::Int {
                is_negative,
                magnitude,
            };
        }
        let is_decimal = !is_int || !text.starts_with('0');
        let float = match lexer::int(text) {
            Some(magnitude) if is_int => Some(magnitude as f64),
            _ if is_decimal => text.parse::<f64>().ok(),
            _ => None,
        };
        let Some(float) = float else {
            self.lexer
                .problems
                .syntax("an octal or hexadecimal number needs more than 64 bits")
                .at(span, "too large")
                .help("write a smaller number, or a decimal one");
            return ValueKind::Missing;
        };
        ValueKind::Float(if is_negative { -float } else { float })
    }
}
