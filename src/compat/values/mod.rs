//! Values that travel: which of them the other side refuses, by which constraint, and the proof.
//!
//! Each pair of schemas that a call carries is a question to the [`Judge`](super::contain::Judge). What
//! a negative answer leads to is walked once, however many calls reach it: a finding stands at the
//! constraint that refuses, names the calls, and shows a whole value that the writer's side accepts and
//! the reader's refuses.

mod becomes;
mod example;
mod harmless;
mod peers;
mod phrase;
mod plausible;
mod proof;
mod rules;
mod said;
mod walk;

use super::calls::{Pair, Said};
use super::policy::Policy;
use crate::diag::Undecided;
use crate::schema::Description;

pub(super) use example::brief;
pub(crate) use rules::RULES;

/// What a comparison of values comes to.
pub(super) struct Compared {
    /// What there is to say.
    pub(super) said: Vec<Said>,
    /// How much of it was left open.
    pub(super) undecided: Undecided,
}

/// What there is to say about the values of these pairs.
pub(super) fn compare(
    pairs: &[Pair],
    old: &Description,
    new: &Description,
    policy: &Policy,
) -> Compared {
    let mut walk = walk::Walk::new(pairs, [&old.shapes, &new.shapes], policy);
    walk.run();
    Compared {
        undecided: walk.undecided(),
        said: walk.finish(),
    }
}
