//! An option changes the JSON form.

use super::generated_code_changed::{headline, place};
use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Effect, Finding, breaks as hurts};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;
use crate::schema::{AttrHurt, AttrOwner};

declare_rule! {
    /// An option changes what the JSON form is or who may ask for it.
    #[page = "json_option_changed.md"]
    pub(crate) static JSON_OPTION_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:ENUM_SAME_JSON_FORMAT", "buf:MESSAGE_SAME_JSON_FORMAT", "buf:RPC_SAME_IDEMPOTENCY_LEVEL"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &JSON_OPTION_CHANGED,
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
    if def.hurts != AttrHurt::Json {
        return None;
    }
    let json = match def.of {
        // Calls without side effects may come as GET, which others answer with an error.
        AttrOwner::Method => {
            let gets = |level: &str| level == "NO_SIDE_EFFECTS";
            let old_asks = gets(values.old) && !gets(values.new);
            let new_asks = gets(values.new) && !gets(values.old);
            let verdict = |asks| if asks { BREAK } else { SAFE };
            Directions::new(verdict(old_asks), verdict(new_asks))
        }
        // No runtime is known that refuses such a type; it only stops to promise a form.
        _ => Directions::SAFE,
    };
    let mut finding = Finding::new(&JSON_OPTION_CHANGED, headline(change))
        .at(place(of, written.new), "")
        .in_units(Some(of.units.old), Some(of.units.new))
        .breaks(hurts(Directions::SAFE, json, Directions::SAFE))
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
