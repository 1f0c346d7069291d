//! A document or a contract is gone.

use crate::compat::calls::Lone;
use crate::compat::calls::rules::finding;
use crate::compat::calls::said::Said;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Place, source_removed};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A document or a contract is gone.
    #[page = "document_removed.md"]
    pub(crate) static DOCUMENT_REMOVED = { category: Compat, level: Error, since: "0.3" };
}

/// What is said about a document that only the old side has.
pub(in crate::compat::calls) fn said(lone: &Lone) -> Said {
    let finding = finding(
        &DOCUMENT_REMOVED,
        Directions::new(BREAK, SAFE),
        source_removed(),
    )
    .at(Place::Gone, "")
    .was_at(lone.at)
    .help("keep it where it was, or compare it with its successor as two files");
    let becomes = lone.becomes.as_deref().unwrap_or("is gone");
    Said::new(finding, lone.what.as_str(), becomes)
}
