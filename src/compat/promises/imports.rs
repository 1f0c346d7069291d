//! Documents that a contract begins or ceases to import. What both releases import is compared as a
//! document.

use super::rules;
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::finding::{Effect, Finding, Place, Touched};
use crate::compat::policy::Policy;
use crate::compat::report;
use crate::diag::{Breaks, Diagnostics, Directions};
use crate::schema::Uses;
use crate::text::{Side, Span};

/// A document that only one release of a contract imports.
#[derive(Debug, Clone)]
pub(crate) struct Import<'a> {
    /// What the contract calls it.
    pub(crate) alias: &'a str,
    /// Whether it describes calls, rather than messages or values.
    pub(crate) is_of_calls: bool,
    /// Whether what it describes travels as text.
    pub(crate) is_text: bool,
    /// Whether what it describes travels in bytes.
    pub(crate) is_binary: bool,
    /// The release that imports it.
    pub(crate) side: Side,
    /// Where it does.
    pub(crate) at: Span,
}

impl Import<'_> {
    /// Who is touched by it.
    fn touches(&self) -> Touched<'static> {
        match self.is_of_calls {
            true => Touched::Nothing,
            false => Touched::Messages(Uses::default()),
        }
    }

    /// The verdict for each form that what it describes has.
    fn breaks(&self, directions: &Directions) -> Breaks {
        Breaks {
            binary: self.is_binary.then(|| directions.clone()),
            json: self.is_text.then(|| directions.clone()),
            source: None,
        }
    }
}

/// Says which imports are gone, and which are new. `name` is the name of the contract in the new
/// release.
pub(crate) fn check_imports(imports: &[Import<'_>], name: Span, policy: &Policy) -> Diagnostics {
    let findings = imports.iter().map(|import| match import.side {
        Side::Old => gone(import, name),
        Side::New => added(import),
    });
    report::report(findings, policy, |_| Uses::default())
}

fn gone(import: &Import<'_>, name: Span) -> Finding<'static> {
    // What messages hold is compared event by event, wherever it is described.
    let verdict = match import.is_of_calls {
        true => BREAK,
        false => breaks("what nothing else describes"),
    };
    let headline = format!("the contract imports `{}` no more", import.alias);
    Finding::new(&rules::IMPORT_REMOVED, headline)
        .at(Place::At(name), "nothing here says what it said")
        .was_at(import.at)
        .breaks(import.breaks(&Directions::new(verdict, SAFE)))
        .touches(import.touches())
        .help("go on importing the document, or compare it with its successor as two files")
}

fn added(import: &Import<'_>) -> Finding<'static> {
    let headline = format!("the contract imports `{}` from now on", import.alias);
    Finding::new(&rules::IMPORT_ADDED, headline)
        .at(Place::At(import.at), "new")
        .effect(Effect::Addition)
        .breaks(import.breaks(&Directions::SAFE))
        .touches(import.touches())
}
