//! A field has another key in JSON.

use crate::compat::change::Change;
use crate::compat::cx::{Cx, keys};
use crate::compat::finding::{Effect, Finding, Place, breaks};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A field has another key in JSON.
    #[page = "json_name_changed.md"]
    pub(crate) static JSON_NAME_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FIELD_SAME_JSON_NAME"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &JSON_NAME_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, cx: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::JsonNameChanged(pair) = change else {
        return None;
    };
    let (old, new) = (pair.fields.old, pair.fields.new);
    let headline = format!(
        "{} has key `{}` in JSON instead of `{}`",
        pair.describe(),
        new.json_name.name,
        old.json_name.name
    );
    let json = match cx.taken_from(pair) {
        Some(taken) => cx.moved_keys(pair, taken),
        None => keys(old, new),
    };
    let is_renamed = old.name.node != new.name.node;
    let finding = Finding::new(&JSON_NAME_CHANGED, headline)
        .at(Place::At(new.json_name.written.unwrap_or(new.span)), "")
        .was_at(old.json_name.written.unwrap_or(old.span))
        .in_units(Some(pair.units().old), Some(pair.units().new))
        .breaks(breaks(Directions::SAFE, json, Directions::SAFE))
        .peer("buf:FIELD_SAME_JSON_NAME", pair.is_by_name())
        // The new name says it already.
        .effect(if is_renamed && new.json_name.written.is_none() {
            Effect::Repetition
        } else {
            Effect::Change
        })
        .help("keep the key: `[json_name = \"...\"]` with the old one");
    Some(finding)
}
