//! A procedure is new.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE};
use crate::compat::finding::{Effect, Finding, Place, breaks, source_added};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// An rpc is new.
    #[page = "method_added.md"]
    pub(crate) static METHOD_ADDED = { category: Compat, level: Info, since: "0.2" };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &METHOD_ADDED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::MethodAdded { services, new } = change else {
        return None;
    };
    let calls = Directions::new(SAFE, BREAK);
    let headline = format!(
        "rpc `{}` of `{}` is new",
        new.name.node, services.new.node.name
    );
    let finding = Finding::new(&METHOD_ADDED, headline)
        .at(Place::At(new.span), "")
        .in_units(Some(services.old.unit), Some(services.new.unit))
        .breaks(breaks(calls.clone(), calls, source_added()))
        .effect(Effect::Addition)
        .note("an old server answers UNIMPLEMENTED")
        .help("deploy servers first");
    Some(finding)
}
