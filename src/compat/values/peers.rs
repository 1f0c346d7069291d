//! Which of the ids that other tools have for a rule fit the place of a finding.

use crate::compat::calls::Where;
use crate::diag::Rule;

/// The ids of a rule that name this place. Those tools tell parameters, bodies and what lies below
/// them apart by the words in their ids.
pub(super) fn at(rule: &'static Rule, place: &Where, is_below: bool) -> Vec<&'static str> {
    let fits = |id: &str| {
        let has = |part: &str| id.contains(part);
        match place {
            Where::Parameter { .. } | Where::Query => {
                has("-parameter-") && has("-property-") == is_below
            }
            Where::Header { .. } => has("-header-"),
            // Those tools compare calls.
            Where::Payload | Where::Headers => false,
            _ if has("-parameter-") || has("-header-") => false,
            _ if is_below => has("-property"),
            _ => has("-body-") || has("-mediatype-") || !has("-property"),
        }
    };
    let fitting = rule.peers.iter().copied();
    fitting.filter(|id| fits(id)).collect()
}
