//! A finding as plain data; renderers turn it into text.

use super::{Comparison, Level, Rule, RuleId};
use crate::text::Span;

/// How bad a shown finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Worth a look before a release.
    Warning,
    /// Must be mended.
    Error,
}

impl Severity {
    /// The severity as a word, printed wherever colour could be missing.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity of findings at `level`; a silent rule has none.
    pub(crate) fn of(level: Level) -> Option<Self> {
        match level {
            Level::Never => None,
            Level::Info => Some(Severity::Info),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

/// A place in a file with what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be said about it; may be empty for the primary label.
    pub text: Box<str>,
    /// Whether this is the place the finding is about.
    pub primary: bool,
}

/// A replacement of the text in a span.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edit {
    /// What is replaced.
    pub(crate) span: Span,
    /// By what.
    pub(crate) text: Box<str>,
}

/// What to do next: a sentence, and edits where a machine can do it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Suggestion {
    /// The action, said as an action.
    pub(crate) text: Box<str>,
    /// The edits that carry it out; empty when a person has to decide.
    pub(crate) edits: Vec<Edit>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub(crate) rule: RuleId,
    pub(crate) severity: Severity,
    pub(crate) headline: Box<str>,
    pub(crate) labels: Vec<Label>,
    pub(crate) notes: Vec<Box<str>>,
    pub(crate) help: Option<Suggestion>,
    pub(crate) comparison: Option<Box<Comparison>>,
}

impl Diagnostic {
    /// The rule that speaks.
    pub fn rule(&self) -> &'static Rule {
        self.rule.0
    }

    /// How bad it is, after the user's levels.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// One phrase that stands alone.
    pub fn headline(&self) -> &str {
        &self.headline
    }

    /// The places, the primary one first.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Further remarks.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().map(|note| &**note)
    }

    /// What to do next.
    pub fn help(&self) -> Option<&str> {
        self.help.as_ref().map(|help| &*help.text)
    }

    /// What it says about two releases, when it compares some.
    pub fn comparison(&self) -> Option<&Comparison> {
        self.comparison.as_deref()
    }

    /// Replacements that do what the help says; empty when a person has to decide.
    pub(crate) fn edits(&self) -> &[Edit] {
        self.help.as_ref().map_or(&[], |help| &help.edits)
    }

    /// The place the finding is about, absent for findings about no file (a full disk, say).
    pub fn primary(&self) -> Option<Span> {
        self.labels
            .iter()
            .find(|label| label.primary)
            .map(|label| label.span)
    }
}
