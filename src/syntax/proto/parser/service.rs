//! Services and their calls.

use super::block::Empty;
use super::{Parsed, Parser};
use crate::syntax::proto::ast::{Rpc, RpcType, Scalar, Service, ServiceItem};

impl Parser<'_> {
    /// `service A { ... }`; `service` is looked at.
    pub(super) fn service(&mut self) -> Parsed<Service> {
        let start = self.token.start;
        self.bump();
        let name = self.name("the name of a service")?;
        let (braces, items) = self.block("the service", Empty::Allowed, |parser| {
            Ok(match parser.word() {
                "option" => ServiceItem::Option(Box::new(parser.option_statement()?)),
                "rpc" => ServiceItem::Rpc(Box::new(parser.rpc()?)),
                _ => return Err(parser.expected("`rpc` or `option`", "")),
            })
        })?;
        Ok(Service {
            span: self.since(start),
            name,
            braces,
            items,
        })
    }

    fn rpc(&mut self) -> Parsed<Rpc> {
        let start = self.token.start;
        self.bump();
        let name = self.name("the name of an rpc")?;
        let input = self.rpc_type()?;
        if self.eat_word("returns").is_none() {
            return Err(self.expected(
                "`returns`",
                "write `rpc NAME (REQUEST) returns (RESPONSE);`",
            ));
        }
        let output = self.rpc_type()?;
        let mut braces = None;
        let mut options = Box::default();
        if self.is_symbol(b'{') {
            let (found, list) = self.block("the rpc", Empty::Allowed, |parser| {
                if parser.word() != "option" {
                    return Err(parser.expected("`option`", "an rpc holds nothing but options"));
                }
                parser.option_statement()
            })?;
            braces = Some(found);
            options = list;
        } else {
            self.semicolon("the rpc")?;
        }
        Ok(Rpc {
            span: self.since(start),
            name,
            input,
            output,
            braces,
            options,
        })
    }

    /// `(stream A)`. A message that is called `stream` needs a package before its name.
    fn rpc_type(&mut self) -> Parsed<RpcType> {
        self.symbol(b'(', "around the message")?;
        let stream = self.eat_word("stream");
        if Scalar::of(self.word()).is_some() || self.word() == "group" {
            let word = self.word();
            self.refuse(
                format_args!("`{word}` is no message"),
                "wrap it in a message; an rpc takes and returns messages",
            );
        }
        let ty = self.path("the name of a message", true)?;
        self.symbol(b')', "after the message")?;
        Ok(RpcType { stream, ty })
    }
}
