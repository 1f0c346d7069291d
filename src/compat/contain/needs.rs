//! Names that must be there, and names that come with others. What follows from one name is taken in
//! at once, so that a web of dependencies is no choice at all.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::cell::{Cell, Fact, Name, Needs};
use super::core::{Role, Spot};
use super::search::Search;
use crate::text::Spanned;

/// A name, and those that come with it.
type Row = (Spanned<Box<str>>, Box<[Spanned<Box<str>>]>);

impl<'a> Search<'_, 'a> {
    pub(super) fn is_required_here(&self, cell: &Cell<'a>, name: Name) -> bool {
        let text = self.memo.states.name_text(name);
        cell.required.iter().any(|(spot, role)| {
            self.core.requires(*spot, &text) && !self.is_out(cell, *role, &text)
        })
    }

    pub(super) fn needs(&mut self, spot: Spot, rows: &'a [Row]) -> Rc<Needs> {
        if let Some(known) = self.memo.needs.get(&spot) {
            return Rc::clone(known);
        }
        let mut needs = Needs::default();
        for (name, needed) in rows {
            let name = self.memo.states.name(&name.node);
            for other in needed {
                let other = self.memo.states.name(&other.node);
                needs.with.entry(name).or_default().insert(other);
                needs.without.entry(other).or_default().insert(name);
            }
        }
        let needs = Rc::new(needs);
        self.memo.needs.insert(spot, Rc::clone(&needs));
        needs
    }

    /// What must be there as this name is.
    pub(super) fn needed(&self, cell: &Cell<'a>, name: Name) -> Vec<Name> {
        let all = cell.needs.iter().flat_map(|(needs, role)| {
            let with = needs.with.get(&name).into_iter().flatten();
            with.filter(|other| !self.is_out(cell, *role, &self.memo.states.name_text(**other)))
        });
        all.copied().collect()
    }

    /// Whether an object with this name has the other one, too, by however many steps.
    pub(super) fn comes_with(&mut self, cell: &Cell<'a>, name: Name, other: Name) -> bool {
        if cell.needs.is_empty() {
            return false;
        }
        let mut seen = BTreeSet::from([name]);
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            let is_direct = cell.needs.iter().any(|(needs, role)| {
                let with = needs.with.get(&name);
                with.is_some_and(|with| with.contains(&other))
                    && !self.is_out(cell, *role, &self.memo.states.name_text(other))
            });
            if is_direct {
                return true;
            }
            let needed = self.needed(cell, name);
            self.memo.look(needed.len());
            open.extend(needed.into_iter().filter(|needed| seen.insert(*needed)));
        }
        false
    }

    pub(super) fn bring_with(&mut self, cell: &Cell<'a>, name: Name, agenda: &mut Vec<Fact>) {
        let needed = self.needed(cell, name);
        self.memo.look(needed.len());
        agenda.extend(
            needed
                .into_iter()
                .filter(|other| !cell.present.contains_key(other))
                .map(Fact::Present),
        );
    }

    pub(super) fn bring_with_required(
        &mut self,
        cell: &Cell<'a>,
        role: Role,
        name: &str,
        agenda: &mut Vec<Fact>,
    ) {
        if !self.is_out(cell, role, name) {
            let name = self.memo.states.name(name);
            self.bring_with(cell, name, agenda);
        }
    }

    pub(super) fn leave_without(&self, cell: &Cell<'a>, name: Name, agenda: &mut Vec<Fact>) {
        for (needs, role) in &cell.needs {
            if self.is_out(cell, *role, &self.memo.states.name_text(name)) {
                continue;
            }
            let without = needs.without.get(&name).into_iter().flatten();
            let others = without.filter(|other| **other != name && !cell.absent.contains(other));
            agenda.extend(others.map(|other| Fact::Absent(*other)));
        }
    }
}
