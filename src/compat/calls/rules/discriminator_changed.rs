//! A value that tells shapes apart means another shape, or none.

use crate::compat::calls::change::{Change, Redirected, What};
use crate::compat::calls::rules::{CallRule, Cx, finding};
use crate::compat::calls::said::Said;
use crate::compat::calls::words::{is_named, named_words};
use crate::compat::contain::Travel;
use crate::compat::encoding::{SAFE, loss};
use crate::compat::finding::{Effect, Place, both};
use crate::declare_rule;
use crate::diag::{Directions, Verdict};
use crate::schema::Discriminator;

declare_rule! {
    /// A value that tells shapes apart means another shape, or none.
    #[page = "discriminator_changed.md"]
    pub(crate) static DISCRIMINATOR_CHANGED = { category: Compat, level: Warning, since: "0.3", peers: ["oasdiff:request-body-discriminator-added", "oasdiff:request-body-discriminator-removed", "oasdiff:request-body-discriminator-property-name-changed", "oasdiff:request-body-discriminator-mapping-added", "oasdiff:request-body-discriminator-mapping-changed", "oasdiff:request-body-discriminator-mapping-deleted", "oasdiff:request-property-discriminator-added", "oasdiff:request-property-discriminator-removed", "oasdiff:request-property-discriminator-property-name-changed", "oasdiff:request-property-discriminator-mapping-added", "oasdiff:request-property-discriminator-mapping-changed", "oasdiff:request-property-discriminator-mapping-deleted", "oasdiff:response-body-discriminator-added", "oasdiff:response-body-discriminator-removed", "oasdiff:response-body-discriminator-property-name-changed", "oasdiff:response-body-discriminator-mapping-added", "oasdiff:response-body-discriminator-mapping-changed", "oasdiff:response-body-discriminator-mapping-deleted", "oasdiff:response-property-discriminator-added", "oasdiff:response-property-discriminator-removed", "oasdiff:response-property-discriminator-property-name-changed", "oasdiff:response-property-discriminator-mapping-added", "oasdiff:response-property-discriminator-mapping-changed", "oasdiff:response-property-discriminator-mapping-deleted"], tally: ["discriminator has changed", "discriminators have changed"] };
}

pub(super) const CALL: CallRule = CallRule {
    rule: &DISCRIMINATOR_CHANGED,
    check,
};

fn check(change: &Change<'_>, _: &Cx<'_>) -> Option<Said> {
    let What::DiscriminatorChanged {
        discriminators,
        spans,
        name,
        how,
    } = &change.what
    else {
        return None;
    };
    let word = |discriminator: Option<&Discriminator>| {
        discriminator.map_or_else(String::new, |found| format!("`{}`", found.property.node))
    };
    let (old, new) = (word(discriminators.old), word(discriminators.new));
    let lost = || both(loss("readers go by it"));
    let (json, becomes) = match how {
        Redirected::Added => (Directions::SAFE, format!("is told apart by {new}")),
        Redirected::Removed => (lost(), format!("is no longer told apart by {old}")),
        Redirected::Property => (lost(), format!("is told apart by {new} instead of {old}")),
        Redirected::Values {
            removed,
            changed,
            added,
        } => {
            let said = [
                (removed, "means nothing any more"),
                (changed, "means another schema"),
                (added, "is new"),
            ];
            let said: Vec<String> = (said.iter().filter(|(values, _)| !values.is_empty()))
                .map(|(values, word)| format!("{} {word}", listed(values)))
                .collect();
            let json = Directions::new(
                hurt(&new, &[removed, changed]),
                hurt(&new, &[changed, added]),
            );
            (
                json,
                format!("is told apart by {new}, of which {}", said.join(", ")),
            )
        }
    };
    // Values that are new come with schemas that are; those are judged.
    let is_addition = match how {
        Redirected::Added => true,
        Redirected::Removed | Redirected::Property => false,
        Redirected::Values {
            removed, changed, ..
        } => removed.is_empty() && changed.is_empty(),
    };
    let at = |found: Option<&Discriminator>, otherwise| {
        found.map_or(otherwise, |found| found.property.span)
    };
    let finding = finding(&DISCRIMINATOR_CHANGED, json, Directions::SAFE)
        .at(Place::At(at(discriminators.new, spans.new)), "")
        .was_at(at(discriminators.old, spans.old))
        .effect(if is_addition {
            Effect::Addition
        } else {
            Effect::Change
        })
        .peers(peers(
            how,
            change.travel == Travel::Request,
            name.property.is_some(),
        ))
        .help("keep the values that there were, beside new ones");
    let mut said = Said::new(finding, named_words(*name), becomes);
    said.is_named = is_named(*name);
    Some(said)
}

