//! A number has a further name, in front of the ones it had.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Finding, Place, breaks};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A new alias stands in front of the name that JSON writers took so far.
    #[page = "enum_alias_first.md"]
    pub(crate) static ENUM_ALIAS_FIRST = { category: Compat, level: Error, since: "0.2" };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &ENUM_ALIAS_FIRST,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::AliasFirst { enums, old, new } = change else {
        return None;
    };
    let ty = enums.types.new;
    // Names that only changed places are known to both sides.
    let is_known = (enums.enums.old.values.iter())
        .any(|value| value.number.node == new.number.node && value.name.node == new.name.node);
    let json = if is_known {
        Directions::SAFE
    } else {
        Directions::new(SAFE, BREAK)
    };
    let headline = format!(
        "value {} of `{}` is written as `{}` instead of `{}`",
        new.number.node, ty.node.name, new.name.node, old.name.node
    );
    let finding = Finding::new(&ENUM_ALIAS_FIRST, headline)
        .at(
            Place::At(new.name.span),
            "writers of JSON take the first name of a number",
        )
        .was_at(old.name.span)
        .in_units(Some(enums.types.old.unit), Some(ty.unit))
        .breaks(breaks(Directions::SAFE, json, Directions::SAFE))
        .corrects(true)
        .help("declare the alias after the old name");
    Some(finding)
}
