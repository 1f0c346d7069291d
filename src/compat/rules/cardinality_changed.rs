//! A field has another cardinality.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Finding, Place, both, breaks};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::schema::Cardinality;

declare_rule! {
    /// A field became repeated, a map, singular, or told from absent, or no longer is.
    #[page = "cardinality_changed.md"]
    pub(crate) static CARDINALITY_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FIELD_SAME_CARDINALITY", "buf:FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY", "buf:FIELD_WIRE_COMPATIBLE_CARDINALITY"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &CARDINALITY_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, cx: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::CardinalityChanged(pair) = change else {
        return None;
    };
    let (old, new) = (pair.fields.old, pair.fields.new);
    let is_seen = pair.is_by_name();
    let (binary, json) = cx.counts(pair);
    let headline = format!(
        "{} is {} instead of {}",
        pair.describe(),
        word(new.cardinality),
        word(old.cardinality)
    );
    let is_one = |c: Cardinality| matches!(c, Cardinality::Implicit | Cardinality::Explicit);
    let is_many = |c: Cardinality| matches!(c, Cardinality::Repeated { .. } | Cardinality::Map);
    let (from, to) = (old.cardinality, new.cardinality);
    let same_json = is_one(from) && is_one(to);
    let same_wire = same_json || (is_many(from) && is_many(to));
    let finding = Finding::new(&CARDINALITY_CHANGED, headline)
        .at(Place::At(new.span), "")
        .was_at(old.span)
        .in_units(Some(pair.units().old), Some(pair.units().new))
        .breaks(breaks(binary, json, both(BREAK)))
        .peer("buf:FIELD_SAME_CARDINALITY", is_seen)
        .peer(
            "buf:FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY",
            is_seen && !same_json,
        )
        .peer(
            "buf:FIELD_WIRE_COMPATIBLE_CARDINALITY",
            is_seen && !same_wire,
        )
        .corrects((from, to) == (Cardinality::Explicit, Cardinality::Implicit))
        .help("keep the field and add one under a new number");
    Some(finding)
}

fn word(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::Implicit => "singular without presence",
        Cardinality::Explicit => "singular with presence",
        Cardinality::Required => "required",
        Cardinality::Repeated { .. } => "repeated",
        Cardinality::Map => "a map",
    }
}
