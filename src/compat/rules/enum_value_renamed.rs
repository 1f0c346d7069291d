//! A number lost a name.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Effect, Finding, Place, both, breaks};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A value of an enum is called otherwise.
    #[page = "enum_value_renamed.md"]
    pub(crate) static ENUM_VALUE_RENAMED = { category: Compat, level: Error, since: "0.2", peers: ["buf:ENUM_VALUE_SAME_NAME"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &ENUM_VALUE_RENAMED,
    check,
};

/// Names of one number that a headline lists; there is a finding for each of them.
const MAX_NAMES: usize = 8;

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::ValueRenamed {
        enums,
        old,
        new,
        all_new,
        is_read,
        is_first,
    } = change
    else {
        return None;
    };
    let ty = enums.types.new;
    let list = |values: &[&crate::schema::EnumValue]| {
        let names = values.iter().take(MAX_NAMES);
        let names: Vec<String> = names.map(|v| format!("`{}`", v.name.node)).collect();
        match values.len() - names.len() {
            0 => names.join(", "),
            more => format!("{} and {more} more", names.join(", ")),
        }
    };
    let headline = format!(
        "value {} of `{}` is called {} instead of {}",
        new.number.node,
        ty.node.name,
        list(all_new),
        list(old)
    );
    // Writers of JSON take the first name, readers know all.
    let verdict = |is_read: bool| if is_read { SAFE } else { BREAK };
    let json = Directions::new(verdict(is_read.old), verdict(is_read.new));
    let mut finding = Finding::new(&ENUM_VALUE_RENAMED, headline)
        .at(Place::At(new.number.span), "")
        .in_units(Some(enums.types.old.unit), Some(ty.unit))
        .breaks(breaks(Directions::SAFE, json, both(BREAK)))
        .peer("buf:ENUM_VALUE_SAME_NAME", enums.is_by_name)
        .effect(if *is_first {
            Effect::Change
        } else {
            Effect::Repetition
        })
        .help(
            "keep the old name first and add the new one as an alias (`option allow_alias = true`)",
        );
    if let Some(value) = old.first() {
        finding = finding.was_at(value.number.span);
    }
    Some(finding)
}
