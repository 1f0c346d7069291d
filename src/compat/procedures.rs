//! In which procedures of two releases a type travels.

use std::cell::OnceCell;

use crate::schema::{Reach, SchemaSet, Uses};

/// The procedures of both releases.
pub(super) struct Procedures<'a> {
    sets: [&'a SchemaSet; 2],
    /// The ways to them; found out when a finding asks for them.
    reach: OnceCell<[Reach<'a>; 2]>,
}

impl<'a> Procedures<'a> {
    pub(super) fn new(old: &'a SchemaSet, new: &'a SchemaSet) -> Self {
        Procedures {
            sets: [old, new],
            reach: OnceCell::new(),
        }
    }

    /// What the type with this full name is to them.
    pub(super) fn uses(&self, name: &str) -> Uses {
        let [old, new] = self.sets;
        let reach = || {
            let (old, new) = rayon::join(|| Reach::of(old), || Reach::of(new));
            [old, new]
        };
        let [old, new] = self
            .reach
            .get_or_init(reach)
            .each_ref()
            .map(|reach| reach.uses(name));
        let mut operations = old.operations;
        operations.extend(new.operations);
        Uses {
            is_input: old.is_input || new.is_input,
            is_output: old.is_output || new.is_output,
            operations,
        }
    }
}
