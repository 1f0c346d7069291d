//! An absent field means another value.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::loss;
use crate::compat::finding::{Finding, Place, both, breaks};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// An absent field means another value.
    #[page = "default_changed.md"]
    pub(crate) static DEFAULT_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FIELD_SAME_DEFAULT"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &DEFAULT_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::DefaultChanged { fields, values } = change else {
        return None;
    };
    let (old, new) = (fields.fields.old, fields.fields.new);
    let headline = format!(
        "{} means {} instead of {} when it is absent",
        fields.describe(),
        values.new,
        values.old
    );
    let place = |field: &crate::schema::Field| {
        let written = field.default.as_ref().map(|default| default.span);
        written.unwrap_or(field.span)
    };
    let absent = || both(loss("the field is absent: each side reads its own default"));
    let finding = Finding::new(&DEFAULT_CHANGED, headline)
        .at(Place::At(place(new)), "")
        .was_at(place(old))
        .in_units(Some(fields.units().old), Some(fields.units().new))
        .breaks(breaks(absent(), absent(), Directions::SAFE))
        .peer("buf:FIELD_SAME_DEFAULT", fields.is_by_name())
        .help("keep the default; write the new value where it is meant");
    Some(finding)
}
