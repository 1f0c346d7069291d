//! Events of two versions of a contract.

use super::records::{self, RecordPair};
use super::{broken, rules};
use crate::compat::avro;
use crate::compat::calls::{Pair, Where, findings};
use crate::compat::contain::Travel;
use crate::compat::encoding::BREAK;
use crate::compat::finding::{Effect, Finding, Place, Touched};
use crate::compat::policy::{Mode, Policy, Strictness};
use crate::compat::{report, values};
use crate::contract::{Carried, Contract, ContractName, Event, Evolution, Mark, Topic, mark_type};
use crate::diag::{Breaks, Diagnostics, Directions, Rule};
use crate::schema::{Description, Payload, SchemaSet, Uses};
use crate::text::{Span, Spanned};

/// One version of a contract, and what its messages hold.
pub(crate) struct EventSide<'a> {
    /// The contract.
    pub(crate) contract: &'a Contract,
    /// The payloads of its events in their order; `None` for those about which everything was said.
    pub(crate) payloads: Vec<Option<Payload<'a>>>,
}

/// Which comparison of a history it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// With the last version: everything counts.
    Last,
    /// With an earlier one: only what promises to be understood by every version.
    Earlier,
}

/// Compares what two versions of a contract promise to those who read and send messages.
pub(crate) fn check_events(
    old: &EventSide<'_>,
    new: &EventSide<'_>,
    policy: &Policy,
    scope: Scope,
) -> Diagnostics {
    let mut out = Vec::new();
    if scope == Scope::Last {
        lists(old, new, &mut out);
    }
    replaced(old, new, policy, scope, &mut out);
    let mut found = report::report(out.into_iter(), policy, |_| Uses::default());
    payloads(old, new, policy, scope, &mut found);
    found
}

fn by_name<'c>(contract: &'c Contract, event: &Event) -> Option<(usize, &'c Event)> {
    let mut events = contract.events.iter().enumerate();
    events.find(|(_, other)| other.name.node == event.name.node)
}

fn lists(old_side: &EventSide<'_>, new_side: &EventSide<'_>, out: &mut Vec<Finding<'static>>) {
    let (old, new) = (old_side.contract, new_side.contract);
    for (was, before) in old.events.iter().zip(&old_side.payloads) {
        match by_name(new, was) {
            Some((at, is)) => {
                event(was, is, out);
                let after = new_side.payloads.get(at).copied().flatten();
                if let (Some(before), Some(after)) = (before, after) {
                    retyped((was, before), (is, &after), out);
                }
            }
            None => out.push(broken(
                &rules::EVENT_REMOVED,
                format!("the event `{}` is no longer sent", was.name.node),
                (new.name_span, "the contract does not name it"),
                was.name.span,
                "go on sending it until nobody reads it any more",
            )),
        }
    }
    for is in &new.events {
        if by_name(old, is).is_none() {
            let headline = format!("the event `{}` is new", is.name.node);
            out.push(added(&rules::EVENT_ADDED, headline, is.name.span, "new"));
        }
    }
    for was in &old.consumes {
        let of_event = |list: &'_ [crate::contract::Consumed]| -> Vec<(Box<str>, Span)> {
            list.iter()
                .filter(|other| other.name.node == was.name.node)
                .map(|other| (other.group.node.clone(), other.group.span))
                .collect()
        };
        let (before, after) = (of_event(&old.consumes), of_event(&new.consumes));
        if let ([(before, old_at)], [(after, at)]) = (before.as_slice(), after.as_slice())
            && before != after
        {
            let headline = format!(
                "`{}` is read by the group `{after}`; it was `{before}`",
                was.name.node
            );
            out.push(
                Finding::new(&rules::CONSUMER_GROUP_CHANGED, headline)
                    .at(Place::At(*at), "knows nothing of what was read")
                    .was_at(*old_at)
                    .help("keep the group, or copy its offsets before the change"),
            );
        }
    }
}

