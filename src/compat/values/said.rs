//! From places where values are refused to what is said about them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::becomes::{Refusal, kinds_of};
use super::example::{brief, example};
use super::harmless::Change;
use super::peers;
use super::phrase::{code, list, phrase};
use super::plausible::plausible;
use super::proof::Proof;
use super::rules;
use super::walk::{Root, Walk, of_side, part, words};
use crate::compat::calls::{Pair, Said, Where};
use crate::compat::confirm::{Unconfirmed, confirm};
use crate::compat::contain::{Cause, Sided, Travel, Verdict as Answer};
use crate::compat::finding::{Effect, Finding, Place};
use crate::diag::{Breaks, Directions, Outcome, Rule, Verdict, Witness};
use crate::schema::{Constraint, Json, ShapeId, Shapes};
use crate::text::{Side, Span};

/// Most findings that get a whole value as their proof; the search for one is the dear part.
const MAX_PROOFS: usize = 2_000;

/// Everything that there is to say, in the order of the calls.
pub(super) fn all(mut walk: Walk<'_>) -> Vec<Said> {
    let uses = walk.uses();
    let mut out = Vec::new();
    let mut places: BTreeMap<Key, usize> = BTreeMap::new();
    let mut open: BTreeMap<(Travel, Side, ShapeId, String), usize> = BTreeMap::new();
    let mut proofs = 0;
    // What breaks the reading in force breaks the letter as well, and is told first.
    let (letter, read): (Vec<usize>, Vec<usize>) =
        (0..walk.nodes.len()).partition(|at| walk.nodes[*at].is_letter);
    for at in read.into_iter().chain(letter) {
        let node = &walk.nodes[at];
        let root = walk.roots[node.root].clone();
        let explained = node.explained.clone();
        let (writer, reader) = (node.writer, node.reader);
        let is_letter = node.is_letter;
        for (cause, values) in told(&walk, &root, writer, &explained.causes) {
            let key = Key::of(&walk, &root, writer, cause, &values);
            let first = *places.entry(key).or_insert(out.len());
            if first == out.len() {
                proofs += 1;
                out.push(Draft {
                    said: refused(&mut walk, at, &root, (cause, &values), proofs <= MAX_PROOFS),
                    pairs: uses[at].clone(),
                    is_letter,
                    place: Some((at, String::new())),
                });
            } else if out[first].is_letter == is_letter {
                out[first].pairs.extend(uses[at].iter().copied());
            }
        }
        for doubt in explained.doubts.iter().filter(|_| !is_letter) {
            let shape = match doubt.shape {
                Some(shape) if shape.side == root.reader.side => shape.shape,
                _ => reader,
            };
            let key = (root.travel, root.reader.side, shape, &*doubt.why);
            let key = (key.0, key.1, key.2, key.3.to_owned());
            let first = *open.entry(key).or_insert(out.len());
            if first < out.len() {
                out[first].pairs.extend(uses[at].iter().copied());
                continue;
            }
            let below = words(&doubt.steps);
            let writer = part(walk.side(root.writer.side), writer, &doubt.steps).unwrap_or(writer);
            out.push(Draft {
                said: unknown(&walk, at, &below, &root, (writer, shape), &doubt.why),
                pairs: uses[at].clone(),
                is_letter,
                place: Some((at, below)),
            });
        }
    }
    let changes = std::mem::take(&mut walk.rewritten.changes);
    for change in &changes {
        let root = walk.roots[change.root].clone();
        let pairs = [root.pair].into();
        out.push(Draft {
            said: rewritten(&walk, change, &root),
            pairs,
            is_letter: false,
            place: None,
        });
    }
    out.into_iter()
        .map(|draft| with_calls(draft, &walk))
        .collect()
}

/// Something said, and the pairs that lead to it.
struct Draft {
    said: Said,
    pairs: BTreeSet<usize>,
    /// Whether only the letter is broken.
    is_letter: bool,
    /// The node it is about, and the way on from there; none where it names its place itself.
    place: Option<(usize, String)>,
}

