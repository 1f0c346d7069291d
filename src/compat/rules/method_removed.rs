//! A procedure is gone.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Finding, Place, breaks, source_removed};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// An rpc is gone.
    #[page = "method_removed.md"]
    pub(crate) static METHOD_REMOVED = { category: Compat, level: Error, since: "0.2", peers: ["buf:RPC_NO_DELETE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &METHOD_REMOVED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::MethodRemoved {
        services,
        old,
        is_by_name,
    } = change
    else {
        return None;
    };
    let calls = Directions::new(BREAK, SAFE);
    let headline = format!(
        "rpc `{}` of `{}` is gone",
        old.name.node, services.old.node.name
    );
    let finding = Finding::new(&METHOD_REMOVED, headline)
        .at(Place::At(services.new.node.span), "it was declared in here")
        .was_at(old.span)
        .in_units(Some(services.old.unit), Some(services.new.unit))
        .breaks(breaks(calls.clone(), calls, source_removed()))
        .peer("buf:RPC_NO_DELETE", *is_by_name)
        .corrects(true)
        .help("keep it until no client calls it: its calls are answered with UNIMPLEMENTED");
    Some(finding)
}
