//! The Protobuf language: proto2, proto3 and the editions 2023 and 2024.

mod ast;
mod literal;

pub(crate) use ast::*;
