//! Writes down what was found, with the shapes as they were written.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::budget::{LISTED_CAUSES, TOO_LARGE};
use super::super::cell::{Name, Region};
use super::super::classes::{Node, index};
use super::super::core::{Role, Spot};
use super::super::lit::{Lit, Why, simplify};
use super::super::search::Outcome;
use super::super::{Asked, Cause, Doubt, Sided, Step};
use super::Explainer;
use crate::schema::{Constraint, Json, Use};

impl Explainer<'_, '_> {
    pub(super) fn cause(
        &mut self,
        outcome: Outcome,
        spot: Spot,
        name: Option<&str>,
        steps: &[Step],
    ) {
        if let Some(tree) = outcome.found {
            let at = name.map_or_else(String::new, pointer);
            self.push_cause(tree.json(), spot, name, at, steps);
        } else if let Some(why) = outcome.doubt {
            self.doubt(why, spot.node, steps.to_vec());
        }
    }

    pub(super) fn push_cause(
        &mut self,
        witness: Option<Json>,
        spot: Spot,
        name: Option<&str>,
        at: String,
        steps: &[Step],
    ) {
        let Some(witness) = witness else {
            self.doubt(TOO_LARGE, spot.node, steps.to_vec());
            return;
        };
        let detail = match (name, &witness) {
            (Some(name), _) => Some(Json::String(name.into())),
            (None, Json::Array(_) | Json::Object(_)) => None,
            (None, value) => Some(value.clone()),
        };
        let reader = self.world.core.side(spot.node).1;
        let is_listed = matches!(
            self.world.core.constraint(spot),
            Some(Constraint::OneOfValues(_))
        );
        let blamed = (reader, spot.at, steps.to_vec());
        let is_new_place = self.told.blamed.insert(blamed.clone());
        let is_new = self.told.details.insert((blamed, detail.clone()));
        // Of values that are refused as such one is enough.
        let is_enough = name.is_none() && !is_listed;
        if is_new_place || (is_new && !is_enough) {
            self.explained.causes.push(Cause {
                steps: steps.to_vec(),
                reader,
                constraint: spot.at,
                detail,
                witness,
                at,
            });
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "each is a fact of its own about one place"
    )]
    pub(super) fn below_here(
        &mut self,
        outcome: Outcome,
        lits: Option<Vec<Lit>>,
        refuses: Lit,
        step: Step,
        spot: Spot,
        one: &Use,
        steps: &[Step],
    ) {
        let reader = self.world.core.beside(spot.node, one);
        // A value that the writer lists as a whole has parts that no shape tells of.
        let lits = lits.or_else(|| {
            let whole = outcome.found.as_ref()?.json()?;
            let part = match (&step, whole) {
                (Step::Property(name), Json::Object(mut entries)) => entries.remove(name)?,
                (Step::Item(at), Json::Array(mut items)) if (*at as usize) < items.len() => {
                    items.swap_remove(*at as usize)
                }
                _ => return None,
            };
            let number = self.world.memo.states.number(&part);
            Some(vec![Lit::value(number, true), refuses])
        });
        let mut steps = steps.to_vec();
        steps.push(step);
        match (outcome, lits) {
            (Outcome { found: Some(_), .. }, Some(mut lits)) => {
                simplify(&mut lits);
                let writer = self.writer(&lits, refuses, steps.last());
                let state = self.world.memo.states.id(lits);
                let (side, shape) = self.world.core.side(reader);
                let asked = Asked {
                    travel: self.asked.travel,
                    state,
                    refuses,
                    writer,
                    reader: Sided { side, shape },
                };
                self.below.push((steps, asked, shape));
            }
            (Outcome { doubt, .. }, _) => {
                if let Some(why) = doubt {
                    self.doubt(why, reader, steps);
                }
            }
        }
    }

