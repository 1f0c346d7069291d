//! What is wrong in either direction, told once: a field that was added, a type that changed.

use std::collections::{BTreeMap, BTreeSet};

use super::resolve::{Issue, Trouble, partner, resolve};
use super::rules;
use crate::compat::calls::Where;
use crate::compat::finding::{Effect, Finding, Place};
use crate::compat::values::brief;
use crate::diag::{Breaks, Directions, Outcome, Rule, Verdict, Witness};
use crate::schema::{Datum, DatumId, DatumKind, Datums, Meaning};
use crate::text::{Side, Span};

/// Symbols and names that are named; the others are counted.
const NAMED: usize = 6;

/// What makes two things one finding: the rule, both places, and what exactly.
type Key = (&'static str, Span, Span, String);

/// The findings, in the order of the new schema, and of the old one where nothing is left.
pub(super) fn findings(old: (&Datums, DatumId), new: (&Datums, DatumId)) -> Vec<Finding<'static>> {
    let mut out = Out {
        sides: [old.0, new.0],
        found: Vec::new(),
        known: BTreeMap::new(),
    };
    for issue in resolve(old, new) {
        out.issue(&issue, Side::Old);
    }
    for issue in resolve(new, old) {
        out.issue(&issue, Side::New);
    }
    out.fields(old.1, new.1);
    let mut found = out.found;
    found.sort_by_key(|finding| match finding.at {
        Place::At(span) => Some(span),
        Place::Top(_) | Place::Gone => None,
    });
    found
}

struct Out<'a> {
    /// Old and new.
    sides: [&'a Datums; 2],
    found: Vec<Finding<'static>>,
    known: BTreeMap<Key, usize>,
}

/// A finding on its way.
struct Draft {
    rule: &'static Rule,
    headline: String,
    label: String,
    at: Span,
    old_at: Span,
    help: &'static str,
}