/// What makes two causes one: what is refused by which constraint, and who writes it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    rule: &'static str,
    reader: Sided,
    constraint: u32,
    writer: ShapeId,
    detail: String,
}

impl Key {
    fn of(walk: &Walk<'_>, root: &Root, writer: ShapeId, cause: &Cause, values: &[&Json]) -> Self {
        let reader = Sided {
            side: root.reader.side,
            shape: cause.reader,
        };
        let detail = match values {
            [] => cause.detail.as_ref().map(ToString::to_string),
            values => Some(list(values)),
        };
        Key {
            rule: rule_of(walk, root, cause).name,
            reader,
            constraint: cause.constraint,
            writer,
            detail: detail.unwrap_or_default(),
        }
    }
}

/// Causes with the values that one of both lists and the other does not: those of one list are told
/// together.
fn told<'c>(
    walk: &Walk<'_>,
    root: &Root,
    writer: ShapeId,
    causes: &'c [Cause],
) -> Vec<(&'c Cause, Vec<&'c Json>)> {
    let is_list = |constraint: &Constraint| matches!(constraint, Constraint::OneOfValues(_));
    let listed = walk.side(root.writer.side).get(writer);
    let is_listed = listed.constraints.iter().any(|one| is_list(&one.node));
    let mut out: Vec<(&Cause, Vec<&Json>)> = Vec::new();
    for cause in causes {
        let (constraint, _) = constraint_of(walk.shapes, root.reader.side, cause);
        let value = cause.detail.as_ref();
        let value = value.filter(|_| is_listed && is_list(&constraint));
        let known = out.iter_mut().find(|(known, values)| {
            let is_one = known.reader == cause.reader && known.constraint == cause.constraint;
            is_one && !values.is_empty()
        });
        match (known, value) {
            (Some((_, values)), Some(value)) => values.push(value),
            _ => out.push((cause, value.into_iter().collect())),
        }
    }
    out
}

/// What is said, with the calls that it is said of. Of what several calls share, the place in the
/// component says more than that in one of the calls.
fn with_calls(draft: Draft, walk: &Walk<'_>) -> Said {
    let calls = draft.pairs.iter().map(|at| &walk.pairs[*at]);
    let calls = calls.filter_map(|pair| pair.operation.as_deref());
    let calls: BTreeSet<&str> = calls.collect();
    let mut said = draft.said;
    // The part of the call that it was found in is named with its own call.
    let lead = draft.place.as_ref().and_then(|(node, _)| {
        let pair = &walk.pairs[walk.roots[walk.nodes[*node].root].pair];
        pair.operation.as_deref()
    });
    let others: Vec<&str> = (calls.iter().copied())
        .filter(|call| Some(*call) != lead)
        .collect();
    if let Some(proof) = said.finding.witness.as_mut().filter(|_| others.is_empty()) {
        // The headline names the only call.
        proof.call = None;
    }
    if let Some((node, below)) = draft.place
        && calls.len() > 1
        && !said.is_named
        && let Some((name, pointer)) = component(walk, node)
    {
        said.is_named = true;
        said.what = match pointer + &below {
            pointer if pointer.is_empty() => format!("schema {}", code(name)),
            pointer => format!("{} in schema {}", code(&pointer), code(name)),
        };
    }
    Said {
        operations: lead.into_iter().chain(others).map(Rc::from).collect(),
        ..said
    }
}

