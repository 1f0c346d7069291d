//! Whole values that prove a cause, confirmed by a validator that shares nothing with the search.

use super::walk::{Root, Walk, through};
use crate::compat::confirm::{Unconfirmed, confirm};
use crate::compat::contain::{Cause, Reading, Sided};
use crate::schema::Json;

/// What became of the search for a proof.
pub(super) enum Proof {
    /// A whole value, and a JSON Pointer to what is refused in it.
    Found(Json, String),
    /// A whole value that is refused, for whichever of the causes of its root.
    Whole(Json),
    /// There are too many findings already.
    NotLookedFor,
    /// What was found proves nothing.
    Refuted(Unconfirmed),
}

impl Walk<'_> {
    /// A value of the root that proves a cause at a node.
    pub(super) fn proved(&mut self, node: usize, root: &Root, cause: &Cause) -> Proof {
        let is_letter = self.nodes[node].is_letter;
        let reading = if is_letter {
            Reading::Plain
        } else {
            self.policy.reading
        };
        let found = self.whole(node, &cause.witness, &cause.at);
        let first = found.map(|(value, at)| {
            let verdict = self.confirmed(root, reading, &value);
            (value, at, verdict)
        });
        match first {
            Some((value, at, Ok(()))) => return Proof::Found(value, at),
            // The whole question has a value of its own, which may show another of its causes.
            Some((_, _, Err(_))) | None => {}
        }
        let judge = self.judge_of(is_letter);
        let question = root.ask(judge);
        match judge.witness(question) {
            Some(value) => match self.confirmed(root, reading, &value) {
                Ok(()) => Proof::Whole(value),
                Err(why) => Proof::Refuted(why),
            },
            None => Proof::Refuted(match first {
                Some((_, _, Err(why))) => why,
                _ => Unconfirmed::Undecided,
            }),
        }
    }

    fn confirmed(&self, root: &Root, reading: Reading, value: &Json) -> Result<(), Unconfirmed> {
        let of = |sided: Sided| (self.side(sided.side), sided.shape);
        confirm(
            of(root.writer),
            of(root.reader),
            root.travel,
            reading,
            value,
        )
    }

    /// A whole value of the root in which `value` stands at the node, with the pointer to that place.
    fn whole(&mut self, node: usize, value: &Json, at: &str) -> Option<(Json, String)> {
        let mut value = value.clone();
        let mut pointer = at.to_owned();
        let mut here = node;
        while let Some((outer, below)) = self.nodes[here].from.clone() {
            let question = self.nodes[outer].question;
            let is_letter = self.nodes[outer].is_letter;
            value = self.judge_of(is_letter).lift(question, &below, &value)?;
            pointer = through(&below.steps) + &pointer;
            here = outer;
        }
        Some((value, pointer))
    }
}
