//! A number has no name any more.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, LOSS, SAFE};
use crate::compat::finding::{Finding, Place, both, breaks, source_removed};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A value of an enum is gone.
    #[page = "enum_value_removed.md"]
    pub(crate) static ENUM_VALUE_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:ENUM_VALUE_NO_DELETE", "buf:ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED", "buf:ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &ENUM_VALUE_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::ValueRemoved {
        enums,
        old,
        renumbered_to,
        is_number_reserved,
        are_names_reserved,
        required_in,
    } = change
    else {
        return None;
    };
    let ty = enums.types.new;
    let first = old.first()?;
    let names: Vec<String> = old
        .iter()
        .map(|value| format!("`{}`", value.name.node))
        .collect();
    let names = names.join(", ");
    let (headline, binary, json, source) = match renumbered_to {
        Some(new) => (
            format!(
                "value {names} of `{}` changed its number from {} to {}",
                ty.node.name, first.number.node, new.number.node
            ),
            both(LOSS),
            Directions::SAFE,
            Directions::SAFE,
        ),
        None => {
            let unread = match (enums.enums.new.is_closed, required_in) {
                (true, Some(_)) => BREAK,
                (true, None) => LOSS,
                (false, _) => SAFE,
            };
            (
                format!("value {names} of `{}` is gone", ty.node.name),
                Directions::new(unread, SAFE),
                Directions::new(BREAK, SAFE),
                source_removed(),
            )
        }
    };
    let finding = Finding::new(&ENUM_VALUE_REMOVED, headline)
        .at(Place::At(ty.node.span), "it was declared in here")
        .was_at(first.span)
        .in_units(Some(enums.types.old.unit), Some(ty.unit))
        .breaks(breaks(binary, json, source))
        .peer("buf:ENUM_VALUE_NO_DELETE", enums.is_by_name)
        .peer(
            "buf:ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED",
            enums.is_by_name && !are_names_reserved,
        )
        .peer(
            "buf:ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED",
            enums.is_by_name && !is_number_reserved,
        )
        .help("mark it deprecated; when nobody sends it any more, reserve its number and its name");
    Some(finding)
}
