//! Messages of two versions of an AsyncAPI document.

use std::rc::Rc;

use super::{broken, rules};
use crate::compat::calls::{Pair, Said, Where};
use crate::compat::contain::Travel;
use crate::compat::encoding::breaks;
use crate::compat::finding::{Effect, Finding, Place, Touched, both};
use crate::compat::policy::{Mode, Policy};
use crate::compat::{avro, report};
use crate::diag::{Breaks, Diagnostics, Directions};
use crate::schema::{Description, Event, Uses};
use crate::text::{Span, Spanned};

/// What became of messages, and which payloads belong together.
pub(in crate::compat) fn messages(
    (old, was): (&Description, &[Event]),
    (new, is): (&Description, &[Event]),
) -> (Vec<Said>, Vec<Pair>) {
    let mut said = Vec::new();
    let mut pairs = Vec::new();
    let partners = partners(was, is);
    for (before, partner) in was.iter().zip(&partners) {
        match partner.map(|at| &is[at]) {
            Some(after) => {
                changed(before, after, &mut said);
                carried(before, after, &mut pairs);
            }
            None => said.push(gone(before, new.span)),
        }
    }
    for (at, after) in is.iter().enumerate() {
        if partners.contains(&Some(at)) {
            continue;
        }
        let finding = Finding::new(&rules::EVENT_ADDED, "")
            .at(Place::At(after.name.span), "new")
            .was_at(old.span)
            .effect(Effect::Addition);
        said.push(about(
            finding,
            after,
            format!("is {} from now on", verb(after)),
        ));
    }
    (said, pairs)
}

/// What became of payloads that readers need the schema of.
pub(in crate::compat) fn datums(was: &[Event], is: &[Event], policy: &Policy) -> Diagnostics {
    let mut found = Diagnostics::default();
    for (before, partner) in was.iter().zip(partners(was, is)) {
        let Some(after) = partner.map(|at| &is[at]) else {
            continue;
        };
        let uses = Uses {
            operations: [before.name.node.to_string()].into(),
            ..Uses::default()
        };
        match (&before.datum, &after.datum) {
            (Some(old), Some(new)) => {
                // To listeners old data is what a caller of the old release gets.
                let mode = match (policy.mode, after.is_sent) {
                    (Mode::Backward, true) => Mode::Forward,
                    (Mode::Forward, true) => Mode::Backward,
                    (mode, _) => mode,
                };
                let policy = Policy {
                    mode,
                    ..policy.clone()
                };
                found.absorb(avro::compare(
                    (old, old.root),
                    (new, new.root),
                    &uses,
                    &policy,
                ));
            }
            (None, None) => {}
            _ => {
                let headline = format!(
                    "the payload of `{}` is described in another language",
                    after.name.node
                );
                let finding = broken(
                    &rules::EVENT_PAYLOAD_REPLACED,
                    headline,
                    (after.name.span, "another language"),
                    before.name.span,
                    "send it in the old form beside the new one, as a new message",
                )
                .touches(Touched::Messages(uses));
                found.absorb(report::report(std::iter::once(finding), policy, |_| {
                    Uses::default()
                }));
            }
        }
    }
    found
}

fn verb(event: &Event) -> &'static str {
    if event.is_sent { "sent" } else { "received" }
}

fn travel(event: &Event) -> Travel {
    match event.is_sent {
        true => Travel::Response,
        false => Travel::Request,
    }
}

/// Something said about a message.
fn about(finding: Finding<'static>, event: &Event, becomes: String) -> Said {
    let mut said = Said::new(finding, "", becomes);
    said.operations = Rc::from([Rc::from(&*event.name.node)]);
    said.travel = travel(event);
    said.is_of_messages = true;
    said
}

/// For each old message the new one: of the same name and direction, in the same channel before all
/// others. Each new one is taken once, but for messages that several operations share.
fn partners(was: &[Event], is: &[Event]) -> Vec<Option<usize>> {
    let mut taken = vec![false; is.len()];
    let mut out = vec![None; was.len()];
    let channel = |event: &Event| event.channel.as_ref().map(|channel| channel.node.clone());
    for in_place in [true, false] {
        for (at, before) in was.iter().enumerate() {
            if out[at].is_some() {
                continue;
            }
            let found = is.iter().enumerate().position(|(other, after)| {
                !taken[other]
                    && after.name.node == before.name.node
                    && after.is_sent == before.is_sent
                    && (!in_place || channel(after) == channel(before))
            });
            if let Some(found) = found {
                taken[found] = true;
                out[at] = Some(found);
            }
        }
    }
    out
}

fn gone(before: &Event, at: Span) -> Said {
    let finding = broken(
        &rules::EVENT_REMOVED,
        String::new(),
        (at, "no operation of the document has it"),
        before.name.span,
        "keep it until nobody uses it any more",
    );
    about(finding, before, format!("is no longer {}", verb(before)))
}

fn changed(before: &Event, after: &Event, out: &mut Vec<Said>) {
    if let (Some(was), Some(is)) = (&before.channel, &after.channel)
        && was.node != is.node
    {
        let finding = broken(
            &rules::EVENT_CHANNEL_CHANGED,
            String::new(),
            (is.span, "another channel"),
            was.span,
            "use both channels until everybody has moved",
        );
        let becomes = format!("travels in `{}`; it was `{}`", is.node, was.node);
        out.push(about(finding, after, becomes));
    }
    let key = |event: &Event| -> Option<Spanned<Box<str>>> {
        let mut marks = event.marks.iter();
        let found = marks.find(|(mark, _)| *mark == "key");
        found.map(|(_, text)| text.clone())
    };
    let (was, is) = (key(before), key(after));
    let text = |key: &Option<Spanned<Box<str>>>| key.as_ref().map(|key| key.node.clone());
    if let Some(was) = was.filter(|was| text(&is).as_ref() != Some(&was.node)) {
        let at = is.map_or(after.name.span, |is| is.span);
        // It is a schema, so another text may mean the same.
        let finding = Finding::new(&rules::EVENT_KEY_CHANGED, "")
            .at(Place::At(at), "another schema of keys")
            .was_at(was.span)
            .breaks(Breaks {
                json: Some(Directions::new(
                    both(breaks("keys that only one schema describes")).old_to_new,
                    both(breaks("keys that only one schema describes")).new_to_old,
                )),
                ..Breaks::default()
            })
            .help("messages of one thing may go to another partition than before");
        out.push(about(finding, after, "has another key".to_owned()));
    }
}

fn carried(before: &Event, after: &Event, out: &mut Vec<Pair>) {
    let mut pair = |old, new, place| {
        out.push(Pair {
            old,
            new,
            travel: travel(after),
            place,
            operation: Some(after.name.node.clone()),
            old_at: before.name.span,
            new_at: after.name.span,
        });
    };
    let is_read_by_schema = before.datum.is_some() || after.datum.is_some();
    if (before.payload.is_some() || after.payload.is_some()) && !is_read_by_schema {
        pair(before.payload, after.payload, Where::Payload);
    }
    if before.headers.is_some() || after.headers.is_some() {
        pair(before.headers, after.headers, Where::Headers);
    }
}
