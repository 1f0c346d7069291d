//! A procedure takes or gives a stream, or no longer.

use crate::compat::change::Change;
use crate::compat::cx::Cx;
use crate::compat::encoding::{BREAK, SAFE, breaks};
use crate::compat::finding::{Finding, Place, both, breaks as hurts};
use crate::compat::rules::CompatRule;
use crate::declare_rule;
use crate::diag::Directions;

declare_rule! {
    /// An rpc takes or gives a stream, or no longer does.
    #[page = "streaming_changed.md"]
    pub(crate) static STREAMING_CHANGED = { category: Compat, level: Error, since: "0.2", peers: ["buf:RPC_SAME_CLIENT_STREAMING", "buf:RPC_SAME_SERVER_STREAMING"] };
}

pub(super) const COMPAT: CompatRule = CompatRule {
    rule: &STREAMING_CHANGED,
    check,
};

fn check<'a>(change: &Change<'a>, _: &Cx<'a>) -> Option<Finding<'a>> {
    let Change::StreamingChanged { methods, is_input } = change else {
        return None;
    };
    let (old, new) = (methods.methods.old, methods.methods.new);
    let message = if *is_input { &new.input } else { &new.output };
    // One message is a legal stream; who expects exactly one fails when none or two arrive.
    let binary = match (*is_input, message.is_stream) {
        (true, true) => Directions::new(SAFE, breaks("a new client sends none or several")),
        (true, false) => Directions::new(breaks("an old client sends none or several"), SAFE),
        (false, true) => Directions::new(breaks("the server answers with none or several"), SAFE),
        (false, false) => Directions::new(SAFE, breaks("the server answers with none or several")),
    };
    let who = if *is_input { "client" } else { "server" };
    let (from, to) = if message.is_stream {
        ("one message", "a stream")
    } else {
        ("a stream", "one message")
    };
    let headline = format!(
        "the {who} of rpc `{}` sends {to} instead of {from}",
        new.name.node
    );
    let finding = Finding::new(&STREAMING_CHANGED, headline)
        .at(Place::At(new.span), "")
        .was_at(old.span)
        .in_units(
            Some(methods.services.old.unit),
            Some(methods.services.new.unit),
        )
        .breaks(hurts(binary, both(BREAK), both(BREAK)))
        .peer(
            "buf:RPC_SAME_CLIENT_STREAMING",
            *is_input && methods.is_by_name,
        )
        .peer(
            "buf:RPC_SAME_SERVER_STREAMING",
            !*is_input && methods.is_by_name,
        )
        .note("Connect uses another content type for streams, so both directions fail there")
        .help("add another rpc");
    Some(finding)
}
