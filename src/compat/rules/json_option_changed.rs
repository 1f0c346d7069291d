//! An option changes the JSON form.

use crate::compat::attrs;
use crate::compat::change::{Change, Pair};
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Finding, breaks as hurts};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::{Breaks, Directions};
use crate::schema::{AttrDef, AttrHurt, AttrOwner};

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
    attrs::finding(change, &JSON_OPTION_CHANGED, AttrHurt::Json, meaning)
}

fn meaning(def: &AttrDef, values: Pair<&str>) -> Breaks {
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
    hurts(Directions::SAFE, json, Directions::SAFE)
}