/// The nearest component around a node, as the new release names it, and the way from there.
fn component<'w>(walk: &Walk<'w>, node: usize) -> Option<(&'w str, String)> {
    let pointer = &walk.nodes[node].pointer;
    let mut here = node;
    loop {
        let node = &walk.nodes[here];
        let root = &walk.roots[node.root];
        let mut sides = [
            (root.reader.side, node.reader),
            (root.writer.side, node.writer),
        ];
        if root.writer.side == Side::New {
            sides.reverse();
        }
        let name = |(side, shape)| walk.side(side).get(shape).name.as_deref();
        let found = sides.into_iter().find_map(name);
        if let Some(found) = found.filter(|_| node.is_written) {
            return Some((found, pointer[node.pointer.len()..].to_owned()));
        }
        here = node.from.as_ref()?.0;
    }
}

/// A constraint that refuses what was accepted.
fn refused(
    walk: &mut Walk<'_>,
    node: usize,
    root: &Root,
    (cause, values): (&Cause, &[&Json]),
    with_proof: bool,
) -> Said {
    let rule = rule_of(walk, root, cause);
    let pair = &walk.pairs[root.pair];
    let constraint = constraint_of(walk.shapes, root.reader.side, cause);
    let reason = phrase(&constraint.0, cause.detail.as_ref());
    let is_letter = walk.nodes[node].is_letter;
    let pointer = walk.nodes[node].pointer.clone();
    let writer = shape_span(walk.shapes, root.writer.side, walk.nodes[node].writer, pair);
    let proof = match with_proof {
        true => walk.proved(node, root, cause),
        false => Proof::NotLookedFor,
    };
    let (value, at, why) = match proof {
        Proof::Found(value, at) => {
            let is_proof = |value: &Json| is_proof(walk, root, value);
            // What is only counted is not looked at either.
            let better = (!is_letter).then(|| plausible(&value, &at, is_proof));
            (Some(better.flatten().unwrap_or(value)), at, reason.as_str())
        }
        Proof::Whole(value) => (
            Some(value),
            String::new(),
            "is refused as a whole, and may show another change",
        ),
        Proof::NotLookedFor => (None, String::new(), ""),
        Proof::Refuted(why) => {
            let shapes = (walk.nodes[node].writer, cause.reader);
            let doubt = unproved(&why, cause, pair);
            return unknown(walk, node, "", root, shapes, &doubt);
        }
    };
    let witness = value.map(|value| {
        Box::new(Witness {
            call: pair.operation.clone(),
            example: example(&pair.place, pair.operation.as_deref(), &value).map(Into::into),
            brief: brief(&pair.place, pair.operation.as_deref(), &value, &at).map(Into::into),
            value: value.to_string().into(),
            accepted_by: root.writer.side,
            at: at.into(),
            reason: why.into(),
            is_letter,
        })
    });
    let what = what(pair, &pointer);
    let refused = match values {
        [] => format!("a value that {reason}"),
        values => list(values),
    };
    let refusal = Refusal {
        constraint: &constraint.0,
        detail: cause.detail.as_ref(),
        values,
        kinds: kinds_of(walk.side(root.writer.side), walk.nodes[node].writer),
        reader: root.reader.side,
        travel: root.travel,
        is_of_message: is_of_message(pair),
    };
    let becomes = refusal.becomes();
    let mut finding = Finding::new(rule, "");
    finding = match root.reader.side {
        Side::New => finding
            .at(Place::At(constraint.1), "refuses what was accepted")
            .was_at(writer),
        Side::Old => finding
            .at(Place::At(writer), "may hold what was refused")
            .was_at(constraint.1),
    };
    finding = finding.breaks(breaks(walk, root, node, is_letter, refused.clone()));
    finding = finding.effect(if is_letter {
        Effect::Change
    } else {
        Effect::Proved
    });
    for id in peers::at(
        rule,
        &pair.place,
        !pointer.is_empty() || is_about_name(&constraint.0),
    ) {
        finding = finding.peer(id, true);
    }
    if is_letter {
        finding = finding
            .note("only to the letter of JSON Schema; in the reading in force this is not sent");
    }
    finding.witness = witness;
    finding = finding.help(help(&constraint.0, root.reader.side, is_of_message(pair)));
    let mut said = Said::new(finding, what, becomes.text);
    said.is_of_messages = is_of_message(pair);
    said.item = becomes.item;
    said.travel = root.travel;
    said
}

