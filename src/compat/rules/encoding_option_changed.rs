//! An option changes what readers of the binary form accept.

use super::generated_code_changed::{headline, place};
use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{LOSS, SAFE, breaks, loss};
use crate::compat::finding::{Effect, Finding, both, breaks as hurts};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;
use crate::schema::AttrHurt;

declare_rule! {
    /// An option changes what the binary form is or what its readers accept.
    #[page = "encoding_option_changed.md"]
    pub(crate) static ENCODING_OPTION_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:FIELD_SAME_UTF8_VALIDATION", "buf:FIELD_SAME_JAVA_UTF8_VALIDATION"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &ENCODING_OPTION_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::AttrChanged {
        def,
        of,
        values,
        written,
        is_told,
    } = change
    else {
        return None;
    };
    if def.hurts != AttrHurt::Binary {
        return None;
    }
    let unreadable = "text that is not UTF-8 is sent";
    let (binary, json) = match (values.old, values.new) {
        (_, "VERIFY") => (
            Directions::new(breaks(unreadable), SAFE),
            Directions::new(loss(unreadable), SAFE),
        ),
        ("VERIFY", _) => (
            Directions::new(SAFE, breaks(unreadable)),
            Directions::new(SAFE, loss(unreadable)),
        ),
        _ => (both(LOSS), Directions::SAFE),
    };
    let mut finding = Finding::new(&ENCODING_OPTION_CHANGED, headline(change))
        .at(place(of, written.new), "")
        .in_units(Some(of.units.old), Some(of.units.new))
        .breaks(hurts(binary, json, Directions::SAFE))
        .corrects(true)
        .effect(if *is_told {
            Effect::Repetition
        } else {
            Effect::Change
        })
        .help("keep the old value");
    for id in def.peers {
        finding = finding.peer(id, of.is_by_name);
    }
    if let Some(span) = written.old.or(of.spans.map(|spans| spans.old)) {
        finding = finding.was_at(span);
    }
    Some(finding)
}