impl<'a> Out<'a> {
    fn ty(&self, side: Side, id: DatumId) -> &'a Datum {
        self.sides[side as usize].get(id)
    }

    fn issue(&mut self, issue: &Issue, writer: Side) {
        let reader = other(writer);
        let (written, read) = (self.ty(writer, issue.writer), self.ty(reader, issue.reader));
        let (was, is) = match writer {
            Side::Old => (written, read),
            Side::New => (read, written),
        };
        let place = self.place(issue, writer);
        let (draft, verdict, reason) = match &issue.trouble {
            Trouble::NoField { field } => {
                let DatumKind::Record { fields, name } = &read.kind else {
                    return;
                };
                let field = &fields[*field];
                let (name, field_name) = (name.short().to_owned(), &field.name.node);
                let draft = match writer {
                    Side::Old => Draft {
                        rule: &rules::AVRO_FIELD_ADDED,
                        headline: format!("field `{field_name}` of `{name}` has no default"),
                        label: "new, and absent from older data".to_owned(),
                        at: field.span,
                        old_at: was.span,
                        help: "give it a default, which readers take for data that lacks it",
                    },
                    Side::New => Draft {
                        rule: &rules::AVRO_FIELD_REMOVED,
                        headline: format!("field `{field_name}` of `{name}` was removed"),
                        label: "lacks the field".to_owned(),
                        at: is.span,
                        old_at: field.span,
                        help: "keep it, or give it a default first and remove it when all readers know that",
                    },
                };
                (
                    draft,
                    Verdict::always(Outcome::Break),
                    format!("has no `{field_name}`, for which the reader has no default"),
                )
            }
            Trouble::NoSymbol { symbols, stands_in } => {
                let names = list(symbols);
                let of = named(written);
                let s = if symbols.len() == 1 { "" } else { "s" };
                let draft = match writer {
                    Side::Old => Draft {
                        rule: &rules::AVRO_SYMBOL_REMOVED,
                        headline: format!("symbol{s} {names} of {of} {} removed", were(symbols)),
                        label: "lacks what older data holds".to_owned(),
                        at: is.span,
                        old_at: was.span,
                        help: "keep them, or give the enum a default, which stands for those that are not known",
                    },
                    Side::New => Draft {
                        rule: &rules::AVRO_SYMBOL_ADDED,
                        headline: format!("symbol{s} {names} of {of} {} added", were(symbols)),
                        label: "older readers do not know it".to_owned(),
                        at: is.span,
                        old_at: was.span,
                        help: "give the enum a default before symbols are added",
                    },
                };
                let (verdict, reason) = match stands_in {
                    Some(default) => (
                        Verdict::when(
                            Outcome::Loss,
                            format!("{names}, for which `{default}` is read"),
                        ),
                        String::new(),
                    ),
                    None => (
                        Verdict::when(Outcome::Break, names.clone()),
                        "is no symbol that the reader knows".to_owned(),
                    ),
                };
                (draft, verdict, reason)
            }
            Trouble::NoBranch => {
                let what = words(written);
                let draft = match writer {
                    Side::Old => Draft {
                        rule: &rules::AVRO_BRANCH_REMOVED,
                        headline: format!("{place} can no longer be {what}"),
                        label: "does not take it".to_owned(),
                        at: is.span,
                        old_at: was.span,
                        help: "keep the branch; older data holds it",
                    },
                    Side::New => Draft {
                        rule: &rules::AVRO_BRANCH_ADDED,
                        headline: format!("{place} may now be {what}"),
                        label: "new".to_owned(),
                        at: is.span,
                        old_at: was.span,
                        help: "write it only when all readers take it",
                    },
                };
                let reason = format!("is {what}, which is none of the types of the reader");
                (draft, Verdict::when(Outcome::Break, what), reason)
            }
            Trouble::NoMatch => {
                let (before, after) = self.told_apart(was, is);
                let draft = Draft {
                    rule: &rules::AVRO_TYPE_CHANGED,
                    headline: format!("{place} is {after}; it was {before}"),
                    label: "another type".to_owned(),
                    at: is.span,
                    old_at: was.span,
                    help: "add a field of the new type, with a default, beside the old one",
                };
                let reason = format!(
                    "is {}, and is to be read as {}",
                    words(written),
                    words(read)
                );
                (draft, Verdict::always(Outcome::Break), reason)
            }
            Trouble::OtherScale => {
                let (before, after) = (meaning(was), meaning(is));
                let draft = Draft {
                    rule: &rules::AVRO_TYPE_CHANGED,
                    headline: format!("{place} is {after}; it was {before}"),
                    label: "the same bytes are another number".to_owned(),
                    at: is.span,
                    old_at: was.span,
                    help: "add a field of the new scale, with a default, beside the old one",
                };
                let reason = format!(
                    "is {}, and is to be read as {}",
                    meaning(written),
                    meaning(read)
                );
                (draft, Verdict::always(Outcome::Break), reason)
            }
            Trouble::Altered { which } => {
                let draft = Draft {
                    rule: &rules::AVRO_VALUE_ALTERED,
                    headline: format!("{place} is {}; it was {}", words(is), words(was)),
                    label: "reads some values as others".to_owned(),
                    at: is.span,
                    old_at: was.span,
                    help: "keep the type where every digit counts",
                };
                (
                    draft,
                    Verdict::when(Outcome::Loss, format!("values {which}")),
                    String::new(),
                )
            }
        };
        let is_break = verdict.outcome == Outcome::Break;
        let witness = issue.value.as_ref().filter(|_| is_break).map(|value| {
            Box::new(Witness {
                value: value.to_string().into(),
                accepted_by: writer,
                at: issue.at.as_str().into(),
                reason: reason.into(),
                is_letter: false,
                call: None,
                example: None,
                brief: brief(&Where::Payload, None, value, &issue.at).map(Into::into),
            })
        });
        self.add(draft, (writer, verdict), witness);
    }

    fn add(
        &mut self,
        draft: Draft,
        (writer, verdict): (Side, Verdict),
        witness: Option<Box<Witness>>,
    ) {
        // The same pair of places in both directions is one change.
        let detail = match draft.rule.name {
            name if name == rules::AVRO_TYPE_CHANGED.name => String::new(),
            _ => draft.headline.clone(),
        };
        let key = (draft.rule.name, draft.at, draft.old_at, detail);
        let at = match self.known.get(&key) {
            Some(at) => *at,
            None => {
                let finding = Finding::new(draft.rule, draft.headline)
                    .at(Place::At(draft.at), draft.label)
                    .was_at(draft.old_at)
                    .breaks(harmless())
                    .help(draft.help);
                self.found.push(finding);
                self.known.insert(key, self.found.len() - 1);
                self.found.len() - 1
            }
        };
        let finding = &mut self.found[at];
        finding.some_suffice |= verdict.outcome == Outcome::Break;
        if finding.witness.is_none() {
            finding.witness = witness;
        }
        let directions = finding.breaks.binary.get_or_insert(Directions::SAFE);
        match writer {
            Side::Old => directions.old_to_new = verdict,
            Side::New => directions.new_to_old = verdict,
        }
    }

    /// Fields that came and went and hurt nobody: those of records that meet.
    fn fields(&mut self, old: DatumId, new: DatumId) {
        let [was, is] = self.sides;
        let mut told = self.told();
        let mut added: BTreeSet<Span> = told.iter().map(|(at, _)| *at).collect();
        for (before, after) in records(was, old, is, new) {
            let (DatumKind::Record { fields: had, name }, DatumKind::Record { fields: has, .. }) =
                (&was.get(before).kind, &is.get(after).kind)
            else {
                continue;
            };
            let kept: Vec<usize> = has.iter().filter_map(|field| partner(field, had)).collect();
            for field in has.iter().filter(|field| partner(field, had).is_none()) {
                let at = field.span;
                if !added.insert(at) {
                    continue;
                }
                let headline = format!("field `{}` of `{}` is new", field.name.node, name.short());
                let finding = Finding::new(&rules::AVRO_FIELD_ADDED, headline)
                    .at(Place::At(at), "new, with a default")
                    .was_at(was.get(before).span)
                    .breaks(harmless())
                    .effect(Effect::Addition);
                self.found.push(finding);
            }
            for (at, field) in had.iter().enumerate() {
                if kept.contains(&at) || !told.insert((is.get(after).span, Some(field.span))) {
                    continue;
                }
                let headline = format!(
                    "field `{}` of `{}` was removed",
                    field.name.node,
                    name.short()
                );
                let finding = Finding::new(&rules::AVRO_FIELD_REMOVED, headline)
                    .at(Place::At(is.get(after).span), "lacks the field")
                    .was_at(field.span)
                    .breaks(harmless());
                self.found.push(finding);
            }
        }
    }

    /// The places of fields that findings tell as new or gone already, on both sides.
    fn told(&self) -> BTreeSet<(Span, Option<Span>)> {
        let is_field = |finding: &&Finding<'_>| {
            std::ptr::eq(finding.rule, &rules::AVRO_FIELD_ADDED)
                || std::ptr::eq(finding.rule, &rules::AVRO_FIELD_REMOVED)
        };
        let told = self.found.iter().filter(is_field);
        told.filter_map(|finding| match finding.at {
            Place::At(at) => Some((at, finding.old_at)),
            _ => None,
        })
        .collect()
    }

    /// What stands at the place of an issue, such as "field `amount` of `OrderPaid`".
    fn place(&self, issue: &Issue, writer: Side) -> String {
        let written = self.ty(writer, issue.writer);
        let Some((record, number)) = issue.field else {
            return match written.kind.name() {
                Some(name) => format!("`{}`", name.short()),
                None => "the value".to_owned(),
            };
        };
        let DatumKind::Record { name, fields } = &self.ty(writer, record).kind else {
            return "the value".to_owned();
        };
        let field = &fields[number];
        let inner = match self.ty(writer, field.ty).kind {
            DatumKind::Array(_) => "an item of ",
            DatumKind::Map(_) => "a value of ",
            _ => "",
        };
        // What is wrong with the list itself is wrong with the field.
        let inner = if field.ty == issue.writer { "" } else { inner };
        format!("{inner}field `{}` of `{}`", field.name.node, name.short())
    }

    /// Two types in words that differ.
    fn told_apart(&self, was: &Datum, is: &Datum) -> (String, String) {
        let (before, after) = (words(was), words(is));
        if before != after {
            return (before, after);
        }
        let exact = |ty: &Datum| match &ty.kind {
            DatumKind::Fixed { name, size } => format!("`{}` of {size} bytes", name.full),
            kind => kind
                .name()
                .map_or_else(|| words(ty), |name| format!("`{}`", name.full)),
        };
        (exact(was), exact(is))
    }
}

