//! What a finding says about two releases, beside what every finding says.

use std::ops::Range;

use crate::text::{Side, Span};

/// What becomes of data that one side writes and the other reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It arrives as it was meant.
    Safe,
    /// It is accepted, but dropped, defaulted or misread without an error.
    Loss,
    /// It is refused, or does not compile.
    Break,
}

impl Outcome {
    /// The outcome as a word.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Safe => "safe",
            Outcome::Loss => "loss",
            Outcome::Break => "break",
        }
    }
}

/// The worst outcome in one direction, and for which values it comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The worst outcome over all values that the writer's schema allows.
    pub outcome: Outcome,
    /// Which values; absent when all.
    pub when: Option<Box<str>>,
}

impl Verdict {
    /// An outcome for every value.
    pub(crate) const fn always(outcome: Outcome) -> Self {
        Verdict {
            outcome,
            when: None,
        }
    }

    /// An outcome for some values.
    pub(crate) fn when(outcome: Outcome, values: impl Into<Box<str>>) -> Self {
        Verdict {
            outcome,
            when: Some(values.into()),
        }
    }
}

/// Both directions over one encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directions {
    /// The old side writes (calls, is compiled against), the new side reads (serves, is what is
    /// compiled).
    pub old_to_new: Verdict,
    /// The new side writes, the old side reads.
    pub new_to_old: Verdict,
}

impl Directions {
    /// No harm in either direction.
    pub(crate) const SAFE: Directions = Directions {
        old_to_new: Verdict::always(Outcome::Safe),
        new_to_old: Verdict::always(Outcome::Safe),
    };

    /// One verdict per direction.
    pub(crate) fn new(old_to_new: Verdict, new_to_old: Verdict) -> Self {
        Directions {
            old_to_new,
            new_to_old,
        }
    }
}

/// Who breaks: per encoding and direction. What does not apply to a format is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Breaks {
    /// The binary form; for procedures gRPC.
    pub binary: Option<Directions>,
    /// The JSON form, with a reader that refuses what it does not know; for procedures Connect.
    pub json: Option<Directions>,
    /// Generated code and those who use it.
    pub source: Option<Directions>,
}

/// What a finding says about two releases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The place in the new release; absent when nothing of it is left there.
    pub at: Option<Span>,
    /// The place in the old release; absent for what is new.
    pub old_at: Option<Span>,
    /// Whether the place in the new release is only where something like it would stand, so that there
    /// is nothing to see.
    pub(crate) is_gone: bool,
    /// Who breaks.
    pub breaks: Breaks,
    /// The same finding in other tools, as those that were asked for name it here.
    pub peers: Box<[&'static str]>,
    /// Operations that are touched.
    pub uses: Box<[Box<str>]>,
    /// Whether what it is about travels in messages, from producers to consumers, and not in calls.
    pub is_of_messages: bool,
    /// Whether it follows from the other findings, so that it is read after them.
    pub(crate) is_conclusion: bool,
    /// The step of the version that a release with this change takes.
    pub bump: Bump,
    /// The part of the headline that findings of one cause differ in; absent for what has a cause of
    /// its own.
    pub(crate) varies: Option<Varying>,
    /// A value that proves it.
    pub witness: Option<Box<Witness>>,
}

/// The part of a headline that findings of one cause differ in, such as the name in "may now lack
/// `id`". They are read together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Varying {
    /// Bytes of the headline.
    pub(crate) range: Range<usize>,
    /// Whether it is the call, so that the findings touch different ones.
    pub(crate) is_call: bool,
}

/// A value that one side accepts and the other refuses: the proof of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The whole value, as JSON text.
    pub value: Box<str>,
    /// Which side accepts it; the other one refuses it.
    pub accepted_by: Side,
    /// A JSON Pointer (RFC 6901) to what is refused, or to the missing name itself.
    pub at: Box<str>,
    /// Why it is refused there, as a phrase such as "does not match `^[A-Z]{3}$`".
    pub reason: Box<str>,
    /// Whether it is refused only to the letter of the schemas, and accepted as they are read.
    pub is_letter: bool,
    /// The call that it belongs to, where the finding touches several.
    pub call: Option<Box<str>>,
    /// The value as something that can be tried: a `curl` line, or an answer with its status line.
    pub example: Option<Box<str>>,
    /// The same with a value from which much is left out, so that people can read it. It is no proof;
    /// absent when the whole is short.
    pub brief: Option<Box<str>>,
}

/// A step of a semantic version (Semantic Versioning 2.0.0, sections 6 to 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Bump {
    /// Nothing changed.
    #[default]
    None,
    /// Nothing that anybody relies on.
    Patch,
    /// Something new.
    Minor,
    /// Something breaks.
    Major,
}

impl Bump {
    /// The step as a word.
    pub fn name(self) -> &'static str {
        match self {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}
