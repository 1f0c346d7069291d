//! What a rule says about a change, before anybody asked how loud it is.

use super::encoding::{BREAK, SAFE, worse};
use crate::diag::{Breaks, Directions, Outcome, Rule, Varying, Verdict, Witness};
use crate::schema::{Unit, Uses};
use crate::text::{FileId, Span};

/// Where a finding stands in the new release.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// At what changed, or at the nearest thing around it that is left.
    At(Span),
    /// In a unit of which only the beginning can be shown.
    Top(FileId),
    /// Nowhere: the unit is gone.
    Gone,
}

/// Whose calls carry what a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Touched<'a> {
    /// Nobody knows of any.
    Nothing,
    /// Those that the type with this full name travels in.
    Type(&'a str),
    /// These.
    Calls(Uses),
    /// No calls: messages with these names.
    Messages(Uses),
}

/// How a finding counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Something new that nobody relied on: never more than worth knowing.
    Addition,
    /// Something changed.
    Change,
    /// Something is refused that was promised, and a value or a request shows it: an error, however
    /// few they are.
    Proved,
    /// Something is gone that was announced to go: worth knowing, and no more, whoever still used it.
    Announced,
    /// Told by another finding already; shown only to who asks in another tool's terms.
    Repetition,
}

/// What a rule says about a change.
#[derive(Debug, Clone)]
pub(super) struct Finding<'a> {
    /// The rule.
    pub(super) rule: &'static Rule,
    /// One phrase.
    pub(super) headline: String,
    /// The part of the headline that findings of one cause differ in.
    pub(super) varies: Option<Varying>,
    /// Whom it concerns.
    pub(super) touches: Touched<'a>,
    /// Where in the new release.
    pub(super) at: Place,
    /// What to say there.
    pub(super) label: String,
    /// Where in the old release.
    pub(super) old_at: Option<Span>,
    /// Whether nothing of it is left around the new place.
    pub(super) is_gone: bool,
    /// The units, for who does not want to hear about some.
    pub(super) units: (Option<&'a Unit>, Option<&'a Unit>),
    /// Whether it follows from the other findings.
    pub(super) is_conclusion: bool,
    /// Who breaks.
    pub(super) breaks: Breaks,
    /// Ids of other tools' rules that fire here.
    pub(super) peers: Vec<&'static str>,
    /// How it counts.
    pub(super) effect: Effect,
    /// Whether other tools are known to be wrong where they do not fire here.
    pub(super) is_correction: bool,
    /// Whether what breaks for some values only is as bad as what breaks for all.
    pub(super) some_suffice: bool,
    /// A value that proves it.
    pub(super) witness: Option<Box<Witness>>,
    /// Further remarks.
    pub(super) notes: Vec<String>,
    /// What to do.
    pub(super) help: &'static str,
}

impl<'a> Finding<'a> {
    pub(super) fn new(rule: &'static Rule, headline: impl Into<String>) -> Self {
        Finding {
            rule,
            headline: headline.into(),
            varies: None,
            touches: Touched::Nothing,
            at: Place::Gone,
            label: String::new(),
            old_at: None,
            is_gone: false,
            is_conclusion: false,
            units: (None, None),
            breaks: Breaks::default(),
            peers: Vec::new(),
            effect: Effect::Change,
            is_correction: false,
            some_suffice: false,
            witness: None,
            notes: Vec::new(),
            help: "",
        }
    }

    pub(super) fn at(mut self, at: Place, label: impl Into<String>) -> Self {
        self.at = at;
        self.label = label.into();
        self
    }

    pub(super) fn was_at(mut self, at: Span) -> Self {
        self.old_at = Some(at);
        self
    }

    pub(super) fn in_units(mut self, old: Option<&'a Unit>, new: Option<&'a Unit>) -> Self {
        self.units = (old, new);
        self
    }

    pub(super) fn breaks(mut self, breaks: Breaks) -> Self {
        self.breaks = breaks;
        self
    }

    /// Adds an id of another tool if it fires.
    pub(super) fn peer(mut self, id: &'static str, fires: bool) -> Self {
        if fires {
            self.peers.push(id);
        }
        self
    }

    /// Adds ids of other tools.
    pub(super) fn peers(mut self, ids: impl IntoIterator<Item = &'static str>) -> Self {
        self.peers.extend(ids);
        self
    }

    /// Says that it follows from the other findings, and is read after them.
    pub(super) fn concludes(mut self) -> Self {
        self.is_conclusion = true;
        self
    }

    pub(super) fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Says that other tools are wrong where they do not fire here.
    pub(super) fn corrects(mut self, is_correction: bool) -> Self {
        self.is_correction = is_correction;
        self
    }

    /// Says that what breaks for some values only is as bad as what breaks for all.
    pub(super) fn some_suffice(mut self) -> Self {
        self.some_suffice = true;
        self
    }

    /// Says whose calls carry it.
    pub(super) fn touches(mut self, touches: Touched<'a>) -> Self {
        self.touches = touches;
        self
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(super) fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }
}

/// One verdict for both directions.
pub(super) fn both(verdict: Verdict) -> Directions {
    Directions::new(verdict.clone(), verdict)
}

/// Both forms and generated code.
pub(super) fn breaks(binary: Directions, json: Directions, source: Directions) -> Breaks {
    Breaks {
        binary: Some(binary),
        json: Some(json),
        source: Some(source),
    }
}

/// Only generated code is hurt.
pub(super) fn source_only() -> Breaks {
    breaks(Directions::SAFE, Directions::SAFE, both(BREAK))
}

/// Nobody is hurt.
pub(super) fn harmless() -> Breaks {
    breaks(Directions::SAFE, Directions::SAFE, Directions::SAFE)
}

/// Code that used what is gone does not compile; code that does not use it yet is safe.
pub(super) fn source_removed() -> Directions {
    Directions::new(BREAK, SAFE)
}

/// Code that uses what is new does not compile against the old release.
pub(super) fn source_added() -> Directions {
    Directions::new(SAFE, BREAK)
}

/// The worse of two answers per direction; absent counts for nothing.
pub(super) fn worst(left: Option<Directions>, right: Option<Directions>) -> Option<Directions> {
    match (left, right) {
        (Some(left), Some(right)) => Some(Directions::new(
            worse(left.old_to_new, right.old_to_new),
            worse(left.new_to_old, right.new_to_old),
        )),
        (left, right) => left.or(right),
    }
}

/// Whether neither direction of any form hurts.
pub(super) fn is_harmless(breaks: &Breaks) -> bool {
    [&breaks.binary, &breaks.json, &breaks.source]
        .into_iter()
        .flatten()
        .all(|both| {
            both.old_to_new.outcome == Outcome::Safe && both.new_to_old.outcome == Outcome::Safe
        })
}
