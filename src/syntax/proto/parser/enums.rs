//! Enums.

use super::block::Empty;
use super::{Parsed, Parser, Sign};
use crate::syntax::proto::ast::{
    Enum, EnumItem, EnumValue, OptionDecl, Options, ValueKind, Visibility,
};

impl Parser<'_> {
    /// `enum A { ... }`; `enum` is looked at.
    pub(super) fn enumeration(&mut self, visibility: Option<Visibility>) -> Parsed<Enum> {
        let start = visibility.map_or(self.token.start, |word| word.span.start);
        self.bump();
        let name = self.name("the name of an enum")?;
        let problems = self.lexer.problems.count();
        let (braces, items) = self.block("the enum", Empty::Allowed, |parser| {
            Ok(match parser.word() {
                "option" => EnumItem::Option(Box::new(parser.option_statement()?)),
                "reserved" => EnumItem::Reserved(Box::new(parser.reserved(Sign::Allowed)?)),
                _ => EnumItem::Value(Box::new(parser.enum_value()?)),
            })
        })?;
        let is_empty = !items.iter().any(|item| matches!(item, EnumItem::Value(_)));
        // A value that could not be read is a value.
        if is_empty && self.lexer.problems.count() == problems {
            self.lexer
                .problems
                .syntax("an enum needs a value")
                .at(name.span, "this one has none")
                .help("add a value; the first is 0");
        }
        self.check_alias(&items);
        Ok(Enum {
            span: self.since(start),
            visibility,
            name,
            braces,
            items,
        })
    }

    fn enum_value(&mut self) -> Parsed<EnumValue> {
        let start = self.token.start;
        let name = self.name("the name of a value")?;
        self.symbol(b'=', "and a number after the name of the value")?;
        let number = self.int("a whole number", Sign::Allowed)?;
        let options = match self.is_symbol(b'[') {
            true => self.options(|parser| parser.option_assignment())?,
            false => Options::default(),
        };
        self.semicolon("the value")?;
        Ok(EnumValue {
            span: self.since(start),
            name,
            number,
            options,
        })
    }

    /// `allow_alias` must say `true` and be of use, as the reference demands.
    fn check_alias(&mut self, items: &[EnumItem]) {
        let is_alias = |option: &&OptionDecl| {
            option.name.rest.is_empty()
                && !option.name.first.is_extension
                && self.slice(option.name.first.name.span) == "allow_alias"
        };
        let options = items.iter().filter_map(|item| match item {
            EnumItem::Option(option) => Some(&**option),
            _ => None,
        });
        let Some(option) = { options }.find(is_alias) else {
            return;
        };
        let is_true = matches!(option.value.kind, ValueKind::Ident)
            && self.slice(option.value.span) == "true";
        let headline = if !is_true {
            "`allow_alias` has no effect unless it is `true`"
        } else {
            let mut numbers = Vec::new();
            for item in items {
                if let EnumItem::Value(value) = item {
                    match value.number.value {
                        Some(number) => numbers.push(number),
                        // It was reported, and may be the one that stands twice.
                        None => return,
                    }
                }
            }
            let count = numbers.len();
            numbers.sort_unstable();
            numbers.dedup();
            if numbers.len() < count {
                return;
            }
            "`allow_alias` is of no use: no two values share a number"
        };
        self.lexer
            .problems
            .syntax(headline)
            .at(option.span, "here")
            .help("remove the option");
    }
}
