//! A field has to be there now.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::fields::is_label;
use crate::compat::finding::{Finding, Place, breaks as hurts};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A field has to be there now, which old writers do not know.
    #[page = "required_field_added.md"]
    pub(crate) static REQUIRED_FIELD_ADDED = { category: Compat, level: Error, since: "0.2", peers: ["buf:MESSAGE_SAME_REQUIRED_FIELDS"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &REQUIRED_FIELD_ADDED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::RequiredAdded { records, new, old } = change else {
        return None;
    };
    let ty = records.types.new;
    let (binary, json) = match old {
        None => (
            Directions::new(BREAK, SAFE),
            Directions::new(breaks("the reader checks required fields"), BREAK),
        ),
        Some(_) => (
            Directions::new(breaks("the field is absent"), SAFE),
            Directions::new(breaks("the field is absent"), SAFE),
        ),
    };
    let headline = match old {
        None => format!(
            "new field `{}` of `{}` is required",
            new.name.node, ty.node.name
        ),
        Some(_) => format!(
            "field `{}` of `{}` is required now",
            new.name.node, ty.node.name
        ),
    };
    let finding = Finding::new(&REQUIRED_FIELD_ADDED, headline)
        .at(Place::At(new.span), "old writers do not send it")
        .in_units(Some(records.types.old.unit), Some(ty.unit))
        .breaks(hurts(binary, json, Directions::SAFE))
        .peer(
            "buf:MESSAGE_SAME_REQUIRED_FIELDS",
            records.is_by_name && is_label(ty),
        )
        .corrects(true)
        .help("make it optional and check for it in code");
    Some(match old {
        Some(old) => finding.was_at(old.span),
        None => finding,
    })
}