fn added(rule: &'static Rule, headline: String, at: Span, label: &str) -> Finding<'static> {
    Finding::new(rule, headline)
        .at(Place::At(at), label)
        .effect(Effect::Addition)
}

fn event(was: &Event, is: &Event, out: &mut Vec<Finding<'static>>) {
    for mark in Mark::ALL {
        carried(mark, was, is, out);
    }
    let name = &is.name.node;
    if was.envelope.is_some() != is.envelope.is_some() {
        let becomes = match is.envelope {
            Some(_) => "stands in an envelope of CloudEvents from now on",
            None => "stands in no envelope any more",
        };
        out.push(broken(
            &rules::EVENT_ENVELOPE_CHANGED,
            format!("the payload of `{name}` {becomes}"),
            (is.envelope.unwrap_or(is.name.span), "another form"),
            was.envelope.unwrap_or(was.name.span),
            "send it in the old form beside the new one, as a new major version",
        ));
    }
    topic(was, is, out);
    if let (Some(before), Some(after)) = (&was.window_ms, &is.window_ms)
        && after.node > before.node
    {
        out.push(
            Finding::new(
                &rules::EVENT_WINDOW_LENGTHENED,
                format!("`{name}` may come again for longer"),
            )
            .at(Place::At(after.span), "longer than it was")
            .was_at(before.span)
            .help("readers that forget after the old window act twice; tell them first"),
        );
    }
    let (before, after) = (was.evolution.value, is.evolution.value);
    let is_looser = (before.is_backward && !after.is_backward)
        || (before.is_forward && !after.is_forward)
        || (before.is_transitive && !after.is_transitive);
    if is_looser {
        out.push(
            Finding::new(
                &rules::EVENT_EVOLUTION_LOOSENED,
                format!("`{name}` evolves `{after}` from now on; it was `{before}`"),
            )
            .at(
                Place::At(is.evolution.origin.span().unwrap_or(is.name.span)),
                "promises less",
            )
            .was_at(was.evolution.origin.span().unwrap_or(was.name.span))
            .help("messages of the old promise are still in the log; begin a new major version"),
        );
    }
}

/// What becomes of who relied on a mark: the rule, what it is, and the harm.
fn of_mark(mark: Mark) -> (&'static Rule, &'static str, &'static str) {
    match mark {
        Mark::Key => (
            &rules::EVENT_KEY_CHANGED,
            "key",
            "messages of one thing go to another partition than before; begin a new major version",
        ),
        Mark::Ordering => (
            &rules::EVENT_ORDERING_CHANGED,
            "order",
            "readers meet messages in an order that they were promised not to; begin a new major version",
        ),
        Mark::Idempotency => (
            &rules::EVENT_IDEMPOTENCY_CHANGED,
            "identity",
            "readers take repeated messages for new ones; begin a new major version",
        ),
        Mark::Timestamp => (
            &rules::EVENT_TIMESTAMP_CHANGED,
            "time",
            "readers go on reading the old place; keep it, and add the new one",
        ),
        Mark::Version => (
            &rules::EVENT_VERSION_CHANGED,
            "version",
            "readers go on reading the old place; keep it, and add the new one",
        ),
    }
}

fn carried(mark: Mark, was: &Event, is: &Event, out: &mut Vec<Finding<'static>>) {
    let (rule, what, help) = of_mark(mark);
    let name = &is.name.node;
    let same = |l: &Carried, r: &Carried| {
        l.path.node == r.path.node && l.is_in_envelope == r.is_in_envelope
    };
    match (was.mark(mark), is.mark(mark)) {
        (Some(before), Some(after)) if !same(before, after) => out.push(broken(
            rule,
            format!("the {what} of `{name}` is {after}; it was {before}"),
            (after.path.span, "another place"),
            before.path.span,
            help,
        )),
        (Some(before), None) => out.push(broken(
            rule,
            format!("the {what} of `{name}` is no longer said; it was {before}"),
            (is.name.span, "says nothing"),
            before.path.span,
            help,
        )),
        (None, Some(after)) => out.push(added(
            &rules::EVENT_MARK_ADDED,
            format!("the {what} of `{name}` is {after}; nothing was said of it"),
            after.path.span,
            "new",
        )),
        _ => {}
    }
}

/// Marks that are where they were and are values of another type.
fn retyped(
    (was, before): (&Event, &Payload<'_>),
    (is, after): (&Event, &Payload<'_>),
    out: &mut Vec<Finding<'static>>,
) {
    for mark in Mark::ALL {
        let (Some(old), Some(new)) = (was.mark(mark), is.mark(mark)) else {
            continue;
        };
        if old.path.node != new.path.node {
            continue;
        }
        let types = (mark_type(was, old, before), mark_type(is, new, after));
        let (Some((old_type, old_at)), Some((new_type, new_at))) = types else {
            continue;
        };
        if old_type != new_type {
            let (rule, what, help) = of_mark(mark);
            out.push(broken(
                rule,
                format!(
                    "the {what} of `{}`, {new}, is {new_type}; it was {old_type}",
                    is.name.node
                ),
                (new_at, "another type"),
                old_at,
                help,
            ));
        }
    }
}

fn topic(was: &Event, is: &Event, out: &mut Vec<Finding<'static>>) {
    let name = &is.name.node;
    let (before, after) = match (&was.topic, &is.topic) {
        (Some(before), Some(after)) => (before, after),
        (Some(before), None) => {
            out.push(broken(
                &rules::EVENT_CHANNEL_CHANGED,
                format!("`{name}` no longer travels in `{}`", before.name.node),
                (is.name.span, "names no channel"),
                before.name.span,
                "go on sending it where its readers listen",
            ));
            return;
        }
        (None, _) => return,
    };
    if before.name.node != after.name.node {
        out.push(broken(
            &rules::EVENT_CHANNEL_CHANGED,
            format!(
                "`{name}` travels in `{}`; it was `{}`",
                after.name.node, before.name.node
            ),
            (after.name.span, "another topic"),
            before.name.span,
            "send it to both until its readers have moved",
        ));
        return;
    }
    partitions(was, (before, after), is, out);
    if let (Some(kept), Some(keeps)) = (&before.retention_ms, &after.retention_ms)
        && keeps.node < kept.node
    {
        out.push(
            Finding::new(
                &rules::EVENT_RETENTION_SHORTENED,
                format!("messages of `{name}` are kept for a shorter time"),
            )
            .at(Place::At(keeps.span), "shorter than it was")
            .was_at(kept.span)
            .help("readers that are behind, or begin anew, miss what is gone"),
        );
    }
}

fn partitions(
    was: &Event,
    (before, after): (&Topic, &Topic),
    is: &Event,
    out: &mut Vec<Finding<'static>>,
) {
    let (Some(split), Some(splits)) = (&before.partitions, &after.partitions) else {
        return;
    };
    if split.node == splits.node {
        return;
    }
    // Without an order nobody relies on which log a message is in.
    let is_ordered = was.mark(Mark::Ordering).is_some();
    let finding = broken(
        &rules::EVENT_PARTITIONS_CHANGED,
        format!(
            "the topic of `{}` has {} partitions; it had {}",
            is.name.node, splits.node, split.node
        ),
        (splits.span, "keys move to other partitions"),
        split.span,
        "fill a new topic from the old one, so that each key is in one partition of one topic",
    );
    out.push(match is_ordered {
        true => finding,
        false => finding.effect(Effect::Change),
    });
}

/// The mode in which payloads are compared.
fn mode(evolution: Evolution, policy: &Policy) -> Mode {
    if policy.mode == Mode::None {
        return Mode::None;
    }
    match (evolution.is_backward, evolution.is_forward) {
        (true, true) => Mode::Full,
        (true, false) => Mode::Backward,
        (false, true) => Mode::Forward,
        (false, false) => Mode::None,
    }
}

/// Events with the mode that their payloads are held to, and both payloads: those that the scope
/// asks for.
fn held<'e, 's>(
    old: &'e EventSide<'s>,
    new: &'e EventSide<'s>,
    policy: &Policy,
    scope: Scope,
) -> Vec<(&'s Event, &'s Event, Mode, [Payload<'s>; 2])> {
    let mut out = Vec::new();
    for (was, before) in old.contract.events.iter().zip(&old.payloads) {
        let Some((at, is)) = by_name(new.contract, was) else {
            continue;
        };
        let (Some(before), Some(after)) = (before, new.payloads.get(at).copied().flatten()) else {
            continue;
        };
        if scope == Scope::Earlier && !was.evolution.value.is_transitive {
            continue;
        }
        out.push((was, is, mode(was.evolution.value, policy), [*before, after]));
    }
    out
}

/// Payloads that those who read the old ones cannot even begin to read.
fn replaced(
    old: &EventSide<'_>,
    new: &EventSide<'_>,
    policy: &Policy,
    scope: Scope,
    out: &mut Vec<Finding<'static>>,
) {
    for (was, is, mode, payloads) in held(old, new, policy, scope) {
        let name = &is.name.node;
        let counts = |finding: Finding<'static>| match mode {
            Mode::None => finding.effect(Effect::Addition),
            _ => finding,
        };
        let [before, after] = payloads.map(|payload| payload.form());
        if before != after {
            let finding = broken(
                &rules::EVENT_PAYLOAD_REPLACED,
                format!("the payload of `{name}` is {after}; it was {before}"),
                (spot(is), "another language"),
                spot(was),
                "send it in the old form beside the new one, as a new major version",
            );
            let has_text = |payload: &Payload<'_>| !matches!(payload, Payload::Datum(..));
            let has_bytes = |payload: &Payload<'_>| !matches!(payload, Payload::Value(..));
            out.push(counts(unreadable(
                finding,
                name,
                payloads.iter().any(has_bytes),
                payloads.iter().any(has_text),
            )));
        }
        let (Some(before), Some(after)) = (&was.encoding, &is.encoding) else {
            continue;
        };
        if before.node != after.node {
            let finding = broken(
                &rules::EVENT_ENCODING_CHANGED,
                format!("`{name}` travels in another form"),
                (after.span, "another form"),
                before.span,
                "send it in the old form beside the new one, as a new major version",
            );
            out.push(counts(unreadable(finding, name, true, true)));
        }
    }
}

/// A finding about a message that neither side reads of the other, in any form that it has on one of
/// them.
fn unreadable(
    finding: Finding<'static>,
    event: &ContractName,
    is_binary: bool,
    is_text: bool,
) -> Finding<'static> {
    let both = || Directions::new(BREAK, BREAK);
    finding
        .breaks(Breaks {
            binary: is_binary.then(both),
            json: is_text.then(both),
            source: None,
        })
        .touches(Touched::Messages(Uses {
            operations: [event.to_string()].into(),
            ..Uses::default()
        }))
}

/// Payloads that one question is about: the same documents, held to the same.
struct Group<'a> {
    documents: [&'a Description; 2],
    mode: Mode,
    pairs: Vec<Pair>,
}

/// Messages of the same files, held to the same.
struct Records<'a> {
    sets: [&'a SchemaSet; 2],
    mode: Mode,
    pairs: Vec<RecordPair<'a>>,
}

fn payloads(
    old: &EventSide<'_>,
    new: &EventSide<'_>,
    policy: &Policy,
    scope: Scope,
    found: &mut Diagnostics,
) {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut records: Vec<Records<'_>> = Vec::new();
    for (was, is, mode, payloads) in held(old, new, policy, scope) {
        let (old_in, before, new_in, after) = match payloads {
            [Payload::Value(old, before), Payload::Value(new, after)] => (old, before, new, after),
            [Payload::Record(old, before), Payload::Record(new, after)] => {
                let pair = RecordPair {
                    event: was.name.node.to_string(),
                    names: [before, after],
                    at: [spot(was), spot(is)],
                    encoding: was.encoding.or(is.encoding).map(|encoding| encoding.node),
                };
                let is_of = |group: &&mut Records<'_>| {
                    let [was, is] = group.sets;
                    group.mode == mode && std::ptr::eq(was, old) && std::ptr::eq(is, new)
                };
                match records.iter_mut().find(is_of) {
                    Some(group) => group.pairs.push(pair),
                    None => records.push(Records {
                        sets: [old, new],
                        mode,
                        pairs: vec![pair],
                    }),
                }
                continue;
            }
            [Payload::Datum(old, before), Payload::Datum(new, after)] => {
                let uses = Uses {
                    operations: [was.name.node.to_string()].into(),
                    ..Uses::default()
                };
                let policy = Policy {
                    mode,
                    ..policy.clone()
                };
                found.absorb(avro::compare((old, before), (new, after), &uses, &policy));
                continue;
            }
            _ => continue,
        };
        let pair = Pair {
            old: Some(before),
            new: Some(after),
            travel: Travel::Plain,
            place: Where::Payload,
            operation: Some(was.name.node.to_string().into()),
            old_at: spot(was),
            new_at: spot(is),
        };
        let is_of = |group: &&mut Group<'_>| {
            let [old, new] = group.documents;
            group.mode == mode && std::ptr::eq(old, old_in) && std::ptr::eq(new, new_in)
        };
        match groups.iter_mut().find(is_of) {
            Some(group) => group.pairs.push(pair),
            None => groups.push(Group {
                documents: [old_in, new_in],
                mode,
                pairs: vec![pair],
            }),
        }
    }
    for group in records {
        let [old, new] = group.sets;
        let policy = Policy {
            mode: group.mode,
            strictness: policy.strictness.max(Strictness::Json),
            ..policy.clone()
        };
        found.absorb(records::compare(old, new, &group.pairs, &policy));
    }
    for group in groups {
        let [old, new] = group.documents;
        let mut policy = policy.clone();
        policy.mode = group.mode;
        let values = values::compare(&group.pairs, old, new, &policy);
        found.compared(values.undecided);
        found.absorb(report::report(
            findings(values.said).into_iter(),
            &policy,
            |_| Uses::default(),
        ));
    }
}

/// Where a contract says what an event holds.
fn spot(event: &Event) -> Span {
    let Spanned { span, .. } = event.name;
    event.schema.as_ref().map_or(span, |schema| schema.span)
}