/// Whether a value is no part of a call, but of a message that is sent and read.
fn is_of_message(pair: &Pair) -> bool {
    matches!(pair.place, Where::Payload | Where::Headers)
}

/// Whether a value proves that the reading in force is broken.
fn is_proof(walk: &Walk<'_>, root: &Root, value: &Json) -> bool {
    let of = |sided: Sided| (walk.side(sided.side), sided.shape);
    let (writer, reader) = (of(root.writer), of(root.reader));
    confirm(writer, reader, root.travel, walk.policy.reading, value).is_ok()
}

/// Why a value that was found proves nothing. What is not merely undecided is a mistake of ours, on
/// which builds with assertions end.
fn unproved(why: &Unconfirmed, cause: &Cause, pair: &Pair) -> String {
    if *why == Unconfirmed::Undecided {
        return format!("a value was found, and {why}");
    }
    debug_assert!(false, "{why}: {} of {:?}", cause.witness, pair.operation);
    format!("a value was found and not confirmed: {why}; this is a bug, please report it")
}

/// Whether other tools speak of a property where we speak of the object that has it.
fn is_about_name(constraint: &Constraint) -> bool {
    matches!(
        constraint,
        Constraint::Required(_) | Constraint::Properties(_) | Constraint::Never
    )
}

fn unknown(
    walk: &Walk<'_>,
    node: usize,
    below: &str,
    root: &Root,
    (writer, reader): (ShapeId, ShapeId),
    doubt: &str,
) -> Said {
    let pair = &walk.pairs[root.pair];
    let rule = match root.reader.side {
        _ if is_of_message(pair) => &rules::EVENT_PAYLOAD_UNKNOWN,
        Side::New => &rules::REQUEST_VALUE_UNKNOWN,
        Side::Old => &rules::RESPONSE_VALUE_UNKNOWN,
    };
    let writer = shape_span(walk.shapes, root.writer.side, writer, pair);
    let reader = shape_span(walk.shapes, root.reader.side, reader, pair);
    let (new, old) = match root.reader.side {
        Side::New => (reader, writer),
        Side::Old => (writer, reader),
    };
    let pointer = walk.nodes[node].pointer.clone() + below;
    let finding = Finding::new(rule, "")
        .at(Place::At(new), "cannot be decided")
        .was_at(old)
        .breaks(Breaks::default())
        .note(doubt)
        .help("look at both; write it so that it can be compared, or waive it");
    let becomes = match root.reader.side {
        Side::New => "may refuse what was accepted",
        Side::Old => "may hold what was refused",
    };
    let mut said = Said::new(finding, what(pair, &pointer), becomes);
    said.is_of_messages = is_of_message(pair);
    said.travel = root.travel;
    said
}

/// A change that hurts nobody.
fn rewritten(walk: &Walk<'_>, change: &Change, root: &Root) -> Said {
    let pair = &walk.pairs[root.pair];
    let (rule, becomes) = match (change.is_equal, root.reader.side) {
        (true, _) => (&rules::SCHEMA_REWRITTEN, "is written in another way"),
        (false, Side::New) if is_of_message(pair) => {
            (&rules::EVENT_PAYLOAD_WIDENED, "takes more than before")
        }
        (false, Side::Old) if is_of_message(pair) => {
            (&rules::EVENT_PAYLOAD_NARROWED, "holds less than before")
        }
        (false, Side::New) => (&rules::REQUEST_WIDENED, "accepts more than before"),
        (false, Side::Old) => (&rules::RESPONSE_NARROWED, "holds less than before"),
    };
    let span = |sided: Sided| shape_span(walk.shapes, sided.side, sided.shape, pair);
    let (new, old) = match change.reader.side {
        Side::New => (change.reader, change.writer),
        Side::Old => (change.writer, change.reader),
    };
    let name = walk.shapes[1].get(new.shape).name.as_deref();
    let what = match name {
        Some(name) => format!("schema {} in {}", code(name), pair.place),
        None => format!("a schema in {}", pair.place),
    };
    let mut finding = Finding::new(rule, "")
        .at(Place::At(span(new)), "")
        .was_at(span(old))
        .effect(if change.is_equal {
            Effect::Change
        } else {
            Effect::Addition
        });
    let harm = if change.is_equal {
        Verdict::always(Outcome::Safe)
    } else {
        Verdict::when(Outcome::Break, "values that only one of both accepts")
    };
    finding = finding.breaks(directed(
        change.writer.side,
        Verdict::always(Outcome::Safe),
        harm,
    ));
    let mut said = Said::new(finding, what, becomes);
    said.is_of_messages = is_of_message(pair);
    said.travel = root.travel;
    said
}

