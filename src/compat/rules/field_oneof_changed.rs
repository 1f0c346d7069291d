//! A field moved into, out of or between oneofs.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE, breaks, loss, worse};
use crate::compat::fields::class;
use crate::compat::finding::{Finding, Place, both, breaks as hurts};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;
use crate::schema::Cardinality;

declare_rule! {
    /// A field moved into, out of or between oneofs.
    #[page = "field_oneof_changed.md"]
    pub(crate) static FIELD_ONEOF_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FIELD_SAME_ONEOF"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &FIELD_ONEOF_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::OneofChanged {
        fields,
        records,
        excludes,
        admits,
        is_renamed,
    } = change
    else {
        return None;
    };
    let (old, new) = (fields.fields.old, fields.fields.new);
    let is_presence = |from: Cardinality, to: Cardinality| {
        class(from) == Cardinality::Explicit && class(to) == Cardinality::Implicit
    };
    let zero = |is: bool| {
        if is {
            loss("an explicit zero cannot be told from an absent value")
        } else {
            SAFE
        }
    };
    let forth = zero(is_presence(old.cardinality, new.cardinality));
    let back = zero(is_presence(new.cardinality, old.cardinality));
    let set = |other: &crate::schema::Field| format!("`{}` is set, too", other.name.node);
    let mut binary = Directions::new(forth.clone(), back.clone());
    let mut json = Directions::new(forth, back);
    if let Some(other) = excludes {
        binary.old_to_new = worse(
            loss(&format!("{}: the last one stays", set(other))),
            binary.old_to_new,
        );
        json.old_to_new = worse(breaks(&set(other)), json.old_to_new);
    }
    if let Some(other) = admits {
        binary.new_to_old = worse(
            loss(&format!("{}: the last one stays", set(other))),
            binary.new_to_old,
        );
        json.new_to_old = worse(breaks(&set(other)), json.new_to_old);
    }
    let name = |oneofs: &[crate::schema::Oneof], at: Option<u32>| {
        let oneof = at.and_then(|at| oneofs.get(at as usize));
        oneof.map_or("no oneof".to_owned(), |oneof| {
            format!("oneof `{}`", oneof.name.node)
        })
    };
    let headline = format!(
        "{} is in {} instead of {}",
        fields.describe(),
        name(&records.records.new.oneofs, new.oneof),
        name(&records.records.old.oneofs, old.oneof)
    );
    let is_seen = fields.is_by_name();
    let mut finding = Finding::new(&FIELD_ONEOF_CHANGED, headline)
        .at(Place::At(new.span), "")
        .was_at(old.span)
        .in_units(Some(fields.units().old), Some(fields.units().new))
        .breaks(hurts(binary, json, both(BREAK)))
        .peer("buf:FIELD_SAME_ONEOF", is_seen)
        .help("keep the field where it is");
    if *is_renamed {
        finding = finding.note("only the name of the oneof changed: nothing on any wire does");
    }
    Some(finding)
}