/// Records of both sides that meet by their place.
fn records(
    old: &Datums,
    old_root: DatumId,
    new: &Datums,
    new_root: DatumId,
) -> Vec<(DatumId, DatumId)> {
    let mut out = Vec::new();
    let mut known = BTreeSet::new();
    let mut open = vec![(old_root, new_root)];
    while let Some((before, after)) = open.pop() {
        if !known.insert((before, after)) {
            continue;
        }
        match (&old.get(before).kind, &new.get(after).kind) {
            (DatumKind::Record { fields: had, .. }, DatumKind::Record { fields: has, .. }) => {
                out.push((before, after));
                for field in has {
                    if let Some(at) = partner(field, had) {
                        open.push((had[at].ty, field.ty));
                    }
                }
            }
            (DatumKind::Array(l), DatumKind::Array(r)) | (DatumKind::Map(l), DatumKind::Map(r)) => {
                open.push((*l, *r));
            }
            (DatumKind::Union(branches), DatumKind::Union(others)) => {
                for branch in branches {
                    let name = |all: &Datums, id: DatumId| {
                        all.get(id).kind.name().map(|name| name.short().to_owned())
                    };
                    let own = name(old, *branch);
                    let found = others.iter().find(|other| name(new, **other) == own);
                    open.extend(
                        found
                            .filter(|_| own.is_some())
                            .map(|other| (*branch, *other)),
                    );
                }
            }
            (DatumKind::Union(branches), DatumKind::Record { .. }) => {
                open.extend(branches.iter().map(|branch| (*branch, after)));
            }
            (DatumKind::Record { .. }, DatumKind::Union(branches)) => {
                open.extend(branches.iter().map(|branch| (before, *branch)));
            }
            _ => {}
        }
    }
    // A branch that has another name is no partner.
    out.retain(|(before, after)| {
        let names = (old.get(*before).kind.name(), new.get(*after).kind.name());
        matches!(names, (Some(l), Some(r)) if l.short() == r.short() || r.aliases.contains(&l.full) || l.aliases.contains(&r.full))
    });
    out
}