/// Who breaks: the direction in question, and the other one as the other question has it.
fn breaks(walk: &mut Walk<'_>, root: &Root, node: usize, is_letter: bool, when: String) -> Breaks {
    let of = |side: Side, shape: ShapeId| Sided { side, shape };
    let (writer, reader) = (
        of(root.writer.side, walk.nodes[node].writer),
        of(root.reader.side, walk.nodes[node].reader),
    );
    let judge = walk.judge_of(is_letter);
    let back = root.ask_of(judge, reader, writer);
    let back = match judge.verdict(back) {
        Answer::Contained => Verdict::always(Outcome::Safe),
        Answer::NotContained => {
            Verdict::when(Outcome::Break, "values that only the other side describes")
        }
        Answer::Unknown => Verdict::when(Outcome::Break, "values that nobody could decide"),
    };
    let there = Verdict::when(Outcome::Break, when);
    directed(root.writer.side, there, back)
}

fn directed(writer: Side, there: Verdict, back: Verdict) -> Breaks {
    let json = match writer {
        Side::Old => Directions::new(there, back),
        Side::New => Directions::new(back, there),
    };
    Breaks {
        binary: None,
        json: Some(json),
        source: None,
    }
}

/// The part of the call, and the place in its value.
fn what(pair: &Pair, pointer: &str) -> String {
    match (pointer, &pair.place) {
        ("", place) => place.to_string(),
        (pointer, Where::Value) => code(pointer),
        (pointer, place) => format!("{} in {place}", code(pointer)),
    }
}

fn shape_span(shapes: [&Shapes; 2], side: Side, shape: ShapeId, pair: &Pair) -> Span {
    if shape != ShapeId::ANYTHING {
        return of_side(shapes, side).get(shape).span;
    }
    match side {
        Side::Old => pair.old_at,
        Side::New => pair.new_at,
    }
}

fn constraint_of(shapes: [&Shapes; 2], side: Side, cause: &Cause) -> (Constraint, Span) {
    let shape = of_side(shapes, side).get(cause.reader);
    match shape.constraints.get(cause.constraint as usize) {
        Some(constraint) => (constraint.node.clone(), constraint.span),
        None => (Constraint::Never, shape.span),
    }
}

