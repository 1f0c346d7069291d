//! Readers and senders of events among the contracts that are compared together.

use super::{broken, rules};
use crate::compat::finding::{Effect, Finding};
use crate::compat::policy::Policy;
use crate::compat::report;
use crate::contract::{Consumed, Contract};
use crate::diag::Diagnostics;
use crate::schema::Uses;

/// Says of the events that a contract reads whether the versions that it understands hold the one of
/// the contract that sends the event. What was so before and is no other now is worth knowing, and no
/// more.
pub(crate) fn check_ranges(
    reader: &Contract,
    old: &[&Contract],
    new: &[&Contract],
    policy: &Policy,
) -> Diagnostics {
    let mut out: Vec<Finding<'static>> = Vec::new();
    for consumed in &reader.consumes {
        let Some(sender) = missed(consumed, new) else {
            continue;
        };
        let was_missed = old.iter().any(|before| {
            let mut same = before.consumes.iter().filter(|other| {
                before.name == reader.name
                    && other.name.node == consumed.name.node
                    && other.group.node == consumed.group.node
            });
            same.any(|other| missed(other, old).is_some())
        });
        let Some(range) = &consumed.range else {
            continue;
        };
        let name = &consumed.name.node;
        let headline = format!(
            "`{}` reads `{name}` of the versions `{}`; `{}` is at {}",
            reader.name, range.node, sender.name, sender.version
        );
        let finding = broken(
            &rules::CONSUMER_RANGE_MISSED,
            headline,
            (range.span, "holds no version that is sent now"),
            sender.version_span,
            "make sure that the reader understands the new version, and widen the range",
        );
        out.push(match was_missed {
            true => finding.effect(Effect::Change),
            false => finding,
        });
    }
    report::report(out.into_iter(), policy, |_| Uses::default())
}

/// The contract that sends an event in a version that its reader does not understand.
fn missed<'c>(consumed: &Consumed, all: &[&'c Contract]) -> Option<&'c Contract> {
    let range = consumed.range.as_ref()?;
    let mut senders = all.iter().filter(|contract| {
        let mut events = contract.events.iter();
        events.any(|event| event.name.node == consumed.name.node)
    });
    let sender = *senders.next()?;
    (!range.node.matches(&sender.version)).then_some(sender)
}
