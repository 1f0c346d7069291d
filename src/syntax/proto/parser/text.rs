//! The text format inside options: `{ name: value  other { ... } [a.b]: [1, 2] }`.

use super::{MAX_VALUE_NESTING, Parsed, Parser};
use crate::syntax::proto::ast::{Path, TextField, TextName, Value, ValueKind};
use crate::syntax::proto::lexer::Kind;
use crate::syntax::rules::LIMIT_EXCEEDED;
use crate::text::Span;

impl Parser<'_> {
    /// `{ ... }`; `{` is looked at. What cannot be read inside was reported, and the value is
    /// [`ValueKind::Missing`]: the statement around it goes on behind the `}`.
    pub(super) fn aggregate(&mut self) -> Parsed<Value> {
        let start = self.token.start;
        let open = self.here();
        let mut depth = Depth::default();
        self.brackets += 1;
        let read = self.text_message(&mut depth);
        self.brackets -= 1;
        let kind = match read {
            Ok(fields) => ValueKind::Message(fields),
            Err(_) => {
                self.close(depth.braces, open);
                ValueKind::Missing
            }
        };
        Ok(Value {
            span: self.since(start),
            kind,
        })
    }

    /// Passes over the rest of `braces` open braces.
    fn close(&mut self, mut braces: usize, open: Span) {
        while braces > 0 {
            match self.token.kind {
                Kind::End => return self.cut_off(open, "the value"),
                Kind::Symbol(b'{') => braces += 1,
                Kind::Symbol(b'}') => braces -= 1,
                _ => {}
            }
            self.bump();
        }
    }

    /// A message in braces or angle brackets; the opening one is looked at.
    fn text_message(&mut self, depth: &mut Depth) -> Parsed<Box<[TextField]>> {
        let is_angle = self.is_symbol(b'<');
        let close = if is_angle { b'>' } else { b'}' };
        let open = self.here();
        self.deeper(depth)?;
        depth.braces += usize::from(!is_angle);
        self.bump();
        let mut fields = Vec::new();
        loop {
            self.skip_hash();
            if self.is_symbol(close) {
                break;
            }
            if self.is_end() {
                self.cut_off(open, "the value");
            }
            fields.push(self.text_field(depth)?);
            self.skip_hash();
            if !self.eat_symbol(b',') {
                self.eat_symbol(b';');
            }
        }
        self.bump();
        depth.braces -= usize::from(!is_angle);
        depth.values -= 1;
        Ok(fields.into_boxed_slice())
    }

    fn deeper(&mut self, depth: &mut Depth) -> Parsed<()> {
        if depth.values == MAX_VALUE_NESTING {
            let span = self.here();
            self.lexer
                .problems
                .report(
                    &LIMIT_EXCEEDED,
                    format_args!("a value is nested deeper than {MAX_VALUE_NESTING} levels"),
                )
                .at(span, "one level too many")
                .help("make the value flatter");
            return Err(super::Skip { is_line_end: false });
        }
        depth.values += 1;
        Ok(())
    }

    fn text_field(&mut self, depth: &mut Depth) -> Parsed<TextField> {
        let start = self.token.start;
        let name = match self.is_symbol(b'[') {
            true => self.text_name()?,
            false => TextName::Field(self.name("the name of a field or `}`")?),
        };
        self.skip_hash();
        let has_colon = self.eat_symbol(b':');
        self.skip_hash();
        let value = match self.token.kind {
            Kind::Symbol(b'{' | b'<') => self.text_value(depth)?,
            Kind::Symbol(b'[') => self.text_list(depth, has_colon)?,
            _ if has_colon => self.text_value(depth)?,
            _ => {
                return Err(self.expected(
                    "`:` and a value after the name",
                    "write `name: value`; only messages do without the `:`",
                ));
            }
        };
        Ok(TextField {
            span: self.since(start),
            name,
            value,
        })
    }

    fn text_value(&mut self, depth: &mut Depth) -> Parsed<Value> {
        let start = self.token.start;
        if self.is_symbol(b'{') || self.is_symbol(b'<') {
            let fields = self.text_message(depth)?;
            return Ok(Value {
                span: self.since(start),
                kind: ValueKind::Message(fields),
            });
        }
        self.scalar(&["inf", "infinity", "nan"], "a value")
    }

    /// `[a, b]`; `[` is looked at. Without a colon before it, it is a list of messages.
    fn text_list(&mut self, depth: &mut Depth, has_colon: bool) -> Parsed<Value> {
        let start = self.token.start;
        self.deeper(depth)?;
        self.bump();
        let mut values = Vec::new();
        self.skip_hash();
        while !self.is_symbol(b']') {
            let is_message = self.is_symbol(b'{') || self.is_symbol(b'<');
            if !has_colon && !is_message {
                return Err(self.expected("a message", "write `:` before a list of other values"));
            }
            values.push(self.text_value(depth)?);
            self.skip_hash();
            if self.is_symbol(b']') {
                break;
            }
            self.symbol(b',', "or `]` after a value of a list")?;
            self.skip_hash();
            if self.is_symbol(b']') {
                return Err(self.expected("a value after the `,`", "remove the `,`"));
            }
        }
        self.bump();
        depth.values -= 1;
        Ok(Value {
            span: self.since(start),
            kind: ValueKind::List(values.into_boxed_slice()),
        })
    }

    /// `[a.b]` or `[domain/a.b]`; `[` is looked at.
    fn text_name(&mut self) -> Parsed<TextName> {
        self.bump();
        let start = self.token.start;
        let mut slash = None;
        while !self.is_symbol(b']') {
            if self.eat_symbol(b'/') {
                slash = Some(self.span_of(self.before));
                continue;
            }
            let is_part = match self.token.kind {
                Kind::Ident | Kind::Int | Kind::Float | Kind::BadNumber => true,
                Kind::Symbol(symbol) => b".-~!$&()*+,;=%".contains(&symbol),
                Kind::String | Kind::End => false,
            };
            if !is_part {
                return Err(self.expected("the name of an extension or a type, and `]`", ""));
            }
            self.bump();
        }
        let whole = self.since(start);
        let name_start = slash.map_or(start, |slash| slash.end);
        let message = Path {
            span: Span::new(self.file, name_start, whole.end.max(name_start)),
        };
        let name = crate::syntax::proto::literal::path(self.slice(message.span));
        let is_name = name.split('.').all(|part| {
            let mut bytes = part.bytes();
            let first = bytes.next();
            first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        let domain = slash.map(|slash| Span::new(self.file, start, slash.start));
        let is_domain = domain.is_none_or(|domain| {
            let text = self.slice(domain);
            !text.is_empty() && !text.starts_with('/') && has_whole_escapes(text)
        });
        if !is_name || !is_domain {
            let problems = &mut self.lexer.problems;
            problems
                .syntax("neither the name of an extension nor the address of a type")
                .at(whole, "here")
                .help("write `[package.extension]` or `[type.googleapis.com/package.Message]`");
            return Err(super::Skip { is_line_end: false });
        }
        self.bump();
        Ok(match domain {
            None => TextName::Extension(message),
            Some(span) => TextName::Any {
                domain: Path { span },
                message,
            },
        })
    }

    /// Passes over comments that begin with `#`, which the text format has and the language not.
    fn skip_hash(&mut self) {
        while self.is_symbol(b'#') {
            self.bump();
            while !self.begins_line() && !self.is_end() && !self.is_symbol(b'}') {
                self.bump();
            }
        }
    }
}

/// What is open in a value.
#[derive(Debug, Default)]
struct Depth {
    /// Messages and lists.
    values: usize,
    /// Braces.
    braces: usize,
}

/// Whether every `%` has two hexadecimal digits behind it.
fn has_whole_escapes(text: &str) -> bool {
    let mut parts = text.split('%');
    parts.next();
    parts.all(|part| {
        let digits = part.as_bytes();
        digits.len() >= 2 && digits[..2].iter().all(u8::is_ascii_hexdigit)
    })
}
