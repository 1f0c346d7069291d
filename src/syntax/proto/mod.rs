//! The Protobuf language: proto2, proto3 and the editions 2023 and 2024.
//!
//! [`parse`] gives the tree of a file, all its errors at once, and never fails. What needs more than
//! the file (names, numbers, features) is for the floor above. Comments are read when somebody asks
//! for them, by [`Comments`].

mod ast;
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "generated clients carry the comments; that they are kept is tested"
    )
)]
mod comments;
mod lexer;
mod literal;
mod parser;
mod problems;
mod visit;

pub(crate) use ast::*;
#[cfg_attr(
    not(test),
    expect(
        unused_imports,
        reason = "generated clients carry the comments; that they are kept is tested"
    )
)]
pub(crate) use comments::Comments;
pub(crate) use parser::parse;
pub(crate) use visit::visit;

#[cfg(test)]
mod tests;
