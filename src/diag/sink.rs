//! Where the findings of a phase gather, and the one door through which they leave.

use std::fmt;

use super::{
    Comparison, Diagnostic, Edit, Label, LevelTable, Rule, RuleId, Severity, Suggestion, Undecided,
};
use crate::text::Span;

/// What a phase could make, together with what it has to say.
#[derive(Debug)]
pub(crate) struct Phase<T> {
    /// What could be made.
    pub(crate) value: T,
    /// What there is to say about it.
    pub(crate) diagnostics: Diagnostics,
}

impl<T> Phase<T> {
    /// A value about which there is nothing to say.
    pub(crate) fn clean(value: T) -> Self {
        Phase {
            value,
            diagnostics: Diagnostics::default(),
        }
    }

    /// Hands the findings to `sink` and keeps the value.
    pub(crate) fn into(self, sink: &mut Diagnostics) -> T {
        sink.absorb(self.diagnostics);
        self.value
    }
}

/// The findings of a phase, in the order they were made.
#[derive(Debug, Default, Clone)]
pub(crate) struct Diagnostics {
    list: Vec<Diagnostic>,
    undecided: Undecided,
}

impl Diagnostics {
    /// Starts a finding of `rule` at its default level. The draft is kept when it is dropped.
    pub(crate) fn report(&mut self, rule: &'static Rule, headline: impl fmt::Display) -> Draft<'_> {
        let draft = Diagnostic {
            rule: RuleId(rule),
            severity: Severity::of(rule.level).unwrap_or(Severity::Info),
            headline: headline.to_string().into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
            comparison: None,
        };
        self.list.push(draft);
        Draft {
            diagnostic: self.list.last_mut().expect("one was just pushed"),
        }
    }

    /// Takes the findings of a part over.
    pub(crate) fn absorb(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
        self.compared(other.undecided);
    }

    /// Counts comparisons of values.
    pub(crate) fn compared(&mut self, more: Undecided) {
        self.undecided.asked += more.asked;
        self.undecided.unknown += more.unknown;
    }

    /// How many comparisons of values there were so far, and how many of them were left open.
    pub(crate) fn undecided(&self) -> Undecided {
        self.undecided
    }

    /// Whether a finding stands that stops later phases: an error outside the adjustable categories.
    pub(crate) fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|d| d.severity == Severity::Error && !d.rule.0.category.is_adjustable())
    }

    /// What was found so far.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The findings one by one.
    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }

    /// Takes findings over.
    pub(crate) fn extend(&mut self, list: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(list);
    }

    /// Keeps the findings that `keep` wants.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Whether nothing was said.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Applies the user's levels and waivers, sorts by place, severity and name, and drops repetitions.
    pub(crate) fn finish(self, levels: &LevelTable) -> Findings {
        let mut list: Vec<Diagnostic> = self
            .list
            .into_iter()
            .filter_map(|d| levels.apply(d))
            .collect();
        for diagnostic in &mut list {
            // The primary label first, the others in reading order.
            diagnostic
                .labels
                .sort_by(|l, r| r.primary.cmp(&l.primary).then_with(|| l.cmp(r)));
        }
        list.sort_by(|l, r| {
            (
                l.primary(),
                r.severity,
                l.rule.0.name,
                &l.headline,
                &l.labels,
            )
                .cmp(&(
                    r.primary(),
                    l.severity,
                    r.rule.0.name,
                    &r.headline,
                    &r.labels,
                ))
        });
        list.dedup();
        Findings {
            list,
            undecided: self.undecided,
        }
    }
}

/// Findings ready to be shown: levels applied, sorted, without repetitions.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Diagnostic>,
    undecided: Undecided,
}

impl Findings {
    /// The findings in reading order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// These findings, then others about other files.
    pub(crate) fn and(mut self, others: Findings) -> Self {
        self.list.extend(others.list);
        self.undecided.asked += others.undecided.asked;
        self.undecided.unknown += others.undecided.unknown;
        self
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many comparisons of values there were, and how many of them were left open.
    pub(crate) fn undecided(&self) -> Undecided {
        self.undecided
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity == severity).count()
    }
}

/// A finding under construction.
pub(crate) struct Draft<'a> {
    diagnostic: &'a mut Diagnostic,
}

impl Draft<'_> {
    /// The place the finding is about.
    pub(crate) fn at(self, span: Span, text: impl fmt::Display) -> Self {
        self.label(span, text, true)
    }

    /// Another place that matters.
    pub(crate) fn also(self, span: Span, text: impl fmt::Display) -> Self {
        self.label(span, text, false)
    }

    fn label(self, span: Span, text: impl fmt::Display, primary: bool) -> Self {
        self.diagnostic.labels.push(Label {
            span,
            text: text.to_string().into(),
            primary,
        });
        self
    }

    /// What it says about two releases.
    pub(crate) fn compares(self, comparison: Comparison) -> Self {
        self.diagnostic.comparison = Some(Box::new(comparison));
        self
    }

    /// As severe as this rather than as its rule by default.
    pub(crate) fn severity(self, severity: Severity) -> Self {
        self.diagnostic.severity = severity;
        self
    }

    /// A further remark.
    pub(crate) fn note(self, text: impl fmt::Display) -> Self {
        self.diagnostic.notes.push(text.to_string().into());
        self
    }

    /// What to do next, said as an action.
    pub(crate) fn help(self, text: impl fmt::Display) -> Self {
        self.diagnostic.help = Some(Suggestion {
            text: text.to_string().into(),
            edits: Vec::new(),
        });
        self
    }

    /// What to do next, with the text to write at `span`.
    pub(crate) fn fix(
        self,
        text: impl fmt::Display,
        span: Span,
        replacement: impl fmt::Display,
    ) -> Self {
        let edits = vec![Edit {
            span,
            text: replacement.to_string().into(),
        }];
        self.diagnostic.help = Some(Suggestion {
            text: text.to_string().into(),
            edits,
        });
        self
    }
}
