//! References inside of schemas, static and dynamic.

use std::collections::HashMap;

use super::reader::Reader;
use super::shapes::Schema;
use crate::schema::{Constraint, Use};
use crate::syntax::{Key, Value};
use crate::text::Spanned;

impl<'t> Reader<'t, '_> {
    /// A reference beside constraints, which is one of them.
    pub(super) fn reference(
        &mut self,
        schema: Schema<'t>,
        key: Key<'t>,
        value: Value<'t>,
        out: &mut Vec<Spanned<Constraint>>,
    ) {
        let Some((target, dialect, text)) = self.follow(schema.place, schema.dialect, value) else {
            out.push(self.dead_end(schema, key, value));
            return;
        };
        let at = value.text_span();
        let used = self.using_at(target, dialect, at);
        self.name(used.shape, text);
        let made = Constraint::AllOf(Box::new([Use { at, ..used }]));
        out.push(Spanned::new(made, self.pair(schema.place.doc, key, value)));
    }

    /// What stands for a reference that leads nowhere, or in a circle; the walk reported it.
    pub(super) fn dead_end(
        &mut self,
        schema: Schema<'t>,
        key: Key<'t>,
        value: Value<'t>,
    ) -> Spanned<Constraint> {
        let span = self.pair(schema.place.doc, key, value);
        Spanned::new(self.opaque(key, value, "it leads nowhere"), span)
    }

    /// A dynamic reference, which is an ordinary one when nothing else could be meant.
    pub(super) fn dynamic_reference(
        &mut self,
        schema: Schema<'t>,
        key: Key<'t>,
        value: Value<'t>,
        out: &mut Vec<Spanned<Constraint>>,
    ) {
        let text = value.as_str().unwrap_or("");
        let fragment = text.split_once('#').map_or("", |(_, fragment)| fragment);
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        if is_pointer || self.dynamic_anchors(fragment) <= 1 {
            self.reference(schema, key, value, out);
            return;
        }
        let why = "which of several `$dynamicAnchor`s it means depends on who refers here";
        let span = self.pair(schema.place.doc, key, value);
        let made = self.opaque(key, value, why);
        out.push(Spanned::new(made, span));
    }

    pub(super) fn recursive_reference(
        &mut self,
        schema: Schema<'t>,
        key: Key<'t>,
        value: Value<'t>,
        out: &mut Vec<Spanned<Constraint>>,
    ) {
        if self.dynamic_anchors("") <= 1 {
            self.reference(schema, key, value, out);
            return;
        }
        let why = "which of several `$recursiveAnchor`s it means depends on who refers here";
        let span = self.pair(schema.place.doc, key, value);
        let made = self.opaque(key, value, why);
        out.push(Spanned::new(made, span));
    }

    /// How many schemas of all files are the `$dynamicAnchor` of this name; without a name, how many
    /// have a `$recursiveAnchor`.
    fn dynamic_anchors(&mut self, name: &str) -> usize {
        if self.dynamic.is_none() {
            let mut counts: HashMap<Box<str>, usize> = HashMap::new();
            for doc in self.closure() {
                let Some(index) = self.files.docs[doc].index() else {
                    continue;
                };
                for name in &index.dynamic {
                    *counts.entry(name.clone()).or_default() += 1;
                }
            }
            self.dynamic = Some(counts);
        }
        let counts = self.dynamic.as_ref();
        counts
            .and_then(|counts| counts.get(name))
            .copied()
            .unwrap_or(0)
    }
}