/// The rule for what a constraint refuses; requests and answers have one each.
fn rule_of(walk: &Walk<'_>, root: &Root, cause: &Cause) -> &'static Rule {
    if is_of_message(&walk.pairs[root.pair]) {
        return match root.reader.side {
            Side::New => &rules::EVENT_PAYLOAD_NARROWED,
            Side::Old => &rules::EVENT_PAYLOAD_WIDENED,
        };
    }
    let (constraint, _) = constraint_of(walk.shapes, root.reader.side, cause);
    let [request, response]: [&'static Rule; 2] = match constraint {
        Constraint::Kinds(_) => [&rules::REQUEST_TYPE_NARROWED, &rules::RESPONSE_TYPE_WIDENED],
        Constraint::OneOfValues(_) => [&rules::REQUEST_VALUE_REMOVED, &rules::RESPONSE_VALUE_ADDED],
        Constraint::Minimum(_) | Constraint::Maximum(_) | Constraint::MultipleOf(_) => [
            &rules::REQUEST_RANGE_NARROWED,
            &rules::RESPONSE_RANGE_WIDENED,
        ],
        Constraint::MinLength(_) | Constraint::MaxLength(_) => [
            &rules::REQUEST_LENGTH_NARROWED,
            &rules::RESPONSE_LENGTH_WIDENED,
        ],
        Constraint::Pattern(_) => [
            &rules::REQUEST_PATTERN_NARROWED,
            &rules::RESPONSE_PATTERN_WIDENED,
        ],
        Constraint::Format(_) => [
            &rules::REQUEST_FORMAT_NARROWED,
            &rules::RESPONSE_FORMAT_WIDENED,
        ],
        Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::Contains { .. }
        | Constraint::PrefixItems(_)
        | Constraint::Items(_)
        | Constraint::UnevaluatedItems(_) => [
            &rules::REQUEST_ITEMS_NARROWED,
            &rules::RESPONSE_ITEMS_WIDENED,
        ],
        Constraint::Required(_) | Constraint::DependentRequired(_) => [
            &rules::REQUEST_PROPERTY_REQUIRED,
            &rules::RESPONSE_PROPERTY_OPTIONAL,
        ],
        Constraint::Properties(_)
        | Constraint::PatternProperties(_)
        | Constraint::AdditionalProperties(_)
        | Constraint::UnevaluatedProperties(_)
        | Constraint::PropertyNames(_) => [
            &rules::REQUEST_PROPERTY_REFUSED,
            &rules::RESPONSE_PROPERTY_ADDED,
        ],
        Constraint::MinProperties(_) | Constraint::MaxProperties(_) => {
            [&rules::REQUEST_SIZE_NARROWED, &rules::RESPONSE_SIZE_WIDENED]
        }
        Constraint::Never
        | Constraint::AllOf(_)
        | Constraint::AnyOf(_)
        | Constraint::OneOf(_)
        | Constraint::Not(_)
        | Constraint::If { .. }
        | Constraint::DependentSchemas(_)
        | Constraint::Opaque { .. } => [
            &rules::REQUEST_ALTERNATIVE_REMOVED,
            &rules::RESPONSE_ALTERNATIVE_ADDED,
        ],
    };
    match (root.travel, root.reader.side) {
        (Travel::Request, _) | (Travel::Plain, Side::New) => request,
        (Travel::Response, _) | (Travel::Plain, Side::Old) => response,
    }
}

/// How to do it compatibly.
fn help(constraint: &Constraint, reader: Side, is_of_message: bool) -> &'static str {
    if is_of_message {
        return match reader {
            Side::New => {
                "go on reading what producers wrote before, which is still in the log; or begin a new major version"
            }
            Side::Old => {
                "go on writing what consumers know; write more when all of them have moved, or as a new major version"
            }
        };
    }
    match (constraint, reader) {
        (Constraint::Required(_) | Constraint::DependentRequired(_), Side::New) => {
            "leave it optional and fill it in where it is absent, or ask for it in a new operation"
        }
        (Constraint::Required(_) | Constraint::DependentRequired(_), Side::Old) => {
            "go on sending it; deprecate it and announce a sunset before it goes"
        }
        (Constraint::OneOfValues(_), Side::Old) => {
            "send new values only to callers that ask for them, or declare from the start that the list may grow"
        }
        (Constraint::OneOfValues(_), Side::New) => "go on accepting the old values, and map them",
        (_, Side::New) => "go on accepting it, and refuse it in a new version of the operation",
        (_, Side::Old) => {
            "go on sending what callers know, and send more in a new version of the operation"
        }
    }
}
