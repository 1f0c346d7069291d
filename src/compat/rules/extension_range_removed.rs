//! Numbers are no longer open to extensions.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::finding::{Finding, Place, breaks, source_removed};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// Numbers are no longer open to extensions of others.
    #[page = "extension_range_removed.md"]
    pub(crate) static EXTENSION_RANGE_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:EXTENSION_MESSAGE_NO_DELETE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &EXTENSION_RANGE_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::RangeRemoved {
        word: "extension",
        types,
        old,
        missing,
        is_by_name,
        ..
    } = change
    else {
        return None;
    };
    let headline = format!(
        "numbers {} of `{}` are no longer open to extensions",
        parts(missing),
        types.new.node.name
    );
    let finding = Finding::new(&EXTENSION_RANGE_REMOVED, headline)
        .at(
            Place::At(types.new.node.span),
            "extensions of others no longer compile",
        )
        .was_at(old.span)
        .in_units(Some(types.old.unit), Some(types.new.unit))
        .breaks(breaks(Directions::SAFE, Directions::SAFE, source_removed()))
        .peer("buf:EXTENSION_MESSAGE_NO_DELETE", *is_by_name)
        .help("keep the range");
    Some(finding)
}

/// Ranges as people write them.
pub(super) fn parts(missing: &[(i32, i32)]) -> String {
    let one = |&(start, end): &(i32, i32)| {
        if start == end {
            start.to_string()
        } else {
            format!("{start} to {end}")
        }
    };
    missing.iter().map(one).collect::<Vec<_>>().join(", ")
}