    pub(super) fn doubt(&mut self, why: Why, node: Node, steps: Vec<Step>) {
        let (side, shape) = self.world.core.side(node);
        let doubt = Doubt {
            why: why.into(),
            steps,
            shape: Some(Sided { side, shape }),
        };
        if self.told.doubts.insert(doubt.clone()) {
            self.explained.doubts.push(doubt);
        }
    }

    /// The writer's shape of a part where it is a single one.
    pub(super) fn writer(&self, lits: &[Lit], refuses: Lit, step: Option<&Step>) -> Option<Sided> {
        let mut makes = lits.iter().filter(|lit| **lit != refuses);
        let lit = makes.next()?;
        if makes.next().is_some() || !lit.is_positive() || lit.is_value() {
            return None;
        }
        let core = &self.world.core;
        let class = lit.as_class();
        let exact = self.asked.writer.and_then(|writer| {
            let node = core.both.node(writer.side, writer.shape);
            core.part(node, step?, class)
        });
        let (side, shape) = core.side(exact.or_else(|| core.classes.first(class))?);
        Some(Sided { side, shape })
    }

    // === Small helpers ===

    /// The name of a region that is refused in the value that was found.
    pub(super) fn culprit(
        &mut self,
        outcome: &Outcome,
        region: Region,
        lit: Option<Lit>,
    ) -> Option<Rc<str>> {
        let placed = self.parts.placed.iter().find(|(of, _)| *of == region);
        if let Some((_, name)) = placed {
            return Some(Rc::clone(name));
        }
        let Json::Object(entries) = outcome.found.as_ref()?.json()? else {
            return None;
        };
        let search = self.world.search();
        let is_it = |name: &str, value: &Json| {
            let whole = Json::Object(BTreeMap::from([(name.into(), value.clone())]));
            let is_inside = match region {
                Region::Unevaluated(node, role, _) => search
                    .core
                    .evaluates(node, role, name, &Json::Object(entries.clone()))
                    .map(|is_so| !is_so),
                _ => search.has_some_name(region, None, &whole),
            };
            let is_refused = lit.map_or(Some(true), |lit| search.is_lit(lit, value));
            is_inside == Some(true) && is_refused == Some(true)
        };
        let found = entries.iter().find(|(name, value)| is_it(name, value));
        found.map(|(name, _)| Rc::from(&**name))
    }

    pub(super) fn here(&self, node: Node, one: &Use, is_positive: bool) -> Lit {
        Lit::class(
            self.world.core.used(node, one),
            Role::Reader,
            is_positive,
            false,
        )
    }

    pub(super) fn below(&self, node: Node, one: &Use) -> Lit {
        let core = &self.world.core;
        core.outermost(core.used(node, one), Role::Reader, false)
    }

    /// Whether nothing satisfies the shape by its own words.
    pub(super) fn bars(&self, node: Node, one: &Use) -> bool {
        let core = &self.world.core;
        core.quick(core.used(node, one)).accepts.0.is_empty()
    }

    pub(super) fn name(&mut self, name: &str) -> Name {
        self.world.memo.states.name(name)
    }

    /// Names that the writer declares.
    pub(super) fn declared(&self) -> Vec<Box<str>> {
        let mut names = std::collections::BTreeSet::new();
        for lit in self.lits.iter() {
            if !lit.is_value() && lit.role() == Role::Writer {
                let declared = self.world.core.declared(lit.as_class());
                names.extend(declared.names.keys().map(|name| Box::from(*name)));
            }
        }
        names.into_iter().collect()
    }

    /// How many positions of a list the writer tells apart.
    pub(super) fn told_items(&self) -> u32 {
        let core = &self.world.core;
        let mut most = 0;
        for lit in self.lits.iter() {
            if !lit.is_value()
                && lit.role() == Role::Writer
                && let Some(node) = core.classes.first(lit.as_class())
            {
                most = most.max(index(core.prefix(node)));
            }
        }
        most.min(index(LISTED_CAUSES))
    }
}

/// A JSON Pointer to a name (RFC 6901).
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
