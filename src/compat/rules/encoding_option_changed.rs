//! An option changes what readers of the binary form accept.

use crate::compat::attrs;
use crate::compat::change::{Change, Pair};
use crate::compat::cx::Cx;
use crate::compat::encoding::{LOSS, SAFE, breaks, loss};
use crate::compat::finding::{Finding, both, breaks as hurts};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::{Breaks, Directions};
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
    let finding = attrs::finding(
        change,
        &ENCODING_OPTION_CHANGED,
        AttrHurt::Binary,
        |_, values| meaning(values),
    )?;
    Some(finding.corrects(true))
}

fn meaning(values: Pair<&str>) -> Breaks {
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
    hurts(binary, json, Directions::SAFE)
}
