//! A number has a name now.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, LOSS, SAFE};
use crate::compat::finding::{Effect, Finding, Place, breaks, source_added};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// A value of an enum is new.
    #[page = "enum_value_added.md"]
    pub(crate) static ENUM_VALUE_ADDED = { category: Compat, level: Info, since: "0.2" };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &ENUM_VALUE_ADDED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::ValueAdded {
        enums,
        new,
        renumbered_from,
        required_in,
    } = change
    else {
        return None;
    };
    if renumbered_from.is_some() {
        return None;
    }
    let ty = enums.types.new;
    let is_closed = enums.enums.old.is_closed;
    let unread = match (is_closed, required_in) {
        (true, Some(_)) => BREAK,
        (true, None) => LOSS,
        (false, _) => SAFE,
    };
    let headline = format!("value `{}` of `{}` is new", new.name.node, ty.node.name);
    let mut finding = Finding::new(&ENUM_VALUE_ADDED, headline)
        .at(Place::At(new.span), "")
        .in_units(Some(enums.types.old.unit), Some(ty.unit))
        .breaks(breaks(
            Directions::new(SAFE, unread),
            Directions::new(SAFE, BREAK),
            source_added(),
        ))
        .effect(Effect::Addition)
        .help("deploy those who read it first");
    if let (true, Some(field)) = (is_closed, required_in) {
        finding = finding.effect(Effect::Change).corrects(true).note(format!(
            "old readers drop the value, and refuse the message because `{}` is required",
            field.name.node
        ));
    } else if is_closed {
        finding =
            finding.note("old readers drop the value: lists lose the element, maps the entry");
    }
    Some(finding)
}