fn other(side: Side) -> Side {
    match side {
        Side::Old => Side::New,
        Side::New => Side::Old,
    }
}

/// A type in words.
fn words(ty: &Datum) -> String {
    match &ty.kind {
        DatumKind::Fixed { name, size } => format!("{size} bytes `{}`", name.short()),
        DatumKind::Enum { name, .. } => format!("the enum `{}`", name.short()),
        DatumKind::Record { name, .. } => format!("the record `{}`", name.short()),
        DatumKind::Union(_) => "one of several types".to_owned(),
        DatumKind::Array(_) => "a list".to_owned(),
        DatumKind::Map(_) => "a table".to_owned(),
        kind => format!("`{}`", kind.word()),
    }
}

fn named(ty: &Datum) -> String {
    let name = ty.kind.name();
    name.map_or_else(
        || "an enum".to_owned(),
        |name| format!("`{}`", name.short()),
    )
}

fn meaning(ty: &Datum) -> String {
    match &ty.meaning {
        Some(Meaning::Decimal { precision, scale }) => {
            format!("a decimal of {precision} digits, {scale} behind the point")
        }
        Some(Meaning::Other(_)) | None => words(ty),
    }
}

fn were(symbols: &[Box<str>]) -> &'static str {
    if symbols.len() == 1 { "was" } else { "were" }
}

fn list(symbols: &[Box<str>]) -> String {
    let shown: Vec<String> = symbols
        .iter()
        .take(NAMED)
        .map(|symbol| format!("`{symbol}`"))
        .collect();
    match symbols.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Nothing breaks, so far: Avro has one encoding that counts.
fn harmless() -> Breaks {
    Breaks {
        binary: Some(Directions::SAFE),
        ..Breaks::default()
    }
}
