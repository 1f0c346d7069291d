//! A document or a contract is new.

use crate::compat::calls::Lone;
use crate::compat::calls::rules::finding;
use crate::compat::calls::said::Said;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Effect, Place, source_added};
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A document or a contract is new.
    #[page = "document_added.md"]
    pub(crate) static DOCUMENT_ADDED = { category: Compat, level: Info, since: "0.3" };
}

/// What is said about a document that only the new side has.
pub(in crate::compat::calls) fn said(lone: &Lone) -> Said {
    let finding = finding(
        &DOCUMENT_ADDED,
        Directions::new(SAFE, BREAK),
        source_added(),
    )
    .at(Place::At(lone.at), "")
    .effect(Effect::Addition);
    let becomes = lone.becomes.as_deref().unwrap_or("is new");
    Said::new(finding, lone.what.as_str(), becomes)
}
