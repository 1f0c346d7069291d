//! Messages, oneofs, extensions, and the numbers and names they keep.

use super::block::Empty;
use super::{Parsed, Parser, Sign};
use crate::syntax::proto::ast::{
    Braces, Edition, Extend, Extensions, Int, Message, MessageItem, Oneof, OneofItem, Options,
    Range, RangeEnd, Reserved, ReservedName, Scalar, Visibility,
};
use crate::syntax::proto::lexer::Kind;

impl Parser<'_> {
    /// `message A { ... }`; `message` is looked at.
    pub(super) fn message(&mut self, visibility: Option<Visibility>) -> Parsed<Message> {
        let start = visibility.map_or(self.token.start, |word| word.span.start);
        self.bump();
        let name = self.name("the name of a message")?;
        let (braces, items) = self.message_body("the message")?;
        Ok(Message {
            span: self.since(start),
            visibility,
            name,
            braces,
            items,
        })
    }

    /// The body of a message or a group.
    pub(super) fn message_body(&mut self, what: &str) -> Parsed<(Braces, Box<[MessageItem]>)> {
        if !self.is_symbol(b'{') {
            return Err(self.expected(format_args!("`{{` to begin {what}"), ""));
        }
        let (braces, items) = self.nested(
            |parser| (parser.skip_block(), Box::default()),
            |parser| parser.block(what, Empty::Allowed, Self::message_item),
        )?;
        for item in &items {
            if let MessageItem::Option(option) = item
                && option.name.rest.is_empty()
                && !option.name.first.is_extension
                && self.slice(option.name.first.name.span) == "map_entry"
            {
                self.lexer
                    .problems
                    .syntax("`map_entry` is not for writing")
                    .at(option.span, "here")
                    .help("declare a field `map<KEY, VALUE>` instead");
            }
        }
        Ok((braces, items))
    }

    fn message_item(&mut self) -> Parsed<MessageItem> {
        let visibility = self.visibility()?;
        Ok(match self.word() {
            "message" => MessageItem::Message(Box::new(self.message(visibility)?)),
            "enum" => MessageItem::Enum(Box::new(self.enumeration(visibility)?)),
            "extend" => MessageItem::Extend(Box::new(self.extend()?)),
            "extensions" => MessageItem::Extensions(Box::new(self.extensions()?)),
            "reserved" => MessageItem::Reserved(Box::new(self.reserved(Sign::Refused)?)),
            "option" => MessageItem::Option(Box::new(self.option_statement()?)),
            "oneof" => MessageItem::Oneof(Box::new(self.oneof()?)),
            _ => MessageItem::Field(Box::new(self.field()?)),
        })
    }

    fn oneof(&mut self) -> Parsed<Oneof> {
        let start = self.token.start;
        self.bump();
        let name = self.name("the name of a oneof")?;
        let problems = self.lexer.problems.count();
        let (braces, items) = self.block("the oneof", Empty::Refused, |parser| {
            Ok(match parser.word() {
                "option" => OneofItem::Option(Box::new(parser.option_statement()?)),
                _ => OneofItem::Field(Box::new(parser.oneof_field()?)),
            })
        })?;
        let span = self.since(start);
        let is_empty = !items.iter().any(|item| matches!(item, OneofItem::Field(_)));
        // A field that could not be read is a field.
        if is_empty && self.lexer.problems.count() == problems {
            self.lexer
                .problems
                .syntax("a oneof needs a field")
                .at(name.span, "this one has none")
                .help("add a field, or remove the oneof");
        }
        Ok(Oneof {
            span,
            name,
            braces,
            items,
        })
    }

    /// `extend A { ... }`; `extend` is looked at.
    pub(super) fn extend(&mut self) -> Parsed<Extend> {
        let start = self.token.start;
        self.bump();
        if Scalar::of(self.word()).is_some() || self.word() == "group" {
            let word = self.word();
            self.refuse(
                format_args!("`{word}` cannot be extended"),
                "name a message",
            );
        }
        let extendee = self.path("the name of the message to extend", true)?;
        let problems = self.lexer.problems.count();
        let (braces, fields) = self.block("the `extend`", Empty::Refused, Self::extension)?;
        if fields.is_empty() && self.lexer.problems.count() == problems {
            self.lexer
                .problems
                .syntax("an `extend` needs a field")
                .at(extendee.span, "this one has none")
                .help("add a field, or remove the `extend`");
        }
        Ok(Extend {
            span: self.since(start),
            extendee,
            braces,
            fields,
        })
    }

    // === Numbers and names ===

    fn extensions(&mut self) -> Parsed<Extensions> {
        let start = self.token.start;
        if self.edition == Edition::Proto3 {
            self.refuse(
                "proto3 has no extension ranges",
                "use a field of type `google.protobuf.Any`, or remove the statement",
            );
        }
        self.bump();
        let ranges = self.ranges("a number or a range such as `100 to 199`", Sign::Refused)?;
        let options = match self.is_symbol(b'[') {
            true => self.options(|parser| parser.option_assignment())?,
            false => Options::default(),
        };
        self.semicolon("the ranges")?;
        Ok(Extensions {
            span: self.since(start),
            ranges,
            options,
        })
    }

    /// `reserved ...;`; the numbers of enums may have a sign.
    pub(super) fn reserved(&mut self, sign: Sign) -> Parsed<Reserved> {
        let start = self.token.start;
        self.bump();
        let is_editions = self.edition.is_editions();
        let mut names = Vec::new();
        let mut ranges = Box::default();
        match self.token.kind {
            Kind::String => loop {
                if is_editions && names.is_empty() {
                    self.refuse(
                        "reserved names are written without quotes in editions",
                        "remove the quotes",
                    );
                }
                names.push(ReservedName::Quoted(self.string("a name in quotes")?));
                if !self.eat_symbol(b',') {
                    break;
                }
            },
            Kind::Ident => loop {
                if !is_editions && names.is_empty() {
                    self.refuse(
                        "reserved names are written in quotes before edition 2023",
                        "put them in quotes",
                    );
                }
                names.push(ReservedName::Plain(self.name("a name")?));
                if !self.eat_symbol(b',') {
                    break;
                }
            },
            _ => ranges = self.ranges("a number, a range such as `5 to 9`, or a name", sign)?,
        }
        self.semicolon("the reserved numbers or names")?;
        Ok(Reserved {
            span: self.since(start),
            ranges,
            names: names.into_boxed_slice(),
        })
    }

    fn ranges(&mut self, what: &str, sign: Sign) -> Parsed<Box<[Range]>> {
        let mut ranges = Vec::new();
        loop {
            let start = self.token.start;
            let first = self.range_number(what, sign)?;
            let end = match self.eat_word("to") {
                None => RangeEnd::Start,
                Some(_) => match self.eat_word("max") {
                    Some(max) => RangeEnd::Max(max),
                    None => RangeEnd::Int(self.range_number("a number or `max`", sign)?),
                },
            };
            ranges.push(Range {
                span: self.since(start),
                start: first,
                end,
            });
            if !self.eat_symbol(b',') {
                return Ok(ranges.into_boxed_slice());
            }
        }
    }

    /// A number of a range. The largest of 32 bits has no place among fields: their ranges are kept
    /// with an end that does not belong to them.
    fn range_number(&mut self, what: &str, sign: Sign) -> Parsed<Int> {
        let int = self.int(what, sign)?;
        if sign == Sign::Refused && int.value == Some(i32::MAX) {
            self.lexer
                .problems
                .syntax("2147483647 is no number of a field")
                .at(int.span, "too large")
                .help("write `max` for the largest");
            return Ok(Int { value: None, ..int });
        }
        Ok(int)
    }
}