fn listed(values: &[Box<str>]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    values.join(", ")
}

/// What becomes of these values.
fn hurt(property: &str, values: &[&Vec<Box<str>>]) -> Verdict {
    let values: Vec<Box<str>> = values.iter().copied().flatten().cloned().collect();
    if values.is_empty() {
        return SAFE;
    }
    loss(&format!("{property} is {}", listed(&values)))
}

/// What the reference calls it: the root of a message and what lies in it are told apart.
fn peers(how: &Redirected, is_request: bool, is_property: bool) -> Vec<&'static str> {
    let kinds: &[Id] = match how {
        Redirected::Added => &[Id::Added],
        Redirected::Removed => &[Id::Removed],
        Redirected::Property => &[Id::Property],
        Redirected::Values { .. } => &[Id::MappingDeleted, Id::MappingChanged, Id::MappingAdded],
    };
    let fires = |id: &Id| match (how, id) {
        (Redirected::Values { removed, .. }, Id::MappingDeleted) => !removed.is_empty(),
        (Redirected::Values { changed, .. }, Id::MappingChanged) => !changed.is_empty(),
        (Redirected::Values { added, .. }, Id::MappingAdded) => !added.is_empty(),
        _ => true,
    };
    let row = match (is_request, is_property) {
        (true, false) => 0,
        (true, true) => 1,
        (false, false) => 2,
        (false, true) => 3,
    };
    let ids = kinds.iter().filter(|id| fires(id));
    ids.map(|id| IDS[row * KINDS + *id as usize]).collect()
}

/// Ids of one row of [`IDS`].
const KINDS: usize = 6;

#[derive(Clone, Copy)]
enum Id {
    Added,
    Removed,
    Property,
    MappingAdded,
    MappingChanged,
    MappingDeleted,
}

/// Request and response, each for the root and for what lies in it.
const IDS: [&str; 4 * KINDS] = [
    "oasdiff:request-body-discriminator-added",
    "oasdiff:request-body-discriminator-removed",
    "oasdiff:request-body-discriminator-property-name-changed",
    "oasdiff:request-body-discriminator-mapping-added",
    "oasdiff:request-body-discriminator-mapping-changed",
    "oasdiff:request-body-discriminator-mapping-deleted",
    "oasdiff:request-property-discriminator-added",
    "oasdiff:request-property-discriminator-removed",
    "oasdiff:request-property-discriminator-property-name-changed",
    "oasdiff:request-property-discriminator-mapping-added",
    "oasdiff:request-property-discriminator-mapping-changed",
    "oasdiff:request-property-discriminator-mapping-deleted",
    "oasdiff:response-body-discriminator-added",
    "oasdiff:response-body-discriminator-removed",
    "oasdiff:response-body-discriminator-property-name-changed",
    "oasdiff:response-body-discriminator-mapping-added",
    "oasdiff:response-body-discriminator-mapping-changed",
    "oasdiff:response-body-discriminator-mapping-deleted",
    "oasdiff:response-property-discriminator-added",
    "oasdiff:response-property-discriminator-removed",
    "oasdiff:response-property-discriminator-property-name-changed",
    "oasdiff:response-property-discriminator-mapping-added",
    "oasdiff:response-property-discriminator-mapping-changed",
    "oasdiff:response-property-discriminator-mapping-deleted",
];
