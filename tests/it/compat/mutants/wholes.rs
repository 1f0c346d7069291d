//! Mutations of whole files: moves, renames, other syntaxes, several changes at once.

use super::elements;
use super::fields;
use super::kinds::{Dialect, Edits, FILE, Files, Kind, Rng, Step, to_edition};
use super::outline::Outline;

const fn whole(name: &'static str, make: fn(&Outline, &mut Rng) -> Option<Files>) -> Kind {
    Kind::new(name, Dialect::Plain, Step::Whole(make))
}

pub(super) const KINDS: &[Kind] = &[
    whole("nothing", |o, _| Some(one(FILE, o.text.clone()))).silent(),
    whole("file-renamed", |o, _| Some(one("b.proto", o.text.clone()))),
    whole("file-moved-to-folder", |o, _| {
        Some(one("zz/a.proto", o.text.clone()))
    }),
    whole("message-moved-to-file", move_message),
    whole("enum-moved-to-file", move_enum),
    whole("syntax-to-edition", |o, _| Some(one(FILE, to_edition(o)?))),
    whole("syntax-to-edition-defaults", |o, _| {
        let text = to_edition(o)?;
        Some(one(
            FILE,
            text.replace("\noption features.field_presence = IMPLICIT;", ""),
        ))
    }),
    whole("syntax-to-proto2", |o, _| {
        // Every field has a label there.
        let is_labelled = |field: &super::outline::Field| {
            field.label.is_some() || field.map.is_some() || field.oneof.is_some()
        };
        let mut edits = Edits::default();
        edits.replace(&o.syntax, "syntax = \"proto2\";");
        for field in o.fields.iter().filter(|field| !is_labelled(field)) {
            edits.insert(field.whole.start, "optional ");
        }
        Some(one(FILE, edits.apply(&o.text)?))
    }),
    whole("two-changes", |o, rng| several(o, rng, 2)),
    whole("five-changes", |o, rng| several(o, rng, 5)),
];

fn one(name: &str, text: String) -> Files {
    Files::from([(name.to_owned(), text)])
}

/// Everything of a file up to its first declaration.
fn head(o: &Outline) -> &str {
    let firsts = [
        o.messages.first().map(|one| one.block.whole.start),
        o.enums.first().map(|one| one.block.whole.start),
        o.services.first().map(|one| one.whole.start),
    ];
    let first = firsts.into_iter().flatten().min();
    &o.text[..first.unwrap_or(o.text.len())]
}

/// The old file without a place, and a second file with it.
fn split(o: &Outline, place: &super::outline::Place) -> Option<Files> {
    let mut edits = Edits::default();
    edits.remove(place);
    let second = format!("{}\n{}\n", head(o), o.at(place));
    let mut files = one(FILE, edits.apply(&o.text)?);
    files.insert("b.proto".to_owned(), second);
    Some(files)
}

/// The name of a declaration stands nowhere else, so it can live in a file of its own when it
/// needs nothing of this one.
fn is_alone(o: &Outline, name: &super::outline::Place, place: &super::outline::Place) -> bool {
    let mut declared = o.messages.iter().map(|one| &one.block);
    let declared = declared
        .by_ref()
        .chain(o.enums.iter().map(|one| &one.block));
    let mut outside =
        declared.filter(|block| block.whole.start < place.start || block.whole.start >= place.end);
    let inside = |word: &super::outline::Place| place.start <= word.start && word.end <= place.end;
    let needs = outside.any(|block| o.mentions(o.at(&block.name)).iter().any(inside));
    o.mentions(o.at(name)).len() == 1 && !needs
}

fn move_message(o: &Outline, rng: &mut Rng) -> Option<Files> {
    let alone = o
        .messages
        .iter()
        .map(|one| &one.block)
        .filter(|block| block.parent.is_none() && is_alone(o, &block.name, &block.whole));
    split(o, &rng.pick_from(alone)?.whole)
}

fn move_enum(o: &Outline, rng: &mut Rng) -> Option<Files> {
    let alone = o
        .enums
        .iter()
        .map(|one| &one.block)
        .filter(|block| block.parent.is_none() && is_alone(o, &block.name, &block.whole));
    split(o, &rng.pick_from(alone)?.whole)
}

fn several(o: &Outline, rng: &mut Rng, count: usize) -> Option<Files> {
    let kinds: Vec<&Kind> = fields::KINDS.iter().chain(elements::KINDS).collect();
    let mut outline = o.clone();
    let mut done = 0;
    // Some kinds find nothing to change, or take away what the next one needs.
    for _ in 0..count * 6 {
        let kind = rng.pick(&kinds)?;
        let Step::Edit(change) = kind.step else {
            continue;
        };
        if kind.dialect != Dialect::Plain || done == count {
            continue;
        }
        let mut edits = Edits::default();
        let changed = change(&outline, rng, &mut edits).and_then(|()| edits.apply(&outline.text));
        if let Some(next) = changed.and_then(|text| Outline::read(&text)) {
            outline = next;
            done += 1;
        }
    }
    (done == count).then(|| one(FILE, outline.text))
}
