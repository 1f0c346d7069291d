//! The operations that a document describes.

use crate::text::{Span, Spanned};

/// The operations of one imported document.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    /// Where its operations are listed, for messages about what is not there.
    pub(crate) span: Span,
    /// Operations in the order of the document.
    pub(crate) operations: Vec<Operation>,
}

/// An operation: a method on a path.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// Its own name, unique in the document.
    pub(crate) id: Option<Spanned<Box<str>>>,
    /// Method in upper case.
    pub(crate) method: Box<str>,
    /// Path template as the document writes it.
    pub(crate) path: Spanned<Box<str>>,
    /// Parameters, those of the whole path included.
    pub(crate) params: Vec<Param>,
    /// Where the operation stands.
    pub(crate) span: Span,
}

/// A parameter.
#[derive(Debug, Clone)]
pub(crate) struct Param {
    /// Its name.
    pub(crate) name: Box<str>,
    /// Where it is sent.
    pub(crate) place: ParamPlace,
    /// Whether its value may hold `/`, which takes more than one segment of a path.
    pub(crate) may_hold_slash: bool,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParamPlace {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}
