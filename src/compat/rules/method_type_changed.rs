//! A procedure takes or gives another record.

use super::package_changed::went_along;
use crate::compat::change::{Change, Pair};
use crate::compat::cx::Cx;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Effect, Finding, Place, both, breaks};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// An rpc takes or gives another message.
    #[page = "method_type_changed.md"]
    pub(crate) static METHOD_TYPE_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:RPC_SAME_REQUEST_TYPE", "buf:RPC_SAME_RESPONSE_TYPE"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &METHOD_TYPE_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, cx: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::MessageChanged { methods, is_input } = change else {
        return None;
    };
    let (old, new) = (methods.methods.old, methods.methods.new);
    let (old_message, new_message) = if *is_input {
        (&old.input, &new.input)
    } else {
        (&old.output, &new.output)
    };
    let shape = cx.shape(&old_message.name, &new_message.name);
    // A request goes from client to server, a response the other way.
    let seen_by_callers = |both: Directions| {
        if *is_input {
            both
        } else {
            Directions::new(both.new_to_old, both.old_to_new)
        }
    };
    let units = Pair {
        old: methods.services.old.unit,
        new: methods.services.new.unit,
    };
    let what = if *is_input { "request" } else { "response" };
    let headline = format!(
        "the {what} of rpc `{}` changed from `{}` to `{}`",
        new.name.node, old_message.name, new_message.name
    );
    let mut finding = Finding::new(&METHOD_TYPE_CHANGED, headline)
        .at(Place::At(new_message.span), "")
        .was_at(old_message.span)
        .in_units(
            Some(methods.services.old.unit),
            Some(methods.services.new.unit),
        )
        .breaks(breaks(
            seen_by_callers(shape.binary),
            seen_by_callers(shape.json),
            both(BREAK),
        ))
        .peer("buf:RPC_SAME_REQUEST_TYPE", *is_input && methods.is_by_name)
        .peer(
            "buf:RPC_SAME_RESPONSE_TYPE",
            !*is_input && methods.is_by_name,
        )
        .effect(if went_along(units, &old_message.name, &new_message.name) {
            Effect::Repetition
        } else {
            Effect::Change
        })
        .help("keep the message and change its fields, or add another rpc");
    if let Some(reason) = shape.reason {
        finding = finding.note(reason.note(None));
    }
    Some(finding)
}
